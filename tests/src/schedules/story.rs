//! One schedule: who does what when, and what breaks meanwhile. What becomes of requests is `network`'s part, what
//! must be true in the end `check`'s.

use axum::Router;
use domain::actor::Signed;
use domain::fact::{Body, Retract};
use domain::need::{Category, Channel, NeedReport};
use domain::order::order_of;
use domain::outbox::State;
use domain::{FactId, HouseholdId, Millis};
use store::{Consistency, FaultPlan, Faults, RetryPolicy, Store, StoreConfig, Vault};
use web::assets::Site;
use web::clock::Clock;
use web::config::{Config, PublicUrl};
use web::state::AppState;

use super::mishaps::{Mishap, Mishaps};
use super::network::{Held, Way};
use super::phone::{Habit, Phone};
use crate::dice::Dice;
use crate::figures::Findings;
use crate::store_typed::street::{self, NOON, RUN};

/// Boxes of the two capped menus.
pub(super) const STOCK: [(&str, u32); 2] = [("B", 3), ("C", 5)];
const STEPS: u32 = 40;
/// Household and doors where people act.
pub(super) const DOORS: u32 = 3;

/// Everybody and everything of one schedule.
pub(super) struct Town<'a> {
    pub(super) seed: u64,
    pub(super) store: Store,
    pub(super) faults: Faults,
    pub(super) state: AppState,
    pub(super) router: Router,
    pub(super) now: Millis,
    pub(super) step: u32,
    pub(super) phones: Vec<Phone>,
    pub(super) on_the_way: Vec<Held>,
    pub(super) dice: Dice,
    pub(super) mishaps: &'a Mishaps,
}

/// Plays a schedule to its end and checks it.
pub(super) async fn play(seed: u64, habit: Habit, mishaps: &Mishaps, findings: &Findings) {
    let mut town = Town::open(seed, habit, mishaps).await;
    for _ in 0..STEPS {
        Box::pin(town.goes_on()).await;
    }
    mishaps.at_the_table(&town.faults.counts());
    Box::pin(town.settle()).await;
    town.check(findings).await;
}

fn server(store: &Store, now: Millis) -> (AppState, Router) {
    let url = PublicUrl::parse("https://lm.example.org").expect("an origin");
    let config = Config { public_url: url, community: street::community() };
    let vault = Vault::with_keys(vec![[7; 32]]).expect("a key");
    let state = AppState::new(store.clone(), vault, Site::default(), config, Clock::standing_at(now));
    (state.clone(), web::router(state))
}

/// How wrong a phone's clock is: up to two days, early or late.
fn skew(dice: &mut Dice) -> i64 {
    i64::from(dice.below(4 * 86_400_000)) - 2 * Millis::DAY
}

impl<'a> Town<'a> {
    async fn open(seed: u64, habit: Habit, mishaps: &'a Mishaps) -> Self {
        let faults = Faults::new(FaultPlan::quiet());
        let retry = RetryPolicy::impatient();
        let config = StoreConfig { retry, faults: Some(faults.clone()), ..StoreConfig::default() };
        let store = Store::embedded_memory(config).await.expect("a table");
        street::open_street(&store, 1, STOCK[0].1, STOCK[1].1).await;
        let mut dice = Dice::new(seed);
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
        let phones: Vec<Phone> =
            (1..).zip(people).map(|(epoch, by)| Phone::new(by, epoch, skew(&mut dice), habit)).collect();
        let (state, router) = server(&store, NOON);
        let (now, step, on_the_way) = (NOON, 0, Vec::new());
        let mut town =
            Self { seed, store, faults, state, router, now, step, phones, on_the_way, dice, mishaps };
        for one in 0..town.phones.len() {
            town.signs_in(one).await;
        }
        town.faults.set_plan(FaultPlan::stormy(seed));
        town
    }

    async fn goes_on(&mut self) {
        self.step += 1;
        let later = i64::from(self.dice.below(120_000));
        self.passes(later);
        Box::pin(self.arrives()).await;
        let one = self.dice.below(u32::try_from(self.phones.len()).expect("few")) as usize;
        match self.dice.below(20) {
            0..10 => self.somebody_acts(one).await,
            10..17 => {
                let way = Way::drawn(&mut self.dice);
                Box::pin(self.sync(one, way)).await;
            }
            17 => self.phones[one].skew = skew(&mut self.dice),
            18 => self.reassign().await,
            _ => {
                // Whatever it held in memory is gone.
                (self.state, self.router) = server(&self.store, self.now);
                self.mishaps.happened(Mishap::ServerCrash);
            }
        }
    }

    fn passes(&mut self, milliseconds: i64) {
        self.now = self.now + milliseconds;
        self.state.clock().set(self.now);
    }

    async fn somebody_acts(&mut self, one: usize) {
        let (now, random) = (self.now, self.dice.bytes());
        let door = 1 + self.dice.below(DOORS);
        let body = match self.phones[one].by {
            Signed::Household(household) if self.dice.once_in(4) => Body::Need(NeedReport {
                household,
                category: Category::Medicine,
                text: "胰岛素今晚就没有了".into(),
                urgent: true,
                channel: Channel::App,
                continues: None,
            }),
            Signed::Household(household) => self.basket(one, household).await,
            _ => {
                let mine = self.phones[one].kept.iter().rev().find_map(|kept| match &kept.fact.body {
                    Body::Mark(mark) => Some((mark.door, kept.fact.id)),
                    _ => None,
                });
                match mine {
                    Some((door, fact)) if self.dice.once_in(4) => {
                        Body::Retract(Retract { run: RUN, door, fact })
                    }
                    _ => street::mark(door).body,
                }
            }
        };
        if self.phones[one].skew.abs() > Millis::DAY {
            self.mishaps.happened(Mishap::ClockOff);
        }
        self.phones[one].does(body, now, random);
    }

    /// A basket made from what this phone believes: its own last order, or what it once saw.
    async fn basket(&mut self, one: usize, household: HouseholdId) -> Body {
        let menu = *self.dice.pick(&["A", "B", "C"]);
        let boxes = u16::try_from(self.dice.below(3)).expect("small");
        let own = self.phones[one].kept.iter().rev().find(|kept| {
            matches!(kept.fact.body, Body::Order(_))
                && !matches!(&kept.state, State::Stored { verdict, .. } if !verdict.counts())
        });
        let own = own.map(|kept| kept.fact.id);
        let seen = if self.dice.once_in(2) { self.seen(household).await } else { own };
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
        let to = if self.dice.once_in(2) { Some(self.now) } else { None };
        for assignment in &mut steward.assignments {
            assignment.to = to;
        }
        // It may fail in the storm; then nothing changed.
        if self.store.save_person(&street::community(), &steward).await.is_ok() {
            self.mishaps.happened(Mishap::Reassigned);
        }
    }

    /// The storm ends; everybody comes into signal. What is still on its way arrives last of all.
    async fn settle(&mut self) {
        self.faults.set_plan(FaultPlan::quiet());
        for round in 0..10 {
            self.passes(Millis::MINUTE);
            if round == 5 {
                self.step = u32::MAX;
                Box::pin(self.arrives()).await;
            }
            for one in 0..self.phones.len() {
                Box::pin(self.sync(one, Way::Clear)).await;
            }
        }
    }
}
