//! Twelve slips of twelve kinds in the midst of the demonstration site: the command says exactly those, each in its place.

#![expect(clippy::disallowed_methods, reason = "the test slips as an editor does")]

use std::fs;

use crate::common::SiteTest;
use assert_cmd::Command;
use camino::Utf8Path;
use serde_json::Value;
use vetro::Code;

const ZN07: &str = "content/objectives/2020/2020_ZN07.md";
const ZN10: &str = "content/objectives/2019/2019_ZN10.md";
const HABITO: &str = "content/projects/habito/index.md";
const RADICI: &str = "content/projects/radici/index.md";
const AGREEMENT: &str = "content/projects/pratiche-di-inclusione-sociale/updates/2020-10-09-convenzione.md";
const CONCLUSION: &str = "content/projects/pratiche-di-inclusione-sociale/updates/2023-12-02-conclusione.md";
const GLOSSARY: &str = "content/pages/glossario.md";
const METHOD: &str = "content/pages/metodo.md";

/// A slip: the file, the right words, what is typed in their place with the mistake between « and », and its code. Those of
/// one file stand in the order of its lines: a line more moves those below it.
type Slip = (&'static str, &'static str, &'static str, &'static str);

const SLIPS: [Slip; 12] = [
    (ZN10, "weight: \"50,00\"", "«wieght»: \"50,00\"", "V0202"),
    (ZN10, "end: 31/07/2019", "end: «31/06/2019»", "V0302"),
    (ZN10, "continues: [2017_ZN02]", "continues: [«2017_ZN20»]", "V0401"),
    (ZN07, "end: 30/09/2020", "end: «30/09/2019»", "V0303"),
    (ZN07, "plan: [2020_05_IS_OB_STR_02,", "plan: [«2019_08IS_OB_STR_03»,", "V0409"),
    (HABITO, "unit: catania", "unit: catania\n«unit»: catania", "V0203"),
    (HABITO, "amount: \"6.000.000,00 €\"", "amount: «tra 5 e 6 milioni»", "V0305"),
    (RADICI, "- call center, sempre attivo", "- call center (referente «RSSMRA80A01H501U»), sempre attivo", "V0310"),
    (AGREEMENT, "date: 2020-10-09", "date: «2020-10-19»", "V0404"),
    (CONCLUSION, "lifecycle: completed", "lifecycle: «complete»", "V0206"),
    (GLOSSARY, "title: Glossario", "title: Glossario«: le parole degli uffici»", "V0201"),
    (METHOD, "[2019_ZN10](/objectives/2019/2019_ZN10.md)", "«[2019_ZN10](/objectives/2019/2019_ZN01.md)»", "V0501"),
];

/// A problem as far as the contract fixes it: file, line, column, end column, code.
type Place = (String, u64, u64, u64, String);

/// Makes the slip in the site. Gives the place of the mistake as an editor would count it.
fn slip(site: &SiteTest, (file, right, typed, code): Slip) -> Place {
    let text = fs::read_to_string(site.root().join(file)).expect("the file is there");
    assert_eq!(text.matches(right).count(), 1, "{file} says “{right}” once");
    let marked = text.replace(right, typed);
    // The page of method has such marks of its own: ours are those in what was typed.
    let at = marked.find(typed).expect("it was typed") + typed.find('«').expect("the mistake is marked");
    let line_start = marked[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let line = marked[..at].matches('\n').count() + 1;
    let column = marked[line_start..at].chars().count() + 1;
    let wrong = &typed[typed.find('«').map_or(0, |at| at + '«'.len_utf8())..typed.find('»').unwrap_or(typed.len())];
    site.write(file, &text.replace(right, &typed.replace(['«', '»'], "")));
    let number = |n: usize| u64::try_from(n).expect("a file is short");
    (file.to_owned(), number(line), number(column), number(column + wrong.chars().count()), code.to_owned())
}

fn slipped() -> (SiteTest, Vec<Place>) {
    let site = SiteTest::copy_of("");
    let mut places: Vec<Place> = SLIPS.iter().map(|made| slip(&site, *made)).collect();
    places.sort();
    (site, places)
}

fn vetro(root: &Utf8Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vetro"));
    command
        .args(["--lang", "it", "check", "--as-of", "2026-11-22", "--root", root.as_str()])
        .args(arguments);
    command
}

#[test]
fn the_machine_format_says_exactly_the_twelve_slips() {
    let (site, expected) = slipped();
    let run = vetro(&site.root(), &["--format", "json"]).assert().code(1);
    let rows: Vec<Value> = serde_json::from_slice(&run.get_output().stdout).expect("one array of problems");
    let text = |row: &Value, key: &str| row[key].as_str().expect("a text").to_owned();
    let number = |row: &Value, key: &str| row[key].as_u64().expect("a number");
    let found: Vec<Place> = rows
        .iter()
        .map(|row| {
            assert_eq!(number(row, "line"), number(row, "end_line"), "{row}");
            let code: Code = text(row, "code").parse().expect("a code");
            assert_eq!(text(row, "severity"), code.severity().key(), "{row}");
            assert!(!text(row, "message").is_empty() && !text(row, "help").is_empty(), "{row}");
            let (line, column, end) = (number(row, "line"), number(row, "column"), number(row, "end_column"));
            (text(row, "file"), line, column, end, text(row, "code"))
        })
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn people_are_shown_each_line_with_its_repair_and_the_number_of_slips() {
    let (site, places) = slipped();
    let run = vetro(&site.root(), &[]).assert().code(1);
    let words = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    for (file, line, column, _, code) in places {
        let text = fs::read_to_string(site.root().join(&file)).expect("the file is there");
        let shown = text.lines().nth(usize::try_from(line).expect("a line") - 1).expect("the line is there");
        // Long lines are cut by the printer: the words at the mistake must be there.
        let near: String = shown.chars().skip(usize::try_from(column).expect("a column") - 1).take(8).collect();
        assert!(words.contains(&format!("{file}:{line}:{column}")), "{code}: {words}");
        assert!(words.contains(&near) && words.contains(&format!("[{code}]")), "{code}: {near}");
    }
    assert_eq!(words.matches("rimedio").count(), 12);
    assert!(words.contains("11 errori"));
    assert!(run.get_output().stdout.is_empty());
}

#[test]
fn sound_content_has_no_problem() {
    let site = SiteTest::copy_of("");
    vetro(&site.root(), &["--format", "json"]).assert().code(0).stdout("[]\n");
    vetro(&site.root(), &[]).assert().code(0);
}

#[test]
fn a_folder_that_is_not_there_is_a_failure_of_the_program() {
    let site = SiteTest::new();
    let run = vetro(&site.root().join("altrove"), &["--format", "json"]).assert().code(2);
    assert!(run.get_output().stdout.is_empty());
    assert!(!run.get_output().stderr.is_empty());
}
