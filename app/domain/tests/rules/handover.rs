//! Li leaves in the middle of the round in building 1 and hands the rest to Chen, who was never assigned anything.
//! Both phones are without signal; whichever is heard of first, everything counts and is Chen's.

use domain::actor::{Role, Signed};
use domain::community::Community;
use domain::fact::{Body, Fact, Paid, PaidState, Retract, Stamped, Verdict};
use domain::feed::{Card, Feed, Me};
use domain::handover::parts::{Collected, Heard, keep, kept, texts};
use domain::handover::rest::Rest;
use domain::handover::written::Giver;
use domain::handover::{HandOver, MAX_AREAS, Passed, Ticket, TookOver, last_at, passed, well_formed};
use domain::job::{JobKind, JobRef, Outcome};
use domain::need::{Category, Channel, NeedReport};
use domain::places::Area;
use domain::round::{JobState, stops};
use domain::wire::{Flag, Refusal};
use domain::*;

use crate::world::*;

const ONE: BuildingId = BuildingId(1);

pub(crate) fn ticket(n: u8) -> Ticket {
    Ticket::new([n; 16])
}

pub(crate) fn hand_over(ticket: Ticket) -> Body {
    Body::HandOver(HandOver {
        run: RUN,
        building: ONE,
        areas: vec![Area::Building(ONE)],
        seal: ticket.seal(),
    })
}

pub(crate) fn take_over(hand: FactId) -> Body {
    let areas = vec![Area::Building(ONE)];
    Body::TookOver(TookOver { run: RUN, building: ONE, areas, hand, from: LI })
}

fn under(ticket: Ticket, n: u64, body: Body) -> Fact {
    Fact { via: Some(ticket), ..fact(n, DELIVERY + i64::try_from(n).unwrap(), body) }
}

fn heard(facts: &[Stamped]) -> Vec<Passed> {
    passed(facts)
}

/// Li's hand-over, and what Chen does then: takes it, marks two doors, takes one mark back, reports a need, is paid.
fn story() -> (Fact, Vec<Fact>) {
    let given = fact(1, DELIVERY, hand_over(ticket(7)));
    let wrong = under(ticket(7), 4, mark(2, Outcome::LeftAtDoor));
    let undo = Body::Retract(Retract { run: RUN, door: DoorId(2), fact: wrong.id });
    let need = Body::Need(NeedReport {
        household: HouseholdId(2),
        category: Category::Food,
        text: "没有米了".into(),
        urgent: false,
        channel: Channel::Door,
        continues: None,
    });
    let paid = Body::Paid(Paid { run: RUN, household: HouseholdId(2), state: PaidState::Paid });
    let chens = vec![
        under(ticket(7), 2, take_over(given.id)),
        under(ticket(7), 3, mark(1, Outcome::Done)),
        wrong,
        under(ticket(7), 5, undo),
        under(ticket(7), 6, need),
        under(ticket(7), 7, paid),
    ];
    (given, chens)
}

fn ordered() -> Server {
    let mut server = Server::new();
    for n in 1..=3_u32 {
        let lines = boxes_of_a(&server.community, 1);
        server.household(n, &fact(100 + u64::from(n), OPENS, order(n, lines, None)), OPENS);
    }
    server
}

fn states(server: &Server) -> Vec<(DoorId, JobState, Vec<Signed>)> {
    let stops = stops(&server.facts, |household| server.community.places.door_of(household));
    let by = |stop: &domain::round::Stop| stop.jobs.iter().flat_map(|j| &j.marks).map(|m| m.by).collect();
    stops.values().map(|stop| (stop.door, stop.state(), by(stop))).collect()
}

