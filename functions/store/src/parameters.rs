//! Secrets from the parameter store of AWS Systems Manager: one signed call when a function starts. A client of its
//! own would be a megabyte of program for it.

use crate::aws;
use crate::error::StoreError;
use aws_sdk_dynamodb::config::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningParams, SigningSettings, sign};
use aws_sigv4::sign::v4;
use aws_smithy_runtime::client::orchestrator::operation::Operation;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, OrchestratorError};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::timeout::TimeoutConfig;
use std::collections::HashMap;
use std::time::{Duration, SystemTime};

/// At most so many in one call, as AWS has it.
const AT_ONCE: usize = 10;
const PATIENCE: Duration = Duration::from_secs(5);

/// The values of parameters, each under the word it was asked by; where several names stand with commas between,
/// their values do. Asks nothing when nothing is wanted.
///
/// Region and credentials come from the environment, as for the table; `AWS_ENDPOINT_URL_SSM` may name another
/// address.
///
/// # Errors
/// [`StoreError::Denied`] when the function may not read one of them, or it does not exist;
/// [`StoreError::Unreachable`].
pub async fn parameters<W: Copy + Eq + std::hash::Hash>(
    wanted: Vec<(W, String)>,
) -> Result<HashMap<W, String>, StoreError> {
    if wanted.is_empty() {
        return Ok(HashMap::new());
    }
    let mut names: Vec<&str> = wanted.iter().flat_map(|(_, names)| names.split(',')).map(str::trim).collect();
    names.sort_unstable();
    names.dedup();
    if names.len() > AT_ONCE {
        return Err(denied("more than ten parameters"));
    }
    let asked = serde_json::json!({ "Names": names, "WithDecryption": true }).to_string();
    let answer = call(asked).await?;
    let values: HashMap<&str, &str> = answer["Parameters"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|one| Some((one["Name"].as_str()?, one["Value"].as_str()?)))
        .collect();
    let value = |name: &str| {
        values.get(name.trim()).copied().ok_or_else(|| {
            // The name is no secret, and whoever reads the log needs it.
            denied(&format!("no parameter {name}"))
        })
    };
    let joined = |names: &str| names.split(',').map(value).collect::<Result<Vec<&str>, _>>();
    wanted.iter().map(|(word, names)| Ok((*word, joined(names)?.join(",")))).collect()
}

async fn call(body: String) -> Result<serde_json::Value, StoreError> {
    let region = aws::needed("AWS_REGION")?;
    let endpoint = std::env::var("AWS_ENDPOINT_URL_SSM").unwrap_or_else(|_| address(&region));
    let credentials = aws::credentials()?;
    let operation = Operation::builder()
        .service_name("ssm")
        .operation_name("GetParameters")
        .behavior_version(BehaviorVersion::latest())
        .http_client(aws::transport())
        .endpoint_url(&endpoint)
        .no_auth()
        .no_retry()
        .timeout_config(TimeoutConfig::builder().operation_timeout(PATIENCE).build())
        .serializer({
            let endpoint = endpoint.clone();
            move |body: String| signed(&endpoint, &region, credentials.clone(), body)
        })
        .deserializer(|response| {
            let answer: serde_json::Value =
                serde_json::from_slice(response.body().bytes().unwrap_or_default()).map_err(|error| {
                    OrchestratorError::other(Box::<dyn std::error::Error + Send + Sync>::from(error))
                })?;
            Ok::<_, OrchestratorError<std::fmt::Error>>((response.status().is_success(), answer))
        })
        .build();
    let (good, answer) =
        operation.invoke(body).await.map_err(|error| StoreError::Unreachable { source: Box::new(error) })?;
    if good {
        return Ok(answer);
    }
    let code = answer["__type"].as_str().unwrap_or("no code").rsplit('#').next().unwrap_or_default();
    Err(denied(code))
}

/// Where the service listens; China's regions have a domain of their own.
fn address(region: &str) -> String {
    let domain = if region.starts_with("cn-") { "amazonaws.com.cn" } else { "amazonaws.com" };
    format!("https://ssm.{region}.{domain}")
}

fn signed(
    endpoint: &str,
    region: &str,
    credentials: Credentials,
    body: String,
) -> Result<HttpRequest, BoxError> {
    let headers =
        [("content-type", "application/x-amz-json-1.1"), ("x-amz-target", "AmazonSSM.GetParameters")];
    let uri = format!("{}/", endpoint.trim_end_matches('/'));
    let identity = credentials.into();
    let parameters: SigningParams<'_> = v4::SigningParams::builder()
        .identity(&identity)
        .region(region)
        .name("ssm")
        .time(SystemTime::now())
        .settings(SigningSettings::default())
        .build()?
        .into();
    let signable =
        SignableRequest::new("POST", &*uri, headers.into_iter(), SignableBody::Bytes(body.as_bytes()))?;
    let (signature, _) = sign(signable, &parameters)?.into_parts();
    let (signature, _) = signature.into_parts();
    let mut request = HttpRequest::new(SdkBody::from(body));
    request.set_method("POST")?;
    request.set_uri("/")?;
    for (name, value) in headers {
        request.headers_mut().insert(name, value);
    }
    for header in signature {
        request.headers_mut().insert(header.name(), header.value().to_owned());
    }
    Ok(request)
}

fn denied(code: &str) -> StoreError {
    StoreError::Denied { code: code.to_owned() }
}
