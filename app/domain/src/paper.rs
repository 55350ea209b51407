//! A round's sheet keyed in from paper: a line for each door, in the order of the sheet, with what was ticked and the
//! time that was written beside it. A line without a time has the time of the line above, as on paper.

use crate::fact::{DoorCheck, Load, Mark};
use crate::form::Fields;
use crate::ids::{BuildingId, DoorId, FactId, RunId};
use crate::job::{Failure, Outcome};
use crate::round::Stop;
use crate::time::Millis;
use crate::wall::Wall;
use crate::wire::MAX_TEXT;

/// The field with the day of the round, `2026-11-22`.
pub const DAY: &str = "day";

/// The fields of the sheet's head: boxes taken and brought back, and the fact that they make.
pub const LOAD: [&str; 3] = ["taken", "returned", "load-fact"];
/// More boxes than anybody carries to one building.
const MOST_BOXES: u16 = 9_999;

/// What a line can say, in the order of the sheet's columns.
pub const TICKS: [&str; 5] = ["done", "left", "neighbour", "nobody", "other"];

/// The names of a door's fields: what was ticked, when, words, and the fact that the line makes.
#[must_use]
pub fn fields_of(door: DoorId) -> [String; 4] {
    ["tick", "time", "word", "fact"].map(|name| format!("{name}-{door}"))
}

/// What is wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineFault {
    /// No time of day in it, nor in the line above.
    Time,
    /// A time that is still to come.
    Future,
    /// "Other" without words.
    NoWords,
    /// Words where the tick has no room for them.
    Words,
    /// More words than a fact holds.
    TooLong,
    /// No name for the fact: the page was not ours.
    Fact,
    /// Not a whole number of boxes.
    Boxes,
}

/// A line that somebody filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keyed {
    /// The door.
    pub door: DoorId,
    /// The name of its fact, and the mark.
    pub mark: Result<(FactId, Mark), LineFault>,
}

/// When and where a sheet was walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Walked<'a> {
    /// The run.
    pub run: RunId,
    /// Minutes ahead of UTC.
    pub utc_offset: i32,
    /// The server's time: nobody marked later.
    pub now: Millis,
    /// How "nobody home" is said before the words that stand beside it.
    pub nobody: &'a str,
}

/// The boxes in the head of a sheet, as a fact; none where it says nothing.
///
/// # Errors
/// [`LineFault::Boxes`], or [`LineFault::Fact`].
pub fn load(form: &Fields, run: RunId, building: BuildingId) -> Result<Option<(FactId, Load)>, LineFault> {
    let [taken, returned, fact] = LOAD;
    let number = |field: &str| match form.get(field) {
        None => Ok(0),
        Some(typed) => {
            let number = crate::office::narrow(typed).parse::<u16>().ok();
            number.filter(|boxes| *boxes <= MOST_BOXES).ok_or(LineFault::Boxes)
        }
    };
    let load = Load { run, building, taken: number(taken)?, returned: number(returned)? };
    if load.taken == 0 && load.returned == 0 {
        return Ok(None);
    }
    let fact = form.get(fact).and_then(|fact| fact.parse().ok()).ok_or(LineFault::Fact)?;
    Ok(Some((fact, load)))
}

/// The filled lines of a sheet, in its order. A line without a tick says nothing, but its time goes on to the next.
#[must_use]
pub fn read<'a>(form: &Fields, stops: impl IntoIterator<Item = &'a Stop>, walked: Walked<'_>) -> Vec<Keyed> {
    let day = form.get(DAY).unwrap_or_default();
    let mut lines = Vec::new();
    // What a line without a time inherits; what cannot be read is not inherited as something else.
    let mut above = Err(LineFault::Time);
    for stop in stops {
        let [tick, time, word, fact] = fields_of(stop.door);
        if let Some(time) = form.get(&time) {
            above = moment(day, time, walked);
        }
        let Some(tick) = form.get(&tick) else { continue };
        let words = form.get(&word).unwrap_or_default();
        let mark = outcome(tick, words, walked.nobody).and_then(|outcome| {
            let happened = above?;
            let fact = form.get(&fact).and_then(|fact| fact.parse().ok()).ok_or(LineFault::Fact)?;
            let jobs = stop.jobs.iter().map(|job| (job.id, outcome.clone())).collect();
            let (run, door) = (walked.run, stop.door);
            Ok((fact, Mark { run, door, jobs, by: DoorCheck::Paper, happened: Some(happened) }))
        });
        lines.push(Keyed { door: stop.door, mark });
    }
    lines
}

