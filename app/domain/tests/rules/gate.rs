//! The gate: what is taken, what is flagged, what is refused, and why.

use domain::actor::{Actor, Assignment};
use domain::fact::{Body, Complaint, Dispute, Paid, PaidState, Retract, Verdict};
use domain::job::{Failure, JobKind, Outcome};
use domain::menu::Line;
use domain::need::{Category, Channel, NeedReport, NeedStep, Step};
use domain::places::Area;
use domain::wire::{Flag, Refusal};
use domain::*;

use crate::world::*;

fn refused(refusal: Refusal) -> Verdict {
    Verdict::Refused(refusal)
}

#[test]
fn a_household_orders_changes_and_cancels() {
    let mut server = Server::new();
    let one = boxes_of_a(&server.community, 1);
    let two = boxes_of_a(&server.community, 2);
    let first = fact(1, OPENS, order(1, one, None));
    assert_eq!(server.household(1, &first, OPENS).verdict, Verdict::Taken);
    let change = fact(2, OPENS + 1, order(1, two, Some(first.id)));
    assert_eq!(server.household(1, &change, OPENS + 1).verdict, Verdict::Taken);
    let cancel = fact(3, OPENS + 2, order(1, vec![], Some(change.id)));
    assert_eq!(server.household(1, &cancel, OPENS + 2).verdict, Verdict::Taken);
    let order = domain::order::order_of(HouseholdId(1), &server.facts).unwrap();
    assert!(order.cancelled());
    assert_eq!(order.revision, 3);
}

#[test]
fn a_double_tap_is_one_order() {
    let mut server = Server::new();
    let tap = fact(1, OPENS, order(1, boxes_of_a(&server.community, 1), None));
    let first = server.household(1, &tap, OPENS);
    let second = server.household(1, &tap, OPENS + 5);
    assert_eq!(first, second);
    assert_eq!(server.facts.len(), 1);
}

#[test]
fn two_phones_of_a_household_do_not_overwrite_each_other() {
    let mut server = Server::new();
    let (one, two) = (boxes_of_a(&server.community, 1), boxes_of_a(&server.community, 2));
    server.household(1, &fact(1, OPENS, order(1, one, None)), OPENS);
    let late = server.household(1, &fact(2, OPENS, order(1, two, None)), OPENS + 1);
    assert_eq!(late.verdict, refused(Refusal::ChangedMeanwhile));
}

#[test]
fn nobody_orders_for_the_neighbours_but_the_steward_may_from_paper() {
    let mut server = Server::new();
    let lines = boxes_of_a(&server.community, 1);
    let by_neighbour = server.household(2, &fact(1, OPENS, order(1, lines.clone(), None)), OPENS);
    assert_eq!(by_neighbour.verdict, refused(Refusal::NotAllowed));
    let by_volunteer = server.person(WANG, &fact(2, OPENS, order(1, lines.clone(), None)), OPENS);
    assert_eq!(by_volunteer.verdict, refused(Refusal::NotAllowed));
    let by_steward = server.person(LI, &fact(3, OPENS, order(1, lines.clone(), None)), OPENS);
    assert_eq!(by_steward.verdict, Verdict::Taken);
    let elsewhere = server.person(LI, &fact(4, OPENS, order(5, lines, None)), OPENS);
    assert_eq!(elsewhere.verdict, refused(Refusal::NotAllowed));
}

#[test]
fn an_order_made_in_time_without_signal_is_taken_in_grace_and_one_made_late_is_not() {
    let mut server = Server::new();
    let lines = boxes_of_a(&server.community, 1);
    let in_time = fact(1, CLOSES + -5_000, order(1, lines.clone(), None));
    assert_eq!(server.household(1, &in_time, CLOSES + 10 * Millis::MINUTE).verdict, Verdict::Taken);
    let late = fact(2, CLOSES + 5_000, order(2, lines.clone(), None));
    assert_eq!(server.household(2, &late, CLOSES + 10 * Millis::MINUTE).verdict, refused(Refusal::Closed));
    let after_grace = fact(3, CLOSES + -5_000, order(3, lines, None));
    assert_eq!(
        server.household(3, &after_grace, CLOSES + 15 * Millis::MINUTE).verdict,
        refused(Refusal::Closed)
    );
}