#[test]
fn whichever_phone_is_heard_of_first_nothing_is_refused_and_the_round_is_the_same() {
    let (given, chens) = story();
    let now = DELIVERY + Millis::HOUR;
    let mut giver_first = ordered();
    assert_eq!(giver_first.person(LI, &given, now).verdict, Verdict::Taken);
    for fact in &chens {
        // Door 2 has an order, so that nothing but the hand-over could be flagged.
        assert_eq!(giver_first.person(CHEN, fact, now).verdict, Verdict::Taken, "{:?}", fact.body);
    }
    let mut taker_first = ordered();
    for fact in &chens {
        assert_eq!(taker_first.person(CHEN, fact, now).verdict, Verdict::Flagged(Flag::HandOverUnheard));
    }
    let [before] = &heard(&taker_first.facts)[..] else { panic!("one hand-over") };
    assert_eq!(
        (before.heard, before.from, before.holder()),
        (false, LI, Some(CHEN)),
        "known though Li was not heard of"
    );
    assert_eq!(taker_first.person(LI, &given, now).verdict, Verdict::Taken);

    assert_eq!(states(&giver_first), states(&taker_first));
    let chen = Signed::Person(CHEN, Role::Volunteer);
    let expected =
        [(1, JobState::Done, vec![chen]), (2, JobState::Open, vec![]), (3, JobState::Open, vec![])];
    assert_eq!(states(&giver_first), expected.map(|(door, state, by)| (DoorId(door), state, by)));
    for server in [&giver_first, &taker_first] {
        let [one] = &heard(&server.facts)[..] else { panic!("one hand-over") };
        assert_eq!((one.heard, one.from, one.holder()), (true, LI, Some(CHEN)));
    }
}

#[test]
fn a_wrong_ticket_is_flagged_and_takes_nothing_from_the_giver() {
    let mut server = ordered();
    let given = fact(1, DELIVERY, hand_over(ticket(7)));
    server.person(LI, &given, DELIVERY);
    let forged = under(ticket(8), 2, take_over(given.id));
    assert_eq!(server.person(CHEN, &forged, DELIVERY + 5).verdict, Verdict::Flagged(Flag::HandOverUnheard));
    let [first, second] = &heard(&server.facts)[..] else { panic!("what is said stands beside") };
    assert_eq!((first.heard, first.holder()), (true, None));
    assert_eq!((second.heard, second.holder()), (false, Some(CHEN)));
}

#[test]
fn only_people_on_rounds_can_use_a_ticket_and_only_where_it_holds() {
    let mut server = ordered();
    server.person(LI, &fact(1, DELIVERY, hand_over(ticket(7))), DELIVERY);
    let by_household = under(ticket(7), 2, mark(2, Outcome::Done));
    let refused = |stamped: Stamped| assert_eq!(stamped.verdict, Verdict::Refused(Refusal::NotAllowed));
    refused(server.household(1, &by_household, DELIVERY + 5));
    let without = fact(3, DELIVERY, mark(2, Outcome::Done));
    refused(server.person(CHEN, &without, DELIVERY + 5));
    // Building 2 was never in the hand-over: that nobody gave it is for the desk to see.
    let elsewhere = under(ticket(7), 4, mark(5, Outcome::Done));
    let verdict = server.person(CHEN, &elsewhere, DELIVERY + 5).verdict;
    assert_eq!(verdict, Verdict::Flagged(Flag::HandOverUnheard));
    // A basket is no report: a ticket orders nothing.
    let lines = boxes_of_a(&server.community, 1);
    refused(server.person(CHEN, &under(ticket(7), 5, order(2, lines, None)), OPENS + 5));
}

#[test]
fn nobody_hands_over_what_they_never_held_and_a_taker_may_hand_it_on() {
    let mut server = ordered();
    let by_chen = fact(1, DELIVERY, hand_over(ticket(9)));
    assert_eq!(server.person(CHEN, &by_chen, DELIVERY).verdict, Verdict::Refused(Refusal::NotAllowed));
    server.person(LI, &fact(2, DELIVERY, hand_over(ticket(7))), DELIVERY);
    let on = under(ticket(7), 3, hand_over(ticket(9)));
    assert_eq!(server.person(CHEN, &on, DELIVERY + 5).verdict, Verdict::Taken);
    let wang = under(ticket(9), 4, mark(1, Outcome::Done));
    assert_eq!(server.person(WANG, &wang, DELIVERY + 9).verdict, Verdict::Taken);
}

