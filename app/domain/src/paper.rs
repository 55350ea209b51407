//! A round's sheet keyed in from paper: a line for each door, in the order of the sheet, with what was ticked and the
//! time that was written beside it. A line without a time has the time of the line above, as on paper.

use crate::fact::{DoorCheck, Mark};
use crate::form::Fields;
use crate::ids::{DoorId, FactId, RunId};
use crate::job::{Failure, Outcome};
use crate::round::Stop;
use crate::time::Millis;
use crate::wall::Wall;
use crate::wire::MAX_TEXT;

/// The field with the day of the round, `2026-11-22`.
pub const DAY: &str = "day";

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
pub struct Walked {
    /// The run.
    pub run: RunId,
    /// Minutes ahead of UTC.
    pub utc_offset: i32,
    /// The server's time: nobody marked later.
    pub now: Millis,
}

/// The filled lines of a sheet, in its order. A line without a tick says nothing, but its time goes on to the next.
#[must_use]
pub fn read<'a>(form: &Fields, stops: impl IntoIterator<Item = &'a Stop>, walked: Walked) -> Vec<Keyed> {
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
        let mark = outcome(tick, words).and_then(|outcome| {
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

fn outcome(tick: &str, words: &str) -> Result<Outcome, LineFault> {
    if words.chars().count() > MAX_TEXT {
        return Err(LineFault::TooLong);
    }
    match (tick, words) {
        ("done", "") => Ok(Outcome::Done),
        ("left", "") => Ok(Outcome::LeftAtDoor),
        ("nobody", "") => Ok(Outcome::Failed(Failure::NobodyHome)),
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

fn moment(day: &str, time: &str, walked: Walked) -> Result<Millis, LineFault> {
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
        let walked = Walked { run: RunId(1), utc_offset: 480, now: NOON };
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
        assert_eq!(keyed(&[(1, "neighbour", "9", "1102")])[0], Ok((Outcome::Neighbour("1102".into()), -180)));
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
