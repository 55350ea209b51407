//! Ordering: the boxes on offer, and the review before it is sent. Two plain forms; an island only counts along.

use crate::prelude::*;
use domain::draft::{Draft, SUBSTITUTION_FIELD, boxes_field, offered, pick_field, substitution_value};
use domain::form::{FormFault, field};
use domain::menu::{LineFault, Menu, MenuKind, Substitution, total};
use domain::order::Order;
use domain::text::{Text, joined};
use domain::window::{Phase, Window};
use domain::{HouseholdId, MenuCode, RunId};

use crate::components::markup::{IntoMarkup, Markup};

use super::home::{hidden, word_with};
use super::scene::Scene;
use super::words;
use crate::components::action::{Act, Submit, Weight};
use crate::components::choice::{Choice, Pick, Segments, Tiles};
use crate::components::icon::{food::Food, ui};
use crate::components::message::{Empty, Note, Tone};
use crate::components::qr;
use crate::components::stepper::Stepper;
use crate::locales::facts;
use crate::locales::format::{money, span};
use crate::locales::resident as t;

/// The most boxes a stepper offers where the menu sets no limit.
const NO_LIMIT: u16 = 9;

/// The windows that take orders now, and whether the household has one in any of them. The one it has nothing in stands
/// first.
#[must_use]
pub fn orderable(scene: &Scene, household: HouseholdId) -> (Vec<&Window>, bool) {
    let mut open = scene.windows();
    open.retain(|window| window.phase(scene.now) == Phase::Open);
    let ordered =
        |window: &&Window| scene.order(household, window.run).is_some_and(|order| !order.cancelled());
    let any = open.iter().any(ordered);
    if let Some(first) = open.iter().position(|window| !ordered(window)) {
        open.swap(0, first);
    }
    (open, any)
}

/// The window to order in: the one asked for, or the first open one.
#[must_use]
pub fn window_to_order(scene: &Scene, household: HouseholdId, asked: Option<RunId>) -> Option<&Window> {
    let open = orderable(scene, household).0;
    let place = asked.map_or(Some(0), |run| open.iter().position(|window| window.run == run))?;
    open.get(place).copied()
}

/// The boxes on offer. `household` is whose basket it is: the reader's own, or another's for whom the desk or the
/// steward orders. `draft` is what was filled in before, `review_at` the page that reviews it.
pub fn order(
    scene: &Scene,
    household: HouseholdId,
    window: Option<&Window>,
    draft: Option<&Draft>,
    fault: Option<&FormFault>,
    review_at: &str,
) -> impl IntoView + use<> {
    let lang = scene.lang;
    let Some(window) = window else {
        return view! {
            <Empty icon=ui::BASKET title=t::nothing_to_order(lang)><p>{t::nothing_to_order_more(lang)}</p></Empty>
        }
        .markup();
    };
    let when = scene.when();
    let current = scene.order(household, window.run).filter(|order| !order.cancelled());
    let draft = draft
        .cloned()
        .or_else(|| current.as_ref().map(|order| Draft::of(&order.lines, order.substitution)))
        .unwrap_or_default();
    let offers = offered(scene.community(), window)
        .map(|menu| offer(scene, household, window, menu, &draft, fault))
        .collect_view();
    let was = scene.order(household, window.run).map(|order| order.head.text()).unwrap_or_default();
    let fields = hidden(&[
        (field::RUN, window.run.text()),
        (field::HOUSEHOLD, household.text()),
        (field::WAS, was),
        ("review", "1".to_owned()),
    ]);
    // Without script the page begins at its top, and what is wrong stands far below.
    let wrong: Vec<String> = if cfg!(feature = "ssr") {
        let menus = offered(scene.community(), window);
        menus.filter_map(|menu| line_fault(lang, scene, &menu.code, &draft, fault)).collect()
    } else {
        Vec::new()
    };
    let wrong =
        wrong.into_iter().map(|words| view! { <Note tone=Tone::Danger>{words}</Note> }).collect_view();
    let review_at = review_at.to_owned();
    let sum = sum_words(scene, window, &draft);
    let left = span(lang, when.minutes_left(window.closes));
    let until = t::order_until(lang, &when.at(window.closes), &left);
    let already = current.map(|order| {
        let words = t::already_ordered(lang, &words::basket(lang, scene.community(), &order.lines));
        view! { <Note>{words}</Note> }
    });
    view! {
        <form action=review_at class="order">
            {fields}
            {wrong}
            <p><b>{until}</b></p>
            <p class="quiet">
                {t::for_delivery(lang, &when.span(window.delivery_from, window.delivery_to))}
                " · "
                {words::payment(lang, &window.payment)}
            </p>
            {word_with(window, lang)}
            {(fault == Some(&FormFault::Unchanged)).then(|| view! { <Note live=true>{t::nothing_changed(lang)}</Note> })}
            {already}
            {(fault == Some(&FormFault::NoBoxes)).then(|| view! { <Note tone=Tone::Danger>{facts::refuse_no_boxes(lang)}</Note> })}
            <div class="rows">{offers}</div>
            <Segments
                name=SUBSTITUTION_FIELD
                legend=t::if_missing(lang)
                choices=[Substitution::Ask, Substitution::Yes, Substitution::No]
                    .map(|choice| Choice::new(substitution_value(choice), words::substitution(lang, choice)))
                    .into()
                value=substitution_value(draft.substitution)
            />
            <Act>
                <Submit weight=Weight::Main onwards=true><span class="sum">{sum}</span></Submit>
            </Act>
        </form>
    }
    .markup()
}