#[test]
fn after_sealing_only_the_desk_changes_an_order_and_it_shows() {
    let mut server = Server::new();
    let lines = boxes_of_a(&server.community, 1);
    server.community.windows.get_mut(&RUN).unwrap().sealed = Some(CLOSES + Millis::HOUR);
    let now = CLOSES + 2 * Millis::HOUR;
    assert_eq!(
        server.household(1, &fact(1, now, order(1, lines.clone(), None)), now).verdict,
        refused(Refusal::Closed)
    );
    let by_desk = server.person(DESK, &fact(2, now, order(1, lines, None)), now);
    assert_eq!(by_desk.verdict, Verdict::Flagged(Flag::AfterSeal));
    let list = domain::picklist::pick_list(&server.community, RUN, &server.facts);
    assert_eq!(list.differences.len(), 1);
    assert_eq!(list.all.all_boxes(), 1);
}

#[test]
fn a_basket_is_checked_line_by_line() {
    let mut server = Server::new();
    let line = server.community.menus[0].line(1, vec![]);
    let cases: Vec<(Vec<Line>, Refusal)> = vec![
        (vec![Line { boxes: 3, ..line.clone() }], Refusal::OverLimit(line.menu.clone(), 2)),
        (vec![Line { boxes: 0, ..line.clone() }], Refusal::Malformed),
        (vec![Line { price: Fen(1), ..line.clone() }], Refusal::MenuChanged(line.menu.clone())),
        (vec![line.clone(), line.clone()], Refusal::Malformed),
        (
            vec![Line { menu: "Z".parse().unwrap(), ..line.clone() }],
            Refusal::NotOffered("Z".parse().unwrap()),
        ),
        (vec![server.community.menus[1].line(1, vec![0])], Refusal::WrongPicks("P".parse().unwrap(), 2)),
        (vec![], Refusal::Malformed),
    ];
    for (n, (lines, refusal)) in (1..).zip(cases) {
        let verdict = server.household(1, &fact(n, OPENS, order(1, lines, None)), OPENS).verdict;
        assert_eq!(verdict, refused(refusal));
    }
}

#[test]
fn a_report_from_somebody_who_held_the_round_is_never_refused_only_flagged() {
    let mut server = Server::new();
    let lines = boxes_of_a(&server.community, 1);
    server.household(1, &fact(1, OPENS, order(1, lines, None)), OPENS);
    let li = server.community.people.get_mut(&LI).unwrap();
    li.assignments =
        vec![Assignment { area: Area::Building(BuildingId(1)), from: OPENS, to: Some(DELIVERY) }];
    let made_before =
        server.person(LI, &fact(2, DELIVERY + -1, mark(1, Outcome::Done)), DELIVERY + Millis::HOUR);
    assert_eq!(made_before.verdict, Verdict::Taken, "made while assigned, sent after the reassignment");
    let made_after =
        server.person(LI, &fact(3, DELIVERY + 1, mark(1, Outcome::LeftAtDoor)), DELIVERY + Millis::HOUR);
    assert_eq!(made_after.verdict, Verdict::Flagged(Flag::NoLongerAssigned));
    let days_later = server.person(
        WANG,
        &fact(4, DELIVERY + 2 * Millis::DAY, mark(1, Outcome::Done)),
        DELIVERY + 3 * Millis::DAY,
    );
    assert_eq!(days_later.verdict, Verdict::Flagged(Flag::RunOver));
    let stranger = server.person(LI, &fact(5, DELIVERY, mark(5, Outcome::Done)), DELIVERY);
    assert_eq!(stranger.verdict, refused(Refusal::NotAllowed));
}

