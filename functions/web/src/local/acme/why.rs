//! Why there is no certificate, told apart by what the operator has to do about it.

use domain::Lang;
use instant_acme::{Error, Problem};
use ui::locales::operator as t;

use super::Domain;
use crate::local::voice;

/// Why there is no certificate. Each with the authority's or the machine's own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Why {
    /// The domain leads nowhere.
    NoName(String),
    /// Nobody answers at the domain.
    NoAnswer(String),
    /// Somebody answers at the domain, but not this server.
    NotHere(String),
    /// The domain's owner lets other authorities sign only.
    NotAllowed(String),
    /// The authority signs nothing for such a name.
    WrongName(String),
    /// Asked too often.
    TooOften(String),
    /// The address to write to is none.
    WrongContact(String),
    /// The authority does not know the account.
    NoAccount(String),
    /// The authority cannot be reached.
    NoAuthority(String),
    /// Whoever answers at the directory's address is no authority.
    NotAnAuthority(String),
    /// A file cannot be read or written.
    Disk(String),
    /// Anything else.
    Other(String),
}

impl Why {
    /// What the authority saw when it looked at the domain.
    pub(super) fn seen(problem: Problem) -> Self {
        match Self::from(problem) {
            Self::Other(said) => Self::NotHere(said),
            known => known,
        }
    }

    /// The same, where it comes as an error.
    pub(super) fn seen_by(error: Error) -> Self {
        match error {
            Error::Api(problem) => Self::seen(problem),
            other => other.into(),
        }
    }

    /// Whether asking again soon makes it worse.
    pub(super) fn is_limit(&self) -> bool {
        matches!(self, Self::TooOften(_))
    }

    /// The authority's or the machine's own words.
    pub(super) fn detail(&self) -> &str {
        match self {
            Self::NoName(said)
            | Self::NoAnswer(said)
            | Self::NotHere(said)
            | Self::NotAllowed(said)
            | Self::WrongName(said)
            | Self::TooOften(said)
            | Self::WrongContact(said)
            | Self::NoAccount(said)
            | Self::NoAuthority(said)
            | Self::NotAnAuthority(said)
            | Self::Disk(said)
            | Self::Other(said) => said,
        }
    }

    /// For the operator: what is the matter, what to do, and the authority's own words.
    pub(super) fn words(&self, domain: &Domain, lang: Lang) -> String {
        let domain = domain.as_str();
        let what = match self {
            Self::NoName(_) => t::acme_no_name(lang, domain),
            Self::NoAnswer(_) => t::acme_no_answer(lang, domain),
            Self::NotHere(_) => t::acme_not_here(lang, domain),
            Self::NotAllowed(_) => t::acme_not_allowed(lang, domain),
            Self::WrongName(_) => t::acme_wrong_name(lang, domain),
            Self::TooOften(_) => t::acme_too_often(lang, domain),
            Self::WrongContact(_) => t::acme_wrong_contact(lang).to_owned(),
            Self::NoAuthority(_) => t::acme_no_authority(lang).to_owned(),
            Self::NotAnAuthority(_) => t::acme_not_an_authority(lang).to_owned(),
            Self::Disk(_) => t::acme_disk(lang).to_owned(),
            Self::NoAccount(_) | Self::Other(_) => t::acme_other(lang, domain),
        };
        t::acme_with_reason(lang, &what, self.detail())
    }
}

impl From<Problem> for Why {
    fn from(problem: Problem) -> Self {
        let kind = problem.r#type.clone().unwrap_or_default();
        let said = problem.detail.clone().unwrap_or_else(|| problem.to_string());
        match kind.strip_prefix("urn:ietf:params:acme:error:").unwrap_or_default() {
            "dns" => Self::NoName(said),
            "connection" => Self::NoAnswer(said),
            "unauthorized" | "tls" | "incorrectResponse" => Self::NotHere(said),
            "caa" => Self::NotAllowed(said),
            "rejectedIdentifier" | "unsupportedIdentifier" => Self::WrongName(said),
            "rateLimited" => Self::TooOften(said),
            "invalidContact" | "unsupportedContact" => Self::WrongContact(said),
            "accountDoesNotExist" => Self::NoAccount(said),
            _ => Self::Other(said),
        }
    }
}

impl From<Error> for Why {
    fn from(error: Error) -> Self {
        match error {
            Error::Api(problem) => problem.into(),
            Error::Json(_) => Self::NotAnAuthority(voice::with_causes(&error)),
            Error::Http(_) | Error::InvalidUri(_) | Error::Timeout(_) | Error::Other(_) => {
                Self::NoAuthority(voice::with_causes(&error))
            }
            _ => Self::Other(voice::with_causes(&error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(kind: &str) -> Problem {
        let text = format!(r#"{{"type":"urn:ietf:params:acme:error:{kind}","detail":"said so"}}"#);
        serde_json::from_str(&text).expect("a problem")
    }

    #[test]
    fn an_operator_hears_what_to_do_in_both_languages() {
        let domain = Domain::parse("lm.example.org").expect("a domain");
        let kinds = [
            ("dns", "A record", "A 记录"),
            ("connection", "443", "443"),
            ("unauthorized", "another", "别的"),
            ("caa", "CAA", "CAA"),
            ("rejectedIdentifier", "lm.example.org", "lm.example.org"),
            ("rateLimited", "too often", "过于频繁"),
            ("invalidContact", "--acme-contact", "--acme-contact"),
        ];
        for (kind, english, chinese) in kinds {
            let why = Why::from(problem(kind));
            for (lang, part) in [(Lang::En, english), (Lang::Zh, chinese)] {
                let words = why.words(&domain, lang);
                assert!(words.contains(part) && words.contains("said so"), "{kind}: {words}");
            }
        }
    }

    #[test]
    fn what_an_authority_saw_at_the_domain_is_about_the_domain() {
        assert_eq!(Why::seen(problem("malformed")), Why::NotHere("said so".to_owned()));
        assert_eq!(Why::seen(problem("dns")), Why::NoName("said so".to_owned()));
        assert_eq!(Why::from(problem("malformed")), Why::Other("said so".to_owned()));
        assert!(Why::from(problem("rateLimited")).is_limit());
    }
}
