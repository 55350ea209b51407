//! Pages and islands: data in, view out. No storage, no HTTP handlers, no rules (those are in `domain`).

pub mod components;
pub mod locales;
pub mod views;
