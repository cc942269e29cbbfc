//! Values of fields.

use std::ops::Deref;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use url::Url;

use super::declaration::{Field, Holds};
use super::field::{Reader, Value};
use super::node::Node;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Amount, Bound, Cig, Colour, Cup, DateError, DateUnit, Decimal, Doubt, EdtfDate, Lang, Percent, Translated,
    UnknownWord, Written, is_dangerous,
};

impl Value for String {
    const HOLDS: Holds = Holds::Text;

    fn read(node: Node, at: &mut Reader<'_>) -> Option<Self> {
        at.written(node)
    }

    fn schema() -> Json {
        json!({ "type": ["string", "number", "boolean"] })
    }
}

impl Value for bool {
    const HOLDS: Holds = Holds::YesNo;

    fn read(node: Node, at: &mut Reader<'_>) -> Option<Self> {
        match node {
            Node::Bool(value) => Some(value),
            Node::Text(text) if ["sì", "si", "yes", "vero"].contains(&text.trim().to_lowercase().as_str()) => {
                Some(true)
            }
            Node::Text(text) if ["no", "falso"].contains(&text.trim().to_lowercase().as_str()) => Some(false),
            other => at.wrong_type("yes_no", &other),
        }
    }

    fn schema() -> Json {
        json!({ "type": ["boolean", "string"] })
    }
}

/// A list; one value alone is a list of one, and blank entries don't count.
impl<T: Value> Value for Vec<T> {
    const WITHIN: &'static [Field] = T::WITHIN;
    const HOLDS: Holds = Holds::List(&T::HOLDS);

    fn read(node: Node, at: &mut Reader<'_>) -> Option<Self> {
        let list = match node {
            Node::List(list) => list,
            one => return Some(T::read(one, at).into_iter().collect()),
        };
        // Lists are kept as long as the site is, and most are short: they take no more space than they need.
        let mut read = Self::with_capacity(list.len());
        let nodes = list.into_iter().filter(|node| !node.is_blank()).enumerate();
        read.extend(nodes.filter_map(|(i, node)| at.at_index(i, |at| T::read(node, at))));
        Some(read)
    }

    fn schema() -> Json {
        json!({ "type": ["array", "string", "object", "number"], "items": T::schema() })
    }
}

/// A value, or none.
impl<T: Value> Value for Option<T> {
    const WITHIN: &'static [Field] = T::WITHIN;
    const HOLDS: Holds = T::HOLDS;

    fn read(node: Node, at: &mut Reader<'_>) -> Option<Self> {
        T::read(node, at).map(Some)
    }

    fn schema() -> Json {
        T::schema()
    }
}

/// A value in the first language.
impl<T: Value> Value for Translated<T> {
    const WITHIN: &'static [Field] = T::WITHIN;
    const HOLDS: Holds = T::HOLDS;

    fn read(node: Node, at: &mut Reader<'_>) -> Option<Self> {
        T::read(node, at).map(Self::from)
    }

    fn schema() -> Json {
        T::schema()
    }
}

/// Name of another record, as written. It is empty if the value is of another type, which is a problem of its own: a
/// record with a parent that can't be read isn't one without a parent.
#[derive(Clone, Debug, Hash, Serialize, Deserialize)]
pub(crate) struct Reference(pub(crate) Box<str>);

impl Value for Reference {
    const HOLDS: Holds = Holds::Reference;

    fn read(node: Node, at: &mut Reader<'_>) -> Option<Self> {
        Some(Self(at.written(node).unwrap_or_default().into()))
    }

    fn schema() -> Json {
        String::schema()
    }
}

/// A year of four figures.
#[derive(Clone, Copy, Debug, Hash, Serialize, Deserialize)]
pub(crate) struct Year(pub(crate) i16);

impl Value for Year {
    const HOLDS: Holds = Holds::Year;

    fn read(node: Node, at: &mut Reader<'_>) -> Option<Self> {
        let text = at.written(node)?;
        match text.parse::<i16>() {
            Ok(year) if (1000..=9999).contains(&year) => Some(Self(year)),
            _ => at.refuse_whole("year", &text),
        }
    }

    fn schema() -> Json {
        json!({ "type": ["integer", "string"] })
    }
}

impl Value for Written<Option<EdtfDate>> {
    const HOLDS: Holds = Holds::Date;

