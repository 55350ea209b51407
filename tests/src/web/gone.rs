//! Phones that are gone before they hear an answer: what they handed in is stored, and whoever tallies hears of it.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use domain::fact::{Away, Body, Fact};

use store::{Store, StoreConfig};

use super::stage::{HERE, NOON, OPEN, Stage, fact};
use crate::temp_dir::TempDir;

/// Goes on with a request until it has been woken so often, and is gone at the next word; whether it was answered.
async fn gone_after(wakes: u32, request: impl Future) -> bool {
    let (mut request, mut left) = (pin!(request), wakes);
    poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(false);
        }
        left -= 1;
        request.as_mut().poll(context).map(|_| true)
    })
    .await
}

fn says_away(away: bool) -> Fact {
    fact(NOON, Body::Away(Away { run: OPEN, household: HERE, away }))
}

#[tokio::test]
async fn whenever_a_phone_is_gone_its_fact_is_stored_and_told_to_whoever_tallies() {
    // On a disk: a table in memory answers within one step, and nobody can be gone in between.
    let dir = TempDir::new();
    let store = Store::embedded(dir.path(), StoreConfig::default()).await.expect("a table");
    let stage = Stage::over(store, "https://lm.example.org");
    stage.fill().await;
    let phone = stage.resident(HERE).await;
    let mut feed = stage.state.store().feed();
    for wakes in 1..1_000 {
        let made = says_away(wakes % 2 == 0);
        let batch = serde_json::json!({ "sent": NOON, "facts": [made] }).to_string();
        let answered = gone_after(wakes, stage.hand_in(&phone.hand_in, batch)).await;
        let id = made.id.to_string();
        let told = async {
            while let Some(item) = feed.recv().await {
                if item.key().expect("an item").sk().ends_with(&id) {
                    return;
                }
            }
            panic!("the feed ended");
        };
        let told = tokio::time::timeout(Duration::from_secs(10), told).await;
        assert!(told.is_ok(), "gone after {wakes} steps: nobody tallies it");
        if answered {
            return;
        }
    }
    panic!("a request that never ends");
}
