//! Tables of which a language is made: everything in which two languages differ.

use snowball_stemmers_rs::Algorithm;

use crate::model::date::{Bound, CalendarUnit};
use crate::model::decimal::Decimal;
use crate::model::target::{Measure, Operator, Reason};

use super::Lang;

/// Phrases as [`Scanner::eat`](crate::model::scan::Scanner::eat) takes them: lower case, single spaces, no accents.
pub(super) type List = &'static [&'static str];

/// Everything in which a language differs from others.
#[derive(Debug)]
pub(crate) struct Language {
    /// Tag (BCP 47).
    pub(crate) code: &'static str,
    /// Name in itself.
    pub(crate) name: &'static str,
    /// Name within a sentence in other languages, by their codes, for themes whose strings have no `lang.<code>`.
    pub(crate) called: &'static [(&'static str, &'static str)],
    /// "In this language", in Italian and English.
    pub(crate) in_it: [&'static str; 2],
    /// Name in Open Graph, with the country whose spelling the strings have.
    pub(crate) locale: &'static str,
    /// Language of messages for editors.
    pub(crate) editors: Lang,
    /// Caption of a table that no heading stands above.
    pub(crate) table: &'static str,
    /// True if the name of a state keeps its capital within a sentence.
    pub(crate) has_inner_capitals: bool,
    /// Stemmer of the search.
    pub(crate) stemmer: Algorithm,
    /// True if `ae`, `oe` and `ue` may stand for letters with two dots.
    pub(crate) has_umlauts: bool,
    /// Words of addresses.
    pub(crate) addresses: AddressWords,
    /// Words of the closed sets in front matter.
    pub(crate) sets: SetWords,
    /// Figures.
    pub(crate) figures: FigureWords,
    /// Sums of money.
    pub(crate) amounts: AmountWords,
    /// Dates.
    pub(crate) dates: DateWords,
    /// Targets and outcomes.
    pub(crate) targets: TargetWords,
}

/// Words of which addresses are made, in one language.
#[derive(Debug)]
pub(crate) struct AddressWords {
    pub(crate) projects: &'static str,
    pub(crate) updates: &'static str,
    pub(crate) units: &'static str,
    pub(crate) plans: &'static str,
    pub(crate) series: &'static str,
    pub(crate) search: &'static str,
    pub(crate) map: &'static str,
    pub(crate) data: &'static str,
    /// Facets of the ready-made lists of a year: state, unit, type.
    pub(crate) facets: [&'static str; 3],
    /// States of objectives, in their order.
    pub(crate) states: [&'static str; 10],
}

/// Words that editors write for the values of closed sets, in the order of the values. The first one of each is offered.
#[derive(Debug)]
pub(crate) struct SetWords {
    pub(crate) name_policies: [List; 3],
    pub(crate) directions: [List; 3],
    pub(crate) indicator_states: [List; 7],
    pub(crate) objective_states: [List; 10],
    pub(crate) lifecycles: [List; 5],
    pub(crate) healths: [List; 4],
}

/// Words and marks of figures.
#[derive(Debug)]
pub(crate) struct FigureWords {
    /// Mark before decimals.
    pub(crate) point: char,
    /// Mark between groups of three, as it is written.
    pub(crate) group: char,
    /// Sign of percents with the space before it.
    pub(crate) percent: &'static str,
    /// Words for the sign.
    pub(crate) percents: List,
    /// Words after figures that stand for three, six and nine noughts.
    pub(crate) thousands: List,
    pub(crate) millions: List,
    pub(crate) billions: List,
    /// Words that make a figure approximate.
    pub(crate) about: List,
    /// Words of these that stand right after a figure, too: `100 circa persone`.
    pub(crate) about_after: List,
}

/// Words of sums of money.
#[derive(Debug)]
pub(crate) struct AmountWords {
    /// Sign of the euro before and after figures.
    pub(crate) euro: [&'static str; 2],
    /// True if the code of another currency stands before the figures.
    pub(crate) has_code_first: bool,
    /// "About", with its space.
    pub(crate) about: &'static str,
    /// Value added tax included and excluded.
    pub(crate) vat: [&'static str; 2],
    /// Words for the euro.
    pub(crate) euros: List,
    /// Words between spoken figures and their currency.
    pub(crate) joints: List,
    /// Words before an amount that say nothing about it.
    pub(crate) leads: List,
    /// Names of value added tax.
    pub(crate) vat_names: List,
    /// Words before the rate of the tax.
    pub(crate) vat_rates: List,
    /// Words before the name of the tax that include and exclude it.
    pub(crate) with_vat: List,
    pub(crate) without_vat: List,
    /// Words after the name of the tax that include and exclude it.
    pub(crate) vat_included: List,
    pub(crate) vat_excluded: List,
    /// Words after an excluded tax that say nothing more.
    pub(crate) vat_ends: List,
}

/// A name of a month with the two figures after it: `August 24`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AfterMonth {
    /// A day: `June 30`.
    Day,
    /// A day if it has one figure or the ending of a day, else the end of a year.
    DayIfShort,
    /// The end of a year.
    Year,
}

/// Words of dates.
#[derive(Debug)]
pub(crate) struct DateWords {
    /// A piece of the calendar, as such or as a bound: `entro giugno 2024`.
    pub(crate) date: fn(CalendarUnit, Bound) -> String,
    /// A piece of the calendar before which nothing ends: `non prima di giugno 2024`.
    pub(crate) not_before: fn(CalendarUnit) -> String,
    /// Names of the months, as they are written.
    pub(crate) months: [&'static str; 12],
    /// Other spellings of whole names.
    pub(crate) other_months: List,
    /// Names and abbreviations of the months that are read. One that a language before has is that one's.
    pub(crate) month_names: [List; 12],
    /// Figures after the name of a month.
    pub(crate) after_month: AfterMonth,
    /// Words that look like a date and are none.
    pub(crate) no_dates: List,
    /// Words before the latest moment.
    pub(crate) by: List,
    /// Words before the latest moment in words, while figures after them are a number: `fino a 2000`.
    pub(crate) by_before_words: List,
    /// Words before the earliest moment.
    pub(crate) from: List,
    /// Words after the earliest moment that say it again.
    pub(crate) onwards: List,
    /// Words around a date that say nothing about which one.
    pub(crate) fillers: List,
    /// Ends of a period, which are no day except where something is due by them.
    pub(crate) ends: List,
    /// Other parts of a period that have no day of their own.
    pub(crate) parts: List,
    /// Both, as one word with the year: `Jahresende`.
    pub(crate) year_ends: List,
    pub(crate) year_parts: List,
    /// Words that make a certain date of the end of a period: its last day.
    pub(crate) at_the_end: List,
    /// Words before the beginning of a span, and before its end.
    pub(crate) span_from: List,
    pub(crate) span_to: List,
    /// Words between two bare ends of a span.
    pub(crate) span_joints: List,
    /// Words before a span whose ends are joined by an "and", and the "and".
    pub(crate) between: List,
    pub(crate) and: List,
    /// Names of spans of years.
    pub(crate) span_names: List,
    /// Names of a year before its figures.
    pub(crate) year_names: List,
    /// Words between a month and its year.
    pub(crate) of_year: List,
    /// Words between a day and its month.
    pub(crate) of_month: List,
    /// Endings of the figures of a day.
    pub(crate) day_endings: List,
    /// First to fourth, and last.
    pub(crate) ordinals: [List; 4],
    pub(crate) last: List,
    /// Names of a quarter and of a half year.
    pub(crate) quarters: List,
    pub(crate) half_years: List,
    /// Words, letters alone, before the number of an act or of its parts.
    pub(crate) acts: List,
}

impl DateWords {
    /// The name of a month, from 1 to 12.
    pub(super) fn month(&self, month: i8) -> &'static str {
        usize::try_from(month - 1).ok().and_then(|place| self.months.get(place)).unwrap_or(&"")
    }
}

/// A figure in words, with what it is.
#[derive(Debug)]
pub(crate) struct Figure {
    pub(crate) words: String,
    pub(crate) value: Decimal,
    pub(crate) measure: Measure,
}

/// Words of targets and outcomes.
#[derive(Debug)]
pub(crate) struct TargetWords {
    /// A figure with its operator: `almeno 100`. The operator is none of ranges and dates.
    pub(crate) compared: fn(Operator, &Figure) -> String,
    /// A figure that is about the true one.
    pub(crate) approximate: fn(&Figure) -> String,
    /// A range.
    pub(crate) range: fn(&Figure, &Figure) -> String,
    /// A rise or a fall, by its size.
    pub(crate) change: fn(Operator, &Figure) -> String,
    /// So many out of so many.
    pub(crate) ratio: fn(&str, &str) -> String,
    /// Something done, and not done.
    pub(crate) done: [&'static str; 2],
    /// No target.
    pub(crate) not_stated: &'static str,
    /// No outcome.
    pub(crate) not_published: &'static str,
    /// Reason for which there is no verdict, in one plain sentence.
    pub(crate) reasons: &'static [(Reason, &'static str)],
    /// Whole texts that stand for no target or no outcome yet.
    pub(crate) none: List,
    /// Whole texts that say that something is done, and that it isn't.
    pub(crate) yes: List,
    pub(crate) no: List,
    /// Words of the operators.
    pub(crate) at_least: List,
    pub(crate) more_than: List,
    pub(crate) at_most: List,
    pub(crate) less_than: List,
    pub(crate) exactly: List,
    /// Of these, those that mean something else within a sentence.
    pub(crate) no_operators_within: List,
    /// Words between an operator and its figure.
    pub(crate) prepositions: List,
    /// Marks of a count: `n.`.
    pub(crate) count_marks: List,
    /// Words before a range, and between its figures.
    pub(crate) ranges: List,
    pub(crate) and: List,
    /// Words between a part and its whole.
    pub(crate) out_of: List,
    /// Words of a rise and of a fall, before the figure.
    pub(crate) rises: List,
    pub(crate) falls: List,
    /// Words of a rise and of a fall right after the figure: `5% in più`.
    pub(crate) rises_after: List,
    pub(crate) falls_after: List,
    /// Words of a rise and of a fall after the thing that is counted: `20 agenti in più`.
    pub(crate) rises_after_noun: List,
    pub(crate) falls_after_noun: List,
    /// Words that show that more is meant than a figure and its unit.
    pub(crate) no_units: List,
    /// Words of which a unit after a figure can't begin within a sentence.
    pub(crate) no_unit_starts: List,
    /// Words before what a change is measured against.
    pub(crate) references: List,
    /// Words before a length of time that must not be passed.
    pub(crate) within: List,
    /// Units of measure.
    pub(crate) units: &'static [(Unit, List)],
    /// Days other than those of the calendar.
    pub(crate) working_days: List,
    /// True if the endings make a singular and a plural of one stem.
    pub(crate) is_plural: fn(&str, (&str, &str)) -> bool,
    /// Names of a plain number as a unit of measure, and further words before a unit that say no more.
    pub(crate) numbers: List,
    pub(crate) counts: List,
    /// Words between a figure and what it counts.
    pub(crate) unit_joints: List,
    /// Names of the hundredth part of a euro.
    pub(crate) cents: List,
    /// Names of percents as a unit of measure, and of points of a percentage.
    pub(crate) percent_units: List,
    pub(crate) percent_points: List,
    /// Beginnings of titles that promise less of something, and that count a length of time.
    pub(crate) less: List,
    pub(crate) durations: List,
    /// Words of sentences.
    pub(crate) sentences: SentenceWords,
}

/// Words of sentences that promise a figure.
#[derive(Debug)]
pub(crate) struct SentenceWords {
    /// Words for as many more.
    pub(crate) more: List,
    /// Words before the whole that a change comes to.
    pub(crate) totals: List,
    /// Two to ten. One is an article, too.
    pub(crate) spelt_out: [&'static str; 9],
    /// Beginnings of numerals.
    pub(crate) numerals: List,
    /// Words whose number is a name: of an act, an article, a part of a plan.
    pub(crate) named_by_number: List,
    /// Marks between such a word and its number.
    pub(crate) number_marks: List,
    /// Words before a year.
    pub(crate) before_years: List,
    /// Endings of nouns of an action, before what is done.
    pub(crate) actions: List,
    /// Endings of verbs in the infinitive.
    pub(crate) infinitives: List,
    /// Verbs whose object is a limit rather than a promise.
    pub(crate) limiting: List,
    /// Articles.
    pub(crate) articles: List,
    /// Prepositions before what an action does.
    pub(crate) of_action: List,
    /// Prepositions before the size of a change, before the level that it comes to, and with the article of a percentage.
    pub(crate) of_change: List,
    pub(crate) to_level: List,
    pub(crate) with_article: List,
    /// Words of deadlines that name no month.
    pub(crate) deadlines: List,
    /// Words between an operator and a year: before the article, the article, and the name of a year.
    pub(crate) compared_to: List,
    pub(crate) year_articles: List,
    pub(crate) years: List,
}

/// A unit of measure with an exact size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
    Millimetre,
    Centimetre,
    Metre,
    Kilometre,
    Hectare,
    Gram,
    Kilogram,
    Quintal,
    Tonne,
    Litre,
}
