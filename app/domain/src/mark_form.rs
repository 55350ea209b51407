//! The forms of a round: how a stop turned out, the undo of a mark, the load at the gate. Read by the same functions
//! on the server (script off) and on the phone.

use std::str::FromStr;

use crate::fact::{Body, DoorCheck, Load, Mark, Retract};
use crate::form::{Fields, FormFault, field};
use crate::ids::{BuildingId, FactId, HouseholdId, NotAnId, RunId};
use crate::job::{Failure, JobRef, Outcome};
use crate::text::text;

/// Which door.
pub const DOOR: &str = "d";
/// Which building, for a load.
pub const BUILDING: &str = "b";
/// How the door was made sure of.
pub const CHECK: &str = "by";
/// A job of the stop, once for each.
pub const JOB: &str = "job";
/// The outcome of every job, or [`EACH`]: the name of the buttons.
pub const OUTCOME: &str = "o";
/// The value of [`OUTCOME`] that says: look at the field of each job.
pub const EACH: &str = "each";
/// What was short or damaged; the fields of one job are [`short_of`] it.
pub const MENUS: &str = "m";
/// A word about the outcome: which neighbour, what is missing.
pub const NOTE: &str = "note";
/// The fault of a mark whose outcome has no place for what was ticked or written beside it.
pub const UNTOLD: &str = "untold";
/// Boxes taken at the gate.
pub const TAKEN: &str = "taken";
/// Boxes brought back to it.
pub const RETURNED: &str = "returned";

/// Boxes that are still to be taken, as the page knows.
pub const DUE: &str = "due";
/// Boxes in hand, as the page knows.
pub const IN_HAND: &str = "hand";
/// The numbers that were asked about and are right all the same.
pub const SURE: &str = "sure";

/// What the outcome buttons and lists offer, in their order.
pub const OUTCOMES: [&str; 9] =
    ["done", "left", "neighbour", "nobody", "no_access", "refused", "wrong_address", "short", "other"];

/// Of these, what tells words that were written beside it.
pub const WITH_WORDS: [&str; 3] = ["neighbour", "short", "other"];

/// The name of a job in a form: `o7` for the order of household 7, `j` and the fact for an added one.
#[must_use]
pub fn job_name(job: JobRef) -> String {
    match job {
        JobRef::Order(household) => text!("o{household}"),
        JobRef::Added(fact) => text!("j{fact}"),
    }
}

/// The name of the field that holds one job's own outcome.
#[must_use]
pub fn outcome_of(job: JobRef) -> String {
    text!("as-{}", job_name(job))
}

/// The name of the fields that tell what of a job was short or damaged: a menu's code for the whole box, or an item of
/// it as stored ([`crate::job::BoxItem`]). Behind one door may be two orders with the same boxes.
#[must_use]
pub fn short_of(job: JobRef) -> String {
    text!("{MENUS}-{}", job_name(job))
}

impl FromStr for JobRef {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let fault = NotAnId { kind: "job" };
        match text.split_at_checked(1) {
            Some(("o", household)) => household.parse::<HouseholdId>().map(Self::Order),
            Some(("j", fact)) => fact.parse::<FactId>().map(Self::Added),
            _ => Err(fault.clone()),
        }
        .map_err(|_| fault)
    }
}

/// An outcome by its name in [`OUTCOMES`], with the words and menus that the form holds for it.
fn outcome(form: &Fields, name: &str, job: JobRef) -> Result<Outcome, FormFault> {
    let words = || form.get(NOTE).unwrap_or_default().to_owned();
    Ok(match name {
        "done" => Outcome::Done,
        "left" => Outcome::LeftAtDoor,
        "neighbour" => Outcome::Neighbour(words()),
        "nobody" => Outcome::Failed(Failure::NobodyHome),
        "no_access" => Outcome::Failed(Failure::NoAccess),
        "refused" => Outcome::Failed(Failure::Refused),
        "wrong_address" => Outcome::Failed(Failure::WrongAddress),
        "short" => {
            let (mut menus, mut items) = (Vec::new(), Vec::new());
            for named in form.all(&short_of(job)) {
                menus.extend(named.parse());
                items.extend(crate::json::read(named));
            }
            let note = words();
            if menus.is_empty() && items.is_empty() && note.is_empty() {
                return Err(FormFault::Field(MENUS));
            }
            Outcome::Failed(Failure::ShortOrDamaged { menus, items, note })
        }
        "other" => {
            let why = form.get(NOTE).ok_or(FormFault::Field(NOTE))?;
            Outcome::Failed(Failure::Other(why.to_owned()))
        }
        _ => return Err(FormFault::Field(OUTCOME)),
    })
}

