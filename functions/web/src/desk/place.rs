//! `GET /desk/door/{door}`: a door with its households; and ordering or reporting for one of them, from paper or a
//! call.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::actor::{Right, Role, Signed};
use domain::fact::Stamped;
use domain::feed::{Feed, Left, Me};
use domain::form::{Fields, FormFault, basket, field};
use domain::look::turns_down;
use domain::need::Channel;
use domain::{DoorId, HouseholdId, Millis};
use leptos::prelude::*;
use store::{Consistency, of_household};
use ui::components::markup::IntoMarkup;
use ui::pages::desk::DeskPage;
use ui::pages::desk::at_door::Done;
use ui::pages::desk::place::{Behind, channels, door as page, late_order};
use ui::pages::desk::today::door_words;
use ui::pages::error::Trouble;
use ui::views::scene::Scene;
use ui::views::{need, order};

use super::today::current;
use super::{render, when};
use crate::errors::Problem;
use crate::pages::act::Sent;
use crate::pages::fact_id;
use crate::state::AppState;
use crate::visitor::{Known, Visitor};

/// The door's page.
///
/// # Errors
/// The table's; a door that is not there.
pub async fn show(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(door): Path<DoorId>,
    Sent(query): Sent,
) -> Result<Response, Problem> {
    let done = query.get("done").and_then(Done::parse);
    door_page(&state, &visitor, door, done, None).await
}

/// The same with what a form before it did, or with a form that came back with a fault.
///
/// # Errors
/// The table's; a door that is not there, or not one's to look at.
pub async fn door_page(
    state: &AppState,
    visitor: &Visitor,
    door: DoorId,
    done: Option<Done>,
    typed: Option<Fields>,
) -> Result<Response, Problem> {
    let known = visitor.known()?.clone();
    if !known.actor.may(Right::Desk, visitor.now) {
        return Err(Trouble::NotAllowed.into());
    }
    let when = when(visitor)?;
    let place = known.community.places.doors.get(&door).ok_or(Trouble::NotFound)?.clone();
    let title = door_words(&known.community, visitor.look.lang, &place);
    let ids: Vec<HouseholdId> = known.community.places.behind(door).map(|household| household.id).collect();
    let mut behind = Vec::new();
    for household in ids {
        let facts = facts_of(state, &known, visitor, household).await?;
        let who = Signed::Household(household);
        let phones = state.store().phones(known.catalog.id(), who, visitor.now).await?.len();
        let contact = state.store().contact(state.vault(), known.catalog.id(), household).await?;
        behind.push(Behind {
            household,
            facts,
            phones: u32::try_from(phones).unwrap_or(u32::MAX),
            telephones: contact.map(|contact| contact.phones).unwrap_or_default(),
        });
    }
    let now = visitor.now;
    let mut runs = Vec::new();
    for window in known.community.windows.values() {
        if window.published && window.opens <= now && now < window.delivery_to + 3 * Millis::DAY {
            let facts = state.store().door_run(&known.catalog, window.run, door, Consistency::Strong).await?;
            runs.push((window.clone(), facts));
        }
    }
    runs.sort_by_key(|(window, _)| (window.delivery_from, window.run));
    render(state, visitor, DeskPage::Today, Some(title), move || {
        let mut ids = || fact_id(now).to_string();
        page(&known.community, &when, &place, behind, &runs, (done, typed.as_ref()), &mut ids)
    })
    .await
}

async fn facts_of(
    state: &AppState,
    known: &Known,
    visitor: &Visitor,
    household: HouseholdId,
) -> Result<Vec<Stamped>, Problem> {
    let mut facts = Vec::new();
    for window in current(known, visitor.now) {
        let here =
            state.store().household_run(&known.catalog, window.run, household, Consistency::Strong).await?;
        let told = here.iter().filter(|stamped| !turns_down(stamped, &here)).cloned().collect::<Vec<_>>();
        facts.extend(of_household(household, &told));
    }
    let needs =
        state.store().household_needs(known.catalog.id(), household, None, Consistency::Strong).await?;
    facts.extend(needs.facts);
    Ok(facts)
}

/// What an order or need page looks at, for a household that the desk acts for.
async fn scene_for(
    state: &AppState,
    known: &Known,
    visitor: &Visitor,
    household: HouseholdId,
) -> Result<Scene, Problem> {
    if !known.community.places.households.contains_key(&household) {
        return Err(Trouble::NotFound.into());
    }
    let facts = facts_of(state, known, visitor, household).await?;
    let mut left = Vec::new();
    for window in current(known, visitor.now) {
        let run = window.run;
        let counted = state.store().stock_left(&known.catalog, run).await?;
        left.extend(counted.into_iter().map(|(menu, boxes)| Left { run, menu, boxes }));
    }
    let community = (*known.community).clone();
    let (as_of, me) = (visitor.now, Me::Household(household));
    let feed = Feed { as_of, me, community, facts, cards: Vec::new(), left, codes: Vec::new() };
    Ok(Scene::new(feed, visitor.now, visitor.look.lang))
}

