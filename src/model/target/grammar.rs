//! How targets and outcomes are written.

use crate::model::amount::EURO;
use crate::model::date::{DateError, EdtfDate, is_month};
use crate::model::decimal::{Decimal, DecimalError, Doubt, Reading, SPOKEN_ZEROS};
use crate::model::scan::{Scanner, is_sign, is_space};

use super::{ActualError, Direction, Goal, Kind, Measure, Operator, Outcome, Target, TargetError};

/// Nothing yet.
const NONE: &[&str] = &[
    "-",
    "--",
    "\u{2013}",
    "\u{2014}",
    "/",
    "...",
    "\u{2026}",
    "?",
    "n.d.",
    "n.d",
    "nd",
    "n/d",
    "n. d.",
    "n.p.",
    "np",
    "da definire",
    "da definirsi",
    "da determinare",
    "in definizione",
    "in corso di definizione",
    "non definito",
    "non definita",
    "non disponibile",
    "dato non disponibile",
    "non indicato",
    "non indicata",
    "non pubblicato",
    "non rilevato",
    "nessun traguardo",
    "n/a",
    "n.a.",
    "n.a",
    "na",
    "no target",
    "tbd",
    "t.b.d.",
    "tba",
    "to be defined",
    "to be determined",
    "not defined",
    "not available",
    "not stated",
    "not published",
    "k.a.",
    "k. a.",
    "keine angabe",
    "keine angaben",
    "noch offen",
    "festzulegen",
    "noch festzulegen",
    "wird noch festgelegt",
    "nicht festgelegt",
    "noch nicht festgelegt",
    "zu definieren",
    "noch zu definieren",
    "nicht definiert",
    "zu bestimmen",
    "noch zu bestimmen",
    "nicht verfügbar",
    "nicht erhoben",
    "kein zielwert",
    "ohne zielwert",
    "nicht angegeben",
    "nicht veröffentlicht",
    "noch nicht veröffentlicht",
];

const YES: &[&str] = &[
    "si",
    "si/no",
    "s/n",
    "on/off",
    "fatto",
    "fatta",
    "fatti",
    "fatte",
    "realizzato",
    "realizzata",
    "realizzati",
    "realizzate",
    "realizzazione",
    "effettuato",
    "effettuata",
    "effettuati",
    "effettuate",
    "completato",
    "completata",
    "eseguito",
    "eseguita",
    "yes",
    "yes/no",
    "done",
    "true",
    "vero",
    "ja",
    "ja/nein",
    "j/n",
    "erledigt",
    "gemacht",
    "getan",
    "umgesetzt",
    "durchgeführt",
    "ausgeführt",
    "verwirklicht",
    "realisiert",
    "abgeschlossen",
    "fertiggestellt",
    "erfolgt",
    "umsetzung",
    "durchführung",
    "wahr",
];

const NO: &[&str] = &[
    "no",
    "non fatto",
    "non fatta",
    "non fatti",
    "non fatte",
    "non realizzato",
    "non realizzata",
    "non realizzati",
    "non realizzate",
    "non effettuato",
    "non effettuata",
    "non effettuati",
    "non effettuate",
    "non completato",
    "non completata",
    "non eseguito",
    "non eseguita",
    "not done",
    "false",
    "falso",
    "nein",
    "nicht erledigt",
    "nicht gemacht",
    "nicht getan",
    "nicht umgesetzt",
    "nicht durchgeführt",
    "nicht ausgeführt",
    "nicht verwirklicht",
    "nicht realisiert",
    "nicht abgeschlossen",
    "nicht fertiggestellt",
    "nicht erfolgt",
    "falsch",
];

