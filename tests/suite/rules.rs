//! Rules in whole sites: what profiles turn on, what a site and a record make of what is found, and what only a second
//! publication or a theme can tell. What each rule finds stands beside it, and where in `tests/faults/rules-*.txt`.

#![expect(clippy::disallowed_methods, reason = "tests write sites and read what was published")]

use crate::common::SiteTest;
use assert_cmd::Command;
use serde_json::Value;
use vetro::{Code, Outcome, Profile};

const OBJECTIVE: &str = "content/objectives/2025/A1.md";

/// A sheet with one fault of quality: capitals.
const SHEET: &str = "---\ntitle: SPORTELLO PER LA CASA\nunit: comune\n---\n";

fn site(more: &str) -> SiteTest {
    let settings =
        format!("[site]\ntitle = \"Promesse\"\nbase_url = \"https://example.org\"\nlicence = \"CC0 1.0\"\n{more}");
    SiteTest::new().file("site.toml", &settings).file(OBJECTIVE, SHEET)
}

fn codes(site: &SiteTest) -> Vec<Code> {
    site.try_build().1
}

fn check(site: &SiteTest, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vetro"));
    command
        .args(["--lang", "it", "check", "--as-of", "2026-11-22", "--root"])
        .arg(site.root())
        .args(arguments);
    command
}

fn rows(site: &SiteTest, arguments: &[&str]) -> Vec<Value> {
    let output = check(site, &[&["--format", "json"], arguments].concat()).output().expect("it runs");
    serde_json::from_slice(&output.stdout).expect("a JSON array")
}

#[test]
fn three_profiles_are_on_where_the_site_names_none_and_an_empty_list_turns_them_off() {
    let with = |check: &str| {
        let text = "---\ntitle: SPORTELLO PER LA CASA\nunit: comune\nlead: Scrivi a mario.rossi@gmail.com\n---\n## Uno\n\n#### Due\n";
        codes(&site(check).file(OBJECTIVE, text))
    };
    assert_eq!(with(""), [Code::Capitals, Code::PersonalEmail, Code::HeadingSkips]);
    assert_eq!(with("[check]\ndue_days = 5\n"), with(""));
    assert_eq!(with("[check]\nprofiles = []\n"), []);
    assert_eq!(codes(&site("[check]\nprofiles = [\"quality\"]\n")), [Code::Capitals]);
}

#[test]
fn a_build_prints_the_errors_and_the_first_hundred_warnings_and_counts_the_others() {
    let sheets = (0..120).fold(site(""), |site, n| site.file(&format!("content/objectives/2024/B{n}.md"), SHEET));
    let site = sheets.file("content/objectives/2024/C1.md", "---\ntitle: C1\nunit: nessuno\n---\n");
    let said = |command: &str| {
        let mut vetro = Command::new(env!("CARGO_BIN_EXE_vetro"));
        let vetro = vetro.args(["--lang", "it", command, "--as-of", "2026-11-22", "--root"]).arg(site.root());
        let output = vetro.output().expect("it runs");
        let words = String::from_utf8(output.stderr).expect("words");
        (words.matches("avviso[V").count(), words.matches("errore[V").count(), words)
    };
    let (warnings, errors, words) = said("build");
    assert_eq!((warnings, errors), (100, 1), "{words}");
    assert!(words.contains("\n21 altri avvisi non sono mostrati. `vetro check` li mostra tutti.\n"), "{words}");
    assert!(words.contains("\n1 errore, 121 avvisi\n"), "{words}");
    let (warnings, errors, words) = said("check");
    assert_eq!((warnings, errors), (121, 1), "{words}");
    assert!(!words.contains("altri avvisi"), "{words}");
}

