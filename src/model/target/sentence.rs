//! Sentences that promise one figure: `Documentazione nel catalogo di almeno 50 dataset`, `Il 100% delle scuole`.
//!
//! A sentence is read once from left to right. Each figure in it is either a promise or the name of something: a year, an
//! age, the number of an act or of an article, a code. One promise is read; of two, the sentence stays words.

use crate::model::amount::EURO;
use crate::model::date::is_month;
use crate::model::decimal::{Decimal, Doubt};
use crate::model::scan::{Scanner, is_sign, is_space};

use super::assume::LESS;
use super::grammar::{Quantity, is_recent};
use super::operators::{OPERATORS, PREPOSITIONS};
use super::phrases::{CHANGES, COUNT_MARKS, NOT_A_UNIT, PERCENT, WITHIN};
use super::{Goal, Measure, Operator, unit};

/// Why a careful reader asks about a target in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// It promises several figures: each wants an indicator of its own.
    Several,
    /// The only figure is a year, which counts nothing.
    Year,
}

/// Phrases of operators that mean something else within a sentence: `over 65`, `minori di 14 anni`, `min`, `pari al`.
const NOT_WITHIN: &[&str] = &[
    "minore",
    "minori",
    "maggiore",
    "maggiori",
    "min",
    "min.",
    "max",
    "max.",
    "fino",
    "over",
    "under",
    "above",
    "below",
    "unter",
    "über",
    "pari",
    "uguale",
    "uguali",
    "gleich",
    "bis zu",
    "exceeding",
];

/// Words that say that as many more are meant.
const MORE: &[&str] = &[
    "ulteriori",
    "ulteriore",
    "altri",
    "altre",
    "additional",
    "further",
    "another",
    "weitere",
    "weiteren",
    "zusätzliche",
    "zusätzlichen",
];

/// What says that the figure after it is the whole, beside a change before it.
const TOTALS: &[&str] = &[
    "per un totale",
    "per un totale complessivo",
    "per complessivi",
    "per complessive",
    "fino a raggiungere",
    "raggiungendo",
    "arrivando a",
    "portandoli a",
    "portandole a",
    "for a total",
    "to a total",
    "reaching",
    "auf insgesamt",
    "insgesamt",
];

/// Articles before a figure.
const ARTICLES: &[&str] = &["il", "lo", "la", "l'", "i", "gli", "le", "the", "die", "der", "das"];

/// Figures in letters. One is none of them: it is an article, too.
const SPELT_OUT: &[(&str, i64)] = &[
    ("due", 2),
    ("tre", 3),
    ("quattro", 4),
    ("cinque", 5),
    ("sei", 6),
    ("sette", 7),
    ("otto", 8),
    ("nove", 9),
    ("dieci", 10),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("zwei", 2),
    ("drei", 3),
    ("vier", 4),
    ("fünf", 5),
    ("sechs", 6),
    ("sieben", 7),
    ("acht", 8),
    ("neun", 9),
    ("zehn", 10),
];

/// How Italian numerals begin.
const NUMERALS: &[&str] = &[
    "uno",
    "una",
    "due",
    "tre",
    "quattro",
    "cinque",
    "sei",
    "sette",
    "otto",
    "nove",
    "dieci",
    "undici",
    "dodici",
    "tredici",
    "quattordici",
    "quindici",
    "sedici",
    "diciassette",
    "diciotto",
    "diciannove",
    "vent",
    "trent",
    "quarant",
    "cinquant",
    "sessant",
    "settant",
    "ottant",
    "novant",
    "cento",
    "duecento",
    "mille",
    "duemila",
];

/// Words whose number is a name: of an act, an article, a part of a plan.
const NAMED_BY_NUMBER: &[&str] = &[
    "art",
    "artt",
    "articolo",
    "articoli",
    "comma",
    "commi",
    "lettera",
    "legge",
    "decreto",
    "dlgs",
    "d.lgs",
    "dpr",
    "d.p.r",
    "dpcm",
    "d.p.c.m",
    "dm",
    "d.m",
    "dl",
    "d.l",
    "l.r",
    "lr",
    "regolamento",
    "direttiva",
    "delibera",
    "deliberazione",
    "determina",
    "determinazione",
    "prot",
    "misura",
    "missione",
    "componente",
    "investimento",
    "sub-investimento",
    "riforma",
    "linea",
    "azione",
    "asse",
    "obiettivo",
    "obiettivi",
    "programma",
    "capitolo",
    "punto",
    "allegato",
    "fase",
    "lotto",
    "livello",
    "milestone",
    "target",
    "tabella",
    "versione",
    "agenda",
    "industria",
    "goal",
    "pilastro",
    "covid",
    "iso",
    "article",
    "law",
    "regulation",
    "directive",
    "measure",
    "mission",
    "component",
    "lot",
    "level",
    "phase",
    "annex",
    "artikel",
    "gesetz",
    "verordnung",
    "richtlinie",
    "maßnahme",
    "anlage",
    "los",
    "stufe",
    "§",
];

