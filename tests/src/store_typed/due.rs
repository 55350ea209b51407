//! What is due comes once its time has come, over hours and stops, and not again once it is done.

use super::street::*;
use crate::store_contract::on_every_backend;
use domain::{HouseholdId, Millis, RunId};
use store::{Due, Task};

#[tokio::test]
async fn tasks_come_at_their_time_even_after_a_night_without_power() {
    on_every_backend(async |store| {
        let due =
            |minutes: i64, task| Due { at: NOON + minutes * Millis::MINUTE, community: community(), task };
        let close = due(30, Task::Close(RunId(1)));
        let seal = due(46, Task::Seal(RunId(1)));
        let escalate = due(600, Task::Escalate { household: HouseholdId(1), need: id(), level: 1 });
        for one in [&escalate, &seal, &close, &close] {
            store.schedule(one).await.expect("noted");
        }
        let at = |minutes: i64| NOON + minutes * Millis::MINUTE;
        let now = async |minutes| store.due(at(minutes)).await.expect("answered").due;
        assert_eq!(now(29).await, []);
        assert_eq!(now(30).await, std::slice::from_ref(&close));
        // The clock stood still for ten hours.
        assert_eq!(now(600).await, [close.clone(), seal.clone(), escalate.clone()]);
        for one in [&close, &seal] {
            store.done(one).await.expect("done");
        }
        let sweep = store.due(at(600)).await.expect("answered");
        store.swept(&sweep).await.expect("noted");
        assert_eq!(now(600).await, std::slice::from_ref(&escalate));
        let older = store.due(at(300)).await.expect("answered");
        store.swept(&older).await.expect("an older word does not move it back");
        store.done(&escalate).await.expect("done");
        assert_eq!(now(600).await, []);
        // Noted for a time that the clock has passed: it is due at once.
        let late = due(31, Task::Open(RunId(1)));
        store.schedule(&late).await.expect("noted");
        let found = now(600).await;
        assert_eq!(found.iter().map(|one| &one.task).collect::<Vec<_>>(), [&late.task]);
        store.done(&found[0]).await.expect("done");
        assert_eq!(now(10_000).await, []);
    })
    .await;
}
