//! What only the server on one machine does: fill an empty folder, greet whoever started it, stop cleanly.

pub mod demo;
pub mod demo_facts;
pub mod ready;
pub mod signals;
#[cfg(feature = "tls")]
pub mod tls;
pub mod voice;
