//! The words, phrases and figures of a sentence, in one pass from left to right.

use std::sync::LazyLock;

use crate::model::Lang;
use crate::model::amount::EURO;
use crate::model::date::is_month;
use crate::model::language::phrases::{Table, lists};
use crate::model::scan::{Scanner, is_sign, is_space};

use super::operators::{OPERATORS, PREPOSITIONS};
use super::phrases::{CHANGES, COUNT_MARKS, NOT_A_UNIT, WITHIN};
use super::quantity::Quantity;
use super::{Operator, unit};

lists! {
    /// Phrases of operators that mean something else within a sentence: `over 65`, `minori di 14 anni`, `min`, `pari al`.
    NOT_WITHIN = [], targets.no_operators_within;
    /// Words for as many more.
    MORE = [], targets.sentences.more;
    /// Words before a figure that is the whole, beside a change before it.
    TOTALS = [], targets.sentences.totals;
    /// Beginnings of numerals.
    NUMERALS = [], targets.sentences.numerals;
    /// Words whose number is a name: of an act, an article, a part of a plan.
    NAMED_BY_NUMBER = ["§"], targets.sentences.named_by_number;
    /// Marks before a number that count, or name an act after a word such as `delibera`.
    NUMBER_MARKS = ["n", "nr"], targets.sentences.number_marks;
    /// Words before a year.
    BEFORE_YEARS = [], targets.sentences.before_years;
    /// Endings of nouns of an action, before what is done: `Erogazione di due corsi`.
    ACTIONS = [], targets.sentences.actions;
    /// Prepositions after such a noun.
    OF_ACTION = [], targets.sentences.of_action;
    /// Endings of verbs in the infinitive, before what is reached or done: `Coinvolgere 25 scuole`.
    INFINITIVES = [], targets.sentences.infinitives;
    /// Verbs whose object is a limit rather than a promise.
    LIMITING = [], targets.sentences.limiting;
}

/// Figures in letters. One is none of them: it is an article, too.
static SPELT_OUT: Table<i64> = LazyLock::new(|| {
    let mut table: Vec<(&str, i64)> = Vec::new();
    for lang in Lang::ALL {
        table.extend(lang.language().targets.sentences.spelt_out.into_iter().zip(2..));
    }
    table
});

/// A word, phrase or figure of a sentence.
pub(super) struct Token<'a> {
    pub(super) kind: TokenKind,
    /// The word or phrase as written, without the marks around it.
    pub(super) text: &'a str,
    /// The words that follow it.
    pub(super) after: Scanner<'a>,
}

pub(super) enum TokenKind {
    Operator(Operator),
    /// A rise or a fall.
    Change(bool),
    /// As many more.
    More,
    /// The figure after it is the whole.
    Total,
    /// A deadline.
    Within,
    /// A figure; `signed` if a plus comes before it.
    Figure {
        quantity: Quantity,
        signed: bool,
    },
    /// A number that names something.
    Name,
    Word,
}

