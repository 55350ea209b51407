//! The functions as AWS runs them: their own binaries, spawned beside an emulator of the Lambda Runtime API, over
//! DynamoDB Local.
//!
//! # The emulator
//! ```ignore
//! let tally = Function::start("tally", &[("LM_TABLE", "main-1")]).await?;   // builds, spawns, waits for its first ask
//! let answer = tally.invoke(&json!({ "Records": [...] })).await?;            // one event in, its answer out
//! let log = tally.log();                                                    // what it wrote to both streams so far
//! ```
//! `start` ends when the function asks for its first event (`Ok`) or when it gives up (`Err(NotStarted)` with the log
//! and what it reported as its init error). `invoke` gives what the function answered, or the error that it reported
//! or died with; events wait in line, as one process answers one at a time. The process ends with the value. Records
//! and schedule events are plain JSON, written as AWS documents them; requests are made and answers read by an [`Edge`]
//! as AWS does there, for a [`Browser`], which keeps cookies, follows redirects and unpacks brotli.
//!
//! What a table is called and where it is: [`local_table`] makes two tables on the DynamoDB Local that the variable
//! `DYNAMODB_LOCAL` names, and says by which environment a function finds them. Without that variable the tests say
//! so and end. Credentials for it are set by `start`. `FUNCTIONS_DIR` names a folder with functions that are built already (`cargo xtask bench` does so).

mod answered;
mod api;
mod browser;
mod edge;
mod edges;
mod events;
mod function;
mod guard;
mod init;
mod job;
mod pages;
mod program;
mod start;
mod table;
mod weight;

pub(crate) use answered::Answered;
pub(crate) use browser::Browser;
pub(crate) use edge::{EDGES, Edge};
pub(crate) use function::{Function, FunctionError};
pub(crate) use program::path as program;
pub(crate) use table::local_table;
