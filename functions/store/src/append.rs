//! Handing in facts: read what stands there, let the rules decide, put the fact down once, and do it
//! again on what is there now when somebody else was quicker. The rules come in as a function; here
//! is only what makes "once" true.

use crate::catalog::{Catalog, Shelf};
use crate::client::Store;
use crate::error::StoreError;
use crate::expression::Condition;
use crate::facts::{AT_ONCE, OnShelf, watched};
use crate::item::Item;
use crate::placing::{fact_item, judge, moves_of, place_for, stamp};
use crate::table::Table;
use crate::table_ops::Consistency;
use crate::transact::Write;
use domain::actor::Signed;
use domain::fact::{Body, Fact, OrderSet, Stamped, Verdict};
use domain::order::StockMove;
use domain::wire::Refusal;
use domain::{CommunityId, MenuCode, Millis};
use futures_util::stream::{self, StreamExt};
use std::collections::BTreeMap;

/// How often a fact is decided anew because somebody else was quicker.
const DECISIONS: u32 = 12;
/// How often an order looks for boxes again because others took them meanwhile.
const STOCK_TRIES: u32 = 8;
/// How long a refused fact is kept.
pub(crate) const REFUSED_DAYS: i64 = 30;

/// What became of a fact that was handed in.
// Made and taken apart at once: nobody keeps many.
#[allow(clippy::large_enum_variant)]
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
        self.hand_in_on(&mut Desk::new(catalog.shelf(fact, by)), catalog, fact, by, now, decide).await
    }

    /// The same for a shelf of which `desk` remembers what stands there.
    async fn hand_in_on(
        &self,
        desk: &mut Desk,
        catalog: &Catalog,
        fact: &Fact,
        by: Signed,
        now: Millis,
        decide: impl Fn(&[Stamped]) -> Verdict,
    ) -> Result<HandedIn, StoreError> {
        let mut sold_out: Option<(usize, Refusal)> = None;
        for _ in 0..DECISIONS {
            let mut on_shelf = match desk.known.take() {
                Some(known) => known,
                None => self.before_deciding(catalog, &desk.shelf).await?,
            };
            if let Some(known) = on_shelf.find(fact.id) {
                let answer = if known.fact.is_again(fact) {
                    HandedIn::Stored { stamped: known.clone(), new: false }
                } else {
                    HandedIn::OtherContent
                };
                // Its first arrival may have ended in silence.
                self.moved(catalog.id(), &desk.shelf);
                self.keep_head(catalog.id(), &desk.shelf, &mut on_shelf).await?;
                desk.known = Some(on_shelf);
                return Ok(answer);
            }
            let verdict = match sold_out.take() {
                // Nothing happened since the counter was found too low: that is the word.
                Some((seen, refusal)) if seen == on_shelf.facts.len() => Verdict::Refused(refusal),
                _ => decide(&on_shelf.facts),
            };
            if verdict == Verdict::Refused(Refusal::NotAllowed) && !matches!(desk.shelf, Shelf::Drawer(_)) {
                // Kept with its author: nobody fills another household's shelf.
                desk.known = Some(on_shelf);
                let stamped = Stamped { fact: fact.clone(), by, received: now, verdict };
                return self.keep_with_author(catalog, stamped).await;
            }
            let stamped = stamp(fact, by, now, verdict, &on_shelf);
            let moves = moves_of(catalog, &stamped, &on_shelf);
            let (stamped, new) = match self.append(catalog, &desk.shelf, &on_shelf, &stamped, &moves).await? {
                Appended::New => (stamped, true),
                Appended::Known(there) => (there, false),
                Appended::OtherContent => return Ok(HandedIn::OtherContent),
                Appended::SoldOut { menu, left } => {
                    sold_out = Some((on_shelf.facts.len(), Refusal::SoldOut(menu, left)));
                    continue;
                }
                Appended::ChangedMeanwhile => continue,
            };
            on_shelf.add(stamped.clone());
            self.keep_head(catalog.id(), &desk.shelf, &mut on_shelf).await?;
            // What somebody else put there first is not all that may be new.
            desk.known = new.then_some(on_shelf);
            return Ok(HandedIn::Stored { stamped, new });
        }
        Err(StoreError::TransactionConflict)
    }

    /// What has to be known before deciding. Nothing of a drawer: what lies there bears on no decision, and a known
    /// name is found when the fact is put down.
    async fn before_deciding(&self, catalog: &Catalog, shelf: &Shelf) -> Result<OnShelf, StoreError> {
        match shelf {
            Shelf::Drawer(_) => Ok(OnShelf::default()),
            _ => self.on_shelf(catalog.id(), shelf, Consistency::Strong).await,
        }
    }

    async fn keep_with_author(&self, catalog: &Catalog, stamped: Stamped) -> Result<HandedIn, StoreError> {
        let drawer = Shelf::Drawer(stamped.by);
        Ok(match self.append(catalog, &drawer, &OnShelf::default(), &stamped, &[]).await? {
            Appended::Known(stamped) => HandedIn::Stored { stamped, new: false },
            Appended::OtherContent => HandedIn::OtherContent,
            Appended::New | Appended::SoldOut { .. } | Appended::ChangedMeanwhile => {
                HandedIn::Stored { stamped, new: true }
            }
        })
    }

    /// Stores the facts of one batch: those of one shelf in their order, different shelves at the
    /// same time. A shelf is read once, however many facts go there, and neighbouring doors by one
    /// Query. One fact that fails stops no other, except later ones of its own shelf, which may build
    /// on it and get the same kind of answer when they are sent again.
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
        let mut read = self.read_together(catalog, shelves.keys()).await;
        let desks: Vec<(Desk, Vec<usize>)> = shelves
            .into_iter()
            .map(|(shelf, places)| (Desk { known: read.remove(&shelf), shelf }, places))
            .collect();
        let work = desks.into_iter().map(|(mut desk, places)| async move {
            let mut answers = Vec::with_capacity(places.len());
            for place in places {
                let fact = &facts[place];
                let decide = |known: &[Stamped]| decide(fact, known);
                let answer = self.hand_in_on(&mut desk, catalog, fact, by, now, decide).await;
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
                self.append_with_stock(catalog, set, item, stamped, moves).await
            }
            _ => match self.put(Table::Main, item, Condition::Absent).await {
                Ok(()) => Ok(Appended::New),
                Err(StoreError::Conflict { current }) => Ok(judge(current.map(|item| *item), stamped)),
                Err(error) => Err(error),
            },
        };
        // After an error too: the answer may be all that was lost.
        self.moved(c, shelf);
        appended
    }

    /// Something may be new on a shelf.
    fn moved(&self, c: &CommunityId, shelf: &Shelf) {
        for watch in watched(shelf) {
            self.changed(c, watch);
        }
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
            planned = match self.spread_moves(catalog, set.run, moves).await? {
                Ok(planned) => planned,
                Err((menu, left)) => return Ok(Appended::SoldOut { menu, left }),
            };
        }
        Err(StoreError::TransactionConflict)
    }
}

/// A shelf, and what is known to stand there: read once for all facts of a batch. Another phone may
/// add to it meanwhile; a fact of the same name and an order's place are still found when one is put
/// down, and then the shelf is read again.
struct Desk {
    shelf: Shelf,
    known: Option<OnShelf>,
}

impl Desk {
    fn new(shelf: Shelf) -> Self {
        Self { shelf, known: None }
    }
}
