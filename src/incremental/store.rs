//! What is kept of a site from one run to the next, in a folder beside its sources: bytes by their names, some with texts that
//! are read one by one.
//!
//! Nothing of it is ever needed or trusted: the folder may be deleted at any time, what is damaged or of another program is
//! as good as none, and where nothing can be written nothing is kept. Whether a text is damaged shows when it is read, and is
//! [told](Store::read_failure) then. The folder is no part of what is published, since it holds drafts and names that no page
//! shows.

#![expect(clippy::disallowed_methods, reason = "store is the only reader and writer of what it keeps")]

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};

use camino::{Utf8Path, Utf8PathBuf};

use crate::incremental::file_stamp::FileStamp;
use crate::incremental::fingerprint;
use crate::incremental::lazy_text::{ReadFailure, TextFile};
use crate::regular_file;

/// The name of the folder. Sources with such names are the tools', so it is none of them.
pub const FOLDER: &str = ".vetro";

/// What tells other tools to leave the folder alone: version control (`gitignore(5)`) and backups
/// (Cache Directory Tagging Specification).
const MARKS: [(&str, &str); 2] =
    [(".gitignore", "*\n"), ("CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55\n")];

/// The folder of a site; the default one keeps nothing.
#[derive(Clone, Debug, Default)]
pub struct Store(Option<StoreFolder>);

#[derive(Clone, Debug)]
struct StoreFolder {
    folder: Utf8PathBuf,
    /// Whatever another program kept is not for this one.
    program: FileStamp,
    trouble: ReadFailure,
}

impl Store {
    /// The one of the site in `root`.
    pub fn of(root: &Utf8Path) -> Self {
        let place = |program| StoreFolder { folder: root.join(FOLDER), program, trouble: ReadFailure::default() };
        Self(FileStamp::of_program().map(place))
    }

    /// What was kept under a name.
    pub fn recall(&self, name: &str) -> Option<Vec<u8>> {
        Some(self.0.as_ref()?.recall(name).ok()??.0)
    }

    /// The same, with the texts that were kept beside it.
    pub fn recall_with_texts(&self, name: &str) -> Option<(Vec<u8>, TextFile)> {
        let place = self.0.as_ref()?;
        let (bytes, file) = place.recall(name).ok()??;
        let shelf = place.shelf(file, &bytes);
        Some((bytes, shelf))
    }

    /// Keeps bytes under a name, whole or not at all, in place of those kept before.
    pub fn keep(&self, name: &str, bytes: &[u8]) {
        // A site that keeps nothing is as good a site.
        let _ = self.keep_with_texts(name, bytes, &[]);
    }

    /// The same, with texts beside them; gives these where they are kept.
    pub fn keep_with_texts(&self, name: &str, bytes: &[u8], texts: &[u8]) -> Option<TextFile> {
        let place = self.0.as_ref()?;
        let file = place.keep(name, bytes, texts).ok()?;
        Some(place.shelf(file, bytes))
    }

    /// What stood in the way of a text that was kept, or was recalled, and is read; told once.
    pub fn read_failure(&self) -> Option<io::Error> {
        self.0.as_ref()?.trouble.take()
    }

    /// Whether there is such.
    pub fn has_read_failure(&self) -> bool {
        self.0.as_ref().is_some_and(|place| place.trouble.is_there())
    }

    /// Forgets all that was kept.
    pub fn clear(&self) {
        if let Some(place) = self.0.as_ref().filter(|place| place.is_ours()) {
            let _ = fs::remove_dir_all(&place.folder);
        }
    }

