//! Front matter of a file: where it is, its YAML, and what can be saved of one that isn't YAML.

use std::ops::Range;

use serde::Deserialize;

use super::declaration::Field;
use super::node::Node;
use super::source_map::{self, SourceMap};
use super::{syntax, yaml_limits};
use crate::diagnostic::{Code, Diagnostic, KeyPath, Place, Report};
use crate::model::{FileId, find_fiscal_code, find_iban};

/// Parts of a Markdown record, in bytes.
pub(super) struct FrontMatter {
    pub(super) yaml: Range<usize>,
    pub(super) body: usize,
}

impl FrontMatter {
    /// Finds the front matter between two lines `---`. A byte order mark, CRLF and a closing line without an end are
    /// fine.
    pub(super) fn find(text: &str) -> Result<Self, Code> {
        let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let mut lines = text[start..].split_inclusive('\n');
        let first = lines.next().unwrap_or_default();
        if first.trim_end() != "---" {
            return Err(Code::FenceMissing);
        }
        let from = start + first.len();
        let mut at = from;
        for line in lines {
            if line.trim_end() == "---" {
                return Ok(Self { yaml: from..at, body: at + line.len() });
            }
            at += line.len();
        }
        Err(Code::FenceOpen)
    }
}

/// Parts of a file with its YAML as values. The YAML is `None` if it can't be read, and the report says why.
pub(super) fn read_parts(id: FileId, text: &str, ending: &str, report: &mut Report) -> (FrontMatter, Option<Node>) {
    let nothing = FrontMatter { yaml: text.len()..text.len(), body: text.len() };
    if text.trim_matches(['\u{feff}', ' ', '\n', '\r', '\t']).is_empty() {
        report.add(Diagnostic::new(Code::Empty, id, Place::File));
        return (nothing, None);
    }
    personal_data(id, text, report);
    let parts = match ending {
        "md" => FrontMatter::find(text),
        // libyaml takes a byte order mark for content: the text of a YAML file begins after it.
        _ => Ok(FrontMatter { yaml: text.len() - text.trim_start_matches('\u{feff}').len()..text.len(), ..nothing }),
    };
    match parts {
        Ok(parts) => {
            let node = read_yaml(id, text, parts.yaml.clone(), report);
            if node.is_some() {
                for comment in source_map::swallowed(&text[parts.yaml.clone()]) {
                    let bytes = comment.start + parts.yaml.start..comment.end + parts.yaml.start;
                    let written = &text[bytes.clone()];
                    let problem = Diagnostic::new(Code::TakenForComment, id, Place::Bytes(bytes.clone()));
                    report.add(problem.with("written", written));
                }
            }
            // Front matter without a key is an empty record, whose missing keys are then named.
            let blank = ending == "md" && node.as_ref().is_some_and(Node::is_blank);
            (parts, if blank { Some(Node::Map(Vec::new())) } else { node })
        }
        Err(code) => {
            report.add(Diagnostic::new(code, id, first_line(text)));
            (nothing, None)
        }
    }
}

/// Reads YAML as it is written; a syntax error is a problem at its place in the file.
fn read_yaml(id: FileId, text: &str, range: Range<usize>, report: &mut Report) -> Option<Node> {
    let yaml = &text[range.clone()];
    if let Some((character, reason)) = yaml_limits::beyond(yaml) {
        let at = yaml.char_indices().nth(character).map_or(yaml.len(), |(byte, _)| byte);
        report.add(syntax::yaml(id, range.start, yaml, at, reason));
        return None;
    }
    match Node::deserialize(serde_yaml::Deserializer::from_str(yaml)) {
        Ok(node) => Some(node),
        Err(error) => {
            let reason = error.to_string();
            let reason = reason.split(" at line ").next().unwrap_or_default();
            report.add(match error.location() {
                Some(location) => syntax::yaml(id, range.start, yaml, error_start(yaml, location.index()), reason),
                None => {
                    let start = first_line(text).start;
                    syntax::yaml_as_a_whole(id, start..line_end(text, start), reason)
                }
            });
            None
        }
    }
}

/// Place at which a text that isn't YAML can be repaired; libyaml gave up at `found`.
fn error_start(yaml: &str, found: usize) -> usize {
    let end = yaml.trim_end().len();
    if found < end {
        return found;
    }
    // A quote or bracket that isn't closed is found at the end of the text; it is repaired where it begins.
    let begins = source_map::syntax_error(yaml).unwrap_or(found);
    if begins < end { begins } else { yaml[..end].rfind('\n').map_or(0, |newline| newline + 1) }
}

/// Bytes of the first line that isn't blank: a mistake of a whole record is shown there.
pub(super) fn first_line(text: &str) -> Range<usize> {
    let start = text.len() - text.trim_start_matches(['\u{feff}', '\n', '\r']).len();
    let end = text[start..].find(['\n', '\r']).map_or(text.len(), |end| start + end);
    start..end
}

fn line_end(text: &str, at: usize) -> usize {
    let mut at = at;
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    text[at..].find(['\n', '\r']).map_or(text.len(), |end| at + end)
}

/// Keys by which others name a record, as far down as a text that isn't YAML can be read: a reference to a record that
/// can't be read doesn't dangle.
pub(super) fn salvage(yaml: &str, fields: &'static [Field]) -> Node {
    let values = SourceMap::yaml(yaml, fields);
    let entry = |key: &'static str| {
        let text = values.scalar(&KeyPath::of(key))?;
        Some((key.to_owned(), Node::Text(text.to_owned())))
    };
    let keys = ["code", "unit", "administration"]
        .into_iter()
        .filter(|key| fields.iter().any(|field| field.name == *key));
    Node::Map(keys.filter_map(entry).collect())
}

/// Reports each codice fiscale and IBAN, which must not be published, wherever in a file it is (GDPR art. 5, D.Lgs.
/// 33/2013 art. 7-bis).
pub(super) fn personal_data(id: FileId, text: &str, report: &mut Report) {
    type Finder = fn(&str) -> Option<Range<usize>>;
    let finders: [(&str, Finder); 2] = [("codice fiscale", find_fiscal_code), ("IBAN", find_iban)];
    for (kind, find) in finders {
        let mut from = 0;
        while let Some(found) = text.get(from..).and_then(find) {
            let bytes = from + found.start..from + found.end;
            from = bytes.end;
            report.add(Diagnostic::new(Code::PersonalData, id, bytes).with("kind", kind));
        }
    }
}
