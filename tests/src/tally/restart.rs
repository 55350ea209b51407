//! On one machine: what was committed before a crash and not tallied is tallied after the restart.

use std::time::Duration;

use store::{Store, StoreConfig};
use tally::Tally;
use tally::local::{catch_up, keep_tallying};

use super::*;
use crate::store_typed::needs::report;
use crate::store_typed::street::{line, open_street, orders, read, resident, stored};
use crate::temp_dir::TempDir;

#[tokio::test]
async fn a_crash_between_commit_and_tally_is_made_good_at_the_next_start() {
    let dir = TempDir::new();
    {
        let store = Store::embedded(dir.path(), StoreConfig::default()).await.expect("a table");
        let catalog = open_street(&store, 1, 5, 5).await;
        store.note_tallied(NOON + -60_000).await.expect("noted");
        orders(&store, &catalog, 2, &[line("A", 2)]).await;
        let need = report(3, domain::need::Category::Medicine, true, "降压药没有了");
        stored(&store, &catalog, resident(3), &need).await;
        // The process ends here, before anything is tallied.
    }
    let store = Store::embedded(dir.path(), StoreConfig::default()).await.expect("the same table");
    assert_eq!(store.run_tally(&community(), RUN).await.expect("answered"), nothing());
    let tally = Tally::new(store.clone(), None);
    catch_up(&tally, &store, &community(), LATER).await.expect("caught up");
    assert_equal_to_the_fold(&store, &read(&store).await).await;
}

#[tokio::test]
async fn what_happens_while_the_server_runs_is_on_the_board_a_moment_later() {
    let store = Store::embedded_memory(StoreConfig::default()).await.expect("a table in memory");
    let catalog = open_street(&store, 1, 5, 5).await;
    let (table, tally) = (store.clone(), Tally::new(store.clone(), None));
    let running =
        tokio::spawn(async move { keep_tallying(&tally, &table, &community(), || LATER, || {}).await });
    // As soon as somebody listens.
    for household in 1..=5 {
        orders(&store, &catalog, household, &[line("A", 2)]).await;
    }
    let mut boxes = 0;
    for _ in 0..400 {
        boxes = store.run_tally(&community(), RUN).await.expect("answered").totals().boxes;
        if boxes == 10 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    running.abort();
    assert_eq!(boxes, 10);
    assert_equal_to_the_fold(&store, &catalog).await;
}
