//! Set menus (套餐) of both kinds, and the lines of a basket.

use serde::{Deserialize, Serialize};

use crate::household::Diets;
use crate::ids::MenuCode;
use crate::json::Json;
use crate::lang::Name;
use crate::money::Fen;
use crate::quantity::{Quantity, Unit};

/// One thing in a box.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Json)]
pub struct Item {
    /// What it is.
    pub name: Name,
    /// How much of it.
    pub quantity: Quantity,
    /// In which unit.
    pub unit: Unit,
}

/// How a box is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Json)]
#[serde(rename_all = "snake_case")]
pub enum MenuKind {
    /// A fixed box (多选: choose among set menus): every item is in it.
    Set,
    /// Pick your own (自选): the household chooses so many of the items.
    Pick(u8),
}

/// A set menu. Once ordered, a version is frozen: a change makes the next version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Json)]
pub struct Menu {
    /// Its code, printed in the booklet.
    pub code: MenuCode,
    /// Which version of it.
    pub version: u16,
    /// How it is filled.
    pub kind: MenuKind,
    /// Its name.
    pub name: Name,
    /// What a box costs.
    pub price: Fen,
    /// The items of a set, or the choices of a pick-your-own.
    pub items: Vec<Item>,
    /// The most boxes one household may have in a window.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// How many boxes there are in all; `None` where it does not run out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stock: Option<u32>,
    /// Diets the box keeps.
    #[serde(default, skip_serializing_if = "Diets::is_empty")]
    pub diets: Diets,
}

/// What a household wants done if something is missing when the boxes are packed. Asked beforehand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, Json)]
#[serde(rename_all = "snake_case")]
pub enum Substitution {
    /// Something alike is welcome.
    Yes,
    /// Leave it out.
    No,
    /// Ask first.
    #[default]
    Ask,
}

/// One line of a basket, with the price as it was when ordered.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Json)]
pub struct Line {
    /// Which menu.
    #[serde(rename = "m")]
    pub menu: MenuCode,
    /// Which version of it was shown.
    #[serde(rename = "ver")]
    pub version: u16,
    /// How many boxes.
    #[serde(rename = "q")]
    pub boxes: u16,
    /// The price of one box when ordered.
    #[serde(rename = "p")]
    pub price: Fen,
    /// For pick-your-own: the places of the chosen items in the menu's list, ascending.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub picks: Vec<u8>,
}

/// What is wrong with a line, before any question of stock or time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineFault {
    /// Zero boxes.
    NoBoxes,
    /// More than the household's limit; carries the limit.
    OverLimit(u16),
    /// Not exactly so many different items chosen.
    WrongPicks(u8),
    /// The price or the version is not the menu's.
    Changed,
}

impl Menu {
    /// A line for so many boxes at today's price.
    #[must_use]
    pub fn line(&self, boxes: u16, mut picks: Vec<u8>) -> Line {
        crate::small::sort_by_key(&mut picks, |pick| *pick);
        Line { menu: self.code.clone(), version: self.version, boxes, price: self.price, picks }
    }

    /// Checks a line against this menu.
    ///
    /// # Errors
    /// The first [`LineFault`] found.
    pub fn check(&self, line: &Line) -> Result<(), LineFault> {
        if line.boxes == 0 {
            return Err(LineFault::NoBoxes);
        }
        if line.version != self.version || line.price != self.price {
            return Err(LineFault::Changed);
        }
        if let Some(limit) = self.limit.filter(|limit| line.boxes > *limit) {
            return Err(LineFault::OverLimit(limit));
        }
        let wanted = match self.kind {
            MenuKind::Set => 0,
            MenuKind::Pick(choose) => choose,
        };
        let ascending = line.picks.windows(2).all(|pair| pair[0] < pair[1]);
        let known = line.picks.iter().all(|pick| usize::from(*pick) < self.items.len());
        if line.picks.len() != usize::from(wanted) || !ascending || !known {
            return Err(LineFault::WrongPicks(wanted));
        }
        Ok(())
    }

    /// The items that a line of this menu puts into each box.
    pub fn packed<'a>(&'a self, line: &'a Line) -> impl Iterator<Item = &'a Item> {
        self.items.iter().enumerate().filter_map(|(place, item)| {
            let inside =
                self.kind == MenuKind::Set || line.picks.iter().any(|pick| usize::from(*pick) == place);
            inside.then_some(item)
        })
    }
}

/// What a basket costs.
#[must_use]
pub fn total(lines: &[Line]) -> Fen {
    lines.iter().map(|line| line.price * line.boxes).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn basket_of_eight() -> Menu {
        let item =
            |n: u8| Item {
                name: Name::new(format!("菜{n}"), ""), quantity: Quantity(1_000), unit: Unit::Kg
            };
        Menu {
            code: "P".parse().expect("code"),
            version: 1,
            kind: MenuKind::Pick(5),
            name: Name::new("自选菜篮", "Pick your own basket"),
            price: Fen(2_500),
            items: (0..8).map(item).collect(),
            limit: Some(2),
            stock: None,
            diets: Diets::new(),
        }
    }

    #[test]
    fn pick_your_own_takes_exactly_the_asked_number_of_different_items() {
        let menu = basket_of_eight();
        assert_eq!(menu.check(&menu.line(1, vec![7, 0, 2, 3, 4])), Ok(()));
        for picks in [vec![0, 1, 2, 3], vec![0, 0, 1, 2, 3], vec![0, 1, 2, 3, 8]] {
            assert_eq!(menu.check(&menu.line(1, picks)), Err(LineFault::WrongPicks(5)));
        }
    }

    #[test]
    fn a_household_hears_its_limit_and_a_changed_price() {
        let menu = basket_of_eight();
        let picks = vec![0, 1, 2, 3, 4];
        assert_eq!(menu.check(&menu.line(3, picks.clone())), Err(LineFault::OverLimit(2)));
        let old = Line { price: Fen(2_000), ..menu.line(1, picks) };
        assert_eq!(menu.check(&old), Err(LineFault::Changed));
    }

    #[test]
    fn only_what_was_picked_is_packed() {
        let menu = basket_of_eight();
        let line = menu.line(1, vec![1, 2, 3, 5, 7]);
        let packed: Vec<_> = menu.packed(&line).map(|item| item.name.zh.as_str()).collect();
        assert_eq!(packed, ["菜1", "菜2", "菜3", "菜5", "菜7"]);
    }
}
