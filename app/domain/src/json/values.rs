//! The JSON of Rust's own types, and of the ids that have a text of their own.

use super::{Json, Node, close, write_item};
use crate::ids::FactId;
use crate::text::Text;

macro_rules! whole {
    ($($number:ty)*) => {
        $(impl Json for $number {
            fn read(node: &Node<'_>) -> Option<Self> {
                node.whole()?.try_into().ok()
            }

            fn write(&self, out: &mut String) {
                write_whole(*self as i64, out);
            }
        })*
    };
}

whole!(u8 u16 u32 u64 i8 i32 i64);

/// Writes a number, without the general formatting that a phone's program would have to carry for each type.
pub fn write_whole(number: i64, out: &mut String) {
    if number < 0 {
        out.push('-');
    }
    let mut digits = [0; 20];
    let mut rest = number.unsigned_abs();
    let mut from = digits.len();
    loop {
        from -= 1;
        digits[from] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out.extend(digits[from..].iter().copied().map(char::from));
}

impl Json for bool {
    fn read(node: &Node<'_>) -> Option<Self> {
        match node {
            Node::Flag(flag) => Some(*flag),
            _ => None,
        }
    }

    fn write(&self, out: &mut String) {
        out.push_str(if *self { "true" } else { "false" });
    }
}

impl Json for String {
    fn read(node: &Node<'_>) -> Option<Self> {
        node.word().map(str::to_owned)
    }

    fn write(&self, out: &mut String) {
        write_text(self, out);
    }
}

fn write_text(text: &str, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    out.push('"');
    for character in text.chars() {
        let escape = match character {
            '"' | '\\' => character,
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            '\u{8}' => 'b',
            '\u{c}' => 'f',
            '\0'..='\u{1f}' => {
                let code = character as usize;
                out.push_str("\\u00");
                out.push(char::from(HEX[code >> 4]));
                out.push(char::from(HEX[code & 15]));
                continue;
            }
            _ => {
                out.push(character);
                continue;
            }
        };
        out.push('\\');
        out.push(escape);
    }
    out.push('"');
}

/// A fact's name is 32 digits, without dashes.
impl Json for FactId {
    fn read(node: &Node<'_>) -> Option<Self> {
        node.word()?.parse().ok()
    }

    fn write(&self, out: &mut String) {
        write_text(&self.text(), out);
    }
}

impl<T: Json> Json for Option<T> {
    fn read(node: &Node<'_>) -> Option<Self> {
        match node {
            Node::Missing | Node::Null => Some(None),
            node => T::read(node).map(Some),
        }
    }

    fn write(&self, out: &mut String) {
        match self {
            Some(value) => value.write(out),
            None => out.push_str("null"),
        }
    }
}

impl<T: Json> Json for Vec<T> {
    fn read(node: &Node<'_>) -> Option<Self> {
        let Node::List(items) = node else { return None };
        items.iter().map(T::read).collect()
    }

    fn write(&self, out: &mut String) {
        out.push('[');
        for item in self {
            write_item(item, out);
        }
        close(']', out);
    }
}

impl<A: Json, B: Json> Json for (A, B) {
    fn read(node: &Node<'_>) -> Option<Self> {
        let items = node.items(2)?;
        Some((A::read(&items[0])?, B::read(&items[1])?))
    }

    fn write(&self, out: &mut String) {
        out.push('[');
        write_item(&self.0, out);
        write_item(&self.1, out);
        close(']', out);
    }
}
