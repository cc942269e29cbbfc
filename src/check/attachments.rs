//! Attachments: the record to which each file beside the sheets belongs.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use jiff::civil::Date;
use pulldown_cmark::{Event, Options, Parser, Tag};

use super::excluded::Drafts;
use crate::diagnostic::{Code, Diagnostic, Place, Report};
use crate::model::{Attachment, FileId, Markdown, Origin, composed, runs_script};
use crate::output::OutputPath;
use crate::parse::{self, DocumentFields, Sheet, Sheets, TranslatedWords};

/// Names of the files that Vetro itself writes beside the page of a record or a year.
const RESERVED: [&str; 4] = ["index.html", "index.json", "feed.xml", "atom.xml"];

/// Separators between the name of a record and the rest of a file's.
const SEPARATORS: [char; 4] = ['.', '-', '_', ' '];

/// Files beside records, by the path of the record's sheet.
#[derive(Default)]
pub(super) struct AttachmentIndex {
    files: HashMap<Arc<str>, Vec<Attachment>>,
    /// Paths of files that drafts keep from being published.
    pub(super) excluded: Vec<Box<str>>,
    /// Paths of files that can't be published, each of which has a problem of its own.
    pub(super) unpublished: Vec<Box<str>>,
}

/// A sheet, as far as files can belong to it.
struct FolderSheet<'d> {
    path: &'d Arc<str>,
    /// Beginning of the names of its files.
    stem: &'d str,
    is_draft: bool,
    body: &'d Markdown,
    documents: &'d [DocumentFields],
}

impl FolderSheet<'_> {
    /// Path of the sheet if it is a draft.
    fn draft(&self) -> Option<&Arc<str>> {
        self.is_draft.then_some(self.path)
    }
}

/// Sheets of a folder in which there are files.
#[derive(Default)]
struct Folder<'d> {
    sheets: Vec<FolderSheet<'d>>,
    /// Places of the sheets by their stems.
    stems: HashMap<&'d str, usize>,
    has_drafts: bool,
    has_published: bool,
}

/// Owner of a file.
struct Owner {
    sheet: Arc<str>,
    /// Folder of its address: a year's objectives share one.
    folder: Arc<str>,
    /// Draft that keeps it from being published.
    draft: Option<Arc<str>>,
}

impl AttachmentIndex {
    /// Gives every file to its record. Reports files that belong to none, files with a name under which they can't be
    /// published, and files of drafts, which are included only with their drafts. Files of an update that is dated
    /// after the day `as_of` wait for that day.
    pub(super) fn of(sheets: &mut Sheets, drafts: Drafts, as_of: Date, report: &mut Report) -> Self {
        let mut index = Self { unpublished: std::mem::take(&mut sheets.unpublished), ..Self::default() };
        let attachments = std::mem::take(&mut sheets.attachments);
        if attachments.is_empty() {
            return index;
        }
        let folders = SheetFolders::of(sheets, &attachments, as_of);
        let mut of_drafts = Vec::new();
        let mut taken: HashMap<(Arc<str>, String), String> = HashMap::new();
        for file in attachments {
            if let Err(error) = OutputPath::parse(&file.name) {
                let problem = Diagnostic::new(Code::UnfitName, file.file, Place::File).with("case", error.case());
                report.add(problem.with("character", error.character()));
                index.unpublished.push(file.path.into());
                continue;
            }
            if runs_script(&file.name) && !RESERVED.contains(&&*file.name) {
                report.add(Diagnostic::new(Code::ScriptFile, file.file, Place::File));
                index.unpublished.push(file.path.into());
                continue;
            }
            match folders.owner(&file) {
                Some(Owner { draft: Some(draft), sheet, folder }) => {
                    let problem = Diagnostic::new(Code::BesideFields, file.file, Place::File);
                    let is_ahead = folders.ahead.contains(&*draft);
                    let problem = if is_ahead { problem.with("case", "ahead") } else { problem };
                    report.add(problem.with("other", &*draft));
                    of_drafts.push((Owner { draft: Some(draft), sheet, folder }, is_ahead, file));
                }
                Some(owner) => index.add(&owner, file, &mut taken, report),
                None => {
                    report.add(folders.unowned(file.file, &file.path));
                    index.unpublished.push(file.path.into());
                }
            }
        }
        // Drafts come last: the files that are published without them are so with them, too.
        for (owner, is_ahead, file) in of_drafts {
            match drafts {
                Drafts::Include if !is_ahead => index.add(&owner, file, &mut taken, report),
                _ => index.excluded.push(file.path.into()),
            }
        }
        index
    }

    /// Files of a record, handed over.
    pub(super) fn take(&mut self, origin: &Origin) -> Vec<Attachment> {
        self.files.remove(&origin.path).unwrap_or_default()
    }

