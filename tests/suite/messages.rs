//! What people are told, in both languages: every word from one catalogue, every slip with its repair.

#![expect(clippy::disallowed_methods, reason = "the test makes files that can't be read and folders that are refused")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use crate::common::SiteTest;
use toml::{Table, Value};
use vetro::{Code, Lang, Messages, SourceTree};

const CATALOGUES: [&str; 2] =
    [include_str!("../../src/diagnostic/messages/it.toml"), include_str!("../../src/diagnostic/messages/en.toml")];

/// Each text of a catalogue under its dotted key, plural forms among them.
fn texts(catalogue: &str) -> BTreeMap<String, String> {
    fn collect(prefix: &str, table: Table, into: &mut BTreeMap<String, String>) {
        for (name, value) in table {
            let key = format!("{prefix}.{name}");
            match value {
                Value::Table(inner) => collect(&key, inner, into),
                Value::String(text) => drop(into.insert(key, text)),
                other => panic!("{key} is no text: {other}"),
            }
        }
    }
    let mut all = BTreeMap::new();
    collect("", catalogue.parse().expect("TOML"), &mut all);
    all
}

/// The `{places}` of a text.
fn places(text: &str) -> BTreeSet<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
        .collect()
}

fn vetro(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vetro"));
    // No site stands here, so that nothing but what a test says chooses the language.
    command.args(arguments).current_dir(std::env::temp_dir()).env("LC_ALL", "C");
    command
}

fn run(arguments: &[&str]) -> Output {
    vetro(arguments).output().expect("the program starts")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[&output.stdout[..], &output.stderr[..]].concat()).into_owned()
}

#[test]
fn both_languages_have_the_same_keys_with_the_same_places() {
    let [italian, english] = CATALOGUES.map(texts);
    let lacking = |of: &BTreeMap<String, String>, than: &BTreeMap<String, String>| {
        than.keys().filter(|key| !of.contains_key(*key)).cloned().collect::<Vec<_>>()
    };
    assert_eq!(lacking(&italian, &english), [""; 0], "Italian lacks them");
    assert_eq!(lacking(&english, &italian), [""; 0], "English lacks them");
    for (key, text) in &italian {
        // What is shown as an example of a template has braces of its own.
        if !key.contains(".example_") {
            assert_eq!(places(text), places(&english[key]), "{key}");
        }
    }
}

#[test]
fn every_code_has_a_title_a_message_a_repair_an_explanation_and_an_example_that_use_only_its_places() {
    for (lang, texts) in ["Italian", "English"].into_iter().zip(CATALOGUES.map(texts)) {
        for code in Code::ALL {
            for part in ["title", "message", "help", "explain", "example_wrong", "example_right"] {
                let text = texts.get(&format!(".{code}.{part}"));
                let text = text.unwrap_or_else(|| panic!("{code} has no {part} in {lang}"));
                assert!(!text.trim().is_empty(), "{code} has an empty {part} in {lang}");
            }
            let own = texts.iter().filter(|(key, _)| key.starts_with(&format!(".{code}.")));
            for (key, text) in own.filter(|(key, _)| key.ends_with("message") || key.contains("help")) {
                let unknown: Vec<_> = places(text).into_iter().filter(|name| !code.args().contains(name)).collect();
                assert!(unknown.is_empty(), "{key}: {unknown:?}");
            }
            let nearest = code.args().contains(&"nearest");
            assert_eq!(nearest, texts.contains_key(&format!(".{code}.help_nearest")), "{code}");
        }
        let codes: BTreeSet<&str> = Code::ALL.iter().map(|code| code.id()).collect();
        let known = |key: &str| {
            let table = key[1..].split('.').next().unwrap_or_default().to_owned();
            ["ui", "expected", "kind"].contains(&table.as_str()) || codes.contains(table.as_str())
        };
        let stray: Vec<&String> = texts.keys().filter(|key| !known(key)).collect();
        assert!(stray.is_empty(), "nothing says {stray:?}");
    }
}

