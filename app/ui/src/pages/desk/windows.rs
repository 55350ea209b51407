//! Ordering windows: the list, and one window with what can be done to it now.

mod form;

pub(super) use form::compound_ticks;
pub use form::edit;

use domain::Millis;
use domain::community::Community;
use domain::feed::Left;
use domain::form::Fields;
use domain::office::Faults;
use domain::window::{Phase, Window};
use leptos::prelude::*;

use super::office::{Did, did, to_check, typed, wrong};
use super::place::find;
use super::today::phase;
use crate::components::action::{Act, ButtonLink, Submit, Weight};
use crate::components::field::{Field, FieldKind, Select};
use crate::components::glyph::State;
use crate::components::icon::ui;
use crate::components::markup::{IntoMarkup, Markup};
use crate::components::message::Empty;
use crate::locales::format::money;
use crate::locales::when::When;
use crate::locales::windows as w;
use crate::locales::{common, desk, print};
use crate::views::home::hidden;
use crate::views::words;

/// The list: what is open or to come first, then what was.
pub fn list(community: &Community, when: &When, done: Option<Did>) -> impl IntoView + use<> {
    let lang = when.lang;
    let mut windows: Vec<&Window> = community.windows.values().collect();
    windows.sort_by_key(|window| {
        let over = window.delivery_to < when.now;
        let key = if over { -window.delivery_from.0 } else { window.delivery_from.0 };
        (over, key)
    });
    let none = windows.is_empty().then(|| {
        let next = if community.menus.is_empty() {
            view! { <ButtonLink href="/desk/menus" weight=Weight::Main icon=ui::BASKET>{w::menus_first(lang)}</ButtonLink> }.markup()
        } else {
            ().markup()
        };
        view! {
            <Empty icon=ui::CALENDAR title=desk::no_windows(lang)><p>{desk::no_windows_more(lang)}</p>{next}</Empty>
        }
    });
    let rows = windows.into_iter().map(|window| row(when, window));
    let errands = (!community.places.doors.is_empty()).then(|| {
        view! { <div class="tools"><ButtonLink href="/desk/errands">{w::errands(lang)}</ButtonLink></div> }
    });
    let open = (!community.menus.is_empty()).then(|| {
        view! {
            <Act>
                <ButtonLink href="/desk/windows/edit" weight=Weight::Main icon=ui::PLUS>{desk::open_window(lang)}</ButtonLink>
            </Act>
        }
    });
    view! {
        {did(lang, done)}
        {none}
        <div class="rows">{rows.collect_view()}</div>
        {errands}
        {open}
    }
}

fn row(when: &When, window: &Window) -> impl IntoView + use<> {
    let lang = when.lang;
    let (state, glyph) = phase(when, window);
    // What is no window says so as its state already.
    let orders = || w::orders_from_to(lang, &when.at(window.opens), &when.at(window.closes));
    let detail = window.takes_orders().then(orders);
    view! {
        <a class="row" href=format!("/desk/windows/{}", window.run)>
            {ui::TRUCK.view()}
            <span class="grow">
                <b>{when.span(window.delivery_from, window.delivery_to)}</b>
                <small class="quiet">{detail}</small>
            </span>
            <State glyph=glyph word=state/>
            {ui::CHEVRON_RIGHT.view()}
        </a>
    }
}

/// One window, with what the desk can do to it.
pub struct Shown<'a> {
    /// The community.
    pub community: &'a Community,
    /// For saying times.
    pub when: When,
    /// The window.
    pub window: &'a Window,
    /// What is left of menus that may run out.
    pub left: Vec<Left>,
    /// Households that ordered, and boxes.
    pub ordered: (u32, u32),
    /// What was just done.
    pub did: Option<Did>,
    /// What was typed into a form that came back.
    pub form: Fields,
    /// What is wrong with it.
    pub faults: Faults,
}

/// The window's page.
pub fn window(shown: &Shown<'_>) -> Markup {
    if shown.window.takes_orders() { with_orders(shown).markup() } else { errands(shown).markup() }
}

