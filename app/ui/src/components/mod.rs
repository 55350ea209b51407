//! The parts that pages are made of: pure functions from data to view. No server calls, no state, no clock.
//!
//! What a part tells, it tells as the browser does: a link is followed, a form is sent, an input changes. What lives
//! on a phone listens to those events from outside the parts, so that the same markup works with script off.
//! No part sets a `style` attribute: the content security policy forbids it. Looks are in `app/ui/style`.

pub mod action;
pub mod choice;
pub mod elevation;
pub mod field;
pub mod glyph;
pub mod icon;
pub mod layout;
pub mod markup;
pub mod message;
#[cfg(test)]
mod palette;
pub mod progress;
pub mod qr;
pub mod stepper;
pub mod stop;
pub mod timeline;
