//! What programs read of `vetro check`.

use std::collections::BTreeSet;

use crate::common::SiteTest;
use assert_cmd::Command;
use serde_json::Value;

/// A site with an error in a value, one of a whole file, one of several lines and a warning.
fn site() -> SiteTest {
    SiteTest::new()
        .file("content/pages/a, b: 100%.md", "---\ntitle: Perché no\ntitolo: à\ntipo: x\n---\n")
        .file("content/pages/vuota.md", "")
        .file("content/pages/quasi.md", "---\ntitle: Quasi\nglosary: true\n---\n")
        .file("content/altro/fuori.md", "---\ntitle: Fuori\n---\n")
        .file("content/objectives/2024/a.md", "---\ntitle:\n  a: x\n  b: y\nunit: comune\n---\n")
}

fn check(site: &SiteTest, format: &str, lang: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vetro"));
    command
        .current_dir(site.root())
        .args(["--lang", lang, "check", "--as-of", "2026-11-22", "--format", format]);
    let output = command.assert().code(1).stderr("").get_output().stdout.clone();
    String::from_utf8(output).expect("text")
}

fn json(site: &SiteTest, format: &str) -> Value {
    serde_json::from_str(&check(site, format, "en")).expect("JSON")
}

#[test]
fn sarif_satisfies_the_official_schema_and_tells_what_json_tells() {
    let site = site();
    let mut schema: Value = serde_json::from_str(include_str!("../schemas/sarif-2.1.0.json")).expect("JSON");
    for part in ["run", "toolComponent"] {
        // The official pattern has a bracket too many, which no regular expression of ECMA-262 with `u` may have.
        schema["definitions"][part]["properties"]["language"]
            .as_object_mut()
            .expect("a schema")
            .remove("pattern");
    }
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let log = json(&site, "sarif");
    let errors: Vec<String> = validator
        .iter_errors(&log)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let mut broken = log.clone();
    broken["runs"][0]["results"][0]["message"] = Value::Null;
    assert!(!validator.is_valid(&broken), "the schema is looked at");

    let rows = json(&site, "json");
    let rows = rows.as_array().expect("an array");
    let results = log["runs"][0]["results"].as_array().expect("an array");
    assert_eq!(results.len(), rows.len());
    for (result, row) in results.iter().zip(rows) {
        let rule = result["ruleIndex"].as_u64().and_then(|at| usize::try_from(at).ok()).expect("an index");
        assert_eq!(log["runs"][0]["tool"]["driver"]["rules"][rule]["id"], row["code"]);
        assert_eq!((&result["ruleId"], &result["level"]), (&row["code"], &row["severity"]));
        let words = format!("{} {}", row["message"].as_str().expect("text"), row["help"].as_str().expect("text"));
        assert_eq!(result["message"]["text"], words);
        let place = &result["locations"][0]["physicalLocation"];
        if let Some(region) = place.get("region") {
            for (ours, theirs) in
                [("startLine", "line"), ("startColumn", "column"), ("endLine", "end_line"), ("endColumn", "end_column")]
            {
                assert_eq!(region[ours], row[theirs]);
            }
        }
    }
    let fixes: Vec<&Value> = results.iter().filter_map(|result| result.get("fixes")).collect();
    let change = &fixes.first().expect("a certain repair")[0]["artifactChanges"][0];
    assert_eq!(fixes.len(), 1);
    assert_eq!(change["artifactLocation"]["uri"], "content/pages/quasi.md");
    let replaced = serde_json::json!({
        "deletedRegion": {"startLine": 3, "startColumn": 1, "endLine": 3, "endColumn": 8},
        "insertedContent": {"text": "glossary"},
    });
    assert_eq!(change["replacements"], serde_json::json!([replaced]));
    let uris: Vec<&str> = (results.iter())
        .filter_map(|result| result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str())
        .collect();
    assert!(uris.contains(&"content/pages/a%2C%20b%3A%20100%25.md"), "{uris:?}");
}

