//! One file with everything that a release usually changes for an audience. A phone that has an earlier release asks for
//! this one instead of for each of its parts, since every request at the edge is billed. `public/sw.js` takes it apart.
//! Where this machine still has the release that the phone has, the phone asks for less (`difference`).

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::{Asset, short_hash};

/// The ending of its name.
pub(super) const ENDING: &str = "pack";

/// Makes it: a line of JSON that lists the parts, `[address, length in bytes]` each, then the parts one after another.
pub(crate) fn pack(audience: &str, parts: &[&Asset]) -> Result<Asset> {
    let list: Vec<_> =
        parts.iter().map(|part| json!([format!("/{}", part.path), part.bytes.len()])).collect();
    let mut bytes = serde_json::to_vec(&list)?;
    bytes.push(b'\n');
    for part in parts {
        bytes.extend_from_slice(&part.bytes);
    }
    let path = format!("pkg/{audience}.{}.{ENDING}", short_hash([bytes.as_slice()]));
    Ok(Asset { path, bytes })
}

/// The list of its first line, the parts with their addresses, and all their bytes one after another.
type Parts<'a> = (Value, Vec<(String, &'a [u8])>, &'a [u8]);

/// Takes such a file apart.
pub(super) fn parts(pack: &[u8]) -> Result<Parts<'_>> {
    let end = pack.iter().position(|byte| *byte == b'\n').context("no first line")?;
    let list: Value = serde_json::from_slice(&pack[..end])?;
    let lengths: Vec<(String, usize)> = serde_json::from_value(list.clone())?;
    let all = &pack[end + 1..];
    let mut rest = all;
    let mut parts = Vec::with_capacity(lengths.len());
    for (path, length) in lengths {
        let (part, after) = rest.split_at_checked(length).context("a part is cut off")?;
        parts.push((path, part));
        rest = after;
    }
    ensure!(rest.is_empty(), "something after the last part");
    Ok((list, parts, all))
}

#[cfg(test)]
mod tests {
    use super::{Asset, pack};

    fn asset(path: &str, bytes: &[u8]) -> Asset {
        Asset { path: path.to_owned(), bytes: bytes.to_vec() }
    }

    #[test]
    fn the_parts_come_out_as_they_went_in_line_ends_and_all() {
        let parts = [asset("pkg/resident.0123.wasm", b"\0asm\n\n"), asset("phone.js", "// 好\n".as_bytes())];
        let packed = pack("resident", &[&parts[0], &parts[1]]).expect("packed");
        let (_, out, _) = super::parts(&packed.bytes).expect("a pack");
        let there: Vec<_> = out.iter().map(|(path, bytes)| (path.as_str(), *bytes)).collect();
        let names = parts.each_ref().map(|part| format!("/{}", part.path));
        let wanted = names.iter().map(String::as_str).zip(parts.iter().map(|part| part.bytes.as_slice()));
        assert_eq!(there, wanted.collect::<Vec<_>>());
    }

    #[test]
    fn its_name_changes_with_what_is_in_it() {
        let (one, other) = (asset("phone.js", b"1"), asset("phone.js", b"2"));
        let name = |part| pack("field", &[part]).expect("packed").path;
        assert!(name(&one).starts_with("pkg/field.") && name(&one).ends_with(".pack"));
        assert_ne!(name(&one), name(&other));
    }
}
