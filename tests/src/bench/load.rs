//! One machine under load: ten thousand households order, a hundred volunteers bring home what they marked (P16), and
//! five times more comes than it can answer (R8). The real server on a real socket over a real file; bounded, and only
//! in a release build that is asked for. Times are reported and gate nothing, since machines are shared.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use domain::Millis;
use domain::actor::{Role, Signed};
use domain::fact::Fact;
use futures_util::stream::{self, StreamExt};
use store::{Session, Store, StoreConfig, Vault};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Instant as Tick, sleep_until, timeout};
use web::assets::Site;
use web::clock::Clock;
use web::config::{Config, PublicUrl};
use web::secret::new_tokens;
use web::state::AppState;

use super::town::{DOORS, VOLUNTEER, open, order_of};
use crate::figures::record;
use crate::store_typed::street::{NOON, away, community, mark};
use crate::temp_dir::TempDir;

const HOUSEHOLDS: u32 = 10_000;
const VOLUNTEERS: u32 = 100;
/// Facts of one volunteer, and how many travel together.
const FACTS: u32 = 200;
const BATCH: u32 = 20;
/// As the bar has it: they all order within ten minutes.
const SECONDS: u64 = 600;

/// Whoever has no answer by then gives up.
const PATIENCE: Duration = Duration::from_secs(2);

/// Statuses of our own, for what is said inside an answer.
const LATER: u16 = 1_503;
const REFUSED: u16 = 1_403;

struct Machine {
    address: std::net::SocketAddr,
    tokens: Vec<String>,
    turn: AtomicU32,
    _dir: TempDir,
}

impl Machine {
    async fn start(households: u32) -> Self {
        let dir = TempDir::new();
        let store = Store::embedded(dir.path(), StoreConfig::default()).await.expect("a table in a file");
        open(&store, households.div_ceil(DOORS), 1_000).await;
        let config = Config {
            public_url: PublicUrl::parse("https://lm.example.org").expect("an origin"),
            community: community(),
        };
        let vault = Vault::with_keys(vec![[7; 32]]).expect("a vault");
        let state = AppState::new(store.clone(), vault, Site::default(), config, Clock::standing_at(NOON));
        let sign_in = async |who: Signed| {
            let tokens = new_tokens();
            let session = Session {
                community: community(),
                who,
                created: NOON,
                expires: NOON + 90 * Millis::DAY,
                device: String::new(),
            };
            store.start_session(&tokens, &session).await.expect("a session");
            tokens.hand_in.text()
        };
        let people = (1..=households).map(|n| Signed::Household(domain::HouseholdId(n)));
        let staff = (0..VOLUNTEERS).map(|_| Signed::Person(VOLUNTEER, Role::Volunteer));
        let tokens = stream::iter(people.chain(staff)).map(sign_in).buffered(32).collect().await;
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let app = web::router(state);
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { address, tokens, turn: AtomicU32::new(0), _dir: dir }
    }

    /// The next household says that it is away: each in its turn, so that nobody's own facts pile up.
    async fn somebody_is_away(&self) -> std::io::Result<(u16, bool)> {
        let who = self.turn.fetch_add(1, Ordering::Relaxed) % HOUSEHOLDS + 1;
        self.hand_in(who, &[away(who)]).await
    }

    /// Hands facts in over a connection of its own, as a phone does; the status and whether it says when to come back.
    async fn hand_in(&self, who: u32, facts: &[Fact]) -> std::io::Result<(u16, bool)> {
        let body = serde_json::json!({ "sent": NOON, "facts": facts }).to_string();
        let token = &self.tokens[usize::try_from(who - 1).expect("small")];
        let head = format!(
            "POST /api/facts HTTP/1.1\r\nhost: lm.example.org\r\nconnection: close\r\nsec-fetch-site: same-origin\r\n\
             authorization: Bearer {token}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        let mut stream = TcpStream::connect(self.address).await?;
        stream.write_all(format!("{head}{body}").as_bytes()).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        // A batch is answered fact by fact: one that the table had no time for, or that was refused, is no good answer.
        let status = match status {
            200 if answer.contains("\"later\"") => LATER,
            200 if answer.contains("\"refused\"") => REFUSED,
            status => status,
        };
        Ok((status, answer.contains("retry-after")))
    }
}

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
    const PHASE: Duration = Duration::from_secs(8);
    if !super::is_asked() {
        return;
    }
    let machine = Arc::new(Machine::start(HOUSEHOLDS).await);
    // What it can do: phones that ask again as soon as they are answered. More of them share each write to the disk, so
    // a few would find too little, and five times too little is no overload.
    let (mut capacity, mut crowd) = (0.0_f64, 0);
    for phones in [32, 128, 224] {
        let answers = closed(&machine, phones, PHASE).await;
        if answers > capacity {
            (capacity, crowd) = (answers, phones);
        }
    }
    // What comes now: five times that, whether it is answered or not.
    let start = Tick::now();
    let wanted = (capacity * 5.0 * PHASE.as_secs_f64()) as u64;
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
        "capacity {capacity:.0}/s with {crowd} phones, offered {:.0}/s; {came:?}; whoever asks shares the processors",
        wanted as f64 / offered.as_secs_f64()
    );
    record("R8.goodput", goodput, None, &note);
    record("R8.recovery", recovery, None, "the first second at 80 % again");
}

/// Answers in a second to so many phones that each wait for theirs.
async fn closed(machine: &Arc<Machine>, phones: u32, time: Duration) -> f64 {
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
