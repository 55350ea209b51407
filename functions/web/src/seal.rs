//! Time on one machine: what `clock` does as a function every minute on AWS happens here every few seconds.

use std::time::Duration;

use clock::{Ticked, tick};
use store::{Due, StoreError, Task};

use crate::errors::Problem;
use crate::state::AppState;

/// How often to look; a window is sealed at most this much late.
const EVERY: Duration = Duration::from_secs(5);

/// Looks every few seconds, for ever. A failure is logged and tried again.
pub async fn keep_time(state: AppState) {
    if let Err(error) = adopt(&state).await {
        tracing::warn!(
            error = &error as &dyn std::error::Error,
            "windows of an earlier release are not noted"
        );
    }
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(problem) = tick_now(&state).await {
            tracing::warn!(error = &problem as &dyn std::error::Error, "what is due could not be done yet");
        }
    }
}

/// Does everything that is due now, and lets this process see it at once.
///
/// # Errors
/// The table's; whatever was done before stays done.
pub async fn tick_now(state: &AppState) -> Result<Ticked, Problem> {
    let now = state.now();
    let ticked = tick(state.store(), now).await?;
    for community in &ticked.communities {
        state.communities().newest(community, now).await?;
    }
    Ok(ticked)
}

/// Notes the sealing of windows that an earlier release saved, which noted nothing.
async fn adopt(state: &AppState) -> Result<(), StoreError> {
    let id = &state.config().community;
    let Some(community) = state.store().community(id).await? else { return Ok(()) };
    let waiting = community.windows.values().filter(|window| window.published && window.sealed.is_none());
    for window in waiting {
        let due = Due { at: window.grace_ends(), community: id.clone(), task: Task::Seal(window.run) };
        state.store().schedule(&due).await?;
    }
    Ok(())
}
