//! What phones download besides pages: `target/site`, read once at start and served from memory. Hashed names are
//! kept for a year, everything else is asked for again each time. Behind CloudFront this is S3's work, not this file's.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::Deserialize;
use ui::pages::document::Bundle;

use crate::secret::hash_of;

/// Who a page is for, and so which bundle and style sheets it loads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Audience {
    /// Residents.
    Resident,
    /// Stewards and volunteers.
    Field,
    /// The desk and the supplier.
    Desk,
    /// Paper.
    Print,
    /// Somebody not signed in: no islands.
    Stranger,
}

/// `assets.json`, written by `cargo xtask build`.
#[derive(Debug, Clone, Default, Deserialize)]
struct Manifest {
    #[serde(default)]
    release: String,
    #[serde(default)]
    css: Sheets,
    #[serde(default)]
    resident: Option<Files>,
    #[serde(default)]
    field: Option<Files>,
    #[serde(default)]
    decoder: Option<Files>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum Sheets {
    One(String),
    Several(HashMap<String, String>),
}

impl Default for Sheets {
    fn default() -> Self {
        Self::Several(HashMap::new())
    }
}

#[derive(Debug, Clone, Deserialize)]
struct Files {
    js: String,
    wasm: String,
}

/// A file with its compressed forms.
#[derive(Debug)]
struct File {
    kind: &'static str,
    tag: String,
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
}

/// Everything phones download besides pages. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Site {
    manifest: Arc<Manifest>,
    files: Arc<HashMap<String, File>>,
}

/// Why the site cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// A file cannot be read.
    #[error("{path} cannot be read; `cargo xtask build` makes it")]
    Unreadable {
        /// Which file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// `assets.json` is not what the build writes.
    #[error("assets.json is not of this release; `cargo xtask build` makes it anew")]
    OtherManifest(#[source] serde_json::Error),
}

impl Site {
    /// Reads a folder that `cargo xtask build` made.
    ///
    /// # Errors
    /// [`SiteError`].
    pub fn load(folder: &Path) -> Result<Self, SiteError> {
        let manifest = read(&folder.join("assets.json"))?;
        let manifest = serde_json::from_slice(&manifest).map_err(SiteError::OtherManifest)?;
        let mut files = HashMap::new();
        collect(folder, "", &mut files)?;
        Ok(Self { manifest: Arc::new(manifest), files: Arc::new(files) })
    }

    /// The name of the release; changes with anything a phone downloads.
    #[must_use]
    pub fn release(&self) -> &str {
        &self.manifest.release
    }

    /// The bundle of an audience, if its pages have islands.
    #[must_use]
    pub fn bundle(&self, audience: Audience) -> Option<Bundle> {
        let files = match audience {
            Audience::Resident => self.manifest.resident.as_ref(),
            Audience::Field => self.manifest.field.as_ref(),
            // The desk is plain pages with a small script.
            Audience::Desk | Audience::Print | Audience::Stranger => None,
        }?;
        Some(Bundle { js: files.js.clone(), wasm: files.wasm.clone() })
    }

    /// Where the fallback QR decoder is.
    #[must_use]
    pub fn decoder(&self) -> Option<Bundle> {
        let files = self.manifest.decoder.as_ref()?;
        Some(Bundle { js: files.js.clone(), wasm: files.wasm.clone() })
    }

    /// The style sheets of an audience, in order.
    #[must_use]
    pub fn styles(&self, audience: Audience) -> Vec<String> {
        match &self.manifest.css {
            Sheets::One(sheet) => vec![sheet.clone()],
            Sheets::Several(sheets) => {
                // Paper is looked at on the desk's screen first, with its buttons and tables.
                let more: &[&str] = match audience {
                    Audience::Desk => &["desk"],
                    Audience::Print => &["desk", "print"],
                    Audience::Resident | Audience::Field | Audience::Stranger => &[],
                };
                ["core"].iter().chain(more).filter_map(|name| sheets.get(*name).cloned()).collect()
            }
        }
    }

    /// Answers a request for a file; `None` if there is none of that name.
    #[must_use]
    pub fn serve(&self, path: &str, headers: &HeaderMap) -> Option<Response> {
        let file = self.files.get(path)?;
        let accepts = |coding: &str| {
            let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
            accepted.is_some_and(|list| {
                list.split(',').any(|one| one.split(';').next().map(str::trim) == Some(coding))
            })
        };
        let (body, coding) = match (&file.brotli, &file.gzip) {
            (Some(packed), _) if accepts("br") => (packed, Some("br")),
            (_, Some(packed)) if accepts("gzip") => (packed, Some("gzip")),
            _ => (&file.plain, None),
        };
        let known =
            headers.get(header::IF_NONE_MATCH).is_some_and(|tag| tag.as_bytes() == file.tag.as_bytes());
        let mut response = if known {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            Response::new(Body::from(body.clone()))
        };
        let out = response.headers_mut();
        out.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.kind));
        out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        out.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept(path)));
        if let Ok(tag) = HeaderValue::from_str(&file.tag) {
            out.insert(header::ETAG, tag);
        }
        if let Some(coding) = coding.filter(|_| !known) {
            out.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
        }
        Some(response)
    }
}

/// How long a browser believes a file. It asks for the service worker at every page unless it may believe it for a
/// while; of a new release a phone hears with its feed (`api`), and a CDN believes the worker for a minute.
fn kept(path: &str) -> &'static str {
    match path {
        "/sw.js" => "max-age=86400, s-maxage=60",
        _ if path.starts_with("/pkg/") => "public, max-age=31536000, immutable",
        _ => "no-cache",
    }
}

fn read(path: &Path) -> Result<Vec<u8>, SiteError> {
    std::fs::read(path).map_err(|source| SiteError::Unreadable { path: path.display().to_string(), source })
}

fn collect(folder: &Path, prefix: &str, files: &mut HashMap<String, File>) -> Result<(), SiteError> {
    let unreadable = |source| SiteError::Unreadable { path: folder.display().to_string(), source };
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        let url = format!("{prefix}/{name}");
        if path.is_dir() {
            collect(&path, &url, files)?;
        } else if let Some(kind) = kind(name) {
            let plain = read(&path)?;
            let packed =
                |suffix: &str| std::fs::read(folder.join(format!("{name}.{suffix}"))).ok().map(Bytes::from);
            let tag = format!("\"{}\"", &hash_of(&plain)[..16]);
            files.insert(
                url,
                File { kind, tag, plain: plain.into(), brotli: packed("br"), gzip: packed("gz") },
            );
        }
    }
    Ok(())
}

/// The media type by the name's ending; files of other kinds are not for phones.
fn kind(name: &str) -> Option<&'static str> {
    if name == "assets.json" || name == "releases.json" {
        return None;
    }
    Some(match name.rsplit_once('.')?.1 {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "ico" => "image/x-icon",
        "jpg" => "image/jpeg",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "pack" => "application/octet-stream",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "webp" => "image/webp",
        _ => return None,
    })
}
