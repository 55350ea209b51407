//! What happens because it is time, over every backend: windows open, close and are sealed once, whoever comes twice,
//! late or at the same time; an urgent need that nobody reads goes from one to the next on duty.

use clock::tick;
use domain::actor::Role;
use domain::community::Person;
use domain::fact::Body;
use domain::need::{Category, Channel, NeedReport, NeedStep, Step};
use domain::window::{Phase, Window};
use domain::{HouseholdId, Millis, PersonId};
use store::{Due, Store, Task};

use crate::store_contract::on_every_backend;
use crate::store_typed::street::{NOON, RUN, community, desk, fact, open_street, read, resident, stored};

async fn sealed(store: &Store) -> Option<Millis> {
    read(store).await.community.windows[&RUN].sealed
}

/// The window of the street is open from an hour before noon until 17:00, and its grace ends at 17:15.
fn at(minutes: i64) -> Millis {
    NOON + minutes * Millis::MINUTE
}

#[tokio::test]
async fn a_window_opens_closes_and_is_sealed_however_often_and_late_the_clock_comes() {
    Box::pin(on_every_backend(async |store| {
        open_street(&store, 1, 5, 5).await;
        let first = tick(&store, at(0)).await.expect("answered");
        assert_eq!((first.told, first.sealed), (1, 0), "it is open");
        let again = tick(&store, at(1)).await.expect("answered");
        assert_eq!((again.told, again.sealed), (0, 0));
        // At its end, and a quarter of an hour later, two clocks at a time.
        assert_eq!(tick(&store, at(300)).await.expect("answered").told, 1, "closed");
        assert_eq!(sealed(&store).await, None);
        let (one, other) = tokio::join!(tick(&store, at(315)), tick(&store, at(315)));
        let (one, other) = (one.expect("answered"), other.expect("answered"));
        assert_eq!(one.sealed + other.sealed, 1, "two clocks, one seal");
        assert_eq!(sealed(&store).await, Some(at(315)));
        let later = tick(&store, at(60 * 24 * 9)).await.expect("answered");
        assert_eq!((later.told, later.sealed, later.failed), (0, 0, 0), "nine days later nothing is left");
    }))
    .await;
}

#[tokio::test]
async fn a_clock_that_stood_still_for_a_week_does_everything_at_once() {
    on_every_backend(async |store| {
        open_street(&store, 1, 5, 5).await;
        tick(&store, at(-30)).await.expect("answered");
        let ticked = tick(&store, at(7 * 24 * 60)).await.expect("answered");
        assert_eq!((ticked.told, ticked.sealed), (1, 1), "it closed and is sealed");
    })
    .await;
}

#[tokio::test]
async fn a_window_that_was_extended_is_not_sealed_at_its_old_time_and_closes_a_second_time() {
    on_every_backend(async |store| {
        open_street(&store, 1, 5, 5).await;
        tick(&store, at(0)).await.expect("answered");
        assert_eq!(tick(&store, at(301)).await.expect("answered").told, 1, "closed the first time");
        let catalog = read(&store).await;
        let window = catalog.community.windows[&RUN].clone();
        let longer = Window { closes: at(400), ..window };
        store.save_window(&catalog, &longer).await.expect("extended");
        let ticked = tick(&store, at(316)).await.expect("answered");
        assert_eq!((ticked.told, ticked.sealed), (0, 0));
        assert_eq!(read(&store).await.community.windows[&RUN].phase(at(316)), Phase::Open);
        let ticked = tick(&store, at(500)).await.expect("answered");
        assert_eq!((ticked.told, ticked.sealed), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn an_urgent_need_goes_to_the_next_on_duty_until_somebody_reads_it() {
    on_every_backend(async |store| {
        let catalog = open_street(&store, 1, 5, 5).await;
        for (id, duty) in [(7, 2), (8, 3)] {
            let person = Person {
                id: PersonId(id),
                name: format!("值班{id}"),
                role: Role::Desk,
                assignments: Vec::new(),
                duty,
                left: false,
            };
            store.save_person(&community(), &person).await.expect("a person");
        }
        let household = HouseholdId(1);
        let report = NeedReport {
            household,
            category: Category::Medicine,
            text: "降压药只剩一天".into(),
            urgent: true,
            channel: Channel::App,
            continues: None,
        };
        let reported = fact(Body::Need(report));
        let need = reported.id;
        stored(&store, &catalog, resident(1), &reported).await;
        let escalate =
            Due { at: at(10), community: community(), task: Task::Escalate { household, need, level: 1 } };
        store.schedule(&escalate).await.expect("noted");
        tick(&store, at(9)).await.expect("answered");
        assert_eq!(tick(&store, at(10)).await.expect("answered").told, 1, "the second on duty");
        assert_eq!(tick(&store, at(19)).await.expect("answered").told, 0);
        assert_eq!(tick(&store, at(21)).await.expect("answered").told, 1, "the third, a minute late");
        // The same record of the stream again: nobody is told twice.
        store.schedule(&escalate).await.expect("noted");
        assert_eq!(tick(&store, at(22)).await.expect("answered").told, 0);
        let read_it = fact(Body::NeedStep(NeedStep { household, need, step: Step::Read }));
        stored(&store, &read(&store).await, desk(), &read_it).await;
        assert_eq!(tick(&store, at(120)).await.expect("answered").told, 0, "it was read");
    })
    .await;
}
