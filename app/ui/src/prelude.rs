//! What views are written with: Leptos on the server; on a phone the same words, which become text ([`crate::text`]).

#[cfg(feature = "ssr")]
pub(crate) use leptos::prelude::*;

#[cfg(not(feature = "ssr"))]
pub(crate) use crate::text::{CollectView, IntoView, component, view};
