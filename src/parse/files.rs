//! Parsing of the files of a site: each by itself, then all together.

use std::sync::Arc;

use rayon::prelude::*;

use super::field::{Reader, SiteLanguages};
use super::front_matter::{personal_data, read_parts, salvage};
use super::kind::{FOLDERS, SheetKind, misspelt_ending, translation};
use super::node::Node;
use super::record::{self, SheetParts};
use super::sheet::{FileResult, Parsed, Sheets, TranslationSheet};
use super::{settings, translation as words};
use crate::diagnostic::{Code, Diagnostic, Place, Report, Rulings};
use crate::incremental::fingerprint;
use crate::model::{Attachment, FileId, Markdown, Origin, composed};
use crate::source::{Content, SITE_FILE, SourceFile, SourceTree, is_leftover};

/// Reads every file of a site. All problems of all files are in the report.
pub(crate) fn parse(tree: &SourceTree) -> (Sheets, Report) {
    let files: Vec<(FileId, &SourceFile)> = tree.files().collect();
    let languages = site_languages(&tree.find(SITE_FILE).map(|id| tree.text(id)).unwrap_or_default());
    gather(tree, files.into_par_iter().map(|(id, file)| parse_file(id, file, languages)).collect())
}

/// Languages that a site's settings name.
pub(super) fn site_languages(text: &str) -> SiteLanguages {
    SiteLanguages::of(&settings::languages(text).unwrap_or_default())
}

/// Puts the contents of a site's files together; `results` has those of each file of the tree, in its order.
pub(super) fn gather(tree: &SourceTree, results: Vec<FileResult>) -> (Sheets, Report) {
    let mut sheets = with_capacity_for(&results);
    let mut report = Report::default();
    let mut rulings: Vec<(FileId, Option<usize>, Rulings)> = Vec::new();
    for ((id, file), (parsed, problems)) in tree.files().zip(results) {
        if let Some(original) = tree.original(&file.path) {
            let problem = Diagnostic::new(Code::Leftover, id, Place::File).with("case", "copy");
            report.add(problem.with("other", original));
            sheets.unpublished.push((&*file.path).into());
            continue;
        }
        report.extend(problems);
        match parsed {
            Some(parsed) => {
                rulings.extend(rulings_of(&parsed));
                add(parsed, &mut sheets);
            }
            None if file.path.starts_with("content/") => sheets.unpublished.push((&*file.path).into()),
            None => {}
        }
    }
    for (file, item, rulings) in rulings {
        sheets.rules.add(file, item, rulings);
    }
    for translation in &sheets.translations {
        if let Some(original) = tree.find(&translation.of) {
            sheets.rules.translate(original, translation.origin.file);
        }
    }
    if tree.find(SITE_FILE).is_none() {
        report.add(Diagnostic::new(Code::NoSiteFile, FileId::NONE, Place::File));
    }
    (sheets, report)
}

/// Empty lists that have room for the most numerous records.
fn with_capacity_for(results: &[FileResult]) -> Sheets {
    let mut sheets = Sheets::default();
    let count = |is: fn(&Parsed) -> bool| results.iter().filter(|(parsed, _)| parsed.as_ref().is_some_and(is)).count();
    sheets.objectives.reserve_exact(count(|parsed| matches!(parsed, Parsed::Objective(_))));
    sheets.projects.reserve_exact(count(|parsed| matches!(parsed, Parsed::Project(_))));
    sheets.updates.reserve_exact(count(|parsed| matches!(parsed, Parsed::Update(_))));
    sheets
}

/// The rulings of a file's records, each with the place of its record in a file of several.
fn rulings_of(parsed: &Parsed) -> Vec<(FileId, Option<usize>, Rulings)> {
    let of_file = |origin: &Origin, rulings: &Rulings| vec![(origin.file, None, rulings.clone())];
    let mut rulings = match parsed {
        Parsed::Units(units) => {
            let of_units = units.iter().map(|unit| (&unit.origin, &unit.fields.rules));
            of_units
                .map(|(origin, rulings)| (origin.file, Some(origin.item), rulings.clone()))
                .collect()
        }
        Parsed::Plan(plan) => of_file(&plan.origin, &plan.fields.rules),
        Parsed::Objective(objective) => of_file(&objective.origin, &objective.fields.rules),
        Parsed::Project(project) => of_file(&project.origin, &project.fields.rules),
        Parsed::Update(update) => of_file(&update.origin, &update.fields.rules),
        Parsed::Page(page) => of_file(&page.origin, &page.fields.rules),
        Parsed::Translation(_) | Parsed::Settings(_) | Parsed::Attachment(_) => Vec::new(),
    };
    rulings.retain(|(_, _, rulings)| !rulings.is_empty());
    rulings
}

