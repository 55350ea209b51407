//! DynamoDB Local: brought by Maven from the pom in `tests/dynamodb-local`, started on a free loopback port.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Stdio};

use anyhow::{Context, Result, bail};

use super::{Tool, system};
use crate::say::Step;
use crate::shell;

pub(crate) static TOOL: Tool = Tool {
    name: "DynamoDB Local",
    needed_for: "test (store contract)",
    find: || {
        let pom = std::fs::read(pom()).ok()?;
        let stamp = std::fs::read(libraries().join(".installed")).ok()?;
        (pom == stamp).then(|| libraries().display().to_string())
    },
    prepare,
    by_hand: "run `mvn dependency:copy-dependencies -DoutputDirectory=<target/dynamodb-local>` in \
              tests/dynamodb-local, then copy pom.xml there as .installed",
};

/// A running DynamoDB Local; it ends when this is dropped, or when we die (it watches its input).
pub(crate) struct Running {
    process: Child,
    /// `http://127.0.0.1:<port>`.
    pub(crate) endpoint: String,
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already; nothing depends on how.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Starts it in memory on a free port of the loopback interface and waits until it listens.
pub(crate) fn start() -> Result<Running> {
    TOOL.ensure()?;
    let step = Step::begin("DynamoDB Local");
    let mut process = shell::command("java")
        .arg(format!("-Djava.library.path={}", libraries().display()))
        .args(["-Xmx512m", "-cp"])
        .arg(libraries().join("*"))
        .arg(shell::root().join("tests/dynamodb-local/Loopback.java"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .context("java could not be started")?;
    let mut output = BufReader::new(process.stdout.take().context("java has no output")?);
    let mut line = String::new();
    while output.read_line(&mut line)? > 0 {
        if let Some(endpoint) = line.trim().strip_prefix("listening ") {
            let endpoint = endpoint.to_owned();
            // Its output must be read on, or it would block.
            std::thread::spawn(move || std::io::copy(&mut output, &mut std::io::sink()));
            step.done(&endpoint);
            return Ok(Running { process, endpoint });
        }
        line.clear();
    }
    step.failed();
    bail!("DynamoDB Local ended before it listened ({})", process.wait()?);
}

fn prepare() -> Result<()> {
    system::JAVA.ensure()?;
    let libraries = libraries();
    if libraries.exists() {
        std::fs::remove_dir_all(&libraries)?;
    }
    shell::step(
        "mvn copy-dependencies",
        shell::command("mvn")
            .current_dir(shell::root().join("tests/dynamodb-local"))
            .args([
                "--batch-mode",
                "--no-transfer-progress",
                "dependency:copy-dependencies",
                "-DincludeScope=runtime",
            ])
            .arg(format!("-DoutputDirectory={}", libraries.display())),
    )?;
    std::fs::copy(pom(), libraries.join(".installed"))?;
    Ok(())
}

fn pom() -> PathBuf {
    shell::root().join("tests/dynamodb-local/pom.xml")
}

fn libraries() -> PathBuf {
    shell::target("dynamodb-local")
}
