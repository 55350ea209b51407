//! The rest of a round as bytes, and back. Small, since a code holds little; another shape is not read, and nothing
//! that is read is believed further than its own length.

use super::bytes::{Reader, Writer};
use super::rest::{Left, Rest};
use super::{Ticket, covers};
use crate::actor::Role;
use crate::community::Person;
use crate::door_code::DoorToken;
use crate::feed::{Feed, Me};
use crate::household::Household;
use crate::ids::{BuildingId, DoorId, FactId, HouseholdId, MenuCode, PersonId, RunId};
use crate::job::{JobKind, JobRef};
use crate::lang::{Lang, Name};
use crate::map::BTreeMap;
use crate::menu::{Item, Line, Menu, MenuKind, Substitution};
use crate::money::Fen;
use crate::places::{Area, Building, Compound, Door, Label, Spot};
use crate::quantity::{Quantity, Unit};
use crate::round::{Job, JobState, Stop};
use crate::time::Millis;
use crate::window::{Payment, Window};

/// The shape of the bytes; another one is not read.
const SHAPE: u8 = 1;

/// What a giver's phone knows of what it hands over.
#[derive(Debug, Clone, Copy)]
pub struct Giver<'a> {
    /// The feed.
    pub feed: &'a Feed,
    /// The stops of the run, folded.
    pub stops: &'a BTreeMap<DoorId, Stop>,
    /// Which run.
    pub run: RunId,
    /// Which building.
    pub building: BuildingId,
    /// Which parts of it.
    pub areas: &'a [Area],
    /// The name of the fact that hands it over.
    pub hand: FactId,
    /// The ticket whose seal that fact carries.
    pub ticket: Ticket,
}

impl Giver<'_> {
    /// What is left, as bytes for a code; `None` if nothing is, or this phone does not know the run.
    ///
    /// Written from what the phone has, since copies of it would cost its program more than this does.
    #[must_use]
    pub fn bytes(&self) -> Option<Vec<u8>> {
        let community = &self.feed.community;
        let places = &community.places;
        let window = community.windows.get(&self.run)?;
        let building = places.buildings.get(&self.building)?;
        let compound = places.compounds.get(&building.compound)?;
        let Me::Person { id, name, role, .. } = &self.feed.me else { return None };
        let mut left: Vec<(&Door, Vec<&Job>)> = Vec::new();
        let mut menus: Vec<&Menu> = Vec::new();
        for door in places.doors_of(self.building) {
            let inside = places.at(door.id).is_some_and(|at| covers(self.areas, at));
            let Some(stop) = self.stops.get(&door.id).filter(|stop| inside && stop.to_do()) else { continue };
            let jobs: Vec<&Job> = stop.jobs.iter().filter(|job| job.state() == JobState::Open).collect();
            for line in jobs.iter().flat_map(|job| &job.lines) {
                let known = menus.iter().any(|menu| menu.code == line.menu && menu.version == line.version);
                if let (false, Some(menu)) = (known, community.menu(&line.menu, line.version)) {
                    menus.push(menu);
                }
            }
            left.push((door, jobs));
        }
        (!left.is_empty()).then_some(())?;
        let mut out = Writer::default();
        out.raw(&[SHAPE]);
        out.raw(self.hand.0.as_bytes());
        out.raw(&self.ticket.0);
        out.number(id.0.into());
        out.number(Role::ALL.iter().position(|known| known == role).unwrap_or(0) as u64);
        out.text(name);
        out.number(window.run.0.into());
        out.number(window.closes.0 as u64);
        out.signed(window.delivery_from - window.closes);
        out.signed(window.delivery_to - window.closes);
        out.number(u64::from(window.payment == Payment::OnDelivery));
        out.text(&window.note);
        out.number(compound.id.0.into());
        out.text(&compound.name);
        out.number(building.id.0.into());
        out.text(&building.label.0);
        out.list(self.areas, |out, area| match *area {
            Area::Unit(_, unit) => out.raw(&[1, unit]),
            Area::Floors(_, unit, from, to) => out.raw(&[2, unit, from as u8, to as u8]),
            Area::Community | Area::Compound(_) | Area::Building(_) => out.raw(&[0]),
        });
        out.list(&menus, |out, menu| write_menu(out, menu));
        out.list(&left, |out, (door, jobs)| self.write_stop(out, door, jobs, &menus));
        Some(out.0)
    }

    fn write_stop(&self, out: &mut Writer, door: &Door, jobs: &[&Job], menus: &[&Menu]) {
        let spot = &door.spot;
        out.number(door.id.0.into());
        out.raw(&[spot.unit, spot.floor as u8]);
        out.text(&spot.room.0);
        let card = self.feed.cards.iter().find(|card| card.door == door.id);
        out.number(u64::from(card.is_some()));
        if let Some(card) = card {
            out.raw(&card.token.bits());
        }
        let households: Vec<&Household> = self.feed.community.places.behind(door.id).collect();
        out.list(&households, |out, household| {
            out.number(household.id.0.into());
            out.number(household.people.into());
            out.text(&household.holder);
            out.text(&household.speaks);
            out.text(&household.note);
            out.number(household.diets.len() as u64);
            for diet in &household.diets {
                out.text(diet.as_str());
            }
        });
        out.list(jobs, |out, job| write_job(out, job, menus));
    }
}

