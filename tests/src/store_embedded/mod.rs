//! What only the embedded table has: a lock, a queue, a disk that can be full, a process that can be
//! killed. The tests that need a second process start this same binary again (see `child.rs`).

mod child;
mod disk;
mod faults;

use crate::temp_dir::TempDir;
use child::{lines, run_child};
use std::io::{BufRead, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use store::{
    Condition, Consistency, Fault, FaultPlan, Faults, Item, Key, Query, RetryPolicy, Store, StoreConfig,
    StoreError, Table, Update, Usage, Write,
};

fn item(sk: &str) -> Item {
    Item::new(&Key::from_parts("R#1", sk))
}

async fn open(dir: &Path) -> Result<Store, StoreError> {
    Store::embedded(dir, StoreConfig::default()).await
}

async fn put(store: &Store, sk: &str) -> Result<(), StoreError> {
    store.put(Table::Main, item(sk), Condition::Absent).await
}

async fn count(store: &Store) -> usize {
    store.query(Table::Main, Query::partition("R#1").strong()).await.expect("answered").len()
}

#[tokio::test]
async fn a_folder_in_use_is_refused_and_free_again_afterwards() {
    let dir = TempDir::new();
    let first = open(dir.path()).await.expect("the folder is free");
    put(&first, "a").await.expect("written");
    match open(dir.path()).await {
        Err(error @ StoreError::InUse { .. }) => {
            assert!(error.is_permanent());
            assert!(error.to_string().contains(&std::process::id().to_string()), "{error}");
        }
        other => panic!("a second one got {other:?}"),
    }
    let clone = first.clone();
    drop(first);
    assert!(matches!(open(dir.path()).await, Err(StoreError::InUse { .. })), "a clone still has it");
    drop(clone);
    assert_eq!(count(&open(dir.path()).await.expect("free again")).await, 1);
}

#[tokio::test]
async fn a_second_process_is_refused_and_names_the_first() {
    let dir = TempDir::new();
    let mut first = run_child("hold", dir.path(), &[]);
    let mut said = lines(&mut first);
    assert_eq!(said.next().as_deref(), Some("open"));
    match open(dir.path()).await {
        Err(StoreError::InUse { process, .. }) => assert_eq!(process, Some(first.id())),
        other => panic!("the second process got {other:?}"),
    }
    first.kill().expect("it can be killed");
    first.wait().expect("it ends");
    open(dir.path()).await.expect("the lock went with the process");
}

#[tokio::test]
async fn a_panic_inside_is_answered_told_and_loses_nothing() {
    let dir = TempDir::new();
    let faults = Faults::new(FaultPlan::quiet());
    let config = StoreConfig { faults: Some(faults.clone()), ..StoreConfig::default() };
    let store = Store::embedded(dir.path(), config).await.expect("the folder is free");
    put(&store, "before").await.expect("written");
    let told = tokio::spawn({
        let store = store.clone();
        async move { store.poisoned().await }
    });
    faults.panic_next();
    for sk in ["during", "after"] {
        let answer = put(&store, sk).await;
        assert!(matches!(answer, Err(StoreError::Poisoned)), "{answer:?}");
    }
    tokio::time::timeout(Duration::from_secs(5), told).await.expect("told in time").expect("told");
    drop(store);
    let again = open(dir.path()).await.expect("a restart is all it takes");
    assert_eq!(count(&again).await, 1);
}

/// Where DynamoDB Local counts otherwise than AWS (0 for an empty query, only the last write of a
/// transaction), the embedded table counts as AWS does.
#[tokio::test]
async fn empty_queries_and_transactions_cost_what_they_cost_on_aws() {
    let (store, meter) = Store::embedded_memory(StoreConfig::default()).await.expect("memory").metered();
    let cost = |calls, reads, writes| Usage { calls, scans: 0, waits: calls, reads, writes };
    let nobody = store.query(Table::Main, Query::partition("nobody")).await.expect("answered");
    assert_eq!(nobody, []);
    assert_eq!(meter.take(), cost(1, 0.5, 0.0));
    let two = vec![
        Write::Put(Table::Main, item("a"), Condition::Absent),
        Write::Update(Table::Main, Update::of(Key::from_parts("R#1", "b")).add("n", 1)),
    ];
    store.transact(two).await.expect("nothing is in the way");
    assert_eq!(meter.take(), cost(1, 0.0, 4.0));
    let indexed = vec![Write::Put(Table::Main, item("c").indexed("D", "1"), Condition::Absent)];
    store.transact(indexed).await.expect("nothing is in the way");
    // The index entry does not cost double in a transaction, only the item itself does.
    assert_eq!(meter.take(), cost(1, 0.0, 3.0));
}

#[tokio::test]
async fn expired_items_are_deleted_and_others_stay() {
    let store = Store::embedded_memory(StoreConfig::default()).await.expect("memory");
    for (table, sk, ttl) in [
        (Table::Sessions, "old", 1_000_000),
        (Table::Sessions, "new", 4_102_444_800),
        (Table::Main, "old", 1_000_000),
    ] {
        store.put(table, item(sk).expires_at(ttl), Condition::Absent).await.expect("written");
    }
    put(&store, "without").await.expect("written");
    assert_eq!(store.delete_expired().await.expect("swept"), 2);
    let sessions = store.query(Table::Sessions, Query::partition("R#1").strong()).await.expect("answered");
    assert_eq!(sessions.len(), 1);
    assert_eq!(count(&store).await, 1);
}

#[tokio::test]
async fn a_copy_made_while_it_is_in_use_opens_elsewhere() {
    let (dir, other) = (TempDir::new(), TempDir::new());
    let store = open(dir.path()).await.expect("the folder is free");
    put(&store, "a").await.expect("written");
    assert!(store.copy_to(&other.path().join("table.db")).await.expect("copied"));
    put(&store, "b").await.expect("written");
    assert_eq!(count(&open(other.path()).await.expect("the copy opens")).await, 1);
    assert_eq!(count(&store).await, 2);
}
