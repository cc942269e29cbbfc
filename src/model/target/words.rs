//! Targets and outcomes in plain words.

use crate::model::Lang;
use crate::model::decimal::Decimal;

use super::{Actual, Basis, Extent, Goal, Measure, Operator, Outcome, Reason, Target};

impl Target {
    /// The target in plain words: `almeno 100`, `più del 25%`, `2 su 4`,
    /// `entro il 31 dicembre 2020`, `tra 10 e 20`, `aumento del 25%`; prose verbatim.
    ///
    /// [`Target::read`] reads them back in the same language.
    pub fn words(&self, lang: Lang) -> String {
        match &self.goal {
            Goal::Quantity { operator, value, measure, unit, .. } => {
                followed_by(compared(*operator, *value, *measure, lang), unit)
            }
            Goal::Range { low, high, measure, unit } => followed_by(between(*low, *high, *measure, lang), unit),
            Goal::Ratio { operator, part, whole, unit } => {
                let bare = ratio(*part, *whole, lang);
                // Of a ratio, at least is what everybody reads.
                let words = match operator {
                    None => bare,
                    Some(Operator::Ge) if self.basis == Basis::Default => bare,
                    Some(operator) => format!("{}{bare}", operator.words(lang)),
                };
                followed_by(words, unit)
            }
            Goal::Date(date) if date.latest().is_some() => date.as_deadline().words(lang),
            Goal::Date(date) => date.words(lang),
            Goal::Yes => done(true, lang).to_owned(),
            Goal::Change { operator, by, measure, note } => followed_by(change(*operator, *by, *measure, lang), note),
            Goal::Text(text) => text.clone(),
            Goal::None => match lang {
                Lang::It => "non indicato".to_owned(),
                Lang::En => "not stated".to_owned(),
                Lang::De => "nicht angegeben".to_owned(),
            },
        }
    }
}

impl Actual {
    /// The outcome in plain words: `22 persone`, `98%`, `3 su 4`, `15 giugno 2017`, `sì`,
    /// `aumento del 6%`, `non pubblicato`; prose verbatim.
    pub fn words(&self, lang: Lang) -> String {
        match &self.outcome {
            Outcome::Quantity { value, extent, measure, unit } => {
                followed_by(extent.words(*value, *measure, lang), unit)
            }
            Outcome::Ratio { part, whole, unit } => followed_by(ratio(*part, *whole, lang), unit),
            Outcome::Date(date) => date.words(lang),
            Outcome::Done(is_done) => done(*is_done, lang).to_owned(),
            Outcome::Change { by, measure, note } => followed_by(
                change(if by.is_negative() { Operator::Le } else { Operator::Ge }, *by, *measure, lang),
                note,
            ),
            Outcome::Text(text) => text.clone(),
            Outcome::None => match lang {
                Lang::It => "non pubblicato".to_owned(),
                Lang::En => "not published".to_owned(),
                Lang::De => "nicht veröffentlicht".to_owned(),
            },
        }
    }
}

impl Measure {
    fn figure(self, value: Decimal, lang: Lang) -> String {
        let figures = value.words(lang);
        match (self, lang) {
            (Self::Number, _) => figures,
            (Self::Percent, _) => value.percent_words(lang),
            (Self::Money, Lang::It | Lang::De) => format!("{figures} €"),
            (Self::Money, Lang::En) => format!("€{figures}"),
        }
    }
}

impl Operator {
    /// The words before a plain figure, with their space.
    fn words(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Ge, Lang::It) => "almeno ",
            (Self::Gt, Lang::It) => "più di ",
            (Self::Le, Lang::It) => "al massimo ",
            (Self::Lt, Lang::It) => "meno di ",
            (Self::Eq, Lang::It) => "pari a ",
            (Self::Ge, Lang::En) => "at least ",
            (Self::Ge, Lang::De) => "mindestens ",
            (Self::Gt, Lang::En) => "more than ",
            (Self::Gt, Lang::De) => "mehr als ",
            (Self::Le, Lang::En) => "at most ",
            (Self::Le, Lang::De) => "höchstens ",
            (Self::Lt, Lang::En) => "less than ",
            (Self::Lt, Lang::De) => "weniger als ",
            (Self::Eq, Lang::En) => "exactly ",
            (Self::Eq, Lang::De) => "genau ",
            (Self::Between | Self::By, _) => "",
        }
    }
}

