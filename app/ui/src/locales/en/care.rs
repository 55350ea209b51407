//! English: the page where the desk looks at care remarks.

words! {
    title = "Care remarks";
    promise = "Only the desk can look, and every look is kept with name, time and reason. Nothing of this is on a volunteer's or steward's phone or on paper.";
    why = "Why do you look?";
    why_hint = "It is kept below; if the household asks, you can tell them.";
    why_missing = "Choose a reason first.";
    look = "Show the remarks";
    for_need = "To handle their need";
    for_medicine = "To get or bring medicine";
    for_hospital = "To arrange a way to hospital";
    for_call = "To call and ask how they are";
    for_review = "To check whether it still holds";
    remarks = "What is remembered";
    none = "Nothing is remembered about this household.";
    from_ledger = "From the ledger";
    from_note = "From the door note";
    from_other = "Other";
    consent = "Does the household agree?";
    not_asked = "Nobody has asked them yet. What the ledger brought is kept encrypted until then; please ask soon.";
    ask = "Ask it like this: “The community would like to remember what care your household needs, to arrange medicine and doctors only. You may say no: food, deliveries and help stay exactly as they are.”";
    they_agree = "They agree";
    they_refuse = "They say no…";
    refuse_hint = "What is remembered about this household is deleted at once and for good, and no later ledger brings it back while they say no.";
    delete_it = "Delete it for good";
    refused_by_mistake = "Was that a mistake? Press “They agree” and import the ledger once more: it brings back what it says about them.";
    readers = "Who has looked";
    readers_hint = "The last 100 times";
    nobody_yet = "Nobody has looked yet.";
    when = "When";
    who = "Who";
}

pub(crate) fn remarks_now(why: &str) -> String {
    format!("This look is on record: {why}")
}

pub(crate) fn agreed(at: &str, who: &str) -> String {
    format!("They agree. Written down {at} by {who}.")
}

pub(crate) fn refused(at: &str, who: &str) -> String {
    format!(
        "They said no; it is deleted. Written down {at} by {who}. Food, deliveries and help stay as they are."
    )
}
