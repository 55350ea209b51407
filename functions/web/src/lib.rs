//! The server: one router, the same on one machine and in a function. All routes are on this screen; who may use
//! them stands beside each. No rules live here (those are in `domain`) and no keys (those are in `store`).

pub mod api;
pub mod assets;
mod carried;
pub mod clock;
pub mod communities;
pub mod config;
mod crowd;
pub mod desk;
pub mod enrol;
pub mod errors;
pub mod feed;
pub mod former;
pub mod fresh;
pub mod held;
#[cfg(feature = "lambda")]
pub mod lambda;
pub mod ledger;
// What only one machine has: its folder, its sockets, its demo.
#[cfg(feature = "embedded")]
pub mod local;
pub mod log;
pub mod page;
pub mod pages;
pub mod parcels;
pub mod passkeys;
pub mod push;
pub mod recent;
pub mod right;
pub mod seal;
pub mod secret;
pub mod security;
pub mod session;
pub mod sheets;
pub mod state;
pub mod stock;
pub mod submit;
pub mod tallying;
pub mod unread;
pub mod visitor;

use std::convert::Infallible;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, MethodRouter, on};
use http::Method;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::SizeAbove;
use tower_http::decompression::RequestDecompressionLayer;
use ui::pages::error::Trouble;

use crate::errors::Problem;
use crate::pages::{act, household, need, notices, order, preferences, round, shell};
use crate::right::{Needs, Route, Routes};
use crate::state::AppState;