fn feed(server: &Server, who: PersonId) -> Feed {
    let person = &server.community.people[&who];
    let community: Community = server.community.for_rounds(&person.actor(), DELIVERY);
    let facts = if who == LI { server.facts.clone() } else { Vec::new() };
    let token = door_code::DoorToken::from_random([3; 12]);
    let cards = if who == LI { vec![Card { door: DoorId(2), token }] } else { Vec::new() };
    let (id, name, role) = (person.id, person.name.clone(), person.role);
    let me = Me::Person { id, name, role, assignments: person.assignments.clone() };
    Feed { as_of: DELIVERY, me, community, facts, cards, left: Vec::new(), codes: Vec::new() }
}

/// What Li's phone puts into its codes.
fn bytes(server: &Server) -> Vec<u8> {
    let feed = feed(server, LI);
    let stops = &stops(&feed.facts, |household| feed.community.places.door_of(household));
    let (areas, hand, ticket) = (&[Area::Building(ONE)][..], FactId::new(5, [5; 10]), ticket(7));
    let giver = Giver { feed: &feed, stops, run: RUN, building: ONE, areas, hand, ticket };
    giver.bytes().expect("something is left")
}

/// What a phone knows once it has read these codes.
fn read<'a>(codes: impl Iterator<Item = &'a String>) -> Option<Rest> {
    let mut collected = Collected::default();
    let mut whole = None;
    for code in codes {
        if let Heard::Whole(rest) = collected.hear(code) {
            whole = Some(*rest);
        }
    }
    whole
}

#[test]
fn the_codes_carry_the_rest_of_the_round_in_any_order_and_nothing_about_health() {
    let mut server = ordered();
    let household = server.community.places.households.get_mut(&HouseholdId(2)).unwrap();
    household.note = "别按门铃，有婴儿".into();
    household.diets = ["halal".parse().unwrap()].into();
    let job = |kind, text: &str| {
        Body::AddJob(domain::fact::AddJob {
            run: RUN,
            door: DoorId(2),
            household: Some(HouseholdId(2)),
            kind,
            text: text.into(),
            need: None,
        })
    };
    server.person(DESK, &fact(20, OPENS, job(JobKind::Medicine, "胰岛素两支")), OPENS);
    server.person(DESK, &fact(21, OPENS, job(JobKind::Parcel, "门口的快递")), OPENS);
    server.person(LI, &fact(22, DELIVERY, mark(1, Outcome::Done)), DELIVERY);

    let codes = texts(bytes(&server)).expect("it fits");
    let whole = read(codes.iter().rev().chain(&codes)).expect("all codes were read");
    assert_eq!(kept(&keep(&whole)), Some(whole.clone()), "what is kept on the phone is the same");
    assert!(!format!("{whole:?}").contains("胰岛素"), "which medicine it is stays behind");

    let mut chens = feed(&server, CHEN);
    assert!(chens.community.places.doors.is_empty());
    whole.clone().join(&mut chens);
    whole.join(&mut chens);
    let places = &chens.community.places;
    let doors: Vec<u32> = places.doors_of(ONE).iter().map(|door| door.id.0).collect();
    assert_eq!(doors, [2, 3], "door 1 is done, and stays with Li");
    assert_eq!(places.households[&HouseholdId(2)].note, "别按门铃，有婴儿");
    assert_eq!(chens.cards.len(), 1, "cards can be scanned, and once is enough");
    let stops = stops(&chens.facts, |household| places.door_of(household));
    let jobs: Vec<JobRef> = stops[&DoorId(2)].jobs.iter().map(|job| job.id).collect();
    assert_eq!(jobs.len(), 3);
    assert_eq!(stops[&DoorId(2)].boxes(), 1);
    // Chen's own mark names the very jobs that the server knows.
    let done = under(
        ticket(7),
        30,
        Body::Mark(domain::fact::Mark {
            run: RUN,
            door: DoorId(2),
            jobs: jobs.iter().map(|job| (*job, Outcome::Done)).collect(),
            by: domain::fact::DoorCheck::Scanned,
            happened: None,
        }),
    );
    server.person(LI, &fact(29, DELIVERY, hand_over(ticket(7))), DELIVERY);
    assert_eq!(server.person(CHEN, &done, DELIVERY + 9).verdict, Verdict::Taken);
}

