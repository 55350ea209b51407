//! A room's label and floor: `1101`, `101室`, `0501`, `B101`, `地下一层05`, `11A`, `1101-1`.

use super::pieces::{Atom, AtomKind, Piece, pieces};
use crate::places::Label;

/// What a short number before the room means where the sheet has no unit for the row: `2-301`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Prefix {
    /// The unit.
    #[default]
    Unit,
    /// The floor once more: every such room of the sheet says so (`11-1101`, `3-302`).
    Floor,
}

/// Decides what the prefix means from all the rooms that have one and no unit. Row by row it could not be told:
/// 3-301 alone may be either, and a wrong guess would put two doors into one.
pub(super) fn prefix_of<'a>(rooms_without_unit: impl Iterator<Item = &'a str>) -> Prefix {
    let mut seen = false;
    for room in rooms_without_unit {
        let Some(parts) = pieces(room) else { continue };
        let [before, last] = &parts[..] else { continue };
        let (Some(number), Some((_, floor))) = (before.digits(), room_of(last, None)) else { continue };
        if last.digits().is_none_or(|digits| digits.len() < 3) {
            continue;
        }
        if number.parse() != Ok(floor) {
            return Prefix::Unit;
        }
        seen = true;
    }
    if seen { Prefix::Floor } else { Prefix::Unit }
}

/// Label and floor of a room. The last two digits are the door, those before it the floor; a `floor` said elsewhere
/// decides only where the room has no more than two digits or more than four.
pub(super) fn room_of(piece: &Piece, floor: Option<i8>) -> Option<(Label, i8)> {
    let (letter, digits, suffix) = parts(&piece.atoms)?;
    let below = piece.below || letter == "B" || floor.is_some_and(|floor| floor < 0);
    let front = if letter == "B" { "" } else { letter };
    let number = digits.trim_start_matches('0');
    if number.is_empty() {
        return None;
    }
    let signed = |floor: i8| if below { -floor.abs() } else { floor };
    match number.len() {
        1 | 2 if !suffix.is_empty() && floor.is_none() && !suffix.starts_with('-') => {
            // "11A": flat A of floor 11, as in towers with lettered flats.
            let floor = signed(number.parse().ok()?);
            Some((label(below, front, number, &suffix), floor))
        }
        1 | 2 => {
            let floor = signed(floor.unwrap_or(1));
            // A yard of single-storey houses numbers its doors 1, 2, 3; a tower's 05 on floor 11 is 1105.
            let whole = if floor == 1 && !below {
                number.to_owned()
            } else {
                format!("{}{number:0>2}", floor.unsigned_abs())
            };
            Some((label(below, front, &whole, &suffix), floor))
        }
        3 | 4 => {
            let derived: i8 = number[..number.len() - 2].parse().ok()?;
            match floor.filter(|floor| *floor < 0 && -*floor != derived) {
                // 101 on the second floor below ground is not the 101 of the first.
                Some(deep) => Some((Label(format!("B{}-{number}{suffix}", -deep)), deep)),
                None => Some((label(below, front, number, &suffix), signed(derived))),
            }
        }
        5 if floor.is_some_and(|floor| number.starts_with(&floor.unsigned_abs().to_string())) => {
            Some((label(below, front, number, &suffix), signed(floor?)))
        }
        _ => None,
    }
}

fn label(below: bool, front: &str, number: &str, suffix: &str) -> Label {
    Label(format!("{}{front}{number}{suffix}", if below { "B" } else { "" }))
}

/// An optional letter, digits, and what may follow them: a letter or two, 甲, or the part of a flat let in parts.
fn parts(atoms: &[Atom]) -> Option<(&str, &str, String)> {
    let (letter, rest) = match atoms {
        [first, rest @ ..] if first.kind == AtomKind::Letters && first.text.len() == 1 => {
            (first.text.as_str(), rest)
        }
        _ => ("", atoms),
    };
    let [digits, suffix @ ..] = rest else { return None };
    let plain = |atom: &Atom| {
        matches!(atom.kind, AtomKind::Letters | AtomKind::Stem) && atom.text.chars().count() <= 4
    };
    if digits.kind != AtomKind::Digits || suffix.len() > 2 || !suffix.iter().all(plain) {
        return None;
    }
    Some((letter, &digits.text, suffix.iter().map(|atom| atom.text.as_str()).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(text: &str, floor: Option<i8>) -> Option<(String, i8)> {
        let pieces = pieces(text).expect("cut");
        room_of(pieces.last()?, floor).map(|(label, floor)| (label.0, floor))
    }

    #[test]
    fn the_floor_is_what_stands_before_the_last_two_digits() {
        for (text, label, floor) in [
            ("1101", "1101", 11),
            ("101室", "101", 1),
            ("0501", "501", 5),
            ("Room 302", "302", 3),
            ("三〇一", "301", 3),
            ("A1101", "A1101", 11),
            ("1101a", "1101A", 11),
            ("11B", "11B", 11),
            ("7", "7", 1),
        ] {
            assert_eq!(room(text, None), Some((label.into(), floor)), "{text}");
        }
    }

    #[test]
    fn below_ground_is_negative_however_it_is_written() {
        for text in ["B101", "地下101", "负101", "-101", "b101"] {
            assert_eq!(room(text, None), Some(("B101".into(), -1)), "{text}");
        }
        assert_eq!(room("05", Some(-1)), Some(("B105".into(), -1)));
        assert_eq!(room("101", Some(-2)), Some(("B2-101".into(), -2)));
    }

    #[test]
    fn a_floor_column_completes_a_short_room() {
        assert_eq!(room("05", Some(11)), Some(("1105".into(), 11)));
        assert_eq!(room("12003", Some(12)), Some(("12003".into(), 12)));
        assert_eq!(room("12003", None), None);
    }

    #[test]
    fn what_is_no_door_number_is_not_guessed() {
        for text in ["东", "00", "顶", "123456"] {
            assert_eq!(room(text, None), None, "{text}");
        }
    }

    #[test]
    fn a_prefix_means_the_floor_only_if_it_does_everywhere() {
        assert_eq!(prefix_of(["11-1101", "3-302", "205"].into_iter()), Prefix::Floor);
        assert_eq!(prefix_of(["1-101", "1-201"].into_iter()), Prefix::Unit);
        assert_eq!(prefix_of(["101"].into_iter()), Prefix::Unit);
    }
}
