//! Forms that make facts. Every form that does something posts to `/act` with a field `act`; the server (script
//! off) and the phone (script on) read it by the same function, so that both ways make the same fact.

use crate::community::Community;
use crate::draft::{Draft, DraftFault};
use crate::fact::{
    AddJob, Away, Body, Complaint, Dispute, DoorCheck, DropJob, Mark, OrderSet, Paid, PaidState, Seen,
};
use crate::ids::{FactId, HouseholdId, RunId};
use crate::job::{JobRef, Outcome};
use crate::json::{Json, Node};
use crate::mark_form;
use crate::menu::{Line, Substitution};
use crate::need::{Category, Channel, NeedReport, NeedStep, Step};
use crate::order::Order;
use crate::paper::been;
use crate::time::Millis;
use crate::wall::Wall;
use crate::window::Window;
use crate::wire::MAX_TEXT;

/// Fields of every act.
pub mod field {
    /// Which act.
    pub const ACT: &str = "act";
    /// The id of the fact it will make, put into the page so that a double submit is one fact.
    pub const FACT: &str = "fact";
    /// The household it is for.
    pub const HOUSEHOLD: &str = "h";
    /// The run.
    pub const RUN: &str = "run";
    /// The order it replaces.
    pub const WAS: &str = "was";
    /// The need, mark or notice it is about.
    pub const ABOUT: &str = "about";
    /// Words.
    pub const TEXT: &str = "text";
    /// A choice from a closed list.
    pub const SAYS: &str = "says";
    /// The category of a need.
    pub const CATEGORY: &str = "category";
    /// A tick that it cannot wait.
    pub const URGENT: &str = "urgent";
    /// How it reached us.
    pub const CHANNEL: &str = "channel";
    /// The door.
    pub const DOOR: &str = "door";
    /// A local moment, `2026-11-22T10:00`; of a mark that the desk confirms, the server's milliseconds.
    pub const AT: &str = "at";
    /// The jobs of a mark that the desk confirms, as stored.
    pub const JOBS: &str = "jobs";
    /// Where to go afterwards (a path of ours).
    pub const NEXT: &str = "next";
}

/// What is wrong with a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormFault {
    /// A field is missing or makes no sense; carries its name.
    Field(&'static str),
    /// A basket without boxes.
    NoBoxes,
    /// A basket that is the order as it stands.
    Unchanged,
    /// Something about its lines.
    Basket(Vec<DraftFault>),
    /// More words than even several facts hold.
    TooLong,
}

/// The most facts one text is spread over.
const MAX_PIECES: usize = 8;

/// The fields of a form, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fields(pub Vec<(String, String)>);

impl Fields {
    /// The first value of a field, trimmed; `None` if it is missing or empty.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        let (_, value) = self.0.iter().find(|(field, _)| field == name)?;
        Some(value.trim()).filter(|value| !value.is_empty())
    }

    /// Every value of a field, trimmed, without empty ones.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let values = self.0.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.trim());
        values.filter(|value| !value.is_empty())
    }

    /// A field read as an id or number.
    ///
    /// # Errors
    /// [`FormFault::Field`] if it is missing or not of that type.
    pub fn read<T: std::str::FromStr>(&self, name: &'static str) -> Result<T, FormFault> {
        self.get(name).and_then(|value| value.parse().ok()).ok_or(FormFault::Field(name))
    }

    fn optional<T: std::str::FromStr>(&self, name: &'static str) -> Result<Option<T>, FormFault> {
        self.get(name).map(|value| value.parse().map_err(|_| FormFault::Field(name))).transpose()
    }

    /// The basket in it.
    #[must_use]
    pub fn draft(&self) -> Draft {
        Draft::from_form(self.0.iter().map(|(name, value)| (name.as_str(), value.as_str())))
    }

    /// A value of a closed list, written as in the stored facts.
    fn choice<T: Json>(&self, name: &'static str) -> Result<T, FormFault> {
        self.get(name).and_then(|value| T::read(&Node::key(value))).ok_or(FormFault::Field(name))
    }
}