    fn add(
        &mut self,
        owner: &Owner,
        file: Attachment,
        taken: &mut HashMap<(Arc<str>, String), String>,
        report: &mut Report,
    ) {
        let Ok(name) = OutputPath::parse(&file.name) else { return };
        let key = name.collision_key();
        let same = Diagnostic::new(Code::SameFile, file.file, Place::File);
        if RESERVED.contains(&&*key) {
            report.add(same.with("case", "own").with("other", key));
            self.unpublished.push(file.path.into());
            return;
        }
        match taken.get(&(owner.folder.clone(), key.clone())) {
            Some(other) => {
                report.add(same.with("other", other));
                self.unpublished.push(file.path.into());
            }
            None => {
                taken.insert((owner.folder.clone(), key), file.path.clone());
                self.files.entry(owner.sheet.clone()).or_default().push(file);
            }
        }
    }
}

/// Sheets of a site beside which there are files.
struct SheetFolders<'d> {
    folders: BTreeMap<&'d str, Folder<'d>>,
    /// First sheet that names a file in its texts or documents, by the file's path, with true if it is published. A
    /// published sheet comes before a draft.
    named: HashMap<String, (bool, &'d Arc<str>)>,
    /// Paths of updates whose day hasn't come.
    ahead: HashSet<&'d str>,
}

impl<'d> SheetFolders<'d> {
    fn of(sheets: &'d Sheets, attachments: &[Attachment], as_of: Date) -> Self {
        let with_files: HashSet<&str> = attachments.iter().map(|file| folder_of(&file.path)).collect();
        let mut folders = Self { folders: BTreeMap::new(), named: HashMap::new(), ahead: HashSet::new() };
        for sheet in &sheets.objectives {
            folders.add(sheet, sheet.fields.draft, &sheet.fields.documents, &with_files);
        }
        for sheet in &sheets.projects {
            folders.add(sheet, sheet.fields.draft, &sheet.fields.documents, &with_files);
        }
        for sheet in &sheets.updates {
            let is_ahead = sheet.fields.date.is_some_and(|date| as_of < date);
            if is_ahead {
                folders.ahead.insert(&*sheet.origin.path);
            }
            let is_out = is_ahead || sheet.fields.draft;
            folders.add(sheet, is_out, &sheet.fields.documents, &with_files);
        }
        for sheet in &sheets.pages {
            folders.add(sheet, sheet.fields.draft, &[], &with_files);
        }
        folders.find_named(sheets);
        folders
    }

    /// Adds a sheet if there are files beside it, or beside its project.
    fn add<T>(
        &mut self,
        sheet: &'d Arc<Sheet<T>>,
        is_draft: bool,
        documents: &'d [DocumentFields],
        with_files: &HashSet<&str>,
    ) {
        let path = &sheet.origin.path;
        let folder = folder_of(path);
        let project = project_of(folder);
        let updates = [project, "/updates"].concat();
        if ![folder, project, &updates].iter().any(|folder| with_files.contains(folder)) {
            return;
        }
        let of = self.folders.entry(folder).or_default();
        (of.has_drafts, of.has_published) = (of.has_drafts || is_draft, of.has_published || !is_draft);
        of.stems.insert(&sheet.stem, of.sheets.len());
        of.sheets
            .push(FolderSheet { path, stem: &sheet.stem, is_draft, body: &sheet.body, documents });
    }

    /// Finds the files that sheets name, where that decides on their owner: of free pages, and of projects with drafts.
    fn find_named(&mut self, sheets: &'d Sheets) {
        let mut named = HashMap::new();
        let mut originals: BTreeMap<&str, &FolderSheet<'d>> = BTreeMap::new();
        for (folder, of) in &self.folders {
            let has_drafts = |folder: &str| self.folders.get(folder).is_some_and(|of| of.has_drafts);
            let project = project_of(folder);
            let is_in_doubt =
                is_of_project(folder) && (has_drafts(project) || has_drafts(&format!("{project}/updates")));
            if is_of_pages(folder) || is_in_doubt {
                originals.extend(of.sheets.iter().map(|sheet| (&**sheet.path, sheet)));
            }
        }
        for sheet in originals.values() {
            let documents = || sheet.documents.iter().filter_map(|document| document.href.clone().map(|to| to.0));
            // A project's documents lie in its own folder or in that of its updates.
            let below = documents().map(|name| format!("updates/{name}"));
            add_named(sheet, sheet.path, links(sheet.body).into_iter().chain(documents()).chain(below), &mut named);
        }
        for translation in &sheets.translations {
            if let (TranslatedWords::Sheet(_, body), Some(sheet)) =
                (&translation.words, originals.get(&*translation.of))
            {
                add_named(sheet, &translation.origin.path, links(body).into_iter(), &mut named);
            }
        }
        self.named = named;
    }

    /// Owner of a file. A symbolic link to a file of a draft is of that draft, too.
    fn owner(&self, file: &Attachment) -> Option<Owner> {
        let owner = self.owner_of(&file.path, &file.name)?;
        let target = file.link_target.as_deref().filter(|target| *target != file.path);
        let target_draft =
            target.and_then(|target| self.owner_of(target, target.rsplit('/').next().unwrap_or(target))?.draft);
        Some(Owner { draft: owner.draft.or(target_draft), ..owner })
    }