/// Every route with the right it needs.
#[must_use]
fn routes() -> Routes {
    use Needs::{
        Desk, HandIn, Nothing, OnBehalf, OwnHousehold, PickList, RoundAtDoor, Rounds, Sealed, SignedIn, Staff,
    };
    let batch = on(MethodFilter::POST, api::facts::hand_in)
        .layer::<_, Infallible>(DefaultBodyLimit::max(security::FACTS_LIMIT))
        .layer(RequestDecompressionLayer::new());
    let parcels = on(MethodFilter::POST, api::parcels::bring)
        .layer::<_, Infallible>(DefaultBodyLimit::max(security::PARCELS_LIMIT))
        .layer(RequestDecompressionLayer::new());
    // A file that the desk uploads; what is larger is told in words by the handler.
    let upload = |method: MethodRouter<AppState>| {
        method.layer::<_, Infallible>(DefaultBodyLimit::max(security::UPLOAD_LIMIT))
    };
    let ledger_file = upload(on(MethodFilter::POST, desk::ledger::receive));
    let menu_file = upload(on(MethodFilter::POST, desk::menus::receive));
    Routes::default()
        // Strangers.
        .get("/", Nothing, pages::home::show)
        .get("/health", Nothing, pages::health::show)
        .get("/lang/{code}", Nothing, preferences::lang)
        .get("/text/{size}", Nothing, preferences::text_size)
        .get("/theme/{name}", Nothing, preferences::theme)
        .get("/shell/{page}", Nothing, shell::show)
        .get("/shells/{audience}", Nothing, shell::all)
        .get("/d/{token}", Nothing, round::card)
        .get("/signin", Nothing, pages::home::sign_in)
        .post("/signin/passkey", Nothing, passkeys::enter)
        .get("/signedout", Nothing, enrol::sign_out::done)
        .post("/enrol", Nothing, enrol::typed::submit)
        .get("/e/{code}", Nothing, enrol::link::ask_letter)
        .post("/e/{code}", Nothing, enrol::link::spend_letter)
        .get("/i/{code}", Nothing, enrol::link::ask_invite)
        .post("/i/{code}", Nothing, enrol::link::spend_invite)
        // Anybody signed in.
        .get("/phones", SignedIn, enrol::phones::show)
        .post("/phones", SignedIn, enrol::phones::make)
        .post("/push", SignedIn, push::subscribe)
        .post("/push/off", SignedIn, push::unsubscribe)
        .get("/signout", SignedIn, enrol::sign_out::ask)
        .post("/signout", SignedIn, enrol::sign_out::end)
        .post("/act", SignedIn, act::submit)
        .get("/outbox", SignedIn, round::outbox)
        .get("/api/feed", SignedIn, api::feed::show)
        .get("/api/me", SignedIn, api::me::show)
        .on(Method::POST, "/api/facts", HandIn, batch)
        .on(Method::POST, "/api/parcels", Sealed, parcels)
        // Whoever helps.
        .get("/passkeys", Staff, passkeys::show)
        .post("/passkeys", Staff, passkeys::add)
        .post("/passkeys/remove", Staff, passkeys::remove)
        // Residents.
        .get("/order", OwnHousehold, order::show)
        .get("/order/review", OwnHousehold, order::review)
        .get("/household", OwnHousehold, household::show)
        .get("/need", OwnHousehold, need::show)
        .get("/notices", OwnHousehold, notices::show)
        // Stewards and volunteers.
        .get("/round", Rounds, round::show)
        .get("/round/{run}/{door}", RoundAtDoor, round::stop)
        .get("/scan", Rounds, round::scan)
        .get("/handover", Rounds, round::hand_over)
        // On behalf of a household: its steward, and the desk.
        .get("/behalf/{household}/order", OnBehalf, desk::place::order_for)
        .get("/behalf/{household}/need", OnBehalf, desk::place::need_for)
        // The desk.
        .get("/desk", Desk, desk::today::show)
        .get("/desk/find", Desk, desk::today::find)
        .get("/desk/board", Desk, desk::board::show)
        .get("/desk/needs", Desk, desk::needs::show)
        .post("/desk/needs", Desk, desk::needs::step)
        .get("/desk/door/{door}", Desk, desk::place::show)
        .get("/desk/household/{household}", Desk, desk::household::show)
        .post("/desk/household/{household}", Desk, desk::household::save)
        .get("/desk/care/{household}", Desk, desk::care::show)
        .post("/desk/care/{household}", Desk, desk::care::read)
        .post("/desk/care/{household}/consent", Desk, desk::care::consent)
        // The desk's own records.
        .get("/desk/ledger", Desk, desk::ledger::show)
        .on(Method::POST, "/desk/ledger", Desk, ledger_file)
        .get("/desk/ledger/import/{id}", Desk, desk::ledger::look)
        .post("/desk/ledger/import/{id}", Desk, desk::ledger::confirm)
        .get("/desk/ledger/import/{id}/rejected.csv", Desk, desk::ledger::rejected)
        .get("/desk/ledger/undo", Desk, desk::ledger::ask_undo)
        .post("/desk/ledger/undo", Desk, desk::ledger::undo)
        .get("/desk/menus", Desk, desk::menus::show)
        .on(Method::POST, "/desk/menus", Desk, menu_file)
        .get("/desk/menus/import/{id}", Desk, desk::menus::look)
        .post("/desk/menus/import/{id}", Desk, desk::menus::confirm)
        .get("/desk/menus/edit", Desk, desk::menus::edit)
        .post("/desk/menus/edit", Desk, desk::menus::save)
        .get("/desk/errands", Desk, desk::errands::edit)
        .post("/desk/errands", Desk, desk::errands::save)
        .get("/desk/windows", Desk, desk::windows::list)
        .get("/desk/windows/edit", Desk, desk::windows::edit)
        .post("/desk/windows/edit", Desk, desk::windows::save)
        .post("/desk/windows/seal", Desk, desk::windows::seal)
        .get("/desk/windows/{run}", Desk, desk::windows::show)
        .post("/desk/windows/{run}/publish", Desk, desk::windows::publish)
        .post("/desk/windows/{run}/withdraw", Desk, desk::windows::withdraw)
        .post("/desk/windows/{run}/extend", Desk, desk::windows::extend)
        .post("/desk/windows/{run}/close", Desk, desk::windows::close)
        .post("/desk/windows/{run}/stock", Desk, desk::windows::top_up)
        .get("/desk/people", Desk, desk::people::list)
        .post("/desk/people", Desk, desk::people::add)
        .get("/desk/people/{person}", Desk, desk::person::show)
        .post("/desk/people/{person}", Desk, desk::person::save)
        .post("/desk/people/{person}/assign", Desk, desk::person::assign)
        .post("/desk/people/{person}/end", Desk, desk::person::end)
        .post("/desk/people/{person}/leave", Desk, desk::person::leave)
        .post("/desk/people/{person}/back", Desk, desk::person::back)
        .post("/desk/people/{person}/revoke", Desk, desk::person::revoke)
        .post("/desk/people/{person}/unkey", Desk, desk::person::unkey)
        .post("/desk/people/{person}/invite", Desk, desk::invites::invite)
        .post("/desk/people/{person}/uninvite", Desk, desk::invites::take_back)
        .get("/desk/notices", Desk, desk::notices::list)
        .post("/desk/notices", Desk, desk::notices::add)
        .get("/desk/notices/{notice}", Desk, desk::notices::show)
        .post("/desk/notices/{notice}/end", Desk, desk::notices::end)
        .post("/desk/notices/{notice}/again", Desk, desk::notices::again)
        .get("/desk/settings", Desk, desk::settings::show)
        .post("/desk/settings", Desk, desk::settings::save)
        // On paper.
        .get("/desk/print", Desk, desk::print::show)
        .get("/desk/print/letters", Desk, desk::print::letters::ask)
        .post("/desk/print/letters", Desk, desk::print::letters::make)
        .get("/desk/print/cards", Desk, desk::print::cards::show)
        .post("/desk/print/cards", Desk, desk::print::cards::make)
        .get("/desk/print/booklet", Desk, desk::print::runs::booklet)
        .get("/desk/print/rounds", Desk, desk::print::runs::rounds)
        .get("/desk/print/map", Desk, desk::print::runs::map)
        .get("/desk/print/fallback", Desk, desk::print::fallback::show)
        .get("/desk/paper", Desk, desk::paper::show)
        .post("/desk/paper", Desk, desk::paper::save)
        // The supplier, and the desk.
        .get("/desk/picklist", PickList, desk::picklist::list)
        .get("/desk/picklist/{run}", PickList, desk::picklist::show)
        .get("/desk/print/labels", PickList, desk::print::runs::labels)
        .get("/desk/print/gate", PickList, desk::print::runs::gate)
}

