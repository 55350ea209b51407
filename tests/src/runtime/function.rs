//! One function: its process, the API it speaks to, and what it writes. Which program that is, `program` knows.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::Value;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::api::{Api, PAYLOAD_LIMIT, TIMEOUT};
use super::guard::Guard;
use super::program;
use crate::infra::rights::On;

/// Longer than any start on a busy machine, also under an instruction counter.
const INIT_PATIENCE: Duration = Duration::from_secs(300);

/// Why an event brought no answer.
#[derive(Debug)]
pub(crate) enum FunctionError {
    /// The function said so: `errorType` and `errorMessage`.
    Reported(Value),
    /// Its answer was larger than Lambda lets through, in bytes.
    AnswerTooLarge(usize),
    /// The process ended; its log.
    Died(String),
}

impl std::fmt::Display for FunctionError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Reported(error) => write!(out, "the function says {error}"),
            Self::AnswerTooLarge(bytes) => write!(out, "an answer of {bytes} bytes, which Lambda cuts off"),
            Self::Died(log) => write!(out, "the function ended: {log}"),
        }
    }
}

/// Why a function did not start.
#[derive(Debug)]
pub(crate) struct NotStarted {
    /// What it wrote to both streams, and what it told the API, if it did.
    pub(crate) log: String,
}

/// A function that runs.
pub(crate) struct Function {
    api: Arc<Api>,
    serving: JoinHandle<()>,
    child: Mutex<Child>,
    log: Arc<Mutex<String>>,
    ended: watch::Receiver<u8>,
    guard: Option<Guard>,
}

impl Function {
    /// Builds the function's program where needed, spawns it and waits until it asks for its first event. `environment`
    /// is all it sees besides what Lambda itself sets and credentials for DynamoDB Local.
    pub(crate) async fn start(name: &str, environment: &[(&str, &str)]) -> Result<Self, NotStarted> {
        Self::spawn(Command::new(program::path(name)), name, environment).await
    }

    /// The same for a command of the caller's: the function under a tool that watches it.
    pub(crate) async fn spawn(
        mut command: Command,
        name: &str,
        environment: &[(&str, &str)],
    ) -> Result<Self, NotStarted> {
        let api = Arc::new(Api::default());
        let (address, serving) = api.listen().await;
        let guard = Guard::before(name, environment);
        let mut child = command
            .env_clear()
            .envs([
                ("AWS_LAMBDA_RUNTIME_API", address.as_str()),
                ("AWS_LAMBDA_FUNCTION_NAME", name),
                ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
                ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512"),
                ("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
                ("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/emulated"),
                ("AWS_LAMBDA_LOG_STREAM_NAME", "2026/01/01/[$LATEST]0"),
                ("AWS_REGION", "us-east-1"),
                ("AWS_ACCESS_KEY_ID", "local"),
                ("AWS_SECRET_ACCESS_KEY", "local"),
                ("TZ", ":UTC"),
            ])
            .envs(environment.iter().copied())
            .envs(guard.as_ref().map(Guard::environment))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the function's program can be started");
        let log = Arc::new(Mutex::new(String::new()));
        let (end, ended) = watch::channel(0);
        let end = Arc::new(end);
        listen_to(child.stdout.take().expect("piped"), log.clone(), end.clone());
        listen_to(child.stderr.take().expect("piped"), log.clone(), end);
        let function = Self { api, serving, child: Mutex::new(child), log, ended, guard };

        let mut asked = function.api.asked.subscribe();
        let started = async {
            tokio::select! {
                asked = asked.wait_for(|asked| *asked) => asked.is_ok(),
                () = function.end() => false,
            }
        };
        match tokio::time::timeout(INIT_PATIENCE, started).await {
            Ok(true) => Ok(function),
            _ => Err(NotStarted { log: format!("{}{}", function.log(), function.api.init_error()) }),
        }
    }

    /// Sends an event and waits for its answer.
    pub(crate) async fn invoke(&self, event: &Value) -> Result<Value, FunctionError> {
        let event = event.to_string();
        assert!(event.len() <= PAYLOAD_LIMIT, "AWS refuses such an event before the function sees it");
        let answered = self.api.send(event);
        let died = || FunctionError::Died(self.log());
        tokio::select! {
            answer = tokio::time::timeout(TIMEOUT, answered) => match answer {
                // An asynchronous function may answer nothing at all.
                Ok(Ok(Ok(bytes))) => Ok(serde_json::from_slice(&bytes).unwrap_or(Value::Null)),
                Ok(Ok(Err(error))) => Err(error),
                _ => Err(died()),
            },
            () = self.end() => Err(died()),
        }
    }

    /// What it wrote so far, both streams.
    pub(crate) fn log(&self) -> String {
        self.log.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What it did to its tables so far, and on what. What it has no right to was refused.
    pub(super) fn used(&self) -> std::collections::BTreeSet<(On, String)> {
        self.guard.as_ref().map(Guard::used).unwrap_or_default()
    }

    /// Asks it to end, as Lambda does, and gives all that it wrote.
    pub(crate) async fn terminate(&self) -> String {
        let id = self.child.lock().unwrap_or_else(PoisonError::into_inner).id().to_string();
        let asked = Command::new("kill").args(["-TERM", &id]).status();
        assert!(asked.is_ok_and(|status| status.success()), "it has ended before: {}", self.log());
        self.end().await;
        self.log()
    }

    /// Ends when both streams have.
    async fn end(&self) {
        let mut ended = self.ended.clone();
        let _ = ended.wait_for(|streams| *streams == 2).await;
    }
}

impl Drop for Function {
    fn drop(&mut self) {
        self.serving.abort();
        let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        // It may have ended already.
        let _ = child.kill();
        let _ = child.wait();
    }
}

fn listen_to(stream: impl Read + Send + 'static, log: Arc<Mutex<String>>, end: Arc<watch::Sender<u8>>) {
    std::thread::spawn(move || {
        let mut reader = BufReader::new(stream);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
            log.lock().unwrap_or_else(PoisonError::into_inner).push_str(&String::from_utf8_lossy(&line));
            line.clear();
        }
        end.send_modify(|streams| *streams += 1);
    });
}
