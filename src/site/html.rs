//! The HTML that an editor's text may hold, and what of it isn't published.

use std::ops::Range;

/// The elements of a text: paragraphs, lists, tables, pictures. No `h1`, which is the page's own, and no form, frame,
/// script or style, which the pages' security policy forbids.
#[rustfmt::skip]
pub const ELEMENTS: [&str; 60] = [
    "a", "abbr", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "data", "dd", "del",
    "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img",
    "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "section", "small", "span", "strong", "sub",
    "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "wbr",
];

/// Finds the tags of a text that aren't published. A text comes in pieces, in its order.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// What ends the comment, script or style sheet that the last piece ended in.
    until: Option<String>,
}

impl Scan {
    /// The opening tags of a piece, in bytes, whose element isn't one of [`ELEMENTS`] or that run instructions (`onclick`).
    pub(super) fn harmful(&mut self, html: &str) -> Vec<Range<usize>> {
        let html = html.to_ascii_lowercase();
        let mut found = Vec::new();
        let mut at = 0;
        loop {
            if let Some(end) = &self.until {
                let Some(ends) = html[at..].find(end.as_str()) else { return found };
                at += ends + end.len();
                self.until = None;
            }
            let Some(opens) = html[at..].find('<') else { return found };
            let start = at + opens;
            let inside = &html[start + 1..];
            at = start + 1;
            if inside.starts_with("!--") {
                self.until = Some("-->".to_owned());
                continue;
            }
            let name = inside.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().unwrap_or_default();
            if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
                continue;
            }
            let end = html[start..].find('>').map_or(html.trim_end().len(), |close| start + close + 1);
            if !ELEMENTS.contains(&name) || runs_instructions(&html[start..end]) {
                found.push(start..end);
            }
            if ["script", "style"].contains(&name) {
                self.until = Some(format!("</{name}"));
            }
            at = end;
        }
    }
}

fn runs_instructions(tag: &str) -> bool {
    let mut words = tag.split(|c: char| c.is_whitespace() || c == '/');
    words.any(|word| {
        let name = word.split('=').next().unwrap_or_default();
        word.contains('=') && name.len() > 2 && name.starts_with("on") && name.bytes().all(|b| b.is_ascii_alphabetic())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn harmful(pieces: &[&str]) -> Vec<String> {
        let mut scan = Scan::default();
        pieces
            .iter()
            .flat_map(|piece| scan.harmful(piece).into_iter().map(|tag| piece[tag].to_owned()).collect::<Vec<_>>())
            .collect()
    }

    #[test]
    fn only_what_is_not_published_is_found() {
        assert_eq!(harmful(&["<b>sì</b> <IFRAME src=x></IFRAME> a < b"]), ["<IFRAME src=x>"]);
        assert_eq!(harmful(&["<p onclick=\"x()\" id=a>", "<p title=on>"]), ["<p onclick=\"x()\" id=a>"]);
    }

    #[test]
    fn what_stands_in_a_script_or_a_comment_is_not_looked_at() {
        assert_eq!(harmful(&["<script>\n", "if (a <b) {}\n", "</script><form>\n"]), ["<script>", "<form>"]);
        assert_eq!(harmful(&["<!-- <form>\n", "<form> -->\n"]), Vec::<String>::new());
    }
}
