//! The only reader: a site's files from disk, or from strings in tests. No byte is interpreted here but those that say how
//! large a picture is.

#![expect(clippy::disallowed_methods, reason = "source is the only reader")]

mod drawing;
mod gate;
mod leftover;
mod picture;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::Metadata;
use std::io::BufReader;
use std::sync::Arc;
use std::time::SystemTime;

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use walkdir::WalkDir;

use drawing::{clean, is_drawing};
pub use gate::{Barred, pass, read as read_published};
pub use leftover::is_leftover;

use crate::diagnostic::{Code, Diagnostic, Place, Report};
use crate::incremental::file_stamp::{self, FileStamp};
use crate::incremental::fingerprint;
use crate::model::{FileId, Pixels, is_picture};

/// The largest text that is read, in bytes: an editor's sheet has a few thousand, and Markdown has inputs whose time
/// grows faster than their size.
pub const TEXT_LIMIT: u64 = 1 << 20;

/// The file that says how a site is published.
pub const SITE_FILE: &str = "site.toml";

/// The folders that a site's files lie in.
pub const FOLDERS: [&str; 2] = ["content", "themes"];

/// The folders of files that `site.toml` names, such as a logo: they are read only where it does.
pub const NAMED_FOLDERS: [&str; 2] = ["assets", "static"];

/// Every file of a site, in the order of their paths. A copy shares them; two are equal where all their files are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SourceTree {
    root: Utf8PathBuf,
    files: Arc<Vec<SourceFile>>,
}

/// One file. Two are equal where the path and what was read are.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The path relative to the site's root, `/`-separated.
    pub path: Arc<str>,
    /// What was read of it.
    pub content: Content,
    /// How it stood, where it can't have changed unseen since.
    stamp: Option<FileStamp>,
}

impl PartialEq for SourceFile {
    fn eq(&self, other: &Self) -> bool {
        let is_same_text = match (&self.content, &other.content) {
            (Content::Text(text), Content::Text(other)) => Arc::ptr_eq(text, other),
            _ => false,
        };
        self.path == other.path && (is_same_text || self.content == other.content)
    }
}

/// What was read of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// The text of a sheet, plan, catalogue or configuration.
    Text(Arc<str>),
    /// A text that isn't kept.
    Unloaded,
    /// A text that couldn't be read as one; what could be is kept for the excerpt.
    Unreadable(Arc<str>),
    /// The bytes of a theme's file.
    Theme(Arc<[u8]>),
    /// A file that is published as it is.
    Attachment {
        /// Bytes.
        size: u64,
        /// How large it is shown, where it is a picture that says so.
        pixels: Option<Pixels>,
        /// Where it lies in truth, where a link leads there: a path relative to the site's root.
        leads: Option<Arc<str>>,
    },
}

/// The program couldn't read a site.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The site's folder isn't one.
    #[error("{0} is not a folder")]
    NoRoot(Utf8PathBuf),
    /// An entry that can't be read; nothing is ever skipped.
    #[error("{path}: {source}")]
    Unreadable {
        /// The entry.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
}

/// Reads every file of the site in a folder: `site.toml`, `content/` and `themes/`.
///
/// Names that begin with a dot or end in `~` are the tools', not the site's, and are passed over. Symbolic links are
/// followed to what may be published; others are reported and not read, and so are pipes and devices, and names that are no
/// UTF-8 text.
///
/// # Errors
/// When the folder or anything in it can't be read.
pub fn read(root: &Utf8Path) -> Result<(SourceTree, Report), SourceError> {
    list(root)?.read(&SourceTree::default())
}

/// The text of `site.toml` in a folder, where there is one that can be read: what a person is told before a site is read
/// is told in its language.
pub fn settings(root: &Utf8Path) -> Option<String> {
    use std::io::Read;
    let (path, mut text) = (root.join(SITE_FILE), String::new());
    // To open a pipe is to wait for its writer.
    path.metadata().ok().filter(Metadata::is_file)?;
    std::fs::File::open(path).ok()?.take(TEXT_LIMIT).read_to_string(&mut text).ok()?;
    Some(text)
}

