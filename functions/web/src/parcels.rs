//! Sealed facts: opened, and handed in under the hand-in token that was sealed in with each, through the same gate as
//! any other. What does not open, or whose author nobody knows, waits where the desk sees it and is tried again, since
//! a key that was missing may have come back.

use std::collections::BTreeSet;

use domain::CommunityId;
use domain::wire::Acknowledged;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use store::{HandInToken, Kept, Parcel, Throttled, Tried, Why};

use crate::errors::Problem;
use crate::state::AppState;
use crate::submit::{Arrived, Author, submit};

/// What became of a sealed fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Became {
    /// It has its place, with the gate's word for its author.
    Taken,
    /// It does not open, or nobody is known as its author: kept for the desk.
    Kept,
    /// Not now; the phone keeps it.
    Later,
}

/// What a phone sealed.
#[derive(Deserialize)]
struct Inside {
    token: String,
    fact: Box<RawValue>,
}

/// A fact that came out, with whose it is.
struct Opened {
    place: usize,
    author: Author,
    token: String,
    fact: Arrived,
}

/// Takes sealed facts as they were brought; the words are in their order.
///
/// # Errors
/// The table's; then nothing was acknowledged, and all of them may be brought again.
pub async fn take(state: &AppState, sealed: Vec<Vec<u8>>) -> Result<Vec<Became>, Problem> {
    let mut became = vec![Became::Later; sealed.len()];
    let mut opened = Vec::new();
    for (place, raw) in sealed.into_iter().enumerate() {
        match open(state, place, &raw).await? {
            Ok(fact) => opened.push(fact),
            Err(why) => became[place] = keep(state, why, raw).await?,
        }
    }
    for (place, word) in hand_in(state, opened).await? {
        became[place] = word;
    }
    Ok(became)
}

/// What still waits after everything that opens by now has been handed in.
///
/// # Errors
/// The table's; what was not opened stays.
pub async fn still_closed(state: &AppState, community: &CommunityId) -> Result<Vec<Parcel>, Problem> {
    let waiting = state.store().parcels(community).await?;
    let mut opened = Vec::new();
    for (place, parcel) in waiting.iter().enumerate() {
        opened.extend(open(state, place, &parcel.raw).await?.ok());
    }
    let words = hand_in(state, opened).await?;
    let done: BTreeSet<usize> =
        words.into_iter().filter(|(_, word)| *word == Became::Taken).map(|(place, _)| place).collect();
    for place in &done {
        state.store().forget_parcel(community, &waiting[*place]).await?;
    }
    Ok(waiting
        .into_iter()
        .enumerate()
        .filter(|(place, _)| !done.contains(place))
        .map(|(_, one)| one)
        .collect())
}

async fn open(state: &AppState, place: usize, raw: &[u8]) -> Result<Result<Opened, Why>, Problem> {
    let Some(text) = state.vault().open_parcel(raw) else { return Ok(Err(Why::Closed)) };
    let Ok(Inside { token, fact }) = serde_json::from_slice::<Inside>(&text) else {
        return Ok(Err(Why::Closed));
    };
    let (Some(key), Some(fact)) = (HandInToken::parse(&token), Arrived::read(fact.get().as_bytes())) else {
        return Ok(Err(Why::Closed));
    };
    let Some(hand_in) = state.store().hand_in_author(&key, state.now()).await? else {
        return Ok(Err(Why::Nobody));
    };
    let author =
        Author { community: hand_in.community, who: hand_in.who, revoked: hand_in.revoked.is_some() };
    Ok(Ok(Opened { place, author, token, fact }))
}

/// Hands in, person by person, each person's facts in the order they came.
async fn hand_in(state: &AppState, opened: Vec<Opened>) -> Result<Vec<(usize, Became)>, Problem> {
    let mut people: Vec<(String, Author, Vec<usize>, Vec<Arrived>)> = Vec::new();
    for Opened { place, author, token, fact } in opened {
        match people.iter_mut().find(|(known, ..)| *known == token) {
            Some((_, _, places, facts)) => {
                places.push(place);
                facts.push(fact);
            }
            None => people.push((token, author, vec![place], vec![fact])),
        }
    }
    let mut words = Vec::new();
    for (_, author, places, facts) in people {
        let submitted = submit(state, &author, facts).await?;
        words.extend(places.into_iter().zip(submitted.answers).map(|(place, answer)| {
            let later = answer.answer == Acknowledged::Later;
            (place, if later { Became::Later } else { Became::Taken })
        }));
    }
    Ok(words)
}

/// Keeps one that waits for somebody, unless strangers bring too many: then the phone keeps it.
async fn keep(state: &AppState, why: Why, raw: Vec<u8>) -> Result<Became, Problem> {
    let (store, community, now) = (state.store(), &state.config().community, state.now());
    if store.may_try(community, &Tried::Parcel, now).await? != Throttled::Go {
        return Ok(Became::Later);
    }
    store.count_wrong(community, &Tried::Parcel, now).await?;
    let parcel = Parcel { received: now, why, raw };
    Ok(match store.keep_parcel(community, &parcel).await? {
        Kept::There | Kept::OtherContent => Became::Kept,
        Kept::Full | Kept::TooLarge => Became::Later,
    })
}
