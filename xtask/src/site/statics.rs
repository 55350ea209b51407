//! Style sheets and the files of `public/`.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::{Asset, Speed, short_hash};
use crate::prepare::node;
use crate::shell;

/// One style sheet for each folder of `app/ui/style` (`core`, `desk`, `print`), made of its files in
/// the order of their names. Which page loads which is said in `app/ui/style/README.md`.
pub(crate) fn style_sheets(speed: Speed) -> Result<Vec<Asset>> {
    let mut sheets = Vec::new();
    for folder in sorted(&shell::root().join("app/ui/style"))?.iter().filter(|path| path.is_dir()) {
        let mut text = String::new();
        for file in
            sorted(folder)?.iter().filter(|path| path.extension().is_some_and(|extension| extension == "css"))
        {
            text.push_str(&std::fs::read_to_string(file).with_context(|| format!("{}", file.display()))?);
            text.push('\n');
        }
        if speed == Speed::Release {
            text = minify(&text, "css")?;
        }
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let path = format!("pkg/{name}.{}.css", short_hash([text.as_bytes()]));
        sheets.push(Asset { path, bytes: text.into_bytes() });
    }
    Ok(sheets)
}

/// The files of `public/`, as they are.
pub(crate) fn public() -> Result<Vec<Asset>> {
    let top = shell::root().join("public");
    let mut files = Vec::new();
    shell::files_below(&top, &mut files)?;
    files.sort();
    let below = |file: &Path| file.strip_prefix(&top).expect("found below it").to_string_lossy().into_owned();
    files.iter().map(|file| Ok(Asset { path: below(file), bytes: std::fs::read(file)? })).collect()
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

fn sorted(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("{}", folder.display()))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<PathBuf>>>()?;
    paths.sort();
    Ok(paths)
}
