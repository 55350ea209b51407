//! Two tables on DynamoDB Local, and how a function finds them.

use std::io::Write as _;
use std::sync::Once;

use store::Store;

use crate::store_contract::config;

/// The tables.
pub(crate) struct LocalTable {
    /// For the test itself.
    pub(crate) store: Store,
    /// `http://127.0.0.1:port`.
    pub(crate) endpoint: String,
    /// The main table's name.
    pub(crate) main: String,
    /// The other one's.
    pub(crate) sessions: String,
}

impl LocalTable {
    /// What a function needs to find them.
    pub(crate) fn environment(&self) -> Vec<(&str, &str)> {
        vec![
            ("AWS_ENDPOINT_URL_DYNAMODB", &self.endpoint),
            ("LM_TABLE", &self.main),
            ("LM_SESSIONS_TABLE", &self.sessions),
        ]
    }
}

/// Makes two new tables; `None`, said once on the terminal, where no DynamoDB Local runs.
pub(crate) async fn local_table() -> Option<LocalTable> {
    let Ok(endpoint) = std::env::var("DYNAMODB_LOCAL") else {
        static SAID: Once = Once::new();
        // Straight to the terminal: the test harness hides what passing tests print.
        SAID.call_once(|| {
            drop(writeln!(std::io::stderr(), "DYNAMODB_LOCAL is not set: the functions did NOT run"));
        });
        return None;
    };
    let config = config();
    let (main, sessions) = (config.tables.main.clone(), config.tables.sessions.clone());
    let store = Store::dynamodb_local(&endpoint, config).await.expect("DynamoDB Local answers");
    Some(LocalTable { store, endpoint, main, sessions })
}
