//! The folds: what the pages show.

use domain::actor::{Role, Signed};
use domain::dispute;
use domain::fact::{
    AddJob, Body, Complaint, Dispute, DoorCheck, DropJob, Fact, Load, Mark, Retract, Verdict,
};
use domain::job::{Failure, JobKind, JobRef, Outcome};
use domain::round::{JobState, Stop, load_check, stops};
use domain::timeline::{Event, timeline};
use domain::*;

use crate::world::*;

const HOUSEHOLD_1: Signed = Signed::Household(HouseholdId(1));

fn fold(server: &Server) -> std::collections::BTreeMap<DoorId, Stop> {
    stops(&server.facts, |household| server.community.places.door_of(household))
}

fn with_orders() -> Server {
    let mut server = Server::new();
    for n in 1..=3 {
        let lines = boxes_of_a(&server.community, 2);
        server.household(n, &fact(u64::from(n), OPENS, order(n, lines, None)), OPENS + i64::from(n));
    }
    server
}

#[test]
fn two_volunteers_at_one_door_are_both_shown() {
    let mut server = with_orders();
    server.person(LI, &fact(10, DELIVERY, mark(1, Outcome::Done)), DELIVERY);
    server.person(WANG, &fact(11, DELIVERY, mark(1, Outcome::Failed(Failure::NobodyHome))), DELIVERY + 1);
    let stop = &fold(&server)[&DoorId(1)];
    assert_eq!(stop.state(), JobState::Conflict);
    assert_eq!(stop.jobs[0].marks.len(), 2);
}

#[test]
fn two_volunteers_who_say_the_same_do_not_contradict() {
    let mut server = with_orders();
    server.person(LI, &fact(10, DELIVERY, mark(1, Outcome::Done)), DELIVERY);
    server.person(WANG, &fact(11, DELIVERY, mark(1, Outcome::LeftAtDoor)), DELIVERY + 1);
    assert_eq!(fold(&server)[&DoorId(1)].state(), JobState::Done);
}

#[test]
fn undo_takes_back_only_ones_own_mark_and_may_arrive_first() {
    let mut server = with_orders();
    let done = fact(10, DELIVERY, mark(1, Outcome::Done));
    let undo = |n| fact(n, DELIVERY, Body::Retract(Retract { run: RUN, door: DoorId(1), fact: done.id }));
    server.person(WANG, &undo(11), DELIVERY);
    server.person(LI, &done, DELIVERY + 1);
    assert_eq!(fold(&server)[&DoorId(1)].state(), JobState::Done, "somebody else's undo does nothing");
    server.person(LI, &undo(12), DELIVERY + 2);
    assert_eq!(fold(&server)[&DoorId(1)].state(), JobState::Open);
}

#[test]
fn one_visit_several_jobs_and_one_mark_with_partial_outcomes() {
    let mut server = with_orders();
    let rubbish = fact(
        10,
        OPENS,
        Body::AddJob(AddJob {
            run: RUN,
            door: DoorId(1),
            household: Some(HouseholdId(1)),
            kind: JobKind::Rubbish,
            text: String::new(),
            need: None,
        }),
    );
    server.person(DESK, &rubbish, OPENS);
    let both = Body::Mark(Mark {
        run: RUN,
        door: DoorId(1),
        jobs: vec![
            (JobRef::Order(HouseholdId(1)), Outcome::Done),
            (JobRef::Added(rubbish.id), Outcome::Failed(Failure::Refused)),
        ],
        by: DoorCheck::Scanned,
        happened: None,
    });
    server.person(LI, &fact(11, DELIVERY, both), DELIVERY);
    let stop = &fold(&server)[&DoorId(1)];
    assert_eq!(stop.jobs.len(), 2);
    assert_eq!(stop.state(), JobState::Failed);
    assert!(!stop.to_do());
}

#[test]
fn a_job_the_desk_took_back_is_gone_unless_somebody_did_it() {
    let mut server = Server::new();
    let add = |n, door| {
        fact(
            n,
            OPENS,
            Body::AddJob(AddJob {
                run: RUN,
                door: DoorId(door),
                household: None,
                kind: JobKind::Knock,
                text: String::new(),
                need: None,
            }),
        )
    };
    let (one, two) = (add(1, 1), add(2, 2));
    server.person(DESK, &one, OPENS);
    server.person(DESK, &two, OPENS);
    let drop = |n, door, job| fact(n, OPENS, Body::DropJob(DropJob { run: RUN, door: DoorId(door), job }));
    assert!(server.person(DESK, &drop(3, 1, one.id), OPENS).verdict.counts());
    assert!(!fold(&server).contains_key(&DoorId(1)));
    let done = Body::Mark(Mark {
        run: RUN,
        door: DoorId(2),
        jobs: vec![(JobRef::Added(two.id), Outcome::Done)],
        by: DoorCheck::Listed,
        happened: None,
    });
    server.person(WANG, &fact(4, DELIVERY, done), DELIVERY);
    assert!(!server.person(DESK, &drop(5, 2, two.id), DELIVERY).verdict.counts(), "it was done already");
}

