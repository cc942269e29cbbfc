//! Barriers that keep readers from a text (WCAG 2.2; L. 4/2004): the rules of the profile `accessibility`. An image without
//! words is reported in every site (V0502), and so by no rule.
//!
//! Markdown is read, and of HTML the words of links and whether tables have a head.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use pulldown_cmark::{Event, Tag, TagEnd};

use super::html::TagScanner;
use super::markdown::MarkdownEvents;
use super::site_text::SiteText;
use crate::diagnostic::{Code, Diagnostic};

/// A problem, its bytes, and the words for its message.
type Found = (Code, Range<usize>, Vec<(&'static str, String)>);

const ALL: &[fn(&MarkdownEvents<'_>) -> Vec<Found>] = &[headings, links, tables, html_tables, colours];

/// The problems that the rules find in a text.
pub(super) fn barriers(text: &SiteText<'_>, read: &MarkdownEvents<'_>) -> Vec<Diagnostic> {
    let problem = |(code, range, args): Found| {
        let problem = Diagnostic::new(code, text.file, text.place(&range));
        args.into_iter().fold(problem, |problem, (name, text)| problem.with(name, text))
    };
    ALL.iter().flat_map(|rule| rule(read)).map(problem).collect()
}

/// Headings more than one level below the one before (1.3.1, 2.4.6). A page's own headings close the gap, and then show
/// another order than the editor's. The first may be of any level.
fn headings(read: &MarkdownEvents<'_>) -> Vec<Found> {
    let headings = read.events.iter().filter_map(|(event, range)| match event {
        Event::Start(Tag::Heading { level, .. }) => Some((*level as usize, range)),
        _ => None,
    });
    let headings: Vec<(usize, &Range<usize>)> = headings.collect();
    let skips = headings.windows(2).filter(|pair| pair[1].0 > pair[0].0 + 1);
    let signs = |level| "#".repeat(level);
    skips
        .map(|pair| {
            let range = pair[1].1.start..pair[1].1.start + read.markdown[pair[1].1.clone()].trim_end().len();
            (Code::HeadingSkips, range, vec![("written", signs(pair[1].0)), ("before", signs(pair[0].0))])
        })
        .collect()
}

/// Words that say nothing about the destination of a link, in small letters.
#[rustfmt::skip]
const VAGUE: [&str; 34] = [
    "", "qui", "clicca", "clicca qui", "cliccare qui", "cliccando qui", "clicca su questo link", "leggi", "leggi qui",
    "leggi tutto", "leggi di più", "continua", "continua a leggere", "vai", "vai al link", "apri", "scopri",
    "scopri di più", "approfondisci", "link", "questo link", "a questo link", "al seguente link", "pagina",
    "here", "click here", "this link", "read", "read more", "more", "learn more", "hier", "hier klicken", "mehr",
];

/// Links whose words, read without those around them, say nothing (2.4.4, 2.4.9).
fn links(read: &MarkdownEvents<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    let mut open: Option<(usize, String)> = None;
    let mut close = |open: &mut Option<(usize, String)>, end: usize| {
        let Some((start, words)) = open.take() else { return };
        let plain = words.to_lowercase();
        let plain = plain.trim_matches(|c: char| !c.is_alphanumeric());
        if VAGUE.contains(&plain.split_whitespace().collect::<Vec<_>>().join(" ").as_str()) {
            found.push((Code::VagueLink, start..end, vec![("written", words.trim().to_owned())]));
        }
    };
    for (event, range) in &read.events {
        match event {
            Event::Start(Tag::Link { .. }) => open = Some((range.start, String::new())),
            Event::Text(words) | Event::Code(words) => {
                open.iter_mut().for_each(|(_, link)| link.push_str(words));
            }
            Event::SoftBreak | Event::HardBreak => open.iter_mut().for_each(|(_, link)| link.push(' ')),
            Event::End(TagEnd::Link) => close(&mut open, range.end),
            Event::Html(_) | Event::InlineHtml(_) => {
                for (piece, range) in pieces(&read.markdown[range.clone()], range.start) {
                    match piece {
                        Piece::Words(words) => {
                            let words = words.replace("&nbsp;", " ");
                            open.iter_mut().for_each(|(_, link)| link.push_str(&words));
                        }
                        Piece::Tag(tag) if tag.starts_with("</a") => close(&mut open, range.end),
                        Piece::Tag(tag) => match tag[1..].split(|c: char| !c.is_ascii_alphanumeric()).next() {
                            Some("a") if tag.contains("href") => open = Some((range.start, String::new())),
                            Some("img") => {
                                let words = tag.split_once("alt=").map_or("", |(_, words)| words);
                                open.iter_mut().for_each(|(_, link)| link.push_str(quoted(words)));
                            }
                            _ => {}
                        },
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// A piece of HTML.
enum Piece<'h> {
    /// Text as it is written: references stay encoded.
    Words(&'h str),
    /// A tag from `<` to `>`, or a comment, in small letters.
    Tag(String),
}

/// The pieces of a text of HTML that begins at `start`, each with its bytes.
fn pieces(html: &str, start: usize) -> Vec<(Piece<'_>, Range<usize>)> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < html.len() {
        let rest = &html[at..];
        let ends = if rest.starts_with("<!--") { "-->" } else { ">" };
        let (is_tag, length) = match rest.find('<') {
            Some(0) => (true, rest.find(ends).map_or(rest.len(), |end| end + ends.len())),
            next => (false, next.unwrap_or(rest.len())),
        };
        let piece = &rest[..length];
        let range = start + at..start + at + length;
        pieces.push((if is_tag { Piece::Tag(piece.to_ascii_lowercase()) } else { Piece::Words(piece) }, range));
        at += length;
    }
    pieces
}

/// The text between the quotes at the beginning of a text, or its first word if it has no quotes.
fn quoted(text: &str) -> &str {
    match text.chars().next() {
        Some(quote @ ('"' | '\'')) => text[1..].split(quote).next().unwrap_or_default(),
        _ => text.split(|c: char| c.is_whitespace() || c == '>').next().unwrap_or_default(),
    }
}

/// Tables in Markdown whose head has no word (1.3.1): nothing says what their columns are.
fn tables(read: &MarkdownEvents<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    let mut head: Option<(Range<usize>, bool)> = None;
    for (event, range) in &read.events {
        match event {
            Event::Start(Tag::TableHead) => head = Some((range.clone(), false)),
            Event::Text(words) | Event::Code(words) => {
                head.iter_mut().for_each(|(_, has_words)| *has_words |= !words.trim().is_empty());
            }
            Event::End(TagEnd::TableHead) => {
                if let Some((range, false)) = head.take() {
                    found.push((Code::NoTableHead, range, Vec::new()));
                }
            }
            _ => {}
        }
    }
    found
}

/// Tables in HTML without a head (1.3.1).
fn html_tables(read: &MarkdownEvents<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    let mut scan = TagScanner::default();
    let mut open: Option<(Range<usize>, bool)> = None;
    for (event, range) in &read.events {
        let (Event::Html(_) | Event::InlineHtml(_)) = event else { continue };
        for tag in scan.tags(&read.markdown[range.clone()]) {
            match (&*tag.name, tag.closes) {
                ("table", false) => {
                    let start = range.start + tag.bytes.start;
                    open = Some((start..start + "<table".len(), false));
                }
                ("th", false) => open.iter_mut().for_each(|(_, has_head)| *has_head = true),
                ("table", true) => {
                    if let Some((tag, false)) = open.take() {
                        found.push((Code::NoTableHead, tag, Vec::new()));
                    }
                }
                _ => {}
            }
        }
    }
    found
}

/// Colours, in every form in which a text names them.
#[rustfmt::skip]
const COLOURS: [&str; 27] = [
    "rosso", "rossa", "rossi", "rosse", "verde", "verdi", "giallo", "gialla", "gialli", "gialle", "blu", "azzurro",
    "azzurra", "azzurri", "azzurre", "arancione", "arancioni", "viola", "grigio", "grigia", "grigi", "grigie",
    "red", "green", "yellow", "blue", "orange",
];

/// Beginnings of words that say that something is shown.
#[rustfmt::skip]
const SHOWN: [&str; 17] = [
    "evidenziat", "indicat", "segnat", "segnalat", "contrassegnat", "mostrat", "riportat", "scritt", "colorat",
    "marcat", "marked", "shown", "highlighted", "indicated", "written", "displayed", "coloured",
];

/// Things that can be shown in a colour.
#[rustfmt::skip]
const THINGS: [&str; 14] = [
    "voci", "righe", "riga", "caselle", "casella", "celle", "cella", "barre", "barra", "valori", "cifre", "rows",
    "cells", "bars",
];

/// Number of words before a colour that can make it a sign.
const BEFORE: usize = 5;

/// Colours that are the only sign of something (1.4.1): `le voci in rosso sono in ritardo`, `le righe rosse`.
fn colours(read: &MarkdownEvents<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    let mut texts: Vec<&Range<usize>> = Vec::new();
    for (event, range) in &read.events {
        match event {
            Event::Text(_) => texts.push(range),
            Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell | TagEnd::Heading(_)) => {
                if texts.iter().any(|text| names_colours(&read.markdown[(*text).clone()])) {
                    let words = texts.iter().flat_map(|text| words_of(&read.markdown[(*text).clone()], text.start));
                    signs(&words.collect::<Vec<_>>(), &mut found);
                }
                texts.clear();
            }
            _ => {}
        }
    }
    found
}

/// True if a text may name a colour; many name none.
pub(super) fn names_colours(markdown: &str) -> bool {
    static COLOURED: LazyLock<Option<AhoCorasick>> =
        LazyLock::new(|| AhoCorasick::builder().ascii_case_insensitive(true).build(COLOURS).ok());
    COLOURED.as_ref().is_none_or(|colours| colours.is_match(markdown))
}

/// The words of a text in small letters, with their bytes. What is escaped has other bytes in its source.
fn words_of(source: &str, start: usize) -> Vec<(String, Range<usize>)> {
    let mut words = Vec::new();
    let mut at = start;
    for piece in source.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let word = piece.trim_end_matches(|c: char| !c.is_alphanumeric());
        if !word.is_empty() {
            words.push((word.to_lowercase(), at..at + word.len()));
        }
        at += piece.len();
    }
    words
}

/// Adds the colours that are a sign by the words before them.
fn signs(words: &[(String, Range<usize>)], found: &mut Vec<Found>) {
    for (i, (word, range)) in words.iter().enumerate() {
        if !COLOURS.contains(&word.as_str()) {
            continue;
        }
        let before = &words[i.saturating_sub(BEFORE)..i];
        let last = before.last().map(|(word, _)| word.as_str());
        let is_in = matches!(last, Some("in" | "colore" | "color"));
        let names = |stem: &[&str], word: &str| stem.iter().any(|stem| word.starts_with(stem));
        let is_shown = is_in && before.iter().any(|(word, _)| names(&SHOWN, word) || THINGS.contains(&word.as_str()));
        let is_coloured = last.is_some_and(|last| THINGS.contains(&last));
        if is_shown || is_coloured {
            let from = if is_in { before.last().map_or(range.start, |(_, place)| place.start) } else { range.start };
            found.push((Code::ColourAlone, from..range.end, vec![("written", word.clone())]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(markdown: &str) -> Vec<(Code, &str)> {
        let read = MarkdownEvents::of(markdown);
        ALL.iter()
            .flat_map(|rule| rule(&read))
            .map(|(code, range, _)| (code, &markdown[range]))
            .collect()
    }

    #[test]
    fn a_heading_that_skips_a_level_is_found() {
        assert_eq!(found("## Uno\n\n#### Due\n\ntesto"), [(Code::HeadingSkips, "#### Due")]);
        assert_eq!(found("### Uno\n\n#### Due\n\n## Tre\n\n### Quattro\n"), []);
    }

    #[test]
    fn a_link_whose_words_say_nothing_is_found() {
        assert_eq!(found("[Clicca **qui**!](/a) ora"), [(Code::VagueLink, "[Clicca **qui**!](/a)")]);
        let html = "Vedi <a class=x HREF=\"/a\">clicca&nbsp;<b>qui</b></a>.";
        assert_eq!(found(html), [(Code::VagueLink, "<a class=x HREF=\"/a\">clicca&nbsp;<b>qui</b></a>")]);
        let block = "<div>\n<p>Ecco: <a href=/a>qui</a></p>\n</div>\n";
        assert_eq!(found(block), [(Code::VagueLink, "<a href=/a>qui</a>")]);
        let pictures = "<a href=/a><img src=m.jpg alt=\"Il mercato\"></a> <a href=/a><img src=m.jpg alt=''></a>";
        assert_eq!(found(pictures), [(Code::VagueLink, "<a href=/a><img src=m.jpg alt=''></a>")]);
        let sound = "<a href=/a>La relazione</a> <a id=qui>qui</a> <abbr href>qui</abbr> <!-- <a href=/a> --> a < b";
        assert_eq!(found(sound), []);
        assert_eq!(found("[Leggi la relazione finale](/a), [qui vicino](/b), [![Il mercato](m.jpg)](/c)"), []);
    }

    #[test]
    fn a_table_without_a_head_is_found_in_markdown_and_html() {
        assert_eq!(found("| | |\n|---|---|\n| a | b |\n").len(), 1);
        assert_eq!(found("| Anno | |\n|---|---|\n| a | b |\n"), []);
        assert_eq!(found("<table>\n<tr><td>a</td></tr>\n</table>\n"), [(Code::NoTableHead, "<table")]);
        assert_eq!(found("<table>\n<thead><tr><th>a</th></tr></thead>\n</table>\n"), []);
    }

    #[test]
    fn a_colour_that_is_the_only_sign_is_found() {
        for (text, sign) in [
            ("Le voci in rosso sono in ritardo.", "in rosso"),
            ("I ritardi sono evidenziati con il colore giallo.", "colore giallo"),
            ("Le righe rosse sono in ritardo.", "rosse"),
        ] {
            assert_eq!(found(text), [(Code::ColourAlone, sign)], "{text}");
        }
        for text in ["Il verde pubblico è curato.", "I conti in rosso.", "Casa Rossa, via Verdi", "La cartella verde"]
        {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
