//! A bare function, for `cargo xtask bench` to compare `web` with (P11, P12): lambda_http, one SDK client whose first call
//! is made before the first event, and nothing else. Its query says how many signed calls an event makes: `calls=2`.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_dynamodb::types::AttributeValue;
use aws_smithy_http_client::tls;
use lambda_http::{Body, Error, Request, RequestExt as _, Response, service_fn};

fn variable(name: &str) -> Result<String, Error> {
    std::env::var(name).map_err(|_| Error::from(format!("{name} is not set")))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let keys = (variable("AWS_ACCESS_KEY_ID")?, variable("AWS_SECRET_ACCESS_KEY")?);
    let https = aws_smithy_http_client::Builder::new()
        .tls_provider(tls::Provider::Rustls(tls::rustls_provider::CryptoMode::Ring))
        .build_https();
    let config = aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(variable("AWS_REGION")?))
        .credentials_provider(Credentials::new(keys.0, keys.1, None, None, "environment"))
        .endpoint_url(variable("AWS_ENDPOINT_URL_DYNAMODB")?)
        .http_client(https)
        .build();
    let (client, table) = (Client::from_conf(config), variable("LM_TABLE")?);
    call(&client, &table, 0).await?;
    let (client, table) = (&client, table.as_str());
    lambda_http::run(service_fn(move |request: Request| async move {
        let asked = request.query_string_parameters().first("calls").and_then(|calls| calls.parse().ok());
        for number in 0..asked.unwrap_or(0_u32) {
            call(client, table, number).await?;
        }
        Ok::<_, Error>(Response::new(Body::from("hello")))
    }))
    .await
}

/// First a read, then writes: what an order consists of.
async fn call(client: &Client, table: &str, number: u32) -> Result<(), Error> {
    let text = |text: &str| AttributeValue::S(text.to_owned());
    if number == 0 {
        let query = client.query().table_name(table).key_condition_expression("pk = :pk");
        query.expression_attribute_values(":pk", text("BARE")).send().await?;
    } else {
        let put = client.put_item().table_name(table).item("pk", text("BARE")).item("sk", text("1"));
        put.item("what", text(&"x".repeat(300))).send().await?;
    }
    Ok(())
}