    fn owner_of(&self, path: &str, name: &str) -> Option<Owner> {
        let folder = folder_of(path);
        if is_of_project(folder) {
            let project = self.folders.get(project_of(folder))?.sheets.first()?;
            let update = || self.draft_update(path, name, folder).filter(|_| project_of(folder) != folder);
            let draft = project.draft().or_else(update).cloned();
            return Some(Owner { sheet: project.path.clone(), folder: project.path.clone(), draft });
        }
        let of = self.folders.get(folder)?;
        if let Some(sheet) = of.named_by(name) {
            let folder = if is_of_pages(folder) { sheet.path.clone() } else { folder.into() };
            return Some(Owner { sheet: sheet.path.clone(), folder, draft: sheet.draft().cloned() });
        }
        let (is_published, sheet) = self.named.get(&*composed(path))?;
        let draft = (!is_published).then(|| (*sheet).clone());
        Some(Owner { sheet: (*sheet).clone(), folder: (*sheet).clone(), draft })
    }

    /// Draft to which alone a file in a folder of updates belongs: a sheet that names it, else the one that it is named
    /// after, else any of the folder, if all of them are drafts.
    fn draft_update(&self, path: &str, name: &str, folder: &str) -> Option<&Arc<str>> {
        let updates = self.folders.get(folder)?;
        match (self.named.get(&*composed(path)), updates.named_by(name)) {
            (Some((is_published, sheet)), _) => Some(*sheet).filter(|_| !is_published),
            (None, Some(update)) => update.draft(),
            (None, None) => updates.sheets.first().map(|sheet| sheet.path).filter(|_| !updates.has_published),
        }
    }

    /// Problem of a file that belongs to no record: it would vanish unseen.
    fn unowned(&self, file: FileId, path: &str) -> Diagnostic {
        let problem = Diagnostic::new(Code::UnknownFile, file, Place::File).with("folders", parse::FOLDERS);
        match folder_of(path) {
            folder if !self.folders.contains_key(folder) => problem,
            folder if is_of_pages(folder) => problem.with("case", "page"),
            _ => problem.with("case", "record"),
        }
    }
}

impl Folder<'_> {
    /// Sheet with whose name a file's begins, up to a separator; of several the one with the longest.
    fn named_by(&self, name: &str) -> Option<&FolderSheet<'_>> {
        let ends = name.char_indices().rev().filter(|(_, c)| SEPARATORS.contains(c));
        let place = ends.filter_map(|(end, _)| self.stems.get(&name[..end])).next()?;
        self.sheets.get(*place).filter(|sheet| !sheet.stem.is_empty())
    }
}

/// Adds the files that a sheet names in a text at `path`. A published sheet comes before a draft.
fn add_named<'d>(
    sheet: &FolderSheet<'d>,
    path: &str,
    names: impl Iterator<Item = String>,
    named: &mut HashMap<String, (bool, &'d Arc<str>)>,
) {
    for name in names {
        let Some(path) = joined(path, &name) else { continue };
        let known = named.entry(path).or_insert((!sheet.is_draft, sheet.path));
        if !known.0 && !sheet.is_draft {
            *known = (true, sheet.path);
        }
    }
}

/// Destinations of the links and pictures of a text, as they are written.
fn links(text: &Markdown) -> Vec<String> {
    if !text.has_signs() {
        return Vec::new();
    }
    let mut links = Vec::new();
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    for event in Parser::new_ext(&text.text(), options) {
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                links.push(dest_url.into_string());
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                let values = ["href=", "src="].into_iter().flat_map(|key| html.split(key).skip(1));
                let quoted = values.filter_map(|rest| {
                    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
                    rest[1..].split(quote).next().map(str::to_owned)
                });
                links.extend(quoted);
            }
            _ => {}
        }
    }
    links
}

/// Path of a file that a sheet names by a path from its own folder, or from the root as `/pages/a.pdf`; `None` if it
/// leads out of the site.
fn joined(sheet: &str, link: &str) -> Option<String> {
    let path = link.split('#').next().unwrap_or_default();
    let path = percent_encoding::percent_decode_str(path.trim()).decode_utf8().ok()?;
    let (mut parts, path) = match path.strip_prefix('/') {
        Some(path) => (vec!["content"], path.strip_prefix("content/").unwrap_or(path)),
        None => (folder_of(sheet).split('/').collect(), &*path),
    };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(composed(&parts.join("/")).into_owned())
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Folder of the project to which a folder belongs: the project's own, or the one of its updates.
fn project_of(folder: &str) -> &str {
    folder.strip_suffix("/updates").filter(|above| is_of_project(above)).unwrap_or(folder)
}

fn is_of_project(folder: &str) -> bool {
    folder.starts_with("content/projects/")
}

fn is_of_pages(folder: &str) -> bool {
    folder == "content/pages"
}
