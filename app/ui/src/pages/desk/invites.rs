//! Invites: one shown once, to scan, open or type; and those that are still good, to take back.

use domain::community::Person;
use domain::{Lang, Millis};
use leptos::prelude::*;

use crate::components::action::{PrintButton, Submit, Weight};
use crate::components::icon::ui;
use crate::components::markup::{IntoMarkup, Markup};
use crate::components::message::{Note, Tone};
use crate::components::qr::{Correction, qr_svg};
use crate::locales::common;
use crate::locales::office as t;
use crate::locales::when::When;
use crate::views::home::hidden;
use crate::views::words;

/// An invite that still lets somebody in.
pub struct InviteShown {
    /// What names it to the server.
    pub handle: String,
    /// Until when it is good.
    pub until: Millis,
    /// How many phones it still admits.
    pub phones: u32,
}

/// The form field that names an invite.
pub const INVITE: &str = "invite";

/// The invites that are still good, each with a button that takes it back.
pub(super) fn still_good(when: &When, invites: &[InviteShown], path: &str) -> Vec<Markup> {
    let lang = when.lang;
    let row = |invite: &InviteShown| {
        let fields = hidden(&[(INVITE, invite.handle.clone())]);
        view! {
            <div class="row">
                {ui::KEY.view()}
                <span class="grow">{t::invite_still_good(lang, &when.at(invite.until), invite.phones)}</span>
                <form method="post" action=format!("{path}/uninvite")>{fields}<Submit weight=Weight::Danger>{t::take_invite_back(lang)}</Submit></form>
            </div>
        }
        .markup()
    };
    invites.iter().map(row).collect()
}

/// An invite, shown once.
pub struct Invite<'a> {
    /// The reader's language.
    pub lang: Lang,
    /// Whom it is for.
    pub person: &'a Person,
    /// The link, which the picture holds too.
    pub link: String,
    /// The code to type, in groups.
    pub code: String,
    /// Until when the link is good, in words.
    pub until: String,
    /// How many phones it admits.
    pub phones: u32,
    /// Minutes the typed code is good.
    pub code_minutes: i64,
}

/// The invite as a page that prints.
pub fn invite(invite: &Invite<'_>) -> impl IntoView + use<> {
    let lang = invite.lang;
    let title = t::invite_for(lang, &invite.person.name, words::role(lang, invite.person.role));
    view! {
        <Note tone=Tone::Warn><p>{t::invite_once(lang)}</p></Note>
        <section class="card invite">
            <h2>{title}</h2>
            <ol>
                <li>{t::invite_scan(lang)} <div class="code-picture">{qr_svg(&invite.link, Correction::Screen, t::invite_title(lang))}</div></li>
                <li>{t::invite_link(lang)} <p class="link">{invite.link.clone()}</p></li>
                <li>{t::invite_type(lang, invite.code_minutes)} <p class="big-code">{invite.code.clone()}</p></li>
            </ol>
            <p>{t::invite_good(lang, &invite.until, invite.phones)}</p>
        </section>
        <div class="tools">
            <PrintButton>{common::print(lang)}</PrintButton>
            <a class="btn" href=format!("/desk/people/{}", invite.person.id)>{common::done(lang)}</a>
        </div>
    }
}
