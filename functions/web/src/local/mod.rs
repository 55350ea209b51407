//! What only the server on one machine does: fill an empty folder, greet whoever started it, stop cleanly;
//! and the commands of its operator: export, import, backup, restore, and what stays at an old address.

#[cfg(feature = "tls")]
pub mod acme;
mod aside;
pub mod backup;
pub mod control;
pub mod demo;
pub mod demo_facts;
pub mod erasing;
mod files;
pub mod front;
pub mod moved;
pub mod moving;
pub mod operator;
pub mod place;
pub mod ready;
pub mod signals;
#[cfg(feature = "tls")]
pub mod tls;
pub mod voice;
