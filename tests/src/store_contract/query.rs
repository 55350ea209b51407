//! Reading many items: ranges, pages, the desk index, batches.

use super::*;

#[tokio::test]
async fn a_partition_is_read_in_order_by_prefix_range_and_page() {
    on_every_backend(async |store| {
        // Building 3: two units of 20 floors with 10 doors, and the version line that sorts first.
        let doors = (1..=2).flat_map(|unit| {
            (1..=20).flat_map(move |floor| (0..10).map(move |door| format!("{unit:02}+{floor:02}#{door}")))
        });
        let doors: Vec<String> = doors.collect();
        put_all(&store, doors.iter().map(|sk| item("R#1#B#3", sk))).await;
        put_all(&store, [item("R#1#B#3", "!VERSION"), item("R#1#B#4", "01+01#0")]).await;

        let all = store.query(Table::Main, Query::partition("R#1#B#3").strong()).await.expect("answered");
        assert_eq!(all.len(), 401);
        assert_eq!(sort_keys(&all)[0], "!VERSION");
        assert_eq!(sort_keys(&all)[1..], doors);

        let ask = async |query: Query| store.query(Table::Main, query.strong()).await.expect("answered");
        let building = || Query::partition("R#1#B#3");
        assert_eq!(sort_keys(&ask(building().prefix("02+")).await), doors[200..]);
        assert_eq!(sort_keys(&ask(building().between("01+03", "01+05~")).await), doors[20..50]);
        assert_eq!(sort_keys(&ask(building().from("02+20")).await), doors[390..]);
        assert_eq!(
            sort_keys(&ask(building().backwards().limit(3)).await),
            [&doors[399], &doors[398], &doors[397]].map(String::clone)
        );
        assert_eq!(ask(building().prefix("03")).await, []);

        // Small pages give the same, whatever the limit.
        for (page_size, limit) in [(7, None), (7, Some(20)), (7, Some(14)), (50, Some(1000))] {
            let mut query = building().prefix("0").page_size(page_size);
            if let Some(limit) = limit {
                query = query.limit(limit);
            }
            let expected = limit.unwrap_or(400).min(400);
            assert_eq!(sort_keys(&ask(query).await), doors[..expected]);
        }
        // Page after page by hand, as a web page with "more" does.
        let first = store
            .query_page(Table::Main, &building().prefix("0").limit(150).strong())
            .await
            .expect("answered");
        let rest = building().prefix("0").after(first.next.expect("there is more"));
        assert_eq!(sort_keys(&first.items), doors[..150]);
        assert_eq!(sort_keys(&ask(rest).await), doors[150..]);
    })
    .await;
}

#[tokio::test]
async fn an_answer_longer_than_a_megabyte_arrives_whole() {
    on_every_backend(async |store| {
        let long = "长".repeat(30_000);
        for n in 0..25 {
            let photo = item("H#1", &format!("P#{n:02}")).with_text("photo", &long);
            store.put(Table::Main, photo, Condition::Absent).await.expect("it is new");
        }
        let (store, meter) = store.metered();
        let all = store.query(Table::Main, Query::partition("H#1")).await.expect("answered");
        assert_eq!(all.len(), 25);
        assert!(all.iter().all(|item| item.text("photo") == Some(&long)));
        assert!(meter.usage().calls >= 3, "2.2 MB came in {} call(s)", meter.usage().calls);

        let names =
            store.query(Table::Main, Query::partition("H#1").only(&["pk", "sk"])).await.expect("answered");
        assert_eq!(names.len(), 25);
        assert!(names.iter().all(|item| item.text("photo").is_none()));
    })
    .await;
}

#[tokio::test]
async fn an_item_is_in_the_desk_index_only_while_it_says_so() {
    on_every_backend(async |store| {
        let open = |n: u32| {
            item(&format!("H#{n}"), "N#1").with_number("rev", 1).indexed("DESK#heating", format!("2#{n:02}"))
        };
        put_all(&store, (1..=5).map(open)).await;
        put_all(&store, [item("H#9", "N#1")]).await;
        let queue = async || {
            let query = Query::desk_index("DESK#heating").prefix("2#").page_size(2);
            store.query(Table::Main, query).await.expect("answered")
        };
        eventually(async || queue().await.len() == 5).await;
        assert_eq!(queue().await[0], open(1), "the whole item is in the index");

        let closed = item("H#3", "N#1").with_number("rev", 2);
        store.put(Table::Main, closed, Condition::NumberIs("rev", 1)).await.expect("it was open");
        eventually(async || queue().await.len() == 4).await;
        assert!(queue().await.iter().all(|item| item.text("pk") != Some("H#3")));
    })
    .await;
}

/// The index follows the table a moment later; on a real one that moment is not zero.
async fn eventually(condition: impl AsyncFn() -> bool) {
    for _ in 0..200 {
        if condition().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("it did not become true in five seconds");
}

#[tokio::test]
async fn many_items_are_fetched_and_written_at_once() {
    on_every_backend(async |store| {
        put_all(&store, (0..250).map(|n| item(&format!("C#{}", n % 3), &format!("P#{n}")))).await;
        let wanted: BTreeSet<Key> =
            (0..250).map(|n| key(&format!("C#{}", n % 3), &format!("P#{n}"))).collect();
        // Named twice, and one that is not there.
        let asked = wanted.iter().cloned().chain(wanted.iter().cloned()).chain([key("C#0", "nobody")]);
        let found = store.batch_get(Table::Main, asked, Consistency::Strong).await.expect("answered");
        assert_eq!(found.into_keys().collect::<BTreeSet<_>>(), wanted);
    })
    .await;
}
