//! R5 and R7: random requests of everybody, drawn from the server's own table of routes, with other people's ids in
//! paths, queries, forms and batches. Nobody reads words of a household that is not theirs to know, nobody writes for
//! one, and nothing is answered with 5xx.
//!
//! `LM_CROSS_REQUESTS=100000` asks for more of them, `LM_CROSS_SEED=<seed>` replays one block.

use std::sync::atomic::{AtomicU64, Ordering};

use domain::HouseholdId;
use domain::actor::{Role, Signed};
use domain::fact::{Body as What, Stamped};
use http::{Method, StatusCode};
use store::Consistency;

use super::drawn::{Drawn, draw};
use super::people_of_the_stage::{Canary, Person, furnish, may_know};
use super::stage::{Came, DELIVERING, DESK, FORMER, HOUSEHOLDS, NOON, OPEN, STEWARD, Stage, VOLUNTEER};
use crate::dice::Dice;
use crate::figures::{Findings, record};
use crate::seeds::{asked, play_all, play_one};

/// Requests on one stage: it fills with facts, and pages with them.
const BLOCK: u64 = 500;

/// What is counted over all blocks.
#[derive(Default)]
struct Counts {
    requests: AtomicU64,
    /// Words that somebody read, or wrote, who may not.
    leaks: Findings,
    /// Answers that only a broken server gives.
    broken: Findings,
    /// Requests that are refused as not readable: where a server that takes what comes as good would break.
    unreadable: AtomicU64,
    /// The same words in what the desk is shown: what would be read if the server asked nobody for rights.
    without_rights: AtomicU64,
}

#[test]
fn nobody_reads_or_writes_across_households_whatever_is_asked() {
    let blocks = asked("LM_CROSS_REQUESTS").unwrap_or(100_000).div_ceil(BLOCK);
    let counts = Counts::default();
    match asked("LM_CROSS_SEED") {
        Some(seed) => play_one(seed, &counts.broken, |seed| play(seed, &counts)),
        None => play_all(blocks, &counts.broken, |seed| play(seed, &counts)),
    }
    let requests = counts.requests.load(Ordering::Relaxed);
    #[allow(clippy::cast_precision_loss)]
    record("R5.requests", requests as f64, None, "drawn from the table of routes, in blocks by seed");
    if counts.leaks.count() + counts.broken.count() > 0 {
        eprintln!("each finding begins with its block; replay it with LM_CROSS_SEED=<block>");
    }
    let naive = usize::try_from(counts.without_rights.load(Ordering::Relaxed)).expect("few");
    let note =
        format!("{requests} requests; control: pages shown without asking for rights, one in 20 of them");
    counts.leaks.conclude("R5.leaks", Some(naive), &note);
    let unreadable = usize::try_from(counts.unreadable.load(Ordering::Relaxed)).expect("few");
    let note =
        format!("{requests} requests drawn from the table of routes; control: refused as not readable");
    counts.broken.conclude("R7", Some(unreadable), &note);
    assert!(unreadable > 0, "everything that was asked is well formed: nothing is proved about what is not");
    assert!(naive > 0, "the planted words are on no page: the search proves nothing");
}

