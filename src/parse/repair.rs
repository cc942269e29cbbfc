//! Repairs that need nobody's decision, as bytes of the files: of mistakes, of old names and forms, and of what no reader
//! sees. Everything else of a file stays as it is.

use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle};
use serde::Deserialize;

use super::front_matter::FrontMatter;
use super::locate::{Locator, locate_some};
use super::node::Node;
use super::replacement::in_place;
use super::source_map::ValuePart;
use super::yaml_limits;
use crate::diagnostic::{Repair, Report, Rewording, Wording};
use crate::model::FileId;
use crate::source::{Content, SITE_FILE, SourceFile, SourceTree};

/// Form in which days and percentages are left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CanonicalForms {
    /// As the office wrote them.
    AsWritten,
    /// ISO 8601 days and plain figures, where no page shows the words. Targets, outcomes, amounts, beginnings and ends
    /// are shown as they were written, and stay.
    Plain,
}

/// Every certain repair of a site's files, in their order; no two of a file overlap. Of two that would, the one of a
/// mistake comes before the others, and the first before the second.
pub(crate) fn repairs(tree: &SourceTree, report: &Report, forms: CanonicalForms) -> Vec<Repair> {
    let mut repairs: Vec<Repair> = locate_some(tree, report.iter()).into_iter().filter_map(|it| it.repair).collect();
    let wanted = |it: &&Rewording| it.wording == Wording::Name || forms == CanonicalForms::Plain;
    let mut places = Locator::of(tree);
    repairs.extend(
        report
            .rewordings()
            .iter()
            .filter(wanted)
            .filter_map(|rewording| reword(&mut places, rewording)),
    );
    repairs.extend(tree.files().flat_map(|(id, file)| removals(id, file)));
    repairs.sort_by_key(|repair| (repair.file, repair.bytes.start, repair.bytes.end));
    let mut end = (FileId::NONE, 0);
    repairs.retain(|repair| {
        let is_free = repair.file != end.0 || repair.bytes.start >= end.1;
        if is_free {
            end = (repair.file, repair.bytes.end);
        }
        is_free
    });
    repairs
}

fn reword(places: &mut Locator<'_>, rewording: &Rewording) -> Option<Repair> {
    let sheet = places.file(rewording.file);
    let found = sheet.find(&rewording.place, ValuePart::Value)?;
    let (bytes, text) = in_place(sheet.text(), &found, &rewording.written, &rewording.text)?;
    Some(Repair { file: rewording.file, bytes, text, mends: None })
}

/// Removals of bytes that nobody reads: a byte order mark, and spaces at the ends of lines that are no part of a value or
/// of the text.
fn removals(id: FileId, file: &SourceFile) -> Vec<Repair> {
    let Content::Text(text) = &file.content else { return Vec::new() };
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut cut: Vec<Range<usize>> = Vec::new();
    if mark > 0 {
        cut.push(0..mark);
    }
    if &*file.path == SITE_FILE {
        cut.extend(removable(text, mark..text.len(), trailing(&text[mark..]), |text| text.parse::<toml::Table>().ok()));
    } else if !file.path.ends_with(".md") {
        cut.extend(yaml_spaces(text, mark..text.len()));
    } else if let Ok(parts) = FrontMatter::find(text) {
        cut.extend(yaml_spaces(text, parts.yaml));
        cut.extend(markdown_spaces(text, parts.body..text.len()));
    }
    cut.into_iter()
        .map(|bytes| Repair { file: id, bytes, text: String::new(), mends: None })
        .collect()
}

fn yaml_spaces(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let yaml = &text[range.clone()];
    let mut spaces = trailing(yaml);
    if spaces.is_empty() || yaml_limits::beyond(yaml).is_some() {
        return Vec::new();
    }
    let mut lines: Vec<usize> = [0].into_iter().chain(yaml.match_indices('\n').map(|(at, _)| at + 1)).collect();
    lines.push(yaml.len());
    let letters = yaml.chars().count();
    let mut values: Vec<Range<usize>> = Vec::new();
    for event in Parser::new_from_str(yaml) {
        let Ok((event, span)) = event else { return Vec::new() };
        let Event::Scalar(_, style, ..) = event else { continue };
        let (first, last) = (span.start.line(), span.end.line());
        // The span of a block ends where the next value begins.
        let is_block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) && span.end.index() < letters;
        if first < last {
            let end = if is_block { last - 1 } else { last };
            values.push(lines[first - 1]..lines.get(end).copied().unwrap_or(yaml.len()));
        }
    }
    spaces = outside(spaces, &values);
    removable(text, range, spaces, |yaml| Node::deserialize(serde_yaml::Deserializer::from_str(yaml)).ok())
}

fn markdown_spaces(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    let body = &text[range.clone()];
    let mut spaces = trailing(body);
    if spaces.is_empty() {
        return spaces;
    }
    let code: Vec<Range<usize>> = Parser::new_ext(body, Options::all())
        .into_offset_iter()
        .filter(|(event, _)| {
            matches!(event, Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) | Event::Code(_) | Event::InlineHtml(_))
        })
        .map(|(_, bytes)| bytes)
        .collect();
    // Two spaces before the end of a line break it (CommonMark 0.31 §6.7).
    spaces.retain(|space| {
        let begins_line = space.start == 0 || body[..space.start].ends_with('\n');
        begins_line || !body[space.clone()].ends_with("  ")
    });
    spaces = outside(spaces, &code);
    removable(text, range, spaces, |body| {
        let events = Parser::new_ext(body, Options::all()).map(Event::into_static);
        Some(events.collect::<Vec<_>>())
    })
}

/// The spaces and tabs at the ends of lines.
fn trailing(text: &str) -> Vec<Range<usize>> {
    let mut spaces = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let line_text = line.trim_end_matches(['\n', '\r']);
        let trimmed = line_text.trim_end_matches([' ', '\t']).len();
        if trimmed < line_text.len() {
            spaces.push(at + trimmed..at + line_text.len());
        }
        at += line.len();
    }
    spaces
}

/// Spaces that are in none of the ranges; both are in order.
fn outside(spaces: Vec<Range<usize>>, ranges: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut ranges = ranges.iter().peekable();
    let is_outside = |space: &Range<usize>| {
        while ranges.next_if(|range| range.end <= space.start).is_some() {}
        ranges.peek().is_none_or(|range| space.end <= range.start)
    };
    spaces.into_iter().filter(is_outside).collect()
}

/// Spaces, as bytes of the whole text, if the part of it that they are in reads the same without them; else none.
fn removable<T: PartialEq>(
    text: &str,
    part: Range<usize>,
    spaces: Vec<Range<usize>>,
    read: impl Fn(&str) -> Option<T>,
) -> Vec<Range<usize>> {
    let written = &text[part.clone()];
    if spaces.is_empty() {
        return spaces;
    }
    let mut without = String::with_capacity(written.len());
    let mut at = 0;
    for space in &spaces {
        without.push_str(&written[at..space.start]);
        at = space.end;
    }
    without.push_str(&written[at..]);
    match (read(written), read(&without)) {
        (Some(before), Some(after)) if before == after => {
            spaces.into_iter().map(|space| part.start + space.start..part.start + space.end).collect()
        }
        _ => Vec::new(),
    }
}
