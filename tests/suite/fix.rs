//! What `vetro check --fix` changes of an office's files, and what it leaves alone.

#![expect(clippy::disallowed_methods, reason = "tests write sites and read what was repaired")]

use std::fs;

use crate::common::{SiteTest, TODAY};
use assert_cmd::Command;
use proptest::prelude::*;
use vetro::{CanonicalForms, Drafts, Options, Report, SourceTree, mend};

const SITE: &str = "[site]\ntitle = \"Promesse\"\nbase_url = \"https://example.org\"\n";
const UNITS: &str = "\
- {id: comune, name: Comune di Prova, kind: comune}
- id: comune/sociale
  name: Servizio sociale amministrativo
  parent: comune
  aliases: [UFFICIO ASSISTENZA]
- {id: comune/verde, name: Servizio verde pubblico e ambiente, parent: comune}
";
const PLAN: &str = "\
title: Programma
administration: comune
nodes:
  - {code: inclusione, title: Inclusione}
  - {code: 5.2.10, title: Lavori di pubblica utilità}
";
const OBJECTIVE: &str = "content/objectives/2024/2024_AB01.md";

fn vetro(site: &SiteTest, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vetro"));
    command
        .current_dir(site.root())
        .args(["--lang", "it", "check", "--as-of", "2026-11-22"])
        .args(arguments);
    command
}

/// A site with a plan and three units.
fn site() -> SiteTest {
    SiteTest::new()
        .file("content/units.yaml", UNITS)
        .file("content/plans/programma.yaml", PLAN)
}

/// The text of a file of such a site after its repairs.
fn mended(path: &str, text: &str, forms: CanonicalForms) -> String {
    let mut texts = vec![("site.toml", SITE), ("content/units.yaml", UNITS), ("content/plans/programma.yaml", PLAN)];
    texts.retain(|(other, _)| *other != path);
    texts.push((path, text));
    let options = Options { as_of: TODAY, base: None, drafts: Drafts::Include, profiles: None };
    let changes = mend(SourceTree::from_texts(texts), &Report::default(), &options, forms);
    assert!(changes.iter().all(|change| &*change.path == path), "{changes:#?}");
    changes.first().map_or_else(|| text.to_owned(), |change| change.new.to_string())
}

fn sheet(fields: &str) -> String {
    format!("---\ntitle: Inclusione\n{fields}---\nTesto.\n")
}

#[test]
fn each_certain_mistake_of_a_sheet_is_repaired_and_only_that() {
    for (wrong, right) in [
        // A key, in either language, plain and quoted.
        ("unit: comune\nclasification: Direzionale\n", "unit: comune\nclassification: Direzionale\n"),
        ("\"uffico\": comune # suo\n", "\"ufficio\": comune # suo\n"),
        ("UNIT: comune\n", "unit: comune\n"),
        // A word.
        ("unit: comune\nstate: 'partialy_met'\n", "unit: comune\nstate: 'partially_met'\n"),
        // A unit by its id, its name and an alias; and a name cut short.
        ("unit: comune/socale\n", "unit: comune/sociale\n"),
        ("unit: \"servizio socale amministrativo\"\n", "unit: \"Servizio sociale amministrativo\"\n"),
        ("unit: UFFICIO ASSISTENZA  # vecchio nome\n", "unit: comune/sociale  # vecchio nome\n"),
        ("unit: SERVIZIO SOCIALE AMMINISTRATIV\n", "unit: comune/sociale\n"),
        // A node, alone and in a list.
        ("unit: comune\nplan: inclusone\n", "unit: comune\nplan: inclusione\n"),
        ("unit: comune\nplan: [ 5.2.10, inclusione' ]\n", "unit: comune\nplan: [ 5.2.10, inclusione ]\n"),
    ] {
        assert_eq!(mended(OBJECTIVE, &sheet(wrong), CanonicalForms::AsWritten), sheet(right));
        assert_eq!(mended(OBJECTIVE, &sheet(right), CanonicalForms::Plain), sheet(right));
    }
}

