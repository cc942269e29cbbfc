//! HTML in an editor's text: its tags, and the elements that aren't published.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

/// The elements of a text: paragraphs, lists, tables, pictures. No `h1`, which is the page's own, and no form, frame,
/// script or style, which the pages' security policy forbids.
#[rustfmt::skip]
pub(crate) const ELEMENTS: [&str; 60] = [
    "a", "abbr", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "data", "dd", "del",
    "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img",
    "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "section", "small", "span", "strong", "sub",
    "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "wbr",
];

/// The ends of elements whose content isn't HTML.
pub(super) const RAW: [&str; 2] = ["</script", "</style"];

/// A tag, or what browsers take for a comment: `<?…>` and `<!…>`, whose name is empty.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Tag<'h> {
    /// Bytes, from `<` to `>`.
    pub(crate) bytes: Range<usize>,
    /// The element, in small letters.
    pub(crate) name: String,
    /// True if it ends the element.
    pub(crate) closes: bool,
    /// True if it has its `>`.
    pub(crate) is_whole: bool,
    /// Attributes, in their order.
    pub(crate) attributes: Vec<Attribute<'h>>,
}

/// An attribute of a tag.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Attribute<'h> {
    /// Bytes, to the end of its value.
    pub(crate) bytes: Range<usize>,
    /// The name, in small letters.
    pub(crate) name: String,
    /// The value, without quotes and with references decoded; empty if there is none.
    pub(crate) value: Cow<'h, str>,
}

impl Tag<'_> {
    /// The value of an attribute.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|attribute| attribute.name == name)
            .map(|attribute| &*attribute.value)
    }

    /// The attribute that makes it a place that links can lead to: `id`, or the `name` of a link as older HTML has it.
    pub(crate) fn anchor(&self) -> Option<&Attribute<'_>> {
        let named = |name| self.attributes.iter().find(|attribute| attribute.name == name);
        let anchor = named("id").or_else(|| named("name").filter(|_| self.name == "a"))?;
        let is_name = !anchor.value.is_empty() && !anchor.value.contains(char::is_whitespace);
        (is_name && !self.closes && self.is_published()).then_some(anchor)
    }

    /// True if its element is published, as such.
    pub(crate) fn is_published(&self) -> bool {
        ELEMENTS.contains(&&*self.name)
    }

    /// True if it has attributes without a value that HTML doesn't know: most likely words, after a `<` that was one.
    pub(super) fn holds_words(&self) -> bool {
        const KNOWN: [&str; 8] = ["compact", "download", "hidden", "inert", "itemscope", "nowrap", "open", "reversed"];
        self.attributes.iter().any(|attribute| {
            let is_word =
                attribute.bytes.len() == attribute.name.len() && attribute.name.contains(char::is_alphanumeric);
            is_word && !KNOWN.contains(&&*attribute.name) && !attribute.name.contains('-')
        })
    }

    fn runs_instructions(&self) -> bool {
        let runs =
            |name: &str| name.len() > 2 && name.starts_with("on") && name.bytes().all(|b| b.is_ascii_alphabetic());
        self.attributes.iter().any(|attribute| runs(&attribute.name))
    }
}

/// Finds the tags of a text. Its HTML comes in pieces, in its order.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct TagScanner {
    /// The end of the comment, script or style sheet that the last piece left open.
    pub(super) until: Option<&'static str>,
}

impl TagScanner {
    /// The tags of a piece outside comments, scripts and style sheets.
    pub(crate) fn tags<'h>(&mut self, html: &'h str) -> Vec<Tag<'h>> {
        let mut tags = Vec::new();
        let mut at = 0;
        loop {
            if let Some(end) = self.until {
                let Some(ends) = find(&html[at..], end) else { return tags };
                at += ends + end.len();
                self.until = None;
            }
            let Some(opens) = html[at..].find('<') else { return tags };
            let start = at + opens;
            let inside = &html[start + 1..];
            if inside.starts_with("!--") {
                // `<!-->` is a whole comment.
                (at, self.until) = (start + 2, Some("-->"));
                continue;
            }
            let Some(tag) = tag(html, start) else {
                at = start + 1;
                continue;
            };
            at = tag.bytes.end;
            self.until = RAW.iter().find(|end| !tag.closes && tag.name == end[2..]).copied();
            tags.push(tag);
        }
    }
}