/// Texts that editors hold open, saved or not, by the path relative to the site's root.
pub type OpenTexts = BTreeMap<Arc<str>, Arc<str>>;

/// Paths relative to the site's root that somebody wrote, moved or took away.
pub type ChangedPaths = BTreeSet<Utf8PathBuf>;

/// The files of a site before they are read.
#[derive(Debug)]
pub struct Listing {
    root: Utf8PathBuf,
    entries: Vec<Entry>,
    /// The files that `site.toml` may name; none of a listing that has no fingerprint.
    named: Option<Vec<Entry>>,
    now: SystemTime,
}

/// Lists every file of the site in a folder, as [`read`] reads them.
///
/// # Errors
/// When the folder, or a file's size, can't be read.
#[expect(clippy::disallowed_methods, reason = "how long ago a file was written says whether its stamp can be trusted")]
pub fn list(root: &Utf8Path) -> Result<Listing, SourceError> {
    let now = SystemTime::now();
    if !root.is_dir() {
        return Err(SourceError::NoRoot(root.to_owned()));
    }
    let canonical = root.canonicalize_utf8().map_err(unreadable(root))?;
    let tells = file_stamp::tells(root);
    let listed = |names: &[&str]| {
        let mut entries = Vec::new();
        for name in names {
            if exists(&root.join(name))? {
                walk(root, &canonical, name, &mut entries)?;
            }
        }
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        entries.par_iter_mut().filter(|entry| entry.shut.is_none()).try_for_each(|entry| {
            let metadata = metadata(&root.join(&*entry.path))?;
            entry.weigh(&metadata, tells);
            Ok(())
        })?;
        Ok(entries)
    };
    let entries = listed(&[&[SITE_FILE], &FOLDERS[..]].concat())?;
    Ok(Listing { root: root.to_owned(), entries, named: listed(&NAMED_FOLDERS).ok(), now })
}

/// Lists the files as [`list`] does, given the tree of an earlier look and every path below the root that was touched since:
/// where these are files of it that stand in their places, no other is asked how it stands.
///
/// # Errors
/// As of [`list`].
#[expect(clippy::disallowed_methods, reason = "how long ago a file was written says whether its stamp can be trusted")]
pub fn list_again(root: &Utf8Path, before: &SourceTree, touched: &ChangedPaths) -> Result<Listing, SourceError> {
    let now = SystemTime::now();
    let is_strange = |path: &Utf8PathBuf| {
        before.find(path.as_str()).is_none()
            && !is_of_tools(path)
            && (before.holds(path) || exists(&root.join(path)).unwrap_or(true))
    };
    if before.files.is_empty() || touched.iter().any(is_strange) {
        return list(root);
    }
    let mut entries = Vec::with_capacity(before.files.len());
    let tells = file_stamp::tells(root);
    for SourceFile { path, content, stamp } in before.files.iter() {
        let mut entry =
            Entry { path: path.clone(), size: 0, stamp: *stamp, leads: content.leads(), shut: None, open: None };
        let stands = stamp.is_some_and(|stamp| stamp.is_settled(now)) && !matches!(content, Content::Unreadable(_));
        if !stands || touched.contains(Utf8Path::new(&**path)) {
            let Some(file) = root.join(&**path).symlink_metadata().ok().filter(Metadata::is_file) else {
                return list(root);
            };
            entry.weigh(&file, tells);
        }
        entries.push(entry);
    }
    Ok(Listing { root: root.to_owned(), entries, named: None, now })
}

impl Listing {
    /// A number that differs where a file differs from what it was; none where one may change unseen.
    pub fn fingerprint(&self) -> Option<u64> {
        let files: Option<Vec<(&str, FileStamp)>> = (self.entries.iter())
            .chain(self.named.as_ref()?)
            .map(|entry| {
                let stamp = entry.stamp.filter(|stamp| stamp.is_settled(self.now) && entry.shut.is_none())?;
                Some((&*entry.path, stamp))
            })
            .collect();
        Some(fingerprint(&files?))
    }

