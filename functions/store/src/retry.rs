//! Repeating what the SDK does not: a write that met another transaction, and the rest of a batch.
//! Lost connections and throttling are repeated by the SDK itself.

use crate::client::RetryPolicy;
use crate::error::StoreError;
use std::hash::{BuildHasher, Hasher};
use std::time::Duration;

/// Growing pauses, as many as the policy allows.
pub(crate) struct Pauses {
    policy: RetryPolicy,
    taken: u32,
}

impl Pauses {
    pub(crate) fn new(policy: RetryPolicy) -> Self {
        Self { policy, taken: 0 }
    }

    /// Waits a little, or says that it was enough.
    pub(crate) async fn next(&mut self) -> Result<(), StoreError> {
        self.taken += 1;
        if self.taken >= self.policy.attempts.max(1) {
            return Err(StoreError::Throttled);
        }
        let longest = self
            .policy
            .first_pause
            .saturating_mul(1 << (self.taken - 1).min(16))
            .min(self.policy.longest_pause);
        tokio::time::sleep(longest.mul_f64(jitter())).await;
        Ok(())
    }
}

/// Repeats a write while other transactions are in the way; nothing was written then.
pub(crate) async fn while_in_the_way<T, F: Future<Output = Result<T, StoreError>>>(
    policy: RetryPolicy,
    mut attempt: impl FnMut() -> F,
) -> Result<T, StoreError> {
    let mut pauses = Pauses::new(policy);
    loop {
        match attempt().await {
            Err(StoreError::TransactionConflict) => {
                pauses.next().await.map_err(|_| StoreError::TransactionConflict)?;
            }
            done => return done,
        }
    }
}

/// Between a half and one, so that writers that met do not meet again. The standard library's
/// per-process random keys are random enough for that.
fn jitter() -> f64 {
    let random = std::hash::RandomState::new().build_hasher().finish();
    0.5 + f64::from(u8::try_from(random & 0xff).unwrap_or(0)) / 512.0
}

/// Used by tests that must not wait.
impl RetryPolicy {
    /// As many attempts as usual with hardly a pause.
    #[must_use]
    pub fn impatient() -> Self {
        Self {
            first_pause: Duration::from_micros(100),
            longest_pause: Duration::from_millis(1),
            ..Self::default()
        }
    }
}
