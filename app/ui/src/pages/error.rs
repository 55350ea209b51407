//! The page shown when something did not work: what happened, what it means, what to do. Never a code, never blame.

use domain::Lang;
use leptos::prelude::*;

use crate::components::action::{Act, ButtonLink, Weight};
use crate::locales::enter;

/// What did not work, as far as the reader is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Trouble {
    /// There is no such page, or none that this reader may know of.
    NotFound,
    /// The reader's role does not open it.
    NotAllowed,
    /// Nobody is signed in.
    SignInFirst,
    /// A form of another site.
    ForeignForm,
    /// Too many bytes.
    TooLarge,
    /// Unreadable input.
    NotUnderstood,
    /// The table or the process is overloaded.
    Busy,
    /// A mistake of ours.
    Broken,
}

impl Trouble {
    /// Its heading.
    #[must_use]
    pub fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::NotFound => enter::not_found_title(lang),
            Self::NotAllowed => enter::not_allowed_title(lang),
            Self::SignInFirst => enter::sign_in_title(lang),
            Self::Busy => enter::busy_title(lang),
            Self::ForeignForm | Self::TooLarge | Self::NotUnderstood | Self::Broken => {
                enter::error_title(lang)
            }
        }
    }

    /// What it means and what to do.
    #[must_use]
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            Self::NotFound => enter::not_found(lang),
            Self::NotAllowed => enter::not_allowed(lang),
            Self::SignInFirst => enter::sign_in_first(lang),
            Self::ForeignForm => enter::foreign_form(lang),
            Self::TooLarge => enter::too_large(lang),
            Self::NotUnderstood => enter::not_understood(lang),
            Self::Busy => enter::busy(lang),
            Self::Broken => enter::broken(lang),
        }
    }
}

/// The page's content; the heading is the bar's.
pub fn error(lang: Lang, trouble: Trouble) -> impl IntoView {
    view! {
        <p>{trouble.words(lang)}</p>
        <Act>
            <ButtonLink href="/" weight=Weight::Main>{enter::home(lang)}</ButtonLink>
        </Act>
    }
}
