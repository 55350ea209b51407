//! Puts the parts together: files into `target/site`, the service worker's lists, `assets.json`.
//!
//! A page that is open during a deploy still asks for the old names, so the hashed files of the
//! last [`KEPT`] releases stay.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::bundle::Bundle;
use super::{Asset, Speed, difference, folder, pack, short_hash, statics, update};

/// Releases whose hashed files are still served.
const KEPT: usize = 3;

/// Placeholders in `public/sw.js`: files without a hash in their names, the whole manifest, the release's hash.
const FILES: &str = "/*FILES*/{}";
/// The script that it imports.
const KEPT_SCRIPT: &str = "importScripts(\"/kept.js\");";
const ASSETS: &str = "/*ASSETS*/{}";
const RELEASE: &str = "/*RELEASE*/\"\"";

/// Files without a hash in their names that a phone keeps, by who needs them without signal. Everything else of `public`
/// is asked for by pages that have signal anyway, or by the system that installs the app.
const KEPT_BY_PHONES: [(&str, &[&str]); 2] = [
    (
        "everybody",
        &[
            "device.js",
            "favicon.svg",
            "icons/icon-192.png",
            "kept.js",
            "manifest.webmanifest",
            "phone.js",
            "typed.js",
        ],
    ),
    ("field", &["codes.js", "scanner-worker.js", "scanner.js"]),
];

/// Writes the site and returns the hash of the release.
pub(crate) fn publish(speed: Speed, bundles: &[Bundle], css: &[Asset]) -> Result<String> {
    let site = folder();
    let (workers, public): (Vec<Asset>, Vec<Asset>) =
        statics::public()?.into_iter().partition(|asset| asset.path == "sw.js");

    let core = css.iter().find(|sheet| sheet.path.starts_with("pkg/core.")).context("no sheet core")?;
    let updates: Vec<(&str, Asset)> = bundles
        .iter()
        .filter(|bundle| bundle.name != "decoder")
        .map(|bundle| Ok((bundle.name, update::pack(bundle.name, &changed(bundle, core, &public)?)?)))
        .collect::<Result<_>>()?;

    let everything =
        bundles.iter().flat_map(|bundle| [&bundle.js, &bundle.wasm].into_iter().chain(&bundle.snippets));
    let hashed: Vec<&Asset> = everything.chain(css).chain(updates.iter().map(|(_, pack)| pack)).collect();
    let contents = hashed.iter().copied().chain(&public).chain(&workers);
    let release = short_hash(contents.flat_map(|asset| [asset.path.as_bytes(), asset.bytes.as_slice()]));

    let mut manifest = json!({ "release": release, "mode": speed.name() });
    for sheet in css {
        let name = sheet.path.trim_start_matches("pkg/").split('.').next().unwrap_or_default();
        manifest["css_bytes_br"][name] = pack::write(&site, sheet, speed)?.brotli.into();
        manifest["css"][name] = url(sheet).into();
    }
    for bundle in bundles {
        manifest[bundle.name] = write_bundle(&site, bundle, speed)?;
    }
    for (audience, update) in &updates {
        manifest[audience]["update_bytes_br"] = pack::write(&site, update, speed)?.brotli.into();
        manifest[audience]["update"] = url(update).into();
    }
    for asset in &public {
        pack::write(&site, asset, speed)?;
    }
    let mut releases = releases(&site);
    releases.retain(|(name, _)| *name != release);
    let mut names: Vec<String> = hashed.iter().map(|asset| asset.path.clone()).collect();
    // What the server knows of a release is the same wherever it is built; what phones had before is not, and only
    // their worker has to know it.
    let mut told = manifest.clone();
    if speed == Speed::Release {
        for (audience, update) in &updates {
            let whole = manifest[audience]["update_bytes_br"].as_u64().unwrap_or_default();
            for (wasm, less) in differences(&site, audience, update, &releases)? {
                if pack::write(&site, &less, speed)?.brotli * 2 < whole {
                    told[audience]["since"][wasm] = url(&less).into();
                    names.push(less.path);
                } else {
                    pack::remove(&site.join(&less.path))?;
                }
            }
        }
    }
    for worker in workers {
        let worker = fill_in(worker, &told, &public, speed).context("public/sw.js")?;
        pack::write(&site, &worker, speed)?;
    }
    forget_old_releases(&site, &release, names, releases)?;
    // Last, and in one step: a server that starts now sees the old release or the new one.
    let waiting = site.join("assets.json.new");
    std::fs::write(&waiting, serde_json::to_vec_pretty(&manifest)?)?;
    std::fs::rename(waiting, site.join("assets.json"))?;
    Ok(release)
}

