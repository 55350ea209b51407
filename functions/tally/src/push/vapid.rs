//! Who we are, to push services (RFC 8292): a short-lived word of ours for one of them, signed with our key.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::Millis;
use http::Uri;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::json;

/// How long a word holds: push services take at most a day.
const HOURS: i64 = 12;

/// The number is no private key of the curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the push key is no P-256 key: make a new one")]
pub struct NotAKey;

/// Signs for push services.
#[derive(Clone)]
pub struct Signer {
    key: SigningKey,
    /// Whom a push service may write to.
    subject: String,
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Signer({})", self.public_key())
    }
}

impl Signer {
    /// With a private key; `subject` is a `mailto:` or `https:` address.
    ///
    /// # Errors
    /// [`NotAKey`].
    pub fn new(scalar: &[u8; 32], subject: impl Into<String>) -> Result<Self, NotAKey> {
        let key = SigningKey::from_bytes(scalar.into()).map_err(|_| NotAKey)?;
        Ok(Self { key, subject: subject.into() })
    }

    /// The public half as phones want it: uncompressed, in base64url.
    #[must_use]
    pub fn public_key(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.key.verifying_key().to_encoded_point(false).as_bytes())
    }

    /// The header `Authorization` of a message to a push service.
    pub(crate) fn authorization(&self, endpoint: &Uri, now: Millis) -> String {
        let scheme = endpoint.scheme_str().unwrap_or("https");
        let host = endpoint.authority().map_or("", http::uri::Authority::as_str);
        let until = (now + HOURS * Millis::HOUR).0.div_euclid(1_000);
        let claims = json!({ "aud": format!("{scheme}://{host}"), "exp": until, "sub": self.subject });
        let head = URL_SAFE_NO_PAD.encode(r#"{"typ":"JWT","alg":"ES256"}"#);
        let word = format!("{head}.{}", URL_SAFE_NO_PAD.encode(claims.to_string()));
        let signature: Signature = self.key.sign(word.as_bytes());
        let signature = URL_SAFE_NO_PAD.encode(signature.to_bytes());
        format!("vapid t={word}.{signature}, k={}", self.public_key())
    }
}
