//! The desk keeps its own records: ledger, menus, windows, people, notices, settings; as forms through the whole
//! router, over the embedded table in memory.

mod bad_files;
mod hands;
mod import;
mod menus;
mod notices;
mod people;
mod together;
mod windows;
