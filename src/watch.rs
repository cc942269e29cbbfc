use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use camino::{Utf8Path, Utf8PathBuf};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::source::{ChangedPaths, FOLDERS, NAMED_FOLDERS, SITE_FILE};

/// Time without changes before a change counts: editors save in several steps.
const QUIET: Duration = Duration::from_millis(20);

/// The changes of a site's files, none of which is lost: a caller that reads the files after [`Changes::new`] and after each
/// [`Changes::wait`] has seen the last of them. Reading is no change.
pub(crate) struct Changes {
    folders: Vec<Utf8PathBuf>,
    watcher: RecommendedWatcher,
    events: Receiver<Change>,
}

/// A change that the system reported.
struct Change {
    /// True if it may have made a folder.
    folders: bool,
    /// The changed paths. `None` if they aren't known.
    touched: Option<ChangedPaths>,
}

impl Changes {
    /// Begins to watch the site in `root`.
    ///
    /// # Errors
    /// When the system can't report changes, or the folder doesn't exist.
    #[expect(clippy::disallowed_methods, reason = "the watcher must be told folders by the paths that it will report")]
    pub(crate) fn new(root: &Utf8Path) -> notify::Result<Self> {
        let root = root.canonicalize_utf8().map_err(notify::Error::io)?;
        let folders: Vec<_> = FOLDERS.iter().chain(&NAMED_FOLDERS).map(|folder| root.join(folder)).collect();
        let ours = [&folders[..], &[root.join(SITE_FILE)]].concat();
        let (sender, events) = mpsc::channel();
        let above = root.clone();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            if concerns(&event, |path| ours.iter().any(|ours| path.starts_with(ours))) {
                let event = event.ok().filter(|event| !event.need_rescan());
                let folders = event.as_ref().is_none_or(|event| event.paths.iter().any(|path| path.is_dir()));
                let below = |path: &PathBuf| Some(Utf8Path::from_path(path.strip_prefix(&above).ok()?)?.to_owned());
                let touched = event.and_then(|event| event.paths.iter().map(below).collect());
                // Nobody listens when the process ends.
                let _ = sender.send(Change { folders, touched });
            }
        })?;
        // The root itself isn't watched recursively: it may contain a build folder or a published site.
        watcher.watch(root.as_std_path(), RecursiveMode::NonRecursive)?;
        let mut changes = Self { folders, watcher, events };
        changes.watch()?;
        Ok(changes)
    }

    /// Waits for the next change, and returns the changed paths, or `None` if any file may have changed.
    pub(crate) fn wait(&mut self) -> Option<ChangedPaths> {
        // The sender lives as long as the watcher, which is ours.
        let Change { mut folders, mut touched } = self.events.recv().unwrap_or(Change { folders: true, touched: None });
        while let Ok(more) = self.events.recv_timeout(QUIET) {
            folders |= more.folders;
            touched = touched.zip(more.touched).map(|(touched, more)| touched.into_iter().chain(more).collect());
        }
        // A folder that has gone meanwhile is the next change.
        if folders {
            let _ = self.watch();
        }
        touched.filter(|_| !folders)
    }

    /// Watches each folder that exists now. A new one may have got files before the system watched it, and one that was
    /// made again is another: if they are watched before the files are read, each change is either read or reported.
    #[expect(clippy::disallowed_methods, reason = "a folder that isn't there can't be watched")]
    fn watch(&mut self) -> notify::Result<()> {
        let watch = |folder: &Utf8PathBuf| {
            // This fails for a folder that isn't watched.
            let _ = self.watcher.unwatch(folder.as_std_path());
            if folder.is_dir() { self.watcher.watch(folder.as_std_path(), RecursiveMode::Recursive) } else { Ok(()) }
        };
        // If one can't be watched, the others still are.
        self.folders.iter().map(watch).fold(Ok(()), Result::and)
    }
}

/// True if files that `ours` knows were changed. If events were lost, any may have been.
fn concerns(event: &notify::Result<Event>, ours: impl Fn(&Path) -> bool) -> bool {
    let Ok(event) = event else { return true };
    event.need_rescan() || !matches!(event.kind, EventKind::Access(_)) && event.paths.iter().any(|path| ours(path))
}
