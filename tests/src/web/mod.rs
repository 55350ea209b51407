//! The server as people and phones meet it: requests through the whole router, over the embedded table in memory,
//! with a clock that stands still until a test moves it.

mod across;
mod at_door;
mod bad_input;
mod care;
mod crowd;
mod drawn;
mod enrolment;
mod facts;
mod find;
mod flat;
mod forms;
mod gone;
mod input;
pub(crate) mod logs;
mod needs;
mod paper;
mod parcels;
mod passkeys;
mod people_of_the_stage;
mod print;
mod rights;
mod sealing;
pub(crate) mod stage;
mod strangers;
mod units;
mod unread;
