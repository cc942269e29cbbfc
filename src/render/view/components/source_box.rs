//! The box that names where the data of a page come from.

use serde::Serialize;

use super::date::When;
use crate::catalogue::{Approval, Citation};
use crate::model::{EdtfDate, Origin, Written};
use crate::render::view::context::PageContext;
use crate::render::view::phrase::Phrase;

/// Origin of a page's data.
#[derive(Serialize)]
pub(crate) struct SourceBox {
    /// An editor's remark.
    pub(crate) note: Option<Phrase>,
    /// The documents that the data were taken from.
    pub(crate) documents: Vec<Cited>,
    /// The act that approved the record.
    pub(crate) approved: Option<Cited>,
    /// The file behind the page.
    pub(crate) file: Option<SourceFile>,
    /// Address of the file's history.
    pub(crate) history: Option<String>,
    /// The day on which "over" and "late" were judged.
    pub(crate) as_of: When,
}

/// The file behind a page.
#[derive(Serialize)]
pub(crate) struct SourceFile {
    pub(crate) path: String,
    pub(crate) url: Option<String>,
}

/// A document by its words, with an address if it has one.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Cited {
    pub(crate) title: String,
    pub(crate) url: Option<String>,
}

impl Cited {
    /// Returns `None` if nothing is cited.
    pub(crate) fn of(cx: &PageContext<'_>, source: &Citation) -> Option<Self> {
        let url = source.url.as_ref();
        let title = citation_title(source.title.as_ref(), url)?;
        Some(Self { title: with_date(cx, title, source.date.as_ref()), url: url.and_then(Written::read).cloned() })
    }

    pub(crate) fn act(cx: &PageContext<'_>, approval: &Approval) -> Option<Self> {
        let url = approval.url.as_ref();
        let title = match (citation_title(approval.act.as_ref(), url), approval.date.as_ref()) {
            (Some(title), date) => with_date(cx, title, date),
            (None, date @ Some(_)) => When::or_unknown(cx, date, "val.missing_f").words,
            (None, None) => return None,
        };
        Some(Self { title, url: url.and_then(Written::read).cloned() })
    }
}

/// Title of a document, else its address; words that are no address follow the title.
fn citation_title(title: Option<&String>, url: Option<&Written<Option<String>>>) -> Option<String> {
    match (title, url) {
        (Some(title), Some(url)) if url.read().is_none() => Some(format!("{title} ({})", url.text())),
        (Some(title), _) => Some(title.clone()),
        (None, url) => url.map(|url| url.read().map_or(url.text(), String::as_str).to_owned()),
    }
}

fn with_date(cx: &PageContext<'_>, title: String, date: Option<&Written<Option<EdtfDate>>>) -> String {
    if date.is_none() {
        return title;
    }
    let when = When::or_unknown(cx, date, "val.missing_f").words;
    cx.format("src.dated", &[("titolo", (&title).into()), ("data", (&when).into())])
}

/// Origin of the data of a page without a file of its own.
pub(crate) fn page_source(cx: &PageContext<'_>) -> SourceBox {
    SourceBox {
        note: None,
        documents: Vec::new(),
        approved: None,
        file: None,
        history: None,
        as_of: When::day(cx, cx.site.as_of),
    }
}

/// Origin of the data of a record's page.
pub(crate) fn record_source(
    cx: &PageContext<'_>,
    origin: &Origin,
    cited: Option<&Citation>,
    note: Option<Phrase>,
) -> SourceBox {
    let links = &cx.site.settings.links;
    let at = |base: &Option<String>| base.as_ref().map(|base| format!("{base}{}", origin.path));
    SourceBox {
        note,
        documents: cited.and_then(|source| Cited::of(cx, source)).into_iter().collect(),
        file: Some(SourceFile { path: origin.path.to_string(), url: at(&links.source_files) }),
        history: at(&links.source_history),
        ..page_source(cx)
    }
}
