//! The one clock of the server, so that a test can say what time it is. What happens by time is in `seal`.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use domain::Millis;

/// Tells the time.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    /// A test's time; `None` for the machine's.
    set: Option<Arc<AtomicI64>>,
}

impl Clock {
    /// A clock that stands still until [`Clock::set`] moves it.
    #[must_use]
    pub fn standing_at(now: Millis) -> Self {
        Self { set: Some(Arc::new(AtomicI64::new(now.0))) }
    }

    /// The server's time.
    #[must_use]
    pub fn now(&self) -> Millis {
        match &self.set {
            Some(set) => Millis(set.load(Ordering::Relaxed)),
            None => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                Millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
            }
        }
    }

    /// Moves a standing clock, and every clone of it; the machine's clock is not moved.
    pub fn set(&self, now: Millis) {
        if let Some(set) = &self.set {
            set.store(now.0, Ordering::Relaxed);
        }
    }
}
