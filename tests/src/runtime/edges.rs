//! One story through every way to `web` on AWS: what somebody sees and sends is the same behind CloudFront, an HTTP API and
//! a balancer.

use std::io::Write as _;

use http::Method;
use serde_json::Value;

use super::browser::text_of;
use super::job::{demo, pairs, says, sign_in_with};
use super::start::settings;
use super::table::LocalTable;
use super::{Browser, EDGES, Edge, Function, local_table};
use crate::temp_dir::TempDir;
use crate::web::stage::percent;

/// A sheet, whose name says what is in it.
const SHEET: &str = "/pkg/core.0123.css";
/// A picture, which is never packed.
const PICTURE: &str = "/icons/icon-192.png";

/// The function as `infra` sets it up where no CloudFront stands before it: with the whole site, for whoever comes.
async fn with_files(table: &LocalTable, site: &TempDir) -> Function {
    let mut environment = settings(site);
    environment.push(("LM_ORIGIN_SECRETS", "off"));
    environment.extend(table.environment());
    let sheet = site.path().join(&SHEET[1..]);
    let picture = site.path().join(&PICTURE[1..]);
    for file in [&sheet, &picture] {
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
    }
    let rules = "body { margin: 0 }\n".repeat(100);
    std::fs::write(&sheet, &rules).expect("a file");
    let packed = std::fs::File::create(sheet.with_extension("css.br")).expect("a file");
    let mut brotli = brotli::CompressorWriter::new(packed, 4096, 5, 22);
    brotli.write_all(rules.as_bytes()).expect("packed");
    drop(brotli);
    std::fs::write(picture, [0x89, b'P', b'N', b'G', 0, 0xff]).expect("a file");
    Function::start("web", &environment).await.unwrap_or_else(|error| panic!("it starts: {}", error.log))
}

async fn a_stranger_looks_around(browser: &mut Browser<'_>) {
    let page = browser.open("/").await;
    assert_eq!(page.answered.status, 200, "{}", page.text);
    assert_eq!(page.answered.header("content-encoding"), Some("br"));
    assert!(page.answered.was_base64 && page.text.contains(SHEET), "{}", page.text);
    assert_eq!(page.answered.header("cache-control"), Some("no-store"));

    let nowhere = browser.open("/%E6%B2%A1%E6%9C%89/[x]|^").await;
    assert_eq!(nowhere.answered.status, 404);
    assert!(nowhere.text.contains("<html"), "it has its page: {}", nowhere.text);

    // An address within an address, packed once more: whatever is undone on the way must be undone once.
    let back = "/desk/find?q=%E9%87%91&up=100%25+1";
    let target = format!("/lang/en?to={}", percent(back));
    let chosen = browser.send(&Method::GET, &target, &[], b"").await;
    assert_eq!((chosen.status, chosen.header("location")), (303, Some(back)));
}

async fn files_come_from_the_folder(browser: &mut Browser<'_>) {
    let sheet = browser.send(&Method::GET, SHEET, &[], b"").await;
    assert_eq!((sheet.status, sheet.header("content-encoding")), (200, Some("br")));
    assert_eq!(sheet.header("cache-control"), Some("public, max-age=31536000, immutable"));
    assert!(text_of(&sheet).starts_with("body {"), "{sheet:?}");
    let tag = sheet.header("etag").expect("a tag").to_owned();
    let again = browser.send(&Method::GET, SHEET, &[("if-none-match", &tag)], b"").await;
    assert_eq!((again.status, again.body.len()), (304, 0));
    let picture = browser.send(&Method::GET, PICTURE, &[], b"").await;
    assert_eq!((picture.status, picture.header("content-type")), (200, Some("image/png")));
    assert_eq!(picture.body, [0x89, b'P', b'N', b'G', 0, 0xff], "byte by byte");
}

