//! Which addresses may be called. A phone names its push service itself, so without a list anybody who signs in could
//! make the server call whatever it likes, inside its own network too.

use http::Uri;

/// The push services of the browsers there are: Chrome and others on Android, Firefox, Safari, Edge, Huawei's.
const SERVICES: &[&str] = &[
    "fcm.googleapis.com",
    "jmt17.google.com",
    "updates.push.services.mozilla.com",
    "web.push.apple.com",
    ".push.apple.com",
    ".notify.windows.com",
    ".push.hicloud.com",
];

/// The addresses that may be called.
#[derive(Debug, Clone, Default)]
pub struct Hosts {
    /// Further ones, `host` or `host:port`, called without encryption where that is loopback.
    more: Vec<String>,
}

impl Hosts {
    /// The known push services, and further ones by name, such as a service of the operator's own.
    #[must_use]
    pub fn with(more: impl IntoIterator<Item = String>) -> Self {
        Self {
            more: more
                .into_iter()
                .map(|host| host.trim().to_ascii_lowercase())
                .filter(|h| !h.is_empty())
                .collect(),
        }
    }

    /// Whether a phone may be rung there.
    #[must_use]
    pub fn allow(&self, endpoint: &str) -> bool {
        let Ok(uri) = endpoint.parse::<Uri>() else { return false };
        let Some(authority) = uri.authority() else { return false };
        if endpoint.len() > 1_000 || authority.as_str().contains('@') {
            return false;
        }
        let host = authority.host().to_ascii_lowercase();
        let named = authority.as_str().to_ascii_lowercase();
        let ours = self.more.contains(&named);
        let loopback = host == "127.0.0.1" || host == "localhost";
        match uri.scheme_str() {
            Some("https") => {
                ours || (authority.port_u16().is_none() && SERVICES.iter().any(|service| is(&host, service)))
            }
            Some("http") => ours && loopback,
            _ => false,
        }
    }
}

fn is(host: &str, service: &str) -> bool {
    if service.starts_with('.') { host.ends_with(service) } else { host == service }
}

#[cfg(test)]
mod tests {
    use super::Hosts;

    #[test]
    fn only_push_services_are_called() {
        let hosts = Hosts::with(["127.0.0.1:4000".to_owned()]);
        for good in [
            "https://fcm.googleapis.com/fcm/send/abc",
            "https://wns2-par02p.notify.windows.com/w/?token=x",
            "http://127.0.0.1:4000/push/1",
        ] {
            assert!(hosts.allow(good), "{good}");
        }
        for bad in [
            "http://fcm.googleapis.com/x",
            "https://fcm.googleapis.com:8443/x",
            "https://fcm.googleapis.com.evil.example/x",
            "https://a@fcm.googleapis.com/x",
            "https://notify.windows.com.evil.example/x",
            "http://169.254.169.254/latest/meta-data",
            "http://127.0.0.1:4001/push",
            "https://10.0.0.1/x",
            "file:///etc/passwd",
            "",
        ] {
            assert!(!hosts.allow(bad), "{bad}");
        }
    }
}
