//! The short forms: a person, a notice, the settings.

use super::area::{area_fields, read_area};
use super::fault::{Fault, Faults, dialled, moment, number, text, words};
use crate::actor::Role;
use crate::community::{Community, Notice, Person, Settings};
use crate::form::Fields;
use crate::ids::{NoticeId, PersonId};
use crate::lang::Name;
use crate::quiet::QuietHours;
use crate::time::Millis;
use crate::wall::Wall;

/// The longest name of a person or community.
const NAME: u16 = 40;
/// The longest notice in one language: what a phone shows and a door's paper holds.
const NOTICE: u16 = 600;

/// Reads a person's name, role and place in the order of duty. A known person keeps their role, since facts and
/// sessions name it.
///
/// # Errors
/// Faults at their fields.
pub fn read_person(form: &Fields, known: Option<&Person>) -> Result<Person, Faults> {
    let mut faults = Faults::default();
    let name = faults.note("name", words(form, "name", NAME));
    let duty = faults.note("duty", number::<u8>(form, "duty", (0, 99)));
    let role = match (known, form.get("role")) {
        (Some(known), _) => Some(known.role),
        (None, Some("steward")) => Some(Role::Steward),
        (None, Some("volunteer")) => Some(Role::Volunteer),
        (None, Some("desk")) => Some(Role::Desk),
        (None, Some("supplier")) => Some(Role::Supplier),
        (None, _) => {
            faults.add("role", Fault::ChooseOne);
            None
        }
    };
    let person = (|| {
        let blank = || Person {
            id: PersonId(0),
            name: String::new(),
            role: Role::Volunteer,
            assignments: Vec::new(),
            duty: 0,
            left: false,
        };
        let before = known.cloned().unwrap_or_else(blank);
        Some(Person { name: name?, role: role?, duty: duty?.unwrap_or(0), ..before })
    })();
    faults.into_result(person)
}

/// A person as the form shows them.
#[must_use]
pub fn person_fields(person: &Person) -> Fields {
    let duty = if person.duty == 0 { String::new() } else { person.duty.to_string() };
    Fields(vec![("name".to_owned(), person.name.clone()), ("duty".to_owned(), duty)])
}

/// Reads a notice.
///
/// # Errors
/// Faults at their fields.
pub fn read_notice(
    form: &Fields,
    community: &Community,
    id: NoticeId,
    now: Millis,
) -> Result<Notice, Faults> {
    let offset = community.settings.utc_offset;
    let mut faults = Faults::default();
    let zh = faults.note("zh", text(form, "zh", NOTICE));
    let en = faults.note("en", text(form, "en", NOTICE));
    if let (Some(zh), Some(en)) = (&zh, &en)
        && zh.is_empty()
        && en.is_empty()
    {
        faults.add("zh", Fault::Missing);
    }
    let from = match form.get("from") {
        None => Some(now),
        Some(_) => faults.note("from", moment(form, "from", offset)),
    };
    let until = match form.get("until") {
        None => Some(None),
        Some(_) => faults.note("until", moment(form, "until", offset)).map(Some),
    };
    if let Some(Some(until)) = until {
        if until <= now {
            faults.add("until", Fault::Past);
        } else if from.is_some_and(|from| until <= from) {
            faults.add("until", Fault::NotAfter);
        }
    }
    let area = match read_area(form, &community.places) {
        Ok(area) => Some(area),
        Err(more) => {
            faults.0.extend(more.0);
            None
        }
    };
    let notice = (|| {
        let (zh, en) = (zh?, en?);
        // In one language only it is shown as it is to everybody, rather than to half of them not at all.
        let text = if zh.is_empty() { Name::new(en.clone(), en) } else { Name::new(zh, en) };
        Some(Notice { id, area: area?, text, from: from?, until: until? })
    })();
    faults.into_result(notice)
}

/// A notice as the form shows it.
#[must_use]
pub fn notice_fields(notice: &Notice, utc_offset: i32) -> Fields {
    let at = |moment: Millis| Wall::at(moment, utc_offset).to_string();
    let mut fields = area_fields(&notice.area);
    let until = notice.until.map(at).unwrap_or_default();
    let more = [
        ("zh", notice.text.zh.clone()),
        ("en", notice.text.en.clone()),
        ("from", at(notice.from)),
        ("until", until),
    ];
    fields.0.extend(more.map(|(name, value)| (name.to_owned(), value)));
    fields
}

/// Reads the settings. What the form does not hold stays.
///
/// # Errors
/// Faults at their fields.
pub fn read_settings(form: &Fields, known: &Settings, own_host: &str) -> Result<Settings, Faults> {
    let mut faults = Faults::default();
    let zh = faults.note("name_zh", words(form, "name_zh", NAME));
    let en = faults.note("name_en", text(form, "name_en", NAME));
    let hotline = faults.note("hotline", telephone(form, "hotline"));
    let emergency = faults.note("emergency", telephone(form, "emergency"));
    let minutes = faults.note("unread_minutes", number::<u16>(form, "unread_minutes", (1, 240)));
    let hosts = faults.note("hosts", read_hosts(form, own_host));
    let quiet = faults.note("quiet", read_quiet(form));
    let settings = (|| {
        Some(Settings {
            name: Name::new(zh?, en?),
            hotline: hotline?,
            emergency: emergency?,
            unread_minutes: minutes?.unwrap_or(known.unread_minutes),
            hosts: hosts?,
            quiet: quiet?,
            ..known.clone()
        })
    })();
    faults.into_result(settings)
}

fn read_quiet(form: &Fields) -> Result<Option<QuietHours>, Fault> {
    let typed = super::fault::narrow(&text(form, "quiet", 30)?);
    if typed.is_empty() { Ok(None) } else { typed.parse().map(Some).map_err(|_| Fault::NotHours) }
}

fn telephone(form: &Fields, field: &str) -> Result<String, Fault> {
    dialled(&words(form, field, 30)?)
}

/// The present host stays first whatever is typed: without it, cards printed tonight would be nobody's.
fn read_hosts(form: &Fields, own_host: &str) -> Result<Vec<String>, Fault> {
    let mut hosts = vec![own_host.to_owned()];
    for typed in form.get("hosts").unwrap_or_default().split(['\n', ' ', ',', '，']) {
        let typed = typed.trim().to_ascii_lowercase();
        let host = typed.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
        if host.is_empty() || hosts.iter().any(|known| known == host) {
            continue;
        }
        let fits =
            host.len() <= 100 && host.chars().all(|c| c.is_ascii_alphanumeric() || ".-:[]".contains(c));
        if !fits || hosts.len() > 20 {
            return Err(Fault::NotAHost);
        }
        hosts.push(host.to_owned());
    }
    Ok(hosts)
}

/// The settings as the form shows them. Only former hosts are typed.
#[must_use]
pub fn settings_fields(settings: &Settings, own_host: &str) -> Fields {
    let former: Vec<&str> =
        settings.hosts.iter().map(String::as_str).filter(|host| *host != own_host).collect();
    let fields = [
        ("name_zh", settings.name.zh.clone()),
        ("name_en", settings.name.en.clone()),
        ("hotline", settings.hotline.clone()),
        ("emergency", settings.emergency.clone()),
        ("unread_minutes", settings.unread_minutes.to_string()),
        ("hosts", former.join("\n")),
        ("quiet", settings.quiet.map(|quiet| quiet.to_string()).unwrap_or_default()),
    ];
    Fields(fields.map(|(name, value)| (name.to_owned(), value)).into())
}
