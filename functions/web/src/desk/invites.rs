//! `/desk/people/{person}/invite`: a way in for somebody, shown once; and taking one back.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::actor::Signed;
use domain::enrolment_code::{EnrolmentCode, EnrolmentSecret};
use domain::{Millis, PersonId};
use store::{CODE_MINUTES, Session};
use ui::pages::desk::office::Did;
use ui::pages::desk::{DeskPage, invites as page};
use ui::pages::error::Trouble;

use super::{go, newest, person, render, when};
use crate::errors::Problem;
use crate::pages::act::Sent;
use crate::secret::random;
use crate::state::AppState;
use crate::visitor::Visitor;

/// How long the link of an invite is good: a shift's week.
const INVITE_DAYS: i64 = 7;
/// How many phones it admits: one's own, and one for when the first is flat.
const INVITE_PHONES: u32 = 2;

/// `POST /desk/people/{person}/invite`: a link as a QR code for a week, and a code to type for ten minutes. Shown in
/// the answer to this form and nowhere else; the table keeps hashes.
///
/// # Errors
/// The table's; nobody of that number, or somebody who left.
pub async fn invite(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<PersonId>,
) -> Result<Response, Problem> {
    let (when, lang, now) = (when(&visitor)?, visitor.look.lang, visitor.now);
    let catalog = newest(&state, &visitor).await?;
    let person = person::known(&catalog, id)?;
    if person.left {
        return Ok(go(&person::path(id), Some(Did::Meanwhile)));
    }
    let c = catalog.id();
    let secret = EnrolmentSecret::from_random(random());
    let until = now + INVITE_DAYS * Millis::DAY;
    state.store().issue_invite(c, id, person.role, &secret, until, INVITE_PHONES).await?;
    let code = EnrolmentCode::from_random(random());
    // The ten-minute code of a phone that is not signed in yet: it admits as the person, once.
    let as_them = Session {
        community: c.clone(),
        who: Signed::Person(id, person.role),
        created: now,
        expires: now + CODE_MINUTES * Millis::MINUTE,
        device: String::new(),
    };
    state.store().issue_minute_code(&as_them, &code, now).await?;
    let link = state.config().public_url.at(&format!("/i/{}", secret.text()));
    render(&state, &visitor, DeskPage::People, Some(person.name.clone()), move || {
        page::invite(&page::Invite {
            lang,
            person: &person,
            link,
            code: code.grouped(),
            until: when.at(until),
            phones: INVITE_PHONES,
            code_minutes: CODE_MINUTES,
        })
    })
    .await
}

/// `POST /desk/people/{person}/uninvite`: takes an invite back before its time, because it got into wrong hands.
///
/// # Errors
/// The table's; nobody of that number.
pub async fn take_back(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<PersonId>,
    Sent(form): Sent,
) -> Result<Response, Problem> {
    let catalog = newest(&state, &visitor).await?;
    person::known(&catalog, id)?;
    let handle = form.get(page::INVITE).ok_or(Trouble::NotUnderstood)?;
    let open = state.store().open_invites(catalog.id(), id, visitor.now).await?;
    if let Some(invite) = open.iter().find(|open| open.handle == handle) {
        state.store().revoke_invite(catalog.id(), id, invite).await?;
    }
    Ok(go(&person::path(id), Some(Did::InviteRevoked)))
}
