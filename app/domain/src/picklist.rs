//! The supplier's pick list (分拣单): what to pack in all and for each building, folded from the orders themselves.
//!
//! It never reads counters. Source of the rule: design, "Sealing folds every building of the run".

use std::collections::BTreeMap;

use crate::community::Community;
use crate::fact::{Body, Stamped, Verdict, in_order};
use crate::ids::{BuildingId, HouseholdId, MenuCode, RunId};
use crate::job::{BoxItem, Failure, Outcome};
use crate::lang::Name;
use crate::menu::{Line, Substitution};
use crate::money::Fen;
use crate::order::orders;
use crate::quantity::{Quantity, Unit};
use crate::round::stops;
use crate::time::Millis;
use crate::wire::Flag;

/// What one building gets.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pick {
    /// Boxes by menu and version.
    pub boxes: BTreeMap<(MenuCode, u16), u32>,
    /// Items inside those boxes, by Chinese name and unit.
    pub items: BTreeMap<(Name, Unit), Quantity>,
    /// Households with an order.
    pub households: u32,
    /// What it all costs.
    pub total: Fen,
}

impl Pick {
    /// Boxes in all.
    #[must_use]
    pub fn all_boxes(&self) -> u32 {
        self.boxes.values().sum()
    }

    fn add(&mut self, community: &Community, lines: &[Line]) {
        self.households += 1;
        for line in lines {
            *self.boxes.entry((line.menu.clone(), line.version)).or_default() += u32::from(line.boxes);
            self.total += line.price * line.boxes;
            let Some(menu) = community.menu(&line.menu, line.version) else { continue };
            for item in menu.packed(line) {
                *self.items.entry((item.name.clone(), item.unit)).or_default() +=
                    item.quantity.times(u32::from(line.boxes));
            }
        }
    }
}

/// A change by the desk after sealing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Whose order.
    pub household: HouseholdId,
    /// When.
    pub at: Millis,
    /// What it is now.
    pub lines: Vec<Line>,
}

/// What was short or damaged at a door, as the last mark there says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Short {
    /// Whose order.
    pub household: HouseholdId,
    /// Whole boxes.
    pub menus: Vec<MenuCode>,
    /// Items of boxes that came.
    pub items: Vec<BoxItem>,
}

/// The pick list of a run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PickList {
    /// All buildings together.
    pub all: Pick,
    /// Each building.
    pub by_building: BTreeMap<BuildingId, Pick>,
    /// Each household's basket and its word on substitution.
    pub baskets: Vec<(HouseholdId, Vec<Line>, Substitution)>,
    /// Changes after sealing; they are counted above already.
    pub differences: Vec<Difference>,
    /// What was short or damaged when it was brought, door by door.
    pub short: Vec<Short>,
}

/// Folds all facts of a run into its pick list.
#[must_use]
pub fn pick_list(community: &Community, run: RunId, facts: &[Stamped]) -> PickList {
    let of_run = |stamped: &&Stamped| matches!(&stamped.fact.body, Body::Order(set) if set.run == run);
    let mut list = PickList::default();
    for order in orders(facts.iter().filter(of_run)).into_iter().filter(|order| !order.cancelled()) {
        list.all.add(community, &order.lines);
        if let Some(at) = community.places.home(order.household) {
            list.by_building.entry(at.building).or_default().add(community, &order.lines);
        }
        list.baskets.push((order.household, order.lines, order.substitution));
    }
    for stamped in in_order(facts.iter().filter(of_run)) {
        if let (Verdict::Flagged(Flag::AfterSeal), Body::Order(set)) = (&stamped.verdict, &stamped.fact.body)
        {
            list.differences.push(Difference {
                household: set.household,
                at: stamped.received,
                lines: set.lines.clone(),
            });
        }
    }
    list.short = short(community, facts);
    list
}

fn short(community: &Community, facts: &[Stamped]) -> Vec<Short> {
    let stops = stops(facts, |household| community.places.door_of(household));
    let jobs = stops.into_values().flat_map(|stop| stop.jobs);
    jobs.filter_map(|mut job| match (job.household?, job.marks.pop()?.outcome) {
        (household, Outcome::Failed(Failure::ShortOrDamaged { menus, items, .. })) => {
            Some(Short { household, menus, items })
        }
        _ => None,
    })
    .collect()
}
