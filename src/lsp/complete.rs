//! What can be written at the cursor.

use std::cmp::Ordering;
use std::ops::Range;

use lsp_types::{CompletionItem, CompletionItemKind, CompletionList, CompletionTextEdit, Documentation, TextEdit};
use serde_json::Value;

use super::cursor::{Cursor, CursorPart};
use super::names::{NameKind, NameReader, SiteNames, named, stem};
use super::text::Lines;
use crate::diagnostic::{Code, Messages};
use crate::model::Lang;
use crate::parse::{self, Field, SheetKind as File};
use crate::source::SITE_FILE;

/// The most that is offered at once: of more, the client asks again when another letter is typed.
const MOST: usize = 200;

pub(super) struct CompletionRequest<'a, 's> {
    pub(super) path: &'a str,
    pub(super) text: &'a str,
    pub(super) byte: usize,
    pub(super) lines: &'a Lines<'a>,
    pub(super) names: &'s SiteNames,
    pub(super) messages: &'a Messages,
}

/// Something that can be written.
struct Suggestion {
    label: String,
    detail: String,
    written: String,
    kind: CompletionItemKind,
    documentation: Option<String>,
    /// Whether it stands before the others.
    first: bool,
}

impl CompletionRequest<'_, '_> {
    fn is_toml(&self) -> bool {
        self.path == SITE_FILE
    }

    /// A value as the file has it at a place: between quotation marks where it needs them and has none yet.
    fn quoted(&self, value: &str, cursor: &Cursor<'_>) -> String {
        let before = self.text.get(..cursor.word.start).unwrap_or_default();
        match before.chars().next_back() {
            Some('"' | '\'') => value.to_owned(),
            _ if self.is_toml() => format!("\"{value}\""),
            _ => parse::quoted(value),
        }
    }
}

/// What is typed, in small letters.
struct TypedPrefix(String);

impl TypedPrefix {
    fn fits(&self, label: &str, detail: &str) -> bool {
        self.0.is_empty() || label.to_lowercase().contains(&self.0) || detail.to_lowercase().contains(&self.0)
    }
}

pub(super) fn complete(asked: &CompletionRequest<'_, '_>, cursor: &Cursor<'_>) -> CompletionList {
    let typed = asked.text.get(cursor.word.start..asked.byte.max(cursor.word.start)).unwrap_or_default();
    let typed = TypedPrefix(typed.to_lowercase());
    let mut offers = match cursor.part {
        CursorPart::Key | CursorPart::Table => keys(asked, cursor),
        CursorPart::Value => values(asked, cursor, &typed),
    };
    offers.retain(|offer| typed.fits(&offer.label, &offer.detail));
    let is_incomplete = offers.len() > MOST;
    offers.truncate(MOST);
    let range = asked.lines.range(&Range { end: cursor.word.end, start: cursor.word.start });
    // A value directly behind its colon is none (YAML 1.2.2 §7.4).
    let before = asked.text.get(..cursor.word.start).unwrap_or_default();
    let gap = if cursor.part == CursorPart::Value && before.ends_with(':') { " " } else { "" };
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

/// Whether a record is written in Italian, as its keys say, or else its file's, or else the messages.
pub(super) fn is_italian(asked: &CompletionRequest<'_, '_>, cursor: &Cursor<'_>) -> bool {
    let counts = |of: fn(&Field) -> Vec<&'static str>| {
        let known = cursor.fields.iter().filter(|field| !field.also.is_empty()).flat_map(of);
        known.filter(|name| cursor.keys.contains(name)).count()
    };
    let own = counts(|field| field.also.to_vec()).cmp(&counts(|field| vec![field.name]));
    match own.then(cursor.italian) {
        Ordering::Equal => asked.messages.lang() == Lang::It,
        order => order == Ordering::Greater,
    }
}