/// Marks before a number that count, or name an act where a word such as `delibera` stands before them.
const NUMBER_MARKS: &[&str] = &["n", "nr", "num", "numero", "no"];

/// Words before a year.
const BEFORE_YEARS: &[&str] = &[
    "anno",
    "anni",
    "nel",
    "nell'anno",
    "del",
    "dal",
    "al",
    "rilevazione",
    "baseline",
    "triennio",
    "biennio",
    "periodo",
    "esercizio",
    "annualità",
    "dell'anno",
    "year",
    "in",
    "since",
    "jahr",
    "dup",
    "piao",
    "peg",
    "piano",
    "stagione",
];

/// Prepositions before the size of a change: `incremento del 5%`, `aumento di 20`.
const OF: &[&str] =
    &["di", "del", "dello", "della", "dell'", "dei", "degli", "delle", "of", "by", "um", "von", "pari", "nel"];

/// Prepositions with the article of a percentage: `al 30 %`.
const WITH_ARTICLE: &[&str] = &["al", "allo", "all'", "del", "dello", "dell'"];

/// How nouns of an action end, before what is done: `Erogazione di due corsi`.
const ACTIONS: &[&str] = &["zione", "sione", "mento", "tura", "avvio", "aggio", "svolgimento"];

/// How Italian verbs end in the infinitive, before what is reached or done: `Coinvolgere 25 scuole`.
const INFINITIVES: &[&str] = &["are", "ere", "ire"];

/// Verbs whose object is a limit rather than a promise.
const LIMITING: &[&str] = &["evitare", "superare", "contenere", "limitare", "ridurre", "abbassare", "eccedere"];

/// Words of deadlines that name no month: `entro fine anno`.
const DEADLINES: &[&str] = &[
    "fine",
    "anno",
    "l'anno",
    "mese",
    "trimestre",
    "semestre",
    "primo",
    "secondo",
    "terzo",
    "quarto",
    "ultimo",
    "inizio",
    "metà",
    "esercizio",
    "year",
    "end",
    "jahresende",
    "ende",
    "quartal",
];

/// A word, phrase or figure of a sentence.
struct Token<'a> {
    kind: Kind,
    /// The word or phrase as written, without the marks around it.
    text: &'a str,
    /// The words that follow it.
    after: Scanner<'a>,
}

enum Kind {
    Operator(Operator),
    /// A rise or a fall.
    Change(bool),
    /// As many more.
    More,
    /// The figure after it is the whole.
    Total,
    /// A deadline.
    Within,
    /// A figure; `signed` where a plus stands before it.
    Figure {
        quantity: Quantity,
        signed: bool,
    },
    /// A number that names something.
    Name,
    Word,
}

/// The one figure that a sentence promises, as a goal; `None` where it promises none, several, or something else.
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
        .filter(|at| matches!(tokens[*at].kind, Kind::Within) && is_deadline(&tokens[at + 1..]))
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

/// The question about a sentence that isn't read.
pub(super) fn hint(text: &str) -> Option<Hint> {
    let words = Scanner::new(text);
    if compares_a_year(words) {
        return Some(Hint::Year);
    }
    (promises(&tokens(words)?).len() > 1).then_some(Hint::Several)
}

/// Whether a target compares with a year, which counts nothing: `non inferiore al 2023`.
pub(super) fn compares_a_year(mut words: Scanner<'_>) -> bool {
    if words.find(OPERATORS).is_none() {
        return false;
    }
    words.eat_any(&["rispetto"]);
    let has_article = words.eat_any(&["al", "all'", "del", "dell'", "dem", "a quello del", "a quella del", "a quanto"]);
    let has_year = words.eat_any(&["anno", "year", "jahr"]);
    let digits = words.digits();
    (has_article || has_year) && digits.len() == 4 && is_recent(digits) && words.is_done()
}

