use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

use camino::Utf8Path;
use notify::{EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};

use crate::source::{FOLDERS, SITE_FILE};

/// How long files must be quiet before a change counts: editors save in several steps.
const QUIET: Duration = Duration::from_millis(40);

type Watcher = Debouncer<RecommendedWatcher, RecommendedCache>;

/// Calls `changed` after each change of a site's files, until the process ends. Reading them is no change.
#[expect(clippy::disallowed_methods, reason = "the watcher must be told folders by the paths that it will report")]
pub(super) fn watch(root: &Utf8Path, changed: impl Fn() + Send + 'static) -> notify::Result<()> {
    let root = root.canonicalize_utf8().map_err(notify::Error::io)?;
    let folders = FOLDERS.map(|folder| root.join(folder));
    let (sender, changes) = mpsc::channel();
    let mut watcher = new_debouncer(QUIET, None, sender)?;
    // The root itself isn't watched deep: it may hold a build folder or a published site.
    watcher.watch(root.as_std_path(), RecursiveMode::NonRecursive)?;
    for folder in &folders {
        watch_folder(&mut watcher, folder)?;
    }
    std::thread::spawn(move || {
        for change in changes {
            for folder in folders.iter().filter(|folder| concerns(&change, |path| path == folder.as_std_path())) {
                // The one that was watched may be gone, and this one just made. Should it be gone again, that is the
                // next change.
                let _ = watcher.unwatch(folder.as_std_path());
                let _ = watch_folder(&mut watcher, folder);
            }
            if concerns(&change, |path| path == root.join(SITE_FILE) || folders.iter().any(|at| path.starts_with(at))) {
                changed();
            }
        }
    });
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "a folder that isn't there can't be watched")]
fn watch_folder(watcher: &mut Watcher, folder: &Utf8Path) -> notify::Result<()> {
    if folder.is_dir() { watcher.watch(folder.as_std_path(), RecursiveMode::Recursive) } else { Ok(()) }
}

/// Whether files that `ours` knows were changed. Where events were lost, any may have been.
fn concerns(change: &DebounceEventResult, ours: impl Fn(&Path) -> bool) -> bool {
    let Ok(events) = change else { return true };
    events
        .iter()
        .any(|event| !matches!(event.kind, EventKind::Access(_)) && event.paths.iter().any(|path| ours(path)))
}
