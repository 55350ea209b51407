//! The typed layer of the table, on every backend: facts, stock, needs, the desk's things, sessions,
//! codes, care. The verbs below it are tested in `store_contract`.

mod care;
mod codes;
mod community;
mod due;
mod facts;
mod faults;
pub(crate) mod needs;
mod once;
mod reading;
mod shapes;
mod stock;
pub(crate) mod street;
mod units;
