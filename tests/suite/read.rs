//! What an office writes, as the command line reads it; and the commands that explain and describe.

#![expect(clippy::disallowed_methods, reason = "the tests read the sheets of whole sites")]

use assert_cmd::Command;
use serde_json::{Value, json};
use vetro::Code;

fn vetro(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vetro"));
    command.args(arguments).env("LC_ALL", "it_IT.UTF-8");
    command
}

/// What the command prints, which must succeed and complain of nothing.
fn printed(arguments: &[&str]) -> String {
    let output = vetro(arguments).assert().success().stderr("").get_output().stdout.clone();
    String::from_utf8(output).expect("text")
}

fn reading(arguments: &[&str]) -> Value {
    let printed = printed(&[&["read"], arguments, &["--format", "json"]].concat());
    serde_json::from_str(&printed).unwrap_or_else(|error| panic!("{printed}: {error}"))
}

#[test]
fn a_target_with_its_outcome_is_read_as_the_contract_says() {
    let expected = json!({
        "written": "=> 100", "kind": "number", "operator": "ge", "value": "100",
        "assumed": false, "words": "almeno 100", "state": "met",
    });
    assert_eq!(reading(&["target", "=> 100", "--actual", "100"]), expected);
    let mut without = expected;
    without.as_object_mut().expect("a record").remove("state");
    assert_eq!(reading(&["target", "=> 100"]), without);
}

#[test]
fn a_date_is_read_as_the_contract_says() {
    let expected = json!({
        "written": "Ultimo trimestre 2016", "edtf": "2016-36",
        "earliest": "2016-10-01", "latest": "2016-12-31", "words": "ultimo trimestre 2016",
    });
    assert_eq!(reading(&["date", "Ultimo trimestre 2016"]), expected);
}

#[test]
fn an_amount_is_read_as_the_contract_says() {
    let expected = json!({
        "written": "6.000.000,00 €", "value": "6000000.00", "currency": "EUR", "words": "6.000.000,00 €",
    });
    assert_eq!(reading(&["amount", "6.000.000,00 €"]), expected);
}

#[test]
fn figures_are_read_in_the_language_of_the_site_that_one_stands_in() {
    let site = tempfile::TempDir::new().expect("a folder for the test");
    for (languages, target, amount) in
        [("\"it\", \"en\"", "1500", "1.500"), ("\"en\", \"it\"", "1.500", "1500.00"), ("\"de\"", "1500", "1.500")]
    {
        let settings = format!("[site]\ntitle = \"P\"\nlanguages = [{languages}]\n");
        std::fs::write(site.path().join("site.toml"), settings).expect("it can be written");
        let value = |what: &str, written: &str| {
            let mut command = vetro(&["read", what, written, "--format", "json"]);
            let output = command.current_dir(site.path()).assert().success().get_output().stdout.clone();
            serde_json::from_slice::<Value>(&output).expect("a reading")["value"].clone()
        };
        assert_eq!(value("target", "almeno 1.500"), json!(target), "{languages}");
        assert_eq!(value("amount", "EUR 1,500"), json!(amount), "{languages}");
    }
}

#[test]
fn every_way_of_writing_a_target_has_its_kind_operator_and_value() {
    for (written, kind, operator, value, assumed) in [
        ("=>50", "number", "ge", "50", false),
        ("maggiore di 100", "number", "gt", "100", false),
        ("20,00", "number", "ge", "20.00", true),
        ("2/4", "ratio", "ge", "2/4", false),
        ("entro il 30 Giugno", "date", "by", "../2017-06-30", false),
        ("31/12/2020", "date", "by", "2020-12-31", false),
    ] {
        let read = reading(&["target", written, "--year", "2017"]);
        let expected = [json!(kind), json!(operator), json!(value), json!(assumed), json!(written)];
        let found = ["kind", "operator", "value", "assumed", "written"].map(|key| read[key].clone());
        assert_eq!(found, expected, "{written}");
    }
}

#[test]
fn the_outcome_decides_the_state_of_a_target() {
    for (target, actual, state) in [
        ("=> 100", "99", "not_met"),
        ("=> 100", "100", "met"),
        ("maggiore di 100", "100", "not_met"),
        ("maggiore di 100", "101", "met"),
        ("entro il 30 Giugno", "30/06/2017", "met"),
        ("entro il 30 Giugno", "01/07/2017", "not_met"),
    ] {
        let read = reading(&["target", target, "--year", "2017", "--actual", actual]);
        assert_eq!(read["state"], state, "{target}: {actual}");
    }
}

