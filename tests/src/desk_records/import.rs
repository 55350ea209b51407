//! The ledger of 857 households goes in through the desk's page, is corrected, and is taken back.

use std::collections::BTreeSet;

use domain::Name;
use domain::actor::Role;
use domain::community::{Person, Settings};
use http::StatusCode;
use serde::Deserialize;
use store::{Store, StoreConfig, Vault};
use web::assets::Site;
use web::clock::Clock;
use web::config::{Config, PublicUrl};
use web::state::AppState;

use super::hands::{at_the_desk, does, follow, hidden, kept, upload};
use crate::figures::{number, record};
use crate::web::stage::{DESK, NOON, OPEN, Phone, Stage, fact, order};

const LEDGER: &[u8] = include_bytes!("../../fixtures/households.xlsx");
const AS_TEXT: &str = include_str!("../../fixtures/households.csv");
const EXPECTED: &str = include_str!("../../fixtures/households.expected.json");

#[derive(Deserialize)]
struct Expected {
    compounds: usize,
    buildings: usize,
    households: usize,
    people: u32,
    over_60: u32,
    care_flags: usize,
    rejected_rows: usize,
    duplicate_rows: usize,
    rejected_why: Vec<String>,
}

fn expected() -> Expected {
    serde_json::from_str(EXPECTED).expect("the answer for the file")
}

/// A community on its first evening: one person at the desk, nothing else.
async fn before_the_ledger() -> (Stage, Phone) {
    let store = Store::embedded_memory(StoreConfig::default()).await.expect("a table in memory");
    let public_url = PublicUrl::parse("https://lm.example.org").expect("an origin");
    let config = Config { public_url, community: "first".parse().expect("an id") };
    let vault = Vault::with_keys(vec![[7; 32]]).expect("a vault");
    let state = AppState::new(store, vault, Site::default(), config, Clock::standing_at(NOON));
    let settings = Settings {
        id: state.config().community.clone(),
        name: Name::new("社区", "Community"),
        utc_offset: 480,
        hotline: "0371-0000 0110".into(),
        emergency: "120".into(),
        hosts: vec!["lm.example.org".into()],
        unread_minutes: 10,
        quiet: None,
    };
    state.store().create_community(&settings).await.expect("a community");
    let desk = Person {
        id: DESK,
        name: "服务台".into(),
        role: Role::Desk,
        assignments: Vec::new(),
        duty: 1,
        left: false,
    };
    state.store().save_person(&settings.id, &desk).await.expect("a person");
    let stage = Stage { router: web::router(state.clone()), state };
    let desk = at_the_desk(&stage).await;
    (stage, desk)
}

/// Uploads and confirms; the households of the file that have gone stay.
async fn take_in(stage: &Stage, desk: &Phone, file: &[u8]) -> String {
    let came = upload(stage, desk, "/desk/ledger", file, &[]).await;
    let (path, page) = follow(stage, desk, &came).await;
    let version = hidden(&page.body, "version");
    let done = stage.form(Some(desk), &path, &[("version", &version)]).await;
    assert!(
        done.status.is_success() || done.status == StatusCode::SEE_OTHER,
        "{}: {}",
        done.status,
        done.body
    );
    done.body
}

fn figure(page: &str, count: usize, word: &str) -> bool {
    page.contains(&format!("<b>{count}</b> {word}"))
}