/// Longer phrases come before those that they start with.
const OPERATORS: &[(&str, Operator)] = &[
    ("=>", Operator::Ge),
    (">=", Operator::Ge),
    ("> =", Operator::Ge),
    ("= >", Operator::Ge),
    ("≥", Operator::Ge),
    ("⩾", Operator::Ge),
    ("=<", Operator::Le),
    ("<=", Operator::Le),
    ("< =", Operator::Le),
    ("= <", Operator::Le),
    ("≤", Operator::Le),
    ("⩽", Operator::Le),
    (">", Operator::Gt),
    ("<", Operator::Lt),
    ("=", Operator::Eq),
    ("almeno", Operator::Ge),
    ("non inferiore", Operator::Ge),
    ("non inferiori", Operator::Ge),
    ("non minore", Operator::Ge),
    ("non minori", Operator::Ge),
    ("non meno", Operator::Ge),
    ("maggiore o uguale", Operator::Ge),
    ("maggiori o uguali", Operator::Ge),
    ("superiore o uguale", Operator::Ge),
    ("superiori o uguali", Operator::Ge),
    ("uguale o maggiore", Operator::Ge),
    ("uguale o superiore", Operator::Ge),
    ("pari o maggiore", Operator::Ge),
    ("pari o superiore", Operator::Ge),
    ("un minimo", Operator::Ge),
    ("minimo", Operator::Ge),
    ("min.", Operator::Ge),
    ("min", Operator::Ge),
    ("at least", Operator::Ge),
    ("not less than", Operator::Ge),
    ("no less than", Operator::Ge),
    ("not fewer than", Operator::Ge),
    ("no fewer than", Operator::Ge),
    ("not below", Operator::Ge),
    ("greater than or equal to", Operator::Ge),
    ("more than or equal to", Operator::Ge),
    ("equal to or greater than", Operator::Ge),
    ("equal to or more than", Operator::Ge),
    ("a minimum of", Operator::Ge),
    ("minimum", Operator::Ge),
    ("mindestens", Operator::Ge),
    ("wenigstens", Operator::Ge),
    ("zumindest", Operator::Ge),
    ("nicht weniger als", Operator::Ge),
    ("nicht kleiner als", Operator::Ge),
    ("nicht geringer als", Operator::Ge),
    ("nicht niedriger als", Operator::Ge),
    ("nicht unter", Operator::Ge),
    ("größer oder gleich", Operator::Ge),
    ("höher oder gleich", Operator::Ge),
    ("mehr oder gleich", Operator::Ge),
    ("größer gleich", Operator::Ge),
    ("gleich oder größer als", Operator::Ge),
    ("gleich oder größer", Operator::Ge),
    ("gleich oder höher als", Operator::Ge),
    ("gleich oder höher", Operator::Ge),
    ("gleich oder mehr als", Operator::Ge),
    ("ein minimum von", Operator::Ge),
    ("al massimo", Operator::Le),
    ("non superiore", Operator::Le),
    ("non superiori", Operator::Le),
    ("non maggiore", Operator::Le),
    ("non maggiori", Operator::Le),
    ("non piu", Operator::Le),
    ("non oltre", Operator::Le),
    ("minore o uguale", Operator::Le),
    ("minori o uguali", Operator::Le),
    ("inferiore o uguale", Operator::Le),
    ("inferiori o uguali", Operator::Le),
    ("uguale o minore", Operator::Le),
    ("uguale o inferiore", Operator::Le),
    ("pari o minore", Operator::Le),
    ("pari o inferiore", Operator::Le),
    ("un massimo", Operator::Le),
    ("massimo", Operator::Le),
    ("max.", Operator::Le),
    ("max", Operator::Le),
    ("fino", Operator::Le),
    ("at most", Operator::Le),
    ("no more than", Operator::Le),
    ("not more than", Operator::Le),
    ("not over", Operator::Le),
    ("not exceeding", Operator::Le),
    ("up to", Operator::Le),
    ("less than or equal to", Operator::Le),
    ("equal to or less than", Operator::Le),
    ("a maximum of", Operator::Le),
    ("maximum", Operator::Le),
    ("höchstens", Operator::Le),
    ("maximal", Operator::Le),
    ("nicht mehr als", Operator::Le),
    ("nicht größer als", Operator::Le),
    ("nicht höher als", Operator::Le),
    ("nicht über", Operator::Le),
    ("bis zu", Operator::Le),
    ("bis maximal", Operator::Le),
    ("bis höchstens", Operator::Le),
    ("kleiner oder gleich", Operator::Le),
    ("niedriger oder gleich", Operator::Le),
    ("weniger oder gleich", Operator::Le),
    ("kleiner gleich", Operator::Le),
    ("gleich oder kleiner als", Operator::Le),
    ("gleich oder kleiner", Operator::Le),
    ("gleich oder niedriger als", Operator::Le),
    ("gleich oder niedriger", Operator::Le),
    ("gleich oder weniger als", Operator::Le),
    ("ein maximum von", Operator::Le),
    ("maggiore", Operator::Gt),
    ("maggiori", Operator::Gt),
    ("superiore", Operator::Gt),
    ("superiori", Operator::Gt),
    // Without its preposition, `più 5%` would be a change.
    ("piu di", Operator::Gt),
    ("piu del", Operator::Gt),
    ("piu dello", Operator::Gt),
    ("piu della", Operator::Gt),
    ("piu dell'", Operator::Gt),
    ("piu dei", Operator::Gt),
    ("piu degli", Operator::Gt),
    ("piu delle", Operator::Gt),
    ("oltre", Operator::Gt),
    ("more than", Operator::Gt),
    ("greater than", Operator::Gt),
    ("higher than", Operator::Gt),
    ("in excess of", Operator::Gt),
    ("exceeding", Operator::Gt),
    ("over", Operator::Gt),
    ("above", Operator::Gt),
    ("mehr als", Operator::Gt),
    ("größer als", Operator::Gt),
    ("höher als", Operator::Gt),
    ("über", Operator::Gt),
    ("meno di", Operator::Lt),
    ("meno del", Operator::Lt),
    ("meno dello", Operator::Lt),
    ("meno della", Operator::Lt),
    ("meno dell'", Operator::Lt),
    ("meno dei", Operator::Lt),
    ("meno degli", Operator::Lt),
    ("meno delle", Operator::Lt),
    ("minore", Operator::Lt),
    ("minori", Operator::Lt),
    ("inferiore", Operator::Lt),
    ("inferiori", Operator::Lt),
    ("less than", Operator::Lt),
    ("fewer than", Operator::Lt),
    ("lower than", Operator::Lt),
    ("under", Operator::Lt),
    ("below", Operator::Lt),
    ("weniger als", Operator::Lt),
    ("kleiner als", Operator::Lt),
    ("geringer als", Operator::Lt),
    ("niedriger als", Operator::Lt),
    ("unter", Operator::Lt),
    ("pari", Operator::Eq),
    ("uguale", Operator::Eq),
    ("uguali", Operator::Eq),
    ("esattamente", Operator::Eq),
    ("equal to", Operator::Eq),
    ("equals", Operator::Eq),
    ("exactly", Operator::Eq),
    ("genau", Operator::Eq),
    ("exakt", Operator::Eq),
    ("gleich", Operator::Eq),
];

