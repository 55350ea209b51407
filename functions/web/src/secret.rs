//! Random bits, and what is derived from a session's token. The tokens themselves are `store`'s types, which hide
//! in every debug line; nothing here is ever logged.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};
use store::{HandInToken, SessionToken, Tokens};

/// So many random bytes from the operating system.
///
/// # Panics
/// Only where the operating system has no randomness, on which no secret can be made at all.
#[must_use]
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// The hand-in token of a session: made from the session's own, so that the server can tell it again to that session
/// although the table keeps only hashes. Whoever has it can append this person's facts and nothing else.
#[must_use]
pub fn hand_in_of(session: &SessionToken) -> HandInToken {
    let mut hash = Sha256::new();
    hash.update(b"last metre hand-in 1");
    hash.update(session.text());
    HandInToken::from_random(hash.finalize().into())
}

/// The tokens of a new session.
#[must_use]
pub fn new_tokens() -> Tokens {
    let session = SessionToken::from_random(random());
    Tokens { hand_in: hand_in_of(&session), session }
}

/// SHA-256 of anything, in hexadecimal.
#[must_use]
pub fn hash_of(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_hears_the_same_hand_in_token_each_time_and_cannot_be_told_from_it() {
        let tokens = new_tokens();
        assert_eq!(hand_in_of(&tokens.session), tokens.hand_in);
        assert_ne!(tokens.hand_in.text(), tokens.session.text());
        assert_ne!(new_tokens().hand_in, tokens.hand_in);
    }
}
