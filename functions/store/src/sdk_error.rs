//! From the SDK's errors to [`StoreError`]. Decided by type and by DynamoDB's error codes (part of
//! its protocol), never by the text of a message.

use crate::error::{RefusedWrite, StoreError};
use crate::fault::EmbeddedFault;
use crate::item::Item;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::types::CancellationReason;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use std::error::Error;
use std::time::Duration;

/// How long a phone waits after the embedded queue was full: about the time to work through it.
const BUSY_RETRY_AFTER: Duration = Duration::from_secs(1);

/// Any failed call whose own error type holds nothing more than a code.
pub(crate) fn store_error<E>(operation: &'static str, error: SdkError<E, HttpResponse>) -> StoreError
where
    E: ProvideErrorMetadata + Error + Send + Sync + 'static,
{
    match error {
        SdkError::ServiceError(context) => {
            let status = context.raw().status().as_u16();
            let code = context.err().code().unwrap_or("no code").to_owned();
            by_code(operation, code, status, context.into_err())
        }
        SdkError::DispatchFailure(failure) => {
            let fault = failure
                .as_connector_error()
                .and_then(Error::source)
                .and_then(|source| source.downcast_ref::<EmbeddedFault>());
            match fault {
                Some(fault) => embedded(fault),
                None => unreachable_table(SdkError::<E, HttpResponse>::DispatchFailure(failure)),
            }
        }
        SdkError::ConstructionFailure(failure) => {
            StoreError::Invalid { operation, code: format!("{failure:?}") }
        }
        other => unreachable_table(other),
    }
}

fn unreachable_table<E: Error + Send + Sync + 'static>(error: SdkError<E, HttpResponse>) -> StoreError {
    StoreError::Unreachable { source: Box::new(error) }
}

pub(crate) fn embedded(fault: &EmbeddedFault) -> StoreError {
    match fault {
        EmbeddedFault::Busy => StoreError::Busy { retry_after: BUSY_RETRY_AFTER },
        EmbeddedFault::Full => StoreError::Full,
        EmbeddedFault::ReadOnly => StoreError::ReadOnly,
        EmbeddedFault::Disk(said) => StoreError::Disk { source: said.clone().into() },
        EmbeddedFault::Poisoned | EmbeddedFault::Stopped => StoreError::Poisoned,
    }
}

fn by_code(
    operation: &'static str,
    code: String,
    status: u16,
    source: impl Error + Send + Sync + 'static,
) -> StoreError {
    match code.as_str() {
        "ConditionalCheckFailedException" => StoreError::Conflict { current: None },
        "TransactionConflictException" | "TransactionInProgressException" => StoreError::TransactionConflict,
        "ProvisionedThroughputExceededException"
        | "ThrottlingException"
        | "RequestLimitExceeded"
        | "LimitExceededException" => StoreError::Throttled,
        "ResourceNotFoundException" => {
            StoreError::NotSetUp { table: String::new(), why: "it does not exist".to_owned() }
        }
        "AccessDeniedException"
        | "UnrecognizedClientException"
        | "ExpiredTokenException"
        | "InvalidSignatureException"
        | "IncompleteSignatureException"
        | "MissingAuthenticationTokenException" => StoreError::Denied { code },
        _ if status >= 500 => StoreError::Unreachable { source: Box::new(source) },
        _ => StoreError::Invalid { operation, code },
    }
}

/// A cancelled transaction: a failed condition outweighs a conflict, for repeating does not help.
pub(crate) fn cancelled(reasons: &[CancellationReason]) -> StoreError {
    let mut refused = Vec::new();
    let (mut conflict, mut throttled, mut other) = (false, false, None);
    for (index, reason) in reasons.iter().enumerate() {
        match reason.code() {
            None | Some("None") => {}
            Some("ConditionalCheckFailed") => refused.push(RefusedWrite {
                index,
                current: reason.item().map(|item| Item::from_table(item.clone())),
            }),
            Some("TransactionConflict") => conflict = true,
            Some("ThrottlingError" | "ProvisionedThroughputExceeded") => throttled = true,
            Some(code) => other = Some(code.to_owned()),
        }
    }
    match other {
        _ if !refused.is_empty() => StoreError::TransactionRefused { refused },
        Some(code) => StoreError::Invalid { operation: "TransactWriteItems", code },
        None if throttled && !conflict => StoreError::Throttled,
        None => StoreError::TransactionConflict,
    }
}
