use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::code::Code;
use super::place::KeyPath;
use crate::model::FileId;

/// A change of a file that needs nobody's decision: a range of its text, and the text in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Repair {
    /// The file.
    pub(crate) file: FileId,
    /// The bytes of the text that go; empty if text is only added.
    pub(crate) bytes: Range<usize>,
    /// The text in their place.
    pub(crate) text: String,
    /// The mistake that it corrects. `None` if the text is only written better.
    pub(crate) mends: Option<Code>,
}

/// Another way to write a value that isn't wrong, with the same meaning and without losing a word that a page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Rewording {
    /// The reason.
    pub(crate) wording: Wording,
    /// The file.
    pub(crate) file: FileId,
    /// The value.
    pub(crate) place: KeyPath,
    /// The written text.
    pub(crate) written: String,
    /// The better text.
    pub(crate) text: String,
}

/// Reason for which a value would better be written in another way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Wording {
    /// An old name of a unit in place of its id.
    Name,
    /// A day or percentage in an office's form, if its words add nothing to the value.
    Form,
}

/// Minimum length of a word that a slip of the pen leaves recognisable. In a shorter one, as in `ZN07` or `3.1.a`, each
/// letter may be meant.
const WORD: usize = 4;

/// The name that was meant beyond doubt: the only one that is equal but for case, or else the only one at a
/// Damerau–Levenshtein distance of 1 whose figures are the same and whose differing letter is in a word of at least
/// four.
///
/// A code of figures doesn't show which of them was mistyped, so a figure is never a slip.
pub(crate) fn certain<'n>(written: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let written = written.to_lowercase();
    let letters = written.chars().count();
    let mut near: Vec<(usize, &str)> = names
        .into_iter()
        .filter(|name| name.chars().count().abs_diff(letters) <= 1)
        .map(|name| (strsim::damerau_levenshtein(&written, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= 1)
        .collect();
    near.sort_unstable();
    near.dedup();
    match near.as_slice() {
        [(0, name)] | [(0, name), (1, _), ..] => Some(name),
        [(1, name)] if is_slip(&written, &name.to_lowercase()) => Some(name),
        _ => None,
    }
}

fn is_slip(written: &str, name: &str) -> bool {
    fn figures(text: &str) -> impl Iterator<Item = &str> {
        text.split(|c: char| !c.is_numeric()).filter(|run| !run.is_empty())
    }
    fn letters(text: &str) -> impl Iterator<Item = char> {
        text.chars().filter(|c| c.is_alphabetic())
    }
    if !figures(written).eq(figures(name)) {
        return false;
    }
    let same = written.chars().zip(name.chars()).take_while(|(a, b)| a == b).count();
    let name: Vec<char> = name.chars().collect();
    let (before, after) = name.split_at(same);
    let is_letter = |c: &&char| c.is_alphabetic();
    let word = before.iter().rev().take_while(is_letter).count() + after.iter().take_while(is_letter).count();
    word >= WORD || letters(written).eq(name.iter().copied().filter(|c| c.is_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_of_a_word_is_a_slip() {
        assert_eq!(certain("tilte", ["code", "title", "type"]), Some("title"));
        assert_eq!(certain("FASI", ["fasi", "fase"]), Some("fasi"));
        assert_eq!(
            certain("firenze/servizi-socali", ["firenze", "firenze/servizi-sociali"]),
            Some("firenze/servizi-sociali")
        );
        assert_eq!(certain("2020-ZN07", ["2020_ZN07", "2020_ZN08"]), Some("2020_ZN07"));
    }

    #[test]
    fn of_two_names_as_near_none_is_certain() {
        assert_eq!(certain("fast", ["fasi", "fase"]), None);
        assert_eq!(certain("progettl", ["progetto", "progetti"]), None);
    }

    #[test]
    fn a_difference_in_a_short_word_or_a_figure_is_no_slip() {
        for (written, name) in [
            ("5.2.11", "5.2.10"),
            ("2020_ZN7", "2020_ZN07"),
            ("2020_ZM07", "2020_ZN07"),
            ("3.1.b", "3.1.a"),
            ("52.10", "5.2.10"),
        ] {
            assert_eq!(certain(written, [name]), None, "{written}");
        }
    }
}
