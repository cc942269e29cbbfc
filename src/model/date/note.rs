//! Notes in brackets after a date, which say nothing about which one it is.

use crate::model::language::phrases::lists;
use crate::model::scan::is_space;

use super::EdtfDate;
use super::words::is_month;

impl EdtfDate {
    /// The note in brackets that a date is written with: `in corso` of `da ottobre 2020 (in corso)`. What could be another
    /// date or a figure is none.
    pub fn note(text: &str) -> Option<&str> {
        split(text).1
    }
}

/// The text before the note that it ends with, and the note; the whole text where there is none.
pub(super) fn split(text: &str) -> (&str, Option<&str>) {
    let whole = text.trim().trim_end_matches(['.', ';']);
    for (open, close) in [('(', ')'), ('[', ']')] {
        if let Some((date, note)) = whole.strip_suffix(close).and_then(|inner| inner.rsplit_once(open))
            && is_note(note)
        {
            return (date, Some(note.trim()));
        }
    }
    (text, None)
}

lists! {
    /// Words before the number of an act or of its parts.
    ACTS = [], dates.acts;
}

/// True if brackets hold neither another date nor a figure that could be promised.
fn is_note(text: &str) -> bool {
    if !text.contains(char::is_alphabetic) || text.contains([')', ']']) {
        return false;
    }
    let mut is_after_act = false;
    text.split(is_space).all(|word| {
        let has_letters = word.contains(char::is_alphabetic);
        let is_number = word.contains(|c: char| c.is_ascii_digit()) && !has_letters;
        let is_fine = if is_number { is_after_act } else { !word.split(|c: char| !c.is_alphabetic()).any(is_month) };
        let name: String = word.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
        is_after_act = ACTS.contains(&name.as_str());
        is_fine
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_in_brackets_says_nothing_about_the_date() {
        for (written, note) in [
            ("Da ottobre 2020 (in corso)", Some("in corso")),
            ("dicembre 2022 (M)", Some("M")),
            ("dicembre 2022 [ stimato ].", Some("stimato")),
            (
                "entro gennaio 2023 (o altro termine indicato nel Regolamento)",
                Some("o altro termine indicato nel Regolamento"),
            ),
            ("31 gennaio 2022 (art. 6, comma 1, D.L. 80/2021)", Some("art. 6, comma 1, D.L. 80/2021")),
            ("T2 2026 (M1C1-27)", Some("M1C1-27")),
            ("31/12/2022 (prorogato al 31/03/2023)", None),
            ("31/12/2022 (prorogato al 2023)", None),
            ("31/12/2022 (ora marzo)", None),
            ("dicembre 2022 (2 eventi)", None),
            ("giugno (2022)", None),
            ("2022 (?)", None),
            ("2022 ()", None),
            ("2022", None),
        ] {
            assert_eq!(split(written).1, note, "{written}");
        }
    }
}
