//! What the desk should look at: marks with a flag, above all those from a phone that was reported lost.

use domain::actor::{Role, Signed};
use domain::board::{Cell, board};
use domain::fact::{Body, Mark, Retract, Stamped, Verdict};
use domain::job::{Failure, JobRef, Outcome};
use domain::look::{to_look_at, turns_down};
use domain::round::{JobState, load_check, stops};
use domain::tally::{BuildingTally, RunTally, line_of};
use domain::timeline::{Event, timeline};
use domain::wire::Flag;
use domain::*;

use crate::world::*;

/// Door 1 with an order, and a mark on it by Li that came with this flag.
fn flagged(flag: Flag) -> (Server, Stamped) {
    let mut server = Server::new();
    let lines = boxes_of_a(&server.community, 2);
    server.household(1, &fact(1, OPENS, order(1, lines, None)), OPENS + 1);
    let mut stamped = server.person(LI, &fact(10, DELIVERY, mark(1, Outcome::Done)), DELIVERY);
    stamped.verdict = Verdict::Flagged(flag);
    server.facts.pop();
    server.facts.push(stamped.clone());
    (server, stamped)
}

/// What the board shows of door 1, from the facts and from the lines that are kept.
fn on_board(server: &Server) -> (Cell, bool) {
    let places = &server.community.places;
    let drawn = board(places, &server.facts, &Default::default()).doors[&DoorId(1)];
    let mut tally = BuildingTally::default();
    tally.set(DoorId(1), line_of(DoorId(1), &server.facts, |household| places.door_of(household)));
    let kept = BuildingTally::from_bytes(&tally.to_bytes()).expect("a board");
    let kept = RunTally { buildings: vec![kept], ..RunTally::default() };
    assert_eq!(kept.board(places, &Default::default()).doors[&DoorId(1)], drawn, "as it is kept");
    (drawn.cell, drawn.look)
}

fn state(server: &Server) -> JobState {
    stops(&server.facts, |household| server.community.places.door_of(household))[&DoorId(1)].jobs[0].state()
}

fn desk_says(server: &mut Server, outcome: Outcome) {
    let Body::Mark(keyed) = mark(1, outcome) else { panic!("a mark") };
    let by = domain::fact::DoorCheck::Paper;
    let keyed = Body::Mark(Mark { by, happened: Some(DELIVERY), ..keyed });
    let taken = server.person(DESK, &fact(20, DELIVERY + 60, keyed), DELIVERY + 60);
    assert_eq!(taken.verdict, Verdict::Taken);
}

#[test]
fn a_mark_from_a_lost_phone_counts_nowhere_until_the_desk_says_the_same() {
    let (mut server, lost) = flagged(Flag::Unconfirmed);
    assert_eq!(on_board(&server), (Cell::Ordered, true), "not delivered, and to be looked at");
    assert_eq!(state(&server), JobState::Open);
    let delivered = |server: &Server| {
        let stops = stops(&server.facts, |household| server.community.places.door_of(household));
        load_check(&server.facts, stops.values()).delivered
    };
    assert_eq!(delivered(&server), 0);
    let told = |server: &Server| {
        let story = timeline(HouseholdId(1), Some(DoorId(1)), &server.facts);
        story.into_iter().filter(|entry| matches!(entry.what, Event::Marked(..))).collect::<Vec<_>>()
    };
    assert_eq!(told(&server), []);
    let [one] = to_look_at(&server.facts)[..] else { panic!("one to look at") };
    assert_eq!((one.stamped, one.flag), (&lost, Flag::Unconfirmed));

    desk_says(&mut server, Outcome::Done);
    assert_eq!(on_board(&server), (Cell::Delivered, false));
    assert_eq!((delivered(&server), to_look_at(&server.facts).len()), (2, 0));
    let [entry] = &told(&server)[..] else { panic!("told once") };
    assert_eq!(entry.by, Signed::Person(DESK, Role::Desk));
    assert_eq!((entry.at.at, entry.at.sent, entry.keyed), (DELIVERY, None, Some(DELIVERY + 60)));
}

