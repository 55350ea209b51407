//! Views as text, for the phone: what `macros::view!` writes into. The server draws the same views with Leptos; the
//! tests hold both against each other.
//!
//! Everything that is not named raw is escaped. Functions that write are not generic, so that each is in a phone's
//! program once.

use domain::json::write_whole;
pub use macros::{component, view};

/// Finished HTML.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Markup(String);

impl Markup {
    /// HTML as it stands. Only for what `view!` made, or constants.
    #[must_use]
    pub fn of(html: String) -> Self {
        Self(html)
    }
}

/// What can stand in a view.
pub trait IntoView: Sized {
    /// Writes it.
    fn put(self, out: &mut String);

    /// As one type among others, where Leptos needs it said.
    fn into_any(self) -> Markup {
        self.markup()
    }
}

/// Turns a view into finished HTML.
pub trait IntoMarkup {
    /// The HTML, as a view.
    fn markup(self) -> Markup;

    /// The HTML, as text.
    fn html(self) -> String;
}

impl<V: IntoView> IntoMarkup for V {
    fn markup(self) -> Markup {
        Markup(self.html())
    }

    fn html(self) -> String {
        let mut out = String::new();
        self.put(&mut out);
        out
    }
}

/// Many views as one.
pub trait CollectView {
    /// Writes them one after the other.
    fn collect_view(self) -> Markup;
}

impl<V: IntoView, I: IntoIterator<Item = V>> CollectView for I {
    fn collect_view(self) -> Markup {
        let mut out = String::new();
        for view in self {
            view.put(&mut out);
        }
        Markup(out)
    }
}

impl IntoView for Markup {
    fn put(self, out: &mut String) {
        out.push_str(&self.0);
    }
}

impl IntoView for &str {
    fn put(self, out: &mut String) {
        escape(self, out);
    }
}

impl IntoView for String {
    fn put(self, out: &mut String) {
        escape(&self, out);
    }
}

impl IntoView for () {
    fn put(self, _: &mut String) {}
}

impl<V: IntoView> IntoView for Option<V> {
    fn put(self, out: &mut String) {
        if let Some(view) = self {
            view.put(out);
        }
    }
}

impl<V: IntoView> IntoView for Vec<V> {
    fn put(self, out: &mut String) {
        for view in self {
            view.put(out);
        }
    }
}

macro_rules! numbers {
    ($($number:ty)*) => {
        $(impl IntoView for $number {
            fn put(self, out: &mut String) {
                write_whole(self.into(), out);
            }
        }

        impl Attribute for $number {
            fn put(self, key: &str, out: &mut String) {
                let mut digits = String::new();
                write_whole(self.into(), &mut digits);
                attribute(key, &digits, out);
            }
        })*
    };
}

numbers!(u8 u16 u32 i32);

/// What can be an attribute's value. `key` comes with the space before it.
pub trait Attribute {
    /// Writes the attribute, if there is to be one.
    fn put(self, key: &str, out: &mut String);
}

impl Attribute for &str {
    fn put(self, key: &str, out: &mut String) {
        attribute(key, self, out);
    }
}

impl Attribute for String {
    fn put(self, key: &str, out: &mut String) {
        attribute(key, &self, out);
    }
}

impl Attribute for bool {
    fn put(self, key: &str, out: &mut String) {
        if self {
            out.push_str(key);
        }
    }
}

impl<A: Attribute> Attribute for Option<A> {
    fn put(self, key: &str, out: &mut String) {
        if let Some(value) = self {
            value.put(key, out);
        }
    }
}

fn attribute(key: &str, value: &str, out: &mut String) {
    out.push_str(key);
    out.push_str("=\"");
    escape(value, out);
    out.push('"');
}

/// Writes HTML as it stands.
pub fn put_raw(html: impl AsRef<str>, out: &mut String) {
    out.push_str(html.as_ref());
}

/// A text as HTML, for the one element whose content Leptos puts there as it is: `<textarea inner_html=...>`.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::new();
    escape(text, &mut out);
    out
}

fn escape(text: &str, out: &mut String) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
}

/// What a component may be given for what it asks for: the thing itself, or what becomes it without a choice.
pub trait Give<T> {
    /// Gives it.
    fn give(self) -> T;
}

impl<T> Give<T> for T {
    fn give(self) -> T {
        self
    }
}

impl Give<String> for &str {
    fn give(self) -> String {
        self.to_owned()
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests;
