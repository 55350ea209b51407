//! What phones connect to: a plain socket behind a proxy, or HTTPS by files or by certificates from an authority.

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use tokio::net::TcpListener;

#[cfg(feature = "tls")]
use super::{acme, tls, voice};

/// How HTTPS is served.
#[derive(Debug)]
pub enum Https {
    /// By PEM files that the operator looks after.
    Files {
        /// The chain, the server's own certificate first.
        certificate: PathBuf,
        /// Its key.
        key: PathBuf,
    },
    /// By certificates that the server itself asks for.
    #[cfg(feature = "tls")]
    Acme(acme::Settings),
}

/// What the command line said of HTTPS so far.
#[derive(Debug, Default)]
pub struct Asked {
    certificate: Option<PathBuf>,
    key: Option<PathBuf>,
    domain: Option<String>,
    contact: Option<String>,
    directory: Option<String>,
    root: Option<PathBuf>,
}

impl Asked {
    /// Whether a long option is one of these.
    #[must_use]
    pub fn knows(option: &str) -> bool {
        ["tls-cert", "tls-key", "acme", "acme-contact", "acme-directory", "acme-root"].contains(&option)
    }

    /// Takes the value of an option that [`Asked::knows`].
    ///
    /// # Errors
    /// A value that is no text where one is needed.
    pub fn take(&mut self, option: &str, value: std::ffi::OsString) -> Result<(), lexopt::Error> {
        let text = |value: std::ffi::OsString| value.into_string().map(Some).map_err(lexopt::Error::from);
        match option {
            "tls-cert" => self.certificate = Some(value.into()),
            "tls-key" => self.key = Some(value.into()),
            "acme" => self.domain = text(value)?,
            "acme-contact" => self.contact = text(value)?,
            "acme-directory" => self.directory = text(value)?,
            _ => self.root = Some(value.into()),
        }
        Ok(())
    }

    /// How HTTPS is served, if at all; `data` is the folder that certificates are kept in.
    ///
    /// # Errors
    /// Options that do not go together.
    pub fn decide(self, data: &Path) -> Result<Option<Https>, lexopt::Error> {
        let Self { certificate, key, domain, contact, directory, root } = self;
        let more = contact.is_some() || directory.is_some() || root.is_some();
        match (certificate, key, domain) {
            (None, None, None) if more => Err("--acme-... says more about --acme DOMAIN".into()),
            (None, None, None) => Ok(None),
            (Some(certificate), Some(key), None) if !more => Ok(Some(Https::Files { certificate, key })),
            (None, None, Some(domain)) => asked_of(data, &domain, contact, directory, root).map(Some),
            (_, _, Some(_)) => Err("--acme and --tls-cert do the same thing: choose one".into()),
            _ => Err("--tls-cert and --tls-key belong together".into()),
        }
    }
}

#[cfg(feature = "tls")]
fn asked_of(
    data: &Path,
    domain: &str,
    contact: Option<String>,
    directory: Option<String>,
    root: Option<PathBuf>,
) -> Result<Https, lexopt::Error> {
    let domain = acme::Domain::parse(domain).map_err(|error| error.to_string())?;
    let directory = directory.unwrap_or_else(|| acme::LETS_ENCRYPT.to_owned());
    Ok(Https::Acme(acme::Settings { data: data.to_owned(), domain, directory, root, contact }))
}

#[cfg(not(feature = "tls"))]
fn asked_of(
    _: &Path,
    _: &str,
    _: Option<String>,
    _: Option<String>,
    _: Option<PathBuf>,
) -> Result<Https, lexopt::Error> {
    Err("this server was built without HTTPS; put it behind a proxy and use --public-url".into())
}

impl Https {
    /// The address of a server whose certificates an authority gives, where they are: without a port, since whoever
    /// asks for `https://` knocks at 443.
    #[must_use]
    pub fn own_address(&self) -> Option<String> {
        match self {
            Self::Files { .. } => None,
            #[cfg(feature = "tls")]
            Self::Acme(settings) => Some(format!("https://{}", settings.domain)),
        }
    }
}

/// A socket that is listened on.
#[derive(Debug)]
pub enum Front {
    /// Without encryption.
    Plain(TcpListener),
    /// With HTTPS.
    #[cfg(feature = "tls")]
    Tls(tls::TlsListener),
}

