//! The fault injector does what it says, and what it does replays.

use super::*;

#[tokio::test]
async fn each_fault_does_what_it_says() {
    for (fault, stored) in [
        (Fault::Drop, 0),
        (Fault::LostAnswer, 1),
        (Fault::Throttle, 0),
        (Fault::TransactionConflict, 0),
        (Fault::Duplicate, 1),
        (Fault::Delay, 1),
        (Fault::Late, 0),
    ] {
        let faults = Faults::new(FaultPlan::only(1, fault, 1000));
        let retry = RetryPolicy { attempts: 1, ..RetryPolicy::impatient() };
        let config = StoreConfig { faults: Some(faults.clone()), retry, ..StoreConfig::default() };
        let store = Store::embedded_memory(config).await.expect("memory");
        let answer = put(&store, "a").await;
        faults.set_plan(FaultPlan::quiet());
        assert_eq!(count(&store).await, stored, "{fault:?}");
        let as_said = match fault {
            Fault::Drop | Fault::LostAnswer | Fault::Late => {
                matches!(&answer, Err(error @ StoreError::Unreachable { .. }) if error.outcome_unknown())
            }
            Fault::Throttle => matches!(answer, Err(StoreError::Throttled)),
            Fault::TransactionConflict => matches!(answer, Err(StoreError::TransactionConflict)),
            Fault::Duplicate | Fault::Delay => answer.is_ok(),
        };
        assert!(as_said, "{fault:?} answered {answer:?}");
        if fault == Fault::Late {
            // It arrives within seven further calls.
            for _ in 0..8 {
                count(&store).await;
            }
            assert_eq!(count(&store).await, 1);
        }
        assert_eq!(faults.counts().get(&fault), Some(&1), "{fault:?}");
    }
}

#[tokio::test]
async fn in_a_storm_every_acknowledged_fact_is_there_once_and_the_seed_replays() {
    let storm = async |seed: u64| {
        let faults = Faults::new(FaultPlan::stormy(seed));
        let config = StoreConfig {
            faults: Some(faults.clone()),
            retry: RetryPolicy::impatient(),
            ..StoreConfig::default()
        };
        let store = Store::embedded_memory(config).await.expect("memory");
        let mut acknowledged = 0;
        for n in 0..300 {
            let fact = item(&format!("f{n:03}")).with_number("n", n);
            match store.put(Table::Main, fact.clone(), Condition::Absent).await {
                Ok(()) => acknowledged += 1,
                // Its own earlier attempt, whose answer was lost.
                Err(StoreError::Conflict { current: Some(current) }) if *current == fact => acknowledged += 1,
                Err(error) => assert!(!error.is_permanent(), "{error:?}"),
            }
        }
        faults.set_plan(FaultPlan::quiet());
        let stored = count(&store).await;
        assert!((acknowledged..=300).contains(&stored), "{acknowledged} acknowledged, {stored} stored");
        (acknowledged, stored, faults.counts())
    };
    for seed in 0..10 {
        let first = storm(seed).await;
        assert!(first.2.len() == 7, "a storm has every fault: {:?}", first.2);
        assert_eq!(first, storm(seed).await, "seed {seed} does not replay");
    }
    assert_ne!(storm(1).await.2, storm(2).await.2);
}
