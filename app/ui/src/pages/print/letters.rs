//! Enrolment letters: the way in for a household, slipped under its door. Never the door's own code, which hangs
//! outside for everybody to see. Codes are made by the handler at the moment of printing and are shown once.

use domain::enrolment_code::EnrolmentSecret;
use domain::{BuildingId, HouseholdId, Lang, Name};
use leptos::prelude::*;

use super::{BUILDING, Place, both, other};
use crate::components::action::{Act, Submit, Weight};
use crate::components::markup::{IntoMarkup, Markup};
use crate::components::message::{Note, Tone};
use crate::components::qr::{Correction, qr_svg};
use crate::locales::{facts, print as t};
use crate::views::home::hidden;

/// Letters on a sheet.
pub const A_PAGE: usize = 3;

/// The field that says for whom letters are made: [`WITHOUT_PHONE`] or everybody.
pub const WHOM: &str = "whom";
/// Only households without a phone.
pub const WITHOUT_PHONE: &str = "without_phone";
/// The field that names one household.
pub const HOUSEHOLD: &str = "h";

/// Who sends the letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// `https://host`: what the code leads to.
    pub origin: String,
    /// The host alone, for typing.
    pub host: String,
    /// The community's name.
    pub community: Name,
    /// Its number.
    pub hotline: String,
}

/// One letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// To where; `None` for a household without a door.
    pub place: Option<Place>,
    /// Whom to ask for: two households may share a door.
    pub holder: String,
    /// The household's language, which stands first.
    pub lang: Lang,
    /// What the letter is about.
    pub secret: EnrolmentSecret,
}

/// What the letters are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    /// One household, with its door in words.
    One(HouseholdId, String),
    /// A building or all of them, with its name and how many households live there.
    Many(Option<BuildingId>, String, u32),
}

/// The field by which a form that is sent again is known for the same.
pub const ASKED: &str = "asked";

/// The question before letters are made: opening this page makes none. `asked` names this question.
#[must_use]
pub fn ask(lang: Lang, whom: &Whom, asked: &str) -> Markup {
    let (lead, mut fields, many) = match whom {
        Whom::One(id, place) => (t::letter_lead(lang, place), vec![(HOUSEHOLD, id.to_string())], false),
        Whom::Many(building, place, households) => {
            let building = building.map(|id| (BUILDING, id.to_string()));
            (t::letters_lead(lang, *households, place), building.into_iter().collect(), true)
        }
    };
    fields.push((ASKED, asked.to_owned()));
    let buttons = if many {
        view! {
            <Submit name=WHOM value="all">{t::letters_all(lang)}</Submit>
            <Submit weight=Weight::Main name=WHOM value=WITHOUT_PHONE>{t::letters_without_phone(lang)}</Submit>
        }
        .markup()
    } else {
        view! { <Submit weight=Weight::Main>{t::letter_make(lang)}</Submit> }.markup()
    };
    view! {
        <form method="post" action="/desk/print/letters">
            <p><b>{lead}</b></p>
            <p>{t::letters_what(lang)}</p>
            <Note tone=Tone::Warn>{t::letters_kill(lang)}</Note>
            {hidden(&fields)}
            <Act>{buttons}</Act>
        </form>
    }
    .markup()
}

/// The reminder above the sheets.
#[must_use]
pub fn once(lang: Lang) -> Markup {
    view! { <div class="no-print paper-tools"><Note tone=Tone::Warn>{t::letters_once(lang)}</Note></div> }
        .markup()
}

/// In its place where this page was made before later letters of `count` households, which stay good.
#[must_use]
pub fn newer(lang: Lang, count: u32) -> Markup {
    view! { <div class="no-print paper-tools"><Note tone=Tone::Warn>{t::letters_newer(lang, count)}</Note></div> }
        .markup()
}

/// The sheets.
#[must_use]
pub fn letters(sender: &Sender, letters: &[Letter]) -> Vec<Markup> {
    letters
        .chunks(A_PAGE)
        .map(|sheet| {
            let sheet: Vec<Markup> = sheet.iter().map(|one| letter(sender, one)).collect();
            view! { <section class="sheet full letters">{sheet}</section> }.markup()
        })
        .collect()
}

