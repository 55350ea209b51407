//! Pages and islands: data in, view out. No storage, no HTTP handlers, no rules (those are in `domain`).

// A page of the server is one nested type, deeper than the default.
#![recursion_limit = "256"]

pub mod components;
pub mod islands;
pub mod locales;
#[cfg(feature = "hydrate")]
pub mod outbox;
#[cfg(feature = "ssr")]
pub mod pages;
mod prelude;
pub mod text;
pub mod views;

/// A phone's program asks for little memory and pays for every byte of code (`ARCHITECTURE.md`).
#[cfg(all(feature = "hydrate", target_family = "wasm"))]
#[global_allocator]
static MEMORY: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();