/// The elements that are open in a text and aren't published, and how many of each.
#[derive(Debug, Default)]
pub(super) struct Unpublished(HashMap<String, usize>);

impl Unpublished {
    /// True if a tag isn't published as it is: its element isn't one of [`ELEMENTS`], or it runs instructions (`onclick`).
    /// Of an element that isn't published only the first tag counts.
    pub(super) fn is(&mut self, tag: &Tag<'_>) -> bool {
        if tag.is_published() {
            return tag.runs_instructions();
        }
        let open = self.0.entry(tag.name.clone()).or_default();
        let ends = tag.closes && *open > 0;
        *open = if tag.closes { open.saturating_sub(1) } else { *open + 1 };
        !ends
    }
}

/// Finds a text in another without regard to capitals.
pub(super) fn find(text: &str, wanted: &str) -> Option<usize> {
    text.as_bytes()
        .windows(wanted.len())
        .position(|window| window.eq_ignore_ascii_case(wanted.as_bytes()))
}

/// The tag that begins with the `<` at `start`. Returns `None` if that is a sign like any other.
fn tag(html: &str, start: usize) -> Option<Tag<'_>> {
    let inside = &html[start + 1..];
    let closes = inside.starts_with('/');
    let name = inside[usize::from(closes)..].split(ends_name).next().unwrap_or_default();
    let is_element = name.starts_with(|c: char| c.is_ascii_alphabetic());
    if !is_element && !closes && !inside.starts_with(['!', '?']) {
        return None;
    }
    if !is_element {
        let end = inside.find('>').map(|end| start + 1 + end + 1);
        let bytes = start..end.unwrap_or(html.len());
        return Some(Tag { bytes, name: String::new(), closes, is_whole: end.is_some(), attributes: Vec::new() });
    }
    let mut at = start + 1 + usize::from(closes) + name.len();
    let mut attributes = Vec::new();
    while let Some(attribute) = attribute(html, at) {
        at = attribute.bytes.end;
        attributes.push(attribute);
    }
    let end = html[at..].find('>').map(|end| at + end + 1);
    let bytes = start..end.unwrap_or(html.len());
    Some(Tag { bytes, name: name.to_ascii_lowercase(), closes, is_whole: end.is_some(), attributes })
}

fn ends_name(c: char) -> bool {
    c.is_ascii_whitespace() || matches!(c, '/' | '>')
}

/// The next attribute of a tag, from a place in the tag on.
fn attribute(html: &str, from: usize) -> Option<Attribute<'_>> {
    let rest = html[from..].trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
    let start = html.len() - rest.len();
    // A `=` that begins a name is part of it (HTML, 13.2.5.32).
    let length = rest.char_indices().position(|(at, c)| ends_name(c) || c == '=' && at > 0);
    let name: String = rest.chars().take(length.unwrap_or(usize::MAX)).collect();
    if name.is_empty() {
        return None;
    }
    let bytes = start..start + name.len();
    let name = name.to_ascii_lowercase();
    let Some(value) = html[bytes.end..].trim_start_matches(|c: char| c.is_ascii_whitespace()).strip_prefix('=') else {
        return Some(Attribute { bytes, name, value: "".into() });
    };
    let value = value.trim_start_matches(|c: char| c.is_ascii_whitespace());
    let at = html.len() - value.len();
    let (from, length, after) = match value.chars().next() {
        Some(quote @ ('"' | '\'')) => (at + 1, value[1..].find(quote).unwrap_or(value.len() - 1), 1),
        _ => (at, value.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(value.len()), 0),
    };
    let end = (from + length + after).min(html.len());
    Some(Attribute { bytes: start..end, name, value: decoded(&html[from..from + length]) })
}

