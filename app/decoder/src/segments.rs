//! What the data says: digits, capitals, bytes. Kanji, which no code of ours has, are not read.

/// Reads bits from the left.
struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Bits<'_> {
    /// The next bits as a number; `None` at the end.
    fn take(&mut self, count: usize) -> Option<usize> {
        if self.at + count > self.bytes.len() * 8 {
            return None;
        }
        let bit = |at: usize| usize::from(self.bytes[at / 8] >> (7 - at % 8) & 1);
        let value = (self.at..self.at + count).fold(0, |value, at| value << 1 | bit(at));
        self.at += count;
        Some(value)
    }
}

/// The text; `None` if it is cut off, of an unknown kind, or no text at all.
pub(crate) fn text(data: &[u8], version: usize) -> Option<String> {
    const CAPITALS: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    let mut bits = Bits { bytes: data, at: 0 };
    let mut text = Vec::new();
    // Larger codes count in more bits.
    let grade = if version < 10 {
        0
    } else if version < 27 {
        1
    } else {
        2
    };
    // Less than four bits left, or four zeros, is the end.
    while let Some(kind @ 1..) = bits.take(4) {
        match kind {
            1 => {
                let mut left = bits.take([10, 12, 14][grade])?;
                while left > 0 {
                    let digits = left.min(3);
                    let value = bits.take(digits * 3 + 1)?;
                    let ten = [1, 10, 100, 1000];
                    for place in (0..digits).rev() {
                        text.push(b'0' + (value % ten[place + 1] / ten[place]) as u8);
                    }
                    left -= digits;
                }
            }
            2 => {
                let mut left = bits.take([9, 11, 13][grade])?;
                while left > 0 {
                    let value = bits.take(if left > 1 { 11 } else { 6 })?;
                    if left > 1 {
                        text.push(*CAPITALS.get(value / 45)?);
                    }
                    text.push(CAPITALS[value % 45]);
                    left = left.saturating_sub(2);
                }
            }
            4 => {
                for _ in 0..bits.take([8, 16, 16][grade])? {
                    text.push(bits.take(8)? as u8);
                }
            }
            // One of several codes: its number, and a check over all of them.
            3 => {
                bits.take(16)?;
            }
            // Marks of the shops' trade.
            5 => {}
            9 => {
                bits.take(8)?;
            }
            // The alphabet of what follows. All but UTF-8 is someone else's, and fails below if it matters.
            7 => {
                let more = match bits.take(8)? {
                    0..=127 => 0,
                    128..=191 => 8,
                    _ => 16,
                };
                bits.take(more)?;
            }
            _ => return None,
        }
    }
    String::from_utf8(text).ok()
}
