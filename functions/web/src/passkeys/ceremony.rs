//! What an authenticator says, read and judged (Web Authentication, levels 2 and 3): ES256 only, no attestation. Pure:
//! bytes come in as arguments. The browser hands the new key over as a `SubjectPublicKeyInfo`, so no CBOR is read.

use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{Signature, VerifyingKey};
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// What is asked of an authenticator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ceremony {
    /// A new passkey.
    Create,
    /// A signature with one that is there.
    Get,
}

/// Why it is refused. For the log and for tests; a person hears the same of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refused {
    /// Bytes that are no answer of an authenticator.
    #[error("unreadable")]
    Unreadable,
    /// An answer to another question: create for get, or the other way round.
    #[error("another ceremony")]
    Ceremony,
    /// Answered on another site.
    #[error("another origin")]
    Origin,
    /// Made for another site.
    #[error("another site")]
    Site,
    /// Nobody touched the authenticator, or it did not make sure who did.
    #[error("nobody verified")]
    Unverified,
    /// A key that is no P-256 key.
    #[error("another kind of key")]
    Key,
    /// The signature is not the passkey's.
    #[error("wrong signature")]
    Signature,
    /// The authenticator counts less than before: there are two of it.
    #[error("counted before")]
    Counter,
    /// A challenge that was not asked here, for this, or not lately.
    #[error("unknown challenge")]
    Challenge,
    /// A passkey that is not there, or that is somebody else's.
    #[error("unknown passkey")]
    Passkey,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ClientData {
    r#type: String,
    challenge: String,
    origin: String,
    #[serde(default)]
    cross_origin: bool,
}

/// Reads what the browser says about the ceremony, and gives the challenge that was answered. `origin` is this site's
/// own address.
///
/// # Errors
/// [`Refused::Unreadable`], [`Refused::Ceremony`], [`Refused::Origin`].
pub(super) fn challenge_of(client_data: &[u8], ceremony: Ceremony, origin: &str) -> Result<String, Refused> {
    let data: ClientData = serde_json::from_slice(client_data).map_err(|_| Refused::Unreadable)?;
    let kind = match ceremony {
        Ceremony::Create => "webauthn.create",
        Ceremony::Get => "webauthn.get",
    };
    if data.r#type != kind {
        return Err(Refused::Ceremony);
    }
    if data.origin != origin || data.cross_origin {
        return Err(Refused::Origin);
    }
    Ok(data.challenge)
}

/// What an authenticator says about itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Said<'a> {
    /// How often it says it was used; 0 where it does not count.
    pub(super) counter: u32,
    /// What it calls the passkey that it has just made.
    pub(super) made: Option<&'a [u8]>,
}

/// Somebody was there.
const PRESENT: u8 = 0x01;
/// And it made sure who: a finger, a face, a PIN.
const VERIFIED: u8 = 0x04;
/// A new passkey follows.
const ATTACHED: u8 = 0x40;

/// Reads what an authenticator says. `site` is this site's host without a port.
///
/// # Errors
/// [`Refused::Unreadable`], [`Refused::Site`], [`Refused::Unverified`].
pub(super) fn said<'a>(authenticator_data: &'a [u8], site: &str) -> Result<Said<'a>, Refused> {
    let (whose, rest) = authenticator_data.split_first_chunk::<32>().ok_or(Refused::Unreadable)?;
    let (flags, rest) = rest.split_first().ok_or(Refused::Unreadable)?;
    let (counter, rest) = rest.split_first_chunk::<4>().ok_or(Refused::Unreadable)?;
    if whose[..] != Sha256::digest(site)[..] {
        return Err(Refused::Site);
    }
    if flags & PRESENT == 0 || flags & VERIFIED == 0 {
        return Err(Refused::Unverified);
    }
    let made = if flags & ATTACHED == 0 { None } else { Some(id_of(rest).ok_or(Refused::Unreadable)?) };
    Ok(Said { counter: u32::from_be_bytes(*counter), made })
}

/// The name of a new passkey: after the kind of authenticator (16 bytes), with its length in two.
fn id_of(attached: &[u8]) -> Option<&[u8]> {
    let (length, rest) = attached.get(16..)?.split_first_chunk::<2>()?;
    rest.get(..usize::from(u16::from_be_bytes(*length)))
}

/// How every `SubjectPublicKeyInfo` of a P-256 key begins; the point follows.
const P256: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86,
    0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];

