//! Events of a Function URL (payload version 2.0) as AWS sends them, and what Lambda makes of the function's answer.

use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::Method;
use serde_json::{Map, Value, json};

/// An event. `target` is path and query as the browser wrote them; `headers` have small letters; cookies travel apart.
pub(crate) fn url_event(
    method: &Method,
    target: &str,
    headers: &[(&str, &str)],
    cookies: &[String],
    body: &[u8],
) -> Value {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let header = |name: &str| headers.iter().find(|(one, _)| *one == name).map(|(_, value)| *value);
    let mut fields: Map<String, Value> =
        headers.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
    for (name, value) in
        [("host", HOST), ("x-forwarded-proto", "https"), ("x-forwarded-port", "443"), ("x-forwarded-for", IP)]
    {
        fields.entry(name).or_insert_with(|| json!(value));
    }
    if !body.is_empty() {
        fields.insert("content-length".to_owned(), json!(body.len().to_string()));
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let mut event = json!({
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": query,
        "headers": fields,
        "requestContext": {
            "accountId": "anonymous",
            "apiId": "abcdefghijklmnopqrstuvwxyz012345",
            "domainName": HOST,
            "domainPrefix": "abcdefghijklmnopqrstuvwxyz012345",
            "http": {
                "method": method.as_str(),
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": IP,
                "userAgent": header("user-agent").unwrap_or("Amazon CloudFront"),
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
        event["queryStringParameters"] = by_name(query);
    }
    if !body.is_empty() {
        let text = std::str::from_utf8(body).ok().filter(|_| is_text(header("content-type")));
        // Forms too arrive in base64: AWS passes only these kinds on as text.
        match text.filter(|_| header("content-encoding").is_none()) {
            Some(text) => event["body"] = json!(text),
            None => {
                event["body"] = json!(STANDARD.encode(body));
                event["isBase64Encoded"] = json!(true);
            }
        }
    }
    event
}

const HOST: &str = "abcdefghijklmnopqrstuvwxyz012345.lambda-url.us-east-1.on.aws";
const IP: &str = "203.0.113.7";

fn is_text(kind: Option<&str>) -> bool {
    kind.is_some_and(|kind| {
        kind.starts_with("text/")
            || ["application/json", "application/javascript", "application/xml"]
                .iter()
                .any(|known| kind.starts_with(known))
    })
}

/// Names with their values; several of one name are joined by commas.
fn by_name(query: &str) -> Value {
    let mut all: Map<String, Value> = Map::new();
    for pair in query.split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        match all.get_mut(name) {
            Some(Value::String(known)) => *known = format!("{known},{value}"),
            _ => {
                all.insert(name.to_owned(), json!(value));
            }
        }
    }
    Value::Object(all)
}

/// What the browser gets.
#[derive(Debug, Clone)]
pub(crate) struct Answered {
    /// The status.
    pub(crate) status: u16,
    /// Headers in small letters, without cookies.
    pub(crate) headers: Vec<(String, String)>,
    /// Each `Set-Cookie` header.
    pub(crate) cookies: Vec<String>,
    /// The body as bytes, still compressed.
    pub(crate) body: Vec<u8>,
    /// Whether the function sent it as base64.
    pub(crate) was_base64: bool,
}

impl Answered {
    /// Reads the function's answer as Lambda does.
    pub(crate) fn read(answer: &Value) -> Self {
        let text = answer["body"].as_str().unwrap_or_default();
        let was_base64 = answer["isBase64Encoded"].as_bool().unwrap_or_default();
        let body = if was_base64 {
            STANDARD.decode(text).expect("base64 where the function says so")
        } else {
            text.as_bytes().to_vec()
        };
        let headers = answer["headers"].as_object().into_iter().flatten();
        let cookies = answer["cookies"].as_array().into_iter().flatten();
        Self {
            status: answer["statusCode"]
                .as_u64()
                .and_then(|code| u16::try_from(code).ok())
                .expect("a status"),
            headers: headers
                .map(|(name, value)| (name.to_lowercase(), value.as_str().unwrap_or_default().to_owned()))
                .collect(),
            cookies: cookies.filter_map(Value::as_str).map(str::to_owned).collect(),
            body,
            was_base64,
        }
    }

    /// A header's value.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(one, _)| one == name).map(|(_, value)| value.as_str())
    }
}
