//! Whose lines may be in a log: this program's own, by the first part of their target.

const OURS: [&str; 5] = ["web", "store", "local", "clock", "tally"];

/// Whether an event is of this program. The SDK's and the runtime's are not for the log: they can hold whole items.
#[must_use]
pub fn is_ours(target: &str) -> bool {
    OURS.iter()
        .any(|name| target == *name || target.strip_prefix(name).is_some_and(|rest| rest.starts_with("::")))
}
