//! The part of a community that a form names: everything, a compound, a building, a unit of it, some of its floors.

use super::fault::{Fault, Faults, number};
use crate::community::Places;
use crate::form::Fields;
use crate::ids::{BuildingId, CompoundId};
use crate::places::Area;

/// Field of the compound or building: `all`, `c<compound>`, `b<building>`.
const PLACE: &str = "place";
/// Field of the unit; empty for the whole building.
const UNIT: &str = "unit";
/// Field of the lowest floor; empty for all.
const FROM: &str = "floor_from";
/// Field of the highest floor.
const TO: &str = "floor_to";

/// Reads an area.
///
/// # Errors
/// Faults at their fields; a unit or floors that the building does not have, or without a building.
pub fn read_area(form: &Fields, places: &Places) -> Result<Area, Faults> {
    let mut faults = Faults::default();
    let area = match place(form, places) {
        Ok(Area::Building(building)) => inside(form, places, building, &mut faults),
        // Whoever gives a unit means that unit: the whole compound would be told, or looked after, by mistake.
        Ok(whole) => {
            for field in [UNIT, FROM, TO].into_iter().filter(|field| form.get(field).is_some()) {
                faults.add(field, Fault::WhichBuilding);
            }
            Some(whole)
        }
        Err(fault) => {
            faults.add(PLACE, fault);
            None
        }
    };
    faults.into_result(area)
}

fn place(form: &Fields, places: &Places) -> Result<Area, Fault> {
    let typed = form.get(PLACE).ok_or(Fault::ChooseOne)?;
    if typed == "all" {
        return Ok(Area::Community);
    }
    let known = |area: Area| match area {
        Area::Compound(id) => places.compounds.contains_key(&id),
        Area::Building(id) => places.buildings.contains_key(&id),
        _ => true,
    };
    let compound = typed.strip_prefix('c').and_then(|id| id.parse().ok()).map(Area::Compound);
    let building = || typed.strip_prefix('b').and_then(|id| id.parse().ok()).map(Area::Building);
    compound.or_else(building).filter(|area| known(*area)).ok_or(Fault::NoSuchPlace)
}

fn inside(form: &Fields, places: &Places, building: BuildingId, faults: &mut Faults) -> Option<Area> {
    let unit = faults.note(UNIT, number::<u8>(form, UNIT, (1, 99)))?;
    let (from, to) = (floor(form, FROM), floor(form, TO));
    let (from, to) = (faults.note(FROM, from)?, faults.note(TO, to)?);
    let Some(unit) = unit else {
        // Floors without a unit would be floors of no stair in particular.
        if from.or(to).is_some() {
            faults.add(UNIT, Fault::WhichUnit);
            return None;
        }
        return Some(Area::Building(building));
    };
    let spots: Vec<_> =
        places.doors.values().filter(|door| door.building == building).map(|door| &door.spot).collect();
    let floors = spots.iter().filter(|spot| spot.unit == unit).map(|spot| spot.floor);
    let (Some(lowest), Some(highest)) = (floors.clone().min(), floors.max()) else {
        faults.add(UNIT, Fault::NoSuchPlace);
        return None;
    };
    if from.or(to).is_none() {
        return Some(Area::Unit(building, unit));
    }
    // "7 to 2" are the same floors as "2 to 7".
    let (one, other) = (from.unwrap_or(lowest), to.unwrap_or(highest));
    let (from, to) = (one.min(other), one.max(other));
    if to < lowest || from > highest {
        faults.add(FROM, Fault::NoSuchPlace);
        return None;
    }
    Some(Area::Floors(building, unit, from, to))
}

fn floor(form: &Fields, field: &str) -> Result<Option<i8>, Fault> {
    let Some(typed) = form.get(field) else { return Ok(None) };
    let number = super::fault::narrow(typed).parse::<i8>().ok().filter(|floor| (-9..=99).contains(floor));
    number.map(Some).ok_or(Fault::NotANumber(1, 99))
}

/// What [`read_area`] reads.
#[must_use]
pub fn area_fields(area: &Area) -> Fields {
    let compound = |id: CompoundId| format!("c{id}");
    let building = |id: BuildingId| format!("b{id}");
    let fields: Vec<(&str, String)> = match *area {
        Area::Community => vec![(PLACE, "all".into())],
        Area::Compound(id) => vec![(PLACE, compound(id))],
        Area::Building(id) => vec![(PLACE, building(id))],
        Area::Unit(id, unit) => vec![(PLACE, building(id)), (UNIT, unit.to_string())],
        Area::Floors(id, unit, from, to) => vec![
            (PLACE, building(id)),
            (UNIT, unit.to_string()),
            (FROM, from.to_string()),
            (TO, to.to_string()),
        ],
    };
    Fields(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}
