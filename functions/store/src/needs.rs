//! Needs in the table: their facts, and the head that shows an open one on the desk. The head is the
//! fold of the facts with its words cut short; it can always be built again from them.

use crate::catalog::Shelf;
use crate::client::Store;
use crate::error::StoreError;
use crate::expression::Condition;
use crate::facts::OnShelf;
use crate::item::Item;
use crate::keys;
use crate::query::{Cursor, Query};
use crate::table::Table;
use crate::table_ops::Consistency;
use domain::fact::Stamped;
use domain::need::{Need, needs};
use domain::{CommunityId, FactId, HouseholdId};

/// Characters of the report and of the answer in a head: enough for a list, and with Chinese text
/// the head stays one unit.
pub const HEAD_TEXT: usize = 60;
/// Attribute of how many facts a head has folded.
const REVISION: &str = "revision";
/// How often a head is folded again because another step came in between.
const TRIES: u32 = 12;
/// Items of one household's needs in one answer.
const HOUSEHOLD_PAGE: usize = 64;
/// Open needs in one answer to the desk.
const DESK_PAGE: usize = 100;

/// Some of a household's needs.
#[derive(Debug, Clone, PartialEq)]
pub struct NeedPage {
    /// The facts of whole needs, the newest needs first.
    pub facts: Vec<Stamped>,
    /// Pass it on for older ones.
    pub older: Option<FactId>,
}

/// Some of the desk's queue.
#[derive(Debug, Clone, PartialEq)]
pub struct DeskPage {
    /// Heads of open needs in the order of the desk, their words cut to [`HEAD_TEXT`] characters.
    pub needs: Vec<Need>,
    /// Pass it on for more.
    pub next: Option<Cursor>,
}

