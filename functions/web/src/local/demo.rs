//! The demo community, from the ledger and the menus of the fixtures through the import code that a desk uses: one
//! window open for ordering, one sealed with deliveries due, people of every role. What happened in it is made in
//! `demo_facts`.

use std::collections::BTreeSet;

use domain::actor::{Assignment, Role};
use domain::community::{Notice, Person};
use domain::enrolment_code::EnrolmentSecret;
use domain::ledger::menu_sheet::read_menus;
use domain::ledger::{Options, preview};
use domain::menu::Menu;
use domain::places::Area;
use domain::window::{DEFAULT_GRACE_MINUTES, Payment, Window};
use domain::{BuildingId, Millis, Name, RunId};
use store::Catalog;
use ui::pages::error::Trouble;

use super::demo_facts;
use super::ready::{Link, invite, person, settings};
use crate::errors::Problem;
use crate::ledger::{compare, write_places, write_private};
use crate::secret::random;
use crate::sheets;
use crate::state::AppState;

const LEDGER: &[u8] = include_bytes!("../../../../tests/fixtures/households.xlsx");
const MENUS: &[u8] = include_bytes!("../../../../tests/fixtures/menus.csv");

/// Not a number anybody has.
const HOTLINE: &str = "0371-0000 0110";

/// Fills the table; the links are for trying it.
///
/// # Errors
/// The table's.
pub async fn fill(state: &AppState) -> Result<Vec<Link>, Problem> {
    let store = state.store();
    let c = &state.config().community;
    store.create_community(&settings(state, Name::new("北林街道", "Beilin Subdistrict"), HOTLINE)).await?;
    ledger(state).await?;
    let menus = menus(state).await?;
    let catalog = newest(state).await?;
    let buildings: Vec<BuildingId> =
        catalog.community.places.buildings_in_order().iter().map(|building| building.id).collect();
    let (Some(first), Some(second)) = (buildings.first().copied(), buildings.get(1).copied()) else {
        return Err(Trouble::Broken.into());
    };

    let desk = person(state, "社区服务台", Role::Desk, 1).await?;
    let steward = person(state, "王楼长", Role::Steward, 2).await?;
    let volunteer = person(state, "志愿者小李", Role::Volunteer, 0).await?;
    let supplier = person(state, "惠民超市", Role::Supplier, 0).await?;
    let now = state.now();
    let since = now + -Millis::DAY;
    assign(state, steward, &[Area::Building(first), Area::Building(second)], since).await?;
    assign(state, volunteer, &[Area::Building(first)], since).await?;

    let delivered = window(state, &menus, now + -26 * Millis::HOUR, now + -3 * Millis::HOUR, now).await?;
    let due = tomorrow_at_nine(now);
    let open = window(state, &menus, now + -Millis::HOUR, now + 6 * Millis::HOUR, due).await?;
    let catalog = newest(state).await?;
    let story = demo_facts::Story { state, catalog: &catalog, desk, first, second };
    let resident = story.tell(delivered, open).await?;

    cards(state, &catalog, &[first, second]).await?;
    notice(state, now).await?;
    let letter = EnrolmentSecret::from_random(random());
    store.issue_letter(state.vault(), c, resident, &letter, now, now).await?;
    newest(state).await?;
    Ok(vec![
        Link { role: "resident", path: format!("/e/{}", letter.text()) },
        invite(state, "steward", steward, Role::Steward).await?,
        invite(state, "volunteer", volunteer, Role::Volunteer).await?,
        invite(state, "desk", desk, Role::Desk).await?,
        invite(state, "supplier", supplier, Role::Supplier).await?,
    ])
}

/// The community as it is now.
pub(super) async fn newest(state: &AppState) -> Result<std::sync::Arc<Catalog>, Problem> {
    state.communities().newest(&state.config().community, state.now()).await
}

async fn ledger(state: &AppState) -> Result<(), Problem> {
    let catalog = newest(state).await?;
    let read = sheets::read(LEDGER).map_err(|_| Trouble::Broken)?;
    let seen = preview(&read, &Options::default()).map_err(|_| Trouble::Broken)?;
    let diff = compare(state, &catalog, &seen).await?;
    let rest = write_places(state, &catalog, &seen, &diff, &BTreeSet::new()).await?;
    write_private(state, &catalog, rest, |_| {}).await
}

async fn menus(state: &AppState) -> Result<Vec<Menu>, Problem> {
    let read = sheets::read(MENUS).map_err(|_| Trouble::Broken)?;
    let menus = read_menus(&read).map_err(|_| Trouble::Broken)?.menus;
    for menu in &menus {
        state.store().save_menu(&state.config().community, menu).await?;
    }
    newest(state).await?;
    Ok(menus)
}

async fn assign(
    state: &AppState,
    person: domain::PersonId,
    areas: &[Area],
    from: Millis,
) -> Result<(), Problem> {
    let catalog = newest(state).await?;
    let known = catalog.community.people.get(&person).ok_or(Trouble::Broken)?;
    let assignments = areas.iter().map(|area| Assignment { area: *area, from, to: None }).collect();
    let person = Person { assignments, ..known.clone() };
    Ok(state.store().save_person(&state.config().community, &person).await?)
}

async fn window(
    state: &AppState,
    menus: &[Menu],
    opens: Millis,
    closes: Millis,
    delivery_from: Millis,
) -> Result<RunId, Problem> {
    let catalog = newest(state).await?;
    let run = state.store().new_run_id(&state.config().community).await?;
    let window = Window {
        run,
        opens,
        closes,
        grace_minutes: DEFAULT_GRACE_MINUTES,
        compounds: catalog.community.places.compounds.keys().copied().collect(),
        menus: menus.iter().map(|menu| (menu.code.clone(), menu.version)).collect(),
        delivery_from,
        delivery_to: delivery_from + 2 * Millis::HOUR,
        payment: Payment::OnDelivery,
        note: String::new(),
        note_en: String::new(),
        published: true,
        sealed: None,
    };
    state.store().save_window(&catalog, &window).await?;
    newest(state).await?;
    Ok(run)
}

/// Nine in the morning of the next day, in China.
fn tomorrow_at_nine(now: Millis) -> Millis {
    let offset = 8 * Millis::HOUR;
    let midnight = Millis((now.0 + offset).div_euclid(Millis::DAY) * Millis::DAY - offset);
    midnight + (Millis::DAY + 9 * Millis::HOUR)
}

/// Cards for the doors of the rounds; the desk makes the others when it prints them.
async fn cards(state: &AppState, catalog: &Catalog, buildings: &[BuildingId]) -> Result<(), Problem> {
    for building in buildings {
        for door in catalog.community.places.doors_of(*building) {
            let token = domain::door_code::DoorToken::from_random(random());
            state.store().issue_card(catalog.id(), *building, door.id, &token).await?;
        }
    }
    Ok(())
}

async fn notice(state: &AppState, now: Millis) -> Result<(), Problem> {
    let id = state.store().new_notice_id(&state.config().community).await?;
    let text = Name::new(
        "明天上午 9 点到 11 点送菜，楼栋管家会敲门。不方便开门的，请在门口放一张凳子。",
        "Food comes tomorrow from 9 to 11; your building's steward will knock. If you can't open, please put a stool outside.",
    );
    let notice = Notice { id, area: Area::Community, text, from: now, until: Some(now + 2 * Millis::DAY) };
    Ok(state.store().save_notice(&state.config().community, &notice).await?)
}
