//! The table: the only crate that names the DynamoDB SDK. Embedded (`dynoxide` in this process),
//! DynamoDB Local and AWS are the same code over different transports. No rules live here.

mod append;
#[cfg(feature = "aws")]
mod aws;
mod buried;
mod cards;
mod care;
mod catalog;
mod changes;
mod client;
mod codes;
mod community;
mod consent;
#[cfg(feature = "embedded")]
mod dispatch;
mod due;
#[cfg_attr(not(feature = "embedded"), path = "not_embedded.rs")]
mod embedded;
mod error;
mod expression;
mod facts;
mod fault;
mod faults;
#[cfg(feature = "aws")]
pub mod function_log;
mod invites;
mod item;
mod keys;
mod ledger;
#[cfg(feature = "embedded")]
mod lock;
mod meter;
mod moving;
mod needs;
mod news;
#[cfg(feature = "aws")]
mod parameters;
mod parcels;
mod passkeys;
mod placing;
mod pushes;
mod query;
#[cfg(feature = "aws")]
mod queue;
mod retry;
mod sdk_error;
mod secret;
mod sessions;
#[cfg(feature = "aws")]
mod signed;
mod stock;
mod table;
mod table_ops;
mod tallies;
mod targets;
mod throttle;
mod together;
mod transact;
mod unread;
mod uploads;
mod vault;
mod versions;

pub use append::{Appended, HandedIn};
pub use buried::Buried;
pub use cards::CardAt;
pub use care::{Care, CareRead, CareReadRecord, Contact};
pub use catalog::{Catalog, Shelf, Slot};
pub use changes::{Change, image_of_item, item_of_image, key_of_record};
pub use client::{RetryPolicy, Store, StoreConfig};
pub use codes::{CODE_MINUTES, Entered, Issued, LETTER_DAYS, LETTER_PHONES, Pass, TypedHash, WayIn};
pub use consent::ConsentRecord;
pub use due::{Due, Sweep, Task};
pub use error::{RefusedWrite, Source, StoreError};
pub use expression::{Condition, Update};
pub use facts::{OnShelf, of_household};
pub use faults::{Fault, FaultPlan, Faults};
pub use invites::OpenInvite;
pub use item::{ITEM_LIMIT_BYTES, Item, Key};
pub use meter::{Meter, Usage};
pub use moving::{Contents, Gone, Imported, LINE_VERSION, MovingError, Stood, check};
pub use needs::{DeskPage, HEAD_TEXT, NeedPage};
pub use news::{News, What};
#[cfg(feature = "aws")]
pub use parameters::parameters;
pub use parcels::{PARCEL_BYTES, PARCELS_KEPT, Parcel, Why};
pub use passkeys::{Answered, Passkey};
pub use pushes::{PushKey, Pushed, Subscription};
pub use query::{Cursor, Page, Query};
#[cfg(feature = "aws")]
pub use queue::send_message;
pub use secret::{HandInToken, SessionToken};
pub use sessions::{HAND_IN_DAYS, HandIn, Phone, Session, Tokens};
pub use stock::Counter;
pub use table::{DESK_INDEX, Definition, Table, TableNames};
pub use table_ops::Consistency;
pub use tallies::Held;
pub use targets::is_ours;
pub use throttle::{Throttled, Tried};
pub use transact::{TRANSACTION_LIMIT, Write};
pub use unread::{Kept, UNREAD_BYTES, UNREAD_OF_ONE, Unread};
pub use uploads::UPLOAD_MINUTES;
pub use vault::{KEY_FILE, Vault};
pub use versions::{Version, Watch};
