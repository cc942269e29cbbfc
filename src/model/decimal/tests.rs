use proptest::prelude::*;

use super::*;
use crate::model::Lang;

fn value(text: &str, lang: Lang) -> String {
    Decimal::parse(text, lang).unwrap().value.to_string()
}

#[test]
fn italian_figures_group_by_exactly_three() {
    for (written, read) in [
        ("6.000.000,00", "6000000.00"),
        ("20,00", "20.00"),
        ("5668337,50", "5668337.50"),
        ("1000", "1000"),
        ("21.168.337,50", "21168337.50"),
        ("6 000 000,00", "6000000.00"),
        ("6\u{A0}000\u{202F}000", "6000000"),
        ("1'500", "1500"),
        ("1’500,5", "1500.5"),
        ("007", "7"),
        ("0,125", "0.125"),
        ("1234,500", "1234.500"),
        ("+3", "3"),
        ("-3,5", "-3.5"),
        ("\u{2212}3", "-3"),
        (" 12 ", "12"),
        ("-0", "0"),
    ] {
        let reading = Decimal::parse(written, Lang::It).unwrap();
        assert_eq!(reading.value.to_string(), read, "{written}");
        assert_eq!(reading.doubt, None, "{written}");
    }
}

#[test]
fn english_figures_are_read_when_they_can_be_nothing_else() {
    for (written, read) in
        [("1,500.00", "1500.00"), ("1,234,567", "1234567"), ("6,000,000.5", "6000000.5"), ("1'000.50", "1000.50")]
    {
        let reading = Decimal::parse(written, Lang::It).unwrap();
        assert_eq!(reading.value.to_string(), read, "{written}");
        assert_eq!(reading.doubt, None, "{written}");
    }
}

#[test]
fn figures_of_two_meanings_are_read_in_the_language_of_the_site_with_a_doubt() {
    for (written, italian, english, italian_doubt, english_doubt) in [
        ("1.500", "1500", "1.500", Some(Doubt::Language), Some(Doubt::Language)),
        ("1,500", "1.500", "1500", Some(Doubt::Mark), Some(Doubt::Language)),
        ("1.025", "1025", "1.025", Some(Doubt::Language), Some(Doubt::Language)),
        ("-12,000", "-12.000", "-12000", Some(Doubt::Mark), Some(Doubt::Language)),
        ("1.5", "1.5", "1.5", Some(Doubt::Mark), None),
        ("1,5", "1.5", "1.5", None, Some(Doubt::Mark)),
        ("12.50", "12.50", "12.50", Some(Doubt::Mark), None),
        ("0.500", "0.500", "0.500", Some(Doubt::Mark), None),
        ("0,125", "0.125", "0.125", None, Some(Doubt::Mark)),
        ("1234.500", "1234.500", "1234.500", Some(Doubt::Mark), None),
        ("1234,500", "1234.500", "1234.500", None, Some(Doubt::Mark)),
        ("6.000.000", "6000000", "6000000", None, None),
        ("6,000,000", "6000000", "6000000", None, None),
        ("1.500,00", "1500.00", "1500.00", None, None),
        ("1,500.00", "1500.00", "1500.00", None, None),
        ("1'500", "1500", "1500", None, None),
        ("1500", "1500", "1500", None, None),
    ] {
        for (lang, number, doubt) in
            [(Lang::It, italian, italian_doubt), (Lang::De, italian, italian_doubt), (Lang::En, english, english_doubt)]
        {
            let reading = Decimal::parse(written, lang).unwrap();
            assert_eq!(reading.value.to_string(), number, "{written} in {lang:?}");
            assert_eq!(reading.doubt, doubt, "{written} in {lang:?}");
        }
    }
}

#[test]
fn doubtful_figures_of_a_text_are_repaired_in_the_language_of_the_site() {
    for (written, italian, english) in [
        ("almeno 1.5 km", "almeno 1,5 km", "almeno 1.5 km"),
        ("1.500 €", "1500 €", "1.5 €"),
        ("1,500", "1,5", "1500"),
        ("1,025", "1,0250", "1025"),
        ("tra -1.5 e 12,5%", "tra -1,5 e 12,5%", "tra -1.5 e 12.5%"),
        ("6.000.000,00 €", "6.000.000,00 €", "6.000.000,00 €"),
        ("dal 31.12.2020", "dal 31.12.2020", "dal 31.12.2020"),
        (" nessuna ", "nessuna", "nessuna"),
    ] {
        assert_eq!(Decimal::without_doubt(written, Lang::It), italian, "{written}");
        assert_eq!(Decimal::without_doubt(written, Lang::De), italian, "{written}");
        assert_eq!(Decimal::without_doubt(written, Lang::En), english, "{written}");
    }
}

