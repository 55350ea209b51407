//! From the kept places and a confirmed import to the next places. Ids that exist stay what they are: facts hang on
//! them. No door is taken away, for a flat that stands empty is still knocked at.

use std::collections::{BTreeSet, HashMap};

use super::diff::{Field, Kept, LedgerDiff};
use super::people::Phone;
use super::place::{LedgerPlace, compound_key};
use super::preview::{LedgerHousehold, Preview, Private};
use crate::community::Places;
use crate::household::Household;
use crate::ids::{BuildingId, CompoundId, DoorId, HouseholdId};
use crate::places::{Building, Compound, Door, Label, Spot};

/// The first ids that were never given to anything, in no version of the ledger: an undone import's households may
/// have facts, and whoever gets their ids would see them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FreshIds {
    /// First free compound.
    pub compound: CompoundId,
    /// First free building.
    pub building: BuildingId,
    /// First free door.
    pub door: DoorId,
    /// First free household.
    pub household: HouseholdId,
}

impl FreshIds {
    /// The ids after all of `places`. Right for a first import; afterwards what was undone counts too.
    #[must_use]
    pub fn after(places: &Places) -> Self {
        let after = |last: Option<u32>| last.map_or(1, |last| last.saturating_add(1));
        let short = |last: Option<u16>| last.map_or(1, |last| last.saturating_add(1));
        Self {
            compound: CompoundId(short(places.compounds.keys().next_back().map(|id| id.0))),
            building: BuildingId(short(places.buildings.keys().next_back().map(|id| id.0))),
            door: DoorId(after(places.doors.keys().next_back().map(|id| id.0))),
            household: HouseholdId(after(places.households.keys().next_back().map(|id| id.0))),
        }
    }

    /// The later of both, kind by kind.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Self {
            compound: self.compound.max(other.compound),
            building: self.building.max(other.building),
            door: self.door.max(other.door),
            household: self.household.max(other.household),
        }
    }
}

/// What a confirmed import makes of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The next places, to be written as a whole.
    pub places: Places,
    /// The household of each entry of [`Preview::households`].
    pub households: Vec<HouseholdId>,
    /// What is stored apart from the places.
    pub private: Vec<PrivateUpdate>,
    /// The first free ids after it.
    pub fresh: FreshIds,
}

/// What an import says anew about a household that is stored apart from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrivateUpdate {
    /// Which household.
    pub household: HouseholdId,
    /// Its telephone number, if the ledger says a new one.
    pub phone: Option<Phone>,
    /// Its care remark, if the ledger says another one; an empty one if it no longer says any.
    pub care: Option<Private>,
}

/// The kept households in the ledger's terms, for [`super::diff()`]. `private` gives what is stored apart.
pub fn kept<'a>(
    places: &'a Places,
    private: impl Fn(HouseholdId) -> (Option<Phone>, &'a str),
) -> impl Iterator<Item = Kept<'a>> {
    places.households.values().map(move |household| {
        let (phone, care) = private(household.id);
        Kept { household, place: household.door.and_then(|door| ledger_place(places, door)), phone, care }
    })
}

/// A door in the ledger's terms.
#[must_use]
pub fn ledger_place(places: &Places, door: DoorId) -> Option<LedgerPlace> {
    let door = places.doors.get(&door)?;
    let building = places.buildings.get(&door.building)?;
    let compound = places.compounds.get(&building.compound)?;
    Some(LedgerPlace {
        compound: compound.name.clone(),
        building: building.label.clone(),
        spot: door.spot.clone(),
    })
}

