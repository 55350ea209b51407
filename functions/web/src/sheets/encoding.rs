//! Bytes of a text file to text: UTF-8, UTF-16, or GBK as Chinese Windows writes it.

use std::borrow::Cow;

use domain::ledger::SheetError;
use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// Decodes without losing a character: what cannot be decoded whole is refused.
pub(super) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, SheetError> {
    if let Some((encoding, bom)) = Encoding::for_bom(bytes) {
        return whole(encoding, &bytes[bom..]);
    }
    if bytes.contains(&0) {
        return whole(utf16_of(bytes).ok_or(SheetError::NotASheet)?, bytes);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Cow::Borrowed(text)),
        // Ten good characters of UTF-8 do not happen in GBK: this is UTF-8 with a broken place, not GBK.
        Err(error) if is_chinese_so_far(&bytes[..error.valid_up_to()]) => Err(SheetError::UnknownEncoding),
        Err(_) => whole(GB18030, bytes),
    }
}

fn is_chinese_so_far(valid: &[u8]) -> bool {
    String::from_utf8_lossy(valid).chars().filter(|c| !c.is_ascii()).count() >= 10
}

fn whole<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Result<Cow<'a, str>, SheetError> {
    let text = encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .ok_or(SheetError::UnknownEncoding)?;
    let binary = text.chars().filter(|c| c.is_control() && !matches!(c, '\r' | '\n' | '\t')).count();
    // A text has no control characters; a few may have slipped in by copying.
    if binary > 8 && (encoding != UTF_8 || binary * 20 > text.len()) {
        Err(SheetError::NotASheet)
    } else {
        Ok(text)
    }
}

/// UTF-16 without its mark: commas, digits and line ends have a zero byte, always on the same side.
fn utf16_of(bytes: &[u8]) -> Option<&'static Encoding> {
    if !bytes.len().is_multiple_of(2) {
        return None;
    }
    let zeros = |side: usize| bytes.iter().skip(side).step_by(2).filter(|byte| **byte == 0).count();
    match (zeros(0), zeros(1)) {
        (0, _) => Some(UTF_16LE),
        (_, 0) => Some(UTF_16BE),
        _ => None,
    }
}