/// A figure that a sentence promises, with what the words around it say.
struct Promise<'a> {
    quantity: &'a Quantity,
    after: Scanner<'a>,
    operator: Option<Operator>,
    /// Whether its operator is the one of a length of time: `entro 30 giorni`.
    within: bool,
    /// Whether nothing but an article, a mark or an operator stands before it.
    leads: bool,
    more: bool,
    total: bool,
    /// The preposition nearest to it.
    preposition: Option<&'a str>,
    /// A rise or a fall right before it.
    change: Option<bool>,
    /// A rise or a fall with which the sentence begins.
    opening: Option<bool>,
    /// Whether a rise or a fall stands somewhere else before it.
    is_after_change: bool,
    /// Whether the sentence begins with an action and goes on with what is done.
    is_done: bool,
}

impl Promise<'_> {
    fn is_one_of(&self, prepositions: &[&str]) -> bool {
        self.preposition.is_some_and(|found| Scanner::new(found).is_any(prepositions))
    }

    fn is_change(&self) -> bool {
        self.more || self.rise().is_some()
    }

    /// Whether the figure is a rise or a fall.
    fn rise(&self) -> Option<bool> {
        if self.is_one_of(&["a", "to", "auf"]) {
            return None;
        }
        let opening = self.opening.filter(|_| self.more || self.is_one_of(OF));
        self.change.or(opening).or(self.more.then_some(true))
    }

    /// Whether the words say that the figure itself is promised.
    fn is_level(&self) -> bool {
        if self.opening.is_some() || self.is_after_change && self.operator.is_none() {
            return false;
        }
        let is_percent = self.quantity.measure == Measure::Percent && self.is_one_of(WITH_ARTICLE);
        self.leads || self.operator.is_some() || is_percent || self.is_done
    }

    fn level(&self) -> Goal {
        let Quantity { value, measure, .. } = *self.quantity;
        Goal::Quantity { operator: self.operator, value, measure, unit: unit_of(self.after) }
    }

    /// A change by the figure; `None` where its operator says something else.
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
        Some(Token { kind: Kind::Change(rise), .. }) => Some(*rise),
        _ => None,
    };
    let mut found = Vec::new();
    let mut is_after_change = false;
    for (at, token) in tokens.iter().enumerate() {
        is_after_change |= matches!(token.kind, Kind::Change(_)) || Scanner::new(token.text).is_any(LESS);
        if let Kind::Figure { quantity, signed } = &token.kind {
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
            look_back(&mut promise, &tokens[..at]);
            if let Some(Token { kind: Kind::More, after, .. }) = tokens.get(at + 1) {
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

/// Takes what stands right before a figure.
fn look_back<'a>(promise: &mut Promise<'a>, before: &'a [Token<'a>]) {
    for token in before.iter().rev() {
        let word = Scanner::new(token.text);
        match token.kind {
            Kind::Operator(operator) if promise.operator.is_none() => promise.operator = Some(operator),
            Kind::Within if promise.operator.is_none() => {
                if !unit::is_time(promise.after.rest().split(is_space).next().unwrap_or_default()) {
                    return;
                }
                promise.operator = Some(Operator::Le);
                promise.within = true;
            }
            Kind::More => promise.more = true,
            Kind::Total => promise.total = true,
            Kind::Change(rise) => {
                promise.change = Some(rise);
                return;
            }
            Kind::Word if word.is_any(PREPOSITIONS) || word.is_any(ARTICLES) || word.is_any(&["pari"]) => {
                promise.preposition = promise.preposition.or(Some(token.text));
            }
            Kind::Word if word.is_any(COUNT_MARKS) => {}
            _ => return,
        }
    }
    promise.leads = true;
}

/// Whether the words are an action before what is done: `Erogazione di`, `Pubblicazione di n.`, `Coinvolgere`.
fn is_action(before: &[Token<'_>]) -> bool {
    let before = match before {
        [rest @ .., last] if Scanner::new(last.text).is_any(COUNT_MARKS) => rest,
        all => all,
    };
    let ends = |word: &Token<'_>, ends: &[&str]| {
        let word = word.text.to_lowercase();
        ends.iter().any(|end| word.ends_with(end))
    };
    match before {
        [verb] => ends(verb, INFINITIVES) && !ends(verb, LIMITING),
        [action, of] => ends(action, ACTIONS) && Scanner::new(of.text).is_any(&["di", "of", "von"]),
        _ => false,
    }
}

/// Whether a deadline follows a phrase such as `entro`: a date, a month, the end of a year.
fn is_deadline(after: &[Token<'_>]) -> bool {
    let is_joint = |token: &&Token<'_>| {
        let word = Scanner::new(token.text);
        !word.is_any(PREPOSITIONS) && !word.is_any(ARTICLES) && !word.is_any(COUNT_MARKS)
    };
    after.iter().find(is_joint).is_some_and(|token| match token.kind {
        Kind::Figure { .. } | Kind::Name => true,
        _ => is_month(token.text) || Scanner::new(token.text).is_any(DEADLINES),
    })
}

/// The words, phrases and figures of a sentence; `None` where a figure can't be read.
fn tokens(words: Scanner<'_>) -> Option<Vec<Token<'_>>> {
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
    let made = |kind: Kind, after: Scanner<'a>| {
        let text = &start[..start.len() - after.rest().len()];
        Some(Token { kind, text: text.trim_end_matches(is_space), after })
    };
    let mut after = words;
    let signed = start.starts_with('+');
    let is_figure = start.starts_with(|c: char| c.is_ascii_digit() || is_sign(c)) || { words }.eat_any(EURO);
    if is_figure && let Some(name) = name(words, before) {
        return made(Kind::Name, name);
    }
    if is_figure && let Some(quantity) = Quantity::scan(&mut after) {
        skip_spelt_out(&mut after);
        return made(Kind::Figure { quantity: quantity.ok()?, signed }, after);
    }
    if after.eat_any(TOTALS) {
        return made(Kind::Total, after);
    }
    if after.eat_any(WITHIN) {
        return made(Kind::Within, after);
    }
    if let Some(rise) = after.find(CHANGES) {
        return made(Kind::Change(rise), after);
    }
    let is_other = !is_first && { words }.eat_any(NOT_WITHIN);
    if !is_other && let Some(operator) = after.find(OPERATORS) {
        return made(Kind::Operator(operator), after);
    }
    if after.eat_any(MORE) {
        return made(Kind::More, after);
    }
    let is_counted =
        matches!(before.last(), Some(Token { kind: Kind::Operator(_) | Kind::More, .. })) || is_action(before);
    let is_counted = is_counted
        || before.last().is_some_and(|last| {
            Scanner::new(last.text).is_any(PREPOSITIONS)
                && matches!(before.iter().rev().nth(1), Some(Token { kind: Kind::Operator(_) | Kind::More, .. }))
        });
    if is_counted && let Some(spelt) = after.find(SPELT_OUT) {
        return made(Kind::Figure { quantity: Quantity::counted(spelt.into()), signed: false }, after);
    }
    made(Kind::Word, past_word(words))
}

/// Takes the figure that stands once more in letters: `3 (tre)`.
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
    let is_word = matches!(before.last(), Some(Token { kind: Kind::Word | Kind::Name | Kind::Within, .. }));
    let is_joint = Scanner::new(&last).is_any(NOT_A_UNIT);
    let is_named = BEFORE_YEARS.contains(&last.as_str()) || is_month(&last) || is_closed && is_word && !is_joint;
    (is_year && is_named).then(word)
}

