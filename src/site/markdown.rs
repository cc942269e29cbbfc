//! Editors' Markdown as events, without what plain CommonMark would lose of it.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, OffsetIter, Options, Parser, Tag, TagEnd};

use super::html::{RAW, TagScanner, find};

/// The Markdown that editors write: CommonMark with tables, footnotes and heading ids.
pub(crate) const LINK_OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_HEADING_ATTRIBUTES);

/// A text's Markdown, and the events in it with their bytes.
#[derive(Debug)]
pub(crate) struct MarkdownEvents<'t> {
    /// The Markdown.
    pub(crate) markdown: &'t str,
    /// Events.
    pub(crate) events: Vec<(Event<'t>, Range<usize>)>,
    /// The definitions `[name]: address` that no link names, and that no page shows.
    pub(crate) unused: Vec<Range<usize>>,
    /// HTML that has no end: it is text, since it would hide all that follows.
    pub(crate) open: Vec<Range<usize>>,
}

impl<'t> MarkdownEvents<'t> {
    /// Reads a text. An e-mail address in angle brackets leads to `mailto:`; one tilde is a tilde (two strike out) and an
    /// asterisk between figures an asterisk; braces after a heading that hold plain words are words; and the lines of a block
    /// of HTML are one event.
    pub(crate) fn of(markdown: &'t str) -> Self {
        let mut parser = Parser::new_ext(markdown, LINK_OPTIONS).into_offset_iter();
        let mut events: Vec<(Event<'t>, Range<usize>)> = Vec::new();
        let mut used = Vec::new();
        let mut braces = None;
        let mut block = None;
        while let Some((event, range)) = parser.next() {
            if let Event::Start(Tag::Link { id, .. } | Tag::Image { id, .. }) = &event
                && let Some(definition) = parser.reference_definitions().get(id)
            {
                used.push(definition.span.start);
            }
            let (event, range) = as_typed(markdown, event, range);
            let event = match event {
                Event::Start(Tag::Heading { level, attrs, .. }) if attrs.iter().any(|(_, value)| value.is_none()) => {
                    braces = words_in_braces(markdown, &range);
                    Event::Start(Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() })
                }
                Event::End(TagEnd::Heading(_)) => {
                    if let Some(range) = braces.take() {
                        events.push((Event::Text(" ".into()), range.start..range.start));
                        events.push((Event::Text(markdown[range.clone()].into()), range));
                    }
                    event
                }
                Event::Start(Tag::HtmlBlock) => {
                    block = Some((String::new(), range.start..range.start));
                    event
                }
                Event::Html(line) if block.is_some() => {
                    if let Some((html, bytes)) = &mut block {
                        html.push_str(&line);
                        *bytes = if html.len() == line.len() { range } else { bytes.start..range.end };
                    }
                    continue;
                }
                Event::End(TagEnd::HtmlBlock) => {
                    if let Some((html, bytes)) = block.take() {
                        // As it is written, if no sign of a quotation or list is before its lines.
                        let is_whole = html == markdown[bytes.clone()];
                        let html = if is_whole { markdown[bytes.clone()].into() } else { html.into() };
                        events.push((Event::Html(html), bytes));
                    }
                    event
                }
                event => event,
            };
            events.push((event, range));
        }
        let unused = unused(&parser, used);
        let open = show_open_html(&mut events);
        Self { markdown, events, unused, open }
    }
}

/// An event with what an editor typed for it.
fn as_typed<'t>(markdown: &'t str, event: Event<'t>, range: Range<usize>) -> (Event<'t>, Range<usize>) {
    let sign = |range: Range<usize>| (Event::Text(markdown[range.clone()].into()), range);
    match event {
        Event::Start(Tag::Link { link_type: LinkType::Email, dest_url, title, id }) => {
            let dest_url = format!("mailto:{dest_url}").into();
            (Event::Start(Tag::Link { link_type: LinkType::Email, dest_url, title, id }), range)
        }
        Event::Start(Tag::Strikethrough | Tag::Emphasis) if is_sign(markdown, &range) => {
            sign(range.start..range.start + 1)
        }
        Event::End(TagEnd::Strikethrough | TagEnd::Emphasis) if is_sign(markdown, &range) => {
            sign(range.end - 1..range.end)
        }
        event => (event, range),
    }
}

