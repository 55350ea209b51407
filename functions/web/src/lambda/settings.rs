//! The function's environment, read once and whole: everything that is wrong with it is said at once, by name. The
//! table of the variables is in `functions/web/README.md`.

use std::fmt;
use std::path::PathBuf;

use domain::CommunityId;
use sha2::{Digest, Sha256};
use store::{PushKey, TableNames};

use crate::config::PublicUrl;

/// The address phones know.
pub const PUBLIC_URL: &str = "LM_PUBLIC_URL";
/// The community that strangers are welcomed to.
pub const COMMUNITY: &str = "LM_COMMUNITY";
/// The main table.
pub const TABLE: &str = "LM_TABLE";
/// The table of sessions.
pub const SESSIONS_TABLE: &str = "LM_SESSIONS_TABLE";
/// What the CDN puts into its header.
pub const ORIGIN_SECRETS: &str = "LM_ORIGIN_SECRETS";
/// The keys to care remarks and telephone numbers.
pub const CARE_KEYS: &str = "LM_CARE_KEYS";
/// The key push messages are signed with and phones' addresses sealed with; without it nobody is asked to be rung.
pub const PUSH_KEY: &str = "LM_PUSH_KEY";
/// The folder with `assets.json`.
pub const SITE: &str = "LM_SITE";

/// The word that switches the origin's check off.
const OFF: &str = "off";
/// The shortest secret that is taken: as many letters and digits as carry 128 bits.
const SHORTEST: usize = 22;

/// Who may ask this function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Whoever finds its address: only behind something else that keeps strangers out.
    Anybody,
    /// Who brings one of these.
    Secrets(Vec<String>),
}

/// What the operator decided.
#[derive(Clone)]
pub struct Settings {
    /// The address phones know.
    pub public_url: PublicUrl,
    /// The community that strangers are welcomed to.
    pub community: CommunityId,
    /// The two tables.
    pub tables: TableNames,
    /// Who may ask.
    pub origin: Origin,
    /// The newest last: it seals, all of them open.
    pub care_keys: Vec<[u8; 32]>,
    /// How phones are rung, if they are.
    pub push_key: Option<PushKey>,
    /// The folder with `assets.json`.
    pub site: PathBuf,
}

/// Everything that is wrong with the environment. Names of variables and what they need; never a value, since some
/// are secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsError {
    problems: Vec<(&'static str, &'static str)>,
}

impl fmt::Display for SettingsError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, (name, what)) in self.problems.iter().enumerate() {
            write!(out, "{}{name} {what}", if number == 0 { "" } else { "; " })?;
        }
        Ok(())
    }
}

impl std::error::Error for SettingsError {}

/// These may be given by the names of parameters of AWS Systems Manager instead, in a variable of this ending: secrets
/// then stand neither in the function's configuration nor in Terraform's state, and the address may be known only
/// after the function is made. Several names have commas between, as their values then have.
const PARAMETER: &str = "_PARAMETER";

/// What is to be fetched: the variable whose value it is, and the parameters' names.
pub fn parameters(variable: impl Fn(&str) -> Option<String>) -> Vec<(&'static str, String)> {
    let named = |name| Some((name, given(&variable, &format!("{name}{PARAMETER}"))?));
    [PUBLIC_URL, ORIGIN_SECRETS, CARE_KEYS, PUSH_KEY].into_iter().filter_map(named).collect()
}

impl Settings {
    /// Reads the environment through `variable`.
    ///
    /// # Errors
    /// [`SettingsError`], with everything that is missing or not understood.
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Self, SettingsError> {
        let mut reader = Reader { variable, problems: Vec::new() };
        let public_url = reader.take(PUBLIC_URL, "is not of the form https://host", |text| {
            PublicUrl::parse(text).ok().filter(|url| url.is_https() || url.is_loopback())
        });
        let community = reader.or("local", COMMUNITY, "is no community's id", |text| text.parse().ok());
        let main = reader.take(TABLE, "", |text| Some(text.to_owned()));
        let sessions = reader.take(SESSIONS_TABLE, "", |text| Some(text.to_owned()));
        let origin = reader.take(
            ORIGIN_SECRETS,
            "needs one or two secrets of at least 22 characters with a comma between, or the word off",
            origin,
        );
        let care_keys = reader.take(
            CARE_KEYS,
            "needs keys with commas between, the newest last: 64 hexadecimal digits or at least 43 random letters \
             and digits each",
            |text| text.split(',').map(|key| care_key(key.trim())).collect(),
        );
        let push_key = match given(&reader.variable, PUSH_KEY) {
            Some(_) => reader
                .take(
                    PUSH_KEY,
                    "needs 64 hexadecimal digits or at least 43 random letters and digits",
                    |text| PushKey::parse(text).ok(),
                )
                .map(Some),
            None => Some(None),
        };
        // Where Lambda unpacks the zip.
        let unpacked = (reader.variable)("LAMBDA_TASK_ROOT").unwrap_or_else(|| ".".to_owned());
        let beside = format!("{unpacked}/site");
        let site = reader.or(&beside, SITE, "", |text| Some(PathBuf::from(text)));
        match (public_url, community, main, sessions, origin, care_keys, push_key, site) {
            (
                Some(public_url),
                Some(community),
                Some(main),
                Some(sessions),
                Some(origin),
                Some(care_keys),
                Some(push_key),
                Some(site),
            ) => {
                let tables = TableNames { main, sessions };
                Ok(Self { public_url, community, tables, origin, care_keys, push_key, site })
            }
            _ => Err(SettingsError { problems: reader.problems }),
        }
    }
}

