//! An office's first files: made by one command each, and sound from the start.

#![expect(clippy::disallowed_methods, reason = "tests write sites and read what was made")]

use std::fs;

use crate::common::SiteTest;
use assert_cmd::Command;
use camino::{Utf8Path, Utf8PathBuf};
use tempfile::TempDir;

/// A command that can ask nobody: its input is no terminal.
fn vetro(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vetro"));
    command
        .env("LC_ALL", "it_IT.UTF-8")
        .env("SOURCE_DATE_EPOCH", "1795824000")
        .args(arguments);
    command
}

fn new(site: &SiteTest, arguments: &[&str]) -> Command {
    let mut command = vetro(&["new"]);
    command.args(arguments).args(["--root", site.root().as_str()]);
    command
}

fn says(command: &mut Command, code: i32) -> String {
    let output = command.assert().code(code).get_output().clone();
    String::from_utf8(output.stderr).expect("UTF-8")
}

/// A folder that isn't there yet.
fn folder() -> (TempDir, Utf8PathBuf) {
    let folder = TempDir::new().expect("a folder");
    let path = Utf8PathBuf::try_from(folder.path().join("sito")).expect("UTF-8");
    (folder, path)
}

fn is_sound(root: &Utf8Path) {
    let profiles = ["dlgs33", "quality", "people", "outcomes", "accessibility"].map(|name| ["--profile", name]);
    let mut check = vetro(&["check", "--root", root.as_str(), "--format", "json"]);
    check.args(profiles.concat()).assert().code(0).stdout("[]\n");
}

#[test]
fn a_new_site_passes_every_profile_and_can_be_published_in_each_language() {
    for lang in ["it", "en", "de"] {
        let (_kept, root) = folder();
        let administration = ["--administration", "Comune di «Prova» \"Alta\"", "--email", "a@example.org"];
        vetro(&["new", "site", root.as_str(), "--language", lang])
            .args(administration)
            .assert()
            .code(0);
        is_sound(&root);
        vetro(&["build", "--root", root.as_str()]).assert().code(0);
        let home = fs::read_to_string(root.join("public/index.html")).expect("a home");
        assert!(home.contains("Comune di «Prova» &quot;Alta&quot;"), "{home}");
    }
}

#[test]
fn a_new_site_is_made_in_a_free_folder_alone() {
    let (_kept, root) = folder();
    fs::create_dir_all(&root).expect("a folder");
    fs::write(root.join("appunti.txt"), "").expect("a file of somebody");
    let said = says(&mut vetro(&["new", "site", root.as_str(), "--administration", "Comune"]), 2);
    assert!(said.contains("contiene già qualcosa"), "{said}");
    assert_eq!(fs::read_dir(&root).expect("the folder").count(), 1);
}

#[test]
fn what_is_missing_is_named_where_nobody_can_be_asked() {
    let site = SiteTest::new();
    for (arguments, flag) in [
        (&["objective", "--unit", "comune"][..], "--title"),
        (&["objective", "--title", "A"], "--unit"),
        (&["project", "--title", "A"], "--unit"),
        (&["update", "--title", "A"], "--project"),
    ] {
        let said = says(&mut new(&site, arguments), 2);
        assert!(said.contains(flag) && said.lines().count() == 1, "{said}");
    }
}

#[test]
fn new_sheets_are_sound_and_tell_where_they_lie() {
    let site = SiteTest::new();
    new(&site, &["objective", "--title", "Più verde: subito", "--unit", "Comune di Prova", "--code", "2026_V01"])
        .assert()
        .code(0)
        .stdout(format!("{}\n", site.root().join("content/objectives/2026/2026_V01.md")));
    new(&site, &["project", "--title", "Parco del fiume", "--unit", "comune", "--start", "marzo 2024"])
        .assert()
        .code(0);
    let update = ["update", "--project", "Parco del fiume", "--title", "È aperto", "--lifecycle", "in_progress"];
    new(&site, &update).assert().code(0);
    let update = site.root().join("content/projects/parco-del-fiume/updates/2026-11-28-e-aperto.md");
    assert!(fs::read_to_string(&update).expect("the update").contains("\nstato: in_progress\n"));
    vetro(&["check", "--root", site.root().as_str(), "--format", "json"])
        .assert()
        .code(0)
        .stdout("[]\n");
    let objective = fs::read_to_string(site.root().join("content/objectives/2026/2026_V01.md")).expect("the sheet");
    assert!(objective.contains("\ntitolo: 'Più verde: subito'\n") && objective.contains("\n# fasi: "), "{objective}");
}

