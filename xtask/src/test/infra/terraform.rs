//! `terraform fmt`, `validate` and `test`. Where `terraform init` has brought the real providers into `infra`, they
//! are used; elsewhere a stand-in that knows every argument, type and block from their published schemas
//! (`tests/fixtures/terraform-schema.json`) takes their place. AWS itself is always a mock.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use super::{one, skipped, tools};
use crate::test::Count;
use crate::{say, shell};

const PROVIDERS: [&str; 3] = ["archive", "aws", "random"];

/// Everything Terraform itself can say.
pub(super) fn run() -> Result<Count> {
    let Some(program) = shell::which("terraform") else {
        return Ok(skipped(
            "terraform fmt, validate, test",
            &anyhow::anyhow!("terraform 1.11 or newer is not on the PATH"),
        ));
    };
    let terraform = |settings: &PathBuf| {
        let mut command = shell::command(&program);
        command
            .current_dir(shell::root().join("infra"))
            .env("TF_CLI_CONFIG_FILE", settings)
            .env("CHECKPOINT_DISABLE", "1")
            .env("STANDIN_SCHEMA", shell::root().join("tests/fixtures/terraform-schema.json"));
        command
    };

    let folder = shell::target("infra");
    std::fs::create_dir_all(&folder)?;
    let plain = folder.join("plain.tfrc");
    std::fs::write(&plain, "")?;
    let mut format = terraform(&plain);
    format.args(["fmt", "-check", "-recursive", "-diff"]);
    let mut count = one("terraform fmt", format.status()?.success())?;

    let settings = if shell::root().join("infra/.terraform/providers").is_dir() {
        plain
    } else {
        say::line(
            "    no providers in infra/.terraform: a stand-in made of their published schemas takes their place",
        );
        match tools::standins(&PROVIDERS) {
            Ok(standins) => overrides(&standins)?,
            Err(reason) => return Ok(skipped_after(count, &reason)),
        }
    };
    let mut validate = terraform(&settings);
    validate.args(["validate", "-no-color"]);
    count += one("terraform validate", quiet_unless_it_fails(&mut validate)?)?;
    count += tests(terraform(&settings).args(["test", "-no-color"]))?;
    Ok(count)
}

fn skipped_after(count: Count, reason: &anyhow::Error) -> Count {
    let mut count = count;
    count += skipped("terraform validate, test", reason);
    count
}

/// Settings by which Terraform takes the stand-in for every provider.
fn overrides(standins: &std::path::Path) -> Result<PathBuf> {
    let lines: String = PROVIDERS
        .iter()
        .map(|provider| format!("    \"hashicorp/{provider}\" = \"{}\"\n", standins.display()))
        .collect();
    let path = shell::target("infra").join("standin.tfrc");
    std::fs::write(&path, format!("provider_installation {{\n  dev_overrides {{\n{lines}  }}\n}}\n"))?;
    Ok(path)
}

fn quiet_unless_it_fails(command: &mut Command) -> Result<bool> {
    let output = command.output().context("terraform could not be started")?;
    if !output.status.success() {
        say::line(&String::from_utf8_lossy(&output.stdout));
        say::line(&String::from_utf8_lossy(&output.stderr));
    }
    Ok(output.status.success())
}

/// `terraform test` counts by itself: `Success! 42 passed, 0 failed.`
fn tests(command: &mut Command) -> Result<Count> {
    let mut counted = Count::default();
    let mut said = Vec::new();
    let succeeded = shell::lines(command, |line| {
        if let Some((_, counts)) =
            line.split_once("! ").filter(|(word, _)| ["Success", "Failure"].contains(word))
        {
            counted = read(counts);
        }
        if !line.trim_start().starts_with("run ") || !line.ends_with("pass") {
            said.push(line.to_owned());
        }
    })?;
    if !succeeded {
        say::line(&said.join("\n"));
    }
    let Count { passed, failed } = counted.with_status(succeeded);
    say::line(&format!(
        "    {}  terraform test: {passed} runs passed, {failed} failed",
        if succeeded { "ok    " } else { "BROKEN" }
    ));
    Ok(counted.with_status(succeeded))
}

/// `42 passed, 1 failed, 3 skipped.`
fn read(counts: &str) -> Count {
    let number = |word: &str| {
        let part = counts.split(", ").find(|part| part.contains(word))?;
        part.split(' ').next()?.parse::<u64>().ok()
    };
    Count {
        passed: number("passed").unwrap_or(0),
        failed: number("failed").unwrap_or(0) + number("skipped").unwrap_or(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_that_was_skipped_because_another_failed_did_not_pass() {
        assert_eq!(read("35 passed, 1 failed, 6 skipped."), Count { passed: 35, failed: 7 });
        assert_eq!(read("42 passed, 0 failed."), Count { passed: 42, failed: 0 });
    }
}