/// One mark for the whole stop, partial outcomes inside. Where one button says that something was short, what is ticked
/// says of which jobs; the others wait for a word of their own.
///
/// # Errors
/// A [`FormFault`] that names the field: [`NOTE`] where another reason has no words, [`MENUS`] where something was short
/// and nothing says what, [`UNTOLD`] where something was ticked or written that the outcome would not tell.
pub fn mark(form: &Fields) -> Result<Body, FormFault> {
    let all = form.get(OUTCOME).ok_or(FormFault::Field(OUTCOME))?;
    let ticked = |job: JobRef| form.all(&short_of(job)).next().is_some();
    let mut named = Vec::new();
    for name in form.all(JOB) {
        named.push(name.parse::<JobRef>().map_err(|_| FormFault::Field(JOB))?);
    }
    let only_ticked = all == "short" && named.iter().any(|job| ticked(*job));
    // What was ticked or written goes with an outcome that can say it, or is asked about: it is never dropped.
    let (mut words_told, mut ticks_told) = (form.get(NOTE).is_none(), true);
    let mut jobs = Vec::new();
    for job in named {
        if !only_ticked || ticked(job) {
            let own = if all == EACH { form.get(&outcome_of(job)).unwrap_or("done") } else { all };
            words_told |= WITH_WORDS.contains(&own);
            ticks_told &= own == "short" || !ticked(job);
            jobs.push((job, outcome(form, own, job)?));
        }
    }
    if jobs.is_empty() {
        return Err(FormFault::Field(JOB));
    }
    if !(words_told && ticks_told) {
        return Err(FormFault::Field(UNTOLD));
    }
    let by = match form.get(CHECK) {
        Some("scanned") => DoorCheck::Scanned,
        Some("typed") => DoorCheck::Typed,
        _ => DoorCheck::Listed,
    };
    Ok(Body::Mark(Mark { run: form.read(field::RUN)?, door: form.read(DOOR)?, jobs, by, happened: None }))
}

/// The undo of one's own mark, or of what a household said against one.
///
/// # Errors
/// A [`FormFault`] that names the field.
pub fn undo(form: &Fields) -> Result<Body, FormFault> {
    Ok(Body::Retract(Retract {
        run: form.read(field::RUN)?,
        door: form.read(DOOR)?,
        fact: form.read(field::ABOUT)?,
    }))
}

/// The name of a number of a load: a round's page has one such form for each building.
#[must_use]
pub fn load_field(name: &str, run: RunId, building: BuildingId) -> String {
    text!("{name}-{run}-{building}")
}

/// Boxes taken or brought back, for one building. More than there can be is asked about once: who says [`SURE`] to these
/// very numbers is believed.
///
/// # Errors
/// A [`FormFault`] that names the field; both numbers empty or zero is one, too, and a doubt is one of [`SURE`].
pub fn load(form: &Fields) -> Result<Body, FormFault> {
    let load = numbers(form)?;
    if load.taken == 0 && load.returned == 0 {
        return Err(FormFault::Field(TAKEN));
    }
    if doubt(form).is_some() && form.get(SURE) != Some(&sure_of(form)) {
        return Err(FormFault::Field(SURE));
    }
    Ok(Body::Load(load))
}

fn numbers(form: &Fields) -> Result<Load, FormFault> {
    let (run, building) = (form.read(field::RUN)?, form.read(BUILDING)?);
    let number = |name: &'static str| match form.get(&load_field(name, run, building)) {
        Some(typed) => whole(typed).ok_or(FormFault::Field(name)),
        None => Ok(0),
    };
    Ok(Load { run, building, taken: number(TAKEN)?, returned: number(RETURNED)? })
}

