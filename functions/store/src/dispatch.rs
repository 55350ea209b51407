//! One DynamoDB call, answered by `dynoxide` in this process: JSON in, JSON out. No queue, lock or
//! thread here, and only the operations this crate uses.

use dynoxide::{Database, DynoxideError};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Prefix of the `x-amz-target` header.
const TARGET_PREFIX: &str = "DynamoDB_20120810.";

/// Status and JSON body of an answer.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: String,
}

/// What went wrong below DynamoDB's own vocabulary, in the engine's words.
#[derive(Debug)]
pub(crate) struct StorageFailure(pub(crate) String);

/// Answers one call.
pub(crate) fn answer(db: &Database, target: &str, body: &[u8]) -> Result<Reply, StorageFailure> {
    match operation(db, target, body) {
        Ok(body) => Ok(Reply { status: 200, body }),
        Err(DynoxideError::InternalServerError(message)) => Err(StorageFailure(message)),
        Err(error @ DynoxideError::SqliteError(_)) => Err(StorageFailure(error.to_string())),
        Err(error) => Ok(Reply { status: error.status_code(), body: error.to_json() }),
    }
}

fn operation(db: &Database, target: &str, body: &[u8]) -> dynoxide::Result<String> {
    match target.strip_prefix(TARGET_PREFIX).unwrap_or(target) {
        "GetItem" => through(body, |request| db.get_item(request)),
        "PutItem" => through(body, |request| db.put_item(request)),
        "Query" => through(body, |request| db.query(request)),
        "UpdateItem" => through(body, |request| db.update_item(request)),
        "DeleteItem" => through(body, |request| db.delete_item(request)),
        "TransactWriteItems" => through(body, |request| db.transact_write_items(request)),
        "BatchGetItem" => through(body, |request| db.batch_get_item(request)),
        "BatchWriteItem" => through(body, |request| db.batch_write_item(request)),
        "Scan" => through(body, |request| db.scan(request)),
        "DescribeTable" => through(body, |request| db.describe_table(request)),
        "CreateTable" => through(body, |request| db.create_table(request)),
        "DescribeTimeToLive" => through(body, |request| db.describe_time_to_live(request)),
        "UpdateTimeToLive" => through(body, |request| db.update_time_to_live(request)),
        #[allow(clippy::panic)]
        "PanicInside" => panic!("a test asked the embedded table to break"),
        other => Err(DynoxideError::ValidationException(format!("the embedded table does not know {other}"))),
    }
}

fn through<Request: DeserializeOwned, Response: Serialize>(
    body: &[u8],
    call: impl FnOnce(Request) -> dynoxide::Result<Response>,
) -> dynoxide::Result<String> {
    let request = serde_json::from_slice(body)
        .map_err(|error| DynoxideError::SerializationException(error.to_string()))?;
    let response = call(request)?;
    serde_json::to_string(&response).map_err(|error| DynoxideError::SerializationException(error.to_string()))
}