#[tokio::test]
async fn the_desk_sees_what_the_file_holds_before_anything_is_written() {
    let (stage, desk) = before_the_ledger().await;
    let came = upload(&stage, &desk, "/desk/ledger", LEDGER, &[]).await;
    let (path, page) = follow(&stage, &desk, &came).await;
    let answer = expected();
    for (count, word) in [
        (answer.compounds, "compounds"),
        (answer.buildings, "buildings"),
        (answer.households, "households"),
        (answer.people as usize, "people"),
        (answer.over_60 as usize, "over 60"),
        (answer.care_flags, "care remarks"),
    ] {
        assert!(figure(&page.body, count, word), "{count} {word}: {}", page.body);
    }
    assert!(page.body.contains(&format!("Rows that repeat another: {}", answer.duplicate_rows)));
    assert!(answer.rejected_why.contains(&"people negative".to_owned()));
    for said in ["The room is missing.", "九楼东", "三", "below zero: -2"] {
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }
    let table = page.body.split("Rows that were not taken").nth(1).expect("the rejected rows");
    let table = table.split("</table>").next().expect("their table");
    assert_eq!(table.matches("<th scope=\"row\"").count(), answer.rejected_rows, "{table}");
    assert_eq!(
        table.matches(">Row ").count() + table.matches(">row ").count(),
        answer.rejected_rows,
        "{table}"
    );
    assert!(
        kept(&stage).await.community.places.households.is_empty(),
        "nothing is written before it is confirmed"
    );

    let csv = stage.get(Some(&desk), &format!("{path}/rejected.csv")).await;
    assert_eq!(csv.status, StatusCode::OK);
    assert_eq!(csv.body.trim_end().lines().count(), answer.rejected_rows + 1, "{}", csv.body);
}

/// Bar H5: each row of the file is a household, or told as a repetition, or told with its reason. Counted in the file
/// itself, apart from the reader.
#[tokio::test]
async fn no_row_of_the_ledger_is_dropped_in_silence() {
    let (stage, desk) = before_the_ledger().await;
    let came = upload(&stage, &desk, "/desk/ledger", LEDGER, &[]).await;
    let (path, page) = follow(&stage, &desk, &came).await;
    let repeated = page.body.split("Rows that repeat another: ").nth(1).expect("said");
    let digits: String = repeated.chars().take_while(char::is_ascii_digit).collect();
    let repeated: usize = digits.parse().expect("a number");
    let csv = stage.get(Some(&desk), &format!("{path}/rejected.csv")).await.body;
    let rejected = csv.trim_end().lines().count() - 1;
    let version = hidden(&page.body, "version");
    stage.form(Some(&desk), &path, &[("version", &version)]).await;
    let taken = kept(&stage).await.community.places.households.len();

    let rows: Vec<Vec<&str>> = AS_TEXT.lines().skip(2).map(|line| line.split(',').collect()).collect();
    let filled = rows.iter().filter(|row| row.iter().any(|cell| !cell.trim().is_empty()));
    // The naive reader takes what is a number as it stands, and goes on.
    let is_number = |cell: Option<&&str>| cell.is_some_and(|cell| cell.parse::<u32>().is_ok());
    let naive = filled.clone().filter(|row| !is_number(row.get(2)) || !is_number(row.get(3))).count();
    let rows = filled.count();
    let silent = rows.abs_diff(taken + repeated + rejected);
    let note = format!("{rows} rows: {taken} households, {repeated} repeated, {rejected} with a reason");
    record("H5.silent", number(silent), Some(number(naive)), &note);
    assert_eq!(silent, 0, "{note}");
}

#[tokio::test]
async fn a_confirmed_ledger_is_the_file_and_care_remarks_stay_apart() {
    let (stage, desk) = before_the_ledger().await;
    let page = take_in(&stage, &desk, LEDGER).await;
    assert!(page.contains("The ledger is imported"), "{page}");
    let catalog = kept(&stage).await;
    let (places, answer) = (&catalog.community.places, expected());
    assert_eq!(places.compounds.len(), answer.compounds);
    assert_eq!(places.buildings.len(), answer.buildings);
    assert_eq!(places.households.len(), answer.households);
    assert_eq!(places.households.values().map(|h| u32::from(h.people)).sum::<u32>(), answer.people);
    assert_eq!(places.households.values().map(|h| u32::from(h.over_60)).sum::<u32>(), answer.over_60);
    let store = stage.state.store();
    let ids: Vec<_> = places.households.keys().copied().collect();
    let care =
        store.compare_care(stage.state.vault(), catalog.id(), "ledger", ids.clone()).await.expect("care");
    assert_eq!(care.len(), answer.care_flags);
    let contacts = store.contacts(stage.state.vault(), catalog.id(), ids).await.expect("contacts");
    assert!(contacts.len() > answer.households / 2, "{} telephone numbers", contacts.len());
    // What phones of stewards hold is cut from this; no remark may be in it.
    let whole = serde_json::to_string(&*catalog.community).expect("json");
    for remark in care.values().filter(|care| care.text.chars().count() > 1) {
        assert!(!whole.contains(&remark.text), "a care remark stands in the places");
    }
}

