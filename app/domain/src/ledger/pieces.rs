//! Cuts what people write for a place into marked pieces: `3号楼2单元1101室`, `Bldg 3 Unit 2`, `3-2-1101`, `B1层05`.
//! Which piece may stand in which column is decided in `place`.

use super::fold::{chinese_number, is_han, is_numeral};

/// What the words beside a value say it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marker {
    /// 号楼, 栋, 幢, 座, building, block, tower.
    Building,
    /// 单元, unit, entrance, stair.
    Unit,
    /// 层, F, floor.
    Floor,
    /// 楼 alone: a building after `3号`, a floor before a room.
    Storey,
    /// 室, 房, 户, room, flat, apartment.
    Room,
    /// 号, #, or nothing: what the column is about.
    Plain,
}

/// What a run of characters of a value is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AtomKind {
    /// Digits, or a Chinese number turned into digits.
    Digits,
    /// Latin letters, upper case.
    Letters,
    /// 甲, 乙, 丙...: the letters of Chinese lists.
    Stem,
    /// Other Chinese characters: a name.
    Name,
}

/// One run of characters of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Atom {
    pub(super) kind: AtomKind,
    pub(super) text: String,
    /// Where it begins, in characters.
    pub(super) start: usize,
}

/// A value with what is said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) atoms: Vec<Atom>,
    pub(super) marker: Marker,
    /// 负, 地下, or a leading minus: below ground.
    pub(super) below: bool,
    /// A hyphen stands between this value and the one before.
    pub(super) after_dash: bool,
    /// Where the piece begins with its leading word, in characters.
    pub(super) start: usize,
}

impl Piece {
    /// The value's text, atoms joined.
    pub(super) fn text(&self) -> String {
        self.atoms.iter().map(|atom| atom.text.as_str()).collect()
    }

    /// The value if it is digits only.
    pub(super) fn digits(&self) -> Option<&str> {
        match &self.atoms[..] {
            [Atom { kind: AtomKind::Digits, text, .. }] => Some(text),
            _ => None,
        }
    }
}

/// The heavenly stems, which name units and sub-flats in order.
pub(super) const STEMS: [char; 10] = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'];

/// Longest first, so that 号楼 is not read as 号 and 楼.
const SUFFIXES: [(Marker, &str); 6] = [
    (Marker::Building, "号楼栋 号楼 号栋 栋楼 #楼 栋 幢 座"),
    (Marker::Unit, "单元 门"),
    (Marker::Floor, "层"),
    (Marker::Storey, "楼"),
    (Marker::Room, "室 房 户"),
    (Marker::Plain, "号 #"),
];

const WORDS: [(Marker, &str); 5] = [
    (Marker::Building, "BUILDING BLDG BLD BLOCK BLK TOWER"),
    (Marker::Unit, "UNIT ENTRANCE STAIRCASE STAIRWELL STAIR"),
    (Marker::Floor, "FLOOR LEVEL"),
    (Marker::Room, "ROOM RM FLAT APARTMENT APT DOOR"),
    (Marker::Plain, "NO"),
];

fn suffixes() -> impl Iterator<Item = (&'static str, Marker)> {
    SUFFIXES.into_iter().flat_map(|(marker, words)| words.split(' ').map(move |word| (word, marker)))
}

fn words() -> impl Iterator<Item = (&'static str, Marker)> {
    WORDS.into_iter().flat_map(|(marker, words)| words.split(' ').map(move |word| (word, marker)))
}

/// Cuts a folded text. `None` where it holds a character that no place is written with.
pub(super) fn pieces(folded: &str) -> Option<Vec<Piece>> {
    let text: Vec<char> = folded.chars().map(|c| c.to_ascii_uppercase()).collect();
    Cutter { text: &text, at: 0, done: Vec::new(), open: Open::default() }.run()
}

/// The piece being read.
#[derive(Default)]
struct Open {
    atoms: Vec<Atom>,
    prefix: Option<Marker>,
    start: Option<usize>,
    below: bool,
    after_dash: bool,
    ordinal: bool,
}

struct Cutter<'a> {
    text: &'a [char],
    at: usize,
    done: Vec<Piece>,
    open: Open,
}