#[test]
fn people_get_a_line_for_each_field() {
    let words = printed(&["read", "target", "=> 100", "--actual", "120"]);
    let lines: Vec<&str> = words.lines().collect();
    for line in [
        "scritto: => 100",
        "tipo: numero",
        "confronto: almeno",
        "valore: 100",
        "in parole: almeno 100",
        "stato: raggiunto",
    ] {
        assert!(lines.contains(&line), "{line:?} in {words}");
    }
    assert!(printed(&["--lang", "en", "read", "target", "=> 100"]).contains("words: at least 100"));
}

#[test]
fn what_cannot_be_read_is_refused_with_a_reason() {
    for arguments in [
        ["read", "date", "31/06/2019"].as_slice(),
        &["read", "date", "quando si può"],
        &["read", "amount", "tanti soldi"],
        &["read", "target", "31/12/2020", "--actual", "31/02/2020"],
    ] {
        let assert = vetro(arguments).assert().code(1).stdout("");
        let reason = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
        let written = arguments.last().expect("what is read");
        assert!(reason.starts_with("vetro: ") && reason.contains(written), "{arguments:?}: {reason}");
    }
}

#[test]
fn every_problem_is_explained_in_both_languages_with_no_place_left_unfilled() {
    for code in Code::ALL {
        let [italian, english] = ["it", "en"].map(|lang| printed(&["--lang", lang, "explain", code.id()]));
        assert_ne!(italian, english, "{code}");
        for words in [italian, english] {
            let (title, rest) = words.split_once('\n').expect("a title and more");
            assert!(title.starts_with(&format!("{}: ", code.id())) && title.len() > 8, "{words}");
            assert!(rest.trim().len() > 40, "{words}");
            for place in code.args() {
                assert!(!words.contains(&format!("{{{place}}}")), "{place} in {words}");
            }
        }
    }
}

#[test]
fn without_a_code_every_code_is_listed_with_its_title() {
    let list = printed(&["--lang", "en", "explain"]);
    let lines: Vec<&str> = list.lines().collect();
    assert_eq!(lines.len(), Code::ALL.len());
    assert!(lines.contains(&"V0202  Unknown key"), "{list}");
}

#[test]
fn every_word_of_a_reading_is_in_the_catalogue() {
    for (target, outcome) in [
        ("=> 100", "1"),
        ("> 1", "1"),
        ("<= 1", "1"),
        ("< 1", "1"),
        ("= 1", "1"),
        ("tra 1 e 2", "1"),
        ("2/4", "1/4"),
        ("80%", "70%"),
        ("€ 10.000,00", "5.000 €"),
        ("sì", "no"),
        ("31/12/2020", "01/12/2020"),
        ("+5%", "3"),
        ("n.d.", "1"),
        ("migliorare il servizio", "1"),
    ] {
        let words = vetro(&["--lang", "it", "read", "target", target, "--actual", outcome])
            .output()
            .expect("it starts");
        let words = String::from_utf8_lossy(&words.stdout).into_owned();
        for line in words.lines().filter(|line| !line.starts_with("scritto:") && !line.starts_with("EDTF:")) {
            let key = line.contains('_')
                || [": ge", ": gt", ": le", ": lt", ": eq", ": by", ": number", ": met"]
                    .iter()
                    .any(|key| line.ends_with(key));
            assert!(!key, "{target}: {line}");
        }
    }
}

#[test]
fn the_schema_of_every_kind_of_file_says_which_json_schema_it_is() {
    for kind in ["objective", "project", "update", "units", "plan", "page", "site"] {
        let schema: Value = serde_json::from_str(&printed(&["schema", kind])).expect("JSON");
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema", "{kind}");
        assert!(schema.get("properties").or(schema.get("items")).is_some(), "{kind}: {schema}");
    }
}

#[test]
fn shells_complete_every_command_and_the_manual_names_it() {
    let manual = printed(&["man"]);
    assert!(manual.contains(".TH vetro 1"));
    let scripts = ["bash", "zsh", "fish"].map(|shell| printed(&["completions", shell]));
    for command in ["build", "check", "serve", "read", "explain", "schema", "completions", "man"] {
        assert!(manual.contains(&format!("vetro\\-{command}")), "{command} in the manual");
        for script in &scripts {
            assert!(script.contains(command), "{command}");
        }
    }
}

