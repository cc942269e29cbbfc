use std::path::Path;
use std::time::Duration;

use camino::Utf8Path;
use notify::{EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};

use crate::source::{FOLDERS, SITE_FILE};

/// How long files must be quiet before a change counts: editors save in several steps.
const QUIET: Duration = Duration::from_millis(40);

/// Watches until it is dropped.
pub(super) type Watcher = Debouncer<RecommendedWatcher, RecommendedCache>;

/// Calls `changed` after each change of a site's files. Reading them is no change.
#[expect(clippy::disallowed_methods, reason = "the watcher must be told folders by the paths that it will report")]
pub(super) fn watch(root: &Utf8Path, changed: impl Fn() + Send + 'static) -> notify::Result<Watcher> {
    let root = root.canonicalize_utf8().map_err(notify::Error::io)?;
    let watched = root.clone();
    let concerns = move |path: &Path| {
        path.strip_prefix(&watched).is_ok_and(|below| {
            let first = below.components().next().map(|first| first.as_os_str().to_string_lossy().into_owned());
            first.is_some_and(|first| first == SITE_FILE || FOLDERS.contains(&first.as_str()))
        })
    };
    let mut debouncer = new_debouncer(QUIET, None, move |result: DebounceEventResult| {
        let concerned = match result {
            Ok(events) => events.iter().any(|event| {
                !matches!(event.kind, EventKind::Access(_)) && event.paths.iter().any(|path| concerns(path))
            }),
            // Events were lost: whatever happened, reading again shows it.
            Err(_) => true,
        };
        if concerned {
            changed();
        }
    })?;
    // The root itself isn't watched deep: it may hold a build folder or a published site.
    debouncer.watch(root.as_std_path(), RecursiveMode::NonRecursive)?;
    for folder in FOLDERS {
        let folder = root.join(folder);
        if folder.is_dir() {
            debouncer.watch(folder.as_std_path(), RecursiveMode::Recursive)?;
        }
    }
    Ok(debouncer)
}
