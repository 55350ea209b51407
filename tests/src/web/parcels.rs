//! Facts that a phone sealed at sign-out: opened, credited to who made them, and never lost where they do not open.
//! Sealed here by other code than a browser's, from what `public/kept.js` promises.

use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::{Aes256Gcm, Nonce};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::actor::{Role, Signed};
use domain::fact::{Fact, Verdict};
use domain::wire::Flag;
use domain::{FactId, Millis};
use hkdf::Hkdf;
use http::{StatusCode, header};
use p256::elliptic_curve::sec1::ToEncodedPoint;
use p256::{PublicKey, SecretKey};
use serde_json::{Value, json};
use store::{Consistency, PARCELS_KEPT, Vault};
use web::api::parcels::Words;
use web::assets::Site;
use web::clock::Clock;
use web::parcels::{Became, still_closed};
use web::state::AppState;

use super::stage::{Came, DESK, HERE, NOON, OPEN, Phone, Stage, THERE, fact, order};

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).expect("hexadecimal"))
        .collect()
}

/// What a phone makes of a text: its half of the agreement, a nonce, and the text closed.
fn sealed(key: &str, text: &str) -> Vec<u8> {
    let theirs = PublicKey::from_sec1_bytes(&bytes(key)).expect("a key");
    let own = SecretKey::from_slice(&[11; 32]).expect("a scalar");
    let half = own.public_key().to_encoded_point(false).as_bytes().to_vec();
    let shared = p256::ecdh::diffie_hellman(own.to_nonzero_scalar(), theirs.as_affine());
    let mut secret = [0; 32];
    Hkdf::<sha2::Sha256>::new(Some(&[half.clone(), bytes(key)].concat()), shared.raw_secret_bytes())
        .expand(b"last metre sealed fact 1", &mut secret)
        .expect("a key's length");
    let nonce = [5; 12];
    let cipher = Aes256Gcm::new(&secret.into());
    let closed = cipher.encrypt(Nonce::from_slice(&nonce), text.as_bytes()).expect("sealed");
    [half, nonce.to_vec(), closed].concat()
}

/// The key as a phone reads it from the page that asks before signing out.
async fn key(stage: &Stage, phone: &Phone) -> String {
    let page = stage.get(Some(phone), "/signout").await.body;
    let rest = page.split("data-seal=\"").nth(1).expect("the page has the key");
    rest.split('"').next().expect("a key").to_owned()
}

fn inside(phone: &Phone, fact: &Fact) -> String {
    json!({ "token": phone.hand_in, "fact": fact }).to_string()
}

async fn bring(stage: &Stage, body: Value) -> Came {
    let request = stage
        .request(http::Method::POST, None, "/api/parcels")
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/json");
    stage.send(request.body(body.to_string().into()).expect("a request")).await
}

async fn became(stage: &Stage, parcels: &[&[u8]]) -> Vec<Became> {
    let named = |(n, raw): (usize, &&[u8])| json!({ "id": n.to_string(), "sealed": STANDARD.encode(raw) });
    let came =
        bring(stage, json!({ "parcels": parcels.iter().enumerate().map(named).collect::<Vec<_>>() })).await;
    assert_eq!(came.status, StatusCode::OK, "{}", came.body);
    let words: Words = serde_json::from_str(&came.body).expect("words");
    let ids: Vec<String> = words.answers.iter().map(|word| word.id.clone()).collect();
    assert_eq!(
        ids,
        (0..parcels.len()).map(|n| n.to_string()).collect::<Vec<_>>(),
        "each is answered by its name"
    );
    words.answers.into_iter().map(|word| word.is).collect()
}

async fn orders(stage: &Stage, household: domain::HouseholdId) -> Vec<(FactId, Signed, Verdict)> {
    let catalog = stage.state.communities().get(&stage.state.config().community, NOON).await.expect("there");
    let facts = stage.state.store().household_run(&catalog, OPEN, household, Consistency::Strong).await;
    facts.expect("read").into_iter().map(|s| (s.fact.id, s.by, s.verdict)).collect()
}

#[tokio::test]
async fn a_sealed_fact_is_credited_to_whoever_made_it_also_after_they_signed_out() {
    let stage = Stage::new().await;
    let (here, there) = (stage.resident(HERE).await, stage.resident(THERE).await);
    let key = key(&stage, &here).await;
    let (ours, theirs) = (fact(NOON, order(HERE, "A", 2, None)), fact(NOON, order(THERE, "A", 1, None)));
    let parcels = [sealed(&key, &inside(&here, &ours)), sealed(&key, &inside(&there, &theirs))];
    for phone in [&here, &there] {
        let out = stage.form(Some(phone), "/signout", &[]).await;
        assert_eq!((out.status, out.location()), (StatusCode::SEE_OTHER, Some("/signedout")));
    }
    let refs = [&parcels[0][..], &parcels[1][..]];
    for _ in 0..2 {
        assert_eq!(became(&stage, &refs).await, [Became::Taken; 2], "brought twice, answered alike");
    }
    assert_eq!(orders(&stage, HERE).await, [(ours.id, Signed::Household(HERE), Verdict::Taken)]);
    assert_eq!(orders(&stage, THERE).await, [(theirs.id, Signed::Household(THERE), Verdict::Taken)]);
}