/// The facts' bodies that a form asks for. Usually one; a long text is continued in further facts, which name
/// the first one, `id`. `now` is the server's time: nothing that is keyed in happened later.
///
/// # Errors
/// A [`FormFault`] that names the field.
pub fn bodies(form: &Fields, id: FactId, community: &Community, now: Millis) -> Result<Vec<Body>, FormFault> {
    let run = || form.read::<RunId>(field::RUN);
    let body = match form.get(field::ACT).unwrap_or_default() {
        "add_job" => Body::AddJob(AddJob {
            run: run()?,
            door: form.read(field::DOOR)?,
            household: form.optional(field::HOUSEHOLD)?,
            kind: form.choice(field::SAYS)?,
            text: form.get(field::TEXT).unwrap_or_default().to_owned(),
            need: form.optional(field::ABOUT)?,
        }),
        "drop_job" => Body::DropJob(DropJob {
            run: run()?,
            door: form.read(field::DOOR)?,
            job: form.read(field::ABOUT)?,
        }),
        "paper_mark" => {
            let wall: Wall = form.read(field::AT)?;
            let happened = wall.moment(community.settings.utc_offset).filter(|at| been(*at, now));
            keyed_in(mark_form::mark(form)?, happened.ok_or(FormFault::Field(field::AT))?)
        }
        "confirm" => {
            let happened = Millis(form.read(field::AT)?);
            let jobs = form.get(field::JOBS).and_then(crate::json::read);
            let jobs: Vec<(JobRef, Outcome)> = jobs.ok_or(FormFault::Field(field::JOBS))?;
            let (run, door) = (run()?, form.read(mark_form::DOOR)?);
            let mark = Mark { run, door, jobs, by: DoorCheck::Paper, happened: None };
            keyed_in(Body::Mark(mark), happened.min(now))
        }
        "read" => step(form, Step::Read)?,
        "take" => step(form, Step::Taken)?,
        "answer" => step(form, Step::Answered(words(form)?))?,
        "sort" => step(form, Step::Sorted(form.choice(field::CATEGORY)?, form.get(field::URGENT).is_some()))?,
        "mark" | "undo" | "load" | "paid" => return on_round(form, id),
        _ => return of_household(form, id, community),
    };
    Ok(vec![body])
}

/// What somebody on a round does, on the phone of the round: the part of [`bodies`] that such a phone has room for.
///
/// # Errors
/// A [`FormFault`] that names the field.
pub fn on_round(form: &Fields, id: FactId) -> Result<Vec<Body>, FormFault> {
    let body = match form.get(field::ACT).unwrap_or_default() {
        "mark" => mark_form::mark(form)?,
        "undo" => mark_form::undo(form)?,
        "load" => mark_form::load(form)?,
        "paid" => Body::Paid(Paid {
            run: form.read(field::RUN)?,
            household: form.read(field::HOUSEHOLD)?,
            state: form.choice::<PaidState>(field::SAYS)?,
        }),
        "need" => return need(form, id),
        _ => return Err(FormFault::Field(field::ACT)),
    };
    Ok(vec![body])
}

/// What a household does: the part of [`bodies`] that a resident's phone has room for.
///
/// # Errors
/// A [`FormFault`] that names the field.
pub fn of_household(form: &Fields, id: FactId, community: &Community) -> Result<Vec<Body>, FormFault> {
    let act = form.get(field::ACT).unwrap_or_default();
    match act {
        "close" => return Ok(vec![step(form, Step::Closed)?]),
        "reopen" => return Ok(vec![step(form, Step::Reopened(words(form)?))?]),
        _ => {}
    }
    let household = || form.read::<HouseholdId>(field::HOUSEHOLD);
    let run = || form.read::<RunId>(field::RUN);
    let body = match act {
        "order" => {
            let draft = form.draft();
            let window = community.windows.get(&run()?).ok_or(FormFault::Field(field::RUN))?;
            let lines = basket(&draft, community, window, None)?;
            let replaces = form.optional(field::WAS)?;
            let substitution = draft.substitution;
            Body::Order(OrderSet { run: run()?, household: household()?, replaces, lines, substitution })
        }
        "cancel" => Body::Order(OrderSet {
            run: run()?,
            household: household()?,
            replaces: Some(form.read(field::WAS)?),
            lines: vec![],
            substitution: Substitution::default(),
        }),
        "away" => {
            let away = form.get(field::SAYS) != Some("no");
            Body::Away(Away { run: run()?, household: household()?, away })
        }
        "dispute" => Body::Dispute(Dispute {
            run: run()?,
            household: household()?,
            mark: form.read(field::ABOUT)?,
            job: form.optional(mark_form::JOB)?,
            says: form.choice::<Complaint>(field::SAYS)?,
            note: form.get(field::TEXT).unwrap_or_default().to_owned(),
        }),
        "undo" => mark_form::undo(form)?,
        "need" => return need(form, id),
        "seen" => Body::Seen(Seen { household: household()?, notice: form.read(field::ABOUT)? }),
        _ => return Err(FormFault::Field(field::ACT)),
    };
    Ok(vec![body])
}

/// The lines of a basket that can be ordered; `standing` is the order that it would replace.
///
/// # Errors
/// What is wrong with it, or that it would change nothing.
pub fn basket(
    draft: &Draft,
    community: &Community,
    window: &Window,
    standing: Option<&Order>,
) -> Result<Vec<Line>, FormFault> {
    let (lines, faults) = draft.lines(community, window);
    let same = |order: &Order| order.lines == lines && order.substitution == draft.substitution;
    match standing {
        _ if !faults.is_empty() => Err(FormFault::Basket(faults)),
        _ if lines.is_empty() => Err(FormFault::NoBoxes),
        Some(order) if same(order) => Err(FormFault::Unchanged),
        _ => Ok(lines),
    }
}

