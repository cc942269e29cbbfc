//! Parsed files that are kept for the next time, when most files are unchanged.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::field::SiteLanguages;
use super::files::{gather, parse_file, site_languages};
use super::sheet::{FileResult, Parsed, Sheets};
use crate::diagnostic::{Diagnostic, Report};
use crate::incremental::LastEach;
use crate::incremental::fingerprint;
use crate::incremental::lazy_text::TextFile;
use crate::incremental::store::Store;
use crate::model::{FileId, Markdown, Origin};
use crate::source::{Content, Listing, SITE_FILE, SourceError, SourceFile, SourceTree, UnreadFile};

/// Parses every file of a site as [`parse`](super::parse) does, straight from the disk: the tree keeps no text of a sheet,
/// so the texts of a site are never in memory all at once. A file that the store knows with the same stamp isn't read
/// again; the descriptions of records remain in the store, if it can keep them.
///
/// # Errors
/// When a file can't be read.
pub(crate) fn parse_files(listing: Listing, store: &Store) -> Result<(SourceTree, (Sheets, Report)), SourceError> {
    let all = read_all(&listing.unread_files(), store, |name, mut run| {
        if run.is_new {
            let stored = store_run(name, &run.files, run.languages, store);
            unload(&mut run.files, stored);
        }
        run.files.iter_mut().for_each(|(file, _)| file.unload());
        run
    });
    let (_, parsed, new) = all?;
    if !new.is_empty() {
        forget_others(&parsed, store);
    }
    let (files, results): (Vec<SourceFile>, Vec<FileResult>) = parsed.into_iter().unzip();
    let tree = listing.into_tree(files);
    let sheets = gather(&tree, results);
    Ok((tree, sheets))
}

/// A file with the record that it holds.
type ParsedFile = (SourceFile, FileResult);

/// Everything that a file is parsed with.
#[derive(Clone, Debug, PartialEq)]
struct FileInput {
    file: SourceFile,
    /// The languages of the site.
    languages: SiteLanguages,
}

/// Parsed files of the last edition, for the next one of the same site.
#[derive(Debug, Default)]
pub(crate) struct ParseCache {
    store: Store,
    files: LastEach<(FileId, FileInput), FileResult>,
    /// Names of the runs of files that the store lacks, or has only in part.
    new: HashSet<String>,
}

impl ParseCache {
    /// A cache that begins with the files in a store.
    pub(crate) fn new(store: Store) -> Self {
        Self { store, ..Self::default() }
    }

    /// Stores the files that the store lacked when they were parsed first, on a thread of its own.
    pub(crate) fn keep_new(&mut self) {
        let new = std::mem::take(&mut self.new);
        let Some(((_, FileInput { languages, .. }), _)) = self.files.entries().first().filter(|_| !new.is_empty())
        else {
            return;
        };
        let (languages, store) = (*languages, self.store.clone());
        let file = |((_, input), result): &((FileId, FileInput), FileResult)| (input.file.clone(), result.clone());
        let files: Vec<ParsedFile> = self.files.entries().iter().map(file).collect();
        std::thread::spawn(move || {
            let new = runs_of(&files).filter(|(name, _)| new.contains(name));
            new.for_each(|(name, run)| drop(store_run(&name, run, languages, &store)));
            forget_others(&files, &store);
        });
    }
}

/// Parses the files of a site that was parsed before: only those that have changed since, or that have another number in
/// the tree.
pub(crate) fn parse_changed(tree: &SourceTree, cache: &mut ParseCache) -> (Sheets, Report) {
    if cache.files.entries().is_empty()
        && let Ok((languages, files, new)) = read_all(&tree.unread_files(), &cache.store, |_, run| run)
    {
        let entry = |(i, (file, result)): (usize, ParsedFile)| ((FileId::at(i), FileInput { file, languages }), result);
        cache.files = files.into_iter().enumerate().map(entry).collect::<Vec<_>>().into();
        cache.new = new;
    }
    let languages = site_languages(&tree.find(SITE_FILE).map(|id| tree.text(id)).unwrap_or_default());
    let inputs = tree.files().map(|(id, file)| (id, FileInput { file: file.clone(), languages })).collect();
    let parsed = cache.files.get(inputs, |(id, input)| parse_file(*id, &input.file, input.languages));
    gather(tree, parsed)
}

