//! Spans of time.

use super::*;

fn span(text: &str) -> Span {
    match EdtfDate::read(text, Some(2017)) {
        Err(DateError::Span { span, .. }) => span,
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn a_span_is_two_dates() {
    for (written, edtf) in [
        ("2019/2020", "2019/2020"),
        ("2021-2023", "2021/2023"),
        ("2016 - 2022", "2016/2022"),
        ("2021–2023", "2021/2023"),
        ("2021 — 2023", "2021/2023"),
        ("2021/22", "2021/2022"),
        ("a.s. 2021/2022", "2021/2022"),
        ("anno scolastico 2021/22", "2021/2022"),
        ("nel 2021-2022", "2021/2022"),
        ("triennio 2021-2023", "2021/2023"),
        ("nel triennio 2021-2023", "2021/2023"),
        ("per gli anni 2021-2023", ""),
        ("periodo 2021-2027 (FESR)", "2021/2027"),
        ("dal 2016 al 2022", "2016/2022"),
        ("dal 2016 fino al 2022", "2016/2022"),
        ("tra il 2016 e il 2022", "2016/2022"),
        ("from 2016 to 2022", "2016/2022"),
        ("between 2016 and 2022", "2016/2022"),
        ("01/01/2020 - 31/12/2020", "2020-01-01/2020-12-31"),
        ("2016-01-01/2022-12-31", "2016-01-01/2022-12-31"),
        ("von 2016 bis 2022", "2016/2022"),
        ("2016 bis 2022", "2016/2022"),
        ("vom 1. Januar 2020 bis zum 31. Dezember 2020", "2020-01-01/2020-12-31"),
        ("dal 10 novembre al 15 dicembre 2020", "2020-11-10/2020-12-15"),
        ("dal 10 al 15 dicembre 2020", "2020-12-10/2020-12-15"),
        ("dal 1° all'11 marzo 2020", "2020-03-01/2020-03-11"),
        ("10-15 dicembre 2020", "2020-12-10/2020-12-15"),
        ("dal 10/11 al 15/12/2020", "2020-11-10/2020-12-15"),
        ("da marzo a giugno 2024", "2024-03/2024-06"),
        ("marzo-giugno 2024", "2024-03/2024-06"),
        ("gen-dic 2022", "2022-01/2022-12"),
        ("tra marzo e giugno 2024", "2024-03/2024-06"),
        ("Q1-Q2 2026", "2026-33/2026-34"),
        ("T1 2022 - T3 2023", "2022-33/2023-35"),
        ("dal 29 febbraio al 3 marzo 2020", "2020-02-29/2020-03-03"),
        ("da marzo a giugno", "2017-03/2017-06"),
    ] {
        if edtf.is_empty() {
            assert!(matches!(EdtfDate::read(written, None), Err(DateError::Unreadable { .. })), "{written}");
        } else {
            assert_eq!(span(written).to_string(), edtf, "{written}");
        }
    }
}

#[test]
fn a_span_is_said_with_both_its_ends_and_read_back() {
    for (written, italian, english) in [
        ("2021-2023", "2021–2023", "2021–2023"),
        ("dal 10 al 15 dicembre 2020", "10 dicembre 2020 – 15 dicembre 2020", "10 December 2020 – 15 December 2020"),
        ("da marzo a giugno 2024", "marzo 2024 – giugno 2024", "March 2024 – June 2024"),
        (
            "T1 2022 - T4 2022",
            "primo trimestre 2022 – ultimo trimestre 2022",
            "first quarter of 2022 – last quarter of 2022",
        ),
    ] {
        let read = span(written);
        assert_eq!(read.words(Lang::It), italian);
        assert_eq!(read.words(Lang::En), english);
        for words in [read.words(Lang::It), read.words(Lang::En), read.words(Lang::De), read.to_string()] {
            assert_eq!(span(&words), read, "{words}");
        }
    }
    let year = span("2021-2023");
    assert_eq!((year.first().to_string(), year.last().to_string()), ("2021".into(), "2023".into()));
    assert_eq!((year.earliest().to_string(), year.latest().to_string()), ("2021-01-01".into(), "2023-12-31".into()));
}

#[test]
fn an_end_before_its_start_is_an_error() {
    for written in ["2023-2021", "dal 15 dicembre 2020 al 10 novembre 2020", "T4 2022 - T1 2022"] {
        assert!(matches!(EdtfDate::read(written, None), Err(DateError::Backwards { .. })), "{written}");
    }
    // The year before may be meant.
    for written in ["dal 10 novembre al 15 gennaio 2021", "da novembre a gennaio 2021", "dal 15 al 10 dicembre 2020"] {
        assert!(matches!(EdtfDate::read(written, None), Err(DateError::Unreadable { .. })), "{written}");
    }
}

#[test]
fn days_of_a_span_that_the_calendar_does_not_have_are_told() {
    for written in ["dal 10 al 31 giugno 2020", "dal 29 febbraio al 3 marzo 2021", "31/02/2020 - 31/12/2020"] {
        assert!(matches!(EdtfDate::read(written, None), Err(DateError::Impossible { .. })), "{written}");
    }
}

#[test]
fn what_is_no_span_is_refused() {
    for written in [
        "da 10 a 20",
        "2021-2023 e oltre",
        "2021-2022-2023",
        "2021, 2022 e 2023",
        "dal 2021/2022",
        "entro il 2021-2022",
        "3-4 persone",
        "2021 al 2023",
    ] {
        assert!(
            matches!(EdtfDate::read(written, Some(2017)), Err(DateError::Unreadable { .. })),
            "{written}: {:?}",
            EdtfDate::read(written, Some(2017))
        );
    }
    assert!(matches!(EdtfDate::read("da marzo a giugno", None), Err(DateError::MissingYear { .. })));
}