#[test]
fn a_sheet_with_a_mistake_is_not_written_and_the_message_names_what_was_meant() {
    let site = SiteTest::new();
    let said = says(&mut new(&site, &["objective", "--title", "A", "--unit", "comun"]), 1);
    assert!(said.contains("V0401") && said.contains("«comune»"), "{said}");
    // Of a name that is near to none, the few that there are.
    let said = says(&mut new(&site, &["objective", "--title", "A", "--unit", "qwertyuiop"]), 1);
    assert!(said.contains("Ci sono: Comune"), "{said}");
    let said = says(&mut new(&site, &["project", "--title", "A", "--unit", "comune", "--amount", "molto"]), 1);
    assert!(said.contains("V0305"), "{said}");
    assert!(!site.root().join("content/objectives").exists() && !site.root().join("content/projects").exists());
}

#[test]
fn a_sheet_that_stands_is_not_touched_and_a_code_that_is_taken_is_told() {
    let site = SiteTest::new().file("content/objectives/2026/v1.md", "---\ncode: V1\ntitle: A\nunit: comune\n---\n");
    let said = says(&mut new(&site, &["objective", "--title", "B", "--unit", "comune", "--code", "v1"]), 2);
    assert!(said.contains("c’è già"), "{said}");
    let said = says(&mut new(&site, &["objective", "--title", "B", "--unit", "comune", "--code", "V1"]), 1);
    assert!(said.contains("V0403") || said.contains("V0406"), "{said}");
    assert_eq!(fs::read_dir(site.root().join("content/objectives/2026")).expect("the folder").count(), 1);
}

#[test]
fn an_old_problem_of_the_site_keeps_no_new_sheet_away() {
    let site = SiteTest::new().file("content/pages/zeta.md", "---\ntitolo:\nboh: 1\n---\n");
    new(&site, &["objective", "--title", "A", "--unit", "comune"]).assert().code(0);
}

#[test]
fn an_objective_takes_over_what_the_year_before_promised_without_its_outcomes() {
    let site = SiteTest::copy_of("");
    new(&site, &["objective", "--continues", "2020_ZN07", "--year", "2021"]).assert().code(0);
    let sheet = fs::read_to_string(site.root().join("content/objectives/2021/2021_ZN07.md")).expect("the sheet");
    for kept in [
        "continua:\n- 2020_ZN07",
        "serie: sprar-inseriti",
        "valore_atteso: 20,00",
        "ruolo: PO Marginalità e Immigrazione",
    ] {
        assert!(sheet.contains(kept), "{kept}: {sheet}");
    }
    // Its days are those of another year.
    assert!(!sheet.contains("31/12/2020") && !sheet.contains("\n  inizio:"), "{sheet}");
    assert!(!sheet.contains("\n  consuntivo:"), "{sheet}");
}

#[test]
fn the_pipelines_of_each_forge_come_with_the_site() {
    for (forge, file) in [("github", ".github/workflows/site.yml"), ("gitlab", ".gitlab-ci.yml")] {
        let (_kept, root) = folder();
        let arguments = ["new", "site", root.as_str(), "--administration", "Comune", "--ci", forge];
        vetro(&arguments).assert().code(0);
        let read = |path: &str| {
            let text = fs::read_to_string(root.join(path)).expect("a file");
            serde_yaml::from_str::<serde_yaml::Value>(&text).expect("YAML")
        };
        let pipeline = serde_yaml::to_string(&read(file)).expect("YAML");
        assert!(pipeline.contains(&format!("vetro check --format {forge}")) && pipeline.contains("vetro build"));
        assert_eq!(read(".pre-commit-config.yaml")["repos"][0]["hooks"][0]["entry"], "vetro check");
    }
}