fn write_job(out: &mut Writer, job: &Job, menus: &[&Menu]) {
    match job.id {
        JobRef::Order(household) => {
            out.number(0);
            out.number(household.0.into());
        }
        JobRef::Added(fact) => {
            out.number(1 + JobKind::ALL.iter().position(|kind| *kind == job.kind).unwrap_or(0) as u64);
            out.raw(fact.0.as_bytes());
            out.number(job.household.map_or(0, |household| household.0).into());
            // Which medicine it is, or what a sample is for, stays with whoever packed it.
            let quiet = matches!(job.kind, JobKind::Medicine | JobKind::Sample);
            out.text(if quiet { "" } else { &job.text });
        }
    }
    let substitution = match job.substitution {
        Substitution::Ask => 0,
        Substitution::Yes => 1,
        Substitution::No => 2,
    };
    out.number(substitution << 1 | u64::from(job.away));
    let place =
        |line: &Line| menus.iter().position(|menu| menu.code == line.menu && menu.version == line.version);
    out.number(job.lines.iter().filter(|line| place(line).is_some()).count() as u64);
    for line in &job.lines {
        let Some(menu) = place(line) else { continue };
        out.number(menu as u64);
        out.number(line.boxes.into());
        out.number(line.picks.len() as u64);
        out.raw(&line.picks);
    }
}

impl Rest {
    /// Reads what [`Giver::bytes`] wrote; `None` for anything else.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let from = &mut Reader(bytes);
        (from.array()? == [SHAPE]).then_some(())?;
        let hand = FactId(uuid::Uuid::from_bytes(from.array()?));
        let ticket = Ticket(from.array()?);
        let giver = Person {
            id: PersonId(from.small()?),
            role: *Role::ALL.get(from.small::<usize>()?)?,
            name: from.text()?,
            assignments: Vec::new(),
            duty: 0,
            left: false,
        };
        let run = RunId(from.small()?);
        let closes = Millis(from.small()?);
        let (delivery_from, delivery_to) = (closes + from.signed()?, closes + from.signed()?);
        let payment = if from.number()? == 1 { Payment::OnDelivery } else { Payment::Free };
        let note = from.text()?;
        let compound = Compound { id: crate::ids::CompoundId(from.small()?), name: from.text()? };
        let building =
            Building { id: BuildingId(from.small()?), compound: compound.id, label: Label(from.text()?) };
        let areas = from.list(|from| {
            Some(match from.array()? {
                [0] => Area::Building(building.id),
                [1] => Area::Unit(building.id, from.small()?),
                [2] => {
                    let [unit, low, high] = from.array()?;
                    Area::Floors(building.id, unit, low as i8, high as i8)
                }
                _ => return None,
            })
        })?;
        super::well_formed(&areas, building.id).then_some(())?;
        let menus = from.list(read_menu)?;
        let stops = from.list(|from| read_stop(from, building.id, &menus))?;
        let window = Window {
            run,
            opens: closes,
            closes,
            grace_minutes: 0,
            compounds: vec![compound.id],
            menus: menus.iter().map(|menu| (menu.code.clone(), menu.version)).collect(),
            delivery_from,
            delivery_to,
            payment,
            note,
            note_en: String::new(),
            published: true,
            sealed: Some(closes),
        };
        (from.0.is_empty() && !stops.is_empty()).then_some(Self {
            hand,
            ticket,
            from: giver,
            areas,
            window,
            compound,
            building,
            menus,
            stops,
            bytes: bytes.to_vec(),
        })
    }
}