async fn play(seed: u64, counts: &Counts) {
    let mut dice = Dice::new(seed);
    let stage = Stage::new().await;
    let (mut people, canaries) = furnish(&stage).await;
    let desk = Person::signed_in(&stage, Some(Signed::Person(DESK, Role::Desk))).await;
    for number in 0..BLOCK {
        let one = dice.below(u32::try_from(people.len()).expect("few")) as usize;
        let drawn = draw(&mut dice, &stage);
        let person = &people[one];
        let came = drawn.ask(&stage, person.phone.as_ref()).await;
        counts.requests.fetch_add(1, Ordering::Relaxed);
        let told = || format!("{seed}: request {number} of {:?}, {drawn}", person.who);
        counts.broken.case();
        // 503 with a time to come back is an answer.
        let fine = !came.status.is_server_error() || came.status == StatusCode::SERVICE_UNAVAILABLE;
        counts.broken.holds(fine, || format!("{}: {}", told(), came.status));
        if matches!(came.status, StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY) {
            counts.unreadable.fetch_add(1, Ordering::Relaxed);
        }
        counts.leaks.case();
        for canary in seen(&came, person, &canaries) {
            counts.leaks.broken(format!("{}: read {canary:?}", told()));
        }
        if number % 20 == 0 && drawn.method == Method::GET {
            let shown = drawn.ask(&stage, desk.phone.as_ref()).await;
            let found = seen(&shown, person, &canaries).len();
            counts.without_rights.fetch_add(found as u64, Ordering::Relaxed);
        }
        // Signing out and giving a phone away end what it was signed in with.
        if drawn.method == Method::POST && matches!(drawn.route, "/signout" | "/phones") {
            people[one] = Person::signed_in(&stage, people[one].who).await;
        }
    }
    for stamped in stored(&stage).await {
        let fair = fairly_written(&stamped);
        counts.leaks.holds(fair, || format!("{seed}: written by somebody else: {stamped:?}"));
    }
}

/// The planted words in an answer that its reader may not know.
fn seen<'a>(came: &Came, person: &Person, canaries: &'a [Canary]) -> Vec<&'a Canary> {
    let head = format!("{:?}", came.headers);
    let shows = |canary: &&Canary| came.body.contains(&canary.words) || head.contains(&canary.words);
    canaries.iter().filter(|canary| !may_know(person.who, canary)).filter(shows).collect()
}

/// Everything that counts, of every household and both runs.
async fn stored(stage: &Stage) -> Vec<Stamped> {
    let c = stage.state.config().community.clone();
    let catalog = stage.state.communities().newest(&c, NOON).await.expect("there");
    let store = stage.state.store();
    let mut all = Vec::new();
    for run in [OPEN, DELIVERING] {
        all.extend(store.whole_run(&catalog, run, Consistency::Strong).await.expect("read"));
    }
    for n in 1..=HOUSEHOLDS {
        let needs = store.household_needs(&c, HouseholdId(n), None, Consistency::Strong).await;
        all.extend(needs.expect("read").facts);
    }
    all.retain(|stamped| stamped.verdict.counts());
    all
}

/// Whether its author may write it: for one's own household, or for one of one's doors. By hand, apart from
/// `domain::actor`.
fn fairly_written(stamped: &Stamped) -> bool {
    let household = match &stamped.fact.body {
        What::Order(order) => order.household.0,
        What::Away(away) => away.household.0,
        What::Dispute(dispute) => dispute.household.0,
        What::Paid(paid) => paid.household.0,
        What::Need(need) => need.household.0,
        What::NeedStep(step) => step.household.0,
        What::Seen(seen) => seen.household.0,
        // Household and door have one number on this stage.
        What::Mark(mark) => mark.door.0,
        What::Retract(retract) => retract.door.0,
        What::AddJob(add) => add.door.0,
        What::DropJob(drop) => drop.door.0,
        What::Load(load) => return matches!(stamped.by, Signed::Person(..)) && load.building.0 <= 2,
        // Each is somebody's word about a round of a building, and gives no right to read anything.
        What::HandOver(over) => return matches!(stamped.by, Signed::Person(..)) && over.building.0 <= 2,
        What::TookOver(took) => return matches!(stamped.by, Signed::Person(..)) && took.building.0 <= 2,
    };
    match stamped.by {
        Signed::Household(own) => own.0 == household && !matches!(stamped.fact.body, What::Mark(_)),
        Signed::Person(_, Role::Desk) | Signed::Clock => true,
        // A report of somebody who ever held the round counts, flagged.
        Signed::Person(STEWARD | FORMER, _) => household <= 3,
        Signed::Person(VOLUNTEER, _) => household <= 2,
        Signed::Person(..) => false,
    }
}

impl std::fmt::Display for Drawn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} {}", self.method, self.path, String::from_utf8_lossy(&self.body))
    }
}
