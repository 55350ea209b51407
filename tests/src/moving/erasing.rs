//! The end of an emergency: every word that may tell of somebody's health leaves the table, the pages, and what is
//! exported or backed up afterwards; a certificate says what went.

use std::path::Path;

use domain::actor::{Actor, Role, Signed};
use domain::care::Consent;
use domain::fact::{AddJob, Body as What, Complaint, Dispute, DoorCheck, Mark};
use domain::job::{Failure, JobKind, JobRef, Outcome};
use domain::need::{Category, Channel, NeedReport, NeedStep, Step};
use domain::{DoorId, HouseholdId};
use store::{Care, ConsentRecord, Key, MovingError, Parcel, Store, StoreConfig, Unread, Why};
use web::local::erasing::{erase, erase_in, look};
use web::local::place::Place;

use super::exported;
use crate::store_contract::config;
use crate::temp_dir::TempDir;
use crate::web::stage::{DELIVERING, DESK, HERE, NOON, STEWARD, Stage, THERE, fact, order};

/// Stands in everything that somebody said in their own words.
const CANARY: &str = "金丝雀胰岛素";

fn need(household: HouseholdId) -> What {
    What::Need(NeedReport {
        household,
        category: Category::Medicine,
        text: CANARY.into(),
        urgent: true,
        channel: Channel::App,
        continues: None,
    })
}

fn job(kind: JobKind) -> What {
    let household = Some(HERE);
    What::AddJob(AddJob {
        run: DELIVERING,
        door: DoorId(1),
        household,
        kind,
        text: CANARY.into(),
        need: None,
    })
}

fn marked(outcome: Outcome) -> What {
    let jobs = vec![(JobRef::Order(HERE), outcome)];
    What::Mark(Mark { run: DELIVERING, door: DoorId(1), jobs, by: DoorCheck::Scanned, happened: None })
}

/// People talk about somebody's health wherever they can.
async fn talk(stage: &Stage) {
    let (store, vault) = (stage.state.store(), stage.state.vault());
    let c = &stage.state.config().community;
    let (here, desk) = (stage.resident(HERE).await, stage.phone(Signed::Person(DESK, Role::Desk)).await);
    let steward = stage.phone(Signed::Person(STEWARD, Role::Steward)).await;
    stage.hand_in_facts(&here, &[fact(NOON, order(HERE, "A", 1, None))]).await;

    let told = fact(NOON, need(HERE));
    let about = told.id;
    stage.hand_in_facts(&here, &[told]).await;
    let answered = NeedStep { household: HERE, need: about, step: Step::Answered(CANARY.into()) };
    stage.hand_in_facts(&desk, &[fact(NOON, What::NeedStep(answered))]).await;
    stage.hand_in_facts(&desk, &[fact(NOON, job(JobKind::Medicine)), fact(NOON, job(JobKind::Errand))]).await;
    let wrong = fact(NOON, marked(Outcome::Failed(Failure::Other(CANARY.into()))));
    let mark = wrong.id;
    stage.hand_in_facts(&steward, &[wrong, fact(NOON, marked(Outcome::Neighbour(CANARY.into())))]).await;
    let says = Complaint::NeverArrived;
    let dispute = Dispute { run: DELIVERING, household: HERE, mark, job: None, says, note: CANARY.into() };
    stage.hand_in_facts(&here, &[fact(NOON, What::Dispute(dispute))]).await;
    // Refused: another household's.
    stage.hand_in_facts(&here, &[fact(NOON, need(THERE))]).await;

    let remark = (HERE, "insulin".to_owned(), Care { text: CANARY.into(), review: None });
    store.save_care(vault, c, [remark]).await.expect("saved");
    let said = ConsentRecord { is: Consent::Agreed, at: NOON, by: Signed::Household(HERE) };
    store.set_consent(vault, c, HERE, said).await.expect("saved");
    let catalog = store.catalog(c).await.expect("read").expect("there");
    let reader = Actor::Person { id: DESK, role: Role::Desk, assignments: vec![] };
    store.read_care(vault, c, HERE, &reader, CANARY, NOON).await.expect("read");
    let mut places = catalog.community.places.clone();
    places.households.get_mut(&HERE).expect("there").note = CANARY.into();
    store.import_ledger(&catalog, &places).await.expect("imported");

    let by = Signed::Household(HERE);
    let raw = CANARY.as_bytes().to_vec();
    let unread = Unread { fact: fact(NOON, need(HERE)).id, by, unconfirmed: false, received: NOON, raw };
    store.keep_unread(c, &[unread]).await.expect("kept");
    let parcel = Parcel { why: Why::Closed, received: NOON, raw: CANARY.as_bytes().to_vec() };
    store.keep_parcel(c, &parcel).await.expect("kept");
    let session = web::secret::new_tokens().session;
    store.keep_upload(vault, &session, "ledger", CANARY, NOON).await.expect("kept");
    store.bury("tally", &Key::from_parts("H#beilin#1", "CARE#insulin"), "damaged", NOON).await.expect("kept");
}

