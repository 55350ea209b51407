//! From the cells that say where a household lives to one door: compound, building, unit, floor, room.

use serde::{Deserialize, Serialize};

use super::fold::{fold_name, key, looks_like_a_date, strip_zero_decimals};
use super::labels::{building_label, drop_name, floor_number, is_long, unit_number};
use super::people::is_stroke;
use super::pieces::{Atom, AtomKind, Marker, Piece, pieces};
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
        DoorKey {
            compound: compound_key(&self.compound),
            building: self.building.clone(),
            spot: self.spot.clone(),
        }
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
pub(super) fn read_place(
    cells: PlaceCells<'_>,
    compound: &str,
    prefix: Prefix,
) -> Result<LedgerPlace, RejectReason> {
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
    Ok(LedgerPlace {
        compound: said.compound,
        building,
        spot: Spot { unit: said.unit.unwrap_or(1), floor, room },
    })
}

impl Said {
    fn building(&mut self, cell: &str) -> Result<(), RejectReason> {
        let wrong = || RejectReason::BuildingNotUnderstood(cell.to_owned());
        for piece in cut(cell, wrong)? {
            match piece.marker {
                Marker::Unit => self.set_unit(&piece, cell, wrong)?,
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
        let wrong = || RejectReason::UnitNotUnderstood(cell.to_owned());
        for piece in cut(cell, wrong)? {
            match piece.marker {
                Marker::Building => {
                    let label = building_label(&piece).ok_or_else(wrong)?;
                    set(&mut self.building, label, cell)?;
                }
                _ => self.set_unit(&piece, cell, wrong)?,
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
                Marker::Unit => self.set_unit(&piece, cell, wrong)?,
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
                Marker::Unit => self.set_unit(&piece, cell, wrong)?,
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
                self.set_unit(unit, cell, &wrong)?;
            }
            _ => return Err(wrong()),
        }
        set(&mut self.room, (room, floor), cell)
    }

    /// One value before the room, such as the 11 of `11-1101`: the unit, or the floor or building said again.
    fn set_prefix(
        &mut self,
        first: &Piece,
        floor: i8,
        prefix: Prefix,
        cell: &str,
    ) -> Result<(), RejectReason> {
        let number = first.digits().and_then(|digits| digits.parse::<i8>().ok());
        if self.building.is_none() {
            self.building =
                Some(building_label(first).ok_or_else(|| RejectReason::RoomNotUnderstood(cell.to_owned()))?);
            return Ok(());
        }
        let same_floor = number == Some(floor);
        match self.unit {
            None if prefix == Prefix::Floor && same_floor => Ok(()),
            None => self.set_unit(first, cell, || RejectReason::RoomNotUnderstood(cell.to_owned())),
            Some(unit) if unit_number(first) == Some(unit) || same_floor => Ok(()),
            Some(_) if building_label(first) == self.building => Ok(()),
            Some(_) => Err(RejectReason::PlacesDisagree(cell.to_owned())),
        }
    }

    fn set_unit(
        &mut self,
        piece: &Piece,
        cell: &str,
        wrong: impl Fn() -> RejectReason,
    ) -> Result<(), RejectReason> {
        let unit = unit_number(piece).ok_or_else(wrong)?;
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