#[test]
fn a_text_that_was_sound_is_looked_at_again_when_what_it_is_checked_against_changes() {
    let text = "---\ntitle: Sportello casa\nunit: comune\n---\n## Uno\n\n#### Due\n\nLo apre Mario Rossi.\n";
    let mut site = site("[check]\nprofiles = []\n").file(OBJECTIVE, text);
    assert_eq!(codes(&site), []);
    site.options.profiles = Some(vec![Profile::People]);
    assert_eq!(codes(&site), [], "nobody of this name is known");
    site.write("content/units.yaml", "- {id: comune, name: Comune, heads: [{name: Mario Rossi, role: Dirigente}]}\n");
    assert_eq!(codes(&site), [], "a head may be named");
    let settings = "[site]\ntitle = \"Promesse\"\nbase_url = \"https://example.org\"\nlicence = \"CC0 1.0\"\n";
    site.write("site.toml", &format!("{settings}[people]\nkeep_years = 0\n"));
    assert_eq!(codes(&site), [Code::HiddenName], "no longer");
    site.write("site.toml", &format!("{settings}[people]\nkeep_years = 5\n"));
    assert_eq!(codes(&site), []);
    site.options.as_of = jiff::civil::date(2031, 1, 1);
    assert_eq!(codes(&site), [Code::HiddenName], "five years later");
    site.options.profiles = Some(vec![Profile::Accessibility]);
    assert_eq!(codes(&site), [Code::HeadingSkips]);
}

#[test]
fn the_command_line_chooses_profiles_in_place_of_the_site() {
    let mut site = site("[check]\nprofiles = [\"quality\"]\n");
    site.options.profiles = Some(vec![Profile::People]);
    assert_eq!(codes(&site), []);
    let found = rows(&site, &["--profile", "dlgs33", "--profile", "people"]);
    assert_eq!(found.iter().map(|row| &row["code"]).collect::<Vec<_>>(), ["V1101", "V1102"]);
    check(&site, &["--profile", "qualty"]).assert().code(2);
}

#[test]
fn a_rule_that_is_made_an_error_holds_the_site() {
    let site =
        site("[check]\nprofiles = [\"quality\"]\n[rules]\nV0811 = { level = \"error\", reason = \"si legge male\" }\n");
    assert!(matches!(site.try_build().0, Outcome::Wrong));
    let found = rows(&site, &[]);
    assert_eq!(found[0]["severity"], "error");
    assert_eq!(found[0]["reason"], "si legge male");
}

#[test]
fn what_a_record_silences_is_kept_with_its_reason() {
    let site =
        site("[check]\nprofiles = [\"quality\"]\n[rules]\nV0811 = { level = \"error\", reason = \"si legge male\" }\n");
    let own = "rules: {V0811: {level: off, reason: è il nome di un'opera}}\n---\n";
    site.write(OBJECTIVE, &SHEET.replace("comune\n---\n", &format!("comune\n{own}")));
    site.build();
    assert_eq!(rows(&site, &[]), [Value::Null; 0]);
    let found = rows(&site, &["--show-silenced"]);
    assert_eq!((&found[0]["severity"], &found[0]["reason"]), (&"off".into(), &"è il nome di un'opera".into()));
    let said = check(&site, &["--show-silenced"]).output().expect("it runs");
    let said = String::from_utf8(said.stderr).expect("text");
    assert!(said.contains("spento[V0811]") && said.contains("motivo: è il nome di un'opera"), "{said}");
}

#[test]
fn what_is_ruled_of_a_record_holds_for_its_translation() {
    let site = site("[check]\nprofiles = [\"accessibility\"]\n")
        .file("content/objectives/2025/A1.en.md", "---\ntitle: Desk\n---\n[here](/)\n");
    let settings = "[site]\ntitle = \"Promesse\"\nbase_url = \"https://example.org\"\nlanguages = [\"it\", \"en\"]\n[check]\nprofiles = [\"accessibility\"]\n";
    site.write("site.toml", settings);
    assert_eq!(codes(&site), [Code::VagueLink]);
    let own = "rules: {V1002: {level: off, reason: lo chiede il tema}}\n---\n";
    site.write(OBJECTIVE, &SHEET.replace("comune\n---\n", &format!("comune\n{own}")));
    assert_eq!(codes(&site), []);
}

#[test]
fn a_rule_says_nothing_of_a_file_that_has_errors() {
    let site = site("[check]\nprofiles = [\"quality\"]\n");
    let phases = "phases:\n  - {title: Uno, weight: 20, end: 31/06/2024}\n  - {title: Due, weight: 50}\n---\n";
    site.write(OBJECTIVE, &SHEET.replace("comune\n---\n", &format!("comune\n{phases}")));
    assert_eq!(codes(&site), [Code::ImpossibleDay]);
}