/// Beginning of the names under which the store has runs of files.
const PREFIX: &str = "sheets-";

/// Least number of files that a run has on average.
const MIN_FILES: usize = 128;

/// Approximate limit of the number of runs: while a site is built, the store has an open file for each.
const MAX_RUNS: usize = 128;

/// The runs of files, each with its name in the store. A run begins where the fingerprint of a file's path is a multiple of
/// the mean length: so a file more or less changes one run, and the others have the same files as before.
fn runs<F>(files: &[F], path: fn(&F) -> &str) -> impl Iterator<Item = (String, &[F])> {
    let mean = (files.len() / MAX_RUNS).next_power_of_two().max(MIN_FILES) as u64;
    let is_first = move |file: &F| fingerprint(path(file)).is_multiple_of(mean);
    let name = move |run: &[F]| format!("{PREFIX}{:016x}", fingerprint(path(&run[0])));
    files.chunk_by(move |_, next| !is_first(next)).map(move |run| (name(run), run))
}

/// A run of files that is read.
struct FileRun {
    files: Vec<ParsedFile>,
    /// The languages of the site.
    languages: SiteLanguages,
    /// True if the store doesn't have all of it.
    is_new: bool,
}

/// The languages of a site, its files, and the names of the new runs.
type ReadAll = (SiteLanguages, Vec<ParsedFile>, HashSet<String>);

