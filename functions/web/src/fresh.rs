//! What a phone wrote a moment ago, told by its own cookies: that part is read strongly, so that what somebody just did
//! is always there, and everything else cheaply.

use std::collections::BTreeSet;

use domain::RunId;
use domain::fact::Body;
use http::{HeaderMap, HeaderValue, header};
use store::Consistency;

use crate::page::cookie;

/// Cookie of a phone that wrote within the last seconds: runs by number, `n` for needs and notices.
const FRESH: &str = "fresh";
/// The word for needs and notices in it.
const NEEDS: &str = "n";
/// More runs than anybody writes to in ten seconds; beyond it everything is read strongly.
const MOST_RUNS: usize = 4;
/// Cookie of a phone that wrote about needs lately: longer than the board of open needs may lag behind them.
const NEEDS_LATELY: &str = "needs";

/// What a phone wrote a moment ago.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fresh {
    everything: bool,
    runs: BTreeSet<RunId>,
    needs: bool,
    needs_lately: bool,
}

impl Fresh {
    /// As its cookies tell. A word that this program does not know means everything.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Self {
        let mut fresh = Self { needs_lately: cookie(headers, NEEDS_LATELY).is_some(), ..Self::default() };
        for word in cookie(headers, FRESH).into_iter().flat_map(|told| told.split('.')) {
            match word.strip_prefix('r').and_then(|run| run.parse().ok()) {
                Some(run) => drop(fresh.runs.insert(run)),
                None if word == NEEDS => fresh.needs = true,
                None => fresh.everything = true,
            }
        }
        fresh
    }

    /// Everything is read strongly: what was written stands beside what is read.
    #[must_use]
    pub fn everything() -> Self {
        Self { everything: true, ..Self::default() }
    }

    /// How a run is read.
    #[must_use]
    pub fn run(&self, run: RunId) -> Consistency {
        strong(self.everything || self.runs.contains(&run))
    }

    /// How needs and seen notices are read.
    #[must_use]
    pub fn needs(&self) -> Consistency {
        strong(self.everything || self.needs)
    }

    /// Whether the board of open needs may not know yet what this phone wrote.
    #[must_use]
    pub fn wrote_needs_lately(&self) -> bool {
        self.everything || self.needs || self.needs_lately
    }

    /// The same phone after it wrote these too.
    #[must_use]
    pub fn after<'a>(mut self, bodies: impl Iterator<Item = &'a Body>) -> Self {
        for body in bodies {
            match body.run() {
                Some(run) => drop(self.runs.insert(run)),
                None => self.needs = true,
            }
        }
        self
    }

    /// The cookies after it wrote these too; none if it wrote nothing.
    #[must_use]
    pub fn and_wrote<'a>(self, bodies: impl Iterator<Item = &'a Body>) -> Vec<HeaderValue> {
        let mut bodies = bodies.peekable();
        if bodies.peek().is_none() {
            return Vec::new();
        }
        let before_needs = self.needs;
        let after = self.after(bodies);
        let told = if after.everything || after.runs.len() > MOST_RUNS {
            "all".to_owned()
        } else {
            let runs = after.runs.iter().map(|run| format!("r{run}"));
            runs.chain(after.needs.then(|| NEEDS.to_owned())).collect::<Vec<_>>().join(".")
        };
        let mut cookies = vec![format!("{FRESH}={told}; Path=/; Max-Age=10; HttpOnly; SameSite=Lax")];
        if after.needs && !before_needs {
            cookies.push(format!("{NEEDS_LATELY}=1; Path=/; Max-Age=300; HttpOnly; SameSite=Lax"));
        }
        cookies.into_iter().filter_map(|cookie| HeaderValue::try_from(cookie).ok()).collect()
    }
}

/// Lets a response tell the phone.
pub fn tell(headers: &mut HeaderMap, cookies: Vec<HeaderValue>) {
    for cookie in cookies {
        headers.append(header::SET_COOKIE, cookie);
    }
}

fn strong(strong: bool) -> Consistency {
    if strong { Consistency::Strong } else { Consistency::Eventual }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::fact::Seen;
    use domain::{HouseholdId, NoticeId};

    fn phone(cookies: &str) -> Fresh {
        Fresh::of(&[(header::COOKIE, HeaderValue::from_str(cookies).expect("ascii"))].into_iter().collect())
    }

    #[test]
    fn only_what_was_written_is_read_strongly() {
        let wrote = phone("lang=zh; fresh=r7");
        assert!(wrote.run(RunId(7)).is_strong() && !wrote.run(RunId(8)).is_strong());
        assert!(!wrote.needs().is_strong() && !wrote.wrote_needs_lately());
        assert!(phone("needs=1").wrote_needs_lately() && !phone("needs=1").needs().is_strong());
    }

    #[test]
    fn a_second_write_does_not_forget_the_first() {
        let seen = Body::Seen(Seen { household: HouseholdId(1), notice: NoticeId(1) });
        let told = phone("fresh=r7").and_wrote([seen].iter());
        assert!(told[0].to_str().expect("ascii").starts_with("fresh=r7.n;"), "{told:?}");
        assert_eq!(told.len(), 2, "and that it wrote about needs lately: {told:?}");
    }

    #[test]
    fn what_was_just_written_is_read_strongly_and_nothing_else() {
        let seen = Body::Seen(Seen { household: HouseholdId(1), notice: NoticeId(1) });
        let after = phone("fresh=r7").after([seen].iter());
        assert!(after.run(RunId(7)).is_strong() && after.needs().is_strong() && after.wrote_needs_lately());
        assert!(!after.run(RunId(8)).is_strong());
    }

    #[test]
    fn what_an_older_program_told_means_everything() {
        let older = phone("fresh=1");
        assert!(older.run(RunId(3)).is_strong() && older.needs().is_strong() && older.wrote_needs_lately());
        assert!(phone("").and_wrote([].iter()).is_empty());
    }
}