/// True if what strikes out or stresses is a sign like any other: one tilde, or an asterisk between figures.
fn is_sign(markdown: &str, range: &Range<usize>) -> bool {
    let is_digit = |at: usize| markdown.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    let is_between = range.start > 0 && is_digit(range.start - 1) && is_digit(range.start + 1);
    match markdown.as_bytes()[range.start] {
        b'~' => !markdown[range.clone()].starts_with("~~"),
        sign => sign == b'*' && is_between,
    }
}

/// Makes text of the HTML that has no end: tags without `>`, comments that don't end in their block (Markdown between two
/// blocks is escaped, and ends none), scripts and style sheets that never end.
fn show_open_html(events: &mut [(Event<'_>, Range<usize>)]) -> Vec<Range<usize>> {
    let html = |event: &Event<'_>, sign: &str| match event {
        Event::Html(html) | Event::InlineHtml(html) => find(html, sign).is_some(),
        _ => false,
    };
    let last_ends = RAW.map(|end| events.iter().rposition(|(event, _)| html(event, end)));
    let mut scan = TagScanner::default();
    let mut open = Vec::new();
    for at in 0..events.len() {
        let (Event::Html(html) | Event::InlineHtml(html)) = &events[at].0 else { continue };
        let before = scan;
        let is_cut = scan.tags(html).iter().any(|tag| !tag.is_whole);
        let goes_on = |end: &str| RAW.iter().zip(last_ends).any(|(raw, last)| *raw == end && last > Some(at));
        if is_cut || scan.until.is_some_and(|end| !goes_on(end)) {
            let text = Event::Text(html.clone());
            events[at].0 = text;
            if let Some([(start, _), _, (end, _)]) = events.get_mut(at - 1..=at + 1)
                && *start == Event::Start(Tag::HtmlBlock)
            {
                (*start, *end) = (Event::Start(Tag::Paragraph), Event::End(TagEnd::Paragraph));
            }
            open.push(events[at].1.clone());
            scan = before;
        }
    }
    open
}

/// The braces at the end of a heading.
fn words_in_braces(markdown: &str, heading: &Range<usize>) -> Option<Range<usize>> {
    let text = &markdown[heading.clone()];
    let (start, end) = (text.rfind('{')?, text.rfind('}')? + 1);
    (start < end).then(|| heading.start + start..heading.start + end)
}

fn unused(parser: &OffsetIter<'_>, mut used: Vec<usize>) -> Vec<Range<usize>> {
    used.sort_unstable();
    let definitions = parser.reference_definitions().iter().map(|(_, definition)| definition.span.clone());
    let mut unused: Vec<Range<usize>> = definitions.filter(|span| used.binary_search(&span.start).is_err()).collect();
    unused.sort_by_key(|span| span.start);
    unused
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of a text, and between brackets what its links lead to.
    fn content(markdown: &str) -> String {
        let read = MarkdownEvents::of(markdown);
        let words = read.events.iter().map(|(event, _)| match event {
            Event::Text(words) | Event::Html(words) => words.to_string(),
            Event::Start(Tag::Link { dest_url, .. }) => format!("[{dest_url}]"),
            Event::Start(Tag::Strikethrough) => "-".to_owned(),
            _ => String::new(),
        });
        words.collect()
    }

    #[test]
    fn nothing_that_an_editor_types_is_lost_in_reading() {
        assert_eq!(content("Scrivi a <urp@example.org>."), "Scrivi a [mailto:urp@example.org]urp@example.org.");
        assert_eq!(content("da 5~10 a 15~20, ~~no~~"), "da 5~10 a 15~20, -no");
        assert_eq!(content("3*4*5 metri"), "3*4*5 metri");
        assert_eq!(content("## Spese {2020}\n"), "Spese {2020}");
        assert_eq!(content("Spese {del 2020}\n---\n"), "Spese {del 2020}");
        assert_eq!(content("## Spese {#costi .x k=v}\n"), "Spese");
        assert_eq!(content("> <div\n> id=x>\n> a</div>\n"), "<div\nid=x>\na</div>\n");
    }

    #[test]
    fn a_definition_that_no_link_names_is_unused() {
        let text = "[uno], [altro][DUE]\n\n[uno]: /a\n[due]: /b\n[Nota]: importante\n";
        let unused: Vec<&str> = MarkdownEvents::of(text).unused.into_iter().map(|bytes| &text[bytes]).collect();
        assert_eq!(unused, ["[Nota]: importante"]);
    }

    #[test]
    fn a_long_block_of_html_in_a_quotation_is_read_in_little_time() {
        let text = "> <div\n".to_owned() + &"> a\n".repeat(50_000);
        assert_eq!(MarkdownEvents::of(&text).events.len(), 5);
    }
}
