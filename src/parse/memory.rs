//! What was read of files, for the next time when most of them are as they were.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::{Drafts, Parsed, Read, TranslatedWords, gather, parse_file};
use crate::diagnostic::Report;
use crate::model::{FileId, Origin};
use crate::reads::imprint;
use crate::shelf::Shelf;
use crate::source::{Content, Listing, Readable, SourceError, SourceFile, SourceTree};
use crate::store::Store;

/// Reads every file of a site as [`draft`](super::draft) does, from where they lie: the tree keeps no text of a sheet, so
/// those of a site are never in memory all at once. What the store knows of a file that stands as it stood isn't read again;
/// the descriptions of records that are read lie on the shelf, where there is one.
///
/// # Errors
/// When a file can't be read.
pub fn draft_through(
    listing: Listing,
    store: &Store,
    shelf: Option<&Arc<Shelf>>,
) -> Result<(SourceTree, (Drafts, Report)), SourceError> {
    let read = read_all(&listing.readable(), store, &Kept { file: SourceFile::without_text, shelf })?;
    let (files, read): (Vec<SourceFile>, Vec<Read>) = read.into_iter().unzip();
    let tree = listing.into_tree(files);
    let drafts = gather(&tree, read);
    Ok((tree, drafts))
}

/// What was read of a site's files, for the next time, when most of them are as they were.
#[derive(Debug, Default)]
pub struct Memory {
    store: Store,
    files: Vec<(SourceFile, Read)>,
}

impl Memory {
    /// One that knows what the store knows.
    pub fn of(store: Store) -> Self {
        Self { store, files: Vec::new() }
    }

    /// The store that it knows more by.
    pub fn store(&self) -> &Store {
        &self.store
    }
}

/// The same, of a site that was read before: only files that changed since, or that have another number among the files,
/// are parsed.
pub fn draft_again(tree: &SourceTree, memory: &mut Memory) -> (Drafts, Report) {
    let files: Vec<(FileId, &SourceFile)> = tree.files().collect();
    let before = std::mem::take(&mut memory.files);
    if before.is_empty() {
        memory.files =
            read_all(&tree.readable(), &memory.store, &Kept { file: |file| file, shelf: None }).unwrap_or_default();
    } else {
        let before = before.into_par_iter().map(Some).chain(rayon::iter::repeat_n(None, files.len()));
        let again = files.into_par_iter().zip(before).map(|((id, file), before)| match before {
            Some(before) if before.0 == *file => before,
            _ => (file.clone(), parse_file(id, file)),
        });
        memory.files = again.collect();
    }
    gather(tree, memory.files.par_iter().map(|(_, read)| read.clone()).collect())
}

/// What the names of pieces in the store begin with, each of which tells of a run of files.
const PIECE: &str = "sheets-";

/// How many files a run has, on average.
const RUN: u64 = 128;

/// Whether a file is the first of its run. That depends on its path alone: a file more or less changes one run, and the
/// others have the files that they had.
fn begins_run(path: &str) -> bool {
    imprint(path).is_multiple_of(RUN)
}

/// What is kept in memory of a file that is read.
struct Kept<'s> {
    file: fn(SourceFile) -> SourceFile,
    /// Where the text of its record lies; none: in memory, too.
    shelf: Option<&'s Arc<Shelf>>,
}