#[test]
fn help_is_in_one_language_and_lacks_no_words() {
    let mut commands: Vec<Vec<String>> = Vec::new();
    let mut below = vec![(Vec::new(), vetro::internals::command(&Messages::new(Lang::It)))];
    while let Some((path, command)) = below.pop() {
        let named = |inner: &clap::Command| [&path[..], &[inner.get_name().to_owned()]].concat();
        below.extend(command.get_subcommands().map(|inner| (named(inner), inner.clone())));
        commands.push(path);
    }
    assert!(commands.contains(&vec!["new".to_owned(), "objective".to_owned()]), "{commands:?}");
    let words = |lang| {
        let texts = texts(CATALOGUES[usize::from(lang == "en")]);
        let help = texts
            .into_iter()
            .filter(|(key, _)| key.starts_with(".ui.command.") || key.starts_with(".ui.argument"));
        help.map(|(_, text)| text)
            .filter(|text| text.contains(' ') && !text.contains('{'))
            .collect::<Vec<_>>()
    };
    for (lang, other) in [("it", "en"), ("en", "it")] {
        let mut seen = String::new();
        for command in &commands {
            let command: Vec<&str> = command.iter().map(String::as_str).collect();
            let output = run(&[&["--lang", lang][..], &command, &["--help"]].concat());
            assert!(output.status.success() && output.stderr.is_empty(), "{command:?}: {output:?}");
            // A narrow terminal may break lines anywhere.
            seen.push_str(&said(&output).split_whitespace().collect::<Vec<_>>().join(" "));
        }
        assert!(!seen.contains("ui."), "{seen}");
        for text in words(lang) {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(seen.contains(&text), "{lang}: {text:?} in {seen}");
        }
        for text in words(other) {
            assert!(!seen.contains(&text), "{other} in {lang}: {text}");
        }
    }
    let italian = said(&run(&["--lang", "it", "build", "--help"]));
    for english in
        ["Usage", "OPTIONS", "Options", "default", "possible", "Print", "Arguments", "Commands", "<DIR>", "<DATE>"]
    {
        assert!(!italian.contains(english), "{english} in {italian}");
    }
}

#[test]
fn a_wrong_use_is_said_in_one_sentence_of_the_language_with_the_nearest_name() {
    for (arguments, italian, english) in [
        (&["chek"][..], "forse volevi scrivere «check»", "perhaps you meant “check”"),
        (&["check", "--fromat", "json"], "forse volevi scrivere «--format»", "perhaps you meant “--format”"),
        (&["check", "--format", "jsn"], "forse volevi scrivere «json»", "perhaps you meant “json”"),
        (
            &["check", "--format", "poesia"],
            "human, json, csv, sarif, github, gitlab",
            "human, json, csv, sarif, github, gitlab",
        ),
        (&["check", "--format", "json", "--watch"], "--watch scrive per le persone", "--watch writes for people"),
        (&["explain", "V0230"], "forse volevi scrivere «V0", "perhaps you meant “V0"),
        (&["explain", "tutto"], "Nessun problema ha il codice «tutto»", "No problem has the code “tutto”"),
        (&["build", "--as-of", "domani"], "«domani» non è un giorno", "“domani” isn't a day"),
        (&["build", "--base-url", "x"], "«x» non è un indirizzo", "“x” isn't an address"),
        (&["build", "--jobs", "0"], "da 1 a 1024", "from 1 to 1024"),
        (&["serve", "--port", "x"], "«x» non è una porta", "“x” isn't a port"),
        (&["serve", "--host", "x"], "«x» non è un indirizzo di rete", "“x” isn't a network address"),
        (&["read", "date", "2020", "--year", "venti"], "quattro cifre", "four digits"),
        (&["read", "target"], "Manca qualcosa di obbligatorio: <TESTO>", "Something required is missing: <TEXT>"),
        (&["build", "--output"], "Manca il valore di --output", "The value of --output"),
        (&[], "Manca il comando", "The command is missing"),
    ] {
        for (lang, words) in [("it", italian), ("en", english)] {
            let output = run(&[&["--lang", lang], arguments].concat());
            let said = said(&output);
            assert_eq!(output.status.code(), Some(2), "{said}");
            assert!(said.contains(words) && said.lines().count() == 1, "{arguments:?}: {words:?} in {said}");
        }
    }
}

