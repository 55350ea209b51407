//! Needs (诉求): what a household reports, what becomes of it, and the fold that tells where it stands.
//!
//! Source of the rule: seed 003, received, handled, closed, with an urgent flag and the requester told of progress.

use serde::{Deserialize, Serialize};

use crate::actor::Signed;
use crate::fact::{Body, Stamped, in_order};
use crate::ids::{FactId, HouseholdId};
use crate::json::Json;
use crate::time::{Millis, Shown};

macro_rules! categories {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        /// What a need is about: the categories of seed 003 with those the messages show.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Json)]
        #[serde(rename_all = "snake_case")]
        pub enum Category { $($(#[$doc])* $name),* }

        impl Category {
            /// Every category, in the order of pickers.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];
        }
    };
}

categories! {
    /// Doctor, hospital, emergency.
    Medical,
    /// Medicine runs out.
    Medicine,
    /// Food runs out or was short.
    Food,
    /// Heating, water, gas, drains.
    Repair,
    /// Health code and test results.
    HealthCode,
    /// Stranded, passes, vehicles.
    Traffic,
    /// Questions on rules.
    Policy,
    /// School.
    Education,
    /// Somebody to talk to.
    Counselling,
    /// A suggestion.
    Suggestion,
    /// A complaint.
    Complaint,
    /// Praise.
    Praise,
}

impl Category {
    /// Whether a need of this kind rings at the desk although nobody called it urgent.
    #[must_use]
    pub fn life_matters(self) -> bool {
        matches!(self, Self::Medical)
    }
}

/// How a need reached us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, Json)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// The household's own phone.
    #[default]
    App,
    /// At the door, on a round.
    Door,
    /// A telephone call.
    Call,
    /// On paper.
    Paper,
    /// A chat group.
    Chat,
}

/// A household needs something.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Json)]
pub struct NeedReport {
    /// Who needs it.
    #[serde(rename = "h")]
    pub household: HouseholdId,
    /// What it is about.
    pub category: Category,
    /// In the reporter's words.
    pub text: String,
    /// Whether it cannot wait.
    #[serde(default)]
    pub urgent: bool,
    /// How it reached us.
    #[serde(default)]
    pub channel: Channel,
    /// The need this continues, where the words did not fit into one fact.
    #[serde(rename = "more", default, skip_serializing_if = "Option::is_none")]
    pub continues: Option<FactId>,
}

/// What somebody did about a need.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Json)]
pub struct NeedStep {
    /// Whose need.
    #[serde(rename = "h")]
    pub household: HouseholdId,
    /// The fact that reported it.
    pub need: FactId,
    /// What was done.
    pub step: Step,
}

/// A step in the life of a need.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Json)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// A person has read it. Received and read are different states.
    Read,
    /// Somebody takes it on.
    Taken,
    /// Answered, in words.
    Answered(String),
    /// The desk puts it into another category or changes its urgency.
    Sorted(Category, bool),
    /// The household, or the desk when the household said so on the phone, is content.
    Closed,
    /// It is not solved after all; why, in words.
    Reopened(String),
}

/// Where a need stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NeedState {
    /// Received by the server.
    Reported,
    /// Somebody works on it (处理中).
    Taken,
    /// Answered (已回复).
    Answered,
    /// Closed (已办结).
    Closed,
}

/// A need as it stands: the fold of its facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    /// The fact that reported it.
    pub id: FactId,
    /// Whose it is.
    pub household: HouseholdId,
    /// What it is about, as last sorted.
    pub category: Category,
    /// The words, continuations joined.
    pub text: String,
    /// Whether it cannot wait, as last sorted.
    pub urgent: bool,
    /// Who reported it.
    pub by: Signed,
    /// How it reached us.
    pub channel: Channel,
    /// When.
    pub reported: Shown,
    /// When the server had it.
    pub received: Millis,
    /// Where it stands.
    pub state: NeedState,
    /// When a person first read it.
    pub read: Option<Millis>,
    /// The last answer.
    pub answer: Option<String>,
    /// Who last took it on or answered it: the desk's to know, and no page of a household says it.
    #[cfg(feature = "rounds")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handler: Option<Signed>,
    /// When the server had it that it is not solved after all, and why; until it is answered once more.
    #[cfg(feature = "rounds")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reopened: Option<(Millis, String)>,
    /// The server time of the last fact that counted.
    pub changed: Millis,
    /// How many facts have been folded: the revision of the stored head.
    pub revision: u32,
}

impl NeedReport {
    /// Whether it may not wait unseen on a phone: its page says "Call now" until it is received. Whoever runs out of
    /// medicine may not think of calling that urgent; somebody at their door has asked how long it lasts.
    #[must_use]
    pub fn cannot_wait(&self) -> bool {
        let own_medicine = self.category == Category::Medicine && self.channel == Channel::App;
        self.urgent || self.category.life_matters() || own_medicine
    }
}

impl Need {
    /// Whether somebody still has to do something.
    #[must_use]
    pub fn open(&self) -> bool {
        self.state != NeedState::Closed
    }

