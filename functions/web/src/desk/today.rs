//! `GET /desk`: what matters now, and finding a household.

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::actor::Signed;
use domain::board::Cell;
use domain::community::Community;
use domain::form_code::FormCode;
use domain::need::Need;
use domain::office::{find_doors, telephone, without_anybody};
use domain::places::Door;
use domain::window::{Phase, Window};
use domain::{Millis, RunId};
use serde::Deserialize;
use ui::locales::desk as t;
use ui::locales::when::When;
use ui::pages::desk::today::{Trouble, Unread, WindowToday, today};
use ui::pages::desk::{DeskPage, place};

use super::{render, when};
use crate::errors::Problem;
use crate::state::AppState;
use crate::visitor::{Known, Visitor};

/// The page.
///
/// # Errors
/// The table's.
pub async fn show(State(state): State<AppState>, visitor: Visitor) -> Result<Response, Problem> {
    let known = visitor.known()?.clone();
    let when = when(&visitor)?;
    let needs = open_needs(&state, &known).await?;
    let open = state.store().open_needs(known.catalog.id()).await?;
    let mut windows = Vec::new();
    for window in current(&known, visitor.now) {
        let lines = state.store().run_tally(known.catalog.id(), window.run).await?;
        let counts = lines.board(&known.community.places, &open).counts;
        let sum = |count: fn(&domain::board::Counts) -> u32| counts.values().map(count).sum::<u32>();
        let unreached = lines.unreached();
        windows.push(WindowToday {
            totals: lines.totals(),
            served: (sum(|c| c.delivered), sum(|c| c.doors - c.nothing)),
            trouble: Trouble {
                nobody: without_anybody(&known.community, &unreached, visitor.now),
                look: lines.doors_where(|line| line.look),
                conflict: lines.doors_where(|line| line.cell == Cell::Conflict),
                disputed: lines.doors_where(|line| line.cell == Cell::Disputed),
                failed: lines.doors_where(|line| line.cell == Cell::Failed),
            },
            unreached,
            window,
        });
    }
    let waiting = unread(&state, &known, &when).await?;
    let closed = crate::parcels::still_closed(&state, known.catalog.id()).await?;
    let closed: Vec<String> = closed.iter().map(|one| when.at(one.received)).collect();
    let community = known.community.clone();
    let page = move || today(&community, &when, &windows, &needs, (waiting, closed));
    render(&state, &visitor, DeskPage::Today, None, page).await
}

/// What no program has read yet, from whom and since when. What this one can read is read now.
async fn unread(state: &AppState, known: &Known, when: &When) -> Result<Vec<Unread>, Problem> {
    let waiting = crate::unread::still_waiting(state, known.catalog.id(), crate::unread::readable).await?;
    let from = |by: Signed| match by {
        Signed::Household(id) => ui::views::words::home(when.lang, &known.community, id)
            .map(|(room, stairs)| format!("{stairs} {room}"))
            .unwrap_or_default(),
        _ => ui::views::words::who(when.lang, &known.community, by, None),
    };
    let words = waiting.iter().map(|one| Unread { from: from(one.by), since: when.at(one.received) });
    Ok(words.collect())
}

/// The open needs, urgent first, then oldest.
///
/// # Errors
/// The table's.
pub async fn open_needs(state: &AppState, known: &Known) -> Result<Vec<Need>, Problem> {
    let mut needs = Vec::new();
    let mut after = None;
    loop {
        let page = state.store().desk_needs(known.catalog.id(), false, after).await?;
        needs.extend(page.needs);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    needs.sort_by_key(Need::desk_order);
    Ok(needs)
}

/// The windows the desk looks at now: drafts and open ones, and those whose delivery was at most a day ago; the
/// next delivery first.
#[must_use]
pub fn current(known: &Known, now: Millis) -> Vec<Window> {
    let recent = |window: &&Window| {
        now < window.delivery_to + Millis::DAY && (window.phase(now) != Phase::Draft || now < window.closes)
    };
    let mut windows: Vec<Window> = known.community.windows.values().filter(recent).cloned().collect();
    windows.sort_by_key(|window| (window.delivery_from, window.run));
    windows
}

/// What somebody looks for.
#[derive(Debug, Deserialize)]
pub struct Looked {
    #[serde(default)]
    q: String,
}

/// The most doors a search shows.
const MOST: usize = 40;

/// `GET /desk/find`: doors by number, `3-2-1101` or `1101`, and households by name.
///
/// # Errors
/// The table's.
pub async fn find(
    State(state): State<AppState>,
    visitor: Visitor,
    Query(Looked { q }): Query<Looked>,
) -> Result<Response, Problem> {
    let known = visitor.known()?.clone();
    let lang = visitor.look.lang;
    let community = known.community.clone();
    let places = &community.places;
    let query = q.trim().to_owned();
    let mistyped = match FormCode::parse(&query) {
        Some(Ok(code)) if is_there(&community, code) => {
            let to = format!("/behalf/{}/order?run={}", code.household, code.run);
            return Ok(Redirect::to(&to).into_response());
        }
        found => found.is_some(),
    };
    let mut ids = find_doors(places, &query);
    if let (true, Some(number)) = (ids.is_empty(), telephone(&query)) {
        let store = state.store();
        let households = store.households_by_phone(state.vault(), known.catalog.id(), &number).await?;
        ids.extend(households.into_iter().filter_map(|household| places.door_of(household)));
        ids.sort_unstable();
        ids.dedup();
    }
    ids.truncate(MOST);
    if let [only] = ids[..] {
        return Ok(Redirect::to(&format!("/desk/door/{only}")).into_response());
    }
    let shown = community.clone();
    let title = t::find_household(lang).to_owned();
    render(&state, &visitor, DeskPage::Today, Some(title), move || {
        let doors: Vec<&Door> = ids.iter().filter_map(|id| shown.places.doors.get(id)).collect();
        place::found(&shown, lang, &query, &doors, mistyped)
    })
    .await
}

/// A form of a window and a household that the community has.
fn is_there(community: &Community, code: FormCode) -> bool {
    community.places.households.contains_key(&code.household) && community.windows.contains_key(&code.run)
}

/// The run to show on a page about one run: the one asked for, or the one being delivered or ordered now, with food
/// before a day's errands.
#[must_use]
pub fn run_to_show(known: &Known, now: Millis, asked: Option<RunId>) -> Option<RunId> {
    let windows = current(known, now);
    let known_run = asked.filter(|run| known.community.windows.contains_key(run));
    let rank = |window: &&Window| (!window.delivering(now), !window.takes_orders());
    known_run.or_else(|| windows.iter().min_by_key(rank).map(|window| window.run))
}
