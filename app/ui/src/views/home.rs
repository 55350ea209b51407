//! The resident's first page: what comes next, and the two things to do.

use crate::prelude::*;
use domain::community::Settings;
use domain::fact::Body;
use domain::form::field;
use domain::job::JobRef;
use domain::outbox::{Kept, to_call_about};
use domain::text::{Text, joined, text};
use domain::window::{Phase, Window};
use domain::{HouseholdId, Lang, NoticeId};

use crate::components::markup::IntoMarkup;

use super::scene::{FactIds, Scene};
use super::words;
use crate::components::action::{ButtonLink, RowLink, Submit, Weight};
use crate::components::icon::ui;
use crate::components::layout::Calls;
use crate::components::message::{Empty, NotSent};
use crate::locales::format::span;
use crate::locales::resident as t;

/// What comes next and the two things to do.
pub fn home(scene: &Scene) -> impl IntoView + use<> {
    let open = scene.needs().iter().filter(|need| need.open()).count();
    home_with(scene, u32::try_from(open).unwrap_or(u32::MAX))
}

/// The same where somebody has counted the open needs already: the scene need not hold them.
pub fn home_with(scene: &Scene, open_needs: u32) -> impl IntoView + use<> {
    let lang = scene.lang;
    let household = scene.feed.household();
    let windows = scene.windows();
    let takes_orders = windows.iter().any(|window| window.phase(scene.now) == Phase::Open);
    let need_weight = if takes_orders { Weight::Wide } else { Weight::Main };
    let state =
        if open_needs == 0 { t::nothing_open(lang).to_owned() } else { t::open_needs(lang, open_needs) };
    let unseen = unseen(scene, household).len();
    let new = u32::try_from(unseen).ok().filter(|count| *count > 0).map(|count| t::new_count(lang, count));
    let coming: Vec<_> = windows.iter().filter_map(|window| next(scene, window, household)).collect();
    let nothing = coming.is_empty().then(|| {
        view! { <div class="card"><p class="lead">{t::no_window(lang)}</p><p>{t::no_window_more(lang)}</p></div> }
    });
    view! {
        {nothing}
        {coming.into_iter().collect_view()}
        <ButtonLink href="/need" weight=need_weight icon=ui::SPEAK onwards=true>{t::i_need_something(lang)}</ButtonLink>
        <div class="rows">
            <RowLink href="/household" icon=ui::HOME title=t::my_household(lang) detail=state/>
            {match new {
                Some(new) => view! { <RowLink href="/notices" icon=ui::BELL title=t::notices(lang) tag=new/> }.markup(),
                None => view! { <RowLink href="/notices" icon=ui::BELL title=t::notices(lang)/> }.markup(),
            }}
            <RowLink href="/phones" icon=ui::ON_PHONE title=t::this_phone(lang)/>
        </div>
    }
}

/// The card of a window: until when to order and the way there, or when the delivery comes; and what was ordered.
fn next(scene: &Scene, window: &Window, household: Option<HouseholdId>) -> Option<impl IntoView + use<>> {
    let (lang, when) = (scene.lang, scene.when());
    let delivery = t::delivery(lang, &when.span(window.delivery_from, window.delivery_to));
    let order = household.and_then(|h| scene.order(h, window.run)).filter(|order| !order.cancelled());
    let turned_out = order.as_ref().and_then(|order| {
        let job = JobRef::Order(order.household);
        let stop = scene.stop_of(order.household, window.run)?;
        let mark = stop.jobs.into_iter().find(|known| known.id == job)?.marks.pop()?;
        Some(words::outcome(lang, Some(scene.community()), &mark.outcome, true))
    });
    let (mut until, mut action) = (None, None);
    match window.phase(scene.now) {
        Phase::Open => {
            let left = span(lang, when.minutes_left(window.closes));
            until = Some(t::order_until(lang, &when.at(window.closes), &left));
            let href = text!("/order?run={}", window.run);
            let (words, weight) = match order {
                Some(_) => (t::change_order(lang), Weight::Wide),
                None => (t::order_food(lang), Weight::Main),
            };
            action = Some(
                view! { <ButtonLink href=href weight=weight icon=ui::BASKET onwards=true>{words}</ButtonLink> },
            );
        }
        Phase::Announced => until = Some(t::opens_at(lang, &when.at(window.opens))),
        Phase::Grace | Phase::Closing | Phase::Sealed if order.is_some() && window.delivering(scene.now) => {}
        _ => return None,
    }
    let basket = order.map(|order| {
        let waiting = scene.waits(order.head);
        let basket = words::basket(lang, scene.community(), &order.lines);
        view! {
            <p>{if waiting { basket } else { t::your_order(lang, &basket) }}</p>
            {waiting.then(|| view! { <p class="small"><b>{t::order_waiting(lang)}</b></p> })}
        }
    });
    Some(view! {
        <section class="card">
            <h2 class="lead">{delivery}</h2>
            {until.map(|until| view! { <p>{until}</p> })}
            {basket}
            {turned_out.map(|how| view! { <p><b>{how}</b></p> })}
            {word_with(window, lang)}
            {action}
        </section>
    })
}

