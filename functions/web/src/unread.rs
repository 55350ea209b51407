//! Facts that an earlier program could not read: they are read as soon as a program can, and go through the same gate
//! under the same id as if they came now. Until then the desk sees how many wait, from whom and since when.

use std::collections::BTreeMap;

use domain::actor::Signed;
use domain::fact::Fact;
use domain::wire::Acknowledged;
use domain::{CommunityId, FactId};
use store::Unread;

use crate::errors::Problem;
use crate::state::AppState;
use crate::submit::{Arrived, Author, submit};

/// Reads what waits in this server's community, once at every start: that is when a program may have become newer.
///
/// # Errors
/// The table's; what was not read stays.
pub async fn read_again(state: &AppState) -> Result<(), Problem> {
    let community = state.config().community.clone();
    still_waiting(state, &community, readable).await?;
    Ok(())
}

/// A fact, if this program can read it.
#[must_use]
pub fn readable(raw: &[u8]) -> Option<Fact> {
    match Arrived::read(raw)? {
        Arrived::Fact(fact) => Some(*fact),
        Arrived::Unreadable(..) => None,
    }
}

/// What waits after everything that `read` can read has been handed in under its author.
///
/// # Errors
/// The table's; what was not read stays.
pub async fn still_waiting(
    state: &AppState,
    community: &CommunityId,
    read: impl Fn(&[u8]) -> Option<Fact>,
) -> Result<Vec<Unread>, Problem> {
    let mut waiting = state.store().unread(community).await?;
    let mut of_authors: BTreeMap<(Signed, bool), Vec<Arrived>> = BTreeMap::new();
    for unread in &waiting {
        if let Some(fact) = read(&unread.raw) {
            let author = (unread.by, unread.unconfirmed);
            of_authors.entry(author).or_default().push(Arrived::Fact(Box::new(fact)));
        }
    }
    for ((who, revoked), facts) in of_authors {
        let author = Author { community: community.clone(), who, revoked };
        let done: Vec<FactId> = submit(state, &author, facts)
            .await?
            .answers
            .into_iter()
            .filter(|answer| answer.answer != Acknowledged::Later)
            .map(|answer| answer.id)
            .collect();
        for fact in done {
            state.store().forget_unread(community, who, fact).await?;
            waiting.retain(|unread| unread.fact != fact || unread.by != who);
        }
    }
    Ok(waiting)
}
