//! Phrases of all languages, read together.

use std::sync::LazyLock;

use super::tables::List;
use super::{Lang, Language};

/// Phrases of all languages that are read alike.
pub(in crate::model) type Phrases = LazyLock<Vec<&'static str>>;

/// Phrases of all languages with their meaning.
pub(in crate::model) type Table<T> = LazyLock<Vec<(&'static str, T)>>;

/// A list of a language.
type ListOf = fn(&'static Language) -> List;

/// The phrases of all languages in one list, once each: `common` ones, which are of no language, and those of `list`.
/// Longer ones come before those that they begin with.
pub(in crate::model) fn phrases(common: List, list: ListOf) -> Vec<&'static str> {
    let table = table(&[((), common)], &[((), list)]);
    table.into_iter().map(|(phrase, ())| phrase).collect()
}

/// Declares lists of [`phrases`]: those of no language, and a field of [`Language`].
macro_rules! lists {
    ($( $(#[$about:meta])* $vis:vis $name:ident = $common:expr, $($field:ident).+; )+) => {
        $(
            $(#[$about])*
            $vis static $name: $crate::model::language::phrases::Phrases = std::sync::LazyLock::new(|| {
                $crate::model::language::phrases::phrases(&$common, |language| language.$($field).+)
            });
        )+
    };
}
pub(in crate::model) use lists;

/// Variant of [`phrases`] that gives each phrase the meaning of its list. A phrase has one meaning in all languages.
pub(in crate::model) fn table<T: Copy + PartialEq>(
    common: &[(T, List)],
    lists: &[(T, ListOf)],
) -> Vec<(&'static str, T)> {
    let mut table: Vec<(&'static str, T)> = Vec::new();
    let of_languages = Lang::ALL
        .iter()
        .flat_map(|lang| lists.iter().map(|(meaning, list)| (*meaning, list(lang.language()))));
    for (meaning, list) in common.iter().copied().chain(of_languages) {
        for phrase in list {
            match table.iter().find(|(known, _)| known == phrase) {
                Some((_, known)) => debug_assert!(*known == meaning, "{phrase} has two meanings"),
                None => table.push((phrase, meaning)),
            }
        }
    }
    longest_first(&mut table);
    table
}

/// Sorts phrases so that none hides a longer one.
pub(in crate::model) fn longest_first<T>(table: &mut [(&'static str, T)]) {
    table.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.chars().count()));
}
