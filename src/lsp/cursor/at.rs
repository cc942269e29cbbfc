use std::cmp::Ordering;

use super::line::{Line, Syntax, lines};
use super::part::Cursor;
use super::record::record_cursor;
use super::table::table_cursor;
use crate::parse::{Field, front};
use crate::source::SITE_FILE;

/// The cursor at a byte of a file's text. Returns `None` if no key or value of a record can be there.
pub(in crate::lsp) fn at<'t>(path: &str, text: &'t str, byte: usize) -> Option<Cursor<'t>> {
    let (front, top) = front(path, text)?;
    if byte < front.start || byte > front.end {
        return None;
    }
    if path == SITE_FILE {
        let (lines, current) = lines(text, front, byte, Syntax::Toml);
        return table_cursor(text, &lines, current, byte, top);
    }
    let (lines, current) = lines(text, front, byte, Syntax::Yaml);
    let cursor = record_cursor(text, &lines, current, byte, top)?;
    Some(Cursor { italian: italian(&lines, top), ..cursor })
}

/// Number of lines that are enough to know the language of a file's keys.
const ENOUGH: usize = 200;

fn italian(lines: &[Line<'_>], fields: &[Field]) -> Ordering {
    let keys = lines.iter().take(ENOUGH).filter_map(|line| Some(line.key?.0));
    let named =
        keys.filter_map(|key| Some((key, fields.iter().find(|field| field.is(key) && !field.also.is_empty())?)));
    let (mut italian, mut english) = (0, 0);
    for (key, field) in named {
        *(if field.name == key { &mut english } else { &mut italian }) += 1;
    }
    italian.cmp(&english)
}

#[cfg(test)]
mod tests {
    use super::super::part::CursorPart;
    use super::*;

    /// The cursor at the `|` of a sheet's front matter.
    fn with_cursor<T>(yaml: &str, then: impl Fn(&str, Option<Cursor<'_>>) -> T) -> T {
        with_cursor_in("content/objectives/2020/A.md", &format!("---\n{yaml}"), then)
    }

    fn with_cursor_in<T>(path: &str, text: &str, then: impl Fn(&str, Option<Cursor<'_>>) -> T) -> T {
        let byte = text.find('|').expect("the text has a cursor");
        let text = text.replacen('|', "", 1);
        then(&text, at(path, &text, byte))
    }

    type CursorView = Option<(CursorPart, Option<&'static str>, String)>;

    fn view(text: &str, cursor: Option<Cursor<'_>>) -> CursorView {
        let cursor = cursor?;
        Some((cursor.part, cursor.field.map(|field| field.name), text[cursor.word].to_owned()))
    }

    fn some(part: CursorPart, field: impl Into<Option<&'static str>>, word: &str) -> CursorView {
        Some((part, field.into(), word.to_owned()))
    }

    fn view_of(yaml: &str) -> CursorView {
        with_cursor(yaml, view)
    }

    #[test]
    fn brackets_may_continue_over_several_lines() {
        use CursorPart::{Key, Value};
        assert_eq!(view_of("fasi: [{titolo: A},\n  {titolo: B, fine: 20|20}]\n"), some(Value, "end", "2020"));
        assert_eq!(view_of("fasi: [\n  {titolo: A,\n   fi|\n   peso: 5},\n]\n"), some(Key, None, "fi"));
        assert_eq!(view_of("fasi: [ # tre\n  {titolo: A, # dell'anno\n   fine: |\n  }\n]\n"), some(Value, "end", ""));
        assert_eq!(view_of("piano: [\n  5.1,\n  5.|2\n]\n---\n"), some(Value, "plan", "5.2"));
        assert_eq!(view_of("fasi:\n  - {titolo: A,\n     fine: 20|20}\n"), some(Value, "end", "2020"));
        assert_eq!(view_of("fasi: [{titolo: A,\n  fine: 2020}]\nuf|\n"), some(Key, None, "uf"));
        // Brackets that aren't closed end with the indentation.
        assert_eq!(view_of("piano: [5.1\nuni|\n"), some(Key, None, "uni"));
        assert_eq!(view_of("lead: >\n  [no\n  ta\nuni|\n"), some(Key, None, "uni"));
        assert_eq!(view_of("fasi: [{titolo: A, # no|ta\n  fine: 2020}]\n"), None);
        let keys = with_cursor("fasi: [{titolo: A,\n  |}]\n", |_, cursor| cursor.map(|cursor| cursor.keys.join(" ")));
        assert_eq!(keys.as_deref(), Some("titolo"));
    }

    #[test]
    fn the_tables_of_the_settings_have_keys_and_values() {
        use CursorPart::{Key, Table, Value};
        let view_of = |toml: &str| with_cursor_in("site.toml", toml, view);
        assert_eq!(view_of("[si|"), some(Table, None, "si"));
        assert_eq!(view_of("[site|]\ntitle = \"A\"\n"), some(Table, "site", "site"));
        assert_eq!(view_of("[site.i|]\n"), some(Table, None, "i"));
        assert_eq!(view_of("[site]\nla|\n"), some(Key, None, "la"));
        assert_eq!(view_of("[site]\nlanguages = [\"it\", \"e|n\"]\n"), some(Value, "languages", "en"));
        assert_eq!(view_of("[site]\nlanguages = [\n  \"it\",\n  \"e|n\",\n]\n"), some(Value, "languages", "en"));
        assert_eq!(view_of("[people]\nnames = |\n"), some(Value, "names", ""));
        assert_eq!(view_of("[rules]\nV08|\n"), some(Key, None, "V08"));
        assert_eq!(view_of("[rules]\nV0801 = {level = \"o|\", reason = \"x\"}\n"), some(Value, "level", "o"));
        assert_eq!(view_of("[rules.V0801]\nlevel = \"off|\"\n"), some(Value, "level", "off"));
        assert_eq!(view_of("|"), some(Key, None, ""));
        assert_eq!(view_of("[site]\n# no|ta\n"), None);
        assert_eq!(view_of("[ignota]\nch|\n"), None);
        let keys =
            |toml: &str| with_cursor_in("site.toml", toml, |_, cursor| cursor.map(|cursor| cursor.keys.join(" ")));
        assert_eq!(
            keys("[city]\nname = \"A\"\n[site]\n|\ntitle = \"A\"\n[nav]\nitems = []\n").as_deref(),
            Some("title")
        );
    }

    #[test]
    fn the_rules_of_a_record_have_codes_and_levels() {
        assert_eq!(view_of("regole:\n  V08|\n"), some(CursorPart::Key, None, "V08"));
        assert_eq!(view_of("regole:\n  V0801:\n    livello: o|\n"), some(CursorPart::Value, "level", "o"));
        assert_eq!(view_of("rules: {V0801: {level: o|}}\n"), some(CursorPart::Value, "level", "o"));
    }

    #[test]
    fn a_key_and_a_value_are_distinguished_even_if_the_text_is_half_typed() {
        assert_eq!(view_of("titolo: A\nuni|"), some(CursorPart::Key, None, "uni"));
        assert_eq!(view_of("titolo: A\nunit|: x\n---\n"), some(CursorPart::Key, "unit", "unit"));
        assert_eq!(view_of("ufficio: |\n---\n"), some(CursorPart::Value, "unit", ""));
        assert_eq!(view_of("ufficio: com|une # nota\n---\n"), some(CursorPart::Value, "unit", "comune"));
        assert_eq!(view_of("plan: [a, \"5.|1\"]\n"), some(CursorPart::Value, "plan", "5.1"));
        assert_eq!(view_of("plan:\n  - 5.|1\n"), some(CursorPart::Value, "plan", "5.1"));
        assert_eq!(view_of("fasi:\n  - titolo: A\n    fi|\n"), some(CursorPart::Key, None, "fi"));
        assert_eq!(view_of("fasi:\n- titolo: A\n  fine: 20|20\n"), some(CursorPart::Value, "end", "2020"));
        assert_eq!(view_of("fasi:\n  - {titolo: A, fi|}\n"), some(CursorPart::Key, None, "fi"));
        assert_eq!(view_of("fasi: [{titolo: A, fine: 20|20}, {titolo: B}]\n"), some(CursorPart::Value, "end", "2020"));
        assert_eq!(view_of("fasi:\n  - titolo: A\n|"), some(CursorPart::Key, None, ""));
    }

    #[test]
    fn a_text_of_many_lines_has_no_keys() {
        assert_eq!(view_of("report: >\n  Nota: qu|i\n"), None);
        assert_eq!(view_of("titolo: A\n  anco|ra\n"), None);
        assert_eq!(view_of("# un|a nota\n"), None);
        assert_eq!(view_of("ignota:\n  chi|ave\n"), None);
    }

    #[test]
    fn the_keys_that_a_record_has_are_those_above_and_below() {
        let keys = |yaml: &str| with_cursor(yaml, |_, cursor| cursor.map(|cursor| cursor.keys.join(" ")));
        assert_eq!(keys("code: A\nt|\nfasi:\n  - titolo: B\nunit: x\n").as_deref(), Some("code fasi unit"));
        assert_eq!(
            keys("fasi:\n  - titolo: B\n    pe|\n    fine: 2020\n  - inizio: 2020\n").as_deref(),
            Some("titolo fine")
        );
    }
}
