//! The form of a day's errands (跑腿): a run on which nothing is ordered, for parcels, medicine, letters, knocks.
//!
//! Source of the rule: seed 002, medicine ordered by line and brought to the door without contact (线上订药, 无接触式配送),
//! on days without a batch of food too.

use super::fault::{Fault, Faults, moment};
use super::window_form::compounds;
use crate::community::Community;
use crate::form::Fields;
use crate::ids::RunId;
use crate::time::Millis;
use crate::wall::Wall;
use crate::window::{Payment, Window};

/// Reads a day's errands. They are known to everybody at once and take no orders: sealed from the start. `known` is
/// the run that is being changed.
///
/// # Errors
/// Faults at their fields.
pub fn read_errands(
    form: &Fields,
    community: &Community,
    known: Option<&Window>,
    now: Millis,
) -> Result<Window, Faults> {
    let offset = community.settings.utc_offset;
    let mut faults = Faults::default();
    let from = faults.note("delivery_from", moment(form, "delivery_from", offset));
    let to = faults.note("delivery_to", moment(form, "delivery_to", offset));
    if let (Some(from), Some(to)) = (from, to) {
        if to <= from {
            faults.add("delivery_to", Fault::NotAfter);
        } else if to <= now {
            faults.add("delivery_to", Fault::Past);
        }
    }
    let compounds = compounds(form, community, &mut faults);
    let window = from.zip(to).map(|(from, to)| known.cloned().unwrap_or_else(|| errands(now)).with(from, to));
    faults.into_result(window.map(|window| Window { compounds, ..window }))
}

/// What a new day of errands starts with: from now until nine in the evening, or tomorrow from nine when it is late,
/// for everybody.
#[must_use]
pub fn new_errands(community: &Community, now: Millis) -> Window {
    let offset = community.settings.utc_offset;
    let today = Wall::at(now, offset);
    let at = |hour: u8| Wall { hour, minute: 0, ..today }.moment(offset).unwrap_or(now);
    let this_minute = today.moment(offset).unwrap_or(now);
    let (from, to) =
        if now < at(20) { (this_minute, at(21)) } else { (at(9) + Millis::DAY, at(21) + Millis::DAY) };
    Window { compounds: community.places.compounds.keys().copied().collect(), ..errands(now).with(from, to) }
}

/// Errands as the form shows them.
#[must_use]
pub fn errands_fields(window: &Window, utc_offset: i32) -> Fields {
    let at = |moment: Millis| Wall::at(moment, utc_offset).to_string();
    let mut fields =
        vec![("delivery_from", at(window.delivery_from)), ("delivery_to", at(window.delivery_to))];
    fields.extend(window.compounds.iter().map(|id| ("compound", id.to_string())));
    Fields(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

/// A run that never took an order: fixed at the moment it is made.
fn errands(now: Millis) -> Window {
    Window {
        run: RunId(0),
        opens: now,
        closes: now,
        grace_minutes: 0,
        compounds: Vec::new(),
        menus: Vec::new(),
        delivery_from: now,
        delivery_to: now,
        payment: Payment::Free,
        note: String::new(),
        note_en: String::new(),
        published: true,
        sealed: Some(now),
    }
}

impl Window {
    fn with(self, delivery_from: Millis, delivery_to: Millis) -> Self {
        Self { delivery_from, delivery_to, ..self }
    }
}