/// What the button of the order form says: how many boxes and what they cost, once there are any.
#[must_use]
pub fn sum_words(scene: &Scene, window: &Window, draft: &Draft) -> String {
    let (lines, _) = draft.lines(scene.community(), window);
    let boxes: u32 = lines.iter().map(|line| u32::from(line.boxes)).sum();
    if boxes == 0 {
        return t::review(scene.lang).to_owned();
    }
    t::review_basket(scene.lang, boxes, &money(scene.lang, total(&lines)))
}

fn offer(
    scene: &Scene,
    household: HouseholdId,
    window: &Window,
    menu: &Menu,
    draft: &Draft,
    fault: Option<&FormFault>,
) -> impl IntoView + use<> {
    let lang = scene.lang;
    let name = menu.name.in_lang(lang).to_owned();
    let had = scene.order(household, window.run).map_or(0, |order| order.boxes_of(&menu.code));
    let left = scene.feed.left(window.run, &menu.code);
    let most = menu.limit.unwrap_or(NO_LIMIT);
    // What this household has already is its own: it may always keep it.
    let most =
        left.map_or(most, |left| most.min(u16::try_from(left).unwrap_or(u16::MAX).saturating_add(had)));
    let clash = clash(scene, household, menu);
    let keeps: Vec<_> = menu
        .diets
        .iter()
        .map(|tag| view! { <span class="tag">{words::diet(lang, tag)}</span> " " })
        .collect();
    let wrong = line_fault(lang, scene, &menu.code, draft, fault)
        .map(|words| view! { <p class="error">{ui::WARNING.view()} {words}</p> });
    let items: Vec<String> = menu.items.iter().map(|item| words::item(lang, item)).collect();
    let detail = match menu.kind {
        MenuKind::Set => joined(&items, separator(lang)),
        MenuKind::Pick(choose) => t::choose_items(lang, choose),
    };
    let scarce = left.filter(|left| *left <= 20 && most > 0).map(|left| {
        view! { <small class="quiet">{t::left_boxes(lang, left)}</small> }
    });
    let limit =
        menu.limit.map(|limit| view! { <small class="quiet">{t::each_household(lang, limit)}</small> });
    let stepper = if most == 0 {
        view! { <span class="tag">{t::sold_out(lang)}</span> }.markup()
    } else {
        let value = draft.boxes_of(&menu.code);
        view! { <Stepper lang name=boxes_field(&menu.code) what=name.clone() value=value max=most/> }.markup()
    };
    let picker = matches!(menu.kind, MenuKind::Pick(_)).then(|| picker(lang, menu, draft, items));
    view! {
        <article data-menu=menu.code.text()>
            <div class="offer">
                {Food::for_menu(&menu.name.zh).view()}
                <div>
                    <h2>{name}</h2>
                    <p class="small quiet">{detail}</p>
                    {keeps} {clash}
                </div>
                <p class="price"><b>{money(lang, menu.price)}</b> {limit} {scarce}</p>
                {stepper}
            </div>
            {wrong}
            {picker}
        </article>
    }
}

/// What of a household's diet a box does not keep.
fn clash(scene: &Scene, household: HouseholdId, menu: &Menu) -> Option<Markup> {
    let clash = scene.community().places.households.get(&household)?.clashes(&menu.diets);
    if clash.is_empty() {
        return None;
    }
    let diets: Vec<String> = clash.iter().map(|tag| words::diet(scene.lang, tag)).collect();
    let words = t::not_diet(scene.lang, &joined(&diets, "/"));
    Some(view! { <span class="tag warn">{ui::WARNING.view()} {words}</span> }.markup())
}

fn picker(lang: domain::Lang, menu: &Menu, draft: &Draft, items: Vec<String>) -> impl IntoView + use<> {
    let MenuKind::Pick(choose) = menu.kind else { return ().markup() };
    let picked = draft.picks.get(&menu.code).cloned().unwrap_or_default();
    let values = picked.iter().map(u8::to_string).collect();
    let choices =
        items.into_iter().enumerate().map(|(place, words)| Choice::new(place.text(), words)).collect();
    view! {
        <Tiles
            name=pick_field(&menu.code)
            legend=t::choose_items(lang, choose)
            pick=Pick::Several
            choices=choices
            values=values
            counted=t::of_chosen(lang, choose)
            most=choose
            too_many=t::too_many(lang, "#")
        />
    }
    .markup()
}

fn separator(lang: domain::Lang) -> &'static str {
    match lang {
        domain::Lang::Zh => "、",
        domain::Lang::En => ", ",
    }
}

