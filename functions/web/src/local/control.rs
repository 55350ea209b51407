//! How a command asks the server that has the folder open: over a Unix socket that only the folder's owner reaches.
//! One line of JSON asks, one answers. The only request is for a copy of the table.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// In a folder of its own, which only the owner may enter: a socket's own rights are not heeded everywhere.
const FOLDER: &str = "control";
const SOCKET: &str = "socket";

/// What is asked.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Request {
    /// A copy of the table, in a new file.
    CopyTo(PathBuf),
}

/// What is answered.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Answer {
    Done,
    Failed(String),
}

/// What came of asking.
#[derive(Debug, PartialEq, Eq)]
pub enum Asked {
    /// It is done.
    Done,
    /// The server says why not.
    Failed(String),
    /// No server listens in this folder.
    Nobody,
}

fn socket(dir: &Path) -> PathBuf {
    dir.join(FOLDER).join(SOCKET)
}

#[cfg(unix)]
mod unix {
    use std::io;
    use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
    use std::path::Path;

    use store::Store;
    use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
    use tokio::net::{UnixListener, UnixStream};

    use super::{Answer, Asked, FOLDER, Request, socket};
    use crate::local::voice;

    /// More than any path.
    const LONGEST: u64 = 16 * 1024;

    /// Listens; the socket goes away with it.
    #[derive(Debug)]
    pub struct Control {
        listener: UnixListener,
        path: std::path::PathBuf,
        owner: u32,
    }

    impl Drop for Control {
        fn drop(&mut self) {
            // A socket left behind is removed at the next start.
            let _ = std::fs::remove_file(&self.path);
        }
    }

    impl Control {
        /// Makes the socket. Whoever calls has the folder's lock, so a socket that is there is nobody's.
        ///
        /// # Errors
        /// A path too long for a socket, a folder that cannot be written.
        pub fn listen(dir: &Path) -> io::Result<Self> {
            let (folder, path) = (dir.join(FOLDER), socket(dir));
            std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&folder)?;
            std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o700))?;
            let owner = std::fs::metadata(&folder)?.uid();
            match std::fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
            Ok(Self { listener: UnixListener::bind(&path)?, path, owner })
        }

        /// Answers until it is dropped, one after the other.
        pub async fn answer(self, store: Store) {
            loop {
                let Ok((stream, _)) = self.listener.accept().await else { continue };
                // The folder keeps others out; this holds where root opened it to them.
                let allowed = stream.peer_cred().is_ok_and(|peer| [self.owner, 0].contains(&peer.uid()));
                if allowed && let Err(error) = one(stream, &store).await {
                    tracing::warn!(%error, "a command hung up");
                }
            }
        }
    }

    async fn one(stream: UnixStream, store: &Store) -> io::Result<()> {
        let mut stream = BufReader::new(stream);
        let mut line = String::new();
        (&mut stream).take(LONGEST).read_line(&mut line).await?;
        let answer = match serde_json::from_str(&line) {
            Ok(Request::CopyTo(file)) => match store.copy_to(&file).await {
                Ok(true) => Answer::Done,
                Ok(false) => Answer::Failed("this server's table is not on this machine".to_owned()),
                Err(error) => Answer::Failed(voice::with_causes(&error)),
            },
            Err(_) => {
                Answer::Failed("the server does not know this request: it is of another version".to_owned())
            }
        };
        let text = serde_json::to_string(&answer)?;
        stream.get_mut().write_all(format!("{text}\n").as_bytes()).await
    }

    /// Asks the server of a folder for a copy of its table in a new file.
    pub async fn copy_to(dir: &Path, file: &Path) -> Asked {
        let Ok(stream) = UnixStream::connect(socket(dir)).await else { return Asked::Nobody };
        match ask(stream, &Request::CopyTo(file.to_owned())).await {
            Ok(Answer::Done) => Asked::Done,
            Ok(Answer::Failed(words)) => Asked::Failed(words),
            Err(error) => Asked::Failed(format!("the server hung up: {error}")),
        }
    }

    async fn ask(stream: UnixStream, request: &Request) -> io::Result<Answer> {
        let mut stream = BufReader::new(stream);
        let text = serde_json::to_string(request)?;
        stream.get_mut().write_all(format!("{text}\n").as_bytes()).await?;
        let mut line = String::new();
        (&mut stream).take(LONGEST).read_line(&mut line).await?;
        Ok(serde_json::from_str(&line)?)
    }
}

#[cfg(unix)]
pub use unix::{Control, copy_to};

/// Answers commands for as long as what it returns is kept. Without a socket the server serves all the same, and says
/// so: commands then need it stopped.
#[cfg(unix)]
#[must_use]
pub fn keep_answering(dir: &Path, store: store::Store) -> Option<Answering> {
    match Control::listen(dir) {
        Ok(control) => Some(Answering(tokio::spawn(control.answer(store)))),
        Err(error) => {
            tracing::warn!(%error, "no control socket: export and backup need the server stopped");
            None
        }
    }
}

/// The same where there are no Unix sockets.
#[cfg(not(unix))]
#[must_use]
pub fn keep_answering(_: &Path, _: store::Store) -> Option<Answering> {
    None
}

/// Ends with what answers.
#[derive(Debug)]
pub struct Answering(tokio::task::JoinHandle<()>);

impl Drop for Answering {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Where there are no Unix sockets, a command can only open a folder that no server has open.
#[cfg(not(unix))]
pub async fn copy_to(_: &Path, _: &Path) -> Asked {
    Asked::Nobody
}
