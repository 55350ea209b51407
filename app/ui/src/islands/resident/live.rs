//! What lives in a resident's page. The server's page stays as it is until this phone knows more: facts that wait, a
//! newer feed, or no page at all (a shell). Forms are taken here, saved, and sent by the outbox; if nothing can be
//! saved the browser submits them as if there were no script.

use std::cell::RefCell;

use domain::draft::Draft;
use domain::form::{Fields, FormFault, basket, field, of_household};
use domain::{HouseholdId, Lang, Millis, RunId};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use super::ResidentPage;
use crate::components::markup::IntoMarkup;
use crate::components::message::OutboxStrip;
use crate::components::progress::Skeleton;
use crate::islands::edge;
use crate::outbox::{self, Known, Link};
use crate::prelude::*;
use crate::views::outbox::Around;
use crate::views::scene::Scene;
use crate::views::{home, household, need, order, words};

/// The page that reviews an order, where there is no script.
const REVIEW: &str = "/order/review";

/// Where somebody is on a page that has several steps.
enum Step {
    /// As it came.
    Fresh,
    /// Filling in, with what is wrong so far.
    Filling(Fields, Option<FormFault>),
    /// Looking at the basket before it is sent.
    Review(Draft, RunId),
}

struct Live {
    lang: Lang,
    page: ResidentPage,
    as_of: Option<Millis>,
    step: Step,
    /// Somebody has begun to fill in.
    touched: bool,
    /// Something is being saved, or the page is leading on.
    busy: bool,
    /// What the phone knows has been looked at once.
    looked: bool,
    /// The phone draws; the server's page does not come back.
    draws: bool,
}

thread_local! {
    static LIVE: RefCell<Live> = const { RefCell::new(Live {
        lang: Lang::Zh,
        page: ResidentPage::Home,
        as_of: None,
        step: Step::Fresh,
        touched: false,
        busy: false,
        looked: false,
        draws: false,
    }) };
}

/// Begins; gives what is to be called when the phone knows more.
pub(in crate::islands) fn begin(lang: Lang, page: ResidentPage, as_of: Option<Millis>) -> fn() {
    let page = match page {
        // One shell serves every window; which one was asked for stands in the address.
        ResidentPage::Order(None) => ResidentPage::Order(edge::asked("run")),
        page => page,
    };
    LIVE.with_borrow_mut(|live| (live.lang, live.page, live.as_of) = (lang, page, as_of));
    edge::listen("submit", |event| submitted(&event));
    edge::listen("input", |_| LIVE.with_borrow_mut(|live| live.touched = true));
    edge::listen("change", |event| {
        LIVE.with_borrow_mut(|live| live.touched = true);
        count_along(&event);
    });
    if page == ResidentPage::Outbox {
        edge::listen("click", |event| {
            if edge::pressed(&event, "send") {
                outbox::send_now();
            }
        });
    }
    changed
}

fn changed() {
    let (above, drawn) = outbox::with(|known| {
        let scene = known.scene.as_ref();
        LIVE.with_borrow_mut(|live| {
            let alarm = home::alarm(scene, &known.kept, live.lang, known.stuck || known.link != Link::Online);
            let (lang, waiting) = (live.lang, known.waiting());
            let refused = known.refused_lately();
            let strip = (live.page != ResidentPage::Outbox)
                .then(|| view! { <OutboxStrip lang waiting refused href="/outbox"/> });
            let above = view! { {alarm} {strip} }.html();
            // A page with a form is not drawn again under somebody's fingers.
            if live.touched && (live.looked || live.as_of.is_some()) {
                return (above, None);
            }
            live.looked = scene.is_some();
            live.draws |= scene.is_some_and(|scene| {
                live.as_of.is_none_or(|as_of| scene.feed.as_of > as_of) || !scene.pending.is_empty()
            });
            live.draws |= live.page == ResidentPage::Outbox && known.read;
            (above, draw(live, known))
        })
    });
    edge::put("above", &above);
    edge::put_drawn(drawn);
}

fn go_to(step: Step) {
    let drawn = outbox::with(|known| {
        LIVE.with_borrow_mut(|live| {
            live.draws |= !matches!(step, Step::Fresh);
            live.step = step;
            draw(live, known)
        })
    });
    edge::put_drawn(drawn);
}

fn draw(live: &Live, known: &Known) -> Option<String> {
    let scene = known.scene.as_ref();
    if let (None, Some(scene)) = (live.as_of, scene) {
        let own = scene.feed.household().and_then(|own| words::home(scene.lang, scene.community(), own));
        let (plate, detail) = own.unwrap_or_default();
        edge::door(&plate, &detail);
    }
    if live.draws && live.page == ResidentPage::Outbox {
        // It holds facts even where there is no feed (any more).
        let around = Around { home: "/", signed_out: known.link == Link::SignedOut };
        return Some(crate::views::outbox::outbox(scene, &known.kept, live.lang, around).html());
    }
    scene.filter(|_| live.draws).map(|scene| drawn(scene, live))
}