fn letter(sender: &Sender, letter: &Letter) -> Markup {
    let lang = letter.lang;
    let second = other(lang);
    let address = format!("{}/e/{}", sender.origin, letter.secret.text());
    let code = qr_svg(&address, Correction::Print, t::letter_title(lang));
    let place = letter.place.as_ref().map(|place| {
        let words =
            |lang| format!("{} {}, {}", place.compound, place.stairs(lang), facts::floor(lang, place.floor));
        let plate = view! { <span class="plate">{place.room.clone()}</span> };
        let inside = match lang {
            Lang::Zh => words(lang).replace(", ", " "),
            Lang::En => words(lang),
        };
        view! { {plate} <div><b>{inside}</b><br/><span class="small">{letter.holder.clone()}</span></div> }
            .markup()
    });
    let nowhere = letter.place.is_none().then(|| view! { <b>{letter.holder.clone()}</b> });
    let typed = letter.secret.typed().grouped();
    view! {
        <article class="letter" lang=lang.tag()>
            <header>
                {place}
                {nowhere}
                <p class="small">
                    {t::letter_from(lang, sender.community.in_lang(lang))} <br/>
                    {t::day_and_night(lang)} " " {sender.hotline.clone()}
                </p>
            </header>
            <div>
                <h2>{t::letter_title(lang)}</h2>
                <p class="small" lang=second.tag()>{t::letter_title(second)}</p>
                <ol>
                    <li><span>{both(lang, t::letter_scan)}</span></li>
                    <li><span>{both(lang, t::letter_press)}</span></li>
                    <li>
                        <span>
                            {t::letter_type(lang, &sender.host)} <br/>
                            <small lang=second.tag()>{t::letter_type(second, &sender.host)}</small>
                        </span>
                    </li>
                </ol>
            </div>
            <aside>
                {code}
                <span class="short-code">{typed}</span>
                <small>{both(lang, t::letter_valid)}</small>
            </aside>
            <footer>{t::letter_keep(lang)} " " <span lang=second.tag()>{t::letter_keep(second)}</span></footer>
        </article>
    }
    .markup()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sender() -> Sender {
        Sender {
            origin: "https://lm.example.org".into(),
            host: "lm.example.org".into(),
            community: Name::new("北林街道", "Beilin"),
            hotline: "0371-0000 0110".into(),
        }
    }

    fn letter(lang: Lang) -> Letter {
        let place = Place {
            compound: "北林新苑".into(),
            building: "3".into(),
            unit: 1,
            floor: 11,
            room: "1101".into(),
        };
        let secret = EnrolmentSecret::from_random(*b"sixteen bytes!!!");
        Letter { place: Some(place), holder: "住户0001".into(), lang, secret }
    }

    #[test]
    fn seven_letters_take_three_sheets_and_each_carries_its_code() {
        let sheets = super::letters(&sender(), &vec![letter(Lang::Zh); 7]);
        assert_eq!(sheets.len(), 3);
        let html = sheets.into_iter().map(IntoMarkup::html).collect::<String>();
        assert_eq!(html.matches("<article").count(), 7);
        assert_eq!(html.matches(&letter(Lang::Zh).secret.typed().grouped()).count(), 7);
        assert!(!html.contains("/d/"), "a letter never shows the door's code");
    }

    #[test]
    fn a_household_reads_its_own_language_first_and_the_other_below() {
        let english = super::letter(&sender(), &letter(Lang::En)).html();
        let (own, other) = (t::letter_scan(Lang::En), t::letter_scan(Lang::Zh));
        assert!(english.find("Scan the code").expect(own) < english.find(other).expect(other), "{english}");
        assert!(english.contains("lang=\"en\"") && english.contains("class=\"letter\""), "{english}");
    }

    #[test]
    fn asking_makes_a_form_and_no_code() {
        let html = ask(Lang::Zh, &Whom::Many(Some(BuildingId(3)), "3号楼".into(), 57), "ab").html();
        assert!(
            html.contains("method=\"post\"")
                && html.contains("value=\"3\"")
                && !html.contains("<svg class=\"qr")
        );
    }
}
