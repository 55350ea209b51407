//! What an authenticator is asked to sign: random bytes, the time, and a keyed hash of both with what they are for.
//! Nothing is kept of a challenge before it is answered, so that nobody fills the table by asking.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{CommunityId, Millis};
use store::{Answered, SessionToken, StoreError, Vault};

use super::ceremony::Refused;
use crate::errors::Problem;
use crate::secret::{hash_of, random};

/// How long a challenge is good: a page may lie open for a while before its button is pressed.
const GOOD: i64 = 10 * Millis::MINUTE;

/// What a challenge is for.
#[derive(Debug, Clone, Copy)]
pub(super) enum For<'a> {
    /// A new passkey of whoever has this session.
    Adding(&'a SessionToken),
    /// Signing in to a community.
    Entering(&'a CommunityId),
}

impl For<'_> {
    fn stamp(self, vault: &Vault, random_and_time: &[u8]) -> Result<String, StoreError> {
        let what = match self {
            Self::Adding(session) => format!("adding {}", hash_of(session.text().as_bytes())),
            Self::Entering(c) => format!("entering {c}"),
        };
        vault.stamp("passkey challenge", &format!("{what} {}", URL_SAFE_NO_PAD.encode(random_and_time)))
    }
}

/// A new challenge, in base64url.
pub(super) fn new(vault: &Vault, purpose: For<'_>, now: Millis) -> Result<String, StoreError> {
    let mut bytes = random::<16>().to_vec();
    bytes.extend(now.0.to_be_bytes());
    let stamp = purpose.stamp(vault, &bytes)?;
    bytes.extend(stamp.as_bytes());
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// Whether a challenge was given out here for this purpose and is still good. That it is answered only once is the
/// table's to see, by what is given back.
pub(super) fn look_at(
    vault: &Vault,
    purpose: For<'_>,
    challenge: &str,
    now: Millis,
) -> Result<Result<Answered, Refused>, Problem> {
    let Ok(bytes) = URL_SAFE_NO_PAD.decode(challenge) else { return Ok(Err(Refused::Challenge)) };
    let Some((random_and_time, stamp)) = bytes.split_at_checked(24) else {
        return Ok(Err(Refused::Challenge));
    };
    let Some(time) = random_and_time.last_chunk::<8>() else { return Ok(Err(Refused::Challenge)) };
    let made = Millis(i64::from_be_bytes(*time));
    // Both are keyed hashes: whoever measures how long the comparison takes learns nothing that helps.
    let ours = hash_of(purpose.stamp(vault, random_and_time)?.as_bytes()) == hash_of(stamp);
    let good = (0..GOOD).contains(&(now.0.saturating_sub(made.0)));
    if !ours || !good {
        return Ok(Err(Refused::Challenge));
    }
    Ok(Ok(Answered { challenge: challenge.to_owned(), expires: made + GOOD }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_challenge_is_good_here_for_its_purpose_and_for_ten_minutes() {
        let vault = Vault::with_keys(vec![[7; 32]]).expect("a vault");
        let other = Vault::with_keys(vec![[8; 32]]).expect("a vault");
        let (east, west): (CommunityId, CommunityId) =
            ("east".parse().expect("an id"), "west".parse().expect("an id"));
        let (mine, theirs) = (SessionToken::random(), SessionToken::random());
        let now = Millis(1_795_320_000_000);
        let challenge = new(&vault, For::Adding(&mine), now).expect("a challenge");
        let good = |vault: &Vault, purpose, text: &str, at| {
            look_at(vault, purpose, text, at).expect("the vault has a key").is_ok()
        };
        assert!(good(&vault, For::Adding(&mine), &challenge, now + 9 * Millis::MINUTE));
        assert!(!good(&vault, For::Adding(&mine), &challenge, now + 10 * Millis::MINUTE));
        assert!(!good(&vault, For::Adding(&mine), &challenge, now + -1));
        assert!(!good(&vault, For::Adding(&theirs), &challenge, now));
        assert!(!good(&vault, For::Entering(&east), &challenge, now));
        assert!(!good(&other, For::Adding(&mine), &challenge, now));
        let to_enter = new(&vault, For::Entering(&east), now).expect("a challenge");
        assert!(good(&vault, For::Entering(&east), &to_enter, now));
        assert!(!good(&vault, For::Entering(&west), &to_enter, now));
        for wrong in ["", "AAAA", &challenge[..40], "社区", &format!("{challenge}A")] {
            assert!(!good(&vault, For::Adding(&mine), wrong, now), "{wrong}");
        }
    }
}