#[test]
fn the_language_is_the_one_asked_for_else_the_sites_else_the_environments_else_italian() {
    let site = SiteTest::new();
    let settings =
        |languages: &str| format!("[site]\ntitle = \"x\"\nbase_url = \"https://example.org\"\n{languages}\n");
    let closing = |arguments: &[&str], languages: &str, locale: &str| {
        site.write("site.toml", &settings(languages));
        let mut command = vetro(arguments);
        command
            .arg("check")
            .current_dir(site.root())
            .env("LC_ALL", "")
            .env("LC_MESSAGES", "")
            .env("LANG", locale);
        said(&command.output().expect("the program starts"))
    };
    assert_eq!(closing(&["--lang", "en"], "languages = [\"it\"]", "it_IT.UTF-8"), "No problems.\n");
    assert_eq!(closing(&["--lang=it"], "languages = [\"en\"]", "en_GB.UTF-8"), "Nessun problema.\n");
    assert_eq!(closing(&[], "languages = [\"en\", \"it\"]", "it_IT.UTF-8"), "No problems.\n");
    assert_eq!(closing(&[], "languages = [\"de\"]", "en_GB.UTF-8"), "No problems.\n");
    assert_eq!(closing(&[], "", "en_GB.UTF-8"), "No problems.\n");
    assert_eq!(closing(&[], "", "it_IT.UTF-8"), "Nessun problema.\n");
    assert_eq!(closing(&[], "", "fr_FR.UTF-8"), "Nessun problema.\n");
}

#[test]
fn what_keeps_the_program_from_working_is_said_in_the_language_with_what_to_do() {
    let site = SiteTest::new().file("occupata/mia.txt", "mia").file("file", "x");
    let root = site.root();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let at = |name: &str| root.join(name).to_string();
    let (content, inside, foreign, file) = (at("content"), at("content/sito"), at("occupata"), at("file"));
    for (arguments, italian, english) in [
        (&["build", "--output", "/"][..], "è la radice del disco", "the root of the disk"),
        (&["build", "--output", &content], "contiene le schede del sito", "holds the content of the site"),
        (&["build", "--output", &inside], "sta dentro", "lies in"),
        (&["build", "--output", root.as_str()], "con le schede del sito", "with the content of the site"),
        (
            &["build", "--output", &foreign],
            "contiene mia.txt, che non viene da Vetro",
            "it has mia.txt, which isn't Vetro's",
        ),
        (&["build", "--output", &file], "non è una cartella", "isn't a folder"),
        (&["serve", "--port", &port], "È già usato da un altro programma", "Another program uses it"),
    ] {
        for (lang, words) in [("it", italian), ("en", english)] {
            let output = run(&[&["--lang", lang], arguments, &["--root", root.as_str()]].concat());
            assert_eq!(output.status.code(), Some(2), "{arguments:?}");
            let said = said(&output);
            assert!(said.contains(words) && said.starts_with("vetro: "), "{arguments:?}: {words:?} in {said}");
            assert!(!said.contains("os error"), "{said}");
        }
    }
    let nowhere = said(&run(&["--lang", "it", "check", "--root", "/non/esiste"]));
    assert_eq!(nowhere, "vetro: /non/esiste non è una cartella: controlla il percorso dato con --root.\n");
}

/// Slips of the pen in front matter, by the name of their words.
const YAML_SLIPS: [(&str, &str); 33] = [
    ("tab", "title: a\nextra:\n\tnota: b\n"),
    ("tab", "title: a\n\tlead: b\n"),
    ("start", "title: %50\n"),
    ("start", "title: @comune\n"),
    ("start", "title: `x`\n"),
    ("colon", "title: Casa: una\n"),
    ("colon", "title: a\nlead: Dalle 9: si apre\nextra: {}\n"),
    ("colon_missing", "title Note\nlead: x\n"),
    ("colon_missing", "title: a\nlead x\nextra: {}\n"),
    ("space_missing", "title:Note\nlead: x\n"),
    ("space_missing", "title: a\nlead:x\nextra: {}\n"),
    ("indentation", "title: a\n lead: x\n"),
    ("indentation", "extra:\n  a: b\n c: d\n"),
    ("indentation", "aliases:\n  - uno\n - due\n"),
    ("list_mixed", "aliases:\n  - uno\n  due: x\n"),
    ("list_inline", "aliases: - uno\n"),
    ("quote_open", "title: \"aperto\nlead: x\n"),
    ("quote_open", "title: 'aperto\nlead: x\n"),
    ("quote_inside", "title: \"Uno\" e due\n"),
    ("quote_inside", "title: 'L'agenzia'\n"),
    ("bracket_open", "title: a\naliases: [una, due\nlead: x\n"),
    ("bracket_open", "title: a\nextra: {a: b\nlead: x\n"),
    ("bracket_start", "title: [x] y\n"),
    ("asterisk", "title: **Nuovo** asilo\n"),
    ("asterisk", "title: & altri\n"),
    ("tag", "title: !a!b c\n"),
    ("mark", "title: > 100\n"),
    ("backslash", "title: \"C:\\doc\"\n"),
    ("control", "title: a\u{7}b\n"),
    ("documents", "title: a\n...\nlead: b\n"),
    ("comma", "aliases: [a,, b]\n"),
    ("key_shape", "? [a, b]\n: c\n"),
    ("nesting", "a: &a [*a]\n"),
];

