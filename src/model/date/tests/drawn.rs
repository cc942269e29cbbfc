//! Dates and texts that are drawn.

use proptest::prelude::*;

use super::*;

pub(in crate::model) fn any_date() -> impl Strategy<Value = EdtfDate> {
    let unit = prop_oneof![
        (1000_i16..=9999, 1_i8..=12, 1_i8..=31).prop_filter_map("not in the calendar", |(year, month, day)| Some(
            CalendarUnit::Day(Date::new(year, month, day).ok()?)
        )),
        (1000_i16..=9999, 1_i8..=12).prop_map(|(year, month)| CalendarUnit::Month { year, month }),
        (1000_i16..=9999, 1_i8..=4).prop_map(|(year, quarter)| CalendarUnit::Quarter { year, quarter }),
        (1000_i16..=9999, 1_i8..=2).prop_map(|(year, semester)| CalendarUnit::Semester { year, semester }),
        (1000_i16..=9999).prop_map(CalendarUnit::Year),
    ];
    let bound = prop_oneof![Just(Bound::In), Just(Bound::By), Just(Bound::From)];
    (unit, bound).prop_map(|(unit, bound)| EdtfDate { unit, bound })
}

/// Words and marks that dates are made of, in any order.
pub(in crate::model) fn date_like_text() -> impl Strategy<Value = String> {
    let mut tokens = vec![
        "entro",
        "il",
        "la",
        "fine",
        "del",
        "l'",
        "anno",
        "da",
        "dal",
        "al",
        "by",
        "the",
        "end",
        "of",
        "ultimo",
        "IV",
        "trimestre",
        "semestre",
        "T4",
        "Q9",
        "giugno",
        "June",
        "febbraio",
        "31",
        "30",
        "2",
        "12",
        "06",
        "2020",
        "0999",
        "99999",
        "-",
        "/",
        "/..",
        "../",
        ".",
        ",",
        "°",
        "'",
        "th",
        "36",
        "40",
        " ",
        "bis",
        "zum",
        "Ende",
        "des",
        "ab",
        "letztes",
        "ersten",
        "Quartal",
        "Halbjahres",
        "Jahresende",
        "März",
        "Mai",
        "Dez.",
        "30.",
    ];
    tokens.extend(["\u{A0}", "è", "metà", "’24"]);
    prop::collection::vec((prop::sample::select(tokens), prop::sample::select(vec!["", " "])), 0..8)
        .prop_map(|parts| parts.into_iter().flat_map(|(token, gap)| [token, gap]).collect())
}

proptest! {
    #[test]
    fn printed_dates_are_read_back(date in any_date()) {
        prop_assert_eq!(EdtfDate::read(&date.to_string(), None), Ok(date));
        for lang in Lang::ALL {
            prop_assert_eq!(EdtfDate::read(&date.words(lang), None), Ok(date));
        }
    }

    #[test]
    fn no_text_makes_the_reader_panic(
        text in "\\PC*",
        dates in date_like_text(),
        year in prop::option::of(any::<i16>()),
    ) {
        let _ = EdtfDate::read(&text, year);
        let _ = EdtfDate::read(&dates, year);
    }

    #[test]
    fn whatever_is_read_is_read_back_from_its_words(dates in date_like_text()) {
        if let Ok(date) = EdtfDate::read(&dates, Some(2017)) {
            for lang in Lang::ALL {
                prop_assert_eq!(EdtfDate::read(&date.words(lang), None), Ok(date));
            }
            prop_assert_eq!(EdtfDate::read(&date.to_string(), None), Ok(date));
        }
    }

    #[test]
    fn the_order_is_total_and_that_of_the_possible_days(
        a in any_date(), b in any_date(), c in any_date(),
    ) {
        prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
        prop_assert_eq!(a == b, a.cmp(&b).is_eq());
        if a <= b && b <= c {
            prop_assert!(a <= c);
        }
        if let (Some(end), Some(start)) = (a.latest(), b.earliest())
            && a.earliest().is_some()
            && end < start
        {
            prop_assert!(a < b);
        }
        if a.earliest().is_none() && b.earliest().is_some() {
            prop_assert!(a < b);
        }
        if a.earliest() == b.earliest() && a.latest().is_some() && b.latest().is_none() {
            prop_assert!(a < b);
        }
        if let (Some(first), Some(last)) = (a.earliest(), a.latest()) {
            prop_assert!(first <= last);
        }
    }
}