    /// The files as a tree that keeps no text, for those who know already what the texts are and say something of them.
    #[must_use]
    pub fn unread(self) -> SourceTree {
        let unread = |entry: Entry| {
            let is_text = is_text(&entry.path) || entry.path.starts_with("themes/");
            let content = if is_text {
                Content::Unloaded
            } else {
                Content::Attachment { size: entry.size, pixels: None, leads: None }
            };
            SourceFile { path: entry.path, content, stamp: entry.stamp }
        };
        SourceTree { root: self.root, files: Arc::new(self.entries.into_iter().map(unread).collect()) }
    }

    /// The same with open texts in place of what is saved, also where nothing is saved yet. A path that no text of a site
    /// has is passed over.
    #[must_use]
    pub fn overlaid(mut self, open: &OpenTexts) -> Self {
        for (path, text) in open.iter().filter(|(path, _)| is_of_site(path)) {
            let size = text.len() as u64;
            let open = Some(text.clone());
            match self.entries.binary_search_by(|entry| entry.path.cmp(path)) {
                Ok(at) if self.entries[at].shut.is_some() => {}
                Ok(at) => {
                    self.entries[at] = Entry { path: path.clone(), size, stamp: None, leads: None, shut: None, open }
                }
                Err(at) => self
                    .entries
                    .insert(at, Entry { path: path.clone(), size, stamp: None, leads: None, shut: None, open }),
            }
        }
        self
    }

    /// Reads the files, but for those that stand as they stood when `before` was read.
    ///
    /// # Errors
    /// When one can't be read.
    pub fn read(self, before: &SourceTree) -> Result<(SourceTree, Report), SourceError> {
        let read = |file: &UnreadFile<'_>| match before.find(file.path).and_then(|id| before.file(id)) {
            // What was said of a file that can't be read as text would be said again.
            Some(known) if known.is_unchanged(file) => Ok((known.clone(), None)),
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
        Ok((SourceTree { root: self.root, files: Arc::new(files) }, report))
    }

    /// The files, none of which is read yet.
    pub fn unread_files(&self) -> Vec<UnreadFile<'_>> {
        let entries = self.entries.iter().enumerate();
        let readable = entries.map(|(i, entry)| UnreadFile {
            id: FileId::at(i),
            path: &entry.path,
            stamp: entry.stamp.filter(|stamp| stamp.is_settled(self.now)),
            from: ReadFrom::Folder(&self.root, entry),
        });
        readable.collect()
    }

    /// The tree of its files, of which somebody made these in the same order.
    #[must_use]
    pub fn into_tree(self, files: Vec<SourceFile>) -> SourceTree {
        SourceTree { root: self.root, files: Arc::new(files) }
    }
}

/// A file that may have to be read.
#[derive(Clone, Copy, Debug)]
pub struct UnreadFile<'f> {
    /// Its number among the files.
    pub id: FileId,
    /// Its path relative to the site's root.
    pub path: &'f Arc<str>,
    /// How it stands, where it can't have changed unseen since.
    stamp: Option<FileStamp>,
    from: ReadFrom<'f>,
}

/// Where a file is to be read.
#[derive(Clone, Copy, Debug)]
enum ReadFrom<'f> {
    Folder(&'f Utf8Path, &'f Entry),
    Tree(&'f SourceFile),
}

impl UnreadFile<'_> {
    /// A number that differs where the file was written again; none where it may be without a trace.
    pub fn stamp_fingerprint(&self) -> Option<u64> {
        Some(fingerprint(&self.stamp?))
    }

    /// The file, and why it can't be read as what it should be, where that wasn't said before.
    ///
    /// # Errors
    /// When it can't be read at all.
    pub fn read(&self) -> Result<(SourceFile, Option<Diagnostic>), SourceError> {
        let ReadFrom::Folder(root, entry) = self.from else { return Ok((self.unread(), None)) };
        let mut stood = entry.stamp;
        let (content, problem) = load(root, self.id, entry, &mut stood)?;
        // What was written after the folder was looked at isn't what stood there then.
        let stamp = self.stamp.filter(|stamp| stood == Some(*stamp));
        Ok((SourceFile { path: self.path.clone(), content, stamp }, problem))
    }

    /// The file as far as it is read already, for those who know what it says.
    pub fn unread(&self) -> SourceFile {
        match self.from {
            ReadFrom::Folder(..) => {
                SourceFile { path: self.path.clone(), content: Content::Unloaded, stamp: self.stamp }
            }
            ReadFrom::Tree(file) => file.clone(),
        }
    }
}

