//! A round's sheet, keyed in as it was printed: door after door, by keyboard, saved all at once.

use domain::community::Community;
use domain::paper::{DAY, LOAD, LineFault, TICKS, fields_of};
use domain::round::{JobState, Stop};
use domain::{BuildingId, Lang};
use leptos::prelude::*;

use crate::components::action::{Act, RowLink, Submit, Weight};
use crate::components::icon::ui;
use crate::components::markup::{IntoMarkup, Markup};
use crate::components::message::{Empty, Note, Tone};
use crate::locales::paper as t;
use crate::locales::print as sheet_words;
use crate::locales::when::When;
use crate::pages::print::building_words;
use crate::pages::print::rounds::job_words;
use crate::views::words;

/// A line of the sheet.
#[derive(Debug, Clone)]
pub struct Line {
    /// The door's jobs as they stand.
    pub stop: Stop,
    /// The name of the fact that it will make.
    pub fact: String,
    /// What was typed before: tick, time, words.
    pub typed: [String; 3],
    /// Why it is not saved.
    pub fault: Option<String>,
}

/// The head of the sheet: the day, and the boxes.
#[derive(Debug, Clone, Default)]
pub struct Head {
    /// The day of the round.
    pub day: String,
    /// Boxes taken and brought back, as typed.
    pub boxes: [String; 2],
    /// The name of the fact that they will make.
    pub fact: String,
    /// Why they are not saved.
    pub fault: Option<String>,
}

/// What is wrong with a line, in words.
#[must_use]
pub fn fault(lang: Lang, fault: LineFault) -> &'static str {
    match fault {
        LineFault::Time => t::bad_time(lang),
        LineFault::Future => t::in_future(lang),
        LineFault::NoWords => t::no_words(lang),
        LineFault::Words => t::words_not_kept(lang),
        LineFault::TooLong => t::too_long(lang),
        LineFault::Fact => t::not_ours(lang),
        LineFault::Boxes => t::bad_boxes(lang),
    }
}

/// The buildings that have a sheet, with the doors on each.
pub fn choose(
    community: &Community,
    lang: Lang,
    sheets: &[(BuildingId, String, usize)],
) -> impl IntoView + use<> {
    if sheets.is_empty() {
        return view! { <Empty icon=ui::ROUND title=t::none(lang)><p>{t::key_in_what(lang)}</p></Empty> }
            .markup();
    }
    let rows = sheets.iter().map(|(building, href, doors)| {
        let detail = t::to_key_in(lang, u32::try_from(*doors).unwrap_or(u32::MAX));
        view! { <RowLink href=href.clone() title=building_words(community, lang, *building) detail=detail/> }
    });
    view! { <h2>{t::choose(lang)}</h2> <div class="rows">{rows.collect_view()}</div> }.markup()
}

/// The sheet of a building. `here` is where the form goes; `saved` says how many lines the last saving took.
pub fn sheet(
    community: &Community,
    when: &When,
    here: &str,
    head: &Head,
    lines: &[Line],
    saved: Option<u32>,
) -> impl IntoView + use<> {
    let lang = when.lang;
    let faults = lines.iter().filter(|line| line.fault.is_some()).count() + usize::from(head.fault.is_some());
    let told = match u32::try_from(faults).unwrap_or(u32::MAX) {
        0 => saved.map(|saved| view! { <Note icon=ui::CHECK><p>{t::saved(lang, saved)}</p></Note> }.markup()),
        faults => Some(view! { <Note tone=Tone::Warn><p>{t::some_not(lang, faults)}</p></Note> }.markup()),
    };
    // After a fault the first line that needs a look, else the first one.
    let first = lines.iter().position(|line| line.fault.is_some()).unwrap_or(0);
    let mut unit = None;
    let mut rows: Vec<Markup> = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        let Some(door) = community.places.doors.get(&line.stop.door) else { continue };
        if unit.replace(door.spot.unit) != Some(door.spot.unit) {
            let stairs = sheet_words::unit_row(lang, door.spot.unit);
            rows.push(view! { <tr class="stairs"><th colspan="10">{stairs}</th></tr> }.markup());
        }
        rows.push(row(community, when, line, &door.spot.room.0, place == first));
    }
    let heads = heads(lang).map(|head| view! { <th scope="col">{head}</th> });
    view! {
        {told}
        <p>{t::lead(lang)}</p>
        <form method="post" action=here.to_owned() class="keyed">
            <p class="day">
                <label for="f-day">{t::day(lang)}</label>
                <input id="f-day" type="date" name=DAY value=head.day.clone() required/>
                {boxes(lang, head)}
            </p>
            <div class="table" tabindex="0"><table>
                <thead><tr>
                    <th scope="col">{sheet_words::door(lang)}</th>
                    <th scope="col">{sheet_words::gets(lang)}</th>
                    {heads.into_iter().collect_view()}
                    <th scope="col">{t::time(lang)}</th>
                    <th scope="col">{t::words(lang)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table></div>
            <Act><Submit weight=Weight::Main>{t::save(lang)}</Submit></Act>
        </form>
    }
}

