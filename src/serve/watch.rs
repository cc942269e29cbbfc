use std::path::Path;
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use camino::{Utf8Path, Utf8PathBuf};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::source::{FOLDERS, SITE_FILE};

/// How long files must be quiet before a change counts: editors save in several steps.
const QUIET: Duration = Duration::from_millis(20);

/// The changes of a site's files, none of which is lost: whoever reads the files after [`Changes::new`] and after each
/// [`Changes::wait`] has seen the last of them. Reading them is no change.
pub struct Changes {
    folders: [Utf8PathBuf; FOLDERS.len()],
    watcher: RecommendedWatcher,
    /// A change each, and whether there may be another folder since.
    events: Receiver<bool>,
}

impl Changes {
    /// Begins to watch the site in `root`.
    ///
    /// # Errors
    /// When the system doesn't tell of changes, or the folder isn't there.
    #[expect(clippy::disallowed_methods, reason = "the watcher must be told folders by the paths that it will report")]
    pub fn new(root: &Utf8Path) -> notify::Result<Self> {
        let root = root.canonicalize_utf8().map_err(notify::Error::io)?;
        let folders = FOLDERS.map(|folder| root.join(folder));
        let ours = [&folders[..], &[root.join(SITE_FILE)]].concat();
        let (sender, events) = mpsc::channel();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            if concerns(&event, |path| ours.iter().any(|ours| path.starts_with(ours))) {
                let folders =
                    event.map_or(true, |event| event.need_rescan() || event.paths.iter().any(|path| path.is_dir()));
                // Nobody waits when the process ends.
                let _ = sender.send(folders);
            }
        })?;
        // The root itself isn't watched deep: it may hold a build folder or a published site.
        watcher.watch(root.as_std_path(), RecursiveMode::NonRecursive)?;
        let mut changes = Self { folders, watcher, events };
        changes.watch()?;
        Ok(changes)
    }

    /// Waits for the next change.
    pub fn wait(&mut self) {
        // The sender lives as long as the watcher, which is ours.
        let mut folders = self.events.recv().unwrap_or(true);
        while let Ok(more) = self.events.recv_timeout(QUIET) {
            folders |= more;
        }
        // What went away meanwhile is the next change.
        if folders {
            let _ = self.watch();
        }
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
        self.folders.each_ref().map(watch).into_iter().collect()
    }
}

/// Whether files that `ours` knows were changed. Where events were lost, any may have been.
fn concerns(event: &notify::Result<Event>, ours: impl Fn(&Path) -> bool) -> bool {
    let Ok(event) = event else { return true };
    event.need_rescan() || !matches!(event.kind, EventKind::Access(_)) && event.paths.iter().any(|path| ours(path))
}
