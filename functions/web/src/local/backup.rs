//! Backups of the table of one machine: a consistent copy while the server runs, by command or on a schedule, and the
//! way back. The key to what is sealed is not in them: a backup that is stolen tells nobody's health.

use std::path::{Path, PathBuf};
use std::time::Duration;

use domain::Millis;
use sha2::{Digest, Sha256};
use store::{KEY_FILE, Store, StoreConfig, StoreError};

use super::control::{self, Asked};
use super::files::{Whole, private_folder};
use super::place::TABLE_FILE;
use super::voice;
use crate::clock::Clock;

/// Where backups go when nobody says where: beside the table, which helps against mistakes but not against a lost
/// disk. The command says so.
pub const FOLDER: &str = "backups";
/// How many are kept when nobody says.
pub const KEEP: usize = 14;

const PREFIX: &str = "last-metre-";
const SUFFIX: &str = ".db";

/// When to make backups while the server runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// How often.
    pub every: Duration,
    /// Into which folder.
    pub to: PathBuf,
    /// How many to keep.
    pub keep: usize,
}

/// Reads `30m`, `6h`, `1d`.
///
/// # Errors
/// Words for anything else.
pub fn read_every(text: &str) -> Result<Duration, String> {
    let wrong = || format!("{text} is no time between backups: write 30m, 6h or 1d");
    let (number, seconds) = match text.char_indices().last() {
        Some((end, 'm')) => (&text[..end], 60),
        Some((end, 'h')) => (&text[..end], 3_600),
        Some((end, 'd')) => (&text[..end], 86_400),
        _ => return Err(wrong()),
    };
    let number: u64 = number.parse().map_err(|_| wrong())?;
    match number.checked_mul(seconds) {
        Some(seconds @ 60..=31_536_000) => Ok(Duration::from_secs(seconds)),
        _ => Err(wrong()),
    }
}

/// Copies the table of a folder into a new file: the server does it where one runs.
///
/// # Errors
/// Words for whoever asked.
pub async fn copy(folder: &Path, file: &Path) -> Result<(), String> {
    if !folder.join(TABLE_FILE).is_file() {
        return Err(format!("there is no table in {}", folder.display()));
    }
    let file = std::path::absolute(file).map_err(|error| error.to_string())?;
    match control::copy_to(folder, &file).await {
        Asked::Done => return Ok(()),
        Asked::Failed(words) => return Err(words),
        Asked::Nobody => {}
    }
    let store = Store::embedded(folder, StoreConfig::default()).await.map_err(|error| match error {
        StoreError::InUse { .. } => {
            let words = voice::with_causes(&error);
            format!("{words}, which does not answer at its control socket. Stop it, then try again.")
        }
        error => voice::with_causes(&error),
    })?;
    store.copy_to(&file).await.map(drop).map_err(|error| voice::with_causes(&error))
}

/// Makes a backup of a folder in `to`, keeps the newest `keep`; the new file's name.
///
/// # Errors
/// Words for whoever asked.
pub async fn make(folder: &Path, to: &Path, keep: usize, now: Millis) -> Result<PathBuf, String> {
    write(Source::Folder(folder), to, keep, now).await
}

/// Makes backups while the server runs, until it is dropped; the first when the newest is older than the time between
/// two. One that fails is said in the log and tried again at the next.
pub async fn keep_making(store: Store, schedule: Schedule, clock: Clock) {
    let Schedule { every, to, keep } = schedule;
    let mut wait = every.saturating_sub(age_of_newest(&to));
    loop {
        tokio::time::sleep(wait).await;
        match write(Source::Open(&store), &to, keep, clock.now()).await {
            Ok(_) => tracing::info!("made a backup"),
            Err(why) => tracing::error!(why, "could not make a backup"),
        }
        wait = every;
    }
}

/// Puts a backup into a folder without a table, after looking at every byte and every item. Returns what it holds.
///
/// # Errors
/// Words for whoever asked. What was begun is taken away.
pub async fn restore(backup: &Path, folder: &Path, key: Option<&Path>) -> Result<store::Contents, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", backup.display());
    let summed = checksum(backup).map_err(failed)?;
    match std::fs::read_to_string(beside(backup)) {
        Ok(known) if known.split_whitespace().next() == Some(&summed) => {}
        Ok(_) => {
            return Err(format!("{} is not what was written: its checksum is another one", backup.display()));
        }
        Err(_) => voice::complain("No checksum stands beside the backup; only its content is looked at."),
    }
    if folder.join(TABLE_FILE).exists() {
        return Err(format!(
            "there is a table in {} already; restore into an empty folder",
            folder.display()
        ));
    }
    private_folder(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let whole = Whole::begin(&folder.join(TABLE_FILE)).map_err(failed)?;
    let mut file = whole.create().map_err(failed)?;
    let mut from = std::fs::File::open(backup).map_err(failed)?;
    std::io::copy(&mut from, &mut file).map_err(failed)?;
    let looked = look_through(whole.part()).await?;
    whole.finish().map_err(failed)?;
    if let Some(key) = key {
        super::moving::bring_key(key, folder)?;
    } else if !looked.sealed_by.is_empty() && !folder.join(KEY_FILE).is_file() {
        voice::complain(&format!(
            "Telephone numbers and care remarks in it are sealed: put the {KEY_FILE} of where it was made into {} \
             before the server starts there.",
            folder.display()
        ));
    }
    Ok(looked)
}