/// Reads variables and collects what is wrong with them.
struct Reader<V> {
    variable: V,
    problems: Vec<(&'static str, &'static str)>,
}

impl<V: Fn(&str) -> Option<String>> Reader<V> {
    /// A variable that must be there.
    fn take<T>(
        &mut self,
        name: &'static str,
        wanted: &'static str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = given(&self.variable, name);
        let value = text.as_deref().and_then(read);
        if value.is_none() {
            self.problems.push((name, if text.is_some() { wanted } else { "is not set" }));
        }
        value
    }

    /// A variable that may be missing.
    fn or<T>(
        &mut self,
        otherwise: &str,
        name: &'static str,
        wanted: &'static str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        if given(&self.variable, name).is_some() { self.take(name, wanted, read) } else { read(otherwise) }
    }
}

/// A variable's value; Terraform cannot leave one out as easily as it leaves one empty.
fn given(variable: impl Fn(&str) -> Option<String>, name: &str) -> Option<String> {
    variable(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn origin(text: &str) -> Option<Origin> {
    if text == OFF {
        return Some(Origin::Anybody);
    }
    let secrets: Vec<String> = text.split(',').map(|secret| secret.trim().to_owned()).collect();
    let good = secrets.len() <= 2 && secrets.iter().all(|secret| secret.len() >= SHORTEST);
    good.then_some(Origin::Secrets(secrets))
}

/// 64 hexadecimal digits are the key itself, as in the file that one machine keeps; any other text is hashed into
/// one, since Terraform makes random letters more easily than random bytes.
fn care_key(text: &str) -> Option<[u8; 32]> {
    let is_hex = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_hex {
        let mut key = [0; 32];
        for (byte, digits) in key.iter_mut().zip(text.as_bytes().chunks(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
        }
        return Some(key);
    }
    // 43 letters and digits carry 256 bits.
    (text.len() >= 43).then(|| {
        let mut hash = Sha256::new();
        hash.update(b"last metre care key 1");
        hash.update(text);
        hash.finalize().into()
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    const SECRET: &str = "a1b2c3d4e5f6g7h8i9j0k1";

    fn environment(changes: &[(&'static str, &str)]) -> impl Fn(&str) -> Option<String> {
        let key = "07".repeat(32);
        let mut all: HashMap<&str, String> = [
            (PUBLIC_URL, "https://lm.example.org"),
            (TABLE, "main"),
            (SESSIONS_TABLE, "sessions"),
            (ORIGIN_SECRETS, SECRET),
            (CARE_KEYS, &key),
        ]
        .into_iter()
        .map(|(name, value)| (name, value.to_owned()))
        .collect();
        all.extend(changes.iter().map(|(name, value)| (*name, (*value).to_owned())));
        move |name| all.get(name).cloned()
    }

    #[test]
    fn a_whole_environment_is_read() {
        let settings = Settings::read(environment(&[])).expect("complete");
        assert_eq!(settings.origin, Origin::Secrets(vec![SECRET.to_owned()]));
        assert_eq!(settings.care_keys, [[7; 32]]);
        assert_eq!(settings.community.to_string(), "local");
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once_by_name_and_no_secret_with_it() {
        let wrong = [
            (PUBLIC_URL, "http://lm.example.org"),
            (TABLE, ""),
            (CARE_KEYS, "too short a key"),
            (ORIGIN_SECRETS, "short"),
        ];
        let said = Settings::read(environment(&wrong)).err().expect("refused").to_string();
        for name in [PUBLIC_URL, "LM_TABLE is not set", CARE_KEYS, ORIGIN_SECRETS] {
            assert!(said.contains(name), "{name}: {said}");
        }
        assert!(!said.contains("too short a key") && !said.contains("LM_SESSIONS"), "{said}");
    }

    #[test]
    fn the_origin_is_checked_unless_somebody_says_off() {
        let read = |text: &str| Settings::read(environment(&[(ORIGIN_SECRETS, text)])).map(|s| s.origin);
        assert_eq!(read("off"), Ok(Origin::Anybody));
        let two = format!("{SECRET}, {SECRET}x");
        assert_eq!(read(&two), Ok(Origin::Secrets(vec![SECRET.to_owned(), format!("{SECRET}x")])));
        assert!(read(&format!("{two},{SECRET}y")).is_err() && read(",").is_err());
    }

    #[test]
    fn keys_come_in_digits_or_in_letters_and_the_newest_is_last() {
        let letters = "q".repeat(43);
        let text = format!("{}, {letters}", "ab".repeat(32));
        let keys = Settings::read(environment(&[(CARE_KEYS, &text)])).expect("read").care_keys;
        assert_eq!(keys.len(), 2);
        assert_eq!(keys[0], [0xab; 32]);
        assert_ne!(keys[1], [b'q'; 32]);
    }

    #[test]
    fn a_secret_may_stand_in_a_parameter_store_instead() {
        let variable = |name: &str| (name == "LM_CARE_KEYS_PARAMETER").then(|| "/last-metre/care".to_owned());
        assert_eq!(parameters(variable), [(CARE_KEYS, "/last-metre/care".to_owned())]);
    }
}
