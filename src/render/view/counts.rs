//! Counts of objectives by state. Never a mean: a state is no figure.

use serde::Serialize;

use super::PageContext;
use super::components::Badge;
use crate::catalogue::ObjectiveId;
use crate::model::ObjectiveState;
use crate::render::chart;
use crate::site::{Facet, Route};

/// The states that occur, in the order in which people are shown them.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Counts {
    pub(crate) parts: Vec<StateShare>,
}

/// One state, with its piece of the bar.
#[derive(Clone, Debug, Serialize)]
pub(super) struct StateShare {
    #[serde(skip)]
    pub(crate) state: ObjectiveState,
    pub(crate) class: &'static str,
    pub(crate) icon: &'static str,
    pub(crate) word: String,
    pub(crate) n: u32,
    /// The list of those that are in the state, where there is one.
    pub(crate) href: Option<String>,
    pub(crate) x: String,
    pub(crate) width: String,
    /// A pattern that distinguishes the piece from its neighbours without colour.
    pub(crate) pattern: Option<&'static str>,
}

impl Counts {
    /// The objectives of a year, each state leading to its list.
    pub(super) fn of_year(cx: &PageContext<'_>, year: i16) -> Self {
        let mut counts = Self::of(cx, cx.site.objectives_of_year(year));
        for part in &mut counts.parts {
            part.href = Some(cx.href(Route::List(year, Facet::State(part.state))));
        }
        counts
    }

    pub(super) fn of(cx: &PageContext<'_>, ids: &[ObjectiveId]) -> Self {
        let counts = cx.site.counts(ids);
        let sizes: Vec<f64> = counts.iter().map(|(_, n)| f64::from(n)).collect();
        let parts = counts.iter().zip(chart::shares(&sizes)).map(|((state, n), span)| {
            let Badge { class, icon, word } = Badge::of(cx, state.key());
            let pattern = match class {
                "st-part" => Some("p-part"),
                "st-some" => Some("p-some"),
                "st-na" => Some("p-na"),
                _ => None,
            };
            StateShare { state, class, icon, word, n, href: None, x: span.x, width: span.width, pattern }
        });
        Self { parts: parts.collect() }
    }
}
