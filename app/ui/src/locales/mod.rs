//! Every text a person reads, in every language. No text for people stands anywhere else in this crate.
//!
//! **To add a text:** pick the audience whose phone or laptop shows it (`common` if several do) and write it
//! three times, under one name:
//! 1. `locales/<audience>.rs`: `wait_for_signal;` or, with values in it, `boxes_left(count: u32);`
//! 2. `locales/zh/<audience>.rs`: `wait_for_signal = "...";` inside `words!`
//!    or `pub(crate) fn boxes_left(count: u32) -> String { text!("...") }` (`format!` where only the server says it)
//! 3. `locales/en/<audience>.rs`: the same, not translated word for word.
//!
//! A page then says `resident::boxes_left(lang, 12)`. A text missing in one language does not compile, and since
//! each text is a function of its own, a phone downloads only those that its pages name.
//!
//! **To add a language:** one folder beside `zh` and `en`, and one arm in each of the two `match`es below.
//!
//! Values arrive formatted by [`format`](crate::locales::format), so that money and times read alike everywhere.

/// The texts without values, in a language file. (Functions, since constants in lower case would clash with the
/// arguments of their neighbours.)
macro_rules! words {
    ($($name:ident = $text:literal;)*) => {
        $(pub(crate) const fn $name() -> &'static str {
            $text
        })*
    };
}

mod en;
mod zh;

pub mod at_door;
pub mod care;
pub mod common;
pub mod desk;
pub mod enter;
pub mod facts;
pub mod field;
pub mod format;
pub mod ledger;
pub mod load;
pub mod office;
pub mod operator;
pub mod paper;
pub mod passkeys;
pub mod print;
pub mod resident;
pub mod when;
pub mod windows;

pub use domain::Lang;

/// Makes one public function per text, which picks the reader's language at run time.
///
/// A text has one name everywhere, so that one search finds it, its translations and its uses.
macro_rules! texts {
    (@one $audience:ident $name:ident) => {
        #[doc = concat!("The text `", stringify!($name), "`, in the reader's language.")]
        #[must_use]
        pub fn $name(lang: $crate::locales::Lang) -> &'static str {
            match lang {
                $crate::locales::Lang::Zh => $crate::locales::zh::$audience::$name(),
                $crate::locales::Lang::En => $crate::locales::en::$audience::$name(),
            }
        }
    };
    (@one $audience:ident $name:ident ($($value:ident: $kind:ty),*)) => {
        #[doc = concat!("The text `", stringify!($name), "` with its values, in the reader's language.")]
        #[must_use]
        pub fn $name(lang: $crate::locales::Lang, $($value: $kind),*) -> String {
            match lang {
                $crate::locales::Lang::Zh => $crate::locales::zh::$audience::$name($($value),*),
                $crate::locales::Lang::En => $crate::locales::en::$audience::$name($($value),*),
            }
        }
    };
    ($audience:ident { $($name:ident $(($($value:ident: $kind:ty),* $(,)?))?;)* }) => {
        $(texts!(@one $audience $name $(($($value: $kind),*))?);)*
    };
}
pub(crate) use texts;

/// How the language names itself, as the language switch shows it.
#[must_use]
pub fn own_name(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "中文",
        Lang::En => "English",
    }
}

/// The language's name where two letters must do.
#[must_use]
pub fn short_name(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "中文",
        Lang::En => "EN",
    }
}
