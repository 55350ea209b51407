//! The form of one household: what a caller tells the desk between two ledgers.

use super::fault::{Fault, Faults, dialled, number, text};
use super::menu_form::read_tags;
use crate::form::Fields;
use crate::household::Household;
use crate::lang::Lang;
use crate::ledger::people::{MAX_PEOPLE, mentions_health};

/// The longest name, in characters.
const NAME: u16 = 60;
/// The longest remark for the door.
const NOTE: u16 = 100;

/// Reads a household and its telephone numbers. What the form does not hold stays, its door above all.
///
/// # Errors
/// Faults at their fields; a remark or a diet that speaks of health is one, since volunteers would read it.
pub fn read_household(form: &Fields, known: &Household) -> Result<(Household, Vec<String>), Faults> {
    let mut faults = Faults::default();
    let holder = faults.note("holder", text(form, "holder", NAME));
    let people = faults.note("people", number::<u16>(form, "people", (1, u32::from(MAX_PEOPLE))));
    let people = people.map(|people| people.unwrap_or(known.people));
    let most = u32::from(people.unwrap_or(MAX_PEOPLE));
    let over_60 = faults.note("over_60", number::<u16>(form, "over_60", (0, most)));
    let note = faults.note("note", text(form, "note", NOTE).and_then(without_health));
    let told: Vec<&str> = form.all("diet").collect();
    let diets = faults.note("diet", without_health(told.join(" ")));
    let telephones = faults.note("telephones", read_telephones(form));
    let lang = form.get("lang").and_then(Lang::parse).unwrap_or(known.lang);
    let read = (|| {
        diets?;
        let household = Household {
            holder: holder?,
            people: people?,
            over_60: over_60?.unwrap_or(0),
            // What is spoken where the screens do not have it stays until another language is chosen.
            speaks: if lang == known.lang { known.speaks.clone() } else { String::new() },
            lang,
            note: note?,
            diets: read_tags(form),
            ..known.clone()
        };
        Some((household, telephones?))
    })();
    faults.into_result(read)
}

/// A household as the form shows it.
#[must_use]
pub fn household_fields(household: &Household, telephones: &[String]) -> Fields {
    let mut fields: Vec<(String, String)> = [
        ("holder", household.holder.clone()),
        ("people", household.people.to_string()),
        ("over_60", household.over_60.to_string()),
        ("lang", household.lang.code().to_owned()),
        ("note", household.note.clone()),
        ("telephones", telephones.join("、")),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into();
    fields.extend(household.diets.iter().map(|tag| ("diet".to_owned(), tag.to_string())));
    Fields(fields)
}

fn without_health(remark: String) -> Result<String, Fault> {
    if mentions_health(&remark) { Err(Fault::SpeaksOfHealth) } else { Ok(remark) }
}

fn read_telephones(form: &Fields) -> Result<Vec<String>, Fault> {
    let typed = form.get("telephones").unwrap_or_default();
    let numbers = typed.split([',', '，', ';', '；', '、', '/', '\n']).map(str::trim);
    numbers.filter(|number| !number.is_empty()).map(dialled).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::household::Diets;
    use crate::ids::{DoorId, HouseholdId};

    fn known() -> Household {
        Household {
            id: HouseholdId(7),
            door: Some(DoorId(9)),
            holder: "住户甲".into(),
            people: 3,
            over_60: 1,
            lang: Lang::En,
            speaks: "ru".into(),
            note: String::new(),
            diets: Diets::new(),
        }
    }

    fn with(more: &[(&str, &str)]) -> Fields {
        let mut fields = household_fields(&known(), &["0371-66668888".to_owned()]);
        for (name, value) in more {
            fields.0.retain(|(there, _)| there != name);
            fields.0.push(((*name).to_owned(), (*value).to_owned()));
        }
        fields
    }

    #[test]
    fn a_caller_says_that_they_eat_halal_and_how_many_they_are() {
        let told = with(&[
            ("people", "４"),
            ("diet", "halal"),
            ("telephones", "１３８００００００００、0371 6666 8888"),
        ]);
        let (household, telephones) = read_household(&told, &known()).expect("all is well");
        assert_eq!((household.people, household.door), (4, Some(DoorId(9))));
        assert_eq!(household.clashes(&Diets::new()).len(), 1, "the order page warns from now on");
        assert_eq!(household.speaks, "ru", "nobody said otherwise");
        assert_eq!(telephones, ["13800000000", "0371 6666 8888"]);
    }

    #[test]
    fn a_form_that_nobody_changed_changes_nothing() {
        let (household, telephones) = read_household(&with(&[]), &known()).expect("all is well");
        assert_eq!((household, telephones), (known(), vec!["0371-66668888".to_owned()]));
    }

    #[test]
    fn what_volunteers_must_not_read_is_no_remark_for_the_door() {
        for (field, says) in [("note", "家有孕妇，轻敲门"), ("diet", "透析餐")] {
            let faults = read_household(&with(&[(field, says)]), &known()).expect_err("it speaks of health");
            assert_eq!(faults.at(field), Some(Fault::SpeaksOfHealth));
        }
        let faults = read_household(&with(&[("over_60", "9"), ("telephones", "abc")]), &known());
        let faults = faults.expect_err("more old people than people");
        assert_eq!(faults.at("over_60"), Some(Fault::NotANumber(0, 3)));
        assert_eq!(faults.at("telephones"), Some(Fault::NotATelephone));
    }
}
