//! One file with everything that a release usually changes for an audience. A phone that has an earlier release asks for
//! this one instead of for each of its parts, since every request at the edge is billed. `public/sw.js` takes it apart.

use anyhow::Result;
use serde_json::json;

use super::{Asset, short_hash};

/// The ending of its name.
const ENDING: &str = "pack";

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
        let end = packed.bytes.iter().position(|byte| *byte == b'\n').expect("a first line");
        let (list, mut rest) = (&packed.bytes[..end], &packed.bytes[end + 1..]);
        let list: Vec<(String, usize)> = serde_json::from_slice(list).expect("pairs");
        for (part, (path, length)) in parts.iter().zip(list) {
            let (bytes, after) = rest.split_at(length);
            assert_eq!((path, bytes), (format!("/{}", part.path), part.bytes.as_slice()));
            rest = after;
        }
        assert!(rest.is_empty());
    }

    #[test]
    fn its_name_changes_with_what_is_in_it() {
        let (one, other) = (asset("phone.js", b"1"), asset("phone.js", b"2"));
        let name = |part| pack("field", &[part]).expect("packed").path;
        assert!(name(&one).starts_with("pkg/field.") && name(&one).ends_with(".pack"));
        assert_ne!(name(&one), name(&other));
    }
}
