//! Door cards: what hangs at a door and is scanned on delivery. A card says nothing about anybody and grants nothing,
//! so showing the ones that exist makes none; only a button does.

use domain::door_code::{DoorToken, DoorUrl};
use domain::{BuildingId, DoorId, Lang};
use leptos::prelude::*;

use super::{BUILDING, Place, other};
use crate::components::action::{Act, Submit, Weight};
use crate::components::markup::{IntoMarkup, Markup};
use crate::components::message::{Note, Tone};
use crate::components::qr::{Correction, qr_svg};
use crate::locales::print as t;
use crate::views::home::hidden;

/// Cards on a sheet.
pub const A_PAGE: usize = 8;
/// The field that names one door.
pub const DOOR: &str = "door";

/// A door's card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoorCard {
    /// Where it hangs.
    pub place: Place,
    /// Its name.
    pub token: DoorToken,
}

/// What the screen offers beside the sheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// Making the cards that are missing, of so many doors.
    Missing(Option<BuildingId>, u32, u32),
    /// Replacing the card of one door.
    Again(DoorId),
}

/// The form for it; `None` if nothing is missing.
#[must_use]
pub fn offer(lang: Lang, offer: Offer) -> Option<Markup> {
    let (lead, warning, field, words) = match offer {
        Offer::Missing(_, 0, _) => return None,
        Offer::Missing(building, missing, doors) => (
            t::cards_missing(lang, missing, doors),
            None,
            building.map(|id| (BUILDING, id.to_string())),
            t::cards_make(lang, missing),
        ),
        Offer::Again(door) => (
            String::new(),
            Some(t::card_kill(lang)),
            Some((DOOR, door.to_string())),
            t::card_again(lang).to_owned(),
        ),
    };
    let fields = hidden(&field.into_iter().collect::<Vec<_>>());
    let form = view! {
        <form method="post" action="/desk/print/cards" class="no-print paper-tools">
            {(!lead.is_empty()).then(|| view! { <p>{lead}</p> })}
            {warning.map(|warning| view! { <Note tone=Tone::Warn>{warning}</Note> })}
            {fields}
            <Act><Submit weight=Weight::Main>{words}</Submit></Act>
        </form>
    };
    Some(form.markup())
}

/// The sheets. `origin` is `https://host`.
#[must_use]
pub fn cards(lang: Lang, origin: &str, cards: &[DoorCard]) -> Vec<Markup> {
    cards
        .chunks(A_PAGE)
        .map(|sheet| {
            let sheet: Vec<Markup> = sheet.iter().map(|one| card(lang, origin, one)).collect();
            view! { <section class="sheet full door-cards">{sheet}</section> }.markup()
        })
        .collect()
}

fn card(lang: Lang, origin: &str, card: &DoorCard) -> Markup {
    let second = other(lang);
    let DoorCard { place, token } = card;
    let code = qr_svg(&DoorUrl::of(origin, token), Correction::Print, t::card_line(lang));
    let long = place.room.chars().count() > 4;
    view! {
        <article class="door-card">
            {code}
            <div>
                <span class="plate giant" class:long=long>{place.room.clone()}</span>
                <b>{place.stairs(lang)}</b>
                <small>{place.compound.clone()}</small>
                <span class="short-code">{token.short_code().grouped()}</span>
            </div>
            <p>{t::card_line(lang)} <br/> <span lang=second.tag()>{t::card_line(second)}</span></p>
        </article>
    }
    .markup()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_cards_fill_a_sheet_and_the_ninth_begins_another() {
        let place = |room: u32| Place {
            compound: "北林新苑".into(),
            building: "3".into(),
            unit: 1,
            floor: 1,
            room: room.to_string(),
        };
        let made: Vec<DoorCard> = (0..9u8)
            .map(|n| DoorCard { place: place(101 + u32::from(n)), token: DoorToken::from_random([n; 12]) })
            .collect();
        let sheets = cards(Lang::Zh, "https://lm.example.org", &made);
        assert_eq!(sheets.len(), 2);
        let html: String = sheets.into_iter().map(IntoMarkup::html).collect();
        for card in &made {
            assert!(html.contains(&card.token.short_code().grouped()) && html.contains(&card.place.room));
            assert!(!html.contains(&card.token.text()), "the token stands in the code only");
        }
    }

    #[test]
    fn a_building_that_has_all_its_cards_is_offered_no_new_ones() {
        assert!(offer(Lang::Zh, Offer::Missing(None, 0, 57)).is_none());
        let again = offer(Lang::Zh, Offer::Again(DoorId(7))).expect("a form").html();
        assert!(again.contains("name=\"door\"") && again.contains("value=\"7\""));
    }
}
