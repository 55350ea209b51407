//! What the desk keeps: menus that freeze, windows that two desks save at once, the ledger that is
//! imported, imported again and undone.

use super::street::*;
use crate::store_contract::on_every_backend;
use domain::community::{Notice, Places};
use domain::menu::Menu;
use domain::places::Area;
use domain::{DoorId, Fen, HouseholdId, Lang, Name, NoticeId};
use store::{Store, StoreError};

fn refused<T>(answer: &Result<T, StoreError>) -> bool {
    matches!(answer, Err(StoreError::TransactionRefused { .. }))
}

#[tokio::test]
async fn a_community_is_read_as_it_was_written_and_its_version_moves_with_every_change() {
    on_every_backend(async |store| {
        assert!(store.catalog(&community()).await.expect("answered").is_none());
        let catalog = open_street(&store, 2, 5, 5).await;
        assert!(refused(&store.create_community(&settings()).await), "it exists");
        let notice = Notice {
            id: store.new_notice_id(&community()).await.expect("a number"),
            area: Area::Community,
            text: Name::new("明天停水", "No water tomorrow"),
            from: NOON,
            until: None,
        };
        assert_eq!(notice.id, NoticeId(1));
        store.save_notice(&community(), &notice).await.expect("saved");
        let settings = domain::community::Settings { hotline: "0371-1111".into(), ..settings() };
        store.save_settings(&settings).await.expect("saved");

        let now = read(&store).await;
        assert_eq!(now.version, catalog.version + 2);
        assert_eq!(store.catalog_version(&community()).await.expect("answered"), now.version);
        let mut expected = (*catalog.community).clone();
        expected.settings = settings;
        expected.notices.insert(notice.id, notice);
        assert_eq!(*now.community, expected);
        assert_eq!(now.community.places, places(2));
        assert_eq!(now.community.people.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_menu_freezes_when_a_published_window_offers_it() {
    on_every_backend(async |store| {
        store.create_community(&settings()).await.expect("new");
        let first = menu("A", None);
        store.save_menu(&community(), &first).await.expect("saved");
        let cheaper = Menu { price: Fen(2_900), ..first.clone() };
        store.save_menu(&community(), &cheaper).await.expect("nobody could order it yet");
        let mut draft = window(std::slice::from_ref(&cheaper));
        draft.published = false;
        store.save_window(&read(&store).await, &draft).await.expect("a draft");
        store.save_menu(&community(), &first).await.expect("a draft freezes nothing");
        store
            .save_window(&read(&store).await, &window(std::slice::from_ref(&first)))
            .await
            .expect("published");
        assert!(refused(&store.save_menu(&community(), &cheaper).await));
        let next = Menu { version: 2, ..cheaper };
        store.save_menu(&community(), &next).await.expect("the next version");
        assert_eq!(read(&store).await.community.menus, [first, next]);

        let mut unknown = window(&[menu("Z", None)]);
        unknown.run = domain::RunId(9);
        assert!(refused(&store.save_window(&read(&store).await, &unknown).await), "no such menu");
    })
    .await;
}

#[tokio::test]
async fn of_two_desks_that_save_one_window_the_second_hears_it() {
    on_every_backend(async |store| {
        let catalog = open_street(&store, 1, 5, 5).await;
        let mut extended = catalog.community.windows[&RUN].clone();
        extended.closes = extended.closes + domain::Millis::HOUR;
        let mut noted = catalog.community.windows[&RUN].clone();
        noted.note = "带上口罩".into();
        store.save_window(&catalog, &extended).await.expect("the first desk");
        assert!(refused(&store.save_window(&catalog, &noted).await), "the second desk saw the old one");
        assert_eq!(read(&store).await.community.windows[&RUN], extended);
        store.save_window(&read(&store).await, &noted).await.expect("on what it is now");
        assert_eq!(store.new_run_id(&community()).await.expect("a number").0, 1);
        assert_eq!(store.new_run_id(&community()).await.expect("a number").0, 2);
    })
    .await;
}

async fn import(store: &Store, places: &Places) -> Result<u32, StoreError> {
    store.import_ledger(&read(store).await, places).await
}

#[tokio::test]
async fn a_ledger_is_replaced_whole_and_undone_step_by_step() {
    on_every_backend(async |store| {
        store.create_community(&settings()).await.expect("new");
        assert_eq!(store.undo_ledger(&read(&store).await).await.expect("answered"), None);
        for floors in 1..=5 {
            import(&store, &places(floors)).await.expect("imported");
            assert_eq!(read(&store).await.community.places, places(floors));
        }
        // Three versions are kept: two steps back, not more.
        for floors in [4, 3] {
            let before = store.previous_ledger(&community()).await.expect("answered");
            assert_eq!(before, Some(places(floors)));
            store.undo_ledger(&read(&store).await).await.expect("answered").expect("there is one");
            assert_eq!(read(&store).await.community.places, places(floors));
        }
        assert_eq!(store.undo_ledger(&read(&store).await).await.expect("answered"), None);
        assert_eq!(read(&store).await.community.places, places(3));
    })
    .await;
}

#[tokio::test]
async fn an_import_on_an_old_preview_is_refused_and_leaves_nothing_behind() {
    on_every_backend(async |store| {
        store.create_community(&settings()).await.expect("new");
        let empty = read(&store).await;
        store.import_ledger(&empty, &places(1)).await.expect("the first desk");
        let preview = read(&store).await;
        assert!(refused(&store.import_ledger(&empty, &places(2)).await));
        assert!(refused(&store.undo_ledger(&empty).await) || read(&store).await.ledger == preview.ledger);
        assert_eq!(read(&store).await.community.places, places(1));
        store.import_ledger(&preview, &places(2)).await.expect("on what it is now");
        assert_eq!(read(&store).await.community.places, places(2));
    })
    .await;
}

#[tokio::test]
async fn a_whole_district_comes_in_chunks() {
    on_every_backend(async |store| {
        store.create_community(&settings()).await.expect("new");
        let mut district = places(1);
        for n in 1_000..11_000 {
            let mut one = household(n, Some(DoorId(n)));
            one.lang = if n % 2 == 0 { Lang::Zh } else { Lang::En };
            one.note = "请不要按门铃，宝宝在睡觉，放门口就好".into();
            district.households.insert(HouseholdId(n), one);
            let mut door = district.doors[&DoorId(1)].clone();
            door.id = DoorId(n);
            district.doors.insert(DoorId(n), door);
        }
        let (metered, meter) = store.metered();
        import(&metered, &district).await.expect("imported");
        assert!(meter.usage().writes > 1_000.0, "more than a megabyte: {:?}", meter.usage());
        assert_eq!(read(&store).await.community.places, district);
        import(&store, &places(1)).await.expect("imported");
        assert_eq!(read(&store).await.community.places, places(1));
        store.undo_ledger(&read(&store).await).await.expect("answered").expect("there is one");
        assert_eq!(read(&store).await.community.places, district);
    })
    .await;
}
