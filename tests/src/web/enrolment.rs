//! Residents come in by letter, by code and by another phone, and go out again.

use domain::Millis;
use domain::actor::{Role, Signed};
use domain::enrolment_code::{EnrolmentCode, EnrolmentSecret};
use domain::fact::Verdict;
use domain::wire::Acknowledged;
use http::StatusCode;
use web::secret::random;

use super::stage::{Came, DESK, HERE, NOON, Phone, Stage, THERE, fact, order};

/// The phone that an answer signs in.
fn signed_in(came: &Came) -> Option<Phone> {
    let cookie = came.headers.get("set-cookie")?.to_str().ok()?;
    let cookie = cookie.split(';').next()?.to_owned();
    Some(Phone { cookie, hand_in: String::new() })
}

fn code_on(page: &str) -> String {
    // Two groups of five, as they are read aloud.
    let place = page.find("class=\"code\"").expect("a code on the page");
    let text: String = page[place..].chars().skip_while(|c| *c != '>').skip(1).take(11).collect();
    text
}

#[tokio::test]
async fn opening_a_letter_spends_nothing_and_six_phones_come_in() {
    let stage = Stage::new().await;
    let letter = stage.letter(HERE).await.text();
    let path = format!("/e/{letter}");
    for _ in 0..10 {
        // The chat app, which opens every link by itself.
        let page = stage.get(None, &path).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("101") && page.headers.get("set-cookie").is_none());
    }
    for n in 1..=6 {
        let came = stage.form(None, &path, &[]).await;
        assert_eq!(came.status, StatusCode::SEE_OTHER, "phone {n}");
        let phone = signed_in(&came).expect("a session");
        let home = stage.get(Some(&phone), "/").await;
        assert!(home.body.contains("101"), "{}", home.body);
        assert_eq!(home.headers["cache-control"], "no-store");
    }
    let seventh = stage.form(None, &path, &[]).await;
    assert_eq!(seventh.status, StatusCode::NOT_FOUND);
    assert!(signed_in(&seventh).is_none());
}

