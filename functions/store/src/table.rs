//! The two tables as they are created everywhere: literal here, asserted literally by the tests, and
//! the same in `infra`. Which items live in them is not decided here.

use crate::client::StoreConfig;
use crate::error::StoreError;
use crate::item::{GPK, GSK, PK, SK, TTL};
use crate::sdk_error::store_error;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection,
    ProjectionType, ScalarAttributeType, StreamSpecification, StreamViewType, TableDescription, TableStatus,
    TimeToLiveSpecification, TimeToLiveStatus,
};
use std::time::Duration;

/// The sparse index of open needs, by desk or department.
pub const DESK_INDEX: &str = "desk";

/// Which of the two tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Table {
    /// Facts, places, people, totals.
    Main,
    /// Sessions, codes, throttles, push endpoints: no stream and no export, so that the functions
    /// that read those never see a secret.
    Sessions,
}

/// What the tables are called in this deployment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableNames {
    /// The main table.
    pub main: String,
    /// The second, small one.
    pub sessions: String,
}

impl Default for TableNames {
    fn default() -> Self {
        Self { main: "last-metre".to_owned(), sessions: "last-metre-sessions".to_owned() }
    }
}

impl TableNames {
    pub(crate) fn of(&self, table: Table) -> &str {
        match table {
            Table::Main => &self.main,
            Table::Sessions => &self.sessions,
        }
    }
}

/// Everything that makes a table: compared literally by a test, and with Terraform by another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Definition {
    /// Partition key, a string.
    pub partition_key: &'static str,
    /// Sort key, a string.
    pub sort_key: &'static str,
    /// Attribute by which the table deletes expired items, seconds since 1970.
    pub ttl: &'static str,
    /// The sparse index: name, partition key, sort key (both strings, all attributes projected).
    pub index: Option<(&'static str, &'static str, &'static str)>,
    /// Whether `tally` reads its changes (new images). Not on the embedded table, which never
    /// trims its records: there `tally` is fed after the commit.
    pub stream: bool,
}

impl Table {
    /// Both tables.
    pub const ALL: [Self; 2] = [Self::Main, Self::Sessions];

    /// How the table is made. On demand, always.
    #[must_use]
    pub const fn definition(self) -> Definition {
        match self {
            Self::Main => Definition {
                partition_key: PK,
                sort_key: SK,
                ttl: TTL,
                index: Some((DESK_INDEX, GPK, GSK)),
                stream: true,
            },
            Self::Sessions => {
                Definition { partition_key: PK, sort_key: SK, ttl: TTL, index: None, stream: false }
            }
        }
    }
}

/// How long a new table may take to become usable; on AWS it is some ten seconds.
const CREATION_POLLS: u32 = 240;
const CREATION_POLL_EVERY: Duration = Duration::from_millis(250);

/// Makes what is missing and checks what is there. Safe to run from several processes at once.
pub(crate) async fn create_if_missing(
    client: &Client,
    config: &StoreConfig,
    streams: bool,
) -> Result<(), StoreError> {
    for table in Table::ALL {
        let name = config.tables.of(table);
        let definition = table.definition();
        let found = match describe(client, name).await? {
            Some(found) => found,
            None => {
                create(client, name, &definition, streams).await?;
                wait_until_active(client, name).await?
            }
        };
        check_shape(name, &definition, &found)?;
        if !config.keeps_expired {
            enable_ttl(client, name, definition.ttl).await?;
        }
    }
    Ok(())
}

async fn describe(client: &Client, name: &str) -> Result<Option<TableDescription>, StoreError> {
    match client.describe_table().table_name(name).send().await {
        Ok(answer) => Ok(answer.table),
        Err(error) => match error.as_service_error() {
            Some(service) if service.is_resource_not_found_exception() => Ok(None),
            _ => Err(store_error("DescribeTable", error)),
        },
    }
}

async fn wait_until_active(client: &Client, name: &str) -> Result<TableDescription, StoreError> {
    for _ in 0..CREATION_POLLS {
        if let Some(found) = describe(client, name).await?
            && found.table_status() == Some(&TableStatus::Active)
        {
            return Ok(found);
        }
        tokio::time::sleep(CREATION_POLL_EVERY).await;
    }
    Err(not_set_up(name, "it did not become active in a minute"))
}

