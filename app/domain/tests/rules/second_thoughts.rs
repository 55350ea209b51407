//! A household thinks again: it says what is wrong with what came, orders the same once more, cancels and wants it back.

use domain::dispute::{self, against, disputable};
use domain::draft::Draft;
use domain::fact::{AddJob, Body, Complaint, Dispute, DoorCheck, Fact, Mark, Sequence, Verdict};
use domain::form::{FormFault, basket};
use domain::job::{JobKind, JobRef, Outcome};
use domain::order::{before_cancelling, order_of};
use domain::round::{JobState, Stop, stops};
use domain::time::DeviceTime;
use domain::timeline::{Event, timeline};
use domain::wire::Refusal;
use domain::*;

use crate::world::*;

const ONE: HouseholdId = HouseholdId(1);
const DELIVERED: JobRef = JobRef::Order(ONE);

/// Food came and the rubbish went, in one visit; a parcel went to the neighbours behind the same door.
fn visited() -> (Server, Fact, [JobRef; 3]) {
    let mut server = Server::new();
    let lines = boxes_of_a(&server.community, 2);
    server.household(1, &fact(1, OPENS, order(1, lines, None)), OPENS);
    let add = |household: u32, kind| {
        let (run, door, household, text) = (RUN, DoorId(1), Some(HouseholdId(household)), String::new());
        Body::AddJob(AddJob { run, door, household, kind, text, need: None })
    };
    let rubbish = fact(2, OPENS, add(1, JobKind::Rubbish));
    let parcel = fact(3, OPENS, add(2, JobKind::Parcel));
    server.person(DESK, &rubbish, OPENS);
    server.person(DESK, &parcel, OPENS);
    let jobs = [DELIVERED, JobRef::Added(rubbish.id), JobRef::Added(parcel.id)];
    let done = jobs.map(|job| (job, Outcome::Done)).into();
    let mark = Mark { run: RUN, door: DoorId(1), jobs: done, by: DoorCheck::Scanned, happened: None };
    let mark = fact(4, DELIVERY, Body::Mark(mark));
    server.person(LI, &mark, DELIVERY);
    (server, mark, jobs)
}

fn stop(server: &Server) -> Stop {
    stops(&server.facts, |household| server.community.places.door_of(household))[&DoorId(1)].clone()
}

fn disputed(server: &Server) -> Vec<JobRef> {
    let jobs = stop(server).jobs.into_iter();
    jobs.filter(|job| job.state() == JobState::Disputed).map(|job| job.id).collect()
}

fn says(n: u64, mark: &Fact, job: Option<JobRef>, says: Complaint) -> Fact {
    let (run, household, note) = (RUN, ONE, String::new());
    fact(n, DELIVERY, Body::Dispute(Dispute { run, household, mark: mark.id, job, says, note }))
}

#[test]
fn a_household_says_of_each_job_what_is_wrong_with_it() {
    let (mut server, mark, [_, rubbish, parcel]) = visited();
    let offered = |server: &Server| -> Vec<(JobRef, usize)> {
        let stop = stop(server);
        let found = disputable(&stop, ONE, DELIVERY + Millis::HOUR);
        found.into_iter().map(|(job, _)| (job.id, against(job.kind).len())).collect()
    };
    assert_eq!(offered(&server), [(DELIVERED, 2), (rubbish, 1)], "what is taken away cannot fail to arrive");

    let never = says(5, &mark, Some(DELIVERED), Complaint::NeverArrived);
    assert_eq!(server.household(1, &never, DELIVERY + 1).verdict, Verdict::Taken);
    assert_eq!(disputed(&server), [DELIVERED], "the rubbish went all the same");
    assert_eq!(offered(&server), [(rubbish, 1)]);

    server.household(1, &says(6, &mark, Some(rubbish), Complaint::Wrong), DELIVERY + 2);
    assert_eq!(disputed(&server), [DELIVERED, rubbish]);
    let story = timeline(ONE, Some(DoorId(1)), &server.facts);
    let told: Vec<&Event> = story.iter().map(|entry| &entry.what).collect();
    let [.., first, second] = told[..] else { panic!("{told:?}") };
    assert_eq!(*first, Event::Disputed(JobKind::DeliverOrder, Complaint::NeverArrived));
    assert_eq!(*second, Event::Disputed(JobKind::Rubbish, Complaint::Wrong));

    // What is the neighbours' stays as it was marked.
    server.household(1, &says(7, &mark, Some(parcel), Complaint::NeverArrived), DELIVERY + 3);
    assert_eq!(disputed(&server), [DELIVERED, rubbish]);
    let nothing = says(8, &mark, Some(JobRef::Order(HouseholdId(2))), Complaint::Wrong);
    assert_eq!(
        server.household(1, &nothing, DELIVERY + 4).verdict,
        Verdict::Refused(Refusal::Unknown),
        "the mark is not about that"
    );
}

