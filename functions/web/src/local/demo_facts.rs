//! What has happened in the demo community: orders of a sealed window, further jobs, a need. Each fact goes through
//! the same gate as a resident's, at the time it is said to have been made.

use domain::actor::{Actor, Role, Signed};
use domain::admit::{Context, admit};
use domain::fact::{AddJob, Body, FACT_VERSION, Fact, OrderSet, Sequence};
use domain::job::JobKind;
use domain::menu::{Line, MenuKind, Substitution};
use domain::need::{Category, Channel, NeedReport};
use domain::time::DeviceTime;
use domain::window::Window;
use domain::{BuildingId, FactId, HouseholdId, Millis, PersonId, RunId};
use store::Catalog;
use ui::pages::error::Trouble;

use super::demo::newest;
use crate::errors::Problem;
use crate::secret::random;
use crate::state::AppState;

/// Where and by whom it happens.
pub(super) struct Story<'a> {
    pub(super) state: &'a AppState,
    pub(super) catalog: &'a Catalog,
    pub(super) desk: PersonId,
    pub(super) first: BuildingId,
    pub(super) second: BuildingId,
}

impl Story<'_> {
    /// Makes it happen and seals the first run. Returns the household that the demo's resident belongs to: one that
    /// has ordered in the sealed window and can still order in the open one.
    pub(super) async fn tell(&self, sealed: RunId, open: RunId) -> Result<HouseholdId, Problem> {
        let community = &self.catalog.community;
        let window = community.windows.get(&sealed).ok_or(Trouble::Broken)?;
        let mut ordered = Vec::new();
        for building in [self.first, self.second] {
            for door in community.places.doors_of(building) {
                for household in community.places.behind(door.id) {
                    // Two in three order; which ones is the same in every demo.
                    if household.id.0 % 3 != 0 {
                        self.order(window, household.id).await?;
                        ordered.push(household.id);
                    }
                }
            }
        }
        let resident = *ordered.first().ok_or(Trouble::Broken)?;
        let doors = community.places.doors_of(self.first);
        let now = self.state.now();
        for (place, kind, text) in
            [(0, JobKind::Rubbish, ""), (3, JobKind::Parcel, "顺丰 1 件"), (5, JobKind::Knock, "")]
        {
            let Some(door) = doors.get(place) else { continue };
            let household = community.places.behind(door.id).next().map(|household| household.id);
            let body =
                AddJob { run: sealed, door: door.id, household, kind, text: text.to_owned(), need: None };
            self.happen(self.desk(), Body::AddJob(body), now + -2 * Millis::HOUR).await?;
        }
        if let Some(household) = ordered.get(2) {
            let report = NeedReport {
                household: *household,
                category: Category::Medicine,
                text: "降压药只够吃到明天，缬沙坦 80 毫克，一盒就行。".to_owned(),
                urgent: false,
                channel: Channel::App,
                continues: None,
            };
            self.happen(Actor::Household(*household), Body::Need(report), now + -40 * Millis::MINUTE).await?;
        }
        // One order in the open window, so that the desk's screens show something.
        if let (Some(household), Some(window)) = (ordered.last(), community.windows.get(&open)) {
            self.order_at(window, *household, now + -20 * Millis::MINUTE).await?;
        }
        let newest = newest(self.state).await?;
        let fixed = Window { sealed: Some(window.grace_ends()), ..window.clone() };
        self.state.store().save_window(&newest, &fixed).await?;
        Ok(resident)
    }

    fn desk(&self) -> Actor {
        Actor::Person { id: self.desk, role: Role::Desk, assignments: Vec::new() }
    }

    async fn order(&self, window: &Window, household: HouseholdId) -> Result<(), Problem> {
        let spread = i64::from(household.0 % 600) * Millis::MINUTE;
        self.order_at(window, household, window.opens + spread).await
    }

    /// A basket of one or two different menus, by the household's number.
    async fn order_at(&self, window: &Window, household: HouseholdId, at: Millis) -> Result<(), Problem> {
        let offered: Vec<_> = window
            .menus
            .iter()
            .filter_map(|(code, version)| self.catalog.community.menu(code, *version))
            .collect();
        let wanted = [household.0 % 2, 2 + household.0 % 5];
        let wanted = &wanted[..if household.0 % 4 == 1 { 2 } else { 1 }];
        let lines: Vec<Line> = wanted
            .iter()
            .filter_map(|place| offered.get(usize::try_from(*place).ok()?))
            .map(|menu| {
                let picks = match menu.kind {
                    MenuKind::Set => Vec::new(),
                    MenuKind::Pick(choose) => (0..choose).collect(),
                };
                menu.line(1, picks)
            })
            .collect();
        let substitution = [Substitution::Yes, Substitution::Ask, Substitution::No]
            .into_iter()
            .cycle()
            .nth(usize::try_from(household.0 % 3).unwrap_or(0))
            .unwrap_or_default();
        let set = OrderSet { run: window.run, household, replaces: None, lines, substitution };
        self.happen(Actor::Household(household), Body::Order(set), at).await
    }

    async fn happen(&self, actor: Actor, body: Body, at: Millis) -> Result<(), Problem> {
        let fact = Fact {
            v: FACT_VERSION,
            id: FactId::new(at.0, random()),
            made: DeviceTime { at, offset: 0, contact: None },
            seq: Sequence { epoch: Sequence::HERE, number: 1 },
            body,
            via: None,
        };
        let by: Signed = actor.signed();
        let community = &self.catalog.community;
        let decide = |known: &[domain::fact::Stamped]| {
            admit(&fact, &actor, Context { now: at, community, facts: known })
        };
        self.state.store().hand_in(self.catalog, &fact, by, at, decide).await?;
        Ok(())
    }
}