#[test]
fn money_taken_at_a_door_is_a_report_like_any_other() {
    let mut server = Server::new();
    let paid = |n, at| {
        let state = PaidState::Paid;
        fact(n, at, Body::Paid(Paid { run: RUN, household: HouseholdId(1), state }))
    };
    assert_eq!(server.person(LI, &paid(1, DELIVERY), DELIVERY).verdict, Verdict::Taken);
    let li = server.community.people.get_mut(&LI).unwrap();
    li.assignments[0].to = Some(DELIVERY + Millis::HOUR);
    let later = DELIVERY + 2 * Millis::HOUR;
    assert_eq!(
        server.person(LI, &paid(2, later), later).verdict,
        Verdict::Flagged(Flag::NoLongerAssigned),
        "the building was given to somebody else meanwhile"
    );
    assert_eq!(server.person(CHEN, &paid(3, later), later).verdict, refused(Refusal::NotAllowed));
    assert_eq!(server.household(1, &paid(4, later), later).verdict, refused(Refusal::NotAllowed));
}

#[test]
fn a_mark_on_a_job_nobody_knows_is_kept_and_flagged() {
    let mut server = Server::new();
    let marked = server.person(WANG, &fact(1, DELIVERY, mark(4, Outcome::Done)), DELIVERY);
    assert_eq!(marked.verdict, Verdict::Flagged(Flag::UnknownJob));
    let stops = domain::round::stops(&server.facts, |h| server.community.places.door_of(h));
    assert_eq!(stops[&DoorId(4)].jobs[0].kind, JobKind::DeliverOrder);
}

#[test]
fn a_clock_two_days_off_is_flagged_and_loses_nothing() {
    let mut server = Server::new();
    let mut wrong = fact(1, DELIVERY, mark(1, Outcome::Done));
    wrong.made.at = DELIVERY + 2 * Millis::DAY;
    let stamped = server.person(WANG, &wrong, DELIVERY);
    assert_eq!(stamped.verdict, Verdict::Flagged(Flag::ClockWrong));
    assert_eq!(stamped.shown().at, DELIVERY);
}

#[test]
fn an_unknown_version_is_refused_and_kept() {
    let mut server = Server::new();
    let mut newer = fact(1, OPENS, order(1, boxes_of_a(&server.community, 1), None));
    newer.v = 200;
    assert_eq!(server.household(1, &newer, OPENS).verdict, refused(Refusal::UnknownVersion));
}

fn need(household: u32, text: &str) -> Body {
    Body::Need(NeedReport {
        household: HouseholdId(household),
        category: Category::Medicine,
        text: text.into(),
        urgent: true,
        channel: Channel::Door,
        continues: None,
    })
}

#[test]
fn a_volunteer_at_the_door_reports_a_need_on_behalf() {
    let mut server = Server::new();
    let reported = fact(1, DELIVERY, need(4, "胰岛素今晚就没有了"));
    assert_eq!(server.person(WANG, &reported, DELIVERY).verdict, Verdict::Taken);
    let elsewhere = server.person(LI, &fact(2, DELIVERY, need(4, "x")), DELIVERY);
    assert_eq!(elsewhere.verdict, refused(Refusal::NotAllowed));
    let empty = server.household(4, &fact(3, DELIVERY, need(4, "  ")), DELIVERY);
    assert_eq!(empty.verdict, refused(Refusal::Malformed));
    let long = server.household(4, &fact(4, DELIVERY, need(4, &"字".repeat(251))), DELIVERY);
    assert_eq!(long.verdict, refused(Refusal::Malformed));
}

