//! Rings phones: whoever has one that wants it, once for each reason, not in the quiet hours, and never with a word of
//! what happened. What a push service does not take now is tried again a few times and then let be.

use std::collections::BTreeSet;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::Millis;
use domain::actor::Signed;
use futures_util::stream::{self, StreamExt};
use http::{Request, StatusCode, Uri, header};
use http_body_util::Full;
use hyper_rustls::HttpsConnector;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use p256::PublicKey;
use serde_json::json;
use store::{Catalog, Due, PushKey, Pushed, Store, StoreError, Subscription, Task};
use web_push_native::{Auth, WebPushBuilder};

use super::hosts::Hosts;
use super::vapid::{NotAKey, Signer};
use super::{InQuietHours, Ring};

/// Messages under way at once.
const AT_ONCE: usize = 32;
/// How often a message is tried, and the first pause; each further one is three times as long.
const TRIES: u32 = 3;
const PAUSE: Duration = Duration::from_millis(300);
/// How long a push service may take.
const PATIENCE: Duration = Duration::from_secs(8);
/// How long a push service keeps a message for a phone that is off.
const KEPT: Duration = Duration::from_secs(12 * 3_600);
/// From so many people on, one read of all phones is cheaper than one for each.
const ASK_FOR_ALL: usize = 16;
/// All messages have this length before they are encrypted, so that their length tells nothing.
const LENGTH: usize = 512;

type Post = Client<HttpsConnector<HttpConnector>, Full<bytes::Bytes>>;

/// Rings phones.
#[derive(Debug, Clone)]
pub struct Ringer {
    key: PushKey,
    signer: Signer,
    hosts: Hosts,
    post: Post,
}

/// Why no phone can be rung.
#[derive(Debug, thiserror::Error)]
pub enum NoRinger {
    /// The key.
    #[error(transparent)]
    NotAKey(#[from] NotAKey),
    /// The system has no certificates to know push services by.
    #[error("this system has no root certificates (Debian: install ca-certificates)")]
    NoRoots(#[source] std::io::Error),
}

/// What a push service said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Taken,
    /// There is no such phone any more.
    Gone,
    /// Not now.
    Later,
    /// Never: our mistake, or an address that may not be called.
    Refused,
}

impl Ringer {
    /// With the push key; `subject` is an address (`mailto:` or `https:`) that push services may write to.
    ///
    /// # Errors
    /// [`NoRinger`].
    pub fn new(key: PushKey, subject: &str, hosts: Hosts) -> Result<Self, NoRinger> {
        let signer = Signer::new(key.scalar(), subject)?;
        let https = hyper_rustls::HttpsConnectorBuilder::new()
            .with_native_roots()
            .map_err(NoRinger::NoRoots)?
            .https_or_http()
            .enable_http1()
            .build();
        let post = Client::builder(TokioExecutor::new()).build(https);
        Ok(Self { key, signer, hosts, post })
    }

    /// What a phone needs to subscribe.
    #[must_use]
    pub fn public_key(&self) -> String {
        self.signer.public_key()
    }

    /// Rings everybody who is to be rung; returns how many phones were.
    ///
    /// # Errors
    /// The table's. What a push service does not take is no error.
    pub(crate) async fn ring_all(
        &self,
        store: &Store,
        catalog: &Catalog,
        rings: Vec<Ring>,
        now: Millis,
    ) -> Result<u32, StoreError> {
        let rings: Vec<Ring> =
            rings.into_iter().filter(|ring| now - ring.at <= ring.occasion.fresh_for()).collect();
        let whom: BTreeSet<Signed> = rings.iter().map(|ring| person(ring.who)).collect();
        if whom.is_empty() {
            return Ok(0);
        }
        let c = catalog.id();
        let phones = self.phones(store, catalog, &whom, now).await?;
        let settings = &catalog.community.settings;
        let quiet_until = settings.quiet.and_then(|quiet| quiet.end(now, settings.utc_offset));
        let mut now_rung: BTreeSet<usize> = BTreeSet::new();
        for ring in &rings {
            let whose = |phone: &&(usize, Pushed)| person(phone.1.who) == person(ring.who);
            let own: Vec<usize> = phones.iter().filter(whose).map(|(place, _)| *place).collect();
            if own.is_empty() {
                continue;
            }
            match (quiet_until, ring.occasion.in_quiet_hours()) {
                (Some(_), InQuietHours::Drop) => continue,
                (Some(morning), InQuietHours::Wait) => {
                    let task = Task::Tell(ring.who);
                    store.schedule(&Due { at: morning, community: c.clone(), task }).await?;
                    continue;
                }
                _ => {}
            }
            // Claimed before it is sent: told once at most, since a phone that rings twice is switched off.
            if store.claim(c, person(ring.who), &ring.name, now).await? {
                now_rung.extend(own);
            }
        }
        let sending = phones.into_iter().filter(|(place, _)| now_rung.contains(place));
        let sending: Vec<Pushed> = sending.map(|(_, phone)| phone).collect();
        let answers: Vec<(Pushed, Answer)> = stream::iter(sending)
            .map(|phone| async move {
                let answer = self.ring(&phone.subscription, now).await;
                (phone, answer)
            })
            .buffer_unordered(AT_ONCE)
            .collect()
            .await;
        let mut rung = 0;
        for (phone, answer) in answers {
            match answer {
                Answer::Taken => rung += 1,
                Answer::Gone => store.unsubscribe(c, &phone).await?,
                Answer::Later | Answer::Refused => tracing::warn!(?answer, "a phone was not rung"),
            }
        }
        Ok(rung)
    }

