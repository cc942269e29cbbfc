//! The manual: the list of rules is the catalogue's own words, the reference of fields is their declarations, and the
//! guides' examples do what the guides say.

#![expect(clippy::disallowed_methods, reason = "the test reads the manual, and writes it anew when asked to")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use super::common::SiteTest;
use crate::Options;
use crate::check::Drafts;
use crate::diagnostic::{Code, Messages, Severity};
use crate::model::Lang;
use crate::parse::{Field, Holds, RECORDS, RecordDeclaration};

const GUIDES: [(Lang, &str); 2] = [(Lang::It, "guida-redazione.md"), (Lang::En, "editors-guide.md")];

fn docs(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name)
}

fn read(name: &str) -> String {
    fs::read_to_string(docs(name)).unwrap_or_else(|error| panic!("docs/{name}: {error}"))
}

/// Asserts that a page of `docs/` is as it is generated; writes it if it is asked to.
fn check_generated(name: &str, page: &str) {
    if std::env::var_os("VETRO_RENEW").is_some() {
        fs::write(docs(name), page).expect("the page can be written");
    }
    assert!(
        fs::read_to_string(docs(name)).unwrap_or_default() == page,
        "docs/{name} is stale; renew it with: VETRO_RENEW=1 cargo test --lib manual"
    );
}

/// List of all rules, as `vetro explain` prints them.
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
        check_generated(name, &rules(lang));
    }
}

/// Words of the reference of fields in a language.
struct FieldWords {
    title: &'static str,
    head: &'static str,
    file: &'static str,
    table: &'static str,
    used_in: &'static str,
    columns: &'static str,
    yes: &'static str,
    names_it: &'static str,
    values: &'static str,
    values_head: &'static str,
}

const FIELD_WORDS: [(Lang, &str, FieldWords); 2] = [
    (
        Lang::It,
        "campi.md",
        FieldWords {
            title: "Campi",
            head: "Tutte le chiavi dei file che la redazione scrive, come le dichiara il programma; `vetro schema objective` \
                   stampa le stesse per gli editor. I nomi di una riga valgono l’uno come l’altro. Una chiave senza valore è \
                   come una che non c’è.\n\n\
                   Una traduzione è un file con la lingua prima della fine del nome, come `2026_AN01.en.md`, e può dare le \
                   chiavi segnate sotto «tradotta»; le voci dei suoi elenchi stanno nello stesso ordine. In `site.toml` le \
                   stesse chiavi si scrivono in una tabella della lingua, come `[site.en]`.",
            file: "File",
            table: "Tabella",
            used_in: "Sta in",
            columns: "| chiave | anche | contiene | obbligatoria | tradotta | che cos’è |",
            yes: "sì",
            names_it: "dice quale",
            values: "Come si scrivono i valori",
            values_head: "Date, valori e importi si scrivono come li scrive l’ufficio; `vetro read` mostra come si leggono. \
                          Nei dati pubblicati le date sono in EDTF (ISO 8601-2). Per esempio:",
        },
    ),
    (
        Lang::En,
        "fields.md",
        FieldWords {
            title: "Fields",
            head: "All keys of the files that editors write, as the program declares them; `vetro schema objective` prints the \
                   same for text editors. The names in a row are as good as each other. A key without a value is as one \
                   that isn’t there.\n\n\
                   A translation is a file with its language before the ending, such as `2026_AN01.en.md`, and may give the \
                   keys that are marked “translated”; the entries of its lists are in the same order. In `site.toml` the same \
                   keys are written in a table of the language, such as `[site.en]`.",
            file: "File",
            table: "Table",
            used_in: "In",
            columns: "| key | also | holds | required | translated | what it is |",
            yes: "yes",
            names_it: "says which",
            values: "How values are written",
            values_head: "Dates, values and amounts are written as the office writes them; `vetro read` shows how they are \
                          read. In the published data dates are EDTF (ISO 8601-2). For example:",
        },
    ),
];