/// The words, phrases and figures of a sentence; `None` if a figure can't be read.
pub(super) fn tokens(words: Scanner<'_>) -> Option<Vec<Token<'_>>> {
    let mut tokens: Vec<Token<'_>> = Vec::new();
    let mut words = words;
    while let Some(c) = words.rest().chars().next() {
        let is_mark = !c.is_alphanumeric() && !is_sign(c) && !"€$£<>=≥≤⩾⩽§".contains(c);
        if is_mark || is_sign(c) && !words.rest()[c.len_utf8()..].starts_with(|c: char| c.is_ascii_digit()) {
            words.eat_char(&[c]);
            continue;
        }
        let token = token(words, &tokens)?;
        words = token.after;
        tokens.push(token);
    }
    Some(tokens)
}

fn token<'a>(words: Scanner<'a>, before: &[Token<'a>]) -> Option<Token<'a>> {
    let is_first = before.is_empty();
    let start = words.rest();
    let made = |kind: TokenKind, after: Scanner<'a>| {
        let text = &start[..start.len() - after.rest().len()];
        Some(Token { kind, text: text.trim_end_matches(is_space), after })
    };
    let mut after = words;
    let signed = start.starts_with('+');
    let is_figure = start.starts_with(|c: char| c.is_ascii_digit() || is_sign(c)) || { words }.eat_any(&EURO);
    if is_figure && let Some(name) = name(words, before) {
        return made(TokenKind::Name, name);
    }
    if is_figure && let Some(quantity) = Quantity::scan(&mut after) {
        skip_spelt_out(&mut after);
        return made(TokenKind::Figure { quantity: quantity.ok()?, signed }, after);
    }
    if after.eat_any(&TOTALS) {
        return made(TokenKind::Total, after);
    }
    if after.eat_any(&WITHIN) {
        return made(TokenKind::Within, after);
    }
    if let Some(rise) = after.find(&CHANGES) {
        return made(TokenKind::Change(rise), after);
    }
    let is_other = !is_first && { words }.eat_any(&NOT_WITHIN);
    if !is_other && let Some(operator) = after.find(&OPERATORS) {
        return made(TokenKind::Operator(operator), after);
    }
    if after.eat_any(&MORE) {
        return made(TokenKind::More, after);
    }
    let is_counted = matches!(before.last(), Some(Token { kind: TokenKind::Operator(_) | TokenKind::More, .. }))
        || is_action(before);
    let is_counted = is_counted
        || before.last().is_some_and(|last| {
            Scanner::new(last.text).is_any(&PREPOSITIONS)
                && matches!(
                    before.iter().rev().nth(1),
                    Some(Token { kind: TokenKind::Operator(_) | TokenKind::More, .. })
                )
        });
    if is_counted && let Some(spelt) = after.find(&SPELT_OUT) {
        return made(TokenKind::Figure { quantity: Quantity::counted(spelt.into()), signed: false }, after);
    }
    made(TokenKind::Word, past_word(words))
}

/// True if the words are an action before what is done: `Erogazione di`, `Pubblicazione di n.`, `Coinvolgere`.
pub(super) fn is_action(before: &[Token<'_>]) -> bool {
    let before = match before {
        [rest @ .., last] if Scanner::new(last.text).is_any(&COUNT_MARKS) => rest,
        all => all,
    };
    let ends = |word: &Token<'_>, ends: &[&str]| {
        let word = word.text.to_lowercase();
        ends.iter().any(|end| word.ends_with(end))
    };
    match before {
        [verb] => ends(verb, &INFINITIVES) && !ends(verb, &LIMITING),
        [action, of] => ends(action, &ACTIONS) && Scanner::new(of.text).is_any(&OF_ACTION),
        _ => false,
    }
}

/// Takes the repetition of a figure in letters: `3 (tre)`.
fn skip_spelt_out(words: &mut Scanner<'_>) {
    let text = words.rest();
    let Some(end) = text.starts_with('(').then(|| text.find(')')).flatten() else { return };
    let word = text[1..end].to_lowercase();
    if word.chars().all(char::is_alphabetic) && NUMERALS.iter().any(|stem| word.starts_with(stem)) {
        *words = words.past(end + 1);
    }
}

/// The words after the next one; an elided article is a word of its own.
fn past_word(words: Scanner<'_>) -> Scanner<'_> {
    let text = words.rest();
    let end = text.find(|c: char| is_space(c) || "'’()[]“”\"«»,;:".contains(c)).unwrap_or(text.len());
    let elided = text[end..].chars().next().filter(|c| matches!(c, '\'' | '’')).map_or(0, char::len_utf8);
    words.past((end + elided).max(text.chars().next().map_or(0, char::len_utf8)))
}

/// The words after a number that names something, if the figures here do: a date, a year, an act, an age, an ordinal.
fn name<'a>(words: Scanner<'a>, before: &[Token<'a>]) -> Option<Scanner<'a>> {
    let text = words.rest();
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    if digits.is_empty() {
        return None;
    }
    let word = || past_word(words);
    let next = rest.chars().next();
    let second = rest.chars().nth(1);
    let is_joined = matches!(next, Some('/' | '-' | '.' | '\u{2013}')) && second.is_some_and(|c| c.is_ascii_digit());
    let joined = || {
        let end = text
            .find(|c: char| !(c.is_ascii_digit() || "/-.\u{2013}".contains(c)))
            .unwrap_or(text.len());
        text[..end].trim_end_matches('.')
    };
    // A code, an ordinal: 5G, 3-bis, 1°.
    if next.is_some_and(|c| c.is_alphabetic() || matches!(c, '°' | 'º' | 'ª'))
        || next == Some('-') && second.is_some_and(char::is_alphabetic)
    {
        return Some(word());
    }
    if is_joined && is_name_of_digits(joined(), words) {
        return Some(word());
    }
    let first_after = rest.trim_start_matches(is_space).split(|c: char| !c.is_alphanumeric()).next();
    if digits.len() <= 2 && first_after.is_some_and(is_month) {
        return Some(word());
    }
    let last = before.last().map(|token| token.text.trim_end_matches('.').to_lowercase());
    let mut named = last.clone();
    if named.as_deref().is_some_and(|last| NUMBER_MARKS.contains(&last)) {
        named = before.iter().rev().nth(1).map(|token| token.text.trim_end_matches('.').to_lowercase());
    }
    if named.as_deref().is_some_and(|named| NAMED_BY_NUMBER.contains(&named)) {
        return Some(word());
    }
    let is_year = digits.len() == 4 && is_recent(digits) && !is_joined;
    let last = last?;
    let is_closed = rest.is_empty() || rest.starts_with(|c: char| ".,;:)]»”\"".contains(c));
    let is_word =
        matches!(before.last(), Some(Token { kind: TokenKind::Word | TokenKind::Name | TokenKind::Within, .. }));
    let is_joint = Scanner::new(&last).is_any(&NOT_A_UNIT);
    let is_named = BEFORE_YEARS.contains(&last.as_str()) || is_month(&last) || is_closed && is_word && !is_joint;
    (is_year && is_named).then(word)
}

/// True if digits with marks between them are a date, an act of a year or an age, rather than a figure or a ratio.
fn is_name_of_digits(joined: &str, words: Scanner<'_>) -> bool {
    let parts: Vec<&str> = joined.split(['/', '-', '.', '\u{2013}']).collect();
    let is_short = |part: &&&str| matches!(part.len(), 1 | 2);
    match parts[..] {
        // 31/12/2020; 6.000.000 is a figure.
        [_, _, _] => parts.iter().filter(is_short).count() >= 2,
        [number, year] if joined.contains('/') => {
            year.len() == 4 && is_recent(year) || number.len() == 4 && is_recent(number)
        }
        [from, to] if joined.contains(['-', '\u{2013}']) => {
            let after = words.rest()[joined.len()..].trim_start_matches(is_space);
            from.len() == 4 && is_recent(from) || unit::is_age(after) && to.len() <= 3
        }
        _ => false,
    }
}

/// True if four figures may be a year of our time.
pub(super) fn is_recent(year: &str) -> bool {
    ("1900".."2100").contains(&year)
}
