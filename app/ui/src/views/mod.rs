//! What a page shows: pure functions of the feed, the facts still waiting on the phone, the time and the language.
//! The server renders them into the page; the islands render the very same ones. No storage, no clock.

pub mod home;
pub mod household;
pub mod ledger_words;
pub mod need;
pub mod order;
pub mod outbox;
pub mod round;
pub mod scan;
pub mod scene;
pub mod stop;
pub mod words;
