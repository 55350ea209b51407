//! The sheets of one run: order forms, round sheets, labels, the gate sheet and its map. All only read.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::response::Response;
use domain::household::Household;
use domain::order::to_collect;
use domain::picklist::pick_list;
use domain::window::Window;
use domain::{Lang, PersonId};
use store::Consistency;
use ui::locales::print as t;
use ui::pages::error::Trouble;
use ui::pages::print::booklet::{Forms, booklet as forms, lead};
use ui::pages::print::rounds::{Part, rounds as fold, sheets};
use ui::pages::print::{
    BUILDING, RUN, gate as gate_sheet, labels as label_sheets, map as map_sheet, nothing, toolbar,
};

use super::letters::households_with_phone;
use super::{building_in, doors_in, paper, run_in};
use crate::desk::when;
use crate::errors::Problem;
use crate::pages::act::Sent;
use crate::state::AppState;
use crate::visitor::{Known, Visitor};

/// The field that asks for everybody's form, phones or not.
const EVERYONE: &str = "everyone";
/// The field that asks for the round from the ground floor up.
const UP: &str = "up";
/// The field that names one person's round.
const PERSON: &str = "person";

fn window_in(known: &Known, visitor: &Visitor, form: &Sent) -> Result<Window, Problem> {
    let window = run_in(known, visitor, form).and_then(|run| known.community.windows.get(&run));
    Ok(window.cloned().ok_or(Trouble::NotFound)?)
}

/// `GET /desk/print/booklet`: an empty form to be copied, or one for each household of a building that has no phone.
///
/// # Errors
/// The table's; a run or building that is not there.
pub async fn booklet(
    State(state): State<AppState>,
    visitor: Visitor,
    form: Sent,
) -> Result<Response, Problem> {
    let known = visitor.known()?.clone();
    let when = when(&visitor)?;
    let lang = when.lang;
    let window = window_in(&known, &visitor, &form)?;
    let everyone = form.0.get(EVERYONE).is_some();
    let mut more = Vec::new();
    let whose = match building_in(&known, &form)? {
        None => Forms::Empty,
        Some(building) => {
            let mut households: Vec<Household> = Vec::new();
            let with_phone = match everyone {
                true => BTreeSet::new(),
                false => households_with_phone(&state, &known, visitor.now).await?,
            };
            for door in doors_in(&known, Some(building)) {
                for household in known.community.places.behind(door.id) {
                    if !with_phone.contains(&household.id) {
                        households.push(household.clone());
                    }
                }
            }
            let here = format!("/desk/print/booklet?{RUN}={}&{BUILDING}={building}", window.run);
            more.push(if everyone {
                (here, t::only_without_phone(lang).to_owned())
            } else {
                (format!("{here}&{EVERYONE}=1"), t::for_everyone(lang).to_owned())
            });
            Forms::Of(building, households)
        }
    };
    let bar = toolbar(lang, "/desk/print", &more);
    paper(&state, &visitor, t::booklet(lang).to_owned(), move || {
        let lead = lead(&known.community, lang, &whose);
        (bar, lead, forms(&known.community, &when, &window, &whose))
    })
    .await
}

/// `GET /desk/print/rounds`: a sheet for each building and its stewards; of one building or one person.
///
/// # Errors
/// The table's; a run or building that is not there.
pub async fn rounds(
    State(state): State<AppState>,
    visitor: Visitor,
    form: Sent,
) -> Result<Response, Problem> {
    let known = visitor.known()?.clone();
    let when = when(&visitor)?;
    let window = window_in(&known, &visitor, &form)?;
    let part = Part {
        building: building_in(&known, &form)?,
        person: form.0.read::<PersonId>(PERSON).ok(),
        up: form.0.get(UP).is_some(),
    };
    let facts = state.store().whole_run(&known.catalog, window.run, Consistency::Strong).await?;
    let folded = fold(&known.community, &facts, part, visitor.now);
    let collect = to_collect(&window.payment, &facts);
    let mut more = vec![other_way(when.lang, &window, part)];
    more.extend(people(&known, &visitor, &window, part));
    let bar = toolbar(when.lang, "/desk/print", &more);
    paper(&state, &visitor, t::rounds(when.lang).to_owned(), move || {
        let none = folded.is_empty().then(|| nothing(t::nothing_to_print(when.lang)));
        (bar, none, sheets(&known.community, &when, &window, &folded, &collect))
    })
    .await
}

