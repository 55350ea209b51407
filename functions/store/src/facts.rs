//! Facts in the table: what is read before one is decided, and what pages read. Putting them there
//! is in `append.rs`; what they mean is folded in `domain`.

use crate::catalog::{Catalog, Shelf, Slot};
use crate::client::Store;
use crate::error::StoreError;
use crate::item::Item;
use crate::keys;
use crate::query::Query;
use crate::table::Table;
use crate::table_ops::Consistency;
use domain::actor::Signed;
use domain::fact::{Body, Stamped};
use domain::places::Area;
use domain::{BuildingId, CommunityId, DoorId, FactId, HouseholdId, NoticeId, RunId};
use futures_util::stream::{self, StreamExt, TryStreamExt};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::sync::Arc;

/// How many queries of one request are under way at once.
pub(crate) const AT_ONCE: usize = 8;
/// So many doors of a building are asked for one by one; beyond it the building is read through.
const ONE_BY_ONE: usize = 8;

/// What stands on a shelf: all that deciding a further fact there needs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OnShelf {
    /// The facts, refused ones too.
    pub facts: Vec<Stamped>,
    /// The last place taken in each household's log of orders.
    pub(crate) places: Vec<(HouseholdId, u16)>,
    /// How many facts the stored head of the need has folded.
    pub(crate) head_revision: u32,
}

impl OnShelf {
    /// The fact with this id, if it stands here.
    #[must_use]
    pub fn find(&self, id: FactId) -> Option<&Stamped> {
        self.facts.iter().find(|stamped| stamped.fact.id == id)
    }

    /// The next free place in a household's log of orders.
    pub(crate) fn next_place(&self, household: HouseholdId) -> u16 {
        let taken = self.places.iter().filter(|(whose, _)| *whose == household).map(|(_, place)| *place);
        taken.max().unwrap_or(0).saturating_add(1)
    }

    /// One more fact that was put down.
    pub(crate) fn add(&mut self, stamped: Stamped) {
        if let Body::Order(set) = &stamped.fact.body {
            self.places.push((set.household, self.next_place(set.household)));
        }
        self.facts.push(stamped);
    }

    pub(crate) fn take(&mut self, item: Item) -> Result<(), StoreError> {
        let key = item.key()?;
        // A table of before has its versions among the facts of a run.
        if key.sk() == keys::VERSION {
            return Ok(());
        }
        if let Some((_, true)) = keys::parse_need(key.sk()) {
            self.head_revision = crate::needs::folded(&item);
            return Ok(());
        }
        self.places.extend(keys::parse_order_fact(key.sk()));
        match item.into_body() {
            Ok(stamped) => self.facts.push(stamped),
            // One bad record must not block all others.
            Err(error) => tracing::error!(pk = key.pk(), sk = key.sk(), %error, "left out a stored fact"),
        }
        Ok(())
    }
}