/// Boxes taken at the gate and brought back, as the sheet's head has them; what was said before counts as well.
fn boxes(lang: Lang, head: &Head) -> Markup {
    let [taken, returned, fact] = LOAD;
    let invalid = head.fault.is_some().then_some("true");
    let field = |name: &'static str, label: &'static str, value: &str| {
        let id = format!("f-{name}");
        view! {
            <label for=id.clone()>{label}</label>
            <input id=id class="short" name=name value=value.to_owned() autocomplete="off" maxlength="4" inputmode="numeric"
                aria-invalid=invalid/>
        }
    };
    let error = head.fault.clone();
    let error = error.map(|words| view! { <span class="error">{ui::WARNING.view()} " " {words}</span> });
    view! {
        {field(taken, sheet_words::taken_out(lang), &head.boxes[0])}
        {field(returned, sheet_words::brought_back(lang), &head.boxes[1])}
        <input type="hidden" name=fact value=head.fact.clone()/>
        {error}
    }
    .markup()
}

/// The columns of the outcomes, as on the printed sheet; before them the one for a line that says nothing.
fn heads(lang: Lang) -> [&'static str; 6] {
    [
        t::nothing_ticked(lang),
        sheet_words::tick_handed(lang),
        sheet_words::tick_left(lang),
        t::neighbour(lang),
        sheet_words::tick_nobody(lang),
        sheet_words::tick_other(lang),
    ]
}

fn row(community: &Community, when: &When, line: &Line, room: &str, first: bool) -> Markup {
    let lang = when.lang;
    let [tick, time, word, fact] = fields_of(line.stop.door);
    let [ticked, at, said] = line.typed.clone();
    let gets = line.stop.jobs.iter().flat_map(|job| job_words(community, lang, job));
    let gets = gets.map(|words| view! { <div>{words}</div> }).collect_view();
    let outcome_at = t::outcome_at(lang, room);
    let cells = std::iter::once("").chain(TICKS).zip(heads(lang)).map(|(value, head)| {
        let on = value == ticked;
        let label = format!("{outcome_at}: {head}");
        view! {
            <td class="tick-cell">
                <label class="tick"><input type="radio" name=tick.clone() value=value checked=on aria-label=label/></label>
            </td>
        }
    });
    let cells = cells.collect_view();
    let known = (line.stop.state() != JobState::Open).then(|| {
        let last = line.stop.jobs.iter().flat_map(|job| &job.marks).map(|mark| mark.at.at).max();
        let at = last.map(|at| when.clock(at)).unwrap_or_default();
        view! { <div class="small quiet">{words::job_state(lang, line.stop.state()).0} " " {at}</div> }
    });
    let error_id = format!("e-{}", line.stop.door);
    let invalid = line.fault.is_some().then_some("true");
    let described = line.fault.is_some().then(|| error_id.clone());
    // In a line of its own: the columns of the paper leave no room for it.
    let error = line.fault.clone().map(|words| {
        view! { <tr class="why"><td colspan="10"><div class="error" id=error_id>{ui::WARNING.view()} " " {words}</div></td></tr> }
    });
    view! {
        <tr data-first=first.then_some("") class:wrong=line.fault.is_some()>
            <th scope="row" class="room">{room.to_owned()} {known}</th>
            <td class="small">{gets}</td>
            {cells}
            <td>
                <input type="hidden" name=fact value=line.fact.clone()/>
                <input class="short" name=time value=at autocomplete="off" maxlength="8" inputmode="numeric"
                    aria-label=t::time_at(lang, room) aria-invalid=invalid aria-describedby=described/>
            </td>
            <td>
                <input name=word value=said autocomplete="off" maxlength="250" aria-label=t::words_at(lang, room)/>
            </td>
        </tr>
        {error}
    }
    .markup()
}
