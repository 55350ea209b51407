//! What follows from what happened: boards, versions and rings, from records that come twice, late, in any order, in
//! parts and to two at once.

mod boards;
mod push;
mod records;
mod restart;

use domain::board::board;
use domain::tally::RunTally;
use domain::{HouseholdId, Millis};
use store::{Catalog, Consistency, Item, Store};
use tally::{Record, Tallied, Tally};
use tokio::sync::mpsc::Receiver;

use crate::store_typed::street::{NOON, RUN, community};

/// What the table handed over so far, as its stream would.
fn handed_over(feed: &mut Receiver<Item>) -> Vec<Item> {
    std::iter::from_fn(|| feed.try_recv().ok()).collect()
}

/// A batch, whole.
async fn tally_all(tally: &Tally, items: &[Item], now: Millis) -> Tallied {
    let tallied = tally.tally(items.iter().cloned().map(Record::of_item).collect(), now).await;
    assert_eq!(tallied.again, Vec::<String>::new());
    tallied
}

/// The boards are what the facts themselves fold to.
async fn assert_equal_to_the_fold(store: &Store, catalog: &Catalog) {
    let facts = store.whole_run(catalog, RUN, Consistency::Strong).await.expect("answered");
    let open = store.desk_needs(&community(), false, None).await.expect("answered").needs;
    let in_need = open.iter().map(|need| need.household).collect();
    let kept = store.run_tally(&community(), RUN).await.expect("answered");
    let needs = store.open_needs(&community()).await.expect("answered");
    let places = &catalog.community.places;
    assert_eq!(kept.board(places, &needs), board(places, &facts, &in_need), "the board");
    let list = domain::picklist::pick_list(&catalog.community, RUN, &facts);
    let totals = kept.totals();
    assert_eq!((totals.orders, totals.boxes), (list.all.households, list.all.all_boxes()), "the totals");
    assert_eq!(totals.cost, list.all.total, "the cost");
    assert_eq!(kept.unreached(), domain::board::unreached(places, &facts), "who waits");
    let urgent: Vec<HouseholdId> =
        open.iter().filter(|need| need.urgent).map(|need| need.household).collect();
    let told = needs.households();
    assert!(urgent.iter().all(|household| told.get(household) == Some(&true)), "who cannot wait");
}

/// An empty board.
fn nothing() -> RunTally {
    RunTally::default()
}

const LATER: Millis = Millis(NOON.0 + 1_000);
