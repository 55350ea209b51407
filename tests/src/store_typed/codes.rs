//! Ways in and sessions: letters, invites, ten-minute codes, sign-out, a lost phone, door cards,
//! throttles.

use super::street::*;
use crate::store_contract::on_every_backend;
use domain::actor::{Role, Signed};
use domain::door_code::DoorToken;
use domain::enrolment_code::{EnrolmentCode, EnrolmentSecret};
use domain::{BuildingId, CommunityId, DoorId, HouseholdId, Millis};
use std::collections::BTreeMap;
use store::{
    Entered, HAND_IN_DAYS, LETTER_DAYS, LETTER_PHONES, Session, Store, StoreError, Table, Throttled, Tokens,
    Tried, Vault, WayIn,
};

fn vault() -> Vault {
    Vault::with_keys(vec![[7; 32]]).expect("a key")
}

fn secret(n: u8) -> EnrolmentSecret {
    EnrolmentSecret::from_random([n; 16])
}

async fn enter(store: &Store, way_in: &WayIn, now: Millis) -> Option<(Tokens, Session)> {
    let tokens = Tokens::random();
    match store.enter(way_in, &tokens, "Android, Chrome", now, 90).await.expect("answered") {
        Entered::In(session) => Some((tokens, session)),
        Entered::No => None,
    }
}

