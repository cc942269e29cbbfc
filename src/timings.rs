//! Timings of a build: by stage, by template or export, and of the slowest files.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use serde::Serialize;

use crate::incremental::query;
use crate::output::{Cause, MakeError, OutputFile};

/// Number of the slowest files that are kept.
const SLOWEST: usize = 10;

/// A stopwatch that many threads may use. One that isn't [wanted](Self::wanted) measures nothing and costs nothing.
#[derive(Debug, Default)]
pub struct Timings {
    wanted: bool,
    measured: Mutex<Measurements>,
}

/// Measured times, in seconds.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Measurements {
    /// The stages in their order, each with the time that passed on the clock.
    pub(crate) stages: Vec<Stage>,
    /// The makers of files: templates of pages and exports. Times are those of all threads together.
    pub(crate) makers: BTreeMap<String, Maker>,
    /// The files that took longest to make, slowest first.
    pub(crate) slowest: Vec<SlowFile>,
}

/// A stage of the build.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Stage {
    /// Name.
    pub(crate) name: &'static str,
    /// Time.
    pub(crate) seconds: f64,
}

/// A template or an export that makes files.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(crate) struct Maker {
    /// Number of the files that it made.
    pub(crate) files: usize,
    /// Number of their bytes.
    pub(crate) bytes: usize,
    /// Time.
    pub(crate) seconds: f64,
    /// Maximum number of queries that one of them traced: as many as the site has records if one reads the whole site, which
    /// is then made again after every change.
    pub(crate) facts: usize,
}

/// One of the slowest files.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct SlowFile {
    /// Path in the published folder.
    pub(crate) path: String,
    /// The time in which it was made.
    pub(crate) seconds: f64,
}

impl Timings {
    /// A stopwatch that measures.
    pub fn wanted() -> Self {
        Self { wanted: true, ..Self::default() }
    }

    /// Does the work of a stage, and measures it.
    pub fn stage<T>(&self, name: &'static str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let made = work();
        if self.wanted {
            self.measured().stages.push(Stage { name, seconds: start.elapsed().as_secs_f64() });
        }
        made
    }

    /// True if it measures.
    pub fn is_wanted(&self) -> bool {
        self.wanted
    }

    /// The file, measured whenever it is made.
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

    /// Makes a file, and measures it.
    fn measure(
        &self,
        file: &OutputFile<'_>,
        make: impl FnOnce() -> (Result<(), MakeError>, usize),
    ) -> Result<(), Cause> {
        let start = Instant::now();
        let ((made, bytes), queries) = query::traced(make);
        let seconds = start.elapsed().as_secs_f64();
        let mut measured = self.measured();
        if !measured.makers.contains_key(file.maker()) {
            measured.makers.insert(file.maker().to_owned(), Maker::default());
        }
        if let Some(known) = measured.makers.get_mut(file.maker()) {
            known.files += 1;
            known.bytes += bytes;
            known.seconds += seconds;
            known.facts = known.facts.max(queries.len());
        }
        if measured.slowest.len() < SLOWEST || measured.slowest.last().is_some_and(|last| last.seconds < seconds) {
            let index = measured.slowest.partition_point(|slow| slow.seconds >= seconds);
            measured.slowest.insert(index, SlowFile { path: file.path().to_string(), seconds });
            measured.slowest.truncate(SLOWEST);
        }
        drop(measured);
        queries.into_iter().for_each(query::trace);
        made.map_err(|error| error.source)
    }

    /// The measured times.
    pub(crate) fn into_taken(self) -> Measurements {
        self.measured.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn measured(&self) -> MutexGuard<'_, Measurements> {
        self.measured.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Writer that counts its bytes.
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
