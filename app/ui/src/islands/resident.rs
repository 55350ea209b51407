//! The resident's pages on the phone. The server's page stays as it is until this phone knows more: facts that wait,
//! a newer feed, or no page at all (a shell). Forms are taken here, saved, and sent by the outbox; if nothing can be
//! saved the browser submits them as if there were no script.

use domain::draft::Draft;
use domain::form::{Fields, FormFault, bodies, field};
use domain::need::Channel;
use domain::{HouseholdId, Lang, Millis, RunId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use super::listen;
use super::{give_way, sticky};
use crate::components::markup::IntoMarkup;
use crate::components::message::OutboxStrip;
use crate::components::progress::Skeleton;
use crate::outbox::{self, Link, Phone};
use crate::views::scene::Scene;
use crate::views::{home, household, need, order};

/// Which of the resident's pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ResidentPage {
    /// The first page.
    Home,
    /// Boxes on offer, and the review; in which window, if one was asked for.
    Order(Option<RunId>),
    /// My household.
    Household,
    /// I need something.
    Need,
    /// Notices.
    Notices,
}

impl ResidentPage {
    /// Its address.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Self::Home => "/",
            Self::Order(_) => "/order",
            Self::Household => "/household",
            Self::Need => "/need",
            Self::Notices => "/notices",
        }
    }
}

/// The page that reviews an order, where there is no script.
const REVIEW: &str = "/order/review";

/// Where somebody is on a page that has several steps.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    /// As it came.
    Fresh,
    /// Filling in, with what is wrong so far.
    Filling(Fields, Option<FormFault>),
    /// Looking at the basket before it is sent.
    Review(Draft, RunId),
}

/// A resident's page. `as_of` is the time of the server's page inside; `None` in a shell.
#[island]
pub fn Resident(
    /// The reader's language.
    lang: Lang,
    /// Which page.
    page: ResidentPage,
    /// When the server rendered it.
    as_of: Option<Millis>,
    /// The server's page, or a skeleton.
    children: Children,
) -> impl IntoView {
    let phone = outbox::phone(None, as_of.unwrap_or_default(), lang);
    let step = RwSignal::new(Step::Fresh);
    let touched = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let shown = RwSignal::new(None::<Scene>);
    // A page with a form is not drawn again under somebody's fingers.
    Effect::new(move |_| {
        let scene = phone.scene.get();
        if !(touched.get_untracked() && shown.with_untracked(Option::is_some)) {
            shown.set(scene);
        }
    });
    let served = NodeRef::<leptos::html::Div>::new();
    let live = sticky(move || {
        step.with(|step| *step != Step::Fresh)
            || shown.with(|scene| {
                scene.as_ref().is_some_and(|scene| {
                    as_of.is_none_or(|as_of| scene.feed.as_of > as_of) || !scene.pending.is_empty()
                })
            })
    });
    listen::on("submit", move |event| submitted(&event, phone, page, step, (touched, busy)));
    listen::on("input", move |_| touched.set(true));
    listen::on("change", move |event| {
        touched.set(true);
        count_along(&event, phone, page);
    });
    give_way(served, live);
    view! {
        <div class="live">
            <div class="served" inner_html=move || above(phone)></div>
            <div class="served" node_ref=served>{children()}</div>
            <div class="served" inner_html=move || {
                let drawn = || shown.with(|scene| scene.as_ref().map(|scene| drawn(scene, page, step)));
                live.get().then(drawn).flatten().unwrap_or_default()
            }></div>
        </div>
    }
}

/// What stands above every page: the alarm while something urgent is unsent, and what this phone still holds.
fn above(phone: Phone) -> String {
    let unsent = phone.link.get() != Link::Online;
    let alarm = phone
        .scene
        .with(|scene| scene.as_ref().filter(|_| unsent).and_then(home::alarm).map(IntoMarkup::html));
    let strip = view! { <OutboxStrip lang=phone.lang waiting=phone.waiting() href="/outbox"/> }.html();
    alarm.unwrap_or_default() + &strip
}

/// The page drawn from what the phone knows, by the views the server draws with.
fn drawn(scene: &Scene, page: ResidentPage, step: RwSignal<Step>) -> String {
    let Some(own) = scene.feed.household() else {
        return view! { <Skeleton lang=scene.lang lines=4/> }.html();
    };
    // The outbox names the facts when they are made.
    let ids = &mut String::new;
    match page {
        ResidentPage::Home => home::home(scene).html(),
        ResidentPage::Notices => home::notices(scene, ids).html(),
        ResidentPage::Household => household::household(scene, own, ids).html(),
        ResidentPage::Need => step.with(|step| {
            let (typed, fault) = match step {
                Step::Filling(typed, fault) => (typed.clone(), fault.clone()),
                Step::Fresh | Step::Review(..) => (Fields::default(), None),
            };
            need::need(scene, own, Channel::App, &typed, fault.as_ref(), String::new(), "/household").html()
        }),
        ResidentPage::Order(asked) => step.with(|step| ordering(scene, own, asked, step)),
    }
}

fn ordering(scene: &Scene, own: HouseholdId, asked: Option<RunId>, step: &Step) -> String {
    let window = order::window_to_order(scene, asked);
    match (step, window) {
        (Step::Review(draft, run), _) => match scene.community().windows.get(run) {
            Some(window) => order::review(scene, own, window, draft, "", "/household", "/order").html(),
            None => order::order(scene, own, None, None, None, REVIEW).html(),
        },
        (Step::Filling(typed, fault), window) => {
            order::order(scene, own, window, Some(&typed.draft()), fault.as_ref(), REVIEW).html()
        }
        (Step::Fresh, window) => order::order(scene, own, window, None, None, REVIEW).html(),
    }
}

