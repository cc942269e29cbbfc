//! Repairs that need nobody's decision, as bytes of the files: of mistakes, of old names and forms, and of what no reader
//! sees. Everything else of a file stays as it is.

use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle};
use serde::Deserialize;

use super::locate::{Locator, locate_some};
use super::node::Node;
use super::source_map::ValuePart;
use super::{front_matter, yaml_limits};
use crate::diagnostic::{Code, Diagnostic, Place, Repair, Report, Rewording, Wording};
use crate::model::FileId;
use crate::source::{Content, SITE_FILE, SourceFile, SourceTree};

/// How days and percentages are left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CanonicalForms {
    /// As the office wrote them.
    AsWritten,
    /// ISO 8601 days and plain figures, where no page shows the words. Targets, outcomes, amounts, beginnings and ends are
    /// shown as they were written, and stay.
    Plain,
}

/// Every certain repair of a site's files, in their order; no two of a file overlap. Of two that would, the one of a
/// mistake comes before the others, and the first before the second.
pub fn repairs(tree: &SourceTree, report: &Report, forms: CanonicalForms) -> Vec<Repair> {
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
    repairs.extend(tree.files().flat_map(|(id, file)| untidy(id, file)));
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

/// The certain repair of a mistake that was found at bytes of a text.
pub(super) fn certain(diagnostic: &Diagnostic, text: &str, bytes: &Range<usize>) -> Option<Repair> {
    with(diagnostic, text, bytes, diagnostic.meant.as_deref()?)
}

/// The same with the nearest valid name, which somebody has to decide on.
pub(super) fn likely(diagnostic: &Diagnostic, text: &str, bytes: &Range<usize>) -> Option<Repair> {
    with(diagnostic, text, bytes, diagnostic.arg("nearest")?)
}

fn with(diagnostic: &Diagnostic, text: &str, bytes: &Range<usize>, meant: &str) -> Option<Repair> {
    let (bytes, text) = if diagnostic.code == Code::NotUtf8 {
        (0..text.len(), meant.to_owned())
    } else if let (Code::BrokenLink, Place::Bytes(_)) = (diagnostic.code, &diagnostic.place) {
        (destination(text, bytes, diagnostic.arg("written")?)?, meant.to_owned())
    } else {
        let written = diagnostic.arg("written").or_else(|| diagnostic.arg("key"))?;
        let (bytes, text) = in_place(text, bytes, written, meant)?;
        // Quotation marks are YAML's and TOML's; the text of a page has none to give.
        let is_value = !matches!(diagnostic.place, Place::Bytes(_)) || text == meant;
        (bytes, is_value.then_some(text)?)
    };
    Some(Repair { file: diagnostic.file, bytes, text, mends: Some(diagnostic.code) })
}

fn reword(places: &mut Locator<'_>, rewording: &Rewording) -> Option<Repair> {
    let sheet = places.sheet(rewording.file);
    let found = sheet.find(&rewording.place, ValuePart::Value)?;
    let (bytes, text) = in_place(sheet.text(), &found, &rewording.written, &rewording.text)?;
    Some(Repair { file: rewording.file, bytes, text, mends: None })
}

/// The bytes of where a link leads, in those of the whole link (CommonMark 0.31 §6.3); none where it is written in another
/// way.
fn destination(text: &str, bytes: &Range<usize>, written: &str) -> Option<Range<usize>> {
    let start = bytes.start + text.get(bytes.clone())?.rfind(&format!("]({written}"))? + "](".len();
    let end = start + written.len();
    text[end..].starts_with([')', ' ']).then_some(start..end)
}

/// The bytes of what was written, without its quotation marks, and what is to stand there between the same; none where
/// something else stands there, or the same in another spelling.
fn in_place(text: &str, bytes: &Range<usize>, written: &str, meant: &str) -> Option<(Range<usize>, String)> {
    let stretch = text.get(bytes.clone())?;
    if stretch == written {
        return Some((bytes.clone(), quoted(meant)));
    }
    let quote = stretch.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let rest = stretch[1..].strip_prefix(written)?.strip_prefix(quote)?.trim_start();
    // saphyr-parser ends what is quoted where the next token begins.
    let is_whole = rest.is_empty() || rest.starts_with('#');
    let can_be_quoted = !meant.contains([quote, '\\']);
    let inner = bytes.start + 1..bytes.start + 1 + written.len();
    (is_whole && can_be_quoted).then(|| (inner, meant.to_owned()))
}

/// A text as YAML has it, between quotation marks where it would mean something else without.
pub(crate) fn quoted(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}

/// Whether a text means itself in YAML without quotation marks, between braces too (YAML 1.2.2 §7.3.3).
fn is_plain(text: &str) -> bool {
    let is_safe = |c: char| c.is_alphanumeric() || " _-./'’()–".contains(c);
    text.starts_with(char::is_alphanumeric) && text.trim_end().len() == text.len() && text.chars().all(is_safe)
}

/// What of a file nobody reads: a byte order mark, and spaces at the ends of lines that are no part of a value or of
/// the text.
fn untidy(id: FileId, file: &SourceFile) -> Vec<Repair> {
    let Content::Text(text) = &file.content else { return Vec::new() };
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut cut: Vec<Range<usize>> = Vec::new();
    if mark > 0 {
        cut.push(0..mark);
    }
    if &*file.path == SITE_FILE {
        cut.extend(proven(text, mark..text.len(), trailing(&text[mark..]), |text| text.parse::<toml::Table>().ok()));
    } else if !file.path.ends_with(".md") {
        cut.extend(of_yaml(text, mark..text.len()));
    } else if let Ok(parts) = front_matter(text) {
        cut.extend(of_yaml(text, parts.yaml));
        cut.extend(of_markdown(text, parts.body..text.len()));
    }
    cut.into_iter()
        .map(|bytes| Repair { file: id, bytes, text: String::new(), mends: None })
        .collect()
}

fn of_yaml(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let yaml = &text[range.clone()];
    let mut spaces = trailing(yaml);
    if spaces.is_empty() || yaml_limits::beyond(yaml).is_some() {
        return Vec::new();
    }
    let mut lines: Vec<usize> = [0].into_iter().chain(yaml.match_indices('\n').map(|(at, _)| at + 1)).collect();
    lines.push(yaml.len());
    let letters = yaml.chars().count();
    let mut kept: Vec<Range<usize>> = Vec::new();
    for event in Parser::new_from_str(yaml) {
        let Ok((event, span)) = event else { return Vec::new() };
        let Event::Scalar(_, style, ..) = event else { continue };
        let (first, last) = (span.start.line(), span.end.line());
        // The span of a block ends where the next value begins.
        let is_block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) && span.end.index() < letters;
        if first < last {
            let end = if is_block { last - 1 } else { last };
            kept.push(lines[first - 1]..lines.get(end).copied().unwrap_or(yaml.len()));
        }
    }
    spaces = outside(spaces, &kept);
    proven(text, range, spaces, |yaml| Node::deserialize(serde_yaml::Deserializer::from_str(yaml)).ok())
}