fn step(form: &Fields, step: Step) -> Result<Body, FormFault> {
    let household = form.read(field::HOUSEHOLD)?;
    Ok(Body::NeedStep(NeedStep { household, need: form.read(field::ABOUT)?, step }))
}

fn words(form: &Fields) -> Result<String, FormFault> {
    form.get(field::TEXT).map(str::to_owned).ok_or(FormFault::Field(field::TEXT))
}

/// A mark as the desk keys it in.
fn keyed_in(body: Body, happened: Millis) -> Body {
    match body {
        Body::Mark(mark) => Body::Mark(Mark { by: DoorCheck::Paper, happened: Some(happened), ..mark }),
        other => other,
    }
}

fn need(form: &Fields, id: FactId) -> Result<Vec<Body>, FormFault> {
    let household = form.read(field::HOUSEHOLD)?;
    let category: Category = form.choice(field::CATEGORY)?;
    let channel =
        if form.get(field::CHANNEL).is_some() { form.choice(field::CHANNEL)? } else { Channel::App };
    let text = form.get(field::TEXT).ok_or(FormFault::Field(field::TEXT))?;
    let characters: Vec<char> = text.chars().filter(|c| !c.is_control() || *c == '\n').collect();
    if characters.len() > MAX_TEXT * MAX_PIECES {
        return Err(FormFault::TooLong);
    }
    let urgent = form.get(field::URGENT).is_some();
    let pieces = characters.chunks(MAX_TEXT).enumerate().map(|(n, piece)| {
        let continues = (n > 0).then_some(id);
        Body::Need(NeedReport {
            household,
            category,
            text: piece.iter().collect(),
            urgent,
            channel,
            continues,
        })
    });
    Ok(pieces.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(fields: &[(&str, &str)]) -> Fields {
        Fields(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    /// Sunday noon in China.
    const NOW: Millis = Millis(1_795_320_000_000);

    fn nowhere() -> Community {
        serde_json::from_str(
            r#"{"settings":{"id":"c","name":{"zh":"社区"},"utc_offset":480,"hotline":"1","emergency":"120",
            "unread_minutes":10},"places":{"compounds":{},"buildings":{},"doors":{},"households":{}},"people":{},
            "menus":[],"windows":{},"notices":{}}"#,
        )
        .expect("a community without anything")
    }

    #[test]
    fn a_long_need_is_continued_in_a_second_fact() {
        let id = FactId::new(1, [1; 10]);
        let text = "字".repeat(300);
        let made = bodies(
            &form(&[("act", "need"), ("h", "7"), ("category", "food"), ("text", &text)]),
            id,
            &nowhere(),
            NOW,
        )
        .expect("two facts");
        let [Body::Need(first), Body::Need(second)] = made.as_slice() else { panic!("{made:?}") };
        assert_eq!((first.text.chars().count(), first.continues), (250, None));
        assert_eq!((second.text.chars().count(), second.continues), (50, Some(id)));
    }

    #[test]
    fn a_wrong_field_is_named() {
        let id = FactId::new(1, [1; 10]);
        let fault =
            |fields: &[(&str, &str)]| bodies(&form(fields), id, &nowhere(), NOW).expect_err("a fault");
        assert_eq!(fault(&[("act", "fly")]), FormFault::Field("act"));
        assert_eq!(fault(&[("act", "need"), ("h", "x")]), FormFault::Field("h"));
        assert_eq!(fault(&[("act", "need"), ("h", "1"), ("category", "fun")]), FormFault::Field("category"));
        assert_eq!(fault(&[("act", "order"), ("h", "1"), ("run", "9")]), FormFault::Field("run"));
    }

    #[test]
    fn a_mark_from_paper_takes_every_outcome_and_every_job_but_no_time_to_come() {
        let id = FactId::new(1, [1; 10]);
        let added = FactId::new(2, [2; 10]).to_string();
        let keyed = |at: &str, outcome: &str| {
            let job = format!("j{added}");
            let sheet = [("act", "paper_mark"), ("run", "1"), ("d", "3"), ("at", at), ("o", outcome)];
            let words = if mark_form::WITH_WORDS.contains(&outcome) { "302" } else { "" };
            let jobs = [("job", "o7"), ("job", job.as_str()), ("note", words)];
            bodies(&form(&[&sheet[..], &jobs].concat()), id, &nowhere(), NOW)
        };
        for outcome in mark_form::OUTCOMES {
            let Ok(made) = keyed("2026-11-22T09:00", outcome) else { panic!("{outcome}") };
            let [Body::Mark(mark)] = made.as_slice() else { panic!("{made:?}") };
            assert_eq!((mark.by, mark.jobs.len()), (DoorCheck::Paper, 2));
            assert_eq!(mark.happened, Some(Millis(NOW.0 - 3 * Millis::HOUR)));
        }
        assert_eq!(keyed("2026-12-22T09:00", "done"), Err(FormFault::Field("at")), "next month");
        assert_eq!(keyed("", "done"), Err(FormFault::Field("at")));
    }
}
