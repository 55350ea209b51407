//! What a household's month consists of, action by action, in what AWS bills: requests, read and write units, bytes
//! out, log bytes and, in a release build, processor time. `cargo xtask cost` multiplies it by prices. Beside each action
//! stands what the naive design does for it, measured here too: no program on the phone, so that every look is a whole
//! page and asks for each of its files again, and an order as a header, an item a line and an index of both.

use std::sync::LazyLock;
use std::time::Instant;

use axum::body::Body;
use domain::actor::{Role, Signed};
use domain::fact::{Body as What, DoorCheck, Mark, OrderSet};
use domain::job::{JobRef, Outcome};
use domain::menu::{MenuKind, Substitution};
use domain::window::Phase;
use domain::{HouseholdId, Millis, RunId};
use http::{Method, Request, header};
use http_body_util::BodyExt;
use store::function_log;
use store::{
    Condition, Fault, FaultPlan, Faults, Item, Key, Meter, Session, Store, StoreConfig, Table, Usage, Vault,
    Watch, Write,
};
use tower::ServiceExt;
use tracing::level_filters::LevelFilter;
use web::assets::Site;
use web::clock::Clock;
use web::config::{Config, PublicUrl};
use web::local::ready::{Fill, fill};
use web::secret::new_tokens;
use web::state::AppState;

use crate::figures::record;
use crate::web::logs::Caught;
use crate::web::stage::{NOON, Phone, fact};

/// Doors of a round that one request of a steward brings home.
const DOORS: usize = 20;
/// How often an action is repeated where its time is taken.
const TIMES: u32 = if cfg!(debug_assertions) { 1 } else { 50 };

/// What AWS's name of a request adds to its line.
const REQUEST_NAME: usize = "\"request\":\"01234567-89ab-cdef-0123-456789abcdef\",".len();

struct Town {
    state: AppState,
    store: Store,
    meter: Meter,
    log: Caught,
}

/// What one action used.
#[derive(Debug, Clone, Copy, Default)]
struct Used {
    /// At the edge.
    requests: f64,
    /// Of these, for the function.
    invocations: f64,
    calls: f64,
    /// Of these, one after another: what a function is billed for while it waits.
    waits: f64,
    reads: f64,
    writes: f64,
    /// Items that stay, copies in an index too: a transaction costs twice the units and stores once.
    stored: f64,
    out: f64,
    log: f64,
    seconds: f64,
}

impl Used {
    fn noted(self, action: &str) {
        let all = [
            ("requests", self.requests),
            ("invocations", self.invocations),
            ("calls", self.calls),
            ("waits", self.waits),
            ("reads", self.reads),
            ("writes", self.writes),
            ("stored", self.stored),
            ("bytes_out", self.out),
            ("log_bytes", self.log),
            ("seconds", self.seconds),
        ];
        // Without optimisation time says nothing.
        let all = all.into_iter().filter(|(counter, _)| *counter != "seconds" || !cfg!(debug_assertions));
        for (counter, value) in all {
            record(&format!("cost.{action}.{counter}"), value, None, "");
        }
    }

    /// A part of it: what one door costs of a request that is for many.
    fn part(self, of: usize) -> Self {
        let of = f64::from(u32::try_from(of).unwrap_or(u32::MAX));
        Self {
            requests: self.requests / of,
            invocations: self.invocations / of,
            calls: self.calls / of,
            waits: self.waits / of,
            reads: self.reads / of,
            writes: self.writes / of,
            stored: self.stored / of,
            out: self.out / of,
            log: self.log / of,
            seconds: self.seconds / of,
        }
    }

    fn and(self, other: Self) -> Self {
        Self {
            requests: self.requests + other.requests,
            invocations: self.invocations + other.invocations,
            calls: self.calls + other.calls,
            waits: self.waits + other.waits,
            reads: self.reads + other.reads,
            writes: self.writes + other.writes,
            stored: self.stored + other.stored,
            out: self.out + other.out,
            log: self.log + other.log,
            seconds: self.seconds + other.seconds,
        }
    }
}

