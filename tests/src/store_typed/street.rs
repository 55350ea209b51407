//! The street the typed tests play in: two buildings of a compound, their households, three menus and
//! a window; and the people who act there, with the real rules.

use domain::actor::{Actor, Assignment, Role, Signed};
use domain::admit::{Context, admit};
use domain::community::{Person, Places, Settings};
use domain::fact::{Away, Body, DoorCheck, Fact, Mark, OrderSet, Sequence, Stamped, Verdict};
use domain::household::{Diets, Household};
use domain::job::{JobRef, Outcome};
use domain::menu::{Line, Menu, MenuKind, Substitution};
use domain::order::{Order, order_of};
use domain::places::{Area, Building, Compound, Door, Label, Spot};
use domain::time::DeviceTime;
use domain::window::{Payment, Window};
use domain::{
    BuildingId, CommunityId, CompoundId, DoorId, FactId, Fen, HouseholdId, Lang, Millis, Name, PersonId,
    RunId,
};
use std::sync::atomic::{AtomicU64, Ordering};
use store::{Catalog, Consistency, HandedIn, Store, StoreError};

pub(crate) const RUN: RunId = RunId(1);
pub(crate) const NOON: Millis = Millis(1_795_000_000_000);
pub(crate) const STEWARD: PersonId = PersonId(1);
pub(crate) const DESK: PersonId = PersonId(2);

pub(crate) fn community() -> CommunityId {
    "lane5".parse().expect("an id")
}

pub(crate) fn settings() -> Settings {
    Settings {
        id: community(),
        name: Name::new("五号院", "Lane 5"),
        utc_offset: 480,
        hotline: "0371-0000".into(),
        emergency: "120".into(),
        hosts: vec!["lm.example.org".into()],
        unread_minutes: 10,
        quiet: None,
    }
}

/// Buildings 1 and 2, each with `floors` floors of 10 doors; door and household have one number.
pub(crate) fn places(floors: i8) -> Places {
    let mut places = Places::default();
    let compound = CompoundId(1);
    places.compounds.insert(compound, Compound { id: compound, name: "五号院".into() });
    let mut number = 0;
    for building in [1, 2].map(BuildingId) {
        let label = Label(building.0.to_string());
        places.buildings.insert(building, Building { id: building, compound, label });
        for floor in 1..=floors {
            for door in 1..=10 {
                number += 1;
                let spot = Spot { unit: 1, floor, room: Label(format!("{floor}{door:02}")) };
                let id = DoorId(number);
                places.doors.insert(id, Door { id, building, spot });
                places.households.insert(HouseholdId(number), household(number, Some(id)));
            }
        }
    }
    places
}

pub(crate) fn household(number: u32, door: Option<DoorId>) -> Household {
    Household {
        id: HouseholdId(number),
        door,
        holder: format!("王{number}"),
        people: 2,
        over_60: 0,
        lang: Lang::Zh,
        speaks: String::new(),
        note: String::new(),
        diets: Diets::new(),
    }
}

pub(crate) fn menu(code: &str, stock: Option<u32>) -> Menu {
    Menu {
        code: code.parse().expect("a code"),
        version: 1,
        kind: MenuKind::Set,
        name: Name::new(format!("套餐{code}"), ""),
        price: Fen(3_000),
        items: Vec::new(),
        limit: Some(20),
        stock,
        diets: Diets::new(),
    }
}

pub(crate) fn window(menus: &[Menu]) -> Window {
    Window {
        run: RUN,
        opens: NOON + -Millis::HOUR,
        closes: NOON + 5 * Millis::HOUR,
        grace_minutes: 15,
        compounds: vec![CompoundId(1)],
        menus: menus.iter().map(|menu| (menu.code.clone(), menu.version)).collect(),
        delivery_from: NOON + 6 * Millis::HOUR,
        delivery_to: NOON + 8 * Millis::HOUR,
        payment: Payment::Free,
        note: String::new(),
        note_en: String::new(),
        published: true,
        sealed: None,
    }
}

/// Opens the window on an empty table: menu A without cap, B and C with `b` and `c` boxes.
pub(crate) async fn open_street(store: &Store, floors: i8, b: u32, c: u32) -> Catalog {
    let menus = [menu("A", None), menu("B", Some(b)), menu("C", Some(c))];
    store.create_community(&settings()).await.expect("a new community");
    store.import_ledger(&read(store).await, &places(floors)).await.expect("imported");
    for menu in &menus {
        store.save_menu(&community(), menu).await.expect("saved");
    }
    let everywhere = |role, id| Person {
        id,
        name: "李".into(),
        role,
        assignments: vec![Assignment { area: Area::Community, from: Millis(0), to: None }],
        duty: 0,
        left: false,
    };
    for (role, id) in [(Role::Steward, STEWARD), (Role::Desk, DESK)] {
        store.save_person(&community(), &everywhere(role, id)).await.expect("saved");
    }
    store.save_window(&read(store).await, &window(&menus)).await.expect("published");
    read(store).await
}

