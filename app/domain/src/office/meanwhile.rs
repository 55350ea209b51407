//! Two at the desk with the same form open: what the other one saved meanwhile stays, and where both changed the same
//! field the second is asked. A form carries what it was filled with; only what differs from that was changed here.

use std::collections::BTreeSet;

use super::fault::{Fault, Faults};
use super::menu_form::filled_rows;
use crate::form::Fields;

/// What a form was filled with stands beside its fields under this and their name.
const WAS: &str = "was-";
/// Rows of items are one thing: taken away one by one they shift each other.
const ROWS: &str = "zh0";
/// Tags stand in ticks and in words between them; their order says nothing.
const TAGS: &str = "diet";

/// A record's fields with what they were filled with, for the form that shows them.
#[must_use]
pub fn opened(kept: Fields) -> Fields {
    let was = kept.0.iter().map(|(name, value)| (format!("{WAS}{name}"), value.clone()));
    let was: Vec<_> = was.collect();
    Fields(kept.0.into_iter().chain(was).collect())
}

/// The hidden fields of a form: what it was filled with. None of a new record.
pub fn filled_with(form: &Fields) -> impl Iterator<Item = &(String, String)> {
    form.0.iter().filter(|(name, _)| name.starts_with(WAS))
}

/// What was typed, with what somebody else saved meanwhile in fields that were not touched here. `kept` are the
/// record's fields now. A form that does not say what it was filled with is taken as it is.
///
/// # Errors
/// The form as it is to be shown again, and faults at the fields that both changed: saved once more, it counts.
pub fn joined(form: &Fields, kept: &Fields) -> Result<Fields, (Fields, Faults)> {
    let strip = |(name, value): &(String, String)| Some((name.strip_prefix(WAS)?.to_owned(), value.clone()));
    let was = Fields(form.0.iter().filter_map(strip).collect());
    if was.0.is_empty() {
        return Ok(form.clone());
    }
    let mut faults = Faults::default();
    let mut result = form.clone();
    let things: BTreeSet<String> = was.0.iter().chain(&kept.0).map(|(name, _)| thing(name)).collect();
    for thing_name in things {
        let name = thing_name.as_str();
        let (before, now, typed) = (said(&was, name), said(kept, name), said(form, name));
        if now == before || now == typed {
            continue;
        }
        if typed == before {
            result.0.retain(|(field, _)| field.starts_with(WAS) || thing(field) != name);
            result.0.extend(kept.0.iter().filter(|(field, _)| thing(field) == name).cloned());
        } else {
            let theirs = kept.get(name).filter(|_| name != ROWS && name != TAGS).unwrap_or_default();
            faults.add(name, Fault::Meanwhile(theirs.to_owned()));
        }
    }
    if faults.0.is_empty() {
        return Ok(result);
    }
    result.0.retain(|(name, _)| !name.starts_with(WAS));
    result.0.extend(kept.0.iter().map(|(name, value)| (format!("{WAS}{name}"), value.clone())));
    Err((result, faults))
}

/// The thing that a field is a part of.
fn thing(field: &str) -> String {
    let column = field.trim_end_matches(|c: char| c.is_ascii_digit());
    let in_a_row = column != field && ["zh", "en", "quantity", "unit"].contains(&column);
    if in_a_row { ROWS.to_owned() } else { field.to_owned() }
}

/// What a form says of a thing, however it is written.
fn said(form: &Fields, name: &str) -> Vec<String> {
    match name {
        ROWS => filled_rows(form).into_iter().map(|row| format!("{row:?}")).collect(),
        TAGS => {
            let between = [',', '，', '、', ';', ' '];
            let tags: BTreeSet<_> = form.all(name).flat_map(|typed| typed.split(between)).collect();
            tags.into_iter().filter(|tag| !tag.is_empty()).map(str::to_owned).collect()
        }
        // Browsers send the lines of a text with other ends than they got.
        _ => form.all(name).map(|value| value.replace("\r\n", "\n")).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        Fields(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    /// The form of a record as `typed` over what it was filled with.
    fn form(filled: &[(&str, &str)], typed: &[(&str, &str)]) -> Fields {
        let was = opened(fields(filled));
        let was = was.0.into_iter().filter(|(name, _)| name.starts_with(WAS));
        Fields(fields(typed).0.into_iter().chain(was).collect())
    }

    const FIRST: &[(&str, &str)] =
        &[("people", "2"), ("over_60", "1"), ("note", ""), ("diet", "halal"), ("diet", "low-sugar")];

    #[test]
    fn what_the_other_saved_stays_where_nothing_was_typed_here() {
        let here =
            form(FIRST, &[("people", "2"), ("over_60", "1"), ("note", "敲门"), ("diet", "low-sugar halal")]);
        let other = fields(&[("people", "5"), ("over_60", "0"), ("diet", "low-sugar"), ("diet", "halal")]);
        let both = joined(&here, &other).expect("nothing is in the way");
        assert_eq!([both.get("people"), both.get("over_60")], [Some("5"), Some("0")]);
        assert_eq!(both.get("note"), Some("敲门"));
    }

    #[test]
    fn who_changes_the_same_field_is_asked_once_with_what_the_other_wrote() {
        let here = form(FIRST, &[("people", "3"), ("diet", "halal")]);
        let other = fields(&[("people", "5"), ("diet", "halal"), ("diet", "low-sugar")]);
        let (again, faults) = joined(&here, &other).expect_err("both changed it");
        assert_eq!(faults.0, [("people".to_owned(), Fault::Meanwhile("5".to_owned()))]);
        assert_eq!(again.get("people"), Some("3"), "what was typed is not lost");
        assert_eq!(joined(&again, &other).expect("known by now").get("people"), Some("3"));
    }

    #[test]
    fn a_tick_taken_off_and_a_text_emptied_are_changes() {
        let here = form(FIRST, &[("people", "2")]);
        let other = fields(&[("people", "4"), ("note", ""), ("diet", "halal"), ("diet", "low-sugar")]);
        let both = joined(&here, &other).expect("nothing is in the way");
        assert_eq!((both.get("people"), both.all("diet").count()), (Some("4"), 0));
    }

    #[test]
    fn rows_of_items_are_one_thing_and_the_empty_ones_below_them_say_nothing() {
        let first: &[(&str, &str)] = &[("price", "68"), ("zh0", "土豆"), ("quantity0", "1"), ("unit0", "kg")];
        let same = [first, &[("zh1", ""), ("quantity1", ""), ("unit1", "kg"), ("stock", "111")]].concat();
        let other = fields(&[
            ("price", "70"),
            ("zh0", "白菜"),
            ("quantity0", "2"),
            ("unit0", "kg"),
            ("zh1", "葱"),
            ("quantity1", "1"),
            ("unit1", "kg"),
        ]);
        let both = joined(&form(first, &same), &other).expect("nothing is in the way");
        assert_eq!((both.get("price"), both.get("stock")), (Some("70"), Some("111")));
        assert_eq!((both.get("zh0"), both.get("zh1")), (Some("白菜"), Some("葱")));
        let changed = [first, &[("zh1", "蒜"), ("quantity1", "1"), ("unit1", "kg")]].concat();
        let (_, faults) = joined(&form(first, &changed), &other).expect_err("both changed the items");
        assert!(matches!(faults.at("zh0"), Some(Fault::Meanwhile(_))));
    }

    #[test]
    fn a_form_of_a_new_record_or_of_an_older_page_is_taken_as_it_is() {
        let typed = fields(&[("people", "3")]);
        assert_eq!(joined(&typed, &fields(&[("people", "5")])), Ok(typed));
    }
}
