//! Lists the files of a folder, links among them.

use std::io;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use walkdir::WalkDir;

use super::entry::{Entry, SkipReason};
use super::error::{SourceError, unreadable};
use super::gate::{self, Barred};
use super::leftover::is_leftover;
use super::paths::{SITE_FILE, is_hidden, is_text};

/// Adds the file of a name, or every file in its folder, without their sizes and stamps.
pub(super) fn walk(
    root: &Utf8Path,
    canonical: &Utf8Path,
    name: &str,
    entries: &mut Vec<Entry>,
) -> Result<(), SourceError> {
    let mut walk = WalkDir::new(root.join(name)).follow_links(true).into_iter();
    // The folders that are links: their files are elsewhere.
    let mut linked: Vec<Utf8PathBuf> = Vec::new();
    while let Some(entry) = walk.next() {
        let entry = match entry {
            Ok(entry) => entry,
            // An editor's lock is a link that leads nowhere.
            Err(error) if error.path().and_then(Utf8Path::from_path).is_some_and(is_hidden) => continue,
            Err(error) => {
                entries.push(dead_link(root, name, error)?);
                continue;
            }
        };
        let Some(path) = Utf8Path::from_path(entry.path()) else {
            let below = entry.path().strip_prefix(root).unwrap_or(entry.path());
            entries.push(Entry::skipped(below.to_string_lossy().as_ref().into(), SkipReason::Unnamed));
            if entry.file_type().is_dir() {
                walk.skip_current_dir();
            }
            continue;
        };
        let relative = path.strip_prefix(root).unwrap_or(path);
        let is_dir = entry.file_type().is_dir();
        let is_linked = entry.path_is_symlink() || linked.iter().any(|folder| relative.starts_with(folder));
        let target = if is_linked { link_target(canonical, path, relative).map(Some) } else { Ok(None) };
        if is_dir && (is_hidden(relative) || target.is_err()) {
            walk.skip_current_dir();
        }
        if is_hidden(relative) {
            continue;
        }
        // On other systems a backslash is a letter of the name.
        let below = if cfg!(windows) { relative.as_str().replace('\\', "/").into() } else { relative.as_str().into() };
        match target {
            Err(barred) => entries.push(Entry::skipped(below, SkipReason::Barred(barred))),
            Ok(_) if is_dir && entry.path_is_symlink() => linked.push(relative.to_owned()),
            Ok(_) if is_dir => {}
            Ok(_) if !entry.file_type().is_file() => {
                entries.push(Entry::skipped(below, SkipReason::Barred(Barred::NoFile)));
            }
            Ok(target) => entries.push(Entry::new(below, target)),
        }
    }
    Ok(())
}

/// The entry of a link that can't be followed.
///
/// # Errors
/// If the file can't be read for another reason.
fn dead_link(root: &Utf8Path, name: &str, error: walkdir::Error) -> Result<Entry, SourceError> {
    let path = error
        .path()
        .and_then(Utf8Path::from_path)
        .map_or_else(|| root.join(name), Utf8Path::to_owned);
    let is_loop = error.loop_ancestor().is_some();
    let source = error.into_io_error();
    let is_link = path.symlink_metadata().is_ok_and(|file| file.is_symlink());
    let barred = match &source {
        _ if is_loop => Barred::Loop,
        Some(source) if is_link && source.kind() != io::ErrorKind::PermissionDenied => {
            gate::dead_link_reason(&path, source)
        }
        _ => return Err(unreadable(&path)(source.unwrap_or_else(|| io::ErrorKind::Other.into()))),
    };
    let relative = path.strip_prefix(root).unwrap_or(&path);
    Ok(Entry::skipped(relative.as_str().into(), SkipReason::Barred(barred)))
}

/// The target of a link, or of a file in a folder that is one: a path relative to the site's folder.
///
/// # Errors
/// If the target may not be published. A sheet or `site.toml` may be a link to a file that isn't published; files that
/// programs leave are reported when they are parsed.
fn link_target(canonical: &Utf8Path, path: &Utf8Path, relative: &Utf8Path) -> Result<Arc<str>, Barred> {
    let target = path.canonicalize_utf8().map_err(|error| gate::dead_link_reason(path, &error))?;
    let below = target.strip_prefix(canonical).map_err(|_| Barred::Outside)?;
    let is_sheet = relative.starts_with("content") && is_text(relative.as_str());
    match gate::judge(below) {
        Err(Barred::Hidden) if is_leftover(relative.file_name().unwrap_or_default()) => {}
        Err(Barred::Unpublished) if is_sheet => {}
        Err(Barred::Outside) if relative == SITE_FILE => {}
        judged => judged?,
    }
    Ok(below.as_str().into())
}
