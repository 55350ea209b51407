//! In the place of `embedded` where a program is built without a table of its own: a type that has no value, so that
//! the rest of the crate reads the same. What it answers can never be asked.

use crate::fault::EmbeddedFault;
use std::path::Path;
use tokio::sync::watch;

/// There is none.
#[derive(Debug, Clone)]
pub(crate) enum Embedded {}

impl Embedded {
    pub(crate) fn poisoned(&self) -> watch::Receiver<bool> {
        match *self {}
    }

    pub(crate) fn sweep_now(&self) -> Result<usize, EmbeddedFault> {
        match *self {}
    }

    pub(crate) fn rewrite(&self) -> Result<(), EmbeddedFault> {
        match *self {}
    }

    pub(crate) fn copy_to(&self, _: &Path) -> Result<(), EmbeddedFault> {
        match *self {}
    }
}
