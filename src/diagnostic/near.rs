//! The valid name that is nearest to the written one, among any number of names.

use std::borrow::Cow;

use super::repair::certain;
use crate::work;

/// Maximum length of a text for which a near name is searched. A longer one is no slip of the pen.
const LONGEST: usize = 100;

/// Maximum number of names with which a text is compared. Of more names those are taken that begin or end as it does.
const COMPARED: usize = 256;

/// Maximum number of pairs of letters that are compared for one text.
const PAIRS: usize = 400_000;

/// The name that was most likely meant by a slip of the pen. Returns `None` if none is near.
///
/// Case is ignored. Damerau–Levenshtein distance, at most a third of the letters (and at least one); of two equally near
/// names the first in the alphabet, whatever their order. For a list of any length there is [`Near`].
pub(crate) fn nearest<'n>(written: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    closest(&written.to_lowercase(), names.into_iter().map(|name| (name.to_lowercase().into(), name)))
}

fn closest<'n>(written: &str, names: impl Iterator<Item = (Cow<'n, str>, &'n str)>) -> Option<&'n str> {
    let letters = written.chars().count();
    if letters > LONGEST {
        return None;
    }
    let mut pairs = 0;
    let mut near: Option<(usize, &str)> = None;
    for (lower, name) in names {
        let others = lower.chars().take(2 * LONGEST).count();
        if others.abs_diff(letters) > 1 + letters / 3 {
            continue;
        }
        pairs += letters * others;
        work::count(letters * others);
        if pairs > PAIRS {
            break;
        }
        let found = (strsim::damerau_levenshtein(written, &lower), name);
        if found.0 <= (letters / 3).max(1) && near.is_none_or(|near| found < near) {
            near = Some(found);
        }
    }
    near.map(|(_, name)| name)
}

/// Names for many searches of the nearest, in a time that doesn't grow with their number.
///
/// Among more than 256 names, the nearest is one of those that begin or end most like the written one.
#[derive(Debug)]
pub(crate) struct Near {
    /// The names in small letters, in their order, each with the name itself.
    forward: Vec<(String, String)>,
    /// Reversed names, each with its index in `forward`; empty if all names are compared.
    backward: Vec<(String, usize)>,
}

impl Near {
    /// Prepares names.
    pub(crate) fn of<'n, N>(names: N) -> Self
    where
        N: IntoIterator<Item = &'n str>,
    {
        let names = names.into_iter().map(|name| (name.to_lowercase(), name.to_owned()));
        let mut forward: Vec<(String, String)> = names.collect();
        forward.sort_unstable();
        forward.dedup();
        let backwards = |(place, (lower, _)): (usize, &(String, String))| (reversed(lower), place);
        let mut backward: Vec<(String, usize)> = match forward.len() {
            0..=COMPARED => Vec::new(),
            _ => forward.iter().enumerate().map(backwards).collect(),
        };
        backward.sort_unstable();
        Self { forward, backward }
    }

    /// The name that is [`nearest`] to the written one.
    pub(crate) fn nearest(&self, written: &str) -> Option<&str> {
        let written = written.to_lowercase();
        closest(&written, self.around(&written).into_iter().map(|place| self.name(place)))
    }

    /// The name that is [`certain`]ly meant. Returns `None` if more names are like it than are compared.
    pub(crate) fn certain(&self, written: &str) -> Option<&str> {
        if self.backward.is_empty() {
            return certain(written, self.forward.iter().map(|(_, name)| name.as_str()));
        }
        let lower = written.to_lowercase();
        // One slip leaves the first half of a name or the second as it is.
        let half = lower.chars().count().saturating_sub(2) / 2;
        let begin: String = lower.chars().take(half).collect();
        let end: String = lower.chars().rev().take(half).collect();
        let from = self.forward.partition_point(|(name, _)| *name < begin);
        let begun = self.forward[from..]
            .iter()
            .take(COMPARED + 1)
            .take_while(|(name, _)| name.starts_with(&begin));
        let from = self.backward.partition_point(|(name, _)| *name < end);
        let ended = self.backward[from..]
            .iter()
            .take(COMPARED + 1)
            .take_while(|(name, _)| name.starts_with(&end));
        let begun: Vec<&str> = begun.map(|(_, name)| name.as_str()).collect();
        let ended: Vec<&str> = ended.map(|(_, place)| self.forward[*place].1.as_str()).collect();
        if begun.len() > COMPARED || ended.len() > COMPARED {
            return None;
        }
        certain(written, begun.into_iter().chain(ended))
    }

    fn name(&self, place: usize) -> (Cow<'_, str>, &str) {
        let (lower, name) = &self.forward[place];
        (lower.into(), name)
    }

    /// The indices of the names with which a text is compared, those that begin or end most like it first.
    fn around(&self, lower: &str) -> Vec<usize> {
        if self.backward.is_empty() {
            return (0..self.forward.len()).collect();
        }
        let reversed = reversed(lower);
        let begun = self.forward.partition_point(|(name, _)| name.as_str() < lower);
        let ended = self.backward.partition_point(|(name, _)| *name < reversed);
        let mut places: Vec<usize> = Vec::new();
        for step in 0..COMPARED / 4 {
            let both = |at: usize| [at.checked_sub(step + 1), Some(at + step)].into_iter().flatten();
            places.extend(both(begun).filter(|at| *at < self.forward.len()));
            places.extend(both(ended).filter_map(|at| Some(self.backward.get(at)?.1)));
        }
        places
    }
}

fn reversed(text: &str) -> String {
    text.chars().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_the_likely_slip_and_nothing_far() {
        assert_eq!(nearest("tilte", ["code", "title", "type"]), Some("title"));
        assert_eq!(nearest("FASI", ["fasi", "fine"]), Some("fasi"));
        assert_eq!(nearest("banana", ["code", "title", "type"]), None);
    }

    #[test]
    fn a_slip_at_either_end_is_found_among_any_number_of_names() {
        let names: Vec<String> = (0..20_000).map(|i| format!("2020_Zona{i:05}")).collect();
        let near = Near::of(names.iter().map(String::as_str));
        for written in ["2020-zona07123", "2020_Zona7123", "020_Zona07123", "2020_Zona0712"] {
            let found = near.nearest(written).expect("one is near");
            assert_eq!(nearest(written, [found]), Some(found), "{written}");
        }
        assert_eq!(near.nearest("2020-zona07123"), Some("2020_Zona07123"));
        assert_eq!(near.certain("2020-zona07123"), Some("2020_Zona07123"));
        assert_eq!(near.certain("2020_zona07123"), None, "too many begin like it");
        let near = Near::of(names[..300].iter().map(String::as_str).chain(["Sportello casa"]));
        assert_eq!(near.certain("Sportelo casa"), Some("Sportello casa"));
        assert_eq!(near.certain("sportello CASA"), Some("Sportello casa"));
    }

    #[test]
    fn letters_are_compared_up_to_a_limit() {
        let long = "a".repeat(LONGEST);
        let other = format!("{}b", &long[1..]);
        assert_eq!(nearest(&long, [other.as_str()]), Some(other.as_str()));
        assert_eq!(nearest(&format!("{long}a"), [other.as_str()]), None);
        let many: Vec<String> = (0..COMPARED).map(|i| format!("{other}{i}")).collect();
        assert_eq!(Near::of(many.iter().map(String::as_str)).nearest(&long), Some(many[0].as_str()));
    }
}
