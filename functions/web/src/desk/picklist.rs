//! The supplier's pick list: `/desk/picklist` lists the windows, `/desk/picklist/{run}` shows one, `….xlsx` is the
//! same as a spreadsheet. Folded from the orders each time, never from counters.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::actor::Role;
use domain::community::Community;
use domain::fact::Body;
use domain::load::{AtGate, at_gate};
use domain::picklist::{Pick, pick_list as fold};
use domain::window::{Phase, Window};
use domain::{BuildingId, Lang, Millis, RunId};
use http::{HeaderValue, header};
use leptos::prelude::IntoView;
use store::Consistency;
use ui::components::layout::Bar;
use ui::locales::print as t;
use ui::locales::when::When;
use ui::pages::desk::DeskPage;
use ui::pages::desk::picklist::{
    Shown, basket_words, door_words, in_order, menus, pick_list as page, short, standing, start,
};
use ui::pages::error::Trouble;
use ui::pages::print::gate::boxes_of;
use ui::pages::print::{building_words, on_paper};
use ui::views::words;

use super::{rung, when};
use crate::assets::Audience;
use crate::errors::Problem;
use crate::sheets::out::{Cell, SheetOut, xlsx};
use crate::state::AppState;
use crate::visitor::{Known, Visitor};

/// Lists of deliveries so long ago are no longer on the start page.
const KEPT_DAYS: i64 = 14;

/// The windows with their lists.
///
/// # Errors
/// The table's.
pub async fn list(State(state): State<AppState>, visitor: Visitor) -> Result<Response, Problem> {
    let known = visitor.known()?.clone();
    let when = when(&visitor)?;
    let mut windows: Vec<&Window> = known
        .community
        .windows
        .values()
        .filter(|window| window.takes_orders() && may_see(&known, window, visitor.now))
        .filter(|window| visitor.now - window.delivery_to < KEPT_DAYS * Millis::DAY)
        .collect();
    windows.sort_by_key(|window| std::cmp::Reverse((window.delivery_from, window.run)));
    let mut lists = Vec::new();
    for window in windows {
        lists.push(folded(&state, &known, window.clone()).await?.0);
    }
    frame(&state, &visitor, t::pick_list(when.lang).to_owned(), move || start(&when, &lists)).await
}

/// One list: the page, or with `.xlsx` at its end the spreadsheet.
///
/// # Errors
/// The table's; a run that is not there, or that the supplier may not see yet.
pub async fn show(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(name): Path<String>,
) -> Result<Response, Problem> {
    let known = visitor.known()?.clone();
    let when = when(&visitor)?;
    let (run, as_file) = match name.strip_suffix(".xlsx") {
        Some(run) => (run, true),
        None => (name.as_str(), false),
    };
    let run: RunId = run.parse().map_err(|_| Trouble::NotFound)?;
    let window = known.community.windows.get(&run).filter(|window| may_see(&known, window, visitor.now));
    let (shown, loads) = folded(&state, &known, window.ok_or(Trouble::NotFound)?.clone()).await?;
    if as_file {
        let sheets = sheets(&known.community, &when, &shown);
        let bytes = xlsx(&sheets).map_err(|_| Trouble::TooLarge)?;
        let kind =
            HeaderValue::from_static("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        let day = when.exact(shown.window.delivery_from);
        let day = day.split('T').next().unwrap_or_default();
        let name = HeaderValue::from_str(&format!("attachment; filename=\"pick-list-{day}-{run}.xlsx\""))
            .map_err(|_| Trouble::Broken)?;
        return Ok(
            ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], bytes).into_response()
        );
    }
    frame(&state, &visitor, t::pick_list(when.lang).to_owned(), move || {
        page(&known.community, &when, &shown, &loads, "/desk/picklist")
    })
    .await
}

/// A draft is the desk's own business.
fn may_see(known: &Known, window: &Window, now: Millis) -> bool {
    known.actor.role() == Some(Role::Desk) || window.phase(now) != Phase::Draft
}

/// The check at the gate, building by building.
type Loads = BTreeMap<BuildingId, AtGate>;

async fn folded(state: &AppState, known: &Known, window: Window) -> Result<(Shown, Loads), Problem> {
    let facts = state.store().whole_run(&known.catalog, window.run, Consistency::Strong).await?;
    let list = fold(&known.community, window.run, &facts);
    let orders = facts.iter().filter(|stamped| matches!(stamped.fact.body, Body::Order(_))).count();
    // Who walks where with what is the desk's business, not the supplier's.
    let desk = known.actor.role() == Some(Role::Desk);
    let loads = if desk { at_gate(&known.community.places, &facts) } else { Loads::new() };
    Ok((Shown { window, list, version: u32::try_from(orders).unwrap_or(u32::MAX) }, loads))
}

