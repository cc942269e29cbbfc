//! The additions to a served page that aren't published: the mark of a draft, and the problems of its file.

use std::collections::HashSet;
use std::io;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Format, Located, Messages, Report, print, tally};
use crate::model::FileId;
use crate::parse::locate_some;
use crate::site::{Page, Route, Site};
use crate::source::SourceTree;

/// The problems of a site's files, in the words of `check`, file by file. They are located when a page shows them.
pub(super) struct Problems {
    title: String,
    tree: SourceTree,
    report: Report,
}

impl Problems {
    /// The problems of a report. Returns `None` if there are none.
    pub(super) fn of(tree: &SourceTree, report: Report, messages: &Messages) -> Option<Self> {
        Some(Self { title: tally(&report, messages)?, tree: tree.clone(), report })
    }

    /// The panel of a page, with the problems of its own files open and the others folded. Of the others it has the errors
    /// and the first warnings, and counts the rest.
    pub(super) fn html(&self, own: &[Arc<str>], messages: &Messages) -> String {
        let is_own = |problem: &Diagnostic| self.tree.file(problem.file).is_some_and(|file| own.contains(&file.path));
        let mine = locate_some(&self.tree, self.report.iter().filter(|problem| is_own(problem)));
        let others = locate_some(&self.tree, self.report.brief().into_iter().filter(|problem| !is_own(problem)));
        let untold = self.report.iter().count() - mine.len() - others.len();
        let mut html = String::from(PANEL);
        html.push_str("<strong>");
        escape(&self.title, &mut html);
        html.push_str("</strong>");
        mine.chunk_by(is_one_file).for_each(|problems| pre(&words(problems, messages), &mut html));
        let is_folded = !mine.is_empty() && !others.is_empty();
        if is_folded {
            let rest: HashSet<FileId> = self
                .report
                .iter()
                .filter(|problem| !is_own(problem))
                .map(|problem| problem.file)
                .collect();
            html.push_str("<details><summary>");
            escape(&messages.ui("preview.elsewhere", &[("n", rest.len().into())]), &mut html);
            html.push_str("</summary>");
        }
        others
            .chunk_by(is_one_file)
            .for_each(|problems| pre(&words(problems, messages), &mut html));
        if untold > 0 {
            pre(&messages.ui("warnings_untold", &[("n", untold.into())]), &mut html);
        }
        if is_folded {
            html.push_str("</details>");
        }
        html.push_str("</aside>");
        html
    }
}

fn is_one_file(a: &Located<'_>, b: &Located<'_>) -> bool {
    a.path == b.path
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
