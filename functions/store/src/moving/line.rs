//! One line of an export: reading and writing. An item is in DynamoDB's own JSON, which says every attribute's type.

use super::{Contents, LINE_VERSION, MovingError};
use crate::item::{Attributes, Item};
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use aws_smithy_types::base64;
use domain::Millis;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What the first line says the file is.
const FORMAT: &str = "last-metre";

/// One line.
#[derive(Debug, PartialEq)]
pub(super) enum Line {
    Head,
    Item(Box<Item>),
    End(End),
}

/// The last line.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct End {
    items: u64,
    kinds: BTreeMap<String, u64>,
    communities: BTreeSet<domain::CommunityId>,
    sealed_by: BTreeSet<String>,
    digest: String,
    checksum: String,
}

impl From<&Contents> for End {
    fn from(contents: &Contents) -> Self {
        let Contents { items, kinds, communities, sealed_by, digest, checksum } = contents.clone();
        Self { items, kinds, communities, sealed_by, digest, checksum }
    }
}

impl End {
    pub(super) fn checksum(&self) -> &str {
        &self.checksum
    }
}

pub(super) fn head(made: Millis) -> String {
    json!({ "v": LINE_VERSION, "head": { "format": FORMAT, "made": made } }).to_string()
}

pub(super) fn end(contents: &Contents) -> String {
    json!({ "v": LINE_VERSION, "end": End::from(contents) }).to_string()
}

/// An item's own JSON, its names in order.
pub(super) fn item(attributes: &Attributes) -> Result<String, String> {
    Ok(json!({ "v": LINE_VERSION, "item": map_out(attributes)? }).to_string())
}

/// Reads line number `line`.
pub(super) fn read(text: &[u8], line: u64) -> Result<Line, MovingError> {
    let damaged = |why: String| MovingError::Damaged { line, why };
    // Where in the line is safe to tell; what stands there is not.
    let value: Value = serde_json::from_slice(text)
        .map_err(|error| damaged(format!("no JSON from column {} on", error.column())))?;
    match value["v"].as_u64() {
        Some(LINE_VERSION) => {}
        Some(version) => return Err(MovingError::Version { line, version }),
        None => return Err(damaged("it names no version".into())),
    }
    if let Some(attributes) = value["item"].as_object() {
        let attributes = map_in(attributes).map_err(damaged)?;
        return Ok(Line::Item(Box::new(Item::from_table(attributes))));
    }
    if let Some(format) = value["head"]["format"].as_str() {
        return if format == FORMAT {
            Ok(Line::Head)
        } else {
            Err(damaged("it is of another program".into()))
        };
    }
    match serde_json::from_value(value["end"].clone()) {
        Ok(end) => Ok(Line::End(end)),
        Err(_) => Err(damaged("it is neither head, item nor end".into())),
    }
}

fn map_out(attributes: &Attributes) -> Result<Value, String> {
    let fields = attributes.iter().map(|(name, value)| Ok((name.clone(), out(value)?)));
    Ok(Value::Object(fields.collect::<Result<Map<_, _>, String>>()?))
}

fn out(value: &AttributeValue) -> Result<Value, String> {
    // A set has no order; the file gives it one, so that equal items are equal lines.
    let sorted = |texts: &[String]| texts.iter().cloned().collect::<BTreeSet<_>>();
    Ok(match value {
        AttributeValue::S(text) => json!({ "S": text }),
        AttributeValue::N(number) => json!({ "N": number }),
        AttributeValue::B(bytes) => json!({ "B": base64::encode(bytes) }),
        AttributeValue::Bool(is) => json!({ "BOOL": is }),
        AttributeValue::Null(_) => json!({ "NULL": true }),
        AttributeValue::M(fields) => json!({ "M": map_out(fields)? }),
        AttributeValue::L(values) => json!({ "L": values.iter().map(out).collect::<Result<Vec<_>, _>>()? }),
        AttributeValue::Ss(texts) => json!({ "SS": sorted(texts) }),
        AttributeValue::Ns(numbers) => json!({ "NS": sorted(numbers) }),
        AttributeValue::Bs(blobs) => {
            json!({ "BS": blobs.iter().map(base64::encode).collect::<BTreeSet<_>>() })
        }
        _ => return Err("an attribute has a type that this program does not know".to_owned()),
    })
}

