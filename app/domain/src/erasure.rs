//! What of a fact tells of somebody's health, and what is left of it when the emergency is over. Whatever people wrote in
//! their own words may tell of it, so no words stay; who got which box on which day does.

use crate::fact::{AddJob, Body, Dispute, Mark};
use crate::job::{Failure, JobKind, Outcome};

/// What stays of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Left {
    /// All of it.
    All,
    /// The same without words.
    Less(Box<Body>),
    /// Nothing: it is about health and about nothing else.
    Nothing,
}

/// Takes out of a fact what may tell of somebody's health. Doing it again changes nothing.
#[must_use]
pub fn without_health(body: &Body) -> Left {
    let less = match body {
        Body::Need(_) | Body::NeedStep(_) => return Left::Nothing,
        Body::AddJob(AddJob { kind: JobKind::Medicine | JobKind::Sample, .. }) => return Left::Nothing,
        Body::AddJob(job) => Body::AddJob(AddJob { text: String::new(), need: None, ..job.clone() }),
        Body::Dispute(dispute) => Body::Dispute(Dispute { note: String::new(), ..dispute.clone() }),
        Body::Mark(mark) => {
            let jobs = mark.jobs.iter().map(|(job, outcome)| (*job, without_words(outcome))).collect();
            Body::Mark(Mark { jobs, ..mark.clone() })
        }
        Body::Order(_)
        | Body::Retract(_)
        | Body::Load(_)
        | Body::DropJob(_)
        | Body::Away(_)
        | Body::Paid(_)
        | Body::Seen(_) => return Left::All,
        #[cfg(feature = "rounds")]
        Body::HandOver(_) | Body::TookOver(_) => return Left::All,
    };
    if less == *body { Left::All } else { Left::Less(Box::new(less)) }
}

fn without_words(outcome: &Outcome) -> Outcome {
    match outcome {
        Outcome::Neighbour(_) => Outcome::Neighbour(String::new()),
        Outcome::Failed(Failure::Other(_)) => Outcome::Failed(Failure::Other(String::new())),
        Outcome::Failed(Failure::ShortOrDamaged { menus, items, .. }) => {
            let (menus, items) = (menus.clone(), items.clone());
            Outcome::Failed(Failure::ShortOrDamaged { menus, items, note: String::new() })
        }
        Outcome::Done | Outcome::LeftAtDoor => outcome.clone(),
        Outcome::Failed(
            Failure::NobodyHome | Failure::NoAccess | Failure::Refused | Failure::WrongAddress,
        ) => outcome.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Left, without_health};
    use crate::fact::{AddJob, Body, Complaint, Dispute, DoorCheck, Mark};
    use crate::ids::{DoorId, FactId, HouseholdId, RunId};
    use crate::job::{Failure, JobKind, JobRef, Outcome};
    use crate::need::{Category, NeedReport};

    const CANARY: &str = "insulin-canary";

    fn job(kind: JobKind, text: &str) -> Body {
        Body::AddJob(AddJob {
            run: RunId(1),
            door: DoorId(1),
            household: Some(HouseholdId(1)),
            kind,
            text: text.into(),
            need: None,
        })
    }

    fn mark(outcome: Outcome) -> Body {
        let jobs = vec![(JobRef::Order(HouseholdId(1)), outcome)];
        Body::Mark(Mark { run: RunId(1), door: DoorId(1), jobs, by: DoorCheck::Scanned, happened: None })
    }

    #[test]
    fn a_need_and_a_medicine_round_leave_nothing() {
        let need = NeedReport {
            household: HouseholdId(1),
            category: Category::Food,
            text: CANARY.into(),
            urgent: false,
            channel: Default::default(),
            continues: None,
        };
        assert_eq!(without_health(&Body::Need(need)), Left::Nothing);
        assert_eq!(without_health(&job(JobKind::Medicine, "")), Left::Nothing);
        assert_eq!(without_health(&job(JobKind::Sample, "")), Left::Nothing);
    }

    #[test]
    fn words_go_and_what_happened_stays() {
        let told = [
            job(JobKind::Errand, CANARY),
            mark(Outcome::Neighbour(CANARY.into())),
            mark(Outcome::Failed(Failure::Other(CANARY.into()))),
            mark(Outcome::Failed(Failure::ShortOrDamaged {
                menus: vec![],
                items: vec![],
                note: CANARY.into(),
            })),
            Body::Dispute(Dispute {
                run: RunId(1),
                household: HouseholdId(1),
                mark: "01890a5d-ac96-774b-bcce-b302099a8057".parse::<FactId>().expect("an id"),
                job: None,
                says: Complaint::NeverArrived,
                note: CANARY.into(),
            }),
        ];
        for body in told {
            let Left::Less(less) = without_health(&body) else { panic!("{body:?}") };
            assert_eq!(less.run(), body.run());
            assert!(!format!("{less:?}").contains(CANARY), "{less:?}");
            assert_eq!(without_health(&less), Left::All, "once is enough");
        }
        assert_eq!(without_health(&mark(Outcome::LeftAtDoor)), Left::All);
    }
}
