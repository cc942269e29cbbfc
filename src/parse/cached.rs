//! What was read of files, for the next time when most of them are as they were.

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

/// Reads every file of a site as [`draft`](super::parse) does, from where they lie: the tree keeps no text of a sheet, so
/// those of a site are never in memory all at once. What the store knows of a file that stands as it stood isn't read again;
/// the descriptions of records lie in the store, where it keeps something.
///
/// # Errors
/// When a file can't be read.
pub fn parse_files(listing: Listing, store: &Store) -> Result<(SourceTree, (Sheets, Report)), SourceError> {
    let read_all = read_all(&listing.unread_files(), store, |name, mut run| {
        if run.is_new {
            let kept = store_run(name, &run.files, run.languages, store);
            unload(&mut run.files, kept);
        }
        run.files.iter_mut().for_each(|(file, _)| file.unload());
        run
    });
    let (_, read, untold) = read_all?;
    if !untold.is_empty() {
        forget(&read, store);
    }
    let (files, read): (Vec<SourceFile>, Vec<FileResult>) = read.into_iter().unzip();
    let tree = listing.into_tree(files);
    let sheets = gather(&tree, read);
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
pub struct ParseCache {
    store: Store,
    files: LastEach<(FileId, FileInput), FileResult>,
    /// Names of the runs of files that the store lacks, or knows in part.
    new: HashSet<String>,
}

impl ParseCache {
    /// A cache that begins with the files in a store.
    pub fn new(store: Store) -> Self {
        Self { store, ..Self::default() }
    }

    /// Stores the files that the store lacked when they were parsed first, on a thread of its own.
    pub fn keep_new(&mut self) {
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
            forget(&files, &store);
        });
    }
}

/// Parses the files of a site that was parsed before: only those that changed since, or that have another number among the
/// files.
pub fn parse_changed(tree: &SourceTree, cache: &mut ParseCache) -> (Sheets, Report) {
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

/// What the names of pieces in the store begin with, each of which tells of a run of files.
const PIECE: &str = "sheets-";

/// How many files a run has on average, at the least.
const RUN: usize = 128;

/// How many runs there are at the most, by and large: while a site is made once, the piece of each is an open file.
const RUNS: usize = 128;

/// The runs of files, each with the name of its piece. A run begins with a file whose path says so: a file more or less
/// changes one run, and the others have the files that they had.
fn runs<F>(files: &[F], path: fn(&F) -> &str) -> impl Iterator<Item = (String, &[F])> {
    let mean = (files.len() / RUNS).next_power_of_two().max(RUN) as u64;
    let begins = move |file: &F| fingerprint(path(file)).is_multiple_of(mean);
    let name = move |run: &[F]| format!("{PIECE}{:016x}", fingerprint(path(&run[0])));
    files.chunk_by(move |_, next| !begins(next)).map(move |run| (name(run), run))
}

/// A run of files that is read.
struct FileRun {
    files: Vec<ParsedFile>,
    /// Those of the site.
    languages: SiteLanguages,
    /// Whether the store doesn't know all of it.
    is_new: bool,
}

/// The languages of a site, its files, and the names of the new runs.
type ReadAll = (SiteLanguages, Vec<ParsedFile>, HashSet<String>);

/// Reads files, run by run, and does with each run what is to be done `then`. The settings come first: sheets are read by
/// their languages.
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
    let read = runs
        .par_iter()
        .map(|(name, run)| Ok(then(name, read_run(name, run, languages, read_file, store)?)));
    let read: Vec<FileRun> = read.collect::<Result<_, SourceError>>()?;
    let names = runs.into_iter().map(|(name, _)| name);
    let new = names.zip(&read).filter(|(_, run)| run.is_new).map(|(name, _)| name).collect();
    Ok((languages, read.into_iter().flat_map(|run| run.files).collect(), new))
}

/// How a piece begins: each file with how it was [read](read_by), where that is told, how many bytes tell what was read of it, and how many
/// its text has. The bytes that tell follow; the texts are those of the piece, one after the other.
type RunIndex<'p> = Vec<(&'p str, Option<u64>, usize, u32)>;

/// A number that differs where a file was written again or is read by other languages.
fn read_by(standing: u64, languages: SiteLanguages) -> u64 {
    fingerprint(&(standing, languages))
}