/// More boxes than the page knows of: in which field, how many were typed, and how many there are.
#[must_use]
pub fn doubt(form: &Fields) -> Option<(&'static str, u16, u32)> {
    let load = numbers(form).ok()?;
    let (taken, returned) = (load.taken, load.returned);
    let due: u32 = form.read(DUE).ok()?;
    let hand: u32 = form.read(IN_HAND).ok()?;
    let hand = hand.saturating_add(taken.into());
    if u32::from(taken) > due {
        Some((TAKEN, taken, due))
    } else {
        (u32::from(returned) > hand).then_some((RETURNED, returned, hand))
    }
}

/// What [`SURE`] says to the numbers of a load.
#[must_use]
pub fn sure_of(form: &Fields) -> String {
    numbers(form).map(|load| text!("{} {}", load.taken, load.returned)).unwrap_or_default()
}

/// A whole number; digits as a Chinese keyboard makes them are digits.
fn whole(typed: &str) -> Option<u16> {
    typed.chars().try_fold(0_u16, |number, c| {
        let digit = c
            .to_digit(10)
            .or_else(|| u32::from(c).checked_sub(u32::from('０')).filter(|digit| *digit < 10))?;
        number.checked_mul(10)?.checked_add(u16::try_from(digit).ok()?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job::BoxItem;

    fn form(fields: &[(&str, &str)]) -> Fields {
        Fields(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    const STOP: [(&str, &str); 5] =
        [("run", "1"), ("d", "11"), ("by", "scanned"), ("job", "o7"), ("job", "o8")];

    fn marked(more: &[(&str, &str)]) -> Result<Vec<(JobRef, Outcome)>, FormFault> {
        let Body::Mark(mark) = mark(&form(&[&STOP, more].concat()))? else { panic!("no mark") };
        assert_eq!(mark.by, DoorCheck::Scanned);
        Ok(mark.jobs)
    }

    #[test]
    fn one_button_marks_every_job_of_the_stop() {
        let jobs = marked(&[("o", "done"), ("as-o8", "refused")]).expect("a mark");
        assert_eq!(jobs, [7, 8].map(|id| (JobRef::Order(HouseholdId(id)), Outcome::Done)));
    }

    #[test]
    fn each_job_may_turn_out_in_its_own_way() {
        let jobs =
            marked(&[("o", "each"), ("as-o8", "short"), ("m-o8", "A"), ("note", "破了")]).expect("a mark");
        assert_eq!(jobs[0].1, Outcome::Done);
        let menus = vec!["A".parse().expect("code")];
        let short =
            Outcome::Failed(Failure::ShortOrDamaged { menus, items: Vec::new(), note: "破了".into() });
        assert_eq!(jobs[1].1, short);
    }

    #[test]
    fn a_box_is_short_as_a_whole_or_in_some_of_its_items() {
        let item = BoxItem { menu: "P".parse().expect("code"), version: 2, item: 3 };
        let ticked = crate::json::text(&item);
        let jobs = marked(&[("o", "short"), ("m-o8", "A"), ("m-o8", &ticked), ("m-o8", "{\"m\":1}")]);
        let menus = vec!["A".parse().expect("code")];
        let short =
            Outcome::Failed(Failure::ShortOrDamaged { menus, items: vec![item], note: String::new() });
        let eighth = JobRef::Order(HouseholdId(8));
        assert_eq!(jobs, Ok(vec![(eighth, short)]), "what the neighbours got is another matter");
    }

    #[test]
    fn what_was_short_is_ticked_or_said_in_words() {
        let nothing = Err(FormFault::Field(MENUS));
        assert_eq!(marked(&[("o", "short")]), nothing);
        assert_eq!(marked(&[("o", "short"), ("m-o8", "{}")]), nothing, "a tick that names nothing");
        assert_eq!(
            marked(&[("o", "each"), ("as-o8", "short"), ("m-o7", "A")]),
            nothing,
            "the neighbours' tick"
        );
        let both = marked(&[("o", "short"), ("note", "都湿了")]).expect("words are enough");
        assert_eq!(both.len(), 2, "and are about every job of the stop");
    }

    #[test]
    fn what_was_ticked_or_written_is_told_by_the_outcome_or_asked_about() {
        let asked = Err(FormFault::Field(UNTOLD));
        assert_eq!(marked(&[("o", "done"), ("note", "鸡蛋碎了三个")]), asked, "words with the big button");
        assert_eq!(marked(&[("o", "left"), ("m-o8", "A")]), asked, "a tick");
        assert_eq!(marked(&[("o", "neighbour"), ("m-o7", "A")]), asked, "a neighbour has words, no ticks");
        assert_eq!(marked(&[("o", "each"), ("as-o8", "refused"), ("note", "x")]), asked);
        let both = [("o", "each"), ("as-o7", "short"), ("m-o7", "A"), ("as-o8", "done"), ("m-o8", "A")];
        assert_eq!(marked(&both), asked, "one job's ticks are not told by another's outcome");
        assert!(marked(&both[..3]).is_ok());
        assert!(marked(&[("o", "neighbour"), ("note", "302")]).is_ok());
        assert!(marked(&[("o", "each"), ("as-o8", "other"), ("note", "x")]).is_ok(), "one of them tells it");
    }

    #[test]
    fn a_mark_from_before_items_could_be_named_still_reads() {
        let old = r#"{"failed":{"short_or_damaged":{"menus":["A"],"note":"破了"}}}"#;
        let read: Outcome = crate::json::read(old).expect("an outcome");
        assert_eq!(serde_json::from_str::<Outcome>(old).expect("the same"), read);
        assert_eq!(crate::json::text(&read), old, "and is written as it was");
    }

    #[test]
    fn every_offered_outcome_is_read_and_only_those() {
        for name in OUTCOMES {
            let words = WITH_WORDS.contains(&name).then_some(("note", "x"));
            let form: Vec<_> = [("o", name)].into_iter().chain(words).collect();
            assert!(marked(&form).is_ok(), "{name}");
        }
        assert_eq!(marked(&[("o", "eaten")]), Err(FormFault::Field("o")));
        assert_eq!(marked(&[("o", "other")]), Err(FormFault::Field("note")), "another reason needs words");
    }

    #[test]
    fn a_load_needs_a_number() {
        let gate = [("run", "1"), ("b", "3")];
        let fault = load(&form(&gate)).expect_err("nothing");
        assert_eq!(fault, FormFault::Field("taken"));
        let Ok(Body::Load(load)) = load(&form(&[&gate[..], &[("taken-1-3", "52")]].concat())) else {
            panic!()
        };
        assert_eq!((load.taken, load.returned), (52, 0));
    }

    #[test]
    fn more_boxes_than_there_can_be_are_asked_about_once() {
        let gate = |typed: &[(&str, &str)]| {
            load(&form(&[&[("run", "1"), ("b", "3"), ("due", "40"), ("hand", "2")], typed].concat()))
        };
        let asked = Err(FormFault::Field("sure"));
        assert!(gate(&[("taken-1-3", "40"), ("returned-1-3", "42")]).is_ok(), "all of it can be");
        assert_eq!(gate(&[("taken-1-3", "999")]), asked);
        assert!(gate(&[("taken-1-3", "999"), ("sure", "999 0")]).is_ok());
        assert_eq!(
            gate(&[("taken-1-3", "998"), ("sure", "999 0")]),
            asked,
            "another number is another question"
        );
        assert_eq!(gate(&[("returned-1-3", "3")]), asked, "nobody brings back what they do not have");
        assert_eq!(gate(&[("taken-1-3", "many")]), Err(FormFault::Field("taken")));
    }

    #[test]
    fn a_job_is_named_and_found_again() {
        for job in [JobRef::Order(HouseholdId(7)), JobRef::Added(FactId::new(9, [3; 10]))] {
            assert_eq!(job_name(job).parse(), Ok(job));
        }
        assert!("".parse::<JobRef>().is_err() && "楼1".parse::<JobRef>().is_err());
    }

    #[test]
    fn boxes_are_counted_in_the_digits_of_any_keyboard() {
        assert_eq!([whole("８"), whole("１2"), whole("0")], [Some(8), Some(12), Some(0)]);
        assert_eq!([whole("8个"), whole("-1"), whole("70000"), whole("八")], [None; 4]);
    }
}
