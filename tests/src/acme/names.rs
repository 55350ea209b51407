//! Who the authority asks where a domain leads: one DNS server on this machine, over TCP, that knows what a test says.

use std::collections::HashMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Where domains lead.
#[derive(Debug, Clone)]
pub(super) struct Names {
    known: Arc<Mutex<HashMap<String, Ipv4Addr>>>,
    pub(super) address: SocketAddr,
}

impl Names {
    pub(super) async fn open() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let names = Self { known: Arc::default(), address };
        let answering = names.clone();
        tokio::spawn(async move {
            while let Ok((asker, _)) = listener.accept().await {
                let answering = answering.clone();
                tokio::spawn(async move { answering.answer(asker).await });
            }
        });
        names
    }

    /// From now on the domain leads there.
    pub(super) fn lead(&self, domain: &str, to: Ipv4Addr) {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(domain.to_owned(), to);
    }

    /// Questions come with their length in two bytes, and so do answers (RFC 1035, 4.2.2).
    async fn answer(&self, mut asker: TcpStream) {
        while let Ok(length) = asker.read_u16().await {
            let mut question = vec![0; length.into()];
            if asker.read_exact(&mut question).await.is_err() {
                return;
            }
            let answer = self.answered(&question);
            let length = u16::try_from(answer.len()).expect("it is short");
            if asker.write_u16(length).await.is_err() || asker.write_all(&answer).await.is_err() {
                return;
            }
        }
    }

    /// An address for a known name; for everything else, that there is none.
    fn answered(&self, question: &[u8]) -> Vec<u8> {
        let mut labels = Vec::new();
        let mut at = 12;
        while question[at] != 0 {
            let length = usize::from(question[at]);
            labels.push(String::from_utf8_lossy(&question[at + 1..=at + length]).to_lowercase());
            at += length + 1;
        }
        let asked_for = u16::from_be_bytes([question[at + 1], question[at + 2]]);
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let found = known.get(&labels.join(".")).filter(|_| asked_for == 1);

        let mut answer = question[..2].to_vec();
        answer.extend([0x81, 0x80, 0, 1, 0, u8::from(found.is_some()), 0, 0, 0, 0]);
        answer.extend(&question[12..at + 5]);
        if let Some(address) = found {
            // The name of the question, type A, class IN, a minute, four bytes.
            answer.extend([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4]);
            answer.extend(address.octets());
        }
        answer
    }
}
