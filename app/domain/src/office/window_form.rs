//! The form of an ordering window.

use super::fault::{Fault, Faults, moment, number, text, words};
use crate::community::Community;
use crate::form::Fields;
use crate::ids::{CompoundId, MenuCode, RunId};
use crate::time::Millis;
use crate::wall::Wall;
use crate::window::{DEFAULT_GRACE_MINUTES, Payment, Window};

/// The longest text of a payment code: what a QR picture on a phone still shows well.
const PAYMENT_TEXT: u16 = 300;
/// The longest note.
const NOTE: u16 = 300;
/// The most boxes that are added at once.
const MOST_BOXES: u32 = 100_000;

/// Reads a window as a draft.
///
/// # Errors
/// Faults at their fields.
pub fn read_window(form: &Fields, community: &Community, run: RunId) -> Result<Window, Faults> {
    let offset = community.settings.utc_offset;
    let mut faults = Faults::default();
    let mut at = |field: &str| faults.note(field, moment(form, field, offset));
    let (opens, closes) = (at("opens"), at("closes"));
    let (from, to) = (at("delivery_from"), at("delivery_to"));
    let mut after = |field: &str, earlier: Option<Millis>, later: Option<Millis>| {
        if let (Some(earlier), Some(later)) = (earlier, later)
            && later <= earlier
        {
            faults.add(field, Fault::NotAfter);
        }
    };
    after("closes", opens, closes);
    after("delivery_from", closes.map(|closes| closes + -1), from);
    after("delivery_to", from, to);
    let grace = faults.note("grace", number::<u16>(form, "grace", (0, 240)));
    let compounds = compounds(form, community, &mut faults);
    let chosen = form.all("menu").filter_map(|code| code.parse::<MenuCode>().ok());
    let menus: Vec<_> = chosen
        .filter_map(|code| community.newest_menu(&code).map(|menu| (menu.code.clone(), menu.version)))
        .collect();
    if menus.is_empty() {
        faults.add("menu", Fault::ChooseOne);
    }
    let payment = match form.get("payment") {
        Some("free") => Some(Payment::Free),
        Some("prepaid") => {
            let shown = faults.note("payment_text", words(form, "payment_text", PAYMENT_TEXT));
            shown.map(Payment::Prepaid)
        }
        Some("on_delivery") => Some(Payment::OnDelivery),
        _ => {
            faults.add("payment", Fault::ChooseOne);
            None
        }
    };
    let note = faults.note("note", text(form, "note", NOTE));
    let note_en = faults.note("note_en", text(form, "note_en", NOTE));
    let window = (|| {
        Some(Window {
            run,
            opens: opens?,
            closes: closes?,
            grace_minutes: grace?.unwrap_or(DEFAULT_GRACE_MINUTES),
            compounds,
            menus,
            delivery_from: from?,
            delivery_to: to?,
            payment: payment?,
            note: note?,
            note_en: note_en?,
            published: false,
            sealed: None,
        })
    })();
    faults.into_result(window)
}

/// The compounds that a run is for; at least one.
pub(super) fn compounds(form: &Fields, community: &Community, faults: &mut Faults) -> Vec<CompoundId> {
    let known = |id: &CompoundId| community.places.compounds.contains_key(id);
    let compounds: Vec<_> = form.all("compound").filter_map(|id| id.parse().ok()).filter(known).collect();
    if compounds.is_empty() {
        faults.add("compound", Fault::ChooseOne);
    }
    compounds
}