#[test]
fn what_was_handed_over_is_had_back_by_being_handed_back() {
    let mut server = ordered();
    let given = fact(1, DELIVERY, hand_over(ticket(7)));
    server.person(LI, &given, DELIVERY);
    server.person(CHEN, &under(ticket(7), 2, take_over(given.id)), DELIVERY + 2);
    let back = under(ticket(7), 3, hand_over(ticket(9)));
    assert_eq!(server.person(CHEN, &back, DELIVERY + 3).verdict, Verdict::Taken);
    let areas = vec![Area::Building(ONE)];
    let took = TookOver { run: RUN, building: ONE, areas, hand: back.id, from: CHEN };
    let again = Fact { via: Some(ticket(9)), ..fact(4, DELIVERY + 4, Body::TookOver(took)) };
    assert_eq!(server.person(LI, &again, DELIVERY + 4).verdict, Verdict::Taken);
    let all = passed(&server.facts);
    let at = server.community.places.at(DoorId(1)).unwrap();
    assert_eq!(last_at(&all, at).and_then(Passed::holder), Some(LI), "the doors show as Li's again");
    assert_eq!(
        server.person(LI, &fact(5, DELIVERY + 5, mark(1, Outcome::Done)), DELIVERY + 5).verdict,
        Verdict::Taken
    );
}

#[test]
fn the_largest_hand_over_and_take_over_fit_into_one_write() {
    let building = BuildingId(u16::MAX);
    let areas = || vec![Area::Floors(building, u8::MAX, i8::MIN, i8::MIN); MAX_AREAS];
    assert!(
        well_formed(&areas(), building) && !well_formed(&[&areas()[..], &areas()[..1]].concat(), building)
    );
    let (run, from, hand) = (RunId(u32::MAX), PersonId(u32::MAX), FactId::new(i64::MAX, [255; 10]));
    let bodies = [
        Body::HandOver(HandOver { run, building, areas: areas(), seal: ticket(255).seal() }),
        Body::TookOver(TookOver { run, building, areas: areas(), hand, from }),
    ];
    for body in bodies {
        let stamped = Stamped {
            fact: Fact { via: Some(ticket(255)), ..fact(1, DELIVERY, body) },
            by: Signed::Person(from, Role::Volunteer),
            received: DELIVERY,
            verdict: Verdict::Flagged(Flag::HandOverUnheard),
        };
        // The table's keys and the names of its attributes take some 150 bytes of the 1,024.
        let bytes = serde_json::to_vec(&stamped).expect("JSON").len();
        assert!(bytes <= 1_024 - 150, "{bytes} bytes");
    }
}

#[test]
fn a_code_from_nowhere_or_of_yesterday_is_not_walked() {
    let codes = texts(bytes(&ordered())).expect("it fits");
    let rest = read(codes.iter()).expect("all codes were read");
    assert!(rest.walkable(DELIVERY));
    assert!(!rest.walkable(DELIVERY + 2 * Millis::HOUR + 12 * Millis::HOUR));
    let mut cut = codes[0].clone();
    cut.truncate(cut.len() / 2 * 2 - 6);
    let heard = Collected::default().hear(&cut);
    assert!(matches!(heard, Heard::Damaged | Heard::Partly(..)), "{heard:?}");
    assert_eq!(Collected::default().hear("https://lm.example.org/d/1"), Heard::NotOurs);
}
