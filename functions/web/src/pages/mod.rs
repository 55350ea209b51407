//! Handlers of pages: fetch, then render a view of `ui`. The desk's are in `desk`.

pub mod act;
pub mod health;
pub mod home;
pub mod household;
pub mod need;
pub mod notices;
pub mod order;
pub mod preferences;
pub mod round;
pub mod shell;

use axum::response::{IntoResponse, Response};
use domain::feed::Feed;
use domain::{FactId, HouseholdId, Millis};
use leptos::prelude::*;
use ui::components::layout::Bar;
use ui::islands::resident::{Resident, ResidentPage};
use ui::pages::error::Trouble;
use ui::views::scene::Scene;
use ui::views::words;

use crate::assets::Audience;
use crate::errors::Problem;
use crate::feed::feed_of;
use crate::secret::random;
use crate::state::AppState;
use crate::visitor::{Known, Visitor};

/// What a view looks at, as the server knows it now.
///
/// # Errors
/// Not signed in, or the table does not answer.
pub async fn scene(state: &AppState, visitor: &Visitor) -> Result<Scene, Problem> {
    let known = visitor.known()?;
    let feed: Feed = feed_of(state, known, visitor.now, &visitor.fresh).await?;
    Ok(Scene::new(feed, visitor.now, visitor.look.lang))
}

/// The household of the visitor; the guard has made sure of it.
///
/// # Errors
/// On a route that others may open.
pub fn own_household(known: &Known) -> Result<HouseholdId, Problem> {
    known.household().ok_or(Problem::Trouble(Trouble::NotAllowed))
}

/// The bar of a resident's page: the plate, where it is, what the page is.
#[must_use]
pub fn resident_bar(scene: &Scene, household: HouseholdId, title: &str, back: Option<&str>) -> Bar {
    let place = words::home(scene.lang, scene.community(), household);
    let (plate, detail) = place.unzip();
    Bar { title: title.to_owned(), plate, detail, back: back.map(str::to_owned), switch: String::new() }
}

/// A name for a fact that a form in the page will make.
#[must_use]
pub fn fact_id(now: Millis) -> FactId {
    FactId::new(now.0, random())
}

/// A resident's page: the view as the server knows it, inside the island that keeps it alive on the phone.
pub(crate) async fn resident_page<V: IntoView + Send + 'static>(
    state: &AppState,
    visitor: &Visitor,
    which: ResidentPage,
    bar: Bar,
    draw: impl FnOnce(&mut dyn FnMut() -> String) -> V,
) -> Response {
    let now = visitor.now;
    let mut page = visitor.page(Audience::Resident, bar);
    // The page of a form stays where the form is, also after a fault that `/act` answered.
    page.path = if page.path.is_empty() { which.path().to_owned() } else { page.path };
    let html = page
        .render(state, move || {
            let served = draw(&mut || fact_id(now).to_string());
            view! { <Resident page=which as_of=Some(now)>{served}</Resident> }
        })
        .await;
    html.into_response()
}
