//! What this phone still holds: what waits, what was not accepted and why, in words.

use crate::prelude::*;
use domain::fact::{Body, Verdict};
use domain::feed::Feed;
use domain::outbox::{Kept, State as Standing};
use domain::places::Door;
use domain::text::joined;
use domain::wire::Refusal;
use domain::{DoorId, HouseholdId, Lang};

use crate::components::markup::{IntoMarkup, Markup};

use super::scene::Scene;
use super::words;
use crate::components::action::{Act, ButtonLink, Weight};
use crate::components::glyph::{Glyph, State};
use crate::components::icon::ui;
use crate::components::message::{Empty, Note, Tone};
#[cfg(any(feature = "ssr", feature = "field"))]
use crate::locales::facts;
use crate::locales::field as t;
use crate::locales::when::When;

/// Which way back, and whether signing in is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Around {
    /// Where "back" leads.
    pub home: &'static str,
    /// The server does not know this phone any more.
    pub signed_out: bool,
}

/// The page. `scene` is missing where a phone holds facts but no feed (any more).
pub fn outbox(scene: Option<&Scene>, kept: &[Kept], lang: Lang, around: Around) -> Markup {
    let waiting: Vec<&Kept> = kept.iter().filter(|kept| kept.waiting()).collect();
    let aside: Vec<&Kept> = kept.iter().filter(|kept| troubled(kept)).collect();
    let told: Vec<&Kept> = kept.iter().filter(|kept| !kept.waiting() && !troubled(kept)).collect();
    let out = around.signed_out.then(|| signed_out(lang));
    if waiting.is_empty() && aside.is_empty() && told.is_empty() {
        return view! {
            {out}
            <Empty icon=ui::SEND title=t::outbox_empty(lang)>
                <p>{t::outbox_empty_more(lang)}</p>
                <ButtonLink href=around.home>{crate::locales::common::back(lang)}</ButtonLink>
            </Empty>
        }
        .markup();
    }
    let count = u32::try_from(waiting.len()).unwrap_or(u32::MAX);
    let lead = (count > 0).then(|| {
        view! {
            <h2>{t::outbox_waiting(lang, count)}</h2>
            <p>{t::outbox_lead(lang)}</p>
        }
    });
    let send = (count > 0).then(|| {
        view! {
            <Act>
                <button class=Weight::Wide.class() name="send">{ui::SEND.view()} {t::send_now(lang)}</button>
            </Act>
        }
    });
    view! {
        {out}
        {lead}
        {list(scene, &waiting, lang)}
        {(!aside.is_empty()).then(|| view! { <h2>{t::outbox_refused(lang)}</h2> })}
        {list(scene, &aside, lang)}
        {(!told.is_empty()).then(|| view! { <h2>{t::outbox_sent(lang)}</h2> })}
        {list(scene, &told, lang)}
        {send}
    }
    .markup()
}

fn troubled(kept: &Kept) -> bool {
    // A flag is said beside what was taken all the same.
    matches!(kept.state, Standing::OtherContent | Standing::Stored { verdict: Verdict::Refused(_), .. })
}

fn list(scene: Option<&Scene>, kept: &[&Kept], lang: Lang) -> impl IntoView + use<> {
    // Newest first: that is what somebody looks for.
    let rows: Vec<Markup> = kept.iter().rev().map(|kept| row(scene, kept, lang)).collect();
    (!rows.is_empty()).then(|| view! { <ul class="rows">{rows}</ul> })
}

fn row(scene: Option<&Scene>, kept: &Kept, lang: Lang) -> Markup {
    let feed = scene.map(|scene| &scene.feed);
    let what = what(feed, &kept.fact.body, lang);
    let when = scene.map(|scene| {
        let when: When = scene.when();
        when.at(kept.fact.made.shown(scene.now).at)
    });
    let other = scene
        .filter(|scene| scene.feed.me.actor().signed() != kept.by)
        .map(|scene| t::somebody_else(lang, &words::who(lang, scene.community(), kept.by, None)));
    let (glyph, word, trouble) = standing(scene, &kept.state, lang);
    let details: Vec<String> = when.into_iter().chain(other).collect();
    view! {
        <li>
            <div class="row">
                <div class="grow">
                    <b>{what}</b>
                    <p>{joined(&details, " · ")}</p>
                </div>
                <State glyph word=word/>
            </div>
            {trouble.map(|trouble| view! { <Note tone=Tone::Warn>{trouble}</Note> })}
        </li>
    }
    .markup()
}

