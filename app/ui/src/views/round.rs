//! The round (配送轮次): the doors somebody has to walk to, floor by floor, with what each gets and what is left.

use crate::prelude::*;
use domain::fact::Stamped;
use domain::form::{Fields, FormFault, field};
use domain::handover::Passed;
use domain::map::{BTreeMap, BTreeSet};
use domain::mark_form::{self, BUILDING, DUE, IN_HAND, RETURNED, SURE, TAKEN, load_field};
use domain::places::{Building, Door};
use domain::round::{JobState, LoadCheck, Stop, load_check, stops};
use domain::text::{Text, joined, text};
use domain::window::{Phase, Window};
use domain::{BuildingId, DoorId, Lang, MenuCode, RunId};

use crate::components::markup::{IntoMarkup, Markup};

use super::handover;
use super::home::hidden;
use super::scene::{FactIds, Scene};
use super::stop::At;
use super::words;
use crate::components::action::{Act, ButtonLink, Submit, Weight};
use crate::components::field::{Field, FieldKind};
use crate::components::icon::ui;
use crate::components::message::{Empty, Note};
use crate::components::progress::Progress;
use crate::components::stop::{self, Floors};
use crate::locales::field as t;
use crate::locales::{common, facts};

/// How the list is walked. It stands in the page's address, so that it works without script; a phone's program keeps it
/// for the stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Walk {
    /// From the ground floor upwards.
    pub upwards: bool,
    /// Only the doors that are left.
    pub only_to_do: bool,
}

impl Walk {
    /// Reads it from a query string such as `?up&left`.
    #[must_use]
    pub fn of_query(query: &str) -> Self {
        let has = |name: &str| query.trim_start_matches('?').split('&').any(|part| part == name);
        Self { upwards: has("up"), only_to_do: has("left") }
    }

    /// The page's address that walks so.
    #[must_use]
    pub fn href(self) -> &'static str {
        match (self.upwards, self.only_to_do) {
            (false, false) => "/round?all",
            (true, false) => "/round?up",
            (false, true) => "/round?left",
            (true, true) => "/round?up&left",
        }
    }
}

/// The runs that are being delivered, with their stops.
#[must_use]
pub fn runs(scene: &Scene) -> Vec<(&Window, BTreeMap<DoorId, Stop>)> {
    let windows = scene.windows().into_iter().filter(|window| window.delivering(scene.now));
    windows.map(|window| (window, stops_of(scene, window.run))).collect()
}

/// The stops of one run that this phone may see.
#[must_use]
pub fn stops_of(scene: &Scene, run: RunId) -> BTreeMap<DoorId, Stop> {
    let places = &scene.community().places;
    let mut stops = stops(scene.facts_of(run), |household| places.door_of(household));
    stops.retain(|door, _| places.doors.contains_key(door));
    stops
}

/// The doors of a building's stops in walking order.
#[must_use]
pub fn walking(scene: &Scene, building: BuildingId, upwards: bool) -> Vec<&Door> {
    let mut doors = scene.community().places.doors_of(building);
    if !upwards {
        // Unit by unit all the same; within a floor from left to right, going down as going up.
        domain::small::sort_by_key(&mut doors, |door| (door.spot.unit, -i16::from(door.spot.floor)));
    }
    doors
}

/// The address of a stop's page.
#[must_use]
pub fn stop_href(run: RunId, door: DoorId) -> String {
    text!("/round/{run}/{door}")
}

/// The scanner's address for somebody who looks for one door.
#[must_use]
pub fn scan_href(door: DoorId) -> String {
    text!("/scan?{FOR}={door}")
}

/// The field of the scanner's page that names the door somebody came from.
pub const FOR: &str = "for";

/// All rounds of the reader. `typed` is a load that lacked something or is asked about: it comes back as it was filled in.
pub fn round(scene: &Scene, walk: Walk, typed: &Fields, ids: FactIds<'_>) -> impl IntoView + use<> {
    let lang = scene.lang;
    let runs = runs(scene);
    if runs.is_empty() {
        return view! {
            <Empty icon=ui::ROUND title=t::no_round(lang)><p>{t::no_round_more(lang)}</p></Empty>
        }
        .markup();
    }
    let age = common::as_of(lang, &scene.when().at(scene.feed.as_of));
    let runs: Vec<Markup> =
        runs.iter().map(|(window, stops)| run(scene, window, stops, walk, typed, ids)).collect();
    view! {
        {tools(lang, walk)}
        {runs}
        <p class="small quiet">{age}</p>
        <Act>
            <ButtonLink href="/scan" weight=Weight::Main icon=ui::SCAN>{t::scan_a_door(lang)}</ButtonLink>
        </Act>
    }
    .markup()
}

