//! The disk under the embedded table: a kill, no room, no right to write.

use super::child::{lines, run_child, run_child_by};
use super::*;

#[tokio::test]
async fn what_was_acknowledged_survives_a_kill() {
    let dir = TempDir::new();
    let mut expected = 0;
    for round in 0..5 {
        let mut writer = run_child("write", dir.path(), &[("STORE_CHILD_ROUND", &round.to_string())]);
        let acknowledged: Vec<String> = lines(&mut writer).take(60 + round * 17).collect();
        writer.kill().expect("it can be killed");
        writer.wait().expect("it ends");
        let store = open(dir.path()).await.expect("opens after a kill");
        for sk in &acknowledged {
            let key = Key::from_parts("R#1", sk.as_str());
            let found = store.get(Table::Main, &key, Consistency::Strong).await.expect("answered");
            assert!(found.is_some(), "{sk} was acknowledged and is gone");
        }
        expected += acknowledged.len();
        assert!(count(&store).await >= expected);
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_disk_that_takes_no_more_is_an_error_that_passes() {
    let dir = TempDir::new();
    // A limit on the size of files, with its signal ignored, is what every machine can do.
    let script = "trap '' XFSZ; ulimit -f 1600; exec \"$0\" \"$@\"";
    let outcome =
        run_child_by(&["sh", "-c", script], "fill", dir.path()).wait_with_output().expect("it ends");
    let said = String::from_utf8_lossy(&outcome.stdout);
    let written = check_filled(&said, &["Disk", "Full"]);
    // Elsewhere there is room: what was acknowledged is there, and writing goes on. The write that
    // failed may be there too, for the disk can fail after the last byte that mattered.
    let store = open(dir.path()).await.expect("opens afterwards");
    assert!((written..=written + 1).contains(&count(&store).await));
    put(&store, "later").await.expect("there is room again");
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_full_disk_is_named_and_passes_when_there_is_room() {
    let dir = TempDir::new();
    let can_mount = Command::new("unshare").args(["-rm", "true"]).status().is_ok_and(|s| s.success());
    if !can_mount {
        let _ =
            writeln!(std::io::stderr(), "no right to mount here: a full disk was tried by a file limit only");
        return;
    }
    let script = "mount -t tmpfs -o size=3m none \"$STORE_CHILD_DIR\" && exec \"$0\" \"$@\"";
    let outcome = run_child_by(&["unshare", "-rm", "sh", "-c", script], "fill", dir.path())
        .wait_with_output()
        .expect("it ends");
    let said = String::from_utf8_lossy(&outcome.stdout);
    check_filled(&said, &["Full"]);
    assert!(said.contains("room again: ok"), "{said}");
}

/// Returns how many writes were acknowledged before the disk was full.
fn check_filled(said: &str, allowed: &[&str]) -> usize {
    let failed =
        said.lines().find_map(|line| line.strip_prefix("failed: ")).unwrap_or_else(|| panic!("{said}"));
    assert!(allowed.iter().any(|kind| failed.starts_with(kind)), "the error was {failed}");
    assert!(failed.ends_with("permanent false"), "{failed}");
    let written = said.lines().find_map(|line| line.strip_prefix("written: ")).expect("it says how many");
    assert!(said.contains(&format!("readable: {written}")), "{said}");
    written.parse().expect("a number")
}

#[cfg(unix)]
#[tokio::test]
async fn a_read_only_file_refuses_writes_and_still_reads() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = TempDir::new();
    put(&open(dir.path()).await.expect("the folder is free"), "a").await.expect("written");
    let mode = |path: &Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("it is ours");
    };
    mode(dir.path(), 0o777);
    mode(&dir.path().join("table.lock"), 0o666);
    mode(&dir.path().join("table.db"), 0o444);
    // The superuser may write anything, so become somebody else first.
    let am_root =
        std::fs::metadata("/proc/self").is_ok_and(|me| std::os::unix::fs::MetadataExt::uid(&me) == 0);
    let become_somebody: &[&str] =
        if am_root { &["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] } else { &[] };
    let outcome = run_child_by(become_somebody, "fill", dir.path()).wait_with_output().expect("it ends");
    let said = String::from_utf8_lossy(&outcome.stdout);
    assert!(said.contains("failed: ReadOnly permanent false"), "{said}");
    assert!(said.contains("written: 0") && said.contains("readable: 1"), "{said}");
}
