//! The parts that pages are made of: pure functions from data to view. No server calls, no state, no clock.

pub mod icon;
