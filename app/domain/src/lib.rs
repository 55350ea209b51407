//! The rules of Last Metre: places, menus, windows, jobs, needs, and the facts that tell what happened.
//!
//! Deliberately absent: no clock, no randomness, no async, no AWS, no DOM. Time and ids come in as
//! arguments, so that the phone and the server run the very same code on the very same facts.

// The derive of `json::Json` names this crate, in this crate too.
extern crate self as domain;

pub mod actor;
pub mod admit;
pub mod board;
pub mod care;
pub mod community;
pub(crate) mod crockford;
pub mod dispute;
pub mod door_code;
pub mod draft;
pub mod elevation;
pub mod enrolment_code;
pub mod erasure;
pub mod fact;
pub mod feed;
pub mod form;
pub mod form_code;
#[cfg(feature = "rounds")]
pub mod handover;
pub mod household;
pub mod ids;
pub mod job;
pub mod json;
pub mod lang;
pub mod ledger;
pub mod load;
pub mod look;
pub mod map;
pub mod mark_form;
pub mod menu;
pub mod money;
pub mod need;
pub mod office;
pub mod order;
pub mod outbox;
pub mod paper;
pub mod picklist;
pub mod places;
pub mod quantity;
pub mod quiet;
pub mod round;
pub mod small;
pub mod tally;
pub mod text;
pub mod time;
pub mod timeline;
pub mod wall;
#[cfg(feature = "rounds")]
pub mod way;
pub mod window;
pub mod wire;

pub use ids::{
    BuildingId, CommunityId, CompoundId, DoorId, FactId, HouseholdId, MenuCode, NoticeId, PersonId, RunId,
};
pub use lang::{Lang, Name};
pub use money::Fen;
pub use quantity::{Quantity, Unit};
pub use time::{Millis, Shown};
pub use wall::Wall;
