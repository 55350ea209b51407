//! The one test binary: every module below tests across crates. No test lives in this file.

mod acme;
mod asvs;
mod bench;
mod clock;
mod decoder;
mod desk_records;
mod dice;
mod figures;
mod fuzz;
mod infra;
mod moving;
mod runtime;
mod schedules;
mod seeds;
mod store_contract;
mod store_embedded;
mod store_typed;
mod tally;
mod temp_dir;
mod web;