/// Reads a run of files, but for those that the store knows.
fn read_run(
    name: &str,
    run: &[UnreadFile<'_>],
    languages: SiteLanguages,
    read_file: impl Fn(&UnreadFile<'_>) -> Result<(SourceFile, Option<Diagnostic>), SourceError> + Sync,
    store: &Store,
) -> Result<FileRun, SourceError> {
    let (bytes, shelf) = store.recall_with_texts(name).unzip();
    let (bytes, shelf) = (bytes.unwrap_or_default(), shelf.map(Arc::new));
    let known = known(&bytes).unwrap_or_default();
    let read = run.par_iter().map(|file| {
        let told = file
            .stamp_fingerprint()
            .and_then(|standing| known.get(&(&**file.path, read_by(standing, languages))));
        if let Some(seen) = told.zip(shelf.as_ref()).and_then(|(told, shelf)| recalled(file, told, shelf)) {
            return Ok((seen, false));
        }
        let (seen, problem) = read_file(file)?;
        let mut read = parse_file(file.id, &seen, languages);
        problem.into_iter().for_each(|problem| read.1.add(problem));
        let is_new = matches!(seen.content, Content::Text(_));
        Ok(((seen, read), is_new))
    });
    let (files, new): (Vec<_>, Vec<bool>) = read.collect::<Result<Vec<_>, SourceError>>()?.into_iter().unzip();
    Ok(FileRun { files, languages, is_new: new.contains(&true) })
}

/// What a piece tells of a file: what was read of it, where its text begins, and how many bytes that has.
struct CachedSheet<'p> {
    read: &'p [u8],
    from: u64,
    length: u32,
}

/// A file of which a piece tells; none where that isn't sound.
fn recalled(file: &UnreadFile<'_>, told: &CachedSheet<'_>, shelf: &Arc<TextFile>) -> Option<ParsedFile> {
    let mut read: FileResult = postcard::from_bytes(told.read).ok()?;
    place(&mut read, file.id, file.path);
    let seen = file.unread();
    if let Some(body) = read.0.as_mut().and_then(Parsed::body_mut) {
        match &seen.content {
            Content::Text(text) => body.load(text.get(body.offset()..)?),
            _ => body.unload(shelf.text(told.from, told.length, body.fingerprint())),
        }
    }
    Some((seen, read))
}

/// Tells the store what was read of a run; gives where it keeps the texts, and how long that of each file is.
fn store_run(name: &str, run: &[ParsedFile], languages: SiteLanguages, store: &Store) -> Option<(TextFile, Vec<u32>)> {
    let (mut index, mut told, mut texts) = (RunIndex::with_capacity(run.len()), Vec::new(), Vec::new());
    for (file, read) in run {
        let before = texts.len();
        texts.extend(read.0.as_ref().and_then(Parsed::body).map(Markdown::text).unwrap_or_default().bytes());
        let length = u32::try_from(texts.len() - before).ok()?;
        // What can't have changed unseen.
        let standing = file
            .stamp_fingerprint()
            .filter(|_| matches!(file.content, Content::Text(_) | Content::Unloaded));
        let standing = standing.map(|standing| read_by(standing, languages));
        let read = standing.and_then(|_| postcard::to_stdvec(read).ok());
        index.push((&*file.path, standing.filter(|_| read.is_some()), read.as_ref().map_or(0, Vec::len), length));
        told.extend(read.unwrap_or_default());
    }
    let lengths = index.iter().map(|(.., length)| *length).collect();
    let mut piece = postcard::to_stdvec(&index).ok()?;
    piece.append(&mut told);
    Some((store.keep_with_texts(name, &piece, &texts)?, lengths))
}

/// Holds the texts of a run no longer, where the store keeps them.
fn unload(run: &mut [ParsedFile], kept: Option<(TextFile, Vec<u32>)>) {
    let Some((shelf, lengths)) = kept else { return };
    let shelf = Arc::new(shelf);
    let mut from = 0;
    for ((_, (parsed, _)), length) in run.iter_mut().zip(lengths) {
        if let Some(body) = parsed.as_mut().and_then(Parsed::body_mut) {
            body.unload(shelf.text(from, length, body.fingerprint()));
        }
        from += u64::from(length);
    }
}

fn runs_of(files: &[ParsedFile]) -> impl Iterator<Item = (String, &[ParsedFile])> {
    runs(files, |(file, _)| &file.path)
}

/// Has the store forget runs that are no more.
fn forget(files: &[ParsedFile], store: &Store) {
    store.forget(PIECE, &runs_of(files).map(|(name, _)| name).collect());
}

/// What a piece tells of each file, by its path and how it stood; none where it isn't sound.
fn known(piece: &[u8]) -> Option<HashMap<(&str, u64), CachedSheet<'_>>> {
    let (index, mut rest): (RunIndex<'_>, _) = postcard::take_from_bytes(piece).ok()?;
    let mut known = HashMap::with_capacity(index.len());
    let mut from = 0;
    for (path, standing, told, length) in index {
        let (read, others) = rest.split_at_checked(told)?;
        if let Some(standing) = standing {
            known.insert((path, standing), CachedSheet { read, from, length });
        }
        from += u64::from(length);
        rest = others;
    }
    Some(known)
}

/// Says of what was read where it lies, which isn't kept: it may be another number by now.
fn place((parsed, report): &mut FileResult, id: FileId, path: &Arc<str>) {
    let lie = |origin: &mut Origin| (origin.file, origin.path) = (id, path.clone());
    match parsed {
        Some(Parsed::Units(units)) => units.iter_mut().for_each(|unit| lie(&mut Arc::make_mut(unit).origin)),
        Some(Parsed::Plan(plan)) => lie(&mut Arc::make_mut(plan).origin),
        Some(Parsed::Objective(objective)) => lie(&mut Arc::make_mut(objective).origin),
        Some(Parsed::Project(project)) => lie(&mut Arc::make_mut(project).origin),
        Some(Parsed::Update(update)) => lie(&mut Arc::make_mut(update).origin),
        Some(Parsed::Page(page)) => lie(&mut Arc::make_mut(page).origin),
        Some(Parsed::Translation(translation)) => lie(&mut Arc::make_mut(translation).origin),
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
    fn what_was_read_of_a_sheet_is_told_and_understood_without_loss() {
        let root = Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
        let (tree, _) = source::read(root).expect("the demonstration");
        let mut count = 0;
        for (id, file) in tree.files() {
            let read = parse_file(id, file, SiteLanguages::default());
            let Ok(told) = postcard::to_stdvec(&read) else { continue };
            let mut understood: FileResult =
                postcard::from_bytes(&told).unwrap_or_else(|error| panic!("{}: {error}", file.path));
            place(&mut understood, id, &file.path);
            // The text is kept apart.
            if let Some(text) = read.0.as_ref().and_then(Parsed::body).map(Markdown::text) {
                understood.0.as_mut().and_then(Parsed::body_mut).expect("it has one").load(&text);
            }
            assert_eq!(format!("{understood:?}"), format!("{read:?}"));
            count += 1;
        }
        assert!(count > 20, "{count}");
    }

    #[test]
    fn a_sheet_that_stands_as_it_stood_is_read_only_where_the_store_knows_nothing_sound() {
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
