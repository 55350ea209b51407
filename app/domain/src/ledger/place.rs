//! From the cells that say where a household lives to one door: compound, building, unit, floor, room.

use serde::{Deserialize, Serialize};

use super::fold::{fold_name, key, looks_like_a_date, strip_zero_decimals};
use super::people::is_stroke;
use super::pieces::{Atom, AtomKind, Marker, Piece, STEMS, pieces};
use super::reject::RejectReason;
use super::room::{Prefix, room_of};
use crate::places::{Label, Spot};

/// A door as the ledger names it, before it has an id.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LedgerPlace {
    /// The compound's name, as it is written where it first occurs.
    pub compound: String,
    /// The building's number or letter: `3` of 3号楼, 3栋, 3#, Bldg 3.
    pub building: Label,
    /// Unit, floor and room.
    pub spot: Spot,
}

/// What two spellings of the same door have in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DoorKey {
    compound: String,
    building: Label,
    spot: Spot,
}

impl LedgerPlace {
    /// The key by which doors of two ledgers, or of two rows, are the same door.
    #[must_use]
    pub fn key(&self) -> DoorKey {
        DoorKey { compound: compound_key(&self.compound), building: self.building.clone(), spot: self.spot.clone() }
    }
}

/// Two spellings of a compound are one compound if this is equal: 北林新苑 and 北林新苑小区, `Garden North` and `garden north`.
pub(super) fn compound_key(name: &str) -> String {
    let key = key(name);
    match key.strip_suffix("小区") {
        Some(short) if short.chars().count() >= 2 => short.to_owned(),
        _ => key,
    }
}

/// The folded cells of a row that say where. Empty where there is no such column.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct PlaceCells<'a> {
    pub(super) compound: &'a str,
    pub(super) building: &'a str,
    pub(super) unit: &'a str,
    pub(super) floor: &'a str,
    pub(super) room: &'a str,
    pub(super) address: &'a str,
}

/// What the cells have said so far.
#[derive(Debug, Default)]
struct Said {
    compound: String,
    building: Option<Label>,
    unit: Option<u8>,
    floor: Option<i8>,
    room: Option<(Label, i8)>,
}

/// Reads the door of a row; `compound` is for rows that name none. Cells that name the same thing twice must agree.
pub(super) fn read_place(cells: PlaceCells<'_>, compound: &str, prefix: Prefix) -> Result<LedgerPlace, RejectReason> {
    let mut said = Said { compound: fold_name(without_strokes(cells.compound)), ..Said::default() };
    said.address(without_strokes(cells.address))?;
    said.building(without_strokes(cells.building))?;
    said.unit(without_strokes(cells.unit))?;
    said.floor(without_strokes(cells.floor))?;
    said.room(without_strokes(cells.room), prefix)?;
    if said.compound.is_empty() {
        compound.clone_into(&mut said.compound);
    }
    if said.compound.is_empty() {
        return Err(RejectReason::CompoundMissing);
    }
    let building = said.building.ok_or(RejectReason::BuildingMissing)?;
    let (room, floor) = said.room.ok_or(RejectReason::RoomMissing)?;
    Ok(LedgerPlace { compound: said.compound, building, spot: Spot { unit: said.unit.unwrap_or(1), floor, room } })
}

impl Said {
    fn building(&mut self, cell: &str) -> Result<(), RejectReason> {
        let wrong = || RejectReason::BuildingNotUnderstood(cell.to_owned());
        for piece in cut(cell, wrong)? {
            match piece.marker {
                Marker::Unit => self.set_unit(&piece, cell)?,
                Marker::Floor | Marker::Room => return Err(wrong()),
                Marker::Building | Marker::Storey | Marker::Plain => {
                    let label = building_label(&piece).ok_or_else(wrong)?;
                    set(&mut self.building, label, cell)?;
                }
            }
        }
        Ok(())
    }

    fn unit(&mut self, cell: &str) -> Result<(), RejectReason> {
        for piece in cut(cell, || RejectReason::UnitNotUnderstood(cell.to_owned()))? {
            match piece.marker {
                Marker::Building => {
                    let label = building_label(&piece).ok_or_else(|| RejectReason::UnitNotUnderstood(cell.to_owned()))?;
                    set(&mut self.building, label, cell)?;
                }
                _ => self.set_unit(&piece, cell)?,
            }
        }
        Ok(())
    }

    fn floor(&mut self, cell: &str) -> Result<(), RejectReason> {
        let wrong = || RejectReason::FloorNotUnderstood(cell.to_owned());
        for piece in cut(cell, wrong)? {
            let floor = floor_number(&piece).ok_or_else(wrong)?;
            set(&mut self.floor, floor, cell)?;
        }
        Ok(())
    }

