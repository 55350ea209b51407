//! Ringing phones: a push service of the tests' own receives what a phone would get, decrypts it with the phone's key
//! (RFC 8291), checks our signature (RFC 8292), and finds no word of what happened.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::post;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use domain::actor::{Role, Signed};
use domain::fact::Body;
use domain::need::{Category, Step};
use domain::quiet::QuietHours;
use domain::{BuildingId, HouseholdId, Name};
use http::{HeaderMap, StatusCode};
use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{Signature, VerifyingKey};
use p256::elliptic_curve::sec1::ToEncodedPoint;
use store::{PushKey, SessionToken, Store, StoreConfig, Subscription};
use tally::Tally;
use tally::push::{Hosts, Ringer};

use super::*;
use crate::store_typed::needs::{report, step};
use crate::store_typed::street::{
    desk, fact, line, mark, open_street, orders, read, resident, settings, steward, stored,
};

/// What the push service got: for which phone, with which headers, what.
type Got = Vec<(u32, HeaderMap, Vec<u8>)>;

/// A push service.
#[derive(Clone, Default)]
struct Service {
    got: Arc<Mutex<Got>>,
    /// Phones that it does not know any more.
    gone: Arc<Mutex<Vec<u32>>>,
}

impl Service {
    async fn open() -> (Self, SocketAddr) {
        let service = Self::default();
        let router = Router::new().route("/push/{phone}", post(receive)).with_state(service.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(async move { axum::serve(listener, router).await });
        (service, address)
    }

    fn taken(&self) -> Got {
        std::mem::take(&mut self.got.lock().expect("whole"))
    }
}

async fn receive(
    State(service): State<Service>,
    Path(phone): Path<u32>,
    headers: HeaderMap,
    body: axum::body::Bytes,
) -> StatusCode {
    if service.gone.lock().expect("whole").contains(&phone) {
        return StatusCode::GONE;
    }
    service.got.lock().expect("whole").push((phone, headers, body.to_vec()));
    StatusCode::CREATED
}

/// A phone that has subscribed.
struct Phone {
    number: u32,
    secret: p256::SecretKey,
    auth: [u8; 16],
    session: SessionToken,
}

/// The street with a push service and somebody who tallies.
struct Stage {
    store: Store,
    tally: Tally,
    key: PushKey,
    public_key: String,
    service: Service,
    address: SocketAddr,
    feed: Receiver<Item>,
}

const CANARIES: [&str; 4] = ["胰岛素", "13800000000", "王1", "101"];

impl Stage {
    async fn new() -> Self {
        let store = Store::embedded_memory(StoreConfig::default()).await.expect("a table in memory");
        open_street(&store, 1, 5, 5).await;
        let (service, address) = Service::open().await;
        let key = PushKey::new([7; 32]).expect("a key");
        let hosts = Hosts::with([address.to_string()]);
        let ringer = Ringer::new(key.clone(), "https://lm.example.org", hosts).expect("a ringer");
        let public_key = ringer.public_key();
        let feed = store.feed();
        Self {
            tally: Tally::new(store.clone(), Some(ringer)),
            store,
            key,
            public_key,
            service,
            address,
            feed,
        }
    }

    async fn subscribe(&self, number: u32, who: Signed) -> Phone {
        let mut secret = [9; 32];
        secret[31] = u8::try_from(number).expect("few phones");
        let phone = Phone {
            number,
            secret: p256::SecretKey::from_slice(&secret).expect("a key"),
            auth: [3; 16],
            session: SessionToken::random(),
        };
        let subscription = Subscription {
            endpoint: format!("http://{}/push/{number}", self.address),
            p256dh: BASE64.encode(phone.secret.public_key().to_encoded_point(false).as_bytes()),
            auth: BASE64.encode(phone.auth),
            title: "五号院".into(),
            text: "有新消息，请打开查看。".into(),
        };
        let until = NOON + 90 * Millis::DAY;
        self.store
            .subscribe(&self.key, (&community(), who), &phone.session, &subscription, until)
            .await
            .expect("subscribed");
        phone
    }

