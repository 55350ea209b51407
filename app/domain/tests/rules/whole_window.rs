//! A whole window as a state machine: any number of households, phones and volunteers, against a plain model.

use std::collections::BTreeMap;

use domain::fact::{Body, Verdict};
use domain::wire::Refusal;
use domain::*;
use proptest::prelude::*;

use crate::world::*;

/// What happens next in a window's life.
#[derive(Debug, Clone)]
enum Move {
    Order { household: u32, boxes: u16, knows_latest: bool },
    Wait(i64),
    Seal,
    DeskChange { household: u32, boxes: u16 },
}

fn next_move() -> impl Strategy<Value = Move> {
    prop_oneof![
        6 => (1..=6_u32, 0..=3_u16, prop::bool::weighted(0.8))
            .prop_map(|(household, boxes, knows_latest)| Move::Order { household, boxes, knows_latest }),
        2 => (0..4 * Millis::HOUR).prop_map(Move::Wait),
        1 => Just(Move::Seal),
        1 => (1..=6_u32, 0..=2_u16).prop_map(|(household, boxes)| Move::DeskChange { household, boxes }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn a_window_from_opening_to_sealed_agrees_with_the_model(moves in prop::collection::vec(next_move(), 1..60)) {
        let mut server = Server::new();
        let mut now = OPENS;
        let mut sealed = false;
        // The model: what each household has, and the fact that made it so.
        let mut model: BTreeMap<u32, (u16, FactId)> = BTreeMap::new();
        for (n, step) in (1..).zip(moves) {
            let (household, boxes, head, desk) = match step {
                Move::Wait(ms) => {
                    now = now + ms;
                    continue;
                }
                Move::Seal => {
                    if now >= server.community.windows[&RUN].grace_ends() {
                        server.community.windows.get_mut(&RUN).unwrap().sealed = Some(now);
                        sealed = true;
                    }
                    continue;
                }
                Move::Order { household, boxes, knows_latest } => {
                    let head = model.get(&household).map(|(_, head)| *head).filter(|_| knows_latest);
                    (household, boxes, head, false)
                }
                Move::DeskChange { household, boxes } => (household, boxes, model.get(&household).map(|(_, head)| *head), true),
            };
            let set = fact(n, now, order(household, boxes_of_a(&server.community, boxes), head));
            let verdict = if desk { server.person(DESK, &set, now).verdict } else { server.household(household, &set, now).verdict };
            let current = model.get(&household).map(|(_, head)| *head);
            let open = desk || now < CLOSES;
            let wanted = open && head == current && boxes <= 2 && (boxes > 0 || head.is_some());
            prop_assert_eq!(verdict.counts(), wanted, "{:?} at {:?}", verdict, now);
            if desk && sealed && wanted {
                prop_assert!(matches!(verdict, Verdict::Flagged(_)));
            }
            if !desk && now >= CLOSES {
                prop_assert_eq!(verdict, Verdict::Refused(Refusal::Closed));
            }
            if wanted {
                model.insert(household, (boxes, set.id));
            }
        }
        let list = domain::picklist::pick_list(&server.community, RUN, &server.facts);
        let expected: u32 = model.values().map(|(boxes, _)| u32::from(*boxes)).sum();
        prop_assert_eq!(list.all.all_boxes(), expected);
        prop_assert_eq!(list.all.total, Fen(3_000 * i64::from(expected)));
        let kept = server.facts.iter().filter(|stamped| matches!(stamped.fact.body, Body::Order(_))).count();
        prop_assert_eq!(kept, server.facts.len(), "refused ones are kept too");
    }
}
