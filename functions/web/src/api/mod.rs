//! What programs ask for: the outbox of a phone, its service worker, its islands. Pages are in `pages`.

pub mod facts;
pub mod feed;
pub mod me;
pub mod parcels;
