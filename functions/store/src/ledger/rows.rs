//! How a ledger stands in the table: rows of numbers and counted texts. A function reads all of it at every start, so
//! nothing in it has to be unescaped, no name is compared, and it is half as long as with names.
//!
//! A row is a letter, which says what it is, and its fields in their order. A number ends with a comma, and one that is
//! not there is the comma alone; a text is its length in bytes, a colon and itself, an empty one the colon alone. A
//! household's language is left empty where it is the usual one. A further field is a further letter.

use super::Chunk;
use domain::community::Places;
use domain::household::{DietTag, Diets, Household};
use domain::lang::Lang;
use domain::places::{Building, Compound, Door, Label, Spot};
use domain::{BuildingId, CompoundId, DoorId, HouseholdId};

use crate::catalog::Moved;

/// The text is not such rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("rows of a ledger, readable up to {left} bytes before the end")]
pub(super) struct NotRows {
    left: usize,
}

/// Every row of a ledger, places before who is found by them.
pub(super) fn written<'a>(places: &'a Places, moved: &'a Moved) -> impl Iterator<Item = String> + 'a {
    let compounds = places.compounds.values().map(|one| Row::new('c').number(one.id.0).text(&one.name));
    let buildings = places
        .buildings
        .values()
        .map(|one| Row::new('b').number(one.id.0).number(one.compound.0).text(&one.label.0));
    let doors = places.doors.values().map(|one| Row::new('d').number(one.id.0).spot(one.building, &one.spot));
    let households = places.households.values().map(household);
    let moved_doors = moved.doors.iter().map(|(door, before)| {
        let row = Row::new('D').number(door.0).many(before.len());
        before.iter().fold(row, |row, (building, spot)| row.spot(*building, spot))
    });
    let moved_homes = moved.homes.iter().map(|(household, before)| {
        let row = Row::new('H').number(household.0).many(before.len());
        before.iter().fold(row, |row, home| row.perhaps(*home))
    });
    let all = compounds.chain(buildings).chain(doors).chain(households).chain(moved_doors).chain(moved_homes);
    all.map(|row| row.0)
}

fn household(one: &Household) -> Row {
    let row = Row::new('h').number(one.id.0).perhaps(one.door).number(one.people).number(one.over_60);
    let lang = if one.lang == Lang::default() { "" } else { one.lang.code() };
    let row = row.text(lang).text(&one.holder).text(&one.speaks).text(&one.note);
    one.diets.iter().fold(row.many(one.diets.len()), |row, diet| row.text(diet.as_str()))
}

struct Row(String);

impl Row {
    fn new(kind: char) -> Self {
        Self(String::from(kind))
    }

    fn number(mut self, number: impl Into<i64>) -> Self {
        self.0 += &number.into().to_string();
        self.0.push(',');
        self
    }

    fn many(self, of: usize) -> Self {
        self.number(u32::try_from(of).unwrap_or(u32::MAX))
    }

    fn perhaps(mut self, door: Option<DoorId>) -> Self {
        match door {
            Some(door) => self.number(door.0),
            None => {
                self.0.push(',');
                self
            }
        }
    }

    fn text(mut self, text: &str) -> Self {
        if !text.is_empty() {
            self.0 += &text.len().to_string();
        }
        self.0.push(':');
        self.0 += text;
        self
    }

    fn spot(self, building: BuildingId, spot: &Spot) -> Self {
        self.number(building.0).number(spot.unit).number(spot.floor).text(&spot.room.0)
    }
}

/// Adds what `rows` say to `chunk`.
///
/// # Errors
/// [`NotRows`]; what stood before the unreadable row is in `chunk`.
pub(super) fn read(rows: &str, chunk: &mut Chunk) -> Result<(), NotRows> {
    let mut rest = Rest(rows);
    while !rest.0.is_empty() {
        rest.row(chunk).ok_or(NotRows { left: rest.0.len() })?;
    }
    Ok(())
}