impl Store {
    /// The newest needs of a household: their facts, whole needs only. `before` goes on from an
    /// earlier page.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn household_needs(
        &self,
        c: &CommunityId,
        household: HouseholdId,
        before: Option<FactId>,
        consistency: Consistency,
    ) -> Result<NeedPage, StoreError> {
        let pk = keys::household(c, household);
        let query = match before {
            None => Query::partition(pk).prefix(keys::NEEDS),
            Some(need) => Query::partition(pk).between(keys::NEEDS, keys::need_prefix(need)),
        };
        let query = if consistency.is_strong() { query.strong() } else { query };
        // One more than a page, to know whether the last need is whole.
        let mut items = self
            .query(Table::Main, query.backwards().limit(HOUSEHOLD_PAGE + usize::from(before.is_some())))
            .await?;
        let full = items.len() >= HOUSEHOLD_PAGE;
        if let Some(before) = before {
            items.retain(|item| need_of(item) != Some(before));
        }
        let mut older = None;
        if full && let Some(oldest) = items.last().and_then(need_of) {
            // The facts of a need stand after its head, so backwards the head comes last.
            let whole = items.last().is_some_and(is_head);
            let newer = items.iter().filter_map(need_of).rfind(|need| *need != oldest);
            if whole {
                older = Some(oldest);
            } else if newer.is_some() {
                older = newer;
                items.retain(|item| need_of(item) != Some(oldest));
            }
        }
        let mut page = OnShelf::default();
        for item in items {
            page.take(item)?;
        }
        Ok(NeedPage { facts: page.facts, older })
    }

    /// All facts of one need.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn need(
        &self,
        c: &CommunityId,
        household: HouseholdId,
        need: FactId,
        consistency: Consistency,
    ) -> Result<Vec<Stamped>, StoreError> {
        let shelf = Shelf::Need { household, need };
        Ok(self.on_shelf(c, &shelf, consistency).await?.facts)
    }

    /// The open needs of a community: those that cannot wait first, then the oldest. A moment behind
    /// on AWS. `pressing` asks for those that cannot wait only: what rings and escalates.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn desk_needs(
        &self,
        c: &CommunityId,
        pressing: bool,
        after: Option<Cursor>,
    ) -> Result<DeskPage, StoreError> {
        let mut query = Query::desk_index(keys::desk_queue(c)).limit(DESK_PAGE);
        if pressing {
            query = query.prefix(keys::desk_prefix(true));
        }
        if let Some(cursor) = after {
            query = query.after(cursor);
        }
        self.heads(query).await
    }

    /// The closed needs of a community, those closed last first. `after` goes on from an earlier page.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn closed_needs(&self, c: &CommunityId, after: Option<Cursor>) -> Result<DeskPage, StoreError> {
        let query = Query::desk_index(keys::desk_closed(c)).backwards().limit(DESK_PAGE);
        let query = match after {
            Some(cursor) => query.after(cursor),
            None => query,
        };
        self.heads(query).await
    }

    async fn heads(&self, query: Query) -> Result<DeskPage, StoreError> {
        let page = self.query_page(Table::Main, &query).await?;
        let read = |item: Item| {
            let key = item.key().ok();
            item.into_body().inspect_err(|error| tracing::error!(?key, %error, "left out a need's head")).ok()
        };
        Ok(DeskPage { needs: page.items.into_iter().filter_map(read).collect(), next: page.next })
    }

    /// Writes the head of a need anew from its facts, when it has not folded all of them. After a
    /// crash between fact and head this is what the next arrival of the same fact repairs.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn rebuild_head(
        &self,
        c: &CommunityId,
        household: HouseholdId,
        need: FactId,
    ) -> Result<(), StoreError> {
        let shelf = Shelf::Need { household, need };
        let mut on_shelf = self.on_shelf(c, &shelf, Consistency::Strong).await?;
        self.keep_head(c, &shelf, &mut on_shelf).await
    }

    /// Brings the head up to what stands on a need's shelf; nothing to do on any other shelf.
    pub(crate) async fn keep_head(
        &self,
        c: &CommunityId,
        shelf: &Shelf,
        on_shelf: &mut OnShelf,
    ) -> Result<(), StoreError> {
        let Shelf::Need { need, .. } = shelf else { return Ok(()) };
        for _ in 0..TRIES {
            let Some(folded) = needs(&on_shelf.facts).into_iter().find(|found| found.id == *need) else {
                return Ok(());
            };
            if on_shelf.head_revision >= folded.revision {
                return Ok(());
            }
            let item = head_item(c, &folded)?;
            let fewer = Condition::NumberBelow(REVISION, i64::from(folded.revision));
            let condition = Condition::Any(vec![Condition::Absent, fewer]);
            match self.put(Table::Main, item, condition).await {
                Ok(()) => {
                    on_shelf.head_revision = folded.revision;
                    return Ok(());
                }
                Err(StoreError::Conflict { .. }) => {
                    // As many facts or more were folded meanwhile, perhaps not these.
                    *on_shelf = self.on_shelf(c, shelf, Consistency::Strong).await?;
                }
                Err(error) => return Err(error),
            }
        }
        Err(StoreError::TransactionConflict)
    }
}

/// A head: the fold with its words cut short, in the desk's queue while it is open, and then among the closed ones.
fn head_item(c: &CommunityId, need: &Need) -> Result<Item, StoreError> {
    let reopened = need.reopened.as_ref().map(|(at, why)| (*at, cut(why)));
    let head =
        Need { text: cut(&need.text), answer: need.answer.as_deref().map(cut), reopened, ..need.clone() };
    let item = Item::new(&keys::need_head(c, need.household, need.id)).with_body(&head)?;
    if !need.open() {
        return Ok(item.indexed(keys::desk_closed(c), keys::closed_place(need.changed, need.id)));
    }
    Ok(item.indexed(keys::desk_queue(c), keys::desk_place(need.pressing(), need.received, need.id)))
}

fn cut(text: &str) -> String {
    if text.chars().count() <= HEAD_TEXT {
        return text.to_owned();
    }
    text.chars().take(HEAD_TEXT - 1).chain(['…']).collect()
}

/// How many facts a stored head has folded.
pub(crate) fn folded(head: &Item) -> u32 {
    head.number(REVISION).and_then(|revision| u32::try_from(revision).ok()).unwrap_or(0)
}

fn need_of(item: &Item) -> Option<FactId> {
    keys::parse_need(item.key().ok()?.sk()).map(|(need, _)| need)
}

fn is_head(item: &Item) -> bool {
    item.key().is_ok_and(|key| matches!(keys::parse_need(key.sk()), Some((_, true))))
}