/// Slips of the pen in `site.toml`.
const TOML_SLIPS: [(&str, &str); 11] = [
    ("toml_quotes", "title = Obiettivi\n"),
    ("toml_quotes", "title = \n"),
    ("toml_quotes", "title = “Obiettivi”\n"),
    ("quote_open", "title = \"Obiettivi\n"),
    ("toml_equals", "title \"Obiettivi\"\n"),
    ("toml_equals", "title: \"Obiettivi\"\n"),
    ("bracket_open", "languages = [\"it\"\n"),
    ("toml_surplus", "title = \"a\" b\n"),
    ("backslash", "title = \"C:\\d\"\n"),
    ("toml_duplicate", "title = \"a\"\ntitle = \"b\"\n"),
    ("toml_key", "città = \"x\"\n"),
];

/// As `check` looks at a site.
fn with_drafts() -> vetro::Options {
    vetro::Options { as_of: crate::common::TODAY, base: None, drafts: vetro::Drafts::Include, profiles: None }
}

#[test]
fn every_slip_of_the_pen_is_named_for_what_it_is_without_the_librarys_words() {
    let yaml = YAML_SLIPS.map(|(case, text)| (case, "content/pages/a.md", format!("---\n{text}---\n")));
    let toml = TOML_SLIPS.map(|(case, text)| (case, "site.toml", format!("[site]\n{text}")));
    let mut seen = BTreeSet::new();
    for (case, path, text) in yaml.into_iter().chain(toml) {
        let tree = SourceTree::from_texts([(path, text.as_str())]);
        let options = with_drafts();
        let (_, report) = vetro::Session::once(&tree, &options);
        let problem = report.iter().find(|problem| problem.code == Code::Syntax);
        let problem = problem.unwrap_or_else(|| panic!("nothing is wrong in {text}"));
        let arg = |wanted| problem.args.iter().find(|(name, _)| *name == wanted).map(|(_, text)| text.as_str());
        assert_eq!(arg("case"), Some(case), "{text}: {problem:?}");
        seen.insert(case);
        for messages in [Lang::It, Lang::En].map(Messages::new) {
            let words = format!("{} {}", messages.message(problem), messages.help(problem));
            assert!(!words.contains(arg("reason").expect("a reason")), "{words}");
            assert!(places(&words).is_empty(), "{words}");
        }
        // A line that is shown as it would be right is right.
        if let Some(mended) = arg("mended") {
            let mended = format!("---\n{mended}\n---\n");
            let tree = SourceTree::from_texts([("content/pages/a.md", mended.as_str())]);
            let (_, report) = vetro::Session::once(&tree, &options);
            assert!(report.iter().all(|problem| problem.code != Code::Syntax), "{mended}");
        }
    }
    let all = texts(CATALOGUES[0]);
    let cases = all
        .keys()
        .filter_map(|key| key.strip_prefix(".V0201.")?.split_once('.'))
        .map(|(case, _)| case);
    let unseen: BTreeSet<&str> = cases.filter(|case| !seen.contains(case)).collect();
    assert!(unseen.is_empty(), "no slip causes {unseen:?}");
}

#[test]
fn what_the_library_says_is_the_last_resort_and_stands_last() {
    let tree = SourceTree::from_texts([("content/pages/a.md", "---\n%a\ntitle: b\n---\n")]);
    let options = with_drafts();
    let (_, report) = vetro::Session::once(&tree, &options);
    let problem = report.iter().find(|problem| problem.code == Code::Syntax).expect("no YAML");
    let messages = Messages::new(Lang::It);
    assert_eq!(messages.message(problem), "Questo punto del file non si può leggere.");
    let help = messages.help(problem);
    assert!(help.lines().last().is_some_and(|line| line.starts_with("Il lettore del formato dice: ")), "{help}");
}