impl Town {
    async fn new(log: Caught) -> Self {
        // As a function on AWS meets it: others write to the table too, so nothing of it is known from memory.
        let faults = Faults::new(FaultPlan::quiet());
        let config = StoreConfig { shared: true, faults: Some(faults.clone()), ..StoreConfig::default() };
        let store = Store::embedded_memory(config).await.expect("a table in memory");
        let (store, meter) = store.metered();
        let state = state(&store);
        fill(&state, Fill::Demo).await.expect("the demo community");
        // Each call takes a moment from now on: which are made beside each other is seen.
        faults.set_plan(FaultPlan::only(0, Fault::Delay, 1_000));
        Self { state, store, meter, log }
    }

    /// Another instance of the function, as nearly every request meets one: it has read the community, and nothing of
    /// whoever asks.
    async fn instance(&self) -> AppState {
        let state = state(&self.store);
        state.community().await.expect("read");
        state
    }

    async fn phone(&self, who: Signed) -> Phone {
        let tokens = new_tokens();
        let session = Session {
            community: self.state.config().community.clone(),
            who,
            created: NOON,
            expires: NOON + 90 * Millis::DAY,
            device: String::new(),
        };
        self.store.start_session(&tokens, &session).await.expect("a session");
        Phone { cookie: format!("__Host-lm={}", tokens.session.text()), hand_in: tokens.hand_in.text() }
    }

    /// Answers one request; what came back and what it used.
    async fn ask(&self, state: &AppState, request: Request<Body>) -> (http::HeaderMap, Vec<u8>, Used) {
        let (before, logged, started) = (self.meter.usage(), self.log.bytes(), processor_seconds());
        let router = web::lambda::measured(state.clone(), self.meter.clone());
        let response = router.oneshot(request).await.expect("answered");
        let (parts, body) = response.into_parts();
        let body = body.collect().await.expect("a body").to_bytes();
        let seconds = processor_seconds() - started;
        let Usage { calls, waits, reads, writes, .. } = self.meter.usage().since(before);
        assert!(!parts.status.is_client_error() && !parts.status.is_server_error(), "{}", parts.status);
        let headers: usize =
            parts.headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
        let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
        let used = Used {
            requests: 1.0,
            invocations: 1.0,
            calls: number(usize::try_from(calls).unwrap_or(usize::MAX)),
            waits: number(usize::try_from(waits).unwrap_or(usize::MAX)),
            reads,
            writes,
            stored: 0.0,
            out: number(headers + body.len()),
            log: number(self.log.bytes() - logged + REQUEST_NAME),
            seconds,
        };
        (parts.headers, body.to_vec(), used)
    }

    async fn get(&self, phone: &Phone, path: &str, tag: Option<&str>) -> (http::HeaderMap, Vec<u8>, Used) {
        let request = as_browser(Method::GET, path).header(header::COOKIE, &phone.cookie);
        let request = match tag {
            Some(tag) => request.header(header::IF_NONE_MATCH, tag),
            None => request,
        };
        self.ask(&self.instance().await, request.body(Body::empty()).expect("a request")).await
    }

    /// As a page does that reads its feed beside the answers.
    async fn hand_in(&self, phone: &Phone, facts: &[domain::fact::Fact]) -> Used {
        let batch = serde_json::json!({ "sent": self.state.now(), "facts": facts }).to_string();
        let request = as_browser(Method::POST, "/api/facts")
            .header(header::AUTHORIZATION, format!("Bearer {}", phone.hand_in))
            .header(header::COOKIE, &phone.cookie)
            .header(header::ACCEPT, "application/x-ndjson")
            .header(header::CONTENT_TYPE, "application/json");
        let (headers, _, used) =
            self.ask(&self.instance().await, request.body(Body::from(batch)).expect("a request")).await;
        assert_eq!(headers[header::CONTENT_TYPE], "application/x-ndjson", "the feed came with the answers");
        Used { stored: facts.iter().map(|_| 1.0).sum(), ..used }
    }
}

/// Processor time of this thread, where the system tells it: the machine is shared. Everything a request does happens
/// on this thread, since the table is in memory.
fn processor_seconds() -> f64 {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos =
        told.and_then(|text| text.split(' ').next()?.parse::<f64>().ok()).filter(|nanos| *nanos > 0.0);
    nanos.map_or_else(|| START.elapsed().as_secs_f64(), |nanos| nanos / 1e9)
}

