//! The signals that mean "stop": Ctrl-C and what a service manager sends.

#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};
#[cfg(windows)]
use tokio::signal::windows::{CtrlC, ctrl_c};

/// Hears them from its making on. Once a program listens for a signal the system no longer acts on it: whoever listened
/// anew for each wait would be deaf in between, and somebody who presses Ctrl-C just then would press in vain.
pub struct Stop {
    #[cfg(unix)]
    heard: [Option<Signal>; 2],
    #[cfg(windows)]
    heard: [Option<CtrlC>; 1],
}

impl Stop {
    /// Listens. Where the system lets nobody listen, nothing is ever heard.
    #[must_use]
    pub fn listen() -> Self {
        #[cfg(unix)]
        let heard = [SignalKind::interrupt(), SignalKind::terminate()].map(|kind| signal(kind).ok());
        #[cfg(windows)]
        let heard = [ctrl_c().ok()];
        Self { heard }
    }

    /// Ends when somebody asks the process to stop, or has asked since this was made.
    pub async fn asked(&mut self) {
        std::future::poll_fn(|context| {
            let mut heard = self.heard.iter_mut().flatten();
            let asked = heard.any(|signal| signal.poll_recv(context).is_ready());
            if asked { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
        })
        .await;
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::Stop;

    #[tokio::test]
    async fn a_signal_that_comes_while_nobody_waits_is_heard() {
        let mut stop = Stop::listen();
        // As the server does: it waits while it opens, goes on, and waits again.
        tokio::select! {
            () = stop.asked() => panic!("nobody asked"),
            () = std::future::ready(()) => {}
        }
        let own = std::process::id().to_string();
        let sent = std::process::Command::new("kill").args(["-TERM", &own]).status().expect("kill runs");
        assert!(sent.success());
        stop.asked().await;
    }
}