fn tools(lang: Lang, walk: Walk) -> impl IntoView + use<> {
    let turned = Walk { upwards: !walk.upwards, ..walk };
    let filtered = Walk { only_to_do: !walk.only_to_do, ..walk };
    let (arrow, direction) =
        if walk.upwards { (ui::ARROW_DOWN, t::from_top(lang)) } else { (ui::ARROW_UP, t::from_bottom(lang)) };
    let filter = if walk.only_to_do { t::all_stops(lang) } else { t::only_to_do(lang) };
    view! {
        <div class="pair">
            <a class="tool" href=turned.href()>{arrow.view()} {direction}</a>
            <a class="tool" href=filtered.href()>{ui::LIST.view()} {filter}</a>
        </div>
    }
}

fn run(
    scene: &Scene,
    window: &Window,
    stops: &BTreeMap<DoorId, Stop>,
    walk: Walk,
    typed: &Fields,
    ids: FactIds<'_>,
) -> Markup {
    let lang = scene.lang;
    let when = scene.when().span(window.delivery_from, window.delivery_to);
    let places = &scene.community().places;
    let passed = domain::handover::passed(scene.facts_of(window.run));
    let buildings: Vec<Markup> = places
        .buildings_in_order()
        .into_iter()
        .filter_map(|building| building_card(scene, window, building, (stops, &passed), walk, typed, ids))
        .collect();
    let still = (window.phase(scene.now) == Phase::Open).then(|| {
        let until = scene.when().at(window.closes);
        view! { <Note>{t::still_ordering(lang, &until)}</Note> }
    });
    let note = window.said(lang).map(str::to_owned).map(|note| view! { <Note>{note}</Note> });
    let nothing = buildings.is_empty().then(|| view! { <p class="quiet">{t::nothing_to_deliver(lang)}</p> });
    view! {
        <h2>{t::round_at(lang, &when)}</h2>
        {still}
        {note}
        {nothing}
        {buildings}
    }
    .markup()
}

fn building_card(
    scene: &Scene,
    window: &Window,
    building: &Building,
    (stops, passed): (&BTreeMap<DoorId, Stop>, &[Passed]),
    walk: Walk,
    typed: &Fields,
    ids: FactIds<'_>,
) -> Option<Markup> {
    let lang = scene.lang;
    let places = &scene.community().places;
    let elsewhere = |door: DoorId| handover::elsewhere(scene, passed, places.at(door)?);
    let doors: Vec<(&Door, &Stop)> = walking(scene, building.id, walk.upwards)
        .into_iter()
        .filter_map(|door| Some((door, stops.get(&door.id)?)))
        .collect();
    if doors.is_empty() {
        return None;
    }
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let done = doors.iter().filter(|(_, stop)| !stop.to_do()).count();
    let mut mine = doors.iter().filter(|(door, stop)| stop.to_do() && elsewhere(door.id).is_none());
    let next = mine.next().map(|(door, _)| door.id);
    let units = doors.iter().map(|(door, _)| door.spot.unit).collect::<BTreeSet<_>>();
    let what = t::done_of(lang, count(done), count(doors.len()));
    let lists: Vec<Markup> = units
        .iter()
        .map(|unit| {
            let of_unit = doors
                .iter()
                .filter(|(door, stop)| door.spot.unit == *unit && (stop.to_do() || !walk.only_to_do));
            let floors = floors(scene, window.run, of_unit.copied(), next, &elsewhere);
            let head = (units.len() > 1).then(|| view! { <h3>{t::unit(lang, *unit)}</h3> });
            view! { {head} <Floors floors/> }.markup()
        })
        .collect();
    let kinds = joined(&boxes_by_kind(scene, &doors), " · ");
    let kinds = (!kinds.is_empty()).then(|| view! { <p class="small">{kinds}</p> });
    let load = load(scene, window.run, building.id, &doors, typed, ids);
    let handed = handover::in_building(scene, passed, window.run, building.id, usize::from(next.is_some()));
    let name = words::in_compound(scene.community(), building, facts::building(lang, &building.label.0));
    let finished =
        (done == doors.len()).then(|| view! { <p>{ui::CHECK.view()} {t::all_done_here(lang)}</p> });
    Some(
        view! {
            <section class="card">
                <h2>{name}</h2>
                <Progress lang done=count(done) total=count(doors.len()) what/>
                {finished}
                {kinds}
                {load}
                {handed}
                {lists}
            </section>
        }
        .markup(),
    )
}

