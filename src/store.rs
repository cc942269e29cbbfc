//! What is kept of a site from one run to the next, in a folder beside its sources: bytes by their names.
//!
//! Nothing of it is ever needed or trusted: the folder may be deleted at any time, what is damaged or of another program is
//! as good as none, and where nothing can be written nothing is kept. It is no part of what is published, since it holds
//! drafts and names that no page shows.

#![expect(clippy::disallowed_methods, reason = "store is the only reader and writer of what it keeps")]

use std::collections::HashSet;
use std::fs;
use std::io::{self, Write};

use camino::{Utf8Path, Utf8PathBuf};

use crate::reads::imprint;
use crate::shelf::Shelf;
use crate::stamp::Stamp;

/// The name of the folder. Sources with such names are the tools', so it is none of them.
pub const FOLDER: &str = ".vetro";

/// What tells other tools to leave the folder alone: version control (`gitignore(5)`) and backups
/// (Cache Directory Tagging Specification).
const MARKS: [(&str, &str); 2] =
    [(".gitignore", "*\n"), ("CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55\n")];

/// The folder of a site; the default one keeps nothing.
#[derive(Clone, Debug, Default)]
pub struct Store(Option<Place>);

#[derive(Clone, Debug)]
struct Place {
    folder: Utf8PathBuf,
    /// Whatever another program kept is not for this one.
    program: Stamp,
}

impl Store {
    /// The one of the site in `root`.
    pub fn of(root: &Utf8Path) -> Self {
        Self(Stamp::of_program().map(|program| Place { folder: root.join(FOLDER), program }))
    }

    /// What was kept under a name.
    pub fn recall(&self, name: &str) -> Option<Vec<u8>> {
        let place = self.0.as_ref()?;
        let mut bytes = fs::read(place.folder.join(name)).ok()?;
        let (body, then) = bytes.split_last_chunk()?;
        if imprint(&(place.program, body)) != u64::from_le_bytes(*then) {
            return None;
        }
        bytes.truncate(body.len());
        Some(bytes)
    }

    /// Keeps bytes under a name, whole or not at all, in place of those kept before.
    pub fn keep(&self, name: &str, bytes: &[u8]) {
        // A site that keeps nothing is as good a site.
        let _ = self.0.as_ref().map(|place| place.keep(name, bytes));
    }

    /// A shelf on the disk of the folder; none where nothing can be kept.
    pub fn shelf(&self) -> Option<Shelf> {
        let place = self.0.as_ref()?;
        place.open().ok()?;
        Shelf::on(&place.folder).ok()
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

impl Place {
    fn keep(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.open()?;
        let mut file = tempfile::Builder::new().prefix(name).tempfile_in(&self.folder)?;
        file.write_all(bytes)?;
        file.write_all(&imprint(&(self.program, bytes)).to_le_bytes())?;
        file.persist(self.folder.join(name))?;
        Ok(())
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
        store.keep("uno", b"parole");
        let place = root.join(FOLDER).join("uno");
        let sound = fs::read(&place).expect("it is kept");
        for at in 0..sound.len() {
            let mut damaged = sound.clone();
            damaged[at] ^= 1;
            for bytes in [&damaged[..], &sound[..at]] {
                fs::write(&place, bytes).expect("it can be written");
                assert_eq!(store.recall("uno"), None, "{at}");
            }
        }
        fs::write(&place, &sound).expect("it can be written");
        assert!(store.recall("uno").is_some());
        let other = Stamp::of(&fs::metadata(&place).expect("a file")).expect("a file has a time");
        let others = Store(Some(Place { folder: root.join(FOLDER), program: other }));
        assert_eq!(others.recall("uno"), None);
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
}