/// What stands between an operator and its figure.
const PREPOSITIONS: &[&str] = &[
    "a", "al", "allo", "alla", "all'", "ai", "agli", "alle", "di", "del", "dello", "della", "dell'", "dei", "degli",
    "delle", "il", "lo", "la", "l'", "i", "gli", "le", "of", "by", "to", "the", "von", "um", "als",
];

/// What says that a count follows.
const COUNT_MARKS: &[&str] = &["n.", "n°", "nº", "n", "nr.", "nr", "num.", "numero", "no."];

const PERCENT: &[&str] = &["%", "per cento", "percento", "percent", "per cent", "prozent"];

const RANGES: &[&str] = &[
    "compreso tra",
    "compresa tra",
    "compresi tra",
    "comprese tra",
    "compreso fra",
    "compresa fra",
    "compresi fra",
    "comprese fra",
    "tra",
    "fra",
    "between",
    "zwischen",
];

/// Whether it is a rise.
const CHANGES: &[(&str, bool)] = &[
    ("aumento", true),
    ("aumentare", true),
    ("incremento", true),
    ("incrementare", true),
    ("crescita", true),
    ("increase", true),
    ("growth", true),
    ("rise", true),
    ("erhöhung", true),
    ("erhöhen", true),
    ("steigerung", true),
    ("steigern", true),
    ("zunahme", true),
    ("anstieg", true),
    ("zuwachs", true),
    ("wachstum", true),
    ("riduzione", false),
    ("ridurre", false),
    ("diminuzione", false),
    ("diminuire", false),
    ("decremento", false),
    ("calo", false),
    ("reduction", false),
    ("reduce", false),
    ("decrease", false),
    ("fall", false),
    ("drop", false),
    ("rückgang", false),
    ("verringerung", false),
    ("verringern", false),
    ("reduzierung", false),
    ("reduzieren", false),
    ("reduktion", false),
    ("verminderung", false),
    ("vermindern", false),
    ("senkung", false),
    ("senken", false),
    ("abnahme", false),
];

/// Whether it is a rise, said after the figure: `5% in più`.
const CHANGES_AFTER: &[(&str, bool)] = &[
    ("in piu", true),
    ("more", true),
    ("mehr", true),
    ("in meno", false),
    ("less", false),
    ("fewer", false),
    ("weniger", false),
];

