//! English. How to add a text: see the module above.

pub(super) mod at_door;
pub(super) mod care;
pub(super) mod common;
pub(super) mod desk;
pub(super) mod enter;
pub(super) mod facts;
pub(super) mod field;
pub(super) mod ledger;
pub(super) mod load;
pub(super) mod office;
pub(super) mod operator;
pub(super) mod paper;
pub(super) mod passkeys;
pub(super) mod print;
pub(super) mod resident;
pub(super) mod windows;
