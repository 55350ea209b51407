//! What can go wrong inside the embedded table, as it travels through the SDK. What the caller is told is decided in
//! `sdk_error`.

/// An operation that only the fault injector asks for: it breaks the table from inside.
pub(crate) const PANIC_TARGET: &str = "DynamoDB_20120810.PanicInside";

/// Why the embedded table did not answer; travels through the SDK and is recognised by type.
#[derive(Debug, Clone, thiserror::Error)]
#[cfg_attr(not(feature = "embedded"), allow(dead_code))]
pub(crate) enum EmbeddedFault {
    #[error("the queue of the embedded table is full")]
    Busy,
    #[error("the disk is full")]
    Full,
    #[error("the file is read-only")]
    ReadOnly,
    #[error("the disk does not work")]
    Disk(String),
    #[error("the embedded table broke")]
    Poisoned,
    #[error("the embedded table was stopped")]
    Stopped,
}
