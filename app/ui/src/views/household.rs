//! "My household": each delivery and each need with its story, and what the household can do about it.

use crate::prelude::*;
use domain::dispute::{against, disputable};
use domain::draft::Draft;
use domain::fact::{Body, PaidState};
use domain::form::{basket, field};
use domain::job::{JobKind, JobRef};
use domain::mark_form::{DOOR, JOB, job_name};
use domain::menu::Line;
use domain::need::{Need, NeedState, Step};
use domain::order::{Order, before_cancelling};
use domain::round::{Job, JobState};
use domain::text::{Text, joined, text};
use domain::timeline::{Entry, Event, timeline};
use domain::window::{Payment, Phase, Window};
use domain::{HouseholdId, Lang};

use crate::components::markup::IntoMarkup;

use super::home::hidden;
use super::order::{draft_fields, orderable, pay};
use super::scene::{FactIds, Scene};
use super::words;
use crate::components::action::{Act, ButtonLink, Submit, Weight};
use crate::components::field::{Field, FieldKind};
use crate::components::glyph::{Glyph, State};
use crate::components::icon::ui;
use crate::components::message::{Empty, Note};
use crate::components::timeline::{Moment, Timeline};
use crate::locales::format::money;
use crate::locales::resident as t;
use crate::locales::{common, facts};

/// The household's own page.
pub fn household(scene: &Scene, household: HouseholdId, ids: FactIds<'_>) -> impl IntoView + use<> {
    let (need, done) = (t::i_need_something(scene.lang), t::done_ordering(scene.lang));
    // Whoever has just ordered is done here.
    let done = orderable(scene, household)
        .1
        .then(|| view! { <ButtonLink href="/" weight=Weight::Main>{done}</ButtonLink> });
    view! {
        {story(scene, household, Reader::Household, "/household", ids)}
        <Act>
            <ButtonLink href="/need" weight=Weight::Wide icon=ui::SPEAK onwards=true>{need}</ButtonLink>
            {done}
        </Act>
    }
}

/// Who reads a household's story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// The household itself.
    Household,
    /// The desk, which is told nothing about buttons of the household's own page. No phone draws for it.
    #[cfg(feature = "ssr")]
    Desk,
}

/// Deliveries and needs of a household, with what can be done about them. `next` is where its forms lead back to.
pub fn story(
    scene: &Scene,
    household: HouseholdId,
    reader: Reader,
    next: &str,
    ids: FactIds<'_>,
) -> impl IntoView + use<> {
    let lang = scene.lang;
    let door = scene.community().places.door_of(household);
    let mut story = timeline(household, door, scene.facts());
    // How a volunteer's phone was set, or whose round it was, is between them and the desk, whose page says it beside the
    // marks of the door.
    let told = |entry: &Entry| reader == Reader::Household || matches!(entry.what, Event::Marked(..));
    story.iter_mut().filter(|entry| told(entry)).for_each(|entry| entry.flag = None);
    // What comes next stands first, what is over goes back in time.
    let windows = scene.windows();
    let over = |window: &&&Window| window.delivery_to < scene.now;
    let coming = windows.iter().filter(|window| !over(window));
    let deliveries: Vec<_> = coming
        .chain(windows.iter().rev().filter(over))
        .filter(|window| story.iter().any(|entry| entry.run == Some(window.run)))
        .map(|window| delivery(scene, (household, reader), window, &story, next, ids).markup())
        .collect();
    let needs: Vec<_> = scene
        .needs()
        .iter()
        .map(|need| need_card(scene, (household, reader), need, &story, next, ids).markup())
        .collect();
    let own = reader == Reader::Household;
    let no_orders = (own && deliveries.is_empty()).then(|| {
        view! { <Empty icon=ui::BASKET title=t::no_orders(lang)><p>{t::no_orders_more(lang)}</p></Empty> }
    });
    let no_needs = (own && needs.is_empty()).then(|| view! { <p class="quiet">{t::no_needs_more(lang)}</p> });
    let heading = own.then(|| view! { <h2 id="needs">{t::needs_title(lang)}</h2> });
    view! {
        {no_orders}
        {deliveries}
        {heading}
        {no_needs}
        {needs}
    }
}

