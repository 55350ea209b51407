//! What goes wrong in the schedules, counted: a fault that never happened has proved nothing.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use store::Fault;

/// Something that goes wrong between people, phones, network and server. What goes wrong between server and table is
/// [`Fault`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mishap {
    /// A request never arrives.
    Dropped,
    /// It is done, and the answer gets lost.
    AnswerLost,
    /// It arrives twice, at once.
    Doubled,
    /// It arrives minutes later, when its sender has given up.
    Delayed,
    /// It arrives after one that the same phone sent later.
    Overtaken,
    /// Its answer comes after that of one sent later.
    LateAnswer,
    /// A portal answers in the server's place.
    Portal,
    /// The phone dies between the server's answer and its own storage, and starts from what is stored.
    PhoneCrash,
    /// The server starts anew with nothing but the table.
    ServerCrash,
    /// A fact is made on a phone whose clock is more than a day off.
    ClockOff,
    /// The phone's token has ended; somebody has to sign in again.
    TokenEnded,
    /// A steward's assignment ends or begins while marks are on phones.
    Reassigned,
    /// Two phones have marked one door.
    TwoAtOneDoor,
}

const EACH: [Mishap; 13] = [
    Mishap::Dropped,
    Mishap::AnswerLost,
    Mishap::Doubled,
    Mishap::Delayed,
    Mishap::Overtaken,
    Mishap::LateAnswer,
    Mishap::Portal,
    Mishap::PhoneCrash,
    Mishap::ServerCrash,
    Mishap::ClockOff,
    Mishap::TokenEnded,
    Mishap::Reassigned,
    Mishap::TwoAtOneDoor,
];

const EACH_AT_THE_TABLE: [Fault; 7] = [
    Fault::Drop,
    Fault::LostAnswer,
    Fault::Duplicate,
    Fault::Late,
    Fault::Delay,
    Fault::Throttle,
    Fault::TransactionConflict,
];

/// How often what went wrong, over many schedules.
#[derive(Debug, Default)]
pub(super) struct Mishaps(Mutex<BTreeMap<String, u64>>);

impl Mishaps {
    pub(super) fn happened(&self, mishap: Mishap) {
        self.add(format!("{mishap:?}"), 1);
    }

    pub(super) fn at_the_table(&self, counts: &BTreeMap<Fault, u64>) {
        for (fault, count) in counts {
            self.add(format!("table {fault:?}"), *count);
        }
    }

    fn add(&self, name: String, count: u64) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(name).or_default() += count;
    }

    /// Every one with its count.
    pub(super) fn told(&self) -> String {
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts.iter().map(|(name, count)| format!("{name} {count}")).collect::<Vec<_>>().join(", ")
    }

    /// Those that never happened.
    pub(super) fn missing(&self) -> Vec<String> {
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let names = EACH.iter().map(|mishap| format!("{mishap:?}"));
        let names = names.chain(EACH_AT_THE_TABLE.iter().map(|fault| format!("table {fault:?}")));
        names.filter(|name| !counts.contains_key(name)).collect()
    }
}