impl SourceTree {
    /// A site of texts, for tests and previews of what isn't saved: pairs of a path and a text. What would be no text on disk
    /// is a file beside the records.
    pub fn from_texts<P: AsRef<str>, T: AsRef<str>>(texts: impl IntoIterator<Item = (P, T)>) -> Self {
        let mut files: Vec<SourceFile> = texts
            .into_iter()
            .map(|(path, text)| SourceFile {
                path: path.as_ref().into(),
                content: match (path.as_ref(), text.as_ref()) {
                    (path, text) if path.starts_with("themes/") => Content::Theme(text.as_bytes().into()),
                    (path, text) if is_text(path) => Content::Text(text.into()),
                    (_, text) => Content::Attachment { size: text.len() as u64, pixels: None, leads: None },
                },
                stamp: None,
            })
            .collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self { root: Utf8PathBuf::new(), files: Arc::new(files) }
    }

    /// Gives a file that is a text another one, which nobody has saved.
    pub fn rewrite(&mut self, id: FileId, text: Arc<str>) {
        let Some(file) = Arc::make_mut(&mut self.files).get_mut(id.0 as usize) else { return };
        if matches!(file.content, Content::Text(_) | Content::Unreadable(_)) {
            *file = SourceFile { path: file.path.clone(), content: Content::Text(text), stamp: None };
        }
    }

    /// The folder that was read.
    pub fn root(&self) -> &Utf8Path {
        &self.root
    }

    /// The files with their numbers.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(i, file)| (FileId::at(i), file))
    }

    /// The files as they are read already.
    pub fn unread_files(&self) -> Vec<UnreadFile<'_>> {
        let readable = self.files().map(|(id, file)| {
            let lies = ReadFrom::Tree(file);
            UnreadFile { id, path: &file.path, stamp: file.stamp, from: lies }
        });
        readable.collect()
    }

    /// One file.
    pub fn file(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.0 as usize)
    }

    /// The number of the file with a path.
    pub fn find(&self, path: &str) -> Option<FileId> {
        let at = self.files.binary_search_by(|file| file.path.as_ref().cmp(path)).ok()?;
        Some(FileId::at(at))
    }

    /// Whether a path is a folder of one of the files.
    fn holds(&self, folder: &Utf8Path) -> bool {
        let inside = format!("{folder}/");
        let first = self.files.partition_point(|file| &*file.path < inside.as_str());
        self.files.get(first).is_some_and(|file| file.path.starts_with(&inside))
    }

    /// The text of a file; empty where it has none.
    pub fn text(&self, id: FileId) -> Arc<str> {
        let Some(file) = self.file(id) else { return "".into() };
        match &file.content {
            Content::Text(text) | Content::Unreadable(text) => text.clone(),
            Content::Theme(bytes) => std::str::from_utf8(bytes).unwrap_or_default().into(),
            Content::Attachment { .. } => "".into(),
            Content::Unloaded => {
                let mut bytes = Vec::new();
                let read = self.bytes(&file.path, &mut bytes);
                read.map_or_else(|_| "".into(), |()| String::from_utf8_lossy(&bytes).into())
            }
        }
    }

    /// The bytes of a file as they are now, by its path relative to the root.
    ///
    /// # Errors
    /// When it can't be read.
    pub fn bytes(&self, path: &str, into: &mut Vec<u8>) -> std::io::Result<()> {
        use std::io::Read;
        std::fs::File::open(self.root.join(path))?.read_to_end(into).map(|_| ())
    }
}

impl Content {
    fn leads(&self) -> Option<Arc<str>> {
        if let Self::Attachment { leads, .. } = self { leads.clone() } else { None }
    }
}

impl SourceFile {
    /// A number that differs where the file was written again; none where it may be without a trace.
    pub fn stamp_fingerprint(&self) -> Option<u64> {
        Some(fingerprint(&self.stamp?))
    }

    /// Keeps its text no longer, if it is one from a folder, where it can be read again.
    pub fn unload(&mut self) {
        if matches!(self.content, Content::Text(_)) {
            self.content = Content::Unloaded;
        }
    }

