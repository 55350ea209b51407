//! rustfmt and clippy. The lints themselves are chosen in the workspace's `Cargo.toml`.

use anyhow::Result;

use super::Count;
use crate::prepare::wasm_target;
use crate::{say, shell};

pub(crate) fn format() -> Result<Count> {
    let status = shell::cargo().args(["fmt", "--all", "--check"]).status()?;
    Ok(Count::one(status.success()))
}

/// Everything as the server compiles it, then the phone's side as the phone compiles it.
pub(crate) fn clippy() -> Result<Count> {
    let mut count = Count::default();
    for selection in [&shell::PRODUCT[..], &["--package", "xtask"]] {
        let mut lint = shell::cargo();
        lint.arg("clippy").args(selection).args(["--all-targets", "--", "--deny", "warnings"]);
        count += Count::one(lint.status()?.success());
    }

    wasm_target::TOOL.ensure()?;
    if !wasm_target::in_toolchain() {
        say::line("    the phone's side is not linted: clippy's toolchain has no wasm target here");
        return Ok(count);
    }
    let features = "ui/hydrate,ui/resident,ui/field";
    let phone = shell::cargo()
        .args(["clippy", "--package", "ui", "--package", "decoder", "--lib", "--target", wasm_target::TRIPLE])
        .args(["--profile", "wasm-dev", "--no-default-features", "--features", features])
        .args(["--", "--deny", "warnings"])
        .status()?;
    count += Count::one(phone.success());
    Ok(count)
}
