//! Somebody's browser before an edge, CloudFront where nothing else is said: keeps cookies, sends forms as a page without
//! script does, follows redirects, unpacks what is compressed.

use std::collections::BTreeMap;
use std::io::Read as _;

use http::Method;

use super::{Answered, Edge, Function};
use crate::web::stage::percent;

/// The secret that the CDN adds in these tests.
pub(crate) const ORIGIN_SECRET: &str = "the-cdn-says-it-is-the-cdn";

/// A browser.
pub(crate) struct Browser<'f> {
    function: &'f Function,
    edge: Edge,
    cookies: BTreeMap<String, String>,
}

/// A page, or whatever came.
#[derive(Debug)]
pub(crate) struct Page {
    /// As it came over the wire, the last one after redirects.
    pub(crate) answered: Answered,
    /// Where redirects led.
    pub(crate) path: String,
    /// The text, unpacked.
    pub(crate) text: String,
}

impl Page {
    /// The hidden fields of the first form whose markup holds these words: what a press on its button would send,
    /// apart from the button.
    pub(crate) fn form(&self, words: &str) -> Vec<(String, String)> {
        let forms = self.text.split("<form").skip(1).filter_map(|rest| rest.split("</form>").next());
        let form = forms.into_iter().find(|form| form.contains(words));
        let form = form.unwrap_or_else(|| panic!("{}: no form with {words}: {}", self.path, self.text));
        let inputs = form.split("<input").skip(1).filter_map(|rest| rest.split('>').next());
        let hidden = inputs.filter(|input| input.contains("type=\"hidden\""));
        hidden.filter_map(|input| Some((attribute(input, "name")?, attribute(input, "value")?))).collect()
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    let value = rest.split('"').next()?;
    Some(value.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
}

impl<'f> Browser<'f> {
    /// A new one, without cookies.
    pub(crate) fn new(function: &'f Function) -> Self {
        Self::before(function, Edge::FunctionUrl)
    }

    /// The same before another edge.
    pub(crate) fn before(function: &'f Function, edge: Edge) -> Self {
        Self { function, edge, cookies: BTreeMap::new() }
    }

    /// Keeps a cookie that was not got here.
    pub(crate) fn keep(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    /// Opens a page.
    pub(crate) async fn open(&mut self, target: &str) -> Page {
        let answered = self.send(&Method::GET, target, &[], b"").await;
        self.arrive(target, answered).await
    }

    /// Presses the button of a form on a page of this site.
    pub(crate) async fn press(&mut self, target: &str, fields: &[(&str, &str)]) -> Page {
        let fields: Vec<String> =
            fields.iter().map(|(name, value)| format!("{name}={}", percent(value))).collect();
        let headers = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("origin", "https://lm.example.org"),
            ("sec-fetch-site", "same-origin"),
        ];
        let answered = self.send(&Method::POST, target, &headers, fields.join("&").as_bytes()).await;
        self.arrive(target, answered).await
    }

    /// One request, with this browser's cookies, and whatever cookies come back are kept.
    pub(crate) async fn send(
        &mut self,
        method: &Method,
        target: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Answered {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut all = Vec::from(headers);
        if headers.iter().all(|(name, _)| *name != "accept-encoding") {
            all.push(("accept-encoding", "gzip, br"));
        }
        if self.edge == Edge::FunctionUrl {
            all.push(("x-origin-secret", ORIGIN_SECRET));
        }
        let event = self.edge.event(method, target, &all, &cookies, body);
        let answer = self.function.invoke(&event).await;
        let answered = self.edge.read(&answer.unwrap_or_else(|error| panic!("{target}: {error}")));
        for cookie in &answered.cookies {
            let mut parts = cookie.split(';').map(str::trim);
            let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else { continue };
            if parts.any(|part| part == "Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        answered
    }

    async fn arrive(&mut self, target: &str, answered: Answered) -> Page {
        let (mut path, mut answered) = (target.to_owned(), answered);
        for _ in 0..5 {
            let Some(location) = answered.header("location").map(str::to_owned) else { break };
            answered = self.send(&Method::GET, &location, &[], b"").await;
            path = location;
        }
        let text = text_of(&answered);
        Page { answered, path, text }
    }
}

/// The body, unpacked.
pub(crate) fn text_of(answered: &Answered) -> String {
    let mut text = String::new();
    let body = answered.body.as_slice();
    let read = match answered.header("content-encoding") {
        Some("br") => brotli::Decompressor::new(body, 4096).read_to_string(&mut text),
        Some("gzip") => flate2::read::GzDecoder::new(body).read_to_string(&mut text),
        _ => (&mut &*body).read_to_string(&mut text),
    };
    read.expect("the body is what its headers say");
    text
}
