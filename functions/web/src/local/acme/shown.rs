//! What is shown to whoever connects: the certificate, or to an authority that comes to look, the answer it asked for.

use std::sync::{Arc, PoisonError, RwLock};

use tokio::sync::watch;
use tokio_rustls::rustls::server::{ClientHello, ResolvesServerCert};
use tokio_rustls::rustls::sign::CertifiedKey;

use super::plan::Validity;
use crate::local::tls::CHALLENGE;

/// A certificate with its key, and how long it is good.
#[derive(Debug, Clone)]
pub(super) struct Certificate {
    certified: Arc<CertifiedKey>,
    validity: Validity,
}

impl Certificate {
    pub(super) fn new(certified: CertifiedKey, validity: Validity) -> Self {
        Self { certified: Arc::new(certified), validity }
    }

    pub(super) fn validity(&self) -> Validity {
        self.validity
    }
}

/// The certificates of a listener; they change while it listens.
#[derive(Debug)]
pub struct Certificates {
    shown: watch::Sender<Option<Certificate>>,
    answer: RwLock<Option<Arc<CertifiedKey>>>,
}

impl Default for Certificates {
    fn default() -> Self {
        Self { shown: watch::Sender::new(None), answer: RwLock::default() }
    }
}

impl Certificates {
    /// From now on phones see this one.
    pub(super) fn show(&self, certificate: Certificate) {
        self.shown.send_replace(Some(certificate));
    }

    /// How long the one that is shown is good.
    pub(super) fn validity(&self) -> Option<Validity> {
        self.shown.borrow().as_ref().map(Certificate::validity)
    }

    /// What an authority sees that comes to look.
    pub(super) fn answer(&self, answer: Option<Arc<CertifiedKey>>) {
        *self.answer.write().unwrap_or_else(PoisonError::into_inner) = answer;
    }

    /// Ends when there is a certificate to show.
    pub async fn first(&self) {
        // It ends with an error only where the sender is gone, which is this value.
        let _ = self.shown.subscribe().wait_for(Option::is_some).await;
    }
}

impl ResolvesServerCert for Certificates {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        // An authority says that one word and no other.
        if hello.alpn().is_some_and(|mut words| words.next() == Some(CHALLENGE)) {
            return self.answer.read().unwrap_or_else(PoisonError::into_inner).clone();
        }
        self.shown.borrow().as_ref().map(|certificate| certificate.certified.clone())
    }
}
