//! One machine as it is put under load: the real server on a real socket over a real file, and phones that speak to it.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use domain::Millis;
use domain::actor::{Role, Signed};
use domain::fact::Fact;
use futures_util::stream::{self, StreamExt};
use store::{Session, Store, StoreConfig, Vault};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use web::assets::Site;
use web::clock::Clock;
use web::config::{Config, PublicUrl};
use web::secret::new_tokens;
use web::state::AppState;

use super::town::{DOORS, VOLUNTEER, open};
use crate::store_typed::street::{NOON, away, community};
use crate::temp_dir::TempDir;

/// Who walks the rounds, numbered after the households.
pub(super) const VOLUNTEERS: u32 = 100;

/// Statuses of our own, for what is said inside an answer.
pub(super) const LATER: u16 = 1_503;
const REFUSED: u16 = 1_403;

/// A server of its own, with everybody signed in.
pub(super) struct Machine {
    address: std::net::SocketAddr,
    households: u32,
    tokens: Vec<String>,
    turn: AtomicU32,
    ready: Mutex<Vec<String>>,
    kept: Mutex<Vec<TcpStream>>,
    _dir: TempDir,
}

impl Machine {
    pub(super) async fn start(households: u32) -> Self {
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
        let address = serve_apart(web::router(state)).await;
        Self {
            address,
            households,
            tokens,
            turn: AtomicU32::new(0),
            ready: Mutex::default(),
            kept: Mutex::default(),
            _dir: dir,
        }
    }

    /// Writes down what so many households will say, each in its turn, so that nobody's own facts pile up: while it is
    /// said the processors are for the server.
    pub(super) fn prepare(&self, count: u64) {
        let mut ready = self.ready.lock().expect("nobody panicked");
        while (ready.len() as u64) < count {
            let who = self.turn.fetch_add(1, Ordering::Relaxed) % self.households + 1;
            ready.push(self.request("keep-alive", who, &[away(who)]));
        }
    }

    /// The next household says that it is away, over a connection that a proxy keeps.
    pub(super) async fn somebody_is_away(&self) -> std::io::Result<(u16, bool)> {
        let request = self.ready.lock().expect("nobody panicked").pop().expect("enough is prepared");
        let kept = self.kept.lock().expect("nobody panicked").pop();
        let mut line = match kept {
            Some(line) => line,
            None => TcpStream::connect(self.address).await?,
        };
        let answer = ask(&mut line, &request).await?;
        self.kept.lock().expect("nobody panicked").push(line);
        Ok(answer)
    }

    /// Hands facts in over a connection of its own, as a phone does.
    pub(super) async fn hand_in(&self, who: u32, facts: &[Fact]) -> std::io::Result<(u16, bool)> {
        let request = self.request("close", who, facts);
        ask(&mut TcpStream::connect(self.address).await?, &request).await
    }

    fn request(&self, connection: &str, who: u32, facts: &[Fact]) -> String {
        let body = serde_json::json!({ "sent": NOON, "facts": facts }).to_string();
        let token = &self.tokens[usize::try_from(who - 1).expect("small")];
        format!(
            "POST /api/facts HTTP/1.1\r\nhost: lm.example.org\r\nconnection: {connection}\r\n\
             sec-fetch-site: same-origin\r\nauthorization: Bearer {token}\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n\r\n{body}",
            body.len()
        )
    }
}

/// The status, and whether it says when to come back.
async fn ask(line: &mut TcpStream, request: &str) -> std::io::Result<(u16, bool)> {
    line.write_all(request.as_bytes()).await?;
    let answer = whole_answer(line).await?;
    let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    // A batch is answered fact by fact: one that the table had no time for, or that was refused, is no good answer.
    let status = match status {
        200 if answer.contains("\"later\"") => LATER,
        200 if answer.contains("\"refused\"") => REFUSED,
        status => status,
    };
    Ok((status, answer.contains("retry-after")))
}

/// Serves with threads of its own: whoever asks takes its processors, but does not stand in its queue.
async fn serve_apart(app: axum::Router) -> std::net::SocketAddr {
    let (told, address) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("threads");
        runtime.block_on(async move {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
            told.send(listener.local_addr().expect("an address")).expect("somebody waits");
            axum::serve(listener, app).await
        })
    });
    address.await.expect("it listens")
}

/// Head and body, as long as the head says.
async fn whole_answer(line: &mut TcpStream) -> std::io::Result<String> {
    let mut answer = Vec::with_capacity(1_024);
    loop {
        if line.read_buf(&mut answer).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        let text = String::from_utf8_lossy(&answer);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        if length.and_then(|length| length.parse().ok()).is_none_or(|length: usize| body.len() >= length) {
            return Ok(text.into_owned());
        }
    }
}
