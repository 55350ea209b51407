//! One conversation with an authority, from the account to the certificate.

use std::sync::Arc;
use std::time::Duration;

use instant_acme::{
    Account, AuthorizationStatus, ChallengeType, Identifier, KeyAuthorization, NewAccount, NewOrder, Order,
    OrderStatus, RetryPolicy,
};
use rcgen::{CertificateParams, CustomExtension, KeyPair};
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::sign::CertifiedKey;

use super::client::Client;
use super::kept::Kept;
use super::shown::{Certificate, Certificates};
use super::{Domain, Settings, Why};

/// How long an authority may take to look at the domain, and to sign.
const PATIENCE: RetryPolicy = RetryPolicy::new().timeout(Duration::from_secs(120));

/// Asks for a certificate and keeps it. While it is asked for, `certificates` answers the authority.
pub(super) async fn ask(
    settings: &Settings,
    client: &Client,
    kept: &Kept,
    certificates: &Certificates,
) -> Result<Certificate, Why> {
    let identifiers = [Identifier::Dns(settings.domain.to_string())];
    let wanted = NewOrder::new(&identifiers);
    let account = match kept.account()? {
        Some(known) => Account::builder_with_http(Box::new(client.clone())).from_credentials(known).await?,
        None => new_account(settings, client, kept).await?,
    };
    let mut order = match account.new_order(&wanted).await.map_err(Why::from) {
        // The authority has forgotten the account, or it is closed.
        Err(Why::NoAccount(_)) => new_account(settings, client, kept).await?.new_order(&wanted).await?,
        order => order?,
    };

    let mut authorizations = order.authorizations();
    while let Some(authorization) = authorizations.next().await {
        let mut authorization = authorization?;
        if authorization.status == AuthorizationStatus::Valid {
            continue;
        }
        let challenge = authorization.challenge(ChallengeType::TlsAlpn01);
        let mut challenge = challenge.ok_or_else(|| Why::Other("no tls-alpn-01".to_owned()))?;
        let answer = answer(&settings.domain, &challenge.key_authorization())?;
        certificates.answer(Some(Arc::new(answer)));
        // A quick authority has looked by the time it answers.
        challenge.set_ready().await.map_err(Why::seen_by)?;
    }
    if order.poll_ready(&PATIENCE).await.map_err(Why::seen_by)? != OrderStatus::Ready {
        return Err(refusal(&mut order).await);
    }

    let key = KeyPair::generate().map_err(|error| Why::Other(error.to_string()))?;
    let request = CertificateParams::new(vec![settings.domain.to_string()])
        .and_then(|params| params.serialize_request(&key))
        .map_err(|error| Why::Other(error.to_string()))?;
    order.finalize_csr(request.der()).await?;
    let chain = order.poll_certificate(&PATIENCE).await?;
    kept.keep_certificate(&settings.domain, &key.serialize_pem(), &chain)
}

async fn new_account(settings: &Settings, client: &Client, kept: &Kept) -> Result<Account, Why> {
    let contact = settings.contact.as_ref().map(|address| format!("mailto:{address}"));
    let contact: Vec<&str> = contact.as_deref().into_iter().collect();
    let wanted = NewAccount {
        contact: &contact,
        // The operator is told so by `--help` and the README.
        terms_of_service_agreed: true,
        only_return_existing: false,
    };
    let builder = Account::builder_with_http(Box::new(client.clone()));
    let (account, credentials) = builder.create(&wanted, settings.directory.clone(), None).await?;
    kept.keep_account(&credentials)?;
    Ok(account)
}

/// What the authority wants to see: a certificate signed by itself, with the digest of what it asked.
fn answer(domain: &Domain, asked: &KeyAuthorization) -> Result<CertifiedKey, Why> {
    let other = |error: rcgen::Error| Why::Other(error.to_string());
    let key = KeyPair::generate().map_err(other)?;
    let mut params = CertificateParams::new(vec![domain.to_string()]).map_err(other)?;
    params.custom_extensions = vec![CustomExtension::new_acme_identifier(asked.digest().as_ref())];
    let signed = params.self_signed(&key).map_err(other)?;
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    // Not by `from_der`, which reads the certificate as a visitor would, and stops at an extension it does not know.
    let key = ring::default_provider()
        .key_provider
        .load_private_key(key)
        .map_err(|error| Why::Other(error.to_string()))?;
    Ok(CertifiedKey::new(vec![signed.der().clone()], key))
}

/// Why an order came to nothing: what the authority saw when it looked.
async fn refusal(order: &mut Order) -> Why {
    let mut authorizations = order.authorizations();
    while let Some(authorization) = authorizations.next().await {
        let Ok(mut authorization) = authorization else { break };
        let Ok(state) = authorization.refresh().await else { break };
        if let Some(problem) = state.challenges.iter().find_map(|challenge| challenge.error.clone()) {
            return Why::seen(problem);
        }
    }
    let problem = order.state().error.clone();
    problem.map_or_else(|| Why::Other("the order came to nothing".to_owned()), Why::seen)
}