/// Where somebody who acted on behalf goes on: the desk to the door, a steward to the round.
fn door_path(known: &Known, household: HouseholdId) -> String {
    if known.actor.role() != Some(Role::Desk) {
        return "/round".to_owned();
    }
    known
        .community
        .places
        .door_of(household)
        .map_or_else(|| "/desk".to_owned(), |door| format!("/desk/door/{door}"))
}

/// The same after an order, which the desk's page then says.
fn ordered_path(known: &Known, household: HouseholdId) -> String {
    let places = &known.community.places;
    let door = places.door_of(household).and_then(|door| places.doors.get(&door));
    let door = door.filter(|_| known.actor.role() == Some(Role::Desk));
    door.map_or_else(|| door_path(known, household), |door| Done::Ordered.next(door))
}

/// `GET /behalf/{household}/order`: ordering for a household, from paper or a call.
///
/// # Errors
/// The table's; a household that is not there.
pub async fn order_for(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(household): Path<HouseholdId>,
    Sent(form): Sent,
) -> Result<Response, Problem> {
    order_page(&state, &visitor, household, &form).await
}

/// The same with what was filled in; where that is a basket to be looked over, its faults.
///
/// # Errors
/// The table's; a household that is not there, or not one to act for.
pub async fn order_page(
    state: &AppState,
    visitor: &Visitor,
    household: HouseholdId,
    form: &Fields,
) -> Result<Response, Problem> {
    let known = visitor.known()?.clone();
    may_act_for(&known, visitor, household)?;
    let scene = scene_for(state, &known, visitor, household).await?;
    let (draft, asked) = (form.draft(), form.read(field::RUN).ok());
    let title = place_name(&known, visitor, household);
    let now = visitor.now;
    // A form that was sent to `/act` is a basket that was looked over.
    let review = form.get("review").is_some() || form.get(field::ACT).is_some();
    let here = format!("/behalf/{household}/order");
    render(state, visitor, DeskPage::Today, Some(title), move || {
        let window = asked
            .and_then(|run| scene.community().windows.get(&run))
            .or_else(|| order::window_to_order(&scene, household, None));
        let typed = (!draft.boxes.is_empty()).then_some(&draft);
        let fault = window.filter(|_| review).and_then(|window| {
            let standing = scene.order(household, window.run);
            basket(&draft, scene.community(), window, standing.as_ref()).err()
        });
        let late = window
            .filter(|window| window.closes <= now)
            .map(|window| late_order(scene.lang, window.phase(now)));
        let page = match window {
            Some(window) if review && fault.is_none() => {
                let next = ordered_path(&known, household);
                let fact = fact_id(now).to_string();
                order::review(&scene, household, window, &draft, &fact, &next, &here).markup()
            }
            window => order::order(&scene, household, window, typed, fault.as_ref(), &here).markup(),
        };
        view! { {late} {page} }
    })
    .await
}

/// `GET /behalf/{household}/need`: reporting a need for a household.
///
/// # Errors
/// The table's; a household that is not there.
pub async fn need_for(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(household): Path<HouseholdId>,
) -> Result<Response, Problem> {
    need_page(&state, &visitor, household, Fields::default(), None).await
}

/// The same with what was typed and what is wrong with it.
///
/// # Errors
/// The table's; a household that is not there, or not one to act for.
pub async fn need_page(
    state: &AppState,
    visitor: &Visitor,
    household: HouseholdId,
    typed: Fields,
    fault: Option<FormFault>,
) -> Result<Response, Problem> {
    let known = visitor.known()?.clone();
    may_act_for(&known, visitor, household)?;
    let scene = scene_for(state, &known, visitor, household).await?;
    let title = place_name(&known, visitor, household);
    // The desk hears of a need by telephone, a steward at the door.
    let usual = if known.actor.role() == Some(Role::Desk) { Channel::Call } else { Channel::Door };
    let chosen = typed.get(field::CHANNEL).map_or_else(|| domain::json::word(&usual), str::to_owned);
    let fact = typed.get(field::FACT).map_or_else(|| fact_id(visitor.now).to_string(), str::to_owned);
    render(state, visitor, DeskPage::Today, Some(title), move || {
        let next = door_path(&known, household);
        let channels = channels(scene.lang, &chosen);
        need::need(&scene, household, channels, &typed, fault.as_ref(), fact, &next)
    })
    .await
}

/// For forms that come by `/act`, which everybody signed in may post to.
fn may_act_for(known: &Known, visitor: &Visitor, household: HouseholdId) -> Result<(), Problem> {
    let there = known.community.places.households.contains_key(&household);
    // Who may see every household may know which there are.
    if !there && known.actor.may(Right::Desk, visitor.now) {
        return Err(Trouble::NotFound.into());
    }
    let right = Right::OnBehalf(known.community.places.home(household));
    if known.actor.may(right, visitor.now) { Ok(()) } else { Err(Trouble::NotAllowed.into()) }
}

/// A household as the desk calls it: door and holder.
pub(super) fn place_name(known: &Known, visitor: &Visitor, household: HouseholdId) -> String {
    let places = &known.community.places;
    let door = places.door_of(household).and_then(|door| places.doors.get(&door));
    let holder = places.households.get(&household).map(|h| h.holder.clone()).unwrap_or_default();
    match door {
        Some(door) => format!("{} {holder}", door_words(&known.community, visitor.look.lang, door)),
        None => holder,
    }
}
