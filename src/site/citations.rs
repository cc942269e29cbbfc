//! Addresses that records give beside their texts: of documents, and of what proves an outcome.

use super::graph::Site;
use super::link::{Broken, Link, LinkSource};
use super::route::Route;
use crate::catalogue::{Document, Indicator};
use crate::diagnostic::{Code, Diagnostic, KeyPath, Report};
use crate::model::{Attachment, FileId, is_dangerous};

/// Reports every document, and everything that proves an outcome, whose address leads nowhere: the page shows it as words.
/// Updates whose day hasn't come are checked as the others are.
pub(crate) fn check_cited(site: &Site) -> Report {
    let catalogue = &site.catalogue;
    let mut report = Report::default();
    for id in catalogue.objective_ids() {
        let objective = &catalogue[id];
        let sheet = LinkSource::of(catalogue, Route::Objective(id));
        let (file, beside) = (objective.origin.file, &*objective.attachments);
        let mut record = CitingRecord { site, sheet, file, beside, report: &mut report };
        record.documents(&objective.documents);
        record.indicators("indicators", &objective.indicators);
    }
    for id in catalogue.project_ids() {
        let project = &catalogue[id];
        let sheet = LinkSource::of(catalogue, Route::Project(id));
        let (file, beside) = (project.origin.file, &*project.attachments);
        let mut record = CitingRecord { site, sheet, file, beside, report: &mut report };
        record.documents(&project.documents);
        record.indicators("expected_results", &project.expected_results);
    }
    for update in catalogue.updates.iter().chain(&catalogue.ahead) {
        let administration = Some(catalogue.administration(catalogue[update.project].unit));
        let sheet = LinkSource { path: Some(&update.origin.path), administration };
        let (file, beside) = (update.origin.file, &[][..]);
        CitingRecord { site, sheet, file, beside, report: &mut report }.documents(&update.documents);
    }
    report
}

struct CitingRecord<'r> {
    site: &'r Site,
    sheet: LinkSource<'r>,
    file: FileId,
    beside: &'r [Attachment],
    report: &'r mut Report,
}

impl CitingRecord<'_> {
    fn documents(&mut self, documents: &[Document]) {
        for (i, document) in documents.iter().enumerate() {
            if document.href.is_empty() {
                continue;
            }
            self.check(&document.href, || KeyPath::of("documents").index(i).key("file"));
        }
    }

    fn indicators(&mut self, key: &'static str, indicators: &[Indicator]) {
        for (i, indicator) in indicators.iter().enumerate() {
            let at = || KeyPath::of(key).index(i);
            if let Some(evidence) = &indicator.evidence {
                self.check(evidence, || at().key("evidence"));
            }
            for (period, nth) in indicator.periods.iter().zip(0..) {
                if let Some(evidence) = &period.evidence {
                    self.check(evidence, || at().key("periods").index(nth).key("evidence"));
                }
            }
        }
    }

    /// Follows an address as the page does, and reports it if it leads nowhere.
    fn check(&mut self, written: &str, place: impl Fn() -> KeyPath) {
        let near = match self.site.follow(self.sheet, written) {
            Ok(Link::Page(..) | Link::File(..) | Link::Outside(_)) | Err(Broken::NotYet | Broken::Unpublished) => {
                return;
            }
            // Reported when the file was read.
            Err(_) if is_dangerous(written) => return,
            Ok(Link::Here(_)) | Err(Broken::Unsafe) => None,
            Err(Broken::Nowhere(near)) => near,
        };
        let code = if is_address(written) { Code::BadAddress } else { Code::BrokenLink };
        let problem = Diagnostic::new(code, self.file, place()).with("written", written);
        let names = self.beside.iter().map(|file| file.name.as_str());
        self.report.add(match (code, problem.clone().nearest(written, names)) {
            (Code::BrokenLink, named) if named.arg("nearest").is_some() => named,
            (Code::BrokenLink, _) => near.into_iter().fold(problem, |problem, near| problem.with("nearest", near)),
            _ => problem,
        });
    }
}

/// True if words were meant as the address of a site: they have a scheme or begin as names of sites do.
fn is_address(written: &str) -> bool {
    let host = written.split_once('/').map(|(host, _)| host);
    let is_host = host.is_some_and(|host| {
        let end = host.rsplit_once('.').filter(|(name, _)| !name.is_empty()).map(|(_, end)| end);
        end.is_some_and(|end| end.len() > 1 && end.bytes().all(|byte| byte.is_ascii_alphabetic()))
    });
    is_host || written.contains(':') || written.starts_with("www.") || written.starts_with("//")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant_as_an_address_is_none_of_a_file() {
        for written in ["htp://x.it/a", "www.comune.it", "comune.it/atti", "https://exa mple.it", "//altrove.it/a"] {
            assert!(is_address(written), "{written}");
        }
        for written in ["atto.pdf", "../2020/atto.pdf", "allegati.2024/atto.pdf", "A0", "/metodo/", ".it/atto"] {
            assert!(!is_address(written), "{written}");
        }
    }
}
