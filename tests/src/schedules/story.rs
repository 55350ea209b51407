//! One schedule: who does what when, what breaks meanwhile, and what must be true in the end.

use std::collections::{BTreeMap, BTreeSet};

use domain::fact::{Body, Fact, Retract, Stamped};
use domain::need::{Category, Channel, NeedReport};
use domain::order::{order_of, orders};
use domain::outbox::State;
use domain::wire::Answers;
use domain::{DoorId, FactId, HouseholdId, Millis};
use store::{Consistency, FaultPlan, Faults, RetryPolicy, Store, StoreConfig, Vault};
use web::assets::Site;
use web::clock::Clock;
use web::config::{Config, PublicUrl};
use web::state::AppState;
use web::submit::{Arrived, Author, submit};

use super::phone::{Phone, Way};
use crate::store_typed::street::{self, NOON, RUN};

/// Boxes of the two capped menus.
const STOCK: [(&str, u32); 2] = [("B", 3), ("C", 5)];
const STEPS: u32 = 40;
const TWO_DAYS: i64 = 2 * Millis::DAY;

/// The schedule's dice: splitmix64.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: u64) -> u64 {
        self.roll() % n
    }

    fn bytes(&mut self) -> [u8; 10] {
        let mut bytes = [0; 10];
        bytes[..8].copy_from_slice(&self.roll().to_be_bytes());
        bytes
    }

    fn way(&mut self) -> Way {
        match self.below(10) {
            0 => Way::Lost,
            1 => Way::AnswerLost,
            2 => Way::Twice,
            3 => Way::Portal,
            4 => Way::NotAccepted,
            _ => Way::Clear,
        }
    }
}

struct Town {
    store: Store,
    faults: Faults,
    state: AppState,
    now: Millis,
    phones: Vec<Phone>,
    dice: Dice,
}

/// Plays a schedule to its end and checks it.
pub(super) async fn play(seed: u64) {
    let mut town = Town::open(seed).await;
    for _ in 0..STEPS {
        Box::pin(town.step()).await;
    }
    Box::pin(town.settle()).await;
    town.check().await;
}

fn server(store: &Store, now: Millis) -> AppState {
    let url = PublicUrl::parse("https://lm.example.org").expect("an origin");
    let config = Config { public_url: url, community: street::community() };
    AppState::new(
        store.clone(),
        Vault::with_keys(vec![[7; 32]]).expect("a key"),
        Site::default(),
        config,
        Clock::standing_at(now),
    )
}

impl Town {
    async fn open(seed: u64) -> Self {
        let faults = Faults::new(FaultPlan::quiet());
        let retry = RetryPolicy::impatient();
        let config = StoreConfig { retry, faults: Some(faults.clone()), ..StoreConfig::default() };
        let store = Store::embedded_memory(config).await.expect("a table");
        street::open_street(&store, 1, STOCK[0].1, STOCK[1].1).await;
        faults.set_plan(FaultPlan::stormy(seed));
        let mut dice = Dice(seed);
        let mut skew = || i64::try_from(dice.below(2 * 172_800_000)).unwrap_or(0) - TWO_DAYS;
        // Two phones of one household, two of others, two of the steward, one of the desk on the same doors.
        let people = [
            street::resident(1),
            street::resident(1),
            street::resident(2),
            street::resident(3),
            street::steward(),
            street::steward(),
            street::desk(),
        ];
        let phones = (1..).zip(people).map(|(epoch, by)| Phone::new(by, epoch, skew())).collect();
        Self { state: server(&store, NOON), store, faults, now: NOON, phones, dice }
    }

    async fn step(&mut self) {
        self.now = self.now + i64::try_from(self.dice.below(120_000)).unwrap_or(0);
        self.state.clock().set(self.now);
        let one = usize::try_from(self.dice.below(self.phones.len() as u64)).unwrap_or(0);
        match self.dice.below(20) {
            0..10 => self.somebody_acts(one).await,
            10..17 => {
                let way = self.dice.way();
                Box::pin(self.sync(one, way)).await;
            }
            17 => {
                self.phones[one].skew =
                    i64::try_from(self.dice.below(2 * 172_800_000)).unwrap_or(0) - TWO_DAYS;
            }
            18 => self.reassign().await,
            // The server dies and starts again: whatever it held in memory is gone.
            _ => self.state = server(&self.store, self.now),
        }
    }

