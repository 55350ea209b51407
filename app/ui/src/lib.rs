//! Pages and islands: data in, view out. No storage, no HTTP handlers, no rules (those are in `domain`).

pub mod components;
pub mod islands;
pub mod locales;
#[cfg(feature = "ssr")]
pub mod pages;
pub mod views;
