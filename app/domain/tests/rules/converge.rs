//! Folds converge: the same set of facts gives the same state, whatever the order and however often they come.

use domain::fact::{Body, Complaint, Dispute, Fact, Retract, Stamped};
use domain::job::{Failure, Outcome};
use domain::need::{Category, Channel, NeedReport, NeedStep, Step};
use domain::*;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::handover::{hand_over, take_over, ticket};
use crate::world::*;

/// What somebody does, in a form that proptest can shrink.
#[derive(Debug, Clone)]
enum Act {
    Order(u32, u16),
    Mark(bool, u32, u8),
    Undo(bool, Index),
    Need(u32),
    Step(Index, u8),
    Dispute(u32, Index),
    Withdraw(Index),
    HandOver(u8),
    TakeOver(u8, bool),
    MarkByTicket(u32, u8),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        3 => (1..=6_u32, 0..=2_u16).prop_map(|(household, boxes)| Act::Order(household, boxes)),
        4 => (any::<bool>(), 1..=6_u32, 0..4_u8).prop_map(|(li, door, how)| Act::Mark(li, door, how)),
        2 => (any::<bool>(), any::<Index>()).prop_map(|(li, which)| Act::Undo(li, which)),
        1 => (1..=6_u32).prop_map(Act::Need),
        2 => (any::<Index>(), 0..4_u8).prop_map(|(which, step)| Act::Step(which, step)),
        1 => (1..=6_u32, any::<Index>()).prop_map(|(household, which)| Act::Dispute(household, which)),
        1 => any::<Index>().prop_map(Act::Withdraw),
        1 => (0..3_u8).prop_map(Act::HandOver),
        1 => (0..3_u8, any::<bool>()).prop_map(|(ticket, wang)| Act::TakeOver(ticket, wang)),
        1 => (1..=3_u32, 0..3_u8).prop_map(|(door, ticket)| Act::MarkByTicket(door, ticket)),
    ]
}

/// Lets everybody act in turn; phone clocks run apart by up to an hour. Returns what the server stored.
fn play(acts: &[(Act, i64)]) -> Server {
    let mut server = Server::new();
    let mut made: Vec<FactId> = vec![];
    let mut needs: Vec<(u32, FactId)> = vec![];
    let mut marks: Vec<(u32, FactId)> = vec![];
    let mut disputes: Vec<(u32, FactId)> = vec![];
    for (n, (act, skew)) in (1_u64..).zip(acts) {
        let now = OPENS + i64::try_from(n).unwrap() * 1_000;
        let at = now + *skew;
        let (person, body) = match act {
            Act::Order(h, boxes) => {
                let head = domain::order::order_of(HouseholdId(*h), &server.facts).map(|order| order.head);
                (None, order(*h, boxes_of_a(&server.community, *boxes), head))
            }
            Act::Mark(li, door, how) => {
                let outcome = match how {
                    0 => Outcome::Done,
                    1 => Outcome::LeftAtDoor,
                    2 => Outcome::Failed(Failure::NobodyHome),
                    _ => Outcome::Neighbour("隔壁".into()),
                };
                (Some(if *li { LI } else { WANG }), mark(*door, outcome))
            }
            Act::Undo(li, which) if !marks.is_empty() => {
                let (door, fact) = *which.get(&marks);
                let undo = Retract { run: RUN, door: DoorId(door), fact };
                (Some(if *li { LI } else { WANG }), Body::Retract(undo))
            }
            Act::Need(h) => {
                let report = NeedReport {
                    household: HouseholdId(*h),
                    category: Category::Food,
                    text: "家里只剩一顿米了".into(),
                    urgent: true,
                    channel: Channel::App,
                    continues: None,
                };
                (None, Body::Need(report))
            }
            Act::Step(which, step) if !needs.is_empty() => {
                let (household, need) = *which.get(&needs);
                let step = match step {
                    0 => Step::Taken,
                    1 => Step::Answered("明早送".into()),
                    2 => Step::Closed,
                    _ => Step::Reopened("还没到".into()),
                };
                (Some(DESK), Body::NeedStep(NeedStep { household: HouseholdId(household), need, step }))
            }
            Act::Dispute(h, which) if !marks.is_empty() => {
                let (_, mark) = *which.get(&marks);
                let says = Complaint::Wrong;
                (
                    None,
                    Body::Dispute(Dispute {
                        run: RUN,
                        household: HouseholdId(*h),
                        mark,
                        job: None,
                        says,
                        note: String::new(),
                    }),
                )
            }
            Act::Withdraw(which) if !disputes.is_empty() => {
                let (household, fact) = *which.get(&disputes);
                let door = DoorId(household);
                (None, Body::Retract(Retract { run: RUN, door, fact }))
            }
            Act::HandOver(n) => (Some(LI), hand_over(ticket(*n))),
            Act::TakeOver(n, wang) => {
                let mut hands = server.facts.iter().filter_map(|stamped| match &stamped.fact.body {
                    Body::HandOver(hand) if hand.seal == ticket(*n).seal() => Some(stamped.fact.id),
                    _ => None,
                });
                // The giver's phone may not have been heard of.
                let hand = hands.next_back().unwrap_or_else(|| FactId::new(OPENS.0, [*n; 10]));
                (Some(if *wang { WANG } else { CHEN }), take_over(hand))
            }
            Act::MarkByTicket(door, _) => (Some(CHEN), mark(*door, Outcome::Done)),
            Act::Undo(..) | Act::Step(..) | Act::Dispute(..) | Act::Withdraw(..) => continue,
        };
        let via = match act {
            Act::TakeOver(n, _) | Act::MarkByTicket(_, n) => Some(ticket(*n)),
            _ => None,
        };
        let fact = Fact { via, ..fact(n, at, body) };
        made.push(fact.id);
        match (&fact.body, person) {
            (_, Some(person)) => server.person(person, &fact, now),
            (Body::Order(set), None) => server.household(set.household.0, &fact, now),
            (Body::Need(need), None) => server.household(need.household.0, &fact, now),
            (Body::Retract(undo), None) => server.household(undo.door.0, &fact, now),
            (Body::Dispute(dispute), None) => server.household(dispute.household.0, &fact, now),
            _ => unreachable!("everything else is done by a person"),
        };
        match &fact.body {
            Body::Mark(mark) => marks.push((mark.door.0, fact.id)),
            Body::Dispute(dispute) => disputes.push((dispute.household.0, fact.id)),
            Body::Need(need) => needs.push((need.household.0, fact.id)),
            _ => {}
        }
    }
    server
}

