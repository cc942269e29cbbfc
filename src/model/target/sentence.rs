//! Sentences that promise one figure: `Documentazione nel catalogo di almeno 50 dataset`, `Il 100% delle scuole`.
//!
//! A sentence is read once from left to right. Each figure in it is either a promise or the name of something: a year, an
//! age, the number of an act or of an article, a code. One promise is read; of two, the sentence stays words.

use crate::model::Lang;
use crate::model::date::is_month;
use crate::model::decimal::{Decimal, Doubt};
use crate::model::language::phrases::lists;
use crate::model::scan::{LONGEST, Scanner, is_sign, is_space};

use super::change::RelativeChange;
use super::operators::{OPERATORS, PREPOSITIONS};
use super::phrases::{COUNT_MARKS, LESS, NOT_A_UNIT};
use super::quantity::{Quantity, whole};
use super::token::{Token, TokenKind, is_action, is_recent, tokens};
use super::{Goal, Measure, Operator, Target, unit};

/// Question of a careful reader about a target in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hint {
    /// Several figures are promised: each wants an indicator of its own.
    Several,
    /// The only figure is a year, which counts nothing.
    Year,
}

lists! {
    /// Articles before a figure.
    ARTICLES = [], targets.sentences.articles;
    /// Prepositions before the size of a change: `incremento del 5%`, `aumento di 20`.
    OF_CHANGE = [], targets.sentences.of_change;
    /// Prepositions before the level that a change comes to.
    TO_LEVEL = [], targets.sentences.to_level;
    /// Prepositions with the article of a percentage: `al 30 %`.
    WITH_ARTICLE = [], targets.sentences.with_article;
    /// Words of deadlines that name no month: `entro fine anno`.
    DEADLINES = [], targets.sentences.deadlines;
    /// Words between an operator and the article of a year.
    COMPARED_TO = [], targets.sentences.compared_to;
    /// Articles of a year.
    YEAR_ARTICLES = [], targets.sentences.year_articles;
    /// Names of a year.
    YEARS = [], targets.sentences.years;
    /// Words of which a unit can't begin.
    NO_UNIT_STARTS = [], targets.no_unit_starts;
}

/// The one figure that a sentence promises, as a goal; `None` if it promises none, several, or something else.
pub(super) fn read(words: Scanner<'_>) -> Option<(Goal, Option<Doubt>)> {
    // A dash and a space begin an entry of a list.
    if words.rest().starts_with(is_sign) && !words.rest().starts_with('+') {
        return None;
    }
    let tokens = tokens(words)?;
    let promises = promises(&tokens);
    let promise = match &promises[..] {
        [one] => one,
        [change, whole] if whole.total && change.is_change() => whole,
        _ => return None,
    };
    let deadlines = (0..tokens.len())
        .filter(|at| matches!(tokens[*at].kind, TokenKind::Within) && is_deadline(&tokens[at + 1..]))
        .count();
    if deadlines > usize::from(promise.within) {
        return None;
    }
    let quantity = promise.quantity;
    if quantity.value.is_negative() || !is_tail(promise.after) {
        return None;
    }
    let goal = match promise.rise() {
        _ if promise.total => promise.level(),
        Some(rise) => promise.change(rise)?,
        None if promise.is_level() => promise.level(),
        None => return None,
    };
    Some((goal, quantity.doubt))
}

impl Target {
    /// The question that a careful reader asks about a target in words; none of other targets.
    pub(crate) fn hint(&self) -> Option<Hint> {
        match &self.goal {
            Goal::Text(text) => hint(text),
            _ => None,
        }
    }
}

/// The question about a sentence that isn't read.
fn hint(text: &str) -> Option<Hint> {
    let words = Scanner::new(text);
    if compares_a_year(words) {
        return Some(Hint::Year);
    }
    if text.len() > LONGEST {
        return None;
    }
    (promises(&tokens(words)?).len() > 1).then_some(Hint::Several)
}

