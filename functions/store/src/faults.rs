//! Faults between this program and the table, for tests: a transport around the real one. What
//! happens to a call depends only on the seed, on what is asked and on how often it was asked before,
//! never on which task came first, so that a failing seed replays.

use crate::fault::PANIC_TARGET;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// One thing that can happen to a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// The request never arrives.
    Drop,
    /// It is done, but the answer is lost.
    LostAnswer,
    /// It arrives twice; the first answer comes back.
    Duplicate,
    /// No answer, and the request arrives some calls later.
    Late,
    /// It takes a while, so that others overtake it.
    Delay,
    /// The table is over its rate.
    Throttle,
    /// Another transaction was in the way (writes only).
    TransactionConflict,
}

/// How often each fault happens, in calls out of 1,000.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultPlan {
    /// Decides everything.
    pub seed: u64,
    /// Out of 1,000 calls; together at most 1,000.
    pub per_mille: BTreeMap<Fault, u16>,
}

impl FaultPlan {
    /// Nothing happens.
    #[must_use]
    pub fn quiet() -> Self {
        Self { seed: 0, per_mille: BTreeMap::new() }
    }

    /// One kind only.
    #[must_use]
    pub fn only(seed: u64, fault: Fault, per_mille: u16) -> Self {
        Self { seed, per_mille: BTreeMap::from([(fault, per_mille)]) }
    }

    /// Every kind, about every fifth call in all.
    #[must_use]
    pub fn stormy(seed: u64) -> Self {
        let per_mille = BTreeMap::from([
            (Fault::Drop, 40),
            (Fault::LostAnswer, 40),
            (Fault::Duplicate, 30),
            (Fault::Late, 20),
            (Fault::Delay, 40),
            (Fault::Throttle, 20),
            (Fault::TransactionConflict, 20),
        ]);
        Self { seed, per_mille }
    }

    fn draw(&self, fingerprint: u64, nth: u64) -> Option<Fault> {
        let random = mix(self.seed ^ mix(fingerprint ^ mix(nth)));
        let mut point = u16::try_from(random % 1000).unwrap_or(0);
        for (fault, share) in &self.per_mille {
            if point < *share {
                return Some(*fault);
            }
            point -= share;
        }
        None
    }
}

/// The handle a test keeps. Give a clone to `StoreConfig::faults`.
#[derive(Debug, Clone)]
pub struct Faults {
    state: Arc<State>,
}

#[derive(Debug)]
struct State {
    /// Off until the tables exist: creating them is not what is tested.
    armed: AtomicBool,
    panic_next: AtomicBool,
    plan: Mutex<FaultPlan>,
    seen: Mutex<HashMap<u64, u64>>,
    counts: Mutex<BTreeMap<Fault, u64>>,
    late: Mutex<Vec<(u8, HttpRequest)>>,
}

impl Faults {
    /// Faults by this plan.
    #[must_use]
    pub fn new(plan: FaultPlan) -> Self {
        let state = State {
            armed: AtomicBool::new(false),
            panic_next: AtomicBool::new(false),
            plan: Mutex::new(plan),
            seen: Mutex::default(),
            counts: Mutex::default(),
            late: Mutex::default(),
        };
        Self { state: Arc::new(state) }
    }

    /// Another plan from now on, for example [`FaultPlan::quiet`] to look at the outcome.
    pub fn set_plan(&self, plan: FaultPlan) {
        *lock(&self.state.plan) = plan;
    }

    /// How often each fault has happened.
    #[must_use]
    pub fn counts(&self) -> BTreeMap<Fault, u64> {
        lock(&self.state.counts).clone()
    }

    /// Breaks the embedded table from inside with the next call.
    pub fn panic_next(&self) {
        self.state.panic_next.store(true, Ordering::SeqCst);
    }

    pub(crate) fn arm(&self) {
        self.state.armed.store(true, Ordering::SeqCst);
    }

    pub(crate) fn over(&self, inner: SharedHttpClient) -> SharedHttpClient {
        SharedHttpClient::new(FaultyClient { inner, faults: self.clone() })
    }

    fn draw(&self, request: &HttpRequest) -> Option<Fault> {
        let target = request.headers().get("x-amz-target").unwrap_or_default();
        let fingerprint = fingerprint(target, request.body().bytes().unwrap_or_default());
        let nth = {
            let mut seen = lock(&self.state.seen);
            let nth = seen.entry(fingerprint).or_default();
            *nth += 1;
            *nth
        };
        let fault = lock(&self.state.plan).draw(fingerprint, nth)?;
        if fault == Fault::TransactionConflict && !is_write(target) {
            return None;
        }
        *lock(&self.state.counts).entry(fault).or_default() += 1;
        Some(fault)
    }

    /// Late requests whose time has come.
    fn due(&self) -> Vec<HttpRequest> {
        let mut late = lock(&self.state.late);
        for (calls_left, _) in late.iter_mut() {
            *calls_left -= 1;
        }
        let (due, rest) =
            std::mem::take(&mut *late).into_iter().partition(|(calls_left, _)| *calls_left == 0);
        *late = rest;
        let due: Vec<(u8, HttpRequest)> = due;
        due.into_iter().map(|(_, request)| request).collect()
    }
}

