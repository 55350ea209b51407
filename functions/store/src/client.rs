//! Opens the table on one of its backends. All of them speak through the same SDK client; only the
//! transport under it differs.

use crate::changes::Feeding;
use crate::embedded::Embedded;
use crate::error::StoreError;
use crate::faults::Faults;
use crate::meter::Meter;
use crate::table::{self, Table, TableNames};
use crate::versions::Versions;
use aws_sdk_dynamodb::config::retry::{RetryConfig, RetryPartition, TokenBucket};
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{
    BehaviorVersion, Builder, Credentials, Region, SharedHttpClient, StalledStreamProtectionConfig,
};
use aws_sdk_dynamodb::{Client, Config};
use aws_smithy_runtime_api::shared::IntoShared;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// How often and how patiently a call is repeated when repeating may help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    /// Attempts in all, at least 1.
    pub attempts: u32,
    /// The first pause; it doubles, with jitter.
    pub first_pause: Duration,
    /// The longest pause.
    pub longest_pause: Duration,
    /// How long one attempt may take; all attempts together twice as long.
    pub attempt_timeout: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            attempts: 4,
            first_pause: Duration::from_millis(25),
            longest_pause: Duration::from_secs(1),
            attempt_timeout: Duration::from_secs(5),
        }
    }
}

/// What a deployment may set.
#[derive(Debug, Clone, Default)]
pub struct StoreConfig {
    /// Names of the two tables.
    pub tables: TableNames,
    /// Repeating.
    pub retry: RetryPolicy,
    /// Faults between this program and the table, for tests.
    pub faults: Option<Faults>,
    /// As if other processes wrote to an embedded table too, for tests of what a function on AWS reads: nothing is
    /// known about it without asking.
    pub shared: bool,
    /// Tables that are made keep what has run out, for tests that live at a noon of their own: DynamoDB Local clears
    /// away by the machine's clock.
    pub keeps_expired: bool,
}

/// The table. Cheap to clone; clones share the connection and the meter.
#[derive(Debug, Clone)]
pub struct Store {
    inner: Arc<Inner>,
    meter: Meter,
}

#[derive(Debug)]
struct Inner {
    client: Client,
    tables: TableNames,
    retry: RetryPolicy,
    shared: bool,
    embedded: Option<Embedded>,
    versions: Versions,
    feeding: Feeding,
}

impl Store {
    /// The embedded table in a data folder, made when it is not there.
    ///
    /// # Errors
    /// [`StoreError::InUse`] when another process has it, [`StoreError::CannotOpen`].
    #[cfg(feature = "embedded")]
    pub async fn embedded(dir: &Path, config: StoreConfig) -> Result<Self, StoreError> {
        Self::over_embedded(Embedded::in_dir(dir)?, config).await
    }

    /// An embedded table in memory, for tests.
    ///
    /// # Errors
    /// [`StoreError::CannotOpen`].
    #[cfg(feature = "embedded")]
    pub async fn embedded_memory(config: StoreConfig) -> Result<Self, StoreError> {
        Self::over_embedded(Embedded::in_memory()?, config).await
    }

    /// DynamoDB Local, or anything else that speaks its protocol over plain HTTP.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] when nobody listens there.
    pub async fn dynamodb_local(endpoint: &str, config: StoreConfig) -> Result<Self, StoreError> {
        let transport = aws_smithy_http_client::Builder::new().build_http();
        // DynamoDB Local takes any credentials and keeps a database for each key id.
        let builder = base(&config, transport)
            .endpoint_url(endpoint)
            .region(Region::new("us-east-1"))
            .credentials_provider(Credentials::new("local", "local", None, None, "local"));
        Self::over(builder, config, None).await
    }

    /// DynamoDB on AWS, with its tables made where they are missing: for tools that an operator runs. Region and
    /// credentials come from the environment, as [`Store::in_function`] says.
    ///
    /// # Errors
    /// [`StoreError::Denied`] when one of them is missing or not accepted.
    #[cfg(feature = "aws")]
    pub async fn aws(config: StoreConfig) -> Result<Self, StoreError> {
        Self::over(crate::aws::builder(&config)?, config, None).await
    }

    /// DynamoDB for a function: the tables are there already, made by Terraform, and a function has no right to make
    /// any. Nothing is asked and no connection is opened until the first call.
    ///
    /// `AWS_REGION`, `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN` come from the environment,
    /// where Lambda puts them for as long as the process lives; `AWS_ENDPOINT_URL_DYNAMODB` may name another address
    /// (DynamoDB Local, with `http://`).
    ///
    /// # Errors
    /// [`StoreError::Denied`] when one of them is missing.
    #[cfg(feature = "aws")]
    pub fn in_function(config: StoreConfig) -> Result<Self, StoreError> {
        let client = Client::from_conf(crate::aws::builder(&config)?.build());
        Ok(Self::around(client, config, None))
    }

    /// The same store with a meter of its own, to see what one operation costs.
    #[must_use]
    pub fn metered(&self) -> (Self, Meter) {
        let meter = Meter::default();
        let store = Self { inner: self.inner.clone(), meter: meter.clone() };
        (store, meter)
    }

