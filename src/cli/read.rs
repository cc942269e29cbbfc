use std::fmt::Write as _;

use camino::Utf8Path;
use clap::{Args, ValueEnum};
use serde_json::Value;

use super::{Done, Failure, print_message, print_output};
use crate::diagnostic::Messages;
use crate::model::{Conventions, Lang};
use crate::parse::{self, reading};
use crate::source;

#[derive(Args, Debug)]
pub(super) struct Arguments {
    #[arg(value_enum)]
    what: ReadAs,
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
enum ReadAs {
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
    let (text, lang) = (arguments.text.as_str(), messages.lang());
    let site = source::settings(Utf8Path::new("."));
    let figures = site.and_then(|text| parse::language(&text)).unwrap_or(Lang::It);
    let conventions = Conventions { lang: figures, year: arguments.year };
    let reading = match arguments.what {
        ReadAs::Target => reading::target(text, conventions, arguments.actual.as_deref(), lang),
        ReadAs::Date => reading::date(text, arguments.year, lang),
        ReadAs::Amount => reading::amount(text, figures, lang),
    };
    match reading {
        Ok(reading) if arguments.format == Kind::Json => print_output(&format!("{}\n", Value::Object(reading))),
        Ok(reading) => {
            let mut words = String::new();
            for (name, value) in &reading {
                let _ = writeln!(words, "{}", reading::line(name, value, messages));
            }
            print_output(&words)
        }
        Err(problem) => {
            print_message(&format!("vetro: {} {}", messages.message(&problem), messages.help(&problem)));
            Ok(Done::Wrong)
        }
    }
}
