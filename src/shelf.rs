//! Texts that lie in a file until somebody reads them: the descriptions of a large site are more than all else that is known
//! of it, and each is read for moments.
//!
//! The file has no name and is gone with the last of its texts. Nobody else can write to it; if the disk loses it all the
//! same, the shelf says so, and nothing that was made of its texts since may be published.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use camino::Utf8Path;

/// A file for texts.
#[derive(Debug)]
pub struct Shelf(Mutex<Kept>);

#[derive(Debug)]
struct Kept {
    file: File,
    /// Where the next text begins.
    end: u64,
    /// Why a text couldn't be read again.
    trouble: Option<io::Error>,
}

impl Shelf {
    /// An empty one, on the disk of a folder.
    ///
    /// # Errors
    /// When no file can be made there.
    pub fn on(folder: &Utf8Path) -> io::Result<Self> {
        Ok(Self(Mutex::new(Kept { file: tempfile::tempfile_in(folder)?, end: 0, trouble: None })))
    }

    /// Puts a text there; none where there is no room for it.
    pub fn put(self: &Arc<Self>, text: &str) -> Option<Shelved> {
        let mut kept = self.kept();
        let from = kept.end;
        let length = u32::try_from(text.len()).ok()?;
        kept.file.seek(SeekFrom::Start(from)).ok()?;
        kept.file.write_all(text.as_bytes()).ok()?;
        kept.end += u64::from(length);
        Some(Shelved { shelf: self.clone(), from, length })
    }

    /// Whether a text couldn't be read.
    pub fn is_lost(&self) -> bool {
        self.kept().trouble.is_some()
    }

    /// Why a text couldn't be read since the last time that this was asked; none where all that were read are whole.
    pub fn trouble(&self) -> Option<io::Error> {
        self.kept().trouble.take()
    }

    /// What is kept is sound whoever failed with it in hand: it is changed when all else is done.
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A text on a shelf. A copy is the same text.
#[derive(Clone, Debug)]
pub struct Shelved {
    shelf: Arc<Shelf>,
    from: u64,
    length: u32,
}

impl Shelved {
    /// The text; the empty one where it is lost, of which the shelf then [tells](Shelf::trouble).
    pub fn read(&self) -> String {
        let mut kept = self.shelf.kept();
        self.text(&mut kept.file).unwrap_or_else(|error| {
            kept.trouble.get_or_insert(error);
            String::new()
        })
    }

    fn text(&self, file: &mut File) -> io::Result<String> {
        let mut text = String::with_capacity(self.length as usize);
        file.seek(SeekFrom::Start(self.from))?;
        match file.take(self.length.into()).read_to_string(&mut text)? {
            read if read == self.length as usize => Ok(text),
            _ => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shelf() -> Arc<Shelf> {
        let folder = tempfile::tempdir().expect("a folder");
        let place = Utf8Path::from_path(folder.path()).expect("UTF-8");
        Arc::new(Shelf::on(place).expect("a file"))
    }

    #[test]
    fn texts_are_read_as_they_were_put_in_any_order_and_by_many() {
        let shelf = shelf();
        let texts: Vec<String> = (0..200).map(|i| "perché no? ".repeat(i % 17)).collect();
        let put = |text: &String| shelf.put(text).expect("there is room");
        let shelved: Vec<Shelved> = texts.iter().map(put).collect();
        std::thread::scope(|threads| {
            for step in [1, 7, 11] {
                let (shelved, texts) = (&shelved, &texts);
                threads.spawn(move || {
                    for i in (0..200).map(|i| i * step % 200) {
                        assert_eq!(shelved[i].clone().read(), texts[i], "{i}");
                    }
                });
            }
        });
        assert!(shelf.trouble().is_none());
    }

    #[test]
    fn a_text_that_is_lost_is_told_of_once() {
        let shelf = shelf();
        let (first, second) = (shelf.put("uno").expect("there is room"), shelf.put("due").expect("there is room"));
        shelf.kept().file.set_len(3).expect("it can be cut short");
        assert_eq!((first.read().as_str(), second.read().as_str()), ("uno", ""));
        assert!(shelf.is_lost());
        assert_eq!(shelf.trouble().expect("it is told").kind(), io::ErrorKind::UnexpectedEof);
        assert!(shelf.trouble().is_none());
    }
}