/// Reads files, run by run.
fn read_all(files: &[Readable<'_>], store: &Store, kept: &Kept<'_>) -> Result<Vec<(SourceFile, Read)>, SourceError> {
    let runs: Vec<&[Readable<'_>]> = files.chunk_by(|_, next| !begins_run(next.path)).collect();
    let name = |run: &[Readable<'_>]| format!("{PIECE}{:016x}", imprint(&**run[0].path));
    let read = runs.par_iter().map(|run| read_run(run, &name(run), store, kept));
    let read: Vec<_> = read.collect::<Result<_, _>>()?;
    if read.iter().any(|(_, is_new)| *is_new) {
        store.forget(PIECE, &runs.iter().map(|run| name(run)).collect());
    }
    Ok(read.into_iter().flat_map(|(read, _)| read).collect())
}

/// How a piece begins: the files with how they stood and how many bytes tell what was read of each. Those bytes follow.
type Index<'p> = Vec<(&'p str, u64, usize)>;

/// Reads a run of files; says whether what the store knows of them is new.
fn read_run(
    run: &[Readable<'_>],
    name: &str,
    store: &Store,
    kept: &Kept<'_>,
) -> Result<(Vec<(SourceFile, Read)>, bool), SourceError> {
    let bytes = store.recall(name).unwrap_or_default();
    let known = known(&bytes).unwrap_or_default();
    let read = run.par_iter().map(|file| {
        let told = file.standing().and_then(|standing| known.get(&(&**file.path, standing)).copied());
        if let Some(mut read) = told.and_then(|told| postcard::from_bytes::<Read>(told).ok()) {
            place(&mut read, file.id, file.path);
            return Ok(((file.unread(), read), told.map(Cow::Borrowed)));
        }
        let (seen, problem) = file.read()?;
        let mut read = parse_file(file.id, &seen);
        let is_told = matches!(seen.content, Content::Text(_)) && seen.standing().is_some();
        let told = if is_told { postcard::to_stdvec(&read).ok() } else { None };
        problem.into_iter().for_each(|problem| read.1.add(problem));
        kept.shelf.into_iter().for_each(|shelf| put_away(&mut read, shelf));
        Ok((((kept.file)(seen), read), told.map(Cow::Owned)))
    });
    let read: Vec<_> = read.collect::<Result<_, SourceError>>()?;
    let (read, told): (Vec<_>, Vec<Option<Cow<'_, [u8]>>>) = read.into_iter().unzip();
    let is_new = told.iter().any(|told| matches!(told, Some(Cow::Owned(_))));
    if is_new {
        let told = run.iter().zip(&told);
        let told = told.filter_map(|(file, told)| Some((&**file.path, file.standing()?, told.as_deref()?)));
        piece(&told.collect::<Vec<_>>()).into_iter().for_each(|bytes| store.keep(name, &bytes));
    }
    Ok((read, is_new))
}

/// What a piece tells of each file that stands as it stood; none where it isn't sound.
fn known(piece: &[u8]) -> Option<HashMap<(&str, u64), &[u8]>> {
    let (index, mut rest): (Index<'_>, _) = postcard::take_from_bytes(piece).ok()?;
    let mut known = HashMap::with_capacity(index.len());
    for (path, standing, length) in index {
        let (told, others) = rest.split_at_checked(length)?;
        known.insert((path, standing), told);
        rest = others;
    }
    Some(known)
}

/// The piece that tells of files what was read of them.
fn piece(told: &[(&str, u64, &[u8])]) -> Option<Vec<u8>> {
    let index: Index<'_> = told.iter().map(|(path, standing, told)| (*path, *standing, told.len())).collect();
    let mut piece = postcard::to_stdvec(&index).ok()?;
    told.iter().for_each(|(_, _, told)| piece.extend_from_slice(told));
    Some(piece)
}

/// Says of what was read where it lies, which isn't kept: it may be another number by now.
fn place((parsed, report): &mut Read, id: FileId, path: &Arc<str>) {
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

/// Puts the text of a record on the shelf.
fn put_away((parsed, _): &mut Read, shelf: &Arc<Shelf>) {
    match parsed {
        Some(Parsed::Objective(objective)) => Arc::make_mut(objective).body.put_on(shelf),
        Some(Parsed::Project(project)) => Arc::make_mut(project).body.put_on(shelf),
        Some(Parsed::Update(update)) => Arc::make_mut(update).body.put_on(shelf),
        Some(Parsed::Page(page)) => Arc::make_mut(page).body.put_on(shelf),
        Some(Parsed::Translation(translation)) => {
            if let TranslatedWords::Sheet(_, body) = &mut Arc::make_mut(translation).words {
                body.put_on(shelf);
            }
        }
        Some(Parsed::Units(_) | Parsed::Plan(_) | Parsed::Settings(_) | Parsed::Attachment(_)) | None => {}
    }
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
            let read = parse_file(id, file);
            let Ok(told) = postcard::to_stdvec(&read) else { continue };
            let mut understood: Read =
                postcard::from_bytes(&told).unwrap_or_else(|error| panic!("{}: {error}", file.path));
            place(&mut understood, id, &file.path);
            assert_eq!(format!("{understood:?}"), format!("{read:?}"));
            count += 1;
        }
        assert!(count > 20, "{count}");
    }
}