#[test]
fn an_older_phone_means_what_was_brought() {
    let (mut server, mark, _) = visited();
    server.household(1, &says(5, &mark, None, Complaint::NeverArrived), DELIVERY + 1);
    assert_eq!(disputed(&server), [DELIVERED]);
}

#[test]
fn after_a_day_nothing_is_offered_any_more() {
    let (server, _, _) = visited();
    assert!(disputable(&stop(&server), ONE, DELIVERY + dispute::WITHIN).is_empty());
}

#[test]
fn an_order_that_changes_nothing_is_none() {
    let mut server = Server::new();
    let lines = boxes_of_a(&server.community, 2);
    server.household(1, &fact(1, OPENS, order(1, lines.clone(), None)), OPENS);
    let standing = order_of(ONE, &server.facts).expect("an order");
    let window = &server.community.windows[&RUN];
    let looked_over = |draft: &Draft| basket(draft, &server.community, window, Some(&standing));

    let same = Draft::of(&lines, standing.substitution);
    assert_eq!(looked_over(&same), Err(FormFault::Unchanged));
    let other_wish = Draft { substitution: menu::Substitution::No, ..same.clone() };
    assert_eq!(looked_over(&other_wish), Ok(lines), "what to do if something is missing is a change, too");
    let fewer = Draft { boxes: [("A".parse().expect("a code"), 1)].into(), ..same };
    assert_eq!(looked_over(&fewer), Ok(boxes_of_a(&server.community, 1)));
    assert_eq!(looked_over(&Draft::default()), Err(FormFault::NoBoxes));
}

#[test]
fn what_was_cancelled_is_known_and_ordered_again() {
    let mut server = Server::new();
    let lines = boxes_of_a(&server.community, 2);
    let first = fact(1, OPENS, order(1, lines.clone(), None));
    let cancel = fact(2, OPENS + 1, order(1, vec![], Some(first.id)));
    server.household(1, &first, OPENS);
    let was = |server: &Server| {
        let order = order_of(ONE, &server.facts).expect("an order");
        let facts: Vec<_> = server.facts.iter().collect();
        before_cancelling(&order, &facts).map(|set| set.lines.clone())
    };
    assert_eq!(was(&server), None, "it stands");
    server.household(1, &cancel, OPENS + 1);
    assert_eq!(was(&server), Some(lines.clone()));

    let again = fact(3, OPENS + 2, order(1, lines.clone(), Some(cancel.id)));
    assert_eq!(server.household(1, &again, OPENS + 2).verdict, Verdict::Taken);
    let fewer = boxes_of_a(&server.community, 1);
    server.household(1, &fact(4, OPENS + 3, order(1, fewer.clone(), Some(again.id))), OPENS + 3);
    let told: Vec<Event> =
        timeline(ONE, Some(DoorId(1)), &server.facts).into_iter().map(|entry| entry.what).collect();
    let expected =
        [Event::Ordered(lines.clone()), Event::Cancelled, Event::OrderedAgain(lines), Event::Changed(fewer)];
    assert_eq!(told, expected);
}

#[test]
fn a_form_that_is_pressed_twice_is_one_fact_and_a_phone_says_nothing_anew_under_an_old_name() {
    let by_phone = fact(1, OPENS, order(1, vec![], None));
    let later =
        |fact: &Fact| Fact { made: DeviceTime { at: OPENS + Millis::MINUTE, ..fact.made }, ..fact.clone() };
    assert!(by_phone.is_again(&by_phone) && !by_phone.is_again(&later(&by_phone)));
    let here = Sequence { epoch: Sequence::HERE, number: 1 };
    let by_form = Fact { seq: here, ..by_phone.clone() };
    assert!(by_form.is_again(&later(&by_form)) && !by_form.is_again(&by_phone));
    let other = Fact { body: order(2, vec![], None), ..later(&by_form) };
    assert!(!by_form.is_again(&other), "another household's");
}
