//! Links to pages of the site.

use serde::Serialize;

use crate::render::view::context::PageContext;
use crate::render::view::phrase::Phrase;
use crate::site::Route;

/// A link to a page of the site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Link {
    pub(crate) title: Phrase,
    pub(crate) href: String,
    /// A smaller line below it.
    pub(crate) meta: Option<Phrase>,
}

impl Link {
    pub(crate) fn to(cx: &PageContext<'_>, route: Route, title: impl Into<Phrase>) -> Self {
        Self { title: title.into(), href: cx.href(route), meta: None }
    }

    pub(crate) fn with_meta(mut self, meta: impl Into<Phrase>) -> Self {
        self.meta = Some(meta.into());
        self
    }
}

/// One of several pages of which the reader may be on one.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Choice {
    pub(crate) title: Phrase,
    pub(crate) href: String,
    pub(crate) here: bool,
}

impl Choice {
    pub(crate) fn of(cx: &PageContext<'_>, route: Route, title: impl Into<Phrase>) -> Self {
        Self { title: title.into(), href: cx.href(route), here: cx.at.route == route }
    }
}
