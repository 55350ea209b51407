//! Who may do what where: role times place, decided in one function.

use serde::{Deserialize, Serialize};

use crate::ids::{BuildingId, CompoundId, HouseholdId, PersonId};
use crate::json::Json;
use crate::places::{Area, Spot};
use crate::time::Millis;

/// What a signed-in person is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Json)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Lives here (居民).
    Resident,
    /// Looks after a building (楼栋管家).
    Steward,
    /// Helps on a round (志愿者).
    Volunteer,
    /// Runs the community desk (社区服务台).
    Desk,
    /// Packs the boxes (保供商超).
    Supplier,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 5] = [Self::Resident, Self::Steward, Self::Volunteer, Self::Desk, Self::Supplier];
}

/// The author of a fact, as stamped on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Json)]
#[serde(rename_all = "snake_case")]
pub enum Signed {
    /// Somebody of a household, on one of its phones.
    Household(HouseholdId),
    /// A person with a name and a role.
    Person(PersonId, Role),
    /// The program itself, such as when it seals a window.
    Clock,
}

/// That a person looks after an area from one time to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Json)]
pub struct Assignment {
    /// Where.
    pub area: Area,
    /// Since when.
    pub from: Millis,
    /// Until when; `None` while it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Millis>,
}

impl Assignment {
    /// Whether it holds at a moment.
    #[must_use]
    pub fn holds(&self, at: Millis) -> bool {
        self.from <= at && self.to.is_none_or(|to| at < to)
    }
}

/// Where something is, for the question of rights.
#[derive(Debug, Clone, Copy)]
pub struct At<'a> {
    /// The compound.
    pub compound: CompoundId,
    /// The building.
    pub building: BuildingId,
    /// The door's place inside it.
    pub spot: &'a Spot,
}

/// Somebody who asks for something, with what they are and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// A phone of a household.
    Household(HouseholdId),
    /// A person with a role.
    Person {
        /// Who.
        id: PersonId,
        /// As what.
        role: Role,
        /// Every assignment, past ones too: a report from somebody who ever held a round is taken.
        assignments: Vec<Assignment>,
    },
    /// The program itself.
    Clock,
}

/// What a handler or a fact needs the right to. Every handler names one.
#[derive(Debug, Clone, Copy)]
pub enum Right<'a> {
    /// See and change a household's own orders and needs, and say what it has seen.
    HouseholdsOwn(HouseholdId),
    /// Do the same for it, from paper or a call, where it lives; `None` for one without a door.
    OnBehalf(Option<At<'a>>),
    /// See the round of a place now, and mark its stops.
    Round(At<'a>),
    /// See a round page at all.
    Rounds,
    /// Report what happened at a place where one is or was assigned.
    Report(At<'a>),
    /// Windows, menus, people, ledger, board, needs: all that the desk does.
    Desk,
    /// The pick list and the labels.
    PickList,
}

impl Actor {
    /// Its stamp on a fact.
    #[must_use]
    pub fn signed(&self) -> Signed {
        match self {
            Self::Household(id) => Signed::Household(*id),
            Self::Person { id, role, .. } => Signed::Person(*id, *role),
            Self::Clock => Signed::Clock,
        }
    }

    /// What it is, as a role.
    #[must_use]
    pub fn role(&self) -> Option<Role> {
        match self {
            Self::Household(_) => Some(Role::Resident),
            Self::Person { role, .. } => Some(*role),
            Self::Clock => None,
        }
    }

    /// Whether it may, at a moment: the only place where rights are decided.
    #[must_use]
    pub fn may(&self, right: Right<'_>, now: Millis) -> bool {
        use Right::{Desk, HouseholdsOwn, OnBehalf, PickList, Report, Round, Rounds};
        match self {
            Self::Clock => matches!(right, Desk),
            Self::Household(own) => matches!(right, HouseholdsOwn(asked) if asked == *own),
            Self::Person { role: Role::Desk, .. } => !matches!(right, HouseholdsOwn(_)),
            Self::Person { role: Role::Supplier, .. } => matches!(right, PickList),
            Self::Person { role: Role::Resident, .. } => false,
            Self::Person { role, .. } => match right {
                Rounds => true,
                Round(at) => self.assigned(at, |assignment| assignment.holds(now)),
                Report(at) => self.assigned(at, |assignment| assignment.from <= now),
                OnBehalf(Some(at)) => {
                    *role == Role::Steward && self.assigned(at, |assignment| assignment.holds(now))
                }
                OnBehalf(None) | HouseholdsOwn(_) | Desk | PickList => false,
            },
        }
    }

    fn assigned(&self, at: At<'_>, when: impl Fn(&Assignment) -> bool) -> bool {
        let Self::Person { assignments, .. } = self else { return false };
        assignments.iter().any(|a| when(a) && a.area.covers(at.compound, at.building, at.spot))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::places::Label;

    fn steward(area: Area, to: Option<Millis>) -> Actor {
        let assignments = vec![Assignment { area, from: Millis(100), to }];
        Actor::Person { id: PersonId(1), role: Role::Steward, assignments }
    }

    #[test]
    fn a_former_steward_may_still_report_but_no_longer_look() {
        let spot = Spot { unit: 1, floor: 11, room: Label("1101".into()) };
        let at = At { compound: CompoundId(1), building: BuildingId(3), spot: &spot };
        let former = steward(Area::Building(BuildingId(3)), Some(Millis(200)));
        assert!(former.may(Right::Report(at), Millis(300)));
        assert!(!former.may(Right::Round(at), Millis(300)));
        let never = steward(Area::Building(BuildingId(4)), None);
        assert!(!never.may(Right::Report(at), Millis(300)));
    }

    #[test]
    fn a_household_sees_its_own_things_only() {
        let household = Actor::Household(HouseholdId(7));
        assert!(household.may(Right::HouseholdsOwn(HouseholdId(7)), Millis(0)));
        assert!(!household.may(Right::HouseholdsOwn(HouseholdId(8)), Millis(0)));
        assert!(!household.may(Right::Rounds, Millis(0)));
        assert!(!household.may(Right::Desk, Millis(0)));
    }
}
