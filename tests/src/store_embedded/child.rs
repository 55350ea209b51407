//! The other process of these tests: this same binary, started again with a task.

use super::*;

/// The other process of the tests above: does nothing unless one of them started it.
#[tokio::test]
async fn child() {
    let Ok(task) = std::env::var("STORE_CHILD") else { return };
    let dir = std::env::var("STORE_CHILD_DIR").expect("the parent names the folder");
    let say = |line: String| {
        let mut out = std::io::stdout().lock();
        writeln!(out, "{line}").and_then(|()| out.flush()).expect("the parent listens");
    };
    let store = open(Path::new(&dir)).await.expect("the folder is free");
    match task.as_str() {
        "hold" => {
            say("\nopen".to_owned());
            std::future::pending::<()>().await;
        }
        "write" => {
            let round = std::env::var("STORE_CHILD_ROUND").expect("the parent counts");
            say(String::new());
            for n in 0.. {
                let sk = format!("k{round}-{n}");
                put(&store, &sk).await.expect("written");
                say(sk);
            }
        }
        "fill" => fill(&store, Path::new(&dir), say).await,
        other => panic!("no task {other}"),
    }
}

async fn fill(store: &Store, dir: &Path, say: impl Fn(String)) {
    let ballast = dir.join("ballast");
    std::fs::write(&ballast, vec![1; 512 * 1024]).expect("there is room at first");
    let before = count(store).await;
    let mut written = 0;
    let error = loop {
        let photo = item(&format!("p{written:05}")).with_text("photo", "x".repeat(20_000));
        match store.put(Table::Main, photo, Condition::Absent).await {
            Ok(()) => written += 1,
            Err(error) => break error,
        }
        assert!(written < 10_000, "the disk never became full");
    };
    let debug = format!("{error:?}");
    let kind = debug.split([' ', '{']).next().unwrap_or_default();
    say(format!("\nfailed: {kind} permanent {}", error.is_permanent()));
    say(format!("written: {written}"));
    say(format!("readable: {}", count(store).await.max(before)));
    std::fs::remove_file(&ballast).expect("the ballast is ours");
    let again = put(store, "room").await.map_or_else(|error| format!("{error:?}"), |()| "ok".to_owned());
    say(format!("room again: {again}"));
}

pub(super) fn run_child(task: &str, dir: &Path, more: &[(&str, &str)]) -> Child {
    let this = std::env::current_exe().expect("this binary has a path");
    child_command(Command::new(this), task, dir).envs(more.iter().copied()).spawn().expect("it starts")
}

pub(super) fn run_child_by(through: &[&str], task: &str, dir: &Path) -> Child {
    let this = std::env::current_exe().expect("this binary has a path");
    let command = match through {
        [] => Command::new(this),
        [program, arguments @ ..] => {
            let mut command = Command::new(program);
            command.args(arguments).arg(this);
            command
        }
    };
    child_command(command, task, dir).spawn().expect("it starts")
}

fn child_command(mut command: Command, task: &str, dir: &Path) -> Command {
    command
        .args(["store_embedded::child::child", "--exact", "--nocapture"])
        .env("STORE_CHILD", task)
        .env("STORE_CHILD_DIR", dir)
        .stdin(Stdio::null())
        .stdout(Stdio::piped());
    command
}

/// What the child says, after the test harness's own words.
pub(super) fn lines(child: &mut Child) -> impl Iterator<Item = String> + use<> {
    let out = child.stdout.take().expect("it is piped");
    BufReader::new(out).lines().map_while(Result::ok).filter(|line| line == "open" || line.starts_with('k'))
}