    /// Whatever happened since is tallied; returns how many phones were rung.
    async fn tallied(&mut self, now: Millis) -> u32 {
        let items = handed_over(&mut self.feed);
        tally_all(&self.tally, &items, now).await.rung
    }
}

impl Phone {
    /// What the phone shows.
    fn reads(&self, body: &[u8]) -> serde_json::Value {
        let auth = web_push_native::Auth::from(self.auth);
        let text =
            web_push_native::decrypt(body.to_vec(), &self.secret, &auth).expect("it is for this phone");
        serde_json::from_slice(&text).expect("JSON")
    }
}

/// The claims of a message's signature, once it is found to be ours.
fn signed(headers: &HeaderMap, public_key: &str) -> serde_json::Value {
    let word = headers[http::header::AUTHORIZATION].to_str().expect("ascii");
    let (token, key) = word.strip_prefix("vapid t=").and_then(|rest| rest.split_once(", k=")).expect("VAPID");
    assert_eq!(key, public_key);
    let key = VerifyingKey::from_sec1_bytes(&BASE64.decode(key).expect("base64url")).expect("a key");
    let (signed, signature) = token.rsplit_once('.').expect("three parts");
    let signature =
        Signature::from_slice(&BASE64.decode(signature).expect("base64url")).expect("a signature");
    key.verify(signed.as_bytes(), &signature).expect("ours");
    let claims = signed.split_once('.').expect("three parts").1;
    serde_json::from_slice(&BASE64.decode(claims).expect("base64url")).expect("JSON")
}

#[test]
fn the_phone_of_the_standard_can_be_read_with_its_own_key() {
    // RFC 8291, appendix A: what any browser must be able to read, this test's phone reads too.
    let message = BASE64
        .decode(
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_\
             yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
        )
        .expect("base64url");
    let secret = BASE64.decode("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94").expect("base64url");
    let auth: [u8; 16] =
        BASE64.decode("BTBZMqHH6r4Tts7J_aSIgg").expect("base64url").try_into().expect("16 bytes");
    let secret = p256::SecretKey::from_slice(&secret).expect("a key");
    let text = web_push_native::decrypt(message, &secret, &auth.into()).expect("decrypted");
    assert_eq!(text, b"When I grow up, I want to be a watermelon");
}

#[tokio::test]
async fn a_household_is_rung_for_what_concerns_it_and_the_message_says_nothing() {
    let mut stage = Stage::new().await;
    let catalog = read(&stage.store).await;
    let (own, other) = (stage.subscribe(1, resident(1)).await, stage.subscribe(2, resident(2)).await);
    orders(&stage.store, &catalog, 1, &[line("A", 2)]).await;
    assert_eq!(stage.tallied(LATER).await, 0, "one's own order is no news");

    // The boxes leave the gate; one is left at the door; a need about medicine is answered.
    let load = domain::fact::Load { run: RUN, building: BuildingId(1), taken: 8, returned: 0 };
    stored(&stage.store, &catalog, steward(), &fact(Body::Load(load))).await;
    assert_eq!(stage.tallied(LATER).await, 1, "only the household that waits for a box");
    stored(&stage.store, &catalog, steward(), &mark(1)).await;
    let need = report(1, Category::Medicine, false, "胰岛素没有了 13800000000");
    stored(&stage.store, &catalog, resident(1), &need).await;
    stored(&stage.store, &catalog, desk(), &step(1, need.id, Step::Answered("胰岛素明早送".into()))).await;
    assert_eq!(stage.tallied(LATER).await, 1, "two reasons at once are one ring");
    let got = stage.service.taken();
    assert_eq!(got.len(), 2);
    let length = got[0].2.len();
    for (number, headers, body) in &got {
        assert_eq!((*number, body.len()), (own.number, length), "all messages have one length");
        assert_eq!(
            own.reads(body),
            serde_json::json!({ "title": "五号院", "text": "有新消息，请打开查看。" })
        );
        let claims = signed(headers, &stage.public_key);
        assert_eq!(claims["aud"], format!("http://{}", stage.address));
        assert_eq!(claims["sub"], "https://lm.example.org");
        let until = claims["exp"].as_i64().expect("seconds") * 1_000 - LATER.0;
        assert!((1..=24 * Millis::HOUR).contains(&until), "{until}");
        assert_eq!(headers["content-encoding"], "aes128gcm");
        let outside = format!("{headers:?}");
        let inside = own.reads(body).to_string();
        assert!(CANARIES.iter().all(|canary| !outside.contains(canary) && !inside.contains(canary)));
    }
    assert!(web_push_native::decrypt(got[0].2.clone(), &other.secret, &other.auth.into()).is_err());
}

#[tokio::test]
async fn the_same_records_again_ring_nobody_and_old_ones_neither() {
    let mut stage = Stage::new().await;
    let catalog = read(&stage.store).await;
    stage.subscribe(1, resident(1)).await;
    orders(&stage.store, &catalog, 1, &[line("A", 2)]).await;
    stored(&stage.store, &catalog, steward(), &mark(1)).await;
    let items = handed_over(&mut stage.feed);
    assert_eq!(tally_all(&stage.tally, &items, NOON + 13 * Millis::HOUR).await.rung, 0, "half a day late");
    assert_eq!(tally_all(&stage.tally, &items, LATER).await.rung, 1);
    let both = [items.clone(), items.clone()].concat();
    assert_eq!(tally_all(&stage.tally, &both, LATER).await.rung, 0);
    let again = Tally::new(stage.store.clone(), None);
    assert_eq!(tally_all(&again, &items, LATER).await.rung, 0, "and nobody is rung without a key");
}

#[tokio::test]
async fn a_window_that_opens_and_closes_rings_those_it_is_for() {
    let mut stage = Stage::new().await;
    let catalog = read(&stage.store).await;
    for household in [1, 2, 11] {
        stage.subscribe(household, resident(household)).await;
    }
    clock::tick(&stage.store, NOON).await.expect("answered");
    assert_eq!(stage.tallied(LATER).await, 3, "it is open");
    orders(&stage.store, &catalog, 11, &[line("A", 1)]).await;
    stage.tallied(LATER).await;
    let closed = NOON + 5 * Millis::HOUR;
    clock::tick(&stage.store, closed).await.expect("answered");
    assert_eq!(stage.tallied(closed).await, 1, "who ordered hears that it is fixed");
    clock::tick(&stage.store, closed + Millis::MINUTE).await.expect("answered");
    assert_eq!(stage.tallied(closed).await, 0);
}

#[tokio::test]
async fn in_quiet_hours_a_phone_is_rung_in_the_morning_once_and_the_desk_at_once() {
    let mut stage = Stage::new().await;
    // The street's noon is seven in the evening in China.
    let quiet = QuietHours { from: 18 * 60, to: 21 * 60 };
    let settings =
        domain::community::Settings {
            quiet: Some(quiet), name: Name::new("五号院", "Lane 5"), ..settings()
        };
    stage.store.save_settings(&settings).await.expect("saved");
    let morning = quiet.end(NOON, 480).expect("it is quiet");
    let catalog = read(&stage.store).await;
    stage.subscribe(1, resident(1)).await;
    for household in [1, 2] {
        orders(&stage.store, &catalog, household, &[line("A", 2)]).await;
        stored(&stage.store, &catalog, steward(), &mark(household)).await;
    }
    let need = report(1, Category::Repair, false, "没有暖气");
    stored(&stage.store, &catalog, resident(1), &need).await;
    stored(&stage.store, &catalog, desk(), &step(1, need.id, Step::Answered("明早来".into()))).await;
    assert_eq!(stage.tallied(LATER).await, 0);
    clock::tick(&stage.store, morning + -Millis::MINUTE).await.expect("answered");
    assert_eq!(stage.tallied(morning + -Millis::MINUTE).await, 0);
    clock::tick(&stage.store, morning).await.expect("answered");
    assert_eq!(stage.tallied(morning).await, 1, "one ring for all of it");
}

#[tokio::test]
async fn an_unread_urgent_need_rings_the_next_on_duty() {
    let mut stage = Stage::new().await;
    let next = domain::community::Person {
        id: domain::PersonId(9),
        name: "值班".into(),
        role: Role::Desk,
        assignments: Vec::new(),
        duty: 9,
        left: false,
    };
    stage.store.save_person(&community(), &next).await.expect("saved");
    let catalog = read(&stage.store).await;
    stage.subscribe(9, Signed::Person(next.id, Role::Desk)).await;
    stage.subscribe(1, resident(1)).await;
    let need = report(1, Category::Medical, true, "胸口疼");
    stored(&stage.store, &catalog, resident(1), &need).await;
    assert_eq!(stage.tallied(LATER).await, 0);
    let late = NOON + 10 * Millis::MINUTE;
    clock::tick(&stage.store, late).await.expect("answered");
    stage.service.taken();
    stage.tallied(late).await;
    let rung: Vec<u32> = stage.service.taken().into_iter().map(|(phone, ..)| phone).collect();
    assert!(rung.contains(&9), "{rung:?}");
}

#[tokio::test]
async fn a_phone_that_is_gone_is_forgotten_and_one_that_signed_out_too() {
    let mut stage = Stage::new().await;
    let catalog = read(&stage.store).await;
    let phone = stage.subscribe(1, resident(1)).await;
    let second = stage.subscribe(2, resident(1)).await;
    stage.service.gone.lock().expect("whole").push(phone.number);
    orders(&stage.store, &catalog, 1, &[line("A", 2)]).await;
    stored(&stage.store, &catalog, steward(), &mark(1)).await;
    assert_eq!(stage.tallied(LATER).await, 1, "the other phone");
    let left = async |store: &Store, key: &PushKey| {
        store.subscriptions(key, &community(), None, LATER).await.expect("answered").len()
    };
    assert_eq!(left(&stage.store, &stage.key).await, 1);
    stage
        .store
        .unsubscribe_session(&community(), Signed::Household(HouseholdId(1)), &second.session)
        .await
        .expect("off");
    assert_eq!(left(&stage.store, &stage.key).await, 0);
}

#[tokio::test]
async fn the_table_shows_nobodys_address_and_another_key_opens_none() {
    let stage = Stage::new().await;
    stage.subscribe(1, resident(1)).await;
    let mut after = None;
    let mut text = String::new();
    loop {
        let page = stage.store.export_page(store::Table::Main, after).await.expect("answered");
        text.push_str(&format!("{:?}", page.items));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert!(text.contains("V#lane5") && !text.contains("/push/1"), "sealed");
    let other = PushKey::new([8; 32]).expect("a key");
    let found = stage.store.subscriptions(&other, &community(), None, LATER).await.expect("answered");
    assert!(found.is_empty());
}