impl Extent {
    /// A published figure with how it stands for the true one.
    fn words(self, value: Decimal, measure: Measure, lang: Lang) -> String {
        match self {
            Self::Exact => measure.figure(value, lang),
            Self::Bound(operator) => compared(Some(operator), value, measure, lang),
            Self::To(high) => between(value, high, measure, lang),
            Self::About => {
                let about = match lang {
                    Lang::It => "circa",
                    Lang::En => "about",
                    Lang::De => "etwa",
                };
                format!("{about} {}{}", article(value, measure, lang), measure.figure(value, lang))
            }
        }
    }
}

fn between(low: Decimal, high: Decimal, measure: Measure, lang: Lang) -> String {
    let (low_article, high_article) = (article(low, measure, lang), article(high, measure, lang));
    let (low, high) = (measure.figure(low, lang), measure.figure(high, lang));
    match lang {
        Lang::It => format!("tra {low_article}{low} e {high_article}{high}"),
        Lang::En => format!("between {low} and {high}"),
        Lang::De => format!("zwischen {low} und {high}"),
    }
}

fn compared(operator: Option<Operator>, value: Decimal, measure: Measure, lang: Lang) -> String {
    let figure = measure.figure(value, lang);
    let Some(operator) = operator else { return figure };
    if lang != Lang::It || measure != Measure::Percent {
        return format!("{}{figure}", operator.words(lang));
    }
    // An Italian percentage has its article: più dell'8%, pari al 20%.
    let of = match operator {
        Operator::Gt => "più del",
        Operator::Lt => "meno del",
        Operator::Eq => "pari al",
        Operator::Ge | Operator::Le | Operator::Between | Operator::By => {
            return format!("{}{}{figure}", operator.words(lang), article(value, measure, lang));
        }
    };
    format!("{of}{}{figure}", Initial::of(value).after_preposition())
}

fn change(operator: Operator, by: Decimal, measure: Measure, lang: Lang) -> String {
    let size = by.abs();
    let figure = measure.figure(size, lang);
    let noun = match (lang, operator.is_floor()) {
        (Lang::It, true) => "aumento",
        (Lang::It, false) => "riduzione",
        (Lang::En, true) => "increase",
        (Lang::En, false) => "reduction",
        (Lang::De, true) => "Erhöhung",
        (Lang::De, false) => "Rückgang",
    };
    let is_percent = measure == Measure::Percent;
    match (lang, operator.is_strict()) {
        (Lang::En, false) => format!("{noun} of {figure}"),
        (Lang::En, true) => format!("{noun} of more than {figure}"),
        (Lang::De, false) => format!("{noun} um {figure}"),
        (Lang::De, true) => format!("{noun} um mehr als {figure}"),
        (Lang::It, true) => format!("{noun} di oltre {}{figure}", article(size, measure, lang)),
        (Lang::It, false) if is_percent => {
            format!("{noun} del{}{figure}", Initial::of(size).after_preposition())
        }
        (Lang::It, false) => format!("{noun} di {figure}"),
    }
}

fn ratio(part: Decimal, whole: Decimal, lang: Lang) -> String {
    let (part, whole) = (part.words(lang), whole.words(lang));
    match lang {
        Lang::It => format!("{part} su {whole}"),
        Lang::En => format!("{part} out of {whole}"),
        Lang::De => format!("{part} von {whole}"),
    }
}

fn done(is_done: bool, lang: Lang) -> &'static str {
    match (is_done, lang) {
        (true, Lang::It) => "sì",
        (true, Lang::En) => "yes",
        (true, Lang::De) => "ja",
        (false, Lang::It | Lang::En) => "no",
        (false, Lang::De) => "nein",
    }
}

fn followed_by(mut words: String, unit: &Option<String>) -> String {
    if let Some(unit) = unit {
        if unit.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '[' | '(' | '“' | '"' | '«')) {
            words.push(' ');
        }
        words.push_str(unit);
    }
    words
}

/// The article of an Italian percentage, with its space or apostrophe; nothing for other figures.
fn article(value: Decimal, measure: Measure, lang: Lang) -> &'static str {
    match (measure, lang) {
        (Measure::Percent, Lang::It) => match Initial::of(value) {
            Initial::Vowel => "l’",
            Initial::Zero => "lo ",
            Initial::Consonant => "il ",
        },
        _ => "",
    }
}

/// How an Italian figure begins when it is spoken, which decides its article.
#[derive(Clone, Copy)]
enum Initial {
    /// uno, otto, ottanta, ottocento, undici, and their thousands and millions.
    Vowel,
    /// zero.
    Zero,
    Consonant,
}

impl Initial {
    fn of(value: Decimal) -> Self {
        if value.is_negative() {
            return Self::Consonant;
        }
        match value.leading_group() {
            (0, 0) => Self::Zero,
            (1, 0) | (8 | 11 | 80..=89 | 800..=899, _) => Self::Vowel,
            _ => Self::Consonant,
        }
    }