fn floors<'a>(
    scene: &Scene,
    run: RunId,
    doors: impl Iterator<Item = (&'a Door, &'a Stop)>,
    next: Option<DoorId>,
    elsewhere: &dyn Fn(DoorId) -> Option<String>,
) -> Vec<stop::Floor> {
    let mut floors: Vec<stop::Floor> = Vec::new();
    for (door, stop) in doors {
        let (word, glyph) = words::job_state(scene.lang, stop.state());
        let cell = stop::Door {
            href: stop_href(run, door.id),
            number: door.spot.room.0.clone(),
            gets: match elsewhere(door.id).filter(|_| stop.to_do()) {
                Some(whose) => whose + " · " + &gets(scene, stop),
                None => gets(scene, stop),
            },
            glyph,
            word: word.to_owned(),
            next: next == Some(door.id),
        };
        let name = facts::floor(scene.lang, door.spot.floor);
        match floors.last_mut().filter(|floor| floor.name == name) {
            Some(floor) => floor.doors.push(cell),
            None => floors.push(stop::Floor { name, doors: vec![cell] }),
        }
    }
    floors
}

/// What a door gets and what to know there, on one line: `A × 2, C · don't ring`. That nobody is there comes first.
fn gets(scene: &Scene, stop: &Stop) -> String {
    let places = &scene.community().places;
    let mut parts: Vec<String> = Vec::new();
    for job in &stop.jobs {
        parts.extend(job.lines.iter().map(|line| match line.boxes {
            1 => line.menu.text(),
            boxes => text!("{} × {boxes}", line.menu),
        }));
        if job.lines.is_empty() {
            parts.push(words::job(scene.lang, job.kind).to_owned());
        }
    }
    let mut line = joined(&parts, ", ");
    if stop.jobs.iter().any(|job| job.away) {
        line.insert_str(0, " · ");
        line.insert_str(0, t::they_are_away(scene.lang));
    }
    for household in places.behind(stop.door) {
        let diets = household.diets.iter().map(|diet| words::diet(scene.lang, diet));
        for more in diets.chain(Some(household.note.clone()).filter(|note| !note.is_empty())) {
            line.push_str(" · ");
            line.push_str(&more);
        }
    }
    line
}

/// What the building gets of each menu, by the code that the doors' lines name: `A Vegetables × 12`.
fn boxes_by_kind(scene: &Scene, doors: &[(&Door, &Stop)]) -> Vec<String> {
    let mut kinds: BTreeMap<&MenuCode, u32> = BTreeMap::new();
    for line in doors.iter().flat_map(|(_, stop)| &stop.jobs).flat_map(|job| &job.lines) {
        *kinds.entry(&line.menu).or_default() += u32::from(line.boxes);
    }
    let name = |code: &MenuCode| words::menu_name(scene.lang, scene.community(), code);
    kinds.iter().map(|(code, boxes)| text!("{code} {} × {boxes}", name(code))).collect()
}

