//! HTTPS on the server's own socket, so that phones get service worker and camera without a proxy. Certificates come
//! as PEM files; where they come from is the operator's business.

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
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, pem};
use tokio_rustls::server::TlsStream;

/// A phone that says nothing after connecting is let go.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// Connections that are ready and not yet served.
const WAITING: usize = 64;

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

/// A listener whose connections have shaken hands. One slow phone holds up nobody else.
#[derive(Debug)]
pub struct TlsListener {
    ready: mpsc::Receiver<(TlsStream<TcpStream>, SocketAddr)>,
    address: SocketAddr,
    accepting: JoinHandle<()>,
}

impl TlsListener {
    /// Serves HTTPS on a bound socket.
    ///
    /// # Errors
    /// [`TlsError`].
    pub fn new(socket: TcpListener, certificates: &Path, key: &Path) -> Result<Self, TlsError> {
        let unreadable = |path: &Path| {
            let path = path.display().to_string();
            move |source| TlsError::Pem { path, source }
        };
        let chain: Result<Vec<CertificateDer<'static>>, pem::Error> =
            CertificateDer::pem_file_iter(certificates).and_then(Iterator::collect);
        let chain = chain.map_err(unreadable(certificates))?;
        let key = PrivateKeyDer::from_pem_file(key).map_err(unreadable(key))?;
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key))
            .map_err(TlsError::Mismatch)?;
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        let address = socket.local_addr().map_err(TlsError::Socket)?;
        let (done, ready) = mpsc::channel(WAITING);
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let accepting = tokio::spawn(accept(socket, acceptor, done));
        Ok(Self { ready, address, accepting })
    }
}

impl Drop for TlsListener {
    fn drop(&mut self) {
        self.accepting.abort();
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
            if let Ok(Ok(stream)) = tokio::time::timeout(HANDSHAKE, acceptor.accept(connection)).await {
                let _ = done.send((stream, from)).await;
            }
        });
    }
}
