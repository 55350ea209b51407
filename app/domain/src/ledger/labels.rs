//! What a piece of text is as a building, a unit or a floor.

use super::pieces::{Atom, AtomKind, Marker, Piece, STEMS};
use crate::places::Label;

/// The label of a building: `3`, `A`, `2A`, `甲`, `学府`. A name alone counts only with 楼, 栋 or "building" beside it.
pub(super) fn building_label(piece: &Piece) -> Option<Label> {
    let text = piece.text();
    let has = |kind| piece.atoms.iter().any(|atom| atom.kind == kind);
    let only_names = !has(AtomKind::Digits) && !has(AtomKind::Stem);
    let short_letters = piece.atoms.len() == 1 && has(AtomKind::Letters) && text.len() <= 2;
    let named = matches!(piece.marker, Marker::Building | Marker::Storey);
    if piece.below || text.chars().count() > 12 || (only_names && !short_letters && !named) {
        return None;
    }
    let numbers_fit = piece.atoms.iter().all(|atom| atom.kind != AtomKind::Digits || atom.text.len() <= 4);
    let label = match text.trim_start_matches('0') {
        "" => return None,
        trimmed if trimmed.starts_with(|c: char| c.is_ascii_digit()) => trimmed.to_owned(),
        _ if text.starts_with('0') => return None,
        _ => text,
    };
    numbers_fit.then_some(Label(label))
}

/// A unit's number: `2`, B, 乙 are all the second. At most 99, as the keys hold two digits.
pub(super) fn unit_number(piece: &Piece) -> Option<u8> {
    let [atom] = &piece.atoms[..] else { return None };
    if piece.below {
        return None;
    }
    let first = atom.text.chars().next()?;
    match atom.kind {
        AtomKind::Digits => atom.text.parse().ok().filter(|unit| (1..=99).contains(unit)),
        AtomKind::Letters if atom.text.len() == 1 => Some(first as u8 - b'A' + 1),
        AtomKind::Stem => {
            STEMS.iter().position(|stem| *stem == first).and_then(|place| u8::try_from(place + 1).ok())
        }
        _ => None,
    }
}

pub(super) fn floor_number(piece: &Piece) -> Option<i8> {
    let (digits, below) =
        match &piece.atoms[..] {
            [Atom { kind: AtomKind::Digits, text, .. }] => (text, piece.below),
            [
                Atom { kind: AtomKind::Letters, text: letter, .. },
                Atom { kind: AtomKind::Digits, text, .. },
            ] if letter == "B" => (text, true),
            [
                Atom { kind: AtomKind::Digits, text, .. },
                Atom { kind: AtomKind::Letters, text: letter, .. },
            ] if letter == "F" => (text, piece.below),
            _ => return None,
        };
    let floor: i8 = digits.parse().ok().filter(|floor| (1..=99).contains(floor))?;
    Some(if below { -floor } else { floor })
}

pub(super) fn is_long(piece: &Piece) -> bool {
    piece.atoms.iter().any(|atom| atom.kind == AtomKind::Digits && atom.text.len() >= 3)
}

/// Takes the compound's name off the front of a building's value; says where the name ends, in characters.
pub(super) fn drop_name(piece: &mut Piece) -> usize {
    match piece.atoms.iter().rposition(|atom| atom.kind == AtomKind::Name) {
        Some(last) if last + 1 < piece.atoms.len() => {
            piece.atoms.drain(..=last);
            piece.atoms[0].start
        }
        _ => piece.start,
    }
}