fn line_fault(
    lang: domain::Lang,
    scene: &Scene,
    menu: &MenuCode,
    draft: &Draft,
    fault: Option<&FormFault>,
) -> Option<String> {
    let Some(FormFault::Basket(faults)) = fault else { return None };
    let name = words::menu_name(lang, scene.community(), menu);
    faults.iter().find(|fault| fault.menu == *menu).map(|fault| match fault.fault {
        LineFault::NoBoxes => facts::refuse_no_boxes(lang).to_owned(),
        LineFault::OverLimit(limit) => facts::refuse_over_limit(lang, &name, limit),
        LineFault::WrongPicks(choose) => {
            let chosen = draft.picks.get(menu).map_or(0, Vec::len);
            match chosen.saturating_sub(usize::from(choose)) {
                0 => facts::refuse_wrong_picks(lang, &name, choose),
                more => t::too_many(lang, &more.text()),
            }
        }
        LineFault::Changed => facts::refuse_menu_changed(lang, &name),
    })
}

/// The review: what it costs, when it comes, and whether it changes an order. `fact` is the id it will have, `next`
/// where to go afterwards, `back_at` where the form is.
pub fn review(
    scene: &Scene,
    household: HouseholdId,
    window: &Window,
    draft: &Draft,
    fact: &str,
    next: &str,
    back_at: &str,
) -> impl IntoView + use<> {
    let (lang, when, community) = (scene.lang, scene.when(), scene.community());
    let (lines, _) = draft.lines(community, window);
    let before: Option<Order> = scene.order(household, window.run);
    let standing = before.as_ref().filter(|order| !order.cancelled());
    let change = standing.map(|order| {
        let (before, after) =
            (words::basket(lang, community, &order.lines), words::basket(lang, community, &lines));
        // Where only what to do about missing goods changes, the list below says all.
        (before != after)
            .then(|| view! { <Note tone=Tone::Warn>{t::confirm_change(lang, &before, &after)}</Note> })
    });
    let submit = if standing.is_some() { t::change_it(lang) } else { t::place_order(lang) };
    let sum = money(lang, total(&lines));
    let rows = lines
        .iter()
        .map(|line| {
            let menu = community.menu(&line.menu, line.version);
            let clash = menu.and_then(|menu| clash(scene, household, menu));
            let picked = menu.map(|menu| {
                let packed: Vec<String> = menu.packed(line).map(|item| words::item(lang, item)).collect();
                joined(&packed, separator(lang))
            });
            view! {
                <div class="row">
                    <span class="grow">
                        <b>{words::menu_name(lang, community, &line.menu)} " × " {line.boxes}</b>
                        <small class="quiet">{picked}</small>
                        {clash}
                    </span>
                    <b>{money(lang, line.price * line.boxes)}</b>
                </div>
            }
        })
        .collect_view();
    let whose = [(field::RUN, window.run.text()), (field::HOUSEHOLD, household.text())];
    let fields = hidden(&[
        (field::ACT, "order".to_owned()),
        (field::WAS, before.map(|order| order.head.text()).unwrap_or_default()),
        (field::FACT, fact.to_owned()),
        (field::NEXT, next.to_owned()),
    ]);
    let back_at = back_at.to_owned();
    view! {
        {change}
        <div class="card">
            <div class="rows">
                {rows}
                <div class="row"><span class="grow"><b>{t::total(lang)}</b></span><b class="lead">{sum}</b></div>
            </div>
        </div>
        <dl class="pairs">
            <dt>{t::delivery_time(lang)}</dt>
            <dd>{when.span(window.delivery_from, window.delivery_to)}</dd>
            <dt>{t::payment(lang)}</dt>
            <dd>{words::payment(lang, &window.payment)}</dd>
            <dt>{t::when_missing(lang)}</dt>
            <dd>{words::substitution(lang, draft.substitution)}</dd>
        </dl>
        <form action=back_at class="again">
            {hidden(&whose)}
            {draft_fields(draft)}
            <Submit weight=Weight::Wide>{t::go_back(lang)}</Submit>
        </form>
        <form method="post" action="/act" class="place">
            {hidden(&whose)}
            {draft_fields(draft)}
            {fields}
            <Act><Submit weight=Weight::Main>{submit}</Submit></Act>
        </form>
    }
}

/// A basket as hidden fields of a form.
pub(super) fn draft_fields(draft: &Draft) -> impl IntoView + use<> {
    let fields = draft.fields().into_iter();
    fields.map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view()
}

/// The picture to pay with, where it is paid elsewhere beforehand.
pub fn pay(scene: &Scene, window: &Window) -> Option<impl IntoView + use<>> {
    let code = scene.feed.codes.iter().find(|code| code.run == window.run)?;
    let words = t::scan_to_pay(scene.lang);
    Some(view! {
        <figure class="card pay">
            {qr::svg(usize::from(code.side), code.path.clone(), words)}
            <figcaption>{words}</figcaption>
        </figure>
    })
}