/// A site with something wrong in it, large enough that what is said of it doesn't fit into a pipe.
fn wrong_site() -> SiteTest {
    let site = SiteTest::new();
    for n in 0..400 {
        site.write(&format!("content/pages/p{n}.md"), "---\ntitle: a\nsbagliata: b\n---\n");
    }
    site
}

#[test]
fn whoever_stops_reading_is_told_no_more_and_the_exit_code_says_what_was_found() {
    let site = wrong_site();
    for format in ["json", "sarif", "github", "gitlab"] {
        let mut command = vetro(&["check", "--format", format, "--root", site.root().as_str()]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
        // One byte is read, then nobody listens.
        let mut stdout = child.stdout.take().expect("a pipe");
        stdout.read_exact(&mut [0]).expect("something is said");
        drop(stdout);
        let output = child.wait_with_output().expect("the program ends");
        assert_eq!(output.status.code(), Some(1), "{format}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{format}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_below_the_output_is_one_line_and_exit_code_2() {
    let site = wrong_site();
    for arguments in [&["explain"][..], &["check", "--format", "json", "--root", site.root().as_str()], &["--help"]] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("a full device");
        let mut command = vetro(&[&["--lang", "it"], arguments].concat());
        let output = command.stdout(full).stderr(Stdio::piped()).output().expect("the program starts");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(said, "vetro: Il risultato non si può scrivere. Lo spazio è finito: liberane e riprova.\n");
    }
}

#[cfg(target_os = "linux")]
#[cfg(unix)]
#[test]
fn names_of_files_are_no_commands_to_a_terminal() {
    let site = SiteTest::new().file("content/pages/\u{1b}[2J\u{202e}a.bak", "x");
    let output = run(&["check", "--root", site.root().as_str()]);
    assert!(!said(&output).contains(['\u{1b}', '\u{202e}']), "{}", said(&output));
    assert!(said(&output).contains("content/pages/\\u{1b}[2J\\u{202e}a.bak"), "{}", said(&output));
    let output = run(&["build", "--root", site.root().join("\u{1b}[2J").as_str()]);
    assert!(output.status.code() == Some(2) && !said(&output).contains('\u{1b}'), "{}", said(&output));
}

#[test]
fn words_that_nobody_can_hear_change_no_exit_code() {
    let (sound, wrong) = (SiteTest::new(), wrong_site());
    for (site, code) in [(&sound, 0), (&wrong, 1)] {
        for command in ["check", "build"] {
            let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("a full device");
            let status = vetro(&[command, "--root", site.root().as_str()]).stderr(full).status();
            assert_eq!(status.expect("the program starts").code(), Some(code), "{command}");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_watched_site_is_checked_at_each_change_and_an_interrupt_ends_it_well() {
    let site = SiteTest::new();
    let log = site.root().join("detto.txt");
    let file = fs::File::create(&log).expect("a file");
    let mut child = vetro(&["--lang", "it", "check", "--watch", "--root", site.root().as_str()])
        .stderr(file)
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let wait_for = |words: &str, times: usize| {
        let start = Instant::now();
        loop {
            let said = fs::read_to_string(&log).expect("text");
            if said.matches(words).count() >= times {
                return said;
            }
            assert!(start.elapsed() < Duration::from_secs(30), "{words:?} is never said: {said}");
            std::thread::sleep(Duration::from_millis(10));
        }
    };
    wait_for("Per smettere: Ctrl+C.", 1);
    site.write("content/pages/a.md", "---\ntitle: a\nsbagliata: b\n---\n");
    let said = wait_for("errore[V0202]", 1);
    // No terminal, no screen to clear.
    assert!(!said.contains('\u{1b}'), "{said}");
    site.write("content/pages/a.md", "---\ntitle: a\n---\n");
    wait_for("Nessun problema.", 2);
    let interrupted = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(interrupted.expect("kill starts").success());
    assert!(child.wait().expect("it ends").success());
    assert!(
        wait_for("", 0).ends_with("Per smettere: Ctrl+C.\n"),
        "what was being said when it was interrupted is whole"
    );
}
