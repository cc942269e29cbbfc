//! Completions at the cursor.

use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionList, CompletionParams, CompletionResponse, CompletionTextEdit,
    Documentation, TextEdit,
};
use serde_json::Value;

use super::context::CursorContext;
use super::cursor::CursorPart;
use super::names::{NameKind, NameReader, named, stem};
use super::workspace::Workspace;
use crate::parse::{self, Field};

/// Maximum number of suggestions: if there are more, the client asks again when another letter is typed.
const MOST: usize = 200;

/// A text that can be written at the cursor.
struct Suggestion {
    label: String,
    detail: String,
    written: String,
    kind: CompletionItemKind,
    documentation: Option<String>,
    /// True if it comes before the others.
    first: bool,
}

/// The typed part of a word, in small letters.
struct TypedPrefix(String);

impl TypedPrefix {
    fn fits(&self, label: &str, detail: &str) -> bool {
        self.0.is_empty() || label.to_lowercase().contains(&self.0) || detail.to_lowercase().contains(&self.0)
    }
}

/// The answer to a request for completions.
pub(super) fn complete(workspace: &Workspace, params: &CompletionParams) -> Option<CompletionResponse> {
    workspace.at_cursor(&params.text_document_position, |context| Some(suggestions(context).into()))
}

fn suggestions(context: &CursorContext<'_, '_>) -> CompletionList {
    let word = &context.cursor.word;
    let typed = context.text.get(word.start..context.byte.max(word.start)).unwrap_or_default();
    let typed = TypedPrefix(typed.to_lowercase());
    let mut offers = match context.cursor.part {
        CursorPart::Key | CursorPart::Table => keys(context),
        CursorPart::Value => values(context, &typed),
    };
    offers.retain(|offer| typed.fits(&offer.label, &offer.detail));
    let is_incomplete = offers.len() > MOST;
    offers.truncate(MOST);
    let range = context.lines.range(word);
    // A value directly behind its colon is none (YAML 1.2.2 §7.4).
    let before = context.text.get(..word.start).unwrap_or_default();
    let gap = if context.cursor.part == CursorPart::Value && before.ends_with(':') { " " } else { "" };
    let items = offers.into_iter().enumerate().map(|(place, offer)| CompletionItem {
        filter_text: Some(format!("{} {}", offer.label, offer.detail)),
        sort_text: Some(format!("{}{place:05}", u8::from(!offer.first))),
        label: offer.label,
        detail: Some(offer.detail).filter(|detail| !detail.is_empty()),
        documentation: offer.documentation.map(Documentation::String),
        kind: Some(offer.kind),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit { range, new_text: format!("{gap}{}", offer.written) })),
        ..CompletionItem::default()
    });
    CompletionList { is_incomplete, items: items.collect() }
}

/// The keys that a record can still have, in the language of the file's other keys.
fn keys(context: &CursorContext<'_, '_>) -> Vec<Suggestion> {
    let (cursor, is_italian) = (&context.cursor, context.is_italian());
    let (mark, after) = if context.is_toml() { ('=', " = ") } else { (':', ": ") };
    let is_table = |field: &Field| !field.within.is_empty() || (field.schema)()["type"] == "object";
    // A key that is corrected is followed by its mark already.
    let follows = context
        .text
        .get(cursor.word.end..)
        .is_some_and(|rest| rest.trim_start_matches(' ').starts_with(mark));
    let free = cursor.fields.iter().filter(|field| !cursor.keys.iter().any(|key| field.is(key)));
    let free = free.filter(|field| cursor.part == CursorPart::Key || is_table(field));
    free.map(|field| {
        let name = field.also.first().filter(|_| is_italian).unwrap_or(&field.name);
        Suggestion {
            label: (*name).to_owned(),
            detail: context.description(field).to_owned(),
            written: match cursor.part {
                _ if follows => (*name).to_owned(),
                CursorPart::Table => (*name).to_owned(),
                // All settings of `site.toml` are in tables.
                _ if context.is_toml() && cursor.within.is_empty() => format!("[{name}]"),
                _ => format!("{name}{after}"),
            },
            kind: CompletionItemKind::PROPERTY,
            documentation: field.required.then(|| context.messages.ui("lsp.required", &[])),
            first: field.required,
        }
    })
    .collect()
}

