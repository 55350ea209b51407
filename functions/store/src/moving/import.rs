//! Into the table. The whole file is read and checked before the first item is taken; each item is put only where
//! nothing is, so that taking a file twice, or going on after a stop, changes nothing that is there.

use super::line::{self, End, Line};
use super::{Contents, MovingError, Tally, export};
use crate::client::Store;
use crate::error::StoreError;
use crate::expression::Condition;
use crate::item::{Item, Key};
use crate::keys;
use crate::secret::hex;
use crate::table::Table;
use crate::table_ops::Consistency;
use crate::vault::Vault;
use futures_util::stream::{self, StreamExt, TryStreamExt};
use sha2::{Digest, Sha256};
use std::io::BufRead;
use std::time::Duration;

/// Longer than the largest item is as JSON.
const LINE_LIMIT: u64 = 4 * 1024 * 1024;
/// Items between two notes of how far it has come, and how many are on their way at once.
const STRIDE: usize = 1_000;
const AT_ONCE: usize = 32;
/// How long one call is repeated where repeating helps.
const PATIENCE: u32 = 120;
const PAUSE: Duration = Duration::from_millis(500);

/// How far an import has come.
const TAKEN: &str = "taken";

/// What became of the items of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Imported {
    /// Written now.
    pub written: u64,
    /// There already, and the same.
    pub there: u64,
    /// There already, and another: left as it is.
    pub differs: u64,
    /// Passed over, because an earlier run that was stopped had taken them.
    pub before: u64,
}

/// Reads a whole file without taking anything.
///
/// # Errors
/// Everything that can be wrong with a file: [`MovingError::Version`], [`MovingError::Damaged`],
/// [`MovingError::CutOff`], [`MovingError::Checksum`], [`MovingError::File`].
pub fn check(file: impl BufRead) -> Result<Contents, MovingError> {
    let mut lines = Lines::new(file);
    let mut tally = Tally::default();
    while let Some(item) = lines.item()? {
        let damaged = |_| MovingError::Damaged { line: lines.number, why: "its item has no key".into() };
        tally.add(&item, &export::text_of(&item)?).map_err(damaged)?;
    }
    let contents = tally.finish(lines.checksum());
    match lines.end {
        Some(end) if end.checksum() != contents.checksum => Err(MovingError::Checksum),
        Some(end) if end != End::from(&contents) => Err(MovingError::Damaged {
            line: lines.number,
            why: "its counts are not those of the file".into(),
        }),
        Some(_) => Ok(contents),
        None => Err(MovingError::CutOff { items: contents.items }),
    }
}

impl Store {
    /// Takes a file that [`check`] found whole. `vault` holds the keys that will be there; `progress` hears how many
    /// items are done. After a stop the same call goes on where it was.
    ///
    /// # Errors
    /// [`MovingError::KeyMissing`] and [`MovingError::CommunityThere`] before anything is taken,
    /// [`MovingError::Changed`], [`MovingError::Table`].
    pub async fn import(
        &self,
        file: impl BufRead,
        checked: &Contents,
        vault: Option<&Vault>,
        mut progress: impl FnMut(u64),
    ) -> Result<Imported, MovingError> {
        let missing = checked.sealed_by.iter().filter(|id| !vault.is_some_and(|vault| vault.has(id))).count();
        if missing > 0 {
            return Err(MovingError::KeyMissing { count: missing });
        }
        let mark = keys::import_mark(&checked.checksum);
        let mut done = Imported { before: self.begin(&mark, checked).await?, ..Imported::default() };
        let mut lines = Lines::new(file);
        for _ in 0..done.before {
            lines.item()?.ok_or(MovingError::Changed)?;
        }
        let mut taken = done.before;
        loop {
            let mut stride = Vec::with_capacity(STRIDE);
            while stride.len() < STRIDE
                && let Some(item) = lines.item()?
            {
                stride.push(item);
            }
            if stride.is_empty() {
                break;
            }
            taken += u64::try_from(stride.len()).unwrap_or(u64::MAX);
            let became: Vec<Became> = stream::iter(stride)
                .map(|item| self.take(item))
                .buffer_unordered(AT_ONCE)
                .try_collect()
                .await?;
            for one in became {
                match one {
                    Became::Written => done.written += 1,
                    Became::There => done.there += 1,
                    Became::Differs => done.differs += 1,
                }
            }
            self.note(&mark, taken).await?;
            progress(taken);
        }
        if lines.checksum() == checked.checksum { Ok(done) } else { Err(MovingError::Changed) }
    }

