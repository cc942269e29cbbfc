//! An index of words for the search page, in parts of which a browser loads the few that it needs.
//!
//! Below `data/search/<language>/`, all as JSON:
//! - `index.json`: `version`, which changes with the index; `count`, how many documents there are; `chunk`, how many of them a
//!   file describes; `words`, the beginning of the first word of each part;
//! - `words-<n>.json`: a flat list of four texts for each word: its forms without accents, and the numbers of
//!   the documents that have it in their title or code, in their summary, in their text;
//! - `docs-<n>.json`: for each document `[title, address, kind, state, details, context]`.
//!
//! The forms of a word (`detenuto`, `detenute`) are found together because the index says which belong together: so the
//! script needs no grammar. Officials' names are left out: no field that has them is indexed.

mod index;
mod parts;
mod plain;
mod postings;
mod runs;
mod texts;
mod words;

use std::sync::OnceLock;

use serde::Serialize;

use self::index::index;
use self::parts::IndexPart;
use self::plain::plain;
use self::runs::Documents;
use self::texts::{add_texts, day};
use self::words::Grammar;
use super::format::file;
use crate::catalogue::UnitId;
use crate::incremental::fingerprint;
use crate::incremental::store::Store;
use crate::model::{Lang, Lifecycle, Markdown};
use crate::output::{OutputFile, OutputPathError};
use crate::site::{DOCUMENTS, Page, Route, Site};

/// Length of the line that describes a document, in characters.
const CONTEXT: usize = 160;

#[derive(Debug, Serialize)]
struct SearchManifest {
    version: String,
    count: usize,
    chunk: usize,
    words: Vec<String>,
}

/// The index of a language. It is made once, when its files are listed.
#[derive(Debug)]
pub(crate) struct SearchIndex {
    lang: Lang,
    /// The store that has the words of most documents already.
    store: Store,
    made: OnceLock<FinishedIndex>,
}

#[derive(Debug)]
struct FinishedIndex {
    manifest: SearchManifest,
    parts: Vec<IndexPart>,
}

impl SearchIndex {
    /// An index that isn't made yet.
    pub(crate) fn new(lang: Lang, store: Store) -> Self {
        Self { lang, store, made: OnceLock::new() }
    }

    /// Files, always of the same site.
    ///
    /// # Errors
    /// Never: their addresses are fixed.
    pub(crate) fn files<'a>(&'a self, site: &'a Site) -> Result<Vec<OutputFile<'a>>, OutputPathError> {
        let lang = self.lang;
        let FinishedIndex { manifest, parts } = self.made.get_or_init(|| FinishedIndex::of(site, lang, &self.store));
        let folder = format!("data/search/{}", lang.code());
        let mut files = Vec::with_capacity(1 + parts.len() + manifest.count / DOCUMENTS);
        let index = move |bytes: &mut Vec<u8>| Ok(serde_json::to_writer(bytes, manifest)?);
        files.push(file(&format!("{folder}/index.json"), index)?);
        for (n, part) in parts.iter().enumerate() {
            files.push(file(&format!("{folder}/words-{n}.json"), move |bytes| {
                bytes.extend_from_slice(&part.json);
                Ok(())
            })?);
        }
        for n in 0..manifest.count.div_ceil(DOCUMENTS) {
            files.push(file(&format!("{folder}/docs-{n}.json"), move |bytes| {
                let documents = site.some_documents(n).iter();
                let described: Vec<SearchResult> =
                    documents.map(|route| SearchResult::of(site, lang, *route)).collect();
                Ok(serde_json::to_writer(bytes, &described)?)
            })?);
        }
        Ok(files.into_iter().map(|file| file.by("search")).collect())
    }
}

impl FinishedIndex {
    fn of(site: &Site, lang: Lang, store: &Store) -> Self {
        let documents = site.documents();
        let address = |route: Route| site.address(Page { lang, route });
        let searched = Documents {
            count: documents.len(),
            texts: &|i, sink| add_texts(site, lang, documents[i], sink),
            name: &|i| fingerprint(&*address(documents[i])),
        };
        let parts = index(&searched, &Grammar::of(lang), store, &format!("search-{}-", lang.code()));
        let mut hasher = blake3::Hasher::new();
        for route in documents {
            hasher.update(address(*route).as_bytes());
        }
        for part in &parts {
            hasher.update(&part.json);
        }
        let manifest = SearchManifest {
            version: hasher.finalize().to_hex()[..8].to_owned(),
            count: documents.len(),
            chunk: DOCUMENTS,
            words: parts.iter().map(|part| part.first.clone()).collect(),
        };
        Self { manifest, parts }
    }
}

/// A result as the page shows it.
#[derive(Serialize)]
struct SearchResult<'a>(&'a str, String, &'static str, &'static str, String, String);

