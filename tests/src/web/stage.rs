//! One small community and the people in it: two buildings, six households, staff of every role, a window that is
//! open and one that is being delivered. No assertion lives here.

use axum::Router;
use axum::body::Body;
use domain::actor::{Assignment, Role, Signed};
use domain::community::{Person, Places, Settings};
use domain::enrolment_code::EnrolmentSecret;
use domain::fact::{Body as What, FACT_VERSION, Fact, OrderSet, Sequence};
use domain::household::{Diets, Household};
use domain::menu::{Item, Line, Menu, MenuKind, Substitution};
use domain::places::{Area, Building, Compound, Door, Label, Spot};
use domain::time::DeviceTime;
use domain::window::{DEFAULT_GRACE_MINUTES, Payment, Window};
use domain::wire::Answers;
use domain::{
    BuildingId, CompoundId, DoorId, FactId, Fen, HouseholdId, Lang, Millis, Name, PersonId, Quantity, RunId,
    Unit,
};
use http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use store::{Meter, Session, Store, StoreConfig, Vault};
use tower::ServiceExt;
use web::assets::Site;
use web::clock::Clock;
use web::config::{Config, PublicUrl};
use web::secret::{new_tokens, random};
use web::state::AppState;

/// Sunday noon in China.
pub(crate) const NOON: Millis = Millis(1_795_320_000_000);
/// The window that is open.
pub(crate) const OPEN: RunId = RunId(1);
/// The window whose boxes are on their way.
pub(crate) const DELIVERING: RunId = RunId(2);
/// A household of building 1, behind door 1, and one of building 2, behind door 4.
pub(crate) const HERE: HouseholdId = HouseholdId(1);
pub(crate) const THERE: HouseholdId = HouseholdId(4);
pub(crate) const HOUSEHOLDS: u32 = 6;
pub(crate) const STEWARD: PersonId = PersonId(1);
pub(crate) const FORMER: PersonId = PersonId(2);
pub(crate) const VOLUNTEER: PersonId = PersonId(3);
pub(crate) const DESK: PersonId = PersonId(4);
pub(crate) const SUPPLIER: PersonId = PersonId(5);

/// A server and what a test needs to reach around it.
pub(crate) struct Stage {
    pub(crate) state: AppState,
    pub(crate) router: Router,
}