    /// How many items an earlier run of this file has taken. Refuses a community that came from elsewhere.
    async fn begin(&self, mark: &Key, checked: &Contents) -> Result<u64, MovingError> {
        if let Some(known) = patiently(|| self.get(Table::Sessions, mark, Consistency::Strong)).await? {
            // One that came to its end is looked through once more: it costs little and finds what is amiss.
            let taken = known.number(TAKEN).and_then(|taken| u64::try_from(taken).ok()).unwrap_or(0);
            return Ok(if taken >= checked.items { 0 } else { taken });
        }
        for c in &checked.communities {
            let key = keys::Kept::Settings.key(c);
            if patiently(|| self.get(Table::Main, &key, Consistency::Strong)).await?.is_some() {
                return Err(MovingError::CommunityThere(c.clone()));
            }
        }
        self.note(mark, 0).await?;
        Ok(0)
    }

    async fn note(&self, mark: &Key, taken: u64) -> Result<(), MovingError> {
        let taken = i64::try_from(taken).unwrap_or(i64::MAX);
        let put = || self.put(Table::Sessions, Item::new(mark).with_number(TAKEN, taken), Condition::Always);
        patiently(put).await
    }

    async fn take(&self, item: Item) -> Result<Became, MovingError> {
        let put = || async {
            match self.put(Table::Main, item.clone(), Condition::Absent).await {
                Ok(()) => Ok(Became::Written),
                Err(StoreError::Conflict { current: Some(now) }) if *now == item => Ok(Became::There),
                Err(StoreError::Conflict { .. }) => Ok(Became::Differs),
                Err(error) => Err(error),
            }
        };
        patiently(put).await
    }
}

enum Became {
    Written,
    There,
    Differs,
}

/// Repeats a call as long as repeating may help: nobody waits for an answer here but the operator.
pub(super) async fn patiently<T, F>(mut call: impl FnMut() -> F) -> Result<T, MovingError>
where
    F: Future<Output = Result<T, StoreError>>,
{
    let mut tries = 1;
    loop {
        match call().await {
            Err(StoreError::Busy { .. } | StoreError::Throttled | StoreError::TransactionConflict)
                if tries < PATIENCE =>
            {
                tries += 1;
                tokio::time::sleep(PAUSE).await;
            }
            answer => return answer.map_err(MovingError::Table),
        }
    }
}

/// Reads items and sums bytes up to the last line.
struct Lines<R> {
    file: R,
    number: u64,
    sum: Sha256,
    end: Option<End>,
}

impl<R: BufRead> Lines<R> {
    fn new(file: R) -> Self {
        Self { file, number: 0, sum: Sha256::new(), end: None }
    }

    fn checksum(&self) -> String {
        hex(&self.sum.clone().finalize())
    }

    /// The next item; `None` after the last line, or where the file ends without one.
    fn item(&mut self) -> Result<Option<Item>, MovingError> {
        loop {
            if self.end.is_some() {
                return Ok(None);
            }
            let mut text = Vec::new();
            let read = std::io::Read::take(&mut self.file, LINE_LIMIT).read_until(b'\n', &mut text);
            if read.map_err(MovingError::File)? == 0 {
                return Ok(None);
            }
            self.number += 1;
            if text.last() != Some(&b'\n') {
                let why = if text.len() as u64 >= LINE_LIMIT { "it is too long" } else { "it is cut off" };
                return Err(MovingError::Damaged { line: self.number, why: why.to_owned() });
            }
            let line = line::read(&text, self.number)?;
            let wrong_place = (line == Line::Head) != (self.number == 1);
            if wrong_place {
                let why = "the file does not begin with its head, or has two".to_owned();
                return Err(MovingError::Damaged { line: self.number, why });
            }
            match line {
                Line::Head => self.sum.update(&text),
                Line::Item(item) => {
                    self.sum.update(&text);
                    return Ok(Some(*item));
                }
                Line::End(end) => {
                    self.end = Some(end);
                    let mut rest = [0];
                    if std::io::Read::read(&mut self.file, &mut rest).map_err(MovingError::File)? > 0 {
                        let why = "something follows the last line".to_owned();
                        return Err(MovingError::Damaged { line: self.number + 1, why });
                    }
                }
            }
        }
    }
}
