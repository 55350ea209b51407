//! R6: whatever comes in from outside is read or refused, and nothing breaks. Seeded mutations of good input, counted
//! in executions: `FUZZ=10000000 cargo test -p tests fuzz` runs more of them, `FUZZ_SEED=<n>` others.

use std::panic::{AssertUnwindSafe, catch_unwind};

use domain::door_code::{DoorToken, DoorUrl, ShortCode};
use domain::enrolment_code::{EnrolmentCode, EnrolmentSecret};
use domain::ledger::{Options, preview};
use domain::{BuildingId, DoorId, FactId};
use http::{Method, StatusCode, header};
use serde_json::json;
use store::{HandInToken, Item, Key, SessionToken, Table, Watch};

use crate::dice::Dice;
use crate::figures::Findings;
use crate::web::stage::{DESK, HERE, NOON, OPEN, Phone, Stage, fact, order};

/// Executions of the targets that touch no table; those that go through the whole server run a hundredth of them.
const USUAL: u32 = 20_000;

fn executions() -> u32 {
    std::env::var("FUZZ").ok().and_then(|text| text.parse().ok()).unwrap_or(USUAL)
}

fn dice(target: u64) -> Dice {
    let seed: u64 = std::env::var("FUZZ_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(1);
    Dice::new(seed.wrapping_mul(1_000_003) ^ target)
}

/// A place below `limit`.
fn below(dice: &mut Dice, limit: usize) -> usize {
    usize::try_from(dice.roll() >> 32).expect("32 bits") % limit.max(1)
}

/// A few changes such as break readers: bits, cuts, repeats, and words that mean something somewhere.
fn mutate(dice: &mut Dice, good: &[u8]) -> Vec<u8> {
    const WORDS: [&[u8]; 16] = [
        b"\0",
        b"null",
        b"-1",
        b"99999999999999999999",
        b"1e999",
        b"\"",
        b"{",
        b"[[[[",
        b"%00",
        b"..",
        b"\xff\xfe",
        b"\xf0\x9f\x92\x8a",
        "。".as_bytes(),
        b"&#0;",
        b"\r\n",
        b"<row r=\"1\"/>",
    ];
    let mut bytes = good.to_vec();
    for _ in 0..=below(dice, 4) {
        let at = below(dice, bytes.len() + 1);
        match below(dice, 6) {
            0 => bytes.truncate(at),
            1 => {
                let word = WORDS[below(dice, WORDS.len())];
                bytes.splice(at..at, word.iter().copied());
            }
            2 => {
                let end = (at + below(dice, 16)).min(bytes.len());
                bytes.drain(at..end);
            }
            3 => {
                let end = (at + below(dice, 64)).min(bytes.len());
                let again = bytes[at..end].to_vec();
                bytes.splice(at..at, again);
            }
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << below(dice, 8);
                }
            }
        }
    }
    bytes
}

/// What an execution showed of its input: read, or refused.
type Read = bool;

/// Runs a target that touches no table so many times, and counts the executions that broke.
fn each(target: &str, number: u64, count: u32, mut execution: impl FnMut(&mut Dice) -> Read) {
    let (mut dice, crashes, mut refused) = (dice(number), Findings::default(), 0);
    for n in 0..count {
        crashes.case();
        match catch_unwind(AssertUnwindSafe(|| execution(&mut dice))) {
            Ok(read) => refused += usize::from(!read),
            Err(_) => crashes.broken(format!("{target}: execution {n}")),
        }
    }
    ran(target, &crashes, refused);
}

/// `refused` inputs are those on which a reader breaks that takes what comes as good.
fn ran(target: &str, crashes: &Findings, refused: usize) {
    let note = format!("{target}: {} executions; control: inputs that were refused", crashes.cases());
    crashes.conclude("R6", Some(refused), &note);
    assert!(refused > 0, "{target}: every input was good, nothing is proved about what is not");
}

#[test]
fn door_addresses() {
    let token = DoorToken::from_random([7; 12]);
    let good = DoorUrl::of("https://lm.example.org", &token);
    each("door URL", 1, executions(), |dice| {
        let text = String::from_utf8_lossy(&mutate(dice, good.as_bytes())).into_owned();
        // Whatever is read as a door of ours is one: its own words lead back to it.
        let read = DoorUrl::parse(&text, &["lm.example.org"]);
        if let Ok(found) = &read {
            let again = DoorUrl::of("https://lm.example.org", found);
            assert_eq!(DoorUrl::parse(&again, &["lm.example.org"]), read, "{text:?}");
        }
        let _code = ShortCode::parse(&text);
        read.is_ok()
    });
}

