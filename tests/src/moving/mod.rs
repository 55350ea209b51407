//! Everything moves: out of one table as lines, into another, and nobody whose card or page it is notices.

mod erasing;
mod lines;
mod pages;

use std::io::Cursor;

use domain::Millis;
use store::{Contents, Imported, MovingError, Store, Vault};

/// A table as a file.
async fn exported(store: &Store, now: Millis) -> (Vec<u8>, Contents) {
    let mut file = Vec::new();
    let contents = store.export(&mut file, now, |_| {}).await.expect("exported");
    (file, contents)
}

/// Takes a file as the command does: looks at all of it, then takes it.
async fn taken(store: &Store, file: &[u8], vault: Option<&Vault>) -> Result<Imported, MovingError> {
    let checked = store::check(Cursor::new(file))?;
    store.import(Cursor::new(file), &checked, vault, |_| {}).await
}