fn map_in(fields: &Map<String, Value>) -> Result<Attributes, String> {
    fields.iter().map(|(name, value)| Ok((name.clone(), into(value)?))).collect()
}

fn into(value: &Value) -> Result<AttributeValue, String> {
    let unknown = || "an attribute has no type that is known".to_owned();
    let (kind, value) = match value.as_object().map(|fields| (fields.len(), fields.iter().next())) {
        Some((1, Some(one))) => one,
        _ => return Err(unknown()),
    };
    let text = |value: &Value| value.as_str().map(str::to_owned).ok_or_else(unknown);
    let texts = |value: &Value| -> Result<Vec<String>, String> {
        value.as_array().ok_or_else(unknown)?.iter().map(text).collect()
    };
    let bytes =
        |text: &str| -> Result<Blob, String> { base64::decode(text).map(Blob::new).map_err(|_| unknown()) };
    Ok(match kind.as_str() {
        "S" => AttributeValue::S(text(value)?),
        "N" => AttributeValue::N(text(value)?),
        "B" => AttributeValue::B(bytes(&text(value)?)?),
        "BOOL" => AttributeValue::Bool(value.as_bool().ok_or_else(unknown)?),
        "NULL" => AttributeValue::Null(true),
        "M" => AttributeValue::M(map_in(value.as_object().ok_or_else(unknown)?)?),
        "L" => {
            let values = value.as_array().ok_or_else(unknown)?;
            AttributeValue::L(values.iter().map(into).collect::<Result<_, _>>()?)
        }
        "SS" => AttributeValue::Ss(texts(value)?),
        "NS" => AttributeValue::Ns(texts(value)?),
        "BS" => AttributeValue::Bs(texts(value)?.iter().map(|text| bytes(text)).collect::<Result<_, _>>()?),
        _ => return Err(unknown()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::item::Key;

    #[test]
    fn every_kind_of_attribute_comes_back() {
        let all = AttributeValue::L(vec![
            AttributeValue::S("门口，别按铃 \n \"".into()),
            AttributeValue::N("-0.5".into()),
            AttributeValue::B(Blob::new([0, 255])),
            AttributeValue::Bool(false),
            AttributeValue::Null(true),
            AttributeValue::M(Attributes::from([("x".into(), AttributeValue::N("1".into()))])),
            AttributeValue::Ss(vec!["a".into(), "b".into()]),
            AttributeValue::Ns(vec!["1".into(), "2".into()]),
            AttributeValue::Bs(vec![Blob::new([1])]),
        ]);
        let mut attributes = Key::from_parts("H#1", "N#1").attributes();
        attributes.insert("all".into(), all);
        let text = item(&attributes).expect("known types");
        let back = read(text.as_bytes(), 1).expect("our own line");
        assert_eq!(back, Line::Item(Box::new(Item::from_table(attributes))));
    }

    #[test]
    fn a_line_of_tomorrow_is_named_with_its_number() {
        let tomorrow = read(br#"{"v":2,"item":{}}"#, 7);
        assert!(matches!(tomorrow, Err(MovingError::Version { line: 7, version: 2 })), "{tomorrow:?}");
        for bad in
            [&b"{"[..], b"[]", b"{\"v\":1}", br#"{"v":1,"item":{"pk":"bare"}}"#, b"\xff", br#"{"v":-1}"#]
        {
            let answer = read(bad, 3);
            assert!(matches!(answer, Err(MovingError::Damaged { line: 3, .. })), "{answer:?}");
        }
    }
}
