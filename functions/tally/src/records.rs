//! Records as they come: from DynamoDB's stream, or from the table of one machine. Each is read alone, so that one that
//! cannot be read is named and blocks no other.

use serde_json::Value;
use store::{Change, Item, Key, StoreError, item_of_image, key_of_record};

/// A record.
#[derive(Debug)]
pub struct Record {
    /// Its name in its stream: what a failure is reported by.
    pub id: String,
    /// Where its item stands.
    pub place: Key,
    /// What it says.
    pub read: Read,
}

/// What a record says.
#[derive(Debug)]
pub enum Read {
    /// Something that happened.
    Change(Box<Change>),
    /// Nothing that is tallied: a removal, a counter, a session's neighbour.
    Nothing,
    /// It should say something and cannot be read, for this reason.
    Unreadable(String),
}

impl Record {
    /// From an item of one machine's table.
    #[must_use]
    pub fn of_item(item: Item) -> Self {
        let place = item.key().unwrap_or_else(|_| Key::from_parts("", ""));
        Self { id: format!("{} {}", place.pk(), place.sk()), place, read: read(Ok(item)) }
    }
}

/// The records of a stream event, in their order.
#[must_use]
pub fn stream_records(event: &Value) -> Vec<Record> {
    let records = event.get("Records").and_then(Value::as_array);
    records.into_iter().flatten().map(stream_record).collect()
}

fn stream_record(record: &Value) -> Record {
    let change = record.get("dynamodb").unwrap_or(&Value::Null);
    let id = change.get("SequenceNumber").and_then(Value::as_str).unwrap_or_default().to_owned();
    let place = key_of_record(change.get("Keys").unwrap_or(&Value::Null));
    let read = match (record.get("eventName").and_then(Value::as_str), change.get("NewImage")) {
        // What expires or is taken away is no news.
        (Some("REMOVE"), _) => Read::Nothing,
        (Some(_), Some(image)) => read(item_of_image(image.clone())),
        (Some(_), None) => Read::Unreadable("it has no new image".to_owned()),
        (None, _) => Read::Unreadable("it is no record of a stream".to_owned()),
    };
    Record { id, place, read }
}

fn read(item: Result<Item, StoreError>) -> Read {
    match item.and_then(Change::read) {
        Ok(Some(change)) => Read::Change(Box::new(change)),
        Ok(None) => Read::Nothing,
        Err(error) => Read::Unreadable(why(&error)),
    }
}

/// The reason without what the item holds: `serde` names the field and the kind of mistake, which may quote a value.
fn why(error: &StoreError) -> String {
    match error {
        StoreError::Corrupt { wanted, source } => {
            let detail = source.to_string();
            let field = detail.split('`').nth(1).filter(|field| field.len() <= 40 && !detail.contains('"'));
            match field {
                Some(field) => format!("it cannot be read as {wanted} ({field})"),
                None => format!("it cannot be read as {wanted}"),
            }
        }
        error => error.to_string(),
    }
}
