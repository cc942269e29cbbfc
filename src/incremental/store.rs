//! Data of a site that is kept from one run to the next, in a folder beside its sources: bytes by their names, some with
//! texts that are read one by one.
//!
//! Nothing of it is ever needed or trusted: the folder may be deleted at any time, data that is damaged or of another
//! program counts as missing, and where nothing can be written nothing is kept. A damaged text is noticed when it is read,
//! and [reported](Store::read_failure) then. The folder is no part of the published site, since it holds drafts and names
//! that no page shows.

#![expect(clippy::disallowed_methods, reason = "store is the only reader and writer of what it keeps")]

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};

use camino::{Utf8Path, Utf8PathBuf};

use crate::incremental::file_stamp::FileStamp;
use crate::incremental::fingerprint;
use crate::incremental::lazy_text::{ReadFailure, TextFile};
use crate::regular_file;

/// Name of the folder. No source has such a name: names that begin with a dot are for tools.
pub const FOLDER: &str = ".vetro";

/// Files that tell other tools to ignore the folder: version control (`gitignore(5)`) and backups
/// (Cache Directory Tagging Specification).
const MARKERS: [(&str, &str); 2] =
    [(".gitignore", "*\n"), ("CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55\n")];

/// The folder of a site; the default one keeps nothing.
#[derive(Clone, Debug, Default)]
pub struct Store(Option<StoreFolder>);

#[derive(Clone, Debug)]
struct StoreFolder {
    path: Utf8PathBuf,
    /// Stamp of this program: data of another one is not used.
    program: FileStamp,
    failure: ReadFailure,
}

impl Store {
    /// The store of the site in `root`.
    pub fn of(root: &Utf8Path) -> Self {
        let folder = |program| StoreFolder { path: root.join(FOLDER), program, failure: ReadFailure::default() };
        Self(FileStamp::of_program().map(folder))
    }

    /// The bytes that were kept under a name.
    pub fn recall(&self, name: &str) -> Option<Vec<u8>> {
        Some(self.0.as_ref()?.recall(name).ok()??.0)
    }

    /// Variant of [`recall`](Self::recall) that also gives the texts that were kept beside the bytes.
    pub(crate) fn recall_with_texts(&self, name: &str) -> Option<(Vec<u8>, TextFile)> {
        let folder = self.0.as_ref()?;
        let (bytes, file) = folder.recall(name).ok()??;
        let texts = folder.texts(file, &bytes);
        Some((bytes, texts))
    }

    /// Keeps bytes under a name, completely or not at all, in place of those kept before.
    pub(crate) fn keep(&self, name: &str, bytes: &[u8]) {
        // A site that keeps nothing is as good a site.
        let _ = self.keep_with_texts(name, bytes, &[]);
    }

    /// Variant of [`keep`](Self::keep) that also keeps texts. Returns the texts, or `None` if they can't be kept.
    pub(crate) fn keep_with_texts(&self, name: &str, bytes: &[u8], texts: &[u8]) -> Option<TextFile> {
        let folder = self.0.as_ref()?;
        let file = folder.keep(name, bytes, texts).ok()?;
        Some(folder.texts(file, bytes))
    }

    /// Takes the reason why a text that was kept or recalled couldn't be read.
    pub fn read_failure(&self) -> Option<io::Error> {
        self.0.as_ref()?.failure.take()
    }

    /// True if there is such a reason.
    pub(crate) fn has_read_failure(&self) -> bool {
        self.0.as_ref().is_some_and(|folder| folder.failure.is_set())
    }

    /// Deletes everything that was kept.
    pub(crate) fn clear(&self) {
        if let Some(folder) = self.0.as_ref().filter(|folder| folder.is_ours()) {
            let _ = fs::remove_dir_all(&folder.path);
        }
    }