/// A day's errands: nothing to close and nothing to pick, but doors to add jobs to.
fn errands(shown: &Shown<'_>) -> impl IntoView + use<> {
    let Shown { community, when, window, .. } = shown;
    let lang = when.lang;
    let run = window.run;
    let (state, glyph) = phase(when, window);
    let change = (when.now < window.delivery_to).then(|| {
        let href = format!("/desk/errands?run={run}");
        view! { <ButtonLink href=href icon=ui::EDIT>{w::errands_change(lang)}</ButtonLink> }
    });
    view! {
        {did(lang, shown.did)}
        <section class="card">
            <div class="row">
                <h2 class="grow">{when.span(window.delivery_from, window.delivery_to)}</h2>
                <State glyph=glyph word=state/>
            </div>
            <p>{compounds(community, window)}</p>
            <p>{w::errands_next(lang)}</p>
            {find(lang, "")}
        </section>
        <div class="tools">
            {change}
            <ButtonLink href=format!("/desk/board?run={run}")>{desk::see_board(lang)}</ButtonLink>
            <ButtonLink href=format!("/desk/print/rounds?run={run}")>{print::rounds(lang)}</ButtonLink>
            <ButtonLink href="/desk/windows" weight=Weight::Bare>{w::all_windows(lang)}</ButtonLink>
        </div>
    }
}

fn compounds(community: &Community, window: &Window) -> String {
    let known = window.compounds.iter().filter_map(|id| community.places.compounds.get(id));
    known.map(|compound| compound.name.clone()).collect::<Vec<_>>().join(" · ")
}

fn with_orders(shown: &Shown<'_>) -> impl IntoView + use<> {
    let Shown { community, when, window, ordered: (households, boxes), .. } = shown;
    let lang = when.lang;
    let (state, glyph) = phase(when, window);
    let rows = window.menus.iter().map(|(code, version)| {
        let menu = community.menu(code, *version);
        let name = menu.map_or_else(|| code.to_string(), |menu| menu.name.in_lang(lang).to_owned());
        let price = menu.map(|menu| money(lang, menu.price));
        let cap = menu.and_then(|menu| menu.stock);
        let left = shown.left.iter().find(|left| left.menu == *code).map(|left| left.boxes);
        let of = match (left, cap) {
            // Boxes that were added stand in what is left; the menu knows only what there was at first.
            (Some(left), Some(cap)) => w::left_of(lang, left, cap),
            (None, Some(cap)) => cap.to_string(),
            _ => "–".to_owned(),
        };
        view! {
            <tr>
                <th scope="row">{code.to_string()} " " {name}</th>
                <td class="n">{price}</td>
                <td class="n">{of}</td>
            </tr>
        }
    });
    let note = window.said(lang).map(|note| view! { <p>{note.to_owned()}</p> });
    view! {
        {did(lang, shown.did)}
        {to_check(lang, &shown.faults)}
        <section class="card">
            <div class="row">
                <h2 class="grow">{w::delivery(lang)} " " {when.span(window.delivery_from, window.delivery_to)}</h2>
                <State glyph=glyph word=state/>
            </div>
            <p>{w::orders_from_to(lang, &when.at(window.opens), &when.at(window.closes))} " · " {w::grace_of(lang, window.grace_minutes)}</p>
            <p>{compounds(community, window)} " · " {words::payment(lang, &window.payment)}</p>
            {note}
            <p class="figures"><span>{w::ordered_so_far(lang, *households, *boxes)}</span></p>
            <div class="table" tabindex="0">
                <table>
                    <thead><tr>
                        <th scope="col">{desk::menus(lang)}</th><th scope="col" class="n">{w::price_label(lang)}</th><th scope="col" class="n">{w::left_label(lang)}</th>
                    </tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        </section>
        <section class="card">{actions(shown)}</section>
        <div class="tools">
            <ButtonLink href=format!("/desk/windows/edit?copy={}", window.run)>{w::copy_window(lang)}</ButtonLink>
            <ButtonLink href=format!("/desk/board?run={}", window.run)>{desk::see_board(lang)}</ButtonLink>
            <ButtonLink href=format!("/desk/picklist/{}", window.run)>{desk::see_pick_list(lang)}</ButtonLink>
            <ButtonLink href="/desk/windows" weight=Weight::Bare>{w::all_windows(lang)}</ButtonLink>
        </div>
    }
}

