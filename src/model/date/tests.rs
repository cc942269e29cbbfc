mod drawn;
mod spans;

use jiff::civil::Date;

use crate::model::Lang;

use super::*;

pub(in crate::model) use drawn::{any_date, date_like_text};

fn read(text: &str) -> String {
    EdtfDate::read(text, Some(2017)).unwrap_or_else(|error| panic!("{error}")).to_string()
}

#[test]
fn every_way_of_writing_a_date_is_read() {
    for (written, edtf) in [
        ("31/12/2020", "2020-12-31"),
        ("31-12-2020", "2020-12-31"),
        ("31.12.2020", "2020-12-31"),
        ("1/3/2020", "2020-03-01"),
        ("2020-12-31", "2020-12-31"),
        ("2020/12/31", "2020-12-31"),
        ("2 dicembre 2023", "2023-12-02"),
        ("il 2 Dicembre 2023.", "2023-12-02"),
        ("2 dic. 2023", "2023-12-02"),
        ("1° agosto 2019", "2019-08-01"),
        ("1º agosto 2019", "2019-08-01"),
        ("l'8 marzo 2020", "2020-03-08"),
        ("in data 2 dicembre 2023", "2023-12-02"),
        ("December 2, 2023", "2023-12-02"),
        ("December 2nd, 2023", "2023-12-02"),
        ("2 December 2023", "2023-12-02"),
        ("the 2nd of December 2023", "2023-12-02"),
        ("Mar 2, 2023", "2023-03-02"),
        ("August 24, 2023", "2023-08-24"),
        ("giugno 2024", "2024-06"),
        ("GIUGNO 2024", "2024-06"),
        ("giugno del 2024", "2024-06"),
        ("nel mese di giugno 2024", "2024-06"),
        ("June 2024", "2024-06"),
        ("Sept. 2024", "2024-09"),
        ("06/2024", "2024-06"),
        ("6/2024", "2024-06"),
        ("2024-06", "2024-06"),
        ("Ultimo trimestre 2016", "2016-36"),
        ("ultimo trimestre del 2016", "2016-36"),
        ("primo trimestre 2016", "2016-33"),
        ("secondo trimestre dell'anno 2016", "2016-34"),
        ("terzo trimestre 2016", "2016-35"),
        ("quarto trimestre 2016", "2016-36"),
        ("IV trimestre 2016", "2016-36"),
        ("III trim. 2016", "2016-35"),
        ("4° trimestre 2016", "2016-36"),
        ("T4 2016", "2016-36"),
        ("2016-T4", "2016-36"),
        ("2016-Q4", "2016-36"),
        ("2016 Q4", "2016-36"),
        ("Q4 2016", "2016-36"),
        ("Q4/2016", "2016-36"),
        ("last quarter of 2016", "2016-36"),
        ("fourth quarter 2016", "2016-36"),
        ("4th quarter of 2016", "2016-36"),
        ("2016-36", "2016-36"),
        ("I semestre 2021", "2021-40"),
        ("primo semestre 2021", "2021-40"),
        ("II semestre 2021", "2021-41"),
        ("ultimo semestre 2021", "2021-41"),
        ("prima metà del 2021", "2021-40"),
        ("first half of 2021", "2021-40"),
        ("S2 2021", "2021-41"),
        ("H1 2021", "2021-40"),
        ("2021-40", "2021-40"),
        ("2022", "2022"),
        ("anno 2022", "2022"),
        ("nel corso del 2022", "2022"),
        ("entro il 30 giugno 2017", "../2017-06-30"),
        ("entro e non oltre il 30/06/2017", "../2017-06-30"),
        ("non oltre il 30 giugno 2017", "../2017-06-30"),
        ("by 30 June 2017", "../2017-06-30"),
        ("by June 30, 2017", "../2017-06-30"),
        ("within June 2017", "../2017-06"),
        ("no later than 30 June 2017", "../2017-06-30"),
        ("entro l'8 marzo 2020", "../2020-03-08"),
        ("entro l’ultimo trimestre 2016", "../2016-36"),
        ("entro la fine del 2020", "../2020"),
        ("entro fine 2020", "../2020"),
        ("entro fine giugno 2020", "../2020-06"),
        ("by the end of 2020", "../2020"),
        ("entro il 2020", "../2020"),
        ("../2017-06-30", "../2017-06-30"),
        ("../2016-36", "../2016-36"),
        ("da marzo 2024", "2024-03/.."),
        ("dal 1° marzo 2024", "2024-03-01/.."),
        ("dall'11 marzo 2024", "2024-03-11/.."),
        ("a partire da marzo 2024", "2024-03/.."),
        ("a partire dal 2024", "2024/.."),
        ("from March 2024", "2024-03/.."),
        ("2024-03/..", "2024-03/.."),
        ("2024-03-01/..", "2024-03-01/.."),
        ("2024/..", "2024/.."),
        ("2. Dezember 2023", "2023-12-02"),
        ("am 2. Dezember 2023", "2023-12-02"),
        ("den 2. Dez. 2023", "2023-12-02"),
        ("2.Dezember 2023", "2023-12-02"),
        ("2 Dezember 2023", "2023-12-02"),
        ("2.12.2023", "2023-12-02"),
        ("30. 6. 2021", "2021-06-30"),
        ("1. Januar 2021", "2021-01-01"),
        ("1. Jänner 2021", "2021-01-01"),
        ("1. Jaenner 2021", "2021-01-01"),
        ("3. März 2024", "2024-03-03"),
        ("3. MÄRZ 2024", "2024-03-03"),
        ("Maerz 2024", "2024-03"),
        ("Mär. 2024", "2024-03"),
        ("Mrz. 2024", "2024-03"),
        ("Feber 2024", "2024-02"),
        ("Mai 2024", "2024-05"),
        ("im Mai 2024", "2024-05"),
        ("Okt. 2024", "2024-10"),
        ("im Monat Juni 2024", "2024-06"),
        ("Juni des Jahres 2024", "2024-06"),
        ("letztes Quartal 2016", "2016-36"),
        ("im letzten Quartal des Jahres 2016", "2016-36"),
        ("1. Quartal 2021", "2021-33"),
        ("4.Quartal 2021", "2021-36"),
        ("IV. Quartal 2016", "2016-36"),
        ("viertes Quartal 2016", "2016-36"),
        ("zweites Vierteljahr 2016", "2016-34"),
        ("erstes Halbjahr 2021", "2021-40"),
        ("1. Halbjahr 2021", "2021-40"),
        ("II. Semester 2021", "2021-41"),
        ("3. Trimester 2021", "2021-35"),
        ("zweite Jahreshälfte 2021", "2021-41"),
        ("zweite Hälfte 2021", "2021-41"),
        ("Jahr 2022", "2022"),
        ("im Jahre 2022", "2022"),
        ("im Laufe des Jahres 2022", "2022"),
        ("bis 30. Juni 2017", "../2017-06-30"),
        ("bis zum 30. Juni 2017", "../2017-06-30"),
        ("bis spätestens 30. Juni 2017", "../2017-06-30"),
        ("spätestens am 30.06.2017", "../2017-06-30"),
        ("spaetestens bis 30.06.2017", "../2017-06-30"),
        ("innerhalb 30. Juni 2017", "../2017-06-30"),
        ("innerhalb Juni 2017", "../2017-06"),
        ("innerhalb des letzten Quartals 2016", "../2016-36"),
        ("binnen Juni 2017", "../2017-06"),
        ("bis Ende 2020", "../2020"),
        ("bis zum Ende des Jahres 2020", "../2020"),
        ("bis Jahresende 2020", "../2020"),
        ("bis zum Jahresende 2020", "../2020"),
        ("bis 2020", "../2020"),
        ("bis Ende Juni 2020", "../2020-06"),
        ("bis Ende des ersten Halbjahres 2021", "../2021-40"),
        ("ab März 2024", "2024-03/.."),
        ("ab 1. März 2024", "2024-03-01/.."),
        ("ab dem 11. März 2024", "2024-03-11/.."),
        ("ab dem zweiten Halbjahr 2021", "2021-41/.."),
        ("seit 2024", "2024/.."),
        ("ab 2024", "2024/.."),
    ] {
        assert_eq!(read(written), edtf, "{written}");
        assert_eq!(
            EdtfDate::read(written, None).map(|date| date.to_string()),
            Ok(edtf.to_owned()),
            "{written} needs no year"
        );
    }
}