#[test]
fn what_an_office_must_decide_stays() {
    for doubtful in [
        // A figure is no slip, and few letters are none.
        "unit: comune\nplan: 5.2.11\n",
        "unit: comune\ncontinues: 2023_AB01\n",
        // The key would stand twice.
        "unit: comune\nunti: comune/verde\n",
        // A centre is shown as it was written.
        "unit: comune\nphases:\n  - {title: Gara, centre: UFFICIO ASSISTENZA}\n",
        // The beginning of several names, or of one that says little.
        "unit: Servizio\n",
    ] {
        assert_eq!(mended(OBJECTIVE, &sheet(doubtful), CanonicalForms::Plain), sheet(doubtful));
    }
}

#[test]
fn a_value_that_was_hidden_by_a_mistake_does_not_come_with_another() {
    let text = sheet("unit: comune\nphsaes:\n  - {start: 2024}\n");
    assert_eq!(mended(OBJECTIVE, &text, CanonicalForms::AsWritten), text);
}

#[test]
fn one_repair_makes_way_for_the_next() {
    let wrong = sheet("uffico: UFFICIO ASSISTENZA\n");
    assert_eq!(mended(OBJECTIVE, &wrong, CanonicalForms::AsWritten), sheet("ufficio: comune/sociale\n"));
}

#[test]
fn settings_units_and_plans_are_repaired_too() {
    let settings = format!("{SITE}lingue = [\"it\"]\n[people]\nnames = \"executivs\" # dirigenti\n");
    assert_eq!(mended("site.toml", &settings, CanonicalForms::AsWritten), settings.replace("executivs", "executives"));
    for (path, text, wrong) in [
        ("content/units.yaml", UNITS, ("  parent: comune", "  parnt: comune")),
        ("content/units.yaml", UNITS, ("  parent: comune", "  parent: comne")),
        ("content/plans/programma.yaml", PLAN, ("administration: comune", "administration: comun")),
    ] {
        let broken = text.replacen(wrong.0, wrong.1, 1);
        assert_ne!(broken, text);
        assert_eq!(mended(path, &broken, CanonicalForms::AsWritten), text);
    }
}

#[test]
fn days_and_percentages_become_plain_when_asked_and_where_no_page_shows_the_words() {
    let written = sheet(
        "unit: comune\napproved_by: {act: Delibera 1, date: 31 gennaio 2024}\nsource: {title: Scheda, date: '15/02/2024'}\n\
         phases:\n  - {title: Gara, weight: \"50,00\", end: entro il 30 giugno}\n  - {title: Lavori, weight: 37,5%}\n\
         indicators:\n  - {title: Corsi, target: \"20,00\", unit_of_measure: corsi}\n",
    );
    let plain = written
        .replace("31 gennaio 2024", "2024-01-31")
        .replace("15/02/2024", "2024-02-15")
        .replace("50,00", "50");
    assert_eq!(mended(OBJECTIVE, &written, CanonicalForms::AsWritten), written);
    assert_eq!(mended(OBJECTIVE, &written, CanonicalForms::Plain), plain);
}

#[test]
fn spaces_that_nobody_reads_go_and_those_of_a_text_stay() {
    let before = "\u{feff}---\r\ntitle: Inclusione  \r\nunit: comune\t\r\nnote: |  \r\n  riga  \r\n\r\nlead: \"a \r\n  b\" \r\n# nota \r\n---\r\n\
        Uno \r\n  \r\ndue  \r\ntre\r\n\r\n```\r\ncodice \r\n```\r\n";
    let after = "---\r\ntitle: Inclusione\r\nunit: comune\r\nnote: |\r\n  riga  \r\n\r\nlead: \"a \r\n  b\" \r\n# nota\r\n---\r\n\
        Uno\r\n\r\ndue  \r\ntre\r\n\r\n```\r\ncodice \r\n```\r\n";
    assert_eq!(mended(OBJECTIVE, before, CanonicalForms::AsWritten), after);
    assert_eq!(mended(OBJECTIVE, after, CanonicalForms::Plain), after);
}

