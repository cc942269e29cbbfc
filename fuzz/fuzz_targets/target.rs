//! Targets and outcomes: what is read is read again from its words, and every pair of them has a verdict.

#![no_main]
#![expect(clippy::disallowed_methods, reason = "the macro of a target writes a file where libFuzzer is asked for one")]

use libfuzzer_sys::fuzz_target;
use vetro::internals::{is_open, is_read_again};
use vetro::{Actual, Context, Conventions, Direction, Lang, Target, Verdict};
use vetro_fuzz::{one_of, text};

fuzz_target!(|data: &[u8]| {
    let text = text(data);
    let mut lines = text.split('\n');
    let (target, actual) = (lines.next().unwrap_or_default(), lines.next().unwrap_or("12"));
    let (baseline, title) = (lines.next(), lines.next().unwrap_or_default());
    let settings = [
        (Lang::It, Some(Direction::Up)),
        (Lang::De, Some(Direction::Down)),
        (Lang::En, Some(Direction::Up)),
        (Lang::It, None),
    ];
    let (lang, direction) = *one_of(&settings, data);
    let conventions = Conventions { lang, year: Some(2024) };
    let baseline = baseline.map(|text| Actual::baseline(text, lang));
    let context = Context { title, direction, unit_of_measure: lines.next(), baseline: baseline.as_ref() };
    let read = match Target::read(target, &context, conventions) {
        Ok(target) => target,
        Err(error) => return drop(error.to_string()),
    };
    assert!(is_read_again(&read, &context, conventions), "{read:?} {}", read.words(lang));
    let Ok(actual) = Actual::read(actual, &read, conventions) else { return };
    let verdict = read.judge(&actual, baseline.as_ref());
    let is_open = is_open(&read) || actual.is_none();
    assert!(!is_open || matches!(verdict, Verdict::NotEvaluable(_)), "{read:?} {actual:?} {verdict:?}");
    let _ = (read.progress(&actual, baseline.as_ref()), read.reached(&actual), actual.value(), actual.unit());
    let _ = actual.words(lang);
});