    fn room(&mut self, cell: &str, prefix: Prefix) -> Result<(), RejectReason> {
        let wrong = || RejectReason::RoomNotUnderstood(cell.to_owned());
        let mut rest = Vec::new();
        for piece in cut(cell, wrong)? {
            match piece.marker {
                Marker::Building => {
                    let label = building_label(&piece).ok_or_else(wrong)?;
                    set(&mut self.building, label, cell)?;
                }
                Marker::Unit => self.set_unit(&piece, cell)?,
                Marker::Floor | Marker::Storey => {
                    let floor = floor_number(&piece).ok_or_else(wrong)?;
                    set(&mut self.floor, floor, cell)?;
                }
                Marker::Room | Marker::Plain => rest.push(piece),
            }
        }
        if cell.is_empty() {
            return Ok(());
        }
        self.room_pieces(rest, cell, prefix, wrong)
    }

    /// The address column: `北林新苑3号楼2单元1101室`, `Building 3, Unit 2, Room 1101`, `3-2-1101`.
    fn address(&mut self, cell: &str) -> Result<(), RejectReason> {
        if cell.is_empty() {
            return Ok(());
        }
        let wrong = || RejectReason::AddressNotUnderstood(cell.to_owned());
        let mut all = cut(cell, wrong)?;
        let has_unit_or_room = all.iter().any(|piece| matches!(piece.marker, Marker::Unit | Marker::Room));
        let building_at = all
            .iter()
            .position(|piece| piece.marker == Marker::Building)
            .or_else(|| all.iter().position(|piece| piece.marker == Marker::Storey && has_unit_or_room));
        // Without a mark the compound's name may still stand before the first number: 北林新苑3-2-1101.
        let at = building_at.unwrap_or(0);
        let name_end = drop_name(&mut all[at]);
        if self.compound.is_empty() {
            let name: String = cell.chars().take(name_end).collect();
            self.compound = fold_name(name.trim_matches([',', ' ', ';']));
        }
        all.drain(..at);
        let mut rest = Vec::new();
        if building_at.is_some() {
            let label = building_label(&all.remove(0)).ok_or_else(wrong)?;
            set(&mut self.building, label, cell)?;
        }
        for piece in all {
            match piece.marker {
                Marker::Unit => self.set_unit(&piece, cell)?,
                Marker::Floor | Marker::Storey => {
                    let floor = floor_number(&piece).ok_or_else(wrong)?;
                    set(&mut self.floor, floor, cell)?;
                }
                _ => rest.push(piece),
            }
        }
        self.room_pieces(rest, cell, Prefix::Unit, wrong)
    }

    /// What is left of a room cell: a room, perhaps with building, unit or floor and hyphens before it.
    fn room_pieces(
        &mut self,
        mut rest: Vec<Piece>,
        cell: &str,
        prefix: Prefix,
        wrong: impl Fn() -> RejectReason,
    ) -> Result<(), RejectReason> {
        let mut last = rest.pop().ok_or_else(&wrong)?;
        if rest.iter().skip(1).chain(rest.first().map(|_| &last)).any(|piece| !piece.after_dash) {
            return Err(wrong());
        }
        // "1101-1": a flat let in parts.
        if let Some(whole) = rest.pop_if(|whole| is_long(whole) && !is_long(&last)) {
            let part = last.text();
            last = whole;
            last.atoms.push(Atom { kind: AtomKind::Letters, text: format!("-{part}"), start: 0 });
        }
        // "B1-05", "B1-101": a floor below ground before its room. "B3-1101" is a door of building B3.
        if self.building.is_some()
            && let Some(floor) = rest.last().and_then(floor_number).filter(|floor| *floor < 0)
            && (!is_long(&last) || room_of(&last, None).is_some_and(|(_, derived)| derived == -floor))
        {
            set(&mut self.floor, floor, cell)?;
            rest.pop();
        }
        let (room, floor) = room_of(&last, self.floor).ok_or_else(&wrong)?;
        match &rest[..] {
            [] => {}
            [first] => self.set_prefix(first, floor, prefix, cell)?,
            [building, unit] => {
                set(&mut self.building, building_label(building).ok_or_else(&wrong)?, cell)?;
                self.set_unit(unit, cell)?;
            }
            _ => return Err(wrong()),
        }
        set(&mut self.room, (room, floor), cell)
    }

