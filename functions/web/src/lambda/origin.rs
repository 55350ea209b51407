//! The Function URL is open to the world; only requests that came through our own CDN, which adds a secret header, are
//! answered. Two values are accepted, so that the secret can be changed without a moment of refusals.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderName, StatusCode};
use sha2::{Digest, Sha256};

/// The header that the CDN adds and visitors cannot.
pub const HEADER: HeaderName = HeaderName::from_static("x-origin-secret");

/// The accepted values, as hashes: comparing hashes takes the same time wherever the values differ.
#[derive(Debug, Clone)]
pub struct Secrets {
    hashes: Arc<[[u8; 32]]>,
}

impl Secrets {
    /// The secrets that count.
    #[must_use]
    pub fn new(secrets: Vec<String>) -> Self {
        Self { hashes: secrets.into_iter().map(|secret| hash(secret.as_bytes())).collect() }
    }

    fn accept(&self, given: &[u8]) -> bool {
        self.hashes.contains(&hash(given))
    }
}

/// Answers 403 to whoever does not bring the secret, before anything else is done.
pub async fn only_ours(State(secrets): State<Secrets>, mut request: Request, next: Next) -> Response {
    match request.headers_mut().remove(HEADER) {
        Some(given) if secrets.accept(given.as_bytes()) => next.run(request).await,
        _ => (StatusCode::FORBIDDEN, "This address is not for visitors.\n").into_response(),
    }
}

fn hash(secret: &[u8]) -> [u8; 32] {
    Sha256::digest(secret).into()
}

#[cfg(test)]
mod tests {
    use super::Secrets;

    #[test]
    fn old_and_new_secret_are_both_accepted_and_nothing_else() {
        let secrets = Secrets::new(vec!["old one".to_owned(), "new one".to_owned()]);
        assert!(secrets.accept(b"old one") && secrets.accept(b"new one"));
        assert!(!secrets.accept(b"") && !secrets.accept(b"new on") && !secrets.accept(b"old one,new one"));
    }
}