fn values(context: &CursorContext<'_, '_>, typed: &TypedPrefix) -> Vec<Suggestion> {
    let Some(field) = context.cursor.field else { return Vec::new() };
    match context.file().and_then(|file| named(file, context.within(), field.name)) {
        Some(kind) => names(context, kind, field.name, typed),
        None => words(context, field),
    }
}

/// The words of a closed set, as the field's schema has them: the Italian ones if the record is in Italian.
fn words(context: &CursorContext<'_, '_>, field: &Field) -> Vec<Suggestion> {
    let schema = (field.schema)();
    let is_italian = !context.is_toml() && context.is_italian();
    let offer = |label: &str, detail: &str, written: String| Suggestion {
        label: label.to_owned(),
        detail: detail.to_owned(),
        written,
        kind: CompletionItemKind::ENUM_MEMBER,
        documentation: None,
        first: false,
    };
    if schema["type"][0] == "boolean" {
        let words = if is_italian { ["sì", "no"] } else { ["true", "false"] };
        return words.map(|word| offer(word, "", word.to_owned())).into();
    }
    let schema = schema.get("items").unwrap_or(&schema);
    let list = |schema: &Value| -> Vec<String> {
        let words = schema["enum"].as_array().into_iter().flatten().filter_map(|word| word.as_str());
        words.map(str::to_owned).collect()
    };
    let choices = &schema["anyOf"];
    let [alone, keys, italian] = [schema, &choices[0], &choices[1]].map(list);
    let keys = if keys.is_empty() { alone } else { keys };
    let words = keys.iter().enumerate().map(|(at, key)| match italian.get(at) {
        Some(word) if is_italian => offer(word, key, quoted(context, word)),
        _ => offer(key, "", quoted(context, key)),
    });
    words.collect()
}

/// The names that a reference of a file can have, those of its administration and time: of many, one more than are
/// offered.
fn names(context: &CursorContext<'_, '_>, kind: NameKind, field: &str, typed: &TypedPrefix) -> Vec<Suggestion> {
    let from = NameReader::of(context.names, context.path);
    let mut offers: Vec<Suggestion> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for (id, definition) in context.names.all(kind) {
        if offers.len() > MOST {
            break;
        }
        if !typed.fits(&definition.name, &definition.title) || !context.names.fits(id, field, &from) {
            continue;
        }
        // A node whose code two plans have is named with its plan; a series is one, however often it is named.
        let ambiguous = kind == NameKind::Node
            && context
                .names
                .resolve(kind, &definition.name, context.path)
                .is_none_or(|found| found != id);
        let plan = stem(context.names.path(id));
        let name = if ambiguous { format!("{plan}:{}", definition.name) } else { definition.name.clone() };
        if seen.insert(name.clone()) {
            offers.push(Suggestion {
                written: quoted(context, &name),
                label: name,
                detail: if definition.title == definition.name { String::new() } else { definition.title.clone() },
                kind: CompletionItemKind::REFERENCE,
                documentation: None,
                first: false,
            });
        }
    }
    offers
}

/// A value as the file has it at the cursor: between quotation marks if it needs them and has none yet.
fn quoted(context: &CursorContext<'_, '_>, value: &str) -> String {
    let before = context.text.get(..context.cursor.word.start).unwrap_or_default();
    match before.chars().next_back() {
        Some('"' | '\'') => value.to_owned(),
        _ if context.is_toml() => format!("\"{value}\""),
        _ => parse::quoted(value),
    }
}