    /// Deletes the data under names that begin with `prefix`, except those in `used`; also files that an interrupt left
    /// incomplete.
    pub(crate) fn forget(&self, prefix: &str, used: &HashSet<String>) {
        let folder = self.0.as_ref().filter(|folder| folder.is_ours());
        let Some(entries) = folder.and_then(|folder| folder.path.read_dir_utf8().ok()) else { return };
        for entry in entries.flatten() {
            let name = entry.file_name();
            if name.starts_with(prefix) && !used.contains(name) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// Fingerprints of the texts in which no problem was found: they need no other check as long as the `context` that they are
/// checked against is equal.
#[derive(Debug)]
pub(crate) struct CleanTexts<'s> {
    store: &'s Store,
    name: &'static str,
    context: u64,
    texts: HashSet<u64>,
}

impl<'s> CleanTexts<'s> {
    /// Recalls the texts under a name. There are none if they were checked against something else.
    pub(crate) fn recall(store: &'s Store, name: &'static str, context: u64) -> Self {
        let kept = store
            .recall(name)
            .and_then(|bytes| postcard::from_bytes::<(u64, HashSet<u64>)>(&bytes).ok());
        let texts = kept.filter(|(then, _)| *then == context).map(|(_, texts)| texts).unwrap_or_default();
        Self { store, name, context, texts }
    }

    /// True if a text is one of them.
    pub(crate) fn has(&self, fingerprint: u64) -> bool {
        self.texts.contains(&fingerprint)
    }

    /// Keeps other texts in their place.
    pub(crate) fn keep(self, texts: &HashSet<u64>) {
        if *texts != self.texts
            && let Ok(bytes) = postcard::to_stdvec(&(self.context, texts))
        {
            self.store.keep(self.name, &bytes);
        }
    }
}

impl StoreFolder {
    /// Writes a file: first the bytes, then the texts, then the [trailer](Self::trailer). Each text is checked when it is
    /// read.
    fn keep(&self, name: &str, bytes: &[u8], texts: &[u8]) -> io::Result<File> {
        self.create()?;
        let mut file = tempfile::Builder::new().prefix(name).tempfile_in(&self.path)?;
        let trailer = self.trailer(bytes, texts.len() as u64);
        [bytes, texts, trailer.as_flattened()].iter().try_for_each(|part| file.write_all(part))?;
        Ok(file.persist(self.path.join(name))?)
    }

    /// The bytes, and the file, in which the texts follow them. Returns `None` if the file isn't as it was written.
    fn recall(&self, name: &str) -> io::Result<Option<(Vec<u8>, File)>> {
        let mut file = regular_file::open(&self.path.join(name))?;
        let mut trailer = [[0; 8]; 2];
        let Some(body) = file.metadata()?.len().checked_sub(size_of_val(&trailer) as u64) else { return Ok(None) };
        file.seek(SeekFrom::Start(body))?;
        file.read_exact(trailer.as_flattened_mut())?;
        let length = u64::from_le_bytes(trailer[0]);
        let Some(texts) = body.checked_sub(length).filter(|_| length <= regular_file::LIMIT) else { return Ok(None) };
        file.rewind()?;
        let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
        Read::by_ref(&mut file).take(length).read_to_end(&mut bytes)?;
        Ok((trailer == self.trailer(&bytes, texts)).then_some((bytes, file)))
    }

    /// Number of bytes before the texts, and fingerprint of everything but the texts.
    fn trailer(&self, bytes: &[u8], texts: u64) -> [[u8; 8]; 2] {
        [bytes.len() as u64, fingerprint(&(self.program, bytes, texts))].map(u64::to_le_bytes)
    }

    fn texts(&self, file: File, bytes: &[u8]) -> TextFile {
        TextFile::of(file, bytes.len() as u64, self.failure.clone())
    }

    /// True if the folder is a real folder and not a link, which may lead anywhere.
    fn is_ours(&self) -> bool {
        self.path.symlink_metadata().is_ok_and(|metadata| metadata.is_dir())
    }

    fn create(&self) -> io::Result<()> {
        if self.is_ours() {
            return Ok(());
        }
        match fs::create_dir(&self.path) {
            // Another thread was faster.
            Err(_) if self.is_ours() => {}
            created => created?,
        }
        MARKERS.iter().try_for_each(|(name, text)| fs::write(self.path.join(name), text))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn root() -> (tempfile::TempDir, Utf8PathBuf) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = Utf8PathBuf::try_from(folder.path().to_owned()).expect("UTF-8");
        (folder, path)
    }

    #[test]
    fn kept_data_is_recalled_until_it_is_forgotten() {
        let (_kept, root) = root();
        let store = Store::of(&root);
        assert_eq!(store.recall("uno"), None);
        store.keep("uno", b"prima");
        store.keep("uno", b"dopo");
        store.keep("due", b"");
        assert_eq!(Store::of(&root).recall("uno").as_deref(), Some(&b"dopo"[..]));
        assert_eq!(store.recall("due").as_deref(), Some(&b""[..]));
        fs::write(root.join(FOLDER).join("uno-half"), "par").expect("a file that an interrupt leaves");
        store.forget("u", &HashSet::new());
        store.forget("d", &HashSet::from(["due".to_owned()]));
        assert_eq!((store.recall("uno"), store.recall("due").is_some()), (None, true));
        let mut remaining: Vec<_> = root.join(FOLDER).read_dir_utf8().expect("the folder").flatten().collect();
        remaining.sort_by_key(|entry| entry.file_name().to_owned());
        assert_eq!(
            remaining.iter().map(camino::Utf8DirEntry::file_name).collect::<Vec<_>>(),
            [".gitignore", "CACHEDIR.TAG", "due"]
        );
    }

    #[test]
    fn data_that_threads_keep_at_once_in_a_new_folder_are_all_kept() {
        for _ in 0..20 {
            let (_kept, root) = root();
            let store = Store::of(&root);
            let names = ["uno", "due", "tre", "quattro"];
            let start = std::sync::Barrier::new(names.len());
            std::thread::scope(|threads| {
                for name in names {
                    let (store, start) = (&store, &start);
                    threads.spawn(move || {
                        start.wait();
                        store.keep(name, b"parole");
                    });
                }
            });
            assert!(names.iter().all(|name| store.recall(name).is_some()));
        }
    }

    #[test]
    fn data_that_is_damaged_or_cut_short_or_of_another_program_counts_as_missing() {
        let (_kept, root) = root();
        let store = Store::of(&root);
        store.keep_with_texts("uno", b"parole", b"testo").expect("it is kept");
        let read = || {
            let (_, texts) = store.recall_with_texts("uno")?;
            Some(Arc::new(texts).text(0, 5, fingerprint("testo")).read()).filter(|text| !text.is_empty())
        };
        let place = root.join(FOLDER).join("uno");
        let intact = fs::read(&place).expect("it is kept");
        for at in 0..intact.len() {
            for bit in 0..8 {
                let mut damaged = intact.clone();
                damaged[at] ^= 1 << bit;
                fs::write(&place, damaged).expect("it can be written");
                assert_eq!(read(), None, "{at}, {bit}");
            }
            fs::write(&place, &intact[..at]).expect("it can be written");
            assert_eq!(store.recall("uno"), None, "{at}");
        }
        fs::write(&place, &intact).expect("it can be written");
        assert_eq!(read().as_deref(), Some("testo"));
        let other = FileStamp::of(&fs::metadata(&place).expect("a file")).expect("a file has a time");
        let others = Store(store.0.map(|folder| StoreFolder { program: other, ..folder }));
        assert_eq!(others.recall("uno"), None);
    }

    #[test]
    fn texts_are_read_one_by_one_even_when_others_were_kept_under_their_name() {
        let (_kept, root) = root();
        let store = Store::of(&root);
        let texts: String = (0..30_000).map(|i| format!("{i:06}")).collect();
        let kept = store.keep_with_texts("uno", b"numeri", texts.as_bytes()).expect("it is kept");
        let (bytes, recalled) = Store::of(&root).recall_with_texts("uno").expect("it is kept");
        assert_eq!(bytes, b"numeri");
        store.keep_with_texts("uno", b"altro", &[b'x'; 200_000]).expect("it is kept");
        for file in [kept, recalled].map(Arc::new) {
            let read = |text: &str| file.text(6 * text.parse::<u64>().expect("a number"), 6, fingerprint(text)).read();
            ["000000", "029999", "000017"].iter().for_each(|text| assert_eq!(read(text), *text));
        }
        assert!(store.read_failure().is_none());
    }

    #[test]
    fn nothing_is_kept_where_nothing_can_be_written() {
        let (_kept, root) = root();
        Store::default().keep("uno", b"parole");
        fs::write(root.join(FOLDER), "di qualcuno").expect("a file in its place");
        let store = Store::of(&root);
        store.keep("uno", b"parole");
        assert_eq!(store.recall("uno"), None);
        assert_eq!(fs::read_to_string(root.join(FOLDER)).expect("the file"), "di qualcuno");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_place_of_the_folder_is_not_followed() {
        let (_kept, root) = root();
        fs::create_dir(root.join("altrove")).expect("a folder");
        std::os::unix::fs::symlink("altrove", root.join(FOLDER)).expect("a link");
        fs::write(root.join("altrove/uno"), "di qualcuno").expect("a file of somebody");
        let store = Store::of(&root);
        store.keep("due", b"parole");
        store.forget("uno", &HashSet::new());
        assert_eq!(fs::read_dir(root.join("altrove")).expect("the folder").count(), 1);
        assert!(root.join("altrove/uno").exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_in_place_of_kept_data_counts_as_missing() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = Utf8Path::from_path(folder.path()).expect("UTF-8");
        let store = Store::of(root);
        store.keep("a", b"b");
        let path = root.join(FOLDER).join("a");
        fs::remove_file(&path).expect("it was kept");
        let made = std::process::Command::new("mkfifo").arg(&path).status().expect("the system has pipes");
        assert!(made.success());
        assert_eq!(store.recall("a"), None);
    }
}
