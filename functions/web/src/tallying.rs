//! Tallying on one machine: the library that is a function on AWS runs in this process, fed by the table.

use std::path::Path;

use store::{PushKey, StoreError};
use tally::Tally;
use tally::push::{Hosts, NoRinger, Ringer};
use tokio::sync::Notify;

use crate::push::Push;
use crate::state::AppState;

/// Further push services of the operator's own, `host[:port]` with commas between.
const MORE_HOSTS: &str = "LM_PUSH_HOSTS";

/// Why tallying cannot be prepared.
#[derive(Debug, thiserror::Error)]
pub enum NotPrepared {
    /// The key file.
    #[error("the push key in the data folder")]
    Key(#[from] StoreError),
    /// The key in it.
    #[error("the push key in the data folder")]
    Ringer(#[from] NoRinger),
}

/// A tally over the server's table; phones can be rung from now on where the server's address is one that browsers
/// give a service worker to.
///
/// # Errors
/// [`NotPrepared`].
pub fn prepare(state: &AppState, data: &Path) -> Result<Tally, NotPrepared> {
    let url = &state.config().public_url;
    if !url.is_secure_context() {
        return Ok(Tally::new(state.store().clone(), None));
    }
    let more = std::env::var(MORE_HOSTS).unwrap_or_default();
    let hosts = Hosts::with(more.split(',').map(str::to_owned));
    let key = PushKey::in_dir(data)?;
    let ringer = match Ringer::new(key.clone(), url.origin(), hosts.clone()) {
        Ok(ringer) => ringer,
        Err(NoRinger::NoRoots(error)) => {
            tracing::warn!(%error, "phones are not rung: this system has no root certificates");
            return Ok(Tally::new(state.store().clone(), None));
        }
        Err(error) => return Err(error.into()),
    };
    state.ring_with(Push::new(key, ringer.public_key(), hosts));
    Ok(Tally::new(state.store().clone(), Some(ringer)))
}

/// Tallies for ever. Whose needs are open is read again as soon as a board changed, before anybody asks.
pub async fn keep_tallying(state: AppState, tally: Tally) {
    let c = state.config().community.clone();
    let changed = Notify::new();
    let tallying =
        tally::local::keep_tallying(&tally, state.store(), &c, || state.now(), || changed.notify_one());
    let reading = async {
        loop {
            changed.notified().await;
            if let Err(problem) = state.communities().newest(&c, state.now()).await {
                tracing::warn!(?problem, "what was tallied is shown a little later");
            }
        }
    };
    tokio::join!(tallying, reading);
}
