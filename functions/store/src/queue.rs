//! Messages to a queue of AWS (SQS): where a function puts what it could not read, for an operator.

use crate::error::StoreError;
use crate::signed::Call;

const SEND: Call = Call {
    service: "sqs",
    target: "AmazonSQS.SendMessage",
    content_type: "application/x-amz-json-1.0",
    endpoint: "AWS_ENDPOINT_URL_SQS",
};

/// Sends a message to the queue at `url`. Region and credentials come from the environment, as for the table.
///
/// # Errors
/// [`StoreError::Denied`] when the function may not, or there is no such queue; [`StoreError::Unreachable`].
pub async fn send_message(url: &str, message: &serde_json::Value) -> Result<(), StoreError> {
    let body = serde_json::json!({ "QueueUrl": url, "MessageBody": message.to_string() });
    SEND.send(body.to_string()).await.map(drop)
}
