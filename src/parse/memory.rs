//! What was read of files, for the next time when most of them are as they were.

use std::collections::{HashMap, HashSet};
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
    let (read, untold) = read_all(&listing.readable(), store, |name, mut run| {
        if run.is_new {
            tell(name, &run.files, store);
        }
        run.files.iter_mut().for_each(|(file, read)| let_go(file, read, shelf));
        run
    })?;
    if !untold.is_empty() {
        forget(&read, store);
    }
    let (files, read): (Vec<SourceFile>, Vec<Read>) = read.into_iter().unzip();
    let tree = listing.into_tree(files);
    let drafts = gather(&tree, read);
    Ok((tree, drafts))
}

/// A file with what it says.
type Seen = (SourceFile, Read);

/// What was read of a site's files, for the next time, when most of them are as they were.
#[derive(Debug, Default)]
pub struct Memory {
    store: Store,
    files: Vec<Seen>,
    /// The names of pieces of which the store knows nothing or less.
    untold: HashSet<String>,
}

impl Memory {
    /// One that knows what the store knows.
    pub fn of(store: Store) -> Self {
        Self { store, ..Self::default() }
    }

    /// The store that it knows more by.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Tells the store what it didn't know of the files when they were read first. Nobody waits for that.
    pub fn tell(&mut self) {
        let untold = std::mem::take(&mut self.untold);
        if untold.is_empty() {
            return;
        }
        let (files, store) = (self.files.clone(), self.store.clone());
        std::thread::spawn(move || {
            let new = runs_of(&files).filter(|(name, _)| untold.contains(name));
            new.for_each(|(name, run)| tell(&name, run, &store));
            forget(&files, &store);
        });
    }
}

/// The same, of a site that was read before: only files that changed since, or that have another number among the files,
/// are parsed.
pub fn draft_again(tree: &SourceTree, memory: &mut Memory) -> (Drafts, Report) {
    let files: Vec<(FileId, &SourceFile)> = tree.files().collect();
    let before = std::mem::take(&mut memory.files);
    if before.is_empty() {
        let read = read_all(&tree.readable(), &memory.store, |_, run| run);
        (memory.files, memory.untold) = read.unwrap_or_default();
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

/// The runs of files, each with the name of its piece. A run begins with a file whose path says so: a file more or less
/// changes one run, and the others have the files that they had.
fn runs<F>(files: &[F], path: fn(&F) -> &str) -> impl Iterator<Item = (String, &[F])> {
    let begins = move |file: &F| imprint(path(file)).is_multiple_of(RUN);
    let name = move |run: &[F]| format!("{PIECE}{:016x}", imprint(path(&run[0])));
    files.chunk_by(move |_, next| !begins(next)).map(move |run| (name(run), run))
}

/// A run of files that is read.
struct Run {
    files: Vec<Seen>,
    /// Whether the store doesn't know all of it.
    is_new: bool,
}

/// Reads files, run by run, and does with each run what is to be done `then`. Gives the names of the new runs, too.
fn read_all(
    files: &[Readable<'_>],
    store: &Store,
    then: impl Fn(&str, Run) -> Run + Sync,
) -> Result<(Vec<Seen>, HashSet<String>), SourceError> {
    let runs: Vec<(String, &[Readable<'_>])> = runs(files, |file| file.path).collect();
    let read = runs.par_iter().map(|(name, run)| Ok(then(name, read_run(name, run, store)?)));
    let read: Vec<Run> = read.collect::<Result<_, SourceError>>()?;
    let names = runs.into_iter().map(|(name, _)| name);
    let new = names.zip(&read).filter(|(_, run)| run.is_new).map(|(name, _)| name).collect();
    Ok((read.into_iter().flat_map(|run| run.files).collect(), new))
}

/// How a piece begins: the files with how they stood and how many bytes tell what was read of each. Those bytes follow.
type Index<'p> = Vec<(&'p str, u64, usize)>;

/// Reads a run of files, but for those that the store knows.
fn read_run(name: &str, run: &[Readable<'_>], store: &Store) -> Result<Run, SourceError> {
    let bytes = store.recall(name).unwrap_or_default();
    let known = known(&bytes).unwrap_or_default();
    let read = run.par_iter().map(|file| {
        let told = file.standing().and_then(|standing| known.get(&(&**file.path, standing)).copied());
        if let Some(mut read) = told.and_then(|told| postcard::from_bytes::<Read>(told).ok()) {
            place(&mut read, file.id, file.path);
            return Ok(((file.unread(), read), false));
        }
        let (seen, problem) = file.read()?;
        let mut read = parse_file(file.id, &seen);
        problem.into_iter().for_each(|problem| read.1.add(problem));
        let is_new = standing(&seen).is_some();
        Ok(((seen, read), is_new))
    });
    let (files, new): (Vec<_>, Vec<bool>) = read.collect::<Result<Vec<_>, SourceError>>()?.into_iter().unzip();
    Ok(Run { files, is_new: new.contains(&true) })
}

/// How a file stands of which the store is told: a text that can't have changed unseen.
fn standing(file: &SourceFile) -> Option<u64> {
    file.standing().filter(|_| matches!(file.content, Content::Text(_) | Content::LetGo))
}

/// Tells the store what was read of a run.
fn tell(name: &str, run: &[Seen], store: &Store) {
    let told = run.iter().filter_map(|(file, read)| {
        let standing = standing(file)?;
        Some((&*file.path, standing, postcard::to_stdvec(read).ok()?))
    });
    piece(&told.collect::<Vec<_>>()).into_iter().for_each(|bytes| store.keep(name, &bytes));
}

fn runs_of(files: &[Seen]) -> impl Iterator<Item = (String, &[Seen])> {
    runs(files, |(file, _)| &file.path)
}

/// Has the store forget runs that are no more.
fn forget(files: &[Seen], store: &Store) {
    store.forget(PIECE, &runs_of(files).map(|(name, _)| name).collect());
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
fn piece(told: &[(&str, u64, Vec<u8>)]) -> Option<Vec<u8>> {
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

/// Keeps no text of a file that was read, and puts the description of its record on the shelf, where there is one.
fn let_go(file: &mut SourceFile, (parsed, _): &mut Read, shelf: Option<&Arc<Shelf>>) {
    if !file.let_text_go() {
        return;
    }
    let Some(shelf) = shelf else { return };
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
