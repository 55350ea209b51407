//! HTTPS on the server's own socket, so that phones get service worker and camera without a proxy. Certificates come
//! as PEM files that the operator looks after, or from `acme`, which changes them while the server goes on.

use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::serve::Listener;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
pub(super) use tokio_rustls::rustls::ServerConfig as Config;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, pem};
use tokio_rustls::rustls::server::ResolvesServerCert;
use tokio_rustls::rustls::sign::CertifiedKey;
use tokio_rustls::server::TlsStream;

/// A phone that says nothing after connecting is let go.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// Connections that are ready and not yet served.
const WAITING: usize = 64;
/// By this an authority says that it comes to look whether the domain is ours (RFC 8737), and wants no page.
pub(super) const CHALLENGE: &[u8] = b"acme-tls/1";

/// Why HTTPS cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file is not there or not PEM.
    #[error("{path} holds no PEM that can be read")]
    Pem {
        /// Which file.
        path: String,
        /// Why.
        source: pem::Error,
    },
    /// Certificate and key do not fit.
    #[error("the certificate and the key do not fit together")]
    Mismatch(#[source] tokio_rustls::rustls::Error),
    /// The socket.
    #[error("the socket gives no address")]
    Socket(#[source] io::Error),
}

/// Always one certificate.
#[derive(Debug)]
struct One(Arc<CertifiedKey>);

impl ResolvesServerCert for One {
    fn resolve(&self, _: tokio_rustls::rustls::server::ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.0.clone())
    }
}

/// How HTTPS is served with a chain and a key from PEM files.
///
/// # Errors
/// [`TlsError`].
pub fn of_files(certificates: &Path, key: &Path) -> Result<Config, TlsError> {
    let unreadable = |path: &Path| {
        let path = path.display().to_string();
        move |source| TlsError::Pem { path, source }
    };
    let chain: Result<Vec<CertificateDer<'static>>, pem::Error> =
        CertificateDer::pem_file_iter(certificates).and_then(Iterator::collect);
    let chain = chain.map_err(unreadable(certificates))?;
    let key = PrivateKeyDer::from_pem_file(key).map_err(unreadable(key))?;
    let certified =
        CertifiedKey::from_der(chain, key, &ring::default_provider()).map_err(TlsError::Mismatch)?;
    Ok(of_certificates(Arc::new(One(Arc::new(certified)))))
}

/// How HTTPS is served with certificates that may change.
pub fn of_certificates(certificates: Arc<dyn ResolvesServerCert>) -> Config {
    let mut config = Config::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("ring speaks TLS 1.2 and 1.3")
        .with_no_client_auth()
        .with_cert_resolver(certificates);
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec(), CHALLENGE.to_vec()];
    config
}

/// A listener whose connections have shaken hands. One slow phone holds up nobody else.
#[derive(Debug)]
pub struct TlsListener {
    ready: mpsc::Receiver<(TlsStream<TcpStream>, SocketAddr)>,
    address: SocketAddr,
    working: Vec<JoinHandle<()>>,
}

impl TlsListener {
    /// Serves HTTPS on a bound socket.
    ///
    /// # Errors
    /// [`TlsError::Socket`].
    pub fn new(socket: TcpListener, config: Config) -> Result<Self, TlsError> {
        let address = socket.local_addr().map_err(TlsError::Socket)?;
        let (done, ready) = mpsc::channel(WAITING);
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let accepting = tokio::spawn(accept(socket, acceptor, done));
        Ok(Self { ready, address, working: vec![accepting] })
    }

    /// With a task that looks after its certificates, as long as it listens.
    #[must_use]
    pub fn kept_by(mut self, keeper: impl Future<Output = ()> + Send + 'static) -> Self {
        self.working.push(tokio::spawn(keeper));
        self
    }
}

impl Drop for TlsListener {
    fn drop(&mut self) {
        self.working.iter().for_each(JoinHandle::abort);
    }
}

impl Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        match self.ready.recv().await {
            Some(connection) => connection,
            // The accepting task lives as long as this value.
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}

async fn accept(
    mut socket: TcpListener,
    acceptor: TlsAcceptor,
    done: mpsc::Sender<(TlsStream<TcpStream>, SocketAddr)>,
) {
    loop {
        let (connection, from) = Listener::accept(&mut socket).await;
        let (acceptor, done) = (acceptor.clone(), done.clone());
        tokio::spawn(async move {
            // Scanners and half-open phones fail here all the time: nothing to tell anybody.
            let shaken = tokio::time::timeout(HANDSHAKE, acceptor.accept(connection)).await;
            if let Ok(Ok(stream)) = shaken
                // An authority has seen what it came for.
                && stream.get_ref().1.alpn_protocol() != Some(CHALLENGE)
            {
                let _ = done.send((stream, from)).await;
            }
        });
    }
}
