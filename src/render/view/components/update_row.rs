//! Rows of updates.

use serde::Serialize;

use super::badge::Badge;
use super::date::When;
use super::figure::progress_line;
use super::office::administration_name;
use crate::catalogue::UpdateId;
use crate::render::view::context::PageContext;
use crate::render::view::phrase::Phrase;
use crate::site::Route;

/// An update in a list.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct UpdateRow {
    pub(crate) when: When,
    pub(crate) title: Phrase,
    pub(crate) href: String,
    pub(crate) meta: Option<Phrase>,
    pub(crate) lead: Option<Phrase>,
    pub(crate) badges: Vec<Badge>,
    /// Progress of the project, if the update has it.
    pub(crate) progress: Option<String>,
}

impl UpdateRow {
    /// `with_project` if the list is of several projects.
    pub(crate) fn of(cx: &PageContext<'_>, id: UpdateId, with_project: bool) -> Self {
        let update = &cx.catalogue()[id];
        let project = &cx.catalogue()[update.project];
        let lifecycle = update.lifecycle.map(|lifecycle| Badge::of(cx, lifecycle.key()));
        let health = update.health.map(|health| Badge::of(cx, health.key()));
        Self {
            when: When::day(cx, update.date),
            title: cx.text(&update.title),
            href: cx.href(Route::Update(id)),
            meta: with_project.then(|| match administration_name(cx, project.unit) {
                Some(whose) => cx.text(&project.title).map(|title| format!("{title} · {}", whose.text())),
                None => cx.text(&project.title),
            }),
            lead: cx.optional_text(&update.lead),
            badges: lifecycle.into_iter().chain(health).collect(),
            progress: update.progress.as_ref().map(|written| progress_line(cx, written)),
        }
    }
}