fn add(parsed: Parsed, sheets: &mut Sheets) {
    match parsed {
        Parsed::Settings(read) => {
            let (settings, rules) = *read;
            (sheets.settings, sheets.rules) = (Some(settings), rules);
        }
        Parsed::Units(units) => sheets.units.extend(units),
        Parsed::Plan(plan) => sheets.plans.push(plan),
        Parsed::Objective(objective) => sheets.objectives.push(objective),
        Parsed::Project(project) => sheets.projects.push(project),
        Parsed::Update(update) => sheets.updates.push(update),
        Parsed::Page(page) => sheets.pages.push(page),
        Parsed::Attachment(attachment) => sheets.attachments.push(*attachment),
        Parsed::Translation(translation) => sheets.translations.push(translation),
    }
}

/// Reads one file.
pub(super) fn parse_file(id: FileId, file: &SourceFile, languages: SiteLanguages) -> FileResult {
    let mut report = Report::default();
    let name = file.path.rsplit('/').next().unwrap_or_default();
    let parsed = match &file.content {
        Content::Attachment { .. } | Content::Theme(_) if is_leftover(name) => {
            report.add(Diagnostic::new(Code::Leftover, id, Place::File));
            None
        }
        Content::Text(text) => parse_text(id, file, text, languages, &mut report),
        // The reason is reported already; the readable part is parsed for references to the record.
        Content::Unreadable(text) => parse_text(id, file, text, languages, &mut Report::default()),
        Content::Attachment { size, pixels, link_target } => match misspelt_ending(id, &file.path) {
            Some(problem) => {
                report.add(problem);
                None
            }
            None => Some(Parsed::Attachment(Box::new(Attachment {
                file: id,
                // The name under which it is published: two spellings of a letter are one.
                name: composed(name).into_owned(),
                path: file.path.to_string(),
                size: *size,
                pixels: *pixels,
                stamp_fingerprint: file.stamp_fingerprint(),
                link_target: link_target.clone(),
            }))),
        },
        Content::Theme(_) | Content::Unloaded => None,
    };
    (parsed, report)
}

fn parse_text(
    id: FileId,
    file: &SourceFile,
    text: &str,
    languages: SiteLanguages,
    report: &mut Report,
) -> Option<Parsed> {
    if &*file.path == SITE_FILE {
        personal_data(id, text, report);
        return Some(Parsed::Settings(Box::new(settings::read(id, text, report))));
    }
    let Some(kind) = SheetKind::of(&file.path) else {
        let unknown = || Diagnostic::new(Code::UnknownFile, id, Place::File).with("folders", FOLDERS);
        report.add(misspelt_ending(id, &file.path).unwrap_or_else(unknown));
        return None;
    };
    let name = file.path.rsplit('/').next().unwrap_or_default();
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let (parts, node) = read_parts(id, text, ending, report);
    let front = &text[parts.yaml.clone()];
    let fingerprint = fingerprint(&text[..parts.body]);
    let origin = Origin { file: id, path: file.path.clone(), item: 0, fingerprint };
    let body = Markdown::new(text, parts.body);
    if let Some(language) = translation(stem) {
        let folder = &file.path[..file.path.len() - name.len()];
        let own = &stem[..stem.len() - language.len() - 1];
        let mut at = Reader::new(id, kind.words(), front, parts.yaml.start);
        // A file that can't be read translates nothing; the reason is in the report.
        let words = words::read(kind, node.unwrap_or(Node::Null), body, &mut at);
        report.extend(at.report);
        let (language, of) = (language.to_owned(), format!("{folder}{own}.{ending}"));
        return Some(Parsed::Translation(Arc::new(TranslationSheet { language, of, origin, words })));
    }
    let mut at = Reader::new(id, kind.fields(), front, parts.yaml.start);
    at.languages = languages;
    at.year = if let SheetKind::Objective(year) = kind { Some(year) } else { None };
    let is_readable = node.is_some();
    let node = node.unwrap_or_else(|| salvage(front, kind.fields()));
    let parsed = record::read(kind, node, &SheetParts { origin, stem, is_readable, body }, &mut at);
    // Of what was salvaged only the names count: what it lacks is no mistake of its own.
    if is_readable {
        report.extend(at.report);
    }
    parsed
}
