//! What programs ask for: the outbox of a phone, its service worker, its islands. Pages are in `pages`.

pub mod facts;
pub mod feed;
pub mod me;
pub mod parcels;

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::state::AppState;

/// A header that a page's script can read although its program asked.
const TOLD: HeaderName = HeaderName::from_static("server-timing");

/// Says which release the server has: a browser believes its service worker for a day, and `public/phone.js` asks for it
/// at once where this is another one.
fn tell_release(headers: &mut HeaderMap, state: &AppState) {
    if let Ok(release) = HeaderValue::try_from(format!("release;desc={}", state.site().release())) {
        headers.insert(TOLD, release);
    }
}