    fn is_unchanged(&self, file: &UnreadFile<'_>) -> bool {
        self.stamp.is_some() && self.stamp == file.stamp && !matches!(self.content, Content::Unreadable(_))
    }
}

#[derive(Debug)]
struct Entry {
    path: Arc<str>,
    size: u64,
    stamp: Option<FileStamp>,
    /// Where it lies in truth, where a link leads there: a path relative to the site's root.
    leads: Option<Arc<str>>,
    /// Why it isn't read.
    shut: Option<SkipReason>,
    /// The text in place of the saved one.
    open: Option<Arc<str>>,
}

impl Entry {
    fn shut(path: Arc<str>, shut: SkipReason) -> Self {
        Self { path, size: 0, stamp: None, leads: None, shut: Some(shut), open: None }
    }

    /// Takes note of its size, and of how it stands where the file system `tells` of changes.
    fn weigh(&mut self, file: &Metadata, tells: bool) {
        (self.size, self.stamp) = (file.len(), FileStamp::of(file).filter(|_| tells));
        let is_read_as_text = is_text(&self.path) && !self.path.starts_with("themes/");
        if !is_read_as_text && self.size > gate::limit(&self.path) {
            self.shut = Some(SkipReason::Barred(Barred::TooLarge));
        }
    }
}

/// Why a file isn't read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SkipReason {
    /// It is a link to what may not be published, or no file.
    Barred(Barred),
    /// Its name is no UTF-8 text; its path is as near as text comes.
    Unnamed,
}

/// Whether there is something of a name, even a link that leads nowhere.
fn exists(path: &Utf8Path) -> Result<bool, SourceError> {
    match path.symlink_metadata() {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(source) => Err(unreadable(path)(source)),
    }
}

fn metadata(path: &Utf8Path) -> Result<Metadata, SourceError> {
    path.metadata().map_err(unreadable(path))
}

/// What is said of a file that the system doesn't give.
fn unreadable(path: &Utf8Path) -> impl Fn(std::io::Error) -> SourceError {
    move |source| SourceError::Unreadable { path: path.to_string(), source }
}

/// Adds the file of a name, or every file in its folder, before it is asked how large they are and when they were written.
fn walk(root: &Utf8Path, canonical: &Utf8Path, name: &str, entries: &mut Vec<Entry>) -> Result<(), SourceError> {
    let mut walk = WalkDir::new(root.join(name)).follow_links(true).into_iter();
    // The folders that are links: what lies in them lies elsewhere.
    let mut linked: Vec<Utf8PathBuf> = Vec::new();
    while let Some(entry) = walk.next() {
        let entry = match entry {
            Ok(entry) => entry,
            // An editor's lock is a link that leads nowhere.
            Err(error) if error.path().and_then(Utf8Path::from_path).is_some_and(is_of_tools) => continue,
            Err(error) => {
                entries.push(lost(root, name, error)?);
                continue;
            }
        };
        let Some(path) = Utf8Path::from_path(entry.path()) else {
            let below = entry.path().strip_prefix(root).unwrap_or(entry.path());
            entries.push(Entry::shut(below.to_string_lossy().as_ref().into(), SkipReason::Unnamed));
            if entry.file_type().is_dir() {
                walk.skip_current_dir();
            }
            continue;
        };
        let relative = path.strip_prefix(root).unwrap_or(path);
        let is_dir = entry.file_type().is_dir();
        let is_linked = entry.path_is_symlink() || linked.iter().any(|folder| relative.starts_with(folder));
        let leads = if is_linked { leads(canonical, path, relative).map(Some) } else { Ok(None) };
        if is_dir && (is_of_tools(relative) || leads.is_err()) {
            walk.skip_current_dir();
        }
        if is_of_tools(relative) {
            continue;
        }
        // Elsewhere a backslash is a letter of the name.
        let below = if cfg!(windows) { relative.as_str().replace('\\', "/").into() } else { relative.as_str().into() };
        match leads {
            Err(barred) => entries.push(Entry::shut(below, SkipReason::Barred(barred))),
            Ok(_) if is_dir && entry.path_is_symlink() => linked.push(relative.to_owned()),
            Ok(_) if is_dir => {}
            Ok(_) if !entry.file_type().is_file() => {
                entries.push(Entry::shut(below, SkipReason::Barred(Barred::NoFile)));
            }
            Ok(leads) => entries.push(Entry { path: below, size: 0, stamp: None, leads, shut: None, open: None }),
        }
    }
    Ok(())
}