/// Boxes taken at the gate must be delivered or brought back.
fn load(
    scene: &Scene,
    run: RunId,
    building: BuildingId,
    doors: &[(&Door, &Stop)],
    typed: &Fields,
    ids: FactIds<'_>,
) -> Markup {
    let lang = scene.lang;
    let of_building = scene.facts_of(run).into_iter().filter(|stamped| is_load_of(stamped, building));
    let check = load_check(of_building, doors.iter().map(|(_, stop)| *stop));
    let to_take: u32 = doors.iter().map(|(_, stop)| stop.boxes()).sum();
    let line = match check {
        LoadCheck { taken: 0, .. } => t::load_to_take(lang, to_take),
        check if check.in_hand() < 0 => {
            t::load_over(lang, u32::try_from(-check.in_hand()).unwrap_or(u32::MAX))
        }
        check if check.in_hand() == 0 => t::load_even(lang).to_owned(),
        check => t::load_in_hand(lang, u32::try_from(check.in_hand()).unwrap_or(u32::MAX)),
    };
    let so_far = (check.taken > 0).then(|| {
        view! { <p class="small quiet">{t::load_taken_so_far(lang, check.taken, check.delivered, check.returned)}</p> }
    });
    let due = to_take.saturating_sub(check.taken);
    let missing = (check.taken > 0 && due > 0)
        .then(|| view! { <p class="small"><b>{t::load_missing(lang, due)}</b></p> });
    let fields = hidden(&[
        (field::ACT, "load".to_owned()),
        (field::FACT, ids()),
        (field::RUN, run.text()),
        (BUILDING, building.text()),
        (DUE, due.text()),
        (IN_HAND, u32::try_from(check.in_hand()).unwrap_or(0).text()),
        (field::NEXT, "/round".to_owned()),
    ]);
    let mut taken = if check.taken == 0 { to_take.text() } else { String::new() };
    let (mut returned, mut wrong_taken, mut wrong_returned) = (String::new(), String::new(), String::new());
    let [taken_field, returned_field] = [TAKEN, RETURNED].map(|name| load_field(name, run, building));
    let again = typed.read(field::RUN) == Ok(run) && typed.read(BUILDING) == Ok(building);
    let fault = if again { mark_form::load(typed).err() } else { None };
    if again {
        let was = |name: &str| typed.get(name).unwrap_or_default().to_owned();
        (taken, returned) = (was(&taken_field), was(&returned_field));
    }
    let mut sure = None;
    match fault {
        Some(FormFault::Field(SURE)) => {
            sure = Some(hidden(&[(SURE, mark_form::sure_of(typed))]));
            match mark_form::doubt(typed) {
                Some((TAKEN, boxes, due)) => wrong_taken = t::load_more_than_due(lang, boxes, due),
                Some((_, boxes, hand)) => wrong_returned = t::load_more_than_in_hand(lang, boxes, hand),
                None => {}
            }
        }
        Some(FormFault::Field(RETURNED)) => wrong_returned = t::load_needs_number(lang).to_owned(),
        Some(_) => wrong_taken = t::load_needs_number(lang).to_owned(),
        None => {}
    }
    let save = if sure.is_some() { t::load_sure(lang) } else { t::load_save(lang) };
    view! {
        <details open=again>
            <summary class="row"><span class="grow">{t::load_title(lang)} {missing}</span> <b>{line}</b> {ui::CHEVRON_DOWN.view()}</summary>
            <form method="post" action="/act">
                {fields}
                {sure}
                {so_far}
                <Field lang name=taken_field label=t::load_taken(lang) hint=t::load_adds(lang) kind=FieldKind::Number value=taken error=wrong_taken optional=true/>
                <Field lang name=returned_field label=t::load_returned(lang) kind=FieldKind::Number value=returned error=wrong_returned optional=true/>
                <Submit>{save}</Submit>
            </form>
        </details>
    }
    .markup()
}

fn is_load_of(stamped: &Stamped, building: BuildingId) -> bool {
    matches!(&stamped.fact.body, domain::fact::Body::Load(load) if load.building == building)
}

/// The door to go to after this one: the next that is left in walking order, whatever the run.
#[must_use]
pub fn next_after(scene: &Scene, at: At) -> Option<&Door> {
    let here = at.door;
    let stops = stops_of(scene, at.run);
    let building = scene.community().places.doors.get(&here)?.building;
    let doors = walking(scene, building, at.upwards);
    let place = doors.iter().position(|door| door.id == here)?;
    let left = |door: &&&Door| {
        stops.get(&door.id).is_some_and(|stop| stop.state() == JobState::Open || stop.to_do())
    };
    doors[place + 1..].iter().find(left).or_else(|| doors[..place].iter().find(left)).copied()
}
