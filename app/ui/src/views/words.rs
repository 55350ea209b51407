//! From the rules' closed lists to the reader's words and shapes: one `match` for each list, for every page.

use domain::actor::{Role, Signed};
use domain::community::Community;
use domain::fact::Complaint;
use domain::household::DietTag;
use domain::job::{BoxItem, Failure, JobKind, Outcome};
use domain::menu::{Item, Line, Substitution};
use domain::need::{Category, Channel, NeedState};
use domain::places::Building;
use domain::round::JobState;
use domain::text::{Text, joined, text};
use domain::time::Shown;
use domain::window::Payment;
use domain::wire::{Flag, Refusal};
use domain::{HouseholdId, Lang, MenuCode};

use crate::components::glyph::Glyph;
use crate::components::icon::{Icon, need, ui};
use crate::locales::facts as t;
use crate::locales::when::When;

/// The name of a kind of job.
#[must_use]
pub fn job(lang: Lang, kind: JobKind) -> &'static str {
    match kind {
        JobKind::DeliverOrder => t::job_deliver_order(lang),
        JobKind::Parcel => t::job_parcel(lang),
        JobKind::Errand => t::job_errand(lang),
        JobKind::Medicine => t::job_medicine(lang),
        JobKind::Letter => t::job_letter(lang),
        JobKind::Rubbish => t::job_rubbish(lang),
        JobKind::Knock => t::job_knock(lang),
        JobKind::Sample => t::job_sample(lang),
        JobKind::Notice => t::job_notice(lang),
        JobKind::Other => t::job_other(lang),
    }
}

/// What a household says against a job of this kind.
#[must_use]
pub fn complaint(lang: Lang, says: Complaint, kind: JobKind) -> &'static str {
    match says {
        Complaint::NeverArrived => t::says_never_arrived(lang),
        Complaint::Wrong if kind.carries() => t::says_wrong(lang),
        Complaint::Wrong => t::says_not_done(lang),
    }
}

/// How a job turned out. `carried` says whether "done" means handed over; without a community boxes have their codes.
#[must_use]
pub fn outcome(lang: Lang, community: Option<&Community>, outcome: &Outcome, carried: bool) -> String {
    match outcome {
        Outcome::Done if carried => t::handed_over(lang).into(),
        Outcome::Done => t::done_job(lang).into(),
        Outcome::LeftAtDoor => t::left_at_door(lang).into(),
        Outcome::Neighbour(who) => t::given_to_neighbour(lang, who),
        Outcome::Failed(failure) => match failure {
            Failure::NobodyHome => t::nobody_home(lang).into(),
            Failure::NoAccess => t::no_access(lang).into(),
            Failure::Refused => t::refused_at_door(lang).into(),
            Failure::WrongAddress => t::wrong_address(lang).into(),
            Failure::ShortOrDamaged { menus, items, note } => {
                let mut what = short(lang, community, menus, items);
                what.extend((!note.is_empty()).then(|| note.clone()));
                t::short_or_damaged(lang, &joined(&what, ", "))
            }
            Failure::Other(why) => t::not_done_because(lang, why),
        },
    }
}

/// What was short or damaged: whole boxes, and items of others.
#[must_use]
pub fn short(
    lang: Lang,
    community: Option<&Community>,
    menus: &[MenuCode],
    items: &[BoxItem],
) -> Vec<String> {
    let name = |code: &MenuCode| community.map_or_else(|| code.text(), |known| menu_name(lang, known, code));
    let item = |short: &BoxItem| {
        let menu = community.and_then(|known| known.menu(&short.menu, short.version));
        let item = menu.and_then(|menu| menu.items.get(usize::from(short.item)));
        item.map_or("?", |item| item.name.in_lang(lang)).to_owned() + " (" + &name(&short.menu) + ")"
    };
    menus.iter().map(name).chain(items.iter().map(item)).collect()
}

/// The word and the shape of a job's state.
#[must_use]
pub fn job_state(lang: Lang, state: JobState) -> (&'static str, Glyph) {
    match state {
        JobState::Open => (t::job_open(lang), Glyph::Open),
        JobState::Done => (t::job_done(lang), Glyph::Full),
        JobState::Failed => (t::job_failed(lang), Glyph::Crossed),
        JobState::Conflict => (t::job_conflict(lang), Glyph::Disputed),
        JobState::Disputed => (t::job_disputed(lang), Glyph::Disputed),
    }
}

