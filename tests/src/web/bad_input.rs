//! What people and phones send by mistake, through the whole router: said clearly in the reader's language, nothing
//! lost, nothing answered with 5xx. Spreadsheets are `desk_records::bad_files`.

use domain::actor::{Role, Signed};
use domain::door_code::DoorToken;
use domain::enrolment_code::EnrolmentSecret;
use domain::fact::{Body as What, Verdict};
use domain::need::{Category, Channel, NeedReport};
use domain::wire::{Acknowledged, Flag, Refusal};
use domain::{BuildingId, CommunityId, DoorId, FactId, Millis};
use http::{Method, StatusCode, header};
use serde_json::json;
use web::secret::random;

use super::stage::{Came, HERE, NOON, Phone, STEWARD, Stage, fact, order};

/// Asks a page in a language.
async fn read(stage: &Stage, phone: Option<&Phone>, path: &str, lang: &str) -> Came {
    let request = stage.request(Method::GET, phone, path).header(header::ACCEPT_LANGUAGE, lang);
    stage.send(request.body(axum::body::Body::empty()).expect("a request")).await
}

fn in_language(phone: &Phone, lang: &str) -> Phone {
    Phone { cookie: format!("{}; lang={lang}", phone.cookie), ..phone.clone() }
}

fn report(text: &str) -> What {
    What::Need(NeedReport {
        household: HERE,
        category: Category::Food,
        text: text.into(),
        urgent: false,
        channel: Channel::App,
        continues: None,
    })
}

