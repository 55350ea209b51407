//! Orders: the fold of a household's order facts in a run.

use serde::{Deserialize, Serialize};

use crate::actor::Signed;
use crate::fact::{Body, OrderSet, PaidState, Stamped, in_order};
use crate::ids::{FactId, HouseholdId, MenuCode};
use crate::menu::{Line, Menu, Substitution, total};
use crate::money::Fen;
use crate::time::Shown;
#[cfg(feature = "rounds")]
use crate::window::Payment;

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
    folded(&in_order(facts))
}

fn folded(facts: &[&Stamped]) -> Vec<Order> {
    let mut orders: crate::map::BTreeMap<HouseholdId, Order> = crate::map::BTreeMap::new();
    for stamped in facts {
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
    for stamped in facts {
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

/// What is to be collected at the doors of a delivery that is paid when it is brought, household by household: what
/// nobody said is paid.
#[must_use]
#[cfg(feature = "rounds")]
pub fn to_collect<'a>(
    payment: &Payment,
    facts: impl IntoIterator<Item = &'a Stamped>,
) -> crate::map::BTreeMap<HouseholdId, Fen> {
    let owed = |order: &Order| !order.cancelled() && order.paid != Some(PaidState::Paid);
    let orders = if *payment == Payment::OnDelivery { orders(facts) } else { Vec::new() };
    orders.into_iter().filter(owed).map(|order| (order.household, order.total())).collect()
}

/// How many boxes of a menu with a stock cap an order takes from stock, or gives back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StockMove {
    /// Which menu.
    pub menu: MenuCode,
    /// Which version of it.
    pub version: u16,
    /// Boxes taken; negative where they come back.
    pub delta: i32,
}

/// What replacing the basket `was` by `now` moves in stock: menus with a cap whose number of boxes
/// changes, by code. `menu` finds a menu in one version; one that is not found has no cap.
pub fn stock_moves<'a>(
    was: &[Line],
    now: &[Line],
    menu: impl Fn(&MenuCode, u16) -> Option<&'a Menu>,
) -> Vec<StockMove> {
    let mut moves: crate::map::BTreeMap<&MenuCode, StockMove> = crate::map::BTreeMap::new();
    // The present version last, so that its number is the one that is kept.
    for (lines, sign) in [(was, -1), (now, 1)] {
        for line in lines {
            if menu(&line.menu, line.version).and_then(|menu| menu.stock).is_none() {
                continue;
            }
            let one = moves.entry(&line.menu).or_insert_with(|| StockMove {
                menu: line.menu.clone(),
                version: line.version,
                delta: 0,
            });
            one.version = line.version;
            one.delta += sign * i32::from(line.boxes);
        }
    }
    moves.into_values().filter(|one| one.delta != 0).collect()
}

/// The order of one household, if it ever made one.
pub fn order_of<'a>(household: HouseholdId, facts: impl IntoIterator<Item = &'a Stamped>) -> Option<Order> {
    orders(facts).into_iter().find(|order| order.household == household)
}

/// What an order was before it was cancelled; `None` for one that stands, or whose earlier basket is not among the facts.
#[must_use]
pub fn before_cancelling<'a>(order: &Order, facts: &[&'a Stamped]) -> Option<&'a OrderSet> {
    let set = |id: FactId| {
        facts.iter().find_map(|stamped| match &stamped.fact.body {
            Body::Order(set) if stamped.fact.id == id => Some(set),
            _ => None,
        })
    };
    if !order.cancelled() {
        return None;
    }
    set(set(order.head)?.replaces?).filter(|set| !set.lines.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::household::Diets;
    use crate::lang::Name;
    use crate::menu::MenuKind;

    fn menu(code: &str, stock: Option<u32>) -> Menu {
        Menu {
            code: code.parse().expect("code"),
            version: 1,
            kind: MenuKind::Set,
            name: Name::new(code, ""),
            price: Fen(1_000),
            items: Vec::new(),
            limit: None,
            stock,
            diets: Diets::new(),
        }
    }

    #[test]
    fn only_menus_with_a_cap_move_stock_and_only_by_the_difference() {
        let menus = [menu("A", Some(10)), menu("B", None), menu("C", Some(5))];
        let find = |code: &MenuCode, version| menus.iter().find(|m| m.code == *code && m.version == version);
        let [a, b, c] = &menus;
        let line = |menu: &Menu, boxes| menu.line(boxes, Vec::new());
        let delta = |was: &[Line], now: &[Line]| -> Vec<(String, i32)> {
            stock_moves(was, now, find).into_iter().map(|one| (one.menu.to_string(), one.delta)).collect()
        };
        let first = [line(a, 2), line(b, 7)];
        assert_eq!(delta(&[], &first), [("A".into(), 2)]);
        assert_eq!(delta(&first, &[line(a, 1), line(c, 3)]), [("A".into(), -1), ("C".into(), 3)]);
        assert_eq!(delta(&first, &[]), [("A".into(), -2)], "a cancellation gives back");
        assert_eq!(delta(&first, &[line(a, 2)]), [], "the same boxes move nothing");
    }
}