    /// Forgets what was kept under names that begin so, but for those of `held`; what an interrupt left half kept, too.
    pub fn forget(&self, beginning: &str, held: &HashSet<String>) {
        let place = self.0.as_ref().filter(|place| place.is_ours());
        let Some(entries) = place.and_then(|place| place.folder.read_dir_utf8().ok()) else { return };
        for entry in entries.flatten() {
            let name = entry.file_name();
            if name.starts_with(beginning) && !held.contains(name) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// The texts in which nothing was found, by their fingerprints: nothing is found in them again as long as what they are checked
/// against is the same.
#[derive(Debug)]
pub struct CleanTexts<'s> {
    store: &'s Store,
    name: &'static str,
    against: u64,
    known: HashSet<u64>,
}

impl<'s> CleanTexts<'s> {
    /// Those that a store knows under a name; none where they were checked against something else.
    pub fn recall(store: &'s Store, name: &'static str, against: u64) -> Self {
        let kept = store
            .recall(name)
            .and_then(|bytes| postcard::from_bytes::<(u64, HashSet<u64>)>(&bytes).ok());
        let known = kept.filter(|(then, _)| *then == against).map(|(_, known)| known).unwrap_or_default();
        Self { store, name, against, known }
    }

    /// Whether a text is one of them.
    pub fn has(&self, fingerprint: u64) -> bool {
        self.known.contains(&fingerprint)
    }

    /// Keeps these in their place.
    pub fn keep(self, sound: &HashSet<u64>) {
        if *sound != self.known
            && let Ok(bytes) = postcard::to_stdvec(&(self.against, sound))
        {
            self.store.keep(self.name, &bytes);
        }
    }
}

impl StoreFolder {
    /// The file begins with the bytes, then come the texts, then the [end](Self::end). Each text is looked at when it is read.
    fn keep(&self, name: &str, bytes: &[u8], texts: &[u8]) -> io::Result<File> {
        self.open()?;
        let mut file = tempfile::Builder::new().prefix(name).tempfile_in(&self.folder)?;
        let end = self.end(bytes, texts.len() as u64);
        [bytes, texts, end.as_flattened()].iter().try_for_each(|part| file.write_all(part))?;
        Ok(file.persist(self.folder.join(name))?)
    }

    /// The bytes, and the file, in which the texts follow them; none where it isn't what was kept.
    fn recall(&self, name: &str) -> io::Result<Option<(Vec<u8>, File)>> {
        let mut file = regular_file::open(&self.folder.join(name))?;
        let mut end = [[0; 8]; 2];
        let Some(body) = file.metadata()?.len().checked_sub(size_of_val(&end) as u64) else { return Ok(None) };
        file.seek(SeekFrom::Start(body))?;
        file.read_exact(end.as_flattened_mut())?;
        let length = u64::from_le_bytes(end[0]);
        let Some(texts) = body.checked_sub(length).filter(|_| length <= regular_file::LIMIT) else { return Ok(None) };
        file.rewind()?;
        let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
        Read::by_ref(&mut file).take(length).read_to_end(&mut bytes)?;
        Ok((end == self.end(&bytes, texts)).then_some((bytes, file)))
    }

    /// How many bytes there are before the texts, and the fingerprint of all but these.
    fn end(&self, bytes: &[u8], texts: u64) -> [[u8; 8]; 2] {
        [bytes.len() as u64, fingerprint(&(self.program, bytes, texts))].map(u64::to_le_bytes)
    }

    fn shelf(&self, file: File, bytes: &[u8]) -> TextFile {
        TextFile::of(file, bytes.len() as u64, self.trouble.clone())
    }

    /// Whether the folder is one, and no link, which may lead anywhere.
    fn is_ours(&self) -> bool {
        self.folder.symlink_metadata().is_ok_and(|folder| folder.is_dir())
    }

    fn open(&self) -> io::Result<()> {
        if self.is_ours() {
            return Ok(());
        }
        fs::create_dir(&self.folder)?;
        MARKS.iter().try_for_each(|(name, text)| fs::write(self.folder.join(name), text))
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
    fn what_is_kept_is_recalled_until_it_is_forgotten() {
        let (_kept, root) = root();
        let store = Store::of(&root);
        assert_eq!(store.recall("uno"), None);
        store.keep("uno", b"prima");
        store.keep("uno", b"dopo");
        store.keep("due", b"");
        assert_eq!(Store::of(&root).recall("uno").as_deref(), Some(&b"dopo"[..]));
        assert_eq!(store.recall("due").as_deref(), Some(&b""[..]));
        fs::write(root.join(FOLDER).join("uno-half"), "par").expect("what an interrupt leaves");
        store.forget("u", &HashSet::new());
        store.forget("d", &HashSet::from(["due".to_owned()]));
        assert_eq!((store.recall("uno"), store.recall("due").is_some()), (None, true));
        let mut left: Vec<_> = root.join(FOLDER).read_dir_utf8().expect("the folder").flatten().collect();
        left.sort_by_key(|entry| entry.file_name().to_owned());
        assert_eq!(
            left.iter().map(camino::Utf8DirEntry::file_name).collect::<Vec<_>>(),
            [".gitignore", "CACHEDIR.TAG", "due"]
        );
    }

    #[test]
    fn what_is_damaged_or_cut_short_or_of_another_program_is_as_good_as_none() {
        let (_kept, root) = root();
        let store = Store::of(&root);
        store.keep_with_texts("uno", b"parole", b"testo").expect("it is kept");
        let read = || {
            let (_, shelf) = store.recall_with_texts("uno")?;
            Some(Arc::new(shelf).text(0, 5, fingerprint("testo")).read()).filter(|text| !text.is_empty())
        };
        let place = root.join(FOLDER).join("uno");
        let sound = fs::read(&place).expect("it is kept");
        for at in 0..sound.len() {
            for bit in 0..8 {
                let mut damaged = sound.clone();
                damaged[at] ^= 1 << bit;
                fs::write(&place, damaged).expect("it can be written");
                assert_eq!(read(), None, "{at}, {bit}");
            }
            fs::write(&place, &sound[..at]).expect("it can be written");
            assert_eq!(store.recall("uno"), None, "{at}");
        }
        fs::write(&place, &sound).expect("it can be written");
        assert_eq!(read().as_deref(), Some("testo"));
        let other = FileStamp::of(&fs::metadata(&place).expect("a file")).expect("a file has a time");
        let others = Store(store.0.map(|place| StoreFolder { program: other, ..place }));
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
        for shelf in [kept, recalled].map(Arc::new) {
            let read = |text: &str| shelf.text(6 * text.parse::<u64>().expect("a number"), 6, fingerprint(text)).read();
            ["000000", "029999", "000017"].iter().for_each(|text| assert_eq!(read(text), *text));
        }
        assert!(store.read_failure().is_none());
    }

    #[test]
    fn where_nothing_can_be_kept_nothing_is() {
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
    fn a_pipe_in_place_of_what_was_kept_is_as_good_as_nothing() {
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
