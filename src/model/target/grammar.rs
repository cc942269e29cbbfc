//! Grammar of targets and outcomes.

use crate::model::amount::{EURO, OF};
use crate::model::date::{DateError, EdtfDate, is_month};
use crate::model::decimal::{Decimal, DecimalError, Doubt, NumberReading, SPOKEN_ZEROS};
use crate::model::scan::{LONGEST, Scanner, is_sign, is_space};
use crate::model::{Conventions, Lang};

use super::operators::{OPERATORS, PREPOSITIONS};
use super::phrases::{
    AND, CHANGES, CHANGES_AFTER, CHANGES_AFTER_NOUN, COUNT_MARKS, NONE, NOT_A_UNIT, OUT_OF, PERCENT, RANGES,
    REFERENCES, WITHIN, YES,
};
use super::{Context, Goal, Measure, Operator, Outcome, Target, TargetError, sentence, unit as units};

impl Target {
    /// Reads a target in any of the languages, whatever its case: `=> 100`, `maggiore di 100`, `mindestens 100`,
    /// `20,00`, `tra 10 e 20`, `2/4`, `entro il 30 Giugno`, `fatto`, `+5%`, `€ 10.000,00`, `n.d.`, and sentences with one
    /// figure: `Documentazione di almeno 70.000 dataset`.
    ///
    /// `context` gives a bare figure its operator. Prose is a target too, one that only a declared state can judge; what
    /// looks like a figure or a date and is none is an error.
    pub fn read(text: &str, context: &Context<'_>, conventions: Conventions) -> Result<Self, TargetError> {
        let (goal, doubt) = goal(text, conventions)?;
        Ok(Self { doubt, ..Self::of(goal) }.in_context(context, is_year(text)))
    }
}

/// A target as written; the operator of a bare figure is left open.
fn goal(text: &str, conventions: Conventions) -> Result<(Goal, Option<Doubt>), TargetError> {
    let words = Scanner::with_figures(text, conventions.lang);
    if words.rest().is_empty() || words.is_any(&NONE) {
        return Ok((Goal::None, None));
    }
    if words.is_any(&YES) {
        return Ok((Goal::Yes, None));
    }
    if text.len() > LONGEST {
        return Ok((Goal::Text(text.trim_matches(is_space).to_owned()), None));
    }
    if may_be_date(words) {
        let day = may_be_day(words.rest(), words.lang()).then(|| words.rest().trim_end_matches('.').replace('.', "/"));
        match EdtfDate::read(day.as_deref().unwrap_or(text), conventions.year) {
            Ok(date) => return Ok((Goal::Date(date), None)),
            Err(DateError::Empty | DateError::Unreadable { .. }) => {}
            Err(error) => return Err(TargetError::Date(error)),
        }
    }
    let read = match change(words)? {
        Some((change, doubt)) => Some((change.into_goal(), doubt)),
        None => match range(words)? {
            Some(range) => Some(range),
            None if sentence::compares_a_year(words) => None,
            None => figure(words)?.or_else(|| sentence::read(words)),
        },
    };
    Ok(read.unwrap_or_else(|| (Goal::Text(text.trim_matches(is_space).to_owned()), None)))
}