/// Decodes the references in a value. Of those with names it knows the five that XML knows too.
fn decoded(value: &str) -> Cow<'_, str> {
    let mut pieces = value.split('&');
    let mut decoded = Cow::Borrowed(pieces.next().unwrap_or_default());
    for piece in pieces {
        let known = piece.split_once(';').and_then(|(name, rest)| Some((character(name)?, rest)));
        let text = decoded.to_mut();
        match known {
            Some((character, rest)) => {
                text.push(character);
                text.push_str(rest);
            }
            None => {
                text.push('&');
                text.push_str(piece);
            }
        }
    }
    decoded
}

fn character(name: &str) -> Option<char> {
    let number = match name {
        "amp" => return Some('&'),
        "lt" => return Some('<'),
        "gt" => return Some('>'),
        "quot" => return Some('"'),
        "apos" => return Some('\''),
        name => name.strip_prefix('#')?,
    };
    let number = match number.strip_prefix(['x', 'X']) {
        Some(number) => u32::from_str_radix(number, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn harmful(pieces: &[&str]) -> Vec<String> {
        let (mut scan, mut unpublished) = (TagScanner::default(), Unpublished::default());
        let mut found = Vec::new();
        for piece in pieces {
            for tag in scan.tags(piece) {
                if unpublished.is(&tag) {
                    found.push(piece[tag.bytes].to_owned());
                }
            }
        }
        found
    }

    #[test]
    fn only_what_is_not_published_is_found() {
        assert_eq!(harmful(&["<b>sì</b> <IFRAME src=x></IFRAME> a < b"]), ["<IFRAME src=x>"]);
        assert_eq!(harmful(&["<p onclick=\"x()\" id=a>", "<p title=on>"]), ["<p onclick=\"x()\" id=a>"]);
        assert_eq!(harmful(&["<nome> e ", "</nome> </cognome>"]), ["<nome>", "</cognome>"]);
        assert_eq!(harmful(&["<?php x ?> <!nota x> <![CDATA[x]]>"]).len(), 3);
    }

    #[test]
    fn what_stands_in_a_script_or_a_comment_is_not_looked_at() {
        assert_eq!(harmful(&["<script>\n", "if (a <b) {}\n", "</SCRIPT><form>\n"]), ["<script>", "<form>"]);
        assert_eq!(harmful(&["<!-- <form>\n", "<form> -->\n"]), Vec::<String>::new());
        assert_eq!(harmful(&["<!--><form>"]), ["<form>"]);
    }

    #[test]
    fn attributes_are_read_as_browsers_read_them() {
        let html = "<A\nHREF = 'a>b&amp;c&#x21;' disabled x=1/2 name=\"q\"/>d";
        let tag = &TagScanner::default().tags(html)[0];
        assert_eq!((&*tag.name, &html[tag.bytes.clone()]), ("a", &html[..html.len() - 1]));
        let attributes: Vec<(&str, &str)> = tag.attributes.iter().map(|a| (&*a.name, &*a.value)).collect();
        assert_eq!(attributes, [("href", "a>b&c!"), ("disabled", ""), ("x", "1/2"), ("name", "q")]);
        assert_eq!(&html[tag.attributes[0].bytes.clone()], "HREF = 'a>b&amp;c&#x21;'");
        for open in ["<a href=\"x", "<a href", "<a href=", "<a ="] {
            assert!(!TagScanner::default().tags(open)[0].is_whole, "{open}");
        }
    }

    #[test]
    fn many_tags_that_never_end_are_read_in_little_time() {
        for piece in ["<a ", "<a x=\"", "</", "<!-", "<a &"] {
            TagScanner::default().tags(&piece.repeat(100_000));
        }
    }
}
