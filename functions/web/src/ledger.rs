//! From what a ledger file says to what the desk keeps: ids for what is new, changes where the diff allows them, and
//! nothing taken away. Reading files is in `sheets`, meaning in `domain::ledger`, writing in `store`.

use std::collections::HashMap;

use domain::community::Places;
use domain::household::Household;
use domain::ledger::{DoorKey, Field, LedgerDiff, LedgerHousehold, LedgerPlace, Phone, Preview};
use domain::places::{Building, Compound, Door, Label, Spot};
use domain::{BuildingId, CompoundId, DoorId, HouseholdId};

/// What an import makes of the community.
#[derive(Debug, Clone, Default)]
pub struct Applied {
    /// The ledger as it will be, whole.
    pub places: Places,
    /// Telephone numbers to store, sealed.
    pub phones: Vec<(HouseholdId, Phone)>,
    /// Care remarks to store, sealed, and to be seen by the desk alone.
    pub care: Vec<(HouseholdId, String)>,
}

/// Applies a diff to what is kept.
#[must_use]
pub fn apply(kept: &Places, preview: &Preview, diff: &LedgerDiff) -> Applied {
    let mut work = Work::new(kept.clone());
    let households = &preview.households;
    let found = |place: u32| usize::try_from(place).ok().and_then(|place| households.get(place));
    for place in &diff.added {
        let Some(row) = found(*place) else { continue };
        let door = work.door(&row.place);
        let id = HouseholdId(next(work.applied.places.households.keys().map(|id| id.0)));
        work.applied.places.households.insert(id, household(id, door, row));
        work.private(id, *place, preview, true, true);
    }
    for changed in &diff.changed {
        let Some(row) = found(changed.household) else { continue };
        let says = |field| changed.what.contains(&field);
        let door = says(Field::Place).then(|| work.door(&row.place));
        if let Some(known) = work.applied.places.households.get_mut(&changed.id) {
            let new = household(changed.id, door.unwrap_or(DoorId(0)), row);
            known.door = door.or(known.door);
            for field in &changed.what {
                match field {
                    Field::Holder => known.holder.clone_from(&new.holder),
                    Field::People => known.people = new.people,
                    Field::OverSixty => known.over_60 = new.over_60,
                    Field::Language => {
                        known.lang = new.lang;
                        known.speaks.clone_from(&new.speaks);
                    }
                    Field::Note => known.note.clone_from(&new.note),
                    Field::Place | Field::Phone | Field::Care => {}
                }
            }
        }
        work.private(changed.id, changed.household, preview, says(Field::Phone), says(Field::Care));
    }
    work.applied
}

fn household(id: HouseholdId, door: DoorId, row: &LedgerHousehold) -> Household {
    Household {
        id,
        door: Some(door),
        holder: row.holder.clone(),
        people: row.people,
        over_60: row.over_60,
        lang: row.lang,
        speaks: row.speaks.clone(),
        note: row.note.clone(),
        diets: domain::household::Diets::new(),
    }
}

struct Work {
    applied: Applied,
    compounds: HashMap<DoorKey, CompoundId>,
    buildings: HashMap<DoorKey, BuildingId>,
    doors: HashMap<DoorKey, DoorId>,
}

impl Work {
    fn new(places: Places) -> Self {
        let (mut compounds, mut buildings, mut doors) = (HashMap::new(), HashMap::new(), HashMap::new());
        for compound in places.compounds.values() {
            compounds.insert(compound_key(&compound.name), compound.id);
        }
        for building in places.buildings.values() {
            let Some(compound) = places.compounds.get(&building.compound) else { continue };
            buildings.insert(building_key(&compound.name, &building.label), building.id);
        }
        for door in places.doors.values() {
            let Some(place) = ledger_place(&places, door) else { continue };
            doors.insert(place.key(), door.id);
        }
        Self { applied: Applied { places, ..Applied::default() }, compounds, buildings, doors }
    }

    /// The door of a row; a new one, in a new building of a new compound, where there is none yet.
    fn door(&mut self, place: &LedgerPlace) -> DoorId {
        let places = &mut self.applied.places;
        *self.doors.entry(place.key()).or_insert_with(|| {
            let building =
                *self.buildings.entry(building_key(&place.compound, &place.building)).or_insert_with(|| {
                    let compound =
                        *self.compounds.entry(compound_key(&place.compound)).or_insert_with(|| {
                            let id = CompoundId(next(places.compounds.keys().map(|id| id.0)));
                            places.compounds.insert(id, Compound { id, name: place.compound.clone() });
                            id
                        });
                    let id = BuildingId(next(places.buildings.keys().map(|id| id.0)));
                    places.buildings.insert(id, Building { id, compound, label: place.building.clone() });
                    id
                });
            let id = DoorId(next(places.doors.keys().map(|id| id.0)));
            places.doors.insert(id, Door { id, building, spot: place.spot.clone() });
            id
        })
    }

    fn private(&mut self, id: HouseholdId, row: u32, preview: &Preview, phone: bool, care: bool) {
        self.applied.phones.extend(preview.phone(row).filter(|_| phone).map(|phone| (id, phone.clone())));
        self.applied.care.extend(preview.care_of(row).filter(|_| care).map(|text| (id, text.to_owned())));
    }
}

/// A door in the ledger's terms.
#[must_use]
pub fn ledger_place(places: &Places, door: &Door) -> Option<LedgerPlace> {
    let building = places.buildings.get(&door.building)?;
    let compound = places.compounds.get(&building.compound)?;
    Some(LedgerPlace {
        compound: compound.name.clone(),
        building: building.label.clone(),
        spot: door.spot.clone(),
    })
}

/// The key of a building: that of a door of it which no ledger can name.
fn building_key(compound: &str, building: &Label) -> DoorKey {
    let spot = Spot { unit: 0, floor: 0, room: Label(String::new()) };
    LedgerPlace { compound: compound.to_owned(), building: building.clone(), spot }.key()
}

fn compound_key(compound: &str) -> DoorKey {
    building_key(compound, &Label(String::new()))
}

/// The number after the highest.
fn next<N: Copy + Ord + Default + std::ops::Add<Output = N> + From<u8>>(used: impl Iterator<Item = N>) -> N {
    used.max().unwrap_or_default() + N::from(1)
}
