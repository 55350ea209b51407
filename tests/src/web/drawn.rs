//! A random request: a route of the server's own table, with ids in it that may be anybody's.

use axum::body::Body;
use domain::fact::{Away, Body as What, Complaint, Dispute, DoorCheck, Mark, Paid, PaidState, Retract, Seen};
use domain::job::{JobRef, Outcome};
use domain::need::{Category, Channel, NeedReport, NeedStep, Step};
use domain::{DoorId, FactId, HouseholdId, NoticeId, RunId};
use http::{Method, header};
use serde_json::json;

use super::stage::{Came, HOUSEHOLDS, Phone, Stage, fact, order, percent};
use crate::dice::Dice;

/// A request, before it is known who sends it.
pub(super) struct Drawn {
    pub(super) method: Method,
    /// The route it was drawn from.
    pub(super) route: &'static str,
    pub(super) path: String,
    pub(super) body: Vec<u8>,
    content_type: &'static str,
    from_own_page: bool,
}

const FORM: &str = "application/x-www-form-urlencoded";
const ACTS: [&str; 22] = [
    "order",
    "cancel",
    "away",
    "dispute",
    "need",
    "seen",
    "close",
    "reopen",
    "mark",
    "undo",
    "load",
    "paid",
    "add_job",
    "drop_job",
    "paper_mark",
    "confirm",
    "read",
    "take",
    "answer",
    "sort",
    "fly",
    "",
];
const NAMES: [&str; 32] = [
    "h",
    "household",
    "run",
    "door",
    "d",
    "q",
    "code",
    "building",
    "up",
    "left",
    "closed",
    "text",
    "was",
    "about",
    "says",
    "category",
    "channel",
    "urgent",
    "fact",
    "next",
    "to",
    "person",
    "boxes-A",
    "boxes-C",
    "at",
    "why",
    "name",
    "version",
    "page",
    "unit",
    "after",
    "job-0",
];
const WORDS: [&str; 18] = [
    "food",
    "medicine",
    "done",
    "left_at_door",
    "yes",
    "no",
    "wrong",
    "app",
    "paper",
    "/household",
    "//evil.example",
    "101",
    "1.2.0",
    "户主代号",
    "AAAA-0000",
    "",
    "2026-11-22T10:00",
    "-1",
];

/// Draws one.
pub(super) fn draw(dice: &mut Dice, stage: &Stage) -> Drawn {
    let routes = web::route_table();
    let route = dice.pick(&routes);
    let any = [Method::GET, Method::POST, Method::HEAD, Method::PUT, Method::DELETE, Method::PATCH];
    let method = if dice.once_in(12) { dice.pick(&any).clone() } else { route.method.clone() };
    let mut path = filled(dice, route.path);
    if dice.once_in(2) {
        let count = 1 + dice.below(4);
        let pairs: Vec<String> = (0..count).map(|_| pair(dice)).collect();
        path = format!("{path}?{}", pairs.join("&"));
    }
    let (mut body, mut content_type) = (Vec::new(), FORM);
    if route.path == "/api/facts" || (method == Method::POST && dice.once_in(20)) {
        (body, content_type) = (batch(dice, stage), "application/json");
    } else if method == Method::POST {
        let count = dice.below(7);
        let mut pairs: Vec<String> = (0..count).map(|_| pair(dice)).collect();
        if route.path == "/act" {
            pairs.push(format!("act={}", dice.pick(&ACTS)));
            pairs.push(format!("h={}", somebody(dice)));
            pairs.push(format!("run={}", 1 + dice.below(2)));
        }
        body = pairs.join("&").into_bytes();
    }
    let from_own_page = !dice.once_in(30);
    Drawn { method, route: route.path, path, body, content_type, from_own_page }
}

/// The number of a household or door: mostly one that is there.
fn somebody(dice: &mut Dice) -> u32 {
    if dice.once_in(15) { 99 } else { 1 + dice.below(HOUSEHOLDS) }
}

fn filled(dice: &mut Dice, path: &str) -> String {
    let mut path = path.to_owned();
    while let (Some(from), Some(to)) = (path.find('{'), path.find('}')) {
        let value = match &path[from + 1..to] {
            "run" => (1 + dice.below(3)).to_string(),
            "code" => (*dice.pick(&["0000000000", "zh", "en", "AAAA-0000", "x"])).to_owned(),
            "token" => "0".repeat(21),
            "page" => (*dice.pick(&["home", "order", "household", "round", "stop", "x"])).to_owned(),
            "size" => "large".to_owned(),
            "name" => "dark".to_owned(),
            "id" => format!("{:032x}", dice.roll()),
            _ => somebody(dice).to_string(),
        };
        path.replace_range(from..=to, &value);
    }
    path
}

fn pair(dice: &mut Dice) -> String {
    let value = match dice.below(4) {
        0 => percent(dice.pick::<&str>(&WORDS)),
        1 => FactId::new(super::stage::NOON.0, dice.bytes()).to_string(),
        _ => somebody(dice).to_string(),
    };
    format!("{}={value}", dice.pick(&NAMES))
}

/// A phone's batch about anybody.
fn batch(dice: &mut Dice, stage: &Stage) -> Vec<u8> {
    let count = dice.below(4);
    let facts: Vec<_> = (0..count)
        .map(|_| {
            let body = body(dice);
            let mut made = fact(stage.state.now(), body);
            made.id = FactId::new(stage.state.now().0, dice.bytes());
            made
        })
        .collect();
    json!({ "sent": stage.state.now(), "facts": facts }).to_string().into_bytes()
}

fn body(dice: &mut Dice) -> What {
    let (run, n) = (RunId(1 + dice.below(2)), somebody(dice));
    let (household, door) = (HouseholdId(n), DoorId(n));
    let other = FactId::new(super::stage::NOON.0, dice.bytes());
    match dice.below(9) {
        0 => order(household, "A", 1, None),
        1 => What::Away(Away { run, household, away: true }),
        2 => What::Dispute(Dispute {
            run,
            household,
            mark: other,
            job: None,
            says: Complaint::NeverArrived,
            note: String::new(),
        }),
        3 => What::Paid(Paid { run, household, state: PaidState::Paid }),
        4 => What::Need(NeedReport {
            household,
            category: Category::Food,
            text: "米".into(),
            urgent: dice.once_in(2),
            channel: Channel::App,
            continues: None,
        }),
        5 => What::NeedStep(NeedStep { household, need: other, step: Step::Closed }),
        6 => What::Seen(Seen { household, notice: NoticeId(1) }),
        7 => What::Retract(Retract { run, door, fact: other }),
        _ => What::Mark(Mark {
            run,
            door,
            jobs: vec![(JobRef::Order(household), Outcome::Done)],
            by: DoorCheck::Scanned,
            happened: None,
        }),
    }
}

impl Drawn {
    /// Sends it as somebody.
    pub(super) async fn ask(&self, stage: &Stage, phone: Option<&Phone>) -> Came {
        let mut request = stage
            .request(self.method.clone(), phone, &self.path)
            .header("sec-fetch-site", if self.from_own_page { "same-origin" } else { "cross-site" })
            .header(header::CONTENT_TYPE, self.content_type);
        if let (Some(phone), "/api/facts") = (phone, self.route) {
            request = request.header(header::AUTHORIZATION, format!("Bearer {}", phone.hand_in));
        }
        stage.send(request.body(Body::from(self.body.clone())).expect("a request")).await
    }
}
