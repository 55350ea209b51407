//! The resident's pages as the phone keeps them alive: the element that the server writes around its page, and what
//! lives in it (`live`).

use domain::RunId;
use domain::text::text;
#[cfg(feature = "ssr")]
use {domain::Millis, leptos::prelude::*};

#[cfg(all(feature = "hydrate", feature = "resident"))]
pub(super) mod live;

/// Which of the resident's pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResidentPage {
    /// The first page.
    Home,
    /// Boxes on offer, and the review; in which window, if one was asked for.
    Order(Option<RunId>),
    /// My household.
    Household,
    /// I need something.
    Need,
    /// Notices.
    Notices,
    /// What this phone still holds.
    Outbox,
}

impl ResidentPage {
    /// Its address.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Self::Home => "/",
            Self::Order(_) => "/order",
            Self::Household => "/household",
            Self::Need => "/need",
            Self::Notices => "/notices",
            Self::Outbox => "/outbox",
        }
    }

    /// As the page's element names it: its address, and the window behind it.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Order(Some(run)) => text!("/order {run}"),
            page => page.path().to_owned(),
        }
    }

    /// The page of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "/" => Self::Home,
            "/household" => Self::Household,
            "/need" => Self::Need,
            "/notices" => Self::Notices,
            "/outbox" => Self::Outbox,
            name => {
                Self::Order(name.strip_prefix("/order")?.strip_prefix(" ").and_then(|run| run.parse().ok()))
            }
        })
    }
}

/// A resident's page. `as_of` is the time of the server's page inside; `None` in a shell.
#[cfg(feature = "ssr")]
#[component]
pub fn Resident(
    /// Which page.
    page: ResidentPage,
    /// When the server rendered it.
    as_of: Option<Millis>,
    /// The server's page, or a skeleton.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="live" data-page=page.name() data-as-of=as_of.map(|as_of| as_of.0)>
            <div class="served" data-part="above"></div>
            <div class="served" data-part="served">{children()}</div>
            <div class="served" data-part="drawn"></div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_found_by_its_name() {
        let order = [ResidentPage::Order(None), ResidentPage::Order(Some(RunId(7)))];
        let others = [
            ResidentPage::Home,
            ResidentPage::Household,
            ResidentPage::Need,
            ResidentPage::Notices,
            ResidentPage::Outbox,
        ];
        for page in order.into_iter().chain(others) {
            assert_eq!(ResidentPage::named(&page.name()), Some(page));
        }
        assert_eq!(ResidentPage::named("/round"), None);
        assert_eq!(ResidentPage::named(""), None);
    }
}
