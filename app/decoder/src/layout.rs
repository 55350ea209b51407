//! Where a code keeps what: the format beside its eyes, the modules that carry data and their order, the mask over
//! them. After ISO/IEC 18004; what the bits say is read elsewhere.

/// The dark and light modules of one code, row by row.
pub(crate) struct Modules {
    size: usize,
    dark: Vec<bool>,
}

/// How much of the code is correction, in the order of the format's bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    /// 15 % may be lost.
    Medium,
    /// 7 %.
    Low,
    /// 30 %.
    High,
    /// 25 %.
    Quartile,
}

impl Modules {
    /// The modules of a code of `size` a side; sizes that no code has make an empty one.
    pub(crate) fn new(size: usize, dark: impl FnMut(usize) -> bool) -> Option<Self> {
        ((21..=177).contains(&size) && size % 4 == 1)
            .then(|| Self { size, dark: (0..size * size).map(dark).collect() })
    }

    /// The same code as a mirror shows it: some cameras do.
    pub(crate) fn mirrored(&self) -> Self {
        let size = self.size;
        Self { size, dark: (0..size * size).map(|at| self.dark[at % size * size + at / size]).collect() }
    }

    /// 1 to 40, by the size.
    pub(crate) fn version(&self) -> usize {
        (self.size - 17) / 4
    }

    fn at(&self, x: usize, y: usize) -> bool {
        self.dark[y * self.size + x]
    }

    /// Level and mask, from the better of the two copies; `None` if both are damaged beyond what their own
    /// correction bears.
    pub(crate) fn format(&self) -> Option<(Level, u8)> {
        let last = self.size - 1;
        let beside = (0..15).map(|bit| match bit {
            0..=5 => self.at(8, bit),
            6 => self.at(8, 7),
            7 => self.at(8, 8),
            8 => self.at(7, 8),
            _ => self.at(14 - bit, 8),
        });
        let apart =
            (0..15).map(|bit| if bit < 8 { self.at(last - bit, 8) } else { self.at(8, last - 14 + bit) });
        let word = |bits: &mut dyn Iterator<Item = bool>| {
            bits.enumerate().fold(0u16, |word, (place, dark)| word | u16::from(dark) << place)
        };
        let copies = [word(&mut beside.into_iter()), word(&mut apart.into_iter())];
        let distance =
            |value: u8| copies.map(|copy| (copy ^ format_word(value)).count_ones()).into_iter().min();
        let value = (0..32u8).min_by_key(|&value| distance(value))?;
        if distance(value)? > 3 {
            return None;
        }
        let level = match value >> 3 {
            0 => Level::Medium,
            1 => Level::Low,
            2 => Level::High,
            _ => Level::Quartile,
        };
        Some((level, value & 7))
    }

    /// The code's bytes in the order in which they were laid down, unmasked.
    pub(crate) fn bytes(&self, mask: u8) -> Vec<u8> {
        let aligned = alignments(self.version());
        let mut bytes = Vec::with_capacity(self.size * self.size / 8);
        let (mut byte, mut filled) = (0u8, 0);
        // Columns in pairs from the right, up and down in turn; the upright timing line is stepped over.
        let mut right = self.size - 1;
        while right >= 1 {
            if right == 6 {
                right = 5;
            }
            let upward = (right + 1) & 2 == 0;
            for step in 0..self.size {
                let y = if upward { self.size - 1 - step } else { step };
                for x in [right, right - 1] {
                    if self.is_fixed(x, y, &aligned) {
                        continue;
                    }
                    byte = byte << 1 | u8::from(self.at(x, y) ^ is_masked(mask, x, y));
                    filled += 1;
                    if filled == 8 {
                        bytes.push(byte);
                        (byte, filled) = (0, 0);
                    }
                }
            }
            if right < 2 {
                break;
            }
            right -= 2;
        }
        bytes
    }

    /// Whether a module belongs to eyes, format, timing lines, alignment squares or version, and carries no data.
    fn is_fixed(&self, x: usize, y: usize, aligned: &[usize]) -> bool {
        let size = self.size;
        let eyes = (x < 9 && (y < 9 || y >= size - 8)) || (x >= size - 8 && y < 9);
        let version = self.version() >= 7 && ((x >= size - 11 && y < 6) || (y >= size - 11 && x < 6));
        if eyes || version || x == 6 || y == 6 {
            return true;
        }
        let near = |at: usize| aligned.iter().copied().find(|&middle| at.abs_diff(middle) <= 2);
        let (Some(column), Some(row)) = (near(x), near(y)) else { return false };
        // Where an eye is, there is no alignment square.
        let last = size - 7;
        !matches!((column, row), (6, 6)) && (column, row) != (6, last) && (column, row) != (last, 6)
    }
}

/// Middles of the alignment squares along either side.
pub(crate) fn alignments(version: usize) -> Vec<usize> {
    if version < 2 {
        return Vec::new();
    }
    let count = version / 7 + 2;
    let step = (version * 8 + count * 3 + 5) / (count * 4 - 4) * 2;
    let last = version * 4 + 10;
    std::iter::once(6).chain((0..count - 1).rev().map(|back| last - back * step)).collect()
}

/// The fifteen bits that stand for a level and a mask: five, their ten bits of correction, and a fixed pattern over all.
fn format_word(value: u8) -> u16 {
    let value = u16::from(value);
    let rest = (0..10).fold(value, |rest, _| (rest << 1) ^ ((rest >> 9) * 0x537));
    ((value << 10) | rest) ^ 0x5412
}

/// Whether a mask turns the module around.
fn is_masked(mask: u8, x: usize, y: usize) -> bool {
    let (sum, product) = (x + y, x * y);
    let turns = match mask {
        0 => sum % 2,
        1 => y % 2,
        2 => x % 3,
        3 => sum % 3,
        4 => (x / 3 + y / 2) % 2,
        5 => product % 2 + product % 3,
        6 => (product % 2 + product % 3) % 2,
        _ => (sum % 2 + product % 3) % 2,
    };
    turns == 0
}
