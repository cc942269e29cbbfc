use std::fmt::Write as _;

use clap::{Args, ValueEnum};
use serde_json::{Map, Value, json};

use super::{Done, Failure, print_words, tell};
use crate::diagnostic::{Code, Diagnostic, Messages, Place};
use crate::model::{Actual, Amount, Direction, EdtfDate, FileId, IndicatorState, Lang, Operator, Target};
use crate::parse::{unread_actual, unread_date, unread_target};

#[derive(Args, Debug)]
pub(super) struct Arguments {
    #[arg(value_enum)]
    what: What,
    #[arg(allow_hyphen_values = true)]
    text: String,
    #[arg(long, value_name = "Y", value_parser = clap::value_parser!(i16).range(1000..=9999))]
    year: Option<i16>,
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    actual: Option<String>,
    #[arg(long, value_enum, default_value_t = Kind::Human)]
    format: Kind,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum What {
    Target,
    Date,
    Amount,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    Human,
    Json,
}

pub(super) fn run(arguments: &Arguments, messages: &Messages) -> Result<Done, Failure> {
    let lang = messages.lang();
    let reading = match arguments.what {
        What::Target => target(arguments, lang),
        What::Date => date(arguments, lang),
        What::Amount => amount(arguments, lang),
    };
    match reading {
        Ok(reading) if arguments.format == Kind::Json => print_words(&format!("{}\n", Value::Object(reading))),
        Ok(reading) => {
            let mut words = String::new();
            for (name, value) in &reading {
                let _ = writeln!(words, "{}", line(name, value, messages));
            }
            print_words(&words)
        }
        Err(problem) => {
            tell(&format!("vetro: {} {}", messages.message(&problem), messages.help(&problem)));
            Ok(Done::Wrong)
        }
    }
}

/// A field of a reading, in words.
fn line(name: &str, value: &Value, messages: &Messages) -> String {
    let value = match value {
        Value::Null => "none",
        Value::Bool(true) => "yes",
        Value::Bool(false) => "no",
        Value::String(text) => text,
        _ => "",
    };
    // What comes from a list of words has its own in each language; the rest stays as it is.
    let listed = ["kind", "operator", "state", "assumed"].contains(&name) || value == "none";
    let word = messages.find(&format!("reading.word.{value}")).filter(|_| listed);
    messages.ui(&format!("reading.{name}"), &[("value", word.unwrap_or(value).into())])
}

/// A problem of words that stand in no file.
fn nowhere(code: Code) -> Diagnostic {
    Diagnostic::new(code, FileId::NONE, Place::File)
}

/// The fields of a reading, named as the contract of `read --format json` fixes them.
type Reading = Map<String, Value>;

fn target(arguments: &Arguments, lang: Lang) -> Result<Reading, Diagnostic> {
    let target = Target::read(&arguments.text, Direction::Up, arguments.year)
        .map_err(|error| unread_target(&arguments.text, &error, nowhere))?;
    let mut reading = Reading::new();
    reading.insert("written".into(), json!(arguments.text));
    reading.insert("kind".into(), json!(target.kind().key()));
    reading.insert("operator".into(), json!(target.operator().map(Operator::key)));
    reading.insert("value".into(), json!(target.value()));
    reading.insert("assumed".into(), json!(target.is_assumed()));
    reading.insert("words".into(), json!(target.words(lang)));
    if let Some(unit) = target.unit() {
        reading.insert("unit".into(), json!(unit));
    }
    if let Some(written) = &arguments.actual {
        let actual = Actual::read(written, &target, arguments.year)
            .map_err(|error| unread_actual(written, &arguments.text, &error, nowhere))?;
        reading.insert("state".into(), json!(IndicatorState::from(target.judge(&actual, None)).key()));
    }
    Ok(reading)
}

fn date(arguments: &Arguments, lang: Lang) -> Result<Reading, Diagnostic> {
    let date = EdtfDate::read(&arguments.text, arguments.year)
        .map_err(|error| unread_date(&arguments.text, &error, nowhere))?;
    let mut reading = Reading::new();
    reading.insert("written".into(), json!(arguments.text));
    reading.insert("edtf".into(), json!(date.to_string()));
    reading.insert("earliest".into(), json!(date.earliest().map(|day| day.to_string())));
    reading.insert("latest".into(), json!(date.latest().map(|day| day.to_string())));
    reading.insert("words".into(), json!(date.words(lang)));
    Ok(reading)
}

fn amount(arguments: &Arguments, lang: Lang) -> Result<Reading, Diagnostic> {
    let amount =
        Amount::read(&arguments.text).map_err(|_| nowhere(Code::BadAmount).with("written", arguments.text.as_str()))?;
    let mut reading = Reading::new();
    reading.insert("written".into(), json!(arguments.text));
    reading.insert("value".into(), json!(amount.value().to_string()));
    reading.insert("currency".into(), json!(amount.currency().to_string()));
    reading.insert("words".into(), json!(amount.words(lang)));
    Ok(reading)
}
