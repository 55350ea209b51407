//! The heart: raw facts in, the server's word on each out. A form without script and a batch from a phone's outbox
//! come through this same function. What a fact may is `domain::admit`'s decision; where it stands is `store`'s.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use domain::actor::{Actor, Signed};
use domain::admit::{Context, admit};
use domain::fact::{Body, FACT_VERSION, Fact, Stamped, Verdict};
use domain::wire::{Acknowledged, Answer, Flag, Refusal};
use domain::{BuildingId, CommunityId, FactId, Millis, RunId};
use serde_json::Value;
use store::{Catalog, Consistency, HandedIn, Kept, Shelf, StoreError, Unread};

use crate::errors::Problem;
use crate::state::AppState;

/// When a phone tries again whose unreadable facts fill its author's room: only an update makes some.
const UNTIL_UPDATED: Duration = Duration::from_secs(60 * 60);

/// Who hands facts in.
#[derive(Debug, Clone)]
pub struct Author {
    /// Their community.
    pub community: CommunityId,
    /// Their stamp, from the session or the hand-in token.
    pub who: Signed,
    /// The session was revoked (a lost phone): its facts go to the desk as unconfirmed.
    pub revoked: bool,
}

/// A fact as it arrived: read, or not readable by this program.
#[derive(Debug, Clone)]
pub enum Arrived {
    /// A fact.
    Fact(Box<Fact>),
    /// Something that names itself as a fact, as it came, and why this program cannot read it.
    Unreadable(FactId, Refusal, Vec<u8>),
}

impl Arrived {
    /// Reads one element of a batch, alone, so that one bad record never blocks the others. `None` if it has not even
    /// an id to be answered under.
    #[must_use]
    pub fn read(raw: &[u8]) -> Option<Self> {
        // What a newer program made is not read by halves: what this one does not know would be lost.
        match serde_json::from_slice::<Fact>(raw) {
            Ok(fact) if fact.v <= FACT_VERSION => return Some(Self::Fact(Box::new(fact))),
            _ => {}
        }
        let named: Value = serde_json::from_slice(raw).ok()?;
        let id = named.get("id")?.as_str()?.parse().ok()?;
        let newer = named.get("v").and_then(Value::as_u64).is_some_and(|v| v > u64::from(FACT_VERSION));
        let refusal = if newer { Refusal::UnknownVersion } else { Refusal::Malformed };
        Some(Self::Unreadable(id, refusal, raw.to_vec()))
    }
}

/// What became of a batch.
#[derive(Debug)]
pub struct Submitted {
    /// One answer a fact, in the order given.
    pub answers: Vec<Answer>,
    /// When it is worth sending again what was answered with [`Acknowledged::Later`].
    pub retry_after: Option<Duration>,
}

impl Submitted {
    /// Whether nothing at all could be stored.
    #[must_use]
    pub fn all_later(&self) -> bool {
        !self.answers.is_empty() && self.answers.iter().all(|answer| answer.answer == Acknowledged::Later)
    }
}

/// Decides and stores facts of one author.
///
/// # Errors
/// When the community cannot be read at all; a fact that fails is answered with [`Acknowledged::Later`].
pub async fn submit(state: &AppState, author: &Author, arrived: Vec<Arrived>) -> Result<Submitted, Problem> {
    let now = state.now();
    let mut answers: Vec<Answer> = Vec::with_capacity(arrived.len());
    let mut places: Vec<usize> = Vec::new();
    let mut facts: Vec<Fact> = Vec::new();
    let mut unread: Vec<(usize, Refusal, Unread)> = Vec::new();
    for (place, one) in arrived.into_iter().enumerate() {
        let (id, answer) = match one {
            Arrived::Unreadable(id, refusal, raw) => {
                let kept =
                    Unread { fact: id, by: author.who, unconfirmed: author.revoked, received: now, raw };
                unread.push((place, refusal, kept));
                (id, Acknowledged::Later)
            }
            Arrived::Fact(fact) => {
                let id = fact.id;
                places.push(place);
                facts.push(*fact);
                (id, Acknowledged::Later)
            }
        };
        answers.push(Answer { id, answer });
    }

    let catalog = catalog_for(state, author, &facts, now).await?;
    let community = &catalog.community;
    let actor =
        crate::visitor::actor_of(author.who, community).unwrap_or_else(|| former_actor(author.who, &catalog));
    let hands = handed_over(state, &catalog, &facts, now).await?;
    let decide = |fact: &Fact, known: &[Stamped]| {
        let around = if fact.via.is_some() { [known, &hands].concat() } else { Vec::new() };
        let facts = if fact.via.is_some() { &around } else { known };
        match admit(fact, &actor, Context { now, community, facts }) {
            Verdict::Taken if author.revoked => Verdict::Flagged(Flag::Unconfirmed),
            verdict => verdict,
        }
    };
    let handed_in = state.store().hand_in_all(&catalog, &facts, author.who, now, decide).await;

    let mut retry_after = None;
    if !unread.is_empty() {
        retry_after = keep_unread(state, author, unread, &mut answers).await;
    }
    for (place, outcome) in places.into_iter().zip(handed_in) {
        answers[place].answer = match outcome {
            // Somebody else's fact of the same name is not told to this author.
            Ok(HandedIn::Stored { stamped, .. }) if !same_author(stamped.by, author.who) => {
                Acknowledged::OtherContent
            }
            Ok(HandedIn::Stored { stamped, .. }) => Acknowledged::Stored(stamped.verdict),
            Ok(HandedIn::OtherContent) => Acknowledged::OtherContent,
            Err(error) => {
                retry_after = Some(later(&error));
                Acknowledged::Later
            }
        };
    }
    for answer in &answers {
        if let Acknowledged::Stored(Verdict::Refused(refusal)) = &answer.answer {
            crate::log::refused(refusal);
            if matches!(refusal, Refusal::SoldOut(..)) {
                state.stock().forget(&author.community);
            }
        }
    }
    Ok(Submitted { answers, retry_after })
}

