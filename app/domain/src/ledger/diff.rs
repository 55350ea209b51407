//! What a new ledger changes in what the desk keeps, so that a second import of a corrected file updates and never
//! doubles. Nothing is deleted here: who is not in the new file is listed, and the desk decides.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::columns::Column;
use super::fold::key;
use super::people::Phone;
use super::place::{DoorKey, LedgerPlace, compound_key};
use super::preview::{At, LedgerHousehold, Preview};
use super::reject::Warning;
use crate::household::Household;
use crate::ids::HouseholdId;
use crate::places::Label;

/// A household as the desk keeps it, with what is stored apart from it.
#[derive(Debug, Clone)]
pub struct Kept<'a> {
    /// The household.
    pub household: &'a Household,
    /// Its door in the ledger's terms; `None` while it has none.
    pub place: Option<LedgerPlace>,
    /// Its telephone number.
    pub phone: Option<Phone>,
    /// Its care remark from the ledger; empty if none.
    pub care: &'a str,
}

/// What of a household a new ledger says differently. Only these may be overwritten: a column that the new file does
/// not have says nothing, and an empty telephone cell takes no number away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The door: the household moved within the community.
    Place,
    /// Who to ask for.
    Holder,
    /// Telephone number.
    Phone,
    /// How many people.
    People,
    /// How many of them are over 60.
    OverSixty,
    /// Language.
    Language,
    /// What its boxes have to keep.
    Diet,
    /// Remark for the door.
    Note,
    /// Care remark.
    Care,
}

/// A household that the new ledger says something else about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// Which household.
    pub id: HouseholdId,
    /// Its place in [`Preview::households`].
    pub household: u32,
    /// What differs.
    pub what: Vec<Field>,
}

/// What an import changes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LedgerDiff {
    /// New households: their places in [`Preview::households`].
    pub added: Vec<u32>,
    /// Households about which something differs.
    pub changed: Vec<Changed>,
    /// Households that stay as they are, with their places in [`Preview::households`].
    pub unchanged: Vec<(HouseholdId, u32)>,
    /// Households of buildings that are in the new file, which are not in it themselves: moved out, or forgotten.
    pub not_in_file: Vec<HouseholdId>,
    /// Households that may be in the new file, in a row that was rejected.
    pub in_rejected_row: Vec<(HouseholdId, At)>,
    /// Households of buildings that the new file does not speak of.
    pub elsewhere: Vec<HouseholdId>,
}

impl LedgerDiff {
    /// Whether the file looks like a part of the ledger, such as the rows of an earlier file that were rejected: in the
    /// buildings that it speaks of it leaves out more households than it names.
    #[must_use]
    pub fn is_part(&self) -> bool {
        self.not_in_file.len() > self.changed.len() + self.unchanged.len()
    }
}

/// Compares a preview with what the desk keeps. The same door comes first, then holder or telephone number; a new
/// name with a new number behind an old door is a new household, which must see nothing of the former one.
#[must_use]
pub fn diff(kept: &[Kept<'_>], preview: &Preview) -> LedgerDiff {
    let mut matching = Matching::new(kept, preview);
    matching.same_door(|matching, old, new| {
        same_text(&matching.kept[old].household.holder, &matching.preview.households[new].holder)
    });
    matching.same_door(|matching, old, new| matching.phones(old, new) == Phones::Same);
    matching.same_door(|matching, old, new| {
        matching.is_nameless_pair(old, new) && matching.changes(old, new).is_empty()
    });
    matching.last_at_door();
    matching.moved();
    matching.into_diff()
}

#[derive(Debug, PartialEq, Eq)]
enum Phones {
    Same,
    Different,
    NotBothSaid,
}

struct Matching<'a> {
    kept: &'a [Kept<'a>],
    preview: &'a Preview,
    /// For each kept household, its place in the preview; and the other way round.
    old_to_new: Vec<Option<usize>>,
    taken: Vec<bool>,
    /// New households by door.
    doors: HashMap<DoorKey, Vec<usize>>,
    old_keys: Vec<Option<DoorKey>>,
}