/// True if a target compares with a year, which counts nothing: `non inferiore al 2023`.
pub(super) fn compares_a_year(mut words: Scanner<'_>) -> bool {
    if words.find(&OPERATORS).is_none() {
        return false;
    }
    words.eat_any(&COMPARED_TO);
    let has_article = words.eat_any(&YEAR_ARTICLES);
    let has_year = words.eat_any(&YEARS);
    let digits = words.digits();
    (has_article || has_year) && digits.len() == 4 && is_recent(digits) && words.is_done()
}

/// A figure that a sentence promises, with what the words around it say.
struct Promise<'a> {
    quantity: &'a Quantity,
    after: Scanner<'a>,
    operator: Option<Operator>,
    /// True if its operator is the one of a length of time: `entro 30 giorni`.
    within: bool,
    /// True if nothing but an article, a mark or an operator comes before it.
    leads: bool,
    more: bool,
    total: bool,
    /// The preposition nearest to it.
    preposition: Option<&'a str>,
    /// A rise or a fall right before it.
    change: Option<bool>,
    /// A rise or a fall with which the sentence begins.
    opening: Option<bool>,
    /// True if a rise or a fall comes somewhere else before it.
    is_after_change: bool,
    /// True if the sentence begins with an action and goes on with what is done.
    is_done: bool,
}

impl Promise<'_> {
    fn is_one_of(&self, prepositions: &[&str]) -> bool {
        self.preposition.is_some_and(|found| Scanner::new(found).is_any(prepositions))
    }

    fn is_change(&self) -> bool {
        self.more || self.rise().is_some()
    }

    /// True if the figure is a rise or a fall.
    fn rise(&self) -> Option<bool> {
        if self.is_one_of(&TO_LEVEL) {
            return None;
        }
        let opening = self.opening.filter(|_| self.more || self.is_one_of(&OF_CHANGE));
        self.change.or(opening).or(self.more.then_some(true))
    }

    /// True if the words say that the figure itself is promised.
    fn is_level(&self) -> bool {
        if self.opening.is_some() || self.is_after_change && self.operator.is_none() {
            return false;
        }
        let is_percent = self.quantity.measure == Measure::Percent && self.is_one_of(&WITH_ARTICLE);
        self.leads || self.operator.is_some() || is_percent || self.is_done
    }

    fn level(&self) -> Goal {
        let Quantity { value, measure, .. } = *self.quantity;
        Goal::Quantity { operator: self.operator, value, measure, unit: unit_of(self.after) }
    }

    /// A change by the figure; `None` if its operator is of another kind.
    fn change(&self, rise: bool) -> Option<Goal> {
        let strict = match self.operator {
            None | Some(Operator::Ge) => false,
            Some(Operator::Gt) => true,
            Some(_) => return None,
        };
        let Quantity { value, measure, .. } = *self.quantity;
        let by = if rise { value } else { Decimal::ZERO.checked_sub(value)? };
        Some(Goal::Change { operator: Operator::of_change(rise, strict), by, measure, note: unit_of(self.after) })
    }
}

