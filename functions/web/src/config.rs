//! What whoever starts the server decides: its address as phones see it, its community. Nothing is read from the
//! environment here.

use domain::CommunityId;
use http::Uri;

/// The address phones know the server by: scheme, host, port. Never taken from a request's `Host`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl {
    origin: String,
    host: String,
    https: bool,
}

/// The text is not an address of the form `https://host[:port]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an address of the form https://host[:port]")]
pub struct NotAnOrigin;

impl PublicUrl {
    /// Reads `https://host[:port]` (or http); a trailing slash is fine, a path is not.
    ///
    /// # Errors
    /// [`NotAnOrigin`].
    pub fn parse(text: &str) -> Result<Self, NotAnOrigin> {
        let uri: Uri = text.trim().trim_end_matches('/').parse().map_err(|_| NotAnOrigin)?;
        let https = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return Err(NotAnOrigin),
        };
        let authority = uri.authority().ok_or(NotAnOrigin)?;
        if uri.path() != "/" || uri.query().is_some() || authority.as_str().contains('@') {
            return Err(NotAnOrigin);
        }
        let default_port = if https { 443 } else { 80 };
        let host = authority.host().to_ascii_lowercase();
        let host = match authority.port_u16() {
            Some(port) if port != default_port => format!("{host}:{port}"),
            _ => host,
        };
        let origin = format!("{}://{host}", if https { "https" } else { "http" });
        Ok(Self { origin, host, https })
    }

    /// `https://host[:port]`, as browsers write an origin.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// `host[:port]`.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Whether it is encrypted.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.https
    }

    /// Whether only this machine can reach it.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        let name = self.host.rsplit_once(':').map_or(self.host.as_str(), |(name, _)| name);
        let name = name.trim_start_matches('[').trim_end_matches(']');
        name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
    }

    /// Whether cards and letters may be printed for it: somebody else's phone must reach it, encrypted.
    #[must_use]
    pub fn is_printable(&self) -> bool {
        self.https && !self.is_loopback()
    }

    /// Whether browsers give it service worker and camera.
    #[must_use]
    pub fn is_secure_context(&self) -> bool {
        self.https || self.is_loopback()
    }

    /// An absolute address on this server.
    #[must_use]
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}

/// What whoever starts the server decides.
#[derive(Debug, Clone)]
pub struct Config {
    /// The address phones know.
    pub public_url: PublicUrl,
    /// The community that strangers are welcomed to.
    pub community: CommunityId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_written_as_browsers_write_it() {
        let url = PublicUrl::parse("HTTPS://LM.Example.org:443/").expect("an origin");
        assert_eq!(url.origin(), "https://lm.example.org");
        assert!(url.is_printable() && url.is_secure_context());
        for bad in ["lm.example.org", "ftp://x", "https://x/path", "https://a@b", "https://x?y", ""] {
            assert_eq!(PublicUrl::parse(bad), Err(NotAnOrigin), "{bad}");
        }
    }

    #[test]
    fn nothing_is_printed_for_an_address_that_a_resident_cannot_reach() {
        for address in ["http://127.0.0.1:3000", "http://localhost:3000", "https://[::1]:8443"] {
            let url = PublicUrl::parse(address).expect(address);
            assert!(url.is_loopback() && url.is_secure_context() && !url.is_printable(), "{address}");
        }
        let plain = PublicUrl::parse("http://192.168.1.5:3000").expect("an origin");
        assert!(!plain.is_printable() && !plain.is_secure_context());
    }
}