fn outcome(tick: &str, words: &str, nobody: &str) -> Result<Outcome, LineFault> {
    if nobody.chars().count() + words.chars().count() > MAX_TEXT {
        return Err(LineFault::TooLong);
    }
    match (tick, words) {
        ("done", "") => Ok(Outcome::Done),
        ("left", "") => Ok(Outcome::LeftAtDoor),
        ("nobody", "") => Ok(Outcome::Failed(Failure::NobodyHome)),
        // The sheet has a column for a reason, and a fact has no room beside "nobody home": both are said in words.
        ("nobody", why) => Ok(Outcome::Failed(Failure::Other(format!("{nobody}{why}")))),
        ("neighbour", who) => Ok(Outcome::Neighbour(who.to_owned())),
        ("other", "") => Err(LineFault::NoWords),
        ("other", why) => Ok(Outcome::Failed(Failure::Other(why.to_owned()))),
        _ => Err(LineFault::Words),
    }
}

/// Whether a time that was written on paper can be: nobody marked later than the server's `now`.
#[must_use]
pub fn been(at: Millis, now: Millis) -> bool {
    at <= now
}

fn moment(day: &str, time: &str, walked: Walked<'_>) -> Result<Millis, LineFault> {
    let (hour, minute) = time_of_day(time).ok_or(LineFault::Time)?;
    let wall: Wall = format!("{day}T{hour:02}:{minute:02}").parse().map_err(|_| LineFault::Time)?;
    let at = wall.moment(walked.utc_offset).ok_or(LineFault::Time)?;
    if been(at, walked.now) { Ok(at) } else { Err(LineFault::Future) }
}