/// Words that show that more is meant than a figure and its unit.
const NOT_A_UNIT: &[&str] = &[
    "e",
    "ed",
    "o",
    "od",
    "oppure",
    "and",
    "or",
    "su",
    "out",
    "entro",
    "by",
    "within",
    "circa",
    "about",
    "almeno",
    "minimo",
    "massimo",
    "max",
    "piu",
    "meno",
    "more",
    "less",
    "fewer",
    "euro",
    "eur",
    "und",
    "oder",
    "bis",
    "innerhalb",
    "binnen",
    "etwa",
    "rund",
    "mindestens",
    "höchstens",
    "maximal",
    "mehr",
    "weniger",
];

/// Words that name what a change is measured against.
const REFERENCES: &[&str] = &[
    "rispetto",
    "sul",
    "sulla",
    "sull'anno",
    "sullo",
    "confronto",
    "compared",
    "over",
    "from",
    "relative",
    "dal",
    "dall'anno",
    "gegenüber",
    "vergleich",
    "verglichen",
    "als",
    "seit",
];

/// What stands before a length of time that must not be passed.
const WITHIN: &[&str] = &["entro", "within", "innerhalb", "binnen", "bis"];

/// Units of time, which turn `entro 30 giorni` into a figure.
const TIMES: &[&str] = &[
    "ore",
    "ora",
    "giorni",
    "giorno",
    "gg",
    "gg.",
    "settimane",
    "settimana",
    "mesi",
    "mese",
    "anni",
    "anno",
    "hours",
    "hour",
    "days",
    "day",
    "weeks",
    "week",
    "months",
    "month",
    "years",
    "year",
    "minuti",
    "minutes",
    "stunden",
    "stunde",
    "tagen",
    "tage",
    "tag",
    "arbeitstagen",
    "arbeitstage",
    "werktagen",
    "werktage",
    "kalendertagen",
    "kalendertage",
    "wochen",
    "woche",
    "monaten",
    "monate",
    "monats",
    "monat",
    "jahren",
    "jahre",
    "jahr",
    "minuten",
    "minute",
];

pub(super) fn goal(text: &str, direction: Direction, year: Option<i16>) -> Result<(Goal, Option<Doubt>), TargetError> {
    let words = Scanner::new(text);
    if words.rest().is_empty() || words.is_any(NONE) {
        return Ok((Goal::None, None));
    }
    if words.is_any(YES) {
        return Ok((Goal::Yes, None));
    }
    if may_be_date(words) {
        match EdtfDate::read(text, year) {
            Ok(date) => return Ok((Goal::Date(date), None)),
            Err(DateError::Empty | DateError::Unreadable { .. }) => {}
            Err(error) => return Err(TargetError::Date(error)),
        }
    }
    let read = match change(words)? {
        Some((change, doubt)) => Some((change.into_goal(), doubt)),
        None => match range(words)? {
            Some(range) => Some(range),
            None => figure(words, direction)?,
        },
    };
    let (goal, doubt) = read.unwrap_or_else(|| (Goal::Text(text.trim_matches(is_space).to_owned()), None));
    Ok((goal, doubt))
}

pub(super) fn outcome(text: &str, target: &Target, year: Option<i16>) -> Result<(Outcome, Option<Doubt>), ActualError> {
    let words = Scanner::new(text);
    if words.rest().is_empty() || words.is_any(NONE) {
        return Ok((Outcome::None, None));
    }
    let read = match target.kind() {
        Kind::Text | Kind::None => {
            let figure = outcome_figure(words).unwrap_or_default();
            let verbatim = || Outcome::Text(text.trim_matches(is_space).to_owned());
            return Ok(figure.unwrap_or_else(|| (verbatim(), None)));
        }
        Kind::YesNo if words.is_any(YES) => Some((Outcome::Done(true), None)),
        Kind::YesNo | Kind::Date if words.is_any(NO) => Some((Outcome::Done(false), None)),
        Kind::YesNo => None,
        Kind::Date => match EdtfDate::read(text, year) {
            Ok(date) => Some((Outcome::Date(date), None)),
            Err(DateError::Empty | DateError::Unreadable { .. }) => None,
            Err(error) => return Err(ActualError::Date(error)),
        },
        Kind::Relative => match change(words)? {
            Some((change, doubt)) => Some((change.into_outcome(), doubt)),
            None => outcome_figure(words)?,
        },
        Kind::Number | Kind::Percent | Kind::Money | Kind::Ratio => outcome_figure(words)?,
    };
    read.and_then(|(outcome, doubt)| Some((fitted(outcome, target.kind())?, doubt)))
        .ok_or_else(|| ActualError::Expected {
            expected: target.kind(),
            written: text.trim_matches(is_space).to_owned(),
        })
}

