//! The embedded table: `dynoxide` behind the SDK's own transport seam, so that the code above does
//! not know whether it talks to AWS. No port is opened. A file has one owner: this process (a lock),
//! one thread for requests (a bounded queue) and one that deletes expired items.

use crate::dispatch::{self, Reply, StorageFailure};
use crate::error::StoreError;
use crate::fault::EmbeddedFault;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use dynoxide::Database;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, TrySendError};
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::sync::{oneshot, watch};

/// How many requests may wait: about a fifth of a second of durable writes.
const QUEUE_LENGTH: usize = 256;
/// How often expired items are deleted.
const SWEEP_EVERY: Duration = Duration::from_secs(60);
/// The table inside the data folder.
const DATA_FILE: &str = "table.db";

/// The transport the SDK is given. Clones share one table.
#[derive(Debug, Clone)]
pub(crate) struct Embedded {
    engine: Arc<Engine>,
}

struct Engine {
    database: Database,
    /// `None` in memory: tests run the call where it is made, so that one seed gives one order and
    /// a paused clock does not run ahead of another thread.
    queue: Option<SyncSender<Job>>,
    stop_sweeping: Option<Sender<()>>,
    threads: Vec<JoinHandle<()>>,
    data_dir: Option<PathBuf>,
    poisoned: Arc<watch::Sender<bool>>,
    /// Held for as long as the threads live; last field, so dropped last.
    _lock: Option<File>,
}

struct Job {
    target: String,
    body: Vec<u8>,
    reply: oneshot::Sender<Result<Reply, EmbeddedFault>>,
}

impl Embedded {
    /// A table that lives as long as this value.
    pub(crate) fn in_memory() -> Result<Self, StoreError> {
        let database = Database::memory().map_err(|error| cannot_open(Path::new(""), error))?;
        let engine = Engine {
            database,
            queue: None,
            stop_sweeping: None,
            threads: Vec::new(),
            data_dir: None,
            poisoned: Arc::new(watch::Sender::new(false)),
            _lock: None,
        };
        Ok(Self { engine: Arc::new(engine) })
    }

    /// The table in `dir`, made when it is not there. Blocks for the time of opening a file.
    pub(crate) fn in_dir(dir: &Path) -> Result<Self, StoreError> {
        let lock = crate::lock::lock_data_dir(dir)?;
        let file = dir.join(DATA_FILE);
        // SQLite's default in write-ahead mode is `synchronous = FULL`: a commit returns after the
        // log is on the disk, so what was acknowledged survives a kill and a power cut.
        let database = Database::new(&file.to_string_lossy()).map_err(|error| cannot_open(&file, error))?;
        let poisoned = Arc::new(watch::Sender::new(false));
        let (queue, jobs) = std::sync::mpsc::sync_channel(QUEUE_LENGTH);
        let (stop_sweeping, stopped) = std::sync::mpsc::channel();
        let serve = {
            let (database, poisoned, dir) = (database.clone(), poisoned.clone(), dir.to_owned());
            move || serve(&database, &jobs, &poisoned, &dir)
        };
        let sweep = {
            let (database, poisoned) = (database.clone(), poisoned.clone());
            move || sweep(&database, &stopped, &poisoned)
        };
        let threads = vec![
            spawn("table", serve).map_err(|error| cannot_open(dir, error))?,
            spawn("table-sweep", sweep).map_err(|error| cannot_open(dir, error))?,
        ];
        let engine = Engine {
            database,
            queue: Some(queue),
            stop_sweeping: Some(stop_sweeping),
            threads,
            data_dir: Some(dir.to_owned()),
            poisoned,
            _lock: Some(lock),
        };
        Ok(Self { engine: Arc::new(engine) })
    }

    /// Turns true once, when a panic inside left the table unusable.
    pub(crate) fn poisoned(&self) -> watch::Receiver<bool> {
        self.engine.poisoned.subscribe()
    }

    /// Deletes what has expired, now. Returns how many items.
    pub(crate) fn sweep_now(&self) -> Result<usize, EmbeddedFault> {
        self.engine
            .database
            .sweep_ttl()
            .map_err(|error| diagnose(&error.to_string(), self.engine.data_dir.as_deref()))
    }

    /// Writes the file anew without the pages that deleted items left behind.
    pub(crate) fn rewrite(&self) -> Result<(), EmbeddedFault> {
        self.engine
            .database
            .vacuum()
            .map_err(|error| diagnose(&error.to_string(), self.engine.data_dir.as_deref()))
    }

    /// Copies the whole table into a new file, consistent while writes go on.
    pub(crate) fn copy_to(&self, file: &Path) -> Result<(), EmbeddedFault> {
        self.engine
            .database
            .vacuum_into(&file.to_string_lossy())
            .map_err(|error| diagnose(&error.to_string(), file.parent()))
    }

