//! What differs between two releases of an audience's files: a phone that has the earlier one makes the later one of it
//! and downloads a small part. `public/sw.js` puts it together; the browser test of an update does so with what is made
//! here.

use anyhow::{Context, Result};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{Asset, pack, short_hash, update};

/// Makes it of two files that [`update::pack`] made: a line of JSON with the names under which the service worker keeps
/// the earlier parts (`from`), the list of the later parts and the hash of all their bytes, then how to make them, as
/// bsdiff writes it.
///
/// # Errors
/// One of the two is no such file.
pub(crate) fn of(audience: &str, earlier: &[u8], later: &[u8]) -> Result<Asset> {
    let (_, had, old) = update::parts(earlier).context("the earlier release's pack")?;
    let (list, _, new) = update::parts(later).context("the later release's pack")?;
    // What has no hash in its name is kept under its name and hash.
    let from: Vec<String> = had
        .iter()
        .map(|(path, bytes)| {
            if path.starts_with("/pkg/") { path.clone() } else { format!("{path}?{}", short_hash([*bytes])) }
        })
        .collect();
    let hash: String = Sha256::digest(new).iter().map(|byte| format!("{byte:02x}")).collect();
    let mut bytes = serde_json::to_vec(&json!({ "from": from, "parts": list, "sha256": hash }))?;
    bytes.push(b'\n');
    bsdiff::diff(old, new, &mut bytes)?;
    let path = format!("pkg/{audience}.{}.{}", short_hash([bytes.as_slice()]), update::ENDING);
    Ok(Asset { path, bytes })
}

/// Bytes in brotli of the whole later one, and of what differs.
///
/// # Errors
/// As [`of`].
pub(crate) fn sizes(audience: &str, earlier: &[u8], later: &[u8]) -> Result<(usize, usize)> {
    Ok((pack::best(later)?.len(), pack::best(&of(audience, earlier, later)?.bytes)?.len()))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::super::{Asset, short_hash, update};
    use super::of;

    fn pack(name: &str, program: &[u8]) -> Vec<u8> {
        let program = Asset { path: format!("pkg/resident.{name}.wasm"), bytes: program.to_vec() };
        let script = Asset { path: "phone.js".to_owned(), bytes: b"let it = 1;".to_vec() };
        update::pack("resident", &[&program, &script]).expect("packed").bytes
    }

    #[test]
    fn the_later_release_is_made_of_the_earlier_one() {
        let old: Vec<u8> = (0..20_000_u32).map(|n| ((n * n) >> 7) as u8).collect();
        let mut new = old.clone();
        new.splice(9_000..9_010, *b"something else that is longer");
        let (earlier, later) = (pack("0123", &old), pack("4567", &new));
        let made = of("resident", &earlier, &later).expect("made").bytes;
        let end = made.iter().position(|byte| *byte == b'\n').expect("a first line");
        let head: Value = serde_json::from_slice(&made[..end]).expect("JSON");
        let kept = format!("/phone.js?{}", short_hash([b"let it = 1;".as_slice()]));
        assert_eq!(head["from"], serde_json::json!(["/pkg/resident.0123.wasm", kept]));
        assert_eq!(head["parts"][0], serde_json::json!(["/pkg/resident.4567.wasm", new.len()]));
        let (_, _, old) = update::parts(&earlier).expect("a pack");
        let (_, _, wanted) = update::parts(&later).expect("a pack");
        let mut patched = Vec::new();
        bsdiff::patch(old, &mut &made[end + 1..], &mut patched).expect("patched");
        assert_eq!(patched, wanted);
    }

    #[test]
    fn what_is_no_pack_gives_no_difference() {
        let whole = pack("0123", b"program");
        assert!(of("resident", b"", &whole).is_err());
        assert!(of("resident", &whole, &whole[..whole.len() - 1]).is_err());
    }
}