/// Reference of all fields, from their declarations.
fn fields(lang: Lang, words: &FieldWords) -> String {
    let FieldWords { title: page_title, head, values, values_head, .. } = words;
    let mut page = format!("# {page_title}\n\n{head}\n\n## {values}\n\n{values_head}\n\n");
    for (kind, examples) in value_examples() {
        let examples: Vec<String> = examples.iter().map(|example| format!("`{example}`")).collect();
        let _ = writeln!(page, "- {}: {}", kind_words(kind, lang), examples.join(", "));
    }
    for record in RECORDS {
        let _ = write!(page, "\n## {}\n\n", title(record, lang));
        if !record.path.is_empty() {
            let _ = write!(page, "{}: `{}`\n\n", words.file, record.path);
        } else if record.name.starts_with('[') {
            let _ = write!(page, "{}: `{}`\n\n", words.table, record.name);
        } else {
            let _ = write!(page, "{}: {}\n\n", words.used_in, used_in(record, lang).join(", "));
        }
        let _ = writeln!(page, "{}\n|---|---|---|---|---|---|", words.columns);
        for field in record.fields {
            let own = key(field, lang);
            let others = std::iter::once(&field.name).chain(field.also).filter(|name| **name != own);
            let also: Vec<String> = others.map(|name| format!("`{name}`")).collect();
            let required = if field.required { words.yes } else { "" };
            let translated = match record.words.iter().find(|word| word.name == field.name) {
                Some(word) if word.required => words.names_it,
                Some(_) => words.yes,
                None => "",
            };
            let holds = if is_language(field, record) {
                let table =
                    if lang == Lang::En { "table of the translated keys" } else { "tabella delle chiavi tradotte" };
                table.to_owned()
            } else {
                holds(field.holds, &(field.schema)(), field, lang)
            };
            let (about, also) = (if lang == Lang::En { field.en } else { field.it }, also.join(", "));
            let _ = writeln!(page, "| `{own}` | {also} | {holds} | {required} | {translated} | {about} |");
        }
    }
    page
}

/// Key of a field that editors of a language write.
fn key(field: &Field, lang: Lang) -> &'static str {
    if lang == Lang::En { field.name } else { field.also.first().copied().unwrap_or(field.name) }
}

fn title(record: &RecordDeclaration, lang: Lang) -> &'static str {
    if lang == Lang::En { record.en } else { record.it }
}

/// Link to the section of a record.
fn link(record: &RecordDeclaration, lang: Lang) -> String {
    let title = title(record, lang);
    let anchor = title.to_lowercase().replace(' ', "-").replace(['’', ','], "");
    format!("[{title}](#{anchor})")
}

/// True if a field is the table of a language, with the words of its own record.
fn is_language(field: &Field, record: &RecordDeclaration) -> bool {
    !record.words.is_empty() && names(field.within) == names(record.words)
}

fn names(fields: &[Field]) -> Vec<(&str, &str)> {
    fields.iter().map(|field| (field.name, field.it)).collect()
}

/// The record that a field holds.
fn inner(field: &Field) -> Option<&'static RecordDeclaration> {
    RECORDS.iter().find(|record| names(record.fields) == names(field.within))
}

/// Fields that hold a record, each with a link to the section of its own record.
fn used_in(record: &RecordDeclaration, lang: Lang) -> Vec<String> {
    let mut found = Vec::new();
    for outer in RECORDS {
        for field in outer.fields {
            let is_in = |field: &Field| inner(field).is_some_and(|inner| inner.name == record.name);
            if is_in(field) || field.within.first().is_some_and(is_in) && matches!(field.holds, Holds::Keyed(_)) {
                found.push(format!("`{}` ({})", key(field, lang), link(outer, lang)));
            }
        }
    }
    assert!(!found.is_empty(), "no field holds a {}", record.name);
    found
}