/// What the desk says with a window.
pub(super) fn word_with(window: &Window, lang: Lang) -> Option<impl IntoView + use<>> {
    window.said(lang).map(|said| view! { <p class="quiet words">{said.to_owned()}</p> })
}

/// The whole screen while an urgent or medical need of this phone has not reached the desk, whoever made it: until the
/// server has said that it has it. `cut_off`: the server does not answer, so there is nothing to wait for. One that was
/// refused stands above every page for a day.
pub fn alarm(
    scene: Option<&Scene>,
    kept: &[Kept],
    lang: Lang,
    cut_off: bool,
) -> Option<impl IntoView + use<>> {
    let about = to_call_about(kept, scene.map(|scene| scene.now), cut_off)?;
    let Body::Need(need) = &about.fact.body else { return None };
    let refused = !about.waiting();
    // Without a feed the page's own foot knows the community's number.
    let settings = scene.map(|scene| &scene.community().settings);
    let number = |of: fn(&Settings) -> &String| settings.map(|known| of(known).clone()).unwrap_or_default();
    let emergency = settings.map_or_else(|| "120".to_owned(), |known| known.emergency.clone());
    let calls = Calls { community: number(|known| &known.hotline), emergency };
    let what = need.text.clone();
    let place = scene.filter(|_| cfg!(feature = "field"));
    let place = place.and_then(|scene| words::home(lang, scene.community(), need.household));
    let place = place.map(|(room, stairs)| joined(&[stairs, room], " ")).unwrap_or_default();
    Some(view! { <NotSent lang about=about.fact.id.text() what place calls refused/> })
}

/// Notices this household has not said it has seen.
fn unseen(scene: &Scene, household: Option<HouseholdId>) -> Vec<NoticeId> {
    let seen = |notice: NoticeId| {
        scene.facts().iter().any(|stamped| {
            matches!(&stamped.fact.body, Body::Seen(seen) if seen.notice == notice && Some(seen.household) == household)
        })
    };
    scene.community().notices.keys().copied().filter(|notice| !seen(*notice)).collect()
}

/// All notices for this household, the newest first.
pub fn notices(scene: &Scene, ids: FactIds<'_>) -> impl IntoView + use<> {
    let (lang, when) = (scene.lang, scene.when());
    let household = scene.feed.household();
    let unseen = unseen(scene, household);
    let mut notices: Vec<_> = scene.community().notices.values().cloned().collect();
    domain::small::sort_by_key(&mut notices, |notice| std::cmp::Reverse((notice.from, notice.id)));
    if notices.is_empty() {
        return view! { <Empty icon=ui::BELL title=t::no_notices(lang)><p>{t::no_notices_more(lang)}</p></Empty> }.markup();
    }
    let list = notices.into_iter().map(|notice| {
        let new = unseen.contains(&notice.id).then(|| {
            let fields = hidden(&[
                (field::ACT, "seen".into()),
                (field::FACT, ids()),
                (field::HOUSEHOLD, household.map(|h| h.text()).unwrap_or_default()),
                (field::ABOUT, notice.id.text()),
                (field::NEXT, "/notices".into()),
            ]);
            view! { <form method="post" action="/act">{fields}<Submit weight=Weight::Wide>{t::seen_it(lang)}</Submit></form> }
        });
        view! {
            <article class="card">
                <p class="small quiet">{when.at(notice.from)}</p>
                <p class="words">{notice.text.in_lang(lang).to_owned()}</p>
                {new}
            </article>
        }
    });
    list.collect_view().markup()
}

/// Hidden fields of a form.
pub fn hidden(fields: &[(&'static str, String)]) -> impl IntoView + use<> {
    fields
        .iter()
        .map(|(name, value)| view! { <input type="hidden" name=*name value=value.clone()/> })
        .collect_view()
}