#[tokio::test]
async fn a_corrected_file_updates_and_an_undo_restores() {
    let (stage, desk) = before_the_ledger().await;
    take_in(&stage, &desk, LEDGER).await;
    let before = kept(&stage).await;

    // The same once more, as text: nothing to do.
    let came = upload(&stage, &desk, "/desk/ledger", AS_TEXT.as_bytes(), &[]).await;
    let (_, page) = follow(&stage, &desk, &came).await;
    assert!(page.body.contains("There is nothing to import"), "{}", page.body);

    // One household has a new member, one is left out, one is new at a door of its own.
    let mut lines: Vec<String> = AS_TEXT.lines().map(str::to_owned).collect();
    let header = lines.iter().position(|line| line.contains("房号")).expect("column names");
    let columns: Vec<&str> = lines[header].split(',').collect();
    let at = |name: &str| columns.iter().position(|column| column.contains(name)).expect("a column");
    let (people, room, phone) = (at("人数"), at("房号"), at("电话"));
    let edit = |line: &str, changes: &[(usize, &str)]| {
        let mut cells: Vec<String> = line.split(',').map(str::to_owned).collect();
        for (place, value) in changes {
            cells[*place] = (*value).to_owned();
        }
        cells.join(",")
    };
    // Not one of the first rows, which the file repeats at its end.
    let row = header + 20;
    let new = edit(&lines[row], &[(room, "9901"), (phone, "13900009901")]);
    lines[row] = edit(&lines[row], &[(people, "7")]);
    lines.remove(row + 1);
    lines.push(new);
    let came = upload(&stage, &desk, "/desk/ledger", lines.join("\n").as_bytes(), &[]).await;
    let (path, page) = follow(&stage, &desk, &came).await;
    for (count, word) in [(1, "new"), (1, "changed"), (1, "not in the file")] {
        assert!(figure(&page.body, count, word), "{count} {word}: {}", page.body);
    }
    let version = hidden(&page.body, "version");
    does(&stage, &desk, &path, &[("version", &version)], "The ledger is imported").await;
    let after = kept(&stage).await;
    let (old, new) = (&before.community.places, &after.community.places);
    assert_eq!(
        new.households.len(),
        old.households.len() + 1,
        "updated, not doubled; who is not in the file stays"
    );
    let changed = old.households.iter().filter(|(id, known)| new.households.get(id) != Some(known)).count();
    assert_eq!(changed, 1);
    // Confirmed twice, by a double tap or a reload, it is still once.
    does(&stage, &desk, &path, &[("version", &version)], "has been dealt with").await;

    let ask = stage.get(Some(&desk), "/desk/ledger/undo").await;
    assert!(ask.body.contains("It is safe to take back"), "{}", ask.body);
    does(&stage, &desk, "/desk/ledger/undo", &[], "Taken back").await;
    assert_eq!(kept(&stage).await.community.places, *old);
    // The undo was the mistake: everything returns, with the ids that orders name.
    does(&stage, &desk, "/desk/ledger/undo", &[], "Taken back").await;
    assert_eq!(kept(&stage).await.community.places, *new);
}