/// Kind of a value in plain words; `schema` is the JSON Schema of the value.
fn holds(kind: Holds, schema: &serde_json::Value, field: &Field, lang: Lang) -> String {
    let or = if lang == Lang::En { "or" } else { "oppure" };
    match kind {
        Holds::List(of) => {
            let list = if lang == Lang::En { "list" } else { "elenco" };
            format!("{list}: {}", holds(*of, &schema["items"], field, lang))
        }
        Holds::ValueOrRecord(of) => {
            let record = holds(Holds::Record, schema, field, lang);
            format!("{}, {or} {record}", holds(*of, &schema["anyOf"][0], field, lang))
        }
        Holds::Keyed(Holds::Record) => {
            let each = if lang == Lang::En { "for each code" } else { "per ogni codice" };
            format!("{each}: {}", holds(Holds::Record, schema, &field.within[0], lang))
        }
        Holds::Keyed(of) => {
            let each = if lang == Lang::En { "for each key" } else { "per ogni chiave" };
            format!("{each}: {}", holds(*of, schema, field, lang))
        }
        Holds::Record => {
            link(inner(field).unwrap_or_else(|| panic!("`{}` holds a record of no section", field.name)), lang)
        }
        Holds::Word => {
            let of = |schema: &serde_json::Value| {
                let words = schema["enum"].as_array().into_iter().flatten();
                words.filter_map(|word| word.as_str()).map(|word| format!("`{word}`")).collect::<Vec<_>>()
            };
            // Sets with words in several languages have the Italian ones second.
            let italian = Some(of(&schema["anyOf"][1])).filter(|words| !words.is_empty() && lang == Lang::It);
            let keys = if schema["enum"].is_null() { of(&schema["anyOf"][0]) } else { of(schema) };
            italian.unwrap_or(keys).join(", ")
        }
        kind => kind_words(kind, lang).to_owned(),
    }
}

fn kind_words(kind: Holds, lang: Lang) -> &'static str {
    let (it, en) = match kind {
        Holds::Text => ("testo", "text"),
        Holds::YesNo => ("sì o no", "yes or no"),
        Holds::Count => ("numero intero", "whole number"),
        Holds::Year => ("anno", "year"),
        Holds::Years => ("anno, o primo e ultimo anno", "year, or first and last year"),
        Holds::Date => ("data o parte di tempo", "date or part of time"),
        Holds::Day => ("giorno", "day"),
        Holds::Percent => ("percentuale", "percentage"),
        Holds::Amount => ("importo", "amount"),
        Holds::Target => ("valore", "value"),
        Holds::Reference => ("nome o codice di un’altra scheda", "name or code of another record"),
        Holds::Identifier => ("codice ufficiale", "official code"),
        Holds::Link => ("indirizzo o file", "address or file"),
        Holds::WebAddress => ("indirizzo web", "web address"),
        Holds::Colour => ("colore", "colour"),
        Holds::Free => ("qualsiasi cosa", "anything"),
        Holds::Word | Holds::Record | Holds::Keyed(_) | Holds::ValueOrRecord(_) | Holds::List(_) => {
            unreachable!("its words depend on the field")
        }
    };
    if lang == Lang::En { en } else { it }
}

/// Kinds of value with the examples of their schemas, in the order of the fields.
fn value_examples() -> Vec<(Holds, Vec<String>)> {
    let mut found: Vec<(Holds, Vec<String>)> = Vec::new();
    for field in RECORDS.iter().flat_map(|record| record.fields) {
        let schema = (field.schema)();
        let Some(examples) = schema["examples"].as_array() else { continue };
        if found.iter().all(|(kind, _)| *kind != field.holds) {
            let text =
                |example: &serde_json::Value| example.as_str().map_or_else(|| example.to_string(), str::to_owned);
            found.push((field.holds, examples.iter().map(text).collect()));
        }
    }
    found
}

#[test]
fn the_reference_of_fields_is_what_the_program_declares() {
    for (lang, name, words) in FIELD_WORDS {
        check_generated(name, &fields(lang, &words));
    }
}

/// A file of a guide: its path, its text, and the code of its mistake.
struct Example<'g> {
    path: &'g str,
    text: String,
    code: Option<Code>,
}

/// Fenced blocks of a guide that name a file in their first line, in order.
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

/// Codes of the problems of a site.
fn codes(site: &SiteTest) -> Vec<Code> {
    let (tree, mut report) = crate::source::read(&site.root()).expect("the site can be read");
    let options = Options { as_of: super::common::TODAY, base: None, drafts: Drafts::Include, profiles: None };
    report.extend(crate::Session::once(&tree, &options).1);
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
