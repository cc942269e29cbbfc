//! Repair of one mistake: the bytes that replace what was written.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Place, Repair};

/// Certain repair of a mistake that was found at bytes of a text.
pub(super) fn certain(diagnostic: &Diagnostic, text: &str, bytes: &Range<usize>) -> Option<Repair> {
    replacement(diagnostic, text, bytes, diagnostic.meant.as_deref()?)
}

/// Repair by the nearest valid name, on which somebody has to decide.
pub(super) fn likely(diagnostic: &Diagnostic, text: &str, bytes: &Range<usize>) -> Option<Repair> {
    replacement(diagnostic, text, bytes, diagnostic.arg("nearest")?)
}

fn replacement(diagnostic: &Diagnostic, text: &str, bytes: &Range<usize>, meant: &str) -> Option<Repair> {
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

/// Bytes of a link's destination in those of the whole link (CommonMark 0.31 §6.3); `None` if it is written in another
/// way.
fn destination(text: &str, bytes: &Range<usize>, written: &str) -> Option<Range<usize>> {
    let start = bytes.start + text.get(bytes.clone())?.rfind(&format!("]({written}"))? + "](".len();
    let end = start + written.len();
    text[end..].starts_with([')', ' ']).then_some(start..end)
}

/// Bytes of what was written, without its quotation marks, and the text to put there between the same. Returns `None` if
/// something else is there, or the same in another spelling.
pub(super) fn in_place(text: &str, bytes: &Range<usize>, written: &str, meant: &str) -> Option<(Range<usize>, String)> {
    let found = text.get(bytes.clone())?;
    if found == written {
        return Some((bytes.clone(), quoted(meant)));
    }
    let quote = found.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let rest = found[1..].strip_prefix(written)?.strip_prefix(quote)?.trim_start();
    // saphyr-parser ends what is quoted where the next token begins.
    let is_whole = rest.is_empty() || rest.starts_with('#');
    let can_be_quoted = !meant.contains([quote, '\\']);
    let inner = bytes.start + 1..bytes.start + 1 + written.len();
    (is_whole && can_be_quoted).then(|| (inner, meant.to_owned()))
}

/// A text as YAML has it, between quotation marks if it would mean something else without.
pub(crate) fn quoted(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}

/// True if a text means itself in YAML without quotation marks, between braces too (YAML 1.2.2 §7.3.3).
fn is_plain(text: &str) -> bool {
    let is_safe = |c: char| c.is_alphanumeric() || " _-./'’()–".contains(c);
    text.starts_with(char::is_alphanumeric) && text.trim_end().len() == text.len() && text.chars().all(is_safe)
}