    fn read(node: Node, at: &mut Reader<'_>) -> Option<Self> {
        let text = at.written(node)?;
        let value = date(&text, at);
        Some(Self::new(text, value))
    }

    fn schema() -> Json {
        json!({ "type": ["string", "integer"], "examples": ["31/12/2020", "Ultimo trimestre 2016", "2022"] })
    }
}

/// Reads a date as an office writes it, or adds the problem. A start takes the beginning of a span of time and an end
/// its end, with a warning.
fn date(text: &str, at: &mut Reader<'_>) -> Option<EdtfDate> {
    match EdtfDate::read(text, at.year) {
        Ok(date) => {
            // Pages say the date of a document in their own words.
            if at.key() == "date"
                && let DateUnit::Day(day) = date.unit()
                && date.bound() == Bound::In
            {
                at.canonical_form(text, day.to_string());
            }
            Some(date)
        }
        Err(DateError::Span { span, .. })
            if ["start", "actual_start", "end", "actual_end", "due"].contains(&&*at.key()) =>
        {
            let date = if at.key().ends_with("start") { span.first() } else { span.last() };
            let read = date.words(at.languages.first);
            let problem = at.problem(Code::SpanForDate).with("written", text).with("read", read);
            at.report.add(problem);
            Some(date)
        }
        Err(error) => {
            let problem = unread_date(text, &error, |code| at.problem(code));
            at.report.add(problem);
            None
        }
    }
}

/// Problem of words that are no date, with the nearest valid date. `problem` makes it at its place.
pub(crate) fn unread_date(text: &str, error: &DateError, problem: impl FnOnce(Code) -> Diagnostic) -> Diagnostic {
    let (code, nearest) = match error {
        DateError::Span { span, .. } => {
            let ends = [span.first(), span.last()].map(|end| end.words(Lang::It));
            let [start, end] = ends;
            return problem(Code::TwoDates).with("written", text).with("start", start).with("end", end);
        }
        DateError::Backwards { start, end } => {
            let problem = problem(Code::EndBeforeStart).with("start", start.words(Lang::It));
            return problem.with("end", end.words(Lang::It));
        }
        DateError::Impossible { nearest, .. } => (Code::ImpossibleDay, *nearest),
        DateError::Vague { nearest, .. } => (Code::BadDate, Some(*nearest)),
        _ => (Code::BadDate, None),
    };
    let problem = problem(code).with("written", text);
    match nearest {
        Some(nearest) => problem.with("nearest", nearest.words(Lang::It)),
        None => problem,
    }
}

/// Day of an update, which orders it among the others.
impl Value for Date {
    const HOLDS: Holds = Holds::Day;

    fn read(node: Node, at: &mut Reader<'_>) -> Option<Self> {
        let text = at.written(node)?;
        match EdtfDate::read(&text, at.year) {
            Ok(date) if date.bound() == Bound::In && date.earliest() == date.latest() => {
                let day = date.earliest()?;
                at.canonical_form(&text, day.to_string());
                Some(day)
            }
            Err(error @ DateError::Impossible { .. }) => {
                let problem = unread_date(&text, &error, |code| at.problem(code));
                at.report.add(problem);
                None
            }
            _ => at.refuse(Code::NotADay, &text),
        }
    }

    fn schema() -> Json {
        json!({ "type": "string", "examples": ["2023-12-02", "2 dicembre 2023"] })
    }
}

/// Warns of a number that can be read in two ways, if the site's languages leave a doubt. The repair is in the figures
/// of the site's first language.
pub(crate) fn doubtful(written: &str, doubt: Option<Doubt>, at: &mut Reader<'_>) {
    let is_doubtful = match doubt {
        Some(Doubt::Mark) => true,
        Some(Doubt::Language) => at.languages.differ,
        None => false,
    };
    if is_doubtful {
        let read = Decimal::without_doubt(written, at.languages.first);
        let problem = at.problem(Code::DoubtfulNumber).with("written", written).with("read", read);
        at.report.add(problem);
    }
}

impl Value for Written<Option<Percent>> {
    const HOLDS: Holds = Holds::Percent;

