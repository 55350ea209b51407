//! `local export` and `local import`: everything of one table as a file of lines, and back into any other.

use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::Path;
use std::time::{Duration, Instant};

use store::{Contents, KEY_FILE, Store, StoreError, Vault};

use super::aside::Aside;
use super::backup;
use super::files::{Whole, private};
use super::place::{Place, TABLE_FILE};
use super::voice;
use crate::clock::Clock;

/// Writes everything at `place` into a new file.
///
/// # Errors
/// Words for whoever asked; no file is left then.
pub async fn export(place: &Place, out: &Path) -> Result<Contents, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", out.display());
    let whole = Whole::begin(out).map_err(failed)?;
    let opened = open_to_read(place).await?;
    let file = BufWriter::new(whole.create().map_err(failed)?);
    let mut progress = Progress::new("written");
    let contents = opened.store.export(file, Clock::default().now(), |items| progress.show(items)).await;
    let contents = contents.map_err(|error| voice::with_causes(&error))?;
    whole.finish().map_err(failed)?;
    Ok(contents)
}

/// Takes a file into the table at `place`. Returns what the file holds.
///
/// # Errors
/// Words for whoever asked, with how much was taken.
pub async fn import(place: &Place, from: &Path, key: Option<&Path>) -> Result<Contents, String> {
    let open =
        || File::open(from).map(BufReader::new).map_err(|error| format!("{}: {error}", from.display()));
    let checked = store::check(open()?)
        .map_err(|error| format!("{}: {}. Nothing was taken.", from.display(), voice::with_causes(&error)))?;
    voice::complain(&format!("The file is whole: {}.", words(&checked)));
    let vault = match (key, place.folder().map(|dir| dir.join(KEY_FILE))) {
        (Some(key), _) => Some(vault(key)?),
        (None, Some(there)) if there.is_file() => Some(vault(&there)?),
        (None, _) => None,
    };
    let store = place.open().await.map_err(|error| match error {
        StoreError::InUse { .. } => {
            format!("{}. Stop the server first: it would not see what comes in.", voice::with_causes(&error))
        }
        error => voice::with_causes(&error),
    })?;
    if let (Some(key), Some(folder)) = (key, place.folder()) {
        bring_key(key, folder)?;
    }
    let mut progress = Progress::new("taken");
    let mut taken = 0;
    let done = store.import(open()?, &checked, vault.as_ref(), |items| {
        taken = items;
        progress.show(items);
    });
    let done = done.await.map_err(|error| {
        let words = voice::with_causes(&error);
        format!(
            "{words}. {taken} of {} items were taken; the same command goes on from there.",
            checked.items
        )
    })?;
    let (before, written, there, differs) = (done.before, done.written, done.there, done.differs);
    voice::complain(&format!("{written} items written, {} were there already.", there + before));
    if differs > 0 {
        return Err(format!(
            "{differs} items are there already and differ from the file; they were left as they are, all others are in"
        ));
    }
    Ok(checked)
}

/// Copies a key file into a folder that has none, or has the same.
///
/// # Errors
/// Words where another one is there.
pub fn bring_key(key: &Path, folder: &Path) -> Result<(), String> {
    vault(key)?;
    let there = folder.join(KEY_FILE);
    let failed = |error: std::io::Error| format!("{}: {error}", there.display());
    let text = std::fs::read_to_string(key).map_err(|error| format!("{}: {error}", key.display()))?;
    match std::fs::read_to_string(&there) {
        Ok(known) if known.trim() == text.trim() => Ok(()),
        Ok(_) => Err(format!("{} is another key; it stays, and nothing was taken", there.display())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let mut file = private(&there).map_err(failed)?;
            std::io::Write::write_all(&mut file, text.as_bytes()).map_err(failed)?;
            file.sync_all().map_err(failed)
        }
        Err(error) => Err(failed(error)),
    }
}

/// What a file or table holds, for a person: counts and the digest that two equal ones share.
#[must_use]
pub fn words(contents: &Contents) -> String {
    let kinds: Vec<String> = contents.kinds.iter().map(|(kind, items)| format!("{kind} {items}")).collect();
    format!("{} items ({}), digest {}", contents.items, kinds.join(", "), contents.digest)
}

fn vault(key: &Path) -> Result<Vault, String> {
    Vault::in_file(key).map_err(|error| voice::with_causes(&error))
}

/// A table to read, and the copy it is, if it is one. The table is closed before the copy goes away.
struct Opened {
    store: Store,
    _aside: Option<Aside>,
}

/// The table at a place, or a copy of it where a server has it open: a copy is one moment, and the server goes on.
async fn open_to_read(place: &Place) -> Result<Opened, String> {
    let Some(folder) = place.folder() else {
        let store = place.open().await.map_err(|error| voice::with_causes(&error))?;
        return Ok(Opened { store, _aside: None });
    };
    if !folder.join(TABLE_FILE).is_file() {
        return Err(format!("there is no table in {}", folder.display()));
    }
    match place.open().await {
        Ok(store) => Ok(Opened { store, _aside: None }),
        Err(StoreError::InUse { .. }) => {
            let aside = Aside::new(folder)?;
            backup::copy(folder, &aside.table()).await?;
            Ok(Opened { store: aside.open().await?, _aside: Some(aside) })
        }
        Err(error) => Err(voice::with_causes(&error)),
    }
}

/// Says how far something has come, once a second.
struct Progress {
    what: &'static str,
    said: Instant,
}

impl Progress {
    fn new(what: &'static str) -> Self {
        Self { what, said: Instant::now() }
    }

    fn show(&mut self, items: u64) {
        if self.said.elapsed() >= Duration::from_secs(1) {
            self.said = Instant::now();
            voice::complain(&format!("{items} items {}", self.what));
        }
    }
}
