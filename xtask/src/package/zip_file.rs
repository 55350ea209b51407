//! A zip that says nothing about when, where and in which order it was made.

use std::io::{Cursor, Write};

use anyhow::Result;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// One file of it.
pub(crate) struct File {
    name: String,
    bytes: Vec<u8>,
    mode: u32,
}

impl File {
    /// A file that is read.
    pub(crate) fn plain(name: &str, bytes: Vec<u8>) -> Self {
        Self { name: name.to_owned(), bytes, mode: 0o644 }
    }

    /// A file that is started.
    pub(crate) fn program(name: &str, bytes: Vec<u8>) -> Self {
        Self { mode: 0o755, ..Self::plain(name, bytes) }
    }
}

/// The zip's bytes: the same for the same files, however they come.
pub(crate) fn write(mut files: Vec<File>) -> Result<Vec<u8>> {
    files.sort_by(|one, other| one.name.cmp(&other.name));
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for File { name, bytes, mode } in files {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(9))
            // The first day that the format knows.
            .last_modified_time(DateTime::default())
            .unix_permissions(mode);
        zip.start_file(name, options)?;
        zip.write_all(&bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use super::{File, write};

    fn files() -> Vec<File> {
        vec![
            File::program("bootstrap", vec![7; 100_000]),
            File::plain("site/assets.json", b"{\"release\":\"r1\"}".to_vec()),
        ]
    }

    #[test]
    fn the_same_files_in_any_order_and_at_any_time_are_the_same_bytes() {
        let first = write(files()).expect("written");
        // The format knows two seconds: whoever put the time into it would be seen by now.
        let later = std::time::Instant::now() + std::time::Duration::from_millis(2_100);
        let mut turned = files();
        turned.reverse();
        while std::time::Instant::now() < later {
            std::thread::yield_now();
        }
        assert_eq!(write(turned).expect("written"), first);
    }

    #[test]
    fn lambda_can_start_what_is_in_it() {
        let bytes = write(files()).expect("written");
        assert!(bytes.len() < 10_000, "{} bytes: it is not packed", bytes.len());
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
        let mut file = zip.by_name("bootstrap").expect("there");
        assert_eq!(file.unix_mode().map(|mode| mode & 0o777), Some(0o755));
        let mut unpacked = Vec::new();
        file.read_to_end(&mut unpacked).expect("read");
        assert_eq!(unpacked, vec![7; 100_000]);
    }
}
