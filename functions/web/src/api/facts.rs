//! `POST /api/facts`: a phone hands in what waited. The author is the owner of the hand-in token, never whoever is
//! signed in now; each fact gets its own answer. A page that is signed in gets its feed with them, so that an order is one request.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::feed::Feed;
use domain::wire::{Answers, Batch, MAX_BATCH};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use serde_json::value::RawValue;
use store::HandInToken;
use ui::pages::error::Trouble;

use crate::errors::Problem;
use crate::feed::{feed_of, tag_of};
use crate::fresh::{self, Fresh};
use crate::secret::hand_in_of;
use crate::state::AppState;
use crate::submit::{Arrived, Author, submit};
use crate::visitor::Visitor;

/// JSON, a value a line.
const LINES: &str = "application/x-ndjson";

/// Takes a batch.
///
/// # Errors
/// Not signed in, not readable at all, too many facts, or the table does not answer.
pub async fn hand_in(
    State(state): State<AppState>,
    visitor: Visitor,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let author = author(&state, &visitor, &headers).await?;
    let batch: Batch<Box<RawValue>> = serde_json::from_slice(&body).map_err(|_| Trouble::NotUnderstood)?;
    if batch.facts.len() > MAX_BATCH {
        return Err(Trouble::TooLarge.into());
    }
    let facts: Option<Vec<Arrived>> =
        batch.facts.iter().map(|raw| Arrived::read(raw.get().as_bytes())).collect();
    let facts = facts.ok_or(Trouble::NotUnderstood)?;
    let bodies = facts.iter().filter_map(|one| match one {
        Arrived::Fact(fact) => Some(&fact.body),
        Arrived::Unreadable(..) => None,
    });
    let fresh = Fresh::of(&headers);
    let (cookies, wrote) = (fresh.clone().and_wrote(bodies.clone()), fresh.after(bodies));
    let submitted = submit(&state, &author, facts).await?;
    let status = if submitted.all_later() { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::OK };
    let retry_after = submitted.retry_after;
    let answers = Answers { now: state.now(), answers: submitted.answers };
    let news =
        if status.is_success() { news(&state, &visitor, &author, (&headers, &wrote)).await } else { None };
    let mut response = match news {
        None => (status, Json(answers)).into_response(),
        Some(news) => news.beside(&answers)?,
    };
    if let Some(wait) = retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait.as_secs().max(1)));
    }
    fresh::tell(response.headers_mut(), cookies);
    super::tell_release(response.headers_mut(), &state);
    Ok(response)
}

/// What the phone would ask for next.
struct News {
    tag: HeaderValue,
    hand_in: HeaderValue,
    feed: Feed,
}

/// The feed, for a page that reads it beside the answers (`Accept`) and is signed in as whoever handed in: a hand-in
/// token alone shows nobody anything. What it just wrote is read strongly and stands in it. Where it cannot be had, the
/// phone asks for it by itself.
async fn news(
    state: &AppState,
    visitor: &Visitor,
    author: &Author,
    (headers, wrote): (&HeaderMap, &Fresh),
) -> Option<News> {
    let wanted = headers.get(header::ACCEPT).is_some_and(|accept| accept.as_bytes() == LINES.as_bytes());
    let known = visitor.known.as_ref().filter(|_| wanted && !author.revoked)?;
    if known.who != author.who || *known.catalog.id() != author.community {
        return None;
    }
    let now = state.now();
    let tag = HeaderValue::try_from(tag_of(state, known, now).await.ok()?).ok()?;
    let feed = feed_of(state, known, now, wrote).await.ok()?;
    let hand_in = HeaderValue::try_from(hand_in_of(&known.token).text()).ok()?;
    Some(News { tag, hand_in, feed })
}

impl News {
    /// Two lines of JSON: the answers, and the feed.
    fn beside(self, answers: &Answers) -> Result<Response, Problem> {
        let line = |text: serde_json::Result<String>| text.map_err(|_| Trouble::Broken);
        let text = format!(
            "{}\n{}",
            line(serde_json::to_string(answers))?,
            line(serde_json::to_string(&self.feed))?
        );
        let kind = (header::CONTENT_TYPE, HeaderValue::from_static(LINES));
        let hand_in = (HeaderName::from_static("hand-in"), self.hand_in);
        Ok(([kind, (header::ETAG, self.tag), hand_in], text).into_response())
    }
}

/// The owner of the hand-in token in `Authorization: Bearer`. It is made of the session's: where the table has just said
/// that this session goes on, it need not be asked whose the other is.
async fn author(state: &AppState, visitor: &Visitor, headers: &HeaderMap) -> Result<Author, Problem> {
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = bearer.and_then(|value| value.strip_prefix("Bearer ")).and_then(HandInToken::parse);
    let token = token.ok_or(Trouble::SignInFirst)?;
    if let Some(known) = visitor.known.as_ref().filter(|known| known.just_read)
        && hand_in_of(&known.token) == token
    {
        let community = known.session.community.clone();
        return Ok(Author { community, who: known.session.who, revoked: false });
    }
    let hand_in = state.store().hand_in_author(&token, state.now()).await?.ok_or(Trouble::SignInFirst)?;
    Ok(Author { community: hand_in.community, who: hand_in.who, revoked: hand_in.revoked.is_some() })
}
