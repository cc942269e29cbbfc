//! The files of a site's folder, before they are read.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::time::SystemTime;

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use super::entry::Entry;
use super::error::{SourceError, unreadable};
use super::paths::{
    ChangedPaths, FOLDERS, NAMED_FOLDERS, OpenTexts, SITE_FILE, TEXT_LIMIT, is_hidden, is_text, is_text_of_site,
};
use super::tree::{Content, SourceFile, SourceTree};
use super::unread::{ReadFrom, UnreadFile};
use super::walk::walk;
use crate::diagnostic::Report;
use crate::incremental::file_stamp::{FileStamp, keeps_change_times};
use crate::incremental::fingerprint;
use crate::model::FileId;

/// Reads every file of the site in a folder: `site.toml`, `content/` and `themes/`.
///
/// Names that begin with a dot or end in `~` are the tools', not the site's, and are passed over. Symbolic links are
/// followed to what may be published; others are reported and not read, and so are pipes and devices, and names that are no
/// UTF-8 text.
///
/// # Errors
/// When the folder or anything in it can't be read.
pub(crate) fn read(root: &Utf8Path) -> Result<(SourceTree, Report), SourceError> {
    list(root)?.read(&SourceTree::default())
}

/// The text of `site.toml` in a folder, if there is one that can be read: messages that come before a site is read are in
/// its language.
pub(crate) fn settings(root: &Utf8Path) -> Option<String> {
    let (path, mut text) = (root.join(SITE_FILE), String::new());
    // To open a pipe is to wait for its writer.
    path.metadata().ok().filter(Metadata::is_file)?;
    File::open(path).ok()?.take(TEXT_LIMIT).read_to_string(&mut text).ok()?;
    Some(text)
}

/// The files of a site before they are read.
#[derive(Debug)]
pub(crate) struct Listing {
    root: Utf8PathBuf,
    entries: Vec<Entry>,
    /// The files that `site.toml` may name. `None` of a listing that has no fingerprint.
    named: Option<Vec<Entry>>,
    now: SystemTime,
}

/// Lists every file of the site in a folder, as [`read`] reads them.
///
/// # Errors
/// When the folder, or a file's size, can't be read.
#[expect(clippy::disallowed_methods, reason = "the age of a file decides if its stamp can be trusted")]
pub(crate) fn list(root: &Utf8Path) -> Result<Listing, SourceError> {
    let now = SystemTime::now();
    if !root.is_dir() {
        return Err(SourceError::NoRoot(root.to_owned()));
    }
    let canonical = root.canonicalize_utf8().map_err(unreadable(root))?;
    let keeps_times = keeps_change_times(root);
    let list_folders = |names: &[&str]| {
        let mut entries = Vec::new();
        for name in names {
            if exists(&root.join(name))? {
                walk(root, &canonical, name, &mut entries)?;
            }
        }
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        entries.par_iter_mut().filter(|entry| entry.skipped.is_none()).try_for_each(|entry| {
            let metadata = metadata(&root.join(&*entry.path))?;
            entry.record_size(&metadata, keeps_times);
            Ok(())
        })?;
        Ok(entries)
    };
    let entries = list_folders(&[&[SITE_FILE], &FOLDERS[..]].concat())?;
    Ok(Listing { root: root.to_owned(), entries, named: list_folders(&NAMED_FOLDERS).ok(), now })
}

/// Lists the files as [`list`] does, given an earlier tree and every path below the root that was touched since. If these
/// are files of the tree that still exist, the system is asked about no other file.
///
/// # Errors
/// As of [`list`].
#[expect(clippy::disallowed_methods, reason = "the age of a file decides if its stamp can be trusted")]
pub(crate) fn list_again(root: &Utf8Path, before: &SourceTree, touched: &ChangedPaths) -> Result<Listing, SourceError> {
    let now = SystemTime::now();
    let is_unknown = |path: &Utf8PathBuf| {
        before.find(path.as_str()).is_none()
            && !is_hidden(path)
            && (before.has_folder(path) || exists(&root.join(path)).unwrap_or(true))
    };
    if before.is_empty() || touched.iter().any(is_unknown) {
        return list(root);
    }
    let mut entries = Vec::with_capacity(before.len());
    let keeps_times = keeps_change_times(root);
    for (_, SourceFile { path, content, stamp }) in before.files() {
        let mut entry = Entry { stamp: *stamp, ..Entry::new(path.clone(), content.link_target()) };
        let is_trusted = stamp.is_some_and(|stamp| stamp.is_settled(now)) && !matches!(content, Content::Unreadable(_));
        if !is_trusted || touched.contains(Utf8Path::new(&**path)) {
            let Some(file) = root.join(&**path).symlink_metadata().ok().filter(Metadata::is_file) else {
                return list(root);
            };
            entry.record_size(&file, keeps_times);
        }
        entries.push(entry);
    }
    Ok(Listing { root: root.to_owned(), entries, named: None, now })
}

