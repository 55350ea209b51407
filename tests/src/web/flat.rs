//! P9: what a request costs does not depend on how much the table holds. A thousand items against a hundred thousand:
//! neighbours in the same partition, past runs, other households' needs, another community.

use domain::actor::Signed;
use domain::fact::{Body as What, Stamped, Verdict};
use domain::{HouseholdId, Millis};
use http::StatusCode;
use store::{Item, Key, Meter, Table};

use super::stage::{DESK, HERE, NOON, STEWARD, Stage, fact, order};
use crate::figures::record;

/// Puts `count` items around the household, as years of others leave them.
async fn fill(stage: &Stage, count: u32) {
    let mut items = Vec::new();
    for n in 0..count {
        let fact = fact(NOON + -Millis::DAY, order(HouseholdId(n), "A", 1, None));
        let id = fact.id;
        let key = match n % 4 {
            // The same building and run, other stairs.
            0 => Key::from_parts("R#beilin#1#B#1", format!("{:03}5014{n}01#{n}#O{n}#00001", 3 + n % 200)),
            // Runs of the past.
            1 => Key::from_parts(
                format!("R#beilin#{}#B#1", 1_000 + n % 300),
                format!("00150131{n}#1#O1#{n:05}"),
            ),
            2 => Key::from_parts(format!("H#beilin#{}", 1_000 + n), format!("N#{id}#{id}")),
            _ => {
                Key::from_parts(format!("R#elsewhere#1#B#{}", n % 50), format!("00150131{n}#{n}#O{n}#00001"))
            }
        };
        let by = Signed::Household(HouseholdId(n));
        let stamped = Stamped { fact, by, received: NOON, verdict: Verdict::Taken };
        items.push(Item::new(&key).with_body(&stamped).expect("an item"));
        if items.len() == 5_000 {
            stage.state.store().batch_put(Table::Main, items.drain(..)).await.expect("written");
        }
    }
    stage.state.store().batch_put(Table::Main, items).await.expect("written");
}

/// Units of a day's requests of one household, its steward and the desk, on a server that has just started.
async fn day(stage: &Stage, meter: &Meter) -> Vec<(&'static str, f64, f64)> {
    let phone = stage.resident(HERE).await;
    let steward = stage.phone(Signed::Person(STEWARD, domain::actor::Role::Steward)).await;
    let desk = stage.phone(Signed::Person(DESK, domain::actor::Role::Desk)).await;
    let mut units = Vec::new();
    let mut note = |name| {
        let usage = meter.take();
        assert_eq!(usage.scans, 0, "{name} walks the table");
        units.push((name, usage.reads, usage.writes));
    };
    let _unmeasured = meter.take();
    for (name, phone, path) in
        [("home", &phone, "/"), ("order page", &phone, "/order"), ("household", &phone, "/household")]
    {
        assert_eq!(stage.get(Some(phone), path).await.status, StatusCode::OK);
        note(name);
    }
    let ordered = fact(NOON, order(HERE, "A", 2, None));
    stage.hand_in_facts(&phone, std::slice::from_ref(&ordered)).await;
    note("order");
    stage.hand_in_facts(&phone, &[fact(NOON, order(HERE, "A", 0, Some(ordered.id)))]).await;
    note("cancel");
    stage
        .hand_in_facts(
            &phone,
            &[fact(
                NOON,
                What::Away(domain::fact::Away { run: super::stage::OPEN, household: HERE, away: true }),
            )],
        )
        .await;
    note("away");
    for (name, phone, path) in [("round", &steward, "/round"), ("needs", &desk, "/desk/needs")] {
        assert_eq!(stage.get(Some(phone), path).await.status, StatusCode::OK);
        note(name);
    }
    units
}

#[tokio::test]
async fn nothing_costs_more_in_a_table_of_a_hundred_thousand_items() {
    let mut days = Vec::new();
    for count in [1_000, 100_000] {
        let (stage, meter) = Stage::metered().await;
        fill(&stage, count).await;
        days.push(day(&stage, &meter).await);
    }
    assert_eq!(days[0], days[1], "units at a thousand and at a hundred thousand items");
    record(
        "P9.flat",
        1.0,
        None,
        &format!("{} requests of resident, steward and desk, each the same", days[0].len()),
    );
}
