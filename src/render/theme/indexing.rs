//! Parts of a theme that hide pages from search engines.

use super::files::ThemeFile;
use crate::diagnostic::{Code, Diagnostic, Report};

/// Finds what in a site's own theme hides pages from search engines, which the pages of Amministrazione trasparente must
/// not be (D.Lgs. 33/2013 art. 9): `noindex` in a template or in a file of the server's, and a `robots.txt` that closes a
/// part of the site (RFC 9309). The page for wrong addresses is nobody's to find.
pub(crate) fn hiding(own: &[ThemeFile]) -> Report {
    let mut report = Report::default();
    for file in own.iter().filter(|file| file.path != "templates/404.html") {
        let Ok(text) = str::from_utf8(&file.bytes) else { continue };
        let plain = text.to_ascii_lowercase();
        let mut found: Vec<_> = plain.match_indices("noindex").map(|(at, word)| at..at + word.len()).collect();
        if file.path.ends_with("robots.txt") {
            let mut start = 0;
            for line in plain.split_inclusive('\n') {
                let range = start..start + line.trim_end().len();
                start += line.len();
                let closes = line.trim_start().strip_prefix("disallow:");
                found.extend(closes.filter(|path| !path.trim().is_empty()).map(|_| range));
            }
        }
        for range in found {
            let written = text[range.clone()].to_owned();
            report.add(Diagnostic::new(Code::HiddenFromSearch, file.file, range).with("written", written));
        }
    }
    report
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;
    use crate::model::FileId;

    fn found(path: &str, text: &str) -> Vec<String> {
        let file = ThemeFile { path: path.into(), bytes: text.into(), file: FileId(0) };
        let report = hiding(&[file]);
        let written = report.iter().map(|problem| match &problem.place {
            Place::Bytes(range) => text[range.clone()].to_owned(),
            place => panic!("{place:?}"),
        });
        written.collect()
    }

    #[test]
    fn what_hides_pages_is_found_once() {
        assert_eq!(found("templates/base.html", "<meta name=\"robots\" content=\"NOINDEX\">"), ["NOINDEX"]);
        assert_eq!(found("static/robots.txt", "User-agent: *\nDisallow: /2020/\nDisallow:\n"), ["Disallow: /2020/"]);
    }

    #[test]
    fn a_page_that_is_to_be_found_and_one_that_is_nobodys_are_sound() {
        assert!(found("templates/base.html", "<meta name=\"robots\" content=\"index\">").is_empty());
        assert!(found("templates/404.html", "<meta name=\"robots\" content=\"noindex\">").is_empty());
        assert!(found("static/robots.txt", "User-agent: *\nDisallow:\n").is_empty());
    }
}