#[test]
fn a_date_without_a_year_takes_the_record_s_and_fails_without_one() {
    for (written, edtf) in [
        ("entro il 30 Giugno", "../2017-06-30"),
        ("30 giugno", "2017-06-30"),
        ("30/06", "2017-06-30"),
        ("entro il 30/6", "../2017-06-30"),
        ("entro giugno", "../2017-06"),
        ("giugno", "2017-06"),
        ("by June 30", "../2017-06-30"),
        ("by August 24th", "../2017-08-24"),
        ("April 2", "2017-04-02"),
        ("entro l'anno", "../2017"),
        ("entro la fine dell'anno", "../2017"),
        ("entro fine anno", "../2017"),
        ("by the end of the year", "../2017"),
        ("primo trimestre", "2017-33"),
        ("entro il primo semestre", "../2017-40"),
        ("Q4", "2017-36"),
        ("30. Juni", "2017-06-30"),
        ("30.06.", "2017-06-30"),
        ("bis 30.6.", "../2017-06-30"),
        ("bis zum 30. Juni", "../2017-06-30"),
        ("bis Mai", "../2017-05"),
        ("bis Ende des Jahres", "../2017"),
        ("bis Jahresende", "../2017"),
        ("1. Quartal", "2017-33"),
        ("bis Ende des ersten Halbjahres", "../2017-40"),
    ] {
        assert_eq!(read(written), edtf, "{written}");
        assert!(matches!(EdtfDate::read(written, None), Err(DateError::MissingYear { .. })), "{written}");
    }
    assert!(matches!(EdtfDate::read("30 giugno", Some(17)), Err(DateError::YearOutOfRange { year: 17, .. })));
}

