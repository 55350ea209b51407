//! `/desk/paper`: a round's sheet keyed in from paper. Each line is a fact of its own, handed in like a phone's: what is
//! right is saved, what is not comes back at its line with what was typed.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use domain::fact::Load;
use domain::fact::{Body, FACT_VERSION, Fact, Sequence, Verdict};
use domain::form::Fields;
use domain::paper::{DAY, Keyed, LOAD, LineFault, Walked, fields_of, load, read};
use domain::round::Stop;
use domain::wall::Wall;
use domain::window::Window;
use domain::wire::Acknowledged;
use domain::{BuildingId, DoorId, FactId};
use http::StatusCode;
use store::Consistency;
use ui::locales::paper as t;
use ui::pages::desk::DeskPage;
use ui::pages::desk::paper::{Head, Line, choose, fault, sheet};
use ui::pages::error::Trouble;
use ui::pages::print::rounds::{Part, rounds as fold};
use ui::pages::print::{BUILDING, RUN};
use ui::views::words;

use super::print::{building_in, run_in};
use super::{render, when};
use crate::errors::Problem;
use crate::pages::act::{Sent, made_at};
use crate::pages::fact_id;
use crate::state::AppState;
use crate::submit::{Arrived, Author, submit};
use crate::visitor::{Known, Visitor};

/// How many lines the saving before this page took.
const SAVED: &str = "saved";

/// What was asked for: a run, and perhaps a building of it.
struct Asked {
    window: Window,
    building: Option<BuildingId>,
    up: bool,
}

impl Asked {
    fn of(known: &Known, visitor: &Visitor, form: &Sent) -> Result<Self, Problem> {
        let window = run_in(known, visitor, form).and_then(|run| known.community.windows.get(&run));
        let window = window.cloned().ok_or(Trouble::NotFound)?;
        Ok(Self { window, building: building_in(known, form)?, up: form.0.get("up").is_some() })
    }

    fn path(&self, building: BuildingId) -> String {
        let up = if self.up { "&up=1" } else { "" };
        format!("/desk/paper?{RUN}={}&{BUILDING}={building}{up}", self.window.run)
    }

    /// The stops of each building, in the order of the printed sheets.
    async fn stops(
        &self,
        state: &AppState,
        known: &Known,
        visitor: &Visitor,
    ) -> Result<Vec<(BuildingId, Vec<Stop>)>, Problem> {
        let facts = state.store().whole_run(&known.catalog, self.window.run, Consistency::Strong).await?;
        let part = Part { building: self.building, person: None, up: self.up };
        let mut sheets: Vec<(BuildingId, Vec<Stop>)> = Vec::new();
        for round in fold(&known.community, &facts, part, visitor.now) {
            match sheets.last_mut() {
                Some((building, stops)) if *building == round.building => stops.extend(round.stops),
                _ => sheets.push((round.building, round.stops)),
            }
        }
        Ok(sheets)
    }
}

/// The sheet of a building, or the choice of one.
///
/// # Errors
/// The table's; a run or building that is not there.
pub async fn show(State(state): State<AppState>, visitor: Visitor, form: Sent) -> Result<Response, Problem> {
    let known = visitor.known()?.clone();
    let asked = Asked::of(&known, &visitor, &form)?;
    let sheets = asked.stops(&state, &known, &visitor).await?;
    let lang = visitor.look.lang;
    if asked.building.is_none() {
        let rows: Vec<_> =
            sheets.iter().map(|(building, stops)| (*building, asked.path(*building), stops.len())).collect();
        let title = Some(t::title(lang).to_owned());
        return render(&state, &visitor, DeskPage::Prints, title, move || {
            choose(&known.community, lang, &rows)
        })
        .await;
    }
    let stops = sheets.into_iter().next().map(|(_, stops)| stops).unwrap_or_default();
    let lines = stops.into_iter().map(|stop| empty(&visitor, stop)).collect();
    let saved = form.0.get(SAVED).and_then(|saved| saved.parse().ok());
    let head = Head { day: day(&known, &asked), fact: fact_id(visitor.now).to_string(), ..Head::default() };
    page(&state, &visitor, &asked, head, lines, saved).await
}

/// The day that a sheet is of, as long as nobody says another.
fn day(known: &Known, asked: &Asked) -> String {
    let wall = Wall::at(asked.window.delivery_from, known.community.settings.utc_offset).to_string();
    wall.split('T').next().unwrap_or_default().to_owned()
}

fn empty(visitor: &Visitor, stop: Stop) -> Line {
    Line { stop, fact: fact_id(visitor.now).to_string(), typed: Default::default(), fault: None }
}

async fn page(
    state: &AppState,
    visitor: &Visitor,
    asked: &Asked,
    head: Head,
    lines: Vec<Line>,
    saved: Option<u32>,
) -> Result<Response, Problem> {
    let known = visitor.known()?.clone();
    let when = when(visitor)?;
    let here = asked.building.map(|building| asked.path(building)).unwrap_or_default();
    let title = Some(t::title(when.lang).to_owned());
    render(state, visitor, DeskPage::Prints, title, move || {
        sheet(&known.community, &when, &here, &head, &lines, saved)
    })
    .await
}

