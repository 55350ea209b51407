//! A community as the desk keeps it: settings, places, households, people, menus, windows, notices.
//!
//! The server holds the whole of it; a phone holds the part that [`Community::for_household`] or
//! [`Community::for_rounds`] cuts out, as the same type, so that `admit` and the folds run there too.

use crate::map::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::actor::{Actor, Assignment, At, Right, Role};
use crate::household::Household;
use crate::ids::{
    BuildingId, CommunityId, CompoundId, DoorId, HouseholdId, MenuCode, NoticeId, PersonId, RunId,
};
use crate::json::Json;
use crate::lang::Name;
use crate::menu::Menu;
use crate::places::{Area, Building, Compound, Door};
use crate::quiet::QuietHours;
use crate::time::Millis;
use crate::window::{Phase, Window};

/// What the desk sets once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Json)]
pub struct Settings {
    /// The community.
    pub id: CommunityId,
    /// Its name.
    pub name: Name,
    /// The local time's distance from UTC, in minutes; 480 in China.
    pub utc_offset: i32,
    /// The community's 24 h number, shown on every page.
    pub hotline: String,
    /// The emergency number, shown on every page.
    pub emergency: String,
    /// Hosts whose door cards are ours, the present one first. Old ones stay, so that a move kills no card.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// An urgent need unread for so many minutes is brought to the next on duty.
    pub unread_minutes: u16,
    /// When phones are not rung for what can wait.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quiet: Option<QuietHours>,
}

/// A person with a name and a role, as the desk keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Json)]
pub struct Person {
    /// Their id.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: Role,
    /// Where they are and were responsible.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assignments: Vec<Assignment>,
    /// Their place in the order of duty: an unread urgent need goes to the next.
    #[serde(default)]
    pub duty: u8,
    /// No longer with us; kept because facts name them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub left: bool,
}

impl Person {
    /// The person as an actor.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor::Person { id: self.id, role: self.role, assignments: self.assignments.clone() }
    }
}

/// A notice to residents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Json)]
pub struct Notice {
    /// Its id.
    pub id: NoticeId,
    /// Whom it is for.
    pub area: Area,
    /// What it says.
    pub text: Name,
    /// Since when it is shown.
    pub from: Millis,
    /// Until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Millis>,
}

impl Notice {
    /// Whether it is shown at a moment.
    #[must_use]
    pub fn current(&self, now: Millis) -> bool {
        self.from <= now && self.until.is_none_or(|until| now < until)
    }
}

/// The ledger: what an import replaces as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Json)]
pub struct Places {
    /// Compounds by id.
    pub compounds: BTreeMap<CompoundId, Compound>,
    /// Buildings by id.
    pub buildings: BTreeMap<BuildingId, Building>,
    /// Doors by id.
    pub doors: BTreeMap<DoorId, Door>,
    /// Households by id.
    pub households: BTreeMap<HouseholdId, Household>,
}

impl Places {
    /// A door as a place for the question of rights.
    #[must_use]
    pub fn at(&self, door: DoorId) -> Option<At<'_>> {
        let door = self.doors.get(&door)?;
        let building = self.buildings.get(&door.building)?;
        Some(At { compound: building.compound, building: building.id, spot: &door.spot })
    }

    /// Where a household lives now.
    #[must_use]
    pub fn door_of(&self, household: HouseholdId) -> Option<DoorId> {
        self.households.get(&household)?.door
    }

    /// A household's place for the question of rights.
    #[must_use]
    pub fn home(&self, household: HouseholdId) -> Option<At<'_>> {
        self.at(self.door_of(household)?)
    }

    /// The households behind a door.
    pub fn behind(&self, door: DoorId) -> impl Iterator<Item = &Household> {
        self.households.values().filter(move |household| household.door == Some(door))
    }

    /// Buildings in the order people count them, by compound.
    #[must_use]
    pub fn buildings_in_order(&self) -> Vec<&Building> {
        let mut buildings: Vec<_> = self.buildings.values().collect();
        crate::small::sort_by(&mut buildings, |a, b| (a.compound, &a.label).cmp(&(b.compound, &b.label)));
        buildings
    }

    /// A building's doors in the order of its stairs.
    #[must_use]
    pub fn doors_of(&self, building: BuildingId) -> Vec<&Door> {
        let mut doors: Vec<_> = self.doors.values().filter(|door| door.building == building).collect();
        crate::small::sort_by(&mut doors, |a, b| (&a.spot, a.id).cmp(&(&b.spot, b.id)));
        doors
    }

    /// A household with its door, and nothing else. Looks nothing through: a page of one household costs the same
    /// in a city as in a lane.
    fn around(&self, household: HouseholdId) -> Self {
        let own = self.households.get(&household);
        let door = own.and_then(|own| self.doors.get(&own.door?));
        let building = door.and_then(|door| self.buildings.get(&door.building));
        let compound = building.and_then(|building| self.compounds.get(&building.compound));
        Self {
            compounds: compound.map(|one| (one.id, one.clone())).into_iter().collect(),
            buildings: building.map(|one| (one.id, one.clone())).into_iter().collect(),
            doors: door.map(|one| (one.id, one.clone())).into_iter().collect(),
            households: own.map(|one| (household, one.clone())).into_iter().collect(),
        }
    }

    fn keep_doors(&self, keep: impl Fn(&Door) -> bool) -> Self {
        let doors: BTreeMap<_, _> =
            self.doors.iter().filter(|(_, door)| keep(door)).map(|(id, d)| (*id, d.clone())).collect();
        let in_use: BTreeSet<BuildingId> = doors.values().map(|door| door.building).collect();
        let buildings: BTreeMap<_, _> = self
            .buildings
            .iter()
            .filter(|(id, _)| in_use.contains(id))
            .map(|(id, b)| (*id, b.clone()))
            .collect();
        let around: BTreeSet<CompoundId> = buildings.values().map(|building| building.compound).collect();
        Self {
            compounds: self
                .compounds
                .iter()
                .filter(|(id, _)| around.contains(id))
                .map(|(id, c)| (*id, c.clone()))
                .collect(),
            households: self
                .households
                .iter()
                .filter(|(_, household)| household.door.is_some_and(|door| doors.contains_key(&door)))
                .map(|(id, household)| (*id, household.clone()))
                .collect(),
            buildings,
            doors,
        }
    }
}