#[test]
fn two_digit_years_are_refused() {
    for (written, digits) in [
        ("31/12/20", "20"),
        ("31.12.20", "20"),
        ("entro il 30/06/17", "17"),
        ("2 dicembre 23", "23"),
        ("giugno 24", "24"),
        ("giugno '24", "24"),
        ("06/24", "24"),
        ("T4 16", "16"),
        ("2. Dezember 23", "23"),
        ("Juni 24", "24"),
        ("August 24", "24"),
        ("by Sept. 24", "24"),
        ("bis 30.06.17", "17"),
    ] {
        assert!(
            matches!(
                EdtfDate::read(written, Some(2017)),
                Err(DateError::TwoDigitYear { year, .. }) if year == digits
            ),
            "{written}"
        );
    }
}

#[test]
fn days_that_the_calendar_does_not_have_are_an_error_of_their_own() {
    for (written, expected) in [
        ("31/02/2020", Some("2020-02-29")),
        ("31 febbraio 2021", Some("2021-02-28")),
        ("entro il 31 Giugno", Some("2017-06-30")),
        ("12/31/2020", Some("2020-12-31")),
        ("2020-13-01", Some("2020-01-13")),
        ("32/01/2020", None),
        ("00/01/2020", None),
        ("13/2024", None),
        ("2024-13", None),
        ("5° trimestre 2016", None),
        ("III semestre 2016", None),
        ("2016-Q5", None),
        ("31. Februar 2021", Some("2021-02-28")),
        ("5. Quartal 2016", None),
        ("30.13.", None),
    ] {
        let Err(DateError::Impossible { nearest, .. }) = EdtfDate::read(written, Some(2017)) else {
            panic!("{written} was taken for a day");
        };
        assert_eq!(nearest.map(|day| day.to_string()).as_deref(), expected, "{written}");
    }
}

#[test]
fn vague_parts_of_a_period_say_the_nearest_date() {
    for (written, expected) in [
        ("fine 2020", "../2020"),
        ("a fine 2020", "../2020"),
        ("dalla fine del 2021", "../2021"),
        ("end of 2020", "../2020"),
        ("metà 2020", "2020"),
        ("metà giugno", "2017-06"),
        ("mid-2020", "2020"),
        ("entro la metà di giugno", "../2017-06"),
        ("inizio 2020", "2020"),
        ("Ende 2020", "../2020"),
        ("Jahresende 2020", "../2020"),
        ("Mitte Juni", "2017-06"),
        ("Anfang 2020", "2020"),
        ("bis Mitte Juni", "../2017-06"),
    ] {
        let Err(DateError::Vague { nearest, .. }) = EdtfDate::read(written, Some(2017)) else {
            panic!("{written} was taken for a certain date");
        };
        assert_eq!(nearest.to_string(), expected, "{written}");
    }
}

#[test]
fn a_day_of_many_figures_is_refused_and_never_overflows() {
    for written in ["2020.1.500", "2020-1-1000", "500/1/2020"] {
        assert!(EdtfDate::read(written, None).is_err(), "{written}");
    }
}

