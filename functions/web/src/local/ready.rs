//! The first minute: fills an empty folder if asked, then tells whoever started the server where it is and, for the
//! demo, how to come in as whom.

use domain::Name;
use domain::actor::Role;
use domain::community::{Person, Settings};
use domain::enrolment_code::EnrolmentSecret;
use domain::quiet::QuietHours;
use domain::{CommunityId, Millis, PersonId};
use fast_qr::QRBuilder;
use serde_json::json;
use store::Store;
use ui::pages::error::Trouble;

use super::{demo, voice};
use crate::errors::Problem;
use crate::secret::random;
use crate::state::AppState;

/// What an empty folder is filled with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    /// The demo community.
    Demo,
    /// A community with one desk and nothing else.
    Empty,
}

/// How to come in as somebody: a word for the role and a path of this server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// `desk`, `steward`, `volunteer`, `resident` or `supplier`.
    pub role: &'static str,
    /// The path; spends nothing until its button is pressed.
    pub path: String,
}

/// How long the links that the terminal shows are good.
const LINK_DAYS: i64 = 14;
/// And for how many phones: whoever tries the demo tries it on several.
const LINK_PHONES: u32 = 50;

/// Fills the folder if no community is in it; what was there stays as it is, and no link is made.
///
/// # Errors
/// The table's.
pub async fn fill(state: &AppState, fill: Fill) -> Result<Vec<Link>, Problem> {
    let id = state.config().community.clone();
    if state.store().catalog(&id).await?.is_some() {
        return Ok(Vec::new());
    }
    match fill {
        Fill::Demo => demo::fill(state).await,
        Fill::Empty => {
            let name = Name::new("我们的社区", "Our community");
            state.store().create_community(&settings(state, name, "")).await?;
            let desk = person(state, "社区服务台", Role::Desk, 1).await?;
            Ok(vec![invite(state, "desk", desk, Role::Desk).await?])
        }
    }
}

/// The settings of a new community.
pub(super) fn settings(state: &AppState, name: Name, hotline: &str) -> Settings {
    Settings {
        id: state.config().community.clone(),
        name,
        utc_offset: 480,
        hotline: hotline.to_owned(),
        emergency: "120".to_owned(),
        hosts: vec![state.config().public_url.host().to_owned()],
        unread_minutes: 10,
        quiet: Some(QuietHours { from: 22 * 60, to: 7 * 60 }),
    }
}

/// A new person.
pub(super) async fn person(state: &AppState, name: &str, role: Role, duty: u8) -> Result<PersonId, Problem> {
    let id = state.store().new_person_id(&state.config().community).await?;
    let person = Person { id, name: name.to_owned(), role, assignments: Vec::new(), duty, left: false };
    state.store().save_person(&state.config().community, &person).await?;
    Ok(id)
}

/// A link by which a person comes in.
pub(super) async fn invite(
    state: &AppState,
    word: &'static str,
    person: PersonId,
    role: Role,
) -> Result<Link, Problem> {
    let secret = EnrolmentSecret::from_random(random());
    let until = state.now() + LINK_DAYS * Millis::DAY;
    let c = &state.config().community;
    state.store().issue_invite(c, person, role, &secret, until, LINK_PHONES).await?;
    Ok(Link { role: word, path: format!("/i/{}", secret.text()) })
}

/// A new link for the desk, for whoever runs the server and lost the way in: one phone, one day.
///
/// # Errors
/// The table's; [`Trouble::NotFound`] where nobody has the desk's role.
pub async fn desk_link(store: &Store, id: &CommunityId, now: Millis) -> Result<Link, Problem> {
    let community = store.community(id).await?.ok_or(Trouble::NotFound)?;
    let mut desks: Vec<&Person> =
        community.people.values().filter(|p| p.role == Role::Desk && !p.left).collect();
    desks.sort_by_key(|person| (person.duty, person.id));
    let desk = desks.first().ok_or(Trouble::NotFound)?.id;
    let secret = EnrolmentSecret::from_random(random());
    let until = now + Millis::DAY;
    store.issue_invite(&community.settings.id, desk, Role::Desk, &secret, until, 1).await?;
    Ok(Link { role: "desk", path: format!("/i/{}", secret.text()) })
}

/// Says that the server is ready. `here` is the address it listens on.
pub async fn announce(state: &AppState, here: &str, links: &[Link], as_json: bool) {
    let public_url = &state.config().public_url;
    if as_json {
        let sign_in: serde_json::Map<String, serde_json::Value> =
            links.iter().map(|link| (link.role.to_owned(), public_url.at(&link.path).into())).collect();
        let ready = json!({ "url": here, "sign_in": sign_in, "community": state.config().community });
        voice::say(&ready.to_string());
        return;
    }
    let name = state.community().await.map(|community| community.settings.name.clone()).unwrap_or_default();
    voice::say(&format!("\n{} / {}\n{}\n", name.zh, name.en, public_url.origin()));
    for Link { role, path } in links {
        let address = public_url.at(path);
        voice::say(&format!("{role}: {address}"));
        if let Ok(code) = QRBuilder::new(address).build() {
            voice::say(&code.to_str());
        }
    }
    if links.is_empty() {
        voice::say("What was in the folder is served as it is; sign in as before.");
    }
    for words in advice(state) {
        voice::say(words);
    }
    voice::say("Ctrl-C stops it.");
}

/// What will not work at this address, in plain words.
fn advice(state: &AppState) -> &'static [&'static str] {
    let url = &state.config().public_url;
    match (url.is_loopback(), url.is_https()) {
        (true, _) => &[
            "Only this machine can open it. For phones, give it an address of its own and https (--acme DOMAIN; --tls-cert",
            "and --tls-key; or a proxy and --public-url). Letters and door cards are not printed until then.",
        ],
        (false, false) => &[
            "This address is not encrypted: on other machines there is no offline work, no camera, no installing, and",
            "letters and door cards are not printed. Use --acme DOMAIN, --tls-cert and --tls-key, or a proxy with --public-url.",
        ],
        (false, true) => &[],
    }
}
