//! Where the time of a build goes.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use serde::Serialize;

use crate::incremental::query;
use crate::output::{Cause, MakeError, OutputFile};

/// How many of the slowest files are named.
const SLOWEST: usize = 10;

/// A watch that may be held by many threads. One that isn't [wanted](Self::wanted) measures nothing and costs nothing.
#[derive(Debug, Default)]
pub struct Timings {
    wanted: bool,
    taken: Mutex<Measurements>,
}

/// What was measured, all times in seconds.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Measurements {
    /// The stages in their order, each as long as somebody who waits for the build waits for it.
    pub stages: Vec<Stage>,
    /// What files were made by: a page's template or an export. Times are those of all threads together.
    pub makers: BTreeMap<String, Maker>,
    /// The files that took longest to make, slowest first.
    pub slowest: Vec<SlowFile>,
}

/// A stage of the build.
#[derive(Clone, Debug, Serialize)]
pub struct Stage {
    /// Its name.
    pub name: &'static str,
    /// How long it took.
    pub seconds: f64,
}

/// What makes files.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Maker {
    /// How many it made.
    pub files: usize,
    /// Their bytes.
    pub bytes: usize,
    /// How long it took.
    pub seconds: f64,
    /// How many facts of the site one of them read at the most: as many as the site has records where one reads the
    /// whole site, and then it is made again after every change.
    pub facts: usize,
}

/// A file that took long.
#[derive(Clone, Debug, Serialize)]
pub struct SlowFile {
    /// Its path in the published folder.
    pub path: String,
    /// How long it took to make.
    pub seconds: f64,
}

impl Timings {
    /// A watch that measures.
    pub fn wanted() -> Self {
        Self { wanted: true, ..Self::default() }
    }

    /// Does the work of a stage.
    pub fn stage<T>(&self, name: &'static str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let made = work();
        if self.wanted {
            self.taken().stages.push(Stage { name, seconds: start.elapsed().as_secs_f64() });
        }
        made
    }

    /// Whether anything is measured.
    pub fn is_wanted(&self) -> bool {
        self.wanted
    }

    /// The same file; how long it takes to make is measured.
    pub fn of<'a>(&'a self, file: OutputFile<'a>) -> OutputFile<'a> {
        let path = file.path().clone();
        if file.is_in_pieces() {
            OutputFile::in_pieces(path, move |out| {
                self.measure(&file, || {
                    let mut counted = CountingWriter { out, bytes: 0 };
                    (file.write(&mut counted), counted.bytes)
                })
            })
        } else {
            OutputFile::new(path, move |bytes| self.measure(&file, || (file.make(bytes), bytes.len())))
        }
    }

    /// Makes a file, and takes note of it.
    fn measure(
        &self,
        file: &OutputFile<'_>,
        make: impl FnOnce() -> (Result<(), MakeError>, usize),
    ) -> Result<(), Cause> {
        let start = Instant::now();
        let ((made, bytes), read) = query::traced(make);
        let seconds = start.elapsed().as_secs_f64();
        let mut taken = self.taken();
        if !taken.makers.contains_key(file.maker()) {
            taken.makers.insert(file.maker().to_owned(), Maker::default());
        }
        if let Some(known) = taken.makers.get_mut(file.maker()) {
            known.files += 1;
            known.bytes += bytes;
            known.seconds += seconds;
            known.facts = known.facts.max(read.len());
        }
        if taken.slowest.len() < SLOWEST || taken.slowest.last().is_some_and(|last| last.seconds < seconds) {
            let place = taken.slowest.partition_point(|slow| slow.seconds >= seconds);
            taken.slowest.insert(place, SlowFile { path: file.path().to_string(), seconds });
            taken.slowest.truncate(SLOWEST);
        }
        drop(taken);
        read.into_iter().for_each(query::trace);
        made.map_err(|error| error.source)
    }

    /// What was measured.
    pub fn into_taken(self) -> Measurements {
        self.taken.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn taken(&self) -> MutexGuard<'_, Measurements> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Counts the bytes that it passes on.
struct CountingWriter<'o> {
    out: &'o mut dyn Write,
    bytes: usize,
}

impl Write for CountingWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.bytes += written;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
