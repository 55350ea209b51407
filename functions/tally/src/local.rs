//! Tallying on one machine: the table hands over what was committed, and a durable mark says up to when everything is
//! tallied. What was missed, since the process ended or too much happened at once, is found again in the table.

use std::time::Duration;

use domain::need::needs;
use domain::{CommunityId, Millis};
use store::{Change, Consistency, Item, Store, StoreError};
use tokio::sync::mpsc::Receiver;

use crate::{Read, Record, Tally};

/// The most changes tallied at a time.
const BATCH: usize = 500;
/// So long a batch waits for more: a burst of orders is one write to each board.
const GATHER: Duration = Duration::from_millis(50);
/// The mark stays this far behind, since what is stamped now may be committed a moment later.
const SLACK: i64 = 60_000;
/// How often the mark is moved.
const MARK_EVERY: Duration = Duration::from_secs(10);
/// The pause after a failure.
const PAUSE: Duration = Duration::from_secs(2);

/// Tallies what happens in `c`, for ever, and tells when a board has changed. Failures are logged and tried again.
pub async fn keep_tallying(
    tally: &Tally,
    store: &Store,
    c: &CommunityId,
    now: impl Fn() -> Millis,
    changed: impl Fn(),
) {
    loop {
        // Before looking at what was missed: what happens meanwhile is then seen twice, never not at all.
        let mut feed = store.feed();
        while let Err(error) = catch_up(tally, store, c, now()).await {
            tracing::warn!(error = &error as &dyn std::error::Error, "what was missed cannot be tallied yet");
            tokio::time::sleep(PAUSE).await;
        }
        changed();
        follow(tally, store, &mut feed, (&now, &changed)).await;
    }
}

/// Until the feed ends.
async fn follow(
    tally: &Tally,
    store: &Store,
    feed: &mut Receiver<Item>,
    (now, changed): (&impl Fn() -> Millis, &impl Fn()),
) {
    let mut waiting: Vec<Item> = Vec::new();
    let mut marks = tokio::time::interval(MARK_EVERY);
    marks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut moved = true;
    loop {
        tokio::select! {
            taken = feed.recv_many(&mut waiting, BATCH) => {
                if taken == 0 {
                    return;
                }
                tokio::time::sleep(GATHER).await;
                while waiting.len() < BATCH && let Ok(item) = feed.try_recv() {
                    waiting.push(item);
                }
                if all_of(tally, std::mem::take(&mut waiting), now).await > 0 {
                    changed();
                }
                moved = true;
            }
            _ = marks.tick(), if moved => {
                // Only between batches, and only when none waits.
                if feed.is_empty() {
                    let until = now() + -SLACK;
                    match store.note_tallied(until).await {
                        Ok(()) => moved = false,
                        Err(error) => tracing::warn!(error = &error as &dyn std::error::Error, "no mark"),
                    }
                }
            }
        }
    }
}

/// Tallies a batch until all of it is, and gives how many lines of boards changed.
async fn all_of(tally: &Tally, items: Vec<Item>, now: &impl Fn() -> Millis) -> u32 {
    let mut items = items;
    let mut lines = 0;
    loop {
        let records = items.iter().cloned().map(Record::of_item).collect();
        let tallied = tally.tally(records, now()).await;
        lines += tallied.lines;
        let again = tallied.again;
        if again.is_empty() {
            return lines;
        }
        items.retain(|item| again.contains(&Record::of_item(item.clone()).id));
        tokio::time::sleep(PAUSE).await;
    }
}

/// What happened since the mark, and every board from the facts.
///
/// # Errors
/// The table's.
pub async fn catch_up(tally: &Tally, store: &Store, c: &CommunityId, now: Millis) -> Result<(), StoreError> {
    let Some(catalog) = store.catalog(c).await? else { return Ok(()) };
    let since = store.tallied_until().await?.unwrap_or(now);
    let mut changes = Vec::new();
    for window in
        catalog.community.windows.values().filter(|window| since < window.delivery_to + 2 * Millis::DAY)
    {
        for building in catalog.community.places.buildings.keys() {
            let area = domain::places::Area::Building(*building);
            for stamped in store.area_run(&catalog, window.run, &area, Consistency::Strong).await? {
                if stamped.received >= since {
                    let (run, building) = (window.run, Some(*building));
                    changes.push(Change::Fact { c: c.clone(), run, building, stamped: Box::new(stamped) });
                }
            }
        }
    }
    for household in catalog.community.places.households.keys() {
        let page = store.household_needs(c, *household, None, Consistency::Strong).await?;
        for need in needs(&page.facts).into_iter().filter(|need| need.open() || need.changed >= since) {
            changes.push(Change::Need { c: c.clone(), need: Box::new(need) });
        }
        for stamped in page.facts.into_iter().filter(|stamped| stamped.received >= since) {
            changes.push(Change::NeedFact {
                c: c.clone(),
                household: *household,
                stamped: Box::new(stamped),
            });
        }
    }
    for news in store.news_since(c, since).await? {
        changes.push(Change::News { c: c.clone(), news });
    }
    for notice in catalog.community.notices.values().filter(|notice| notice.from >= since) {
        changes.push(Change::Notice { c: c.clone(), notice: Box::new(notice.clone()) });
    }
    tally.anew(c, now).await?;
    let nowhere = || store::Key::from_parts("", "");
    let record =
        |change| Record { id: String::new(), place: nowhere(), read: Read::Change(Box::new(change)) };
    let tallied = tally.tally(changes.into_iter().map(record).collect(), now).await;
    if tallied.again.is_empty() { Ok(()) } else { Err(StoreError::Throttled) }
}