    /// What follows `del` or `al`: the rest of the preposition, with its space or apostrophe.
    fn after_preposition(self) -> &'static str {
        match self {
            Self::Vowel => "l’",
            Self::Zero => "lo ",
            Self::Consonant => " ",
        }
    }
}

impl Reason {
    /// Why a verdict can't be given, in one plain sentence.
    pub fn words(self, lang: Lang) -> &'static str {
        let known = WHY.iter().find(|(reason, _)| *reason == self);
        known.map_or("", |(_, [italian, english, german])| match lang {
            Lang::It => italian,
            Lang::En => english,
            Lang::De => german,
        })
    }
}

/// Why a verdict can't be given, in Italian, English and German.
const WHY: &[(Reason, [&str; 3])] = &[
    (Reason::NoTarget, ["Non c’è un traguardo.", "There is no target.", "Es gibt keinen Zielwert."]),
    (
        Reason::Unpublished,
        ["Il risultato non è pubblicato.", "The outcome is not published.", "Das Ergebnis ist nicht veröffentlicht."],
    ),
    (
        Reason::Prose,
        [
            "Il traguardo è scritto a parole e non si può misurare.",
            "The target is written in words and can’t be measured.",
            "Der Zielwert ist in Worten beschrieben und lässt sich nicht messen.",
        ],
    ),
    (
        Reason::NoOperator,
        [
            "Il traguardo non dice se è un minimo o un massimo.",
            "The target does not say whether it is a minimum or a maximum.",
            "Der Zielwert sagt nicht, ob er ein Mindest- oder ein Höchstwert ist.",
        ],
    ),
    (
        Reason::YearOrCount,
        [
            "Non si sa se il traguardo è un anno o una quantità.",
            "It is not known whether the target is a year or a quantity.",
            "Es ist nicht bekannt, ob der Zielwert ein Jahr oder eine Menge ist.",
        ],
    ),
    (
        Reason::BaselineMeets,
        [
            "Il valore di partenza raggiungeva già il traguardo: non si sa che cosa doveva cambiare.",
            "The baseline already met the target: what was to change is not known.",
            "Der Ausgangswert erfüllte das Ziel schon: was sich ändern sollte, ist nicht bekannt.",
        ],
    ),
    (
        Reason::NoBaseline,
        [
            "Manca un valore di partenza da cui misurare il cambiamento.",
            "There is no baseline from which the change could be measured.",
            "Es fehlt ein Ausgangswert, von dem aus sich die Veränderung messen lässt.",
        ],
    ),
    (
        Reason::Units,
        [
            "Traguardo e risultato sono in unità di misura diverse.",
            "Target and outcome are in different units.",
            "Zielwert und Ergebnis haben verschiedene Einheiten.",
        ],
    ),
    (
        Reason::ShareOrPercent,
        [
            "Non si sa se una delle cifre è una quota di uno o una percentuale.",
            "It is not known whether one of the figures is a share of one or a percentage.",
            "Es ist nicht bekannt, ob eine der Zahlen ein Anteil von eins oder ein Prozentwert ist.",
        ],
    ),
    (
        Reason::ChangeOrLevel,
        [
            "Non si sa se il risultato è il cambiamento o il livello raggiunto.",
            "It is not known whether the outcome is the change or the level reached.",
            "Es ist nicht bekannt, ob das Ergebnis die Veränderung oder der erreichte Stand ist.",
        ],
    ),
    (
        Reason::OtherKind,
        [
            "Il risultato è di un’altra specie rispetto al traguardo.",
            "The outcome is of another kind than the target.",
            "Das Ergebnis ist von anderer Art als der Zielwert.",
        ],
    ),
    (
        Reason::DayUnknown,
        [
            "È fatto, ma il giorno non è indicato.",
            "It is done, but the day is not stated.",
            "Es ist erledigt, aber der Tag ist nicht angegeben.",
        ],
    ),
    (
        Reason::Imprecise,
        [
            "Il risultato non è abbastanza preciso per dire se il traguardo è raggiunto.",
            "The outcome is not precise enough to say whether the target is met.",
            "Das Ergebnis ist nicht genau genug, um zu sagen, ob das Ziel erreicht ist.",
        ],
    ),
    (
        Reason::PartOfNothing,
        [
            "Il risultato è una parte di zero.",
            "The outcome is a part of nothing.",
            "Das Ergebnis ist ein Teil von null.",
        ],
    ),
    (
        Reason::TooLong,
        [
            "Le cifre sono troppo lunghe per un confronto esatto.",
            "The figures are too long to be compared exactly.",
            "Die Zahlen sind zu lang, um sie genau zu vergleichen.",
        ],
    ),
];
