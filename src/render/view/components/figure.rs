//! Figures and shares of progress in words.

use crate::model::{Decimal, Lang, Percent, Written};
use crate::render::view::context::PageContext;
use crate::text::Arg;

/// A figure as people write it, without needless zeros.
pub(crate) fn figure(value: Decimal, lang: Lang) -> String {
    value.rounded(6).words(lang)
}

/// A figure for a drawing.
pub(crate) fn to_f64(value: Decimal) -> f64 {
    value.to_string().parse().unwrap_or(0.0)
}

/// Progress, or the words that can't be read: `Avanzamento: 50 su 100`.
pub(crate) fn progress_line(cx: &PageContext<'_>, written: &Written<Option<Percent>>) -> String {
    let value = progress_value(cx, written);
    cx.format("val.colon", &[("nome", (&cx.word("upd.progress")).into()), ("valore", (&value).into())])
}

/// Variant of [`progress_line`] without the label.
pub(crate) fn progress_value(cx: &PageContext<'_>, written: &Written<Option<Percent>>) -> String {
    match written.read() {
        Some(progress) => cx.format("upd.progress_value", &[("valore", (&figure(progress.value(), cx.lang())).into())]),
        None => written.text().to_owned(),
    }
}

/// A count for a sentence.
pub(crate) fn count_arg(n: u32) -> Arg<'static> {
    Arg::Count(usize::try_from(n).unwrap_or(usize::MAX))
}
