//! Where an operator's command finds its table: a folder of this machine, DynamoDB Local, or AWS.

use std::path::{Path, PathBuf};

use store::{Store, StoreConfig, StoreError, TableNames};

/// The table inside a data folder; whether it is there says whether the folder is one.
pub const TABLE_FILE: &str = "table.db";

/// Where a table is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In a folder of this machine.
    Folder(PathBuf),
    /// At an address that speaks DynamoDB's protocol over plain HTTP.
    DynamoDb(String),
    /// On AWS, with region and credentials from the environment.
    Aws,
}

impl Default for Place {
    fn default() -> Self {
        Self::Folder("data".into())
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Folder(dir) => write!(f, "{}", dir.display()),
            Self::DynamoDb(_) | Self::Aws => {
                let TableNames { main, sessions } = named().tables;
                write!(f, "tables {main} and {sessions}")
            }
        }
    }
}

impl Place {
    /// The folder, where it is one.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        match self {
            Self::Folder(dir) => Some(dir),
            Self::DynamoDb(_) | Self::Aws => None,
        }
    }

    /// Opens the table. Tables that are not on this machine are named by `LM_TABLE` and `LM_SESSIONS_TABLE`, as
    /// for the functions.
    ///
    /// # Errors
    /// The table's; that this program was built without AWS.
    pub async fn open(&self) -> Result<Store, StoreError> {
        match self {
            Self::Folder(dir) => Store::embedded(dir, StoreConfig::default()).await,
            Self::DynamoDb(address) => Store::dynamodb_local(address, named()).await,
            Self::Aws => aws().await,
        }
    }
}

fn named() -> StoreConfig {
    let usual = TableNames::default();
    let name = |variable: &str, usual: String| std::env::var(variable).unwrap_or(usual);
    let tables = TableNames {
        main: name("LM_TABLE", usual.main),
        sessions: name("LM_SESSIONS_TABLE", usual.sessions),
    };
    StoreConfig { tables, ..StoreConfig::default() }
}

#[cfg(feature = "aws")]
async fn aws() -> Result<Store, StoreError> {
    Store::aws(named()).await
}

#[cfg(not(feature = "aws"))]
async fn aws() -> Result<Store, StoreError> {
    let code = "this program was built without AWS: cargo build -p web --bin local --features aws".to_owned();
    Err(StoreError::Denied { code })
}
