//! The page of a running import: it is sent as the work is done, each step with its numbers, so that it needs neither
//! script nor a second request. Where answers are buffered (in a function) it arrives whole, at the end.

use axum::body::{Body, Bytes};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use http::{HeaderValue, header};
use http_body_util::BodyExt;
use tokio::sync::mpsc;
use ui::pages::desk::{DeskPage, import as page};
use ui::pages::error::Trouble;

use super::{newest, render};
use crate::errors::Problem;
use crate::ledger::{Rest, write_private};
use crate::state::AppState;
use crate::visitor::Visitor;

/// Writes the rest of an import and tells how far it is.
///
/// # Errors
/// Not signed in. What fails later is said in the page.
pub(super) async fn page(state: AppState, visitor: Visitor, rest: Rest) -> Result<Response, Problem> {
    let lang = visitor.look.lang;
    let framed = render(&state, &visitor, DeskPage::Ledger, None, page::running).await?;
    let (mut parts, body) = framed.into_parts();
    let whole = body.collect().await.map_err(|_| Trouble::Broken)?.to_bytes();
    let whole = String::from_utf8_lossy(&whole).into_owned();
    let (head, foot) = whole.split_once(page::STEPS).unwrap_or((&whole, ""));
    let (tell, told) = mpsc::unbounded_channel::<String>();
    // The reader may have gone; the import goes on.
    let say = move |html: String| drop(tell.send(html));
    say(head.to_owned());
    let foot = foot.to_owned();
    // A task of its own, so that closing the page does not break the import off.
    tokio::spawn(async move {
        let total = u32::try_from(rest.len()).unwrap_or(u32::MAX);
        say(page::step(lang, 0, total));
        let worked = write(&state, &visitor, rest, |done| {
            say(page::step(lang, u32::try_from(done).unwrap_or(total), total));
        })
        .await;
        if let Err(problem) = &worked {
            tracing::error!(error = problem as &dyn std::error::Error, "an import was not finished");
        }
        say(page::finished(lang, worked.is_ok()));
        say(foot);
    });
    let steps = stream::unfold(told, |mut told| async move {
        let step = told.recv().await?;
        Some((Ok::<_, std::convert::Infallible>(Bytes::from(step)), told))
    });
    parts.headers.remove(header::CONTENT_LENGTH);
    // Compressing would hold the steps back until there are many.
    parts.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("identity"));
    Ok((parts, Body::from_stream(steps)).into_response())
}

async fn write(
    state: &AppState,
    visitor: &Visitor,
    rest: Rest,
    told: impl FnMut(usize) + Send,
) -> Result<(), Problem> {
    let catalog = newest(state, visitor).await?;
    write_private(state, &catalog, rest, told).await
}