#[test]
fn the_household_closes_its_need_and_the_desk_answers_it() {
    let mut server = Server::new();
    let reported = fact(1, OPENS, need(1, "高血压药还剩两天的"));
    server.household(1, &reported, OPENS);
    let step = |n, step| {
        fact(n, OPENS, Body::NeedStep(NeedStep { household: HouseholdId(1), need: reported.id, step }))
    };
    let answer = step(2, Step::Answered("明早送到".into()));
    assert_eq!(server.household(1, &answer, OPENS + 1).verdict, refused(Refusal::NotAllowed));
    let answer = step(3, Step::Answered("明早送到".into()));
    assert_eq!(server.person(DESK, &answer, OPENS + 2).verdict, Verdict::Taken);
    assert_eq!(server.household(1, &step(4, Step::Closed), OPENS + 3).verdict, Verdict::Taken);
    let unknown = fact(
        5,
        OPENS,
        Body::NeedStep(NeedStep { household: HouseholdId(1), need: answer.id, step: Step::Taken }),
    );
    assert_eq!(server.person(DESK, &unknown, OPENS + 4).verdict, refused(Refusal::Unknown));
    let need = &domain::need::needs(&server.facts)[0];
    assert!(!need.open());
    assert_eq!(need.answer.as_deref(), Some("明早送到"));
    assert_eq!(need.read, Some(OPENS + 2));
}

#[test]
fn a_household_disputes_a_mark_within_a_day() {
    let mut server = Server::new();
    let lines = boxes_of_a(&server.community, 1);
    server.household(1, &fact(1, OPENS, order(1, lines, None)), OPENS);
    let marked = fact(2, DELIVERY, mark(1, Outcome::LeftAtDoor));
    server.person(LI, &marked, DELIVERY);
    let dispute = |n, mark| {
        fact(
            n,
            DELIVERY,
            Body::Dispute(Dispute {
                run: RUN,
                household: HouseholdId(1),
                mark,
                job: None,
                says: Complaint::NeverArrived,
                note: String::new(),
            }),
        )
    };
    assert_eq!(server.household(1, &dispute(3, marked.id), DELIVERY + Millis::HOUR).verdict, Verdict::Taken);
    let late = server.household(1, &dispute(4, marked.id), DELIVERY + 25 * Millis::HOUR);
    assert_eq!(late.verdict, Verdict::Flagged(Flag::LateDispute));
    let of_nothing = FactId::new(0, [0; 10]);
    assert_eq!(server.household(1, &dispute(5, of_nothing), DELIVERY).verdict, refused(Refusal::Unknown));
}

#[test]
fn a_household_takes_things_back_at_its_own_door_only() {
    let mut server = Server::new();
    let undo =
        |n, door| fact(n, DELIVERY, Body::Retract(Retract { run: RUN, door, fact: FactId::new(7, [7; 10]) }));
    assert_eq!(
        server.household(1, &undo(1, DoorId(1)), DELIVERY).verdict,
        Verdict::Taken,
        "before the word itself"
    );
    assert_eq!(server.household(1, &undo(2, DoorId(2)), DELIVERY).verdict, refused(Refusal::NotAllowed));
}

#[test]
fn undo_and_failure_texts_are_reports_too() {
    let mut server = Server::new();
    let failed = Outcome::Failed(Failure::Other("门口有狗".into()));
    assert!(server.person(WANG, &fact(1, DELIVERY, mark(1, failed)), DELIVERY).verdict.counts());
    let long = Outcome::Failed(Failure::Other("字".repeat(300)));
    assert_eq!(
        server.person(WANG, &fact(2, DELIVERY, mark(1, long)), DELIVERY).verdict,
        refused(Refusal::Malformed)
    );
    let undo = Body::Retract(Retract { run: RUN, door: DoorId(1), fact: FactId::new(7, [7; 10]) });
    assert_eq!(
        server.person(WANG, &fact(3, DELIVERY, undo), DELIVERY).verdict,
        Verdict::Taken,
        "before its mark"
    );
    let nobody = Actor::Clock;
    assert_eq!(
        server.receive(&fact(4, DELIVERY, mark(1, Outcome::Done)), &nobody, DELIVERY).verdict,
        refused(Refusal::NotAllowed)
    );
}
