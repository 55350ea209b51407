//! A small neighbourhood: two buildings, six households, a desk, two volunteers, one window.

use std::collections::BTreeMap;

use domain::actor::{Actor, Assignment, Role};
use domain::admit::{Context, admit};
use domain::community::{Community, Person, Places, Settings};
use domain::fact::{Body, DoorCheck, FACT_VERSION, Fact, Mark, OrderSet, Sequence, Stamped};
use domain::household::{Diets, Household};
use domain::job::{JobRef, Outcome};
use domain::menu::{Item, Line, Menu, MenuKind, Substitution};
use domain::places::{Area, Building, Compound, Door, Label, Spot};
use domain::time::DeviceTime;
use domain::window::{DEFAULT_GRACE_MINUTES, Payment, Window};
use domain::*;

pub(crate) const OPENS: Millis = Millis(1_795_000_000_000);
pub(crate) const CLOSES: Millis = Millis(OPENS.0 + 10 * Millis::HOUR);
pub(crate) const DELIVERY: Millis = Millis(CLOSES.0 + 12 * Millis::HOUR);
pub(crate) const RUN: RunId = RunId(1);

pub(crate) const DESK: PersonId = PersonId(1);
pub(crate) const LI: PersonId = PersonId(2);
pub(crate) const WANG: PersonId = PersonId(3);
/// A volunteer who was never assigned anything.
pub(crate) const CHEN: PersonId = PersonId(4);

/// The neighbourhood as the desk keeps it.
pub(crate) fn community() -> Community {
    let mut places = Places::default();
    places.compounds.insert(CompoundId(1), Compound { id: CompoundId(1), name: "北林新苑".into() });
    for building in 1..=2 {
        let id = BuildingId(building);
        places
            .buildings
            .insert(id, Building { id, compound: CompoundId(1), label: Label(building.to_string()) });
    }
    for n in 1..=6_u32 {
        let building = BuildingId(if n <= 3 { 1 } else { 2 });
        let floor = i8::try_from(n).unwrap();
        let spot = Spot { unit: 1, floor, room: Label(format!("{n}01")) };
        places.doors.insert(DoorId(n), Door { id: DoorId(n), building, spot });
        places.households.insert(
            HouseholdId(n),
            Household {
                id: HouseholdId(n),
                door: Some(DoorId(n)),
                holder: format!("住户{n}"),
                people: 2,
                over_60: 0,
                lang: Lang::Zh,
                speaks: String::new(),
                note: String::new(),
                diets: Diets::new(),
            },
        );
    }
    let person = |id, role, area: Option<Area>| Person {
        id,
        name: format!("person {id}"),
        role,
        assignments: area.map(|area| Assignment { area, from: OPENS, to: None }).into_iter().collect(),
        duty: 0,
        left: false,
    };
    let people = [
        person(DESK, Role::Desk, None),
        person(LI, Role::Steward, Some(Area::Building(BuildingId(1)))),
        person(WANG, Role::Volunteer, Some(Area::Community)),
        person(CHEN, Role::Volunteer, None),
    ];
    Community {
        settings: Settings {
            id: "beilin".parse().unwrap(),
            name: Name::new("北林街道", "Beilin"),
            utc_offset: 480,
            hotline: "0371-0000".into(),
            emergency: "120".into(),
            hosts: vec![],
            unread_minutes: 10,
            quiet: None,
        },
        places,
        people: people.into_iter().map(|person| (person.id, person)).collect(),
        menus: vec![menu("A", 3_000, MenuKind::Set), menu("P", 2_500, MenuKind::Pick(2))],
        windows: BTreeMap::from([(
            RUN,
            Window {
                run: RUN,
                opens: OPENS,
                closes: CLOSES,
                grace_minutes: DEFAULT_GRACE_MINUTES,
                compounds: vec![CompoundId(1)],
                menus: vec![("A".parse().unwrap(), 1), ("P".parse().unwrap(), 1)],
                delivery_from: DELIVERY,
                delivery_to: DELIVERY + 2 * Millis::HOUR,
                payment: Payment::Free,
                note: String::new(),
                note_en: String::new(),
                published: true,
                sealed: None,
            },
        )]),
        notices: BTreeMap::new(),
    }
}

fn menu(code: &str, price: i64, kind: MenuKind) -> Menu {
    let item = |zh: &str| Item { name: Name::new(zh, ""), quantity: Quantity(1_500), unit: Unit::Kg };
    Menu {
        code: code.parse().unwrap(),
        version: 1,
        kind,
        name: Name::new(format!("套餐{code}"), format!("box {code}")),
        price: Fen(price),
        items: ["土豆", "白菜", "豆腐"].map(item).into(),
        limit: Some(2),
        stock: None,
        diets: Diets::new(),
    }
}

pub(crate) fn boxes_of_a(community: &Community, boxes: u16) -> Vec<Line> {
    if boxes == 0 { vec![] } else { vec![community.menus[0].line(boxes, vec![])] }
}

/// A phone that makes facts; its ids are derived from a number so that tests can name them.
pub(crate) fn fact(n: u64, at: Millis, body: Body) -> Fact {
    let mut random = [0; 10];
    random[2..].copy_from_slice(&n.to_be_bytes());
    Fact {
        v: FACT_VERSION,
        id: FactId::new(at.0, random),
        made: DeviceTime { at, offset: 0, contact: Some(OPENS) },
        seq: Sequence { epoch: 1, number: u32::try_from(n).unwrap() },
        body,
        via: None,
    }
}

pub(crate) fn order(household: u32, lines: Vec<Line>, replaces: Option<FactId>) -> Body {
    let household = HouseholdId(household);
    Body::Order(OrderSet { run: RUN, household, replaces, lines, substitution: Substitution::Ask })
}

pub(crate) fn mark(door: u32, outcome: Outcome) -> Body {
    let jobs = vec![(JobRef::Order(HouseholdId(door)), outcome)];
    Body::Mark(Mark { run: RUN, door: DoorId(door), jobs, by: DoorCheck::Scanned, happened: None })
}

/// The server: takes what comes, in the order it comes, and stamps it.
pub(crate) struct Server {
    pub(crate) community: Community,
    pub(crate) facts: Vec<Stamped>,
}

impl Server {
    pub(crate) fn new() -> Self {
        Self { community: community(), facts: vec![] }
    }

    pub(crate) fn receive(&mut self, fact: &Fact, actor: &Actor, now: Millis) -> Stamped {
        if let Some(known) = self.facts.iter().find(|stamped| stamped.fact.id == fact.id) {
            return known.clone();
        }
        let context = Context { now, community: &self.community, facts: &self.facts };
        let verdict = admit(fact, actor, context);
        let stamped = Stamped { fact: fact.clone(), by: actor.signed(), received: now, verdict };
        self.facts.push(stamped.clone());
        stamped
    }

    pub(crate) fn household(&mut self, n: u32, fact: &Fact, now: Millis) -> Stamped {
        self.receive(fact, &Actor::Household(HouseholdId(n)), now)
    }

    pub(crate) fn person(&mut self, id: PersonId, fact: &Fact, now: Millis) -> Stamped {
        let actor = self.community.people[&id].actor();
        self.receive(fact, &actor, now)
    }
}
