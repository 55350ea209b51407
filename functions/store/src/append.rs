//! Handing in facts: read what stands there, let the rules decide, put the fact down once, and do it
//! again on what is there now when somebody else was quicker. The rules come in as a function; here
//! is only what makes "once" true.

use crate::catalog::{Catalog, Shelf, fact_key};
use crate::client::Store;
use crate::error::StoreError;
use crate::expression::Condition;
use crate::facts::{AT_ONCE, OnShelf, watched};
use crate::item::{Item, Key};
use crate::keys;
use crate::table::Table;
use crate::table_ops::Consistency;
use crate::transact::Write;
use domain::actor::Signed;
use domain::fact::{Body, Fact, OrderSet, Stamped, Verdict};
use domain::order::{StockMove, order_of, stock_moves};
use domain::wire::Refusal;
use domain::{MenuCode, Millis};
use futures_util::stream::{self, StreamExt};
use std::collections::BTreeMap;

/// How often a fact is decided anew because somebody else was quicker.
const DECISIONS: u32 = 12;
/// How often an order looks for boxes again because others took them meanwhile.
const STOCK_TRIES: u32 = 8;
/// How long a refused fact is kept.
const REFUSED_DAYS: i64 = 30;

/// What became of a fact that was handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HandedIn {
    /// It stands there with this stamp: the server's final word.
    Stored {
        /// As stored at first arrival.
        stamped: Stamped,
        /// Whether this was the first arrival.
        new: bool,
    },
    /// Another fact has its id: 409.
    OtherContent,
}

/// What became of one attempt to put a fact down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Appended {
    /// It stands there.
    New,
    /// It stood there already, with this stamp.
    Known(Stamped),
    /// Another fact has its id.
    OtherContent,
    /// A counter is too low. Nothing was written.
    SoldOut {
        /// Which menu.
        menu: MenuCode,
        /// How many boxes are left.
        left: u32,
    },
    /// Another order of the household took the place. Nothing was written: read and decide again.
    ChangedMeanwhile,
}

impl Store {
    /// Stores one fact with the word of `decide`, which is given the facts of its shelf and is asked
    /// again when they changed meanwhile. A known id is answered from its stamp without asking.
    /// An order with too few boxes left is stored as refused with [`Refusal::SoldOut`].
    ///
    /// `now` is the server's clock. An order without stock cap costs one strong read and 1 write unit.
    ///
    /// # Errors
    /// [`StoreError::TransactionConflict`] when others were quicker every time; any transport error
    /// of [`StoreError`]. After each of them the same fact may simply be handed in again.
    pub async fn hand_in(
        &self,
        catalog: &Catalog,
        fact: &Fact,
        by: Signed,
        now: Millis,
        decide: impl Fn(&[Stamped]) -> Verdict,
    ) -> Result<HandedIn, StoreError> {
        let mut shelf = catalog.shelf(fact, by);
        let mut sold_out: Option<(usize, Refusal)> = None;
        for _ in 0..DECISIONS {
            let on_shelf = self.on_shelf(catalog.id(), &shelf, Consistency::Strong).await?;
            if let Some(known) = on_shelf.find(fact.id) {
                if known.fact != *fact {
                    return Ok(HandedIn::OtherContent);
                }
                let stamped = known.clone();
                self.keep_head(catalog.id(), &shelf, on_shelf).await?;
                return Ok(HandedIn::Stored { stamped, new: false });
            }
            let verdict = match sold_out.take() {
                // Nothing happened since the counter was found too low: that is the word.
                Some((seen, refusal)) if seen == on_shelf.facts.len() => Verdict::Refused(refusal),
                _ => decide(&on_shelf.facts),
            };
            if verdict == Verdict::Refused(Refusal::NotAllowed) && !matches!(shelf, Shelf::Drawer(_)) {
                // Kept with its author: nobody fills another household's shelf.
                shelf = Shelf::Drawer(by);
                continue;
            }
            let stamped = stamp(fact, by, now, verdict, &on_shelf);
            let moves = moves_of(catalog, &stamped, &on_shelf);
            match self.append(catalog, &shelf, &on_shelf, &stamped, &moves).await? {
                Appended::New => {
                    self.keep_head(catalog.id(), &shelf, on_shelf.with(stamped.clone())).await?;
                    return Ok(HandedIn::Stored { stamped, new: true });
                }
                Appended::Known(stamped) => {
                    self.keep_head(catalog.id(), &shelf, on_shelf.with(stamped.clone())).await?;
                    return Ok(HandedIn::Stored { stamped, new: false });
                }
                Appended::OtherContent => return Ok(HandedIn::OtherContent),
                Appended::SoldOut { menu, left } => {
                    sold_out = Some((on_shelf.facts.len(), Refusal::SoldOut(menu, left)));
                }
                Appended::ChangedMeanwhile => {}
            }
        }
        Err(StoreError::TransactionConflict)
    }

