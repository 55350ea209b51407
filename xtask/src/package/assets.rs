//! `target/package/assets`: the site as S3 serves it, and `assets-headers.json`, which says with which headers. Only
//! files of the newest release: what earlier ones named is in the bucket already.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::{say, shell};

/// Files for the server, not for phones.
const NOT_FOR_PHONES: [&str; 2] = ["assets.json", "releases.json"];

/// What the CDN shows where the server gave no answer; `cdn.tf` names it.
const NO_ANSWER: &str = "no-answer.html";

/// Copies what phones download, each with its brotli form, and writes the list of headers.
pub(crate) fn collect(site: &Path, package: &Path) -> Result<()> {
    let folder = package.join("assets");
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    let newest = newest(site)?;
    let mut files = Vec::new();
    shell::files_below(site, &mut files)?;
    let mut names: Vec<String> = files
        .iter()
        .filter_map(|file| Some(file.strip_prefix(site).ok()?.to_str()?.replace('\\', "/")))
        .filter(|name| !name.ends_with(".br") && !name.ends_with(".gz"))
        .filter(|name| !NOT_FOR_PHONES.contains(&name.as_str()))
        .filter(|name| !name.starts_with("pkg/") || newest.contains(name))
        .collect();
    names.sort();
    let (mut headers, mut plain_bytes, mut packed_bytes) = (Vec::new(), 0, 0);
    for name in &names {
        let bytes = copy(site, &folder, name)?;
        plain_bytes += bytes;
        headers.push(header(name, None)?);
        let packed = format!("{name}.br");
        if site.join(&packed).is_file() {
            packed_bytes += copy(site, &folder, &packed)?;
            headers.push(header(&packed, Some("br"))?);
        } else {
            packed_bytes += bytes;
        }
    }
    let page = no_answer(site)?;
    std::fs::write(folder.join(NO_ANSWER), &page)?;
    headers.push(header(NO_ANSWER, None)?);
    plain_bytes += page.len() as u64;
    packed_bytes += page.len() as u64;
    std::fs::write(package.join("assets-headers.json"), serde_json::to_vec_pretty(&headers)?)?;
    say::line(&format!(
        "    {:<24} {packed_bytes:>10} bytes in brotli, {plain_bytes} plain, {} files",
        "assets",
        names.len() + 1
    ));
    Ok(())
}

/// The page that needs no server, drawn once with the sheet of this release.
fn no_answer(site: &Path) -> Result<Vec<u8>> {
    let manifest: Value = serde_json::from_slice(&std::fs::read(site.join("assets.json"))?)?;
    let sheet = manifest["css"]["core"].as_str().context("assets.json names no sheet")?;
    let draw =
        ["run", "--quiet", "--package", "ui", "--features", "ssr", "--example", "no_answer", "--", sheet];
    shell::quietly(shell::cargo().args(draw))
}

/// The hashed files of the newest release.
fn newest(site: &Path) -> Result<BTreeSet<String>> {
    let releases: Vec<(String, Vec<String>)> =
        serde_json::from_slice(&std::fs::read(site.join("releases.json"))?).context("releases.json")?;
    Ok(releases.into_iter().next().map(|(_, files)| files.into_iter().collect()).unwrap_or_default())
}

fn copy(site: &Path, folder: &Path, name: &str) -> Result<u64> {
    let to: PathBuf = folder.join(name);
    if let Some(above) = to.parent() {
        std::fs::create_dir_all(above)?;
    }
    Ok(std::fs::copy(site.join(name), to)?)
}

/// What S3 says about a file.
fn header(key: &str, coding: Option<&str>) -> Result<Value> {
    let name = key.strip_suffix(".br").unwrap_or(key);
    // Names with a hash never change what they name; service worker, manifest and icons do. As `web::assets` says it.
    let keep = match name {
        // Otherwise a browser asks for it at every page, and each request is billed.
        "sw.js" => "max-age=86400, s-maxage=60",
        _ if name.starts_with("pkg/") => "public, max-age=31536000, immutable",
        _ => "no-cache",
    };
    let mut header = json!({ "key": key, "content_type": kind(name)?, "cache_control": keep });
    if let Some(coding) = coding {
        header["content_encoding"] = coding.into();
    }
    Ok(header)
}

/// The media type by the name's ending, as `web::assets` has it.
fn kind(name: &str) -> Result<&'static str> {
    Ok(match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8",
        Some("html") => "text/html; charset=utf-8",
        Some("ico") => "image/x-icon",
        Some("jpg") => "image/jpeg",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("pack") => "application/octet-stream",
        Some("png") => "image/png",
        Some("svg") => "image/svg+xml",
        Some("txt") => "text/plain; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("webmanifest") => "application/manifest+json",
        Some("webp") => "image/webp",
        _ => bail!("{name} is of a kind that nobody said how to serve"),
    })
}

#[cfg(test)]
mod tests {
    use super::header;

    #[test]
    fn a_hashed_file_is_kept_for_a_year_and_the_service_worker_is_asked_for_again() {
        let hashed = header("pkg/resident.0123.wasm.br", Some("br")).expect("known");
        assert_eq!(hashed["content_type"], "application/wasm");
        assert_eq!(hashed["content_encoding"], "br");
        assert!(hashed["cache_control"].as_str().is_some_and(|text| text.contains("immutable")));
        let worker = header("sw.js", None).expect("known");
        assert_eq!(
            (&worker["cache_control"], worker.get("content_encoding")),
            (&"max-age=86400, s-maxage=60".into(), None)
        );
        assert!(header("notes.docx", None).is_err());
    }
}
