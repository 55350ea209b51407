//! What the desk types into its own records: windows, menus, people, notices, settings. Each form is read here into
//! the typed record or into faults that name their fields; nothing is written and no form is drawn here.

mod area;
mod cover;
mod errands_form;
mod fault;
mod find;
mod household_form;
mod meanwhile;
mod menu_form;
mod records;
mod window_form;

pub use area::{area_fields, read_area};
pub use cover::{Uncovered, uncovered, without_anybody};
pub use errands_form::{errands_fields, new_errands, read_errands};
pub(crate) use fault::narrow;
pub use fault::{Fault, Faults};
pub use find::{find_doors, telephone};
pub use household_form::{household_fields, read_household};
pub use meanwhile::{filled_with, joined, opened};
pub use menu_form::{ItemRow, item_rows, menu_fields, read_menu};
pub use records::{notice_fields, person_fields, read_notice, read_person, read_settings, settings_fields};
pub use window_form::{moved_copy, new_window, read_boxes, read_closing, read_window, window_fields};