async fn create(
    client: &Client,
    name: &str,
    definition: &Definition,
    streams: bool,
) -> Result<(), StoreError> {
    let key = |name, kind| {
        KeySchemaElement::builder()
            .attribute_name(name)
            .key_type(kind)
            .build()
            .map_err(|error| not_set_up("", &error.to_string()))
    };
    let string = |name| {
        AttributeDefinition::builder()
            .attribute_name(name)
            .attribute_type(ScalarAttributeType::S)
            .build()
            .map_err(|error| not_set_up("", &error.to_string()))
    };
    let mut request = client
        .create_table()
        .table_name(name)
        .billing_mode(BillingMode::PayPerRequest)
        .key_schema(key(definition.partition_key, KeyType::Hash)?)
        .key_schema(key(definition.sort_key, KeyType::Range)?)
        .attribute_definitions(string(definition.partition_key)?)
        .attribute_definitions(string(definition.sort_key)?);
    if let Some((index, partition, sort)) = definition.index {
        let index = GlobalSecondaryIndex::builder()
            .index_name(index)
            .key_schema(key(partition, KeyType::Hash)?)
            .key_schema(key(sort, KeyType::Range)?)
            .projection(Projection::builder().projection_type(ProjectionType::All).build())
            .build()
            .map_err(|error| not_set_up(name, &error.to_string()))?;
        request = request
            .global_secondary_indexes(index)
            .attribute_definitions(string(partition)?)
            .attribute_definitions(string(sort)?);
    }
    if definition.stream && streams {
        let stream = StreamSpecification::builder()
            .stream_enabled(true)
            .stream_view_type(StreamViewType::NewImage)
            .build()
            .map_err(|error| not_set_up(name, &error.to_string()))?;
        request = request.stream_specification(stream);
    }
    match request.send().await {
        Ok(_) => Ok(()),
        // Another process was faster: its table is checked like any other.
        Err(error) if is_in_use(&error) => Ok(()),
        Err(error) => Err(store_error("CreateTable", error)),
    }
}

fn is_in_use<R>(
    error: &aws_sdk_dynamodb::error::SdkError<aws_sdk_dynamodb::operation::create_table::CreateTableError, R>,
) -> bool {
    error.as_service_error().is_some_and(
        aws_sdk_dynamodb::operation::create_table::CreateTableError::is_resource_in_use_exception,
    )
}

fn check_shape(name: &str, definition: &Definition, found: &TableDescription) -> Result<(), StoreError> {
    let keys = |schema: &[KeySchemaElement]| -> Vec<(String, KeyType)> {
        schema.iter().map(|key| (key.attribute_name().to_owned(), key.key_type().clone())).collect()
    };
    let wanted = |partition: &str, sort: &str| {
        vec![(partition.to_owned(), KeyType::Hash), (sort.to_owned(), KeyType::Range)]
    };
    if keys(found.key_schema()) != wanted(definition.partition_key, definition.sort_key) {
        return Err(not_set_up(name, "its key is another one"));
    }
    if let Some((index, partition, sort)) = definition.index {
        let matches = found.global_secondary_indexes().iter().any(|known| {
            known.index_name() == Some(index) && keys(known.key_schema()) == wanted(partition, sort)
        });
        if !matches {
            return Err(not_set_up(name, "its index is missing or another one"));
        }
    }
    Ok(())
}

async fn enable_ttl(client: &Client, name: &str, attribute: &str) -> Result<(), StoreError> {
    let known = client
        .describe_time_to_live()
        .table_name(name)
        .send()
        .await
        .map_err(|error| store_error("DescribeTimeToLive", error))?;
    let enabled = known.time_to_live_description().is_some_and(|ttl| {
        ttl.attribute_name() == Some(attribute)
            && matches!(
                ttl.time_to_live_status(),
                Some(TimeToLiveStatus::Enabled | TimeToLiveStatus::Enabling)
            )
    });
    if enabled {
        return Ok(());
    }
    let wanted = TimeToLiveSpecification::builder()
        .enabled(true)
        .attribute_name(attribute)
        .build()
        .map_err(|error| not_set_up(name, &error.to_string()))?;
    client
        .update_time_to_live()
        .table_name(name)
        .time_to_live_specification(wanted)
        .send()
        .await
        .map_err(|error| store_error("UpdateTimeToLive", error))?;
    Ok(())
}

fn not_set_up(table: &str, why: &str) -> StoreError {
    StoreError::NotSetUp { table: table.to_owned(), why: why.to_owned() }
}
