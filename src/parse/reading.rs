//! How what an office writes is read, for people and for programs.

use serde_json::{Map, Value, json};

use super::{unread_date, unread_target};
use crate::diagnostic::{Code, Diagnostic, Messages, Place};
use crate::model::{
    Actual, Amount, Context, Conventions, DateError, EdtfDate, FileId, IndicatorState, Lang, Operator, Target, Verdict,
};

/// A field of a reading, in words.
pub(crate) fn line(name: &str, value: &Value, messages: &Messages) -> String {
    let value = match value {
        Value::Null => "none",
        Value::Bool(true) => "yes",
        Value::Bool(false) => "no",
        Value::String(text) => text,
        _ => "",
    };
    // What comes from a list of words has its own in each language; the rest stays as it is.
    let listed = ["kind", "operator", "state", "assumed", "approximate", "vat"].contains(&name) || value == "none";
    let word = messages.find(&format!("reading.word.{value}")).filter(|_| listed);
    messages.ui(&format!("reading.{name}"), &[("value", word.unwrap_or(value).into())])
}

/// A problem of words that stand in no file.
fn nowhere(code: Code) -> Diagnostic {
    Diagnostic::new(code, FileId::NONE, Place::File)
}

/// The fields of a reading, named as the contract of `read --format json` fixes them.
pub(crate) type Reading = Map<String, Value>;

/// A target; with what came of it, the state too.
pub(crate) fn target(
    text: &str,
    conventions: Conventions,
    actual: Option<&str>,
    lang: Lang,
) -> Result<Reading, Diagnostic> {
    let target =
        Target::read(text, &Context::default(), conventions).map_err(|error| unread_target(text, &error, nowhere))?;
    let mut reading = Reading::new();
    reading.insert("written".into(), json!(text));
    reading.insert("kind".into(), json!(target.kind().key()));
    reading.insert("operator".into(), json!(target.operator().map(Operator::key)));
    reading.insert("value".into(), json!(target.value()));
    reading.insert("assumed".into(), json!(target.is_assumed()));
    reading.insert("words".into(), json!(target.words(lang)));
    if let Some(unit) = target.unit() {
        reading.insert("unit".into(), json!(unit));
    }
    if let Some(written) = actual {
        let actual =
            Actual::read(written, &target, conventions).map_err(|error| unread_date(written, &error, nowhere))?;
        let verdict = target.judge(&actual, None);
        reading.insert("state".into(), json!(IndicatorState::from(verdict).key()));
        if let Verdict::NotEvaluable(reason) = verdict {
            reading.insert("reason".into(), json!(reason.words(lang)));
        }
    }
    Ok(reading)
}

/// A date, a part of time or a span of it.
pub(crate) fn date(text: &str, year: Option<i16>, lang: Lang) -> Result<Reading, Diagnostic> {
    let (edtf, earliest, latest, words) = match EdtfDate::read(text, year) {
        Ok(date) => (date.to_string(), date.earliest(), date.latest(), date.words(lang)),
        Err(DateError::Span { span, .. }) => {
            (span.to_string(), Some(span.earliest()), Some(span.latest()), span.words(lang))
        }
        Err(error) => return Err(unread_date(text, &error, nowhere)),
    };
    let mut reading = Reading::new();
    reading.insert("written".into(), json!(text));
    reading.insert("edtf".into(), json!(edtf));
    reading.insert("earliest".into(), json!(earliest.map(|day| day.to_string())));
    reading.insert("latest".into(), json!(latest.map(|day| day.to_string())));
    reading.insert("words".into(), json!(words));
    if let Some(note) = EdtfDate::note(text) {
        reading.insert("note".into(), json!(note));
    }
    Ok(reading)
}

/// An amount of money, with figures in one language and said in another.
pub(crate) fn amount(text: &str, figures: Lang, lang: Lang) -> Result<Reading, Diagnostic> {
    let amount = Amount::read(text, figures).map_err(|_| nowhere(Code::BadAmount).with("written", text))?;
    let mut reading = Reading::new();
    reading.insert("written".into(), json!(text));
    reading.insert("value".into(), json!(amount.value().to_string()));
    reading.insert("currency".into(), json!(amount.currency().to_string()));
    reading.insert("words".into(), json!(amount.words(lang)));
    if amount.is_approximate() {
        reading.insert("approximate".into(), json!(true));
    }
    if let Some(vat) = amount.vat() {
        reading.insert("vat".into(), json!(vat.key()));
    }
    Ok(reading)
}