#[test]
fn rules_are_explained_in_the_language_of_the_messages() {
    let titles = ["it", "en"].map(|lang| {
        let log: Value = serde_json::from_str(&check(&site(), "sarif", lang)).expect("JSON");
        assert_eq!(log["runs"][0]["language"], lang);
        log["runs"][0]["tool"]["driver"]["rules"][0]["shortDescription"]["text"].clone()
    });
    assert_eq!(titles, ["File non scritto in UTF-8", "File not written in UTF-8"]);
}

#[test]
fn github_is_told_one_escaped_command_a_problem() {
    let site = site();
    let words = check(&site, "github", "en");
    let lines: Vec<&str> = words.lines().collect();
    assert_eq!(lines.len(), json(&site, "json").as_array().expect("an array").len(), "{words}");
    let starts = [
        "::error file=content/pages/a%2C b%3A 100%25.md,line=3,col=1,endLine=3,endColumn=7,title=V0203%3A Repeated key::",
        "::error file=content/pages/vuota.md,title=V0105%3A Empty file::",
        "::warning file=content/altro/fuori.md,title=V0104%3A ",
    ];
    for start in starts {
        assert!(lines.iter().any(|line| line.starts_with(start)), "{start} in\n{words}");
    }
    // Columns are for what lies in one line.
    let several = lines.iter().find(|line| line.contains("V0204")).expect("a value of another type");
    assert!(several.contains("line=3,endLine=4,title="), "{several}");
}

#[test]
fn a_site_below_the_folder_of_a_service_is_found_from_there() {
    let site = SiteTest::new();
    site.write("sito/site.toml", "[site]\ntitle = \"x\"\nbase_url = \"https://example.org\"\n");
    site.write("sito/content/pages/vuota.md", "");
    let run = |format| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vetro"));
        command.current_dir(site.root()).args(["check", "--root", "./sito", "--format", format]);
        String::from_utf8(command.assert().code(1).get_output().stdout.clone()).expect("text")
    };
    for format in ["sarif", "github", "gitlab"] {
        assert!(run(format).contains("sito/content/pages/vuota.md"), "{format}");
        assert!(!run(format).contains("./sito"), "{format}");
    }
    assert!(run("json").contains("\"content/pages/vuota.md\""), "the contract's own format is relative to the root");
}

#[test]
fn gitlab_gets_a_fingerprint_that_survives_moved_lines_and_no_two_alike() {
    let site = site().file("content/pages/due.md", "---\ntitle: Due\n---\n[a](no.md) [a](no.md)\n");
    let before = json(&site, "gitlab");
    site.write("content/pages/due.md", "---\ntitle: Due\n---\nAltro.\n\n[a](no.md) [a](no.md)\n");
    let after = json(&site, "gitlab");
    let fingerprints = |report: &Value| -> Vec<String> {
        let entries = report.as_array().expect("an array");
        entries
            .iter()
            .map(|entry| entry["fingerprint"].as_str().expect("text").to_owned())
            .collect()
    };
    assert_eq!(fingerprints(&before), fingerprints(&after));
    let different: BTreeSet<String> = fingerprints(&before).into_iter().collect();
    assert_eq!(different.len(), fingerprints(&before).len());
    let link = |report: &Value| {
        let entries = report.as_array().expect("an array").clone();
        entries.into_iter().find(|entry| entry["check_name"] == "V0501").expect("the broken link")
    };
    assert_eq!(link(&before)["location"]["lines"]["begin"], 4);
    assert_eq!(link(&after)["location"]["lines"]["begin"], 6);
    assert_eq!(link(&after)["location"]["path"], "content/pages/due.md");
    assert_eq!(link(&after)["severity"], "major");
    assert!(link(&after)["description"].as_str().is_some_and(|words| words.contains("no.md")));
}

#[test]
fn a_sound_site_is_an_empty_report_in_every_format() {
    for (format, empty) in [("json", "[]"), ("gitlab", "[]"), ("github", "")] {
        let site = SiteTest::new();
        let mut command = Command::new(env!("CARGO_BIN_EXE_vetro"));
        command.current_dir(site.root()).args(["check", "--format", format]);
        let output = command.assert().success().get_output().stdout.clone();
        assert_eq!(String::from_utf8_lossy(&output).trim(), empty, "{format}");
    }
}
