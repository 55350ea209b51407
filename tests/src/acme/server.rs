//! `local` as an operator starts it on the command line, and what it says to them.

use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use crate::runtime;

/// A running server; it ends with this value.
pub(super) struct Server {
    process: Child,
    said: Arc<(Mutex<String>, Condvar)>,
}

impl Server {
    /// Starts `local --acme`. `more` names the authority.
    pub(super) fn start(data: &Path, listen: SocketAddr, domain: &str, more: &[&str]) -> Self {
        let site = data.join("site");
        std::fs::create_dir_all(&site).expect("a folder");
        let names = r#"{ "release": "r1", "css": { "core": "/pkg/core.0123.css" } }"#;
        std::fs::write(site.join("assets.json"), names).expect("a file");
        let mut process = Command::new(runtime::program("local"))
            .arg("--data")
            .arg(data)
            .arg("--site")
            .arg(&site)
            .args(["--empty", "--listen", &listen.to_string(), "--acme", domain])
            .args(more)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the server can be started");
        let said = Arc::<(Mutex<String>, Condvar)>::default();
        listen_to(process.stdout.take().expect("it is piped"), said.clone());
        listen_to(process.stderr.take().expect("it is piped"), said.clone());
        Self { process, said }
    }

    /// Waits until it has said all of this, and gives what it said so far.
    pub(super) fn says(&self, parts: &[&str]) -> String {
        let (said, more) = &*self.said;
        let said = said.lock().unwrap_or_else(PoisonError::into_inner);
        let lacks = |said: &mut String| !parts.iter().all(|part| said.contains(part));
        let (said, late) =
            more.wait_timeout_while(said, super::PATIENCE, lacks).unwrap_or_else(PoisonError::into_inner);
        assert!(!late.timed_out(), "it never said {parts:?}, but\n{said}");
        said.clone()
    }

    /// As a power cut does.
    pub(super) fn stop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

fn listen_to(stream: impl Read + Send + 'static, said: Arc<(Mutex<String>, Condvar)>) {
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            let (text, more) = &*said;
            let mut text = text.lock().unwrap_or_else(PoisonError::into_inner);
            text.push_str(&line);
            text.push('\n');
            more.notify_all();
        }
    });
}
