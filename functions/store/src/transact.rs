//! Several writes that happen all or not at all. Twice the units of single writes, so only where
//! two items must agree (stock and order, pointer and log).

use crate::client::Store;
use crate::error::StoreError;
use crate::expression::{Condition, Rendered, Update};
use crate::item::{Item, Key};
use crate::meter::Cost;
use crate::retry;
use crate::sdk_error::{cancelled, store_error};
use crate::table::Table;
use crate::table_ops::built;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{
    ConditionCheck, Delete as SdkDelete, Put as SdkPut, ReturnConsumedCapacity,
    ReturnValuesOnConditionCheckFailure as OnFailure, TransactWriteItem, Update as SdkUpdate,
};

/// Writes in one transaction: DynamoDB's limit.
pub const TRANSACTION_LIMIT: usize = 100;

/// One part of a transaction. No two parts may name the same key.
#[derive(Debug, Clone, PartialEq)]
pub enum Write {
    /// A whole item.
    Put(Table, Item, Condition),
    /// Some attributes of one.
    Update(Table, Update),
    /// No item any more.
    Delete(Table, Key, Condition),
    /// Nothing, but the condition must hold.
    Check(Table, Key, Condition),
}

impl Store {
    /// All of `writes`, or none. Repeated when another transaction is in the way; a lost answer is
    /// repeated under one token, so that it counts once (within ten minutes; the embedded table
    /// forgets tokens when its process ends).
    ///
    /// # Errors
    /// [`StoreError::TransactionRefused`] names the writes whose condition failed, with what is
    /// there; [`StoreError::TransactionConflict`] when others were in the way each time;
    /// [`StoreError::TooLarge`].
    pub async fn transact(&self, writes: Vec<Write>) -> Result<(), StoreError> {
        if writes.len() > TRANSACTION_LIMIT {
            return Err(StoreError::TooLarge {
                what: "transaction",
                size: writes.len(),
                limit: TRANSACTION_LIMIT,
            });
        }
        if writes.is_empty() {
            return Ok(());
        }
        let whole = |write: &Write| match write {
            Write::Put(Table::Main, item, _) => Some(item.clone()),
            _ => None,
        };
        let whole: Vec<Item> = writes.iter().filter_map(whole).collect();
        let parts: Vec<TransactWriteItem> =
            writes.into_iter().map(|write| self.part(write)).collect::<Result<_, _>>()?;
        let written = retry::while_in_the_way(self.retry(), || async {
            let _waiting = self.meter().count_call();
            let answer = self
                .client()
                .transact_write_items()
                .set_transact_items(Some(parts.clone()))
                .return_consumed_capacity(ReturnConsumedCapacity::Total)
                .send()
                .await
                .map_err(|error| match error.as_service_error() {
                    Some(TransactWriteItemsError::TransactionCanceledException(why)) => {
                        cancelled(why.cancellation_reasons())
                    }
                    _ => store_error("TransactWriteItems", error),
                })?;
            self.meter().count_units(Cost::Write, answer.consumed_capacity());
            Ok(())
        })
        .await;
        for item in whole {
            self.committed(&written, || item);
        }
        written
    }

    fn part(&self, write: Write) -> Result<TransactWriteItem, StoreError> {
        let part = TransactWriteItem::builder();
        let built = |error| built("TransactWriteItems", &error);
        Ok(match write {
            Write::Put(table, item, condition) => {
                let rendered = Rendered::condition(&condition);
                let put = SdkPut::builder()
                    .table_name(self.table_name(table))
                    .set_item(Some(item.into_attributes()?))
                    .set_condition_expression(rendered.condition.clone())
                    .set_expression_attribute_names(rendered.names())
                    .set_expression_attribute_values(rendered.values())
                    .return_values_on_condition_check_failure(OnFailure::AllOld);
                part.put(put.build().map_err(built)?).build()
            }
            Write::Update(table, update) => {
                let rendered = Rendered::update(&update);
                let change = SdkUpdate::builder()
                    .table_name(self.table_name(table))
                    .set_key(Some(update.key.attributes()))
                    .set_update_expression(rendered.update.clone())
                    .set_condition_expression(rendered.condition.clone())
                    .set_expression_attribute_names(rendered.names())
                    .set_expression_attribute_values(rendered.values())
                    .return_values_on_condition_check_failure(OnFailure::AllOld);
                part.update(change.build().map_err(built)?).build()
            }
            Write::Delete(table, key, condition) => {
                let rendered = Rendered::condition(&condition);
                let delete = SdkDelete::builder()
                    .table_name(self.table_name(table))
                    .set_key(Some(key.attributes()))
                    .set_condition_expression(rendered.condition.clone())
                    .set_expression_attribute_names(rendered.names())
                    .set_expression_attribute_values(rendered.values())
                    .return_values_on_condition_check_failure(OnFailure::AllOld);
                part.delete(delete.build().map_err(built)?).build()
            }
            Write::Check(table, key, condition) => {
                let rendered = Rendered::condition(&condition);
                let check = ConditionCheck::builder()
                    .table_name(self.table_name(table))
                    .set_key(Some(key.attributes()))
                    .set_condition_expression(rendered.condition.clone())
                    .set_expression_attribute_names(rendered.names())
                    .set_expression_attribute_values(rendered.values())
                    .return_values_on_condition_check_failure(OnFailure::AllOld);
                part.condition_check(check.build().map_err(built)?).build()
            }
        })
    }
}