impl Cutter<'_> {
    fn run(mut self) -> Option<Vec<Piece>> {
        while let Some(c) = self.text.get(self.at).copied() {
            if c.is_ascii_digit() {
                let run = self.take(|c| c.is_ascii_digit());
                self.push(AtomKind::Digits, run);
                self.skip_ordinal();
            } else if c.is_ascii_alphabetic() {
                self.letters();
            } else if let Some((word, marker)) = self.suffix() {
                self.at += word.chars().count();
                // "#3" and "第3号": a mark without a value before it says nothing.
                if !self.open.atoms.is_empty() {
                    self.close(marker);
                }
            } else if c == '负' || self.starts_with("地下") {
                self.at += if c == '负' { 1 } else { 2 };
                self.close_plain();
                self.open.below = true;
            } else if c == '第' {
                self.at += 1;
                self.close_plain();
            } else if STEMS.contains(&c) {
                self.push(AtomKind::Stem, c.to_string());
                self.at += 1;
            } else if is_numeral(c) {
                let start = self.at;
                let run = self.take(is_numeral);
                match chinese_number(&run) {
                    Some(number) => self.push_at(AtomKind::Digits, number.to_string(), start),
                    None => self.push_at(AtomKind::Name, run, start),
                }
            } else if is_han(c) {
                self.push(AtomKind::Name, c.to_string());
                self.at += 1;
            } else {
                self.separator(c)?;
                self.at += 1;
            }
        }
        self.close_plain();
        Some(self.done)
    }

    fn take(&mut self, belongs: impl Fn(char) -> bool) -> String {
        let run: String = self.text[self.at..].iter().take_while(|c| belongs(**c)).collect();
        self.at += run.chars().count();
        run
    }

    /// A word of English: a marker for the value after it, or for the one before ("No. 3 Building"), or a value.
    fn letters(&mut self) {
        let start = self.at;
        let run = self.take(|c| c.is_ascii_alphabetic());
        let glued = |word: &str| word.len() >= 4 && run.len() == word.len() + 1 && run.starts_with(word);
        let Some((word, marker)) = words().find(|(word, _)| *word == run || glued(word)) else {
            self.push_at(AtomKind::Letters, run, start);
            return;
        };
        let has_value = !self.open.atoms.is_empty();
        if !has_value && marker == Marker::Plain && self.open.prefix.is_some() {
            return; // "Building No. 3": the number is a building's.
        }
        if has_value && self.open.prefix.is_none_or(|prefix| prefix == Marker::Plain) && word == run {
            let numbered = self.open.ordinal || self.open.prefix.is_some();
            let nothing_follows = !self.text[self.at..].iter().any(|c| c.is_alphanumeric());
            if numbered || nothing_follows {
                self.open.prefix = None;
                self.close(marker);
                return;
            }
        }
        self.close_plain();
        self.open.prefix = Some(marker);
        self.open.start = Some(start);
        if word != run {
            self.push_at(AtomKind::Letters, run[word.len()..].to_owned(), start + word.len());
        }
    }

    fn suffix(&self) -> Option<(&'static str, Marker)> {
        suffixes().find(|(word, _)| self.starts_with(word))
    }

    fn starts_with(&self, word: &str) -> bool {
        word.chars().enumerate().all(|(place, c)| self.text.get(self.at + place) == Some(&c))
    }

    fn skip_ordinal(&mut self) {
        let rest: String = self.text[self.at..].iter().take(3).collect();
        let ends = |place: usize| !rest.chars().nth(place).is_some_and(|c| c.is_ascii_alphanumeric());
        if ["ST", "ND", "RD", "TH"].iter().any(|ending| rest.starts_with(ending)) && ends(2) {
            self.at += 2;
            self.open.ordinal = true;
        }
    }

    fn separator(&mut self, c: char) -> Option<()> {
        match c {
            '-' if self.open.atoms.is_empty() && self.done.is_empty() => self.open.below = true,
            '-' | '_' | '~' => {
                self.close_plain();
                self.open.after_dash = !self.done.is_empty();
            }
            // "Bldg. 3" keeps waiting for its value; "No. 3 Building" keeps its value for the word after it.
            '.' | ' ' | ':' if self.open.atoms.is_empty() => {}
            ' ' if self.word_follows() => {}
            '.' | ' ' | ':' | ',' | ';' | '、' | '/' => self.close_plain(),
            _ => return None,
        }
        Some(())
    }

    /// Whether the next thing is a word or a mark, which may belong to the value before the space.
    fn word_follows(&self) -> bool {
        let rest: Vec<char> = self.text[self.at..].iter().copied().skip_while(|c| *c == ' ').collect();
        let word: String = rest.iter().take_while(|c| c.is_ascii_alphabetic()).collect();
        let mark =
            suffixes().any(|(mark, _)| mark.chars().eq(rest.iter().copied().take(mark.chars().count())));
        mark || words().any(|(known, _)| known == word)
    }

    fn push(&mut self, kind: AtomKind, text: String) {
        let length = text.chars().count();
        let start = if kind == AtomKind::Digits { self.at - length } else { self.at };
        self.push_at(kind, text, start);
    }

    fn push_at(&mut self, kind: AtomKind, text: String, start: usize) {
        self.open.start.get_or_insert(start);
        match self.open.atoms.last_mut() {
            Some(last) if last.kind == kind && kind == AtomKind::Name => last.text.push_str(&text),
            _ => self.open.atoms.push(Atom { kind, text, start }),
        }
    }

    fn close_plain(&mut self) {
        if self.open.atoms.is_empty() {
            let below = self.open.below;
            self.open = Open { below, after_dash: self.open.after_dash, ..Open::default() };
        } else {
            self.close(Marker::Plain);
        }
    }

    fn close(&mut self, marker: Marker) {
        let open = std::mem::take(&mut self.open);
        let marker = open.prefix.filter(|prefix| *prefix != Marker::Plain).unwrap_or(marker);
        let start = open.start.unwrap_or(self.at);
        let mut piece =
            Piece { atoms: open.atoms, marker, below: open.below, after_dash: open.after_dash, start };
        // "11F1101" and "11F-1101": the F of a floor stands between its digits and more of them.
        if let [
            Atom { kind: AtomKind::Digits, text, .. },
            Atom { kind: AtomKind::Letters, text: letter, .. },
            rest @ ..,
        ] = &piece.atoms[..]
            && letter == "F"
            && text.len() <= 2
            && !rest.is_empty()
        {
            let room = Piece { atoms: rest.to_vec(), marker, below: false, after_dash: false, start };
            piece.atoms.truncate(1);
            piece.marker = Marker::Floor;
            self.done.push(piece);
            self.done.push(room);
            return;
        }
        self.done.push(piece);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(String, Marker)> {
        pieces(text).expect("understood").iter().map(|piece| (piece.text(), piece.marker)).collect()
    }

    #[test]
    fn chinese_marks_stand_behind_their_value() {
        use Marker::{Building, Floor, Plain, Room, Storey, Unit};
        assert_eq!(
            cut("3号楼2单元1101室"),
            [("3".into(), Building), ("2".into(), Unit), ("1101".into(), Room)]
        );
        assert_eq!(
            cut("三号楼乙单元十一层三〇一"),
            [("3".into(), Building), ("乙".into(), Unit), ("11".into(), Floor), ("301".into(), Plain)]
        );
        assert_eq!(cut("九楼东"), [("9".into(), Storey), ("东".into(), Plain)]);
        assert_eq!(cut("#3"), [("3".into(), Plain)]);
    }

    #[test]
    fn english_words_stand_before_their_value_or_behind_it() {
        use Marker::{Building, Floor, Room, Unit};
        let all = [("3".to_owned(), Building), ("2".to_owned(), Unit), ("1101".to_owned(), Room)];
        assert_eq!(cut("Bldg. 3, Unit 2, Room 1101"), all);
        assert_eq!(cut("No. 3 Building Unit 2 Room 1101"), all);
        assert_eq!(cut("Building No.3 unit2 rm1101"), all);
        assert_eq!(cut("11th Floor Room 1101"), [("11".into(), Floor), ("1101".into(), Room)]);
        assert_eq!(cut("UnitA"), [("A".into(), Unit)]);
    }

    #[test]
    fn hyphens_and_floors_between_digits_part_the_pieces() {
        let dashes: Vec<bool> =
            pieces("3-2-1101").expect("understood").iter().map(|piece| piece.after_dash).collect();
        assert_eq!(dashes, [false, true, true]);
        assert_eq!(cut("11F1101")[0], ("11".into(), Marker::Floor));
        assert!(pieces("-101").expect("understood")[0].below);
        assert!(pieces("地下室101").expect("understood")[0].below);
    }

    #[test]
    fn signs_that_no_place_has_are_refused() {
        for bad in ["=1+1", "101(东)", "?号楼", "1@2"] {
            assert!(pieces(bad).is_none(), "{bad}");
        }
    }
}