/// A community.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Json)]
pub struct Community {
    /// What the desk sets once.
    pub settings: Settings,
    /// The ledger.
    pub places: Places,
    /// People by id.
    pub people: BTreeMap<PersonId, Person>,
    /// Every version of every menu.
    pub menus: Vec<Menu>,
    /// Windows by run.
    pub windows: BTreeMap<RunId, Window>,
    /// Notices by id.
    pub notices: BTreeMap<NoticeId, Notice>,
}

impl Community {
    /// A menu in one version.
    #[must_use]
    pub fn menu(&self, code: &MenuCode, version: u16) -> Option<&Menu> {
        self.menus.iter().find(|menu| menu.code == *code && menu.version == version)
    }

    /// The newest version of a menu.
    #[must_use]
    pub fn newest_menu(&self, code: &MenuCode) -> Option<&Menu> {
        self.menus.iter().filter(|menu| menu.code == *code).max_by_key(|menu| menu.version)
    }

    /// Who is on duty when an urgent need has stayed unread for `level` times the set minutes: the people of the
    /// desk in the order of duty, the first at level 0. `None` when everybody had a turn.
    #[must_use]
    pub fn on_duty(&self, level: usize) -> Option<&Person> {
        let desk = self.people.values().filter(|person| person.role == Role::Desk && !person.left);
        let mut duty: Vec<&Person> = desk.collect();
        crate::small::sort_by_key(&mut duty, |person| (person.duty, person.id));
        duty.get(level).copied()
    }

    /// The households a notice is for.
    #[must_use]
    pub fn meant_by(&self, notice: &Notice) -> Vec<HouseholdId> {
        let inside = |household: &HouseholdId| {
            let home = self.places.home(*household);
            notice.area == Area::Community
                || home.is_some_and(|at| notice.area.covers(at.compound, at.building, at.spot))
        };
        self.places.households.keys().copied().filter(inside).collect()
    }

    /// When an urgent need that came at `received` goes to the next on duty for the `level`-th time.
    #[must_use]
    pub fn escalates(&self, received: Millis, level: u8) -> Millis {
        received + i64::from(level) * i64::from(self.settings.unread_minutes.max(1)) * Millis::MINUTE
    }

    /// What a household's phone may hold: its own door, the windows and menus offered there, its notices.
    #[must_use]
    pub fn for_household(&self, household: HouseholdId, now: Millis) -> Self {
        let places = self.places.around(household);
        let home = self.places.home(household);
        let windows = self.windows.iter().filter(|(_, window)| {
            window.phase(now) != Phase::Draft
                && home.is_some_and(|at| window.compounds.contains(&at.compound))
                && now - window.delivery_to < 3 * Millis::DAY
        });
        let notices = self.notices.iter().filter(|(_, notice)| {
            notice.current(now)
                && (notice.area == Area::Community
                    || home.is_some_and(|at| notice.area.covers(at.compound, at.building, at.spot)))
        });
        self.part(
            places,
            windows.map(|(id, w)| (*id, w.clone())).collect(),
            notices.map(|(id, n)| (*id, n.clone())).collect(),
            // Who brings it is known by name to those it is brought to: whoever looks or looked after this door.
            |person| {
                matches!(person.role, Role::Steward | Role::Volunteer)
                    && home.is_some_and(|at| {
                        let covers = |area: &Area| area.covers(at.compound, at.building, at.spot);
                        person.assignments.iter().any(|assignment| covers(&assignment.area))
                    })
            },
        )
    }

    /// What the phone of a steward or volunteer may hold: the doors assigned now, the runs being delivered.
    #[must_use]
    pub fn for_rounds(&self, actor: &Actor, now: Millis) -> Self {
        let places = self
            .places
            .keep_doors(|door| self.places.at(door.id).is_some_and(|at| actor.may(Right::Round(at), now)));
        let windows = self
            .windows
            .iter()
            .filter(|(_, window)| window.delivering(now))
            .map(|(id, w)| (*id, w.clone()))
            .collect();
        self.part(places, windows, BTreeMap::new(), |person| {
            matches!(person.role, Role::Steward | Role::Volunteer)
        })
    }

    fn part(
        &self,
        places: Places,
        windows: BTreeMap<RunId, Window>,
        notices: BTreeMap<NoticeId, Notice>,
        people: impl Fn(&Person) -> bool,
    ) -> Self {
        let offered =
            |menu: &Menu| windows.values().any(|window| window.offers(&menu.code) == Some(menu.version));
        Self {
            settings: self.settings.clone(),
            menus: self.menus.iter().filter(|menu| offered(menu)).cloned().collect(),
            people: self
                .people
                .iter()
                .filter(|(_, person)| people(person))
                // Another person's assignments are nobody's business on a phone; the name is, beside a mark.
                .map(|(id, person)| (*id, Person { assignments: Vec::new(), ..person.clone() }))
                .collect(),
            places,
            windows,
            notices,
        }
    }
}
