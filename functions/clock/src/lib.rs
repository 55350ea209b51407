//! What happens because it is time: ordering begins and ends, windows are sealed, unread urgent needs go to the next on
//! duty, news of the quiet hours are told. One `tick` does all that is due. It is safe twice, late, and two at a time:
//! a task says only where to look, and what is written there is written under a condition.

mod task;

use std::collections::BTreeSet;

use domain::{CommunityId, Millis};
use store::{Due, Store, StoreError};

pub use task::Done;

/// The most rounds of one tick: after a week without power it goes through the days two at a time.
const ROUNDS: u32 = 60;

/// What a tick did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ticked {
    /// Windows sealed by this tick, not by another one at the same time.
    pub sealed: u32,
    /// News written by this tick.
    pub told: u32,
    /// Tasks that could not be done yet; they stay and are tried again.
    pub failed: u32,
    /// Communities in which something changed.
    pub communities: BTreeSet<CommunityId>,
}

/// Some tasks could not be done; what could be done is done.
#[derive(Debug, thiserror::Error)]
#[error("{failed} task(s) could not be done yet")]
pub struct Unfinished {
    /// How many.
    pub failed: u32,
    /// What the table said to the last of them.
    #[source]
    pub last: StoreError,
}

/// Does everything that is due at `now`. One task that fails stops no other: [`Ticked::failed`] counts them.
///
/// # Errors
/// When the table does not even say what is due.
pub async fn tick(store: &Store, now: Millis) -> Result<Ticked, StoreError> {
    let mut ticked = Ticked::default();
    for _ in 0..ROUNDS {
        let sweep = store.due(now).await?;
        let failed = ticked.failed;
        for due in &sweep.due {
            one(store, due, now, &mut ticked).await;
        }
        if ticked.failed > failed {
            // The cursor stays: what failed must be found again.
            break;
        }
        store.swept(&sweep).await?;
        if sweep.reaches(now) {
            break;
        }
    }
    Ok(ticked)
}

/// The same for a function, where a failure has to be an error so that it is tried again and seen.
///
/// # Errors
/// [`Unfinished`] after everything that could be done; the table's error when nothing could.
pub async fn tick_or_fail(store: &Store, now: Millis) -> Result<Ticked, Unfinished> {
    match tick(store, now).await {
        Ok(ticked) if ticked.failed == 0 => Ok(ticked),
        Ok(ticked) => Err(Unfinished { failed: ticked.failed, last: StoreError::Throttled }),
        Err(last) => Err(Unfinished { failed: 0, last }),
    }
}

async fn one(store: &Store, due: &Due, now: Millis, ticked: &mut Ticked) {
    let done = match task::work(store, due, now).await {
        Ok(done) => done,
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, task = ?due.task, "a task is not done yet");
            ticked.failed += 1;
            return;
        }
    };
    match done {
        Done::Sealed => ticked.sealed += 1,
        Done::Told => ticked.told += 1,
        Done::Nothing => {}
        // Somebody saved the window in this moment: look at it again at the next tick.
        Done::Meanwhile => {
            ticked.failed += 1;
            return;
        }
    }
    if done != Done::Nothing {
        ticked.communities.insert(due.community.clone());
    }
    // A task that is taken again is looked at again and found done; so this may fail.
    if let Err(error) = store.done(due).await {
        tracing::warn!(error = &error as &dyn std::error::Error, "a done task is still noted");
    }
}
