//! What stays on the disk, in `acme/<authority>` of the data folder, for its owner's eyes only: the account's key, and
//! for each domain its key with the chain. Another authority has a folder of its own, so that a certificate of one
//! that only tests is never shown in the place of a real one.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use domain::Millis;
use instant_acme::AccountCredentials;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::sign::CertifiedKey;
use x509_cert::der::Decode;

use super::plan::Validity;
use super::shown::Certificate;
use super::{Domain, Settings, Why};
use crate::local::files::{self, Whole};
use crate::local::voice;

const FOLDER: &str = "acme";
const ACCOUNT: &str = "account.json";

/// The folder of one authority.
#[derive(Debug)]
pub(super) struct Kept {
    folder: PathBuf,
}

impl Kept {
    /// Opens the folder, which is made where it is missing.
    pub(super) fn open(settings: &Settings) -> Result<Self, Why> {
        let name = authority_name(&settings.directory);
        let name = name.replace(|sign: char| !sign.is_ascii_alphanumeric() && sign != '.', "-");
        let folder = settings.data.join(FOLDER).join(name);
        files::private_folder(&folder).map_err(|error| disk(&folder, &error))?;
        Ok(Self { folder })
    }

    /// The account, if there is one.
    pub(super) fn account(&self) -> Result<Option<AccountCredentials>, Why> {
        let path = self.folder.join(ACCOUNT);
        let Some(bytes) = read(&path)? else { return Ok(None) };
        let damaged = |error: serde_json::Error| Why::Disk(format!("{}: {error}", path.display()));
        serde_json::from_slice(&bytes).map(Some).map_err(damaged)
    }

    pub(super) fn keep_account(&self, account: &AccountCredentials) -> Result<(), Why> {
        let bytes = serde_json::to_vec(account).map_err(|error| Why::Other(error.to_string()))?;
        self.write(ACCOUNT, &bytes)
    }

    /// The certificate, if there is one.
    pub(super) fn certificate(&self, domain: &Domain) -> Result<Option<Certificate>, Why> {
        let path = self.folder.join(format!("{domain}.pem"));
        let Some(bytes) = read(&path)? else { return Ok(None) };
        let damaged = |why: Why| Why::Disk(format!("{}: {}", path.display(), why.detail()));
        certificate(&bytes).map(Some).map_err(damaged)
    }

    /// Keeps a key with its chain, both PEM, and reads them back as they will be read after a restart.
    pub(super) fn keep_certificate(
        &self,
        domain: &Domain,
        key: &str,
        chain: &str,
    ) -> Result<Certificate, Why> {
        let both = format!("{key}\n{chain}");
        let read = certificate(both.as_bytes())?;
        self.write(&format!("{domain}.pem"), both.as_bytes())?;
        Ok(read)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Result<(), Why> {
        let path = self.folder.join(name);
        let written = || -> io::Result<()> {
            let whole = Whole::instead(&path);
            whole.create()?.write_all(bytes)?;
            whole.finish()
        };
        written().map_err(|error| disk(&path, &error))
    }
}

/// The authority's host and the path of its directory.
pub(super) fn authority_name(directory: &str) -> String {
    directory.split_once("://").map_or(directory, |(_, rest)| rest).to_owned()
}

fn read(path: &Path) -> Result<Option<Vec<u8>>, Why> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(disk(path, &error)),
    }
}

fn disk(path: &Path, error: &io::Error) -> Why {
    Why::Disk(format!("{}: {error}", path.display()))
}

/// Reads a key and its chain, both PEM.
fn certificate(pem: &[u8]) -> Result<Certificate, Why> {
    let other = |error: &dyn std::error::Error| Why::Other(voice::with_causes(error));
    let chain: Result<Vec<CertificateDer<'static>>, _> = CertificateDer::pem_slice_iter(pem).collect();
    let chain = chain.map_err(|error| other(&error))?;
    let key = PrivateKeyDer::from_pem_slice(pem).map_err(|error| other(&error))?;
    let first = chain.first().ok_or_else(|| Why::Other("no certificate".to_owned()))?;
    let parsed = x509_cert::Certificate::from_der(first).map_err(|error| Why::Other(error.to_string()))?;
    let time = |time: x509_cert::time::Time| {
        Millis(i64::try_from(time.to_unix_duration().as_millis()).unwrap_or(i64::MAX))
    };
    let dates = parsed.tbs_certificate.validity;
    let validity = Validity { from: time(dates.not_before), until: time(dates.not_after) };
    let certified =
        CertifiedKey::from_der(chain, key, &ring::default_provider()).map_err(|error| other(&error))?;
    Ok(Certificate::new(certified, validity))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_not_a_certificate_says_so() {
        for wrong in
            [&b""[..], b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", b"\xff\xfe"]
        {
            assert!(certificate(wrong).is_err());
        }
    }

    #[test]
    fn an_authority_s_folder_is_named_after_it() {
        assert_eq!(authority_name("https://acme.example.org:14000/dir"), "acme.example.org:14000/dir");
    }
}