/// What was handed over where facts name a ticket: one Query a building, and none for whoever walks their own round.
async fn handed_over(
    state: &AppState,
    catalog: &Catalog,
    facts: &[Fact],
    now: Millis,
) -> Result<Vec<Stamped>, StoreError> {
    let places = &catalog.community.places;
    let delivering = || {
        catalog.community.windows.values().filter(|window| window.delivering(now)).map(|window| window.run)
    };
    let mut asked: BTreeSet<(RunId, BuildingId)> = BTreeSet::new();
    for fact in facts.iter().filter(|fact| fact.via.is_some()) {
        let building = match &fact.body {
            Body::Load(load) => Some(load.building),
            Body::HandOver(hand) => Some(hand.building),
            Body::TookOver(took) => Some(took.building),
            Body::Mark(mark) => places.at(mark.door).map(|at| at.building),
            Body::Retract(retract) => places.at(retract.door).map(|at| at.building),
            Body::Need(report) => places.home(report.household).map(|at| at.building),
            Body::Paid(paid) => places.home(paid.household).map(|at| at.building),
            _ => None,
        };
        let Some(building) = building else { continue };
        match fact.body.run() {
            Some(run) => asked.extend([(run, building)]),
            None => asked.extend(delivering().map(|run| (run, building))),
        }
    }
    let mut found = Vec::new();
    for (run, building) in asked {
        let shelf = Shelf::hands(run, building);
        found.extend(state.store().on_shelf(catalog.id(), &shelf, Consistency::Strong).await?.facts);
    }
    Ok(found)
}

/// Keeps what cannot be read, and answers it; gives the pause if the table could not take it now.
async fn keep_unread(
    state: &AppState,
    author: &Author,
    unread: Vec<(usize, Refusal, Unread)>,
    answers: &mut [Answer],
) -> Option<Duration> {
    let facts: Vec<Unread> = unread.iter().map(|(.., unread)| unread.clone()).collect();
    let kept = match state.store().keep_unread(&author.community, &facts).await {
        Ok(kept) => kept,
        Err(error) => return Some(later(&error)),
    };
    let mut retry_after = None;
    for ((place, refusal, _), kept) in unread.into_iter().zip(kept) {
        answers[place].answer = match kept {
            Kept::There => Acknowledged::Stored(Verdict::Refused(refusal)),
            Kept::OtherContent => Acknowledged::OtherContent,
            Kept::TooLarge => Acknowledged::Stored(Verdict::Refused(Refusal::Malformed)),
            Kept::Full => {
                retry_after = Some(UNTIL_UPDATED);
                Acknowledged::Later
            }
        };
    }
    retry_after
}

/// A person whose role changed since is still the same person.
fn same_author(one: Signed, other: Signed) -> bool {
    match (one, other) {
        (Signed::Person(one, _), Signed::Person(other, _)) => one == other,
        _ => one == other,
    }
}

fn later(error: &StoreError) -> Duration {
    if error.retry_after().is_none() {
        tracing::error!(error = error as &dyn std::error::Error, "a fact could not be stored");
    }
    error.retry_after().unwrap_or(Duration::from_secs(30))
}

/// The catalogue; a newer one if this one does not know the place of some fact.
async fn catalog_for(
    state: &AppState,
    author: &Author,
    facts: &[Fact],
    now: Millis,
) -> Result<Arc<Catalog>, Problem> {
    let catalog = state.communities().get(&author.community, now).await?;
    let unknown = facts.iter().any(|fact| matches!(catalog.shelf(fact, author.who), Shelf::Drawer(_)));
    if unknown { state.communities().newest(&author.community, now).await } else { Ok(catalog) }
}

/// Somebody who left, or a household that the ledger no longer has: known, with the assignments they had.
fn former_actor(who: Signed, catalog: &Catalog) -> Actor {
    match who {
        Signed::Household(id) => Actor::Household(id),
        Signed::Person(id, role) => {
            let person = catalog.community.people.get(&id);
            let assignments = person.map(|person| person.assignments.clone()).unwrap_or_default();
            Actor::Person { id, role, assignments }
        }
        Signed::Clock => Actor::Clock,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn one_bad_record_is_answered_under_its_own_id() {
        let id = FactId::new(1, [7; 10]);
        let why = |raw: serde_json::Value| match Arrived::read(raw.to_string().as_bytes()) {
            Some(Arrived::Unreadable(one, refusal, kept)) if one == id => {
                assert_eq!(kept, raw.to_string().as_bytes(), "byte for byte");
                Some(refusal)
            }
            _ => None,
        };
        let newer = json!({ "v": 9, "id": id, "body": { "telepathy": {} } });
        assert_eq!(why(newer), Some(Refusal::UnknownVersion));
        assert_eq!(why(json!({ "v": 1, "id": id, "body": 7 })), Some(Refusal::Malformed));
        assert!(Arrived::read(b"[1,2,3]").is_none());
    }
}