#[test]
fn what_is_no_date_is_refused() {
    assert_eq!(EdtfDate::read(" ", None), Err(DateError::Empty));
    for written in [
        "presto",
        "20",
        "20 persone",
        "entro 30 giorni",
        "maggio dei libri",
        "2020 e oltre",
        "20201231",
        "31/12-2020",
        "entro",
        "da 10 a 20",
        "dalle 8 alle 13",
        "1.500.000",
        "set 10 nuovi servizi",
        "https://example.org/2020",
        "2020-45 atti",
        "31/02/2020 o prima",
        "fino a 2000",
        "fino a 2/4",
        "2/4 giugno",
        "giugno -",
        "giugno /",
        "entro il 2021-2022",
        "2020 set",
        "31/12/2022 (prorogato al 31/03/2023)",
        "dicembre 2022 (2 eventi)",
        "mai",
        "Mai.",
        "bald",
        "bis",
        "innerhalb von 30 Tagen",
        "von 10 bis 20",
        "2. Etappe",
        "1.5",
        "12.50",
        "Ende",
        "die 20 Projekte",
    ] {
        assert!(
            matches!(EdtfDate::read(written, Some(2017)), Err(DateError::Unreadable { .. })),
            "{written}: {:?}",
            EdtfDate::read(written, Some(2017))
        );
    }
    assert!(matches!(EdtfDate::read("31/12/0020", None), Err(DateError::YearOutOfRange { year: 20, .. })));
}

#[test]
fn the_first_and_last_possible_days_are_those_of_the_calendar() {
    for (edtf, earliest, latest) in [
        ("2020-12-31", "2020-12-31", "2020-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2016-33", "2016-01-01", "2016-03-31"),
        ("2016-36", "2016-10-01", "2016-12-31"),
        ("2021-40", "2021-01-01", "2021-06-30"),
        ("2021-41", "2021-07-01", "2021-12-31"),
        ("2022", "2022-01-01", "2022-12-31"),
        ("../2017-06-30", "open", "2017-06-30"),
        ("../2017", "open", "2017-12-31"),
        ("2024-03/..", "2024-03-01", "open"),
    ] {
        let date = EdtfDate::read(edtf, None).unwrap();
        let open = |day: Option<Date>| day.map_or("open".to_owned(), |day| day.to_string());
        assert_eq!(open(date.earliest()), earliest, "{edtf}");
        assert_eq!(open(date.latest()), latest, "{edtf}");
    }
}

#[test]
fn words_are_plain_and_correct() {
    for (edtf, italian, english, german) in [
        ("2023-12-02", "2 dicembre 2023", "2 December 2023", "2. Dezember 2023"),
        ("2019-08-01", "1° agosto 2019", "1 August 2019", "1. August 2019"),
        ("2021-01-31", "31 gennaio 2021", "31 January 2021", "31. Jänner 2021"),
        ("2024-06", "giugno 2024", "June 2024", "Juni 2024"),
        ("2016-36", "ultimo trimestre 2016", "last quarter of 2016", "letztes Quartal 2016"),
        ("2021-40", "primo semestre 2021", "first half of 2021", "erstes Halbjahr 2021"),
        ("2022", "2022", "2022", "2022"),
        ("../2017-06-30", "entro il 30 giugno 2017", "by 30 June 2017", "bis 30. Juni 2017"),
        ("../2020-03-08", "entro l’8 marzo 2020", "by 8 March 2020", "bis 8. März 2020"),
        ("../2019-08-01", "entro il 1° agosto 2019", "by 1 August 2019", "bis 1. August 2019"),
        ("../2024-06", "entro giugno 2024", "by the end of June 2024", "bis Ende Juni 2024"),
        (
            "../2016-36",
            "entro l’ultimo trimestre 2016",
            "by the end of the last quarter of 2016",
            "bis Ende des letzten Quartals 2016",
        ),
        ("../2020", "entro il 2020", "by the end of 2020", "bis Ende 2020"),
        ("2024-03/..", "da marzo 2024", "from March 2024", "ab März 2024"),
        ("2024-03-11/..", "dall’11 marzo 2024", "from 11 March 2024", "ab 11. März 2024"),
        ("2024/..", "dal 2024", "from 2024", "ab 2024"),
        ("2021-41/..", "dal secondo semestre 2021", "from the second half of 2021", "ab dem zweiten Halbjahr 2021"),
    ] {
        let date = EdtfDate::read(edtf, None).unwrap();
        assert_eq!(date.words(Lang::It), italian);
        assert_eq!(date.words(Lang::En), english);
        assert_eq!(date.words(Lang::De), german);
    }
}

