//! Texts that remain in a file until they are needed: the descriptions of a large site are larger than everything else that
//! is known of it, and each is needed for moments.
//!
//! The file stays open, and is never written to again: it may have lost its name meanwhile. If a text has changed all the
//! same, since the disk lost or damaged it, a [`ReadFailure`] is set, and nothing that was made since may be published.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::incremental::fingerprint;

/// Why a text of one of many files couldn't be read. All copies share one reason.
#[derive(Clone, Debug, Default)]
pub(crate) struct ReadFailure(Arc<Mutex<Option<io::Error>>>);

impl ReadFailure {
    /// True if a text couldn't be read.
    pub(crate) fn is_set(&self) -> bool {
        lock(&self.0).is_some()
    }

    /// Takes the first reason since the last call. Returns `None` if every text since then could be read.
    pub(crate) fn take(&self) -> Option<io::Error> {
        lock(&self.0).take()
    }

    /// Sets the reason unless there is one already.
    fn set(&self, error: io::Error) {
        lock(&self.0).get_or_insert(error);
    }
}

/// A file with texts.
#[derive(Debug)]
pub(crate) struct TextFile {
    file: Mutex<File>,
    /// Offset of the first text, in bytes.
    start: u64,
    failure: ReadFailure,
}

impl TextFile {
    /// The texts of a file from that byte on; should one be lost, `failure` is set.
    pub(crate) fn of(file: File, start: u64, failure: ReadFailure) -> Self {
        Self { file: Mutex::new(file), start, failure }
    }

    /// The text of `length` bytes that begins `from` bytes after the first text, and has that [fingerprint].
    pub(crate) fn text(self: &Arc<Self>, from: u64, length: u32, fingerprint: u64) -> LazyText {
        LazyText { texts: self.clone(), from: self.start + from, length, fingerprint }
    }
}

/// A text in a file. A copy is the same text.
#[derive(Clone, Debug)]
pub(crate) struct LazyText {
    texts: Arc<TextFile>,
    from: u64,
    length: u32,
    fingerprint: u64,
}

impl LazyText {
    /// Reads the text. Returns an empty one and sets the [failure](ReadFailure) if it is lost.
    pub(crate) fn read(&self) -> String {
        self.try_read().unwrap_or_else(|error| {
            self.texts.failure.set(error);
            String::new()
        })
    }

    fn try_read(&self) -> io::Result<String> {
        let mut text = String::with_capacity(self.length as usize);
        let mut file = lock(&self.texts.file);
        file.seek(SeekFrom::Start(self.from))?;
        Read::by_ref(&mut *file).take(self.length.into()).read_to_string(&mut text)?;
        if fingerprint(text.as_str()) == self.fingerprint { Ok(text) } else { Err(io::ErrorKind::InvalidData.into()) }
    }
}

/// Locks a value, also after a thread panicked with the lock: each reader sets the position in the file anew.
fn lock<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn text_file(texts: &[&str]) -> (Arc<TextFile>, Vec<LazyText>, ReadFailure) {
        let mut file = tempfile::tempfile().expect("a file");
        let failure = ReadFailure::default();
        texts.iter().for_each(|text| file.write_all(text.as_bytes()).expect("there is room"));
        let file = Arc::new(TextFile::of(file, 0, failure.clone()));
        let mut from = 0;
        let place = |text: &&str| {
            from += text.len() as u64;
            file.text(from - text.len() as u64, u32::try_from(text.len()).expect("short"), fingerprint(*text))
        };
        let lazy = texts.iter().map(place).collect();
        (file, lazy, failure)
    }

    #[test]
    fn texts_are_read_as_they_were_written_in_any_order_and_by_many_threads() {
        let texts: Vec<String> = (0..200).map(|i| "perché no? ".repeat(i % 17)).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let (_, lazy, failure) = text_file(&texts);
        std::thread::scope(|threads| {
            for step in [1, 7, 11] {
                let (lazy, texts) = (&lazy, &texts);
                threads.spawn(move || {
                    for i in (0..200).map(|i| i * step % 200) {
                        assert_eq!(lazy[i].clone().read(), texts[i], "{i}");
                    }
                });
            }
        });
        assert!(!failure.is_set());
    }

    #[test]
    fn a_text_that_is_lost_or_damaged_is_reported_once() {
        let (texts, lazy, failure) = text_file(&["uno", "due", "tre"]);
        let mut file = lock(&texts.file);
        file.set_len(8).and_then(|()| file.seek(SeekFrom::Start(3))).expect("it can be cut short");
        file.write_all(b"tue").expect("there is room");
        drop(file);
        assert_eq!(lazy[0].read(), "uno");
        assert!(!failure.is_set());
        for lost in &lazy[1..] {
            assert_eq!(lost.read(), "");
            assert!(failure.is_set());
            assert_eq!(failure.take().expect("it is set").kind(), io::ErrorKind::InvalidData);
            assert!(failure.take().is_none());
        }
    }
}