fn state(store: &Store) -> AppState {
    let config = Config {
        public_url: PublicUrl::parse("https://lm.example.org").expect("an origin"),
        community: "local".parse().expect("an id"),
    };
    let vault = Vault::with_keys(vec![[7; 32]]).expect("a vault");
    AppState::new(store.clone(), vault, Site::default(), config, Clock::standing_at(NOON))
}

/// With the headers a browser sends that decide over bytes.
fn as_browser(method: Method, path: &str) -> http::request::Builder {
    Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, "lm.example.org")
        .header(header::ACCEPT_ENCODING, "gzip, br")
        .header("sec-fetch-site", "same-origin")
}

/// The files that a page names, each of which a browser without a service worker asks for again.
fn files_of(page: &[u8]) -> f64 {
    let page = String::from_utf8_lossy(page);
    let named = |mark: &str| page.matches(mark).count();
    // Without a built site the page names no bundle: its sheet, glue and program are three more.
    let files =
        named(" src=\"/") + named("rel=\"stylesheet\"") + named("rel=\"manifest\"") + named("rel=\"icon\"");
    f64::from(u32::try_from(files).unwrap_or(u32::MAX)) + 3.0
}

#[tokio::test]
async fn a_households_month_in_what_is_billed() {
    let log = Caught::default();
    let lines = function_log::lines("web", web::lambda::log::metrics, LevelFilter::INFO, log.clone());
    let _guard = tracing::subscriber::set_default(lines);
    let town = Town::new(log).await;
    let c = &town.state.config().community;
    let catalog = town.store.catalog(c).await.expect("read").expect("there");
    let (places, windows) = (&catalog.community.places, &catalog.community.windows);
    let open = windows.values().find(|window| window.phase(NOON) == Phase::Open).expect("a window");
    // The demo's own story happens in the first two buildings.
    let homes = |place: usize| -> Vec<HouseholdId> {
        let building = places.buildings_in_order()[place].id;
        let doors = places.doors.values().filter(|door| door.building == building);
        doors.filter_map(|door| places.behind(door.id).next().map(|household| household.id)).collect()
    };
    // The demo's menus all have a cap: four write units an order instead of one, the dearer of the two ways.
    let menu =
        catalog.community.menus.iter().find(|menu| {
            menu.kind == MenuKind::Set && open.menus.contains(&(menu.code.clone(), menu.version))
        });
    let menu = menu.expect("a fixed box");

    // An order from the phone's outbox, with the feed that its answer brings.
    let (mut order, mut look, mut view, mut cold) =
        (Used::default(), Used::default(), Used::default(), Used::default());
    let times = usize::try_from(TIMES).expect("small");
    for household in homes(2).iter().take(times) {
        let phone = town.phone(Signed::Household(*household)).await;
        let (headers, _, _) = town.get(&phone, "/api/feed", None).await;
        let before = headers[header::ETAG].to_str().expect("ascii").to_owned();
        look = look.and(town.get(&phone, "/api/feed", Some(&before)).await.2);
        let lines = vec![menu.line(1, vec![])];
        let set = OrderSet {
            run: open.run,
            household: *household,
            replaces: None,
            lines,
            substitution: Substitution::Ask,
        };
        order = order.and(town.hand_in(&phone, &[fact(town.state.now(), What::Order(set))]).await);
        // `tally` moves the version that a phone asks for; what it writes is in the model.
        let building = places.buildings_in_order()[2].id;
        town.store.bump_version(c, Watch::Building(open.run, building)).await.expect("moved");
        let (headers, _, news) = town.get(&phone, "/api/feed", Some(&before)).await;
        assert_ne!(headers[header::ETAG].to_str().ok(), Some(before.as_str()), "there is news");
        view = view.and(news);
        // An instance of the function that has not met this community reads it first.
        let request = as_browser(Method::GET, "/api/feed").header(header::COOKIE, &phone.cookie);
        let request = request.body(Body::empty()).expect("a request");
        cold = cold.and(town.ask(&state(&town.store), request).await.2);
    }
    // What a feed is made of is read beside each other, and of it only what was just written strongly.
    assert!(view.waits * 2.0 < view.calls, "{view:?}");
    assert!(order.waits < order.calls && order.reads < view.reads + 2.5 * f64::from(TIMES), "{order:?}");
    order.part(times).noted("order");
    view.part(times).noted("view");
    look.part(times).noted("look");
    cold.part(times).noted("cold");

    // A new release: each of a resident's pages as the service worker keeps it, in both languages.
    let phone = town.phone(Signed::Household(homes(2)[0])).await;
    town.get(&phone, "/shells/resident", None).await.2.noted("shells");

    // A file that the phone still has, such as the service worker: where there is no CDN, the function answers.
    let site = crate::temp_dir::TempDir::new();
    std::fs::write(site.path().join("assets.json"), "{}").expect("written");
    std::fs::write(site.path().join("sw.js"), "// the worker").expect("written");
    let config = town.state.config().clone();
    let vault = Vault::with_keys(vec![[7; 32]]).expect("a vault");
    let files = Site::load(site.path()).expect("a site");
    let serving = AppState::new(town.store.clone(), vault, files, config, Clock::standing_at(NOON));
    let asked =
        |tag: &str| as_browser(Method::GET, "/sw.js").header(header::IF_NONE_MATCH, tag).body(Body::empty());
    let (headers, ..) = town.ask(&serving, asked("\"\"").expect("a request")).await;
    let tag = headers[header::ETAG].to_str().expect("ascii");
    let mut file = Used::default();
    for _ in 0..TIMES {
        let (_, body, used) = town.ask(&serving, asked(tag).expect("a request")).await;
        assert!(body.is_empty(), "not modified");
        file = file.and(used);
    }
    assert!(file.calls == 0.0, "{file:?}");
    file.part(times).noted("file");

    // A steward's round: fetched, walked, handed in at once.
    let steward =
        catalog.community.people.values().find(|person| person.role == Role::Steward).expect("a steward");
    let phone = town.phone(Signed::Person(steward.id, Role::Steward)).await;
    let fetched = town.get(&phone, "/api/feed", None).await.2;
    let sealed =
        windows.values().find(|window| window.sealed.is_some()).map_or(RunId(1), |window| window.run);
    let marks: Vec<_> = homes(0)
        .iter()
        .take(DOORS)
        .map(|household| {
            let door = places.door_of(*household).expect("a door");
            let jobs = vec![(JobRef::Order(*household), Outcome::LeftAtDoor)];
            fact(
                town.state.now(),
                What::Mark(Mark { run: sealed, door, jobs, by: DoorCheck::Scanned, happened: None }),
            )
        })
        .collect();
    fetched.and(town.hand_in(&phone, &marks).await).part(DOORS).noted("delivery");

    naive(&town, homes(2)[0], &phone).await;
}

