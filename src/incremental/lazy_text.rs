//! Texts that lie in a file until somebody reads them: the descriptions of a large site are more than all else that is known
//! of it, and each is read for moments.
//!
//! The file stays open, and is never written to again: it may have lost its name meanwhile. If a text is another all the
//! same, since the disk loses or damages it, that is told, and nothing that was made since may be published.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::incremental::fingerprint;

/// Why a text of one of many shelves couldn't be read, for all who hold a copy of it.
#[derive(Clone, Debug, Default)]
pub struct ReadFailure(Arc<Mutex<Option<io::Error>>>);

impl ReadFailure {
    /// Whether a text couldn't be read.
    pub fn is_there(&self) -> bool {
        self.told().is_some()
    }

    /// Why a text couldn't be read since the last time that this was asked; none where all that were read are whole.
    pub fn take(&self) -> Option<io::Error> {
        self.told().take()
    }

    fn told(&self) -> MutexGuard<'_, Option<io::Error>> {
        lock(&self.0)
    }
}

/// A file with texts.
#[derive(Debug)]
pub struct TextFile {
    file: Mutex<File>,
    /// Where the texts begin.
    start: u64,
    trouble: ReadFailure,
}

impl TextFile {
    /// The texts of a file from that byte on; should one be lost, that is told.
    pub fn of(file: File, start: u64, trouble: ReadFailure) -> Self {
        Self { file: Mutex::new(file), start, trouble }
    }

    /// The text of so many bytes, and with that [fingerprint], that begins at that byte of them.
    pub fn text(self: &Arc<Self>, from: u64, length: u32, fingerprint: u64) -> LazyText {
        LazyText { shelf: self.clone(), from: self.start + from, length, fingerprint }
    }
}

/// A text on a shelf. A copy is the same text.
#[derive(Clone, Debug)]
pub struct LazyText {
    shelf: Arc<TextFile>,
    from: u64,
    length: u32,
    fingerprint: u64,
}

impl LazyText {
    /// The text; the empty one where it is lost, which is then [told](ReadFailure).
    pub fn read(&self) -> String {
        self.text().unwrap_or_else(|error| {
            self.shelf.trouble.told().get_or_insert(error);
            String::new()
        })
    }

    fn text(&self) -> io::Result<String> {
        let mut text = String::with_capacity(self.length as usize);
        let mut file = lock(&self.shelf.file);
        file.seek(SeekFrom::Start(self.from))?;
        Read::by_ref(&mut *file).take(self.length.into()).read_to_string(&mut text)?;
        if fingerprint(text.as_str()) == self.fingerprint { Ok(text) } else { Err(io::ErrorKind::InvalidData.into()) }
    }
}

/// What is behind a lock is sound whoever failed with it in hand: where a file is read is said anew each time.
fn lock<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn shelf(texts: &[&str]) -> (Arc<TextFile>, Vec<LazyText>, ReadFailure) {
        let mut file = tempfile::tempfile().expect("a file");
        let trouble = ReadFailure::default();
        texts.iter().for_each(|text| file.write_all(text.as_bytes()).expect("there is room"));
        let shelf = Arc::new(TextFile::of(file, 0, trouble.clone()));
        let mut from = 0;
        let place = |text: &&str| {
            from += text.len() as u64;
            shelf.text(from - text.len() as u64, u32::try_from(text.len()).expect("short"), fingerprint(*text))
        };
        let shelved = texts.iter().map(place).collect();
        (shelf, shelved, trouble)
    }

    #[test]
    fn texts_are_read_as_they_were_put_in_any_order_and_by_many() {
        let texts: Vec<String> = (0..200).map(|i| "perché no? ".repeat(i % 17)).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let (_, shelved, trouble) = shelf(&texts);
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
        assert!(!trouble.is_there());
    }

    #[test]
    fn a_text_that_is_lost_or_damaged_is_told_of_once() {
        let (shelf, shelved, trouble) = shelf(&["uno", "due", "tre"]);
        let mut file = lock(&shelf.file);
        file.set_len(8).and_then(|()| file.seek(SeekFrom::Start(3))).expect("it can be cut short");
        file.write_all(b"tue").expect("there is room");
        drop(file);
        assert_eq!(shelved[0].read(), "uno");
        assert!(!trouble.is_there());
        for lost in &shelved[1..] {
            assert_eq!(lost.read(), "");
            assert!(trouble.is_there());
            assert_eq!(trouble.take().expect("it is told").kind(), io::ErrorKind::InvalidData);
            assert!(trouble.take().is_none());
        }
    }
}