#[tokio::test]
async fn a_code_from_another_community_is_not_known_here_and_is_not_spent_there() {
    let stage = Stage::new().await;
    let (store, vault) = (stage.state.store(), stage.state.vault());
    let elsewhere: CommunityId = "nanyuan".parse().expect("an id");
    let settings = domain::community::Settings { id: elsewhere.clone(), ..super::stage::settings() };
    store.create_community(&settings).await.expect("another community");
    let secret = EnrolmentSecret::from_random(random());
    store.issue_letter(vault, &elsewhere, HERE, &secret, NOON, NOON).await.expect("a letter");
    for (lang, words) in [
        (
            "zh",
            "没有找到这个编码：可能用过了、过期了，或者换发了新的。另一部手机上的编码 10 分钟内有效，只能用一次。请打社区电话。",
        ),
        (
            "en",
            "We don't know this code: it was used, is too old, or was replaced. One from another phone works once, for 10 minutes. Call the community.",
        ),
    ] {
        let request = stage
            .request(Method::POST, None, "/enrol")
            .header(header::COOKIE, format!("lang={lang}"))
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let body = format!("code={}", secret.typed().text());
        let came = stage.send(request.body(body.into()).expect("a request")).await;
        assert_eq!(came.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", came.body);
        assert!(
            came.body.contains(&words.replace('\'', "&#x27;")) || came.body.contains(words),
            "{}",
            came.body
        );
        assert!(came.headers.get(header::SET_COOKIE).is_none(), "nobody is signed in");
    }
    let way_in = store::WayIn::typed_letter(vault, &elsewhere, &secret.typed()).expect("a way in");
    assert!(store.look_at(&way_in, NOON).await.expect("read").is_some(), "still good where it belongs");
}

#[tokio::test]
async fn a_door_card_from_elsewhere_is_said_to_be_on_no_round() {
    let stage = Stage::new().await;
    let steward = stage.phone(Signed::Person(STEWARD, Role::Steward)).await;
    let other: CommunityId = "nanyuan".parse().expect("an id");
    let token = DoorToken::from_random(random());
    stage.state.store().issue_card(&other, BuildingId(1), DoorId(1), &token).await.expect("a card there");
    let never_printed = DoorToken::from_random(random());
    for token in [token, never_printed] {
        let path = format!("/d/{}", token.text());
        for (lang, staff, stranger) in [
            ("zh", "这户不在您的配送里。", "这是一张门牌码，给送菜的人用的。"),
            ("en", "This door is not on your round.", "This is a door card, for the people who deliver."),
        ] {
            let scanned = read(&stage, Some(&in_language(&steward, lang)), &path, lang).await;
            assert_eq!(scanned.status, StatusCode::OK);
            assert!(scanned.body.contains(staff), "{staff}: {}", scanned.body);
            let came = read(&stage, None, &path, lang).await;
            assert_eq!(came.status, StatusCode::OK);
            assert!(came.body.contains(stranger), "{stranger}: {}", came.body);
        }
    }
    for damaged in ["x", "%00", "0000", "https:%2F%2Fevil.example%2Fd%2F0"] {
        let came = read(&stage, Some(&steward), &format!("/d/{damaged}"), "en").await;
        assert!(!came.status.is_server_error(), "{damaged}: {}", came.status);
        let to = came.location().unwrap_or("/");
        assert!(to.starts_with('/') && !to.starts_with("//"), "{damaged} leads to {to}");
    }
}

#[tokio::test]
async fn two_megabytes_of_json_are_told_as_too_much_and_the_phone_s_facts_go_through_in_parts() {
    let stage = Stage::new().await;
    let phone = stage.resident(HERE).await;
    let good = fact(NOON, report("米"));
    let large = json!({ "sent": NOON, "facts": [good], "padding": "x".repeat(2 * 1024 * 1024) }).to_string();
    let came = stage.hand_in(&phone.hand_in, large).await;
    assert_eq!(
        (came.status, came.body.as_str()),
        (StatusCode::PAYLOAD_TOO_LARGE, r#"{"error":"too_large"}"#),
        "a word for the outbox, which then sends halves"
    );
    let answers = stage.hand_in_facts(&phone, &[good]).await;
    assert_eq!(answers.answers[0].answer, Acknowledged::Stored(Verdict::Taken), "nothing is lost");
    // A form as large is told in words.
    for (lang, words) in [
        ("zh", "内容太大了，没有收下。请分几次发。"),
        ("en", "That is too much at once, and nothing was taken. Send it in parts."),
    ] {
        let text = "x".repeat(2 * 1024 * 1024);
        let came =
            stage.form(Some(&in_language(&phone, lang)), "/act", &[("act", "need"), ("text", &text)]).await;
        assert_eq!(came.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(came.body.contains(words), "{words}: {}", came.body);
    }
}

#[tokio::test]
async fn a_fact_of_an_unknown_version_is_kept_for_a_later_program_and_blocks_nobody() {
    let stage = Stage::new().await;
    let phone = stage.resident(HERE).await;
    let mut newer = serde_json::to_value(fact(NOON, order(HERE, "A", 1, None))).expect("json");
    newer["v"] = json!(77);
    newer["id"] = json!(FactId::new(NOON.0, [9; 10]));
    newer["body"] = json!({ "telepathy": { "words": "想要青菜" } });
    let good = fact(NOON, order(HERE, "A", 1, None));
    let batch = json!({ "sent": NOON, "facts": [newer, good] }).to_string();
    for _ in 0..2 {
        let came = stage.hand_in(&phone.hand_in, batch.clone()).await;
        assert_eq!(came.status, StatusCode::OK, "{}", came.body);
        let answers = came.answers().answers;
        assert_eq!(answers[0].answer, Acknowledged::Stored(Verdict::Refused(Refusal::UnknownVersion)));
        assert_eq!(answers[1].answer, Acknowledged::Stored(Verdict::Taken));
    }
}

#[tokio::test]
async fn a_clock_two_days_off_costs_nothing_and_the_page_says_so_in_the_reader_s_language() {
    let stage = Stage::new().await;
    let phone = stage.resident(HERE).await;
    for (days, text) in [(2, "米"), (-2, "油")] {
        let mut made = fact(NOON, report(text));
        made.made.at = NOON + days * Millis::DAY;
        made.made.contact = None;
        let answers = stage.hand_in_facts(&phone, &[made]).await;
        let word = &answers.answers[0].answer;
        let taken = matches!(word, Acknowledged::Stored(Verdict::Taken | Verdict::Flagged(Flag::ClockWrong)));
        assert!(taken, "{days} days: {word:?}");
    }
    for (lang, words) in [
        ("zh", "手机时间不准，显示的是收到时间"),
        ("en", "The phone's clock was wrong; this is the time of receipt"),
    ] {
        let page = stage.get(Some(&in_language(&phone, lang)), "/household").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("米") && page.body.contains("油"), "nothing is lost");
        let said = page.body.replace("&#x27;", "'").replace("&#39;", "'");
        assert!(said.contains(words), "{words}: {said}");
    }
}
