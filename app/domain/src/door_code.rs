//! What a door card carries: a random token behind a QR code, a short code for fingers, and the address that says so.
//!
//! The code says nothing and grants nothing: it names a card, and the rules elsewhere decide what a scan means.
//! Randomness stays with the caller; which hosts belong to the community comes in as a list, so that cards printed
//! for an earlier host go on working.

pub use crate::crockford::CodeError;
use crate::crockford::{Checked, code_type};

code_type! {
    /// The name of one printed door card: 96 random bits and a check, 21 characters. A reissued card has another.
    DoorToken, 21
}

code_type! {
    /// What is typed when the camera won't do: the token's first seven characters and a check of their own.
    ///
    /// 35 bits keep the doors of one community apart (857 doors: a clash once in 90,000 communities); whoever
    /// issues a card draws again if the short code is taken.
    ShortCode, 8
}

impl DoorToken {
    /// Names a new card after 96 bits that the caller drew at random.
    #[must_use]
    pub fn from_random(bits: [u8; 12]) -> Self {
        Self(Checked::from_bits(&bits))
    }

    /// The bits that it was made of.
    #[must_use]
    pub fn bits(&self) -> [u8; 12] {
        self.0.bits()
    }

    /// Reads a token as it stands in a door's address.
    ///
    /// # Errors
    /// Says what is wrong with the text; a token that no card can carry is `Check`.
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        let token = Checked::parse(text)?;
        // 96 bits fill 19 characters and one bit of the twentieth; the rest is zero on every card.
        if token.last_data() & 0b1111 == 0 { Ok(Self(token)) } else { Err(CodeError::Check) }
    }

    /// The short code printed on the same card.
    #[must_use]
    pub fn short_code(&self) -> ShortCode {
        ShortCode(self.0.shortened())
    }
}

impl ShortCode {
    /// Reads a short code as somebody typed it.
    ///
    /// # Errors
    /// Says what is wrong with the text, so that the field can say it.
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        Checked::parse(text).map(Self)
    }

    /// As printed: two groups of four.
    #[must_use]
    pub fn grouped(&self) -> String {
        self.0.grouped(4)
    }
}

/// Why a scanned text does not lead to one of the community's doors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotADoor {
    /// No web address at all: a payment code, a parcel label, plain text.
    #[error("not a web address")]
    NotAUrl,
    /// An address of somebody else, or one that only looks like ours. It is never opened.
    #[error("an address of another site")]
    OtherHost,
    /// Our site, but another page: an enrolment letter, say.
    #[error("another page of this site")]
    NotADoorPath,
    /// A door's address with a damaged token.
    #[error("a door's address with a damaged code")]
    BadToken(#[source] CodeError),
}

/// The address a door card carries: `https://host/d/<token>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DoorUrl;

/// Longer texts are no door cards: a card's address fits a QR code that a phone reads from arm's length.
const LONGEST: usize = 512;

impl DoorUrl {
    /// The address for a card. `origin` is the community's own, such as `https://lm.example.org`.
    #[must_use]
    pub fn of(origin: &str, token: &DoorToken) -> String {
        format!("{}/d/{}", origin.trim_end_matches('/'), token.text())
    }

    /// Finds the door card in a scanned text.
    ///
    /// `known_hosts` lists the community's hosts, old ones too, each as `host` or `host:port`. Plain http counts
    /// on loopback only, where tests run.
    ///
    /// # Errors
    /// Says how far the text was from a door's address.
    pub fn parse<H: AsRef<str>>(text: &str, known_hosts: &[H]) -> Result<DoorToken, NotADoor> {
        let text = text.trim();
        if text.len() > LONGEST
            || text.chars().any(|character| character.is_control() || character.is_whitespace())
        {
            return Err(NotADoor::NotAUrl);
        }
        let (scheme, rest) = text.split_once(':').ok_or(NotADoor::NotAUrl)?;
        let rest = rest.strip_prefix("//").ok_or(NotADoor::NotAUrl)?;
        let default_port = match scheme {
            secure if secure.eq_ignore_ascii_case("https") => ":443",
            plain if plain.eq_ignore_ascii_case("http") => ":80",
            _ => return Err(NotADoor::NotAUrl),
        };
        let end = rest.bytes().position(|byte| b"/?#\\".contains(&byte)).unwrap_or(rest.len());
        // Here and below nothing cuts a text where it may panic: the words about it are 3 KB of a phone's program.
        let (authority, path) = rest.split_at_checked(end).ok_or(NotADoor::NotAUrl)?;
        if authority.is_empty() {
            return Err(NotADoor::NotAUrl);
        }
        // `host@other` and the like match no list entry, and therefore are somebody else's.
        let host = authority.strip_suffix(default_port).unwrap_or(authority);
        let known = known_hosts.iter().any(|entry| entry.as_ref().eq_ignore_ascii_case(host));
        if !known || (default_port == ":80" && !is_loopback(host)) {
            return Err(NotADoor::OtherHost);
        }
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let path = path.strip_suffix('/').unwrap_or(path);
        // Upper case is a denser QR code, should a card ever need it.
        let token =
            path.strip_prefix("/d/").or_else(|| path.strip_prefix("/D/")).ok_or(NotADoor::NotADoorPath)?;
        if token.is_empty() || token.contains('/') {
            return Err(NotADoor::NotADoorPath);
        }
        DoorToken::parse(token).map_err(NotADoor::BadToken)
    }
}

