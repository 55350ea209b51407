//! Fixes the orders of windows whose grace is over, on one machine; on AWS `clock` does. What it does is written with
//! a condition, so that doing it twice, late or after a restart is the same as once.

use std::time::Duration;

use domain::window::{Phase, Window};
use domain::{CommunityId, Millis};
use store::{Catalog, StoreError};

use crate::errors::Problem;
use crate::state::AppState;

/// How often to look; a window is sealed at most this much late.
const EVERY: Duration = Duration::from_secs(5);

/// Looks every few seconds, for ever. A failure is logged and tried again.
pub async fn keep_sealing(state: AppState) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(problem) = seal_due(&state).await {
            tracing::warn!(error = &problem as &dyn std::error::Error, "windows could not be sealed yet");
        }
    }
}

/// Seals what is due now; returns how many windows.
///
/// # Errors
/// The table's; whatever was sealed before stays sealed.
pub async fn seal_due(state: &AppState) -> Result<usize, Problem> {
    let id = state.config().community.clone();
    let now = state.now();
    let catalog = match state.communities().get(&id, now).await {
        Ok(catalog) => catalog,
        // Nobody has set the community up.
        Err(Problem::Trouble(_)) => return Ok(0),
        Err(problem) => return Err(problem),
    };
    if due(&catalog, now).next().is_none() {
        return Ok(0);
    }
    let newest = state.communities().newest(&id, now).await?;
    let windows: Vec<Window> = due(&newest, now).cloned().collect();
    let mut sealed = 0;
    for window in windows {
        sealed += usize::from(seal(state, &id, &newest, window, now).await?);
    }
    state.communities().newest(&id, now).await?;
    Ok(sealed)
}

fn due(catalog: &Catalog, now: Millis) -> impl Iterator<Item = &Window> {
    catalog.community.windows.values().filter(move |window| window.phase(now) == Phase::Closing)
}

async fn seal(
    state: &AppState,
    id: &CommunityId,
    catalog: &Catalog,
    window: Window,
    now: Millis,
) -> Result<bool, Problem> {
    let run = window.run;
    match state.store().save_window(catalog, &Window { sealed: Some(now), ..window }).await {
        Ok(()) => {
            tracing::info!(community = %id, %run, "sealed a window");
            Ok(true)
        }
        // The desk saved it meanwhile, perhaps to extend it: look again at the next tick.
        Err(StoreError::TransactionRefused { .. }) => Ok(false),
        Err(error) => Err(error.into()),
    }
}