impl<'a> Matching<'a> {
    fn new(kept: &'a [Kept<'a>], preview: &'a Preview) -> Self {
        let mut doors: HashMap<DoorKey, Vec<usize>> = HashMap::new();
        for (place, household) in preview.households.iter().enumerate() {
            doors.entry(household.place.key()).or_default().push(place);
        }
        let old_keys = kept.iter().map(|kept| kept.place.as_ref().map(LedgerPlace::key)).collect();
        Self {
            kept,
            preview,
            old_to_new: vec![None; kept.len()],
            taken: vec![false; preview.households.len()],
            doors,
            old_keys,
        }
    }

    fn pair(&mut self, old: usize, new: usize) {
        self.old_to_new[old] = Some(new);
        self.taken[new] = true;
    }

    fn free_at_door_of(&self, old: usize) -> Vec<usize> {
        let at_door = self.old_keys[old].as_ref().and_then(|door| self.doors.get(door));
        at_door.into_iter().flatten().copied().filter(|new| !self.taken[*new]).collect()
    }

    fn same_door(&mut self, is_same: impl Fn(&Self, usize, usize) -> bool) {
        for old in 0..self.kept.len() {
            if self.old_to_new[old].is_some() {
                continue;
            }
            if let Some(new) = self.free_at_door_of(old).into_iter().find(|new| is_same(self, old, *new)) {
                self.pair(old, new);
            }
        }
    }

    /// One household left on each side of a door, and one of the two without a name: the name was filled in.
    fn last_at_door(&mut self) {
        let mut left: HashMap<&DoorKey, Vec<usize>> = HashMap::new();
        for (old, key) in self.old_keys.iter().enumerate() {
            if let (Some(key), None) = (key, self.old_to_new[old]) {
                left.entry(key).or_default().push(old);
            }
        }
        let alone: Vec<usize> = left
            .into_values()
            .filter_map(|olds| if let [old] = olds[..] { Some(old) } else { None })
            .collect();
        for old in alone {
            if let [new] = self.free_at_door_of(old)[..]
                && self.is_nameless_pair(old, new)
                && self.phones(old, new) != Phones::Different
            {
                self.pair(old, new);
            }
        }
    }

    /// Another door, but the same holder with the same number, and only one of each: the household moved.
    fn moved(&mut self) {
        let mut by_person: HashMap<(String, String), (Vec<usize>, Vec<usize>)> = HashMap::new();
        let person = |holder: &str, phone: Option<&Phone>| {
            let phone = phone?.as_str().chars().filter(char::is_ascii_digit).collect::<String>();
            (!holder.is_empty()).then(|| (key(holder), phone))
        };
        for (old, kept) in self.kept.iter().enumerate().filter(|(old, _)| self.old_to_new[*old].is_none()) {
            if let Some(person) = person(&kept.household.holder, kept.phone.as_ref()) {
                by_person.entry(person).or_default().0.push(old);
            }
        }
        for (new, household) in
            self.preview.households.iter().enumerate().filter(|(new, _)| !self.taken[*new])
        {
            if let Some(person) = person(&household.holder, self.phone_of(new)) {
                by_person.entry(person).or_default().1.push(new);
            }
        }
        for (olds, news) in by_person.into_values() {
            if let ([old], [new]) = (&olds[..], &news[..]) {
                self.pair(*old, *new);
            }
        }
    }

    fn is_nameless_pair(&self, old: usize, new: usize) -> bool {
        self.kept[old].household.holder.is_empty() || self.preview.households[new].holder.is_empty()
    }

    fn phone_of(&self, new: usize) -> Option<&Phone> {
        self.preview.phone(index(new))
    }

    fn phones(&self, old: usize, new: usize) -> Phones {
        match (&self.kept[old].phone, self.phone_of(new)) {
            (Some(old), Some(new)) if old.same_as(new) => Phones::Same,
            (Some(_), Some(_)) => Phones::Different,
            _ => Phones::NotBothSaid,
        }
    }

    fn changes(&self, old: usize, new: usize) -> Vec<Field> {
        let (kept, new_one) = (&self.kept[old], &self.preview.households[new]);
        let old_one = kept.household;
        let LedgerHousehold { at, holder, people, over_60, lang, speaks, note, diets, .. } = new_one;
        let says = |column| self.preview.has(at.sheet, column);
        let warned = |of| self.preview.warnings.iter().any(|warned| warned.at == *at && warned.what == of);
        let (withheld, unread) = (warned(Warning::NoteMentionsHealth), warned(Warning::DietNotUnderstood));
        let phone_differs = self.phone_of(new).is_some() && kept.phone.as_ref() != self.phone_of(new);
        let care = self.preview.care_of(index(new)).unwrap_or_default();
        [
            (Field::Place, self.old_keys[old].as_ref() != Some(&new_one.place.key())),
            (Field::Holder, !holder.is_empty() && *holder != old_one.holder),
            (Field::Phone, phone_differs),
            (Field::People, says(Column::People) && *people != old_one.people),
            (Field::OverSixty, says(Column::OverSixty) && *over_60 != old_one.over_60),
            (Field::Language, says(Column::Language) && (*lang, speaks) != (old_one.lang, &old_one.speaks)),
            (Field::Diet, says(Column::Diet) && !unread && !withheld && *diets != old_one.diets),
            (Field::Note, says(Column::Note) && !withheld && *note != old_one.note),
            (Field::Care, says(Column::Care) && care != kept.care),
        ]
        .into_iter()
        .filter_map(|(field, differs)| differs.then_some(field))
        .collect()
    }

    fn into_diff(self) -> LedgerDiff {
        let spoken_of: HashSet<(String, &Label)> = self
            .preview
            .households
            .iter()
            .map(|household| &household.place)
            .chain(self.preview.rejected.iter().filter_map(|rejected| rejected.place.as_ref()))
            .map(|place| (compound_key(&place.compound), &place.building))
            .collect();
        let rejected: HashMap<DoorKey, At> = self
            .preview
            .rejected
            .iter()
            .filter_map(|rejected| Some((rejected.place.as_ref()?.key(), rejected.at)))
            .collect();
        let mut diff = LedgerDiff::default();
        for (old, kept) in self.kept.iter().enumerate() {
            let id = kept.household.id;
            if let Some(new) = self.old_to_new[old] {
                let what = self.changes(old, new);
                if what.is_empty() {
                    diff.unchanged.push((id, index(new)));
                } else {
                    diff.changed.push(Changed { id, household: index(new), what });
                }
                continue;
            }
            let row = self.old_keys[old].as_ref().and_then(|door| rejected.get(door));
            let place = kept.place.as_ref().map(|place| (compound_key(&place.compound), &place.building));
            match (row, place) {
                (Some(at), _) => diff.in_rejected_row.push((id, *at)),
                (None, Some(place)) if spoken_of.contains(&place) => diff.not_in_file.push(id),
                _ => diff.elsewhere.push(id),
            }
        }
        diff.added = (0..self.taken.len()).filter(|new| !self.taken[*new]).map(index).collect();
        diff
    }
}

fn same_text(old: &str, new: &str) -> bool {
    !old.is_empty() && key(old) == key(new)
}

fn index(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