    async fn phones(
        &self,
        store: &Store,
        catalog: &Catalog,
        whom: &BTreeSet<Signed>,
        now: Millis,
    ) -> Result<Vec<(usize, Pushed)>, StoreError> {
        let mut phones = Vec::new();
        if whom.len() >= ASK_FOR_ALL {
            phones = store.subscriptions(&self.key, catalog.id(), None, now).await?;
        } else {
            for who in whom {
                phones.extend(store.subscriptions(&self.key, catalog.id(), Some(*who), now).await?);
            }
        }
        Ok(phones.into_iter().enumerate().collect())
    }

    /// Rings one phone.
    async fn ring(&self, phone: &Subscription, now: Millis) -> Answer {
        let mut pause = PAUSE;
        for attempt in 1..=TRIES {
            match self.once(phone, now).await {
                Answer::Later if attempt < TRIES => {
                    tokio::time::sleep(pause).await;
                    pause *= 3;
                }
                answer => return answer,
            }
        }
        Answer::Later
    }

    async fn once(&self, phone: &Subscription, now: Millis) -> Answer {
        if !self.hosts.allow(&phone.endpoint) {
            return Answer::Refused;
        }
        let Some(request) = self.request(phone, now) else { return Answer::Gone };
        match tokio::time::timeout(PATIENCE, self.post.request(request)).await {
            Ok(Ok(response)) => judge(response.status()),
            // No connection, or no answer in time.
            Ok(Err(_)) | Err(_) => Answer::Later,
        }
    }

    /// `None` where the phone's keys are none: nobody could read the message.
    fn request(&self, phone: &Subscription, now: Millis) -> Option<Request<Full<bytes::Bytes>>> {
        let endpoint: Uri = phone.endpoint.parse().ok()?;
        let key = PublicKey::from_sec1_bytes(&URL_SAFE_NO_PAD.decode(&phone.p256dh).ok()?).ok()?;
        let auth: [u8; 16] = URL_SAFE_NO_PAD.decode(&phone.auth).ok()?.try_into().ok()?;
        let mut message = json!({ "title": phone.title, "text": phone.text }).to_string();
        message.extend(std::iter::repeat_n(' ', LENGTH.saturating_sub(message.len())));
        let built = WebPushBuilder::new(endpoint.clone(), key, Auth::from(auth)).with_valid_duration(KEPT);
        let (mut parts, body) = built.build(message).ok()?.into_parts();
        let word = self.signer.authorization(&endpoint, now);
        parts.headers.insert(header::AUTHORIZATION, word.parse().ok()?);
        // One message waits for a phone that is off, however much has happened meanwhile.
        parts.headers.insert("topic", header::HeaderValue::from_static("news"));
        parts.headers.insert("urgency", header::HeaderValue::from_static("normal"));
        Some(Request::from_parts(parts, Full::from(body)))
    }
}

fn judge(status: StatusCode) -> Answer {
    match status {
        StatusCode::NOT_FOUND | StatusCode::GONE => Answer::Gone,
        StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT => Answer::Later,
        status if status.is_success() => Answer::Taken,
        status if status.is_server_error() => Answer::Later,
        _ => Answer::Refused,
    }
}

/// A person is the same whatever their role.
fn person(who: Signed) -> Signed {
    match who {
        Signed::Person(id, _) => Signed::Person(id, domain::actor::Role::Desk),
        who => who,
    }
}
