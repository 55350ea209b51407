//! From text to a tree of values.

use std::borrow::Cow;

/// A value of a text, borrowed from it where no escape stands in the way.
#[derive(Debug)]
pub enum Node<'a> {
    /// Nothing stands there.
    Missing,
    /// `null`.
    Null,
    /// `true` or `false`.
    Flag(bool),
    /// A number.
    Whole(i64),
    /// A text.
    Text(Cow<'a, str>),
    /// A list.
    List(Vec<Node<'a>>),
    /// Names and values in the order of the text.
    Map(Vec<(Cow<'a, str>, Node<'a>)>),
}

impl<'a> Node<'a> {
    /// A text that is no part of a larger one, such as a map's key or a form's field.
    #[must_use]
    pub fn key(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

/// Deeper than anything we write, shallow enough for any stack.
const DEEPEST: u8 = 48;

pub(super) fn parse(text: &str) -> Option<Node<'_>> {
    let mut walk = Walk { text, at: 0 };
    let node = walk.node(0)?;
    walk.space();
    (walk.at == text.len()).then_some(node)
}

struct Walk<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Walk<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// By `get`, here and below: a slice that may panic brings 5 KB of words about where it did.
    fn rest(&self) -> Option<&'a str> {
        self.text.get(self.at..)
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    fn take(&mut self, wanted: u8) -> Option<()> {
        self.space();
        (self.peek()? == wanted).then(|| self.at += 1)
    }

    fn word(&mut self, word: &str, node: Node<'a>) -> Option<Node<'a>> {
        self.rest()?.starts_with(word).then(|| {
            self.at += word.len();
            node
        })
    }

    fn node(&mut self, depth: u8) -> Option<Node<'a>> {
        if depth > DEEPEST {
            return None;
        }
        self.space();
        match self.peek()? {
            b'n' => self.word("null", Node::Null),
            b't' => self.word("true", Node::Flag(true)),
            b'f' => self.word("false", Node::Flag(false)),
            b'"' => self.string().map(Node::Text),
            b'[' => self.list(depth),
            b'{' => self.map(depth),
            _ => self.number(),
        }
    }

    fn number(&mut self) -> Option<Node<'a>> {
        let rest = self.rest()?;
        let end = rest.bytes().position(|b| !matches!(b, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E'));
        let digits = rest.get(..end.unwrap_or(rest.len()))?;
        self.at += digits.len();
        if digits.starts_with('+') {
            return None;
        }
        digits.parse().ok().map(Node::Whole)
    }

    fn list(&mut self, depth: u8) -> Option<Node<'a>> {
        self.take(b'[')?;
        let mut items = Vec::new();
        if self.take(b']').is_some() {
            return Some(Node::List(items));
        }
        loop {
            items.push(self.node(depth + 1)?);
            if self.take(b',').is_none() {
                self.take(b']')?;
                return Some(Node::List(items));
            }
        }
    }

    fn map(&mut self, depth: u8) -> Option<Node<'a>> {
        self.take(b'{')?;
        let mut entries = Vec::new();
        if self.take(b'}').is_some() {
            return Some(Node::Map(entries));
        }
        loop {
            self.space();
            let key = self.string()?;
            self.take(b':')?;
            entries.push((key, self.node(depth + 1)?));
            if self.take(b',').is_none() {
                self.take(b'}')?;
                return Some(Node::Map(entries));
            }
        }
    }

    fn string(&mut self) -> Option<Cow<'a, str>> {
        self.take(b'"')?;
        let start = self.at;
        let mut escaped = None::<String>;
        let mut from = start;
        loop {
            match self.peek()? {
                b'"' => {
                    let rest = self.text.get(from..self.at)?;
                    self.at += 1;
                    return Some(match escaped {
                        None => Cow::Borrowed(rest),
                        Some(text) => Cow::Owned(text + rest),
                    });
                }
                b'\\' => {
                    let text = escaped.get_or_insert_default();
                    text.push_str(self.text.get(from..self.at)?);
                    self.at += 1;
                    text.push(self.escape()?);
                    from = self.at;
                }
                0..=0x1f => return None,
                _ => self.at += 1,
            }
        }
    }

    fn escape(&mut self) -> Option<char> {
        let kind = self.peek()?;
        self.at += 1;
        Some(match kind {
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'u' => {
                let first = self.four()?;
                if !(0xd800..0xdc00).contains(&first) {
                    return char::from_u32(first);
                }
                self.word("\\u", Node::Null)?;
                let second = self.four()?;
                let low = second.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
                return char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + low);
            }
            b'"' | b'\\' | b'/' => char::from(kind),
            _ => return None,
        })
    }

    fn four(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        self.at += 4;
        u32::from_str_radix(digits, 16).ok()
    }
}