/// True if a text has the shape of a date rather than that of a figure: `06/2024` but not `2/4`,
/// `2020-06` but not `2020`, `2. Dezember` but not `2.`.
fn may_be_date(words: Scanner<'_>) -> bool {
    let text = words.rest();
    if may_be_day(text, words.lang()) {
        return true;
    }
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

/// True if words are four figures that may be a year: `2022`.
fn is_year(text: &str) -> bool {
    let mut words = Scanner::new(text);
    let digits = words.digits();
    digits.len() == 4 && is_recent(digits) && words.is_done()
}

pub(super) fn is_recent(year: &str) -> bool {
    ("1900".."2100").contains(&year)
}

/// `2019/2020`, which is a span and not 2019 out of 2020.
fn is_school_year(first: &str, second: &str) -> bool {
    let number = |digits: &str| digits.parse::<i16>().unwrap_or_default();
    is_recent(first) && number(first) + 1 == number(second)
}

/// A figure with what it measures.
pub(super) struct Quantity {
    pub(super) value: Decimal,
    pub(super) measure: Measure,
    pub(super) doubt: Option<Doubt>,
}

impl Quantity {
    /// A plain number of things.
    pub(super) fn counted(value: Decimal) -> Self {
        Self { value, measure: Measure::Number, doubt: None }
    }

    /// Takes the figure that `words` go on with: `20`, `n. 20`, `25%`, `€ 10.000,00`, `10 mila euro`.
    pub(super) fn scan(words: &mut Scanner<'_>) -> Option<Result<Self, DecimalError>> {
        words.eat_any(&COUNT_MARKS);
        let euro_before = words.eat_any(&EURO);
        let figures = words.rest();
        let scanned = if euro_before { Decimal::scan_money(words) } else { Decimal::scan(words) };
        let reading = match scanned? {
            Ok(reading) => reading,
            Err(error) => return Some(Err(error)),
        };
        let mut after = *words;
        after.skip(&OF);
        let measure = if euro_before {
            Measure::Money
        } else if words.eat_any(&PERCENT) {
            Measure::Percent
        } else if after.eat_any(&EURO) {
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

pub(super) struct RelativeChange {
    operator: Operator,
    by: Decimal,
    measure: Measure,
    note: Option<String>,
}

impl RelativeChange {
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
    pub(super) fn after(size: &Quantity, strict: bool, words: Scanner<'_>) -> Option<(Self, Option<Doubt>)> {
        let mut after = words;
        match after.find(&CHANGES_AFTER) {
            Some(rise) => Self::new(Operator::of_change(rise, strict), size, after),
            None => Self::after_noun(size, strict, words),
        }
    }

    /// The change of `size` of what `words` name first: `agenti in più rispetto al 2019`.
    fn after_noun(size: &Quantity, strict: bool, words: Scanner<'_>) -> Option<(Self, Option<Doubt>)> {
        let text = words.rest();
        let (noun, rise, rest) = text.match_indices(' ').find_map(|(at, _)| {
            let mut after = Scanner::new(&text[at..]);
            let rise = after.find(&CHANGES_AFTER_NOUN)?;
            Some((&text[..at], rise, after))
        })?;
        let is_reference = |word: &str| Scanner::new(word).is_any(&REFERENCES);
        if !rest.is_done() && !rest.rest().split(is_space).next().is_some_and(is_reference) {
            return None;
        }
        unit(Scanner::new(noun)).ok()??;
        let (mut change, doubt) = Self::new(Operator::of_change(rise, strict), size, rest)?;
        let reference = change.note.map(|reference| format!(" {reference}")).unwrap_or_default();
        change.note = Some(format!("{noun}{reference}"));
        Some((change, doubt))
    }

    fn into_goal(self) -> Goal {
        Goal::Change { operator: self.operator, by: self.by, measure: self.measure, note: self.note }
    }

    pub(super) fn into_outcome(self) -> Outcome {
        Outcome::Change { by: self.by, measure: self.measure, note: self.note }
    }
}

/// `+5%`, `aumento del 25% rispetto al 2019`, `riduzione di oltre il 10%`.
pub(super) fn change(mut words: Scanner<'_>) -> Result<Option<(RelativeChange, Option<Doubt>)>, DecimalError> {
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
        let Some(rise) = words.find(&CHANGES) else {
            return Ok(None);
        };
        words.skip(&PREPOSITIONS);
        operator = words.find(&OPERATORS);
        words.skip(&PREPOSITIONS);
        rise
    };
    if !matches!(operator, None | Some(Operator::Ge | Operator::Gt)) {
        return Ok(None);
    }
    let Some(size) = Quantity::scan(&mut words) else {
        return Ok(None);
    };
    let operator = Operator::of_change(rise, operator == Some(Operator::Gt));
    Ok(RelativeChange::new(operator, &size?, words))
}

/// `tra 10 e 20`, `between 10 and 20`, `zwischen 10 und 20`, and the form of data, `10..20`.
pub(super) fn range(mut words: Scanner<'_>) -> Result<Option<(Goal, Option<Doubt>)>, TargetError> {
    let spoken = words.eat_any(&RANGES);
    if !spoken && !words.rest().contains("..") {
        return Ok(None);
    }
    words.skip(&PREPOSITIONS);
    let low = match Quantity::scan(&mut words) {
        Some(Ok(low)) => low,
        Some(Err(error)) if spoken => return Err(error.into()),
        Some(Err(_)) | None => return Ok(None),
    };
    let joined = if spoken { words.eat_any(&AND) } else { words.eat("..") };
    if !joined {
        return Ok(None);
    }
    words.skip(&PREPOSITIONS);
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
    Ok(Some((Goal::Range { low: low_value, high: high.value, measure: high.measure, unit }, low.doubt.max(high.doubt))))
}

/// A figure or a ratio, with or without its operator: `=> 100`, `20,00`, `2/4`, `entro 30 giorni`.
fn figure(mut words: Scanner<'_>) -> Result<Option<(Goal, Option<Doubt>)>, TargetError> {
    let written = words.rest();
    let compared = words.find(&OPERATORS);
    let within = compared.is_none() && words.eat_any(&WITHIN);
    let explicit = if within { Some(Operator::Le) } else { compared };
    if explicit.is_some() {
        words.skip(&PREPOSITIONS);
    }
    let quantity = match Quantity::scan(&mut words) {
        Some(Ok(quantity)) => quantity,
        Some(Err(error)) if explicit.is_some() || words.is_done() => return Err(error.into()),
        Some(Err(_)) | None => return Ok(None),
    };
    if let None | Some(Operator::Ge | Operator::Gt) = explicit
        && let Some((change, doubt)) = RelativeChange::after(&quantity, explicit == Some(Operator::Gt), words)
    {
        return Ok(Some((change.into_goal(), doubt)));
    }
    if quantity.measure == Measure::Number
        && !within
        && let Some(whole) = whole(&mut words)
    {
        let whole = whole?;
        let doubt = quantity.doubt.max(whole.doubt);
        let Ok(unit) = unit(words) else {
            return Ok(None);
        };
        if quantity.value.is_negative() {
            return Ok(None);
        }
        if whole.value <= Decimal::ZERO {
            return Err(TargetError::RatioOfNothing { written: written.to_owned() });
        }
        let ratio = Goal::Ratio { operator: explicit, part: quantity.value, whole: whole.value, unit };
        return Ok(Some((ratio, doubt)));
    }
    let Ok(unit) = unit(words) else {
        return Ok(None);
    };
    if within && !unit.as_deref().is_some_and(units::is_time) {
        return Ok(None);
    }
    Ok(Some((
        Goal::Quantity { operator: explicit, value: quantity.value, measure: quantity.measure, unit },
        quantity.doubt,
    )))
}

/// Takes the second half of a ratio: `/4`, `su 4`, `out of 4`, `von 4`.
pub(super) fn whole(words: &mut Scanner<'_>) -> Option<Result<NumberReading, DecimalError>> {
    let mut ahead = *words;
    let joined = ahead.eat_char(&['/']).is_some() || ahead.eat_any(&OUT_OF);
    if !joined || ahead.rest().starts_with(is_sign) {
        return None;
    }
    let whole = Decimal::scan(&mut ahead)?;
    *words = ahead;
    Some(whole)
}

/// True if two small numbers are a day without its year rather than a ratio or a decimal: `30/06`, `31.12`.
pub(super) fn may_be_day(written: &str, lang: Lang) -> bool {
    let written = written.trim_end_matches('.');
    let Some((day, month)) = written.split_once(['/', '.']) else {
        return false;
    };
    let (Ok(day_number), Ok(month_number)) = (day.parse::<u8>(), month.parse::<u8>()) else {
        return false;
    };
    let is_day = (1..=31).contains(&day_number) && (1..=12).contains(&month_number);
    let is_marked = day.starts_with('0') || month.starts_with('0');
    is_day
        && (is_marked || day_number > month_number)
        && (written.contains('/') || lang.language().figures.point != '.' && month.len() == 2 && day.len() == 2)
}

/// More follows a figure than a unit.
pub(super) struct NotAUnit;

/// The words after a figure, when they can be what it counts.
pub(super) fn unit(words: Scanner<'_>) -> Result<Option<String>, NotAUnit> {
    tail(words, 6, |text| !text.contains(|c: char| c.is_ascii_digit()))
}

/// The words after a change: what it counts, or what it is measured against.
fn note(words: Scanner<'_>) -> Result<Option<String>, NotAUnit> {
    tail(words, 12, |text| {
        !text.contains(|c: char| c.is_ascii_digit())
            || text.split(is_space).any(|word| Scanner::new(word).is_any(&REFERENCES))
    })
}

fn tail(words: Scanner<'_>, most_words: usize, fits: impl Fn(&str) -> bool) -> Result<Option<String>, NotAUnit> {
    if words.is_done() {
        return Ok(None);
    }
    let text = words.rest();
    // After `in più`, say, a percent sign, euros or thousands come too late to be read as such.
    let is_late = { words }.eat_any(&PERCENT)
        || { words }.eat_any(&EURO)
        || SPOKEN_ZEROS.iter().any(|(zeros, _)| { words }.eat(zeros));
    let is_unit = !is_late
        && words.without_about().is_none()
        && text.starts_with(|c: char| c.is_alphabetic() || matches!(c, '/' | '\''))
        && text.chars().all(|c| c.is_alphanumeric() || is_space(c) || "'’/.-°²³".contains(c))
        && text.split(is_space).filter(|word| !word.is_empty()).count() <= most_words
        && !text.split(is_space).any(|word| {
            let scanner = Scanner::new(word);
            scanner.is_any(&NOT_A_UNIT)
                || is_month(word)
                || SPOKEN_ZEROS.iter().any(|(zeros, _)| scanner.is_any(&[zeros]))
        })
        && fits(text);
    if is_unit { Ok(Some(text.to_owned())) } else { Err(NotAUnit) }
}

#[cfg(test)]
mod tests {
    use super::super::phrases::NO;
    use super::*;
    use crate::model::language::Phrases;

    /// A phrase is hidden by an earlier one of its table with which it begins.
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
        let alone = |phrases: &Phrases| phrases.iter().map(|&phrase| (phrase, ())).collect::<Vec<_>>();
        assert_each_is_found(&OPERATORS);
        assert_each_is_found(&CHANGES);
        assert_each_is_found(&CHANGES_AFTER);
        assert_each_is_found(&SPOKEN_ZEROS);
        for phrases in [&PERCENT, &RANGES, &WITHIN] {
            assert_each_is_found(&alone(phrases));
        }
        // Whole texts and beginnings of targets are one table: none of them may be two things.
        let openings = OPERATORS.iter().map(|(phrase, _)| *phrase);
        let openings = openings.chain(CHANGES.iter().map(|(phrase, _)| *phrase));
        let openings = openings.chain(RANGES.iter().chain(WITHIN.iter()).copied());
        let whole = NONE.iter().chain(YES.iter()).chain(NO.iter()).copied().collect::<Vec<_>>();
        for (place, phrase) in whole.iter().enumerate() {
            assert!(!Scanner::new(phrase).is_any(&whole[..place]), "{phrase} stands for two things");
        }
        for opening in openings {
            assert!(!Scanner::new(opening).is_any(&whole), "{opening} is no target by itself");
        }
    }
}
