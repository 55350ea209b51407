//! Conditions and updates as values, and how they become DynamoDB expressions. Attribute names and
//! values always travel as placeholders, so that no text is ever spliced into an expression.

use crate::item::{Attributes, Key, PK};
use aws_sdk_dynamodb::types::AttributeValue;
use std::collections::HashMap;

/// What must hold for a write to happen. Every write that assumes something says so with one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// Nothing is assumed.
    Always,
    /// No item has this key yet.
    Absent,
    /// An item has this key.
    Present,
    /// The attribute is this text.
    TextIs(&'static str, String),
    /// The attribute is this number (a revision).
    NumberIs(&'static str, i64),
    /// The attribute is this number or more (stock).
    NumberAtLeast(&'static str, i64),
    /// The attribute is less than this number (attempts, a deadline).
    NumberBelow(&'static str, i64),
    /// The item has no such attribute, or there is no item.
    Lacks(&'static str),
    /// The item has this attribute.
    Has(&'static str),
    /// All of these hold.
    All(Vec<Condition>),
    /// One of these holds.
    Any(Vec<Condition>),
}

/// A change of some attributes of one item, without reading it first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    pub(crate) key: Key,
    pub(crate) changes: Vec<Change>,
    pub(crate) condition: Condition,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Change {
    SetText(&'static str, String),
    SetNumber(&'static str, i64),
    Add(&'static str, i64),
    Remove(&'static str),
}

impl Update {
    /// An update of the item at `key`, which is made when it does not exist (add
    /// [`Condition::Present`] against that).
    #[must_use]
    pub fn of(key: Key) -> Self {
        Self { key, changes: Vec::new(), condition: Condition::Always }
    }

    /// Takes `quantity` from a counter, only when that much is left: the one way stock moves down.
    #[must_use]
    pub fn take(key: Key, counter: &'static str, quantity: u32) -> Self {
        let quantity = i64::from(quantity);
        Self::of(key).add(counter, -quantity).only_if(Condition::NumberAtLeast(counter, quantity))
    }

    /// Adds to a counter, which starts at 0.
    #[must_use]
    pub fn add(mut self, name: &'static str, number: i64) -> Self {
        self.changes.push(Change::Add(name, number));
        self
    }

    /// Sets a text.
    #[must_use]
    pub fn set_text(mut self, name: &'static str, text: impl Into<String>) -> Self {
        self.changes.push(Change::SetText(name, text.into()));
        self
    }

    /// Sets a number.
    #[must_use]
    pub fn set_number(mut self, name: &'static str, number: i64) -> Self {
        self.changes.push(Change::SetNumber(name, number));
        self
    }

    /// Removes an attribute.
    #[must_use]
    pub fn remove(mut self, name: &'static str) -> Self {
        self.changes.push(Change::Remove(name));
        self
    }

    /// What must hold for the update to happen; a second call replaces the first.
    #[must_use]
    pub fn only_if(mut self, condition: Condition) -> Self {
        self.condition = condition;
        self
    }
}

/// An expression with its placeholders, ready for the SDK's builders.
#[derive(Debug, Default)]
pub(crate) struct Rendered {
    pub(crate) condition: Option<String>,
    pub(crate) update: Option<String>,
    names: HashMap<String, String>,
    values: Attributes,
}

impl Rendered {
    pub(crate) fn condition(condition: &Condition) -> Self {
        let mut rendered = Self::default();
        rendered.condition = rendered.write_condition(condition);
        rendered
    }

    pub(crate) fn update(update: &Update) -> Self {
        let mut rendered = Self::condition(&update.condition);
        let (mut set, mut add, mut remove) = (Vec::new(), Vec::new(), Vec::new());
        for change in &update.changes {
            match change {
                Change::SetText(name, text) => {
                    let (name, value) = rendered.pair(name, text_value(text));
                    set.push(format!("{name} = {value}"));
                }
                Change::SetNumber(name, number) => {
                    let (name, value) = rendered.pair(name, number_value(*number));
                    set.push(format!("{name} = {value}"));
                }
                Change::Add(name, number) => {
                    let (name, value) = rendered.pair(name, number_value(*number));
                    add.push(format!("{name} {value}"));
                }
                Change::Remove(name) => remove.push(rendered.name(name)),
            }
        }
        let clauses: Vec<String> = [("SET", set), ("ADD", add), ("REMOVE", remove)]
            .into_iter()
            .filter(|(_, parts)| !parts.is_empty())
            .map(|(verb, parts)| format!("{verb} {}", parts.join(", ")))
            .collect();
        rendered.update = (!clauses.is_empty()).then(|| clauses.join(" "));
        rendered
    }

    /// The SDK wants `None`, not an empty map, when nothing is named.
    pub(crate) fn names(&self) -> Option<HashMap<String, String>> {
        (!self.names.is_empty()).then(|| self.names.clone())
    }

    pub(crate) fn values(&self) -> Option<Attributes> {
        (!self.values.is_empty()).then(|| self.values.clone())
    }

    /// A placeholder for an attribute's name; the same name gets the same placeholder.
    pub(crate) fn name(&mut self, name: &str) -> String {
        if let Some((placeholder, _)) = self.names.iter().find(|(_, known)| *known == name) {
            return placeholder.clone();
        }
        let placeholder = format!("#n{}", self.names.len());
        self.names.insert(placeholder.clone(), name.to_owned());
        placeholder
    }

    pub(crate) fn value(&mut self, value: AttributeValue) -> String {
        let placeholder = format!(":v{}", self.values.len());
        self.values.insert(placeholder.clone(), value);
        placeholder
    }

    fn pair(&mut self, name: &str, value: AttributeValue) -> (String, String) {
        (self.name(name), self.value(value))
    }

    fn write_condition(&mut self, condition: &Condition) -> Option<String> {
        let text = match condition {
            Condition::Always => return None,
            Condition::Absent => format!("attribute_not_exists({})", self.name(PK)),
            Condition::Present => format!("attribute_exists({})", self.name(PK)),
            Condition::Lacks(name) => format!("attribute_not_exists({})", self.name(name)),
            Condition::Has(name) => format!("attribute_exists({})", self.name(name)),
            Condition::TextIs(name, text) => self.compare(name, "=", text_value(text)),
            Condition::NumberIs(name, n) => self.compare(name, "=", number_value(*n)),
            Condition::NumberAtLeast(name, n) => self.compare(name, ">=", number_value(*n)),
            Condition::NumberBelow(name, n) => self.compare(name, "<", number_value(*n)),
            Condition::All(parts) => return self.join(parts, " AND "),
            Condition::Any(parts) => return self.join(parts, " OR "),
        };
        Some(text)
    }

    fn compare(&mut self, name: &str, operator: &str, value: AttributeValue) -> String {
        let (name, value) = self.pair(name, value);
        format!("{name} {operator} {value}")
    }

    fn join(&mut self, parts: &[Condition], word: &str) -> Option<String> {
        let parts: Vec<String> = parts
            .iter()
            .filter_map(|part| self.write_condition(part))
            .map(|part| format!("({part})"))
            .collect();
        (!parts.is_empty()).then(|| parts.join(word))
    }
}

pub(crate) fn text_value(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

pub(crate) fn number_value(number: i64) -> AttributeValue {
    AttributeValue::N(number.to_string())
}