#[tokio::test]
async fn the_very_first_import_can_be_taken_back_and_before_it_there_is_nothing_to_take_back() {
    let (stage, desk) = before_the_ledger().await;
    does(&stage, &desk, "/desk/ledger/undo", &[], "There is nothing to take back").await;
    take_in(&stage, &desk, "小区,楼栋,单元,房号,人数\n春和苑,1,1,101,2\n".as_bytes()).await;
    assert_eq!(kept(&stage).await.community.places.households.len(), 1);
    does(&stage, &desk, "/desk/ledger/undo", &[], "Taken back").await;
    assert!(kept(&stage).await.community.places.households.is_empty());
}

#[tokio::test]
async fn a_corrected_row_by_itself_asks_nobody_to_move_out_and_says_who_lives_at_its_door() {
    let (stage, desk) = before_the_ledger().await;
    let file = |rows: &[&str]| format!("小区,楼栋,单元,房号,人数,户主,备注\n{}\n", rows.join("\n"));
    let rows = [
        "春和苑,1,1,1002,2,甲,",
        "春和苑,1,1,101,3,乙,敲门",
        "春和苑,1,1,1101,1,丙,",
        "春和苑,1,1,102,1,丁,",
    ];
    take_in(&stage, &desk, file(&rows).as_bytes()).await;
    let part = file(&["春和苑,1,1,101,4,戊,", "春和苑,1,1,1101,5,丙,轻声"]);
    let came = upload(&stage, &desk, "/desk/ledger", part.as_bytes(), &[]).await;
    let (_, page) = follow(&stage, &desk, &came).await;
    let page = page.body;
    assert!(page.contains("The file is a part of the ledger: 3 other households"), "{page}");
    let (before, behind) = page.split_once("Somebody has moved out").expect("a step before");
    assert!(!before.contains("name=\"gone\""), "{before}");
    let place = |room: &str| behind.find(&format!(" {room} ")).unwrap_or_else(|| panic!("{room}: {behind}"));
    assert!(place("101") < place("102") && place("102") < place("1002"), "as the stairs go: {behind}");
    assert!(page.contains("101 戊") && page.contains("Lives there already, and stays: 乙"), "{page}");
    assert!(page.contains("people: 1 → 5") && page.contains("nothing → 轻声"), "{page}");
}

#[tokio::test]
async fn what_moved_out_is_the_desk_s_decision() {
    let (stage, desk) = before_the_ledger().await;
    let file = |rows: &[&str]| format!("小区,楼栋,单元,房号,人数,户主\n{}\n", rows.join("\n"));
    take_in(&stage, &desk, file(&["春和苑,1,1,101,2,甲", "春和苑,1,1,102,3,乙"]).as_bytes()).await;
    let came = upload(&stage, &desk, "/desk/ledger", file(&["春和苑,1,1,101,2,甲"]).as_bytes(), &[]).await;
    let (path, page) = follow(&stage, &desk, &came).await;
    let version = hidden(&page.body, "version");
    let gone = hidden(&page.body, "gone");
    does(&stage, &desk, &path, &[("version", &version), ("gone", &gone)], "The ledger is imported").await;
    let catalog = kept(&stage).await;
    let doors: BTreeSet<_> =
        catalog.community.places.households.values().map(|home| home.door.is_some()).collect();
    assert_eq!(doors, BTreeSet::from([true, false]), "one lives there, one has left the door and is kept");
}

