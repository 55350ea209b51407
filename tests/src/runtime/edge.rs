//! The ways to `web` on AWS: the events that each sends, as AWS writes them, and what each makes of the function's answer.

use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::Method;
use serde_json::{Map, Value, json};

use super::answered::Answered;
use super::api::PAYLOAD_LIMIT;

/// What stands between a browser and `web`: `edge` in `infra/variables.tf`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edge {
    /// A Function URL, behind CloudFront.
    FunctionUrl,
    /// An HTTP API, payload version 2.0.
    HttpApi,
    /// An Application Load Balancer whose target group has multi-value headers.
    Balancer,
}

/// Each of them.
pub(crate) const EDGES: [Edge; 3] = [Edge::FunctionUrl, Edge::HttpApi, Edge::Balancer];

/// What a balancer takes and hands on at most, in bytes: the body of a request, an answer as the function writes it.
const BALANCER_LIMIT: usize = 1024 * 1024;

impl Edge {
    /// An event. `target` is path and query as the browser wrote them; `headers` have small letters; `cookies` are what the
    /// browser keeps for this host.
    pub(crate) fn event(
        self,
        method: &Method,
        target: &str,
        headers: &[(&str, &str)],
        cookies: &[String],
        body: &[u8],
    ) -> Value {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let headers = self.headers(headers, body);
        let mut event = match self {
            Self::FunctionUrl | Self::HttpApi => self.version_2(method, path, query, &headers, cookies),
            Self::Balancer => balancer(method, path, query, &headers, cookies),
        };
        assert!(body.len() <= self.limit(), "{self:?} refuses such a request by itself");
        if !body.is_empty() {
            let said =
                |name: &str| headers.iter().find(|(one, _)| one == name).map(|(_, value)| value.as_str());
            let text = std::str::from_utf8(body).ok().filter(|_| is_text(said("content-type")));
            // Forms too arrive in base64: AWS passes only these kinds on as text.
            match text.filter(|_| said("content-encoding").is_none()) {
                Some(text) => event["body"] = json!(text),
                None => {
                    event["body"] = json!(STANDARD.encode(body));
                    event["isBase64Encoded"] = json!(true);
                }
            }
        }
        event
    }

    /// What the browser gets of the function's answer.
    pub(crate) fn read(self, answer: &Value) -> Answered {
        let bytes = answer.to_string().len();
        assert!(bytes <= self.limit(), "{self:?} does not hand on an answer of {bytes} bytes");
        Answered::read(answer, self == Self::Balancer)
    }

    fn limit(self) -> usize {
        if self == Self::Balancer { BALANCER_LIMIT } else { PAYLOAD_LIMIT }
    }

    /// The name it is called by: only CloudFront calls by another than the browser's.
    fn host(self) -> &'static str {
        match self {
            Self::FunctionUrl => "abcdefghijklmnopqrstuvwxyz012345.lambda-url.us-east-1.on.aws",
            Self::HttpApi | Self::Balancer => "lm.example.org",
        }
    }

    /// Headers with those that AWS adds.
    fn headers(self, given: &[(&str, &str)], body: &[u8]) -> Vec<(String, String)> {
        let mut all: Vec<(String, String)> =
            given.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let length = body.len().to_string();
        let mut added = vec![
            ("host", self.host()),
            ("x-amzn-trace-id", "Root=1-5bdb40ca-556d8b0c50dc66f0511bf520"),
            ("x-forwarded-for", IP),
            ("x-forwarded-port", "443"),
            ("x-forwarded-proto", "https"),
        ];
        if !body.is_empty() {
            added.push(("content-length", &length));
        }
        for (name, value) in added {
            if all.iter().all(|(known, _)| known != name) {
                all.push((name.to_owned(), value.to_owned()));
            }
        }
        all
    }

    /// Payload version 2.0: cookies travel apart, the query as it was written.
    fn version_2(
        self,
        method: &Method,
        path: &str,
        query: &str,
        headers: &[(String, String)],
        cookies: &[String],
    ) -> Value {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let account = if self == Self::FunctionUrl { "anonymous" } else { "123456789012" };
        let api = self.host().split('.').next();
        let agent = headers.iter().find(|(name, _)| name == "user-agent").map(|(_, value)| value.as_str());
        let fields: Map<String, Value> =
            headers.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
        let mut event = json!({
            "version": "2.0",
            "routeKey": "$default",
            "rawPath": path,
            "rawQueryString": query,
            "headers": fields,
            "requestContext": {
                "accountId": account,
                "apiId": api,
                "domainName": self.host(),
                "domainPrefix": api,
                "http": {
                    "method": method.as_str(),
                    "path": path,
                    "protocol": "HTTP/1.1",
                    "sourceIp": IP,
                    "userAgent": agent.unwrap_or("Amazon CloudFront"),
                },
                "requestId": "e1506fd5-9e7b-434f-bd42-4f8fa224b599",
                "routeKey": "$default",
                "stage": "$default",
                "time": "01/Jan/2026:00:00:00 +0000",
                "timeEpoch": u64::try_from(now.as_millis()).unwrap_or_default(),
            },
            "isBase64Encoded": false,
        });
        if !cookies.is_empty() {
            event["cookies"] = json!(cookies);
        }
        if !query.is_empty() {
            // Several values of one name are joined by commas.
            let joined = by_name(pairs(query)).into_iter().map(|(name, all)| (name, json!(all.join(","))));
            event["queryStringParameters"] = Value::Object(joined.collect());
        }
        event
    }
}

/// A balancer's event: everything in lists by its name, the query still as it was written, and each cookie of a browser
/// that speaks HTTP/2 in a line of its own.
fn balancer(
    method: &Method,
    path: &str,
    query: &str,
    headers: &[(String, String)],
    cookies: &[String],
) -> Value {
    let cookies = cookies.iter().map(|cookie| ("cookie".to_owned(), cookie.clone()));
    let lists = |pairs: Vec<(String, String)>| {
        Value::Object(by_name(pairs).into_iter().map(|(name, all)| (name, json!(all))).collect())
    };
    json!({
        "requestContext": { "elb": { "targetGroupArn":
            "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/last-metre-web/6d0ecf831eec9f09" } },
        "httpMethod": method.as_str(),
        "path": path,
        "multiValueQueryStringParameters": lists(pairs(query)),
        "multiValueHeaders": lists(headers.iter().cloned().chain(cookies).collect()),
        "body": "",
        "isBase64Encoded": false,
    })
}

const IP: &str = "203.0.113.7";

fn is_text(kind: Option<&str>) -> bool {
    kind.is_some_and(|kind| {
        kind.starts_with("text/")
            || ["application/json", "application/javascript", "application/xml"]
                .iter()
                .any(|known| kind.starts_with(known))
    })
}

fn pairs(query: &str) -> Vec<(String, String)> {
    let all = query.split('&').filter(|pair| !pair.is_empty());
    all.map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

/// Names with all their values.
fn by_name(pairs: Vec<(String, String)>) -> Vec<(String, Vec<String>)> {
    let mut all: Vec<(String, Vec<String>)> = Vec::new();
    for (name, value) in pairs {
        match all.iter_mut().find(|(known, _)| *known == name) {
            Some((_, values)) => values.push(value),
            None => all.push((name, vec![value])),
        }
    }
    all
}