fn standing(scene: Option<&Scene>, state: &Standing, lang: Lang) -> (Glyph, &'static str, Option<String>) {
    match state {
        Standing::Waiting => (Glyph::Open, "", None),
        Standing::OtherContent => {
            let more = t::outbox_other_content_more(lang).to_owned();
            (Glyph::Disputed, t::outbox_other_content(lang), Some(more))
        }
        Standing::Stored { verdict: Verdict::Taken, .. } => (Glyph::Full, t::outbox_sent(lang), None),
        Standing::Stored { verdict: Verdict::Flagged(flag), .. } => {
            let flag = Some(words::flag(lang, *flag).to_owned()).filter(|words| !words.is_empty());
            (Glyph::Full, t::outbox_sent(lang), flag)
        }
        Standing::Stored { verdict: Verdict::Refused(refusal), .. } => {
            (Glyph::Crossed, t::outbox_refused(lang), Some(why(scene, refusal, lang)))
        }
    }
}

fn why(scene: Option<&Scene>, refusal: &Refusal, lang: Lang) -> String {
    match scene {
        Some(scene) => words::refusal(lang, scene.community(), refusal),
        None => t::outbox_refused(lang).to_owned(),
    }
}

/// A door's name in the list: whoever walks a round meets the same number in every unit.
#[cfg(any(feature = "ssr", feature = "field"))]
fn named(feed: Option<&Feed>, door: &Door, lang: Lang) -> String {
    let building = feed.and_then(|feed| feed.community.places.buildings.get(&door.building));
    let stairs = building.map(|building| facts::building_unit(lang, &building.label.0, door.spot.unit));
    let parts: Vec<String> = stairs.into_iter().chain([door.spot.room.0.clone()]).collect();
    joined(&parts, " ")
}

/// A household knows its door by its number.
#[cfg(not(any(feature = "ssr", feature = "field")))]
fn named(_: Option<&Feed>, door: &Door, _: Lang) -> String {
    door.spot.room.0.clone()
}

/// What a fact says, in a few words.
fn what(feed: Option<&Feed>, body: &Body, lang: Lang) -> String {
    let room = |door: DoorId| {
        let door = feed.and_then(|feed| feed.community.places.doors.get(&door));
        door.map_or_else(|| "?".to_owned(), |door| named(feed, door, lang))
    };
    let home = |household: HouseholdId| {
        feed.and_then(|feed| feed.community.places.door_of(household)).map_or_else(|| "?".to_owned(), room)
    };
    match body {
        // A household's phone has no room for the words of rounds: whoever walks one reads them on their own page.
        #[cfg(any(feature = "ssr", feature = "field"))]
        Body::Mark(mark) => {
            let community = feed.map(|feed| &feed.community);
            let mut outcomes: Vec<String> =
                mark.jobs.iter().map(|(_, outcome)| words::outcome(lang, community, outcome, true)).collect();
            outcomes.dedup();
            t::fact_mark(lang, &room(mark.door), &joined(&outcomes, ", "))
        }
        Body::Retract(retract) => t::fact_undo(lang, &room(retract.door)),
        #[cfg(any(feature = "ssr", feature = "field"))]
        Body::Load(load) => t::fact_load(lang, load.taken, load.returned),
        Body::Need(report) => {
            t::fact_need(lang, &home(report.household), words::category(lang, report.category).0)
        }
        Body::Order(set) => t::fact_order(lang, &home(set.household)),
        #[cfg(any(feature = "ssr", feature = "field"))]
        Body::Paid(paid) => t::fact_paid(lang, &home(paid.household)),
        #[cfg(any(feature = "ssr", feature = "field"))]
        Body::HandOver(_) => t::fact_hand_over(lang).to_owned(),
        #[cfg(any(feature = "ssr", feature = "field"))]
        Body::TookOver(_) => t::fact_took_over(lang).to_owned(),
        _ => t::fact_other(lang).to_owned(),
    }
}

/// A note for whoever is signed out but still has a round on the phone.
pub fn signed_out(lang: Lang) -> impl IntoView {
    view! {
        <Note tone=Tone::Warn live=true>
            <p>{t::signed_out(lang)}</p>
            <ButtonLink href="/signin">{t::sign_in_again(lang)}</ButtonLink>
        </Note>
    }
}