/// Carries out an import. `gone` are the households of [`LedgerDiff::not_in_file`] that the desk says have moved out:
/// they lose their door and keep everything else. All others that the file does not name stay where they are.
#[must_use]
pub fn merge(
    places: &Places,
    preview: &Preview,
    diff: &LedgerDiff,
    gone: &BTreeSet<HouseholdId>,
    fresh: FreshIds,
) -> Merged {
    let mut builder = Builder::new(places.clone(), fresh);
    let mut households: Vec<Option<HouseholdId>> = vec![None; preview.households.len()];
    let mut private = Vec::new();
    for (id, row) in &diff.unchanged {
        households[*row as usize] = Some(*id);
    }
    for changed in &diff.changed {
        let row = &preview.households[changed.household as usize];
        households[changed.household as usize] = Some(changed.id);
        builder.change(changed.id, row, &changed.what);
        let says = |field| changed.what.contains(&field);
        let phone = preview.phone(changed.household).filter(|_| says(Field::Phone)).cloned();
        let care =
            says(Field::Care).then(|| preview.care_of(changed.household).unwrap_or_default().to_owned());
        if phone.is_some() || care.is_some() {
            private.push(PrivateUpdate { household: changed.id, phone, care: care.map(Private) });
        }
    }
    for household in diff.not_in_file.iter().filter(|household| gone.contains(household)) {
        if let Some(household) = builder.places.households.get_mut(household) {
            household.door = None;
        }
    }
    for place in &diff.added {
        let id = builder.add(&preview.households[*place as usize]);
        households[*place as usize] = Some(id);
        let (phone, care) = (preview.phone(*place).cloned(), preview.care_of(*place));
        if phone.is_some() || care.is_some() {
            let care = care.map(|care| Private(care.to_owned()));
            private.push(PrivateUpdate { household: id, phone, care });
        }
    }
    let Builder { places, fresh, .. } = builder;
    Merged { places, households: households.into_iter().flatten().collect(), private, fresh }
}

struct Builder {
    places: Places,
    fresh: FreshIds,
    compounds: HashMap<String, CompoundId>,
    buildings: HashMap<(CompoundId, Label), BuildingId>,
    doors: HashMap<(BuildingId, Spot), DoorId>,
}

impl Builder {
    fn new(places: Places, fresh: FreshIds) -> Self {
        let fresh = fresh.max(FreshIds::after(&places));
        let compounds = places.compounds.values().map(|compound| (compound_key(&compound.name), compound.id));
        let buildings = places
            .buildings
            .values()
            .map(|building| ((building.compound, building.label.clone()), building.id));
        let doors = places.doors.values().map(|door| ((door.building, door.spot.clone()), door.id));
        Self {
            compounds: compounds.collect(),
            buildings: buildings.collect(),
            doors: doors.collect(),
            fresh,
            places,
        }
    }

    fn door(&mut self, place: &LedgerPlace) -> DoorId {
        let Self { places, fresh, .. } = self;
        let compound = *self.compounds.entry(compound_key(&place.compound)).or_insert_with(|| {
            let id = fresh.compound;
            fresh.compound = CompoundId(id.0.saturating_add(1));
            places.compounds.insert(id, Compound { id, name: place.compound.clone() });
            id
        });
        let building = *self.buildings.entry((compound, place.building.clone())).or_insert_with(|| {
            let id = fresh.building;
            fresh.building = BuildingId(id.0.saturating_add(1));
            places.buildings.insert(id, Building { id, compound, label: place.building.clone() });
            id
        });
        *self.doors.entry((building, place.spot.clone())).or_insert_with(|| {
            let id = fresh.door;
            fresh.door = DoorId(id.0.saturating_add(1));
            places.doors.insert(id, Door { id, building, spot: place.spot.clone() });
            id
        })
    }

    fn add(&mut self, row: &LedgerHousehold) -> HouseholdId {
        let door = self.door(&row.place);
        let id = self.fresh.household;
        self.fresh.household = HouseholdId(id.0.saturating_add(1));
        let household = Household {
            id,
            door: Some(door),
            holder: row.holder.clone(),
            people: row.people,
            over_60: row.over_60,
            lang: row.lang,
            speaks: row.speaks.clone(),
            note: row.note.clone(),
            diets: row.diets.clone(),
        };
        self.places.households.insert(id, household);
        id
    }

    fn change(&mut self, id: HouseholdId, row: &LedgerHousehold, what: &[Field]) {
        let door = what.contains(&Field::Place).then(|| self.door(&row.place));
        let Some(household) = self.places.households.get_mut(&id) else { return };
        household.door = door.or(household.door);
        for field in what {
            match field {
                Field::Holder => household.holder.clone_from(&row.holder),
                Field::People => household.people = row.people,
                Field::OverSixty => household.over_60 = row.over_60,
                Field::Language => {
                    household.lang = row.lang;
                    household.speaks.clone_from(&row.speaks);
                }
                Field::Diet => household.diets.clone_from(&row.diets),
                Field::Note => household.note.clone_from(&row.note),
                Field::Place | Field::Phone | Field::Care => {}
            }
        }
        // A file with one of the two columns must not leave more people over 60 than people.
        household.over_60 = household.over_60.min(household.people);
    }
}