#[test]
fn a_record_that_was_published_and_is_withdrawn_too_soon_is_said() {
    let site = site("[check]\nprofiles = [\"dlgs33\"]\n[rules]\nV1101 = { level = \"off\", reason = \"prova\" }\nV1102 = { level = \"off\", reason = \"prova\" }\nV1105 = { level = \"error\", reason = \"niente si toglie\" }\n")
        .file("content/objectives/2019/B1.md", SHEET);
    site.build();
    // The term of 2019 was over at the end of 2024.
    site.remove("content/objectives/2019/B1.md");
    site.build();
    site.remove(OBJECTIVE);
    let (outcome, found) = site.try_build();
    assert!(matches!(outcome, Outcome::Wrong));
    assert_eq!(found, [Code::Withdrawn]);
    assert!(site.read("2025/a1/index.html").contains("SPORTELLO"), "the published site is as it was");

    // One that had to go is named with the reason.
    let settings = site.root().join("site.toml");
    let before = std::fs::read_to_string(&settings).expect("the settings");
    site.write("site.toml", &format!("{before}[withdrawn]\n\"/2025/a1/\" = \"nominava un minore\"\n"));
    assert_eq!(codes(&site), []);
    site.write("site.toml", &before);
    site.write(OBJECTIVE, SHEET);
    site.build();
    site.remove(OBJECTIVE);

    // Under another name it has moved, where its old address is named.
    let moved = SHEET.replace("comune\n", "comune\naliases: [/2025/a1/]\n");
    site.write("content/objectives/2025/A2.md", &moved);
    site.build();
}

#[test]
fn a_withdrawal_is_said_at_each_build_and_check_until_the_record_is_back_or_its_term_is_over() {
    let mut site = site(
        "[check]\nprofiles = [\"dlgs33\"]\n[rules]\nV1101 = { level = \"off\", reason = \"prova\" }\nV1102 = { level = \"off\", reason = \"prova\" }\n",
    );
    let checked = |site: &SiteTest| rows(site, &[]).iter().map(|row| row["code"].clone()).collect::<Vec<_>>();
    assert_eq!(checked(&site), [Value::Null; 0]);
    assert!(!site.output().exists(), "a check makes no folder");
    site.build();
    site.remove(OBJECTIVE);
    assert_eq!(checked(&site), ["V1105"], "before it is gone from the folder");
    for _ in 0..2 {
        let (outcome, found) = site.try_build();
        assert!(matches!(outcome, Outcome::Published { .. }));
        assert_eq!(found, [Code::Withdrawn]);
        assert_eq!(checked(&site), ["V1105"]);
    }
    assert!(!site.output().join("2025/a1").exists());

    // A draft is no more published than what isn't there.
    site.write(OBJECTIVE, &SHEET.replace("unit:", "draft: true\nunit:"));
    assert_eq!((codes(&site), checked(&site)), (vec![Code::Withdrawn], vec!["V1105".into()]));
    site.write(OBJECTIVE, SHEET);
    assert_eq!((codes(&site), checked(&site)), (vec![], vec![]));

    site.remove(OBJECTIVE);
    assert_eq!(codes(&site), [Code::Withdrawn]);
    site.options.as_of = "2031-01-01".parse().expect("a day");
    assert_eq!(codes(&site), []);
    assert!(!site.output().join(".vetro/withdrawn").exists());
}

#[test]
fn a_theme_that_hides_pages_is_said() {
    let head = "{% extends \"default/base.html\" %}{# noindex #}";
    let site = site("[theme]\nname = \"nostro\"\n[check]\nprofiles = [\"dlgs33\"]\n")
        .file("themes/nostro/theme.toml", "api = 1\n")
        .file("themes/nostro/templates/nascosta.html", head);
    let found = codes(&site);
    assert!(found.contains(&Code::HiddenFromSearch), "{found:?}");
}

