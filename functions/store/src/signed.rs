//! One signed call to a service of AWS that speaks JSON, with what the table's own client brings along: a client of its
//! own for each would be a megabyte of program.

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
use std::time::{Duration, SystemTime};

const PATIENCE: Duration = Duration::from_secs(5);

/// What is called.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Call {
    /// The service as signatures name it: `ssm`, `sqs`.
    pub(crate) service: &'static str,
    /// The header `x-amz-target`.
    pub(crate) target: &'static str,
    /// The header `content-type`.
    pub(crate) content_type: &'static str,
    /// The variable that may name another address.
    pub(crate) endpoint: &'static str,
}

impl Call {
    /// Sends `body` and gives the answer.
    ///
    /// # Errors
    /// [`StoreError::Denied`] with the service's own code, [`StoreError::Unreachable`].
    pub(crate) async fn send(self, body: String) -> Result<serde_json::Value, StoreError> {
        let region = aws::needed("AWS_REGION")?;
        let endpoint = std::env::var(self.endpoint).unwrap_or_else(|_| self.address(&region));
        let credentials = aws::credentials()?;
        let operation = Operation::builder()
            .service_name(self.service)
            .operation_name(self.target)
            .behavior_version(BehaviorVersion::latest())
            .http_client(aws::transport())
            .endpoint_url(&endpoint)
            .no_auth()
            .no_retry()
            .timeout_config(TimeoutConfig::builder().operation_timeout(PATIENCE).build())
            .serializer({
                let endpoint = endpoint.clone();
                move |body: String| self.signed(&endpoint, &region, credentials.clone(), body)
            })
            .deserializer(|response| {
                let answer: serde_json::Value =
                    serde_json::from_slice(response.body().bytes().unwrap_or_default()).map_err(|error| {
                        OrchestratorError::other(Box::<dyn std::error::Error + Send + Sync>::from(error))
                    })?;
                Ok::<_, OrchestratorError<std::fmt::Error>>((response.status().is_success(), answer))
            })
            .build();
        let (good, answer) = operation
            .invoke(body)
            .await
            .map_err(|error| StoreError::Unreachable { source: Box::new(error) })?;
        if good {
            return Ok(answer);
        }
        let code = answer["__type"].as_str().unwrap_or("no code").rsplit('#').next().unwrap_or_default();
        Err(StoreError::Denied { code: code.to_owned() })
    }

    /// Where the service listens; China's regions have a domain of their own.
    fn address(self, region: &str) -> String {
        let domain = if region.starts_with("cn-") { "amazonaws.com.cn" } else { "amazonaws.com" };
        format!("https://{}.{region}.{domain}", self.service)
    }

    fn signed(
        self,
        endpoint: &str,
        region: &str,
        credentials: Credentials,
        body: String,
    ) -> Result<HttpRequest, BoxError> {
        let headers = [("content-type", self.content_type), ("x-amz-target", self.target)];
        let uri = format!("{}/", endpoint.trim_end_matches('/'));
        let identity = credentials.into();
        let parameters: SigningParams<'_> = v4::SigningParams::builder()
            .identity(&identity)
            .region(region)
            .name(self.service)
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
}
