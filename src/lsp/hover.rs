//! Hovers: the field and value at the cursor, in words.

use std::fmt::Write as _;

use lsp_types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};
use serde_json::Value;

use super::context::CursorContext;
use super::cursor::CursorPart;
use super::workspace::Workspace;
use crate::Edition;
use crate::model::{Conventions, IndicatorState, Lang, Reason};
use crate::parse::{self, Quantity, SheetKind, reading};
use crate::source::SITE_FILE;

/// The answer to a request for a hover.
pub(super) fn hover(workspace: &Workspace, params: &HoverParams) -> Option<Hover> {
    workspace.at_cursor(&params.text_document_position_params, |context| {
        let checked = workspace.checked.as_ref();
        // The state of another text would be a wrong one.
        let edition = checked
            .filter(|checked| checked.open.get(context.path).is_some_and(|text| **text == *context.text))
            .and_then(|checked| checked.edition.as_ref());
        let settings = checked.and_then(|checked| Some(checked.tree.text(checked.tree.find(SITE_FILE)?)));
        let figures = settings.and_then(|text| parse::language(&text)).unwrap_or(Lang::It);
        let value = words(context, edition, figures)?;
        let contents = HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value });
        Some(Hover { contents, range: Some(context.lines.range(&context.cursor.word)) })
    })
}

/// Markdown about the field at the cursor and its value. `edition` is one of the text as it is, `figures` the language of
/// figures.
fn words(context: &CursorContext<'_, '_>, edition: Option<&Edition>, figures: Lang) -> Option<String> {
    let (messages, field) = (context.messages, context.cursor.field?);
    let written = context.word().unwrap_or_default().trim();
    let name = field.also.first().filter(|_| context.is_italian()).unwrap_or(&field.name);
    let mut words = format!("**{name}**: {}", context.description(field));
    if field.required {
        let _ = write!(words, " ({})", messages.ui("lsp.required", &[]));
    }
    if context.cursor.part != CursorPart::Value || written.is_empty() {
        return Some(words);
    }
    if let Some(id) = context.name_kind().and_then(|kind| context.names.resolve(kind, written, context.path)) {
        let definition = context.names.definition(id);
        let _ = write!(words, "\n\n`{}` {}", definition.name, plain_text(&definition.title));
    }
    let Some(quantity) = field.holds.quantity() else { return Some(words) };
    words.push_str("\n\n");
    words.push_str(&quantity_words(context, quantity, written, figures));
    let state = edition
        .filter(|_| quantity == Quantity::Target)
        .and_then(|edition| state(context, edition));
    if let Some((state, reason)) = state {
        let state = Value::String(state.key().to_owned());
        let _ = writeln!(words, "- {}", reading::line("state", &state, messages));
        if let Some(reason) = reason {
            let reason = Value::String(reason.words(messages.lang()).to_owned());
            let _ = writeln!(words, "- {}", reading::line("reason", &reason, messages));
        }
    }
    Some(words)
}

/// A list of what a date, an amount or a target is read as, or the problem with it.
fn quantity_words(context: &CursorContext<'_, '_>, quantity: Quantity, written: &str, figures: Lang) -> String {
    let messages = context.messages;
    let lang = messages.lang();
    let year = if let Some(SheetKind::Objective(year)) = context.file() { Some(year) } else { None };
    let read = match quantity {
        Quantity::Target => reading::target(written, Conventions { lang: figures, year }, None, lang),
        Quantity::Date => reading::date(written, year, lang),
        Quantity::Amount => reading::amount(written, figures, lang),
    };
    let mut words = String::new();
    match read {
        Ok(read) => {
            for (name, value) in read.iter().filter(|(name, value)| *name != "written" && !value.is_null()) {
                let _ = writeln!(words, "- {}", plain_text(&reading::line(name, value, messages)));
            }
        }
        Err(problem) => {
            let (message, help) = (messages.message(&problem), messages.help(&problem));
            let _ = writeln!(words, "{} {}", plain_text(&message), plain_text(&help));
        }
    }
    words
}

/// The state of the indicator at the cursor, with the reason if its figures don't decide it.
fn state(context: &CursorContext<'_, '_>, edition: &Edition) -> Option<(IndicatorState, Option<Reason>)> {
    let entries = parse::entries(context.path, context.text)?;
    let record = entries.records.first()?;
    let list = record
        .entries
        .iter()
        .find(|entry| matches!(entry.field.name, "indicators" | "expected_results"))?;
    let index = list.records.iter().position(|indicator| indicator.bytes.contains(&context.byte))?;
    let catalogue = &edition.site.catalogue;
    let objective = catalogue.objectives.iter().find(|objective| &*objective.origin.path == context.path);
    let (indicator, last_day) = match objective {
        Some(objective) => (objective.indicators.get(index)?, Some(objective.last_day())),
        None => {
            let project = catalogue.projects.iter().find(|project| &*project.origin.path == context.path)?;
            (project.expected_results.get(index)?, project.end.as_ref().and_then(|end| end.read()?.latest()))
        }
    };
    Some((indicator.computed(last_day, edition.site.as_of).counted(indicator.declared), indicator.reason()))
}

/// A text with its marks escaped, so that they are no Markdown (CommonMark 0.31, §2.4).
fn plain_text(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '&') {
            plain.push('\\');
        }
        plain.push(c);
    }
    plain
}
