//! A zip package before anybody parses it: what it is, and that it does not unpack to more than it may.

use std::io::{Cursor, Read as _};

use domain::ledger::SheetError;
use zip::ZipArchive;
use zip::result::ZipError;

use super::{MAX_UNPACKED, MEGABYTE, megabytes};

/// The most files of a package: sheets, their drawings and relations.
const MAX_PARTS: usize = 2_000;
/// The most bytes of a part that the parser holds whole, in many times its size: a style of five bytes takes hundreds.
const MAX_HELD_PART: u64 = 4 * MEGABYTE as u64;

type Package<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Refuses whatever is not a workbook without macros of bearable size.
pub(super) fn check(bytes: &[u8]) -> Result<(), SheetError> {
    let mut package = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    if package.len() > MAX_PARTS {
        return Err(too_large());
    }
    check_declared(&mut package)?;
    check_kind(&mut package)?;
    check_actual(&mut package)
}

/// What the directory says costs nothing to add up. It may lie; see [`check_actual`].
fn check_declared(package: &mut Package<'_>) -> Result<(), SheetError> {
    let mut declared = 0u64;
    for part in 0..package.len() {
        let part = package.by_index_raw(part).map_err(|error| damaged(&error))?;
        if part.encrypted() {
            return Err(SheetError::PasswordProtected);
        }
        declared = declared.saturating_add(part.size());
        if declared > MAX_UNPACKED || part.size() > limit_of(part.name_raw()) {
            return Err(too_large());
        }
    }
    Ok(())
}

/// Unpacks every part into nothing and counts, stopping at the limit.
fn check_actual(package: &mut Package<'_>) -> Result<(), SheetError> {
    let mut left = MAX_UNPACKED;
    for part in 0..package.len() {
        let part = package.by_index(part).map_err(|error| damaged(&error))?;
        let allowed = left.min(limit_of(part.name_raw()));
        let unpacked = std::io::copy(&mut part.take(allowed + 1), &mut std::io::sink())
            .map_err(|_| SheetError::Damaged)?;
        if unpacked > allowed {
            return Err(too_large());
        }
        left -= unpacked;
    }
    Ok(())
}

fn limit_of(name: &[u8]) -> u64 {
    let name = String::from_utf8_lossy(name).to_ascii_lowercase();
    let held_whole =
        ["styles", "workbook.xml", ".rels", "[content_types]"].iter().any(|word| name.contains(word));
    if held_whole { MAX_HELD_PART } else { MAX_UNPACKED }
}

fn check_kind(package: &mut Package<'_>) -> Result<(), SheetError> {
    let names: Vec<String> =
        package.file_names_raw().map(|name| String::from_utf8_lossy(name).to_ascii_lowercase()).collect();
    let has = |name: &str| names.iter().any(|known| known.trim_start_matches('/') == name);
    let any = |is: fn(&str) -> bool| names.iter().any(|name| is(name));
    let types = text_of(package, "[Content_Types].xml");
    if text_of(package, "mimetype").starts_with("application/vnd.oasis.opendocument") {
        Err(SheetError::OpenDocument)
    } else if types.contains("macroEnabled") || any(|name| name.ends_with("vbaproject.bin")) {
        Err(SheetError::MacroFile)
    } else if has("xl/workbook.bin") {
        Err(SheetError::BinaryWorkbook)
    } else if has("xl/workbook.xml") || types.contains("spreadsheetml") {
        Ok(())
    } else if any(|name| name.starts_with("word/")) {
        Err(SheetError::TextDocument)
    } else if any(|name| name.ends_with(".iwa") || name == "index.zip") {
        Err(SheetError::AppleNumbers)
    } else if types.is_empty() {
        Err(SheetError::Archive)
    } else {
        Err(SheetError::NotASheet)
    }
}

/// The beginning of a small part; empty if there is none.
fn text_of(package: &mut Package<'_>, name: &str) -> String {
    let mut text = Vec::new();
    if let Ok(part) = package.by_name(name) {
        // What cannot be read here is found damaged when all is unpacked.
        let _unreadable = part.take(64 * 1024).read_to_end(&mut text);
    }
    String::from_utf8_lossy(&text).into_owned()
}

fn damaged(error: &ZipError) -> SheetError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            SheetError::PasswordProtected
        }
        _ => SheetError::Damaged,
    }
}

fn too_large() -> SheetError {
    SheetError::UnpacksTooLarge(megabytes(usize::try_from(MAX_UNPACKED).unwrap_or(usize::MAX)))
}
