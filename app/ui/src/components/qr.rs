//! QR codes on a page. Only the server makes them (`make`); a phone draws the picture that its feed carries.

use crate::prelude::*;
use domain::text::text;

#[cfg(feature = "ssr")]
mod make;
#[cfg(feature = "ssr")]
pub use make::{Correction, QrPicture};

/// A QR code of `text` for a page; `label` says what it is for to those who can't see it. Renders nothing if the text
/// is too long for a code.
#[cfg(feature = "ssr")]
pub fn qr_svg(text: &str, correction: Correction, label: &str) -> impl IntoView + use<> {
    let label = label.to_owned();
    QrPicture::of(text, correction).map(|QrPicture { side, path }| svg(side, path, &label))
}

/// A picture for a page: `side` modules wide, dark where `path` says.
///
/// Black on white in dark mode too, since decoders expect it.
pub fn svg(side: usize, path: String, label: &str) -> impl IntoView + use<> {
    let (label, ground) = (label.to_owned(), text!("M0 0h{side}v{side}H0z"));
    view! {
        <svg class="qr" role="img" aria-label=label viewBox=text!("0 0 {side} {side}")>
            <path fill="#fff" d=ground></path>
            <path fill="#000" d=path></path>
        </svg>
    }
}
