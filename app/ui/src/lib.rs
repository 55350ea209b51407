//! Pages and islands: data in, view out. No storage, no HTTP handlers, no rules (those are in `domain`).

// A page is one nested type; hydrating it in one audience's bundle goes deeper than the default.
#![recursion_limit = "256"]

pub mod components;
pub mod islands;
pub mod locales;
pub mod outbox;
#[cfg(feature = "ssr")]
pub mod pages;
pub mod views;