/// The page drawn from what the phone knows, by the views the server draws with.
fn drawn(scene: &Scene, live: &Live) -> String {
    let Some(own) = scene.feed.household() else {
        return view! { <Skeleton lang=scene.lang lines=4/> }.html();
    };
    // The outbox names the facts when they are made.
    let ids = &mut String::new;
    match live.page {
        ResidentPage::Home => home::home(scene).html(),
        ResidentPage::Notices => home::notices(scene, ids).html(),
        ResidentPage::Household => household::household(scene, own, ids).html(),
        ResidentPage::Need => {
            let none = Fields::default();
            let (typed, fault) = match &live.step {
                Step::Filling(typed, fault) => (typed, fault.as_ref()),
                Step::Fresh | Step::Review(..) => (&none, None),
            };
            need::need(scene, own, need::by_own_phone(), typed, fault, String::new(), need::SENT).html()
        }
        ResidentPage::Order(asked) => ordering(scene, own, asked, &live.step),
        ResidentPage::Outbox => String::new(),
    }
}

fn ordering(scene: &Scene, own: HouseholdId, asked: Option<RunId>, step: &Step) -> String {
    let window = order::window_to_order(scene, own, asked);
    let boxes =
        |window, draft: Option<&Draft>, fault| order::order(scene, own, window, draft, fault, REVIEW).html();
    match step {
        Step::Review(draft, run) => match scene.community().windows.get(run) {
            Some(window) => order::review(scene, own, window, draft, "", "/household", "/order").html(),
            None => boxes(None, None, None),
        },
        Step::Filling(typed, fault) => boxes(window, Some(&typed.draft()), fault.as_ref()),
        Step::Fresh => boxes(window, None, None),
    }
}

/// Takes a form: the steps of ordering stay on the page, everything that acts becomes facts.
fn submitted(event: &JsValue) {
    let action = edge::action_of(event);
    if !matches!(action.as_str(), "/order" | REVIEW | "/act") || outbox::with(|known| known.scene.is_none()) {
        return;
    }
    let held = edge::Held::of(event);
    let fields = outbox::take_form(event);
    if LIVE.with_borrow(|live| live.busy) {
        // The second tap of a double tap: the first one is being saved, or is leading on.
        return;
    }
    match action.as_str() {
        "/order" => go_to(Step::Filling(fields, None)),
        REVIEW => {
            go_to(outbox::with(|known| known.scene.as_ref().map_or(Step::Fresh, |s| reviewed(s, &fields))));
        }
        _ => {
            let named = fields.get(field::FACT).and_then(|id| id.parse().ok());
            let id = named.unwrap_or_else(outbox::new_id);
            let made = outbox::with(|known| {
                known.scene.as_ref().map(|scene| of_household(&fields, id, scene.community()))
            });
            match made {
                None => {}
                Some(Err(fault)) => go_to(Step::Filling(fields, Some(fault))),
                Some(Ok(bodies)) => {
                    let facts = (0..).zip(bodies).map(|(n, body)| (id.continued(n), body)).collect();
                    let next = fields.get(field::NEXT).unwrap_or("/").to_owned();
                    let page = LIVE.with_borrow_mut(|live| {
                        live.busy = true;
                        live.page
                    });
                    spawn_local(async move {
                        let saved = outbox::save_named(facts).await.is_ok();
                        if saved && next != page.path() {
                            return edge::go(&next);
                        }
                        LIVE.with_borrow_mut(|live| {
                            live.busy = false;
                            if saved {
                                (live.touched, live.step) = (false, Step::Fresh);
                            }
                        });
                        if saved { changed() } else { held.submit() }
                    });
                    return;
                }
            }
        }
    }
    edge::to_fault_or_top();
}

fn reviewed(scene: &Scene, fields: &Fields) -> Step {
    let draft = fields.draft();
    let run = fields.read::<RunId>(field::RUN).ok();
    let Some(window) = run.and_then(|run| scene.community().windows.get(&run)) else {
        return Step::Filling(fields.clone(), None);
    };
    let standing = scene.feed.household().and_then(|own| scene.order(own, window.run));
    match basket(&draft, scene.community(), window, standing.as_ref()) {
        Ok(_) => Step::Review(draft, window.run),
        Err(fault) => Step::Filling(fields.clone(), Some(fault)),
    }
}

/// While boxes are chosen, the button says how many and what they cost.
fn count_along(event: &JsValue) {
    if !LIVE.with_borrow(|live| matches!(live.page, ResidentPage::Order(_))) {
        return;
    }
    let fields = edge::form_around(event);
    outbox::with(|known| {
        let Some(scene) = &known.scene else { return };
        let run = fields.read::<RunId>(field::RUN).ok();
        if let Some(window) = run.and_then(|run| scene.community().windows.get(&run)) {
            edge::say("sum", &order::sum_words(scene, window, &fields.draft()));
        }
    });
}