#[test]
fn the_desk_may_find_that_it_was_otherwise_and_nobody_contradicts_it() {
    let (mut server, _) = flagged(Flag::Unconfirmed);
    desk_says(&mut server, Outcome::Failed(Failure::NobodyHome));
    assert_eq!(on_board(&server), (Cell::Failed, false));
}

#[test]
fn what_the_desk_turns_down_leaves_the_door_to_do_and_is_in_no_story() {
    let (mut server, lost) = flagged(Flag::Unconfirmed);
    let no = Body::Retract(Retract { run: RUN, door: DoorId(1), fact: lost.fact.id });
    let no = server.person(DESK, &fact(20, DELIVERY + 60, no), DELIVERY + 60);
    assert_eq!(no.verdict, Verdict::Taken);
    assert_eq!(on_board(&server), (Cell::Ordered, false));
    assert!(turns_down(&no, &server.facts) && !turns_down(&lost, &server.facts));
    assert!(server.facts.contains(&lost), "the record itself stays");
}

#[test]
fn other_flags_count_meanwhile_and_wait_for_the_desk_or_their_author() {
    let (mut server, _) = flagged(Flag::NoLongerAssigned);
    assert_eq!(on_board(&server), (Cell::Delivered, true));
    // A mark on another job of the door settles nothing.
    let Body::Mark(elsewhere) = mark(1, Outcome::Done) else { panic!("a mark") };
    let jobs = vec![(JobRef::Added(FactId::new(9, [9; 10])), Outcome::Done)];
    let body = Body::Mark(Mark { jobs, ..elsewhere });
    server.person(LI, &fact(11, DELIVERY + 1, body), DELIVERY + 1);
    assert!(on_board(&server).1);
    server.person(LI, &fact(12, DELIVERY + 2, mark(1, Outcome::Done)), DELIVERY + 2);
    let waits: Vec<_> = to_look_at(&server.facts).iter().map(|one| one.flag).collect();
    assert_eq!(waits, [Flag::UnknownJob], "marked again without a flag: only the other job's mark is left");
}

#[test]
fn the_desk_turns_down_what_counted_meanwhile_and_nothing_that_it_was_not_asked_to_look_at() {
    let turned_down = |server: &mut Server, by: PersonId| {
        let [.., last] = &server.facts[..] else { panic!("a mark") };
        let no = Body::Retract(Retract { run: RUN, door: DoorId(1), fact: last.fact.id });
        server.person(by, &fact(20, DELIVERY + 60, no), DELIVERY + 60);
    };
    let (mut server, _) = flagged(Flag::NoLongerAssigned);
    turned_down(&mut server, DESK);
    assert_eq!(on_board(&server), (Cell::Ordered, false), "to be brought, and settled");
    assert_eq!(state(&server), JobState::Open);
    let story = timeline(HouseholdId(1), Some(DoorId(1)), &server.facts);
    let told = story
        .iter()
        .find(|entry| matches!(entry.what, Event::Undone(_)))
        .expect("the household had read of it");
    assert_eq!(told.by, Signed::Person(DESK, Role::Desk));

    let (mut server, _) = flagged(Flag::NoLongerAssigned);
    turned_down(&mut server, WANG);
    assert_eq!(on_board(&server), (Cell::Delivered, true), "another steward's word is not the desk's");

    let mut server = Server::new();
    let lines = boxes_of_a(&server.community, 2);
    server.household(1, &fact(1, OPENS, order(1, lines, None)), OPENS + 1);
    server.person(LI, &fact(10, DELIVERY, mark(1, Outcome::Done)), DELIVERY);
    turned_down(&mut server, DESK);
    assert_eq!(on_board(&server), (Cell::Delivered, false), "nothing was wrong with it");
}
