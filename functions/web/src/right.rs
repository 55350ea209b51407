//! Who may open what: every route names the right it needs, and one guard checks it before the handler runs.
//! The rule itself is `domain::actor::Actor::may`; places come from the route's own path.

use std::collections::HashMap;

use axum::Router;
use axum::extract::{FromRequestParts, Path, Request};
use axum::handler::Handler;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, MethodRouter, on};
use domain::actor::{Actor, Right};
use domain::{DoorId, HouseholdId};
use http::Method;
use ui::pages::error::Trouble;

use crate::errors::Problem;
use crate::state::AppState;
use crate::visitor::Visitor;

/// What a route needs, in terms of [`Right`]; where a right is about a place, the path names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Needs {
    /// Nothing: strangers may.
    Nothing,
    /// To be signed in, as whatever.
    SignedIn,
    /// To be signed in as somebody who helps, whatever their role.
    Staff,
    /// [`Right::HouseholdsOwn`] of one's own household.
    OwnHousehold,
    /// [`Right::Rounds`].
    Rounds,
    /// [`Right::Round`] of the door that the path calls `door`.
    RoundAtDoor,
    /// [`Right::OnBehalf`] of the household that the path calls `household`.
    OnBehalf,
    /// [`Right::Desk`].
    Desk,
    /// [`Right::PickList`].
    PickList,
    /// Facts sealed to this server; each one's author stands inside, and its own gate checks their right.
    Sealed,
    /// A hand-in token in the request, whose right each fact's own gate checks.
    HandIn,
}

/// One route, for the table that the tests walk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// Its method.
    pub method: Method,
    /// Its path, with `{names}`.
    pub path: &'static str,
    /// What it needs.
    pub needs: Needs,
}

/// Routes as they are written down, and the table of them.
#[derive(Default)]
pub struct Routes {
    router: Router<AppState>,
    table: Vec<Route>,
}

impl Routes {
    /// A page or answer that changes nothing.
    #[must_use]
    pub fn get<H, T>(self, path: &'static str, needs: Needs, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        self.on(Method::GET, path, needs, on(MethodFilter::GET, handler))
    }

    /// A form or a batch.
    #[must_use]
    pub fn post<H, T>(self, path: &'static str, needs: Needs, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        self.on(Method::POST, path, needs, on(MethodFilter::POST, handler))
    }

    /// A route whose handler carries layers of its own, such as a larger body limit.
    #[must_use]
    pub fn on(
        mut self,
        method: Method,
        path: &'static str,
        needs: Needs,
        handler: MethodRouter<AppState>,
    ) -> Self {
        let guarded =
            handler.route_layer(middleware::from_fn(move |request, next| guard(needs, request, next)));
        self.router = self.router.route(path, guarded);
        self.table.push(Route { method, path, needs });
        self
    }

    /// The router and the table.
    pub fn finish(self) -> (Router<AppState>, Vec<Route>) {
        (self.router, self.table)
    }
}

/// Lets a request through to its handler if its visitor has the right.
async fn guard(needs: Needs, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let Some(visitor) = parts.extensions.get::<Visitor>().cloned() else {
        return Problem::from(Trouble::Broken).into_response();
    };
    let names = Path::<HashMap<String, String>>::from_request_parts(&mut parts, &()).await;
    let names = names.map(|Path(names)| names).unwrap_or_default();
    match check(needs, &visitor, &names) {
        Ok(()) => next.run(Request::from_parts(parts, body)).await,
        Err(trouble) => Problem::from(trouble).into_response(),
    }
}

/// The decision, apart from the request.
fn check(needs: Needs, visitor: &Visitor, names: &HashMap<String, String>) -> Result<(), Trouble> {
    if matches!(needs, Needs::Nothing | Needs::HandIn | Needs::Sealed) {
        return Ok(());
    }
    let known = visitor.known.as_ref().ok_or(Trouble::SignInFirst)?;
    let places = &known.community.places;
    let may = |right: Right<'_>| known.actor.may(right, visitor.now);
    let allowed = match needs {
        Needs::Nothing | Needs::HandIn | Needs::Sealed | Needs::SignedIn => true,
        Needs::Staff => matches!(known.actor, Actor::Person { .. }),
        Needs::OwnHousehold => match known.actor {
            Actor::Household(own) => may(Right::HouseholdsOwn(own)),
            Actor::Person { .. } | Actor::Clock => false,
        },
        Needs::Rounds => may(Right::Rounds),
        Needs::RoundAtDoor => {
            // A door that is not there and one of somebody else's round answer alike.
            let door = names.get("door").and_then(|text| text.parse::<DoorId>().ok());
            door.and_then(|door| places.at(door)).is_some_and(|at| may(Right::Round(at)))
        }
        Needs::OnBehalf => {
            let household = names.get("household").and_then(|text| text.parse::<HouseholdId>().ok());
            household
                .filter(|household| places.households.contains_key(household))
                .is_some_and(|household| may(Right::OnBehalf(places.home(household))))
        }
        Needs::Desk => may(Right::Desk),
        Needs::PickList => may(Right::PickList),
    };
    if allowed { Ok(()) } else { Err(Trouble::NotAllowed) }
}