#[test]
fn a_day_is_the_date_that_its_text_is_read_as() {
    for (year, is_date) in [(999, false), (1000, true), (2026, true), (9999, true)] {
        let day = jiff::civil::date(year, 2, 28);
        assert_eq!(EdtfDate::day(day), EdtfDate::read(&format!("{year:04}-02-28"), None).ok());
        assert_eq!(EdtfDate::day(day).is_some(), is_date, "{year}");
    }
}

#[test]
fn an_open_date_that_ends_something_is_no_beginning() {
    let words = |text: &str| {
        let date = EdtfDate::read(text, None).expect("a date that offices write");
        [Lang::It, Lang::En, Lang::De].map(|lang| date.end_words(lang))
    };
    assert_eq!(
        words("da settembre 2026"),
        ["non prima di settembre 2026", "not before September 2026", "nicht vor September 2026"]
    );
    assert_eq!(
        words("dal 1 settembre 2026"),
        ["non prima del 1° settembre 2026", "not before 1 September 2026", "nicht vor dem 1. September 2026"]
    );
    assert_eq!(
        words("dall'ultimo trimestre 2026"),
        [
            "non prima dell’ultimo trimestre 2026",
            "not before the last quarter of 2026",
            "nicht vor dem letzten Quartal 2026"
        ]
    );
    assert_eq!(words("entro settembre 2026")[0], "entro settembre 2026");
}

#[test]
fn offices_write_dates_in_many_more_ways() {
    for (written, edtf) in [
        ("fino al 31 dicembre 2022", "../2022-12-31"),
        ("Fino all'11 marzo 2022", "../2022-03-11"),
        ("fino alla fine del 2022", "../2022"),
        ("fino a giugno 2022", "../2022-06"),
        ("fino a tutto il 2022", "../2022"),
        ("sino al 30/06/2022", "../2022-06-30"),
        ("until 30 June 2022", "../2022-06-30"),
        ("alla fine del 2020", "../2020"),
        ("alla fine di giugno 2024", "../2024-06"),
        ("Alla fine del primo semestre 2024", "../2024-40"),
        ("Alla fine del 31 dicembre 2024", "2024-12-31"),
        ("at the end of 2020", "../2020"),
        ("am Ende des Jahres 2020", "../2020"),
        ("nel corso dell'esercizio 2021", "2021"),
        ("nell’esercizio finanziario 2021", "2021"),
        ("entro l'esercizio 2021", "../2021"),
        ("annualità 2021", "2021"),
        ("durante il 2022", "2022"),
        ("durante il II semestre 2022", "2022-41"),
        ("entro la data del 30/06/2022", "../2022-06-30"),
        ("entro il termine del 30 giugno 2022", "../2022-06-30"),
        ("dal 2022 in poi", "2022/.."),
        ("a far data dal 1° gennaio 2022", "2022-01-01/.."),
        ("con decorrenza dal 1/1/2022", "2022-01-01/.."),
        ("since March 2022", "2022-03/.."),
        ("Da ottobre 2020 (in corso)", "2020-10/.."),
        ("Entro febbraio 2023 (o altro termine indicato nel Regolamento)", "../2023-02"),
        ("dicembre 2022 (M)", "2022-12"),
        ("2022 - 4° trimestre", "2022-36"),
        ("2022 – IV trimestre", "2022-36"),
        ("2022 quarto trimestre", "2022-36"),
        ("2022/2° semestre", "2022-41"),
        ("2022, I semestre", "2022-40"),
        ("2022: 1 trim.", "2022-33"),
        ("2022 dicembre", "2022-12"),
        ("2022 - Dicembre", "2022-12"),
        ("anno 2022 - 1° trimestre", "2022-33"),
        ("trimestre IV 2022", "2022-36"),
        ("semestre 1 2022", "2022-40"),
        ("IV° trimestre 2022", "2022-36"),
        ("4 trimestre 2022", "2022-36"),
        ("Q2-2026", "2026-34"),
        ("T4, 2023", "2023-36"),
        ("entro il T2 2025", "../2025-34"),
        ("primo gennaio 2023", "2023-01-01"),
        ("31-dic-2023", "2023-12-31"),
        ("31/dicembre/2023", "2023-12-31"),
        ("dic-2023", "2023-12"),
        ("giugno/2024", "2024-06"),
    ] {
        assert_eq!(read(written), edtf, "{written}");
    }
    for (written, edtf) in [
        ("alla fine dell'anno", "../2017"),
        ("fino al 30/06", "../2017-06-30"),
        ("nel corso dell'esercizio", "2017"),
        ("entro il 30 giugno (salvo proroghe)", "../2017-06-30"),
    ] {
        assert_eq!(read(written), edtf, "{written}");
    }
}
