//! Out of the table. A walk over the whole table, page after page: a job for an operator, never for a request.

use super::{Contents, MovingError, Tally, line};
use crate::client::Store;
use crate::item::{Item, TTL};
use crate::query::{Cursor, Page};
use crate::secret::hex;
use crate::table::Table;
use domain::Millis;
use sha2::{Digest, Sha256};
use std::io::Write;

/// Bytes on their way to a file, and their checksum.
struct Summed<W> {
    out: W,
    sum: Sha256,
}

impl<W: Write> Summed<W> {
    fn line(&mut self, text: &str) -> Result<(), MovingError> {
        for part in [text.as_bytes(), b"\n"] {
            self.sum.update(part);
            self.out.write_all(part).map_err(MovingError::File)?;
        }
        Ok(())
    }
}

impl Store {
    /// Writes the main table to `out` as lines and says what was written; `progress` hears how many items there are
    /// so far. Items past their time and what belongs to this place only are left out. Reads strongly: everything acknowledged before the start is in it.
    /// On one machine export from a copy, and on AWS stop the writers first: a walk is no moment in time.
    ///
    /// # Errors
    /// [`MovingError::File`], [`MovingError::Table`].
    pub async fn export(
        &self,
        out: impl Write,
        now: Millis,
        mut progress: impl FnMut(u64),
    ) -> Result<Contents, MovingError> {
        let mut out = Summed { out, sum: Sha256::new() };
        let mut tally = Tally::default();
        out.line(&line::head(now))?;
        let mut after = None;
        loop {
            let page = self.patient_page(after).await?;
            for item in page.items.into_iter().filter(|item| !is_past(item, now) && !stays(item)) {
                let text = text_of(&item)?;
                tally.add(&item, &text)?;
                out.line(&text)?;
            }
            progress(tally.contents.items);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        let contents = tally.finish(hex(&out.sum.clone().finalize()));
        out.line(&line::end(&contents))?;
        out.out.flush().map_err(MovingError::File)?;
        Ok(contents)
    }

    /// What the main table holds, without writing it anywhere: to compare two tables.
    ///
    /// # Errors
    /// [`MovingError::Table`].
    pub async fn contents(&self, now: Millis) -> Result<Contents, MovingError> {
        let contents = self.export(std::io::sink(), now, |_| {}).await?;
        Ok(Contents { checksum: String::new(), ..contents })
    }

    async fn patient_page(&self, after: Option<Cursor>) -> Result<Page, MovingError> {
        super::import::patiently(|| self.export_page(Table::Main, after.clone())).await
    }
}

/// Whom a phone may be rung by is this place: elsewhere another key signs, and phones ask again.
fn stays(item: &Item) -> bool {
    item.key().is_ok_and(|key| crate::keys::of_this_place(key.pk()))
}

fn is_past(item: &Item, now: Millis) -> bool {
    item.number(TTL).is_some_and(|seconds| seconds <= now.0.div_euclid(1_000))
}

pub(super) fn text_of(item: &Item) -> Result<String, MovingError> {
    line::item(item.attributes()).map_err(|why| {
        MovingError::Table(crate::StoreError::Corrupt { wanted: "a line of an export", source: why.into() })
    })
}