#[tokio::test]
async fn a_letter_is_good_for_fourteen_days_and_a_new_one_replaces_it() {
    let stage = Stage::new().await;
    let old = stage.letter(HERE).await;
    let new = stage.letter(HERE).await;
    assert_eq!(stage.form(None, &format!("/e/{}", old.text()), &[]).await.status, StatusCode::NOT_FOUND);
    stage.state.clock().set(NOON + 15 * Millis::DAY);
    assert_eq!(stage.form(None, &format!("/e/{}", new.text()), &[]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn somebody_types_the_code_as_people_type() {
    let stage = Stage::new().await;
    let code = stage.letter(HERE).await.typed().grouped();
    let sloppy = format!(" {} ", code.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l"));
    let came = stage.form(None, "/enrol", &[("code", &sloppy)]).await;
    assert_eq!(came.status, StatusCode::SEE_OTHER, "{}", came.body);
    assert!(signed_in(&came).is_some());
}

#[tokio::test]
async fn a_letter_from_the_wrong_box_is_asked_about_before_the_phone_is_the_neighbours() {
    let stage = Stage::new().await;
    let phone = stage.resident(HERE).await;
    let code = stage.letter(THERE).await.typed().grouped();
    let asked = stage.form(Some(&phone), "/enrol", &[("code", &code)]).await;
    assert!(signed_in(&asked).is_none() && asked.body.contains("401"), "{}", asked.body);
    assert!(asked.body.contains("这部手机现在登录的是别家"), "{}", asked.body);
    assert!(stage.get(Some(&phone), "/").await.body.contains("101"), "still its own");
    let came = stage.form(Some(&phone), "/enrol", &[("code", &code), ("sure", "1")]).await;
    let moved = signed_in(&came).expect("a session");
    assert!(stage.get(Some(&moved), "/").await.body.contains("401"));
    // Their own letter asks nothing.
    let own = stage.letter(THERE).await.typed().grouped();
    assert!(signed_in(&stage.form(Some(&moved), "/enrol", &[("code", &own)]).await).is_some());
}

#[tokio::test]
async fn a_slip_of_the_finger_is_told_at_the_field_and_what_was_typed_stays() {
    let stage = Stage::new().await;
    let code = stage.letter(HERE).await.typed().text();
    let short = &code[..9];
    let came = stage.form(None, "/enrol", &[("code", short)]).await;
    assert_eq!(came.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(came.body.contains("aria-invalid") && came.body.contains(short), "{}", came.body);
    let came = stage.form(None, "/enrol", &[("code", "<script>alert(1)</script>")]).await;
    assert!(!came.body.contains("<script>alert"), "{}", came.body);
}

#[tokio::test]
async fn whoever_guesses_is_stopped_and_others_still_come_in() {
    let stage = Stage::new().await;
    let letter = stage.letter(HERE).await;
    let mut guesses = 0;
    let stopped = loop {
        // Every guess begins alike, and differently from the letter.
        let mut bits: [u8; 6] = random();
        bits[0] = if letter.typed().text().starts_with('0') { 0xff } else { 0x00 };
        bits[1] &= 0x3f;
        let guess = EnrolmentCode::from_random(bits).text();
        let came = stage.form(None, "/enrol", &[("code", &guess)]).await;
        assert_eq!(came.status, StatusCode::UNPROCESSABLE_ENTITY);
        guesses += 1;
        if came.body.contains("试的次数太多") {
            break true;
        }
        if guesses > 60 {
            break false;
        }
    };
    assert!(stopped, "{guesses} guesses and nobody stopped them");
    let code = letter.typed().text();
    assert_eq!(stage.form(None, "/enrol", &[("code", &code)]).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_code_of_another_community_finds_nothing_here() {
    let stage = Stage::new().await;
    let elsewhere = EnrolmentSecret::from_random(random());
    let other = "elsewhere".parse().expect("an id");
    stage
        .state
        .store()
        .issue_letter(stage.state.vault(), &other, HERE, &elsewhere, NOON, NOON)
        .await
        .expect("a letter");
    let came = stage.form(None, "/enrol", &[("code", &elsewhere.typed().text())]).await;
    assert_eq!(came.status, StatusCode::UNPROCESSABLE_ENTITY);
    // Its long code leads to a community that this server does not have.
    let came = stage.get(None, &format!("/e/{}", elsewhere.text())).await;
    assert!(came.status.is_client_error(), "{}", came.status);
}

#[tokio::test]
async fn a_signed_in_phone_lets_in_another_one_once_within_ten_minutes() {
    let stage = Stage::new().await;
    let phone = stage.resident(HERE).await;
    assert!(!stage.get(Some(&phone), "/phones").await.body.contains("class=\"code\""));
    let code = code_on(&stage.form(Some(&phone), "/phones", &[]).await.body);
    assert_eq!(stage.form(None, "/enrol", &[("code", &code)]).await.status, StatusCode::SEE_OTHER);
    let again = stage.form(None, "/enrol", &[("code", &code)]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);

    let late = code_on(&stage.form(Some(&phone), "/phones", &[]).await.body);
    stage.state.clock().set(NOON + 11 * Millis::MINUTE);
    assert_eq!(stage.form(None, "/enrol", &[("code", &late)]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn an_invite_names_its_person_and_signs_in() {
    let stage = Stage::new().await;
    let secret = EnrolmentSecret::from_random(random());
    let c = &stage.state.config().community;
    let until = NOON + Millis::DAY;
    stage.state.store().issue_invite(c, DESK, Role::Desk, &secret, until, 1).await.expect("an invite");
    let path = format!("/i/{}", secret.text());
    assert!(stage.get(None, &path).await.body.contains("人员4"));
    let phone = signed_in(&stage.form(None, &path, &[]).await).expect("a session");
    assert_eq!(stage.get(Some(&phone), "/desk").await.status, StatusCode::OK);
    assert_eq!(stage.form(None, &path, &[]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn after_sign_out_pages_are_closed_and_what_waited_can_still_be_handed_in() {
    let stage = Stage::new().await;
    let phone = stage.resident(HERE).await;
    let made = fact(NOON, order(HERE, "A", 1, None));
    let gone = stage.form(Some(&phone), "/signout", &[]).await;
    assert!(gone.headers["set-cookie"].to_str().expect("ascii").contains("Max-Age=0"));
    assert_eq!(stage.get(Some(&phone), "/household").await.location(), Some("/"));
    assert_eq!(stage.get(Some(&phone), "/api/feed").await.status, StatusCode::UNAUTHORIZED);
    let answers = stage.hand_in_facts(&phone, &[made]).await;
    assert_eq!(answers.answers[0].answer, Acknowledged::Stored(Verdict::Taken));
}

#[tokio::test]
async fn a_lost_phone_sees_nothing_and_hands_in_as_unconfirmed() {
    let stage = Stage::new().await;
    let who = Signed::Household(HERE);
    let phone = stage.phone(who).await;
    assert_eq!(stage.get(Some(&phone), "/household").await.status, StatusCode::OK);
    let (store, c) = (stage.state.store(), &stage.state.config().community);
    for lost in store.phones(c, who, NOON).await.expect("phones") {
        store.revoke(c, who, &lost, NOON).await.expect("revoked");
    }
    // At most a minute later even where the session was remembered.
    stage.state.clock().set(NOON + 61_000);
    assert_eq!(stage.get(Some(&phone), "/household").await.location(), Some("/"));
    // It learns that it was reported lost, and empties itself; an old session is only signed out.
    assert_eq!(stage.get(Some(&phone), "/api/feed").await.status, StatusCode::GONE);
    let answers = stage.hand_in_facts(&phone, &[fact(NOON, order(HERE, "A", 1, None))]).await;
    let unconfirmed = Verdict::Flagged(domain::wire::Flag::Unconfirmed);
    assert_eq!(answers.answers[0].answer, Acknowledged::Stored(unconfirmed));
}

#[tokio::test]
async fn an_old_session_ends_when_somebody_signs_in_on_its_phone() {
    let stage = Stage::new().await;
    let before = stage.resident(HERE).await;
    let code = stage.letter(THERE).await.typed().text();
    let came = stage.form(Some(&before), "/enrol", &[("code", &code), ("sure", "1")]).await;
    let after = signed_in(&came).expect("a session");
    assert_ne!(before.cookie, after.cookie);
    assert_eq!(stage.get(Some(&after), "/household").await.status, StatusCode::OK);
    assert_eq!(stage.get(Some(&before), "/household").await.location(), Some("/"));
}

#[tokio::test]
async fn a_session_ends_after_its_days_however_often_it_is_used() {
    let stage = Stage::new().await;
    let code = stage.letter(HERE).await.typed().text();
    let phone = signed_in(&stage.form(None, "/enrol", &[("code", &code)]).await).expect("a session");
    for day in [1, 100, 399] {
        stage.state.clock().set(NOON + day * Millis::DAY);
        assert_eq!(stage.get(Some(&phone), "/household").await.status, StatusCode::OK, "day {day}");
    }
    stage.state.clock().set(NOON + 400 * Millis::DAY);
    assert_eq!(stage.get(Some(&phone), "/household").await.location(), Some("/"));
}
