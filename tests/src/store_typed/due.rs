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
        let escalate = due(600, Task::Escalate { household: HouseholdId(1), need: id() });
        for one in [&escalate, &seal, &close, &close] {
            store.schedule(one).await.expect("noted");
        }
        let at = |minutes: i64| NOON + minutes * Millis::MINUTE;
        let now = async |minutes| store.due(at(minutes)).await.expect("answered");
        assert_eq!(now(29).await, []);
        assert_eq!(now(30).await, std::slice::from_ref(&close));
        // The clock stood still for ten hours.
        assert_eq!(now(600).await, [close.clone(), seal.clone(), escalate.clone()]);
        for one in [&close, &seal] {
            store.done(one).await.expect("done");
        }
        store.due_done_until(at(600)).await.expect("noted");
        assert_eq!(now(600).await, std::slice::from_ref(&escalate));
        store.due_done_until(at(300)).await.expect("an older word does not move it back");
        store.done(&escalate).await.expect("done");
        assert_eq!(now(10_000).await, []);
    })
    .await;
}
