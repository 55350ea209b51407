//! Files of an operator: written whole or not at all, read by their owner only.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// A file that has its name only once it is whole and on the disk.
#[derive(Debug)]
pub(super) struct Whole {
    part: PathBuf,
    name: PathBuf,
    done: bool,
}

impl Whole {
    /// Begins a new file; one of that name may not be there.
    ///
    /// # Errors
    /// The disk's, or that it is there.
    pub(super) fn begin(name: &Path) -> io::Result<Self> {
        if name.exists() {
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, "a file of that name is there already"));
        }
        Ok(Self::instead(name))
    }

    /// Begins a file that takes the place of another of its name, if there is one.
    #[must_use]
    pub(super) fn instead(name: &Path) -> Self {
        let mut part = name.as_os_str().to_owned();
        part.push(format!(".{}.part", std::process::id()));
        Self { part: part.into(), name: name.to_owned(), done: false }
    }

    /// Where it is written meanwhile.
    #[must_use]
    pub(super) fn part(&self) -> &Path {
        &self.part
    }

    /// Opens it for writing.
    ///
    /// # Errors
    /// The disk's.
    pub(super) fn create(&self) -> io::Result<File> {
        private(&self.part)
    }

    /// Gives it its name, after it is on the disk.
    ///
    /// # Errors
    /// The disk's.
    pub(super) fn finish(mut self) -> io::Result<()> {
        File::open(&self.part)?.sync_all()?;
        std::fs::rename(&self.part, &self.name)?;
        self.done = true;
        match self.name.parent().filter(|dir| !dir.as_os_str().is_empty()) {
            Some(dir) => File::open(dir)?.sync_all(),
            None => File::open(".")?.sync_all(),
        }
    }
}

impl Drop for Whole {
    fn drop(&mut self) {
        if !self.done {
            // Half a file is worse than none; what cannot be removed ends in `.part`.
            let _ = std::fs::remove_file(&self.part);
        }
    }
}

/// A new file that only its owner reads.
///
/// # Errors
/// The disk's, or that it is there.
pub(super) fn private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

/// A new folder that only its owner enters.
///
/// # Errors
/// The disk's.
pub(super) fn private_folder(path: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(path)
}
