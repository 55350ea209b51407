//! A large place for the bars on scale: as many buildings of a hundred doors as asked for, one window, menus with and
//! without cap. No assertion lives here.

use domain::actor::{Assignment, Role, Signed};
use domain::community::{Person, Places};
use domain::fact::{Body, Fact, OrderSet};
use domain::menu::{Menu, Substitution};
use domain::places::{Area, Building, Compound, Door, Label, Spot};
use domain::{BuildingId, CompoundId, DoorId, HouseholdId, Millis, PersonId};
use store::{Catalog, Item, Store, Table};

use crate::store_typed::street::{RUN, fact, household, line, menu, open_street, read, settings, window};

/// Doors of a building: 25 floors of 4.
pub(super) const DOORS: u32 = 100;

/// Who brings home what a hundred volunteers marked.
pub(super) const VOLUNTEER: PersonId = PersonId(1);

/// Buildings 1 to `buildings`; household, door and number are one.
pub(super) fn places(buildings: u32) -> Places {
    let mut places = Places::default();
    let compound = CompoundId(1);
    places.compounds.insert(compound, Compound { id: compound, name: "大院".into() });
    for number in 1..=buildings * DOORS {
        let id = BuildingId(u16::try_from((number - 1) / DOORS + 1).expect("few buildings"));
        let label = Label(id.0.to_string());
        places.buildings.entry(id).or_insert(Building { id, compound, label });
        let place = (number - 1) % DOORS;
        let floor = i8::try_from(place / 4 + 1).expect("25 floors");
        let spot = Spot { unit: 1, floor, room: Label(format!("{floor}{:02}", place % 4 + 1)) };
        places.doors.insert(DoorId(number), Door { id: DoorId(number), building: id, spot });
        places.households.insert(HouseholdId(number), household(number, Some(DoorId(number))));
    }
    places
}

/// Opens the window on an empty table: menu A without cap, B with `boxes`.
pub(super) async fn open(store: &Store, buildings: u32, boxes: u32) -> Catalog {
    if buildings <= 2 {
        return open_street(store, 30, boxes, boxes).await;
    }
    let menus: Vec<Menu> = vec![menu("A", None), menu("B", Some(boxes))];
    store.create_community(&settings()).await.expect("a new community");
    store.import_ledger(&read(store).await, &places(buildings)).await.expect("imported");
    for menu in &menus {
        store.save_menu(&settings().id, menu).await.expect("saved");
    }
    let everywhere = vec![Assignment { area: Area::Community, from: Millis(0), to: None }];
    let volunteer = Person {
        id: VOLUNTEER,
        name: "李".into(),
        role: Role::Volunteer,
        assignments: everywhere,
        duty: 0,
        left: false,
    };
    store.save_person(&settings().id, &volunteer).await.expect("saved");
    store.save_window(&read(store).await, &window(&menus)).await.expect("published");
    read(store).await
}

pub(super) fn order_of(household: u32, menus: &[&str]) -> Fact {
    fact(Body::Order(OrderSet {
        run: RUN,
        household: HouseholdId(household),
        replaces: None,
        lines: menus.iter().map(|menu| line(menu, 1)).collect(),
        substitution: Substitution::Ask,
    }))
}

pub(super) fn who(household: u32) -> Signed {
    Signed::Household(HouseholdId(household))
}

/// Fills the table with what other households, other runs and other months left: copies of one stored order, at keys
/// as theirs. `BatchWriteItem`, as an import of a ledger writes.
pub(super) async fn crowd(store: &Store, example: &Item, items: u32) {
    const RUNS: u32 = 40;
    let copy = |n: u32| {
        // A month of runs in twenty buildings, some of them the one that is looked at; nobody looks at these doors.
        let (run, building) = (n % RUNS + 1, n / RUNS % 20 + 1);
        let place = n / RUNS / 20;
        example.clone().with_text("pk", format!("R#lane5#{run}#B#{building}")).with_text(
            "sk",
            format!(
                "009{:03}3{:03}#{}#O{}#{:05}",
                501 + place % 90,
                place % 900 + 100,
                n + 1_000_000,
                n + 1_000_000,
                place
            ),
        )
    };
    let mut n = 0;
    while n < items {
        let next = (n + 2_500).min(items);
        store.batch_put(Table::Main, (n..next).map(copy)).await.expect("written");
        n = next;
    }
}
