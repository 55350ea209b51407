//! An operator says `--acme DOMAIN` and nothing else: the server's own binary, an authority that looks at the domain
//! as the real one does (Pebble, where the variable `PEBBLE` names it), and a phone that trusts that authority only.

mod names;
mod pebble;
mod phone;
mod server;

use std::net::Ipv4Addr;
use std::path::Path;
use std::time::Duration;

use self::names::Names;
use self::pebble::{BLOCKED, Pebble, free_port};
use self::server::Server;
use crate::temp_dir::TempDir;

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);
const DOMAIN: &str = "lm.test";
const NINETY_DAYS: u32 = 90 * 24 * 60 * 60;

/// Everything below a folder with its rights for others than the owner.
fn rights(folder: &Path, found: &mut Vec<(String, u32)>) {
    use std::os::unix::fs::PermissionsExt;
    for entry in std::fs::read_dir(folder).expect("the folder is there").flatten() {
        let path = entry.path();
        let mode = entry.metadata().expect("it is there").permissions().mode();
        found.push((path.display().to_string(), mode & 0o077));
        if path.is_dir() {
            rights(&path, found);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_domain_is_enough_for_https_and_a_restart_asks_nobody() {
    let names = Names::open().await;
    names.lead(DOMAIN, Ipv4Addr::LOCALHOST);
    let Some(mut pebble) = Pebble::start(&names, NINETY_DAYS) else { return };
    let phone = pebble.phone().await;
    let data = TempDir::new();
    let root = pebble.own_root();
    let directory = pebble.directory.clone();
    let authority = ["--acme-directory", &directory, "--acme-root", &root, "--acme-contact", "desk@lm.test"];

    let mut server = Server::start(data.path(), pebble.server, DOMAIN, &authority);
    // Links lead to the domain, without the port that it listens on behind a router.
    let said = server.says(&["Ctrl-C", "desk: https://lm.test/i/"]);
    assert!(
        said.contains("lm.test has a certificate until") && said.contains("lm.test 的证书有效期到"),
        "{said}"
    );
    let mut connected = phone.connect(pebble.server, DOMAIN).await.expect("the phone trusts it");
    let page = connected.get("/signin").await;
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    let certificate = connected.certificate();

    let mut found = Vec::new();
    rights(&data.path().join("acme"), &mut found);
    assert!(found.iter().any(|(name, _)| name.ends_with("account.json")), "{found:?}");
    assert!(found.iter().any(|(name, _)| name.ends_with("lm.test.pem")), "{found:?}");
    assert!(found.iter().all(|(_, others)| *others == 0), "{found:?}");

    // With the authority gone, what is kept has to do.
    server.stop();
    pebble.stop();
    let again = Server::start(data.path(), pebble.server, DOMAIN, &authority);
    let said = again.says(&["Ctrl-C"]);
    assert!(!said.contains("certificate"), "{said}");
    let connected = phone.connect(pebble.server, DOMAIN).await.expect("the phone trusts it");
    assert_eq!(connected.certificate(), certificate);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_near_its_end_is_renewed_under_open_connections() {
    let names = Names::open().await;
    names.lead(DOMAIN, Ipv4Addr::LOCALHOST);
    let Some(pebble) = Pebble::start(&names, 30) else { return };
    let phone = pebble.phone().await;
    let data = TempDir::new();
    let root = pebble.own_root();
    let server = Server::start(
        data.path(),
        pebble.server,
        DOMAIN,
        &["--acme-directory", &pebble.directory, "--acme-root", &root],
    );
    server.says(&["Ctrl-C"]);
    let mut first = phone.connect(pebble.server, DOMAIN).await.expect("the phone trusts it");
    assert!(first.get("/signin").await.starts_with("HTTP/1.1 200"));
    let renewed = async {
        loop {
            // At no moment is there none, or one that has ended.
            let connected = phone.connect(pebble.server, DOMAIN).await.expect("the phone trusts it");
            if connected.certificate() != first.certificate() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    tokio::time::timeout(PATIENCE, renewed).await.expect("it is renewed");
    assert!(first.get("/signin").await.starts_with("HTTP/1.1 200"), "whoever was connected still is");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_hears_why_there_is_no_certificate() {
    let names = Names::open().await;
    // Another machine, on which nobody listens.
    names.lead("elsewhere.test", Ipv4Addr::new(127, 0, 0, 2));
    let Some(pebble) = Pebble::start(&names, NINETY_DAYS) else { return };
    let own_root = pebble.own_root();
    pebble.phone().await;
    let nobody = format!("https://localhost:{}/dir", free_port().port());
    let no_directory = pebble.no_directory();
    let directory = pebble.directory.clone();
    let hears = |domain: &str, directory: &str, parts: &[&str]| {
        let data = TempDir::new();
        let more = ["--acme-directory", directory, "--acme-root", &own_root];
        let server = Server::start(data.path(), free_port(), domain, &more);
        let said = server.says(parts);
        server.says(&["next try is in 1 min", "1 分钟后自动再试"]);
        assert!(!said.contains("Ctrl-C"), "nobody is let in without a certificate: {said}");
    };
    tokio::task::block_in_place(|| {
        for domain in ["unknown.test", "elsewhere.test"] {
            hears(domain, &directory, &[domain, "did not find this server", "找到的不是本服务器"]);
        }
        hears(BLOCKED, &directory, &["gives none for blocked.test", "不给 blocked.test 颁发证书"]);
        hears(DOMAIN, &nobody, &["cannot be reached", "连不上"]);
        hears(DOMAIN, &no_directory, &["is no authority", "不是颁发证书的机构"]);
    });
}