#[test]
fn the_load_adds_up_at_the_gate() {
    let mut server = with_orders();
    let load = |n, taken, returned| {
        fact(n, DELIVERY, Body::Load(Load { run: RUN, building: BuildingId(1), taken, returned }))
    };
    server.person(LI, &load(10, 6, 0), DELIVERY);
    server.person(LI, &fact(11, DELIVERY, mark(1, Outcome::Done)), DELIVERY);
    server.person(LI, &fact(12, DELIVERY, mark(2, Outcome::Failed(Failure::NobodyHome))), DELIVERY);
    let stops = fold(&server);
    assert_eq!(load_check(&server.facts, stops.values()).in_hand(), 4);
    server.person(LI, &load(13, 0, 2), DELIVERY + 1);
    assert_eq!(load_check(&server.facts, stops.values()).in_hand(), 2);
}

#[test]
fn a_dispute_is_shown_at_the_stop_and_in_the_households_story() {
    let mut server = with_orders();
    let done = fact(10, DELIVERY, mark(1, Outcome::LeftAtDoor));
    server.person(LI, &done, DELIVERY);
    let dispute = Body::Dispute(Dispute {
        run: RUN,
        household: HouseholdId(1),
        mark: done.id,
        job: None,
        says: Complaint::NeverArrived,
        note: String::new(),
    });
    server.household(1, &fact(11, DELIVERY, dispute), DELIVERY + 1);
    assert_eq!(fold(&server)[&DoorId(1)].state(), JobState::Disputed);
    let story: Vec<Event> =
        timeline(HouseholdId(1), Some(DoorId(1)), &server.facts).into_iter().map(|e| e.what).collect();
    assert!(matches!(
        story[..],
        [
            Event::Ordered(_),
            Event::Marked(..),
            Event::Disputed(JobKind::DeliverOrder, Complaint::NeverArrived)
        ]
    ));
}

#[test]
fn a_household_takes_back_what_it_said_against_a_mark_whichever_arrives_first() {
    let done = fact(10, DELIVERY, mark(1, Outcome::LeftAtDoor));
    let says = |n, says| {
        let (run, household, note) = (RUN, HouseholdId(1), String::new());
        fact(n, DELIVERY, Body::Dispute(Dispute { run, household, mark: done.id, job: None, says, note }))
    };
    let (wrong, never) = (says(11, Complaint::Wrong), says(12, Complaint::NeverArrived));
    let undo =
        |n, fact_id| fact(n, DELIVERY, Body::Retract(Retract { run: RUN, door: DoorId(1), fact: fact_id }));
    let standing = |server: &Server| {
        dispute::standing(&server.facts.iter().collect::<Vec<_>>(), HouseholdId(1), HOUSEHOLD_1)
    };
    for early in [false, true] {
        let mut server = with_orders();
        server.person(LI, &done, DELIVERY);
        let mut said = vec![wrong.clone(), undo(13, wrong.id)];
        if early {
            said.reverse();
        }
        for one in &said {
            assert_eq!(server.household(1, one, DELIVERY + 1).verdict, Verdict::Taken);
        }
        assert_eq!(fold(&server)[&DoorId(1)].state(), JobState::Done);
        assert_eq!(standing(&server), None);
        server.household(1, &never, DELIVERY + 2);
        assert_eq!(fold(&server)[&DoorId(1)].state(), JobState::Disputed, "said again, it stands again");
        assert_eq!(standing(&server), Some(never.id));
        // Nobody else takes it back, and a household takes back no mark of a steward's.
        server.person(LI, &undo(14, never.id), DELIVERY + 3);
        server.household(1, &undo(15, done.id), DELIVERY + 3);
        assert_eq!(fold(&server)[&DoorId(1)].state(), JobState::Disputed);
        assert_eq!(fold(&server)[&DoorId(1)].jobs[0].marks.len(), 1);
        // A neighbour does not read it.
        let neighbour = timeline(HouseholdId(2), Some(DoorId(1)), &server.facts);
        let undone = neighbour.iter().filter(|entry| matches!(entry.what, Event::Undone(_)));
        assert!(undone.clone().all(|entry| entry.by != HOUSEHOLD_1), "{undone:?}");
    }
}

