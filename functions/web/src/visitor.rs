//! Who asks, and how they want to read: resolved once a request, before any handler. What they may is `right`'s
//! question.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::actor::{Actor, Role, Signed};
use domain::community::{Community, Person};
use domain::feed::Me;
use domain::{HouseholdId, Millis};
use http::request::Parts;
use http::{Method, StatusCode};
use store::{Catalog, Session, SessionToken};
use ui::components::layout::{Bar, Look};

use crate::assets::Audience;
use crate::errors::Problem;
use crate::fresh::Fresh;
use crate::page::{Page, look_of};
use crate::secret::hand_in_of;
use crate::session::{Found, token_of};
use crate::state::AppState;

/// Whoever asks.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// How they want to read.
    pub look: Look,
    /// The path they asked for, with its query; empty in the answer to a form.
    pub path: String,
    /// What they wrote a moment ago and must see: that is read strongly, all else cheaply.
    pub fresh: Fresh,
    /// The server's time when they asked; one request has one.
    pub now: Millis,
    /// Who they are; `None` for a stranger.
    pub known: Option<Arc<Known>>,
}

/// Somebody signed in.
#[derive(Debug)]
pub struct Known {
    /// Their session's token.
    pub token: SessionToken,
    /// The session.
    pub session: Session,
    /// Whether the table was asked for it in this request.
    pub just_read: bool,
    /// Their stamp.
    pub who: Signed,
    /// Them, for the question of rights.
    pub actor: Actor,
    /// Their community, with the places of facts.
    pub catalog: Arc<Catalog>,
    /// Their community.
    pub community: Arc<Community>,
}

/// The role, for the log line: never who.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RoleSeen(pub(crate) &'static str);

impl Visitor {
    /// The signed-in person; the guard has made sure there is one.
    ///
    /// # Errors
    /// On a route that strangers may open.
    pub fn known(&self) -> Result<&Arc<Known>, Problem> {
        self.known.as_ref().ok_or(Problem::Trouble(ui::pages::error::Trouble::SignInFirst))
    }

    /// A page for this visitor.
    #[must_use]
    pub fn page(&self, audience: Audience, bar: Bar) -> Page {
        Page { audience, bar, look: self.look, path: self.path.clone(), desk: None, script: None }
    }
}

impl Known {
    /// Their household, if they are one.
    #[must_use]
    pub fn household(&self) -> Option<HouseholdId> {
        match self.who {
            Signed::Household(id) => Some(id),
            Signed::Person(..) | Signed::Clock => None,
        }
    }

    /// As the feed names them.
    #[must_use]
    pub fn me(&self) -> Option<Me> {
        match &self.actor {
            Actor::Household(id) => Some(Me::Household(*id)),
            Actor::Person { id, role, assignments } => {
                let name =
                    self.community.people.get(id).map(|person| person.name.clone()).unwrap_or_default();
                Some(Me::Person { id: *id, name, role: *role, assignments: assignments.clone() })
            }
            Actor::Clock => None,
        }
    }
}

/// Somebody's present role and assignments; `None` for a household or person that is not (any more) part of the
/// community.
#[must_use]
pub fn actor_of(who: Signed, community: &Community) -> Option<Actor> {
    match who {
        Signed::Household(id) => {
            community.places.households.contains_key(&id).then_some(Actor::Household(id))
        }
        Signed::Person(id, _) => community.people.get(&id).filter(|person| !person.left).map(Person::actor),
        Signed::Clock => None,
    }
}

/// Resolves the visitor and hands it to everything inside.
pub async fn resolve(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let known = match known(&state, request.headers()).await {
        Ok(known) => known,
        Err(problem) => return problem.into_response(),
    };
    if known.is_none() && request.uri().path() == FEED {
        match reported_lost(&state, request.headers()).await {
            Ok(false) => {}
            Ok(true) => return StatusCode::GONE.into_response(),
            Err(problem) => return problem.into_response(),
        }
    }
    let role = known.as_ref().and_then(|known| known.actor.role()).map_or("stranger", role_word);
    // The answer to a form stands at no address that could be opened again, in another language or this one.
    let opened = matches!(*request.method(), Method::GET | Method::HEAD);
    let path = request.uri().path_and_query().filter(|_| opened).map_or("", |path| path.as_str()).to_owned();
    let mut look = look_of(request.headers());
    if let Some(lang) = known.as_ref().and_then(|known| own_lang(known, request.headers())) {
        look.lang = lang;
    }
    let fresh = Fresh::of(request.headers());
    let visitor = Visitor { look, path, fresh, now: state.now(), known };
    request.extensions_mut().insert(visitor);
    let mut response = next.run(request).await;
    response.extensions_mut().insert(RoleSeen(role));
    response
}

/// What a phone asks for by itself: here it learns that it was reported lost, and empties itself.
const FEED: &str = "/api/feed";

/// Whether a stranger's cookie is one of a phone that was reported lost: its hand-in token outlives its session.
async fn reported_lost(state: &AppState, headers: &http::HeaderMap) -> Result<bool, Problem> {
    let Some(token) = token_of(headers, &state.config().public_url) else { return Ok(false) };
    let hand_in = state.store().hand_in_author(&hand_in_of(&token), state.now()).await?;
    Ok(hand_in.is_some_and(|hand_in| hand_in.revoked.is_some()))
}

/// The language of the household, as long as its phone chose none.
fn own_lang(known: &Known, headers: &http::HeaderMap) -> Option<domain::Lang> {
    if crate::page::cookie(headers, crate::page::LANG_COOKIE).is_some() {
        return None;
    }
    known.community.places.households.get(&known.household()?).map(|household| household.lang)
}

async fn known(state: &AppState, headers: &http::HeaderMap) -> Result<Option<Arc<Known>>, Problem> {
    let Some(token) = token_of(headers, &state.config().public_url) else { return Ok(None) };
    let Some(Found { session, just_read }) = state.sessions().get(state, &token).await? else {
        return Ok(None);
    };
    let catalog = state.communities().get(&session.community, state.now()).await?;
    let community = catalog.community.clone();
    let Some(actor) = actor_of(session.who, &community) else { return Ok(None) };
    let who = actor.signed();
    Ok(Some(Arc::new(Known { token, session, just_read, who, actor, catalog, community })))
}

fn role_word(role: Role) -> &'static str {
    match role {
        Role::Resident => "resident",
        Role::Steward => "steward",
        Role::Volunteer => "volunteer",
        Role::Desk => "desk",
        Role::Supplier => "supplier",
    }
}

impl<S: Sync> FromRequestParts<S> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let visitor = parts.extensions.get::<Self>().cloned();
        visitor.ok_or(Problem::Trouble(ui::pages::error::Trouble::Broken))
    }
}