/// Everything any page shows, as one text.
fn shown(server: &Server, facts: &[Stamped]) -> String {
    let orders = domain::order::orders(facts);
    let stops = domain::round::stops(facts, |household| server.community.places.door_of(household));
    let needs = domain::need::needs(facts);
    let story = domain::timeline::timeline(HouseholdId(1), Some(DoorId(1)), facts);
    let list = domain::picklist::pick_list(&server.community, RUN, facts);
    let passed = domain::handover::passed(facts);
    format!("{orders:#?}{stops:#?}{needs:#?}{story:#?}{list:#?}{passed:#?}")
}

/// The control: the same fold of orders, but by the phones' own clocks and in the order of arrival for equal ones.
fn last_order_by_device_time(facts: &[Stamped], household: HouseholdId) -> Option<FactId> {
    let mut last: Option<&Stamped> = None;
    for stamped in facts {
        let newer = last
            .is_none_or(|last| stamped.fact.made.at.0 / Millis::HOUR >= last.fact.made.at.0 / Millis::HOUR);
        if newer && matches!(&stamped.fact.body, Body::Order(set) if set.household == household) {
            last = Some(stamped);
        }
    }
    last.map(|stamped| stamped.fact.id)
}

fn acts() -> impl Strategy<Value = Vec<(Act, i64)>> {
    prop::collection::vec((act(), -Millis::HOUR..Millis::HOUR), 1..40)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn the_same_facts_give_the_same_pages_in_any_order(acts in acts(), seed in any::<u64>(), twice in any::<Index>()) {
        let server = play(&acts);
        let mut others = server.facts.clone();
        if !others.is_empty() {
            others.push(twice.get(&server.facts).clone());
        }
        shuffle(&mut others, seed);
        prop_assert_eq!(shown(&server, &server.facts), shown(&server, &others));
    }

    #[test]
    fn a_phone_that_has_a_part_catches_up_to_the_same(acts in acts(), cut in any::<Index>(), seed in any::<u64>()) {
        let server = play(&acts);
        prop_assume!(!server.facts.is_empty());
        let at = cut.index(server.facts.len());
        let mut phone: Vec<Stamped> = server.facts[at..].to_vec();
        let _ = shown(&server, &phone);
        phone.extend_from_slice(&server.facts[..at]);
        shuffle(&mut phone, seed);
        prop_assert_eq!(shown(&server, &server.facts), shown(&server, &phone));
    }

    #[test]
    fn the_pick_list_is_the_sum_of_the_households_pages(acts in acts()) {
        let server = play(&acts);
        let list = domain::picklist::pick_list(&server.community, RUN, &server.facts);
        let pages: u32 = (1..=6)
            .filter_map(|n| domain::order::order_of(HouseholdId(n), &server.facts))
            .map(|order| order.boxes())
            .sum();
        let buildings: u32 = list.by_building.values().map(domain::picklist::Pick::all_boxes).sum();
        prop_assert_eq!((pages, buildings), (list.all.all_boxes(), list.all.all_boxes()));
    }

    #[test]
    fn a_revision_counts_every_basket_that_was_taken(acts in acts()) {
        let server = play(&acts);
        for order in domain::order::orders(&server.facts) {
            let taken = server.facts.iter().filter(|stamped| stamped.verdict.counts()
                && matches!(&stamped.fact.body, Body::Order(set) if set.household == order.household)).count();
            prop_assert_eq!(usize::try_from(order.revision).unwrap(), taken);
        }
    }
}

fn shuffle(facts: &mut [Stamped], mut seed: u64) {
    for i in (1..facts.len()).rev() {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let j = usize::try_from(seed >> 33).unwrap() % (i + 1);
        facts.swap(i, j);
    }
}

#[test]
fn the_control_a_fold_by_device_time_does_not_converge() {
    let mut differs = 0;
    for seed in 0..200 {
        let acts: Vec<(Act, i64)> =
            (0..10).map(|n| (Act::Order(1, 1 + n % 2), i64::from(n) * 7_919 % 5_000)).collect();
        let server = play(&acts);
        let mut others = server.facts.clone();
        shuffle(&mut others, seed);
        let by_device = |facts: &[Stamped]| last_order_by_device_time(facts, HouseholdId(1));
        differs += u32::from(by_device(&server.facts) != by_device(&others));
    }
    assert!(differs > 0, "the control must fail, or the property proves nothing");
}