/// Whether `host[:port]` is this very machine.
fn is_loopback(host: &str) -> bool {
    let name = match host.strip_prefix("[::1]") {
        Some(rest) => return rest.is_empty() || rest.starts_with(':'),
        None => host.split(':').next().unwrap_or_default(),
    };
    let numbers = || name.split('.').map(str::parse::<u8>);
    name.eq_ignore_ascii_case("localhost")
        || (numbers().count() == 4 && numbers().all(|number| number.is_ok()) && name.starts_with("127."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HOSTS: [&str; 3] = ["lm.example.org", "old.example.org:8443", "127.0.0.1:3000"];

    fn card() -> DoorToken {
        DoorToken::from_random(*b"twelve bytes")
    }

    #[test]
    fn a_printed_card_leads_to_its_door() {
        let token = card();
        let printed = DoorUrl::of("https://lm.example.org/", &token);
        assert_eq!(printed, format!("https://lm.example.org/d/{}", token.text()));
        let lower = token.text().to_ascii_lowercase();
        for scanned in [
            printed.clone(),
            format!(" {printed}/ "),
            format!("{printed}?from=camera#x"),
            format!("HTTPS://LM.EXAMPLE.ORG:443/D/{lower}"),
            format!("https://old.example.org:8443/d/{lower}"),
            format!("http://127.0.0.1:3000/d/{lower}"),
        ] {
            assert_eq!(DoorUrl::parse(&scanned, &HOSTS), Ok(token), "{scanned}");
        }
    }

    #[test]
    fn what_is_no_door_says_how_far_it_was_from_one() {
        let token = card().text();
        let parse = |text: &str| DoorUrl::parse(text, &HOSTS).expect_err(text);
        for text in
            ["", "wxp://f2f0abc", "SF1234567890", "lm.example.org/d/x", "https:///d/x", "javascript:alert(1)"]
        {
            assert_eq!(parse(text), NotADoor::NotAUrl, "{text}");
        }
        assert_eq!(parse(&format!("https://lm.example.org/d/{}", "7".repeat(600))), NotADoor::NotAUrl);
        for host in [
            "https://evil.example",
            "https://lm.example.org.evil.example",
            "https://lm.example.org@evil.example",
            "https://evil.example\\lm.example.org",
            "https://old.example.org",
            "http://lm.example.org",
            "http://127.0.0.1",
        ] {
            assert_eq!(parse(&format!("{host}/d/{token}")), NotADoor::OtherHost, "{host}");
        }
        for path in ["", "/", "/d", "/d/", "/enrol/x", "/d/a/b", "/x/d/a"] {
            assert_eq!(parse(&format!("https://lm.example.org{path}")), NotADoor::NotADoorPath, "{path}");
        }
        let cut = &token[..20];
        let short = CodeError::Length { expected: 21, found: 20 };
        assert_eq!(parse(&format!("https://lm.example.org/d/{cut}")), NotADoor::BadToken(short));
    }

    #[test]
    fn bits_that_no_card_carries_are_refused() {
        // 21 characters with a fitting check, but with bits beyond the 96.
        let beyond = Checked::<21>::from_bits(&[0xff; 13]);
        assert_eq!(DoorToken::parse(&beyond.text()), Err(CodeError::Check));
    }

    #[test]
    fn the_short_code_is_the_beginning_of_the_token() {
        let token = card();
        let short = token.short_code();
        assert_eq!(short.text()[..7], token.text()[..7]);
        assert_eq!(short.grouped().len(), 9);
        assert_eq!(ShortCode::parse(&short.grouped().to_lowercase()), Ok(short));
    }

    #[test]
    fn neither_token_nor_short_code_shows_in_a_debug_line() {
        assert_eq!(format!("{:?} {:?}", card(), card().short_code()), "DoorToken(…) ShortCode(…)");
    }

    #[test]
    fn the_wire_form_is_the_text_and_is_checked() {
        let token = card();
        let json = serde_json::to_string(&token).expect("a string");
        assert_eq!(json, format!("\"{}\"", token.text()));
        assert_eq!(serde_json::from_str::<DoorToken>(&json).expect("the same"), token);
        assert!(serde_json::from_str::<ShortCode>("\"1111-1111\"").is_err());
    }

    proptest! {
        #[test]
        fn every_token_survives_paper_and_address(bits: [u8; 12]) {
            let token = DoorToken::from_random(bits);
            prop_assert_eq!(DoorToken::parse(&token.text()), Ok(token));
            prop_assert_eq!(DoorUrl::parse(&DoorUrl::of("https://lm.example.org", &token), &HOSTS), Ok(token));
            prop_assert_eq!(ShortCode::parse(&token.short_code().grouped()), Ok(token.short_code()));
        }

        #[test]
        fn a_single_typing_mistake_never_names_another_door(bits: [u8; 12], place in 0usize..8, typed in "[0-9A-HJKMNP-TV-Z]") {
            let short = DoorToken::from_random(bits).short_code();
            let mut text = short.text();
            text.replace_range(place..=place, &typed);
            let same = text == short.text();
            prop_assert_eq!(ShortCode::parse(&text), if same { Ok(short) } else { Err(CodeError::Check) });
        }

        #[test]
        fn no_text_makes_the_reader_fail(text: String, tail in "[0-9a-zA-Z/?#:@\\\\-]{0,40}") {
            let _ = DoorUrl::parse(&text, &HOSTS);
            let _ = DoorUrl::parse(&format!("https://{tail}"), &HOSTS);
            let _ = DoorUrl::parse(&format!("https://lm.example.org/d/{tail}{text}"), &HOSTS);
        }
    }
}
