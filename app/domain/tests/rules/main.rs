//! The rules, tried as people acting: one small neighbourhood, and what its people do in any order.
#![allow(clippy::unwrap_used, missing_docs)]

mod converge;
mod errands;
mod folds;
mod gate;
mod handover;
mod look;
mod outbox;
mod second_thoughts;
mod whole_window;
mod world;