async fn naive(town: &Town, household: HouseholdId, steward: &Phone) {
    let phone = town.phone(Signed::Household(household)).await;
    // A file that has not changed is a request, an answer of headers, and a line in nobody's log but CloudFront's.
    let again = |files: f64| Used { requests: files, out: files * 300.0, ..Used::default() };
    let whole = async |path: &str, phone: &Phone| {
        let (_, page, used) = town.get(phone, path, None).await;
        used.and(again(files_of(&page)))
    };
    whole("/order", &phone).await.noted("naive.view");
    whole("/household", &phone).await.noted("naive.look");

    let before = town.meter.usage();
    let row = |sk: String| {
        let item = Item::new(&Key::from_parts("NAIVE#1", sk)).with_text("what", "x".repeat(300));
        Write::Put(Table::Main, item.indexed("NAIVE#index", "1"), Condition::Absent)
    };
    // A header and its three lines, each with its copy in the index.
    town.store.transact((0..4).map(|n| row(format!("order#{n}"))).collect()).await.expect("written");
    let after = town.meter.usage();
    let written =
        Used { writes: after.writes - before.writes, calls: 1.0, waits: 1.0, stored: 8.0, ..Used::default() };
    // The form, then the page it leads to.
    let form = whole("/order/review", &phone).await;
    written.and(form).and(whole("/household", &phone).await).noted("naive.order");

    // One request and one page a door.
    let row = Item::new(&Key::from_parts("NAIVE#1", "mark")).with_text("what", "x".repeat(300));
    let before = town.meter.usage();
    town.store.put(Table::Main, row.indexed("NAIVE#index", "2"), Condition::Absent).await.expect("written");
    let after = town.meter.usage();
    let written =
        Used { writes: after.writes - before.writes, calls: 1.0, waits: 1.0, stored: 2.0, ..Used::default() };
    written.and(whole("/round", steward).await).noted("naive.delivery");
}
