//! No text that a record and its translations give is forgotten: it is on the page in each language, in the data of the record,
//! in the search, and before the rules that look for data of persons. A new field comes to none of them by itself.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::common::SiteTest;
use crate::Session;
use crate::diagnostic::Code;
use crate::parse::{self, Field, Holds, RECORDS};

/// Files of a record without their ending, their page, and true if the page has data beside it.
const FILES: [(&str, &str, &str, bool); 4] = [
    ("objective", "content/objectives/2020/A1", "2020/a1", true),
    ("project", "content/projects/ponte/index", "progetti/ponte", true),
    ("update", "content/projects/ponte/updates/2020-05-01-inizio", "progetti/ponte/2020-05-01-inizio", true),
    ("page", "content/pages/metodo", "metodo", false),
];

/// A text of a record: the list that it is in, empty for one of its own, and its key.
type Text = (&'static str, &'static str);

/// Texts that the search leaves out: the kinds of indicators.
const UNSEARCHED: [Text; 2] = [("indicators", "type"), ("expected_results", "type")];

/// Texts that the rules don't read: kinds, what is counted, and sources and documents, which have the names that others gave
/// them.
const UNCHECKED: [Text; 9] = [
    ("", "classification"),
    ("", "type"),
    ("indicators", "type"),
    ("indicators", "unit_of_measure"),
    ("indicators", "source"),
    ("expected_results", "type"),
    ("expected_results", "unit_of_measure"),
    ("expected_results", "source"),
    ("documents", "title"),
];

/// The texts that both a record and its translations give.
fn texts(record: &str) -> Vec<Text> {
    let declared = RECORDS.iter().find(|declared| declared.name == record).expect("a record");
    let in_both = |list: &'static str, own: &'static [Field], words: &'static [Field]| {
        let is_own = |word: &&Field| own.iter().any(|field| field.name == word.name && field.holds == Holds::Text);
        words.iter().filter(is_own).map(|word| (list, word.name)).collect::<Vec<Text>>()
    };
    let lists = declared.words.iter().filter_map(|list| {
        let own = declared.fields.iter().find(|field| field.name == list.name && !field.within.is_empty())?;
        Some(in_both(list.name, own.within, list.within))
    });
    in_both("", declared.fields, declared.words).into_iter().chain(lists.flatten()).collect()
}

/// A word that no other text has.
fn word(record: &str, (list, key): Text, lang: &str) -> String {
    format!("Zq{record}{list}{key}{lang}").replace('_', "")
}

/// A sheet that gives each of its texts, with a mobile number in it.
fn sheet(record: &str, lang: &str, head: &str) -> String {
    let mut sheet = format!("---\n{head}");
    let mut within = "";
    for text in texts(record) {
        let (list, key) = text;
        let indent = match list {
            "" => "",
            _ if list == within => "  ",
            _ => {
                let _ = writeln!(sheet, "{list}:");
                "- "
            }
        };
        within = list;
        let _ = writeln!(sheet, "{indent}{key}: {} 333 1234567", word(record, text, lang));
        if list == "documents" && lang == "it" {
            sheet += "  url: https://example.org/1\n";
        }
    }
    sheet + "---\n"
}

#[test]
fn each_text_of_a_record_is_on_its_page_in_its_data_in_the_search_and_before_the_rules() {
    let settings = "[site]\ntitle = \"Promesse\"\nbase_url = \"https://example.org\"\nlanguages = [\"it\", \"de\"]\n\
                    [check]\nprofiles = [\"people\"]\n";
    let site = FILES
        .iter()
        .fold(SiteTest::new().file("site.toml", settings), |site, (record, file, ..)| {
            let head = if ["objective", "project"].contains(record) { "unit: comune\n" } else { "" };
            site.file(&format!("{file}.md"), &sheet(record, "it", head))
                .file(&format!("{file}.de.md"), &sheet(record, "de", ""))
        });
    site.build();
    let (tree, _, report) = Session::once_in(&site.root(), &site.options).expect("the site can be read");
    let told: BTreeSet<String> = (parse::locate(&tree, &report).iter())
        .filter(|problem| problem.diagnostic.code == Code::PersonalPhone)
        .filter_map(|problem| Some(problem.text[problem.bytes.clone()].split_whitespace().next()?.to_owned()))
        .collect();
    let published = site.published();
    let (mut places, mut forgotten) = (0, Vec::new());
    for (lang, root, projects) in [("it", "", "progetti"), ("de", "de/", "projekte")] {
        let folder = format!("data/search/{lang}/words-");
        let words = published.iter().filter(|(path, _)| path.starts_with(&folder));
        let searched: String = words.map(|(_, bytes)| String::from_utf8_lossy(bytes)).collect();
        for (record, _, page, has_data) in FILES {
            let data = has_data.then(|| site.read(&format!("{page}/index.json")));
            let html = site.read(&format!("{root}{}/index.html", page.replace("progetti", projects)));
            let (_, body) = html.split_once("<body").expect("a page");
            let body = body.to_lowercase();
            for text in texts(record) {
                let word = word(record, text, lang);
                let mut is_in = |place: &str, is_there: bool| {
                    places += 1;
                    if !is_there {
                        forgotten.push(format!("{text:?} of a {record} in {lang}: {place}"));
                    }
                };
                is_in("page", body.contains(&word.to_lowercase()));
                is_in("data", data.as_ref().is_none_or(|data| data.contains(&word)));
                is_in("search", UNSEARCHED.contains(&text) || searched.contains(&word.to_lowercase()));
                is_in("rules", UNCHECKED.contains(&text) || told.contains(&word));
            }
        }
    }
    assert_eq!(forgotten, [""; 0]);
    assert!(places > 250, "{places}");
}