/// The point of a new P-256 key, uncompressed.
///
/// # Errors
/// [`Refused::Key`].
pub(super) fn point_of(public_key_info: &[u8]) -> Result<&[u8], Refused> {
    let point = public_key_info.strip_prefix(&P256[..]).ok_or(Refused::Key)?;
    VerifyingKey::from_sec1_bytes(point).map_err(|_| Refused::Key)?;
    Ok(point)
}

/// Whether a passkey signed this.
///
/// # Errors
/// [`Refused::Signature`], [`Refused::Key`].
pub(super) fn signed(
    point: &[u8],
    authenticator_data: &[u8],
    client_data: &[u8],
    signature: &[u8],
) -> Result<(), Refused> {
    let key = VerifyingKey::from_sec1_bytes(point).map_err(|_| Refused::Key)?;
    let signature = Signature::from_der(signature).map_err(|_| Refused::Signature)?;
    let message = [authenticator_data, &Sha256::digest(client_data)].concat();
    key.verify(&message, &signature).map_err(|_| Refused::Signature)
}

/// Whether an authenticator that counts has counted on. Many do not count: they say 0, always.
///
/// # Errors
/// [`Refused::Counter`].
pub(super) fn counted(before: i64, now: u32) -> Result<i64, Refused> {
    let now = i64::from(now);
    if (before, now) == (0, 0) || now > before { Ok(now) } else { Err(Refused::Counter) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: &str = "https://lm.example.org";

    fn client(kind: &str, origin: &str, more: &str) -> String {
        format!(r#"{{"type":"{kind}","challenge":"abc","origin":"{origin}"{more}}}"#)
    }

    #[test]
    fn an_answer_counts_on_this_site_and_for_what_was_asked() {
        let of = |text: &str, ceremony| challenge_of(text.as_bytes(), ceremony, HERE);
        let good = client("webauthn.get", HERE, r#","crossOrigin":false,"other":1"#);
        assert_eq!(of(&good, Ceremony::Get), Ok("abc".to_owned()));
        assert_eq!(of(&good, Ceremony::Create), Err(Refused::Ceremony));
        for origin in ["https://lm.example.org.evil.example", "http://lm.example.org", "https://evil.example"]
        {
            assert_eq!(
                of(&client("webauthn.get", origin, ""), Ceremony::Get),
                Err(Refused::Origin),
                "{origin}"
            );
        }
        let framed = client("webauthn.get", HERE, r#","crossOrigin":true"#);
        assert_eq!(of(&framed, Ceremony::Get), Err(Refused::Origin));
        assert_eq!(of("{", Ceremony::Get), Err(Refused::Unreadable));
    }

    fn data(site: &str, flags: u8, rest: &[u8]) -> Vec<u8> {
        [&Sha256::digest(site)[..], &[flags, 0, 0, 1, 2], rest].concat()
    }

    #[test]
    fn an_authenticator_has_to_be_this_site_s_and_to_know_who_is_there() {
        let good = data("lm.example.org", 0x05, &[]);
        assert_eq!(said(&good, "lm.example.org"), Ok(Said { counter: 258, made: None }));
        assert_eq!(said(&good, "example.org"), Err(Refused::Site));
        for flags in [0x00, 0x01, 0x04] {
            assert_eq!(said(&data("a.b", flags, &[]), "a.b"), Err(Refused::Unverified));
        }
        let made = [&[7; 16][..], &[0, 3], b"key and its CBOR"].concat();
        assert_eq!(said(&data("a.b", 0x45, &made), "a.b").map(|said| said.made), Ok(Some(&b"key"[..])));
        // Cut off anywhere, it is refused and never a panic.
        let whole = data("a.b", 0x45, &made);
        for length in 0..whole.len() - 13 {
            assert_eq!(said(&whole[..length], "a.b"), Err(Refused::Unreadable), "{length}");
        }
    }

    #[test]
    fn a_counter_that_stands_still_is_a_copy_unless_it_never_counts() {
        assert_eq!(counted(0, 0), Ok(0));
        assert_eq!(counted(0, 1), Ok(1));
        assert_eq!(counted(7, 8), Ok(8));
        assert_eq!(counted(7, 7), Err(Refused::Counter));
        assert_eq!(counted(7, 0), Err(Refused::Counter));
    }

    #[test]
    fn only_keys_of_p_256_are_taken() {
        for wrong in [&b""[..], &P256, &[P256.as_slice(), &[4; 65]].concat(), &[0x30; 91]] {
            assert_eq!(point_of(wrong), Err(Refused::Key));
        }
    }
}
