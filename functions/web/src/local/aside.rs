//! A copy of a table in a folder of its own, to be looked at in peace; it goes away again.

use std::path::{Path, PathBuf};

use store::{Store, StoreConfig};

use super::files::private_folder;
use super::place::TABLE_FILE;
use super::voice;

/// What the table and its engine put into a folder.
const FILES: [&str; 5] = [TABLE_FILE, "table.db-wal", "table.db-shm", "table.lock", "table.probe"];

/// The folder.
#[derive(Debug)]
pub(super) struct Aside {
    dir: PathBuf,
}

impl Aside {
    /// A new folder inside `within`.
    ///
    /// # Errors
    /// Words where it cannot be made.
    pub(super) fn new(within: &Path) -> Result<Self, String> {
        let dir = within.join(format!(".aside-{}", std::process::id()));
        private_folder(&dir).map_err(|error| format!("{}: {error}", dir.display()))?;
        Ok(Self { dir })
    }

    /// Where the copy goes.
    #[must_use]
    pub(super) fn table(&self) -> PathBuf {
        self.dir.join(TABLE_FILE)
    }

    /// Opens the copy. It has to be dropped before this is.
    ///
    /// # Errors
    /// Words where it is no table.
    pub(super) async fn open(&self) -> Result<Store, String> {
        Store::embedded(&self.dir, StoreConfig::default()).await.map_err(|error| voice::with_causes(&error))
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        // File by file: nothing goes away here that was not made here.
        for file in FILES {
            let _ = std::fs::remove_file(self.dir.join(file));
        }
        let _ = std::fs::remove_dir(&self.dir);
    }
}