/// The figures that a sentence promises.
fn promises<'a>(tokens: &'a [Token<'a>]) -> Vec<Promise<'a>> {
    let opening = match tokens.first() {
        Some(Token { kind: TokenKind::Change(rise), .. }) => Some(*rise),
        _ => None,
    };
    let mut found = Vec::new();
    let mut is_after_change = false;
    for (at, token) in tokens.iter().enumerate() {
        is_after_change |= matches!(token.kind, TokenKind::Change(_)) || Scanner::new(token.text).is_any(&LESS);
        if let TokenKind::Figure { quantity, signed } = &token.kind {
            let mut promise = Promise {
                quantity,
                after: token.after,
                operator: None,
                within: false,
                leads: false,
                more: *signed,
                total: false,
                preposition: None,
                change: None,
                opening,
                is_after_change,
                is_done: is_action(&tokens[..at]),
            };
            read_backwards(&mut promise, &tokens[..at]);
            if let Some(Token { kind: TokenKind::More, after, .. }) = tokens.get(at + 1) {
                promise.more = true;
                promise.after = *after;
            }
            let is_age = !promise.leads && unit::is_age(promise.after.rest());
            if !is_age {
                found.push(promise);
            }
        }
    }
    found
}

/// Reads the tokens right before a figure into its promise, from the last one back.
fn read_backwards<'a>(promise: &mut Promise<'a>, before: &'a [Token<'a>]) {
    for token in before.iter().rev() {
        let word = Scanner::new(token.text);
        match token.kind {
            TokenKind::Operator(operator) if promise.operator.is_none() => promise.operator = Some(operator),
            TokenKind::Within if promise.operator.is_none() => {
                if !unit::is_time(promise.after.rest().split(is_space).next().unwrap_or_default()) {
                    return;
                }
                promise.operator = Some(Operator::Le);
                promise.within = true;
            }
            TokenKind::More => promise.more = true,
            TokenKind::Total => promise.total = true,
            TokenKind::Change(rise) => {
                promise.change = Some(rise);
                return;
            }
            TokenKind::Word if word.is_any(&PREPOSITIONS) || word.is_any(&ARTICLES) || word.is_any(&OF_CHANGE) => {
                promise.preposition = promise.preposition.or(Some(token.text));
            }
            TokenKind::Word if word.is_any(&COUNT_MARKS) => {}
            _ => return,
        }
    }
    promise.leads = true;
}

/// True if a deadline follows a phrase such as `entro`: a date, a month, the end of a year.
fn is_deadline(after: &[Token<'_>]) -> bool {
    let is_joint = |token: &&Token<'_>| {
        let word = Scanner::new(token.text);
        !word.is_any(&PREPOSITIONS) && !word.is_any(&ARTICLES) && !word.is_any(&COUNT_MARKS)
    };
    after.iter().find(is_joint).is_some_and(|token| match token.kind {
        TokenKind::Figure { .. } | TokenKind::Name => true,
        _ => is_month(token.text) || Scanner::new(token.text).is_any(&DEADLINES),
    })
}

/// The words after a figure, as its unit; brackets around the whole of it go.
fn unit_of(tail: Scanner<'_>) -> Option<String> {
    let text = tail.rest().trim_end_matches(|c: char| is_space(c) || matches!(c, '.' | ';' | ':'));
    let text = text.trim_start_matches(|c: char| is_space(c) || matches!(c, ',' | ':'));
    let inner = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    let inner = inner.filter(|inner| !inner.contains(['[', ']'])).unwrap_or(text);
    (!inner.is_empty()).then(|| inner.to_owned())
}

/// True if words after a figure may be what it counts: they go on with a word that joins nothing else to it.
fn is_tail(tail: Scanner<'_>) -> bool {
    let text = tail.rest();
    if tail.is_done() {
        return true;
    }
    let text = text.trim_start_matches(|c: char| is_space(c) || matches!(c, ',' | ':'));
    if !text.starts_with(|c: char| c.is_alphabetic() || matches!(c, '[' | '“' | '"' | '«' | '\'')) {
        return false;
    }
    let first = text.split(is_space).next().unwrap_or_default().trim_end_matches(['.', ',', ';', ':']);
    let joins = Scanner::new(first).is_any(&NOT_A_UNIT) || Scanner::new(first).is_any(&NO_UNIT_STARTS);
    !joins && !is_month(first) && unit_of(tail).is_none_or(|unit| is_plain_unit(&unit, tail.lang()))
}

/// True if words that are written right after a figure are neither more of it, nor the whole of a ratio, nor make it
/// approximate or a change: `20, mila` may be twenty thousand and `20, agenti in più` a rise, and a unit is printed after
/// the figure without the comma.
fn is_plain_unit(unit: &str, lang: Lang) -> bool {
    let printed = format!("100 {unit}");
    let mut words = Scanner::with_figures(&printed, lang);
    let Some(Ok(quantity)) = Quantity::scan(&mut words) else { return false };
    quantity.measure == Measure::Number
        && quantity.value == Decimal::HUNDRED
        && words.rest() == unit
        && words.without_about().is_none()
        && RelativeChange::after(&quantity, false, words).is_none()
        && whole(&mut words).is_none()
}