/// A link that can't be followed.
///
/// # Errors
/// Where something else stands in the way.
fn lost(root: &Utf8Path, name: &str, error: walkdir::Error) -> Result<Entry, SourceError> {
    let path = error
        .path()
        .and_then(Utf8Path::from_path)
        .map_or_else(|| root.join(name), Utf8Path::to_owned);
    let is_loop = error.loop_ancestor().is_some();
    let source = error.into_io_error();
    let is_link = path.symlink_metadata().is_ok_and(|file| file.is_symlink());
    let barred = match &source {
        _ if is_loop => Barred::Loop,
        Some(source) if is_link && source.kind() != std::io::ErrorKind::PermissionDenied => gate::lost(&path, source),
        _ => return Err(unreadable(&path)(source.unwrap_or_else(|| std::io::ErrorKind::Other.into()))),
    };
    let relative = path.strip_prefix(root).unwrap_or(&path);
    Ok(Entry::shut(relative.as_str().into(), SkipReason::Barred(barred)))
}

/// Where a link leads, or a file in a folder that is one: a path relative to the site's folder.
///
/// # Errors
/// When what is there may not be published. A sheet may be one that lies elsewhere, and so may `site.toml`; what programs
/// leave is told when it is parsed.
fn leads(canonical: &Utf8Path, path: &Utf8Path, relative: &Utf8Path) -> Result<Arc<str>, Barred> {
    let target = path.canonicalize_utf8().map_err(|error| gate::lost(path, &error))?;
    let below = target.strip_prefix(canonical).map_err(|_| Barred::Outside)?;
    let is_sheet = relative.starts_with("content") && is_text(relative.as_str());
    match gate::judge(below) {
        Err(Barred::Hidden) if is_leftover(relative.file_name().unwrap_or_default()) => {}
        Err(Barred::Unpublished) if is_sheet => {}
        Err(Barred::Outside) if relative == SITE_FILE => {}
        judged => judged?,
    }
    Ok(below.as_str().into())
}

/// Whether a name is one that editors and systems give to files of their own.
fn is_of_tools(path: &Utf8Path) -> bool {
    path.file_name().is_some_and(|name| name.starts_with('.') || name.ends_with('~'))
}

/// Reads a file; where it is opened for that, says how it `stood` when it had been read.
fn load(
    root: &Utf8Path,
    id: FileId,
    entry: &Entry,
    stood: &mut Option<FileStamp>,
) -> Result<(Content, Option<Diagnostic>), SourceError> {
    let full = root.join(entry.path.as_ref());
    if entry.shut == Some(SkipReason::Unnamed) {
        let problem = Diagnostic::new(Code::UnfitName, id, Place::File).with("case", "bytes");
        return Ok((Content::Unloaded, Some(problem)));
    }
    if let Some(SkipReason::Barred(barred)) = entry.shut {
        let target = match barred {
            Barred::TooLarge => format!("{} MB", gate::limit(&entry.path) >> 20),
            _ => full.canonicalize_utf8().map_or_else(|_| String::new(), |target| target.to_string()),
        };
        let problem = Diagnostic::new(Code::BarredFile, id, Place::File).with("case", barred.case());
        return Ok((Content::Unreadable("".into()), Some(problem.with("target", target))));
    }
    let theme = entry.path.starts_with("themes/");
    if !theme && !is_text(&entry.path) {
        let pixels = if is_picture(&entry.path) { pixels(&full, stood)? } else { None };
        let (size, problem) =
            if is_drawing(&entry.path) { drawing(&full, id, entry.size)? } else { (entry.size, None) };
        return Ok((Content::Attachment { size, pixels, leads: entry.leads.clone() }, problem));
    }
    if !theme && entry.size > TEXT_LIMIT {
        let problem = Diagnostic::new(Code::TooLarge, id, Place::File)
            .with("size", kilobytes(entry.size))
            .with("limit", kilobytes(TEXT_LIMIT));
        return Ok((Content::Unreadable("".into()), Some(problem)));
    }
    if let Some(text) = &entry.open {
        let content = if theme { Content::Theme(text.as_bytes().into()) } else { Content::Text(text.clone()) };
        return Ok((content, None));
    }
    let bytes;
    (bytes, *stood) = read_all(&full, entry.size).map_err(unreadable(&full))?;
    if theme {
        return Ok((Content::Theme(bytes.into()), None));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok((Content::Text(text.into()), None)),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let bytes = error.as_bytes();
            let line = bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
            let problem = Diagnostic::new(Code::NotUtf8, id, at..at + '\u{fffd}'.len_utf8())
                .with("byte", format!("{:02X}", bytes[at]))
                .with("line", line.to_string())
                .meant(windows_1252(bytes));
            Ok((Content::Unreadable(String::from_utf8_lossy(bytes).as_ref().into()), Some(problem)))
        }
    }
}