#[tokio::test]
async fn what_a_lost_phone_sealed_goes_to_the_desk_as_unconfirmed() {
    let stage = Stage::new().await;
    let here = stage.resident(HERE).await;
    let made = fact(NOON, order(HERE, "A", 2, None));
    let parcel = sealed(&key(&stage, &here).await, &inside(&here, &made));
    let (store, c) = (stage.state.store(), &stage.state.config().community);
    let phones = store.phones(c, Signed::Household(HERE), NOON).await.expect("read");
    store.revoke(c, Signed::Household(HERE), &phones[0], NOON).await.expect("revoked");
    assert_eq!(became(&stage, &[&parcel]).await, [Became::Taken]);
    let unconfirmed = Verdict::Flagged(Flag::Unconfirmed);
    assert_eq!(orders(&stage, HERE).await, [(made.id, Signed::Household(HERE), unconfirmed)]);
}

#[tokio::test]
async fn what_does_not_open_is_kept_shown_to_the_desk_and_opened_once_its_key_is_back() {
    let stage = Stage::new().await;
    let (here, desk) = (stage.resident(HERE).await, stage.phone(Signed::Person(DESK, Role::Desk)).await);
    let made = fact(NOON, order(HERE, "A", 2, None));
    let good = sealed(&key(&stage, &here).await, &inside(&here, &made));
    let mut bent = good.clone();
    let last = bent.len() - 1;
    bent[last] ^= 1;
    let elsewhere = Vault::with_keys(vec![[9; 32]]).expect("a vault").sealing_key().expect("a key");
    let foreign = sealed(&elsewhere, &inside(&here, &made));
    let strange = sealed(&key(&stage, &here).await, "{\"token\":7}");
    let nobody = Phone { cookie: String::new(), hand_in: "0".repeat(64) };
    let unknown = sealed(&key(&stage, &here).await, &inside(&nobody, &made));
    assert!(!stage.get(Some(&desk), "/desk").await.body.contains("封好的手机记录"));

    let all: [&[u8]; 6] = [&bent, &foreign, &strange, &unknown, b"", &good[..80]];
    assert_eq!(became(&stage, &all).await, [Became::Kept; 6]);
    assert_eq!(became(&stage, &all).await, [Became::Kept; 6], "kept once");
    assert!(orders(&stage, HERE).await.is_empty());
    let page = stage.get(Some(&desk), "/desk").await.body;
    assert!(page.contains("有 6 条封好的手机记录"), "{page}");
    // One that is whole is taken between broken ones.
    assert_eq!(became(&stage, &[&bent, &good]).await, [Became::Kept, Became::Taken]);

    // The key that was missing stands in the key file again.
    let both = Vault::with_keys(vec![[9; 32], [7; 32]]).expect("a vault");
    let config = stage.state.config().clone();
    let (store, clock) = (stage.state.store().clone(), Clock::standing_at(NOON));
    let newer = AppState::new(store, both, Site::default(), config, clock);
    let left = still_closed(&newer, &newer.config().community).await.expect("read");
    assert_eq!(left.len(), 5, "the foreign one has its place now");
    assert_eq!(orders(&stage, HERE).await.len(), 1, "and is the order that is there already");
}

#[tokio::test]
async fn bad_requests_end_clearly_and_strangers_fill_nothing() {
    let stage = Stage::new().await;
    for body in [json!(7), json!({ "parcels": 7 }), json!({ "parcels": [{ "id": 1 }] }), json!([])] {
        assert_eq!(bring(&stage, body).await.status, StatusCode::BAD_REQUEST);
    }
    let one = |n: usize| json!({ "id": n.to_string(), "sealed": STANDARD.encode(n.to_string()) });
    let many: Vec<Value> = (0..51).map(one).collect();
    assert_eq!(bring(&stage, json!({ "parcels": many })).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let long = json!({ "parcels": [{ "id": "x".repeat(65), "sealed": "" }] });
    assert_eq!(bring(&stage, long).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let huge = json!({ "parcels": [{ "id": "1", "sealed": "A".repeat(700_000) }] });
    assert_eq!(bring(&stage, huge).await.status, StatusCode::PAYLOAD_TOO_LARGE);

    // A hundred in ten minutes, two hundred in all; what is whole goes through all the same.
    let mut kept = 0;
    for minutes in 0..5 {
        stage.state.clock().set(NOON + minutes * 10 * Millis::MINUTE);
        for turn in 0..3usize {
            let names: Vec<String> = (0..50).map(|n| format!("{minutes} {turn} {n}")).collect();
            let raw: Vec<&[u8]> = names.iter().map(String::as_bytes).collect();
            kept += became(&stage, &raw).await.iter().filter(|word| **word == Became::Kept).count();
        }
    }
    assert_eq!(kept, PARCELS_KEPT);
    let here = stage.resident(HERE).await;
    let made = fact(stage.state.now(), order(HERE, "A", 1, None));
    let good = sealed(&key(&stage, &here).await, &inside(&here, &made));
    assert_eq!(became(&stage, &[b"one more", &good]).await, [Became::Later, Became::Taken]);
}
