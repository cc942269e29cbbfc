//! English.

use snowball_stemmers_rs::Algorithm;

use super::{
    AddressWords, AfterMonth, AmountWords, DateWords, Figure, FigureWords, Lang, Language, SentenceWords, SetWords,
    TargetWords, Unit,
};
use crate::model::date::{Bound, CalendarUnit};
use crate::model::target::{Operator, Reason};

pub(super) static LANGUAGE: Language = Language {
    code: "en",
    name: "English",
    called: &[],
    in_it: ["In inglese", "In English"],
    locale: "en_GB",
    editors: Lang::En,
    table: "Table",
    has_inner_capitals: false,
    stemmer: Algorithm::English,
    has_umlauts: false,
    addresses: AddressWords {
        projects: "projects",
        updates: "updates",
        units: "offices",
        plans: "plans",
        series: "indicators",
        search: "search",
        map: "site-map",
        data: "open-data",
        facets: ["status", "office", "type"],
        states: [
            "achieved",
            "partly-achieved",
            "not-achieved",
            "in-progress",
            "planned",
            "partly-published",
            "result-not-published",
            "not-evaluable",
            "suspended",
            "cancelled",
        ],
    },
    sets: SETS,
    figures: FigureWords {
        point: '.',
        group: ',',
        percent: "%",
        percents: &["percent", "per cent"],
        thousands: &["thousand"],
        millions: &["million"],
        billions: &["billion", "bn"],
        about: &["about", "approximately", "approx.", "approx", "around"],
        about_after: &[],
    },
    amounts: AmountWords {
        euro: ["€", ""],
        has_code_first: true,
        about: "about ",
        vat: ["including VAT", "excluding VAT"],
        euros: &["euro"],
        joints: &["of"],
        leads: &[],
        vat_names: &["vat"],
        vat_rates: &["at"],
        with_vat: &["including", "inclusive of", "incl."],
        without_vat: &["excluding", "exclusive of", "excl.", "plus"],
        vat_included: &["included"],
        vat_excluded: &["excluded"],
        vat_ends: &[],
    },
    dates: DATES,
    targets: TARGETS,
};

const SETS: SetWords = SetWords {
    name_policies: [&[], &[], &[]],
    directions: [&["increase"], &["decrease"], &["maintain"]],
    indicator_states: [
        &["achieved", "reached"],
        &["partially met", "partly met", "partially achieved", "partly achieved"],
        &["not met", "not achieved", "not reached"],
        &["ongoing", "in progress"],
        &["no data", "not published"],
        &["no target"],
        &["not evaluable"],
    ],
    objective_states: [
        &["achieved", "reached"],
        &["partially met", "partly met", "partially achieved", "partly achieved"],
        &["not met", "not achieved", "not reached"],
        &["in progress", "ongoing"],
        &[],
        &["partly published", "partially published"],
        &["no data", "not published"],
        &["not evaluable"],
        &["on hold"],
        &["canceled"],
    ],
    lifecycles: [&[], &["in progress", "ongoing"], &["on hold"], &["done"], &["canceled"]],
    healths: [&["on track", "on time"], &["ahead of schedule"], &["late", "behind schedule"], &[]],
};

const DATES: DateWords = DateWords {
    date,
    not_before: |unit| format!("not before {}{}", the(unit), piece(unit)),
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    other_months: &[],
    // Names that are German, too, are in its file: `August 24` may be of the year 2024.
    month_names: [
        &["january"],
        &["february"],
        &["march"],
        &[],
        &["may"],
        &["june"],
        &["july"],
        &[],
        &[],
        &["october", "oct"],
        &[],
        &["december", "dec"],
    ],
    after_month: AfterMonth::Day,
    no_dates: &[],
    by: &["until", "till", "no later than", "not later than", "at the latest", "within", "by"],
    by_before_words: &[],
    from: &["starting from", "starting in", "starting on", "since", "from"],
    onwards: &["onwards", "onward"],
    fillers: &["in the course of", "the month of", "during", "in", "on", "of", "the"],
    ends: &["end"],
    parts: &["early", "beginning", "start", "middle", "mid", "late"],
    year_ends: &[],
    year_parts: &[],
    at_the_end: &["at the end"],
    span_from: &["from"],
    span_to: &["to", "until", "till"],
    span_joints: &["to"],
    between: &["between"],
    and: &["and"],
    span_names: &["school year", "academic year", "years"],
    year_names: &["the year", "year"],
    of_year: &["of"],
    of_month: &["of"],
    day_endings: &["st", "nd", "rd", "th"],
    ordinals: [&["first"], &["second"], &["third"], &["fourth"]],
    last: &["last"],
    quarters: &["quarter"],
    half_years: &["half-year", "half year", "half"],
    acts: &["law"],
};

