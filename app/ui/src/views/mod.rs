//! What a page shows: pure functions of the feed, the facts still waiting on the phone, the time and the language.
//! The server renders them into the page; the islands render the very same ones. No storage, no clock.

#[cfg(any(feature = "ssr", feature = "field"))]
pub mod handover;
pub mod home;
pub mod household;
pub mod ledger_words;
pub mod need;
pub mod order;
pub mod outbox;
#[cfg(any(feature = "ssr", feature = "field"))]
pub mod round;
#[cfg(any(feature = "ssr", feature = "field"))]
pub mod scan;
pub mod scene;
#[cfg(any(feature = "ssr", feature = "field"))]
pub mod stop;
pub mod words;