fn write_menu(out: &mut Writer, menu: &Menu) {
    out.text(menu.code.as_str());
    out.number(menu.version.into());
    write_name(out, &menu.name);
    out.number(menu.price.0 as u64);
    // Only where the household chose has the walker to say what is in the box.
    match menu.kind {
        MenuKind::Set => out.raw(&[0]),
        MenuKind::Pick(count) => {
            out.raw(&[1, count]);
            out.list(&menu.items, |out, item| {
                write_name(out, &item.name);
                out.number(item.quantity.0);
                out.number(Unit::ALL.iter().position(|unit| *unit == item.unit).unwrap_or(0) as u64);
            });
        }
    }
}

fn write_name(out: &mut Writer, name: &Name) {
    out.text(&name.zh);
    out.text(&name.en);
}

fn read_name(from: &mut Reader<'_>) -> Option<Name> {
    Some(Name { zh: from.text()?, en: from.text()? })
}

fn read_menu(from: &mut Reader<'_>) -> Option<Menu> {
    let code: MenuCode = from.text()?.parse().ok()?;
    let (version, name, price) = (from.small()?, read_name(from)?, Fen(from.small()?));
    let (kind, items) = match from.array()? {
        [0] => (MenuKind::Set, Vec::new()),
        [1] => {
            let [count] = from.array()?;
            let items = from.list(|from| {
                let (name, quantity) = (read_name(from)?, Quantity(from.small()?));
                Some(Item { name, quantity, unit: *Unit::ALL.get(from.small::<usize>()?)? })
            })?;
            (MenuKind::Pick(count), items)
        }
        _ => return None,
    };
    let diets = crate::household::Diets::new();
    Some(Menu { code, version, kind, name, price, items, limit: None, stock: None, diets })
}

fn read_stop(from: &mut Reader<'_>, building: BuildingId, menus: &[Menu]) -> Option<Left> {
    let id = DoorId(from.small()?);
    let [unit, floor] = from.array()?;
    let spot = Spot { unit, floor: floor as i8, room: Label(from.text()?) };
    let card = match from.number()? {
        0 => None,
        _ => Some(DoorToken::from_random(from.array()?)),
    };
    let households = from.list(|from| {
        Some(Household {
            id: HouseholdId(from.small()?),
            door: Some(id),
            people: from.small()?,
            over_60: 0,
            holder: from.text()?,
            lang: Lang::default(),
            speaks: from.text()?,
            note: from.text()?,
            diets: from.list(|from| from.text()?.parse().ok())?.into_iter().collect(),
        })
    })?;
    let jobs = from.list(|from| read_job(from, menus))?;
    Some(Left { door: Door { id, building, spot }, card, households, jobs })
}

fn read_job(from: &mut Reader<'_>, menus: &[Menu]) -> Option<Job> {
    let (id, kind, household, text) = match from.small::<usize>()? {
        0 => {
            let household = HouseholdId(from.small()?);
            (JobRef::Order(household), JobKind::DeliverOrder, Some(household), String::new())
        }
        kind => {
            let fact = FactId(uuid::Uuid::from_bytes(from.array()?));
            let household = HouseholdId(from.small()?);
            let household = (household.0 > 0).then_some(household);
            (JobRef::Added(fact), *JobKind::ALL.get(kind - 1)?, household, from.text()?)
        }
    };
    let said = from.number()?;
    let substitution = match said >> 1 {
        0 => Substitution::Ask,
        1 => Substitution::Yes,
        _ => Substitution::No,
    };
    let lines = from.list(|from| {
        let menu = menus.get(from.small::<usize>()?)?;
        let boxes = from.small()?;
        Some(menu.line(boxes, from.list(Reader::small)?))
    })?;
    Some(Job {
        id,
        kind,
        household,
        text,
        lines,
        substitution,
        need: None,
        away: said & 1 == 1,
        marks: vec![],
    })
}
