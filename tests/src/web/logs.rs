//! R11: what must not be in a log line. Everything the server writes while people do private things is caught.

use std::io;
use std::sync::{Arc, Mutex, OnceLock};

use axum::body::Body;
use axum::extract::State;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use domain::enrolment_code::EnrolmentCode;
use domain::fact::Body as What;
use domain::need::{Category, Channel, NeedReport};
use http::{Method, Request};
use http_body_util::BodyExt;
use tracing::subscriber::{DefaultGuard, NoSubscriber};
use tracing_subscriber::fmt::MakeWriter;
use web::secret::random;

use crate::figures::Findings;

use super::stage::{HERE, NOON, Stage, fact};

/// What the server logs, caught.
#[derive(Clone, Default)]
pub(crate) struct Caught(Arc<Mutex<Vec<u8>>>);

impl Caught {
    /// Catches what is written on this thread, for as long as the guard lives.
    pub(crate) fn listen(&self) -> DefaultGuard {
        // Where one alone listens, `tracing` asks the thread that is the first to come by a line whether anybody does, and
        // believes the "no" of another test's thread from then on. Where two do, it asks them all.
        static ANOTHER: OnceLock<tracing::Dispatch> = OnceLock::new();
        ANOTHER.get_or_init(|| tracing::Dispatch::new(NoSubscriber::new()));
        tracing::subscriber::set_default(web::log::lines("trace", self.clone(), false))
    }

    /// What there is so far.
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.0.lock().expect("one thread").clone()).expect("text")
    }

    /// How much there is so far.
    pub(crate) fn bytes(&self) -> usize {
        self.0.lock().expect("one thread").len()
    }
}

impl io::Write for Caught {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("one thread").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Caught {
    type Writer = Self;
    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn no_log_line_holds_health_numbers_codes_or_tokens() {
    let caught = Caught::default();
    let guard = caught.listen();
    let mut stage = Stage::new().await;
    let naive = Arc::new(Mutex::new(String::new()));
    stage.router = stage.router.layer(from_fn_with_state(naive.clone(), whole_requests));
    let letter = stage.letter(HERE).await;
    let phone = stage.resident(HERE).await;
    let (secret, typed) = (letter.text(), letter.typed().text());
    stage.get(None, &format!("/e/{secret}")).await;
    stage.form(None, &format!("/e/{secret}"), &[]).await;
    stage.form(None, "/enrol", &[("code", &typed)]).await;
    stage.form(None, "/enrol", &[("code", "金丝雀验证码")]).await;
    let report = NeedReport {
        household: HERE,
        category: Category::Medical,
        text: "金丝雀透析 13900001111".into(),
        urgent: true,
        channel: Channel::App,
        continues: None,
    };
    stage.hand_in_facts(&phone, &[fact(NOON, What::Need(report))]).await;
    let form = [("act", "need"), ("h", "1"), ("category", "medical"), ("text", "金丝雀胰岛素")];
    stage.form(Some(&phone), "/act", &form).await;
    stage.hand_in(&phone.hand_in, "{ \"金丝雀坏数据\": ").await;
    stage.get(Some(&phone), "/household").await;
    stage.get(Some(&phone), "/order?q=%E9%87%91%E4%B8%9D%E9%9B%80").await;
    drop(guard);

    let log = caught.text();
    assert!(
        log.contains("route=\"/e/{code}\"") && log.contains("status=200"),
        "the log is not caught: {log}"
    );
    let session = phone.cookie.split('=').nth(1).expect("a token").to_owned();
    let naive = naive.lock().expect("one thread").clone();
    let (found, mut in_naive) = (Findings::default(), 0);
    for canary in ["金丝雀", "13900001111", "%E9%87%91", &secret, &typed, &session, &phone.hand_in] {
        found.case();
        found.holds(!log.contains(canary), || format!("{canary} is in the log: {log}"));
        in_naive += usize::from(naive.contains(canary));
    }
    let note =
        format!("{} canaries at the level of every detail; control: requests as they came", found.cases());
    found.conclude("R11.log", Some(in_naive), &note);
}

#[tokio::test]
async fn whoever_comes_in_or_tries_what_they_may_not_is_on_record() {
    let caught = Caught::default();
    let guard = caught.listen();
    let stage = Stage::new().await;
    let code = stage.letter(HERE).await.typed().text();
    stage.form(None, "/enrol", &[("code", &code)]).await;
    stage.form(None, "/signin/passkey", &[("id", "nobody's")]).await;
    // Wrong, and begun like no letter that was made here.
    let mut bits: [u8; 6] = random();
    bits[0] = if code.starts_with('0') { 0xff } else { 0x00 };
    let wrong = EnrolmentCode::from_random(bits).text();
    for _ in 0..21 {
        stage.form(None, "/enrol", &[("code", &wrong)]).await;
    }
    let phone = stage.resident(HERE).await;
    stage.get(Some(&phone), "/desk/people").await;
    stage.get(None, "/api/me").await;
    let foreign = stage.request(Method::POST, Some(&phone), "/act").header("sec-fetch-site", "cross-site");
    stage.send(foreign.body(Body::empty()).expect("a request")).await;
    drop(guard);

    let log = caught.text();
    for (what, words) in [
        ("a code that let somebody in", &["method=POST route=\"/enrol\" status=303"][..]),
        ("a code that did not", &["method=POST route=\"/enrol\" status=422"]),
        ("codes that are guessed", &["WARN", "too many wrong ones"]),
        ("a passkey that nobody has", &["a passkey was refused", "unknown passkey"]),
        (
            "a page of another role",
            &["route=\"/desk/people\" status=403 role=\"resident\" trouble=\"not_allowed\""],
        ),
        ("a program that is a stranger", &["route=\"/api/me\" status=401", "trouble=\"sign_in_first\""]),
        ("a form of another site", &["status=403", "trouble=\"foreign_form\""]),
    ] {
        let line = log.lines().find(|line| words.iter().all(|word| line.contains(word)));
        let line = line.unwrap_or_else(|| panic!("{what} is not on record: {log}"));
        let time = line.split_whitespace().next().unwrap_or_default();
        assert!(time.starts_with("20") && time.ends_with('Z'), "{what}: no time of the whole world: {line}");
    }
    assert!(!log.contains(&wrong), "a code is in the log");
}

/// The naive way: a log of requests as they come.
async fn whole_requests(
    State(log): State<Arc<Mutex<String>>>,
    request: Request<Body>,
    next: Next,
) -> Response {
    let (parts, body) = request.into_parts();
    let bytes = body.collect().await.expect("a body").to_bytes();
    let line =
        format!("{} {} {:?} {}\n", parts.method, parts.uri, parts.headers, String::from_utf8_lossy(&bytes));
    log.lock().expect("one thread").push_str(&line);
    next.run(Request::from_parts(parts, Body::from(bytes))).await
}