/// The outcome in the kind that a target asks for, if it answers it.
fn fitted(outcome: Outcome, kind: Kind) -> Option<Outcome> {
    match (outcome, kind) {
        (Outcome::Quantity { value, measure: Measure::Number, unit }, Kind::Percent | Kind::Money) => {
            let (value, measure) =
                if kind == Kind::Money { (value.with_decimals(2)?, Measure::Money) } else { (value, Measure::Percent) };
            Some(Outcome::Quantity { value, measure, unit })
        }
        (Outcome::Quantity { measure, .. }, Kind::Number | Kind::Percent | Kind::Money) if measure.kind() != kind => {
            None
        }
        (Outcome::Quantity { measure, .. }, Kind::Ratio) if measure != Measure::Percent => None,
        (Outcome::Ratio { .. }, Kind::Number | Kind::Money | Kind::Relative) => None,
        (Outcome::Change { .. }, kind) if kind != Kind::Relative => None,
        (outcome, _) => Some(outcome),
    }
}

/// Whether a text has the shape of a date rather than that of a figure: `06/2024` but not `2/4`,
/// `2020-06` but not `2020`, `2. Dezember` but not `2.`.
fn may_be_date(words: Scanner<'_>) -> bool {
    let text = words.rest();
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return text.starts_with(|c: char| c.is_alphabetic() || c == '.');
    }
    let mut words = words;
    let first = words.digits();
    let Some(separator) = words.eat_char(&['/', '-', '.']) else {
        return (matches!(first.len(), 1 | 2) || first.len() == 4 && is_recent(first))
            && words.rest().starts_with(|c: char| c.is_alphabetic() || matches!(c, '°' | '^'));
    };
    let second = words.digits();
    let is_three_parts = words.eat_char(&[separator]).is_some();
    match (first.len(), second.len()) {
        (4, 4) => separator == '/' && is_school_year(first, second),
        (4, _) => is_recent(first) && (separator != '.' || is_three_parts),
        (1 | 2, 4) => separator != '.' && is_recent(second),
        // A stop after two figures ends a sentence.
        (1 | 2, 1 | 2) => is_three_parts && words.rest().starts_with(|c: char| c.is_ascii_digit()),
        (1 | 2, 0) => separator == '.' && words.rest().starts_with(char::is_alphabetic),
        _ => false,
    }
}

fn is_recent(year: &str) -> bool {
    ("1900".."2100").contains(&year)
}

/// `2019/2020`, which is a span and not 2019 out of 2020.
fn is_school_year(first: &str, second: &str) -> bool {
    let number = |digits: &str| digits.parse::<i16>().unwrap_or_default();
    is_recent(first) && number(first) + 1 == number(second)
}

/// A figure with what it measures.
struct Quantity {
    value: Decimal,
    measure: Measure,
    doubt: Option<Doubt>,
}

impl Quantity {
    /// Takes the figure that `words` go on with: `20`, `n. 20`, `25%`, `€ 10.000,00`, `10 mila euro`.
    fn scan(words: &mut Scanner<'_>) -> Option<Result<Self, DecimalError>> {
        words.eat_any(COUNT_MARKS);
        let euro_before = words.eat_any(EURO);
        let figures = words.rest();
        let reading = match Decimal::scan(words)? {
            Ok(reading) => reading,
            Err(error) => return Some(Err(error)),
        };
        let mut after = *words;
        after.skip(&["di", "of"]);
        let measure = if euro_before {
            Measure::Money
        } else if words.eat_any(PERCENT) {
            Measure::Percent
        } else if after.eat_any(EURO) {
            *words = after;
            Measure::Money
        } else {
            Measure::Number
        };
        let value = match measure {
            Measure::Money => reading.value.with_decimals(2),
            Measure::Number | Measure::Percent => Some(reading.value),
        };
        Some(match value {
            Some(value) => Ok(Self { value, measure, doubt: reading.doubt }),
            None => Err(DecimalError::TooLarge { written: figures.to_owned() }),
        })
    }
}