/// The same sheets in the other order of the floors.
fn other_way(lang: Lang, window: &Window, part: Part) -> (String, String) {
    let words = if part.up { t::from_the_top(lang) } else { t::from_the_ground(lang) };
    (address(window, Part { up: !part.up, ..part }), words.to_owned())
}

/// The address of a part of the round sheets.
fn address(window: &Window, part: Part) -> String {
    let building = part.building.map(|id| format!("&{BUILDING}={id}")).unwrap_or_default();
    let person = part.person.map(|id| format!("&{PERSON}={id}")).unwrap_or_default();
    let up = if part.up { format!("&{UP}=1") } else { String::new() };
    format!("/desk/print/rounds?{RUN}={}{building}{person}{up}", window.run)
}

/// A link for each person that has a round now.
fn people(known: &Known, visitor: &Visitor, window: &Window, part: Part) -> Vec<(String, String)> {
    let community = &known.community;
    let on_duty = community.people.values().filter(|person| {
        !person.left
            && Some(person.id) != part.person
            && person.assignments.iter().any(|assignment| assignment.holds(visitor.now))
    });
    on_duty
        .map(|person| (address(window, Part { person: Some(person.id), ..part }), person.name.clone()))
        .collect()
}

/// `GET /desk/print/labels`: a label for each basket, by building. The supplier's too.
///
/// # Errors
/// The table's; a run or building that is not there.
pub async fn labels(
    State(state): State<AppState>,
    visitor: Visitor,
    form: Sent,
) -> Result<Response, Problem> {
    let known = visitor.known()?.clone();
    let when = when(&visitor)?;
    let window = window_in(&known, &visitor, &form)?;
    let building = building_in(&known, &form)?;
    let facts = state.store().whole_run(&known.catalog, window.run, Consistency::Strong).await?;
    let list = pick_list(&known.community, window.run, &facts);
    let collect = to_collect(&window.payment, &facts);
    let bar = toolbar(when.lang, &format!("/desk/picklist/{}", window.run), &[]);
    paper(&state, &visitor, t::labels(when.lang).to_owned(), move || {
        let sheets = label_sheets::labels(&known.community, &when, &window, &list, &collect, building);
        let none = sheets.is_empty().then(|| nothing(t::nothing_to_print(when.lang)));
        (bar, none, sheets)
    })
    .await
}

/// `GET /desk/print/gate`: boxes by building, with room to sign. The supplier's too.
///
/// # Errors
/// The table's; a run that is not there.
pub async fn gate(State(state): State<AppState>, visitor: Visitor, form: Sent) -> Result<Response, Problem> {
    let known = visitor.known()?.clone();
    let when = when(&visitor)?;
    let window = window_in(&known, &visitor, &form)?;
    let facts = state.store().whole_run(&known.catalog, window.run, Consistency::Strong).await?;
    let list = pick_list(&known.community, window.run, &facts);
    let bar = toolbar(when.lang, &format!("/desk/picklist/{}", window.run), &[]);
    paper(&state, &visitor, t::gate(when.lang).to_owned(), move || {
        (bar, gate_sheet::gate(&known.community, &when, &window, &list))
    })
    .await
}

/// `GET /desk/print/map`: each building as it stands, for the gate.
///
/// # Errors
/// The table's; a run or building that is not there.
pub async fn map(State(state): State<AppState>, visitor: Visitor, form: Sent) -> Result<Response, Problem> {
    let known = visitor.known()?.clone();
    let when = when(&visitor)?;
    let window = window_in(&known, &visitor, &form)?;
    let building = building_in(&known, &form)?;
    let facts = state.store().whole_run(&known.catalog, window.run, Consistency::Strong).await?;
    let due = map_sheet::due(&known.community, &facts);
    let bar = toolbar(when.lang, "/desk/print", &[]);
    paper(&state, &visitor, t::map(when.lang).to_owned(), move || {
        let sheets = map_sheet::sheets(&known.community, &when, &window, &due, building);
        let none = sheets.is_empty().then(|| nothing(t::nothing_to_print(when.lang)));
        (bar, none, sheets)
    })
    .await
}