fn write_bundle(site: &Path, bundle: &Bundle, speed: Speed) -> Result<Value> {
    let mut brotli = 0;
    let mut plain = 0;
    let mut files = Vec::new();
    for asset in [&bundle.js, &bundle.wasm].into_iter().chain(&bundle.snippets) {
        let size = pack::write(site, asset, speed)?;
        brotli += size.brotli;
        plain += size.plain;
        files.push(url(asset));
    }
    Ok(json!({
        "js": url(&bundle.js), "wasm": url(&bundle.wasm), "files": files, "bytes": plain, "bytes_br": brotli,
    }))
}

/// What a release usually changes for an audience: its program, the sheet and the scripts, but no picture.
fn changed<'a>(bundle: &'a Bundle, core: &'a Asset, public: &'a [Asset]) -> Result<Vec<&'a Asset>> {
    let mut parts: Vec<&Asset> = [&bundle.js, &bundle.wasm].into_iter().chain(&bundle.snippets).collect();
    parts.push(core);
    let kept = KEPT_BY_PHONES.iter().filter(|(audience, _)| ["everybody", bundle.name].contains(audience));
    for name in kept.flat_map(|(_, names)| *names).filter(|name| name.ends_with(".js")) {
        parts.push(public.iter().find(|file| file.path == *name).with_context(|| format!("public/{name}"))?);
    }
    Ok(parts)
}

/// By the program of each earlier release that this machine still has: how its files become those of `update`.
fn differences(
    site: &Path,
    audience: &str,
    update: &Asset,
    earlier: &[Release],
) -> Result<BTreeMap<String, Asset>> {
    let mut made = BTreeMap::new();
    for (_, files) in earlier.iter().take(KEPT - 1) {
        let of = |ending: &str| {
            files.iter().find(|file| file.starts_with(&format!("pkg/{audience}.")) && file.ends_with(ending))
        };
        // The whole pack is named before what differs from others.
        let (Some(wasm), Some(pack)) = (of(".wasm"), of(".pack")) else { continue };
        // No phone has what was built for trying out, which has no gzip form.
        if !site.join(format!("{pack}.gz")).is_file() {
            continue;
        }
        let old = std::fs::read(site.join(pack)).with_context(|| pack.clone())?;
        let has_same_program = update::parts(&update.bytes)?.1.iter().any(|(path, _)| path[1..] == *wasm);
        if !has_same_program {
            made.insert(format!("/{wasm}"), difference::of(audience, &old, &update.bytes)?);
        }
    }
    Ok(made)
}

/// Fills the placeholders of the service worker.
fn fill_in(worker: Asset, manifest: &Value, public: &[Asset], speed: Speed) -> Result<Asset> {
    let mut files = json!({});
    for (audience, names) in KEPT_BY_PHONES {
        for name in names {
            let file = public.iter().find(|file| file.path == *name);
            let file = file.with_context(|| format!("phones keep {name}, but it is not in public/"))?;
            files[audience][url(file)] = short_hash([file.bytes.as_slice()]).into();
        }
    }
    // A browser asks for what the worker imports as often as for the worker itself: it is put into it.
    let kept = public.iter().find(|file| file.path == "kept.js").context("public/kept.js")?;
    let text = String::from_utf8(worker.bytes)?
        .replace(KEPT_SCRIPT, std::str::from_utf8(&kept.bytes)?)
        .replace(FILES, &serde_json::to_string(&files)?)
        .replace(ASSETS, &serde_json::to_string(manifest)?)
        .replace(RELEASE, &serde_json::to_string(&manifest["release"])?);
    let text = if speed == Speed::Release { statics::minify(&text, "js")? } else { text };
    Ok(Asset { path: worker.path, bytes: text.into_bytes() })
}

fn url(asset: &Asset) -> String {
    format!("/{}", asset.path)
}

/// A release's hash, and its hashed files.
type Release = (String, Vec<String>);

/// Where the releases are noted whose files are still served, the newest first.
const RECORD: &str = "releases.json";

fn releases(site: &Path) -> Vec<Release> {
    let noted = std::fs::read(site.join(RECORD)).ok();
    noted.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
}

/// Notes this release before the earlier ones and removes hashed files that only older ones used.
fn forget_old_releases(
    site: &Path,
    release: &str,
    files: Vec<String>,
    mut releases: Vec<Release>,
) -> Result<()> {
    let record = site.join(RECORD);
    releases.insert(0, (release.to_owned(), files));
    let dropped = releases.split_off(releases.len().min(KEPT));
    let kept: BTreeSet<&String> = releases.iter().flat_map(|(_, files)| files).collect();
    for file in dropped.iter().flat_map(|(_, files)| files).filter(|file| !kept.contains(file)) {
        let path = site.join(file);
        pack::remove(&path)?;
        // The folders that held only it; a folder that holds more refuses.
        let above = path.ancestors().skip(1).take_while(|folder| *folder != site);
        let _ = above.map(std::fs::remove_dir).take_while(Result::is_ok).count();
    }
    std::fs::write(record, serde_json::to_vec_pretty(&releases)?)?;
    Ok(())
}