#[test]
fn misplaced_groups_are_an_error_that_says_the_nearest_number() {
    for (written, nearest) in [
        ("6.00.000,00", "600000.00"),
        ("1.50,00", "150.00"),
        ("12 34", "1234"),
        ("1 000.000,00", "1000000.00"),
        ("0.000.000", "0"),
        ("1,50,000", "150000"),
    ] {
        let Err(DecimalError::Grouping { nearest: found, .. }) = Decimal::parse(written, Lang::It) else {
            panic!("{written} was not refused for its groups");
        };
        assert_eq!(found.to_string(), nearest, "{written}");
    }
}

#[test]
fn what_is_not_figures_is_refused() {
    assert_eq!(Decimal::parse(" \u{A0} ", Lang::It), Err(DecimalError::Empty));
    for written in ["dodici", "1.", ",5", "1..5", "1e5", "--1", "5-", "-", "٣"] {
        assert!(matches!(Decimal::parse(written, Lang::It), Err(DecimalError::NotANumber { .. })), "{written}");
    }
    for written in ["9".repeat(40), "999 ".repeat(20) + "999", "9".repeat(29)] {
        assert!(matches!(Decimal::parse(&written, Lang::It), Err(DecimalError::TooLarge { .. })), "{written}");
    }
}

#[test]
fn arithmetic_is_exact_or_refused() {
    let number = |text| Decimal::parse(text, Lang::It).unwrap().value;
    assert_eq!(number("0,1").checked_add(number("0,2")), Some(number("0,3")));
    assert_eq!(number("1").checked_sub(number("0,01")), Some(number("0,99")));
    let long = number("1,0000000000000000000000000001");
    assert_eq!(long.checked_mul(long), None);
    let most = Decimal::parse("79228162514264337593543950335", Lang::It).unwrap().value;
    assert_eq!(most.checked_add(number("1")), None);
    assert_eq!(number("1").checked_div(Decimal::ZERO), None);
    assert_eq!(number("120,00").checked_div(number("100")).unwrap().to_string(), "1.2");
    assert_eq!(number("2,5").rounded(0).to_string(), "3");
    assert_eq!(number("-2,5").rounded(0).to_string(), "-3");
    assert_eq!(number("5").with_decimals(2).unwrap().to_string(), "5.00");
    assert_eq!(most.with_decimals(2), None);
    assert_eq!(number("1,5").shifted(6).unwrap().to_string(), "1500000");
    assert_eq!(number("1,2345").shifted(3).unwrap().to_string(), "1234.5");
}

pub(in crate::model) fn any_decimal() -> impl Strategy<Value = Decimal> {
    (any::<i64>(), 0_u32..8, 0_u32..19).prop_map(|(digits, scale, shorter)| {
        Decimal::from_parts(i128::from(digits / 10_i64.pow(shorter)), scale).unwrap()
    })
}

proptest! {
    #[test]
    fn printed_numbers_are_read_back_in_their_language_with_their_decimals(number in any_decimal()) {
        for lang in Lang::ALL {
            prop_assert_eq!(value(&number.words(lang), lang), number.to_string());
        }
        prop_assert_eq!(value(&number.to_string(), Lang::En), number.to_string());
    }

    #[test]
    fn a_repair_leaves_no_doubt_and_changes_no_number(
        whole in 0_u32..2_000_000, mark in "[.,]", decimals in 0_u32..100_000, places in 1_usize..6,
    ) {
        let written = format!("{whole}{mark}{}", &format!("{decimals:05}")[..places]);
        for lang in Lang::ALL {
            let reading = Decimal::parse(&written, lang).unwrap();
            let again = Decimal::parse(&Decimal::without_doubt(&written, lang), lang).unwrap();
            prop_assert_eq!(again.value, reading.value, "{}", written);
            prop_assert!(again.doubt.is_none(), "{}", written);
        }
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC*", figures in "[-+0-9., '’\u{A0}−]{0,60}") {
        for lang in Lang::ALL {
            let _ = Decimal::parse(&text, lang);
            let _ = Decimal::parse(&figures, lang);
            let _ = Decimal::without_doubt(&text, lang);
        }
    }

    #[test]
    fn fractions_keep_the_order_of_their_quotients(
        a in 0_i64..2000, b in 1_i64..2000, c in 0_i64..2000, d in 1_i64..2000,
    ) {
        let fraction = |over: i64, under: i64| Fraction::new(over.into(), under.into()).unwrap();
        prop_assert_eq!(
            fraction(a, b).compare(fraction(c, d)),
            Some((a * d).cmp(&(c * b)))
        );
    }
}