/// Whether anybody still sees the word, on any page where it stood.
async fn on_a_page(stage: &Stage) -> Option<String> {
    let desk = stage.phone(Signed::Person(DESK, Role::Desk)).await;
    let steward = stage.phone(Signed::Person(STEWARD, Role::Steward)).await;
    let here = stage.resident(HERE).await;
    let run = DELIVERING.0;
    let pages = [
        (&desk, "/desk".to_owned()),
        (&desk, "/desk/board".to_owned()),
        (&desk, "/desk/needs".to_owned()),
        (&desk, "/desk/needs?closed=1".to_owned()),
        (&desk, "/desk/door/1".to_owned()),
        (&desk, format!("/desk/print/rounds?run={run}")),
        (&desk, format!("/desk/print/gate?run={run}")),
        (&desk, "/desk/print/fallback".to_owned()),
        (&steward, "/round".to_owned()),
        (&steward, format!("/round/{run}/1")),
        (&steward, "/api/feed".to_owned()),
        (&here, "/".to_owned()),
        (&here, "/household".to_owned()),
        (&here, "/need".to_owned()),
        (&here, "/api/feed".to_owned()),
    ];
    for (phone, path) in pages {
        let came = stage.get(Some(phone), &path).await;
        assert!(came.status.is_success(), "{path}: {}", came.status);
        if came.body.contains(CANARY) {
            return Some(path);
        }
    }
    let read = stage.form(Some(&desk), &format!("/desk/care/{HERE}"), &[("why", "need")]).await;
    read.body.contains(CANARY).then(|| "/desk/care".to_owned())
}

fn certificate(file: &Path) -> serde_json::Value {
    serde_json::from_slice(&std::fs::read(file).expect("a certificate")).expect("JSON")
}