    /// One value before the room, such as the 11 of `11-1101`: the unit, or the floor or building said again.
    fn set_prefix(&mut self, first: &Piece, floor: i8, prefix: Prefix, cell: &str) -> Result<(), RejectReason> {
        let number = first.digits().and_then(|digits| digits.parse::<i8>().ok());
        if self.building.is_none() {
            self.building = Some(building_label(first).ok_or_else(|| RejectReason::RoomNotUnderstood(cell.to_owned()))?);
            return Ok(());
        }
        let same_floor = number == Some(floor);
        match self.unit {
            None if prefix == Prefix::Floor && same_floor => Ok(()),
            None => self.set_unit(first, cell),
            Some(unit) if unit_number(first) == Some(unit) || same_floor => Ok(()),
            Some(_) if building_label(first) == self.building => Ok(()),
            Some(_) => Err(RejectReason::PlacesDisagree(cell.to_owned())),
        }
    }

    fn set_unit(&mut self, piece: &Piece, cell: &str) -> Result<(), RejectReason> {
        let unit = unit_number(piece).ok_or_else(|| RejectReason::UnitNotUnderstood(cell.to_owned()))?;
        set(&mut self.unit, unit, cell)
    }
}

/// Keeps what is said first; what is said again must be the same.
fn set<T: PartialEq>(slot: &mut Option<T>, value: T, cell: &str) -> Result<(), RejectReason> {
    match slot {
        Some(said) if *said != value => Err(RejectReason::PlacesDisagree(cell.to_owned())),
        _ => {
            *slot = Some(value);
            Ok(())
        }
    }
}

fn cut(cell: &str, wrong: impl Fn() -> RejectReason) -> Result<Vec<Piece>, RejectReason> {
    if cell.is_empty() {
        return Ok(Vec::new());
    }
    if looks_like_a_date(cell) {
        return Err(RejectReason::TurnedIntoADate(cell.to_owned()));
    }
    let pieces = pieces(strip_zero_decimals(cell)).ok_or_else(&wrong)?;
    if pieces.is_empty() { Err(wrong()) } else { Ok(pieces) }
}

/// An empty text for a cell that only says that it is empty.
fn without_strokes(cell: &str) -> &str {
    if is_stroke(cell) { "" } else { cell }
}