/// The table of routes, for tests that walk it.
#[must_use]
pub fn route_table() -> Vec<Route> {
    routes().finish().1
}

/// The whole server as a service.
pub fn router(state: AppState) -> Router {
    silent_router(state).layer((from_fn(carried::to_the_end), from_fn(log::line)))
}

/// The same without a line in the log for each request: a function on AWS writes its own.
pub(crate) fn silent_router(state: AppState) -> Router {
    let (routes, _) = routes().finish();
    // The first of a list is the outermost. In lists, since each layer on its own would wrap every route once more, at
    // each cold start.
    routes
        .layer((
            // Before anything is read from the table.
            from_fn_with_state(state.clone(), crowd::turn_away),
            from_fn_with_state(state.clone(), visitor::resolve),
            DefaultBodyLimit::max(security::FORM_LIMIT),
            // Pictures are files, and files are not among these routes.
            CompressionLayer::new().compress_when(SizeAbove::default()),
            from_fn_with_state(state.clone(), held::hold),
        ))
        // Files are the same for everybody and compressed already: none of the above.
        .fallback(elsewhere)
        .layer((
            from_fn_with_state(state.clone(), security::headers),
            from_fn_with_state(state.clone(), errors::in_words),
            from_fn_with_state(state.clone(), former::lead_on),
            CatchPanicLayer::custom(errors::panicked),
            from_fn_with_state(state.clone(), security::own_forms_only),
        ))
        .with_state(state)
}

/// Files of the site, and nothing else.
async fn elsewhere(State(state): State<AppState>, request: Request) -> Response {
    let readable = matches!(*request.method(), Method::GET | Method::HEAD);
    let file = readable.then(|| state.site().serve(request.uri().path(), request.headers())).flatten();
    file.unwrap_or_else(|| Problem::Trouble(Trouble::NotFound).into_response())
}
