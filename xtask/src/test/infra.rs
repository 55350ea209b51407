//! `infra` as its own tools see it: `terraform fmt`, `validate` and `test`, tflint, checkov. What can't be had on this
//! machine is skipped with one line that says why; the arguments, references and promises of the same files are
//! checked without any tool by `tests/src/infra`.

pub(crate) mod schema;
mod terraform;
mod tools;

use anyhow::Result;

use super::Count;
use crate::{say, shell};

/// Runs each tool that is here or can be brought here.
pub(crate) fn run() -> Result<Count> {
    let mut count = terraform::run()?;
    count += tflint()?;
    count += checkov()?;
    Ok(count)
}

fn tflint() -> Result<Count> {
    let program = match tools::tflint() {
        Ok(program) => program,
        Err(reason) => return Ok(skipped("tflint", &reason)),
    };
    let mut lint = shell::command(program);
    lint.current_dir(shell::root().join("infra"));
    if tools::aws_rules() {
        lint.args(["--enable-plugin", "aws"]);
    } else {
        say::line(
            "    tflint's rules for AWS: skipped, their plugin is not in ~/.tflint.d/plugins (it comes from GitHub only)",
        );
    }
    one("tflint", lint.status()?.success())
}

fn checkov() -> Result<Count> {
    let program = match tools::checkov() {
        Ok(program) => program,
        Err(reason) => return Ok(skipped("checkov", &reason)),
    };
    let mut check = shell::command(program);
    check.args([
        "--directory",
        "infra",
        "--framework",
        "terraform",
        "--compact",
        "--quiet",
        "--skip-download",
    ]);
    one("checkov, each waiver with its reason in the file", check.status()?.success())
}

fn one(what: &str, passed: bool) -> Result<Count> {
    say::line(&format!("    {}  {what}", if passed { "ok    " } else { "BROKEN" }));
    Ok(Count::one(passed))
}

fn skipped(what: &str, reason: &anyhow::Error) -> Count {
    let reason = format!("{reason:#}");
    say::line(&format!("    {what}: skipped, {}", reason.lines().next().unwrap_or_default()));
    Count::default()
}
