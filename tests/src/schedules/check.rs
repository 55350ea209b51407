//! What must be true of a schedule in the end, counted.

use std::collections::{BTreeMap, BTreeSet};

use domain::fact::{Body, Stamped};
use domain::order::{order_of, orders};
use domain::outbox::State;
use domain::{DoorId, FactId, HouseholdId};
use store::Consistency;

use super::mishaps::Mishap;
use super::story::{DOORS, STOCK, Town};
use crate::figures::Findings;
use crate::store_typed::street::{self, RUN};

impl Town<'_> {
    /// Holds the table against the phones, the pages against each other, and the counters against the baskets.
    pub(super) async fn check(&mut self, findings: &Findings) {
        findings.case();
        let catalog = street::read(&self.store).await;
        let run = self.store.whole_run(&catalog, RUN, Consistency::Strong).await.expect("answered");
        let mut stored: Vec<Stamped> = run.clone();
        for household in catalog.community.places.households.keys() {
            let needs = self.store.household_needs(catalog.id(), *household, None, Consistency::Strong).await;
            stored.extend(needs.expect("answered").facts);
        }
        self.nothing_is_lost(&stored, findings);
        self.nothing_counts_twice(&stored, findings);
        self.replicas_agree(&catalog, &run, findings).await;
        self.stock_adds_up(&run, findings).await;
        self.two_at_one_door(&run);
    }

    fn nothing_is_lost(&self, stored: &[Stamped], findings: &Findings) {
        let seed = self.seed;
        for (number, phone) in self.phones.iter().enumerate() {
            findings.holds(!phone.waits(), || format!("{seed}: phone {number} with signal still waits"));
            for kept in &phone.kept {
                let found: Vec<_> = stored.iter().filter(|stamped| stamped.fact.id == kept.fact.id).collect();
                let [found] = found[..] else {
                    findings.broken(format!("{seed}: stored {} times: {kept:?}", found.len()));
                    continue;
                };
                let as_it_was = found.fact == kept.fact && found.by == kept.by;
                findings.holds(as_it_was, || format!("{seed}: not as it was made: {found:?}, {kept:?}"));
                let heard = matches!(&kept.state, State::Stored { verdict, .. } if *verdict == found.verdict);
                findings.holds(heard, || format!("{seed}: heard something else: {found:?}, {kept:?}"));
            }
        }
    }

    fn nothing_counts_twice(&self, stored: &[Stamped], findings: &Findings) {
        let mut times: BTreeMap<FactId, u32> = BTreeMap::new();
        for stamped in stored {
            *times.entry(stamped.fact.id).or_default() += 1;
        }
        for (id, times) in times {
            findings.holds(times == 1, || format!("{}: {id} is there {times} times", self.seed));
            let made = self.maker(id).is_some();
            findings.holds(made, || format!("{}: nobody made {id}", self.seed));
        }
    }

    /// What each household's own query folds to is what the whole run folds to, in whatever order it is read.
    async fn replicas_agree(&mut self, catalog: &store::Catalog, run: &[Stamped], findings: &Findings) {
        let seed = self.seed;
        let mut shuffled = run.to_vec();
        for i in (1..shuffled.len()).rev() {
            let j = self.dice.below(u32::try_from(i + 1).expect("few")) as usize;
            shuffled.swap(i, j);
        }
        let home = |household| catalog.community.places.door_of(household);
        findings.holds(orders(run) == orders(&shuffled), || format!("{seed}: orders by reading order"));
        let stops = domain::round::stops(run, home);
        let again = domain::round::stops(&shuffled, home);
        findings.holds(stops == again, || format!("{seed}: stops by reading order"));
        for n in 1..=DOORS {
            let (household, door) = (HouseholdId(n), DoorId(n));
            let own = self.store.household_run(catalog, RUN, household, Consistency::Strong).await;
            let own = own.expect("answered");
            let same = order_of(household, &own) == order_of(household, run);
            findings.holds(same, || format!("{seed}: household {n} sees another order"));
            let there = self.store.door_run(catalog, RUN, door, Consistency::Strong).await.expect("answered");
            let folded = domain::round::stops(&there, home);
            let same = folded.get(&door) == stops.get(&door);
            findings.holds(same, || format!("{seed}: door {n} is another stop"));
        }
    }

    async fn stock_adds_up(&self, run: &[Stamped], findings: &Findings) {
        for (menu, boxes) in STOCK {
            let code = menu.parse().expect("a code");
            let sold: u32 = orders(run).iter().map(|order| u32::from(order.boxes_of(&code))).sum();
            let left = street::left(&self.store, menu).await;
            findings.holds(sold + left == boxes, || {
                format!("{}: {menu}: {sold} in baskets, {left} left of {boxes}", self.seed)
            });
        }
    }

    fn two_at_one_door(&self, run: &[Stamped]) {
        let mut phones: BTreeMap<DoorId, BTreeSet<Option<usize>>> = BTreeMap::new();
        for stamped in run {
            if let Body::Mark(mark) = &stamped.fact.body {
                phones.entry(mark.door).or_default().insert(self.maker(stamped.fact.id));
            }
        }
        for _ in phones.values().filter(|phones| phones.len() > 1) {
            self.mishaps.happened(Mishap::TwoAtOneDoor);
        }
    }
}