const TARGETS: TargetWords = TargetWords {
    compared,
    approximate: |figure| format!("about {}", figure.words),
    range: |low, high| format!("between {} and {}", low.words, high.words),
    change,
    ratio: |part, whole| format!("{part} out of {whole}"),
    done: ["yes", "no"],
    not_stated: "not stated",
    not_published: "not published",
    reasons: REASONS,
    none: &[
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
    ],
    yes: &["on/off", "yes", "yes/no", "done", "true"],
    no: &["no", "not done", "false"],
    at_least: &[
        "min.",
        "min",
        "at least",
        "not less than",
        "no less than",
        "not fewer than",
        "no fewer than",
        "not below",
        "greater than or equal to",
        "more than or equal to",
        "equal to or greater than",
        "equal to or more than",
        "a minimum of",
        "minimum",
    ],
    more_than: &["more than", "greater than", "higher than", "in excess of", "exceeding", "over", "above"],
    at_most: &[
        "max.",
        "max",
        "at most",
        "no more than",
        "not more than",
        "not over",
        "not exceeding",
        "up to",
        "less than or equal to",
        "equal to or less than",
        "a maximum of",
        "maximum",
    ],
    less_than: &["less than", "fewer than", "lower than", "under", "below"],
    exactly: &["equal to", "equals", "exactly"],
    no_operators_within: &["min", "min.", "max", "max.", "over", "under", "above", "below", "exceeding"],
    prepositions: &["of", "by", "to", "the"],
    count_marks: &["no."],
    ranges: &["between"],
    and: &["and"],
    out_of: &["out of", "of"],
    rises: &["increase", "growth", "rise", "increased", "risen", "grown"],
    falls: &["reduction", "reduce", "decrease", "fall", "drop", "reduced", "decreased", "fallen"],
    rises_after: &["more"],
    falls_after: &["less", "fewer"],
    rises_after_noun: &[],
    falls_after_noun: &[],
    no_units: &["and", "or", "out", "by", "within", "about", "max", "more", "less", "fewer"],
    no_unit_starts: &["in"],
    references: &["compared", "over", "from", "relative"],
    within: &["within"],
    units: &[
        (Unit::Second, &["seconds", "second"]),
        (Unit::Minute, &["minutes", "minute"]),
        (Unit::Hour, &["hours", "hour"]),
        (Unit::Day, &["days", "day"]),
        (Unit::Week, &["weeks", "week"]),
        (Unit::Month, &["months", "month"]),
        (Unit::Year, &["years", "year"]),
        (Unit::Metre, &["metres", "metre", "meters", "meter"]),
        (Unit::Kilometre, &["kilometres", "kilometers", "kilometer"]),
        (Unit::Hectare, &["hectares", "hectare"]),
        (Unit::Gram, &["grams"]),
        (Unit::Kilogram, &["kilograms"]),
        (Unit::Tonne, &["tonnes", "tonne"]),
        (Unit::Litre, &["litres", "liters", "liter"]),
    ],
    working_days: &[],
    is_plural: |_, endings| matches!(endings, ("y", "ies") | ("", "s" | "es")),
    numbers: &["number"],
    counts: &["count"],
    unit_joints: &["of"],
    cents: &["cent", "cents"],
    percent_units: &["percentage"],
    percent_points: &["percentage points"],
    less: &["reduction", "reducing", "reduce", "decrease", "cut"],
    durations: &["average time", "waiting time"],
    sentences: SentenceWords {
        more: &["additional", "further", "another"],
        totals: &["for a total", "to a total", "reaching"],
        spelt_out: ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
        numerals: &[],
        named_by_number: &[
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
        ],
        number_marks: &["no"],
        before_years: &["year", "in", "since"],
        actions: &[],
        infinitives: &[],
        limiting: &[],
        articles: &["the"],
        of_action: &["of"],
        of_change: &["of", "by"],
        to_level: &["to"],
        with_article: &[],
        deadlines: &["year", "end"],
        compared_to: &[],
        year_articles: &[],
        years: &["year"],
    },
};