/// The name and the drawing of a category of need.
#[must_use]
pub fn category(lang: Lang, category: Category) -> (&'static str, Icon) {
    match category {
        Category::Medical => (t::medical(lang), need::MEDICAL),
        Category::Medicine => (t::medicine(lang), need::MEDICINE),
        Category::Food => (t::food(lang), need::FOOD),
        Category::Repair => (t::repair(lang), need::REPAIR),
        Category::HealthCode => (t::health_code(lang), need::HEALTH_CODE),
        Category::Traffic => (t::traffic(lang), need::TRAFFIC),
        Category::Policy => (t::policy(lang), need::POLICY),
        Category::Education => (t::education(lang), need::EDUCATION),
        Category::Counselling => (t::counselling(lang), need::COUNSELLING),
        Category::Suggestion => (t::suggestion(lang), need::SUGGESTION),
        Category::Complaint => (t::complaint(lang), need::COMPLAINT),
        Category::Praise => (t::praise(lang), need::PRAISE),
    }
}

/// How a need reached us, where it was not by the household's own phone.
#[must_use]
pub fn channel(lang: Lang, channel: Channel) -> Option<&'static str> {
    Some(match channel {
        Channel::App => return None,
        Channel::Door => t::told_at_door(lang),
        Channel::Call => t::told_by_call(lang),
        Channel::Paper => t::told_on_paper(lang),
        Channel::Chat => t::told_in_chat(lang),
    })
}

/// The word and the shape of a need's state.
#[must_use]
pub fn need_state(lang: Lang, state: NeedState, read: bool) -> (&'static str, Glyph) {
    match state {
        NeedState::Reported if read => (t::need_read(lang), Glyph::Open),
        NeedState::Reported => (t::need_reported(lang), Glyph::Open),
        NeedState::Taken => (t::need_taken(lang), Glyph::Half),
        NeedState::Answered => (t::need_answered(lang), Glyph::Half),
        NeedState::Closed => (t::need_closed(lang), Glyph::Full),
    }
}

/// How a window is paid.
#[must_use]
pub fn payment(lang: Lang, payment: &Payment) -> &'static str {
    match payment {
        Payment::Free => t::pay_nothing(lang),
        Payment::Prepaid(_) => t::pay_elsewhere(lang),
        Payment::OnDelivery => t::pay_on_delivery(lang),
    }
}

/// What to do if something is missing.
#[must_use]
pub fn substitution(lang: Lang, substitution: Substitution) -> &'static str {
    match substitution {
        Substitution::Yes => t::substitute_yes(lang),
        Substitution::No => t::substitute_no(lang),
        Substitution::Ask => t::substitute_ask(lang),
    }
}

/// What somebody should look at; on a household's phone empty for what only happens on rounds and at the desk.
#[must_use]
pub fn flag(lang: Lang, flag: Flag) -> &'static str {
    match flag {
        Flag::ClockWrong => t::flag_clock_wrong(lang),
        Flag::LateDispute => t::flag_late_dispute(lang),
        #[cfg(any(feature = "ssr", feature = "field"))]
        Flag::NoLongerAssigned => t::flag_no_longer_assigned(lang),
        #[cfg(any(feature = "ssr", feature = "field"))]
        Flag::RunOver => t::flag_run_over(lang),
        #[cfg(any(feature = "ssr", feature = "field"))]
        Flag::UnknownJob => t::flag_unknown_job(lang),
        #[cfg(any(feature = "ssr", feature = "field"))]
        Flag::AfterSeal => t::flag_after_seal(lang),
        #[cfg(any(feature = "ssr", feature = "field"))]
        Flag::Unconfirmed => t::flag_unconfirmed(lang),
        #[cfg(any(feature = "ssr", feature = "field"))]
        Flag::HandOverUnheard => t::flag_hand_over_unheard(lang),
        #[cfg(not(any(feature = "ssr", feature = "field")))]
        _ => "",
    }
}

/// Why it was not taken, and what to do.
#[must_use]
pub fn refusal(lang: Lang, community: &Community, refusal: &Refusal) -> String {
    let menu = |code: &MenuCode| menu_name(lang, community, code);
    match refusal {
        Refusal::NotAllowed => t::refuse_not_allowed(lang).into(),
        Refusal::NoSuchRun => t::refuse_no_such_run(lang).into(),
        Refusal::NotOpenYet => t::refuse_not_open_yet(lang).into(),
        Refusal::Closed => t::refuse_closed(lang).into(),
        Refusal::ChangedMeanwhile => t::refuse_changed_meanwhile(lang).into(),
        Refusal::NotOffered(code) => t::refuse_not_offered(lang, &menu(code)),
        Refusal::MenuChanged(code) => t::refuse_menu_changed(lang, &menu(code)),
        Refusal::OverLimit(code, limit) => t::refuse_over_limit(lang, &menu(code), *limit),
        Refusal::WrongPicks(code, choose) => t::refuse_wrong_picks(lang, &menu(code), *choose),
        Refusal::SoldOut(code, 0) => t::refuse_sold_out(lang, &menu(code)),
        Refusal::SoldOut(code, left) => t::refuse_only_left(lang, &menu(code), *left),
        Refusal::Unknown => t::refuse_unknown(lang).into(),
        Refusal::Malformed => t::refuse_malformed(lang).into(),
        Refusal::UnknownVersion => t::refuse_unknown_version(lang).into(),
        Refusal::AlreadyClosed => t::refuse_already_closed(lang).into(),
    }
}

