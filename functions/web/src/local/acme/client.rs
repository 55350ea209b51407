//! HTTPS to the authority, with the machine's own roots or with the one that the operator named.

use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use http::Request;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client as Hyper;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use instant_acme::{BodyWrapper, BytesResponse, Error, HttpClient};
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::Why;
use crate::local::voice;

/// An authority that does not answer by then is not there.
const PATIENCE: Duration = Duration::from_secs(30);

/// Asks an authority.
#[derive(Debug, Clone)]
pub(super) struct Client(Hyper<HttpsConnector<HttpConnector>, BodyWrapper<Bytes>>);

impl Client {
    pub(super) fn new(root: Option<&Path>) -> Result<Self, Why> {
        let ring = Arc::new(ring::default_provider());
        let builder = HttpsConnectorBuilder::new();
        let builder = match root {
            None => builder
                .with_provider_and_native_roots(ring)
                .map_err(|error| Why::Other(voice::with_causes(&error)))?,
            Some(path) => {
                let unreadable = |error: &dyn std::error::Error| {
                    Why::Disk(format!("{}: {}", path.display(), voice::with_causes(error)))
                };
                let mut roots = RootCertStore::empty();
                for root in CertificateDer::pem_file_iter(path).map_err(|error| unreadable(&error))? {
                    let root = root.map_err(|error| unreadable(&error))?;
                    roots.add(root).map_err(|error| unreadable(&error))?;
                }
                let config = ClientConfig::builder_with_provider(ring)
                    .with_safe_default_protocol_versions()
                    .map_err(|error| unreadable(&error))?;
                builder.with_tls_config(config.with_root_certificates(roots).with_no_client_auth())
            }
        };
        Ok(Self(Hyper::builder(TokioExecutor::new()).build(builder.https_only().enable_http1().build())))
    }
}

impl HttpClient for Client {
    fn request(
        &self,
        request: Request<BodyWrapper<Bytes>>,
    ) -> Pin<Box<dyn Future<Output = Result<BytesResponse, Error>> + Send>> {
        let asked = self.0.request(request);
        Box::pin(async move {
            match tokio::time::timeout(PATIENCE, asked).await {
                Ok(Ok(response)) => Ok(response.into()),
                Ok(Err(error)) => Err(Error::Other(Box::new(error))),
                Err(late) => Err(Error::Other(Box::new(late))),
            }
        })
    }
}
