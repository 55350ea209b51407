//! Builds the one thing that pages fold and phones hold: the reader's part of the community with its facts.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use domain::actor::{Actor, Role, Signed};
use domain::community::{Community, Person};
use domain::fact::Stamped;
use domain::feed::{Card, Feed, Left, Me, PayCode};
use domain::look::turns_down;
use domain::need::needs as fold;
use domain::places::Area;
use domain::window::{Payment, Phase, Window};
use domain::{BuildingId, HouseholdId, Millis, RunId};
use futures_util::future::try_join_all;
use store::{Shelf, StoreError, Watch, of_household};
use ui::components::qr::{Correction, QrPicture};
use ui::pages::error::Trouble;

use crate::errors::Problem;
use crate::fresh::Fresh;
use crate::recent::Part;
use crate::secret::hash_of;
use crate::state::AppState;
use crate::visitor::Known;

/// What the reader may know now.
///
/// # Errors
/// The table's.
pub async fn feed_of(state: &AppState, known: &Known, now: Millis, fresh: &Fresh) -> Result<Feed, Problem> {
    let me = known.me().ok_or(Trouble::NotAllowed)?;
    let mut community = part(known, now);
    // Beside each other: a function is billed, and a phone waits, for the slowest only.
    let ((facts, cards), left) = {
        let facts = Box::pin(facts_and_cards(state, known, &community, (now, fresh)));
        tokio::try_join!(facts, Box::pin(left(state, known, &community, now)))?
    };
    name_authors(&mut community, &known.community, &facts);
    let codes = if matches!(me, Me::Household(_)) { codes(&community) } else { Vec::new() };
    Ok(Feed { as_of: now, me, community, facts, cards, left, codes })
}

async fn facts_and_cards(
    state: &AppState,
    known: &Known,
    community: &Community,
    (now, fresh): (Millis, &Fresh),
) -> Result<(Vec<Stamped>, Vec<Card>), StoreError> {
    match &known.actor {
        Actor::Household(id) => {
            let runs: Vec<RunId> = begun(community, now).collect();
            let (here, needs, seen) = tokio::try_join!(
                run_facts(state, known, *id, (&runs, fresh)),
                need_facts(state, known, *id, fresh),
                seen_facts(state, known, *id, (community, fresh)),
            )?;
            Ok(([here, needs, seen].concat(), Vec::new()))
        }
        Actor::Person { .. } | Actor::Clock => tokio::try_join!(
            round_facts(state, known, community, (now, fresh)),
            cards(state, known, community)
        ),
    }
}

/// The part of it that a household's first page shows, and how many of its needs are open. That page tells of runs that
/// can be ordered in or are on their way, and counts needs: so it reads those runs, and of needs the board that came with
/// the community, unless this phone wrote about needs and the board may not know yet.
///
/// # Errors
/// The table's.
pub async fn first_look(
    state: &AppState,
    known: &Known,
    now: Millis,
    fresh: &Fresh,
) -> Result<(Feed, u32), Problem> {
    let me = known.me().ok_or(Trouble::NotAllowed)?;
    let household = known.household().ok_or(Trouble::NotAllowed)?;
    let community = part(known, now);
    let shown = |window: &&Window| window.phase(now) == Phase::Open || window.delivering(now);
    let runs: Vec<RunId> = community.windows.values().filter(shown).map(|window| window.run).collect();
    let (mut facts, seen) = tokio::try_join!(
        run_facts(state, known, household, (&runs, fresh)),
        seen_facts(state, known, household, (&community, fresh)),
    )?;
    facts.extend(seen);
    let open = if fresh.wrote_needs_lately() {
        let needs = need_facts(state, known, household, fresh).await?;
        u32::try_from(fold(&needs).iter().filter(|need| need.open()).count()).unwrap_or(u32::MAX)
    } else {
        known.catalog.open_needs.of(household)
    };
    let feed =
        Feed { as_of: now, me, community, facts, cards: Vec::new(), left: Vec::new(), codes: Vec::new() };
    Ok((feed, open))
}

/// Whoever did something here is known by name, too where the round was handed to them and they were never assigned.
fn name_authors(part: &mut Community, whole: &Community, facts: &[Stamped]) {
    for stamped in facts {
        let Signed::Person(id, Role::Steward | Role::Volunteer) = stamped.by else { continue };
        if let Some(person) = whole.people.get(&id) {
            part.people.entry(id).or_insert_with(|| Person { assignments: Vec::new(), ..person.clone() });
        }
    }
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
        actor => {
            let mut part = known.community.for_rounds(actor, now);
            // A phone knows no languages by their codes.
            for household in part.places.households.values_mut() {
                household.speaks = domain::ledger::language_names(&household.speaks);
            }
            part
        }
    }
}