/// What a phone keeps after signing in.
#[derive(Debug, Clone)]
pub(crate) struct Phone {
    pub(crate) cookie: String,
    pub(crate) hand_in: String,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Came {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Came {
    pub(crate) fn location(&self) -> Option<&str> {
        self.headers.get(header::LOCATION)?.to_str().ok()
    }

    pub(crate) fn answers(&self) -> Answers {
        serde_json::from_str(&self.body)
            .unwrap_or_else(|_| panic!("no answers: {} {}", self.status, self.body))
    }
}

impl Stage {
    pub(crate) async fn new() -> Self {
        Self::metered().await.0
    }

    /// With what the server's calls to the table cost.
    pub(crate) async fn metered() -> (Self, Meter) {
        Self::metered_with(StoreConfig::default()).await
    }

    /// As a function on AWS meets it: other processes write to the table too.
    pub(crate) async fn metered_shared() -> (Self, Meter) {
        Self::metered_with(StoreConfig { shared: true, ..StoreConfig::default() }).await
    }

    pub(crate) async fn metered_with(config: StoreConfig) -> (Self, Meter) {
        let store = Store::embedded_memory(config).await.expect("a table in memory");
        let (store, meter) = store.metered();
        let stage = Self::over(store, "https://lm.example.org");
        stage.fill().await;
        (stage, meter)
    }

    /// A server at an address over a table, with what is in it.
    pub(crate) fn over(store: Store, address: &str) -> Self {
        let public_url = PublicUrl::parse(address).expect("an origin");
        let config = Config { public_url, community: "beilin".parse().expect("an id") };
        let vault = Vault::with_keys(vec![[7; 32]]).expect("a vault");
        let state = AppState::new(store, vault, Site::default(), config, Clock::standing_at(NOON));
        Self { router: web::router(state.clone()), state }
    }

    pub(crate) async fn fill(&self) {
        let (store, c) = (self.state.store(), &self.state.config().community);
        store.create_community(&settings()).await.expect("a community");
        let catalog = store.catalog(c).await.expect("read").expect("there");
        store.import_ledger(&catalog, &places()).await.expect("a ledger");
        for menu in [menu("A", None), menu("C", Some(3))] {
            store.save_menu(c, &menu).await.expect("a menu");
        }
        for person in people() {
            store.save_person(c, &person).await.expect("a person");
        }
        for window in [
            window(OPEN, NOON + -Millis::HOUR, NOON + Millis::HOUR),
            Window {
                delivery_from: NOON,
                delivery_to: NOON + 2 * Millis::HOUR,
                ..window(DELIVERING, NOON + -26 * Millis::HOUR, NOON + -Millis::HOUR)
            },
        ] {
            let catalog = store.catalog(c).await.expect("read").expect("there");
            store.save_window(&catalog, &window).await.expect("a window");
        }
    }

    /// Signs somebody in on a new phone.
    pub(crate) async fn phone(&self, who: Signed) -> Phone {
        let tokens = new_tokens();
        let session = Session {
            community: self.state.config().community.clone(),
            who,
            created: NOON,
            expires: NOON + 90 * Millis::DAY,
            device: String::new(),
        };
        self.state.store().start_session(&tokens, &session).await.expect("a session");
        Phone { cookie: format!("__Host-lm={}", tokens.session.text()), hand_in: tokens.hand_in.text() }
    }

    pub(crate) async fn resident(&self, household: HouseholdId) -> Phone {
        self.phone(Signed::Household(household)).await
    }

    /// A letter through the door.
    pub(crate) async fn letter(&self, household: HouseholdId) -> EnrolmentSecret {
        let secret = EnrolmentSecret::from_random(random());
        let c = &self.state.config().community;
        self.state
            .store()
            .issue_letter(self.state.vault(), c, household, &secret, self.state.now(), self.state.now())
            .await
            .expect("a letter");
        secret
    }

    /// One request, as the server gets it.
    pub(crate) async fn send(&self, request: Request<Body>) -> Came {
        let response = self.router.clone().oneshot(request).await.expect("the router answers");
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("a body").to_bytes();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Came { status: parts.status, headers: parts.headers, body }
    }

    pub(crate) async fn get(&self, phone: Option<&Phone>, path: &str) -> Came {
        self.send(self.request(Method::GET, phone, path).body(Body::empty()).expect("a request")).await
    }

    /// A form of one of our pages, sent by the browser.
    pub(crate) async fn form(&self, phone: Option<&Phone>, path: &str, fields: &[(&str, &str)]) -> Came {
        let body: Vec<String> =
            fields.iter().map(|(name, value)| format!("{name}={}", percent(value))).collect();
        let request = self
            .request(Method::POST, phone, path)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body.join("&"))).expect("a request")).await
    }

    /// A batch of facts from a phone's outbox.
    pub(crate) async fn hand_in(&self, token: &str, body: impl Into<Body>) -> Came {
        let request = self
            .request(Method::POST, None, "/api/facts")
            .header("sec-fetch-site", "same-origin")
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(body.into()).expect("a request")).await
    }

    pub(crate) async fn hand_in_facts(&self, phone: &Phone, facts: &[Fact]) -> Answers {
        let batch = serde_json::json!({ "sent": self.state.now(), "facts": facts });
        let came = self.hand_in(&phone.hand_in, batch.to_string()).await;
        assert_eq!(came.status, StatusCode::OK, "{}", came.body);
        came.answers()
    }

    pub(crate) fn request(
        &self,
        method: Method,
        phone: Option<&Phone>,
        path: &str,
    ) -> http::request::Builder {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, self.state.config().public_url.host());
        match phone {
            Some(phone) => request.header(header::COOKIE, &phone.cookie),
            None => request,
        }
    }
}

/// The community's settings.
pub(crate) fn settings() -> Settings {
    Settings {
        id: "beilin".parse().expect("an id"),
        name: Name::new("北林街道", "Beilin"),
        utc_offset: 480,
        hotline: "0371-0000 0110".into(),
        emergency: "120".into(),
        hosts: vec!["lm.example.org".into()],
        unread_minutes: 10,
        quiet: None,
    }
}