    fn read(node: Node, at: &mut Reader<'_>) -> Option<Self> {
        let text = at.written(node)?;
        let percent = match Percent::read(&text, at.languages.first) {
            Ok(percent) if !percent.is_share() => {
                let problem = at.problem(Code::OutOfRange).with("written", &*text);
                at.report.add(problem);
                Some(percent)
            }
            Ok(percent) => {
                let figures = text.trim_end_matches('%').trim_end();
                let reading = Decimal::parse(figures, at.languages.first);
                doubtful(&text, reading.ok().and_then(|reading| reading.doubt), at);
                // `12.5` would be a doubtful number: a point divides thousands, too.
                let is_plain = text.bytes().all(|byte| byte.is_ascii_digit());
                let mut wholes = (0..=100).filter(|_| !is_plain);
                if let Some(whole) = wholes.find(|whole| Decimal::from(*whole) == percent.value()) {
                    at.canonical_form(&text, whole.to_string());
                }
                Some(percent)
            }
            Err(_) => at.refuse(Code::BadNumber, &text),
        };
        Some(Self::new(text, percent))
    }

    fn schema() -> Json {
        json!({ "type": ["string", "number"], "examples": ["50,00", "50%"] })
    }
}

impl Value for Written<Option<Amount>> {
    const HOLDS: Holds = Holds::Amount;

    fn read(node: Node, at: &mut Reader<'_>) -> Option<Self> {
        let text = at.written(node)?;
        let amount = match Amount::read(&text, at.languages.first) {
            Ok(amount) => {
                doubtful(&text, amount.doubt(), at);
                Some(amount)
            }
            Err(_) => at.refuse(Code::BadAmount, &text),
        };
        Some(Self::new(text, amount))
    }

    fn schema() -> Json {
        json!({ "type": ["string", "number"], "examples": ["6.000.000,00 €"] })
    }
}

/// Absolute web address (http or https) in its normal form.
fn web_address(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then(|| url.into())
}

/// Web address in a record. Words that are none are shown without a link.
impl Value for Written<Option<String>> {
    const HOLDS: Holds = Holds::WebAddress;

    fn read(node: Node, at: &mut Reader<'_>) -> Option<Self> {
        let text = at.written(node)?;
        let address = web_address(&text);
        if address.is_none() {
            let code = if is_dangerous(&text) { Code::UnsafeAddress } else { Code::BadAddress };
            at.add(code, &text);
        }
        Some(Self::new(text, address))
    }

    fn schema() -> Json {
        WebAddress::schema()
    }
}

/// Destination of a link: a web address, a page or a file of the site, which later stages look for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct LinkTo(pub(crate) String);

impl Deref for LinkTo {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Value for LinkTo {
    const HOLDS: Holds = Holds::Link;

    fn read(node: Node, at: &mut Reader<'_>) -> Option<Self> {
        let text = at.written(node)?;
        if is_dangerous(&text) {
            at.add(Code::UnsafeAddress, &text);
        }
        Some(Self(text))
    }

    fn schema() -> Json {
        String::schema()
    }
}

/// Web address in `site.toml`, without which the site would be incomplete.
#[derive(Clone, Debug)]
pub(crate) struct WebAddress(pub(crate) String);

impl Value for WebAddress {
    const HOLDS: Holds = Holds::WebAddress;

    fn read(node: Node, at: &mut Reader<'_>) -> Option<Self> {
        let text = at.written(node)?;
        let address = web_address(&text);
        if address.is_none() {
            let problem = at.problem(Code::UnsafeAddress).with("case", "site").with("written", text);
            at.report.add(problem);
        }
        address.map(Self)
    }