    /// Ends when the embedded table broke and the process has to exit; never on other backends.
    pub async fn poisoned(&self) {
        if let Some(embedded) = &self.inner.embedded {
            // The sender lives in the table this store holds, so the wait ends only by a panic.
            if embedded.poisoned().wait_for(|poisoned| *poisoned).await.is_ok() {
                return;
            }
        }
        std::future::pending::<()>().await;
    }

    /// Deletes expired items of the embedded table now instead of within a minute; returns how many.
    /// Other backends do this by themselves, some time later: 0.
    ///
    /// # Errors
    /// [`StoreError::Full`], [`StoreError::ReadOnly`], [`StoreError::Disk`].
    pub async fn delete_expired(&self) -> Result<usize, StoreError> {
        self.blocking(Embedded::sweep_now).await.map(Option::unwrap_or_default)
    }

    /// Copies the embedded table into a new file while it is in use. `false` on other backends.
    ///
    /// # Errors
    /// [`StoreError::Full`], [`StoreError::ReadOnly`], [`StoreError::Disk`].
    pub async fn copy_to(&self, file: &Path) -> Result<bool, StoreError> {
        let file = file.to_owned();
        self.blocking(move |embedded| embedded.copy_to(&file)).await.map(|done| done.is_some())
    }

    /// Writes the file of the embedded table anew, so that nothing of what was deleted is left in it. `false` on other
    /// backends.
    ///
    /// # Errors
    /// [`StoreError::Full`], [`StoreError::ReadOnly`], [`StoreError::Disk`].
    pub async fn rewrite_file(&self) -> Result<bool, StoreError> {
        self.blocking(Embedded::rewrite).await.map(|done| done.is_some())
    }

    pub(crate) fn client(&self) -> &Client {
        &self.inner.client
    }

    pub(crate) fn table_name(&self, table: Table) -> &str {
        self.inner.tables.of(table)
    }

    pub(crate) fn meter(&self) -> &Meter {
        &self.meter
    }

    pub(crate) fn retry(&self) -> RetryPolicy {
        self.inner.retry
    }

    /// True for the embedded table: no other process writes to it, unless a test says so.
    pub(crate) fn owns_its_table(&self) -> bool {
        self.inner.embedded.is_some() && !self.inner.shared
    }

    pub(crate) fn feeding(&self) -> &Feeding {
        &self.inner.feeding
    }

    pub(crate) fn versions(&self) -> &Versions {
        &self.inner.versions
    }

    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Embedded) -> Result<T, crate::fault::EmbeddedFault> + Send + 'static,
    ) -> Result<Option<T>, StoreError> {
        let Some(embedded) = self.inner.embedded.clone() else {
            return Ok(None);
        };
        match tokio::task::spawn_blocking(move || work(&embedded)).await {
            Ok(done) => done.map(Some).map_err(|fault| crate::sdk_error::embedded(&fault)),
            Err(_) => Err(StoreError::Poisoned),
        }
    }

    #[cfg(feature = "embedded")]
    pub(crate) async fn over_embedded(embedded: Embedded, config: StoreConfig) -> Result<Self, StoreError> {
        // Nothing is signed: the calls do not leave this process.
        let builder = base(&config, embedded.clone())
            .endpoint_url("http://embedded.invalid")
            .region(Region::new("embedded"))
            .allow_no_auth();
        Self::over(builder, config, Some(embedded)).await
    }

    async fn over(
        builder: Builder,
        config: StoreConfig,
        embedded: Option<Embedded>,
    ) -> Result<Self, StoreError> {
        let client = Client::from_conf(builder.build());
        let streams = embedded.is_none();
        table::create_if_missing(&client, &config, streams).await?;
        Ok(Self::around(client, config, embedded))
    }

    fn around(client: Client, config: StoreConfig, embedded: Option<Embedded>) -> Self {
        if let Some(faults) = &config.faults {
            faults.arm();
        }
        let inner = Inner {
            client,
            tables: config.tables,
            retry: config.retry,
            shared: config.shared,
            embedded,
            versions: Versions::default(),
            feeding: Feeding::default(),
        };
        Self { inner: Arc::new(inner), meter: Meter::default() }
    }
}

/// What all backends share.
pub(crate) fn base(config: &StoreConfig, transport: impl IntoShared<SharedHttpClient>) -> Builder {
    let transport: SharedHttpClient = transport.into_shared();
    let transport = match &config.faults {
        Some(faults) => faults.over(transport),
        None => transport,
    };
    let retry = &config.retry;
    let attempts = retry.attempts.max(1);
    // A bucket of its own: the SDK's default is shared by every client of the process.
    let partition = RetryPartition::custom("store").token_bucket(TokenBucket::unlimited()).build();
    Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .http_client(transport)
        .retry_partition(partition)
        .retry_config(
            RetryConfig::standard()
                .with_max_attempts(attempts)
                .with_initial_backoff(retry.first_pause)
                .with_max_backoff(retry.longest_pause),
        )
        .timeout_config(
            TimeoutConfig::builder()
                .operation_attempt_timeout(retry.attempt_timeout)
                // All attempts together: a phone is told to try again rather than left waiting.
                .operation_timeout(retry.attempt_timeout * 2)
                .build(),
        )
        // Bodies are small and arrive whole.
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
}