#[test]
fn a_household_reads_what_is_coming_and_how_it_turned_out_and_nothing_of_its_neighbours() {
    let mut server = with_orders();
    let add = |household, kind| {
        let (run, door, text) = (RUN, DoorId(1), String::new());
        Body::AddJob(AddJob { run, door, household, kind, text, need: None })
    };
    let medicine = fact(20, OPENS, add(Some(HouseholdId(1)), JobKind::Medicine));
    let dropped = fact(21, OPENS, add(None, JobKind::Parcel));
    let neighbours = fact(22, OPENS, add(Some(HouseholdId(2)), JobKind::Sample));
    let drop = Body::DropJob(DropJob { run: RUN, door: DoorId(1), job: dropped.id });
    for one in [&medicine, &dropped, &neighbours, &fact(23, OPENS, drop)] {
        server.person(DESK, one, OPENS);
    }
    let jobs = vec![(JobRef::Added(medicine.id), Outcome::LeftAtDoor)];
    let mark = Body::Mark(Mark { run: RUN, door: DoorId(1), jobs, by: DoorCheck::Scanned, happened: None });
    server.person(LI, &fact(24, DELIVERY, mark), DELIVERY);
    let story = timeline(HouseholdId(1), Some(DoorId(1)), &server.facts).into_iter().map(|e| e.what);
    let jobs: Vec<Event> = story.filter(|what| !matches!(what, Event::Ordered(_))).collect();
    let medicine = JobKind::Medicine;
    assert_eq!(jobs, [Event::Planned(medicine, String::new()), Event::Marked(medicine, Outcome::LeftAtDoor)]);
}

#[test]
fn long_words_are_read_as_they_were_typed_whatever_order_their_pieces_come_in() {
    let text: String = ('一'..).take(700).collect();
    let fields = [("act", "need"), ("h", "1"), ("category", "medicine"), ("text", text.as_str())];
    let form = domain::form::Fields(fields.map(|(name, value)| (name.to_owned(), value.to_owned())).into());
    for first in (0..16).map(|n| fact(30 + n, OPENS, order(1, vec![], None)).id) {
        let mut server = Server::new();
        let bodies = domain::form::bodies(&form, first, &server.community, OPENS).expect("pieces");
        assert_eq!(bodies.len(), 3);
        for (n, body) in (0_u8..).zip(bodies).collect::<Vec<_>>().into_iter().rev() {
            let id = if n == 0 { first } else { first.continued(n) };
            server.household(1, &Fact { id, ..fact(1, OPENS, body) }, OPENS);
        }
        assert_eq!(domain::need::needs(&server.facts)[0].text, text);
        let story = timeline(HouseholdId(1), Some(DoorId(1)), &server.facts);
        let told: Vec<_> = story.iter().map(|entry| &entry.what).collect();
        assert!(matches!(told[..], [Event::Needed(_, words, _)] if *words == text), "{told:?}");
    }
}

#[test]
fn a_phone_holds_its_own_part_only() {
    let server = with_orders();
    let own = server.community.for_household(HouseholdId(1), OPENS);
    assert_eq!(own.places.households.len(), 1);
    // Who brings it is known by name, and nothing else about them.
    assert!(
        !own.people.is_empty()
            && own.people.values().all(|person| matches!(person.role, Role::Steward | Role::Volunteer))
    );
    assert!(own.people.values().all(|person| person.assignments.is_empty()));
    let li = server.community.people[&LI].actor();
    let round = server.community.for_rounds(&li, DELIVERY);
    assert_eq!(round.places.doors.len(), 3);
    assert!(round.people.values().all(|person| person.assignments.is_empty()));
    let none = server.community.for_rounds(&domain::actor::Actor::Household(HouseholdId(1)), DELIVERY);
    assert!(none.places.doors.is_empty());
}

#[test]
fn a_need_that_is_not_solved_waits_for_the_desk_anew_from_the_moment_it_says_so() {
    use domain::need::{Category, Channel, Need, NeedReport, NeedState, NeedStep, Step, needs};
    let mut server = Server::new();
    let household = HouseholdId(1);
    let (category, channel, text) = (Category::Medical, Channel::App, "胸口疼".to_owned());
    let report = NeedReport { household, category, text, urgent: true, channel, continues: None };
    let report = fact(1, OPENS, Body::Need(report));
    let step = |step| Body::NeedStep(NeedStep { household, need: report.id, step });
    let desk = server.community.people[&DESK].actor().signed();
    server.household(1, &report, OPENS);
    server.person(DESK, &fact(2, OPENS, step(Step::Answered("已联系医院".into()))), OPENS + 1);
    let stands = |server: &Server| -> Need { needs(&server.facts).remove(0) };
    let answered = stands(&server);
    assert!(!answered.rings() && answered.handler == Some(desk));
    assert!(!answered.overtaken(1, desk), "nobody overtakes themselves");
    assert!(answered.overtaken(1, HOUSEHOLD_1) && !answered.overtaken(2, HOUSEHOLD_1));

    let later = OPENS + Millis::HOUR;
    server.household(1, &fact(3, later, step(Step::Reopened("没有床位".into()))), later);
    let again = stands(&server);
    assert!(again.rings(), "nobody has read why");
    assert_eq!((again.state, again.waits_since()), (NeedState::Reported, later));
    assert_eq!(again.reopened.map(|(_, why)| why).as_deref(), Some("没有床位"));
    server.person(DESK, &fact(4, later, step(Step::Read)), later + 1);
    assert!(!stands(&server).rings());
}
