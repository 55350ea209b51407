//! Needs: the household's, the desk's queue, the head that follows the facts whatever happens.

use super::street::*;
use crate::store_contract::on_every_backend;
use domain::actor::Signed;
use domain::fact::{Body, Fact, Verdict};
use domain::need::{Category, Channel, Need, NeedReport, NeedState, NeedStep, Step, needs};
use domain::{FactId, HouseholdId, Millis};
use store::{Consistency, HEAD_TEXT, Store};

pub(crate) fn report(household: u32, category: Category, urgent: bool, text: &str) -> Fact {
    fact(Body::Need(NeedReport {
        household: HouseholdId(household),
        category,
        text: text.into(),
        urgent,
        channel: Channel::App,
        continues: None,
    }))
}

pub(crate) fn step(household: u32, need: FactId, step: Step) -> Fact {
    fact(Body::NeedStep(NeedStep { household: HouseholdId(household), need, step }))
}

async fn queue(store: &Store, pressing: bool) -> Vec<Need> {
    store.desk_needs(&community(), pressing, None).await.expect("answered").needs
}

/// The index of a real table follows a moment later.
async fn queue_of(store: &Store, length: usize) -> Vec<Need> {
    for _ in 0..200 {
        let now = queue(store, false).await;
        if now.len() == length {
            return now;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    panic!("the queue did not come to {length} needs in five seconds");
}

#[tokio::test]
async fn a_need_goes_from_report_to_answer_to_closed_and_leaves_the_queue() {
    on_every_backend(async |store| {
        let catalog = open_street(&store, 1, 1, 1).await;
        let words = "胰岛素只剩两支了，".repeat(20);
        let fact = report(3, Category::Medicine, false, &words);
        assert_eq!(stored(&store, &catalog, resident(3), &fact).await.verdict, Verdict::Taken);
        let head = &queue_of(&store, 1).await[0];
        assert_eq!((head.id, head.state, head.read), (fact.id, NeedState::Reported, None));
        assert_eq!(head.text.chars().count(), HEAD_TEXT);
        assert!(head.text.ends_with('…') && words.starts_with(head.text.trim_end_matches('…')));

        for what in [Step::Read, Step::Taken, Step::Answered("明早九点送到".into())] {
            let word = stored(&store, &catalog, desk(), &step(3, fact.id, what)).await;
            assert_eq!(word.verdict, Verdict::Taken);
        }
        let head = &queue_of(&store, 1).await[0];
        assert_eq!((head.state, head.revision, head.read), (NeedState::Answered, 4, Some(NOON)));
        assert_eq!(head.answer.as_deref(), Some("明早九点送到"));

        stored(&store, &catalog, resident(3), &step(3, fact.id, Step::Closed)).await;
        queue_of(&store, 0).await;
        stored(&store, &catalog, resident(3), &step(3, fact.id, Step::Reopened("还没到".into()))).await;
        assert_eq!(queue_of(&store, 1).await[0].state, NeedState::Reported);

        let facts =
            store.need(&community(), HouseholdId(3), fact.id, Consistency::Strong).await.expect("answered");
        assert_eq!(needs(&facts)[0].text, words, "the facts keep every word");
    })
    .await;
}

#[tokio::test]
async fn what_cannot_wait_comes_first_then_the_oldest() {
    on_every_backend(async |store| {
        let catalog = open_street(&store, 1, 1, 1).await;
        let cases = [
            (1, Category::Food, false, 0),
            (2, Category::Repair, true, 3),
            (3, Category::Food, false, -5),
            // A medical need rings although nobody called it urgent.
            (4, Category::Medical, false, 2),
        ];
        for (household, category, urgent, minutes) in cases {
            let fact = report(household, category, urgent, "需要帮助");
            let at = NOON + minutes * Millis::MINUTE;
            let by = resident(household);
            let taken = |known: &[_]| decide(&catalog, by, &fact, known);
            store.hand_in(&catalog, &fact, by, at, taken).await.expect("stored");
        }
        let order = |needs: Vec<Need>| needs.iter().map(|need| need.household.0).collect::<Vec<_>>();
        assert_eq!(order(queue_of(&store, 4).await), [4, 2, 3, 1]);
        assert_eq!(order(queue(&store, true).await), [4, 2]);
        // The desk says that the repair can wait: it moves to the others, behind the older ones.
        let repair = queue(&store, true).await[1].clone();
        let sorted = step(2, repair.id, Step::Sorted(Category::Repair, false));
        stored(&store, &catalog, desk(), &sorted).await;
        for _ in 0..200 {
            if order(queue(&store, false).await) == [4, 3, 1, 2] {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(25)).await;
        }
        panic!("the queue is {:?}", order(queue(&store, false).await));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn steps_of_many_people_at_once_are_all_in_the_head() {
    on_every_backend(async |store| {
        let catalog = open_street(&store, 1, 1, 1).await;
        let fact = report(5, Category::Repair, false, "没有暖气");
        stored(&store, &catalog, resident(5), &fact).await;
        let mut people = tokio::task::JoinSet::new();
        for n in 0..8_u32 {
            let (store, catalog, need) = (store.clone(), catalog.clone(), fact.id);
            people.spawn(async move {
                let (by, what): (Signed, Step) = match n % 2 {
                    0 => (desk(), Step::Answered(format!("第{n}次回复"))),
                    _ => (resident(5), Step::Reopened(format!("第{n}次"))),
                };
                let said = step(5, need, what);
                for _ in 0..50 {
                    match hand_in(&store, &catalog, by, &said).await {
                        Ok(_) => return,
                        Err(error) => assert!(!error.is_permanent(), "{error}"),
                    }
                }
                panic!("step {n} was never answered");
            });
        }
        people.join_all().await;
        for _ in 0..200 {
            if queue_of(&store, 1).await[0].revision == 9 {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(25)).await;
        }
        panic!("the head has folded {} facts of 9", queue_of(&store, 1).await[0].revision);
    })
    .await;
}

#[tokio::test]
async fn a_head_that_was_lost_is_built_again_by_the_next_arrival_of_its_fact() {
    on_every_backend(async |store| {
        let catalog = open_street(&store, 1, 1, 1).await;
        let fact = report(2, Category::Food, false, "米没有了");
        stored(&store, &catalog, resident(2), &fact).await;
        // The crash between fact and head, seen from the table: the fact is there, the head is not.
        let head = store::Key::from_parts("H#lane5#2", format!("N#{}", fact.id));
        store.delete(store::Table::Main, &head, store::Condition::Present).await.expect("it was there");
        queue_of(&store, 0).await;
        let again = hand_in(&store, &catalog, resident(2), &fact).await.expect("answered");
        assert!(matches!(again, store::HandedIn::Stored { new: false, .. }));
        assert_eq!(queue_of(&store, 1).await[0].id, fact.id);

        store.delete(store::Table::Main, &head, store::Condition::Present).await.expect("it was there");
        store.rebuild_head(&community(), HouseholdId(2), fact.id).await.expect("rebuilt");
        assert_eq!(queue_of(&store, 1).await[0].id, fact.id);
    })
    .await;
}

#[tokio::test]
async fn a_household_reads_its_needs_newest_first_and_whole() {
    on_every_backend(async |store| {
        let catalog = open_street(&store, 1, 1, 1).await;
        let mut ids = Vec::new();
        for n in 0..30 {
            let fact = report(1, Category::Food, false, &format!("第{n}个"));
            stored(&store, &catalog, resident(1), &fact).await;
            for what in [Step::Read, Step::Answered("好的".into())] {
                stored(&store, &catalog, desk(), &step(1, fact.id, what)).await;
            }
            ids.push(fact.id);
        }
        let (mut seen, mut before) = (Vec::new(), None);
        for pages in 1.. {
            let page = store
                .household_needs(&community(), HouseholdId(1), before, Consistency::Strong)
                .await
                .expect("answered");
            let found = needs(&page.facts);
            assert!(found.iter().all(|need| need.state == NeedState::Answered), "only whole needs");
            let mut found: Vec<FactId> = found.iter().map(|need| need.id).collect();
            found.sort_by_key(|id| std::cmp::Reverse(*id));
            seen.extend(found);
            before = page.older;
            if before.is_none() {
                assert_eq!(pages, 2, "30 needs of 4 items are two pages");
                break;
            }
        }
        ids.reverse();
        assert_eq!(seen, ids);
    })
    .await;
}
