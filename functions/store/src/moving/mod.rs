//! Everything of the main table as lines of JSON, out of one table and into another, whatever backend each has.
//! Sessions do not move: whoever is signed in signs in again. What is sealed stays sealed; its key travels apart.
//!
//! The first line names the format, each further line holds one item, the last one the counts, a checksum of all
//! bytes before it, and a digest of the items that does not depend on their order: two tables with the same digest
//! hold the same. Every line names its version.

mod erase;
mod export;
mod import;
mod line;

pub use erase::{Gone, Stood};
pub use import::{Imported, check};

use crate::error::StoreError;
use domain::CommunityId;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// The version of every line that this program writes and reads.
pub const LINE_VERSION: u64 = 1;

/// What a file of lines, or a table, holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contents {
    /// How many items.
    pub items: u64,
    /// How many of each kind, by the first word of their keys.
    pub kinds: BTreeMap<String, u64>,
    /// The communities in it.
    pub communities: BTreeSet<CommunityId>,
    /// Names of the keys that its sealed items need.
    pub sealed_by: BTreeSet<String>,
    /// The digest of the items, whatever their order, in hexadecimal.
    pub digest: String,
    /// SHA-256 of the file up to its last line, in hexadecimal; empty where there is no file.
    pub checksum: String,
}

/// Why an export or import ended.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MovingError {
    /// The file cannot be read or written.
    #[error("the file cannot be read or written")]
    File(#[source] std::io::Error),
    /// A line is of a version that this program does not know.
    #[error(
        "line {line} is of version {version}; this program knows version {LINE_VERSION}, a newer one is needed"
    )]
    Version {
        /// Its number, from 1.
        line: u64,
        /// Its version.
        version: u64,
    },
    /// A line is not what an export writes.
    #[error("line {line} is damaged: {why}")]
    Damaged {
        /// Its number, from 1.
        line: u64,
        /// What is wrong with it, without its content.
        why: String,
    },
    /// The last line is missing: the export or the copying of the file broke off.
    #[error("the file ends after {items} items without its last line: it is cut off")]
    CutOff {
        /// How many items it has all the same.
        items: u64,
    },
    /// The bytes are not those that were written.
    #[error("the checksum is another one: the file was changed or damaged")]
    Checksum,
    /// The file changed between being checked and being taken.
    #[error("the file changed while it was read")]
    Changed,
    /// The key to sealed items is missing, so that nobody could ever read them there.
    #[error("{count} key(s) to sealed items are missing: bring the care.key of where the export was made")]
    KeyMissing {
        /// How many keys.
        count: usize,
    },
    /// A community of the file is in the table already and did not come from this file.
    #[error("the community {0} is in this table already and did not come from this file: nothing was taken")]
    CommunityThere(CommunityId),
    /// Somebody goes on writing what is being erased.
    #[error("new health data goes on coming in: stop the servers, then erase again")]
    StillWritten,
    /// The table's.
    #[error("the table failed")]
    Table(#[from] StoreError),
}

/// Adds up what [`Contents`] says, item by item.
#[derive(Default)]
struct Tally {
    contents: Contents,
    lanes: [u64; 4],
}

impl Tally {
    /// Counts one item, given as its line of JSON.
    fn add(&mut self, item: &crate::item::Item, text: &str) -> Result<(), StoreError> {
        let key = item.key()?;
        self.contents.items += 1;
        *self.contents.kinds.entry(crate::keys::kind_of(&key).to_owned()).or_default() += 1;
        self.contents.communities.extend(crate::keys::parse_settings(&key));
        self.contents.sealed_by.extend(crate::vault::sealed_by(item).map(str::to_owned));
        // Sums do not ask for an order, and unlike with XOR an item counted twice shows.
        for (lane, bytes) in self.lanes.iter_mut().zip(Sha256::digest(text).chunks_exact(8)) {
            let part = bytes.iter().fold(0, |part, byte| part << 8 | u64::from(*byte));
            *lane = lane.wrapping_add(part);
        }
        Ok(())
    }

    fn finish(mut self, checksum: String) -> Contents {
        self.contents.digest = self.lanes.iter().map(|lane| format!("{lane:016x}")).collect();
        self.contents.checksum = checksum;
        self.contents
    }
}
