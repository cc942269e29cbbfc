//! What can be written at the cursor.

use std::ops::Range;

use lsp_types::{CompletionItem, CompletionItemKind, CompletionList, CompletionTextEdit, Documentation, TextEdit};

use super::cursor::{Cursor, Part};
use super::names::{Kind, Names, named, stem};
use super::text::Lines;
use crate::diagnostic::Messages;
use crate::model::Lang;
use crate::parse::{Field, Kind as File};

/// The most that is offered at once: of more, the client asks again when another letter is typed.
const MOST: usize = 200;

pub(super) struct Asked<'a, 's> {
    pub(super) path: &'a str,
    pub(super) text: &'a str,
    pub(super) byte: usize,
    pub(super) lines: &'a Lines<'a>,
    pub(super) names: &'s Names,
    pub(super) messages: &'a Messages,
}

/// Something that can be written.
struct Offer {
    label: String,
    detail: String,
    written: String,
    kind: CompletionItemKind,
    documentation: Option<String>,
    /// Whether it stands before the others.
    first: bool,
}

pub(super) fn complete(asked: &Asked<'_, '_>, cursor: &Cursor<'_>) -> CompletionList {
    let mut offers = match cursor.part {
        Part::Key => keys(asked, cursor),
        Part::Value => values(asked, cursor),
    };
    let typed = asked
        .text
        .get(cursor.word.start..asked.byte.max(cursor.word.start))
        .unwrap_or_default()
        .to_lowercase();
    let fits =
        |offer: &Offer| offer.label.to_lowercase().contains(&typed) || offer.detail.to_lowercase().contains(&typed);
    offers.retain(|offer| typed.is_empty() || fits(offer));
    let is_incomplete = offers.len() > MOST;
    offers.truncate(MOST);
    let range = asked.lines.range(&Range { end: cursor.word.end, start: cursor.word.start });
    let items = offers.into_iter().enumerate().map(|(place, offer)| CompletionItem {
        filter_text: Some(format!("{} {}", offer.label, offer.detail)),
        sort_text: Some(format!("{}{place:05}", u8::from(!offer.first))),
        label: offer.label,
        detail: Some(offer.detail).filter(|detail| !detail.is_empty()),
        documentation: offer.documentation.map(Documentation::String),
        kind: Some(offer.kind),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit { range, new_text: offer.written })),
        ..CompletionItem::default()
    });
    CompletionList { is_incomplete, items: items.collect() }
}

/// The keys that a record can still have, in the language of the file's other keys.
fn keys(asked: &Asked<'_, '_>, cursor: &Cursor<'_>) -> Vec<Offer> {
    let counts = |of: fn(&Field) -> Vec<&'static str>| {
        let known = cursor.fields.iter().filter(|field| !field.also.is_empty()).flat_map(of);
        known.filter(|name| cursor.keys.contains(name)).count()
    };
    let italian = counts(|field| field.also.to_vec());
    let english = counts(|field| vec![field.name]);
    let is_italian = italian > english || italian == english && asked.messages.lang() == Lang::It;
    // What follows the key stands already, where one is mended.
    let follows = asked
        .text
        .get(cursor.word.end..)
        .is_some_and(|rest| rest.trim_start_matches(' ').starts_with(':'));
    let free = cursor.fields.iter().filter(|field| !cursor.keys.iter().any(|key| field.is(key)));
    free.map(|field| {
        let name = field.also.first().filter(|_| is_italian).unwrap_or(&field.name);
        Offer {
            label: (*name).to_owned(),
            detail: about(field, asked.messages).to_owned(),
            written: if follows { (*name).to_owned() } else { format!("{name}: ") },
            kind: CompletionItemKind::PROPERTY,
            documentation: field.required.then(|| asked.messages.ui("lsp.required", &[])),
            first: field.required,
        }
    })
    .collect()
}

/// What a field is, in the language of the messages.
pub(super) fn about(field: &Field, messages: &Messages) -> &'static str {
    match messages.lang() {
        Lang::En => field.en,
        Lang::It | Lang::De => field.it,
    }
}

fn values(asked: &Asked<'_, '_>, cursor: &Cursor<'_>) -> Vec<Offer> {
    let Some((file, field)) = File::of(asked.path).zip(cursor.field) else { return Vec::new() };
    match named(file, cursor.within.last().copied(), field.name) {
        Some(kind) => names(asked, kind, field.name),
        None => words(field).into_iter().map(word).collect(),
    }
}

fn word(word: String) -> Offer {
    let (detail, documentation) = (String::new(), None);
    let kind = CompletionItemKind::ENUM_MEMBER;
    Offer { written: word.clone(), label: word, detail, kind, documentation, first: false }
}

/// The words of a closed set, as the field's schema has them.
fn words(field: &Field) -> Vec<String> {
    let schema = (field.schema)();
    if schema["type"][0] == "boolean" {
        return vec!["true".to_owned(), "false".to_owned()];
    }
    let listed = schema["enum"].as_array().or(schema["anyOf"][0]["enum"].as_array());
    listed.into_iter().flatten().filter_map(|word| word.as_str()).map(str::to_owned).collect()
}

/// The names that a reference of a file can have, those of its administration and time.
fn names(asked: &Asked<'_, '_>, kind: Kind, field: &str) -> Vec<Offer> {
    let here = asked.names.administration(asked.path);
    let year = asked.names.years(asked.path).map(|years| *years.start());
    let mut offers: Vec<Offer> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for (id, thing) in asked.names.all(kind) {
        let own = kind == Kind::Unit || here.is_none() || asked.names.administration(&id.0) == here;
        let holds = match (kind, year, asked.names.years(&id.0)) {
            (Kind::Node, Some(year), Some(years)) => years.contains(&year),
            (Kind::Objective, Some(year), Some(years)) if field == "continues" => *years.start() < year,
            _ => true,
        };
        let inside = field != "parent" || kind != Kind::Node || &*id.0 == asked.path;
        if !own || !holds || !inside || *id.0 == *asked.path && kind == Kind::Objective {
            continue;
        }
        // What two plans call alike is named with its plan; a series is one, however often it is named.
        let ambiguous =
            kind == Kind::Node && asked.names.resolve(kind, &thing.name, asked.path).is_none_or(|found| found != id);
        let plan = id.0.rsplit('/').next().map_or("", stem);
        let written = if ambiguous { format!("{plan}:{}", thing.name) } else { thing.name.clone() };
        if seen.insert(written.clone()) {
            offers.push(Offer {
                label: written.clone(),
                detail: thing.title.clone(),
                written,
                kind: CompletionItemKind::REFERENCE,
                documentation: None,
                first: false,
            });
        }
    }
    offers
}
