//! Builds the one thing that pages fold and phones hold: the reader's part of the community with its facts.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use domain::actor::{Actor, Role};
use domain::community::Community;
use domain::fact::Stamped;
use domain::feed::{Card, Feed, Left, Me, PayCode};
use domain::places::Area;
use domain::window::{Payment, Phase};
use domain::{BuildingId, HouseholdId, Millis, RunId};
use store::{Consistency, Shelf, StoreError, Watch, of_household};
use ui::components::qr::{Correction, QrPicture};
use ui::pages::error::Trouble;

use crate::errors::Problem;
use crate::recent::Part;
use crate::secret::hash_of;
use crate::state::AppState;
use crate::visitor::Known;

/// What the reader may know now.
///
/// # Errors
/// The table's.
pub async fn feed_of(
    state: &AppState,
    known: &Known,
    now: Millis,
    consistency: Consistency,
) -> Result<Feed, Problem> {
    let me = known.me().ok_or(Trouble::NotAllowed)?;
    let community = part(known, now);
    let (facts, cards) = match &known.actor {
        Actor::Household(id) => {
            (household_facts(state, known, *id, &community, (now, consistency)).await?, Vec::new())
        }
        Actor::Person { .. } | Actor::Clock => (
            round_facts(state, known, &community, (now, consistency)).await?,
            cards(state, known, &community).await?,
        ),
    };
    let left = left(state, known, &community, now).await?;
    let codes = if matches!(me, Me::Household(_)) { codes(&community) } else { Vec::new() };
    Ok(Feed { as_of: now, me, community, facts, cards, left, codes })
}

/// The codes to pay with, where it is paid elsewhere beforehand.
fn codes(community: &Community) -> Vec<PayCode> {
    let drawn = community.windows.values().filter_map(|window| {
        let Payment::Prepaid(text) = &window.payment else { return None };
        let QrPicture { side, path } = QrPicture::of(text, Correction::Screen)?;
        Some(PayCode { run: window.run, side: u16::try_from(side).ok()?, path })
    });
    drawn.collect()
}

/// The reader's part of the community.
fn part(known: &Known, now: Millis) -> Community {
    match &known.actor {
        Actor::Household(id) => known.community.for_household(*id, now),
        actor => known.community.for_rounds(actor, now),
    }
}

/// Runs that can have facts by now.
fn begun(community: &Community, now: Millis) -> impl Iterator<Item = RunId> {
    community.windows.values().filter(move |window| window.opens <= now).map(|window| window.run)
}

async fn household_facts(
    state: &AppState,
    known: &Known,
    household: HouseholdId,
    community: &Community,
    (now, consistency): (Millis, Consistency),
) -> Result<Vec<Stamped>, StoreError> {
    let (store, recent, id) = (state.store(), state.recent(), known.catalog.id());
    let mut facts = Vec::new();
    let slots = known.catalog.household_slots(household);
    for run in begun(community, now) {
        let read = || store.household_run(&known.catalog, run, household, consistency);
        match &slots[..] {
            [slot] => {
                let part = (id, household, Part::Run(run));
                let here = recent.get(store, part, slot.watch(run), read).await?;
                facts.extend(of_household(household, &here));
            }
            // It moved, and what it did before stands where it lived.
            _ => facts.extend(of_household(household, &Box::pin(read()).await?)),
        }
    }
    let watch = Watch::Needs(household);
    let needs = || async { Ok(store.household_needs(id, household, None, consistency).await?.facts) };
    facts.extend_from_slice(&recent.get(store, (id, household, Part::Needs), watch, needs).await?);
    for notice in community.notices.keys() {
        let shelf = Shelf::Seen { notice: *notice, household };
        let seen = || async { Ok(store.on_shelf(id, &shelf, consistency).await?.facts) };
        facts.extend_from_slice(&recent.get(store, (id, household, Part::Seen(*notice)), watch, seen).await?);
    }
    Ok(facts)
}

/// The areas somebody is assigned to now.
fn areas(known: &Known, now: Millis) -> BTreeSet<Area> {
    match &known.actor {
        // The desk sees every round.
        Actor::Person { role: Role::Desk, .. } => BTreeSet::from([Area::Community]),
        Actor::Person { assignments, .. } => {
            assignments.iter().filter(|assignment| assignment.holds(now)).map(|a| a.area).collect()
        }
        Actor::Household(_) | Actor::Clock => BTreeSet::new(),
    }
}

async fn round_facts(
    state: &AppState,
    known: &Known,
    community: &Community,
    (now, consistency): (Millis, Consistency),
) -> Result<Vec<Stamped>, StoreError> {
    let mut facts = Vec::new();
    let mut seen = BTreeSet::new();
    for run in begun(community, now) {
        for area in areas(known, now) {
            let here = state.store().area_run(&known.catalog, run, &area, consistency).await?;
            facts.extend(here.into_iter().filter(|s| seen.insert((s.fact.id, s.received))));
        }
    }
    Ok(facts)
}

fn buildings(community: &Community) -> impl Iterator<Item = BuildingId> {
    community.places.buildings.keys().copied()
}

async fn cards(state: &AppState, known: &Known, community: &Community) -> Result<Vec<Card>, StoreError> {
    let mut cards = Vec::new();
    for building in buildings(community) {
        let here = state.store().cards(known.catalog.id(), building).await?;
        let on_round = here.into_iter().filter(|(door, _)| community.places.doors.contains_key(door));
        cards.extend(on_round.map(|(door, token)| Card { door, token }));
    }
    Ok(cards)
}

/// What is left of menus that run out, while they can be ordered.
async fn left(
    state: &AppState,
    known: &Known,
    community: &Community,
    now: Millis,
) -> Result<Vec<Left>, StoreError> {
    let mut left = Vec::new();
    for window in community.windows.values().filter(|window| window.phase(now) == Phase::Open) {
        let run = window.run;
        let counted = state.stock().left(state, known.catalog.id(), run).await?;
        left.extend(counted.iter().map(|(menu, boxes)| Left { run, menu: menu.clone(), boxes: *boxes }));
    }
    Ok(left)
}

/// A tag that changes whenever [`feed_of`] could give something else (its time apart).
///
/// # Errors
/// The table's.
pub async fn tag_of(state: &AppState, known: &Known, now: Millis) -> Result<String, Problem> {
    let community = part(known, now);
    let id = known.catalog.id();
    let store = state.store();
    let mut text = format!("{:?} {} {:?}", known.who, known.catalog.version, areas(known, now));
    // What time alone changes: phases of windows, current notices.
    for window in community.windows.values() {
        let _ = write!(text, " {}{:?}", window.run, window.phase(now));
    }
    let _ = write!(text, " {:?}", community.notices.keys());
    let mut watches: Vec<Watch> = Vec::new();
    for run in begun(&community, now) {
        watches.extend(buildings(&community).map(|building| Watch::Building(run, building)));
        if community.places.buildings.is_empty() {
            watches.push(Watch::Doorless(run));
        }
    }
    if let Some(household) = known.household() {
        watches.push(Watch::Needs(household));
    }
    for watch in watches {
        let _ = write!(text, " {}", store.version(id, watch).await?);
    }
    Ok(format!("\"{}\"", &hash_of(text.as_bytes())[..24]))
}