async fn a_resident_reports_a_need(resident: &mut Browser<'_>, text: &str) {
    let asked = resident.open("/need").await;
    let mut form = asked.form("value=\"need\"");
    form.retain(|(name, _)| !["category", "text"].contains(&name.as_str()));
    form.extend(
        [("category", "medical"), ("text", text)].map(|(name, value)| (name.to_owned(), value.to_owned())),
    );
    let body: Vec<String> = form.iter().map(|(name, value)| format!("{name}={}", percent(value))).collect();
    let headers = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")];
    let answered = resident.send(&Method::POST, "/act", &headers, body.join("&").as_bytes()).await;
    assert_eq!(answered.status, 303, "{}", text_of(&answered));
    let told: Vec<&str> = answered.cookies.iter().filter_map(|cookie| cookie.split('=').next()).collect();
    assert_eq!(told, ["fresh", "needs"], "each cookie arrives by itself");
    // Who is asked for, what was just written, the language: each in a cookie of its own.
    says(&resident.open("/household").await, text);
    // Pressed again it is the same need.
    resident.press("/act", &pairs(&form)).await;
    let page = resident.open("/household").await;
    assert!(page.text.contains("lang=\"en"), "{}", page.text);
    assert_eq!(page.text.matches(text).count(), 1, "{}", page.text);
}

async fn the_desk_looks_for(desk: &mut Browser<'_>, words: &str) {
    let found = desk.open(&format!("/desk/find?q={}", percent(words))).await;
    assert_eq!(found.answered.status, 200, "{}", found.text);
    says(&found, &words.replace('&', "&amp;"));
    // As a form without script writes a blank.
    let found = desk.open(&format!("/desk/find?q={}", percent(words).replace("%20", "+"))).await;
    says(&found, &words.replace('&', "&amp;"));
}

#[tokio::test]
async fn whatever_stands_before_the_function_people_see_and_send_the_same() {
    let Some(table) = local_table().await else { return };
    let (_, links) = demo(&table.store).await;
    let site = TempDir::new();
    let function = with_files(&table, &site).await;
    for edge in EDGES {
        let browser = || Browser::before(&function, edge);
        a_stranger_looks_around(&mut browser()).await;
        files_come_from_the_folder(&mut browser()).await;
        let mut resident = sign_in_with(browser(), &links, "resident").await;
        a_resident_reports_a_need(&mut resident, &format!("胰岛素 {edge:?}")).await;
        let mut desk = sign_in_with(browser(), &links, "desk").await;
        the_desk_looks_for(&mut desk, "金 & 楼 = 100% + 1").await;
    }
    // Files are as many as pages, and say nothing to whoever reads the log; what is not there does.
    let log = function.log();
    let lines = log.lines().map(|line| serde_json::from_str::<Value>(line).expect("each line is JSON"));
    let without_route: Vec<Value> = lines.filter(|line| line["route"] == "-").collect();
    assert!(without_route.iter().all(|line| line["status"] == 404), "{without_route:?}");
    assert_eq!(without_route.len(), EDGES.len(), "{without_route:?}");
}

#[tokio::test]
async fn what_did_not_work_is_told_in_words_and_stays_what_it_is() {
    let Some(mut table) = local_table().await else { return };
    let site = TempDir::new();
    // Sessions are asked for where nothing is: a page of the program's own, under a status that no phone takes for an answer.
    table.sessions = "nowhere".to_owned();
    let function = with_files(&table, &site).await;
    for edge in EDGES {
        let mut browser = Browser::before(&function, edge);
        browser.keep("__Host-lm", &web::secret::new_tokens().session.text());
        browser.keep("lang", "en");
        let page = browser.open("/").await;
        assert_eq!(page.answered.status, 500, "{edge:?}: {}", page.text);
        assert!(page.text.contains("lang=\"en") && page.text.contains("<h1"), "{edge:?}: {}", page.text);
        assert_eq!(page.answered.header("cache-control"), Some("no-store"));
    }
}

#[tokio::test]
async fn a_balancer_hands_on_any_host_and_none_breaks_anything() {
    let Some(table) = local_table().await else { return };
    let function = with_files(&table, &TempDir::new()).await;
    // Whoever knows a balancer's address may call it by whatever name.
    let event = Edge::Balancer.event(&Method::GET, "/signin", &[("host", "not a host")], &[], b"");
    let answer = function.invoke(&event).await.expect("an answer");
    assert_eq!(Edge::Balancer.read(&answer).status, 200);
    assert!(answer["statusDescription"].as_str().is_some_and(|said| said.starts_with("200")), "{answer}");
}
