//! The data folder: one process at a time, and whether it can be written. What is in its files is
//! the business of `embedded.rs`.

use crate::error::{Source, StoreError};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::Path;

const LOCK_FILE: &str = "table.lock";
const PROBE_FILE: &str = "table.probe";
/// More than one page of the write-ahead log, so that "nearly full" counts as full.
const PROBE_BYTES: usize = 64 * 1024;

/// Makes the folder when it is missing and takes its lock, which ends with the process or the file.
pub(crate) fn lock_data_dir(dir: &Path) -> Result<File, StoreError> {
    create_private_dir(dir).map_err(|error| cannot_open(dir, error))?;
    let path = dir.join(LOCK_FILE);
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&path)
        .map_err(|error| cannot_open(&path, error))?;
    match file.try_lock() {
        Ok(()) => {
            // The number is a help for people; the lock itself does not need it.
            let _ = file.set_len(0).and_then(|()| writeln!(file, "{}", std::process::id()));
            Ok(file)
        }
        Err(TryLockError::WouldBlock) => {
            let mut owner = String::new();
            let _ = file.read_to_string(&mut owner);
            Err(StoreError::InUse { dir: dir.to_owned(), process: owner.trim().parse().ok() })
        }
        Err(TryLockError::Error(error)) => Err(cannot_open(&path, error)),
    }
}

/// Tries to write to the folder's disk: the honest way to learn that it is full or read-only.
pub(crate) fn probe_writable(dir: &Path) -> std::io::Result<()> {
    let path = dir.join(PROBE_FILE);
    let written = File::create(&path)
        .and_then(|mut file| file.write_all(&[0; PROBE_BYTES]).and_then(|()| file.sync_all()));
    let _ = std::fs::remove_file(&path);
    written
}

/// Only the owner reads the table: it holds addresses and needs.
fn create_private_dir(dir: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(dir)
}

fn cannot_open(path: &Path, source: impl Into<Source>) -> StoreError {
    StoreError::CannotOpen { path: path.to_owned(), source: source.into() }
}