/// Stopped in the middle, gone on with, done again; the way every backend goes.
async fn an_emergency_ends(store: Store) {
    let dir = TempDir::new();
    let before = Stage::over(store.clone(), "https://lm.example.org");
    before.fill().await;
    talk(&before).await;
    assert!(on_a_page(&before).await.is_some(), "the fixture is seen somewhere");
    let there = store.health_data().await.expect("looked").len();

    // The power goes after some of it is noted.
    let mut noted = 0;
    let stopped = store.erase_health(|gone| {
        noted += gone.len();
        Err(std::io::Error::other("the power went"))
    });
    assert!(matches!(stopped.await, Err(MovingError::File(_))) && noted > 0);
    assert_eq!(store.health_data().await.expect("looked").len(), there, "what is not noted does not go");

    let file = dir.path().join("certificate.json");
    let words = erase_in(&store, "here", &file, "李值班", NOON).await.expect("erased");
    let text = certificate(&file);
    assert_eq!(text["items"].as_u64(), u64::try_from(there).ok(), "{words}: {text}");
    assert_eq!((&text["by"], &text["found_afterwards"]), (&"李值班".into(), &0.into()));
    for (kind, at_least) in [
        ("care", 1),
        ("consent", 1),
        ("care_read", 1),
        ("need", 3),
        ("fact", 5),
        ("ledger", 1),
        ("refused", 1),
        ("unread", 1),
        ("parcel", 1),
        ("upload", 1),
        ("dead_letter", 1),
    ] {
        assert!(text["erased"][kind].as_u64() >= Some(at_least), "{kind}: {text}");
    }
    assert!(!text.to_string().contains("insulin") && !text.to_string().contains(CANARY), "{text}");
    assert_eq!(std::fs::read_dir(dir.path()).expect("a folder").count(), 1, "nothing is left beside it");

    // A server that starts now; an export of now.
    let after = Stage::over(store.clone(), "https://lm.example.org");
    assert_eq!(on_a_page(&after).await, None);
    let (lines, _) = exported(&store, NOON).await;
    let lines = String::from_utf8(lines).expect("text");
    assert!(!lines.contains(CANARY) && !lines.contains("CARE#"));
    // What happened at the doors stays, without words.
    assert!(lines.contains("neighbour") && lines.contains("never_arrived"), "the round's history is gone");

    let again = dir.path().join("again.json");
    // The page of care above is on record as read.
    erase_in(&store, "here", &again, "李值班", NOON).await.expect("nothing to do");
    assert_eq!(
        certificate(&again)["erased"].as_object().map(|kinds| kinds.keys().collect::<Vec<_>>()),
        Some(vec![&"care_read".to_owned()])
    );
    let taken =
        erase_in(&store, "here", &again, "李值班", NOON).await.expect_err("a certificate is never replaced");
    assert!(taken.contains("already"), "{taken}");
}

#[tokio::test]
async fn health_data_leaves_a_table_in_memory() {
    an_emergency_ends(Store::embedded_memory(config()).await.expect("a table")).await;
}

#[tokio::test]
async fn health_data_leaves_a_table_that_speaks_dynamodb() {
    let Ok(endpoint) = std::env::var("DYNAMODB_LOCAL") else { return };
    an_emergency_ends(Store::dynamodb_local(&endpoint, config()).await.expect("DynamoDB Local answers"))
        .await;
}

#[tokio::test]
async fn nothing_is_left_in_the_file_of_one_machine_nor_in_a_backup_and_a_stop_is_gone_on_from() {
    let (home, out) = (TempDir::new(), TempDir::new());
    let open = async || Store::embedded(home.path(), StoreConfig::default()).await.expect("a table");
    let stage = Stage::over(open().await, "https://lm.example.org");
    stage.fill().await;
    talk(&stage).await;
    let place = Place::Folder(home.path().to_owned());
    let file = out.path().join("certificate.json");
    let running = erase(&place, &file, "李值班", NOON).await.expect_err("a server has it");
    assert!(running.contains("Stop the server"), "{running}");
    drop(stage);
    let bytes = |path: &Path| std::fs::read(path).expect("a file");
    let holds = |bytes: &[u8]| bytes.windows(CANARY.len()).any(|part| part == CANARY.as_bytes());
    assert!(holds(&bytes(&home.path().join("table.db"))), "the fixture is in the file");
    let words = look(&place).await.expect("looked");
    assert!(words.contains("need 3"), "{words}");

    // An earlier run was stopped: one name is whole, one is not.
    let gone = format!("need {}\nneed 0123", "ab".repeat(32));
    std::fs::write(out.path().join("certificate.json.unfinished"), gone).expect("a file");
    erase(&place, &file, "李值班", NOON).await.expect("erased");
    let text = certificate(&file);
    assert_eq!(text["erased"]["need"], 4, "what went before the stop counts: {text}");
    for entry in std::fs::read_dir(home.path()).expect("a folder") {
        let path = entry.expect("a file").path();
        assert!(!path.is_file() || !holds(&bytes(&path)), "{}", path.display());
    }
    let backup = web::local::backup::make(home.path(), out.path(), 1, NOON).await.expect("a backup");
    assert!(!holds(&bytes(&backup)));
    assert!(on_a_page(&Stage::over(open().await, "https://lm.example.org")).await.is_none());
}