/// Parses files, run by run, and passes each run through `then`. The settings come first: sheets are parsed with their
/// languages.
fn read_all(
    files: &[UnreadFile<'_>],
    store: &Store,
    then: impl Fn(&str, FileRun) -> FileRun + Sync,
) -> Result<ReadAll, SourceError> {
    let settings = files.iter().find(|file| &**file.path == SITE_FILE).map(UnreadFile::read).transpose()?;
    let languages = match settings.as_ref().map(|(file, _)| &file.content) {
        Some(Content::Text(text) | Content::Unreadable(text)) => site_languages(text),
        _ => SiteLanguages::default(),
    };
    let read_file = |file: &UnreadFile<'_>| match &settings {
        Some(settings) if &**file.path == SITE_FILE => Ok(settings.clone()),
        _ => file.read(),
    };
    let runs: Vec<(String, &[UnreadFile<'_>])> = runs(files, |file| file.path).collect();
    let parsed = runs
        .par_iter()
        .map(|(name, run)| Ok(then(name, read_run(name, run, languages, read_file, store)?)));
    let parsed: Vec<FileRun> = parsed.collect::<Result<_, SourceError>>()?;
    let names = runs.into_iter().map(|(name, _)| name);
    let new = names.zip(&parsed).filter(|(_, run)| run.is_new).map(|(name, _)| name).collect();
    Ok((languages, parsed.into_iter().flat_map(|run| run.files).collect(), new))
}

/// Head of a stored run: of each file its path, its [key](stored_key), the length of its parsed form, and that of its text.
/// The key is missing if the file has no stamp. The parsed forms follow; the texts are those that the store keeps beside
/// the run, one after the other. All lengths are in bytes.
type RunIndex<'p> = Vec<(&'p str, Option<u64>, usize, u32)>;

/// Number that differs if a file was written again or is parsed with other languages.
fn stored_key(stamp: u64, languages: SiteLanguages) -> u64 {
    fingerprint(&(stamp, languages))
}

/// Parses a run of files, except those that the store knows.
fn read_run(
    name: &str,
    run: &[UnreadFile<'_>],
    languages: SiteLanguages,
    read_file: impl Fn(&UnreadFile<'_>) -> Result<(SourceFile, Option<Diagnostic>), SourceError> + Sync,
    store: &Store,
) -> Result<FileRun, SourceError> {
    let (bytes, texts) = store.recall_with_texts(name).unzip();
    let (bytes, texts) = (bytes.unwrap_or_default(), texts.map(Arc::new));
    let stored_sheets = stored_sheets(&bytes).unwrap_or_default();
    let parsed = run.par_iter().map(|file| {
        let stored = file
            .stamp_fingerprint()
            .and_then(|stamp| stored_sheets.get(&(&**file.path, stored_key(stamp, languages))));
        if let Some(recalled) = stored.zip(texts.as_ref()).and_then(|(stored, texts)| recall(file, stored, texts)) {
            return Ok((recalled, false));
        }
        let (source, problem) = read_file(file)?;
        let mut result = parse_file(file.id, &source, languages);
        problem.into_iter().for_each(|problem| result.1.add(problem));
        let is_new = matches!(source.content, Content::Text(_));
        Ok(((source, result), is_new))
    });
    let (files, new): (Vec<_>, Vec<bool>) = parsed.collect::<Result<Vec<_>, SourceError>>()?.into_iter().unzip();
    Ok(FileRun { files, languages, is_new: new.contains(&true) })
}

/// A file of a stored run: its parsed form, and the offset and length of its text.
struct CachedSheet<'p> {
    parsed: &'p [u8],
    from: u64,
    length: u32,
}

/// Restores a file of a stored run. Returns `None` if it is damaged.
fn recall(file: &UnreadFile<'_>, stored: &CachedSheet<'_>, texts: &Arc<TextFile>) -> Option<ParsedFile> {
    let mut result: FileResult = postcard::from_bytes(stored.parsed).ok()?;
    set_place(&mut result, file.id, file.path);
    let source = file.unread();
    if let Some(body) = result.0.as_mut().and_then(Parsed::body_mut) {
        match &source.content {
            Content::Text(text) => body.load(text.get(body.offset()..)?),
            _ => body.unload(texts.text(stored.from, stored.length, body.fingerprint())),
        }
    }
    Some((source, result))
}

/// Stores a run. Returns the file with its texts and the length of each, or `None` if it can't be stored.
fn store_run(name: &str, run: &[ParsedFile], languages: SiteLanguages, store: &Store) -> Option<(TextFile, Vec<u32>)> {
    let (mut index, mut forms, mut texts) = (RunIndex::with_capacity(run.len()), Vec::new(), Vec::new());
    for (file, result) in run {
        let before = texts.len();
        texts.extend(result.0.as_ref().and_then(Parsed::body).map(Markdown::text).unwrap_or_default().bytes());
        let length = u32::try_from(texts.len() - before).ok()?;
        // Only files whose changes show in their stamps.
        let stamp = file
            .stamp_fingerprint()
            .filter(|_| matches!(file.content, Content::Text(_) | Content::Unloaded));
        let key = stamp.map(|stamp| stored_key(stamp, languages));
        let form = key.and_then(|_| postcard::to_stdvec(result).ok());
        index.push((&*file.path, key.filter(|_| form.is_some()), form.as_ref().map_or(0, Vec::len), length));
        forms.extend(form.unwrap_or_default());
    }
    let lengths = index.iter().map(|(.., length)| *length).collect();
    let mut bytes = postcard::to_stdvec(&index).ok()?;
    bytes.append(&mut forms);
    Some((store.keep_with_texts(name, &bytes, &texts)?, lengths))
}

/// Frees the texts of a run that the store keeps.
fn unload(run: &mut [ParsedFile], stored: Option<(TextFile, Vec<u32>)>) {
    let Some((texts, lengths)) = stored else { return };
    let texts = Arc::new(texts);
    let mut from = 0;
    for ((_, (parsed, _)), length) in run.iter_mut().zip(lengths) {
        if let Some(body) = parsed.as_mut().and_then(Parsed::body_mut) {
            body.unload(texts.text(from, length, body.fingerprint()));
        }
        from += u64::from(length);
    }
}

fn runs_of(files: &[ParsedFile]) -> impl Iterator<Item = (String, &[ParsedFile])> {
    runs(files, |(file, _)| &file.path)
}

/// Deletes all runs from the store but those of `files`.
fn forget_others(files: &[ParsedFile], store: &Store) {
    store.forget(PREFIX, &runs_of(files).map(|(name, _)| name).collect());
}

/// The files of a stored run by their paths and [keys](stored_key). Returns `None` if the run is damaged.
fn stored_sheets(run: &[u8]) -> Option<HashMap<(&str, u64), CachedSheet<'_>>> {
    let (index, mut rest): (RunIndex<'_>, _) = postcard::take_from_bytes(run).ok()?;
    let mut sheets = HashMap::with_capacity(index.len());
    let mut from = 0;
    for (path, key, form, length) in index {
        let (parsed, others) = rest.split_at_checked(form)?;
        if let Some(key) = key {
            sheets.insert((path, key), CachedSheet { parsed, from, length });
        }
        from += u64::from(length);
        rest = others;
    }
    Some(sheets)
}

/// Sets the file of a parsed form, which isn't stored with it: the file may have another number by now.
fn set_place((parsed, report): &mut FileResult, id: FileId, path: &Arc<str>) {
    let set = |origin: &mut Origin| (origin.file, origin.path) = (id, path.clone());
    match parsed {
        Some(Parsed::Units(units)) => units.iter_mut().for_each(|unit| set(&mut Arc::make_mut(unit).origin)),
        Some(Parsed::Plan(plan)) => set(&mut Arc::make_mut(plan).origin),
        Some(Parsed::Objective(objective)) => set(&mut Arc::make_mut(objective).origin),
        Some(Parsed::Project(project)) => set(&mut Arc::make_mut(project).origin),
        Some(Parsed::Update(update)) => set(&mut Arc::make_mut(update).origin),
        Some(Parsed::Page(page)) => set(&mut Arc::make_mut(page).origin),
        Some(Parsed::Translation(translation)) => set(&mut Arc::make_mut(translation).origin),
        Some(Parsed::Settings(_) | Parsed::Attachment(_)) | None => {}
    }
    report.set_file(id);
}

#[cfg(test)]
mod tests {
    use camino::Utf8Path;

    use super::*;
    use crate::source;

    #[test]
    fn a_parsed_sheet_is_stored_and_restored_without_loss() {
        let root = Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
        let (tree, _) = source::read(root).expect("the demonstration");
        let mut count = 0;
        for (id, file) in tree.files() {
            let parsed = parse_file(id, file, SiteLanguages::default());
            let Ok(stored) = postcard::to_stdvec(&parsed) else { continue };
            let mut restored: FileResult =
                postcard::from_bytes(&stored).unwrap_or_else(|error| panic!("{}: {error}", file.path));
            set_place(&mut restored, id, &file.path);
            // The text is kept apart.
            if let Some(text) = parsed.0.as_ref().and_then(Parsed::body).map(Markdown::text) {
                restored.0.as_mut().and_then(Parsed::body_mut).expect("it has one").load(&text);
            }
            assert_eq!(format!("{restored:?}"), format!("{parsed:?}"));
            count += 1;
        }
        assert!(count > 20, "{count}");
    }

    #[test]
    fn a_sheet_with_its_old_stamp_is_read_only_if_the_store_does_not_have_it() {
        use std::sync::atomic::{AtomicUsize, Ordering};

        let root = Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::of(Utf8Path::from_path(folder.path()).expect("a path of text"));
        let read = || {
            let count = AtomicUsize::new(0);
            let listing = source::list(root).expect("the demonstration");
            let files = listing.unread_files();
            for (name, run) in runs(&files, |file| file.path) {
                let read_file = |file: &UnreadFile<'_>| {
                    count.fetch_add(usize::from(file.path.ends_with(".md")), Ordering::Relaxed);
                    file.read()
                };
                let run = read_run(&name, run, SiteLanguages::default(), read_file, &store).expect("sheets");
                store_run(&name, &run.files, run.languages, &store);
            }
            count.into_inner()
        };
        let all = read();
        assert!(all > 10, "{all}");
        assert_eq!(read(), 0);
        store.clear();
        assert_eq!(read(), all);
    }
}
