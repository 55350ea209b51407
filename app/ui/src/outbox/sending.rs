//! Sending: one tab at a time hands in what waits, person by person, and writes down the server's words.

use std::cell::Cell;

use domain::json;
use domain::outbox::{Reply, State, ToSend, batches, heard, pause};
use domain::wire::Answers;
use domain::{FactId, Millis};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;

use super::rows::{self, Row};
use super::{Link, edge, work};

thread_local! {
    static SENDING: Cell<bool> = const { Cell::new(false) };
    static AGAIN: Cell<bool> = const { Cell::new(false) };
    static FAILURES: Cell<u32> = const { Cell::new(0) };
}

/// Somebody or something says that it may work now: earlier failures do not count any more.
pub(super) fn hope() {
    FAILURES.set(0);
}

/// Sends what waits. Called while it sends already, it looks once more afterwards.
pub(super) fn send() {
    AGAIN.set(true);
    if SENDING.replace(true) {
        return;
    }
    spawn_local(async move {
        let mut wait = None;
        while AGAIN.replace(false) && wait.is_none() {
            wait = hand_in().await;
        }
        SENDING.set(false);
        if let Some(milliseconds) = wait {
            let _ = edge::later(milliseconds).await;
            send();
        }
    });
}

/// One walk over what waits. Gives the milliseconds to wait if it has to be repeated.
async fn hand_in() -> Option<u32> {
    let Ok(release) = edge::lock("last-metre-send").await else { return None };
    let release: js_sys::Function = release.dyn_into().ok()?;
    let done = hand_in_locked().await;
    let _ = release.call0(&JsValue::NULL);
    done
}

async fn hand_in_locked() -> Option<u32> {
    let waiting: Vec<Row> = work::read_rows().await.into_iter().filter(Row::waiting).collect();
    if waiting.is_empty() || !edge::online() {
        return None;
    }
    let facts: Vec<_> = waiting.iter().map(Row::fact).collect();
    let to_send: Vec<ToSend<'_>> = waiting
        .iter()
        .zip(&facts)
        .map(|(row, fact)| ToSend { token: &row.token, fact: fact.as_ref() })
        .collect();
    let mut batches = batches(&to_send);
    batches.reverse();
    let (mut any, mut retry, mut stuck) = (false, None, false);
    while let Some(batch) = batches.pop() {
        let (reply, asked) = exchange(&waiting, &batch).await;
        match reply {
            Reply::Heard { again } => {
                any = true;
                FAILURES.set(0);
                work::set_link(Link::Online);
                if again {
                    retry = Some(asked);
                }
            }
            Reply::TooMuch if batch.len() > 1 => {
                let (first, second) = batch.split_at(batch.len() / 2);
                batches.push(second.to_vec());
                batches.push(first.to_vec());
            }
            // One that cannot be read, or whose token is refused, waits here and blocks nobody.
            Reply::TooMuch | Reply::NotAccepted => stuck = true,
            Reply::Nobody => {
                (retry, stuck) = (Some(asked), true);
                work::set_link(Link::Offline);
                break;
            }
        }
    }
    work::set_stuck(stuck);
    if any {
        work::reload_rows().await;
    }
    work::refresh().await;
    retry.map(|asked| {
        let failures = FAILURES.get();
        FAILURES.set(failures.saturating_add(1));
        let dice = edge::dice();
        let random = u32::from_le_bytes([dice[0], dice[1], dice[2], dice[3]]);
        pause(failures, asked, random)
    })
}

/// One request, and what it changes on this phone.
async fn exchange(waiting: &[Row], batch: &[usize]) -> (Reply, Option<u32>) {
    let bodies = batch.iter().map(|place| waiting[*place].body.as_str());
    let sent = work::device();
    let posted = edge::post(&waiting[batch[0]].token, &rows::batch(sent, bodies)).await;
    let Ok(posted) = posted else { return (Reply::Nobody, None) };
    let status = edge::number(&posted, 0).and_then(|status| u16::try_from(status).ok()).unwrap_or(0);
    let asked = edge::number(&posted, 1);
    let answers: Option<Answers> = edge::text(&posted, 2).and_then(|text| json::read(&text));
    let reply = Reply::of(status, answers.as_ref());
    if let (Reply::Heard { .. }, Some(answers)) = (reply, &answers) {
        work::learn_clock(sent, answers.now).await;
        let ids: Vec<FactId> = batch.iter().map(|place| waiting[*place].id).collect();
        let words = words(&ids, answers, answers.now);
        if edge::settle(&json::text(&words)).await.is_err() {
            // The words are lost, the facts are not: they go out again and get the same answer.
            return (Reply::Nobody, asked);
        }
    }
    (reply, asked)
}

fn words(asked: &[FactId], answers: &Answers, at: Millis) -> Vec<(FactId, String)> {
    heard(asked, answers)
        .filter_map(|(id, answer)| match State::Waiting.after(answer, at) {
            State::Waiting => None,
            state => Some((id, json::text(&state))),
        })
        .collect()
}