/// The page around it: the desk gets its links, the supplier has this one place only.
async fn frame<V: IntoView + Send + 'static>(
    state: &AppState,
    visitor: &Visitor,
    title: String,
    body: impl FnOnce() -> V,
) -> Result<Response, Problem> {
    let known = visitor.known()?;
    let detail = known.community.settings.name.in_lang(visitor.look.lang).to_owned();
    let mut page = visitor.page(Audience::Print, Bar { title, detail: Some(detail), ..Bar::default() });
    page.desk = (known.actor.role() == Some(Role::Desk)).then_some(DeskPage::Windows);
    let body = rung(visitor, body)?;
    Ok(page.render(state, body).await.into_response())
}

/// The sheets of the spreadsheet: totals, items, buildings, baskets, changes after sealing.
fn sheets(community: &Community, when: &When, shown: &Shown) -> Vec<SheetOut> {
    let lang = when.lang;
    let Shown { window, list, .. } = shown;
    let (standing, _) = standing(&on_paper(when), shown);
    let date = on_paper(when).span(window.delivery_from, window.delivery_to);
    let title = |part: &str| format!("{part} · {date} · {standing}");
    let head = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let number = |count: u32| Cell::Number(i64::from(count));
    let menus = menus(community, lang, window);

    let mut totals: Vec<Vec<Cell>> = menus
        .iter()
        .map(|(code, name)| {
            vec![code.to_string().into(), name.clone().into(), number(boxes_of(&list.all, code))]
        })
        .collect();
    totals.push(vec!["".into(), t::sum(lang).into(), number(list.all.all_boxes())]);

    let items = list.all.items.iter().map(|((name, unit), quantity)| {
        let unit = match lang {
            Lang::Zh => unit.names().1,
            Lang::En => unit.names().0,
        };
        let amount = i64::try_from(quantity.0).unwrap_or(i64::MAX);
        vec![name.in_lang(lang).into(), Cell::Thousandths(amount), unit.into()]
    });

    let counted = |pick: &Pick| {
        let boxes = menus.iter().map(|(code, _)| number(boxes_of(pick, code)));
        let sum = number(pick.all_boxes());
        std::iter::once(number(pick.households)).chain(boxes).chain([sum]).collect::<Vec<Cell>>()
    };
    let mut buildings: Vec<Vec<Cell>> = Vec::new();
    for building in community.places.buildings_in_order() {
        let Some(pick) = list.by_building.get(&building.id) else { continue };
        let name: Cell = building_words(community, lang, building.id).into();
        buildings.push(std::iter::once(name).chain(counted(pick)).collect());
    }
    buildings.push(std::iter::once(t::sum(lang).into()).chain(counted(&list.all)).collect());
    let mut building_head = head(&[t::gate_building(lang), t::households(lang)]);
    building_head.extend(menus.iter().map(|(code, name)| format!("{code} {name}")));
    building_head.push(t::sum(lang).to_owned());

    let baskets = in_order(community, list).into_iter().map(|(household, lines, said)| {
        vec![
            door_words(community, lang, *household).into(),
            basket_words(community, lang, lines).into(),
            words::substitution(lang, *said).into(),
        ]
    });
    let differences = list.differences.iter().map(|difference| {
        vec![
            on_paper(when).at(difference.at).into(),
            door_words(community, lang, difference.household).into(),
            basket_words(community, lang, &difference.lines).into(),
        ]
    });
    let sheet = |part: &str, header: Vec<String>, rows: Vec<Vec<Cell>>| SheetOut {
        name: part.to_owned(),
        title: title(part),
        header,
        rows,
    };
    let mut sheets = vec![
        sheet(t::by_menu(lang), head(&["", t::menu(lang), t::boxes(lang)]), totals),
        sheet(t::by_item(lang), head(&[t::item(lang), t::amount(lang), ""]), items.collect()),
        sheet(t::by_building(lang), building_head, buildings),
        sheet(
            t::baskets(lang),
            head(&[t::door(lang), t::basket(lang), t::may_swap(lang)]),
            baskets.collect(),
        ),
    ];
    let short =
        short::rows(community, lang, list).into_iter().map(|(door, what)| vec![door.into(), what.into()]);
    if !list.short.is_empty() {
        sheets.push(sheet(t::short(lang), head(&[t::door(lang), t::short_what(lang)]), short.collect()));
    }
    if !list.differences.is_empty() {
        let header = head(&[t::changed_at(lang), t::door(lang), t::is_now(lang)]);
        sheets.push(sheet(t::differences(lang), header, differences.collect()));
    }
    sheets
}