    /// Whether the desk is rung until a person reads it.
    #[must_use]
    pub fn rings(&self) -> bool {
        self.open() && self.read.is_none() && self.pressing()
    }

    /// Whether it cannot wait.
    #[must_use]
    pub fn pressing(&self) -> bool {
        self.urgent || self.category.life_matters()
    }

    /// Since when it waits for somebody to read it: its words, or those that say it is not solved.
    #[must_use]
    #[cfg(feature = "rounds")]
    pub fn waits_since(&self) -> Millis {
        self.reopened.as_ref().map_or(self.received, |(at, _)| *at)
    }

    /// Whether somebody else has taken it on or answered it since `me` saw it at that revision.
    #[must_use]
    #[cfg(feature = "rounds")]
    pub fn overtaken(&self, seen: u32, me: Signed) -> bool {
        let handled = matches!(self.state, NeedState::Taken | NeedState::Answered | NeedState::Closed);
        handled && self.revision > seen && self.handler.is_some_and(|other| other != me)
    }

    /// The order of the desk's list: urgent first, then oldest.
    #[must_use]
    pub fn desk_order(&self) -> (bool, Millis, FactId) {
        (!self.urgent, self.received, self.id)
    }

    fn step(&mut self, stamped: &Stamped, step: &Step) {
        match step {
            Step::Read => {}
            Step::Taken if self.state == NeedState::Reported => {
                self.state = NeedState::Taken;
                #[cfg(feature = "rounds")]
                self.handler.replace(stamped.by);
            }
            Step::Taken => {}
            Step::Answered(text) => {
                self.answer = Some(text.clone());
                #[cfg(feature = "rounds")]
                self.handler.replace(stamped.by);
                #[cfg(feature = "rounds")]
                self.reopened.take();
                if self.state != NeedState::Closed {
                    self.state = NeedState::Answered;
                }
            }
            Step::Sorted(category, urgent) => (self.category, self.urgent) = (*category, *urgent),
            Step::Closed => self.state = NeedState::Closed,
            // Nobody has read why it is not solved: it rings as it did at first.
            Step::Reopened(..) => {
                (self.state, self.read) = (NeedState::Reported, None);
                #[cfg(feature = "rounds")]
                if let Step::Reopened(why) = step {
                    (self.handler, self.reopened) = (None, Some((stamped.received, why.clone())));
                }
            }
        }
        // Whoever acts on a need from the desk's side has read it.
        if !matches!(stamped.by, Signed::Household(_)) {
            self.read.get_or_insert(stamped.received);
        }
    }
}

/// Folds facts of households into their needs, newest report first. Steps that arrived before their report wait in
/// the facts until it is there.
pub fn needs<'a>(facts: impl IntoIterator<Item = &'a Stamped>) -> Vec<Need> {
    folded(&in_order(facts))
}

fn folded(facts: &[&Stamped]) -> Vec<Need> {
    let mut needs: Vec<Need> = facts.iter().filter_map(|stamped| reported(stamped, facts)).collect();
    for stamped in facts {
        let (need, household) = match &stamped.fact.body {
            Body::Need(NeedReport { continues: Some(need), household, .. }) => (*need, *household),
            Body::NeedStep(NeedStep { need, household, .. }) => (*need, *household),
            _ => continue,
        };
        let Some(found) = needs.iter_mut().find(|n| n.id == need && n.household == household) else {
            continue;
        };
        // A further piece of its words is there already.
        if let Body::NeedStep(NeedStep { step, .. }) = &stamped.fact.body {
            found.step(stamped, step);
        }
        found.changed = found.changed.max(stamped.received);
        found.revision += 1;
    }
    crate::small::sort_by_key(&mut needs, |need| std::cmp::Reverse((need.received, need.id)));
    needs
}

/// The words of a need as they were typed, whatever order their pieces came in.
pub(crate) fn whole_text(id: FactId, first: &NeedReport, facts: &[&Stamped]) -> String {
    let mut text = first.text.clone();
    let mut place = 1;
    while let Some(Body::Need(piece)) =
        facts.iter().find(|stamped| stamped.fact.id == id.continued(place)).map(|stamped| &stamped.fact.body)
        && piece.household == first.household
    {
        text.push_str(&piece.text);
        place += 1;
    }
    text
}

fn reported(stamped: &Stamped, facts: &[&Stamped]) -> Option<Need> {
    let Body::Need(report) = &stamped.fact.body else { return None };
    if report.continues.is_some() {
        return None;
    }
    Some(Need {
        id: stamped.fact.id,
        household: report.household,
        category: report.category,
        text: whole_text(stamped.fact.id, report, facts),
        urgent: report.urgent,
        by: stamped.by,
        channel: report.channel,
        reported: stamped.shown(),
        received: stamped.received,
        state: NeedState::Reported,
        read: None,
        answer: None,
        #[cfg(feature = "rounds")]
        handler: None,
        #[cfg(feature = "rounds")]
        reopened: None,
        changed: stamped.received,
        revision: 1,
    })
}
