//! Who is to be rung because of what happened.

use std::collections::BTreeSet;

use domain::actor::{Role, Signed};
use domain::community::{Community, Notice};
use domain::fact::Body;
use domain::job::JobRef;
use domain::need::Step;
use domain::{BuildingId, DoorId, HouseholdId, Millis, NoticeId, RunId};
use store::{Catalog, Change, Due, News, Store, StoreError, Task, What};

use crate::push::{Occasion, Ring};

/// Everybody who is to be rung for these changes.
pub(crate) async fn news(
    store: &Store,
    catalog: &Catalog,
    changes: &[Change],
    now: Millis,
) -> Result<Vec<Ring>, StoreError> {
    let mut rings = Vec::new();
    for change in changes {
        match change {
            Change::Fact { run, stamped, .. } if stamped.verdict.counts() => match &stamped.fact.body {
                Body::Mark(mark) => {
                    let orders = mark.jobs.iter().filter_map(|(job, _)| match job {
                        JobRef::Order(household) => Some(*household),
                        JobRef::Added(_) => None,
                    });
                    let name = stamped.fact.id.to_string();
                    rings.extend(
                        orders.map(|whose| household(whose, Occasion::Delivered, stamped.received, &name)),
                    );
                }
                Body::Load(load) if load.taken > 0 => {
                    let name = format!("way-{run}");
                    let waiting = waiting(store, catalog, *run, load.building).await?;
                    rings.extend(
                        waiting
                            .into_iter()
                            .map(|whose| household(whose, Occasion::OnTheWay, stamped.received, &name)),
                    );
                }
                _ => {}
            },
            Change::NeedFact { household: whose, stamped, .. } if stamped.verdict.counts() => {
                if let Body::NeedStep(step) = &stamped.fact.body
                    && matches!(step.step, Step::Answered(_))
                {
                    let name = stamped.fact.id.to_string();
                    rings.push(household(*whose, Occasion::Answered, stamped.received, &name));
                }
            }
            Change::News { news, .. } => rings.extend(of_news(store, catalog, news).await?),
            Change::Notice { notice, .. } if notice.from > now => {
                // Told when it is shown.
                let task = Task::Show(notice.id);
                store.schedule(&Due { at: notice.from, community: catalog.id().clone(), task }).await?;
            }
            Change::Notice { notice, .. } if notice.current(now) => {
                rings.extend(of_notice(&catalog.community, notice));
            }
            _ => {}
        }
    }
    Ok(rings)
}

async fn of_news(store: &Store, catalog: &Catalog, news: &News) -> Result<Vec<Ring>, StoreError> {
    let community = &catalog.community;
    let name = news.name();
    let households = |whose: Vec<HouseholdId>, occasion| {
        whose.into_iter().map(|whose| household(whose, occasion, news.at, &name)).collect()
    };
    let one = |who, occasion| vec![Ring { who, occasion, at: news.at, name: name.clone() }];
    Ok(match &news.what {
        What::Opened(run) => households(offered(community, *run), Occasion::Opened),
        What::Closed(run) => households(ordered(store, catalog, *run).await?, Occasion::Closed),
        What::Escalated { to, .. } => one(Signed::Person(*to, Role::Desk), Occasion::Escalated),
        What::Held(who) => one(*who, Occasion::Held),
        What::Shown(id) => match community.notices.get(id) {
            Some(notice) if notice.until.is_none_or(|until| news.at < until) => of_notice(community, notice),
            _ => Vec::new(),
        },
    })
}

fn of_notice(community: &Community, notice: &Notice) -> Vec<Ring> {
    let name = notice_name(notice.id);
    let whom = community.meant_by(notice).into_iter();
    whom.map(|whose| household(whose, Occasion::Notice, notice.from, &name)).collect()
}

/// A notice that is changed or shown again rings nobody a second time.
fn notice_name(id: NoticeId) -> String {
    format!("notice-{id}")
}

fn household(whose: HouseholdId, occasion: Occasion, at: Millis, name: &str) -> Ring {
    Ring { who: Signed::Household(whose), occasion, at, name: name.to_owned() }
}

/// The households a window is for.
fn offered(community: &Community, run: RunId) -> Vec<HouseholdId> {
    let Some(window) = community.windows.get(&run) else { return Vec::new() };
    let places = &community.places;
    let inside = |household: &HouseholdId| {
        places.home(*household).is_some_and(|at| window.compounds.contains(&at.compound))
    };
    places.households.keys().copied().filter(inside).collect()
}

/// The households that ordered in a run, as the boards know.
async fn ordered(store: &Store, catalog: &Catalog, run: RunId) -> Result<Vec<HouseholdId>, StoreError> {
    let tally = store.run_tally(catalog.id(), run).await?;
    let doors = tally.buildings.iter().flat_map(domain::tally::BuildingTally::doors);
    let doors: BTreeSet<DoorId> = doors.filter(|(_, line)| line.orders > 0).map(|(door, _)| door).collect();
    let mut whose = behind(&catalog.community, &doors);
    whose.extend(tally.doorless.doors().map(|(door, _)| HouseholdId(door.0)));
    Ok(whose)
}

/// The households of a building whose boxes are still to come.
async fn waiting(
    store: &Store,
    catalog: &Catalog,
    run: RunId,
    building: BuildingId,
) -> Result<Vec<HouseholdId>, StoreError> {
    let tally = store.building_tally(catalog.id(), run, Some(building)).await?.value;
    let waits = tally.doors().filter(|(_, line)| line.orders > 0 && line.to_do);
    Ok(behind(&catalog.community, &waits.map(|(door, _)| door).collect()))
}

fn behind(community: &Community, doors: &BTreeSet<DoorId>) -> Vec<HouseholdId> {
    let households = community.places.households.values();
    households.filter(|h| h.door.is_some_and(|door| doors.contains(&door))).map(|h| h.id).collect()
}