#[test]
fn a_text_of_an_old_program_is_saved_in_utf_8_where_nothing_else_can_be_meant() {
    let site = site();
    let path = site.root().join(OBJECTIVE);
    let text = sheet("unit: comune\nlead: “Più” città – 5 €\n");
    let old = |text: &str| {
        let (bytes, _, lost) = encoding_rs::WINDOWS_1252.encode(text);
        assert!(!lost);
        bytes.into_owned()
    };
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(&path, old(&text)).expect("a file");
    vetro(&site, &["--fix", "--yes"]).assert().code(0);
    assert_eq!(fs::read_to_string(&path).expect("UTF-8"), text);
    // A byte that it doesn't define, letters of another encoding, and two encodings in one file.
    for bytes in [b"\x81 \xe8".to_vec(), b"\xd0\xe0".to_vec(), [old("città"), "città".into()].concat()] {
        let bytes = [text.as_bytes(), &bytes].concat();
        fs::write(&path, &bytes).expect("a file");
        vetro(&site, &["--fix", "--yes"]).assert().code(1);
        assert_eq!(fs::read(&path).expect("the file"), bytes);
    }
}

#[test]
fn a_sound_site_is_left_alone() {
    let site = SiteTest::copy_of("");
    let output = vetro(&site, &["--fix", "--yes"]).assert().code(0).get_output().clone();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "");
    assert!(String::from_utf8_lossy(&output.stderr).contains("Niente che si possa correggere"));
}

#[test]
fn where_nobody_can_be_asked_the_changes_are_shown_and_not_made() {
    let text = sheet("unti: comune\n");
    let site = site().file(OBJECTIVE, &text);
    let output = vetro(&site, &["--fix"]).assert().code(1).get_output().clone();
    let said = String::from_utf8(output.stderr).expect("text");
    assert!(said.contains("Non è stato scritto niente") && said.contains("V0202"), "{said}");
    let diff = String::from_utf8(output.stdout).expect("text");
    assert_eq!(
        diff,
        format!(
            "--- a/{OBJECTIVE}\n+++ b/{OBJECTIVE}\n@@ -1,5 +1,5 @@\n ---\n title: Inclusione\n-unti: comune\n+unit: comune\n ---\n Testo.\n"
        )
    );
    assert_eq!(fs::read_to_string(site.root().join(OBJECTIVE)).expect("the file"), text);
}

#[test]
fn what_is_agreed_to_is_written_once() {
    let site = site().file(OBJECTIVE, &sheet("unti: comune\n"));
    let said = vetro(&site, &["--fix", "--yes"]).assert().code(0).get_output().clone();
    assert!(String::from_utf8_lossy(&said.stderr).contains("Un file corretto."));
    assert_eq!(fs::read_to_string(site.root().join(OBJECTIVE)).expect("the file"), sheet("unit: comune\n"));
    vetro(&site, &["--fix", "--yes"]).assert().code(0).stdout("");
}

#[test]
fn a_file_that_may_not_be_written_is_named_and_stays() {
    let text = sheet("unti: comune\n");
    let site = site().file(OBJECTIVE, &text);
    let path = site.root().join(OBJECTIVE);
    let mut permissions = path.metadata().expect("the file").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).expect("it is ours");
    let output = vetro(&site, &["--fix", "--yes"]).assert().code(2).get_output().clone();
    let said = String::from_utf8(output.stderr).expect("text");
    assert!(said.contains(OBJECTIVE) && said.contains("non si può scrivere"), "{said}");
    assert_eq!(fs::read_to_string(&path).expect("the file"), text);
}