    fn schema() -> Json {
        json!({ "type": "string", "format": "uri" })
    }
}

macro_rules! identifiers {
    ($($type:ident $kind:literal;)+) => {$(
        impl Value for $type {
            const HOLDS: Holds = Holds::Identifier;

            fn read(node: Node, at: &mut Reader<'_>) -> Option<Self> {
                let text = at.written(node)?;
                Some(Self::parse(&text).unwrap_or_else(|_| {
                    let problem = at.problem(Code::BadIdentifier).with("kind", $kind).with("written", &*text);
                    at.report.add(problem);
                    Self::as_written(&text)
                }))
            }

            fn schema() -> Json {
                json!({ "type": ["string", "integer"] })
            }
        }
    )+};
}

identifiers! {
    Cup "CUP";
    Cig "CIG";
}

/// Declares values that are one word of a closed set.
macro_rules! words {
    ($($type:ident),+) => {$(
        impl Value for crate::model::$type {
            const HOLDS: Holds = Holds::Word;

            fn read(node: Node, at: &mut Reader<'_>) -> Option<Self> {
                let text = at.written(node)?;
                Self::read(&text).map_err(|error| unknown_word(&error, at)).ok()
            }

            fn schema() -> Json {
                let italian: Vec<&str> = Self::ALL.iter().filter_map(|word| word.words(Lang::It).first().copied()).collect();
                // Case and the words of other languages are as good.
                json!({ "type": "string", "anyOf": [{ "enum": Self::KEYS }, { "enum": italian }, true] })
            }
        }
    )+};
}

words!(Direction, Health, IndicatorState, Lifecycle, NamePolicy, ObjectiveState);

fn unknown_word(error: &UnknownWord, at: &mut Reader<'_>) {
    let problem = at
        .problem(Code::UnknownWord)
        .with("key", at.key())
        .with("written", error.written.as_str())
        .with("known", error.known.join(", "))
        .nearest(&error.written, error.known.iter().copied());
    at.report.add(problem);
}

/// Value of a name in a table, such as a language or a menu entry.
pub(crate) fn one_of<T: Copy>(text: &str, table: &[(T, &'static str)], at: &mut Reader<'_>) -> Option<T> {
    if let Some((value, _)) = table.iter().find(|(_, name)| name.eq_ignore_ascii_case(text)) {
        return Some(*value);
    }
    let known: Vec<&str> = table.iter().map(|(_, name)| *name).collect();
    let problem = at
        .problem(Code::UnknownWord)
        .with("key", at.key())
        .with("written", text)
        .with("known", known.join(", "))
        .nearest(text, known);
    at.report.add(problem);
    None
}

impl Value for Colour {
    const HOLDS: Holds = Holds::Colour;

    fn read(node: Node, at: &mut Reader<'_>) -> Option<Self> {
        let text = at.written(node)?;
        let digits = text.strip_prefix('#').unwrap_or("");
        let long: String = match digits.len() {
            3 => digits.chars().flat_map(|c| [c, c]).collect(),
            _ => digits.to_owned(),
        };
        let channel = |i: usize| long.get(i..i + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
        match (long.len(), channel(0), channel(2), channel(4)) {
            (6, Some(red), Some(green), Some(blue)) => Some(Self([red, green, blue])),
            _ => at.refuse(Code::BadColour, &text),
        }
    }

    fn schema() -> Json {
        json!({ "type": "string", "pattern": "^#([0-9a-fA-F]{3}){1,2}$" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;
    use crate::source::SourceTree;

    #[test]
    fn doubtful_figures_are_repaired_in_those_of_the_first_language() {
        for (languages, written, read) in [
            (r#""it""#, "almeno 1.5", Some("almeno 1,5")),
            (r#""it""#, "almeno 1.500", None),
            (r#""it""#, "1,500 €", Some("1,5 €")),
            (r#""it", "de""#, "1.500", None),
            (r#""it", "en""#, "1.500", Some("1500")),
            (r#""de", "en""#, "mindestens 1.500 km", Some("mindestens 1500 km")),
            (r#""en""#, "1,500", None),
            (r#""en""#, "1.025", None),
            (r#""en""#, "at least 1,5", Some("at least 1.5")),
            (r#""en", "it""#, "1,500", Some("1500")),
            (r#""en", "it""#, "1.025", Some("1.0250")),
            (r#""en", "it""#, "1,500.00", None),
        ] {
            let site =
                format!("[site]\ntitle = \"P\"\nbase_url = \"https://example.org\"\nlanguages = [{languages}]\n");
            let sheet = format!("---\ntitle: T\nunit: u\nindicators:\n  - {{title: I, target: \"{written}\"}}\n---\n");
            let tree = SourceTree::from_texts([("site.toml", site), ("content/objectives/2020/A.md", sheet)]);
            let (_, report) = parse::parse(&tree);
            let doubts = report.iter().filter(|problem| problem.code == Code::DoubtfulNumber);
            let found: Vec<Option<&str>> = doubts.map(|problem| problem.arg("read")).collect();
            assert_eq!(found, read.map(Some).into_iter().collect::<Vec<_>>(), "{written} in {languages}");
        }
    }
}
