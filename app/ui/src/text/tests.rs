//! The same source through both macros: Leptos on the server, text on the phone.

/// Both give the same HTML, but for the empty comments by which Leptos tells texts apart.
macro_rules! same {
    ($($view:tt)*) => {{
        let server = {
            use leptos::prelude::*;
            view! { $($view)* }.to_html().replace("<!>", "").replace("<!---->", "")
        };
        let phone = {
            #[allow(unused_imports, reason = "only some views collect")]
            use crate::text::{CollectView, IntoMarkup, view};
            view! { $($view)* }.html()
        };
        assert_eq!(phone, server);
        phone
    }};
}

/// Leptos leaves quotes in texts as they are, where they mean nothing; nothing else differs.
const HOSTILE: &str = "<b>'&amp;' 楼 </script>";

#[test]
fn elements_attributes_and_texts_are_the_same() {
    let some = || Some("x");
    let none = || None::<String>;
    let unset = || None::<u32>;
    same! { <p id=HOSTILE title="\"quoted\"" class="a b">"1 < 2 & 3 " {HOSTILE} " · " {7_u32}</p> };
    same! { <input type="radio" name=String::from("n") value=3_u16 checked=true required=false maxlength=unset()/> };
    same! { <a href=some() title=none() aria-current=some()>{some()}{none()}</a> };
    same! { <svg viewBox="0 0 24 24" aria-hidden="true" inner_html="<path d=\"M0 0\"/>"></svg> };
    same! { <ul>{["a", "b"].map(|word| view! { <li>{word}</li> }).into_iter().collect_view()}</ul> };
    same! { <details open><summary>{HOSTILE.to_owned()}</summary><br/>{none()}</details> };
    same! { <p>"a"</p> <p>"b"</p> };
}

#[test]
fn nothing_typed_becomes_markup() {
    let typed = "</textarea><script>";
    let phone = same! { <textarea name=typed inner_html=crate::text::escaped(typed)></textarea> };
    assert_eq!(phone.matches('<').count(), 2, "{phone}");
    // Leptos' own text content of a textarea is not escaped; the field of the forms must not rely on it.
    let field = {
        use crate::components::field::{Field, FieldKind};
        use leptos::prelude::*;
        view! { <Field lang=domain::Lang::Zh name="text" label="l" kind=FieldKind::Words value=typed/> }
            .to_html()
    };
    assert!(!field.contains("<script"), "{field}");
}

/// Components see what they are given, in the way it is given.
#[allow(unreachable_pub, reason = "both macros make public structures")]
mod parts {
    pub(super) mod server {
        use leptos::prelude::*;
        #[component]
        pub(crate) fn Part(
            number: u32,
            #[prop(into)] words: String,
            #[prop(optional)] more: Option<&'static str>,
            #[prop(optional, into)] last: Option<String>,
            #[prop(optional)] flag: bool,
            children: Children,
        ) -> impl IntoView {
            view! { <p title=more id=last data-flag=flag.then_some("yes")>{number} {words} {children()}</p> }
        }
    }
    pub(super) mod phone {
        use crate::text::{IntoView, component, view};
        #[component]
        pub(crate) fn Part(
            number: u32,
            #[prop(into)] words: String,
            #[prop(optional)] more: Option<&'static str>,
            #[prop(optional, into)] last: Option<String>,
            #[prop(optional)] flag: bool,
            children: Children,
        ) -> impl IntoView {
            view! { <p title=more id=last data-flag=flag.then_some("yes")>{number} {words} {children()}</p> }
        }
    }
}

#[test]
fn components_are_the_same() {
    macro_rules! both {
        ($($view:tt)*) => {{
            let server = {
                use leptos::prelude::*;
                use parts::server::Part;
                view! { $($view)* }.to_html().replace("<!>", "").replace("<!---->", "")
            };
            let phone = {
                use crate::text::{IntoMarkup, view};
                use parts::phone::Part;
                view! { $($view)* }.html()
            };
            assert_eq!(phone, server);
        }};
    }
    both! { <Part number=1 words="a">"in " <b>"side"</b></Part> };
    both! { <div><Part number=2 words=String::from("<a>") more="m" last="l" flag=true>{HOSTILE}</Part></div> };
}