pub(crate) async fn read(store: &Store) -> Catalog {
    store.catalog(&community()).await.expect("answered").expect("it exists")
}

/// A new fact id; no two tests share one.
pub(crate) fn id() -> FactId {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let mut random = [0; 10];
    random[2..].copy_from_slice(&NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes());
    FactId::new(NOON.0, random)
}

pub(crate) fn fact(body: Body) -> Fact {
    let made = DeviceTime { at: NOON, offset: 0, contact: Some(NOON + -Millis::MINUTE) };
    Fact { v: 1, id: id(), made, seq: Sequence { epoch: 1, number: 1 }, body, via: None }
}

pub(crate) fn line(menu: &str, boxes: u16) -> Line {
    let menu = menu.parse().expect("a code");
    Line { menu, version: 1, boxes, price: Fen(3_000), picks: Vec::new() }
}

pub(crate) fn order(household: u32, replaces: Option<FactId>, lines: &[Line]) -> Fact {
    fact(Body::Order(OrderSet {
        run: RUN,
        household: HouseholdId(household),
        replaces,
        lines: lines.to_vec(),
        substitution: Substitution::Ask,
    }))
}

pub(crate) fn mark(door: u32) -> Fact {
    let jobs = vec![(JobRef::Order(HouseholdId(door)), Outcome::LeftAtDoor)];
    fact(Body::Mark(Mark { run: RUN, door: DoorId(door), jobs, by: DoorCheck::Scanned, happened: None }))
}

pub(crate) fn away(household: u32) -> Fact {
    fact(Body::Away(Away { run: RUN, household: HouseholdId(household), away: true }))
}

pub(crate) fn resident(household: u32) -> Signed {
    Signed::Household(HouseholdId(household))
}

pub(crate) fn actor(catalog: &Catalog, by: Signed) -> Actor {
    match by {
        Signed::Household(id) => Actor::Household(id),
        Signed::Person(id, _) => catalog.community.people[&id].actor(),
        Signed::Clock => Actor::Clock,
    }
}

pub(crate) fn steward() -> Signed {
    Signed::Person(STEWARD, Role::Steward)
}

pub(crate) fn desk() -> Signed {
    Signed::Person(DESK, Role::Desk)
}

/// The real gate, as the server runs it.
pub(crate) fn decide(catalog: &Catalog, by: Signed, fact: &Fact, known: &[Stamped]) -> Verdict {
    admit(fact, &actor(catalog, by), Context { now: NOON, community: &catalog.community, facts: known })
}

/// Hands a fact in as the server does.
pub(crate) async fn hand_in(
    store: &Store,
    catalog: &Catalog,
    by: Signed,
    fact: &Fact,
) -> Result<HandedIn, StoreError> {
    store.hand_in(catalog, fact, by, NOON, |known| decide(catalog, by, fact, known)).await
}

/// Hands it in and returns its stamp.
pub(crate) async fn stored(store: &Store, catalog: &Catalog, by: Signed, fact: &Fact) -> Stamped {
    match hand_in(store, catalog, by, fact).await.expect("the table answers") {
        HandedIn::Stored { stamped, .. } => stamped,
        HandedIn::OtherContent => panic!("another fact has the id of {fact:?}"),
    }
}

/// A resident orders and is told the server's word.
pub(crate) async fn orders(store: &Store, catalog: &Catalog, household: u32, lines: &[Line]) -> Verdict {
    let current = basket(store, catalog, household).await.map(|order| order.head);
    stored(store, catalog, resident(household), &order(household, current, lines)).await.verdict
}

/// A household's order as its page shows it.
pub(crate) async fn basket(store: &Store, catalog: &Catalog, household: u32) -> Option<Order> {
    let household = HouseholdId(household);
    let facts = store.household_run(catalog, RUN, household, Consistency::Strong).await.expect("answered");
    order_of(household, &facts)
}

/// Boxes of one menu in all live baskets.
pub(crate) async fn ordered(store: &Store, catalog: &Catalog, menu: &str) -> u32 {
    let code = menu.parse().expect("a code");
    let facts = store.whole_run(catalog, RUN, Consistency::Strong).await.expect("answered");
    domain::order::orders(&facts).iter().map(|order| u32::from(order.boxes_of(&code))).sum()
}

pub(crate) async fn left(store: &Store, menu: &str) -> u32 {
    let left = store.stock_left(&read(store).await, RUN).await.expect("answered");
    left[&menu.parse().expect("a code")]
}
