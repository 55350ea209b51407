//! The desk plans a day's errands without an ordering window.

use domain::form::Fields;
use domain::office::{Fault, errands_fields, new_errands, read_errands};
use domain::window::{Phase, Window};
use domain::{Millis, RunId};

use crate::world::community;

/// 2026-03-28 at an hour in China.
fn at(hour: i64) -> Millis {
    Millis(1_774_627_200_000 + hour * Millis::HOUR)
}

fn typed(from: &str, to: &str, compound: &str) -> Fields {
    let fields = [("delivery_from", from), ("delivery_to", to), ("compound", compound)];
    Fields(fields.map(|(name, value)| (name.to_owned(), value.to_owned())).into())
}

#[test]
fn a_day_of_errands_takes_no_orders_and_is_on_the_stewards_phones_at_once() {
    let community = community();
    let made = new_errands(&community, at(14));
    assert_eq!((made.delivery_from, made.delivery_to), (at(14), at(21)));
    assert!(!made.takes_orders() && made.delivering(at(14)));
    assert_eq!(made.phase(at(14)), Phase::Sealed);
    let again = read_errands(&errands_fields(&made, 480), &community, None, at(14));
    assert_eq!(again.as_ref(), Ok(&made), "the form says all of it");
}

#[test]
fn late_in_the_evening_errands_are_for_tomorrow() {
    let community = community();
    let made = new_errands(&community, at(22));
    assert_eq!((made.delivery_from, made.delivery_to), (at(33), at(45)));
}

#[test]
fn what_is_wrong_stands_at_its_field() {
    let community = community();
    let read = |form: &Fields| read_errands(form, &community, None, at(14)).expect_err("faults");
    let form = typed("2026-03-28T16:00", "2026-03-28T15:00", "9999");
    assert_eq!(read(&form).at("delivery_to"), Some(Fault::NotAfter));
    assert_eq!(read(&form).at("compound"), Some(Fault::ChooseOne));
    let form = typed("2026-03-27T08:00", "2026-03-27T09:00", "1");
    assert_eq!(read(&form).at("delivery_to"), Some(Fault::Past));
    assert_eq!(read(&typed("soon", "", "1")).at("delivery_from"), Some(Fault::NotATime));
}

#[test]
fn changed_errands_keep_what_made_them() {
    let community = community();
    let made = Window { run: RunId(7), ..new_errands(&community, at(9)) };
    let form = typed("2026-03-28T15:00", "2026-03-28T18:00", "1");
    let changed = read_errands(&form, &community, Some(&made), at(14)).expect("fits");
    assert_eq!(changed, Window { delivery_from: at(15), delivery_to: at(18), ..made });
}
