//! Whoever connects: a TLS client that believes the roots it was given, and nobody else.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// A phone that trusts one root.
pub(super) struct Phone(TlsConnector);

/// A connection that was found good.
pub(super) struct Connected {
    stream: TlsStream<TcpStream>,
    domain: String,
}

impl Phone {
    pub(super) fn trusting(pem: &[u8]) -> Self {
        let mut roots = RootCertStore::empty();
        for root in CertificateDer::pem_slice_iter(pem) {
            roots.add(root.expect("PEM")).expect("a root");
        }
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_root_certificates(roots)
            .with_no_client_auth();
        Self(TlsConnector::from(Arc::new(config)))
    }

    pub(super) async fn connect(&self, to: SocketAddr, domain: &str) -> std::io::Result<Connected> {
        let stream = TcpStream::connect(to).await?;
        let name = ServerName::try_from(domain.to_owned()).expect("a name");
        let stream = self.0.connect(name, stream).await?;
        Ok(Connected { stream, domain: domain.to_owned() })
    }
}

impl Connected {
    /// The server's own certificate.
    pub(super) fn certificate(&self) -> Vec<u8> {
        let shown = self.stream.get_ref().1.peer_certificates().expect("hands were shaken");
        shown[0].to_vec()
    }

    /// Asks for a page and reads its whole answer; the connection stays open.
    pub(super) async fn get(&mut self, path: &str) -> String {
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.domain);
        self.stream.write_all(request.as_bytes()).await.expect("it is sent");
        let mut answer = Vec::new();
        loop {
            let mut part = [0; 4096];
            let read = self.stream.read(&mut part).await.expect("an answer");
            answer.extend_from_slice(&part[..read]);
            let text = String::from_utf8_lossy(&answer);
            let whole = text.split_once("\r\n\r\n").is_some_and(|(head, body)| {
                let length = head.lines().find_map(|line| {
                    let (name, value) = line.split_once(": ")?;
                    name.eq_ignore_ascii_case("content-length").then(|| value.parse::<usize>().ok())?
                });
                length.is_some_and(|length| body.len() >= length)
            });
            if whole || read == 0 {
                return text.into_owned();
            }
        }
    }
}
