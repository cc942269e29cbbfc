//! Amounts and numbers: what is read is read again from its words, and sums are exact.

#![no_main]
#![expect(clippy::disallowed_methods, reason = "the macro of a target writes a file where libFuzzer is asked for one")]

use libfuzzer_sys::fuzz_target;
use vetro::internals::{read_decimal, without_doubt};
use vetro::{Amount, Lang};
use vetro_fuzz::{one_of, text};

fuzz_target!(|data: &[u8]| {
    let text = text(data);
    let (one, other) = text.split_once('\n').unwrap_or((&text, "1,00 €"));
    let lang = *one_of(&Lang::ALL, data);
    let amounts = [one, other].map(|text| Amount::read(text, lang));
    match &amounts[0] {
        Ok(amount) => judge(*amount, lang),
        Err(error) => drop(error.to_string()),
    }
    if let [Ok(one), Ok(other)] = amounts {
        let sums = [one.checked_add(other).ok(), other.checked_add(one).ok()];
        assert_eq!(sums[0], sums[1]);
        let back = sums[0].and_then(|sum| sum.value().checked_sub(other.value()));
        assert!(back.is_none_or(|back| back == one.value()), "{one:?} {other:?}");
    }
    if let Some(number) = read_decimal(one, lang) {
        let words = number.words(lang);
        let again = read_decimal(&words, lang).expect(&words);
        assert_eq!((again, again.to_string()), (number, number.to_string()), "{words}");
    }
    let sure = without_doubt(one, lang);
    assert_eq!(without_doubt(&sure, lang), sure, "{one:?}");
});

fn judge(amount: Amount, lang: Lang) {
    let words = amount.words(lang);
    let again = Amount::read(&words, lang).unwrap_or_else(|error| panic!("{words}: {error}"));
    assert_eq!(again, amount, "{words}");
    assert_eq!(again.value().to_string(), amount.value().to_string(), "{words}");
    assert_eq!((again.is_approximate(), again.vat()), (amount.is_approximate(), amount.vat()), "{words}");
}