/// A fact as a phone makes it now.
pub(crate) fn fact(now: Millis, body: What) -> Fact {
    Fact {
        v: FACT_VERSION,
        id: FactId::new(now.0, random()),
        made: DeviceTime { at: now, offset: 0, contact: Some(now) },
        seq: Sequence { epoch: 1, number: 1 },
        body,
        via: None,
    }
}

/// An order of boxes of one menu.
pub(crate) fn order(household: HouseholdId, code: &str, boxes: u16, replaces: Option<FactId>) -> What {
    let lines: Vec<Line> = if boxes == 0 { vec![] } else { vec![menu(code, None).line(boxes, vec![])] };
    What::Order(OrderSet { run: OPEN, household, replaces, lines, substitution: Substitution::Ask })
}

pub(crate) fn percent(text: &str) -> String {
    text.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            },
        )
        .collect()
}

fn menu(code: &str, stock: Option<u32>) -> Menu {
    Menu {
        code: code.parse().expect("a code"),
        version: 1,
        kind: MenuKind::Set,
        name: Name::new(format!("套餐{code}"), format!("Box {code}")),
        price: Fen(3_000),
        items: vec![Item {
            name: Name::new("土豆", "potatoes"), quantity: Quantity(1_000), unit: Unit::Kg
        }],
        limit: Some(5),
        stock,
        diets: Diets::new(),
    }
}

pub(crate) fn window(run: RunId, opens: Millis, closes: Millis) -> Window {
    Window {
        run,
        opens,
        closes,
        grace_minutes: DEFAULT_GRACE_MINUTES,
        compounds: vec![CompoundId(1)],
        menus: vec![("A".parse().expect("a code"), 1), ("C".parse().expect("a code"), 1)],
        delivery_from: closes + 12 * Millis::HOUR,
        delivery_to: closes + 14 * Millis::HOUR,
        payment: Payment::Free,
        note: String::new(),
        note_en: String::new(),
        published: true,
        sealed: None,
    }
}

/// Doors 1 to 3 are in building 1 (door 3 in its second unit), 4 to 6 in building 2; household n lives behind door n.
fn places() -> Places {
    let mut places = Places::default();
    places.compounds.insert(CompoundId(1), Compound { id: CompoundId(1), name: "北林新苑".into() });
    for id in [1, 2] {
        let building = Building { id: BuildingId(id), compound: CompoundId(1), label: Label(id.to_string()) };
        places.buildings.insert(BuildingId(id), building);
    }
    for n in 1..=HOUSEHOLDS {
        let (building, unit) = if n <= 3 { (1, if n == 3 { 2 } else { 1 }) } else { (2, 1) };
        let floor = i8::try_from(n).expect("few floors");
        let spot = Spot { unit, floor, room: Label(format!("{n}01")) };
        places.doors.insert(DoorId(n), Door { id: DoorId(n), building: BuildingId(building), spot });
        let household = Household {
            id: HouseholdId(n),
            door: Some(DoorId(n)),
            holder: format!("户主代号{n}"),
            people: 2,
            over_60: 0,
            lang: Lang::Zh,
            speaks: String::new(),
            note: String::new(),
            diets: Diets::new(),
        };
        places.households.insert(HouseholdId(n), household);
    }
    places
}

fn people() -> Vec<Person> {
    let since = NOON + -10 * Millis::DAY;
    let assigned = |area, to| Assignment { area, from: since, to };
    let person = |id, role, assignments| Person {
        id,
        name: format!("人员{id}"),
        role,
        assignments,
        duty: 0,
        left: false,
    };
    let first = Area::Building(BuildingId(1));
    vec![
        person(STEWARD, Role::Steward, vec![assigned(first, None)]),
        person(FORMER, Role::Steward, vec![assigned(first, Some(NOON + -Millis::DAY))]),
        person(VOLUNTEER, Role::Volunteer, vec![assigned(Area::Unit(BuildingId(1), 1), None)]),
        person(DESK, Role::Desk, vec![]),
        person(SUPPLIER, Role::Supplier, vec![]),
    ]
}
