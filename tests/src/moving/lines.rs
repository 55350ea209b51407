//! The file and the two tables: nothing is lost, nothing comes twice, nothing damaged is taken.

use std::io::Cursor;

use domain::HouseholdId;
use proptest::prelude::*;
use store::{Condition, Consistency, Contact, Item, Key, MovingError, Store, Table, Vault};

use super::{exported, taken};
use crate::store_contract::{config, on_every_backend};
use crate::store_typed::street::{
    NOON, community, desk, line, mark, open_street, order, resident, settings, steward, stored,
};

fn vault() -> Vault {
    Vault::with_keys(vec![[7; 32]]).expect("a vault")
}

/// A street where something happened: orders, marks, a sealed telephone number.
async fn lively(store: &Store) {
    let catalog = open_street(store, 2, 9, 9).await;
    for household in 1..=5 {
        stored(store, &catalog, resident(household), &order(household, None, &[line("A", 1), line("B", 1)]))
            .await;
        stored(store, &catalog, steward(), &mark(household)).await;
    }
    let contact = Contact { phones: vec!["0371 5550 0001".into()] };
    store.save_contacts(&vault(), &community(), [(HouseholdId(1), contact)]).await.expect("sealed");
}

async fn empty() -> Store {
    Store::embedded_memory(config()).await.expect("a table in memory")
}

#[tokio::test]
async fn a_table_moves_to_every_backend_and_back_and_stays_the_same() {
    let first = empty().await;
    lively(&first).await;
    let (file, before) = exported(&first, NOON).await;
    assert!(before.items > 20 && before.kinds["R"] >= 10, "{before:?}");
    assert_eq!(before.communities, [community()].into());
    assert_eq!(before.sealed_by.len(), 1);
    on_every_backend(async |middle| {
        let done = taken(&middle, &file, Some(&vault())).await.expect("taken");
        assert_eq!((done.written, done.there, done.differs), (before.items, 0, 0));
        let (back, there) = exported(&middle, NOON).await;
        assert_eq!((there.digest.as_str(), &there.kinds), (before.digest.as_str(), &before.kinds));
        let last = empty().await;
        taken(&last, &back, Some(&vault())).await.expect("taken");
        assert_eq!(last.contents(NOON).await.expect("read").digest, before.digest);
        let number = last.households_by_phone(&vault(), &community(), "0371-5550-0001").await.expect("read");
        assert_eq!(number, [HouseholdId(1)]);
    })
    .await;
}

#[tokio::test]
async fn taking_a_file_twice_changes_nothing_and_what_happened_since_stays() {
    on_every_backend(async |store| {
        let first = empty().await;
        lively(&first).await;
        let (file, contents) = exported(&first, NOON).await;
        taken(&store, &file, Some(&vault())).await.expect("taken");
        let again = taken(&store, &file, Some(&vault())).await.expect("taken again");
        assert_eq!((again.written, again.there, again.differs), (0, contents.items, 0));

        let mut renamed = settings();
        renamed.hotline = "0371-1111".into();
        store.save_settings(&renamed).await.expect("saved");
        let late = taken(&store, &file, Some(&vault())).await.expect("looked through");
        assert!(late.differs >= 1 && late.written == 0, "{late:?}");
        let kept = store.catalog(&community()).await.expect("read").expect("there");
        assert_eq!(kept.community.settings.hotline, "0371-1111");
    })
    .await;
}

#[tokio::test]
async fn what_was_stopped_in_the_middle_goes_on_where_it_was() {
    let first = empty().await;
    lively(&first).await;
    let filler = |n: u32| Item::new(&Key::from_parts("R#lane5#9#B#1", format!("{n:05}"))).with_text("x", "y");
    first.batch_put(Table::Main, (0..3_500).map(filler)).await.expect("written");
    let (file, contents) = exported(&first, NOON).await;
    let checked = store::check(Cursor::new(&file)).expect("whole");

    let second = empty().await;
    let (stop, mut stopped) = tokio::sync::mpsc::unbounded_channel();
    let vault = vault();
    let import = second.import(Cursor::new(&file), &checked, Some(&vault), |items| {
        if items >= 2_000 {
            let _ = stop.send(items);
        }
    });
    let at = tokio::select! {
        biased;
        at = stopped.recv() => at.expect("it came so far"),
        _ = import => 0,
    };
    // In memory it may end before anybody stops it; then there is nothing to go on with.
    let done = taken(&second, &file, Some(&vault)).await.expect("goes on");
    assert_eq!(done.before + done.written + done.there, contents.items, "{done:?} after {at}");
    assert_eq!(second.contents(NOON).await.expect("read").digest, contents.digest);
}

