use proptest::prelude::*;

use super::currency::CODES;
use super::*;
use crate::model::decimal::tests::any_decimal;

#[test]
fn every_way_of_writing_an_amount_is_read() {
    for (written, value, currency, assumed) in [
        ("6.000.000,00 €", "6000000.00", "EUR", false),
        ("6.000.000,00€", "6000000.00", "EUR", false),
        ("6.000.000,00\u{A0}€ ", "6000000.00", "EUR", false),
        ("€ 10.000,00", "10000.00", "EUR", false),
        ("€. 10.000,00", "10000.00", "EUR", false),
        ("Euro 10.000", "10000.00", "EUR", false),
        ("EUR 10000", "10000.00", "EUR", false),
        ("10000 eur", "10000.00", "EUR", false),
        ("10 mila euro", "10000.00", "EUR", false),
        ("1,5 milioni di euro", "1500000.00", "EUR", false),
        ("€ 1,25 mln", "1250000.00", "EUR", false),
        ("2 million euro", "2000000.00", "EUR", false),
        ("1,5 Millionen Euro", "1500000.00", "EUR", false),
        ("1,25 Mio. €", "1250000.00", "EUR", false),
        ("20 Tsd. Euro", "20000.00", "EUR", false),
        ("5.668.337,50", "5668337.50", "EUR", true),
        ("5668337,50", "5668337.50", "EUR", true),
        ("€6,000,000.00", "6000000.00", "EUR", false),
        ("1.000 USD", "1000.00", "USD", false),
        ("CHF 1'000.50", "1000.50", "CHF", false),
        ("$ 20", "20.00", "USD", false),
        ("0,125 €", "0.125", "EUR", false),
        ("\u{2212}5 €", "-5.00", "EUR", false),
    ] {
        let amount = Amount::read(written, Lang::It).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(amount.value().to_string(), value, "{written}");
        assert_eq!(amount.currency().code(), currency, "{written}");
        assert_eq!(amount.assumed_currency(), assumed, "{written}");
        assert_ne!(amount.doubt(), Some(Doubt::Mark), "{written}");
    }
    assert_eq!(Amount::read("12.50 €", Lang::It).unwrap().doubt(), Some(Doubt::Mark));
}

#[test]
fn what_is_said_about_an_amount_is_kept() {
    for (written, value, is_approximate, vat, words) in [
        ("Ca. €  129.000.000 ", "129000000.00", true, None, "circa 129.000.000,00 €"),
        ("ca 2.000.000.000 €", "2000000000.00", true, None, "circa 2.000.000.000,00 €"),
        ("circa 100", "100.00", true, None, "circa 100,00 €"),
        ("€ 100 circa", "100.00", true, None, "circa 100,00 €"),
        ("all’incirca 1,5 milioni di euro", "1500000.00", true, None, "circa 1.500.000,00 €"),
        ("rund 20 Tsd. Euro", "20000.00", true, None, "circa 20.000,00 €"),
        ("about €20", "20.00", true, None, "circa 20,00 €"),
        ("pari a euro 97.247", "97247.00", false, None, "97.247,00 €"),
        ("pari ad € 97.247,00", "97247.00", false, None, "97.247,00 €"),
        ("importo complessivo di circa € 10", "10.00", true, None, "circa 10,00 €"),
        ("€ 10.000,00 IVA inclusa", "10000.00", false, Some(Vat::Included), "10.000,00 € (IVA inclusa)"),
        ("€ 10.000,00 (IVA compresa)", "10000.00", false, Some(Vat::Included), "10.000,00 € (IVA inclusa)"),
        ("10.000,00 €, comprensivo di IVA", "10000.00", false, Some(Vat::Included), "10.000,00 € (IVA inclusa)"),
        ("10.000,00 € IVA al 22% inclusa", "10000.00", false, Some(Vat::Included), "10.000,00 € (IVA inclusa)"),
        ("10.000,00 € oltre IVA", "10000.00", false, Some(Vat::Excluded), "10.000,00 € (IVA esclusa)"),
        ("10.000,00 € + IVA 22%", "10000.00", false, Some(Vat::Excluded), "10.000,00 € (IVA esclusa)"),
        ("10.000,00 € oltre IVA di legge", "10000.00", false, Some(Vat::Excluded), "10.000,00 € (IVA esclusa)"),
        ("ca. 10.000 € (IVA esclusa)", "10000.00", true, Some(Vat::Excluded), "circa 10.000,00 € (IVA esclusa)"),
        ("€ 10.000 al netto dell’IVA", "10000.00", false, Some(Vat::Excluded), "10.000,00 € (IVA esclusa)"),
        ("10.000 € zzgl. MwSt.", "10000.00", false, Some(Vat::Excluded), "10.000,00 € (IVA esclusa)"),
    ] {
        let amount = Amount::read(written, Lang::It).unwrap_or_else(|error| panic!("{error}"));
        let said = (amount.value().to_string(), amount.is_approximate(), amount.vat());
        assert_eq!(said, (value.to_owned(), is_approximate, vat), "{written}");
        assert_eq!(amount.words(Lang::It), words, "{written}");
    }
    let both = Amount::read("ca. 10 € + IVA", Lang::It).unwrap();
    assert_eq!(both.words(Lang::En), "about €10.00 (excluding VAT)");
    assert_eq!(both.words(Lang::De), "rund 10,00 € (zzgl. MwSt.)");
}

