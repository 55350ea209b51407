//! The table: the only crate that names the DynamoDB SDK. Embedded (`dynoxide` in this process),
//! DynamoDB Local and AWS are the same code over different transports. No rules live here.

mod client;
mod dispatch;
mod embedded;
mod error;
mod expression;
mod faults;
mod item;
mod lock;
mod meter;
mod query;
mod retry;
mod sdk_error;
mod table;
mod table_ops;
mod transact;

pub use client::{RetryPolicy, Store, StoreConfig};
pub use error::{RefusedWrite, Source, StoreError};
pub use expression::{Condition, Update};
pub use faults::{Fault, FaultPlan, Faults};
pub use item::{ITEM_LIMIT_BYTES, Item, Key};
pub use meter::{Meter, Usage};
pub use query::{Cursor, Page, Query};
pub use table::{DESK_INDEX, Definition, Table, TableNames};
pub use table_ops::Consistency;
pub use transact::{TRANSACTION_LIMIT, Write};