#[derive(Debug)]
struct FaultyClient {
    inner: SharedHttpClient,
    faults: Faults,
}

impl HttpClient for FaultyClient {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(FaultyConnector {
            inner: self.inner.http_connector(settings, components),
            faults: self.faults.clone(),
        })
    }
}

#[derive(Debug, Clone)]
struct FaultyConnector {
    inner: SharedHttpConnector,
    faults: Faults,
}

impl HttpConnector for FaultyConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        HttpConnectorFuture::new(self.clone().answer(request))
    }
}

impl FaultyConnector {
    async fn answer(self, mut request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let state = &self.faults.state;
        if !state.armed.load(Ordering::SeqCst) {
            return self.inner.call(request).await;
        }
        if state.panic_next.swap(false, Ordering::SeqCst) {
            request.headers_mut().insert("x-amz-target", PANIC_TARGET);
            return self.inner.call(request).await;
        }
        for late in self.faults.due() {
            // Its sender gave up long ago: whatever it answers is heard by nobody.
            let _ = self.inner.call(late).await;
        }
        let copy = request.try_clone();
        match (self.faults.draw(&request), copy) {
            (None, _) => self.inner.call(request).await,
            (Some(Fault::Drop), _) => Err(lost("the request was dropped")),
            (Some(Fault::LostAnswer), _) => {
                let _ = self.inner.call(request).await;
                Err(lost("the answer was lost"))
            }
            (Some(Fault::Duplicate), Some(copy)) => {
                let first = self.inner.call(request).await;
                let _ = self.inner.call(copy).await;
                first
            }
            (Some(Fault::Late), Some(copy)) => {
                let calls = 2 + u8::try_from(copy.body().content_length().unwrap_or(0) % 6).unwrap_or(0);
                lock(&state.late).push((calls, copy));
                Err(lost("the request is late"))
            }
            (Some(Fault::Delay), _) => {
                tokio::time::sleep(Duration::from_millis(2)).await;
                self.inner.call(request).await
            }
            (Some(Fault::Throttle), _) => refusal(&json!({
                "__type": "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException",
                "message": "slow down",
            })),
            (Some(Fault::TransactionConflict), _) => refusal(&in_the_way(&request)),
            (Some(Fault::Duplicate | Fault::Late), None) => self.inner.call(request).await,
        }
    }
}

fn in_the_way(request: &HttpRequest) -> Value {
    let body: Value = serde_json::from_slice(request.body().bytes().unwrap_or_default()).unwrap_or_default();
    match body["TransactItems"].as_array() {
        None => json!({
            "__type": "com.amazonaws.dynamodb.v20120810#TransactionConflictException",
            "message": "another transaction",
        }),
        Some(parts) => {
            let mut reasons = vec![json!({"Code": "None"}); parts.len()];
            if let Some(first) = reasons.first_mut() {
                *first = json!({"Code": "TransactionConflict", "Message": "another transaction"});
            }
            json!({
                "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
                "Message": "Transaction cancelled",
                "CancellationReasons": reasons,
            })
        }
    }
}

fn refusal(body: &Value) -> Result<HttpResponse, ConnectorError> {
    let status = 400_u16.try_into().map_err(|error| ConnectorError::other(Box::new(error), None))?;
    Ok(HttpResponse::new(status, SdkBody::from(body.to_string())))
}

fn lost(what: &'static str) -> ConnectorError {
    ConnectorError::io(what.into())
}

fn is_write(target: &str) -> bool {
    ["PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems"]
        .iter()
        .any(|operation| target.ends_with(operation))
}

/// The same for the same question: members in order, the random token of a transaction left out.
fn fingerprint(target: &str, body: &[u8]) -> u64 {
    let mut body: Value = serde_json::from_slice(body).unwrap_or_default();
    if let Some(fields) = body.as_object_mut() {
        fields.remove("ClientRequestToken");
    }
    let mut hash = 0xcbf2_9ce4_8422_2325;
    hash_bytes(&mut hash, target.as_bytes());
    hash_value(&mut hash, &body);
    hash
}

fn hash_value(hash: &mut u64, value: &Value) {
    match value {
        Value::Object(fields) => {
            let sorted: BTreeMap<_, _> = fields.iter().collect();
            for (name, value) in sorted {
                hash_bytes(hash, name.as_bytes());
                hash_value(hash, value);
            }
        }
        Value::Array(values) => {
            for value in values {
                hash_value(hash, value);
            }
        }
        scalar => hash_bytes(hash, scalar.to_string().as_bytes()),
    }
}

/// FNV-1a: stable between runs and machines, unlike the standard library's hasher.
fn hash_bytes(hash: &mut u64, bytes: &[u8]) {
    for byte in bytes.iter().chain(&[0xff]) {
        *hash = (*hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
}

/// The finaliser of splitmix64.
fn mix(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