fn of_markdown(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    let body = &text[range.clone()];
    let mut spaces = trailing(body);
    if spaces.is_empty() {
        return spaces;
    }
    let kept: Vec<Range<usize>> = Parser::new_ext(body, Options::all())
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
    spaces = outside(spaces, &kept);
    proven(text, range, spaces, |body| {
        let events = Parser::new_ext(body, Options::all()).map(Event::into_static);
        Some(events.collect::<Vec<_>>())
    })
}

/// The spaces and tabs at the ends of lines.
fn trailing(text: &str) -> Vec<Range<usize>> {
    let mut spaces = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let whole = line.trim_end_matches(['\n', '\r']);
        let kept = whole.trim_end_matches([' ', '\t']).len();
        if kept < whole.len() {
            spaces.push(at + kept..at + whole.len());
        }
        at += line.len();
    }
    spaces
}

/// Those of the spaces that are in none of the stretches; both are in order.
fn outside(spaces: Vec<Range<usize>>, kept: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut kept = kept.iter().peekable();
    let is_outside = |space: &Range<usize>| {
        while kept.next_if(|stretch| stretch.end <= space.start).is_some() {}
        kept.peek().is_none_or(|stretch| space.end <= stretch.start)
    };
    spaces.into_iter().filter(is_outside).collect()
}

/// The spaces, as bytes of the whole text, if the part of it that they are in reads the same without them; else none.
fn proven<T: PartialEq>(
    text: &str,
    part: Range<usize>,
    spaces: Vec<Range<usize>>,
    read: impl Fn(&str) -> Option<T>,
) -> Vec<Range<usize>> {
    let whole = &text[part.clone()];
    if spaces.is_empty() {
        return spaces;
    }
    let mut without = String::with_capacity(whole.len());
    let mut at = 0;
    for space in &spaces {
        without.push_str(&whole[at..space.start]);
        at = space.end;
    }
    without.push_str(&whole[at..]);
    match (read(whole), read(&without)) {
        (Some(before), Some(after)) if before == after => {
            spaces.into_iter().map(|space| part.start + space.start..part.start + space.end).collect()
        }
        _ => Vec::new(),
    }
}
