//! The verbs of the table: get, put, delete, update, query, batches. Transactions are in
//! `transact.rs`; what is read and written, and under which key, is decided by the typed modules.

use crate::client::Store;
use crate::error::StoreError;
use crate::expression::{Condition, Rendered, Update};
use crate::item::{Item, Key};
use crate::meter::Cost;
use crate::retry;
use crate::sdk_error::store_error;
use crate::table::Table;
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::delete_item::DeleteItemError;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::{
    KeysAndAttributes, PutRequest, ReturnConsumedCapacity, ReturnValue, ReturnValuesOnConditionCheckFailure,
    WriteRequest,
};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Keys in one `BatchGetItem`, items in one `BatchWriteItem`: DynamoDB's limits.
const BATCH_GET_KEYS: usize = 100;
const BATCH_PUT_ITEMS: usize = 25;

/// Whether a read must see every write acknowledged before it (twice the units).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consistency {
    /// May be some milliseconds behind; half the units.
    Eventual,
    /// Sees every acknowledged write. Not possible on the index.
    Strong,
}

impl Consistency {
    /// Whether every acknowledged write is seen.
    #[must_use]
    pub fn is_strong(self) -> bool {
        self == Self::Strong
    }
}

impl Store {
    /// The item at `key`.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn get(
        &self,
        table: Table,
        key: &Key,
        consistency: Consistency,
    ) -> Result<Option<Item>, StoreError> {
        let _waiting = self.meter().count_call();
        let answer = self
            .client()
            .get_item()
            .table_name(self.table_name(table))
            .set_key(Some(key.attributes()))
            .consistent_read(consistency.is_strong())
            .return_consumed_capacity(ReturnConsumedCapacity::Total)
            .send()
            .await
            .map_err(|error| store_error("GetItem", error))?;
        self.meter().count_units(Cost::Read, answer.consumed_capacity());
        Ok(answer.item.map(Item::from_table))
    }

    /// Writes a whole item when `condition` holds.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] with what is there when the condition fails. **After a lost answer
    /// a retry can meet its own write**: whoever puts with [`Condition::Absent`] compares `current`
    /// with what it sent.
    pub async fn put(&self, table: Table, item: Item, condition: Condition) -> Result<(), StoreError> {
        let attributes = item.into_attributes()?;
        let rendered = Rendered::condition(&condition);
        let written = retry::while_in_the_way(self.retry(), || async {
            let _waiting = self.meter().count_call();
            let answer = self
                .client()
                .put_item()
                .table_name(self.table_name(table))
                .set_item(Some(attributes.clone()))
                .set_condition_expression(rendered.condition.clone())
                .set_expression_attribute_names(rendered.names())
                .set_expression_attribute_values(rendered.values())
                .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
                .return_consumed_capacity(ReturnConsumedCapacity::Total)
                .send()
                .await
                .map_err(put_error)?;
            self.meter().count_units(Cost::Write, answer.consumed_capacity());
            Ok(())
        })
        .await;
        if table == Table::Main {
            self.committed(&written, || Item::from_table(attributes));
        }
        written
    }

    /// Deletes the item at `key` when `condition` holds; nothing there is no error.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] with what is there when the condition fails.
    pub async fn delete(&self, table: Table, key: &Key, condition: Condition) -> Result<(), StoreError> {
        let rendered = Rendered::condition(&condition);
        retry::while_in_the_way(self.retry(), || async {
            let _waiting = self.meter().count_call();
            let answer = self
                .client()
                .delete_item()
                .table_name(self.table_name(table))
                .set_key(Some(key.attributes()))
                .set_condition_expression(rendered.condition.clone())
                .set_expression_attribute_names(rendered.names())
                .set_expression_attribute_values(rendered.values())
                .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
                .return_consumed_capacity(ReturnConsumedCapacity::Total)
                .send()
                .await
                .map_err(delete_error)?;
            self.meter().count_units(Cost::Write, answer.consumed_capacity());
            Ok(())
        })
        .await
    }

    /// Changes attributes of one item and returns the whole item as it is now.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] with what is there when the condition fails. An update that adds is
    /// not safe to repeat after [`StoreError::outcome_unknown`], and the SDK repeats a lost answer:
    /// put such a change into a transaction, whose token makes it count once.
    pub async fn update(&self, table: Table, update: Update) -> Result<Item, StoreError> {
        let rendered = Rendered::update(&update);
        retry::while_in_the_way(self.retry(), || async {
            let _waiting = self.meter().count_call();
            let answer = self
                .client()
                .update_item()
                .table_name(self.table_name(table))
                .set_key(Some(update.key.attributes()))
                .set_update_expression(rendered.update.clone())
                .set_condition_expression(rendered.condition.clone())
                .set_expression_attribute_names(rendered.names())
                .set_expression_attribute_values(rendered.values())
                .return_values(ReturnValue::AllNew)
                .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
                .return_consumed_capacity(ReturnConsumedCapacity::Total)
                .send()
                .await
                .map_err(update_error)?;
            self.meter().count_units(Cost::Write, answer.consumed_capacity());
            Ok(Item::from_table(answer.attributes.unwrap_or_default()))
        })
        .await
    }

    /// The items at these keys, by key; keys without an item are not in the answer.
    ///
    /// # Errors
    /// [`StoreError::Throttled`] when the table keeps leaving keys out.
    pub async fn batch_get(
        &self,
        table: Table,
        keys: impl IntoIterator<Item = Key>,
        consistency: Consistency,
    ) -> Result<BTreeMap<Key, Item>, StoreError> {
        // The table refuses a batch that names a key twice.
        let keys: Vec<Key> = keys.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
        let mut found = BTreeMap::new();
        for chunk in keys.chunks(BATCH_GET_KEYS) {
            let wanted = KeysAndAttributes::builder()
                .set_keys(Some(chunk.iter().map(Key::attributes).collect()))
                .consistent_read(consistency.is_strong())
                .build()
                .map_err(|error| built("BatchGetItem", &error))?;
            let mut asked = HashMap::from([(self.table_name(table).to_owned(), wanted)]);
            let mut pauses = retry::Pauses::new(self.retry());
            while !asked.is_empty() {
                let _waiting = self.meter().count_call();
                let answer = self
                    .client()
                    .batch_get_item()
                    .set_request_items(Some(asked))
                    .return_consumed_capacity(ReturnConsumedCapacity::Total)
                    .send()
                    .await
                    .map_err(|error| store_error("BatchGetItem", error))?;
                self.meter().count_units(Cost::Read, answer.consumed_capacity());
                for attributes in answer.responses.unwrap_or_default().into_values().flatten() {
                    let item = Item::from_table(attributes);
                    found.insert(item.key()?, item);
                }
                asked = answer.unprocessed_keys.unwrap_or_default();
                if !asked.is_empty() {
                    pauses.next().await?;
                }
            }
        }
        Ok(found)
    }

    /// Writes many whole items without conditions and **not** as one transaction: for bulk data
    /// that becomes visible by one pointer afterwards.
    ///
    /// # Errors
    /// [`StoreError::Throttled`] when the table keeps leaving items out; some are then written.
    pub async fn batch_put(
        &self,
        table: Table,
        items: impl IntoIterator<Item = Item>,
    ) -> Result<(), StoreError> {
        let mut requests = Vec::new();
        for item in items {
            let put = PutRequest::builder()
                .set_item(Some(item.into_attributes()?))
                .build()
                .map_err(|error| built("BatchWriteItem", &error))?;
            requests.push(WriteRequest::builder().put_request(put).build());
        }
        for chunk in requests.chunks(BATCH_PUT_ITEMS) {
            let mut asked = HashMap::from([(self.table_name(table).to_owned(), chunk.to_vec())]);
            let mut pauses = retry::Pauses::new(self.retry());
            while !asked.is_empty() {
                let _waiting = self.meter().count_call();
                let answer = self
                    .client()
                    .batch_write_item()
                    .set_request_items(Some(asked))
                    .return_consumed_capacity(ReturnConsumedCapacity::Total)
                    .send()
                    .await
                    .map_err(|error| store_error("BatchWriteItem", error))?;
                self.meter().count_units(Cost::Write, answer.consumed_capacity());
                asked = answer.unprocessed_items.unwrap_or_default();
                if !asked.is_empty() {
                    pauses.next().await?;
                }
            }
        }
        Ok(())
    }
}

pub(crate) fn built(operation: &'static str, error: &aws_sdk_dynamodb::error::BuildError) -> StoreError {
    StoreError::Invalid { operation, code: error.to_string() }
}

fn put_error(error: SdkError<PutItemError, HttpResponse>) -> StoreError {
    match error.as_service_error() {
        Some(PutItemError::ConditionalCheckFailedException(refused)) => conflict(refused.item()),
        _ => store_error("PutItem", error),
    }
}

fn delete_error(error: SdkError<DeleteItemError, HttpResponse>) -> StoreError {
    match error.as_service_error() {
        Some(DeleteItemError::ConditionalCheckFailedException(refused)) => conflict(refused.item()),
        _ => store_error("DeleteItem", error),
    }
}

fn update_error(error: SdkError<UpdateItemError, HttpResponse>) -> StoreError {
    match error.as_service_error() {
        Some(UpdateItemError::ConditionalCheckFailedException(refused)) => conflict(refused.item()),
        _ => store_error("UpdateItem", error),
    }
}

fn conflict(current: Option<&crate::item::Attributes>) -> StoreError {
    StoreError::Conflict { current: current.map(|item| Box::new(Item::from_table(item.clone()))) }
}