/// What is not read yet.
struct Rest<'a>(&'a str);

impl<'a> Rest<'a> {
    fn row(&mut self, chunk: &mut Chunk) -> Option<()> {
        let (kind, rest) = self.0.split_at_checked(1)?;
        self.0 = rest;
        match kind {
            "c" => chunk.compounds.push(Compound { id: CompoundId(self.number()?), name: self.text()? }),
            "b" => chunk.buildings.push(Building {
                id: BuildingId(self.number()?),
                compound: CompoundId(self.number()?),
                label: Label(self.text()?),
            }),
            "d" => {
                let id = DoorId(self.number()?);
                let (building, spot) = self.spot()?;
                chunk.doors.push(Door { id, building, spot });
            }
            "h" => chunk.households.push(self.household()?),
            "D" => {
                let door = DoorId(self.number()?);
                chunk.moved_doors.push((door, self.several(Self::spot)?));
            }
            "H" => {
                let household = HouseholdId(self.number()?);
                chunk.moved_homes.push((household, self.several(Self::perhaps)?));
            }
            _ => return None,
        }
        Some(())
    }

    fn household(&mut self) -> Option<Household> {
        Some(Household {
            id: HouseholdId(self.number()?),
            door: self.perhaps()?,
            people: self.number()?,
            over_60: self.number()?,
            lang: self.lang()?,
            holder: self.text()?,
            speaks: self.text()?,
            note: self.text()?,
            diets: Diets::from_iter(self.several(Self::diet)?),
        })
    }

    fn spot(&mut self) -> Option<(BuildingId, Spot)> {
        let building = BuildingId(self.number()?);
        let spot = Spot { unit: self.number()?, floor: self.number()?, room: Label(self.text()?) };
        Some((building, spot))
    }

    fn lang(&mut self) -> Option<Lang> {
        let code = self.counted()?;
        if code.is_empty() {
            return Some(Lang::default());
        }
        Lang::ALL.into_iter().find(|lang| lang.code() == code)
    }

    fn diet(&mut self) -> Option<DietTag> {
        self.counted()?.parse().ok()
    }

    fn several<T>(&mut self, mut one: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        // Not reserved: the number is not to be believed before so many are there.
        let mut all = Vec::new();
        for _ in 0..self.number::<u32>()? {
            all.push(one(self)?);
        }
        Some(all)
    }

    fn perhaps(&mut self) -> Option<Option<DoorId>> {
        if self.0.as_bytes().first() == Some(&b',') {
            self.0 = self.0.get(1..)?;
            return Some(None);
        }
        self.number().map(DoorId).map(Some)
    }

    fn text(&mut self) -> Option<String> {
        self.counted().map(str::to_owned)
    }

    fn counted(&mut self) -> Option<&'a str> {
        let (number, _) = self.integer(b':')?;
        let (text, rest) = self.0.split_at_checked(usize::try_from(number).ok()?)?;
        self.0 = rest;
        Some(text)
    }

    fn number<T: TryFrom<i64>>(&mut self) -> Option<T> {
        let (number, digits) = self.integer(b',')?;
        if digits == 0 {
            return None;
        }
        T::try_from(number).ok()
    }

    /// A whole number of at most ten digits, how many those are, and `end`. A plain loop over bytes: there are some
    /// fifteen numbers for each household.
    fn integer(&mut self, end: u8) -> Option<(i64, usize)> {
        let bytes = self.0.as_bytes();
        let negative = bytes.first() == Some(&b'-');
        let first = usize::from(negative);
        let (mut number, mut at) = (0, first);
        loop {
            match bytes.get(at) {
                Some(digit @ b'0'..=b'9') if at < first + 10 => {
                    number = number * 10 + i64::from(digit - b'0');
                }
                Some(byte) if *byte == end => break,
                _ => return None,
            }
            at += 1;
        }
        self.0 = self.0.get(at + 1..)?;
        Some((if negative { -number } else { number }, at - first))
    }
}

#[cfg(test)]
mod tests;
