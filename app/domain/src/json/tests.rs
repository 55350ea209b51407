//! The small reader and writer against `serde_json`, on everything a phone is sent and sends.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Json, read, text};
use crate::fact::{Fact, Stamped};
use crate::feed::Feed;
use crate::outbox::State;
use crate::wire::Answers;

mod made;

/// Both readers agree on a text, and both writers on what they read.
pub(super) fn agree<T: Json + DeserializeOwned + Serialize>(from: &str) {
    let general = serde_json::from_str::<T>(from).ok();
    let small = read::<T>(from);
    let again = |value: &Option<T>| serde_json::to_string(&value.as_ref()).expect("writes");
    assert_eq!(again(&small), again(&general), "{from}");
    assert_eq!(text(&small), again(&general), "{from}");
}

const FACTS: [&str; 9] = [
    r#"{"mark":{"run":1,"d":11,"jobs":[[{"o":7},"done"],[{"j":"019a0000000070008000000000000001"},{"failed":{"short_or_damaged":{"menus":["A"],"note":"破了"}}}]],"by":"scanned"}}"#,
    r#"{"order":{"run":1,"h":7,"lines":[{"m":"A","ver":1,"q":2,"p":3000}],"subst":"ask"}}"#,
    r#"{"retract":{"run":1,"d":11,"fact":"019a0000000070008000000000000001"}}"#,
    r#"{"load":{"run":1,"b":3,"taken":52,"returned":0}}"#,
    r#"{"need":{"h":7,"category":"medicine","text":"胰岛素\n\"两支\" \ud83d\ude00 \/ \t","urgent":true,"channel":"door"}}"#,
    r#"{"need_step":{"h":7,"need":"019a0000000070008000000000000001","step":{"sorted":["food",false]}}}"#,
    r#"{"need_step":{"h":7,"need":"019a0000000070008000000000000001","step":"closed"}}"#,
    r#"{"mark":{"run":1,"d":11,"jobs":[[{"o":7},{"neighbour":"1102"}]],"by":"paper","happened":-5}}"#,
    r#"{"fly":{}}"#,
];

fn fact(body: &str) -> String {
    format!(
        r#"{{"v":1,"id":"019a0000000070008000000000000009","made":{{"at":1795000000000,"off":-12,"seen":1}},"seq":{{"e":4000000000,"n":1}},"body":{body},"new":[{{}}]}}"#
    )
}

#[test]
fn every_fact_is_read_like_by_the_general_reader() {
    for body in FACTS {
        agree::<Fact>(&fact(body));
        let stamped = format!(
            r#"{{"fact":{},"by":{{"person":[2,"steward"]}},"at":9,"is":{{"refused":{{"sold_out":["A",3]}}}}}}"#,
            fact(body)
        );
        agree::<Stamped>(&stamped);
    }
    assert!(read::<Fact>(&fact(FACTS[0])).is_some() && read::<Fact>(&fact(FACTS[8])).is_none());
}

#[test]
fn a_feed_is_read_like_by_the_general_reader() {
    let feed = format!(
        r#" {{"as_of":5,"me":{{"person":{{"id":2,"name":"李","role":"steward","assignments":[{{"area":{{"floors":[3,1,-1,9]}},"from":0}}]}}}},
        "community":{{"settings":{{"id":"c","name":{{"zh":"社区","en":"C"}},"utc_offset":480,"hotline":"1","emergency":"120","unread_minutes":10}},
        "places":{{"compounds":{{"1":{{"id":1,"name":"苑"}}}},"buildings":{{"3":{{"id":3,"compound":1,"label":"3"}}}},
        "doors":{{"11":{{"id":11,"b":3,"u":2,"f":-1,"r":"B1"}}}},"households":{{"7":{{"id":7,"door":11,"people":2,"lang":"en","diets":["halal"]}}}}}},
        "people":{{}},"menus":[{{"code":"A","version":1,"kind":{{"pick":2}},"name":{{"zh":"菜"}},"price":3000,"items":[{{"name":{{"zh":"土豆"}},"quantity":1500,"unit":"kg"}}],"limit":null}}],
        "windows":{{"1":{{"run":1,"opens":1,"closes":2,"grace_minutes":15,"compounds":[1],"menus":[["A",1]],"delivery_from":3,"delivery_to":4,"payment":{{"prepaid":"x"}},"published":true}}}},
        "notices":{{}}}},"facts":[{{"fact":{},"by":{{"household":7}},"at":9,"is":"taken"}}]}} "#,
        fact(FACTS[1])
    );
    agree::<Feed>(&feed);
    assert!(read::<Feed>(&feed).is_some(), "{:?}", serde_json::from_str::<Feed>(&feed).err());
    // What is cut off anywhere is no feed, and never a panic.
    for end in (0..feed.len()).filter(|end| feed.is_char_boundary(*end)) {
        agree::<Feed>(&feed[..end]);
    }
}

#[test]
fn answers_and_states_are_read_and_a_portal_is_not() {
    agree::<Answers>(
        r#"{"now":5,"answers":[{"id":"019a0000000070008000000000000009","is":{"stored":{"flagged":"clock_wrong"}}},{"id":"019a0000000070008000000000000008","is":"later"}]}"#,
    );
    agree::<State>(r#"{"stored":{"verdict":"taken","at":5}}"#);
    agree::<State>(r#""other_content""#);
    for portal in
        ["", "<html>Sign in</html>", "{}", "[]", "null", "{\"now\":5}", "{\"now\":5,\"answers\":{}}"]
    {
        assert!(read::<Answers>(portal).is_none(), "{portal}");
        agree::<Answers>(portal);
    }
}

#[test]
fn odd_texts_are_treated_alike() {
    for text in [
        "\"a\\u0041\"",
        "\"\\ud800\"",
        "\"\\ud800\\u0041\"",
        "\"\\x\"",
        "\"a",
        "\"\u{1}\"",
        "\"\\u12\"",
        "\"楼\"",
        "\"\\\"",
    ] {
        agree::<String>(text);
    }
    for text in ["1", "-1", "01", "+1", "1.5", "1e3", "-", "300", "", " 7 ", "7 7", "null", "\"7\""] {
        let small = read::<u8>(text);
        if let (Some(small), Ok(general)) = (small, serde_json::from_str::<u8>(text)) {
            assert_eq!(small, general);
        }
        assert!(small.is_some() || serde_json::from_str::<u8>(text).is_err(), "{text}");
    }
    for text in ["[", "[1,]", "[1 2]", "{\"a\":1,}", "[[1]]", "[1,2]", "[]", "{\"1\":2}", "{1:2}", "{\"a\"}"]
    {
        agree::<Vec<u8>>(text);
        agree::<BTreeMap<String, u8>>(text);
    }
    let deep = "[".repeat(100_000);
    assert!(read::<Vec<u8>>(&deep).is_none(), "no text exhausts the stack");
}
