//! What only the server on one machine does: fill an empty folder, greet whoever started it, stop cleanly;
//! and the commands of its operator: export, import, backup, restore, and what stays at an old address.

mod aside;
pub mod backup;
pub mod control;
pub mod demo;
pub mod demo_facts;
pub mod erasing;
mod files;
pub mod moved;
pub mod moving;
pub mod operator;
pub mod place;
pub mod ready;
pub mod signals;
#[cfg(feature = "tls")]
pub mod tls;
pub mod voice;

use std::path::Path;

use tokio::net::TcpListener;

/// Serves HTTPS until `end`.
///
/// # Errors
/// Words where certificate or key do not serve.
#[cfg(feature = "tls")]
pub async fn serve_tls(
    listener: TcpListener,
    certificate: &Path,
    key: &Path,
    app: axum::Router,
    end: impl Future<Output = ()> + Send + 'static,
) -> Result<std::io::Result<()>, String> {
    let listener =
        tls::TlsListener::new(listener, certificate, key).map_err(|error| voice::with_causes(&error))?;
    Ok(axum::serve(listener, app).with_graceful_shutdown(end).await)
}

/// Built without HTTPS: says so.
///
/// # Errors
/// Always.
#[cfg(not(feature = "tls"))]
pub async fn serve_tls(
    _: TcpListener,
    _: &Path,
    _: &Path,
    _: axum::Router,
    _: impl Future<Output = ()> + Send + 'static,
) -> Result<std::io::Result<()>, String> {
    Err("this server was built without HTTPS; put it behind a proxy and use --public-url".to_owned())
}
