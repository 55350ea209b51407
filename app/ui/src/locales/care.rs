//! Texts of the page where the desk looks at care remarks. How to add one: see the module above.

use super::texts;

texts! { care {
    title;
    promise;
    why;
    why_hint;
    why_missing;
    look;
    for_need;
    for_medicine;
    for_hospital;
    for_call;
    for_review;
    remarks;
    remarks_now(why: &str);
    none;
    from_ledger;
    from_note;
    from_other;
    consent;
    not_asked;
    agreed(at: &str, who: &str);
    refused(at: &str, who: &str);
    ask;
    they_agree;
    they_refuse;
    refuse_hint;
    delete_it;
    refused_by_mistake;
    readers;
    readers_hint;
    nobody_yet;
    when;
    who;
} }
