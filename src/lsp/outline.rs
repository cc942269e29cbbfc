//! The outline of a text: its records, and those in them.

use lsp_types::{DocumentSymbol, DocumentSymbolParams, DocumentSymbolResponse, SymbolKind};

use super::text::Lines;
use super::workspace::Workspace;
use crate::parse::{WrittenRecord, entries};

/// The answer to a request for the symbols of a text.
pub(super) fn outline(workspace: &Workspace, params: &DocumentSymbolParams) -> Option<DocumentSymbolResponse> {
    let path = workspace.path(&params.text_document.uri)?;
    let text = &workspace.open.get(path.as_str())?.text;
    let lines = Lines::of(text, workspace.encoding);
    let records = entries(&path, text).unwrap_or_default().records;
    Some(DocumentSymbolResponse::Nested(records.iter().map(|record| symbol(record, "", &lines)).collect()))
}

/// The symbol of a record; `field` is the name of the field around it.
#[expect(deprecated, reason = "the type has a field that the protocol has given up")]
fn symbol(record: &WrittenRecord, field: &str, lines: &Lines<'_>) -> DocumentSymbol {
    let name = ["title", "name", "period", "code", "id"].iter().find_map(|key| record.get(key));
    let code = ["code", "id"].iter().find_map(|key| record.get(key));
    // A client refuses a symbol without a name.
    let title = name.map_or(field, |(_, title)| title.lines().next().unwrap_or_default());
    let range = lines.range(&record.bytes);
    let selection = name.map(|(bytes, _)| bytes).filter(|bytes| record.bytes.contains(&bytes.start));
    let inner = record
        .entries
        .iter()
        .flat_map(|entry| entry.records.iter().map(move |inner| symbol(inner, entry.field.name, lines)));
    let children: Vec<DocumentSymbol> = inner.collect();
    DocumentSymbol {
        name: if title.trim().is_empty() { "—".to_owned() } else { title.to_owned() },
        detail: code
            .map(|(_, code)| code.clone())
            .or(Some(field.to_owned()))
            .filter(|detail| detail != title),
        kind: if children.is_empty() { SymbolKind::FIELD } else { SymbolKind::CLASS },
        tags: None,
        deprecated: None,
        selection_range: selection.map_or(lsp_types::Range::new(range.start, range.start), |bytes| {
            lines.range(&(bytes.start..bytes.end.min(record.bytes.end)))
        }),
        range,
        children: Some(children).filter(|children| !children.is_empty()),
    }
}