#[tokio::test]
async fn a_letter_admits_six_phones_by_camera_or_by_hand_and_looking_spends_nothing() {
    on_every_backend(async |store| {
        let (c, household) = (community(), HouseholdId(7));
        store.issue_letter(&vault(), &c, household, &secret(1), NOON, NOON).await.expect("issued");
        let scanned = WayIn::Letter(secret(1));
        let typed = WayIn::typed_letter(&vault(), &c, &secret(1).typed()).expect("a key");
        for n in 0..LETTER_PHONES {
            let pass = store.look_at(&scanned, NOON).await.expect("answered").expect("it is good");
            assert_eq!((pass.who, pass.admitted), (Signed::Household(household), n));
            let way_in = if n % 2 == 0 { &scanned } else { &typed };
            let (tokens, session) = enter(&store, way_in, NOON).await.expect("admitted");
            assert_eq!(session.who, Signed::Household(household));
            assert_eq!(store.session(&tokens.session, NOON).await.expect("answered"), Some(session));
        }
        assert_eq!(store.look_at(&scanned, NOON).await.expect("answered"), None);
        assert!(enter(&store, &scanned, NOON).await.is_none(), "the seventh phone");
        let phones = store.phones(&c, Signed::Household(household), NOON).await.expect("answered");
        assert_eq!(phones.len(), 6);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn ten_phones_at_once_are_six() {
    on_every_backend(async |store| {
        let c = community();
        store.issue_letter(&vault(), &c, HouseholdId(1), &secret(9), NOON, NOON).await.expect("issued");
        let mut phones = tokio::task::JoinSet::new();
        for _ in 0..10 {
            let store = store.clone();
            phones.spawn(async move {
                for _ in 0..50 {
                    let tokens = Tokens::random();
                    match store.enter(&WayIn::Letter(secret(9)), &tokens, "", NOON, 90).await {
                        Ok(entered) => return matches!(entered, Entered::In(_)),
                        Err(error) => assert!(!error.is_permanent(), "{error}"),
                    }
                }
                panic!("never answered");
            });
        }
        let admitted = phones.join_all().await.into_iter().filter(|admitted| *admitted).count();
        assert_eq!(admitted, 6);
        let signed_in = store.phones(&c, resident(1), NOON).await.expect("answered");
        assert_eq!(signed_in.len(), 6);
    })
    .await;
}

#[tokio::test]
async fn a_new_letter_ends_the_old_one_and_time_ends_each() {
    on_every_backend(async |store| {
        let c = community();
        store.issue_letter(&vault(), &c, HouseholdId(1), &secret(1), NOON, NOON).await.expect("issued");
        store.issue_letter(&vault(), &c, HouseholdId(1), &secret(2), NOON, NOON).await.expect("reissued");
        let old =
            [WayIn::Letter(secret(1)), WayIn::typed_letter(&vault(), &c, &secret(1).typed()).expect("a key")];
        for way_in in &old {
            assert!(enter(&store, way_in, NOON).await.is_none());
        }
        let new = WayIn::Letter(secret(2));
        let last = NOON + LETTER_DAYS * Millis::DAY;
        assert!(enter(&store, &new, last + -1).await.is_some());
        assert!(enter(&store, &new, last).await.is_none());
        // A code is good in its own community only.
        let elsewhere: CommunityId = "lane6".parse().expect("an id");
        let typed = WayIn::typed_letter(&vault(), &elsewhere, &secret(2).typed()).expect("a key");
        assert!(enter(&store, &typed, NOON).await.is_none());
        // A secret of one kind is nothing of another.
        assert!(enter(&store, &WayIn::Invite(secret(2)), NOON).await.is_none());
        // Two letters whose typed codes agree cannot be told apart by hand: the second is refused.
        let mut bits = [2; 16];
        bits[15] = 7;
        let twin = EnrolmentSecret::from_random(bits);
        assert_eq!(twin.typed(), secret(2).typed());
        let clash = store.issue_letter(&vault(), &c, HouseholdId(2), &twin, NOON, NOON).await;
        assert!(matches!(clash, Err(StoreError::TransactionRefused { .. })));
    })
    .await;
}

#[tokio::test]
async fn an_invite_and_a_ten_minute_code_bring_phones_in() {
    on_every_backend(async |store| {
        let c = community();
        let until = NOON + Millis::DAY;
        store.issue_invite(&c, STEWARD, Role::Steward, &secret(3), until, 1).await.expect("issued");
        let invite = WayIn::Invite(secret(3));
        let (_, session) = enter(&store, &invite, NOON).await.expect("admitted");
        assert_eq!(session.who, steward());
        assert!(enter(&store, &invite, NOON).await.is_none(), "once");

        let code = EnrolmentCode::from_random([5; 6]);
        store.issue_minute_code(&session, &code, NOON).await.expect("shown");
        let way_in = WayIn::Minute(c.clone(), code);
        assert!(store.look_at(&way_in, NOON + 10 * Millis::MINUTE).await.expect("answered").is_none());
        let (_, other) = enter(&store, &way_in, NOON + 9 * Millis::MINUTE).await.expect("admitted");
        assert_eq!(other.who, steward());
        assert!(enter(&store, &way_in, NOON).await.is_none(), "once");
        assert_eq!(store.phones(&c, steward(), NOON).await.expect("answered").len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_phone_that_signed_out_hands_in_for_thirty_days_and_a_lost_one_unconfirmed() {
    on_every_backend(async |store| {
        let c = community();
        store.issue_letter(&vault(), &c, HouseholdId(1), &secret(1), NOON, NOON).await.expect("issued");
        let way_in = WayIn::Letter(secret(1));
        let (mine, session) = enter(&store, &way_in, NOON).await.expect("admitted");
        let (lost, _) = enter(&store, &way_in, NOON + 1).await.expect("admitted");

        store.end_session(&mine.session).await.expect("signed out");
        store.end_session(&mine.session).await.expect("again is no error");
        assert_eq!(store.session(&mine.session, NOON).await.expect("answered"), None);
        let author = store.hand_in_author(&mine.hand_in, NOON).await.expect("answered").expect("known");
        assert_eq!((author.who, author.revoked), (resident(1), None));
        let last = session.expires + HAND_IN_DAYS * Millis::DAY;
        assert!(store.hand_in_author(&mine.hand_in, last + -1).await.expect("answered").is_some());
        assert!(store.hand_in_author(&mine.hand_in, last).await.expect("answered").is_none());

        let phones = store.phones(&c, resident(1), NOON).await.expect("answered");
        assert_eq!(phones.len(), 1);
        store.revoke(&c, resident(1), &phones[0], NOON + 5).await.expect("revoked");
        assert_eq!(store.session(&lost.session, NOON + 5).await.expect("answered"), None);
        let author = store.hand_in_author(&lost.hand_in, NOON + 5).await.expect("answered").expect("known");
        assert_eq!(author.revoked, Some(NOON + 5));
        assert!(store.phones(&c, resident(1), NOON).await.expect("answered").is_empty());
        // A session ends by time too, whenever the table gets round to deleting it.
        let (third, session) = enter(&store, &way_in, NOON).await.expect("admitted");
        assert!(store.session(&third.session, session.expires).await.expect("answered").is_none());
    })
    .await;
}

#[tokio::test]
async fn a_door_is_found_by_its_card_and_a_new_card_ends_the_old_one() {
    on_every_backend(async |store| {
        let (c, building) = (community(), BuildingId(3));
        let card = |n: u8| DoorToken::from_random([n; 12]);
        store.issue_card(&c, building, DoorId(1), &card(1)).await.expect("issued");
        store.issue_card(&c, building, DoorId(2), &card(2)).await.expect("issued");
        let at = store.door_of_card(&card(1)).await.expect("answered").expect("known");
        assert_eq!((at.community, at.door), (c.clone(), DoorId(1)));
        let short = card(2).short_code();
        assert_eq!(store.door_of_short_code(&c, &short).await.expect("answered"), Some(DoorId(2)));

        store.issue_card(&c, building, DoorId(2), &card(5)).await.expect("reissued");
        assert_eq!(store.door_of_card(&card(2)).await.expect("answered"), None);
        assert_eq!(store.door_of_short_code(&c, &short).await.expect("answered"), None);
        let cards = store.cards(&c, building).await.expect("answered");
        assert_eq!(cards, BTreeMap::from([(DoorId(1), card(1)), (DoorId(2), card(5))]));
        // A short code that is taken is refused, and the door keeps its card.
        let mut bits = [1; 12];
        bits[11] = 9;
        let twin = DoorToken::from_random(bits);
        assert_eq!(twin.short_code(), card(1).short_code());
        let clash = store.issue_card(&c, building, DoorId(2), &twin).await;
        assert!(matches!(clash, Err(StoreError::TransactionRefused { .. })));
        assert_eq!(store.cards(&c, building).await.expect("answered"), cards);
    })
    .await;
}

#[tokio::test]
async fn whoever_guesses_is_slowed_down_and_locks_out_a_thousandth_of_the_letters() {
    on_every_backend(async |store| {
        let c = community();
        let code = |n: u8| Tried::Code(EnrolmentCode::from_random([n, 0, 0, 0, 0, 0]));
        for _ in 0..20 {
            assert_eq!(store.may_try(&c, &code(0x11), NOON).await.expect("answered"), Throttled::Go);
            store.count_wrong(&c, &code(0x11), NOON).await.expect("counted");
        }
        let Throttled::Wait(until) = store.may_try(&c, &code(0x11), NOON).await.expect("answered") else {
            panic!("the 21st guess may be made");
        };
        assert!(until > NOON && until - NOON <= 10 * Millis::MINUTE);
        assert_eq!(store.may_try(&c, &code(0x99), NOON).await.expect("answered"), Throttled::Go);
        assert_eq!(store.may_try(&c, &code(0x11), until).await.expect("answered"), Throttled::Go);
    })
    .await;
}

#[tokio::test]
async fn no_token_or_code_is_in_the_table() {
    let store = Store::embedded_memory(crate::store_contract::config()).await.expect("a table in memory");
    let c = community();
    store.issue_letter(&vault(), &c, HouseholdId(1), &secret(1), NOON, NOON).await.expect("issued");
    let until = NOON + Millis::DAY;
    store.issue_invite(&c, STEWARD, Role::Steward, &secret(3), until, 3).await.expect("issued");
    let (tokens, session) = enter(&store, &WayIn::Letter(secret(1)), NOON).await.expect("admitted");
    let code = EnrolmentCode::from_random([0x5a; 6]);
    store.issue_minute_code(&session, &code, NOON).await.expect("shown");
    store.count_wrong(&c, &Tried::Code(code), NOON).await.expect("counted");
    let sessions = store.export_page(Table::Sessions, None).await.expect("answered").items;
    assert_eq!(sessions.len(), 7);
    // What an export holds: the letter, which is on paper and has to move with the data.
    let main = store.export_page(Table::Main, None).await.expect("answered").items;
    assert_eq!(main.len(), 3);
    let stored = format!("{sessions:?} {main:?}");
    let secrets = [
        secret(1).text(),
        secret(1).typed().text(),
        secret(3).text(),
        code.text(),
        tokens.session.text(),
        tokens.hand_in.text(),
    ];
    for secret in secrets {
        assert!(!stored.contains(&secret));
    }
}
