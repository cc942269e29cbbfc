//! The manual: the list of rules is the catalogue's own words, and the guides' examples do what the guides say.

#![expect(clippy::disallowed_methods, reason = "the test reads the manual, and writes it anew when asked to")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::common::SiteTest;
use vetro::Options;
use vetro::check::Drafts;
use vetro::diagnostic::{Code, Messages, Severity};
use vetro::model::Lang;

const GUIDES: [(Lang, &str); 2] = [(Lang::It, "guida-redazione.md"), (Lang::En, "editors-guide.md")];

fn docs(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name)
}

fn read(name: &str) -> String {
    fs::read_to_string(docs(name)).unwrap_or_else(|error| panic!("docs/{name}: {error}"))
}

/// The list of all rules, as `vetro explain` tells them.
fn rules(lang: Lang) -> String {
    let messages = Messages::new(lang);
    let (title, head) = match lang {
        Lang::En => {
            let head = "What `vetro check` finds, in the order of the codes; `vetro explain CODE` prints the same.\n\n\
                        What can't be compared, counted or placed is a warning: the words are kept and shown, and the site is \
                        published. Errors are for what would make the site false, broken or dangerous: nothing is published \
                        until they are mended.";
            ("Rules", head)
        }
        _ => {
            let head = "Che cosa trova `vetro check`, in ordine di codice; `vetro explain CODICE` stampa lo stesso.\n\n\
                        Ciò che non si può confrontare, contare o collocare è un avviso: le parole restano e si vedono, e il sito \
                        si pubblica. Gli errori sono soltanto per ciò che renderebbe il sito falso, rotto o pericoloso: finché \
                        ci sono, non si pubblica niente.";
            ("Regole", head)
        }
    };
    let mut list = format!("# {title}\n\n{head}\n");
    for code in Code::ALL {
        let page = messages.page(*code);
        let severity = messages.ui(if code.severity() == Severity::Error { "error" } else { "warning" }, &[]);
        let _ = write!(list, "\n## {code}: {}\n\n*{severity}*\n\n{}\n", page.title, page.text);
        for example in [page.wrong, page.right] {
            // Four marks: an example may hold three.
            let _ = write!(list, "\n{}\n\n````text\n{}\n````\n", example.label, example.text);
        }
    }
    list
}

#[test]
fn the_list_of_rules_is_what_the_program_says() {
    for (lang, name) in [(Lang::It, "regole.md"), (Lang::En, "rules.md")] {
        let rules = rules(lang);
        if std::env::var_os("VETRO_RENEW").is_some() {
            fs::write(docs(name), &rules).expect("the list can be written");
        }
        assert!(
            fs::read_to_string(docs(name)).unwrap_or_default() == rules,
            "docs/{name} is stale; renew it with: VETRO_RENEW=1 cargo test --test manual"
        );
    }
}

/// A file of a guide: where it lies, what it holds, and the code of what is wrong with it.
struct Example<'g> {
    path: &'g str,
    text: String,
    code: Option<Code>,
}

/// The fenced blocks of a guide that name a file in their first line, in order.
fn examples(guide: &str) -> Vec<Example<'_>> {
    let mut found: Vec<Example<'_>> = Vec::new();
    let mut open = false;
    let mut named = false;
    for line in guide.lines() {
        match line.strip_prefix("```") {
            Some(info) if !open => {
                open = true;
                let mut words = info.split(' ').skip(1);
                named = words.next().is_some_and(|path| {
                    let code = words.next().map(|code| code.parse().unwrap_or_else(|error| panic!("{line}: {error}")));
                    found.push(Example { path, text: String::new(), code });
                    true
                });
            }
            Some(_) => open = false,
            None if open && named => {
                let text = &mut found.last_mut().expect("an example is open").text;
                text.push_str(line);
                text.push('\n');
            }
            None => {}
        }
    }
    found
}

/// The problems of a site.
fn codes(site: &SiteTest) -> Vec<Code> {
    let (tree, mut report) = vetro::source::read(&site.root()).expect("the site can be read");
    let options = Options { as_of: crate::common::TODAY, base: None, drafts: Drafts::Include, profiles: None };
    report.extend(vetro::Session::once(&tree, &options).1);
    report.iter().map(|problem| problem.code).collect()
}

#[test]
fn sound_examples_of_the_guides_pass_and_faulty_ones_have_exactly_their_code() {
    for (_, name) in GUIDES {
        let guide = read(name);
        let site = SiteTest::new();
        let mut sound: BTreeMap<&str, String> = BTreeMap::new();
        for Example { path, text, code } in examples(&guide) {
            site.write(path, &text);
            // The picture that the project shows.
            if let Some(folder) = path.strip_suffix("index.md") {
                site.write(&format!("{folder}nido.jpg"), "");
            }
            assert_eq!(codes(&site), code.into_iter().collect::<Vec<_>>(), "docs/{name}, {path}:\n{text}");
            match (code, sound.get(path)) {
                (None, _) => drop(sound.insert(path, text)),
                (Some(_), Some(before)) => site.write(path, before),
                (Some(_), None) => site.remove(path),
            }
        }
    }
}

#[test]
fn the_guides_explain_the_same_twenty_messages_by_their_titles_and_examples() {
    let [italian, english] = GUIDES.map(|(lang, name)| {
        let (guide, messages) = (read(name), Messages::new(lang));
        let examples = examples(&guide);
        let faulty: Vec<Code> = examples.iter().filter_map(|example| example.code).collect();
        for code in &faulty {
            let heading = format!("\n### {code} · {}\n", messages.title(*code));
            assert!(guide.contains(&heading), "docs/{name} lacks {heading}");
        }
        examples
            .iter()
            .map(|example| (example.path.to_owned(), example.text.clone(), example.code))
            .collect::<Vec<_>>()
    });
    assert_eq!(italian, english, "the examples are those of both");
    assert_eq!(italian.iter().filter(|(.., code)| code.is_some()).count(), 20);
}