    async fn somebody_acts(&mut self, one: usize) {
        let (now, random) = (self.now, self.dice.bytes());
        let door = u32::try_from(1 + self.dice.below(3)).unwrap_or(1);
        let body = match self.phones[one].by {
            domain::actor::Signed::Household(household) if self.dice.below(4) == 0 => {
                Body::Need(NeedReport {
                    household,
                    category: Category::Medicine,
                    text: "胰岛素今晚就没有了".into(),
                    urgent: true,
                    channel: Channel::App,
                    continues: None,
                })
            }
            domain::actor::Signed::Household(household) => self.basket(one, household).await,
            _ => {
                let mine = self.phones[one].kept.iter().rev().find_map(|kept| match &kept.fact.body {
                    Body::Mark(mark) => Some((mark.door, kept.fact.id)),
                    _ => None,
                });
                match mine {
                    Some((door, fact)) if self.dice.below(4) == 0 => {
                        Body::Retract(Retract { run: RUN, door, fact })
                    }
                    _ => street::mark(door).body,
                }
            }
        };
        self.phones[one].does(body, now, random);
    }

    /// A basket made from what this phone believes: its own last order, or what it once saw.
    async fn basket(&mut self, one: usize, household: HouseholdId) -> Body {
        let menu = ["A", "B", "C"][usize::try_from(self.dice.below(3)).unwrap_or(0)];
        let boxes = u16::try_from(self.dice.below(3)).unwrap_or(0);
        let own = self.phones[one].kept.iter().rev().find(|kept| {
            matches!(kept.fact.body, Body::Order(_))
                && !matches!(&kept.state, State::Stored { verdict, .. } if !verdict.counts())
        });
        let own = own.map(|kept| kept.fact.id);
        let seen = if self.dice.below(2) == 0 { self.seen(household).await } else { own };
        let lines = if boxes == 0 { vec![] } else { vec![street::line(menu, boxes)] };
        street::order(household.0, seen, &lines).body
    }

    async fn seen(&self, household: HouseholdId) -> Option<FactId> {
        let catalog = self.store.catalog(&street::community()).await.ok()??;
        let facts = self.store.household_run(&catalog, RUN, household, Consistency::Strong).await.ok()?;
        order_of(household, &facts).map(|order| order.head)
    }

    async fn reassign(&mut self) {
        let Ok(Some(catalog)) = self.store.catalog(&street::community()).await else { return };
        let mut steward = catalog.community.people[&street::STEWARD].clone();
        let to = if self.dice.below(2) == 0 { Some(self.now) } else { None };
        for assignment in &mut steward.assignments {
            assignment.to = to;
        }
        // It may fail in the storm; then nothing changed.
        let _ = self.store.save_person(&street::community(), &steward).await;
    }

    async fn sync(&mut self, one: usize, way: Way) {
        for asked in self.phones[one].to_send() {
            let by = self.phones[one].by;
            let (status, answers) = match way {
                Way::Lost => (0, None),
                Way::Portal => (200, None),
                Way::NotAccepted => (401, None),
                Way::Clear => self.served(by, &asked).await,
                Way::AnswerLost => {
                    self.served(by, &asked).await;
                    (0, None)
                }
                Way::Twice => {
                    let (first, second) = tokio::join!(self.served(by, &asked), self.served(by, &asked));
                    if self.dice.below(2) == 0 { first } else { second }
                }
            };
            let now = self.now;
            self.phones[one].hears(&asked, status, answers.as_ref(), now);
        }
    }