fn delivery(
    scene: &Scene,
    (household, reader): (HouseholdId, Reader),
    window: &Window,
    story: &[Entry],
    next: &str,
    ids: FactIds<'_>,
) -> impl IntoView + use<> {
    let (lang, when) = (scene.lang, scene.when());
    let order = scene.order(household, window.run);
    let moments = story
        .iter()
        .filter(|e| e.run == Some(window.run))
        .filter_map(|e| moment(scene, (household, reader), e))
        .collect();
    let marked = story.iter().any(|e| e.run == Some(window.run) && matches!(e.what, Event::Marked(..)));
    let mut form = |fields: &[(&'static str, String)]| {
        let mut all = vec![
            (field::FACT, ids()),
            (field::HOUSEHOLD, household.text()),
            (field::RUN, window.run.text()),
            (field::NEXT, next.to_owned()),
        ];
        all.extend_from_slice(fields);
        hidden(&all)
    };
    let live = order.as_ref().filter(|order| !order.cancelled());
    let changeable = window.phase(scene.now) == Phase::Open && !marked;
    let form_at = match reader {
        Reader::Household => text!("/order?run={}", window.run),
        #[cfg(feature = "ssr")]
        Reader::Desk => text!("/behalf/{household}/order?run={}", window.run),
    };
    let change = live.filter(|_| changeable).map(|order| {
        let fields = form(&[(field::ACT, "cancel".into()), (field::WAS, order.head.text())]);
        view! {
            <div class="pair">
                <ButtonLink href=form_at.clone()>{t::change_order(lang)}</ButtonLink>
                <form method="post" action="/act">{fields}<Submit weight=Weight::Danger>{t::cancel_order(lang)}</Submit></form>
            </div>
        }
    });
    let again = order.as_ref().filter(|_| live.is_none() && changeable).map(|order| {
        let restore = restorable(scene, window, order).map(|draft| {
            let fields = form(&[(field::ACT, "order".into()), (field::WAS, order.head.text())]);
            view! {
                <form method="post" action="/act">
                    {fields}
                    {draft_fields(&draft)}
                    <Submit icon=ui::UNDO>{t::restore_order(lang)}</Submit>
                </form>
            }
        });
        view! { <div class="pair">{restore} <ButtonLink href=form_at.clone()>{t::order_food(lang)}</ButtonLink></div> }
    });
    let away = live.filter(|_| !marked && scene.now < window.delivery_to).map(|order| {
        let says = if order.away { "no" } else { "yes" };
        let fields = form(&[(field::ACT, "away".into()), (field::SAYS, says.into())]);
        let words = match (reader, order.away) {
            #[cfg(feature = "ssr")]
            (Reader::Desk, true) => t::they_are_back(lang),
            #[cfg(feature = "ssr")]
            (Reader::Desk, false) => t::they_are_away(lang),
            (Reader::Household, true) => t::we_are_back(lang),
            (Reader::Household, false) => t::we_are_away(lang),
        };
        view! {
            {order.away.then(|| view! { <p>{t::away_now(lang)}</p> })}
            <form method="post" action="/act">{fields}<Submit>{words}</Submit></form>
        }
    });
    let stop = scene.stop_of(household, window.run);
    let own = JobRef::Order(household);
    let not_brought = |job: &Job| job.id == own && job.state() == JobState::Failed;
    let failed = stop.as_ref().is_some_and(|stop| stop.jobs.iter().any(not_brought));
    let failed = failed.then(|| view! { <p>{t::failed_next(lang)}</p> });
    let doubted = stop.as_ref().map(|stop| disputable(stop, household, scene.now)).unwrap_or_default();
    let several = stop.as_ref().is_some_and(|stop| stop.jobs.len() > 1);
    let doubts: Vec<_> = doubted
        .into_iter()
        .map(|(job, mark)| {
            let says = against(job.kind).iter().map(|says| {
                let fields = form(&[
                    (field::ACT, "dispute".into()),
                    (field::ABOUT, mark.text()),
                    (JOB, job_name(job.id)),
                    (field::SAYS, domain::json::word(says)),
                ]);
                let words = words::complaint(lang, *says, job.kind);
                view! { <form method="post" action="/act">{fields}<Submit>{words}</Submit></form> }
            });
            let buttons = says.collect_view();
            let which =
                several.then(|| view! { <p><b>{words::job(lang, job.kind)}</b> " " {job.text.clone()}</p> });
            view! { {which} <div class="pair">{buttons}</div> }
        })
        .collect();
    let dispute = (!doubts.is_empty()).then(|| {
        let ask = match reader {
            Reader::Household => t::is_this_right(lang),
            #[cfg(feature = "ssr")]
            Reader::Desk => t::do_they_say_wrong(lang),
        };
        view! { <p class="quiet">{ask}</p> {doubts} }
    });
    let me = scene.feed.me.actor().signed();
    let standing = domain::dispute::standing(&scene.facts_of(window.run), household, me);
    let undo = standing.zip(scene.community().places.door_of(household)).map(|(dispute, door)| {
        let fields =
            form(&[(field::ACT, "undo".into()), (DOOR, door.text()), (field::ABOUT, dispute.text())]);
        view! {
            <form method="post" action="/act">
                {fields}
                <Submit weight=Weight::Bare icon=ui::UNDO>{common::undo(lang)}</Submit>
            </form>
        }
    });
    let span = when.span(window.delivery_from, window.delivery_to);
    // Without an order somebody comes for something else.
    let heading = if order.is_some() { t::delivery(lang, &span) } else { t::visit(lang, &span) };
    // Nobody pays for what the server may still refuse.
    let paying = live.filter(|order| !marked && !scene.waits(order.head)).and_then(|_| pay(scene, window));
    view! {
        <section class="card">
            <h2>{heading}</h2>
            {live.map(|order| ordered(scene, window, order))}
            <Timeline moments/>
            {failed}
            {paying}
            {change}
            {again}
            {away}
            {dispute}
            {undo}
        </section>
    }
}

/// What is ordered, what it costs and how that is paid; whether it is, as soon as somebody has said so.
fn ordered(scene: &Scene, window: &Window, order: &Order) -> impl IntoView + use<> {
    let lang = scene.lang;
    let state = order.paid.or((window.payment == Payment::OnDelivery).then_some(PaidState::Unpaid));
    let state = state.filter(|_| window.payment != Payment::Free).map(|state| {
        view! { " · " <b>{paid(lang, state)}</b> }
    });
    let waiting =
        scene.waits(order.head).then(|| view! { <Note icon=ui::ON_PHONE>{t::order_waiting(lang)}</Note> });
    view! {
        <p><b>{words::basket(lang, scene.community(), &order.lines)}</b></p>
        <p>{t::total(lang)} " " <b>{money(lang, order.total())}</b> " · " {words::payment(lang, &window.payment)} {state}</p>
        <p class="small quiet">{t::when_missing(lang)} " · " {words::substitution(lang, order.substitution)}</p>
        {waiting}
    }
}

/// What was cancelled, where it can be ordered again just so.
fn restorable(scene: &Scene, window: &Window, order: &Order) -> Option<Draft> {
    let was = before_cancelling(order, &scene.facts_of(window.run))?;
    let draft = Draft::of(&was.lines, was.substitution);
    let lines = basket(&draft, scene.community(), window, None).ok()?;
    (lines == was.lines).then_some(draft)
}

fn need_card(
    scene: &Scene,
    (household, reader): (HouseholdId, Reader),
    need: &Need,
    story: &[Entry],
    next: &str,
    ids: FactIds<'_>,
) -> impl IntoView + use<> {
    let lang = scene.lang;
    let (name, icon) = words::category(lang, need.category);
    let (state, glyph) = words::need_state(lang, need.state, need.read.is_some());
    let state = if scene.waits(need.id) { t::waiting_to_send(lang) } else { state };
    let urgent = need.urgent.then(|| view! { <span class="tag danger">{facts::urgent_word(lang)}</span> });
    let moments = story
        .iter()
        .filter(|e| e.need == Some(need.id))
        .filter_map(|e| moment(scene, (household, reader), e))
        .collect();
    let mut form = |act: &str| {
        hidden(&[
            (field::ACT, act.to_owned()),
            (field::FACT, ids()),
            (field::HOUSEHOLD, household.text()),
            (field::ABOUT, need.id.text()),
            (field::NEXT, next.to_owned()),
        ])
    };
    let close = (need.open() && !scene.waits(need.id)).then(|| {
        let (words, weight) = match need.state {
            NeedState::Answered => (t::is_solved(lang), Weight::Wide),
            _ => (t::take_need_back(lang), Weight::Bare),
        };
        view! { <form method="post" action="/act">{form("close")}<Submit weight=weight>{words}</Submit></form> }
    });
    let reopen = matches!(need.state, NeedState::Answered | NeedState::Closed).then(|| {
        view! {
            <details>
                <summary class="btn bare">{t::not_solved(lang)}</summary>
                <form method="post" action="/act">
                    {form("reopen")}
                    <Field lang=lang name=field::TEXT form=need.id.text() label=t::what_is_missing(lang) kind=FieldKind::Words max_length=250/>
                    <Submit>{t::send_need(lang)}</Submit>
                </form>
            </details>
        }
    });
    view! {
        <section class="card">
            <div class="row">{icon.view()}<h3 class="grow">{name}</h3>{urgent}<State glyph=glyph word=state/></div>
            <Timeline moments/>
            {close}
            {reopen}
        </section>
    }
}

/// One entry of a story in the reader's words; nothing for steps that mean nothing to a household.
fn moment(scene: &Scene, (household, reader): (HouseholdId, Reader), entry: &Entry) -> Option<Moment> {
    let (lang, when, community) = (scene.lang, scene.when(), scene.community());
    let basket = |lines: &[Line]| words::basket(lang, community, lines);
    let waits = scene.waits(entry.fact);
    let (glyph, what, more) = match &entry.what {
        Event::Ordered(lines) => (Glyph::Open, t::ordered(lang).to_owned(), Some(basket(lines))),
        Event::OrderedAgain(lines) => (Glyph::Open, t::ordered_again(lang).to_owned(), Some(basket(lines))),
        Event::Changed(lines) => (Glyph::Open, t::changed(lang).to_owned(), Some(basket(lines))),
        Event::Cancelled => {
            (Glyph::Crossed, t::cancelled(lang).to_owned(), waits.then(|| t::cancel_order(lang).to_owned()))
        }
        Event::Refused(why) => {
            (Glyph::Crossed, t::refused(lang).to_owned(), Some(words::refusal(lang, community, why)))
        }
        Event::Planned(kind, text) => (
            Glyph::Open,
            words::job(lang, *kind).to_owned(),
            Some(if text.is_empty() { t::planned(lang).to_owned() } else { text.clone() }),
        ),
        Event::Marked(kind, outcome) => {
            let glyph = if outcome.succeeded() { Glyph::Full } else { Glyph::Crossed };
            let which = (*kind != JobKind::DeliverOrder).then(|| words::job(lang, *kind).to_owned());
            (glyph, words::outcome(lang, Some(community), outcome, kind.carries()), which)
        }
        Event::Undone(_) => (Glyph::None, t::undone(lang).to_owned(), None),
        Event::Away(true) => (Glyph::None, t::we_are_away(lang).to_owned(), None),
        Event::Away(false) => (Glyph::None, t::we_are_back(lang).to_owned(), None),
        Event::Disputed(kind, says) => {
            let which = (*kind != JobKind::DeliverOrder).then(|| words::job(lang, *kind).to_owned());
            (Glyph::Disputed, words::complaint(lang, *says, *kind).to_owned(), which)
        }
        Event::Paid(state) => (Glyph::None, paid(lang, *state).to_owned(), None),
        Event::Needed(_, text, channel) => {
            (Glyph::Open, text.clone(), words::channel(lang, *channel).map(str::to_owned))
        }
        Event::Step(step) => match step {
            Step::Read => return None,
            Step::Taken => (Glyph::Half, facts::need_taken(lang).to_owned(), None),
            Step::Answered(text) => (Glyph::Half, t::answer(lang, text), None),
            Step::Sorted(..) => (Glyph::None, t::step_sorted(lang).to_owned(), None),
            Step::Closed => (Glyph::Full, facts::need_closed(lang).to_owned(), None),
            Step::Reopened(text) => (Glyph::Open, facts::need_reopened(lang).to_owned(), Some(text.clone())),
        },
    };
    let (clock, late) = words::shown(&when, &entry.at);
    // Nothing is ordered, changed or cancelled before the server has it.
    let asks = matches!(
        entry.what,
        Event::Ordered(_) | Event::OrderedAgain(_) | Event::Changed(_) | Event::Cancelled
    );
    let waiting = waits.then(|| t::waiting_to_send(lang).to_owned());
    let (glyph, what, more, waiting) = match waiting {
        Some(waiting) if asks => (Glyph::None, waiting, more, None),
        waiting => (glyph, what, more, waiting),
    };
    let own = (reader == Reader::Household).then_some(household);
    let who = Some(words::who(lang, community, entry.by, own));
    let keyed = entry.keyed.map(|at| t::keyed_later(lang, &when.clock(at)));
    // The household's own page tells none, and its phone has no room for their words.
    #[cfg(feature = "ssr")]
    let flag = entry.flag.map(|flag| words::flag(lang, flag).to_owned());
    #[cfg(not(feature = "ssr"))]
    let flag = None;
    let detail: Vec<String> = [more, who, keyed.or(waiting).or(late), flag].into_iter().flatten().collect();
    Some(Moment {
        glyph,
        what,
        when: clock,
        exact: Some(when.exact(entry.at.at)),
        detail: Some(joined(&detail, " · ")),
    })
}

fn paid(lang: Lang, state: PaidState) -> &'static str {
    match state {
        PaidState::Paid => facts::paid(lang),
        PaidState::Unpaid => facts::unpaid(lang),
        PaidState::RefundDue => facts::refund_due(lang),
    }
}

/// Whether a fact is about the household's own things: what its page folds.
#[must_use]
pub fn concerns(body: &Body, household: HouseholdId) -> bool {
    match body {
        Body::Order(set) => set.household == household,
        Body::Need(need) => need.household == household,
        Body::NeedStep(step) => step.household == household,
        _ => true,
    }
}