struct Change {
    operator: Operator,
    by: Decimal,
    measure: Measure,
    note: Option<String>,
}

impl Change {
    /// A rise (`Ge`, `Gt`) or a fall (`Le`, `Lt`) of `size`, if the words that follow it allow one.
    fn new(operator: Operator, size: &Quantity, after: Scanner<'_>) -> Option<(Self, Option<Doubt>)> {
        if size.value.is_negative() {
            return None;
        }
        let change = Self {
            operator,
            by: if operator.is_floor() { size.value } else { Decimal::ZERO.checked_sub(size.value)? },
            measure: size.measure,
            note: note(after).ok()?,
        };
        Some((change, size.doubt))
    }

    /// The change of `size` that `words` go on to speak of: `in più`, `less`.
    fn after(size: &Quantity, strict: bool, mut words: Scanner<'_>) -> Option<(Self, Option<Doubt>)> {
        let operator = Operator::of_change(words.find(CHANGES_AFTER)?, strict);
        Self::new(operator, size, words)
    }

    fn into_goal(self) -> Goal {
        Goal::Change { operator: self.operator, by: self.by, measure: self.measure, note: self.note }
    }

    fn into_outcome(self) -> Outcome {
        Outcome::Change { by: self.by, measure: self.measure, note: self.note }
    }
}

/// `+5%`, `aumento del 25% rispetto al 2019`, `riduzione di oltre il 10%`.
fn change(mut words: Scanner<'_>) -> Result<Option<(Change, Option<Doubt>)>, DecimalError> {
    let mut operator = None;
    let rise = if words.rest().starts_with(is_sign) {
        let rise = words.rest().starts_with('+');
        // A dash and a space begin an entry of a list, not a negative figure.
        if !rise && words.rest().chars().nth(1).is_some_and(is_space) {
            return Ok(None);
        }
        words.eat_char(&['+', '-', '\u{2212}', '\u{2013}']);
        rise
    } else {
        let Some(rise) = words.find(CHANGES) else {
            return Ok(None);
        };
        words.skip(PREPOSITIONS);
        operator = words.find(OPERATORS);
        words.skip(PREPOSITIONS);
        rise
    };
    if !matches!(operator, None | Some(Operator::Ge | Operator::Gt)) {
        return Ok(None);
    }
    let Some(size) = Quantity::scan(&mut words) else {
        return Ok(None);
    };
    let operator = Operator::of_change(rise, operator == Some(Operator::Gt));
    Ok(Change::new(operator, &size?, words))
}

/// `tra 10 e 20`, `between 10 and 20`, `zwischen 10 und 20`, and the form of data, `10..20`.
fn range(mut words: Scanner<'_>) -> Result<Option<(Goal, Option<Doubt>)>, TargetError> {
    let spoken = words.eat_any(RANGES);
    if !spoken && !words.rest().contains("..") {
        return Ok(None);
    }
    words.skip(PREPOSITIONS);
    let low = match Quantity::scan(&mut words) {
        Some(Ok(low)) => low,
        Some(Err(error)) if spoken => return Err(error.into()),
        Some(Err(_)) | None => return Ok(None),
    };
    let joined = if spoken { words.eat_any(&["e", "ed", "and", "und"]) } else { words.eat("..") };
    if !joined {
        return Ok(None);
    }
    words.skip(PREPOSITIONS);
    let Some(high) = Quantity::scan(&mut words) else {
        return Ok(None);
    };
    let high = high?;
    if low.measure != high.measure && low.measure != Measure::Number {
        return Ok(None);
    }
    let Ok(unit) = unit(words) else {
        return Ok(None);
    };
    let low_value =
        if high.measure == Measure::Money { low.value.with_decimals(2).unwrap_or(low.value) } else { low.value };
    if low_value > high.value {
        return Err(TargetError::EmptyRange { low: low_value, high: high.value });
    }
    Ok(Some((Goal::Range { low: low_value, high: high.value, measure: high.measure, unit }, low.doubt.or(high.doubt))))
}