#[test]
fn abbreviated_thousands_and_millions_are_part_of_the_figure() {
    for (written, value) in [
        ("€ 5M", "5000000.00"),
        ("5 M€", "5000000.00"),
        ("5M €", "5000000.00"),
        ("€5m", "5000000.00"),
        ("EUR 50 ml", "50000000.00"),
        ("10 ml di euro", "10000000.00"),
        ("1,2 mld €", "1200000000.00"),
        ("1,2 Mld. di euro", "1200000000.00"),
        ("€ 2 bn", "2000000000.00"),
        ("2 Mrd. €", "2000000000.00"),
        ("300k €", "300000.00"),
        ("300 K€", "300000.00"),
        ("k€ 300", ""),
        ("€ 300mila", "300000.00"),
        ("300k", "300000.00"),
        ("300 mln", "300000000.00"),
        ("5 M USD", "5000000.00"),
        ("5M", ""),
        ("5 m", ""),
        ("€ 5 mil", ""),
        ("€ 5 M mila", ""),
    ] {
        let read = Amount::read(written, Lang::It).map(|amount| amount.value().to_string());
        assert_eq!(read.unwrap_or_default(), value, "{written}");
    }
}

#[test]
fn no_phrase_about_an_amount_hides_another() {
    let place = |table: &[&str], phrase: &str| table.iter().position(|other| Scanner::new(phrase).is_any(&[other]));
    let plain = |table: &'static [(&'static str, Vat)]| table.iter().map(|(phrase, _)| *phrase).collect::<Vec<_>>();
    for table in [LEADS.to_vec(), ABOUT.to_vec(), VAT.to_vec(), plain(&BEFORE_VAT), plain(&AFTER_VAT)] {
        for (i, phrase) in table.iter().enumerate() {
            assert!(place(&table, phrase) >= Some(i), "{phrase} is there twice");
            let mut words = Scanner::new(phrase);
            assert!(words.eat_any(&table) && words.is_done(), "{phrase} is found in part");
        }
    }
}