/// The name of a menu, or its code where it is not known here.
#[must_use]
pub fn menu_name(lang: Lang, community: &Community, code: &MenuCode) -> String {
    community.newest_menu(code).map_or_else(|| code.text(), |menu| menu.name.in_lang(lang).to_owned())
}

/// The name of a role.
#[must_use]
pub fn role(lang: Lang, role: Role) -> &'static str {
    match role {
        Role::Resident => t::resident(lang),
        Role::Steward => t::steward(lang),
        Role::Volunteer => t::volunteer(lang),
        Role::Desk => t::desk(lang),
        Role::Supplier => t::supplier(lang),
    }
}

/// Who did it, as somebody of `own` household (or nobody's) reads it.
#[must_use]
pub fn who(lang: Lang, community: &Community, by: Signed, own: Option<HouseholdId>) -> String {
    match by {
        Signed::Household(id) if Some(id) == own => t::your_household(lang).into(),
        Signed::Household(_) => t::household_itself(lang).into(),
        Signed::Person(id, as_role) => match community.people.get(&id) {
            Some(person) if as_role != Role::Desk => text!("{} {}", role(lang, as_role), person.name),
            _ => role(lang, as_role).into(),
        },
        Signed::Clock => t::the_program(lang).into(),
    }
}

/// The name of a diet; a desk's own tag is shown as it was written.
#[must_use]
pub fn diet(lang: Lang, tag: &DietTag) -> String {
    match tag.as_str() {
        "halal" => t::diet_halal(lang).into(),
        "vegetarian" => t::diet_vegetarian(lang).into(),
        "low-sugar" => t::diet_low_sugar(lang).into(),
        other => other.to_owned(),
    }
}

/// An item with its amount: "potatoes 1.5 kg".
#[must_use]
pub fn item(lang: Lang, item: &Item) -> String {
    text!("{} {}", item.name.in_lang(lang), t::amount(lang, &item.quantity.text(), item.unit))
}

/// A basket in one line: "2 x Vegetable box, 1 x Infant box".
#[must_use]
pub fn basket(lang: Lang, community: &Community, lines: &[Line]) -> String {
    let separator = match lang {
        Lang::Zh => "、",
        Lang::En => ", ",
    };
    let lines: Vec<String> = lines
        .iter()
        .map(|line| text!("{} × {}", menu_name(lang, community, &line.menu), line.boxes))
        .collect();
    joined(&lines, separator)
}

/// Where a household lives, in words: building and unit; the room is on the plate.
#[must_use]
pub fn home(lang: Lang, community: &Community, household: HouseholdId) -> Option<(String, String)> {
    let door = community.places.doors.get(&community.places.door_of(household)?)?;
    let building = community.places.buildings.get(&door.building)?;
    let stairs = t::building_unit(lang, &building.label.0, door.spot.unit);
    Some((door.spot.room.0.clone(), in_compound(community, building, stairs)))
}

/// A place in a building, with the compound where there are several: each may have a building 1 with a room 101.
#[must_use]
pub fn in_compound(community: &Community, building: &Building, place: String) -> String {
    let compounds = &community.places.compounds;
    match compounds.get(&building.compound) {
        // A household's phone knows its own compound only, and is spared the words.
        Some(compound) if cfg!(any(feature = "ssr", feature = "field")) && compounds.len() > 1 => {
            compound.name.clone() + " " + &place
        }
        _ => place,
    }
}

/// When it happened, in words, with "sent" where it was made without signal.
#[must_use]
pub fn shown(when: &When, shown: &Shown) -> (String, Option<String>) {
    let late = shown.sent.map(|sent| t::sent_later(when.lang, &when.clock(sent)));
    let wrong = shown.clock_wrong.then(|| t::flag_clock_wrong(when.lang).to_owned());
    (when.at(shown.at), late.or(wrong))
}

/// The drawing for something that somebody said.
pub const SAID: Icon = ui::SPEAK;