#[test]
fn options_that_do_not_go_together_are_refused() {
    for (arguments, said) in [
        (&["--fix", "--watch"][..], "--fix mostra"),
        (&["--fix", "--format", "json"], "--fix mostra"),
        (&["--yes"], "solo con --fix"),
        (&["--normalise"], "solo con --fix"),
    ] {
        let output = vetro(&site(), arguments).assert().code(2).get_output().clone();
        let words = String::from_utf8(output.stderr).expect("text");
        assert!(words.contains(said), "{words}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_byte_outside_of_what_is_repaired_stays(
        comments in prop::collection::vec("( +# [a-zàè'\"{}:-]{0,12}[a-z])?", 4),
        quote in prop::sample::select(vec!["", "'", "\""]),
        end in prop::sample::select(vec!["\n", "\r\n"]),
        gap in " {1,4}",
        wrong in prop::collection::vec(any::<bool>(), 4),
        closed in any::<bool>(),
    ) {
        let make = |wrong: &[bool]| {
            let pick = |i: usize, bad: &'static str, good: &'static str| if wrong[i] { bad } else { good };
            let lines = [
                "---".to_owned(),
                format!("title:{gap}{quote}Città è{quote}{}", comments[0]),
                format!("{quote}{}{quote}:{gap}{quote}{}{quote}{}", pick(0, "uffico", "ufficio"), pick(1, "comune/socale", "comune/sociale"), comments[1]),
                comments[2].trim_start().to_owned(),
                format!("plan:{gap}[{gap}5.2.10,{quote}{}{quote} ]{}", pick(2, "inclusoine", "inclusione"), comments[3]),
                format!("{}: |", pick(3, "nota_", "nota")),
                "  riga  ".to_owned(),
                "---".to_owned(),
            ];
            lines.join(end) + if closed { end } else { "" }
        };
        let (before, right) = (make(&wrong), make(&[false; 4]));
        let after = mended(OBJECTIVE, &before, CanonicalForms::AsWritten);
        prop_assert_eq!(&after, &right);
        prop_assert_eq!(mended(OBJECTIVE, &after, CanonicalForms::AsWritten), after);
    }
}

#[cfg(unix)]
#[test]
fn whoever_interrupts_repairs_finds_each_file_whole_and_no_other() {
    use std::io::Read;
    use std::process::{Command, Stdio};
    let site = SiteTest::new();
    let sheet =
        |key: &str| format!("---\n{key}: Sportello {}\nunit: comune\n---\n", "molto atteso ".repeat(40).trim_end());
    let paths: Vec<String> = (0..300).map(|number| format!("content/objectives/2024/A{number}.md")).collect();
    paths.iter().for_each(|path| site.write(path, &sheet("titel")));
    let mut command = Command::new(env!("CARGO_BIN_EXE_vetro"));
    command.args(["--lang", "it", "check", "--fix", "--yes", "--root", site.root().as_str()]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    let text = |path: &String| fs::read_to_string(site.root().join(path)).expect("a file");
    let mended = |paths: &[String]| paths.iter().filter(|path| text(path) == sheet("title")).count();
    // It shows more than a pipe holds, so that it can't be done before somebody reads.
    while mended(&paths) == 0 {
        assert!(child.try_wait().expect("a child").is_none(), "it ended without a repair");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(sent.expect("kill starts").success());
    // The signal is taken by a thread of its own.
    std::thread::sleep(std::time::Duration::from_millis(200));
    let mut shown = Vec::new();
    child.stdout.take().expect("piped").read_to_end(&mut shown).expect("it ends");
    assert_eq!(child.wait().expect("it ends").code(), Some(130));
    let count = mended(&paths);
    assert!(count < paths.len(), "it went on to the end");
    assert_eq!(count + paths.iter().filter(|path| text(path) == sheet("titel")).count(), paths.len());
    let names = fs::read_dir(site.root().join("content/objectives/2024")).expect("the folder").count();
    assert_eq!(names, paths.len(), "nothing hidden is left");
}
