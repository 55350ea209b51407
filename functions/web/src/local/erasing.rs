//! `local erase-health`: the end of an emergency, with a certificate of what was erased. Without a name for the
//! certificate it only says what there is. What goes is noted in a file beside the certificate before it goes: whoever is
//! stopped runs the same command again, and the certificate is about all of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use domain::Millis;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use store::{Gone, Store, StoreError};

use super::files::Whole;
use super::place::{Place, TABLE_FILE};
use super::voice;

/// What is or was there: its kind and the hash of its key.
type Names = BTreeSet<(String, String)>;

/// How many of each kind there are, in words.
///
/// # Errors
/// Words for whoever asked.
pub async fn look(place: &Place) -> Result<String, String> {
    let found = open(place).await?.health_data().await.map_err(|error| voice::with_causes(&error))?;
    Ok(words(&found.iter().map(named).collect()))
}

/// Erases everything and writes the certificate; what it says, in words. `by` is who answers for it.
///
/// # Errors
/// Words for whoever asked; the same call goes on from there.
pub async fn erase(place: &Place, certificate: &Path, by: &str, now: Millis) -> Result<String, String> {
    erase_in(&open(place).await?, &place.to_string(), certificate, by, now).await
}

/// The same in a table that is open; `place` is what the certificate calls it.
///
/// # Errors
/// As [`erase`].
pub async fn erase_in(
    store: &Store,
    place: &str,
    certificate: &Path,
    by: &str,
    now: Millis,
) -> Result<String, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", certificate.display());
    let whole = Whole::begin(certificate).map_err(failed)?;
    let mut record = Record::open(certificate).map_err(failed)?;
    let erased = store.erase_health(|gone| record.note(gone)).await;
    erased
        .map_err(|error| format!("{}. The same command goes on from there.", voice::with_causes(&error)))?;
    let afterwards = store.health_data().await.map_err(|error| voice::with_causes(&error))?;
    let contents = store.contents(now).await.map_err(|error| voice::with_causes(&error))?;
    let text = json!({
        "certificate": "erasure of health data",
        "version": 1,
        "made": time(now),
        "by": by,
        "program": env!("CARGO_PKG_VERSION"),
        "place": place,
        "communities": contents.communities,
        "erased": counts(&record.names),
        "items": record.names.len(),
        "keys_sha256": sum(&record.names),
        "found_afterwards": afterwards.len(),
        "left": { "items": contents.items, "digest": contents.digest, "sealed_by": contents.sealed_by },
    });
    let mut file = whole.create().map_err(failed)?;
    file.write_all(pretty(&text)?.as_bytes()).map_err(failed)?;
    whole.finish().map_err(failed)?;
    record.forget().map_err(failed)?;
    Ok(words(&record.names))
}

async fn open(place: &Place) -> Result<Store, String> {
    if let Some(folder) = place.folder().filter(|folder| !folder.join(TABLE_FILE).is_file()) {
        return Err(format!("there is no table in {}", folder.display()));
    }
    place.open().await.map_err(|error| match error {
        StoreError::InUse { .. } => {
            format!("{}. Stop the server first: phones would bring more.", voice::with_causes(&error))
        }
        error => voice::with_causes(&error),
    })
}

/// What has gone so far, on the disk before it goes.
struct Record {
    path: PathBuf,
    file: File,
    names: Names,
}

impl Record {
    fn open(certificate: &Path) -> std::io::Result<Self> {
        let mut path = certificate.as_os_str().to_owned();
        path.push(".unfinished");
        let path = PathBuf::from(path);
        let before = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error),
        };
        // A line that was being written when the power went was of something that had not gone yet.
        let whole = &before[..before.rfind('\n').map_or(0, |end| end + 1)];
        let lines = whole.lines().filter_map(|line| line.split_once(' '));
        let names = lines.map(|(kind, key)| (kind.to_owned(), key.to_owned())).collect();
        let file = OpenOptions::new().create(true).append(true).open(&path)?;
        file.set_len(whole.len() as u64)?;
        Ok(Self { path, file, names })
    }

    fn note(&mut self, gone: &[Gone]) -> std::io::Result<()> {
        let mut text = String::new();
        for (kind, key) in gone.iter().map(named) {
            text.push_str(&format!("{kind} {key}\n"));
            self.names.insert((kind, key));
        }
        self.file.write_all(text.as_bytes())?;
        self.file.sync_all()
    }

    fn forget(&self) -> std::io::Result<()> {
        std::fs::remove_file(&self.path)
    }
}

fn named(gone: &Gone) -> (String, String) {
    (gone.stood.name().to_owned(), gone.key.clone())
}

fn counts(names: &Names) -> BTreeMap<&str, u64> {
    let mut counts = BTreeMap::new();
    for (kind, _) in names {
        *counts.entry(kind.as_str()).or_default() += 1;
    }
    counts
}

fn words(names: &Names) -> String {
    let kinds: Vec<String> = counts(names).iter().map(|(kind, items)| format!("{kind} {items}")).collect();
    format!("{} items ({})", names.len(), kinds.join(", "))
}

/// SHA-256 of the sorted hashes of all keys, a line each: whoever has an export from before can make it anew.
fn sum(names: &Names) -> String {
    let keys: BTreeSet<&String> = names.iter().map(|(_, key)| key).collect();
    let mut sum = Sha256::new();
    for key in keys {
        sum.update(key);
        sum.update(b"\n");
    }
    sum.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn time(now: Millis) -> String {
    jiff::Timestamp::from_millisecond(now.0).map_or_else(|_| now.0.to_string(), |time| time.to_string())
}

fn pretty(value: &Value) -> Result<String, String> {
    serde_json::to_string_pretty(value).map(|text| text + "\n").map_err(|error| error.to_string())
}