impl Front {
    /// Listens. With `--acme` this ends when there is a certificate, however long that takes.
    ///
    /// # Errors
    /// Words for the operator: certificate and key do not serve, the folder cannot be written.
    #[cfg(feature = "tls")]
    pub async fn open(socket: TcpListener, https: Option<Https>) -> Result<Self, String> {
        match https {
            None => Ok(Self::Plain(socket)),
            Some(Https::Files { certificate, key }) => {
                let config = tls::of_files(&certificate, &key).map_err(|error| voice::with_causes(&error))?;
                listen(socket, config).map(Self::Tls)
            }
            Some(Https::Acme(settings)) => {
                let (certificates, keeper) = acme::open(settings)?;
                let listener = listen(socket, tls::of_certificates(certificates.clone()))?.kept_by(keeper);
                certificates.first().await;
                Ok(Self::Tls(listener))
            }
        }
    }

    /// Built without HTTPS: a plain socket, or words.
    ///
    /// # Errors
    /// Where HTTPS was asked for.
    #[cfg(not(feature = "tls"))]
    pub async fn open(socket: TcpListener, https: Option<Https>) -> Result<Self, String> {
        match https {
            None => Ok(Self::Plain(socket)),
            Some(_) => {
                Err("this server was built without HTTPS; put it behind a proxy and use --public-url"
                    .to_owned())
            }
        }
    }

    /// Serves until `end`.
    ///
    /// # Errors
    /// The socket's.
    pub async fn serve(
        self,
        app: axum::Router,
        end: impl Future<Output = ()> + Send + 'static,
    ) -> io::Result<()> {
        match self {
            Self::Plain(socket) => axum::serve(socket, app).with_graceful_shutdown(end).await,
            #[cfg(feature = "tls")]
            Self::Tls(listener) => axum::serve(listener, app).with_graceful_shutdown(end).await,
        }
    }
}

#[cfg(feature = "tls")]
fn listen(socket: TcpListener, config: tls::Config) -> Result<tls::TlsListener, String> {
    tls::TlsListener::new(socket, config).map_err(|error| voice::with_causes(&error))
}

/// Binds a socket.
///
/// # Errors
/// Words for the operator, with what to do where a port below 1024 is refused.
pub async fn bind(address: SocketAddr) -> Result<TcpListener, String> {
    TcpListener::bind(address).await.map_err(|error| {
        let more = match error.kind() {
            io::ErrorKind::PermissionDenied if address.port() < 1024 => {
                ". Ports below 1024 need a right of their own: let your service manager give CAP_NET_BIND_SERVICE, or \
                 run `setcap cap_net_bind_service=+ep` on the program, or listen on a higher port and have the router \
                 lead this one to it"
            }
            _ => "",
        };
        format!("{address} cannot be listened on: {error}{more}")
    })
}

#[cfg(all(test, feature = "tls"))]
mod tests {
    use super::*;

    fn asked(options: &[(&str, &str)]) -> Result<Option<Https>, String> {
        let mut asked = Asked::default();
        for (option, value) in options {
            assert!(Asked::knows(option), "{option}");
            asked.take(option, value.into()).expect("text");
        }
        asked.decide(Path::new("data")).map_err(|error| error.to_string())
    }

    #[test]
    fn an_operator_says_either_files_or_a_domain() {
        assert!(matches!(asked(&[]), Ok(None)));
        let files = asked(&[("tls-cert", "a.pem"), ("tls-key", "a.key")]);
        assert!(matches!(files, Ok(Some(Https::Files { .. }))));
        let Ok(Some(https)) = asked(&[("acme", "LM.example.org")]) else { panic!("a domain is enough") };
        assert_eq!(https.own_address().as_deref(), Some("https://lm.example.org"));
        for (wrong, says) in [
            (&[("tls-cert", "a.pem")][..], "belong together"),
            (&[("acme", "lm.example.org"), ("tls-cert", "a.pem")], "choose one"),
            (&[("acme-contact", "a@example.org")], "--acme DOMAIN"),
            (&[("acme", "https://lm.example.org")], "lm.example.org"),
        ] {
            let words = asked(wrong).expect_err("refused");
            assert!(words.contains(says), "{words}");
        }
    }
}
