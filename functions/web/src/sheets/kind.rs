//! What a file is, by its first bytes; its name is not trusted.

use domain::ledger::SheetError;

/// What is read further.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A zip package, which may be a workbook.
    Package,
    /// Text, which may be a table.
    Text,
}

/// What the bytes are, or the error that says what they are instead of a table.
pub(super) fn of(bytes: &[u8]) -> Result<Kind, SheetError> {
    if bytes.iter().all(|byte| byte.is_ascii_whitespace() || matches!(byte, 0 | 0xEF | 0xBB | 0xBF)) {
        return Err(SheetError::Empty);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Ok(Kind::Package);
    }
    let error = if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        of_compound_file(bytes)
    } else if bytes.starts_with(b"%PDF") {
        SheetError::Pdf
    } else if is_picture(bytes) {
        SheetError::Picture
    } else if is_archive(bytes) {
        SheetError::Archive
    } else if bytes.starts_with(b"{\\rtf") {
        SheetError::TextDocument
    } else if bytes.starts_with(b"\x09\x08")
        || bytes.starts_with(b"\x09\x04")
        || bytes.starts_with(b"\x09\x00\x04\x00")
    {
        // A bare stream of records, as Excel wrote before 97.
        SheetError::OldExcel
    } else if is_markup(bytes) {
        SheetError::WebPage
    } else {
        return Ok(Kind::Text);
    };
    Err(error)
}

/// Old Office files and encrypted new ones share a container; the names of its streams tell them apart.
fn of_compound_file(bytes: &[u8]) -> SheetError {
    let holds = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|window| window == name)
    };
    if holds("EncryptedPackage") || holds("EncryptionInfo") {
        SheetError::PasswordProtected
    } else if holds("Workbook") || holds("Book") {
        SheetError::OldExcel
    } else if holds("WordDocument") {
        SheetError::TextDocument
    } else {
        SheetError::NotASheet
    }
}

fn is_picture(bytes: &[u8]) -> bool {
    let heif = bytes.get(4..8) == Some(b"ftyp")
        && bytes.get(8..12).is_some_and(|brand| [&b"heic"[..], b"heix", b"mif1", b"avif"].contains(&brand));
    let webp = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    let size = |size: &[u8]| size.iter().rev().fold(0usize, |size, byte| size << 8 | usize::from(*byte));
    let bmp =
        bytes.starts_with(b"BM") && bytes.get(2..6).is_some_and(|declared| size(declared) == bytes.len());
    heif || webp
        || bmp
        || [&b"\x89PNG"[..], b"\xFF\xD8\xFF", b"GIF8", b"II*\0", b"MM\0*"]
            .iter()
            .any(|magic| bytes.starts_with(magic))
}

fn is_archive(bytes: &[u8]) -> bool {
    [&b"PK\x05\x06"[..], b"PK\x07\x08", b"\x1F\x8B", b"Rar!", b"7z\xBC\xAF", b"BZh", b"\xFD7zXZ"]
        .iter()
        .any(|magic| bytes.starts_with(magic))
}

fn is_markup(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let start = text[..text.len().min(64)].to_ascii_lowercase();
    ["<?xml", "<!doctype", "<html", "<table", "<meta", "<head", "<style", "<!--"]
        .iter()
        .any(|tag| start.starts_with(tag.as_bytes()))
}
