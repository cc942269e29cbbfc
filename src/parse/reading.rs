//! Readings of single words (`vetro read`), for people and for programs.

use serde_json::{Map, Value, json};

use super::measure::unread_target;
use super::value::unread_date;
use crate::diagnostic::{Code, Diagnostic, Messages, Place};
use crate::model::{
    Actual, Amount, Context, Conventions, DateError, EdtfDate, FileId, IndicatorState, Lang, Operator, Target, Verdict,
};

/// Field of a reading, in words.
pub(crate) fn line(name: &str, value: &Value, messages: &Messages) -> String {
    let value = match value {
        Value::Null => "none",
        Value::Bool(true) => "yes",
        Value::Bool(false) => "no",
        Value::String(text) => text,
        _ => "",
    };
    // A value of a list of words has its own words in each language; any other stays as it is.
    let listed = ["kind", "operator", "state", "assumed", "approximate", "vat"].contains(&name) || value == "none";
    let word = messages.find(&format!("reading.word.{value}")).filter(|_| listed);
    messages.ui(&format!("reading.{name}"), &[("value", word.unwrap_or(value).into())])
}

/// Problem of words that are in no file.
fn problem(code: Code) -> Diagnostic {
    Diagnostic::new(code, FileId::NONE, Place::File)
}

/// Fields of a reading, named as the contract of `read --format json` fixes them.
pub(crate) type Reading = Map<String, Value>;

/// Reading of a target; with its outcome, the state too.
pub(crate) fn target(
    text: &str,
    conventions: Conventions,
    actual: Option<&str>,
    lang: Lang,
) -> Result<Reading, Diagnostic> {
    let target =
        Target::read(text, &Context::default(), conventions).map_err(|error| unread_target(text, &error, problem))?;
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
            Actual::read(written, &target, conventions).map_err(|error| unread_date(written, &error, problem))?;
        let verdict = target.judge(&actual, None);
        reading.insert("state".into(), json!(IndicatorState::from(verdict).key()));
        if let Verdict::NotEvaluable(reason) = verdict {
            reading.insert("reason".into(), json!(reason.words(lang)));
        }
    }
    Ok(reading)
}

/// Reading of a date, a part of time or a span of it.
pub(crate) fn date(text: &str, year: Option<i16>, lang: Lang) -> Result<Reading, Diagnostic> {
    let (edtf, earliest, latest, words) = match EdtfDate::read(text, year) {
        Ok(date) => (date.to_string(), date.earliest(), date.latest(), date.words(lang)),
        Err(DateError::Span { span, .. }) => {
            (span.to_string(), Some(span.earliest()), Some(span.latest()), span.words(lang))
        }
        Err(error) => return Err(unread_date(text, &error, problem)),
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

/// Reading of an amount of money, with figures in one language and words in another.
pub(crate) fn amount(text: &str, figures: Lang, lang: Lang) -> Result<Reading, Diagnostic> {
    let amount = Amount::read(text, figures).map_err(|_| problem(Code::BadAmount).with("written", text))?;
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