    async fn answer(self, request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let target = request.headers().get("x-amz-target").unwrap_or_default();
        let body = request.body().bytes().unwrap_or_default();
        let answered = match &self.engine.queue {
            None => run(&self.engine.database, target, body, &self.engine.poisoned, None),
            Some(queue) => enqueue(queue, target, body).await,
        };
        let reply = answered.map_err(|fault| ConnectorError::other(Box::new(fault), None))?;
        let status = reply.status.try_into().map_err(|error| ConnectorError::other(Box::new(error), None))?;
        let mut response = HttpResponse::new(status, SdkBody::from(reply.body));
        response.headers_mut().insert("content-type", "application/x-amz-json-1.0");
        Ok(response)
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        // Closing both channels ends the threads; waiting for them keeps the lock until the last
        // write is through, so that the folder can be opened again at once.
        self.queue = None;
        self.stop_sweeping = None;
        for thread in self.threads.drain(..) {
            // A thread that panicked has nothing left to finish.
            let _ = thread.join();
        }
    }
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Engine({:?})", self.data_dir)
    }
}

impl HttpConnector for Embedded {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        HttpConnectorFuture::new(self.clone().answer(request))
    }
}

impl HttpClient for Embedded {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> std::io::Result<JoinHandle<()>> {
    std::thread::Builder::new().name(name.to_owned()).spawn(work)
}

async fn enqueue(queue: &SyncSender<Job>, target: &str, body: &[u8]) -> Result<Reply, EmbeddedFault> {
    let (reply, answer) = oneshot::channel();
    let job = Job { target: target.to_owned(), body: body.to_vec(), reply };
    queue.try_send(job).map_err(|refused| match refused {
        TrySendError::Full(_) => EmbeddedFault::Busy,
        TrySendError::Disconnected(_) => EmbeddedFault::Stopped,
    })?;
    answer.await.unwrap_or(Err(EmbeddedFault::Stopped))
}

fn serve(database: &Database, jobs: &Receiver<Job>, poisoned: &watch::Sender<bool>, data_dir: &Path) {
    for job in jobs {
        // Whoever asked has gone (a timeout): the work would be for nobody.
        if job.reply.is_closed() {
            continue;
        }
        let answer = run(database, &job.target, &job.body, poisoned, Some(data_dir));
        // Nobody waits any more: the write stands, and its id answers when it is sent again.
        let _ = job.reply.send(answer);
    }
}

fn run(
    database: &Database,
    target: &str,
    body: &[u8],
    poisoned: &watch::Sender<bool>,
    data_dir: Option<&Path>,
) -> Result<Reply, EmbeddedFault> {
    if *poisoned.borrow() {
        return Err(EmbeddedFault::Poisoned);
    }
    match catch_unwind(AssertUnwindSafe(|| dispatch::answer(database, target, body))) {
        Ok(Ok(reply)) => Ok(reply),
        Ok(Err(StorageFailure(message))) => Err(diagnose(&message, data_dir)),
        Err(_) => {
            tracing::error!(target, "the embedded table broke; this process must restart");
            poisoned.send_replace(true);
            Err(EmbeddedFault::Poisoned)
        }
    }
}

fn sweep(database: &Database, stopped: &Receiver<()>, poisoned: &watch::Sender<bool>) {
    while stopped.recv_timeout(SWEEP_EVERY) == Err(RecvTimeoutError::Timeout) {
        match catch_unwind(AssertUnwindSafe(|| database.sweep_ttl())) {
            Ok(Ok(deleted)) => tracing::debug!(deleted, "deleted expired items"),
            Ok(Err(error)) => tracing::warn!(%error, "could not delete expired items"),
            Err(_) => {
                poisoned.send_replace(true);
                return;
            }
        }
    }
}

/// The engine hands storage errors on as text only, so the cause is asked of the disk itself first;
/// SQLite's two fixed sentences decide where the disk answers well in the meantime.
fn diagnose(message: &str, data_dir: Option<&Path>) -> EmbeddedFault {
    if message.contains("poisoned") {
        return EmbeddedFault::Poisoned;
    }
    let probed = data_dir.and_then(|dir| crate::lock::probe_writable(dir).err());
    match probed.map(|error| error.kind()) {
        Some(std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded) => {
            return EmbeddedFault::Full;
        }
        Some(std::io::ErrorKind::ReadOnlyFilesystem | std::io::ErrorKind::PermissionDenied) => {
            return EmbeddedFault::ReadOnly;
        }
        _ => {}
    }
    if message.contains("database or disk is full") {
        EmbeddedFault::Full
    } else if message.contains("attempt to write a readonly database") {
        EmbeddedFault::ReadOnly
    } else {
        EmbeddedFault::Disk(message.to_owned())
    }
}

fn cannot_open(path: &Path, source: impl Into<crate::error::Source>) -> StoreError {
    StoreError::CannotOpen { path: path.to_owned(), source: source.into() }
}

#[cfg(test)]
mod tests;
