//! Orders: the fold of a household's order facts in a run.

use serde::{Deserialize, Serialize};

use crate::actor::Signed;
use crate::fact::{Body, PaidState, Stamped, in_order};
use crate::ids::{FactId, HouseholdId, MenuCode};
use crate::menu::{Line, Substitution, total};
use crate::money::Fen;
use crate::time::Shown;

/// A household's order in a run, as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Whose.
    pub household: HouseholdId,
    /// The fact that made it what it is: what a change must name.
    pub head: FactId,
    /// How many times it was set: 1 for a first order.
    pub revision: u32,
    /// The basket; empty after a cancellation.
    pub lines: Vec<Line>,
    /// What to do if something is missing.
    pub substitution: Substitution,
    /// When it was last set.
    pub at: Shown,
    /// By whom.
    pub by: Signed,
    /// Whether it is paid; `None` while nobody said.
    pub paid: Option<PaidState>,
    /// The household says it is away.
    pub away: bool,
}

impl Order {
    /// Whether there is nothing to deliver.
    #[must_use]
    pub fn cancelled(&self) -> bool {
        self.lines.is_empty()
    }

    /// Boxes in all.
    #[must_use]
    pub fn boxes(&self) -> u32 {
        self.lines.iter().map(|line| u32::from(line.boxes)).sum()
    }

    /// Boxes of one menu.
    #[must_use]
    pub fn boxes_of(&self, menu: &MenuCode) -> u16 {
        self.lines.iter().filter(|line| line.menu == *menu).map(|line| line.boxes).sum()
    }

    /// What it costs.
    #[must_use]
    pub fn total(&self) -> Fen {
        total(&self.lines)
    }
}

/// Folds the facts of a run into the orders of its households, by household.
pub fn orders<'a>(facts: impl IntoIterator<Item = &'a Stamped>) -> Vec<Order> {
    let facts = in_order(facts);
    let mut orders: std::collections::BTreeMap<HouseholdId, Order> = std::collections::BTreeMap::new();
    for stamped in &facts {
        let Body::Order(set) = &stamped.fact.body else { continue };
        let revision = orders.get(&set.household).map_or(0, |order| order.revision) + 1;
        orders.insert(
            set.household,
            Order {
                household: set.household,
                head: stamped.fact.id,
                revision,
                lines: set.lines.clone(),
                substitution: set.substitution,
                at: stamped.shown(),
                by: stamped.by,
                paid: None,
                away: false,
            },
        );
    }
    for stamped in &facts {
        match &stamped.fact.body {
            Body::Paid(paid) => {
                if let Some(order) = orders.get_mut(&paid.household) {
                    order.paid = Some(paid.state);
                }
            }
            Body::Away(away) => {
                if let Some(order) = orders.get_mut(&away.household) {
                    order.away = away.away;
                }
            }
            _ => {}
        }
    }
    orders.into_values().collect()
}

/// The order of one household, if it ever made one.
pub fn order_of<'a>(household: HouseholdId, facts: impl IntoIterator<Item = &'a Stamped>) -> Option<Order> {
    orders(facts).into_iter().find(|order| order.household == household)
}