/// A time of day as people write it: `9:12`, `0912`, `9.12`, `９：１２`, `9点12`, `9`.
#[must_use]
pub fn time_of_day(text: &str) -> Option<(u8, u8)> {
    let plain = |c: char| match c {
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10).unwrap_or(c),
        '：' | '.' | '．' | '点' | '时' | 'h' => ':',
        other => other,
    };
    let text: String = text.trim().trim_end_matches('分').chars().map(plain).collect();
    let (hour, minute) = match text.split_once(':') {
        Some((hour, "")) => (hour.to_owned(), "0".to_owned()),
        Some((hour, minute)) if (1..=2).contains(&minute.len()) => (hour.to_owned(), minute.to_owned()),
        Some(_) => return None,
        None if !text.is_ascii() => return None,
        None if text.len() <= 2 => (text, "0".to_owned()),
        None if text.len() <= 4 => {
            let (hour, minute) = text.split_at(text.len() - 2);
            (hour.to_owned(), minute.to_owned())
        }
        None => return None,
    };
    let number = |text: &str| -> Option<u8> {
        text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
    };
    let (hour, minute) = (number(&hour)?, number(&minute)?);
    (hour < 24 && minute < 60).then_some((hour, minute))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::HouseholdId;
    use crate::job::{JobKind, JobRef};
    use crate::menu::Substitution;
    use crate::round::Job;

    /// Noon of 2026-11-22 in China.
    const NOON: Millis = Millis(1_795_320_000_000);

    fn stop(door: u32) -> Stop {
        let job = Job {
            id: JobRef::Order(HouseholdId(door)),
            kind: JobKind::DeliverOrder,
            household: Some(HouseholdId(door)),
            text: String::new(),
            lines: vec![],
            substitution: Substitution::default(),
            need: None,
            away: false,
            marks: vec![],
        };
        Stop { door: DoorId(door), jobs: vec![job] }
    }

    fn keyed(lines: &[(u32, &str, &str, &str)]) -> Vec<Result<(Outcome, i64), LineFault>> {
        let day = Wall::at(NOON, 480).to_string()[..10].to_owned();
        let mut fields = vec![(DAY.to_owned(), day)];
        for (door, tick, time, word) in lines {
            let fact = FactId::new(NOON.0, [u8::try_from(*door).expect("few"); 10]).to_string();
            let values = [*tick, *time, *word, &fact].map(str::to_owned);
            fields.extend(fields_of(DoorId(*door)).into_iter().zip(values));
        }
        let stops: Vec<Stop> = lines.iter().map(|(door, ..)| stop(*door)).collect();
        let walked = Walked { run: RunId(1), utc_offset: 480, now: NOON, nobody: "没人在家：" };
        let said = |line: Keyed| {
            let (_, mark) = line.mark?;
            let at = mark.happened.expect("from paper");
            Ok((mark.jobs[0].1.clone(), (at - NOON) / Millis::MINUTE))
        };
        read(&Fields(fields), &stops, walked).into_iter().map(said).collect()
    }

    #[test]
    fn a_line_without_a_time_has_that_of_the_line_above() {
        let lines = [(1, "done", "9:10", ""), (2, "left", "", ""), (3, "", "1015", ""), (4, "done", "", "")];
        let done = |minutes| Ok((Outcome::Done, minutes));
        assert_eq!(keyed(&lines), [done(-170), Ok((Outcome::LeftAtDoor, -170)), done(-105)]);
    }

    #[test]
    fn a_bad_line_is_told_and_hands_no_time_on() {
        let lines =
            [(1, "done", "9:10", ""), (2, "done", "25:00", ""), (3, "done", "", ""), (4, "done", "1130", "")];
        let found = keyed(&lines);
        assert_eq!(found[1..3], [Err(LineFault::Time), Err(LineFault::Time)]);
        assert!(found[0].is_ok() && found[3].is_ok());
        assert_eq!(keyed(&[(1, "done", "12:01", "")]), [Err(LineFault::Future)]);
        assert_eq!(keyed(&[(1, "done", "", "")]), [Err(LineFault::Time)], "there is no line above");
    }

    #[test]
    fn words_are_kept_or_asked_about_never_dropped() {
        let other = Outcome::Failed(Failure::Other("门锁坏了".into()));
        assert_eq!(keyed(&[(1, "other", "9", "门锁坏了")]), [Ok((other, -180))]);
        assert_eq!(keyed(&[(1, "other", "9", "")]), [Err(LineFault::NoWords)]);
        assert_eq!(keyed(&[(1, "done", "9", "给了孙女")]), [Err(LineFault::Words)]);
        let nobody = Outcome::Failed(Failure::Other("没人在家：敲了两次".into()));
        assert_eq!(
            keyed(&[(1, "nobody", "9", "敲了两次")]),
            [Ok((nobody, -180))],
            "the sheet has room for why"
        );
        assert_eq!(keyed(&[(1, "nobody", "9", "")]), [Ok((Outcome::Failed(Failure::NobodyHome), -180))]);
        assert_eq!(keyed(&[(1, "neighbour", "9", "1102")])[0], Ok((Outcome::Neighbour("1102".into()), -180)));
    }

    #[test]
    fn the_boxes_in_the_sheet_s_head_are_one_report_and_nonsense_is_asked_about() {
        let fact = FactId::new(NOON.0, [1; 10]).to_string();
        let head = |taken: &str, returned: &str| {
            let fields = LOAD.into_iter().zip([taken, returned, &fact]);
            let form = Fields(fields.map(|(name, value)| (name.to_owned(), value.to_owned())).collect());
            load(&form, RunId(1), BuildingId(2)).map(|load| load.map(|(_, load)| (load.taken, load.returned)))
        };
        assert_eq!(head("１４", "2"), Ok(Some((14, 2))));
        assert_eq!((head("", ""), head("0", "")), (Ok(None), Ok(None)));
        assert_eq!((head("many", ""), head("99999", "")), (Err(LineFault::Boxes), Err(LineFault::Boxes)));
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        for text in ["9:12", "09:12", "912", "0912", "9.12", "９：１２", "9点12分", " 9:12 "] {
            assert_eq!(time_of_day(text), Some((9, 12)), "{text}");
        }
        assert_eq!((time_of_day("21"), time_of_day("9点")), (Some((21, 0)), Some((9, 0))));
        for text in ["", "24:00", "9:60", "9:1x", "下午", "12345", "9:123", ":", "+9:12"] {
            assert_eq!(time_of_day(text), None, "{text}");
        }
    }
}