#[tokio::test]
async fn another_community_of_the_same_name_is_left_alone() {
    let (first, second) = (empty().await, empty().await);
    lively(&first).await;
    let (file, _) = exported(&first, NOON).await;
    second.create_community(&settings()).await.expect("a community of its own");
    let before = second.contents(NOON).await.expect("read");
    let refused = taken(&second, &file, Some(&vault())).await;
    assert!(matches!(&refused, Err(MovingError::CommunityThere(c)) if *c == community()), "{refused:?}");
    assert_eq!(second.contents(NOON).await.expect("read"), before);
}

#[tokio::test]
async fn sealed_items_do_not_go_where_their_key_is_not() {
    let (first, second) = (empty().await, empty().await);
    lively(&first).await;
    let (file, _) = exported(&first, NOON).await;
    assert!(!String::from_utf8_lossy(&file).contains("5550"), "a number in the clear");
    let other = Vault::with_keys(vec![[8; 32]]).expect("a vault");
    for keys in [None, Some(&other)] {
        let refused = taken(&second, &file, keys).await;
        assert!(matches!(refused, Err(MovingError::KeyMissing { count: 1 })), "{refused:?}");
    }
    assert_eq!(second.contents(NOON).await.expect("read").items, 0);
}

#[tokio::test]
async fn what_is_past_its_time_stays_behind() {
    let store = empty().await;
    for (sk, ttl) in [("old", NOON.0 / 1_000 - 1), ("new", NOON.0 / 1_000 + 1)] {
        let item = Item::new(&Key::from_parts("X#lane5#H1", sk)).expires_at(ttl);
        store.put(Table::Main, item, Condition::Absent).await.expect("written");
    }
    let (file, contents) = exported(&store, NOON).await;
    assert_eq!(contents.items, 1);
    let second = empty().await;
    taken(&second, &file, None).await.expect("taken");
    let new = second.get(Table::Main, &Key::from_parts("X#lane5#H1", "new"), Consistency::Strong).await;
    assert!(new.expect("read").is_some());
}

#[test]
fn a_file_of_tomorrow_or_of_somebody_else_is_named() {
    let tomorrow = "{\"v\":1,\"head\":{\"format\":\"last-metre\",\"made\":1}}\n{\"v\":2,\"item\":{}}\n";
    let answer = store::check(tomorrow.as_bytes());
    assert!(matches!(answer, Err(MovingError::Version { line: 2, version: 2 })), "{answer:?}");
    for other in ["", "PK\u{3}\u{4}", "{}\n", "[1]\n", "{\"v\":1,\"head\":{\"format\":\"other\"}}\n"] {
        assert!(store::check(other.as_bytes()).is_err(), "{other:?}");
    }
}

#[test]
fn whatever_is_cut_off_or_changed_is_found_before_anything_is_taken() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let file = runtime.block_on(async {
        let store = empty().await;
        lively(&store).await;
        let stamped = order(6, None, &[line("A", 1)]);
        let catalog = store.catalog(&community()).await.expect("read").expect("there");
        stored(&store, &catalog, desk(), &stamped).await;
        exported(&store, NOON).await.0
    });
    assert!(store::check(&file[..]).is_ok());
    proptest!(ProptestConfig::with_cases(300), |(at in 0..file.len(), flip in 1u8..)| {
        let cut = store::check(&file[..at]);
        prop_assert!(cut.is_err(), "cut off at {at}");
        let mut changed = file.clone();
        changed[at] ^= flip;
        // Another digit in the time of the head or spelling of the end is found too: all bytes but the end's own count.
        let answer = store::check(&changed[..]);
        prop_assert!(answer.is_err(), "changed at {at}");
    });
}