/// Opens a copy of a file of the table and reads every item.
async fn look_through(file: &Path) -> Result<store::Contents, String> {
    let aside = super::aside::Aside::new(file.parent().unwrap_or(Path::new(".")))?;
    std::fs::copy(file, aside.table()).map_err(|error| format!("{}: {error}", file.display()))?;
    let store = aside.open().await?;
    store.contents(Clock::default().now()).await.map_err(|error| voice::with_causes(&error))
}

/// What is copied.
enum Source<'a> {
    /// The table of a folder, whoever has it open.
    Folder(&'a Path),
    /// The table that this process has open.
    Open(&'a Store),
}

async fn write(source: Source<'_>, to: &Path, keep: usize, now: Millis) -> Result<PathBuf, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", to.display());
    private_folder(to).map_err(failed)?;
    let file = to.join(name(now));
    let whole = Whole::begin(&file).map_err(failed)?;
    // The copy goes into an empty file that is ours alone already.
    drop(whole.create().map_err(failed)?);
    match source {
        Source::Folder(folder) => copy(folder, whole.part()).await?,
        Source::Open(store) => {
            store.copy_to(whole.part()).await.map(drop).map_err(|error| voice::with_causes(&error))?;
        }
    }
    let sum = checksum(whole.part()).map_err(failed)?;
    let beside = Whole::begin(&beside(&file)).map_err(failed)?;
    let mut out = beside.create().map_err(failed)?;
    // As `sha256sum` writes it, so that it checks it too.
    std::io::Write::write_all(&mut out, format!("{sum}  {}\n", name(now)).as_bytes()).map_err(failed)?;
    beside.finish().map_err(failed)?;
    whole.finish().map_err(failed)?;
    for old in made(to).into_iter().rev().skip(keep.max(1)) {
        std::fs::remove_file(&old).map_err(failed)?;
        // It may never have had one.
        let _ = std::fs::remove_file(self::beside(&old));
    }
    Ok(file)
}

/// `last-metre-20261122T104200000Z.db`: names in the order of their times.
fn name(now: Millis) -> String {
    let at = jiff::Timestamp::from_millisecond(now.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    format!("{PREFIX}{}{SUFFIX}", at.strftime("%Y%m%dT%H%M%S%3fZ"))
}

/// The backups in a folder, oldest first; nothing else that stands there.
fn made(to: &Path) -> Vec<PathBuf> {
    let is_ours = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let time = name.strip_prefix(PREFIX).and_then(|rest| rest.strip_suffix(SUFFIX)).unwrap_or_default();
        time.len() == 19 && time.bytes().all(|c| c.is_ascii_digit() || c == b'T' || c == b'Z')
    };
    let entries = std::fs::read_dir(to).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(is_ours).collect();
    found.sort();
    found
}

fn age_of_newest(to: &Path) -> Duration {
    let newest = made(to).pop().and_then(|file| std::fs::metadata(file).ok()?.modified().ok());
    newest.and_then(|made| made.elapsed().ok()).unwrap_or(Duration::MAX)
}

fn beside(backup: &Path) -> PathBuf {
    let mut name = backup.as_os_str().to_owned();
    name.push(".sha256");
    name.into()
}

fn checksum(file: &Path) -> std::io::Result<String> {
    let mut sum = Summing(Sha256::new());
    std::io::copy(&mut std::fs::File::open(file)?, &mut sum)?;
    Ok(sum.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

struct Summing(Sha256);

impl std::io::Write for Summing {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_between_backups_is_read_as_people_write_it() {
        assert_eq!(read_every("30m"), Ok(Duration::from_secs(1_800)));
        assert_eq!(read_every("6h"), Ok(Duration::from_secs(21_600)));
        assert_eq!(read_every("1d"), Ok(Duration::from_secs(86_400)));
        for bad in ["", "h", "6", "0m", "-1h", "6 hours", "99999999999999999999d", "400d", "六h"] {
            assert!(read_every(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn names_stand_in_the_order_of_their_times() {
        assert_eq!(name(Millis(1_795_320_000_000)), "last-metre-20261122T040000000Z.db");
        assert!(name(Millis(1_795_320_000_000)) < name(Millis(1_795_320_000_001)));
    }
}