#[test]
fn deadlines_are_a_list_by_unit_and_day() {
    let site = site("[check]\nprofiles = [\"outcomes\"]\n")
        .file("content/units.yaml", "- {id: comune, name: Comune}\n- {id: a, name: Anagrafe, parent: comune}\n")
        .file(OBJECTIVE, "---\ntitle: Casa\nunit: comune\nindicators: [{title: Sportelli, target: almeno 2}]\n---\n")
        .file(
            "content/objectives/2024/A2.md",
            "---\ntitle: Uno\nunit: a\nindicators: [{title: Carte, target: almeno 2}]\n---\n",
        )
        .file(
            "content/objectives/2023/A3.md",
            "---\ntitle: Due\nunit: a\nindicators: [{title: Code, target: almeno 2}]\n---\n",
        );
    let output = check(&site, &["--format", "csv"]).output().expect("it runs");
    let mut reader = csv::Reader::from_reader(output.stdout.as_slice());
    let lines: Vec<csv::StringRecord> = reader.records().map(|line| line.expect("a line")).collect();
    let first: Vec<Vec<&str>> = lines.iter().map(|line| line.iter().take(3).collect()).collect();
    let expected = [
        ["Anagrafe", "2023-12-31", "Code"],
        ["Anagrafe", "2024-12-31", "Carte"],
        ["Comune", "2025-12-31", "Sportelli"],
    ];
    assert_eq!(first, expected);
    assert!(lines[0][3].contains("Anagrafe: indicatore «Code»: scadenza 31 dicembre 2023"), "{}", &lines[0][3]);
}

#[test]
fn the_sites_of_this_repository_have_no_warning_and_say_why_where_one_is_off() {
    for folder in ["", "tests/sites/valdoro"] {
        let site = SiteTest::copy_of(folder);
        assert_eq!(codes(&site), [], "{folder}");
    }
}

#[test]
fn ordinary_slips_are_told_and_published_as_they_were_written() {
    let site = site("[check]\nprofiles = []\n[brand]\nprimary = \"azzurro\"\n[labels]\n\"st.mett\" = \"Conseguito\"\n")
        .file(
            "content/projects/ponte/index.md",
            "---\ntitle: Il ponte\nunit: comune\ncup: [A12B3456789012, d51b17000180006]\ncig: 12345\n---\n![](ponte.jpg)\n",
        )
        .file("content/projects/ponte/ponte.jpg", "");
    let (outcome, mut codes) = site.try_build();
    assert!(matches!(outcome, Outcome::Published { .. }), "{codes:?}");
    codes.sort_unstable();
    let told = [Code::BadIdentifier, Code::BadIdentifier, Code::NoAlt, Code::BadColour, Code::UnknownLabel];
    assert_eq!(codes, told);
    let page = site.read("progetti/ponte/index.html");
    assert!(page.contains("A12B3456789012, D51B17000180006") && page.contains("12345"), "{page}");
    assert!(page.contains("alt=\"\""), "{page}");
    // Other registers are told of codes that they can know.
    assert!(!page.contains("\"value\":\"A12B3456789012\"") && page.contains("\"value\":\"D51B17000180006\""), "{page}");
    assert!(site.read("data/projects.csv").contains("A12B3456789012;D51B17000180006,12345"));
    assert!(site.read("progetti/index.html").contains("Il ponte"));
}

#[test]
fn a_weight_or_progress_outside_its_bounds_is_shown_and_nothing_is_computed_with_it() {
    let phases = |weight: &str, progress: &str| {
        format!(
            "---\ntitle: Sportello\nunit: comune\nphases:\n  - {{title: Gara, weight: 50, actual_end: 30/06/2025}}\n  \
             - {{title: Apertura, weight: \"{weight}\", progress: \"{progress}\"}}\n---\n"
        )
    };
    let site = site("[check]\nprofiles = [\"quality\"]\n").file(OBJECTIVE, &phases("5.000", "50"));
    assert_eq!(codes(&site), [Code::OutOfRange]);
    let page = site.main("2025/a1/index.html");
    assert!(page.contains("5.000%") && page.contains("non è un numero tra 0 e 100"), "{page}");
    assert!(site.read("data/phases.csv").contains(",5000,"));
    for (weight, progress, shown) in [("-50", "0", "-50%"), ("50", "150%", "150")] {
        site.write(OBJECTIVE, &phases(weight, progress));
        assert_eq!(codes(&site), [Code::OutOfRange], "{weight} {progress}");
        let page = site.main("2025/a1/index.html").replace('−', "-");
        assert!(page.contains(shown) && page.contains("non è un numero tra 0 e 100"), "{page}");
    }
    site.write(OBJECTIVE, &phases("50", "100"));
    assert_eq!(codes(&site), []);
    assert!(!site.main("2025/a1/index.html").contains("non è un numero tra 0 e 100"));
}
