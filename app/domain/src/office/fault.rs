//! What is wrong with a field of the desk's forms.

use std::str::FromStr;

use crate::form::Fields;
use crate::time::Millis;
use crate::wall::Wall;

/// What is wrong with a field. Its text, which says what to do, is in `ui`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Fault {
    /// It must say something.
    Missing,
    /// More characters than fit; carries the limit.
    TooLong(u16),
    /// Not a whole number, or outside what makes sense; carries both ends.
    NotANumber(u32, u32),
    /// Not a date with a time.
    NotATime,
    /// Not an amount of money.
    NotMoney,
    /// It has to lie after the moment before it.
    NotAfter,
    /// It lies in the past already.
    Past,
    /// At least one has to be chosen.
    ChooseOne,
    /// No such unit or floor in that building.
    NoSuchPlace,
    /// Floors, and no unit that they are a part of.
    WhichUnit,
    /// A unit or floors, and no building that they are a part of.
    WhichBuilding,
    /// Letters, digits and strokes only, at most twelve.
    NotACode,
    /// Another menu has this code.
    CodeTaken,
    /// Fewer items than a household is to pick.
    FewerItemsThanPicks,
    /// Not an amount such as `1.5`.
    NotAnAmount,
    /// Not a telephone number.
    NotATelephone,
    /// Not a host such as `food.example.org`.
    NotAHost,
    /// It tells of somebody's health, and volunteers would read it.
    SpeaksOfHealth,
    /// Not hours such as `22:00-07:00`.
    NotHours,
    /// Somebody else saved something else here since the page was opened; carries what, where words can say it.
    Meanwhile(String),
}

/// Every fault of a form, with the field it stands at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Faults(pub Vec<(String, Fault)>);

impl Faults {
    /// The first fault of a field.
    #[must_use]
    pub fn at(&self, field: &str) -> Option<Fault> {
        self.0.iter().find(|(name, _)| name == field).map(|(_, fault)| fault.clone())
    }

    /// How many fields need a look.
    #[must_use]
    pub fn count(&self) -> u32 {
        u32::try_from(self.0.len()).unwrap_or(u32::MAX)
    }

    pub(super) fn add(&mut self, field: impl Into<String>, fault: Fault) {
        self.0.push((field.into(), fault));
    }

    /// The value, or the fault noted and nothing.
    pub(super) fn note<T>(&mut self, field: &str, value: Result<T, Fault>) -> Option<T> {
        value.map_err(|fault| self.add(field, fault)).ok()
    }

    /// The record if nothing was noted.
    pub(super) fn into_result<T>(self, record: Option<T>) -> Result<T, Self> {
        match record {
            Some(record) if self.0.is_empty() => Ok(record),
            _ => Err(self),
        }
    }
}

/// A text of at most so many characters; empty if it was left empty.
pub(super) fn text(form: &Fields, field: &str, limit: u16) -> Result<String, Fault> {
    let text = form.get(field).unwrap_or_default();
    if text.chars().count() > usize::from(limit) {
        return Err(Fault::TooLong(limit));
    }
    Ok(text.chars().filter(|c| !c.is_control() || *c == '\n').collect())
}

/// A text that must say something.
pub(super) fn words(form: &Fields, field: &str, limit: u16) -> Result<String, Fault> {
    let text = text(form, field, limit)?;
    if text.is_empty() { Err(Fault::Missing) } else { Ok(text) }
}

/// A whole number between two others, both included; full-width digits are digits.
pub(super) fn number<N: FromStr + Into<u32> + Copy>(
    form: &Fields,
    field: &str,
    (least, most): (u32, u32),
) -> Result<Option<N>, Fault> {
    let Some(typed) = form.get(field) else { return Ok(None) };
    let number = narrow(typed).parse().ok().filter(|number: &N| (least..=most).contains(&(*number).into()));
    number.map(Some).ok_or(Fault::NotANumber(least, most))
}

/// Full-width digits and signs as people's keyboards make them, as narrow ones.
pub(crate) fn narrow(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
            '．' | '。' => '.',
            '：' => ':',
            '－' | '‐' | '‑' | '–' | '—' | '―' | '−' => '-',
            '（' => '(',
            '）' => ')',
            '＋' => '+',
            '／' => '/',
            '\u{3000}' => ' ',
            _ => c,
        })
        .collect()
}

/// A local date and time.
pub(super) fn moment(form: &Fields, field: &str, utc_offset: i32) -> Result<Millis, Fault> {
    let typed = form.get(field).ok_or(Fault::Missing)?;
    typed.parse::<Wall>().ok().and_then(|wall| wall.moment(utc_offset)).ok_or(Fault::NotATime)
}

/// A telephone number as it is dialled: three digits at least, and signs that stand between them.
pub(super) fn dialled(typed: &str) -> Result<String, Fault> {
    let typed = narrow(typed.trim());
    let digits = typed.chars().filter(char::is_ascii_digit).count();
    let fits = typed.chars().all(|c| c.is_ascii_digit() || " -+()".contains(c));
    if digits >= 3 && fits { Ok(typed) } else { Err(Fault::NotATelephone) }
}
