//! Targets and outcomes: what is read is read again from its words, and every pair of them has a verdict.

#![no_main]
#![expect(clippy::disallowed_methods, reason = "the macro of a target writes a file where libFuzzer is asked for one")]

use libfuzzer_sys::fuzz_target;
use vetro::model::{Actual, Context, Conventions, Direction, Goal, Lang, Target, Verdict};
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
    judge(&read, &context, conventions);
    let Ok(actual) = Actual::read(actual, &read, conventions) else { return };
    let verdict = read.judge(&actual, baseline.as_ref());
    let is_open = matches!(read.goal(), Goal::Text(_) | Goal::None) || actual.is_none();
    assert!(!is_open || matches!(verdict, Verdict::NotEvaluable(_)), "{read:?} {actual:?} {verdict:?}");
    let _ = (read.progress(&actual, baseline.as_ref()), read.reached(&actual), actual.value(), actual.unit());
    let _ = actual.words(lang);
});

/// What a target says of itself fits together, and its words in the language that it was read in say the same.
fn judge(target: &Target, context: &Context<'_>, conventions: Conventions) {
    let _ = (target.hint(), target.doubt(), target.kind(), target.operator(), target.value(), target.unit());
    if let Goal::Range { low, high, .. } = target.goal() {
        assert!(low <= high, "{target:?}");
    }
    // Where the office is asked what it means, the words may say no more than it did.
    if target.basis().question().is_some() {
        return;
    }
    // The words after a figure may be any of a sentence, in which more than a unit can be read.
    let (Goal::Quantity { unit: after, .. }
    | Goal::Range { unit: after, .. }
    | Goal::Ratio { unit: after, .. }
    | Goal::Change { note: after, .. }) = target.goal()
    else {
        return;
    };
    if after.is_some() {
        return;
    }
    let words = target.words(conventions.lang);
    let again = Target::read(&words, context, conventions).unwrap_or_else(|error| panic!("{words}: {error}"));
    assert_eq!(again.goal(), target.goal(), "{words}");
}