/// How many bytes of a drawing are published, and why none can be.
fn drawing(path: &Utf8Path, id: FileId, size: u64) -> Result<(u64, Option<Diagnostic>), SourceError> {
    let (bytes, _) = read_all(path, size).map_err(unreadable(path))?;
    let mut cleaned = Vec::new();
    let is_sound = clean(&bytes, &mut cleaned).is_ok();
    Ok((cleaned.len() as u64, (!is_sound).then(|| Diagnostic::new(Code::BadDrawing, id, Place::File))))
}

/// The text that old programs of Western offices saved in Windows-1252 (WHATWG Encoding Standard, §9), where every byte
/// beyond ASCII is one that Italian or German is written with: anything else may be another encoding, or two in one file.
fn windows_1252(bytes: &[u8]) -> Option<String> {
    const LETTERS: &str = "àèéìíîòóùúÀÈÉÌÍÎÒÓÙÚäöüßÄÖÜ";
    const SIGNS: &str = "€‘’‚“”„«»–—…•·°ªº§\u{a0}";
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes);
    let mut others = text.chars().filter(|c| !c.is_ascii());
    let is_known = others.clone().all(|c| LETTERS.contains(c) || SIGNS.contains(c));
    (is_known && others.any(|c| LETTERS.contains(c))).then(|| text.into_owned())
}

/// Reads a file that had so many bytes, for which the system isn't asked again, and says how it stood then.
fn read_all(path: &Utf8Path, size: u64) -> std::io::Result<(Vec<u8>, Option<FileStamp>)> {
    use std::io::Read;
    let file = std::fs::File::open(path)?;
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(usize::try_from(size).unwrap_or_default().saturating_add(1))?;
    (&file).take(u64::MAX).read_to_end(&mut bytes)?;
    Ok((bytes, FileStamp::of(&file.metadata()?)))
}

fn pixels(path: &Utf8Path, stood: &mut Option<FileStamp>) -> Result<Option<Pixels>, SourceError> {
    let file = std::fs::File::open(path).map_err(unreadable(path))?;
    let pixels = picture::pixels(path.as_str(), BufReader::new(&file));
    *stood = FileStamp::of(&file.metadata().map_err(unreadable(path))?);
    Ok(pixels)
}

fn kilobytes(bytes: u64) -> String {
    format!("{} KB", bytes.div_ceil(1024))
}

/// Whether a path is one that a text of a site can have.
fn is_of_site(path: &str) -> bool {
    let folder = path.split_once('/').map(|(folder, _)| folder);
    let lies = path == SITE_FILE || folder.is_some_and(|folder| FOLDERS.contains(&folder));
    let own = path.split('/').all(|part| !part.is_empty() && !is_of_tools(Utf8Path::new(part)));
    lies && own && (is_text(path) || folder == Some("themes"))
}

fn is_text(path: &str) -> bool {
    if is_leftover(path.rsplit('/').next().unwrap_or_default()) {
        return false;
    }
    let extension = path.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    matches!(extension.as_deref(), Some("md" | "yaml" | "yml" | "toml"))
}