/// The keys that a record can still have, in the language of the file's other keys.
fn keys(asked: &CompletionRequest<'_, '_>, cursor: &Cursor<'_>) -> Vec<Suggestion> {
    let is_italian = is_italian(asked, cursor);
    let (mark, after) = if asked.is_toml() { ('=', " = ") } else { (':', ": ") };
    let is_table = |field: &Field| !field.within.is_empty() || (field.schema)()["type"] == "object";
    // What follows the key stands already, where one is mended.
    let follows = asked
        .text
        .get(cursor.word.end..)
        .is_some_and(|rest| rest.trim_start_matches(' ').starts_with(mark));
    let free = cursor.fields.iter().filter(|field| !cursor.keys.iter().any(|key| field.is(key)));
    let free = free.filter(|field| cursor.part == CursorPart::Key || is_table(field));
    free.map(|field| {
        let name = field.also.first().filter(|_| is_italian).unwrap_or(&field.name);
        Suggestion {
            label: (*name).to_owned(),
            detail: about(field, asked.messages).to_owned(),
            written: match cursor.part {
                _ if follows => (*name).to_owned(),
                CursorPart::Table => (*name).to_owned(),
                // All that `site.toml` says stands in a table.
                _ if asked.is_toml() && cursor.within.is_empty() => format!("[{name}]"),
                _ => format!("{name}{after}"),
            },
            kind: CompletionItemKind::PROPERTY,
            documentation: field.required.then(|| asked.messages.ui("lsp.required", &[])),
            first: field.required,
        }
    })
    .collect()
}

/// What a field is, in the language of the messages.
pub(super) fn about<'m>(field: &Field, messages: &'m Messages) -> &'m str {
    if let Ok(code) = field.name.parse::<Code>() {
        return messages.title(code);
    }
    match messages.lang() {
        Lang::En => field.en,
        Lang::It | Lang::De => field.it,
    }
}

fn values(asked: &CompletionRequest<'_, '_>, cursor: &Cursor<'_>, typed: &TypedPrefix) -> Vec<Suggestion> {
    let Some(field) = cursor.field else { return Vec::new() };
    let within = cursor.within.last().copied();
    match File::of(asked.path).and_then(|file| named(file, within, field.name)) {
        Some(kind) => names(asked, cursor, kind, field.name, typed),
        None => words(asked, cursor, field),
    }
}

/// The words of a closed set, as the field's schema has them: the Italian ones where the record is in Italian.
fn words(asked: &CompletionRequest<'_, '_>, cursor: &Cursor<'_>, field: &Field) -> Vec<Suggestion> {
    let schema = (field.schema)();
    let is_italian = !asked.is_toml() && is_italian(asked, cursor);
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
    let list = |place: &Value| -> Vec<String> {
        let words = place["enum"].as_array().into_iter().flatten().filter_map(|word| word.as_str());
        words.map(str::to_owned).collect()
    };
    let choices = &schema["anyOf"];
    let [alone, keys, italian] = [schema, &choices[0], &choices[1]].map(list);
    let keys = if keys.is_empty() { alone } else { keys };
    let words = keys.iter().enumerate().map(|(at, key)| match italian.get(at) {
        Some(word) if is_italian => offer(word, key, asked.quoted(word, cursor)),
        _ => offer(key, "", asked.quoted(key, cursor)),
    });
    words.collect()
}

/// The names that a reference of a file can have, those of its administration and time: one more than are offered where
/// there are many.
fn names(
    asked: &CompletionRequest<'_, '_>,
    cursor: &Cursor<'_>,
    kind: NameKind,
    field: &str,
    typed: &TypedPrefix,
) -> Vec<Suggestion> {
    let from = NameReader::of(asked.names, asked.path);
    let mut offers: Vec<Suggestion> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for (id, thing) in asked.names.all(kind) {
        if offers.len() > MOST {
            break;
        }
        if !typed.fits(&thing.name, &thing.title) || !asked.names.fits(id, field, &from) {
            continue;
        }
        // What two plans call alike is named with its plan; a series is one, however often it is named.
        let ambiguous = kind == NameKind::Node
            && asked.names.resolve(kind, &thing.name, asked.path).is_none_or(|found| found != id);
        let plan = stem(asked.names.path(id));
        let name = if ambiguous { format!("{plan}:{}", thing.name) } else { thing.name.clone() };
        if seen.insert(name.clone()) {
            offers.push(Suggestion {
                written: asked.quoted(&name, cursor),
                label: name,
                detail: if thing.title == thing.name { String::new() } else { thing.title.clone() },
                kind: CompletionItemKind::REFERENCE,
                documentation: None,
                first: false,
            });
        }
    }
    offers
}
