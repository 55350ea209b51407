//! Facts as they lie in the phone's database: the exact bytes to send, whose they are, and the server's word.

use domain::actor::Signed;
use domain::fact::Fact;
use domain::json::{self, Json};
use domain::outbox::{Kept, State};
use domain::text::Text;
use domain::{FactId, Millis};

/// One row of the store `facts`.
#[derive(Debug, Clone, Json)]
pub(super) struct Row {
    /// The fact's name: the key.
    pub(super) id: FactId,
    /// The bytes to send, as they were saved.
    pub(super) body: String,
    /// The hand-in token of whoever made it.
    pub(super) token: String,
    /// Who made it, as JSON.
    by: String,
    /// The server's final word, as JSON; absent while it waits.
    state: Option<String>,
}

impl Row {
    /// Whether it still has to be sent.
    pub(super) fn waiting(&self) -> bool {
        self.state.is_none()
    }

    /// The fact; `None` if a newer program wrote it.
    pub(super) fn fact(&self) -> Option<Fact> {
        json::read(&self.body)
    }

    /// The row as the rules see it.
    pub(super) fn kept(&self) -> Option<Kept> {
        let state = match &self.state {
            None => State::Waiting,
            Some(state) => json::read(state)?,
        };
        Some(Kept { fact: self.fact()?, by: json::read(&self.by)?, state })
    }
}

/// What a row is made of before the database adds whose it is.
#[derive(Json)]
pub(super) struct NewRow {
    /// The fact's name.
    pub(super) id: FactId,
    /// Until it is received, somebody has to call: known by whoever cannot read the fact.
    pub(super) alarm: bool,
    /// The bytes to send.
    pub(super) body: String,
}

/// Who is signed in, beside the feed.
#[derive(Debug, Clone, Json)]
pub(super) struct Session {
    /// Whose facts are made here now, as JSON.
    pub(super) by: String,
    /// Their hand-in token.
    pub(super) token: String,
    /// Whose pages this phone opens: the service worker picks shells by it.
    pub(super) audience: String,
}

/// The author as it lies beside facts.
pub(super) fn signature(by: Signed) -> String {
    json::text(&by)
}

/// A batch around bytes that were saved: nothing is written anew.
pub(super) fn batch<'a>(sent: Millis, bodies: impl Iterator<Item = &'a str>) -> String {
    let mut text = String::from("{\"sent\":");
    text.push_str(&sent.0.text());
    text.push_str(",\"facts\":[");
    for (place, body) in bodies.enumerate() {
        if place > 0 {
            text.push(',');
        }
        text.push_str(body);
    }
    text.push_str("]}");
    text
}
