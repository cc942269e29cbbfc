//! The additions to a served page that aren't published: the mark of a draft, and the problems of its file.

use std::io;
use std::sync::Arc;

use crate::diagnostic::{Format, Located, Messages, Report, print, tally};
use crate::locate;
use crate::site::{Page, Route, Site};
use crate::source::SourceTree;

/// The problems of a site's files, in the words of `check`, file by file.
pub(super) struct Problems {
    title: String,
    files: Vec<(Arc<str>, String)>,
}

impl Problems {
    /// The problems of a report. Returns `None` if there are none.
    pub(super) fn of(tree: &SourceTree, report: &Report, messages: &Messages) -> Option<Self> {
        let located = locate(tree, report);
        let files = located
            .chunk_by(|a, b| a.path == b.path)
            .map(|problems| (problems[0].path.into(), words(problems, messages)))
            .collect();
        Some(Self { title: tally(report, messages)?, files })
    }

    /// The panel of a page, with the problems of its own files open and the others folded.
    pub(super) fn html(&self, own: &[Arc<str>], messages: &Messages) -> String {
        let (mine, others): (Vec<_>, Vec<_>) = self.files.iter().partition(|(path, _)| own.contains(path));
        let (open, closed) = if mine.is_empty() { (others, mine) } else { (mine, others) };
        let mut html = String::from(PANEL);
        html.push_str("<strong>");
        escape(&self.title, &mut html);
        html.push_str("</strong>");
        for (_, words) in open {
            pre(words, &mut html);
        }
        if !closed.is_empty() {
            html.push_str("<details><summary>");
            escape(&messages.ui("preview.elsewhere", &[("n", closed.len().into())]), &mut html);
            html.push_str("</summary>");
            closed.into_iter().for_each(|(_, words)| pre(words, &mut html));
            html.push_str("</details>");
        }
        html.push_str("</aside>");
        html
    }
}

const PANEL: &str = "<aside id=\"vetro-problems\" role=\"alert\" style=\"position:fixed;inset:auto 0 0;max-height:50vh;\
    overflow:auto;background:#fff;color:#1a1a1a;border-top:6px solid #992639;padding:1rem;z-index:99\">";

fn words(problems: &[Located<'_>], messages: &Messages) -> String {
    let mut words = Vec::new();
    // Writing to memory can't fail.
    let _ = print(problems, Format::Human { colour: false }, messages, &mut words);
    String::from_utf8_lossy(&words).into_owned()
}

fn pre(words: &str, html: &mut String) {
    html.push_str("<pre style=\"white-space:pre-wrap\">");
    escape(words, html);
    html.push_str("</pre>");
}

/// The mark on the page of a draft; empty on other pages.
pub(super) fn draft_html(site: &Site, route: Route, messages: &Messages) -> String {
    let catalogue = &site.catalogue;
    let is_draft = match route {
        Route::Objective(id) => catalogue[id].draft,
        Route::Project(id) => catalogue[id].draft,
        Route::Update(id) => catalogue[id].draft,
        Route::Free(id) => catalogue[id].draft,
        _ => false,
    };
    let mut html = String::new();
    if is_draft {
        html.push_str(
            "<p id=\"vetro-draft\" role=\"status\" style=\"position:fixed;top:0;right:0;margin:0;background:#ffe28a;\
             color:#1a1a1a;padding:.5rem 1rem;font-weight:700;z-index:98\">",
        );
        escape(&messages.ui("preview.draft", &[]), &mut html);
        html.push_str("</p>");
    }
    html
}

/// The files of a page's record, with its translations; empty for lists.
pub(super) fn files_of(site: &Site, route: Route) -> Vec<Arc<str>> {
    let catalogue = &site.catalogue;
    let (own, translations) = match route {
        Route::Objective(id) => (&catalogue[id].origin, &catalogue[id].translations[..]),
        Route::Project(id) => (&catalogue[id].origin, &catalogue[id].translations[..]),
        Route::Update(id) => (&catalogue[id].origin, &catalogue[id].translations[..]),
        Route::Unit(id) => (&catalogue[id].origin, &catalogue[id].translations[..]),
        Route::Plan(id) => (&catalogue[id].origin, &catalogue[id].translations[..]),
        Route::Node(id) => (&catalogue[id].origin, &catalogue[catalogue[id].plan].translations[..]),
        Route::Free(id) => (&catalogue[id].origin, &catalogue[id].translations[..]),
        // One file contains all units.
        Route::Units => match catalogue.units.first() {
            Some(unit) => (&unit.origin, &unit.translations[..]),
            None => return Vec::new(),
        },
        _ => return Vec::new(),
    };
    [own]
        .into_iter()
        .chain(translations.iter().map(|translation| &translation.origin))
        .map(|origin| origin.path.clone())
        .collect()
}

/// The first page about the record of a file. Returns `None` for files without a page.
pub(super) fn page_of(site: &Site, path: &str) -> Option<Page> {
    site.pages()
        .into_iter()
        .find(|page| files_of(site, page.route).iter().any(|file| **file == *path))
}

/// The desk: the page that is being written as a computer and a phone show it, after each save, with the problems.
pub(super) fn desk(messages: &Messages) -> String {
    let mut html = include_str!("desk.html").replace("{lang}", messages.lang().code());
    for key in ["title", "desktop", "phone"] {
        let mut words = String::new();
        escape(&messages.ui(&format!("preview.{key}"), &[]), &mut words);
        html = html.replace(&format!("{{{key}}}"), &words);
    }
    html
}

fn escape(text: &str, html: &mut String) {
    // Writing to memory can't fail.
    let _ = tera::escape_html(text, &mut Escaped(html));
}

struct Escaped<'a>(&'a mut String);

impl io::Write for Escaped<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.push_str(&String::from_utf8_lossy(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