/// The label of a building: `3`, `A`, `2A`, `甲`, `学府`. A name alone counts only with 楼, 栋 or "building" beside it.
fn building_label(piece: &Piece) -> Option<Label> {
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
fn unit_number(piece: &Piece) -> Option<u8> {
    let [atom] = &piece.atoms[..] else { return None };
    if piece.below {
        return None;
    }
    let first = atom.text.chars().next()?;
    match atom.kind {
        AtomKind::Digits => atom.text.parse().ok().filter(|unit| (1..=99).contains(unit)),
        AtomKind::Letters if atom.text.len() == 1 => Some(first as u8 - b'A' + 1),
        AtomKind::Stem => STEMS.iter().position(|stem| *stem == first).and_then(|place| u8::try_from(place + 1).ok()),
        _ => None,
    }
}

fn floor_number(piece: &Piece) -> Option<i8> {
    let (digits, below) = match &piece.atoms[..] {
        [Atom { kind: AtomKind::Digits, text, .. }] => (text, piece.below),
        [Atom { kind: AtomKind::Letters, text: letter, .. }, Atom { kind: AtomKind::Digits, text, .. }] if letter == "B" => (text, true),
        [Atom { kind: AtomKind::Digits, text, .. }, Atom { kind: AtomKind::Letters, text: letter, .. }] if letter == "F" => (text, piece.below),
        _ => return None,
    };
    let floor: i8 = digits.parse().ok().filter(|floor| (1..=99).contains(floor))?;
    Some(if below { -floor } else { floor })
}

fn is_long(piece: &Piece) -> bool {
    piece.atoms.iter().any(|atom| atom.kind == AtomKind::Digits && atom.text.len() >= 3)
}

/// Takes the compound's name off the front of a building's value; says where the name ends, in characters.
fn drop_name(piece: &mut Piece) -> usize {
    match piece.atoms.iter().rposition(|atom| atom.kind == AtomKind::Name) {
        Some(last) if last + 1 < piece.atoms.len() => {
            piece.atoms.drain(..=last);
            piece.atoms[0].start
        }
        _ => piece.start,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn door(building: &str, unit: &str, room: &str) -> Result<String, RejectReason> {
        let cells = PlaceCells { compound: "北林新苑", building, unit, room, ..PlaceCells::default() };
        read_place(cells, "", Prefix::Unit).map(show)
    }

    fn at(address: &str) -> Result<String, RejectReason> {
        let cells = PlaceCells { address, ..PlaceCells::default() };
        read_place(cells, "", Prefix::Unit).map(|place| format!("{} {}", place.compound, show(place)))
    }

    fn show(place: LedgerPlace) -> String {
        format!("{}-{}-{} F{}", place.building, place.spot.unit, place.spot.room, place.spot.floor)
    }

    #[test]
    fn every_spelling_of_a_building_and_a_unit_is_the_same_door() {
        for building in ["1号楼", "1栋", "1#", "1幢", "1座", "Bldg 1", "Building No. 1", "1", "一号楼", "01", "第1栋", "1.0", "#1", "1楼", "No.1 Building"] {
            for unit in ["2", "2单元", "Unit 2", "乙", "B", "二单元", "2门", "2.0", "乙单元"] {
                assert_eq!(door(building, unit, "1101"), Ok("1-2-1101 F11".into()), "{building} {unit}");
            }
        }
        assert_eq!(door("A座", "", "302室"), Ok("A-1-302 F3".into()));
        assert_eq!(door("Block B2", "-", "#302"), Ok("B2-1-302 F3".into()));
        assert_eq!(door("东楼", "1", "302"), Ok("东-1-302 F3".into()));
    }

    #[test]
    fn a_room_may_say_building_unit_and_floor_again_but_not_differently() {
        assert_eq!(door("3号楼", "2", "11-1101"), Ok("3-2-1101 F11".into()));
        assert_eq!(door("3号楼", "2", "2-1101"), Ok("3-2-1101 F11".into()));
        assert_eq!(door("3号楼", "", "2-1101"), Ok("3-2-1101 F11".into()));
        assert_eq!(door("3号楼", "2", "3-2-1101"), Ok("3-2-1101 F11".into()));
        assert_eq!(door("3号楼", "2", "3号楼2单元1101室"), Ok("3-2-1101 F11".into()));
        assert_eq!(door("3号楼2单元", "", "1101"), Ok("3-2-1101 F11".into()));
        assert_eq!(door("3号楼", "2", "地下一层05"), Ok("3-2-B105 F-1".into()));
        assert_eq!(door("3号楼", "2", "B1-05"), Ok("3-2-B105 F-1".into()));
        assert_eq!(door("3号楼", "2", "1101-1"), Ok("3-2-1101-1 F11".into()));
        assert_eq!(door("3号楼", "2", "4-1-1101"), Err(RejectReason::PlacesDisagree("4-1-1101".into())));
        assert_eq!(door("3号楼", "2", "1101-1102"), Err(RejectReason::PlacesDisagree("1101-1102".into())));
    }

    #[test]
    fn what_is_not_understood_is_said_and_not_guessed() {
        assert_eq!(door("3号楼", "1", ""), Err(RejectReason::RoomMissing));
        assert_eq!(door("", "1", "101"), Err(RejectReason::BuildingMissing));
        for room in ["九楼东", "=1+1", "101/102", "101、102", "东户", "无门牌", "12003"] {
            assert_eq!(door("3号楼", "1", room), Err(RejectReason::RoomNotUnderstood(room.into())), "{room}");
        }
        for building in ["不详", "?", "0", "号楼", "学府", "TBD"] {
            assert_eq!(door(building, "1", "101"), Err(RejectReason::BuildingNotUnderstood(building.into())), "{building}");
        }
        for unit in ["东", "100", "0", "1-2"] {
            assert!(door("3", unit, "101").is_err(), "{unit}");
        }
        assert_eq!(door("2022-01-02", "1", "101"), Err(RejectReason::TurnedIntoADate("2022-01-02".into())));
    }

    #[test]
    fn an_address_in_one_cell_is_taken_apart() {
        for address in ["北林新苑3号楼2单元1101室", "北林新苑 三号楼 2单元 1101", "北林新苑3-2-1101", "北林新苑3栋2单元11层1101"] {
            assert_eq!(at(address), Ok("北林新苑 3-2-1101 F11".into()), "{address}");
        }
        assert_eq!(at("牧院二家属区6号楼1单元1802"), Ok("牧院二家属区 6-1-1802 F18".into()));
        assert_eq!(at("Garden North, Building 3, Unit 2, Room 1101"), Ok("Garden North 3-2-1101 F11".into()));
        assert_eq!(at("北林新苑"), Err(RejectReason::AddressNotUnderstood("北林新苑".into())));
    }

    #[test]
    fn two_spellings_of_a_compound_are_one() {
        assert_eq!(compound_key("北林新苑小区"), compound_key(" 北林 新苑"));
        assert_eq!(compound_key("Garden North"), compound_key("GARDEN  north"));
        assert_ne!(compound_key("牧院一家属区"), compound_key("牧院二家属区"));
    }
}
