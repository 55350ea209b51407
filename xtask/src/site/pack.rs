//! Files compressed once, at build: `<file>.br` and `<file>.gz` beside `<file>`.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Result;
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::{Asset, Speed};

/// How many bytes one asset costs on the wire.
#[derive(Clone, Copy, Default)]
pub(crate) struct Size {
    pub(crate) plain: u64,
    /// In brotli; the plain size where compression isn't worth it.
    pub(crate) brotli: u64,
}

/// Writes the asset and, in a release, its compressed forms. An unchanged file is left alone.
pub(crate) fn write(site: &Path, asset: &Asset, speed: Speed) -> Result<Size> {
    let path = site.join(&asset.path);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let plain = asset.bytes.len() as u64;
    let brotli_path = with_suffix(&path, "br");
    let gzip_path = with_suffix(&path, "gz");
    let is_same = std::fs::read(&path).is_ok_and(|kept| kept == asset.bytes);
    if !is_same {
        remove(&path)?;
        std::fs::write(&path, &asset.bytes)?;
    }
    if !is_compressible(&asset.path) {
        return Ok(Size { plain, brotli: plain });
    }
    // A build for trying out has quick brotli and no gzip, by which a release knows to pack again.
    match speed {
        Speed::Dev if !brotli_path.is_file() => std::fs::write(&brotli_path, brotli(&asset.bytes, 4)?)?,
        Speed::Release if !gzip_path.is_file() => {
            std::fs::write(&brotli_path, best(&asset.bytes)?)?;
            std::fs::write(&gzip_path, gzip(&asset.bytes)?)?;
        }
        _ => {}
    }
    Ok(Size { plain, brotli: std::fs::metadata(&brotli_path)?.len() })
}

/// Removes a file together with its compressed forms.
pub(crate) fn remove(path: &Path) -> Result<()> {
    remove_if_there(path)?;
    remove_if_there(&with_suffix(path, "br"))?;
    remove_if_there(&with_suffix(path, "gz"))
}

/// As small as brotli makes it: what the bars count.
pub(super) fn best(bytes: &[u8]) -> Result<Vec<u8>> {
    brotli(bytes, 11)
}

fn brotli(bytes: &[u8], quality: i32) -> Result<Vec<u8>> {
    let parameters =
        BrotliEncoderParams { quality, size_hint: bytes.len(), ..BrotliEncoderParams::default() };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut packed, &parameters)?;
    Ok(packed)
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

fn is_compressible(path: &str) -> bool {
    let kinds =
        ["css", "html", "js", "json", "map", "mjs", "pack", "svg", "txt", "wasm", "webmanifest", "xml"];
    path.rsplit_once('.').is_some_and(|(_, extension)| kinds.contains(&extension))
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    PathBuf::from(name)
}

fn remove_if_there(path: &Path) -> Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}