    /// Stores the facts of one batch: those of one shelf in their order, different shelves at the
    /// same time. One fact that fails stops no other, except later ones of its own shelf, which may
    /// build on it and get the same kind of answer when they are sent again.
    ///
    /// The answers are in the order of `facts`.
    pub async fn hand_in_all(
        &self,
        catalog: &Catalog,
        facts: &[Fact],
        by: Signed,
        now: Millis,
        decide: impl Fn(&Fact, &[Stamped]) -> Verdict,
    ) -> Vec<Result<HandedIn, StoreError>> {
        let mut shelves: BTreeMap<Shelf, Vec<usize>> = BTreeMap::new();
        for (place, fact) in facts.iter().enumerate() {
            shelves.entry(catalog.shelf(fact, by)).or_default().push(place);
        }
        let decide = &decide;
        let work = shelves.into_values().map(|places| async move {
            let mut answers = Vec::with_capacity(places.len());
            for place in places {
                let fact = &facts[place];
                let answer = self.hand_in(catalog, fact, by, now, |known| decide(fact, known)).await;
                answers.push((place, answer));
            }
            answers
        });
        let mut answers: Vec<(usize, Result<HandedIn, StoreError>)> = stream::iter(work)
            .buffer_unordered(AT_ONCE)
            .collect::<Vec<_>>()
            .await
            .into_iter()
            .flatten()
            .collect();
        answers.sort_by_key(|(place, _)| *place);
        answers.into_iter().map(|(_, answer)| answer).collect()
    }

    /// One attempt to put a decided fact down, on what `on_shelf` held when it was decided. `moves`
    /// are the counters it moves: none for anything but a counting order with capped menus.
    ///
    /// [`Store::hand_in`] does the whole; this is for callers with another way to decide.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn append(
        &self,
        catalog: &Catalog,
        shelf: &Shelf,
        on_shelf: &OnShelf,
        stamped: &Stamped,
        moves: &[StockMove],
    ) -> Result<Appended, StoreError> {
        let c = catalog.id();
        let key = place_for(c, shelf, on_shelf, stamped)?;
        let item = fact_item(&key, stamped)?;
        let appended = match &stamped.fact.body {
            Body::Order(set) if moves.iter().any(|one| one.delta != 0) => {
                self.append_with_stock(catalog, set, item, stamped, moves).await?
            }
            _ => match self.put(Table::Main, item, Condition::Absent).await {
                Ok(()) => Appended::New,
                Err(StoreError::Conflict { current }) => judge(current.map(|item| *item), stamped),
                Err(error) => return Err(error),
            },
        };
        if appended == Appended::New {
            for watch in watched(shelf) {
                self.changed(c, watch);
            }
        }
        Ok(appended)
    }

    async fn append_with_stock(
        &self,
        catalog: &Catalog,
        set: &OrderSet,
        item: Item,
        stamped: &Stamped,
        moves: &[StockMove],
    ) -> Result<Appended, StoreError> {
        let mut planned = Self::usual_moves(catalog, set.run, set.household, moves);
        for _ in 0..STOCK_TRIES {
            let put = Write::Put(Table::Main, item.clone(), Condition::Absent);
            let counters = planned.into_iter().map(|part| Write::Update(Table::Main, part.update));
            match self.transact([put].into_iter().chain(counters).collect()).await {
                Ok(()) => return Ok(Appended::New),
                Err(StoreError::TransactionRefused { refused }) => {
                    if let Some(first) = refused.into_iter().find(|part| part.index == 0) {
                        return Ok(judge(first.current, stamped));
                    }
                }
                Err(error) => return Err(error),
            }
            // A counter was too low, which is not yet "sold out": the others may have some.
            planned = match self.spread_moves(catalog.id(), set.run, moves).await? {
                Ok(planned) => planned,
                Err((menu, left)) => return Ok(Appended::SoldOut { menu, left }),
            };
        }
        Err(StoreError::TransactionConflict)
    }
}

impl OnShelf {
    /// With one more fact.
    fn with(mut self, stamped: Stamped) -> Self {
        if self.find(stamped.fact.id).is_none() {
            self.facts.push(stamped);
        }
        self
    }
}

/// The fact with its stamp. Orders of a household are told apart by time in every fold, so a later
/// place in the log has a later time even when two servers' clocks differ.
fn stamp(fact: &Fact, by: Signed, now: Millis, verdict: Verdict, on_shelf: &OnShelf) -> Stamped {
    let mut received = now;
    if let Body::Order(set) = &fact.body {
        let earlier = on_shelf.facts.iter().filter(
            |known| matches!(&known.fact.body, Body::Order(other) if other.household == set.household),
        );
        received = earlier.map(|known| known.received + 1).fold(now, Millis::max);
    }
    Stamped { fact: fact.clone(), by, received, verdict }
}

fn moves_of(catalog: &Catalog, stamped: &Stamped, on_shelf: &OnShelf) -> Vec<StockMove> {
    match &stamped.fact.body {
        Body::Order(set) if stamped.verdict.counts() => {
            let was = order_of(set.household, &on_shelf.facts).map(|order| order.lines).unwrap_or_default();
            stock_moves(&was, &set.lines, |code, version| catalog.community.menu(code, version))
        }
        _ => Vec::new(),
    }
}

fn place_for(
    c: &domain::CommunityId,
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

fn fact_item(key: &Key, stamped: &Stamped) -> Result<Item, StoreError> {
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
fn judge(current: Option<Item>, stamped: &Stamped) -> Appended {
    match current.map(Item::into_body::<Stamped>) {
        Some(Ok(there)) if there.fact == stamped.fact => Appended::Known(there),
        Some(Ok(there)) if there.fact.id == stamped.fact.id => Appended::OtherContent,
        _ => Appended::ChangedMeanwhile,
    }
}
