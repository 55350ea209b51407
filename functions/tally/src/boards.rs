//! Board lines. A record only says which door to look at; the line is folded from all facts around that door, read
//! strongly after the line's own version. So a record that comes twice or late changes nothing, and of two writers at
//! once the second looks again.

use std::collections::{BTreeMap, BTreeSet};

use domain::need::{Need, needs};
use domain::places::Area;
use domain::tally::{door_of_fact, line_of, line_without_door};
use domain::window::Phase;
use domain::{BuildingId, DoorId, FactId, HouseholdId, Millis, RunId};
use store::{Catalog, Change, Consistency, Due, Store, StoreError, Task};

/// How often a board is looked at again because somebody else wrote it.
const TRIES: u32 = 12;
/// From so many doors on, reading the whole building is cheaper than door by door.
const WHOLE_BUILDING: usize = 24;

/// The doors of a building, or the households without a door (under their numbers).
type Touched = BTreeMap<(RunId, Option<BuildingId>), BTreeSet<DoorId>>;

/// Brings the boards up to what happened; returns how many lines changed.
pub(crate) async fn update(
    store: &Store,
    catalog: &Catalog,
    changes: &[Change],
    now: Millis,
) -> Result<u32, StoreError> {
    if changes.iter().any(|change| matches!(change, Change::Ledger(_))) {
        return anew(store, catalog, now).await;
    }
    let mut touched = Touched::new();
    let mut open = BTreeSet::new();
    for change in changes {
        match change {
            Change::Fact { run, stamped, .. } if stamped.verdict.counts() => {
                if let Some((building, door)) = place_of(catalog, &stamped.fact.body) {
                    touched.entry((*run, building)).or_default().insert(door);
                }
            }
            Change::Need { need, .. } => {
                open.insert((need.household, need.id));
            }
            _ => {}
        }
    }
    let mut lines = 0;
    for ((run, building), doors) in touched {
        lines += building_lines(store, catalog, (run, building), &doors).await?;
    }
    lines += need_lines(store, catalog, &open).await?;
    Ok(lines)
}

/// Where the line stands that a fact may change.
fn place_of(catalog: &Catalog, body: &domain::fact::Body) -> Option<(Option<BuildingId>, DoorId)> {
    let places = &catalog.community.places;
    match door_of_fact(body, |household| places.door_of(household)) {
        Some(door) => Some((Some(places.doors.get(&door)?.building), door)),
        None => match body {
            domain::fact::Body::Order(set) => Some((None, DoorId(set.household.0))),
            _ => None,
        },
    }
}

async fn building_lines(
    store: &Store,
    catalog: &Catalog,
    (run, building): (RunId, Option<BuildingId>),
    doors: &BTreeSet<DoorId>,
) -> Result<u32, StoreError> {
    let c = catalog.id();
    let places = &catalog.community.places;
    for _ in 0..TRIES {
        // The lines before the facts: whoever writes meanwhile makes the condition below fail.
        let mut tally = store.building_tally(c, run, building).await?;
        let whole = match building {
            Some(building) if doors.len() >= WHOLE_BUILDING => {
                let area = Area::Building(building);
                Some(store.area_run(catalog, run, &area, Consistency::Strong).await?)
            }
            _ => None,
        };
        let mut changed = 0;
        for door in doors {
            let elsewhere = |building| places.doors.get(door).is_none_or(|door| door.building != building);
            let line = match (building, &whole) {
                // A corrected ledger took the door to another building, where its line is now.
                (Some(building), _) if elsewhere(building) => None,
                (None, _) => {
                    let household = HouseholdId(door.0);
                    let facts = store.household_run(catalog, run, household, Consistency::Strong).await?;
                    line_without_door(household, &facts)
                }
                (Some(_), Some(facts)) => line_of(*door, facts, |household| places.door_of(household)),
                (Some(_), None) => {
                    let facts = store.door_run(catalog, run, *door, Consistency::Strong).await?;
                    line_of(*door, &facts, |household| places.door_of(household))
                }
            };
            changed += u32::from(tally.value.set(*door, line));
        }
        if changed == 0 || store.save_building_tally(c, (run, building), &tally).await? {
            return Ok(changed);
        }
    }
    Err(StoreError::TransactionConflict)
}

async fn need_lines(
    store: &Store,
    catalog: &Catalog,
    touched: &BTreeSet<(HouseholdId, FactId)>,
) -> Result<u32, StoreError> {
    if touched.is_empty() {
        return Ok(0);
    }
    let c = catalog.id();
    for _ in 0..TRIES {
        let mut tally = store.needs_tally(c).await?;
        let mut changed = 0;
        for (household, id) in touched {
            let facts = store.need(c, *household, *id, Consistency::Strong).await?;
            let need = needs(&facts).into_iter().find(|need| need.id == *id);
            let open = need.filter(Need::open).map(|need| (need.household, need.urgent));
            changed += u32::from(tally.value.set(*id, open));
        }
        if changed == 0 || store.save_needs_tally(c, &tally).await? {
            return Ok(changed);
        }
    }
    Err(StoreError::TransactionConflict)
}

/// Every line of the runs that may still move, and of all open needs, from the facts.
pub(crate) async fn anew(store: &Store, catalog: &Catalog, now: Millis) -> Result<u32, StoreError> {
    let places = &catalog.community.places;
    let windows = catalog.community.windows.values();
    let moving = windows
        .filter(|window| window.phase(now) != Phase::Draft && now < window.delivery_to + 2 * Millis::DAY);
    let mut lines = 0;
    for window in moving {
        for building in places.buildings.keys() {
            // Doors that have a line and went elsewhere lose it: they are looked at too.
            let mut doors: BTreeSet<DoorId> = store
                .building_tally(catalog.id(), window.run, Some(*building))
                .await?
                .value
                .doors()
                .map(|l| l.0)
                .collect();
            doors.extend(places.doors_of(*building).into_iter().map(|door| door.id));
            lines += building_lines(store, catalog, (window.run, Some(*building)), &doors).await?;
        }
        let doorless = places.households.values().filter(|household| household.door.is_none());
        let mut doorless: BTreeSet<DoorId> = doorless.map(|household| DoorId(household.id.0)).collect();
        doorless
            .extend(store.building_tally(catalog.id(), window.run, None).await?.value.doors().map(|l| l.0));
        lines += building_lines(store, catalog, (window.run, None), &doorless).await?;
    }
    Ok(lines)
}

/// An urgent need that nobody has read is brought to the next on duty, in time; `clock` looks then whether somebody has.
pub(crate) async fn escalations(
    store: &Store,
    catalog: &Catalog,
    changes: &[Change],
) -> Result<(), StoreError> {
    let community = &catalog.community;
    for change in changes {
        let Change::Need { need, .. } = change else { continue };
        if !need.rings() || community.on_duty(1).is_none() {
            continue;
        }
        let task = Task::Escalate { household: need.household, need: need.id, level: 1 };
        let at = community.escalates(need.waits_since(), 1);
        store.schedule(&Due { at, community: catalog.id().clone(), task }).await?;
    }
    Ok(())
}