/// A figure or a ratio, with or without its operator: `=> 100`, `20,00`, `2/4`, `entro 30 giorni`.
fn figure(mut words: Scanner<'_>, direction: Direction) -> Result<Option<(Goal, Option<Doubt>)>, TargetError> {
    let written = words.rest();
    let compared = words.find(OPERATORS);
    let within = compared.is_none() && words.eat_any(WITHIN);
    let explicit = if within { Some(Operator::Le) } else { compared };
    if explicit.is_some() {
        words.skip(PREPOSITIONS);
    }
    let quantity = match Quantity::scan(&mut words) {
        Some(Ok(quantity)) => quantity,
        Some(Err(error)) if explicit.is_some() || words.is_done() => return Err(error.into()),
        Some(Err(_)) | None => return Ok(None),
    };
    if let None | Some(Operator::Ge | Operator::Gt) = explicit
        && let Some((change, doubt)) = Change::after(&quantity, explicit == Some(Operator::Gt), words)
    {
        return Ok(Some((change.into_goal(), doubt)));
    }
    let operator = explicit.unwrap_or(direction.operator());
    if quantity.measure == Measure::Number
        && !within
        && let Some(whole) = whole(&mut words)
    {
        let whole = whole?;
        let doubt = quantity.doubt.or(whole.doubt);
        let Ok(unit) = unit(words) else {
            return Ok(None);
        };
        if quantity.value.is_negative() {
            return Ok(None);
        }
        if whole.value <= Decimal::ZERO {
            return Err(TargetError::RatioOfNothing { written: written.to_owned() });
        }
        if explicit.is_none() && unit.is_none() && may_be_day(written) {
            return Err(TargetError::RatioOrDay { written: written.to_owned() });
        }
        let ratio = Goal::Ratio { operator, part: quantity.value, whole: whole.value, unit };
        return Ok(Some((ratio, doubt)));
    }
    let Ok(unit) = unit(words) else {
        return Ok(None);
    };
    if within && !unit.as_deref().is_some_and(|unit| Scanner::new(unit).eat_any(TIMES)) {
        return Ok(None);
    }
    Ok(Some((
        Goal::Quantity {
            operator,
            assumed: explicit.is_none(),
            value: quantity.value,
            measure: quantity.measure,
            unit,
        },
        quantity.doubt,
    )))
}

/// A figure or a ratio as an outcome: no operator, and a ratio may be of nothing.
fn outcome_figure(mut words: Scanner<'_>) -> Result<Option<(Outcome, Option<Doubt>)>, DecimalError> {
    let quantity = match Quantity::scan(&mut words) {
        Some(Ok(quantity)) => quantity,
        Some(Err(error)) if words.is_done() => return Err(error),
        Some(Err(_)) | None => return Ok(None),
    };
    if let Some((change, doubt)) = Change::after(&quantity, false, words) {
        return Ok(Some((change.into_outcome(), doubt)));
    }
    let whole = match whole(&mut words) {
        Some(whole) if quantity.measure == Measure::Number => Some(whole?),
        Some(_) => return Ok(None),
        None => None,
    };
    let Ok(unit) = unit(words) else {
        return Ok(None);
    };
    let doubt = quantity.doubt.or(whole.as_ref().and_then(|whole| whole.doubt));
    let outcome = match whole {
        Some(whole) if quantity.value.is_negative() || whole.value.is_negative() => {
            return Ok(None);
        }
        Some(whole) => Outcome::Ratio { part: quantity.value, whole: whole.value, unit },
        None => Outcome::Quantity { value: quantity.value, measure: quantity.measure, unit },
    };
    Ok(Some((outcome, doubt)))
}

/// Takes the second half of a ratio: `/4`, `su 4`, `out of 4`, `von 4`.
fn whole(words: &mut Scanner<'_>) -> Option<Result<Reading, DecimalError>> {
    let mut ahead = *words;
    let joined =
        ahead.eat_char(&['/']).is_some() || ahead.eat_any(&["su", "out of", "of", "di", "von insgesamt", "von"]);
    if !joined || ahead.rest().starts_with(is_sign) {
        return None;
    }
    let whole = Decimal::scan(&mut ahead)?;
    *words = ahead;
    Some(whole)
}

/// Whether a ratio would rather be a day without its year: `30/06`, `05/06`.
fn may_be_day(written: &str) -> bool {
    let Some((day, month)) = written.split_once('/') else {
        return false;
    };
    let (Ok(day_number), Ok(month_number)) = (day.parse::<u8>(), month.parse::<u8>()) else {
        return false;
    };
    (1..=31).contains(&day_number)
        && (1..=12).contains(&month_number)
        && (day_number > month_number || day.starts_with('0') || month.starts_with('0'))
}