    async fn served(&self, who: domain::actor::Signed, facts: &[Fact]) -> (u16, Option<Answers>) {
        let author = Author { community: street::community(), who, revoked: false };
        let raw = facts.iter().filter_map(|fact| Arrived::read(&serde_json::to_vec(fact).ok()?));
        match submit(&self.state, &author, raw.collect()).await {
            Ok(submitted) => (200, Some(Answers { now: self.now, answers: submitted.answers })),
            Err(_) => (503, None),
        }
    }

    /// The storm ends; everybody comes into signal.
    async fn settle(&mut self) {
        self.faults.set_plan(FaultPlan::quiet());
        for _ in 0..10 {
            self.now = self.now + Millis::MINUTE;
            self.state.clock().set(self.now);
            for one in 0..self.phones.len() {
                Box::pin(self.sync(one, Way::Clear)).await;
            }
        }
    }

    async fn check(&mut self) {
        let catalog = street::read(&self.store).await;
        let run = self.store.whole_run(&catalog, RUN, Consistency::Strong).await.expect("answered");
        let mut stored: Vec<Stamped> = run.clone();
        for household in catalog.community.places.households.keys() {
            let needs = self.store.household_needs(catalog.id(), *household, None, Consistency::Strong).await;
            stored.extend(needs.expect("answered").facts);
        }
        let mut times: BTreeMap<FactId, u32> = BTreeMap::new();
        for stamped in &stored {
            *times.entry(stamped.fact.id).or_default() += 1;
        }
        for phone in &self.phones {
            assert!(!phone.waits(), "a phone with signal still waits");
            for kept in &phone.kept {
                let State::Stored { verdict, .. } = &kept.state else { panic!("not acknowledged: {kept:?}") };
                let found: Vec<_> = stored.iter().filter(|stamped| stamped.fact.id == kept.fact.id).collect();
                assert_eq!(found.len(), 1, "stored once: {kept:?}");
                assert_eq!(found[0].fact, kept.fact, "stored as it was made");
                assert_eq!(&found[0].verdict, verdict, "the word the phone heard is the word on the fact");
                assert_eq!(found[0].by, kept.by, "credited to its author");
            }
        }
        assert!(times.values().all(|times| *times == 1), "nothing twice");
        let made: BTreeSet<FactId> =
            self.phones.iter().flat_map(|p| p.kept.iter().map(|k| k.fact.id)).collect();
        assert!(stored.iter().all(|stamped| made.contains(&stamped.fact.id)), "nothing that nobody did");
        self.replicas_agree(&catalog, &run).await;
        self.stock_adds_up(&run).await;
    }

    /// What each household's own query folds to is what the whole run folds to, in whatever order it is read.
    async fn replicas_agree(&mut self, catalog: &store::Catalog, run: &[Stamped]) {
        let mut shuffled = run.to_vec();
        for i in (1..shuffled.len()).rev() {
            let j = usize::try_from(self.dice.below(i as u64 + 1)).unwrap_or(0);
            shuffled.swap(i, j);
        }
        let home = |household| catalog.community.places.door_of(household);
        assert_eq!(orders(run), orders(&shuffled));
        let stops = domain::round::stops(run, home);
        assert_eq!(stops, domain::round::stops(&shuffled, home));
        for n in 1..=3 {
            let own = self.store.household_run(catalog, RUN, HouseholdId(n), Consistency::Strong).await;
            let own = own.expect("answered");
            assert_eq!(order_of(HouseholdId(n), &own), order_of(HouseholdId(n), run));
            let at_door =
                self.store.door_run(catalog, RUN, DoorId(n), Consistency::Strong).await.expect("answered");
            let folded = domain::round::stops(&at_door, home);
            assert_eq!(folded.get(&DoorId(n)), stops.get(&DoorId(n)));
        }
    }

    async fn stock_adds_up(&self, run: &[Stamped]) {
        for (menu, boxes) in STOCK {
            let code = menu.parse().expect("a code");
            let sold: u32 = orders(run).iter().map(|order| u32::from(order.boxes_of(&code))).sum();
            let left = street::left(&self.store, menu).await;
            assert_eq!(sold + left, boxes, "{menu}: {sold} in baskets, {left} left of {boxes}");
        }
    }
}
