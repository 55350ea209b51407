//! Certificates by ACME (RFC 8555): asked for, kept in the data folder, and renewed while the server goes on. That the
//! domain is ours is shown on the server's own socket (TLS-ALPN-01, RFC 8737), so no other port is needed.
//!
//! `plan` says when to ask, `authority` asks, `kept` is what stays on the disk, `shown` what phones are shown.

mod authority;
mod client;
mod kept;
mod plan;
mod shown;
mod why;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use domain::{Lang, Millis};
use ui::locales::operator as t;

use self::kept::Kept;
pub use self::shown::Certificates;
use self::why::Why;
use super::voice;
use crate::clock::Clock;

/// The usual authority; it asks nothing for its certificates.
pub const LETS_ENCRYPT: &str = "https://acme-v02.api.letsencrypt.org/directory";

/// A name by which phones reach this machine, as an authority takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Domain(String);

/// Not a domain.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("--acme takes a domain like lm.example.org, without https:// and port; {0} is none")]
pub struct NotADomain(String);

impl Domain {
    /// Reads a domain: labels of letters, digits and hyphens, at least two, the last no number. A name in other letters
    /// has to be written as the registry does (`xn--...`).
    ///
    /// # Errors
    /// [`NotADomain`].
    pub fn parse(text: &str) -> Result<Self, NotADomain> {
        let name = text.trim().to_ascii_lowercase();
        let labels: Vec<&str> = name.split('.').collect();
        let is_label = |label: &&str| {
            (1..=63).contains(&label.len())
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        let ends_in_letters =
            labels.last().is_some_and(|last| !last.bytes().all(|byte| byte.is_ascii_digit()));
        if name.len() <= 253 && labels.len() >= 2 && labels.iter().all(is_label) && ends_in_letters {
            Ok(Self(name))
        } else {
            Err(NotADomain(text.trim().to_owned()))
        }
    }

    fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Domain {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// What the operator decided.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The data folder.
    pub data: PathBuf,
    /// The name that the certificate is for.
    pub domain: Domain,
    /// The authority's directory, an address.
    pub directory: String,
    /// A root certificate (PEM) by which the authority itself is known; `None`: the machine's own.
    pub root: Option<PathBuf>,
    /// Where the authority writes to, an e-mail address.
    pub contact: Option<String>,
}

/// Shows the certificate that is kept, if one is, and looks after it for as long as the future runs.
///
/// # Errors
/// Words for the operator: the folder cannot be written, the root cannot be read.
pub fn open(
    settings: Settings,
) -> Result<(Arc<Certificates>, impl Future<Output = ()> + Send + 'static), String> {
    let kept = Kept::open(&settings).map_err(|why| in_both(&settings.domain, &why))?;
    let client =
        client::Client::new(settings.root.as_deref()).map_err(|why| in_both(&settings.domain, &why))?;
    let certificates = Arc::new(Certificates::default());
    match kept.certificate(&settings.domain) {
        Ok(Some(found)) => certificates.show(found),
        Ok(None) => {}
        Err(why) => voice::complain(&in_both(&settings.domain, &why)),
    }
    let keeper = keep(settings, kept, client, certificates.clone(), Clock::default());
    Ok((certificates, keeper))
}

/// Asks for a certificate whenever it is time to.
async fn keep(
    settings: Settings,
    kept: Kept,
    client: client::Client,
    certificates: Arc<Certificates>,
    clock: Clock,
) {
    let mut failures = 0;
    loop {
        if let Some(wait) = plan::wait(certificates.validity(), clock.now()) {
            tokio::time::sleep(wait).await;
            continue;
        }
        if failures == 0 {
            let host = kept::authority_name(&settings.directory);
            say(|lang| t::acme_asking(lang, settings.domain.as_str(), &host));
        }
        let got = authority::ask(&settings, &client, &kept, &certificates).await;
        certificates.answer(None);
        match got {
            Ok(found) => {
                failures = 0;
                let until = day(found.validity().until);
                certificates.show(found);
                say(|lang| t::acme_got(lang, settings.domain.as_str(), &until));
            }
            Err(why) => {
                failures += 1;
                let pause = plan::pause(failures, why.is_limit());
                let minutes = u32::try_from(pause.as_secs() / 60).unwrap_or(u32::MAX);
                voice::complain(&in_both(&settings.domain, &why));
                let ends = certificates.validity().map(|validity| day(validity.until));
                both(
                    |lang| t::acme_again(lang, minutes, ends.as_deref().unwrap_or_default()),
                    voice::complain,
                );
                tokio::time::sleep(pause).await;
            }
        }
    }
}

/// A day of UTC, as `2026-11-27`.
fn day(time: Millis) -> String {
    let stamp = jiff::Timestamp::from_millisecond(time.0).unwrap_or_default();
    stamp.to_zoned(jiff::tz::TimeZone::UTC).date().to_string()
}

fn say(words: impl Fn(Lang) -> String) {
    both(words, voice::say);
}

fn both(words: impl Fn(Lang) -> String, aloud: fn(&str)) {
    [Lang::Zh, Lang::En].into_iter().for_each(|lang| aloud(&words(lang)));
}

fn in_both(domain: &Domain, why: &Why) -> String {
    format!("{}\n{}", why.words(domain, Lang::Zh), why.words(domain, Lang::En))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_a_name_without_scheme_and_port() {
        assert_eq!(Domain::parse(" LM.Example.org ").map(|domain| domain.0), Ok("lm.example.org".to_owned()));
        assert!(Domain::parse("xn--fiqs8s.example").is_ok());
        for wrong in [
            "",
            "localhost",
            "https://lm.example.org",
            "lm.example.org:443",
            "192.0.2.7",
            "*.example.org",
            "a..b",
            "-a.example.org",
            "社区.example.org",
            "a_b.example.org",
            "lm.example.org/",
        ] {
            assert_eq!(Domain::parse(wrong), Err(NotADomain(wrong.to_owned())), "{wrong}");
        }
        assert!(Domain::parse(&format!("{}.org", "a".repeat(64))).is_err());
    }
}