impl Store {
    /// What stands on a shelf. Read it strongly before deciding; for a page eventually is enough.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn on_shelf(
        &self,
        c: &CommunityId,
        shelf: &Shelf,
        consistency: Consistency,
    ) -> Result<OnShelf, StoreError> {
        let queries = match shelf {
            Shelf::Run { run, slots } => slots.iter().map(|slot| slot_query(c, *run, slot)).collect(),
            Shelf::Load { run, building } => {
                vec![Query::partition(keys::run_building(c, *run, *building)).prefix(keys::LOADS)]
            }
            Shelf::Hands { run, building } => {
                vec![Query::partition(keys::run_building(c, *run, *building)).prefix(keys::HANDS)]
            }
            Shelf::Need { household, need } => {
                vec![Query::partition(keys::household(c, *household)).prefix(keys::need_prefix(*need))]
            }
            Shelf::Seen { notice, household } => {
                vec![Query::partition(keys::seen(c, *notice)).prefix(keys::seen_prefix(*household))]
            }
            Shelf::Drawer(author) => vec![Query::partition(keys::drawer(c, *author))],
        };
        self.gather(queries, consistency).await
    }

    /// A household's part of a run: its orders, and everything else at its door in that run. A page
    /// shows [`of_household`] of it.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn household_run(
        &self,
        catalog: &Catalog,
        run: RunId,
        household: HouseholdId,
        consistency: Consistency,
    ) -> Result<Vec<Stamped>, StoreError> {
        self.slots(catalog, run, &catalog.household_slots(household), consistency).await
    }

    /// Everything at a door in a run: one stop of a round.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn door_run(
        &self,
        catalog: &Catalog,
        run: RunId,
        door: DoorId,
        consistency: Consistency,
    ) -> Result<Vec<Stamped>, StoreError> {
        self.slots(catalog, run, &catalog.slots_around(door), consistency).await
    }

    /// A round: everything in one area of a run, loads and hand-overs of its buildings included. A query for
    /// each building, paged to the end.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn area_run(
        &self,
        catalog: &Catalog,
        run: RunId,
        area: &Area,
        consistency: Consistency,
    ) -> Result<Vec<Stamped>, StoreError> {
        let c = catalog.id();
        let mut queries = Vec::new();
        for building in catalog.buildings_in(area) {
            let (first, last) = keys::area_range(area);
            let partition = || Query::partition(keys::run_building(c, run, building));
            queries.push(partition().between(first, last));
            if matches!(area, Area::Unit(..) | Area::Floors(..)) {
                queries.push(partition().between(keys::HANDS.to_owned(), keys::until(keys::LOADS)));
            }
        }
        queries.extend(catalog.former_slots_in(area).iter().map(|slot| slot_query(c, run, slot)));
        Ok(once(self.gather(queries, consistency).await?.facts))
    }

    /// A run, whole: every building and the households without a door. For sealing, pick lists and
    /// boards, not for pages of residents.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn whole_run(
        &self,
        catalog: &Catalog,
        run: RunId,
        consistency: Consistency,
    ) -> Result<Vec<Stamped>, StoreError> {
        let c = catalog.id();
        let partitions = catalog.all_buildings().into_iter().map(|b| keys::run_building(c, run, b));
        let queries = partitions.chain([keys::run_doorless(c, run)]).map(Query::partition).collect();
        Ok(self.gather(queries, consistency).await?.facts)
    }

    /// The households that have seen a notice.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn seen_by(
        &self,
        c: &CommunityId,
        notice: NoticeId,
    ) -> Result<BTreeSet<HouseholdId>, StoreError> {
        let facts = self.gather(vec![Query::partition(keys::seen(c, notice))], Consistency::Eventual).await?;
        let seen = facts.facts.iter().filter(|stamped| stamped.verdict.counts());
        Ok(seen
            .filter_map(|stamped| match &stamped.fact.body {
                Body::Seen(seen) => Some(seen.household),
                _ => None,
            })
            .collect())
    }

    /// Which of these doors have facts in one of these runs: at most one Query for each run and building that they are
    /// in, paged to its end, or one for each of a few doors.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn doors_with_facts(
        &self,
        catalog: &Catalog,
        runs: &[RunId],
        doors: &BTreeSet<DoorId>,
    ) -> Result<BTreeSet<DoorId>, StoreError> {
        // Doors of one building in one run stand in one partition: many of them are one Query, few are one each.
        let mut asked: BTreeMap<String, BTreeMap<String, DoorId>> = BTreeMap::new();
        for run in runs {
            for (door, slot) in
                doors.iter().flat_map(|door| catalog.door_slots(*door).into_iter().map(|slot| (*door, slot)))
            {
                asked.entry(slot.pk(catalog.id(), *run)).or_default().insert(slot.prefix(), door);
            }
        }
        // Owned by each query: a borrowing iterator inside the stream makes the future useless to a web handler.
        let mut queries: Vec<(Arc<BTreeMap<String, DoorId>>, Query)> = Vec::new();
        for (partition, doors) in asked {
            let doors = Arc::new(doors);
            let whole = || Query::partition(partition.clone());
            if doors.len() > ONE_BY_ONE {
                queries.push((doors.clone(), whole()));
            } else {
                queries.extend(doors.keys().map(|prefix| (doors.clone(), whole().prefix(prefix.clone()))));
            }
        }
        let found = stream::iter(queries.into_iter().map(|(doors, query)| async move {
            let mut found = BTreeSet::new();
            for item in self.query(Table::Main, query).await? {
                let key = item.key()?;
                // The last door that begins at or before this key, if the key is one of its own.
                let to = (Bound::Unbounded, Bound::Included(key.sk()));
                let before = doors.range::<str, _>(to).next_back();
                found.extend(
                    before.filter(|(prefix, _)| key.sk().starts_with(&***prefix)).map(|(_, door)| *door),
                );
            }
            Ok::<_, StoreError>(found)
        }));
        let found: Vec<BTreeSet<DoorId>> = found.buffer_unordered(AT_ONCE).try_collect().await?;
        Ok(found.into_iter().flatten().collect())
    }

    async fn slots(
        &self,
        catalog: &Catalog,
        run: RunId,
        slots: &[Slot],
        consistency: Consistency,
    ) -> Result<Vec<Stamped>, StoreError> {
        let queries = slots.iter().map(|slot| slot_query(catalog.id(), run, slot)).collect();
        Ok(self.gather(queries, consistency).await?.facts)
    }

    pub(crate) async fn gather(
        &self,
        queries: Vec<Query>,
        consistency: Consistency,
    ) -> Result<OnShelf, StoreError> {
        let answers = stream::iter(queries.into_iter().map(|query| {
            let query = if consistency.is_strong() { query.strong() } else { query };
            self.query(Table::Main, query)
        }));
        let answers: Vec<Vec<Item>> = answers.buffered(AT_ONCE).try_collect().await?;
        let mut found = OnShelf::default();
        for item in answers.into_iter().flatten() {
            found.take(item)?;
        }
        Ok(found)
    }
}