/// Runs that can have facts by now.
fn begun(community: &Community, now: Millis) -> impl Iterator<Item = RunId> {
    community.windows.values().filter(move |window| window.opens <= now).map(|window| window.run)
}

/// What a household has in these runs.
async fn run_facts(
    state: &AppState,
    known: &Known,
    household: HouseholdId,
    (runs, fresh): (&[RunId], &Fresh),
) -> Result<Vec<Stamped>, StoreError> {
    let (store, recent, id) = (state.store(), state.recent(), known.catalog.id());
    let slots = known.catalog.household_slots(household);
    let slots = &slots[..];
    let each = runs.iter().copied().map(async |run| {
        let read = || store.household_run(&known.catalog, run, household, fresh.run(run));
        Ok::<_, StoreError>(match slots {
            [slot] => {
                let part = (id, household, Part::Run(run));
                told(household, &recent.get(store, part, slot.watch(run), read).await?)
            }
            // It moved, and what it did before stands where it lived.
            _ => told(household, &Box::pin(read()).await?),
        })
    });
    Ok(try_join_all(each).await?.concat())
}

/// What its own page tells a household: not what the desk said about a mark that never counted.
fn told(household: HouseholdId, here: &[Stamped]) -> Vec<Stamped> {
    let mut told = of_household(household, here);
    told.retain(|stamped| !turns_down(stamped, here));
    told
}

/// The newest needs of a household.
async fn need_facts(
    state: &AppState,
    known: &Known,
    household: HouseholdId,
    fresh: &Fresh,
) -> Result<Vec<Stamped>, StoreError> {
    let (store, id) = (state.store(), known.catalog.id());
    let read = || async { Ok(store.household_needs(id, household, None, fresh.needs()).await?.facts) };
    let part = (id, household, Part::Needs);
    Ok(state.recent().get(store, part, Watch::Needs(household), read).await?.to_vec())
}

/// Which of the notices it is shown a household has seen.
async fn seen_facts(
    state: &AppState,
    known: &Known,
    household: HouseholdId,
    (community, fresh): (&Community, &Fresh),
) -> Result<Vec<Stamped>, StoreError> {
    let (store, id) = (state.store(), known.catalog.id());
    let each = community.notices.keys().map(async |notice| {
        let shelf = Shelf::Seen { notice: *notice, household };
        let read = || async { Ok(store.on_shelf(id, &shelf, fresh.needs()).await?.facts) };
        let part = (id, household, Part::Seen(*notice));
        let seen = state.recent().get(store, part, Watch::Needs(household), read).await?;
        Ok::<_, StoreError>(seen.to_vec())
    });
    Ok(try_join_all(each).await?.concat())
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
    (now, fresh): (Millis, &Fresh),
) -> Result<Vec<Stamped>, StoreError> {
    let areas = areas(known, now);
    let parts = begun(community, now).flat_map(|run| areas.iter().map(move |area| (run, area)));
    let each = parts
        .map(async |(run, area)| state.store().area_run(&known.catalog, run, area, fresh.run(run)).await);
    let mut facts = try_join_all(each).await?.concat();
    let mut seen = BTreeSet::new();
    facts.retain(|stamped| seen.insert((stamped.fact.id, stamped.received)));
    Ok(facts)
}

fn buildings(community: &Community) -> impl Iterator<Item = BuildingId> {
    community.places.buildings.keys().copied()
}

async fn cards(state: &AppState, known: &Known, community: &Community) -> Result<Vec<Card>, StoreError> {
    let each =
        buildings(community).map(async |building| state.store().cards(known.catalog.id(), building).await);
    let all = try_join_all(each).await?.into_iter().flatten();
    let on_round = all.filter(|(door, _)| community.places.doors.contains_key(door));
    Ok(on_round.map(|(door, token)| Card { door, token }).collect())
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
        let counted = state.stock().left(state, &known.catalog, run).await?;
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
    for version in store.versions_of(id, &watches).await? {
        let _ = write!(text, " {version}");
    }
    Ok(format!("\"{}\"", &hash_of(text.as_bytes())[..24]))
}
