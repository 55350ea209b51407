//! A basket as somebody fills it in: what a form says, before it is an order. The same reading of the same form
//! on the server (script off) and on the phone.

use crate::map::BTreeMap;

use crate::community::Community;
use crate::ids::MenuCode;
use crate::menu::{Line, LineFault, Menu, MenuKind, Substitution};
use crate::text::{Text, text};
use crate::window::Window;

/// Form fields are called `boxes-A`, `pick-P` (once for each chosen item) and `subst`.
const BOXES: &str = "boxes-";
const PICK: &str = "pick-";
/// The field for what to do if something is missing.
pub const SUBSTITUTION_FIELD: &str = "subst";

/// The form field for the number of boxes of a menu.
#[must_use]
pub fn boxes_field(menu: &MenuCode) -> String {
    text!("{BOXES}{menu}")
}

/// The form field for the chosen items of a pick-your-own menu.
#[must_use]
pub fn pick_field(menu: &MenuCode) -> String {
    text!("{PICK}{menu}")
}

/// The value of the substitution field.
#[must_use]
pub fn substitution_value(substitution: Substitution) -> &'static str {
    match substitution {
        Substitution::Yes => "yes",
        Substitution::No => "no",
        Substitution::Ask => "ask",
    }
}

/// A basket being filled.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// Boxes of each menu that has any.
    pub boxes: BTreeMap<MenuCode, u16>,
    /// Items chosen of each pick-your-own menu.
    pub picks: BTreeMap<MenuCode, Vec<u8>>,
    /// What to do if something is missing.
    pub substitution: Substitution,
}

/// What is wrong with a draft, and at which menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftFault {
    /// The menu.
    pub menu: MenuCode,
    /// What is wrong.
    pub fault: LineFault,
}

impl Draft {
    /// Reads a form. Fields of other forms and nonsense numbers are left out: a number that is no number is zero.
    pub fn from_form<'a>(fields: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut draft = Self::default();
        for (name, value) in fields {
            if let Some(menu) = name.strip_prefix(BOXES).and_then(|code| code.parse().ok()) {
                let boxes = value.trim().parse().unwrap_or(0);
                if boxes > 0 {
                    draft.boxes.insert(menu, boxes);
                }
            } else if let Some(menu) = name.strip_prefix(PICK).and_then(|code| code.parse().ok()) {
                let picks: &mut Vec<u8> = draft.picks.entry(menu).or_default();
                if let Ok(pick) = value.parse()
                    && !picks.contains(&pick)
                {
                    picks.push(pick);
                }
            } else if name == SUBSTITUTION_FIELD {
                draft.substitution = match value {
                    "yes" => Substitution::Yes,
                    "no" => Substitution::No,
                    _ => Substitution::Ask,
                };
            }
        }
        draft
    }

    /// The draft that a basket came from, to change it or to order it again.
    #[must_use]
    pub fn of(lines: &[Line], substitution: Substitution) -> Self {
        let mut draft = Self { substitution, ..Self::default() };
        for line in lines {
            draft.boxes.insert(line.menu.clone(), line.boxes);
            if !line.picks.is_empty() {
                draft.picks.insert(line.menu.clone(), line.picks.clone());
            }
        }
        draft
    }

    /// The form fields that [`Draft::from_form`] reads back: how a draft travels through a review page.
    #[must_use]
    pub fn fields(&self) -> Vec<(String, String)> {
        let boxes = self.boxes.iter().map(|(menu, boxes)| (boxes_field(menu), boxes.text()));
        let picks = self
            .picks
            .iter()
            .filter(|(menu, _)| self.boxes.contains_key(*menu))
            .flat_map(|(menu, picks)| picks.iter().map(|pick| (pick_field(menu), pick.text())));
        let substitution = (SUBSTITUTION_FIELD.to_owned(), substitution_value(self.substitution).to_owned());
        boxes.chain(picks).chain([substitution]).collect()
    }

    /// Boxes of a menu.
    #[must_use]
    pub fn boxes_of(&self, menu: &MenuCode) -> u16 {
        self.boxes.get(menu).copied().unwrap_or(0)
    }

    /// The lines of the basket at the window's prices, and what is wrong with them.
    #[must_use]
    pub fn lines(&self, community: &Community, window: &Window) -> (Vec<Line>, Vec<DraftFault>) {
        let (mut lines, mut faults) = (Vec::new(), Vec::new());
        for menu in offered(community, window) {
            let boxes = self.boxes_of(&menu.code);
            if boxes == 0 {
                continue;
            }
            let picks = match menu.kind {
                MenuKind::Set => Vec::new(),
                MenuKind::Pick(_) => self.picks.get(&menu.code).cloned().unwrap_or_default(),
            };
            let line = menu.line(boxes, picks);
            if let Err(fault) = menu.check(&line) {
                faults.push(DraftFault { menu: menu.code.clone(), fault });
            }
            lines.push(line);
        }
        (lines, faults)
    }
}

/// The menus a window offers, in its order.
pub fn offered<'a>(community: &'a Community, window: &'a Window) -> impl Iterator<Item = &'a Menu> {
    window.menus.iter().filter_map(|(code, version)| community.menu(code, *version))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_goes_through_the_review_page_and_comes_back_the_same() {
        let form = [
            ("boxes-A", "2"),
            ("boxes-P", "1"),
            ("pick-P", "3"),
            ("pick-P", "0"),
            ("subst", "no"),
            ("run", "1"),
        ];
        let draft = Draft::from_form(form);
        let fields = draft.fields();
        let again = Draft::from_form(fields.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        assert_eq!(draft, again);
        assert_eq!(draft.substitution, Substitution::No);
    }

    #[test]
    fn nonsense_in_a_form_orders_nothing() {
        let form = [
            ("boxes-A", "-1"),
            ("boxes-B", "many"),
            ("boxes-#", "1"),
            ("pick-P", "300"),
            ("boxes-C", "99999999"),
        ];
        assert!(Draft::from_form(form).boxes.is_empty());
    }
}
