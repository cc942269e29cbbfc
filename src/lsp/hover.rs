//! What stands at the cursor, in words.

use std::fmt::Write as _;

use serde_json::Value;

use super::complete::{CompletionRequest, about, is_italian};
use super::cursor::{Cursor, CursorPart};
use super::names::{defined, named};
use crate::Edition;
use crate::diagnostic::Messages;
use crate::model::{Conventions, IndicatorState, Lang, Reason};
use crate::parse::{Quantity, SheetKind as File, entries, reading};

/// Markdown about the field at the cursor and its value. `edition` is one of the text as it is, `figures` the language of
/// figures.
pub(super) fn words(
    asked: &CompletionRequest<'_, '_>,
    cursor: &Cursor<'_>,
    edition: Option<&Edition>,
    figures: Lang,
) -> Option<String> {
    let (file, field) = (File::of(asked.path), cursor.field?);
    let written = asked.text.get(cursor.word.clone()).unwrap_or_default().trim();
    let name = field.also.first().filter(|_| is_italian(asked, cursor)).unwrap_or(&field.name);
    let mut words = format!("**{name}**: {}", about(field, asked.messages));
    if field.required {
        let _ = write!(words, " ({})", asked.messages.ui("lsp.required", &[]));
    }
    if cursor.part != CursorPart::Value || written.is_empty() {
        return Some(words);
    }
    let within = cursor.within.last().copied();
    let kind = file.and_then(|file| named(file, within, field.name).or(defined(file, within, field.name)));
    if let Some(id) = kind.and_then(|kind| asked.names.resolve(kind, written, asked.path)) {
        let thing = asked.names.thing(id);
        let _ = write!(words, "\n\n`{}` {}", thing.name, plain_text(&thing.title));
    }
    let Some(quantity) = field.holds.quantity() else { return Some(words) };
    let year = if let Some(File::Objective(year)) = file { Some(year) } else { None };
    let lang = asked.messages.lang();
    let read = match quantity {
        Quantity::Target => reading::target(written, Conventions { lang: figures, year }, None, lang),
        Quantity::Date => reading::date(written, year, lang),
        Quantity::Amount => reading::amount(written, figures, lang),
    };
    words.push_str("\n\n");
    match read {
        Ok(read) => {
            for (name, value) in read.iter().filter(|(name, value)| *name != "written" && !value.is_null()) {
                let _ = writeln!(words, "- {}", plain_text(&reading::line(name, value, asked.messages)));
            }
        }
        Err(problem) => {
            let (message, help) = (asked.messages.message(&problem), asked.messages.help(&problem));
            let _ = writeln!(words, "{} {}", plain_text(&message), plain_text(&help));
        }
    }
    let stands = edition.filter(|_| quantity == Quantity::Target).and_then(|edition| state(asked, edition));
    if let Some((state, reason)) = stands {
        let _ = writeln!(words, "- {}", say_state(state, asked.messages));
        if let Some(reason) = reason {
            let reason = Value::String(reason.words(lang).to_owned());
            let _ = writeln!(words, "- {}", reading::line("reason", &reason, asked.messages));
        }
    }
    Some(words)
}

fn say_state(state: IndicatorState, messages: &Messages) -> String {
    reading::line("state", &Value::String(state.key().to_owned()), messages)
}

/// How the indicator at the cursor stands, and why where its figures can't say.
fn state(asked: &CompletionRequest<'_, '_>, edition: &Edition) -> Option<(IndicatorState, Option<Reason>)> {
    let entries = entries(asked.path, asked.text)?;
    let record = entries.records.first()?;
    let list = record
        .entries
        .iter()
        .find(|entry| matches!(entry.field.name, "indicators" | "expected_results"))?;
    let place = list.records.iter().position(|indicator| indicator.bytes.contains(&asked.byte))?;
    let catalogue = &edition.site.catalogue;
    let objective = catalogue.objectives.iter().find(|objective| &*objective.origin.path == asked.path);
    let (indicator, last_day) = match objective {
        Some(objective) => (objective.indicators.get(place)?, Some(objective.last_day())),
        None => {
            let project = catalogue.projects.iter().find(|project| &*project.origin.path == asked.path)?;
            (project.expected_results.get(place)?, project.end.as_ref().and_then(|end| end.read()?.latest()))
        }
    };
    Some((indicator.computed(last_day, edition.site.as_of).counted(indicator.declared), indicator.reason()))
}

/// A text whose marks are no Markdown (CommonMark 0.31, §2.4).
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
