//! What a browser gets of a function's answer.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

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
    /// Reads the function's answer as AWS does: headers once each and cookies apart, or everything in `lists`.
    pub(super) fn read(answer: &Value, lists: bool) -> Self {
        let text = answer["body"].as_str().unwrap_or_default();
        let was_base64 = answer["isBase64Encoded"].as_bool().unwrap_or_default();
        let body = if was_base64 {
            STANDARD.decode(text).expect("base64 where the function says so")
        } else {
            text.as_bytes().to_vec()
        };
        let field = if lists { "multiValueHeaders" } else { "headers" };
        let headers = answer[field].as_object().into_iter().flatten().flat_map(|(name, value)| {
            let values = if lists { value.as_array().cloned() } else { Some(vec![value.clone()]) };
            let values = values.unwrap_or_else(|| panic!("{name} is no list: {value}"));
            let texts = values.into_iter().map(|one| one.as_str().unwrap_or_default().to_owned());
            texts.map(|text| (name.to_lowercase(), text)).collect::<Vec<_>>()
        });
        let (among, headers): (Vec<_>, Vec<_>) = headers.partition(|(name, _)| name == "set-cookie");
        let apart = answer["cookies"].as_array().into_iter().flatten().filter_map(Value::as_str);
        assert!(lists || among.is_empty(), "of several cookies in one header AWS keeps one: {among:?}");
        Self {
            status: answer["statusCode"]
                .as_u64()
                .and_then(|code| u16::try_from(code).ok())
                .expect("a status"),
            headers,
            cookies: apart.map(str::to_owned).chain(among.into_iter().map(|(_, cookie)| cookie)).collect(),
            body,
            was_base64,
        }
    }

    /// A header's value.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(one, _)| one == name).map(|(_, value)| value.as_str())
    }
}
