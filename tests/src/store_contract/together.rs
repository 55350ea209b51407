//! Several writers, several writes: transactions, stock, counters.

use super::*;

#[tokio::test]
async fn a_transaction_happens_whole_or_not_at_all() {
    on_every_backend(async |store| {
        let stock = key("W#1", "STOCK#box");
        put_all(&store, [item("W#1", "STOCK#box").with_number("left", 5)]).await;
        let order = |id: &str, quantity: u32| {
            vec![
                Write::Check(Table::Main, key("W#1", "SEALED"), Condition::Absent),
                Write::Update(Table::Main, Update::take(stock.clone(), "left", quantity)),
                Write::Put(
                    Table::Main,
                    item("R#1", id).with_number("quantity", quantity.into()),
                    Condition::Absent,
                ),
            ]
        };
        store.transact(order("o1", 3)).await.expect("three of five");
        match store.transact(order("o2", 3)).await {
            Err(StoreError::TransactionRefused { refused }) => {
                assert_eq!(refused.len(), 1);
                assert_eq!(refused[0].index, 1);
                assert_eq!(refused[0].current.as_ref().and_then(|now| now.number("left")), Some(2));
            }
            other => panic!("three of two got {other:?}"),
        }
        // The same order again: its id is taken, and there is not enough either. Both are named.
        match store.transact(order("o1", 3)).await {
            Err(StoreError::TransactionRefused { refused }) => {
                assert_eq!(refused.iter().map(|part| part.index).collect::<Vec<_>>(), [1, 2]);
            }
            other => panic!("the same order got {other:?}"),
        }
        store
            .transact(vec![
                Write::Put(Table::Main, item("W#1", "SEALED"), Condition::Absent),
                Write::Delete(Table::Main, key("R#1", "o1"), Condition::Present),
                Write::Put(Table::Sessions, item("S#1", "s"), Condition::Absent),
            ])
            .await
            .expect("both tables in one");
        let sealed = store.transact(order("o3", 1)).await;
        assert!(matches!(sealed, Err(StoreError::TransactionRefused { refused }) if refused[0].index == 0));
        let left = store
            .get(Table::Main, &stock, Consistency::Strong)
            .await
            .expect("answered")
            .expect("it is there");
        assert_eq!(left.number("left"), Some(2));
        let orders = store.query(Table::Main, Query::partition("R#1").strong()).await.expect("answered");
        assert_eq!(orders, []);

        let many = (0..101).map(|n| Write::Put(Table::Main, item("R#2", &n.to_string()), Condition::Always));
        assert!(matches!(
            store.transact(many.collect()).await,
            Err(StoreError::TooLarge { size: 101, limit: 100, .. })
        ));
        store.transact(Vec::new()).await.expect("nothing to do is done");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixty_want_the_last_five_and_five_get_them() {
    on_every_backend(async |store| {
        put_all(&store, [item("W#1", "STOCK#box").with_number("left", 5)]).await;
        let mut buyers = tokio::task::JoinSet::new();
        for buyer in 0..60 {
            let store = store.clone();
            buyers.spawn(async move {
                let writes = vec![
                    Write::Update(Table::Main, Update::take(key("W#1", "STOCK#box"), "left", 1)),
                    Write::Put(Table::Main, item("R#1", &format!("o{buyer:02}")), Condition::Absent),
                ];
                loop {
                    match store.transact(writes.clone()).await {
                        Err(error) if !error.is_permanent() => tokio::task::yield_now().await,
                        done => return done,
                    }
                }
            });
        }
        let outcomes = buyers.join_all().await;
        let won = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        assert_eq!(won, 5);
        for refused in outcomes.into_iter().filter_map(Result::err) {
            assert!(matches!(refused, StoreError::TransactionRefused { .. }), "a loser heard {refused:?}");
        }
        let orders = store.query(Table::Main, Query::partition("R#1").strong()).await.expect("answered");
        assert_eq!(orders.len(), 5);
        let left = store
            .get(Table::Main, &key("W#1", "STOCK#box"), Consistency::Strong)
            .await
            .expect("answered")
            .expect("it is there");
        assert_eq!(left.number("left"), Some(0));
    })
    .await;
}

#[tokio::test]
async fn counters_move_without_being_read_first() {
    on_every_backend(async |store| {
        let at = key("W#1", "TOTAL#0");
        let one = Update::of(at.clone()).add("orders", 1).set_text("unit", "box");
        assert_eq!(store.update(Table::Main, one.clone()).await.expect("made").number("orders"), Some(1));
        assert_eq!(store.update(Table::Main, one).await.expect("moved").number("orders"), Some(2));
        let taken = store.update(Table::Main, Update::take(at.clone(), "orders", 3)).await;
        assert!(matches!(taken, Err(StoreError::Conflict { current: Some(now) }) if now.number("orders") == Some(2)));
        let end = Update::of(at.clone()).set_number("orders", 7).remove("unit").only_if(Condition::Has("unit"));
        let now = store.update(Table::Main, end).await.expect("changed");
        assert_eq!(now, item("W#1", "TOTAL#0").with_number("orders", 7));
        let nobody = Update::of(key("W#2", "TOTAL#0")).add("orders", 1).only_if(Condition::Present);
        assert!(matches!(
            store.update(Table::Main, nobody).await,
            Err(StoreError::Conflict { current: None })
        ));
    })
    .await;
}
