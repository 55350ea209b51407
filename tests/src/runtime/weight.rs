//! What `web` weighs in instructions beside a bare function (P11.cold, P12): both built with the profile that is packed,
//! both run by valgrind, which counts what the machine's load cannot change. `cargo xtask bench` builds them and names
//! their folder by `WEIGH`.

use std::path::{Path, PathBuf};
use std::process::Command;

use domain::actor::Signed;
use domain::fact::{Body as What, OrderSet};
use domain::menu::{MenuKind, Substitution};
use domain::window::Phase;
use domain::{HouseholdId, Millis};
use http::Method;
use serde_json::{Value, json};
use store::Session;
use web::clock::Clock;
use web::secret::new_tokens;

use super::browser::ORIGIN_SECRET;
use super::job::demo;
use super::start::settings;
use super::table::LocalTable;
use super::{Edge, Function, local_table};
use crate::figures::record;
use crate::temp_dir::TempDir;
use crate::web::stage::fact;

/// Orders after the first, whose mean is the warm one's weight.
const ORDERS: usize = 20;

/// A function that valgrind watches.
async fn watched(program: &Path, table: &LocalTable, site: &TempDir) -> Function {
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(program);
    let mut environment = settings(site);
    environment.extend(table.environment());
    let started = Function::spawn(valgrind, "weighed", &environment).await;
    started.unwrap_or_else(|error| panic!("it starts: {}", error.log))
}

/// Sends it the events, ends it, and reads how many instructions it was in all.
async fn weight(program: &Path, table: &LocalTable, events: &[Value]) -> f64 {
    let site = TempDir::new();
    let function = watched(program, table, &site).await;
    for event in events {
        let answer = function.invoke(event).await.unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(answer["statusCode"], 200, "{answer}");
    }
    let log = function.terminate().await;
    let collected = log.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok());
    collected.unwrap_or_else(|| panic!("valgrind counted nothing: {log}"))
}

fn event(method: &Method, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Value {
    let mut all = vec![("host", "lm.example.org"), ("x-origin-secret", ORIGIN_SECRET)];
    all.extend(headers);
    Edge::FunctionUrl.event(method, path, &all, &[], body)
}

/// Orders of as many households, each from its own phone.
async fn orders(table: &LocalTable) -> Vec<Value> {
    let (state, _) = demo(&table.store).await;
    let community = state.community().await.expect("there");
    let now = Clock::default().now();
    let window =
        community.windows.values().find(|window| window.phase(now) == Phase::Open).expect("one is open");
    let offered = |code, version| window.menus.contains(&(code, version));
    let menu = community
        .menus
        .iter()
        .find(|menu| menu.kind == MenuKind::Set && offered(menu.code.clone(), menu.version));
    let menu = menu.expect("a fixed box");
    // The demo's own story happens in the first two buildings.
    let building = community.places.buildings_in_order()[2].id;
    let doors = community.places.doors.values().filter(|door| door.building == building);
    let homes =
        doors.filter_map(|door| community.places.behind(door.id).next().map(|household| household.id));
    let homes: Vec<HouseholdId> = homes.take(ORDERS + 1).collect();
    assert_eq!(homes.len(), ORDERS + 1);
    let mut events = Vec::new();
    for household in homes {
        let tokens = new_tokens();
        let session = Session {
            community: state.config().community.clone(),
            who: Signed::Household(household),
            created: now,
            expires: now + Millis::DAY,
            device: String::new(),
        };
        state.store().start_session(&tokens, &session).await.expect("a session");
        let set = OrderSet {
            run: window.run,
            household,
            replaces: None,
            lines: vec![menu.line(1, vec![])],
            substitution: Substitution::Ask,
        };
        let batch = json!({ "sent": now, "facts": [fact(now, What::Order(set))] }).to_string();
        let bearer = format!("Bearer {}", tokens.hand_in.text());
        let headers = [
            ("content-type", "application/json"),
            ("authorization", &*bearer),
            ("sec-fetch-site", "same-origin"),
        ];
        events.push(event(&Method::POST, "/api/facts", &headers, batch.as_bytes()));
    }
    events
}

/// How many calls to the table the last order made, by the function's own log.
async fn calls_of(program: &Path, table: &LocalTable, events: &[Value]) -> u64 {
    let site = TempDir::new();
    let mut environment = settings(&site);
    environment.extend(table.environment());
    let function = Function::spawn(Command::new(program), "counted", &environment).await;
    let function = function.unwrap_or_else(|error| panic!("it starts: {}", error.log));
    for event in events {
        function.invoke(event).await.unwrap_or_else(|error| panic!("{error}"));
    }
    let lines = function.log();
    let lines = lines.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    lines.filter_map(|line| line["calls"].as_u64()).next_back().expect("a line of a request")
}

#[tokio::test]
async fn web_weighs_little_more_than_a_bare_function() {
    let Some(folder) = std::env::var_os("WEIGH").map(PathBuf::from) else { return };
    let (web, bare) = (folder.join("web"), folder.join("bare"));
    let Some(table) = local_table().await else { return };

    // The same pages twice: what the second pair says differs from the first by what a process does not do alike twice.
    demo(&table.store).await;
    let page = [event(&Method::GET, "/signin", &[], b"")];
    let hello = [event(&Method::GET, "/", &[], b"")];
    let mut worst: f64 = 0.0;
    let mut said = Vec::new();
    for _ in 0..2 {
        let (ours, theirs) = (weight(&web, &table, &page).await, weight(&bare, &table, &hello).await);
        worst = worst.max(ours / theirs);
        said.push(format!("{:.1} against {:.1} million", ours / 1e6, theirs / 1e6));
    }
    record(
        "P11.cold",
        worst,
        None,
        &format!("start to first page, the system's loader included: {}", said.join("; ")),
    );

    let Some(counted) = local_table().await else { return };
    let calls = calls_of(&web, &counted, &orders(&counted).await).await;
    let Some(table) = local_table().await else { return };
    let orders = orders(&table).await;
    let all = weight(&web, &table, &orders).await;
    let Some(table) = local_table().await else { return };
    let first = self::orders(&table).await;
    let one = weight(&web, &table, &first[..1]).await;
    let signed = event(&Method::GET, &format!("/?calls={calls}"), &[], b"");
    let bare_all = weight(&bare, &table, &vec![signed.clone(); ORDERS + 1]).await;
    let bare_one = weight(&bare, &table, &[signed]).await;
    let each = |all: f64, one: f64| (all - one) / ORDERS as f64;
    let (ours, theirs) = (each(all, one), each(bare_all, bare_one));
    let note = format!(
        "{:.2} against {:.2} million instructions, {calls} calls each, mean of {ORDERS} orders with a capped menu, JSON and \
         the runtime's own work included",
        ours / 1e6,
        theirs / 1e6
    );
    record("P12", ours / theirs, None, &note);
}