/// Whether digits with marks between them are a date, an act of a year or an age, rather than a figure or a ratio.
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

/// The words after a figure, as its unit; brackets around the whole of it go.
fn unit_of(tail: Scanner<'_>) -> Option<String> {
    let text = tail.rest().trim_end_matches(|c: char| is_space(c) || matches!(c, '.' | ';' | ':'));
    let text = text.trim_start_matches(|c: char| is_space(c) || matches!(c, ',' | ':'));
    let inner = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    let inner = inner.filter(|inner| !inner.contains(['[', ']'])).unwrap_or(text);
    (!inner.is_empty()).then(|| inner.to_owned())
}

/// Whether words after a figure may be what it counts: they go on with a word that joins nothing else to it.
fn is_tail(tail: Scanner<'_>) -> bool {
    let text = tail.rest();
    if tail.is_done() {
        return true;
    }
    let text = text.trim_start_matches(|c: char| is_space(c) || matches!(c, ',' | ':'));
    if !text.starts_with(|c: char| c.is_alphabetic() || matches!(c, '[' | '“' | '"' | '«' | '\'')) {
        return false;
    }
    let first = text.split(is_space).next().unwrap_or_default();
    let joins = Scanner::new(first).is_any(NOT_A_UNIT) || Scanner::new(first).is_any(&["in", "per", "cento"]);
    !joins && !{ tail }.eat_any(PERCENT) && !is_month(first)
}