fn slot_query(c: &CommunityId, run: RunId, slot: &Slot) -> Query {
    Query::partition(slot.pk(c, run)).prefix(slot.prefix())
}

/// Ranges and former slots may overlap; folds do not mind, pages that count would.
fn once(mut facts: Vec<Stamped>) -> Vec<Stamped> {
    let mut seen = BTreeSet::new();
    facts.retain(|stamped| seen.insert((stamped.fact.id, stamped.received)));
    facts
}

/// What a household may see of the facts at its door: its own orders and words, and of marks the jobs
/// that were for it or for the door as such. Other households of the flat keep theirs to themselves.
#[must_use]
pub fn of_household(household: HouseholdId, facts: &[Stamped]) -> Vec<Stamped> {
    use domain::job::JobRef;
    let others: BTreeSet<FactId> = facts
        .iter()
        .filter_map(|stamped| match &stamped.fact.body {
            Body::AddJob(add) if add.household.is_some_and(|whose| whose != household) => {
                Some(stamped.fact.id)
            }
            _ => None,
        })
        .collect();
    let own = |job: &JobRef| match job {
        JobRef::Order(whose) => *whose == household,
        JobRef::Added(id) => !others.contains(id),
    };
    let cut = |stamped: &Stamped| -> Option<Stamped> {
        let mut stamped = stamped.clone();
        let keep = match &mut stamped.fact.body {
            Body::Order(set) => set.household == household,
            Body::Away(away) => away.household == household,
            Body::Dispute(dispute) => dispute.household == household,
            Body::Paid(paid) => paid.household == household,
            Body::Seen(seen) => seen.household == household,
            Body::Need(report) => report.household == household,
            Body::NeedStep(step) => step.household == household,
            Body::AddJob(_) => !others.contains(&stamped.fact.id),
            Body::DropJob(drop) => !others.contains(&drop.job),
            Body::Mark(mark) => {
                mark.jobs.retain(|(job, _)| own(job));
                !mark.jobs.is_empty()
            }
            // What the neighbours took back of their own words is theirs.
            Body::Retract(_) => !matches!(stamped.by, Signed::Household(other) if other != household),
            Body::Load(_) | Body::HandOver(_) | Body::TookOver(_) => false,
        };
        // Whoever handed the round on to the author is nothing to the household.
        stamped.fact.via = None;
        keep.then_some(stamped)
    };
    facts.iter().filter_map(cut).collect()
}

/// Where a shelf's facts happen, for versions.
pub(crate) fn watched(shelf: &Shelf) -> Vec<crate::versions::Watch> {
    use crate::versions::Watch;
    match shelf {
        Shelf::Run { run, slots } => slots.first().map(|slot| slot.watch(*run)).into_iter().collect(),
        Shelf::Load { run, building } | Shelf::Hands { run, building } => {
            vec![Watch::Building(*run, *building)]
        }
        Shelf::Need { household, .. } => vec![Watch::Needs(*household), Watch::Desk],
        Shelf::Seen { household, .. } => vec![Watch::Needs(*household)],
        Shelf::Drawer(_) => Vec::new(),
    }
}

/// The building of a run's shelf.
impl Shelf {
    /// In which building, where it is in one.
    #[must_use]
    pub fn building(&self) -> Option<BuildingId> {
        match self {
            Self::Run { slots, .. } => match slots.first()? {
                Slot::Door { building, .. } => Some(*building),
                Slot::Doorless(_) => None,
            },
            Self::Load { building, .. } | Self::Hands { building, .. } => Some(*building),
            Self::Need { .. } | Self::Seen { .. } | Self::Drawer(_) => None,
        }
    }
}