#[test]
fn tokens_and_codes() {
    let secret = EnrolmentSecret::from_random([9; 16]);
    let good = [
        SessionToken::from_random([1; 32]).text(),
        HandInToken::from_random([2; 32]).text(),
        secret.text(),
        secret.typed().grouped(),
        FactId::new(1, [3; 10]).to_string(),
    ];
    each("tokens", 2, executions(), |dice| {
        let seed = good[below(dice, good.len())].clone();
        let text = String::from_utf8_lossy(&mutate(dice, seed.as_bytes())).into_owned();
        if let Some(token) = SessionToken::parse(&text) {
            assert_eq!(token.text(), text.to_ascii_lowercase());
        }
        if let Ok(code) = EnrolmentCode::parse(&text) {
            assert_eq!(EnrolmentCode::parse(&code.grouped()), Ok(code), "{text:?}");
        }
        if let Ok(secret) = EnrolmentSecret::parse(&text) {
            assert_eq!(EnrolmentSecret::parse(&secret.text()), Ok(secret), "{text:?}");
        }
        let _others = (text.parse::<FactId>(), DoorToken::parse(&text));
        HandInToken::parse(&text).is_some()
    });
}

#[test]
fn spreadsheets() {
    let read = |name: &str| {
        let path = format!("{}/fixtures/{name}", env!("CARGO_MANIFEST_DIR"));
        std::fs::read(path).expect("a fixture")
    };
    let cut = |mut bytes: Vec<u8>, lines: usize| {
        let end = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(lines);
        bytes.truncate(end.map_or(bytes.len(), |(at, _)| at));
        bytes
    };
    let good = [
        cut(read("households.csv"), 40),
        read("ledgers/english-semicolon.csv"),
        read("ledgers/gbk-two-titles.csv"),
        read("ledgers/unicode-text.txt"),
        read("menus.csv"),
        read("households.xlsx"),
    ];
    each("spreadsheet import", 3, executions() / 50, |dice| {
        let one = below(dice, good.len());
        let file = mutate(dice, &good[one]);
        // Every row is taken or named: nothing is dropped in silence, nothing breaks.
        web::sheets::read(&file).is_ok_and(|sheets| preview(&sheets, &Options::default()).is_ok())
    });
}

async fn hand_in_bytes(stage: &Stage, phone: &Phone, bytes: Vec<u8>) -> StatusCode {
    let request = stage
        .request(Method::POST, None, "/api/facts")
        .header("sec-fetch-site", "same-origin")
        .header(header::AUTHORIZATION, format!("Bearer {}", phone.hand_in));
    stage.send(request.body(bytes.into()).expect("a request")).await.status
}

#[tokio::test]
async fn batches_of_facts() {
    let (mut dice, count, crashes, mut refused) = (dice(4), executions() / 100, Findings::default(), 0);
    let stage = Stage::new().await;
    let phone = stage.resident(HERE).await;
    for _ in 0..count {
        let made = fact(NOON, order(HERE, "A", 1, None));
        let good = json!({ "sent": NOON, "facts": [made] }).to_string();
        let batch = mutate(&mut dice, good.as_bytes());
        let told = String::from_utf8_lossy(&batch).into_owned();
        let status = hand_in_bytes(&stage, &phone, batch).await;
        crashes.case();
        refused += usize::from(status.is_client_error());
        let answered = !status.is_server_error() || status == StatusCode::SERVICE_UNAVAILABLE;
        crashes.holds(answered, || format!("{status}: {told}"));
    }
    assert_eq!(stage.get(Some(&phone), "/household").await.status, StatusCode::OK, "the page still reads");
    ran("facts batch", &crashes, refused);
}

/// An item in the table as no program of ours wrote it: pages leave it out and say the rest.
#[tokio::test]
async fn stored_items() {
    let (mut dice, count, crashes, mut refused) = (dice(5), executions() / 200, Findings::default(), 0);
    let stage = Stage::new().await;
    let phone = stage.resident(HERE).await;
    let desk = stage.phone(domain::actor::Signed::Person(DESK, domain::actor::Role::Desk)).await;
    let made = fact(NOON, order(HERE, "A", 1, None));
    stage.hand_in_facts(&phone, &[made]).await;
    let catalog = stage.state.communities().get(&stage.state.config().community, NOON).await.expect("there");
    let stored = stage.state.store().door_run(&catalog, OPEN, DoorId(1), store::Consistency::Strong);
    let good = serde_json::to_vec(&stored.await.expect("read")[0]).expect("json");
    for n in 0..count {
        let text = mutate(&mut dice, &good);
        let Ok(serde_json::Value::Object(fields)) = serde_json::from_slice(&text) else { continue };
        refused += usize::from(serde_json::from_slice::<domain::fact::Stamped>(&text).is_err());
        // Refused by the item itself where a name is the table's own.
        for (pk, sk) in [("R#beilin#1#B#1", format!("0015011101#1#x{n}")), ("H#beilin#1", format!("N#x{n}"))]
        {
            if let Ok(item) = Item::new(&Key::from_parts(pk, sk)).with_body(&fields) {
                stage.state.store().batch_put(Table::Main, [item]).await.expect("written");
            }
        }
        for watch in [Watch::Building(OPEN, BuildingId(1)), Watch::Needs(HERE)] {
            stage.state.store().bump_version(catalog.id(), watch).await.expect("moved");
        }
        for (who, path) in [(&phone, "/household"), (&desk, "/desk/door/1")] {
            let came = stage.get(Some(who), path).await;
            let told = || format!("{} at {path}: {}", came.status, String::from_utf8_lossy(&text));
            crashes.holds(came.status == StatusCode::OK, told);
        }
        crashes.case();
    }
    ran("stored item", &crashes, refused);
}
