//! The authority: Pebble, which the people of Let's Encrypt test their own with. It runs on this machine and looks at
//! domains as the real one does.

use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpListener};
use std::process::{Child, Command, Stdio};

use serde_json::json;

use super::names::Names;
use super::phone::Phone;
use crate::temp_dir::TempDir;

/// A running Pebble; it ends with this value.
pub(super) struct Pebble {
    process: Child,
    folder: TempDir,
    certificate: String,
    pub(super) directory: String,
    management: SocketAddr,
    /// Where it finds the server of a domain, as others at port 443.
    pub(super) server: SocketAddr,
}

/// A domain for which it signs nothing.
pub(super) const BLOCKED: &str = "blocked.test";

/// A port that is free now.
pub(super) fn free_port() -> SocketAddr {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    listener.local_addr().expect("an address")
}

impl Pebble {
    /// Starts it where the variable `PEBBLE` says it is; without that, says so and gives nothing. Its certificates are
    /// good for so many seconds.
    pub(super) fn start(names: &Names, seconds: u32) -> Option<Self> {
        let Some(program) = std::env::var_os("PEBBLE") else {
            eprintln!("PEBBLE is not set: nothing asks an authority for certificates");
            return None;
        };
        let folder = TempDir::new();
        let own = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
        let file = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).expect("a file");
            path
        };
        let (listen, management, server) = (free_port(), free_port(), free_port());
        let config = json!({ "pebble": {
            "listenAddress": listen,
            "managementListenAddress": management,
            "certificate": file("own.pem", &own.cert.pem()),
            "privateKey": file("own.key", &own.signing_key.serialize_pem()),
            "httpPort": 0,
            "tlsPort": server.port(),
            "domainBlocklist": [BLOCKED],
            "retryAfter": { "authz": 1, "order": 1 },
            "keyAlgorithm": "ecdsa",
            "profiles": { "default": { "description": "as asked", "validityPeriod": seconds } },
        }});
        let mut process = Command::new(program)
            .arg("-config")
            .arg(file("config.json", &config.to_string()))
            .args(["-dnsserver", &names.address.to_string()])
            .env("PEBBLE_VA_NOSLEEP", "1")
            .stdout(Stdio::piped())
            .spawn()
            .expect("Pebble can be started");
        let mut says = BufReader::new(process.stdout.take().expect("it is piped")).lines();
        let ready = says.by_ref().map_while(Result::ok).any(|line| line.contains("directory available"));
        assert!(ready, "Pebble ended before it listened");
        // Its output must be read on, or it would block.
        std::thread::spawn(move || says.map_while(Result::ok).for_each(drop));
        let directory = format!("https://localhost:{}/dir", listen.port());
        Some(Self { process, folder, certificate: own.cert.pem(), directory, management, server })
    }

    /// The file with the root by which it is known itself.
    pub(super) fn own_root(&self) -> String {
        self.folder.path().join("own.pem").display().to_string()
    }

    /// An address of it that is no directory.
    pub(super) fn no_directory(&self) -> String {
        format!("https://localhost:{}/roots/0", self.management.port())
    }

    /// A phone that trusts what it signs.
    pub(super) async fn phone(&self) -> Phone {
        let operator = Phone::trusting(self.certificate.as_bytes());
        let asked = async {
            loop {
                // It says that it listens just before it does.
                match operator.connect(self.management, "localhost").await {
                    Ok(mut connected) => return connected.get("/roots/0").await,
                    Err(_) => tokio::task::yield_now().await,
                }
            }
        };
        let answer = tokio::time::timeout(super::PATIENCE, asked).await.expect("Pebble answers");
        let (_, root) = answer.split_once("\r\n\r\n").expect("a body");
        Phone::trusting(root.as_bytes())
    }

    /// It is gone.
    pub(super) fn stop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Drop for Pebble {
    fn drop(&mut self) {
        self.stop();
    }
}
