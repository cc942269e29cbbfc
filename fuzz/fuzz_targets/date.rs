//! Dates: what is read is a day or a piece of the calendar, is read again from its words, and has its place in an order.

#![no_main]
#![expect(clippy::disallowed_methods, reason = "the macro of a target writes a file where libFuzzer is asked for one")]

use libfuzzer_sys::fuzz_target;
use vetro::{DateError, EdtfDate, Lang};
use vetro_fuzz::{one_of, text};

fuzz_target!(|data: &[u8]| {
    let text = text(data);
    let (one, other) = text.split_once('\n').unwrap_or((&text, "2024"));
    let year = *one_of(&[None, Some(2024)], data);
    let dates = [one, other].map(|text| EdtfDate::read(text, year));
    judge(&dates[0]);
    if let [Ok(one), Ok(other)] = dates {
        assert_eq!(one.cmp(&other), other.cmp(&one).reverse(), "{one} {other}");
        assert_eq!(one.cmp(&other).is_eq(), one == other, "{one} {other}");
    }
    if let Some(note) = EdtfDate::note(one) {
        assert!(one.contains(note), "{one:?} {note:?}");
    }
});

fn judge(read: &Result<EdtfDate, DateError>) {
    let date = match read {
        Ok(date) => *date,
        Err(error) => {
            let _ = error.to_string();
            match error {
                DateError::Vague { nearest, .. } | DateError::Impossible { nearest: Some(nearest), .. } => *nearest,
                DateError::Span { span, .. } => {
                    assert!(span.earliest() <= span.latest(), "{span}");
                    Lang::ALL.iter().for_each(|lang| drop(span.words(*lang)));
                    return;
                }
                _ => return,
            }
        }
    };
    if let (Some(first), Some(last)) = (date.earliest(), date.latest()) {
        assert!(first <= last, "{date}");
    }
    let days = date.earliest().into_iter().chain(date.latest());
    days.for_each(|day| assert!((1000..=9999).contains(&day.year()), "{date}"));
    assert_eq!(EdtfDate::read(&date.to_string(), None), Ok(date), "{date}");
    for lang in Lang::ALL {
        assert_eq!(EdtfDate::read(&date.words(lang), None), Ok(date), "{}", date.words(lang));
        let _ = date.end_words(lang);
    }
}