#[test]
fn what_is_no_amount_is_refused() {
    assert_eq!(Amount::read("  ", Lang::It), Err(AmountError::Empty));
    for written in [
        "da definire",
        "€",
        "10 €/mese",
        "circa",
        "10 € oltre IVA inclusa",
        "10 € (oltre IVA",
        "oltre 10 €",
        "10 m",
        "10 ml",
        "5 € e 10 €",
        "5 milioni k €",
    ] {
        assert!(matches!(Amount::read(written, Lang::It), Err(AmountError::Unreadable { .. })), "{written}");
    }
    assert_eq!(Amount::read("10 ORE", Lang::It), Err(AmountError::UnknownCurrency { code: "ORE".into() }));
    assert!(matches!(Amount::read("6.00.000,00 €", Lang::It), Err(AmountError::Number(DecimalError::Grouping { .. }))));
    let most = "79228162514264337593543950335";
    for written in [most.to_owned(), format!("{most} milioni")] {
        assert!(
            matches!(Amount::read(&written, Lang::It), Err(AmountError::Number(DecimalError::TooLarge { .. }))),
            "{written}"
        );
    }
}

#[test]
fn words_always_say_the_cents() {
    for (written, italian, english) in [
        ("6.000.000,00 €", "6.000.000,00 €", "€6,000,000.00"),
        ("1000", "1.000,00 €", "€1,000.00"),
        ("USD 20,5", "20,50 USD", "USD 20.50"),
    ] {
        let amount = Amount::read(written, Lang::It).unwrap();
        assert_eq!(amount.words(Lang::It), italian);
        assert_eq!(amount.words(Lang::En), english);
        assert_eq!(amount.words(Lang::De), italian, "Germans write amounts as Italians do");
    }
}

#[test]
fn amounts_add_up_in_one_currency_only() {
    let amount = |text| Amount::read(text, Lang::It).unwrap();
    // The five projects of Catania's axis 3.
    let total = ["6.000.000,00 €", "4.000.000,00 €", "4.400.000,00 €", "5.668.337,50"]
        .into_iter()
        .map(amount)
        .try_fold(amount("1.100.000,00 €"), Amount::checked_add)
        .unwrap();
    assert_eq!(total.words(Lang::It), "21.168.337,50 €");
    assert!(total.assumed_currency());
    assert_eq!(amount("1 €").checked_add(amount("1 CHF")), Err(SumError::Currencies(Currency::EUR, Currency("CHF"))));
    assert_eq!(amount("1 € + IVA").checked_add(amount("1 € IVA inclusa")), Err(SumError::Vat));
    let about = amount("circa 1 € + IVA").checked_add(amount("1 € + IVA")).unwrap();
    assert_eq!(about.words(Lang::It), "circa 2,00 € (IVA esclusa)");
    let most = amount("792281625142643375935439503,35 €");
    assert_eq!(most.checked_add(most), Err(SumError::TooLarge));
}

#[test]
fn the_codes_are_in_the_order_that_they_are_searched_in() {
    assert!(CODES.is_sorted());
}

proptest! {
    #[test]
    fn printed_amounts_are_read_back(number in any_decimal(), code in prop::sample::select(CODES)) {
        let Some(value) = number.with_decimals(2) else { return Ok(()) };
        let plain = Amount {
            value, currency: Currency(code), assumed_currency: false, is_approximate: false, vat: None, doubt: None,
        };
        for (is_approximate, vat) in [(false, None), (true, None), (false, Some(Vat::Excluded)), (true, Some(Vat::Included))] {
            let amount = Amount { is_approximate, vat, ..plain };
            for lang in Lang::ALL {
                let again = Amount::read(&amount.words(lang), lang).unwrap();
                prop_assert_eq!(again, amount);
                prop_assert_eq!((again.is_approximate, again.vat), (is_approximate, vat));
            }
        }
    }

    #[test]
    fn no_text_makes_the_reader_panic(
        text in "\\PC*",
        amounts in "(€|EUR|USD|[0-9.,' -]|mila|milioni|Mio\\.| di |euro|\u{A0}){0,12}",
    ) {
        let _ = Amount::read(&text, Lang::It);
        let _ = Amount::read(&amounts, Lang::It);
    }
}