#[test]
fn a_wrong_use_ends_with_2_and_says_how_to_ask() {
    for arguments in [
        ["unknown"].as_slice(),
        &[],
        &["read", "target"],
        &["read", "weather", "sole"],
        &["read", "date", "2020", "--year", "venti"],
        &["explain", "V9999"],
        &["schema", "poem"],
        &["completions", "abacus"],
        &["check", "--format", "poem"],
        &["build", "--as-of", "domani"],
    ] {
        let assert = vetro(arguments).assert().code(2).stdout("");
        assert!(!assert.get_output().stderr.is_empty(), "{arguments:?}");
    }
}

/// What a file of a kind says, as a program that knows the schema reads it.
fn instance(path: &std::path::Path) -> Value {
    let text = std::fs::read_to_string(path).expect("a file");
    let yaml = match text.strip_prefix("---\n") {
        Some(rest) if path.extension().is_some_and(|ending| ending == "md") => {
            rest.split("\n---").next().expect("YAML")
        }
        _ => &text,
    };
    serde_yaml::from_str(yaml).expect("YAML")
}

#[test]
fn every_file_of_a_sound_site_is_valid_by_its_schema_and_a_slip_is_not() {
    for root in [".", "tests/sites/valdoro"] {
        let mut seen = 0;
        for (kind, folder, depth) in [
            ("objective", "objectives", 2),
            ("project", "projects", 2),
            ("update", "projects", 3),
            ("page", "pages", 1),
            ("plan", "plans", 1),
            ("units", "", 1),
        ] {
            let schema: Value = serde_json::from_str(&printed(&["schema", kind, "--root", root])).expect("JSON");
            let validator = jsonschema::validator_for(&schema).expect("a schema");
            let files = walkdir::WalkDir::new(format!("{root}/content/{folder}"))
                .min_depth(depth)
                .max_depth(depth);
            for file in files
                .into_iter()
                .map(|file| file.expect("a file"))
                .filter(|file| file.file_type().is_file())
            {
                let name = file.file_name().to_str().expect("UTF-8");
                let (stem, ending) = name.rsplit_once('.').expect("an ending");
                let translated =
                    stem.contains('.') && ["it", "en", "de"].iter().any(|lang| stem.ends_with(&format!(".{lang}")));
                if translated || !["md", "yaml"].contains(&ending) {
                    continue;
                }
                let instance = instance(file.path());
                let faults: Vec<String> = validator.iter_errors(&instance).map(|error| error.to_string()).collect();
                assert!(faults.is_empty(), "{}: {faults:?}", file.path().display());
                seen += 1;
            }
        }
        assert!(seen > 10, "{root}: {seen} files");
    }
    let schema: Value = serde_json::from_str(&printed(&["schema", "objective"])).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let sound = serde_json::json!({ "titolo": "A", "ufficio": "b", "fasi": [{ "titolo": "C", "peso": null }] });
    assert!(validator.is_valid(&sound));
    for (key, value) in [("titlo", "A".into()), ("titolo", Value::Null), ("fasi", serde_json::json!([{ "peso": 1 }]))] {
        let mut broken = sound.clone();
        broken[key] = value;
        if key == "titolo" {
            broken.as_object_mut().expect("an object").remove("titolo");
        }
        assert!(!validator.is_valid(&broken), "{key}");
    }
}

#[test]
fn the_schema_of_a_site_lists_what_its_sheets_may_refer_to() {
    let schema: Value = serde_json::from_str(&printed(&["schema", "objective", "--root", "."])).expect("JSON");
    let listed = |place: &Value| place["anyOf"][0]["enum"].as_array().expect("names").clone();
    let properties = &schema["properties"];
    assert!(listed(&properties["ufficio"]).contains(&"firenze/servizi-sociali".into()));
    assert!(listed(&properties["continues"]["items"]).contains(&"2019_ZN10".into()));
    assert!(
        listed(&properties["piano"]["items"])
            .iter()
            .any(|code| code.as_str().is_some_and(|code| code.contains(':')))
    );
    assert!(listed(&properties["indicatori"]["items"]["properties"]["serie"]).contains(&"sprar-inseriti".into()));
    assert!(listed(&properties["fasi"]["items"]["properties"]["centre"]).contains(&"catania".into()));
}
