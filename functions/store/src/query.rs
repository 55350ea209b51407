//! Queries: one partition, a range of sort keys, page after page. There is no scan on any request
//! path; the one here is for export only.

use crate::client::Store;
use crate::error::StoreError;
use crate::expression::{Rendered, text_value};
use crate::item::{Attributes, GPK, GSK, Item, PK, SK};
use crate::meter::Cost;
use crate::sdk_error::store_error;
use crate::table::{DESK_INDEX, Table};
use crate::table_ops::Consistency;
use aws_sdk_dynamodb::types::ReturnConsumedCapacity;

/// Which sort keys.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Range {
    All,
    Prefix(String),
    Between(String, String),
    From(String),
}

/// A question about one partition. Without [`Query::strong`] it is eventually consistent.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    pk: String,
    range: Range,
    index: bool,
    backwards: bool,
    consistency: Consistency,
    limit: Option<usize>,
    page_size: Option<i32>,
    only: Vec<&'static str>,
    after: Option<Cursor>,
}

/// Where the next page begins.
#[derive(Debug, Clone, PartialEq)]
pub struct Cursor(Attributes);

/// Some of the answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// In the order of the sort key.
    pub items: Vec<Item>,
    /// Where to go on; `None` at the end.
    pub next: Option<Cursor>,
}

impl Query {
    /// Everything in a partition of the table.
    #[must_use]
    pub fn partition(pk: impl Into<String>) -> Self {
        Self {
            pk: pk.into(),
            range: Range::All,
            index: false,
            backwards: false,
            consistency: Consistency::Eventual,
            limit: None,
            page_size: None,
            only: Vec::new(),
            after: None,
        }
    }

    /// Everything in a partition of the desk index. Always eventually consistent.
    #[must_use]
    pub fn desk_index(gpk: impl Into<String>) -> Self {
        let mut query = Self::partition(gpk);
        query.index = true;
        query
    }

    /// Only sort keys that begin so.
    #[must_use]
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.range = Range::Prefix(prefix.into());
        self
    }

    /// Only sort keys from `first` to `last`, both included.
    #[must_use]
    pub fn between(mut self, first: impl Into<String>, last: impl Into<String>) -> Self {
        self.range = Range::Between(first.into(), last.into());
        self
    }

    /// Only sort keys from `first` on, included.
    #[must_use]
    pub fn from(mut self, first: impl Into<String>) -> Self {
        self.range = Range::From(first.into());
        self
    }

    /// The last sort key first.
    #[must_use]
    pub fn backwards(mut self) -> Self {
        self.backwards = true;
        self
    }

    /// Sees every acknowledged write, for twice the units.
    #[must_use]
    pub fn strong(mut self) -> Self {
        self.consistency = Consistency::Strong;
        self
    }

    /// At most so many items in all.
    #[must_use]
    pub fn limit(mut self, items: usize) -> Self {
        self.limit = Some(items);
        self
    }

    /// At most so many items in one call; the table has its own limit of 1 MB besides.
    #[must_use]
    pub fn page_size(mut self, items: u16) -> Self {
        self.page_size = Some(i32::from(items));
        self
    }

    /// Only these attributes of each item. Saves bytes, not read units.
    #[must_use]
    pub fn only(mut self, attributes: &[&'static str]) -> Self {
        self.only = attributes.to_vec();
        self
    }

    /// Goes on where a page ended.
    #[must_use]
    pub fn after(mut self, cursor: Cursor) -> Self {
        self.after = Some(cursor);
        self
    }
}

impl Store {
    /// All items that answer `query`, up to its limit, in as many calls as that takes.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn query(&self, table: Table, mut query: Query) -> Result<Vec<Item>, StoreError> {
        let mut items = Vec::new();
        let limit = query.limit;
        loop {
            query.limit = limit.map(|limit| limit - items.len());
            if query.limit == Some(0) {
                return Ok(items);
            }
            let page = self.query_page(table, &query).await?;
            items.extend(page.items);
            match page.next {
                Some(next) => query.after = Some(next),
                None => return Ok(items),
            }
        }
    }

    /// One page: at most the smaller of limit and page size.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn query_page(&self, table: Table, query: &Query) -> Result<Page, StoreError> {
        let mut rendered = Rendered::default();
        let condition = key_condition(query, &mut rendered);
        let projection: Vec<String> = query.only.iter().map(|name| rendered.name(name)).collect();
        let limit =
            [query.limit.and_then(|n| i32::try_from(n).ok()), query.page_size].into_iter().flatten().min();
        let _waiting = self.meter().count_call();
        let answer = self
            .client()
            .query()
            .table_name(self.table_name(table))
            .set_index_name(query.index.then(|| DESK_INDEX.to_owned()))
            .key_condition_expression(condition)
            .set_projection_expression((!projection.is_empty()).then(|| projection.join(", ")))
            .set_expression_attribute_names(rendered.names())
            .set_expression_attribute_values(rendered.values())
            .consistent_read(query.consistency.is_strong() && !query.index)
            .scan_index_forward(!query.backwards)
            .set_limit(limit)
            .set_exclusive_start_key(query.after.clone().map(|Cursor(key)| key))
            .return_consumed_capacity(ReturnConsumedCapacity::Total)
            .send()
            .await
            .map_err(|error| store_error("Query", error))?;
        self.meter().count_units(Cost::Read, answer.consumed_capacity());
        Ok(page(answer.items, answer.last_evaluated_key))
    }

    /// A page of a whole table, read strongly, for export and repair. Never on a request path.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn export_page(&self, table: Table, after: Option<Cursor>) -> Result<Page, StoreError> {
        let _waiting = self.meter().count_scan();
        let answer = self
            .client()
            .scan()
            .table_name(self.table_name(table))
            .consistent_read(true)
            .set_exclusive_start_key(after.map(|Cursor(key)| key))
            .return_consumed_capacity(ReturnConsumedCapacity::Total)
            .send()
            .await
            .map_err(|error| store_error("Scan", error))?;
        self.meter().count_units(Cost::Read, answer.consumed_capacity());
        Ok(page(answer.items, answer.last_evaluated_key))
    }
}

fn page(items: Option<Vec<Attributes>>, next: Option<Attributes>) -> Page {
    Page {
        items: items.unwrap_or_default().into_iter().map(Item::from_table).collect(),
        next: next.filter(|key| !key.is_empty()).map(Cursor),
    }
}

fn key_condition(query: &Query, rendered: &mut Rendered) -> String {
    let (pk_name, sk_name) = if query.index { (GPK, GSK) } else { (PK, SK) };
    let pk = rendered.name(pk_name);
    let pk_value = rendered.value(text_value(&query.pk));
    let partition = format!("{pk} = {pk_value}");
    let range = match &query.range {
        Range::All => return partition,
        Range::Prefix(prefix) => {
            let value = rendered.value(text_value(prefix));
            format!("begins_with({}, {value})", rendered.name(sk_name))
        }
        Range::Between(first, last) => {
            let first = rendered.value(text_value(first));
            let last = rendered.value(text_value(last));
            format!("{} BETWEEN {first} AND {last}", rendered.name(sk_name))
        }
        Range::From(first) => {
            let value = rendered.value(text_value(first));
            format!("{} >= {value}", rendered.name(sk_name))
        }
    };
    format!("{partition} AND {range}")
}
