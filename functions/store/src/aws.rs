//! What calls to AWS itself need and calls to a table in this process do not: TLS, region, credentials.

use crate::client::{StoreConfig, base};
use crate::error::StoreError;
use aws_sdk_dynamodb::config::{Builder, Credentials, Region, SharedHttpClient};
use aws_smithy_http_client::tls;

/// A client's configuration from the environment, as Lambda fills it.
pub(crate) fn builder(config: &StoreConfig) -> Result<Builder, StoreError> {
    let builder = base(config, transport())
        .region(Region::new(needed("AWS_REGION")?))
        .credentials_provider(credentials()?);
    Ok(match std::env::var("AWS_ENDPOINT_URL_DYNAMODB") {
        Ok(endpoint) => builder.endpoint_url(endpoint),
        Err(_) => builder,
    })
}

/// TLS with the roots of the system (`SSL_CERT_FILE` names others); plain where an address says `http://`.
pub(crate) fn transport() -> SharedHttpClient {
    aws_smithy_http_client::Builder::new()
        .tls_provider(tls::Provider::Rustls(tls::rustls_provider::CryptoMode::Ring))
        .build_https()
}

/// Those of the function's role. Lambda replaces the process before they end, so nothing renews them here.
pub(crate) fn credentials() -> Result<Credentials, StoreError> {
    Ok(Credentials::new(
        needed("AWS_ACCESS_KEY_ID")?,
        needed("AWS_SECRET_ACCESS_KEY")?,
        std::env::var("AWS_SESSION_TOKEN").ok(),
        None,
        "environment",
    ))
}

pub(crate) fn needed(name: &str) -> Result<String, StoreError> {
    std::env::var(name).map_err(|_| StoreError::Denied { code: format!("{name} is not set") })
}
