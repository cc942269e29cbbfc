//! The outline of a text: its records, and those in them.

use lsp_types::{DocumentSymbol, SymbolKind};

use super::text::Lines;
use crate::parse::{WrittenRecord, entries};

pub(super) fn outline(path: &str, text: &str, lines: &Lines<'_>) -> Vec<DocumentSymbol> {
    let records = entries(path, text).unwrap_or_default().records;
    records.iter().map(|record| symbol(record, "", lines)).collect()
}

#[expect(deprecated, reason = "the type has a field that the protocol has given up")]
fn symbol(record: &WrittenRecord, of: &str, lines: &Lines<'_>) -> DocumentSymbol {
    let name = ["title", "name", "period", "code", "id"].iter().find_map(|key| record.get(key));
    let code = ["code", "id"].iter().find_map(|key| record.get(key));
    // A client refuses a symbol without a name.
    let title = name.map_or(of, |(_, title)| title.lines().next().unwrap_or_default());
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
            .or(Some(of.to_owned()))
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
