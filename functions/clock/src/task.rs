//! One task: look at what stands in the table now, and do what is still to be done. A window that was extended has
//! its later task, a need that was read needs none.

use std::sync::Arc;

use domain::need::{Need, needs};
use domain::window::{Phase, Window};
use domain::{CommunityId, FactId, HouseholdId, Millis, RunId};
use store::{Catalog, Consistency, Due, News, Store, StoreError, Task, What};

/// What became of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// A window is sealed, by this call.
    Sealed,
    /// News are written, by this call.
    Told,
    /// There was nothing to do (any more).
    Nothing,
    /// Somebody else wrote in this moment: look again.
    Meanwhile,
}

/// Does a task.
pub(crate) async fn work(store: &Store, due: &Due, now: Millis) -> Result<Done, StoreError> {
    let c = &due.community;
    match &due.task {
        Task::Open(run) => {
            let Some((_, window)) = window(store, c, *run).await? else { return Ok(Done::Nothing) };
            if window.phase(now) != Phase::Open {
                return Ok(Done::Nothing);
            }
            tell(store, c, News { at: window.opens, what: What::Opened(*run) }, now).await
        }
        Task::Close(run) => {
            let Some((_, window)) = window(store, c, *run).await? else { return Ok(Done::Nothing) };
            if !matches!(window.phase(now), Phase::Grace | Phase::Closing | Phase::Sealed) {
                return Ok(Done::Nothing);
            }
            tell(store, c, News { at: window.closes, what: What::Closed(*run) }, now).await
        }
        Task::Seal(run) => match window(store, c, *run).await? {
            Some((catalog, window)) if window.phase(now) == Phase::Closing => {
                seal(store, &catalog, window, now).await
            }
            _ => Ok(Done::Nothing),
        },
        Task::Escalate { household, need, level } => {
            escalate(store, c, (*household, *need), *level, now).await
        }
        Task::Show(notice) => tell(store, c, News { at: due.at, what: What::Shown(*notice) }, now).await,
        Task::Tell(who) => tell(store, c, News { at: due.at, what: What::Held(*who) }, now).await,
    }
}

/// Fixes the orders of a window. The condition on the window's revision makes it happen once.
async fn seal(store: &Store, catalog: &Catalog, window: Window, now: Millis) -> Result<Done, StoreError> {
    let (c, run) = (catalog.id().clone(), window.run);
    match store.save_window(catalog, &Window { sealed: Some(now), ..window }).await {
        Ok(()) => {
            tracing::info!(community = %c, %run, "sealed a window");
            Ok(Done::Sealed)
        }
        // The desk saved it meanwhile, perhaps to extend it; or another clock was quicker.
        Err(StoreError::TransactionRefused { .. }) => Ok(Done::Meanwhile),
        Err(error) => Err(error),
    }
}

/// Brings an urgent need that nobody has read to the next on duty, and comes back for the one after.
async fn escalate(
    store: &Store,
    c: &CommunityId,
    (household, id): (HouseholdId, FactId),
    level: u8,
    now: Millis,
) -> Result<Done, StoreError> {
    let facts = store.need(c, household, id, Consistency::Strong).await?;
    let need = needs(&facts).into_iter().find(|need| need.id == id);
    let Some(need) = need.filter(Need::rings) else { return Ok(Done::Nothing) };
    let Some(community) = store.community(c).await? else { return Ok(Done::Nothing) };
    let Some(person) = community.on_duty(level.into()) else { return Ok(Done::Nothing) };
    // First the next time: should this process end here, somebody is still told later.
    let next = level.saturating_add(1);
    if community.on_duty(next.into()).is_some() {
        let at = community.escalates(need.waits_since(), next);
        let task = Task::Escalate { household, need: id, level: next };
        store.schedule(&Due { at, community: c.clone(), task }).await?;
    }
    let at = community.escalates(need.waits_since(), level);
    let what = What::Escalated { household, need: id, to: person.id };
    tell(store, c, News { at, what }, now).await
}

async fn tell(store: &Store, c: &CommunityId, news: News, now: Millis) -> Result<Done, StoreError> {
    Ok(if store.tell(c, &news, now).await? { Done::Told } else { Done::Nothing })
}

async fn window(
    store: &Store,
    c: &CommunityId,
    run: RunId,
) -> Result<Option<(Arc<Catalog>, Window)>, StoreError> {
    let Some(catalog) = store.catalog(c).await? else { return Ok(None) };
    let window = catalog.community.windows.get(&run).cloned();
    Ok(window.map(|window| (Arc::new(catalog), window)))
}
