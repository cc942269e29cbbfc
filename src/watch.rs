use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use camino::{Utf8Path, Utf8PathBuf};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::source::{ChangedPaths, FOLDERS, NAMED_FOLDERS, SITE_FILE};

/// How long files must be quiet before a change counts: editors save in several steps.
const QUIET: Duration = Duration::from_millis(20);

/// The changes of a site's files, none of which is lost: whoever reads the files after [`Changes::new`] and after each
/// [`Changes::wait`] has seen the last of them. Reading them is no change.
pub(crate) struct Changes {
    folders: Vec<Utf8PathBuf>,
    watcher: RecommendedWatcher,
    events: Receiver<Change>,
}

/// What the system told of.
struct Change {
    /// Whether there may be another folder since.
    folders: bool,
    /// What was touched; none where that isn't known.
    touched: Option<ChangedPaths>,
}

impl Changes {
    /// Begins to watch the site in `root`.
    ///
    /// # Errors
    /// When the system doesn't tell of changes, or the folder isn't there.
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
                // Nobody waits when the process ends.
                let _ = sender.send(Change { folders, touched });
            }
        })?;
        // The root itself isn't watched deep: it may hold a build folder or a published site.
        watcher.watch(root.as_std_path(), RecursiveMode::NonRecursive)?;
        let mut changes = Self { folders, watcher, events };
        changes.watch()?;
        Ok(changes)
    }

    /// Waits for the next change, and says what was touched; none where that may be anything.
    pub(crate) fn wait(&mut self) -> Option<ChangedPaths> {
        // The sender lives as long as the watcher, which is ours.
        let Change { mut folders, mut touched } = self.events.recv().unwrap_or(Change { folders: true, touched: None });
        while let Ok(more) = self.events.recv_timeout(QUIET) {
            folders |= more.folders;
            touched = touched.zip(more.touched).map(|(touched, more)| touched.into_iter().chain(more).collect());
        }
        // What went away meanwhile is the next change.
        if folders {
            let _ = self.watch();
        }
        touched.filter(|_| !folders)
    }

    /// Watches each folder that there is now. A new one may have got files before the system watched it, and one that
    /// is there again is another: watched anew before the files are read, each change is either read or told.
    #[expect(clippy::disallowed_methods, reason = "a folder that isn't there can't be watched")]
    fn watch(&mut self) -> notify::Result<()> {
        let watch = |folder: &Utf8PathBuf| {
            // One that isn't watched can't be let go.
            let _ = self.watcher.unwatch(folder.as_std_path());
            if folder.is_dir() { self.watcher.watch(folder.as_std_path(), RecursiveMode::Recursive) } else { Ok(()) }
        };
        // One that can't be watched keeps no other from it.
        self.folders.iter().map(watch).fold(Ok(()), Result::and)
    }
}

/// Whether files that `ours` knows were changed. Where events were lost, any may have been.
fn concerns(event: &notify::Result<Event>, ours: impl Fn(&Path) -> bool) -> bool {
    let Ok(event) = event else { return true };
    event.need_rescan() || !matches!(event.kind, EventKind::Access(_)) && event.paths.iter().any(|path| ours(path))
}