/// More follows a figure than a unit.
struct NotAUnit;

/// The words after a figure, when they can be what it counts.
fn unit(words: Scanner<'_>) -> Result<Option<String>, NotAUnit> {
    tail(words, 6, |text| !text.contains(|c: char| c.is_ascii_digit()))
}

/// The words after a change: what it counts, or what it is measured against.
fn note(words: Scanner<'_>) -> Result<Option<String>, NotAUnit> {
    tail(words, 12, |text| {
        !text.contains(|c: char| c.is_ascii_digit())
            || text.split(is_space).any(|word| Scanner::new(word).is_any(REFERENCES))
    })
}

fn tail(words: Scanner<'_>, most_words: usize, fits: impl Fn(&str) -> bool) -> Result<Option<String>, NotAUnit> {
    if words.is_done() {
        return Ok(None);
    }
    let text = words.rest();
    // After `in più`, say, a percent sign, euros or thousands come too late to be read as such.
    let is_late = { words }.eat_any(PERCENT)
        || { words }.eat_any(EURO)
        || SPOKEN_ZEROS.iter().any(|(zeros, _)| { words }.eat(zeros));
    let is_unit = !is_late
        && text.starts_with(|c: char| c.is_alphabetic() || matches!(c, '/' | '\''))
        && text.chars().all(|c| c.is_alphanumeric() || is_space(c) || "'’/.-°²³".contains(c))
        && text.split(is_space).filter(|word| !word.is_empty()).count() <= most_words
        && !text.split(is_space).any(|word| {
            let scanner = Scanner::new(word);
            scanner.is_any(NOT_A_UNIT)
                || is_month(word)
                || SPOKEN_ZEROS.iter().any(|(zeros, _)| scanner.is_any(&[zeros]))
        })
        && fits(text);
    if is_unit { Ok(Some(text.to_owned())) } else { Err(NotAUnit) }
}

impl Operator {
    /// The operator of a rise or a fall, of at least or of more than its size.
    #[expect(clippy::fn_params_excessive_bools, reason = "the two answers that make one operator")]
    fn of_change(rise: bool, strict: bool) -> Self {
        match (rise, strict) {
            (true, false) => Self::Ge,
            (true, true) => Self::Gt,
            (false, false) => Self::Le,
            (false, true) => Self::Lt,
        }
    }
}

impl Direction {
    /// The operator of a figure that stands alone.
    pub(super) fn operator(self) -> Operator {
        match self {
            Self::Up => Operator::Ge,
            Self::Down => Operator::Le,
            Self::Keep => Operator::Eq,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A phrase that another one of its table begins with, and that stands before it, hides it.
    fn assert_each_is_found<T: Copy>(table: &[(&str, T)]) {
        let plain = table.iter().map(|&(phrase, _)| phrase).collect::<Vec<_>>();
        for phrase in &plain {
            let mut words = Scanner::new(phrase);
            assert!(words.eat_any(&plain) && words.is_done(), "{phrase} is hidden, {} is left", words.rest());
            assert_eq!(plain.iter().filter(|other| *other == phrase).count(), 1, "{phrase} is there twice");
        }
    }

    #[test]
    fn no_phrase_of_one_language_hides_one_of_another() {
        let alone = |phrases: &[&'static str]| phrases.iter().map(|&phrase| (phrase, ())).collect::<Vec<_>>();
        assert_each_is_found(OPERATORS);
        assert_each_is_found(CHANGES);
        assert_each_is_found(CHANGES_AFTER);
        assert_each_is_found(SPOKEN_ZEROS);
        for phrases in [PERCENT, RANGES, WITHIN] {
            assert_each_is_found(&alone(phrases));
        }
        // What is said alone and what begins a target are one table: none of them may be two things.
        let openings = OPERATORS.iter().map(|(phrase, _)| *phrase);
        let openings = openings.chain(CHANGES.iter().map(|(phrase, _)| *phrase));
        let openings = openings.chain(RANGES.iter().chain(WITHIN).copied());
        let whole = NONE.iter().chain(YES).chain(NO).copied().collect::<Vec<_>>();
        for (place, phrase) in whole.iter().enumerate() {
            assert!(!Scanner::new(phrase).is_any(&whole[..place]), "{phrase} stands for two things");
        }
        for opening in openings {
            assert!(!Scanner::new(opening).is_any(&whole), "{opening} is no target by itself");
        }
    }
}