/// Takes a form: the steps of ordering stay on the page, everything that acts becomes facts.
fn submitted(
    event: &leptos::ev::Event,
    phone: Phone,
    page: ResidentPage,
    step: RwSignal<Step>,
    (touched, busy): (RwSignal<bool>, RwSignal<bool>),
) {
    let Some(scene) = phone.scene.get_untracked() else { return };
    let action = browser::action_of(event);
    if !matches!(action.as_str(), "/order" | "/order/review" | "/act") {
        return;
    }
    let sent = browser::Sent::of(event);
    let fields = outbox::take_form(event);
    if busy.get_untracked() {
        // The second tap of a double tap: the first one is being saved, or is leading on.
        return;
    }
    match action.as_str() {
        "/order" => step.set(Step::Filling(fields, None)),
        "/order/review" => step.set(reviewed(&scene, fields)),
        _ => {
            let named = fields.get(field::FACT).and_then(|id| id.parse().ok());
            let id = named.unwrap_or_else(|| phone.new_id());
            match bodies(&fields, id, scene.community()) {
                Err(fault) => step.set(Step::Filling(fields, Some(fault))),
                Ok(bodies) => {
                    let facts = (0..).zip(bodies).map(|(n, body)| (id.continued(n), body)).collect();
                    let next = fields.get(field::NEXT).unwrap_or("/").to_owned();
                    busy.set(true);
                    spawn_local(async move {
                        match phone.save_named(facts).await {
                            Ok(()) if next == page.path() => {
                                touched.set(false);
                                step.set(Step::Fresh);
                                busy.set(false);
                            }
                            Ok(()) => browser::go(&next),
                            Err(outbox::NotSaved) => {
                                busy.set(false);
                                sent.send();
                            }
                        }
                    });
                    return;
                }
            }
        }
    }
    browser::to_top();
}

fn reviewed(scene: &Scene, fields: Fields) -> Step {
    let draft = fields.draft();
    let run = fields.read::<RunId>(field::RUN).ok();
    let Some(window) = run.and_then(|run| scene.community().windows.get(&run)) else {
        return Step::Filling(fields, None);
    };
    let (lines, faults) = draft.lines(scene.community(), window);
    if !faults.is_empty() {
        Step::Filling(fields, Some(FormFault::Basket(faults)))
    } else if lines.is_empty() {
        Step::Filling(fields, Some(FormFault::NoBoxes))
    } else {
        Step::Review(draft, window.run)
    }
}

/// While boxes are chosen, the button says how many and what they cost.
fn count_along(event: &leptos::ev::Event, phone: Phone, page: ResidentPage) {
    if !matches!(page, ResidentPage::Order(_)) {
        return;
    }
    let fields = browser::form_around(event);
    phone.scene.with_untracked(|scene| {
        let Some(scene) = scene else { return };
        let window =
            fields.read::<RunId>(field::RUN).ok().and_then(|run| scene.community().windows.get(&run));
        if let Some(window) = window {
            browser::say("sum", &order::sum_words(scene, window, &fields.draft()));
        }
    });
}

/// What the browser offers; nothing of it exists on the server.
mod browser {
    use domain::form::Fields;
    use leptos::ev::Event;

    #[cfg(feature = "hydrate")]
    mod edge {
        use wasm_bindgen::prelude::*;

        #[wasm_bindgen(module = "/src/islands/page.js")]
        extern "C" {
            pub(super) fn form_around(event: &JsValue) -> String;
            pub(super) fn action_of(event: &JsValue) -> String;
            pub(super) fn say(name: &str, words: &str);
            pub(super) fn send_form(form: &JsValue);
            pub(super) fn go(path: &str);
            pub(super) fn to_top();
        }
    }

    /// The form that was submitted, to let the server have it after all.
    pub(super) struct Sent {
        #[cfg(feature = "hydrate")]
        form: Option<leptos::web_sys::EventTarget>,
    }

    impl Sent {
        #[cfg(feature = "hydrate")]
        pub(super) fn of(event: &Event) -> Self {
            Self { form: event.target() }
        }
        #[cfg(not(feature = "hydrate"))]
        pub(super) fn of(_: &Event) -> Self {
            Self {}
        }

        pub(super) fn send(self) {
            #[cfg(feature = "hydrate")]
            if let Some(form) = self.form {
                edge::send_form(&form);
            }
        }
    }

    #[cfg(feature = "hydrate")]
    pub(super) fn form_around(event: &Event) -> Fields {
        domain::json::read(&edge::form_around(event)).map(Fields).unwrap_or_default()
    }
    #[cfg(not(feature = "hydrate"))]
    pub(super) fn form_around(_: &Event) -> Fields {
        Fields::default()
    }

    #[cfg(feature = "hydrate")]
    pub(super) fn action_of(event: &Event) -> String {
        edge::action_of(event)
    }
    #[cfg(not(feature = "hydrate"))]
    pub(super) fn action_of(_: &Event) -> String {
        String::new()
    }

    #[cfg(feature = "hydrate")]
    pub(super) fn say(name: &str, words: &str) {
        edge::say(name, words);
    }
    #[cfg(not(feature = "hydrate"))]
    pub(super) fn say(_: &str, _: &str) {}

    #[cfg(feature = "hydrate")]
    pub(super) fn go(path: &str) {
        edge::go(path);
    }
    #[cfg(not(feature = "hydrate"))]
    pub(super) fn go(_: &str) {}

    #[cfg(feature = "hydrate")]
    pub(super) fn to_top() {
        edge::to_top();
    }
    #[cfg(not(feature = "hydrate"))]
    pub(super) fn to_top() {}
}