/// Saves what was keyed in. Lines that cannot be saved come back with their reason and what was typed.
///
/// # Errors
/// The table's; a run or building that is not there.
pub async fn save(
    State(state): State<AppState>,
    visitor: Visitor,
    axum::extract::Query(query): axum::extract::Query<Vec<(String, String)>>,
    Sent(form): Sent,
) -> Result<Response, Problem> {
    let known = visitor.known()?.clone();
    let asked = Asked::of(&known, &visitor, &Sent(Fields(query)))?;
    let building = asked.building.ok_or(Trouble::NotFound)?;
    let stops = asked.stops(&state, &known, &visitor).await?;
    let stops = stops.into_iter().next().map(|(_, stops)| stops).unwrap_or_default();
    let utc_offset = known.community.settings.utc_offset;
    let lang = visitor.look.lang;
    let walked = Walked { run: asked.window.run, utc_offset, now: visitor.now, nobody: t::nobody_and(lang) };
    let keyed = read(&form, &stops, walked);
    let boxes = load(&form, asked.window.run, building);
    let (faults, boxes) = hand_in(&state, &known, &visitor, &keyed, boxes).await?;
    if faults.is_empty() && boxes.is_ok() {
        let saved = keyed.len();
        return Ok(Redirect::to(&format!("{}&{SAVED}={saved}", asked.path(building))).into_response());
    }
    // As it stands now, with what was saved; only lines that were not are still filled in.
    let now = asked.stops(&state, &known, &visitor).await?.into_iter().next();
    let lines = now.map(|(_, stops)| stops).unwrap_or_default().into_iter().map(|stop| {
        let open = faults.get(&stop.door).cloned();
        let ticked = keyed.iter().any(|line| line.door == stop.door);
        let [tick, time, word, fact] =
            fields_of(stop.door).map(|name| form.get(&name).unwrap_or_default().to_owned());
        match open {
            Some(fault) => Line { stop, fact, typed: [tick, time, word], fault: Some(fault) },
            // Its time stays, since lines below may have it from here.
            None => Line {
                typed: [String::new(), time, if ticked { String::new() } else { word }],
                ..empty(&visitor, stop)
            },
        }
    });
    let typed = |name: &str| form.get(name).unwrap_or_default().to_owned();
    let [taken, returned, fact] = LOAD;
    let head = match boxes {
        Ok(()) => Head { day: typed(DAY), fact: fact_id(visitor.now).to_string(), ..Head::default() },
        Err(why) => Head {
            day: typed(DAY),
            boxes: [typed(taken), typed(returned)],
            fact: typed(fact),
            fault: Some(why),
        },
    };
    let page = page(&state, &visitor, &asked, head, lines.collect(), None).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// Hands the good lines and the boxes in, and tells of every other one why it is not saved.
async fn hand_in(
    state: &AppState,
    known: &Known,
    visitor: &Visitor,
    keyed: &[Keyed],
    boxes: Result<Option<(FactId, Load)>, LineFault>,
) -> Result<(BTreeMap<DoorId, String>, Result<(), String>), Problem> {
    let lang = visitor.look.lang;
    let mut faults = BTreeMap::new();
    let mut doors: BTreeMap<FactId, DoorId> = BTreeMap::new();
    let mut facts = Vec::new();
    let made = |id: FactId, number: u32, body: Body| {
        Arrived::Fact(Box::new(Fact {
            v: FACT_VERSION,
            id,
            made: made_at(id, visitor.now),
            seq: Sequence { epoch: Sequence::HERE, number },
            via: None,
            body,
        }))
    };
    for (line, number) in keyed.iter().zip(1u32..) {
        match &line.mark {
            Err(wrong) => drop(faults.insert(line.door, fault(lang, *wrong).to_owned())),
            Ok((id, mark)) => {
                doors.insert(*id, line.door);
                facts.push(made(*id, number, Body::Mark(mark.clone())));
            }
        }
    }
    let head = boxes.as_ref().ok().cloned().flatten();
    facts.extend(head.map(|(id, load)| made(id, 0, Body::Load(load))));
    let mut boxes = boxes.map(drop).map_err(|wrong| fault(lang, wrong).to_owned());
    let author = Author { community: known.catalog.id().clone(), who: known.who, revoked: false };
    for answer in submit(state, &author, facts).await?.answers {
        let why = match answer.answer {
            Acknowledged::Stored(Verdict::Taken | Verdict::Flagged(_)) => continue,
            Acknowledged::Stored(Verdict::Refused(refusal)) => {
                words::refusal(lang, &known.community, &refusal)
            }
            Acknowledged::OtherContent => t::not_ours(lang).to_owned(),
            Acknowledged::Later => t::busy(lang).to_owned(),
        };
        match doors.get(&answer.id) {
            Some(door) => drop(faults.insert(*door, why)),
            None => boxes = Err(why),
        }
    }
    Ok((faults, boxes))
}