impl<'a> SearchResult<'a> {
    fn of(site: &'a Site, lang: Lang, route: Route) -> Self {
        let catalogue = &site.catalogue;
        let unit = |id: UnitId| catalogue[id].name.or_own(lang).clone();
        let (state, details, context) = match route {
            Route::Objective(id) => {
                let objective = &catalogue[id];
                let details = vec![objective.year.to_string(), objective.code.clone(), unit(objective.unit)];
                let summary = objective.lead.or_own(lang).as_deref().or(objective.summary.or_own(lang).as_deref());
                (site.state(id).0.key(), details, context(summary, Some(objective.body.read().or_own(lang))))
            }
            Route::Project(id) => {
                let project = &catalogue[id];
                let state = catalogue.current(id).lifecycle.map_or("unknown", Lifecycle::key);
                let details = project.code.iter().cloned().chain([unit(project.unit)]).collect();
                let summary = project.lead.or_own(lang).as_deref().or(project.summary.or_own(lang).as_deref());
                (state, details, context(summary, Some(project.body.read().or_own(lang))))
            }
            Route::Update(id) => {
                let update = &catalogue[id];
                let details = vec![day(update.date, lang), catalogue[update.project].title.or_own(lang).clone()];
                let state = update.lifecycle.map_or("", Lifecycle::key);
                (state, details, context(update.lead.or_own(lang).as_deref(), Some(update.body.read().or_own(lang))))
            }
            Route::Unit(id) => {
                let of = &catalogue[id];
                ("", of.parent.map(unit).into_iter().collect(), context(of.description.or_own(lang).as_deref(), None))
            }
            Route::Node(id) => {
                let node = &catalogue[id];
                let details = vec![node.code.clone(), catalogue[node.plan].title.or_own(lang).clone()];
                ("", details, context(node.quote.or_own(lang).as_deref().or(node.written.as_deref()), None))
            }
            Route::Plan(id) => ("", vec![unit(catalogue[id].administration)], String::new()),
            Route::Series(id) => {
                let mut years: Vec<String> = catalogue[id]
                    .points
                    .iter()
                    .map(|point| catalogue[point.objective].year.to_string())
                    .collect();
                years.dedup();
                ("", vec![years.join(", ")], String::new())
            }
            Route::Free(id) => (
                "",
                Vec::new(),
                context(catalogue[id].lead.or_own(lang).as_deref(), Some(catalogue[id].body.read().or_own(lang))),
            ),
            _ => ("", Vec::new(), String::new()),
        };
        let address = site.address(Page { lang, route });
        Self(
            site.title(route).map_or("", |title| title.or_own(lang)),
            address,
            route.kind(),
            state,
            details.join(" · "),
            context,
        )
    }
}

/// The editor's summary, else the beginning of the text, cut after a whole word.
fn context(summary: Option<&str>, text: Option<&Markdown>) -> String {
    let begins =
        summary.map_or_else(|| text.map_or_else(String::new, |text| plain(&text.text(), CONTEXT)), str::to_owned);
    let mut line = String::with_capacity(CONTEXT);
    for word in begins.split_whitespace() {
        if line.chars().count() + word.chars().count() > CONTEXT {
            line.push('…');
            break;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use super::*;
    use crate::export::tests::sample::site;

    fn all(site: &Site, index: &SearchIndex) -> BTreeMap<String, String> {
        let files = index.files(site).expect("well-formed paths");
        let read = |file: &OutputFile<'_>| {
            let mut bytes = Vec::new();
            file.make(&mut bytes).expect("bytes");
            (file.path().to_string(), String::from_utf8(bytes).expect("UTF-8"))
        };
        files.iter().map(read).collect()
    }

    #[test]
    fn every_record_is_described_with_its_kind_year_state_and_office() {
        let site = site("https://prova.example.org");
        let files = all(&site, &SearchIndex::new(Lang::It, Store::default()));
        let described: Vec<serde_json::Value> =
            serde_json::from_str(&files["data/search/it/docs-0.json"]).expect("JSON");
        let at = |address: &str| described.iter().find(|one| one[1] == address).expect("it is described");
        let (objective, project) = (at("2020/2020_zn07/"), at("progetti/habito/"));
        assert_eq!(objective[2], "objective");
        assert_eq!(objective[3], "no_data");
        assert_eq!(objective[4], "2020 · 2020_ZN07 · Ufficio firenze/sociale");
        assert_eq!(project[2], "project");
        let index: serde_json::Value = serde_json::from_str(&files["data/search/it/index.json"]).expect("JSON");
        assert_eq!(index["count"], site.documents().len());
    }

    #[test]
    fn no_file_names_an_official() {
        for (name, text) in all(&site("https://prova.example.org"), &SearchIndex::new(Lang::It, Store::default())) {
            let text = text.to_lowercase();
            for official in ["maltoni", "daniele", "cavalleri", "vincenzo"] {
                assert!(!text.contains(official), "{official} in {name}");
            }
        }
    }

    #[test]
    fn the_version_changes_with_the_words() {
        let version = |site: &Site| FinishedIndex::of(site, Lang::It, &Store::default()).manifest.version;
        let mut other = site("https://prova.example.org");
        let before = version(&other);
        assert_eq!(before, version(&site("https://altrove.example.org")));
        Arc::make_mut(&mut other.catalogue.projects[0]).fields.title = "Altro".into();
        assert_ne!(before, version(&other));
    }

    #[test]
    fn an_index_is_made_once_however_many_of_its_files_are_asked_for() {
        let mut site = site("https://prova.example.org");
        let index = SearchIndex::new(Lang::It, Store::default());
        let before = all(&site, &index);
        let text = Markdown::from("Altre parole".to_owned());
        Arc::make_mut(&mut site.catalogue.projects[0]).body = text.into();
        let words = |files: &BTreeMap<String, String>| files["data/search/it/words-0.json"].clone();
        assert_eq!(words(&before), words(&all(&site, &index)));
        assert_ne!(words(&before), words(&all(&site, &SearchIndex::new(Lang::It, Store::default()))));
    }

    #[test]
    fn a_context_is_the_beginning_in_whole_words() {
        let text = Markdown::from("# Uno\n\nDue *tr*e [quattro](x).\n".to_owned());
        assert_eq!(context(None, Some(&text)), "Uno Due tre quattro.");
        let long = context(Some(&"parola ".repeat(50)), None);
        assert!(long.ends_with("parola…") && long.chars().count() <= CONTEXT + 1, "{long}");
    }
}