#[tokio::test]
async fn an_undo_names_the_doors_where_something_has_happened() {
    let stage = Stage::new().await;
    let desk = at_the_desk(&stage).await;
    let file = "小区,楼栋,单元,房号,人数,户主\n北林新苑,1,1,1901,2,新来\n";
    take_in(&stage, &desk, file.as_bytes()).await;
    let catalog = kept(&stage).await;
    let places = &catalog.community.places;
    let new = places.households.values().find(|home| home.holder == "新来").expect("the new household").id;
    let phone = stage.resident(new).await;
    let answers = stage.hand_in_facts(&phone, &[fact(stage.state.now(), order(new, "A", 1, None))]).await;
    assert_eq!(answers.answers.len(), 1);
    assert!(catalog.community.windows.contains_key(&OPEN));
    let ask = stage.get(Some(&desk), "/desk/ledger/undo").await;
    assert!(ask.body.contains("1901"), "{}", ask.body);
    does(&stage, &desk, "/desk/ledger/undo", &[], "Taken back").await;
    // Whoever comes next gets other ids, and sees nothing of the one whose import was undone.
    let other = "小区,楼栋,单元,房号,人数,户主\n北林新苑,1,1,1902,2,再来\n";
    take_in(&stage, &desk, other.as_bytes()).await;
    let catalog = kept(&stage).await;
    let next =
        catalog.community.places.households.values().find(|home| home.holder == "再来").expect("there");
    assert!(next.id > new, "an id was given twice");
}

#[tokio::test]
async fn a_preview_of_an_old_ledger_is_shown_again_and_another_session_sees_nothing_of_it() {
    let (stage, desk) = before_the_ledger().await;
    let file = |holder: &str| format!("小区,楼栋,单元,房号,人数,户主\n春和苑,1,1,101,2,{holder}\n");
    let came = upload(&stage, &desk, "/desk/ledger", file("甲").as_bytes(), &[]).await;
    let (path, page) = follow(&stage, &desk, &came).await;
    let version = hidden(&page.body, "version");
    take_in(&stage, &desk, file("乙").as_bytes()).await;
    let again = stage.form(Some(&desk), &path, &[("version", &version)]).await;
    assert!(again.body.contains("The ledger changed while you were looking"), "{}", again.body);
    assert!(!kept(&stage).await.community.places.households.values().any(|home| home.holder == "甲"));

    let other = at_the_desk(&stage).await;
    let came = stage.get(Some(&other), &path).await;
    assert_eq!(came.location(), Some("/desk/ledger?did=upload-gone"));
}

#[tokio::test]
async fn a_file_that_names_no_compound_asks_for_which_one_it_is() {
    let (stage, desk) = before_the_ledger().await;
    let file = "楼栋,单元,房号,人数\n1,1,101,2\n";
    let came = upload(&stage, &desk, "/desk/ledger", file.as_bytes(), &[]).await;
    let (path, page) = follow(&stage, &desk, &came).await;
    assert!(page.body.contains("name=\"compound\""), "{}", page.body);
    let page = stage.get(Some(&desk), &format!("{path}?compound=%E6%98%A5%E5%92%8C%E8%8B%91")).await;
    let version = hidden(&page.body, "version");
    let fields = [("version", version.as_str()), ("compound", "春和苑")];
    does(&stage, &desk, &path, &fields, "The ledger is imported").await;
    let catalog = kept(&stage).await;
    assert!(catalog.community.places.compounds.values().any(|compound| compound.name == "春和苑"));
}

#[tokio::test]
async fn whoever_refused_to_have_care_remarks_kept_is_not_asked_again_by_a_file() {
    let (stage, desk) = before_the_ledger().await;
    take_in(&stage, &desk, LEDGER).await;
    let catalog = kept(&stage).await;
    let ids: Vec<_> = catalog.community.places.households.keys().copied().collect();
    let remarks = async || {
        let (store, vault) = (stage.state.store(), stage.state.vault());
        store.compare_care(vault, catalog.id(), "ledger", ids.clone()).await.expect("care")
    };
    let before = remarks().await;
    let (refuses, _) = before.first_key_value().expect("a remark");
    let path = format!("/desk/care/{refuses}/consent");
    assert_eq!(stage.form(Some(&desk), &path, &[("says", "refused")]).await.status, StatusCode::SEE_OTHER);
    take_in(&stage, &desk, AS_TEXT.as_bytes()).await;
    let after = remarks().await;
    assert!(!after.contains_key(refuses), "the file brought it back");
    assert_eq!(after.len() + 1, before.len(), "the others' stay");
}
