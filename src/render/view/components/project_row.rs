//! Rows of projects.

use serde::Serialize;

use super::badge::Badge;
use super::date::When;
use super::link::Link;
use super::money::Money;
use crate::catalogue::ProjectId;
use crate::render::limits::{FEW, LINKS};
use crate::render::view::context::PageContext;
use crate::render::view::phrase::Phrase;
use crate::site::Route;

/// A project in a list.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ProjectRow {
    pub(crate) title: Phrase,
    pub(crate) href: String,
    pub(crate) meta: Phrase,
    pub(crate) badge: Badge,
    pub(crate) end: When,
    pub(crate) end_line: String,
    pub(crate) amount: Option<Money>,
    pub(crate) amount_line: String,
}

impl ProjectRow {
    pub(crate) fn of(cx: &PageContext<'_>, id: ProjectId) -> Self {
        let project = &cx.catalogue()[id];
        let office = cx.text(&cx.catalogue()[project.unit].name);
        let meta = office.map(|office| match &project.code {
            Some(code) => format!("{code} · {office}"),
            None => office.to_owned(),
        });
        let amount = project.amount().map(|amount| Money::written(cx, amount));
        let amount_words = amount.as_ref().map_or_else(|| cx.word("val.missing"), |amount| amount.words.clone());
        let end = When::end(cx, project.end.as_ref());
        Self {
            title: cx.text(&project.title),
            href: cx.href(Route::Project(id)),
            meta,
            badge: lifecycle_badge(cx, id),
            end_line: cx.format("lst.end_line", &[("data", (&end.words).into())]),
            end,
            amount_line: cx.format("lst.amount_line", &[("importo", (&amount_words).into())]),
            amount,
        }
    }

    pub(crate) fn all(cx: &PageContext<'_>, ids: &[ProjectId]) -> Vec<Self> {
        ids.iter().map(|id| Self::of(cx, *id)).collect()
    }
}

/// Projects: a table if they are few, else links. One of the two is empty.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct ProjectList {
    pub(crate) rows: Vec<ProjectRow>,
    pub(crate) links: Vec<Link>,
}

impl ProjectList {
    pub(crate) fn table(cx: &PageContext<'_>, ids: &[ProjectId]) -> Self {
        Self { rows: ProjectRow::all(cx, ids), links: Vec::new() }
    }

    pub(crate) fn links(cx: &PageContext<'_>, ids: &[ProjectId]) -> Self {
        let link = |id: &ProjectId| {
            let row = ProjectRow::of(cx, *id);
            Link {
                title: row.title,
                href: row.href,
                meta: Some(row.meta.map(|meta| format!("{meta} · {}", row.badge.word))),
            }
        };
        Self { rows: Vec::new(), links: ids.iter().map(link).collect() }
    }

    /// The projects of a unit or node; if they are more than a page can hold, a link to the page of all projects.
    pub(crate) fn below(cx: &PageContext<'_>, ids: &[ProjectId]) -> Self {
        match ids.len() {
            n if n <= FEW => Self::table(cx, ids),
            n if n <= LINKS => Self::links(cx, ids),
            n => {
                let title = cx.format("count.projects", &[("n", n.into())]);
                Self { rows: Vec::new(), links: vec![Link::to(cx, Route::Projects, title)] }
            }
        }
    }
}

/// Badge of a project's present state.
pub(crate) fn lifecycle_badge(cx: &PageContext<'_>, project: ProjectId) -> Badge {
    Badge::of(cx, cx.catalogue().current(project).lifecycle.map_or("unknown", |lifecycle| lifecycle.key()))
}
