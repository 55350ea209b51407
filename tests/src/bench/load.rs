//! One machine under load: ten thousand households order, a hundred volunteers bring home what they marked (P16), and
//! five times more comes than it can answer (R8). The real server on a real socket over a real file; bounded, and only
//! in a release build that is asked for. Times are reported and gate nothing, since machines are shared.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::fact::Fact;
use futures_util::stream::{self, StreamExt};
use tokio::time::{Instant as Tick, sleep_until, timeout};

use super::machine::{LATER, Machine, VOLUNTEERS};
use super::town::order_of;
use crate::figures::record;
use crate::store_typed::street::mark;

const HOUSEHOLDS: u32 = 10_000;
/// Facts of one volunteer, and how many travel together.
const FACTS: u32 = 200;
const BATCH: u32 = 20;
/// As the bar has it: they all order within ten minutes.
const SECONDS: u64 = 600;

/// More than any machine here can answer in a second.
const MOST: f64 = 20_000.0;
/// Whoever has no answer by then gives up.
const PATIENCE: Duration = Duration::from_secs(2);

fn percentile(times: &mut [Duration], of: usize) -> f64 {
    times.sort_unstable();
    times.get(times.len().saturating_sub(1) * of / 100).map_or(0.0, |time| time.as_secs_f64() * 1e3)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_households_order_while_a_hundred_volunteers_come_home() {
    if !super::is_asked() {
        return;
    }
    let machine = Arc::new(Machine::start(HOUSEHOLDS).await);
    let batches = VOLUNTEERS * (FACTS / BATCH);
    let requests = u64::from(HOUSEHOLDS + batches);
    let start = Tick::now();
    let sent = stream::iter(0..requests).map(|n| {
        let machine = machine.clone();
        // Every eleventh is a volunteer's; each leaves at its own moment whether or not those before it are answered.
        let due = start + Duration::from_secs(SECONDS).mul_f64(n as f64 / requests as f64);
        tokio::spawn(async move {
            sleep_until(due).await;
            let (batch, order) =
                (u32::try_from(n / 11).expect("small"), u32::try_from(n - n / 11).expect("small"));
            let answer = if n % 11 == 10 && batch < batches {
                let facts: Vec<Fact> = (0..BATCH).map(|k| mark(batch * BATCH % HOUSEHOLDS + k + 1)).collect();
                machine.hand_in(HOUSEHOLDS + batch % VOLUNTEERS + 1, &facts).await
            } else {
                let household = order % HOUSEHOLDS + 1;
                machine.hand_in(household, &[order_of(household, &["A"])]).await
            };
            (answer, due.elapsed())
        })
    });
    let answered: Vec<_> = sent.buffer_unordered(usize::try_from(requests).expect("small")).collect().await;
    let (mut errors, mut times) = (0, Vec::new());
    let mut kinds = BTreeMap::new();
    for one in answered {
        match one.expect("a task ends") {
            (Ok((200, _)), time) => times.push(time),
            (other, _) => {
                errors += 1;
                *kinds.entry(format!("{other:?}")).or_insert(0_u32) += 1;
            }
        }
    }
    let (half, most) = (percentile(&mut times, 50), percentile(&mut times, 99));
    let note =
        format!("{requests} requests in {SECONDS} s; p50 {half:.0} ms, p99 {most:.0} ms; errors {kinds:?}");
    record("P16.errors", f64::from(errors), None, &note);
    record("P16.p99", most, None, &note);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_times_more_than_it_can_answer_is_told_so_and_the_rest_is_answered() {
    const PHASE: Duration = Duration::from_secs(4);
    if !super::is_asked() {
        return;
    }
    let machine = Arc::new(Machine::start(3 * HOUSEHOLDS).await);
    // What it can do: phones that ask again as soon as they are answered, as many as bring the most.
    let (mut capacity, mut crowd, mut found) = (0.0_f64, 0, Vec::new());
    for phones in [32, 128, 224] {
        let answers = closed(&machine, phones, PHASE).await;
        found.push(format!("{answers:.0}/s with {phones} phones"));
        if answers > capacity {
            (capacity, crowd) = (answers, phones);
        }
    }
    // What comes now: five times that, whether it is answered or not.
    let wanted = (capacity * 5.0 * PHASE.as_secs_f64()) as u64;
    machine.prepare(wanted);
    let start = Tick::now();
    let mut tasks = tokio::task::JoinSet::new();
    for n in 0..wanted {
        sleep_until(start + PHASE.mul_f64(n as f64 / wanted as f64)).await;
        let machine = machine.clone();
        tasks.spawn(async move { timeout(PATIENCE, machine.somebody_is_away()).await });
    }
    let offered = start.elapsed();
    let mut came = BTreeMap::new();
    for one in tasks.join_all().await {
        let what = match one {
            Ok(Ok((200, _))) => "answered",
            Ok(Ok((503, true) | (LATER, _))) => "told to come back",
            Ok(Ok(_)) => "answered with something else",
            Ok(Err(_)) => "cut off",
            Err(_) => "left without an answer",
        };
        *came.entry(what).or_insert(0_u32) += 1;
    }
    let good = came.get("answered").copied().unwrap_or(0);
    let goodput = f64::from(good) / offered.as_secs_f64() / capacity * 100.0;
    let ended = Instant::now();
    while closed(&machine, crowd, Duration::from_secs(1)).await < capacity * 0.8
        && ended.elapsed() < Duration::from_secs(60)
    {}
    let recovery = ended.elapsed().as_secs_f64();
    let note = format!(
        "{}; offered {:.0}/s: {came:?}; whoever asks shares the processors",
        found.join(", "),
        wanted as f64 / offered.as_secs_f64()
    );
    record("R8.goodput", goodput, None, &note);
    record("R8.recovery", recovery, None, "the first second at 80 % again");
}

/// Answers in a second to so many phones that each wait for theirs.
async fn closed(machine: &Arc<Machine>, phones: u32, time: Duration) -> f64 {
    machine.prepare((MOST * time.as_secs_f64()) as u64);
    let end = Instant::now() + time;
    let asking = (0..phones).map(|_| {
        let machine = machine.clone();
        tokio::spawn(async move {
            let mut answered = 0_u64;
            while Instant::now() < end {
                answered += u64::from(matches!(machine.somebody_is_away().await, Ok((200, _))));
            }
            answered
        })
    });
    let mut all = 0;
    for one in asking.collect::<Vec<_>>() {
        all += one.await.expect("a task ends");
    }
    all as f64 / time.as_secs_f64()
}
