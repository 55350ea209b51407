//! A building as it stands: roof, floors, units, doors as windows. For the desk's board and its print.

use crate::prelude::*;

use super::glyph::Glyph;
use super::markup::{IntoMarkup, Markup};

/// A door, drawn as a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pane {
    /// The door's page.
    pub href: String,
    /// The number on it.
    pub number: String,
    /// Number and states in words: what a screen reader and a pointer's rest say.
    pub words: String,
    /// Where its delivery stands.
    pub glyph: Glyph,
    /// Somebody behind it needs something: the light is on.
    pub need: Option<PaneNeed>,
    /// The household's state on the seeds' map; absent for whoever may not see it.
    pub health: Option<Glyph>,
}

/// How an open need shows at a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaneNeed {
    /// Open.
    Open,
    /// A mark that somebody should look at.
    Look,
    /// Cannot wait.
    Urgent,
}

impl PaneNeed {
    /// Every one, in the order of a legend.
    pub const ALL: [Self; 3] = [Self::Open, Self::Look, Self::Urgent];

    /// For style sheets, with a space before it.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Self::Open => " lit",
            Self::Look => " lit look",
            Self::Urgent => " lit urgent",
        }
    }
}

/// A floor: its name and, unit by unit, its windows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Storey {
    /// "18".
    pub name: String,
    /// One entry a unit, in order; `None` where there is a door on other floors and none on this.
    pub units: Vec<Vec<Option<Pane>>>,
}

/// A building.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facade {
    /// "3号楼".
    pub name: String,
    /// Counts under the name: "52 / 71".
    pub counts: String,
    /// Names of the units, left to right.
    pub units: Vec<String>,
    /// Top floor first.
    pub storeys: Vec<Storey>,
}

/// Floors from which a house is a tower with a flat roof and a lift.
const TOWER: usize = 9;
const FLAT_ROOF: &str = r#"<path d="M0 24h100M4 24v-5h92v5M40 19V9h20v10M44 9V5M70 19v-6h10v6"/>"#;
const GABLE: &str = r#"<path d="M0 24L14 6h72l14 18zM24 6V1h7v5M68 6V1h7v5"/>"#;

/// The roof of a building with so many floors.
#[must_use]
pub fn roof(floors: usize) -> impl IntoView {
    let roof = if floors >= TOWER { FLAT_ROOF } else { GABLE };
    view! { <svg class="roof" viewBox="0 0 100 24" preserveAspectRatio="none" aria-hidden="true" inner_html=roof></svg> }
}

/// The building from the street.
#[component]
pub fn Elevation(
    /// The building.
    facade: Facade,
) -> impl IntoView {
    let roof = roof(facade.storeys.len());
    let storeys = facade.storeys.into_iter().map(storey).collect_view();
    let entrances = facade
        .units
        .into_iter()
        .map(|unit| view! { <span class="unit"><span class="entrance">{unit}</span></span> })
        .collect_view();
    view! {
        <figure class="house">
            <figcaption><b>{facade.name}</b> " " <span class="quiet">{facade.counts}</span></figcaption>
            {roof}
            <ol class="wall">
                {storeys}
                <li class="storey ground"><b></b>{entrances}</li>
            </ol>
        </figure>
    }
}

fn storey(storey: Storey) -> impl IntoView {
    let units = storey
        .units
        .into_iter()
        .map(|panes| view! { <span class="unit">{panes.into_iter().map(pane).collect_view()}</span> })
        .collect_view();
    view! { <li class="storey"><b>{storey.name}</b>{units}</li> }
}

fn pane(pane: Option<Pane>) -> Markup {
    let Some(pane) = pane else { return view! { <span class="pane gap"></span> }.markup() };
    let light = pane.need.map_or("", PaneNeed::class);
    view! {
        <a class=format!("pane {}{light}", pane.glyph.name()) href=pane.href aria-label=pane.words.clone() title=pane.words>
            {pane.glyph.view()}
            <small>{pane.number}</small>
            {pane.health.map(|health| view! { <span class="health">{health.view()}</span> })}
        </a>
    }
    .markup()
}
