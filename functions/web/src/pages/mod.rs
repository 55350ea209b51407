//! Handlers of pages: fetch, then render a view of `ui`. The desk's are in `desk`.

pub mod act;
pub mod health;
pub mod home;
pub mod household;
pub mod need;
pub mod notices;
pub mod order;
pub mod preferences;
pub mod shell;

use domain::feed::Feed;
use domain::{FactId, HouseholdId, Millis};
use ui::components::layout::Bar;
use ui::pages::error::Trouble;
use ui::views::scene::Scene;
use ui::views::words;

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
    let feed: Feed = feed_of(state, known, visitor.now).await?;
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
