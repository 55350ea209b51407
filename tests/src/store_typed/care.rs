//! Care remarks and telephone numbers: sealed, found, refused to those without the right, and every
//! read on record.

use super::street::*;
use crate::store_contract::{config, on_every_backend};
use crate::temp_dir::TempDir;
use domain::HouseholdId;
use domain::actor::{Actor, Role};
use std::collections::BTreeMap;
use store::{Care, CareRead, Condition, Contact, Item, Key, Store, StoreError, Table, Vault};

fn vault() -> Vault {
    Vault::with_keys(vec![[7; 32]]).expect("a key")
}

fn care(text: &str) -> Care {
    Care { text: text.into(), review: None }
}

fn contact(phones: &[&str]) -> Contact {
    Contact { phones: phones.iter().map(|phone| (*phone).to_owned()).collect() }
}

#[tokio::test]
async fn the_desk_reads_care_and_is_on_record_a_steward_does_not() {
    on_every_backend(async |store| {
        let catalog = open_street(&store, 1, 1, 1).await;
        let (c, household) = (community(), HouseholdId(3));
        let remarks = [
            (household, "ledger".to_owned(), care("透析，周二周五")),
            (household, "pregnant".to_owned(), care("预产期三月")),
            (HouseholdId(4), "ledger".to_owned(), care("别人的")),
        ];
        store.save_care(&vault(), &c, remarks).await.expect("saved");
        let read = async |reader: &Actor| {
            store.read_care(&vault(), &c, household, reader, "安排车辆", NOON).await.expect("answered")
        };
        for by in [steward(), resident(3)] {
            assert_eq!(read(&actor(&catalog, by)).await, CareRead::NotAllowed);
        }
        assert!(store.care_readers(&c, household).await.expect("answered").is_empty());
        let expected = BTreeMap::from([
            ("ledger".to_owned(), care("透析，周二周五")),
            ("pregnant".to_owned(), care("预产期三月")),
        ]);
        assert_eq!(read(&actor(&catalog, desk())).await, CareRead::Read(expected));
        let readers = store.care_readers(&c, household).await.expect("answered");
        assert_eq!(readers.len(), 1);
        assert_eq!((readers[0].by, readers[0].purpose.as_str()), (desk(), "安排车辆"));

        store.remove_care(&c, household, "pregnant").await.expect("removed");
        let CareRead::Read(rest) = read(&actor(&catalog, desk())).await else { panic!("the desk may") };
        assert_eq!(rest.into_keys().collect::<Vec<_>>(), ["ledger"]);
    })
    .await;
}

#[tokio::test]
async fn a_household_is_found_by_its_number_however_it_is_typed() {
    on_every_backend(async |store| {
        let (c, one, two) = (community(), HouseholdId(1), HouseholdId(2));
        let contacts = [(one, contact(&["13800000001", "0371-5550001"])), (two, contact(&["13800000001"]))];
        store.save_contacts(&vault(), &c, contacts.clone()).await.expect("saved");
        let find =
            async |number: &str| store.households_by_phone(&vault(), &c, number).await.expect("answered");
        for typed in ["13800000001", "138 0000 0001", "+86 138-0000-0001", "008613800000001"] {
            assert_eq!(find(typed).await, [one, two], "{typed}");
        }
        assert_eq!(find("(0371) 555-0001").await, [one]);
        let all = store.contacts(&vault(), &c, [one, two, HouseholdId(3)]).await.expect("answered");
        assert_eq!(all, BTreeMap::from(contacts));
        // A corrected number: the old one leads nowhere.
        store.save_contacts(&vault(), &c, [(two, contact(&["13800000002"]))]).await.expect("saved");
        assert_eq!(find("13800000001").await, [one]);
        assert_eq!(find("13800000002").await, [two]);
        let kept = store.contact(&vault(), &c, two).await.expect("answered");
        assert_eq!(kept, Some(contact(&["13800000002"])));
    })
    .await;
}

#[tokio::test]
async fn nothing_private_is_in_the_clear_and_an_envelope_opens_only_where_it_belongs() {
    let store = Store::embedded_memory(config()).await.expect("a table in memory");
    let c = community();
    store.save_care(&vault(), &c, [(HouseholdId(1), "ledger".into(), care("糖尿病"))]).await.expect("saved");
    store.save_contacts(&vault(), &c, [(HouseholdId(1), contact(&["13800000001"]))]).await.expect("saved");
    let items = store.export_page(Table::Main, None).await.expect("answered").items;
    assert_eq!(items.len(), 3);
    let stored = format!("{items:?}");
    assert!(!stored.contains("糖尿病") && !stored.contains("13800000001"));
    assert!(!stored.contains(&format!("{:?}", "糖尿病".as_bytes())));
    assert_eq!(format!("{:?} {:?}", care("糖尿病"), contact(&["1"])), "Care(hidden) Contact(1 hidden)");

    // Somebody moves the envelope to a household whose remarks they may see.
    let sealed = store
        .get(Table::Main, &Key::from_parts("H#lane5#1", "CARE#ledger"), store::Consistency::Strong)
        .await
        .expect("answered")
        .expect("there");
    let mut moved = Item::new(&Key::from_parts("H#lane5#2", "CARE#ledger"));
    moved = moved.with_text("key", sealed.text("key").expect("a key id"));
    for part in ["wrapped", "sealed"] {
        moved = moved.with_bytes(part, sealed.bytes(part).expect("an envelope"));
    }
    store.put(Table::Main, moved, Condition::Absent).await.expect("written");
    let desk = Actor::Person { id: DESK, role: Role::Desk, assignments: Vec::new() };
    let read = async |vault: &Vault, household| {
        store.read_care(vault, &c, HouseholdId(household), &desk, "test", NOON).await
    };
    assert!(matches!(read(&vault(), 2).await, Err(StoreError::Corrupt { .. })));
    assert!(matches!(read(&vault(), 1).await, Ok(CareRead::Read(_))));
    let stranger = Vault::with_keys(vec![[8; 32]]).expect("a key");
    assert!(matches!(read(&stranger, 1).await, Err(StoreError::Corrupt { .. })));
    // After a new key was added the old envelopes still open, and numbers are still found.
    let rotated = Vault::with_keys(vec![[7; 32], [9; 32]]).expect("keys");
    assert!(matches!(read(&rotated, 1).await, Ok(CareRead::Read(_))));
    let found = store.households_by_phone(&rotated, &c, "13800000001").await.expect("answered");
    assert_eq!(found, [HouseholdId(1)]);
}

#[test]
fn the_key_file_is_made_once_and_only_its_owner_reads_it() {
    let dir = TempDir::new();
    drop(Vault::in_dir(dir.path()).expect("made"));
    let file = dir.path().join("care.key");
    let text = std::fs::read_to_string(&file).expect("a key file");
    assert_eq!(text.trim().len(), 64);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&file).expect("there").permissions().mode() & 0o777, 0o600);
    }
    drop(Vault::in_dir(dir.path()).expect("opened"));
    assert_eq!(std::fs::read_to_string(&file).expect("there"), text);
    for damaged in ["", "zz", &text[..40]] {
        std::fs::write(&file, damaged).expect("written");
        assert!(matches!(Vault::in_dir(dir.path()), Err(StoreError::CannotOpen { .. })));
    }
}
