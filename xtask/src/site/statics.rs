//! Style sheets and the files of `public/`.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::{Asset, Speed, short_hash};
use crate::prepare::node;
use crate::shell;

/// One style sheet from `app/ui/src/style/*.css` in the order of their names (`00-tokens.css` first).
pub(crate) fn css(speed: Speed) -> Result<Asset> {
    let mut text = String::new();
    for file in style_sheets()? {
        text.push_str(&std::fs::read_to_string(&file).with_context(|| format!("{}", file.display()))?);
        text.push('\n');
    }
    if speed == Speed::Release {
        text = minify(&text, "css")?;
    }
    let path = format!("pkg/site.{}.css", short_hash([text.as_bytes()]));
    Ok(Asset { path, bytes: text.into_bytes() })
}

/// The files of `public/`, as they are.
pub(crate) fn public() -> Result<Vec<Asset>> {
    let top = shell::root().join("public");
    let mut assets = Vec::new();
    read_below(&top, &top, &mut assets)?;
    assets.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(assets)
}

/// Shortens CSS or JavaScript.
pub(crate) fn minify(text: &str, kind: &str) -> Result<String> {
    use std::io::Write;
    let mut child = shell::command("node")
        .arg(node::script("esbuild/bin/esbuild"))
        .args(["--minify", "--charset=utf8", "--log-level=error", &format!("--loader={kind}")])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .context("node could not be started")?;
    child.stdin.take().context("esbuild has no input")?.write_all(text.as_bytes())?;
    let output = child.wait_with_output()?;
    anyhow::ensure!(
        output.status.success(),
        "esbuild refused the {kind}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(String::from_utf8(output.stdout)?)
}

fn style_sheets() -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for folder in ["app/ui/style", "app/ui/src/style"] {
        let Ok(entries) = std::fs::read_dir(shell::root().join(folder)) else { continue };
        for entry in entries {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "css") {
                files.push(path);
            }
        }
    }
    files.sort_by_key(|path| path.file_name().map(ToOwned::to_owned));
    Ok(files)
}

fn read_below(top: &Path, folder: &Path, assets: &mut Vec<Asset>) -> Result<()> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok(()) };
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            read_below(top, &path, assets)?;
        } else {
            let below = path.strip_prefix(top).expect("found below it").to_string_lossy().into_owned();
            assets.push(Asset { path: below, bytes: std::fs::read(&path)? });
        }
    }
    Ok(())
}
