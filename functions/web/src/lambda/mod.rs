//! The server as a function on AWS Lambda: what happens before the first request. Everything slow is done here (secrets,
//! TLS, the first connection, the community), so that no request waits for it. The router is the same as everywhere.

pub mod log;
pub mod origin;
pub mod settings;

use std::path::Path;

use axum::Router;
use axum::middleware::from_fn_with_state;
use store::{Meter, Store, StoreConfig, StoreError, Vault};
use tally::push::{Hosts, NotAKey, Signer};
use ui::pages::error::Trouble;

use self::settings::{Origin, Settings, SettingsError};
use crate::assets::{Site, SiteError};
use crate::clock::Clock;
use crate::config::Config;
use crate::errors::Problem;
use crate::push::Push;
use crate::state::AppState;

/// Why the function cannot start. Each says what an operator can do about it.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The environment.
    #[error("the function's environment is not complete")]
    Settings(#[from] SettingsError),
    /// The secrets that are kept apart.
    #[error(
        "the parameters that hold secrets: are their names right, and has the function the right to read them?"
    )]
    Parameters(#[source] StoreError),
    /// The names of the site's files, which are packed beside the binary.
    #[error("the site's file names")]
    Site(#[from] SiteError),
    /// The table, or the keys to what is sealed in it.
    #[error("the table")]
    Store(#[from] StoreError),
    /// The push key.
    #[error("LM_PUSH_KEY")]
    PushKey(#[from] NotAKey),
    /// The first read did not work.
    #[error("the first read of the table: has the function the right to it, and is it of this release?")]
    FirstRead(#[source] Problem),
}

/// Reads the environment, opens the table and reads the community, so that the connection stands and pages cost no
/// more reads than on a warm server.
///
/// # Errors
/// [`StartError`].
pub async fn start() -> Result<Router, StartError> {
    let environment = |name: &str| std::env::var(name).ok();
    let fetched =
        store::parameters(settings::parameters(environment)).await.map_err(StartError::Parameters)?;
    let settings = Settings::read(|name| fetched.get(name).cloned().or_else(|| environment(name)))?;
    // Behind a CDN the folder holds only the names of the files.
    let site = Site::load(Path::new(&settings.site))?;
    let store = Store::in_function(StoreConfig { tables: settings.tables, ..StoreConfig::default() })?;
    let (store, meter) = store.metered();
    let vault = Vault::with_keys(settings.care_keys)?;
    let config = Config { public_url: settings.public_url, community: settings.community };
    let state = AppState::new(store, vault, site, config, Clock::default());
    if let Some(key) = settings.push_key {
        // `web` only seals; who signs and calls is `tally`.
        let public_key = Signer::new(key.scalar(), "")?.public_key();
        state.ring_with(Push::new(key, public_key, Hosts::default()));
    }
    match state.community().await {
        // A new table holds no community yet; whoever sets it up is not kept from it.
        Ok(_) | Err(Problem::Trouble(Trouble::NotFound)) => {}
        Err(problem) => return Err(StartError::FirstRead(problem)),
    }
    let router = crate::silent_router(state);
    let line = from_fn_with_state(meter, log::line);
    Ok(match settings.origin {
        Origin::Anybody => router.layer(line),
        Origin::Secrets(secrets) => {
            router.layer((line, from_fn_with_state(origin::Secrets::new(secrets), origin::only_ours)))
        }
    })
}

/// The router with the function's own line for each request, which says what `meter` counted meanwhile, and without the
/// question whether the CDN sent it: for whoever measures.
pub fn measured(state: AppState, meter: Meter) -> Router {
    crate::silent_router(state).layer(from_fn_with_state(meter, log::line))
}
