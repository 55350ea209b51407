//! A table whose worker is held: as many wait as the queue takes, and whoever comes after them is told at once.

use super::{Embedded, Engine, Job, QUEUE_LENGTH, serve, spawn};
use crate::client::{RetryPolicy, Store, StoreConfig};
use crate::error::StoreError;
use crate::expression::Condition;
use crate::item::{Item, Key};
use crate::query::Query;
use crate::table::Table;
use dynoxide::Database;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::sync_channel;
use std::time::Duration;
use tokio::sync::{Mutex, watch};
use tokio::task::JoinSet;
use tokio::time::timeout;

/// A table in memory with queue and worker of a folder's. While `gate` is locked the worker does nothing, and one
/// request waits at the gate.
fn gated(gate: Arc<Mutex<()>>) -> Embedded {
    let database = Database::memory().expect("a table in memory");
    let poisoned = Arc::new(watch::Sender::new(false));
    let (queue, jobs) = sync_channel::<Job>(QUEUE_LENGTH);
    let (on, passed) = sync_channel(0);
    let at_the_gate = move || {
        for job in jobs {
            drop(gate.blocking_lock());
            if on.send(job).is_err() {
                return;
            }
        }
    };
    let worker = {
        let (database, poisoned) = (database.clone(), poisoned.clone());
        move || serve(&database, &passed, &poisoned, &PathBuf::new())
    };
    let threads =
        vec![spawn("gate", at_the_gate).expect("a thread"), spawn("table", worker).expect("a thread")];
    let engine = Engine {
        database,
        queue: Some(queue),
        stop_sweeping: None,
        threads,
        data_dir: None,
        poisoned,
        _lock: None,
    };
    Embedded { engine: Arc::new(engine) }
}

async fn put(store: &Store, sk: &str) -> Result<(), StoreError> {
    store.put(Table::Main, Item::new(&Key::from_parts("crowd", sk)), Condition::Absent).await
}

#[tokio::test]
async fn a_full_queue_answers_busy_at_once_and_recovers() {
    const CROWD: usize = QUEUE_LENGTH + 50;
    /// On the slowest machine nobody gives up while the worker is held.
    const LONG: Duration = Duration::from_secs(120);
    let gate = Arc::new(Mutex::new(()));
    let retry = RetryPolicy { attempt_timeout: 2 * LONG, ..RetryPolicy::default() };
    let config = StoreConfig { retry, ..StoreConfig::default() };
    let store = Store::over_embedded(gated(gate.clone()), config).await.expect("tables");
    let mut crowd = JoinSet::new();
    let mut busy = Vec::new();
    {
        let _held = gate.lock().await;
        for n in 0..CROWD {
            let store = store.clone();
            crowd.spawn(async move { put(&store, &format!("f{n:04}")).await });
        }
        // The queue is full and one stands at the gate: so many are told while nothing moves.
        for _ in 0..CROWD - QUEUE_LENGTH - 1 {
            let told = timeout(LONG, crowd.join_next()).await.expect("told although nothing moves");
            busy.push(told.expect("not all wait").expect("no panic"));
        }
    }
    let mut written = 0;
    for outcome in crowd.join_all().await {
        match outcome {
            Ok(()) => written += 1,
            refused => busy.push(refused),
        }
    }
    // Whether the gate had taken one before the queue was full is left to the threads.
    assert!((QUEUE_LENGTH..=QUEUE_LENGTH + 1).contains(&written), "{written}");
    for outcome in busy {
        let Err(error @ StoreError::Busy { .. }) = outcome else { panic!("somebody got {outcome:?}") };
        assert!(!error.is_permanent() && !error.outcome_unknown() && error.retry_after().is_some());
    }
    let found = store.query(Table::Main, Query::partition("crowd").strong()).await.expect("answered");
    assert_eq!(found.len(), written, "who was told busy wrote nothing, everybody else did");
    put(&store, "later").await.expect("there is room again");
}