fn actions(shown: &Shown<'_>) -> Markup {
    let (lang, window) = (shown.when.lang, shown.window);
    let run = window.run;
    let now = shown.when.now;
    let button = |act: &str, words: &'static str, weight: Weight| {
        let action = format!("/desk/windows/{run}/{act}");
        view! { <form method="post" action=action><Submit weight=weight>{words}</Submit></form> }.markup()
    };
    let edit = || {
        let href = format!("/desk/windows/edit?run={run}");
        view! { <ButtonLink href=href icon=ui::EDIT>{common::edit(lang)}</ButtonLink> }.markup()
    };
    match window.phase(now) {
        Phase::Draft => {
            let publish = button("publish", w::publish(lang), Weight::Main);
            view! { <div class="tools">{publish} {edit()}</div> }.markup()
        }
        Phase::Announced => {
            let back = button("withdraw", w::withdraw(lang), Weight::Plain);
            view! { <div class="tools">{back} <p class="quiet small">{w::withdraw_hint(lang)}</p></div> {extend(shown)} {top_up(shown)} }
                .markup()
        }
        Phase::Open => {
            let close = button("close", w::close_now(lang), Weight::Danger);
            view! {
                {extend(shown)}
                {top_up(shown)}
                <div class="tools">{close} <p class="quiet small">{w::close_hint(lang, window.grace_minutes)}</p></div>
            }
            .markup()
        }
        Phase::Grace => view! { <p>{w::grace_explained(lang, &shown.when.clock(window.grace_ends()))}</p> {extend(shown)} }.markup(),
        Phase::Closing => {
            let fields = hidden(&[("run", run.to_string())]);
            view! {
                <form method="post" action="/desk/windows/seal">{fields}<Submit weight=Weight::Main>{desk::seal_now(lang)}</Submit></form>
                {extend(shown)}
            }
            .markup()
        }
        Phase::Sealed => view! { <p class="quiet">{w::sealed_explained(lang)}</p> }.markup(),
    }
}

/// A new closing time: later, earlier, or open once more after closing by mistake.
fn extend(shown: &Shown<'_>) -> Markup {
    let (lang, window) = (shown.when.lang, shown.window);
    let again = shown.when.now >= window.closes;
    let start = if again { shown.when.now + Millis::HOUR } else { window.closes };
    let value = shown.form.get("closes").map_or_else(|| shown.when.exact(start), str::to_owned);
    let error = wrong(lang, &shown.faults, "closes");
    let words = if again { w::reopen(lang) } else { w::change_closing(lang) };
    let action = format!("/desk/windows/{}/extend", window.run);
    view! {
        <form method="post" action=action class="tools">
            <Field lang name="closes" label=w::closes_label(lang) kind=FieldKind::Moment value=value error=error/>
            <Submit>{words}</Submit>
        </form>
    }
    .markup()
}

fn top_up(shown: &Shown<'_>) -> Markup {
    let (lang, window) = (shown.when.lang, shown.window);
    let capped: Vec<(String, String)> = window
        .menus
        .iter()
        .filter_map(|(code, version)| shown.community.menu(code, *version))
        .filter(|menu| menu.stock.is_some())
        .map(|menu| (menu.code.to_string(), format!("{} {}", menu.code, menu.name.in_lang(lang))))
        .collect();
    if capped.is_empty() {
        return ().markup();
    }
    let action = format!("/desk/windows/{}/stock", window.run);
    view! {
        <form method="post" action=action class="tools">
            <Select name="menu" label=w::top_up_label(lang) options=capped value=typed(&shown.form, "menu")/>
            <Field lang name="boxes" label=w::boxes_label(lang) kind=FieldKind::Number value=typed(&shown.form, "boxes")
                error=wrong(lang, &shown.faults, "boxes")/>
            <Submit>{w::top_up(lang)}</Submit>
        </form>
    }
    .markup()
}