impl Listing {
    /// A number that differs if a file differs from what it was. Returns `None` if one may change without a trace.
    pub(crate) fn fingerprint(&self) -> Option<u64> {
        let files: Option<Vec<(&str, FileStamp)>> = (self.entries.iter())
            .chain(self.named.as_ref()?)
            .map(|entry| {
                let stamp = entry.stamp.filter(|stamp| stamp.is_settled(self.now) && entry.skipped.is_none())?;
                Some((&*entry.path, stamp))
            })
            .collect();
        Some(fingerprint(&files?))
    }

    /// The files as a tree without texts, for callers that know what the texts are and report on them.
    #[must_use]
    pub(crate) fn unread(self) -> SourceTree {
        let unread = |entry: Entry| {
            let is_text = is_text(&entry.path) || entry.path.starts_with("themes/");
            let content = if is_text {
                Content::Unloaded
            } else {
                Content::Attachment { size: entry.size, pixels: None, link_target: None }
            };
            SourceFile { path: entry.path, content, stamp: entry.stamp }
        };
        SourceTree::new(self.root, self.entries.into_iter().map(unread).collect())
    }

    /// The listing with open texts in place of what is saved, also where nothing is saved yet. A path that no text of a
    /// site has is passed over.
    #[must_use]
    pub(crate) fn overlaid(mut self, open: &OpenTexts) -> Self {
        for (path, text) in open.iter().filter(|(path, _)| is_text_of_site(path)) {
            let entry = Entry::open(path.clone(), text.clone());
            match self.entries.binary_search_by(|entry| entry.path.cmp(path)) {
                Ok(at) if self.entries[at].skipped.is_some() => {}
                Ok(at) => self.entries[at] = entry,
                Err(at) => self.entries.insert(at, entry),
            }
        }
        self
    }

    /// Reads the files, except those that haven't changed since `before` was read.
    ///
    /// # Errors
    /// When one can't be read.
    pub(crate) fn read(self, before: &SourceTree) -> Result<(SourceTree, Report), SourceError> {
        let read = |file: &UnreadFile<'_>| match before.find(file.path).and_then(|id| before.file(id)) {
            Some(known) if file.is_unchanged_since(known) => Ok((known.clone(), None)),
            _ => file.read(),
        };
        let read: Vec<Result<_, SourceError>> = self.unread_files().par_iter().map(read).collect();
        let mut files = Vec::with_capacity(read.len());
        let mut report = Report::default();
        for read in read {
            let (file, problem) = read?;
            files.push(file);
            problem.into_iter().for_each(|problem| report.add(problem));
        }
        Ok((SourceTree::new(self.root, files), report))
    }

    /// The files, none of which is read yet.
    pub(crate) fn unread_files(&self) -> Vec<UnreadFile<'_>> {
        let entries = self.entries.iter().enumerate();
        let unread = entries.map(|(i, entry)| UnreadFile {
            id: FileId::at(i),
            path: &entry.path,
            stamp: entry.stamp.filter(|stamp| stamp.is_settled(self.now)),
            from: ReadFrom::Folder(&self.root, entry),
        });
        unread.collect()
    }

    /// The tree of its files, which the caller read in the same order.
    #[must_use]
    pub(crate) fn into_tree(self, files: Vec<SourceFile>) -> SourceTree {
        SourceTree::new(self.root, files)
    }
}

/// True if a name exists, even as a link that leads nowhere.
fn exists(path: &Utf8Path) -> Result<bool, SourceError> {
    match path.symlink_metadata() {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(source) => Err(unreadable(path)(source)),
    }
}

fn metadata(path: &Utf8Path) -> Result<Metadata, SourceError> {
    path.metadata().map_err(unreadable(path))
}