/// A window as the form shows it.
#[must_use]
pub fn window_fields(window: &Window, utc_offset: i32) -> Fields {
    let at = |moment: Millis| Wall::at(moment, utc_offset).to_string();
    let (payment, shown) = match &window.payment {
        Payment::Free => ("free", String::new()),
        Payment::Prepaid(shown) => ("prepaid", shown.clone()),
        Payment::OnDelivery => ("on_delivery", String::new()),
    };
    let mut fields = vec![
        ("opens", at(window.opens)),
        ("closes", at(window.closes)),
        ("grace", window.grace_minutes.to_string()),
        ("delivery_from", at(window.delivery_from)),
        ("delivery_to", at(window.delivery_to)),
        ("payment", payment.to_owned()),
        ("payment_text", shown),
        ("note", window.note.clone()),
        ("note_en", window.note_en.clone()),
    ];
    fields.extend(window.compounds.iter().map(|id| ("compound", id.to_string())));
    fields.extend(window.menus.iter().map(|(code, _)| ("menu", code.to_string())));
    Fields(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

/// What a new window starts with: open from now until eight in the evening, brought the next morning from nine to
/// eleven, for everybody, with every menu.
#[must_use]
pub fn new_window(community: &Community, now: Millis) -> Window {
    let offset = i64::from(community.settings.utc_offset) * Millis::MINUTE;
    let midnight = Millis((now.0 + offset).div_euclid(Millis::DAY) * Millis::DAY - offset);
    // Late in the evening "until eight" means tomorrow.
    let day = if now - midnight > 18 * Millis::HOUR { midnight + Millis::DAY } else { midnight };
    let mut codes: Vec<&MenuCode> = community.menus.iter().map(|menu| &menu.code).collect();
    codes.sort();
    codes.dedup();
    let newest = codes.into_iter().filter_map(|code| community.newest_menu(code));
    Window {
        run: RunId(0),
        opens: now,
        closes: day + 20 * Millis::HOUR,
        grace_minutes: DEFAULT_GRACE_MINUTES,
        compounds: community.places.compounds.keys().copied().collect(),
        menus: newest.map(|menu| (menu.code.clone(), menu.version)).collect(),
        delivery_from: day + (Millis::DAY + 9 * Millis::HOUR),
        delivery_to: day + (Millis::DAY + 11 * Millis::HOUR),
        payment: Payment::OnDelivery,
        note: String::new(),
        note_en: String::new(),
        published: false,
        sealed: None,
    }
}

/// An earlier window once more, moved by whole days until it lies ahead, with the newest version of its menus.
#[must_use]
pub fn moved_copy(window: &Window, community: &Community, now: Millis) -> Window {
    let late = (now - window.closes).max(0);
    let days = if window.closes <= now { late / Millis::DAY + 1 } else { 1 };
    let moved = |at: Millis| at + days * Millis::DAY;
    let closes = moved(planned_closing(window, community));
    let newest = window.menus.iter().filter_map(|(code, _)| community.newest_menu(code));
    Window {
        run: RunId(0),
        opens: moved(window.opens),
        closes,
        delivery_from: moved(window.delivery_from),
        delivery_to: moved(window.delivery_to),
        menus: newest.map(|menu| (menu.code.clone(), menu.version)).collect(),
        published: false,
        sealed: None,
        ..window.clone()
    }
}

/// When a window was to close. One that was closed by hand, within a minute and not on it, says no more what was planned:
/// then at eight in the evening of that day, like a new one, if that is before the delivery.
fn planned_closing(window: &Window, community: &Community) -> Millis {
    if window.closes.0 % Millis::MINUTE == 0 {
        return window.closes;
    }
    let offset = community.settings.utc_offset;
    let evening = Wall { hour: 20, minute: 0, ..Wall::at(window.closes, offset) }.moment(offset);
    evening.filter(|evening| *evening < window.delivery_from).unwrap_or(window.closes)
}

/// Reads a new closing time, which has to lie ahead and before the delivery ends.
///
/// # Errors
/// Faults at their fields.
pub fn read_closing(form: &Fields, window: &Window, utc_offset: i32, now: Millis) -> Result<Millis, Faults> {
    let mut faults = Faults::default();
    let closes = faults.note("closes", moment(form, "closes", utc_offset));
    if closes.is_some_and(|closes| closes <= now) {
        faults.add("closes", Fault::Past);
    } else if closes.is_some_and(|closes| closes <= window.opens || closes > window.delivery_to) {
        faults.add("closes", Fault::NotAfter);
    }
    faults.into_result(closes)
}

/// Reads how many boxes are added to a menu.
///
/// # Errors
/// Faults at their fields.
pub fn read_boxes(form: &Fields) -> Result<u32, Faults> {
    let mut faults = Faults::default();
    let boxes = faults.note("boxes", number::<u32>(form, "boxes", (1, MOST_BOXES))).flatten();
    if boxes.is_none() && faults.0.is_empty() {
        faults.add("boxes", Fault::Missing);
    }
    faults.into_result(boxes)
}
