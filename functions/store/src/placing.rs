//! A decided fact on its way to its place: its stamp, the counters it moves, its item, and what to think of whatever
//! stands there already.

use crate::append::{Appended, REFUSED_DAYS};
use crate::catalog::{Catalog, Shelf, fact_key};
use crate::error::StoreError;
use crate::facts::OnShelf;
use crate::item::{Item, Key};
use crate::keys;
use domain::actor::Signed;
use domain::fact::{Body, Fact, Stamped, Verdict};
use domain::order::{StockMove, order_of, stock_moves};
use domain::{CommunityId, Millis};

/// The fact with its stamp. Orders of a household are told apart by time in every fold, so a later
/// place in the log has a later time even when two servers' clocks differ.
pub(crate) fn stamp(fact: &Fact, by: Signed, now: Millis, verdict: Verdict, on_shelf: &OnShelf) -> Stamped {
    let mut received = now;
    if let Body::Order(set) = &fact.body {
        let earlier = on_shelf.facts.iter().filter(
            |known| matches!(&known.fact.body, Body::Order(other) if other.household == set.household),
        );
        received = earlier.map(|known| known.received + 1).fold(now, Millis::max);
    }
    Stamped { fact: fact.clone(), by, received, verdict }
}

pub(crate) fn moves_of(catalog: &Catalog, stamped: &Stamped, on_shelf: &OnShelf) -> Vec<StockMove> {
    match &stamped.fact.body {
        Body::Order(set) if stamped.verdict.counts() => {
            let was = order_of(set.household, &on_shelf.facts).map(|order| order.lines).unwrap_or_default();
            stock_moves(&was, &set.lines, |code, version| catalog.community.menu(code, version))
        }
        _ => Vec::new(),
    }
}

pub(crate) fn place_for(
    c: &CommunityId,
    shelf: &Shelf,
    on_shelf: &OnShelf,
    stamped: &Stamped,
) -> Result<Key, StoreError> {
    let nowhere = || StoreError::Invalid { operation: "append", code: "a run without a slot".to_owned() };
    match (&stamped.fact.body, shelf) {
        (Body::Order(set), Shelf::Run { run, slots }) => {
            let slot = slots.first().ok_or_else(nowhere)?;
            let place = on_shelf.next_place(set.household);
            Ok(keys::order_fact(slot.pk(c, *run), &slot.prefix(), set.household, place))
        }
        _ => fact_key(c, shelf, stamped.fact.id).ok_or_else(nowhere),
    }
}

pub(crate) fn fact_item(key: &Key, stamped: &Stamped) -> Result<Item, StoreError> {
    let item = Item::new(key).with_body(stamped)?;
    Ok(match stamped.verdict {
        Verdict::Refused(_) => {
            let until = stamped.received + REFUSED_DAYS * Millis::DAY;
            item.expires_at(until.0.div_euclid(1_000))
        }
        Verdict::Taken | Verdict::Flagged(_) => item,
    })
}

/// What stands where the fact was to go.
pub(crate) fn judge(current: Option<Item>, stamped: &Stamped) -> Appended {
    match current.map(Item::into_body::<Stamped>) {
        Some(Ok(there)) if there.fact.is_again(&stamped.fact) => Appended::Known(there),
        Some(Ok(there)) if there.fact.id == stamped.fact.id => Appended::OtherContent,
        _ => Appended::ChangedMeanwhile,
    }
}