fn date(unit: CalendarUnit, bound: Bound) -> String {
    let piece = piece(unit);
    match (bound, unit) {
        (Bound::In, _) => piece,
        (Bound::By, CalendarUnit::Day(_)) => format!("by {piece}"),
        (Bound::By, _) => format!("by the end of {}{piece}", the(unit)),
        (Bound::From, _) => format!("from {}{piece}", the(unit)),
    }
}

/// The article of quarters and half years.
fn the(unit: CalendarUnit) -> &'static str {
    match unit {
        CalendarUnit::Quarter { .. } | CalendarUnit::Semester { .. } => "the ",
        CalendarUnit::Day(_) | CalendarUnit::Month { .. } | CalendarUnit::Year(_) => "",
    }
}

fn piece(unit: CalendarUnit) -> String {
    match unit {
        CalendarUnit::Year(year) => year.to_string(),
        CalendarUnit::Month { year, month } => format!("{} {year}", DATES.month(month)),
        CalendarUnit::Day(day) => format!("{} {} {}", day.day(), DATES.month(day.month()), day.year()),
        CalendarUnit::Quarter { year, quarter } => {
            let ordinal = match quarter {
                1 => "first",
                2 => "second",
                3 => "third",
                _ => "last",
            };
            format!("{ordinal} quarter of {year}")
        }
        CalendarUnit::Semester { year, semester } => {
            let ordinal = if semester == 1 { "first" } else { "second" };
            format!("{ordinal} half of {year}")
        }
    }
}

fn compared(operator: Operator, figure: &Figure) -> String {
    let operator = match operator {
        Operator::Ge => "at least ",
        Operator::Gt => "more than ",
        Operator::Le => "at most ",
        Operator::Lt => "less than ",
        Operator::Eq => "exactly ",
        Operator::Between | Operator::By => "",
    };
    format!("{operator}{}", figure.words)
}

fn change(operator: Operator, size: &Figure) -> String {
    let noun = if operator.is_floor() { "increase" } else { "reduction" };
    let than = if operator.is_strict() { "more than " } else { "" };
    format!("{noun} of {than}{}", size.words)
}

const REASONS: &[(Reason, &str)] = &[
    (Reason::NoTarget, "There is no target."),
    (Reason::Unpublished, "The outcome is not published."),
    (Reason::Prose, "The target is written in words and can’t be measured."),
    (Reason::NoOperator, "The target does not say whether it is a minimum or a maximum."),
    (Reason::YearOrCount, "It is not known whether the target is a year or a quantity."),
    (Reason::BaselineMeets, "The baseline already met the target: what was to change is not known."),
    (Reason::NoBaseline, "There is no baseline from which the change could be measured."),
    (Reason::Units, "Target and outcome are in different units."),
    (Reason::ShareOrPercent, "It is not known whether one of the figures is a share of one or a percentage."),
    (Reason::ChangeOrLevel, "It is not known whether the outcome is the change or the level reached."),
    (Reason::OtherKind, "The outcome is of another kind than the target."),
    (Reason::DayUnknown, "It is done, but the day is not stated."),
    (Reason::Imprecise, "The outcome is not precise enough to say whether the target is met."),
    (Reason::PartOfNothing, "The outcome is a part of nothing."),
    (Reason::TooLong, "The figures are too long to be compared exactly."),
];
