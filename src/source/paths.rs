//! Names of a site's files: which folders and endings belong to a site.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

use super::leftover::is_leftover;

/// The largest text that is read, in bytes: an editor's sheet has a few thousand, and Markdown has inputs whose time
/// grows faster than their size.
pub(crate) const TEXT_LIMIT: u64 = 1 << 20;

/// The file of a site's settings.
pub const SITE_FILE: &str = "site.toml";

/// The folders of a site's files.
pub(crate) const FOLDERS: [&str; 2] = ["content", "themes"];

/// The folders of files that `site.toml` names, such as a logo: they are read only if it does.
pub(crate) const NAMED_FOLDERS: [&str; 2] = ["assets", "static"];

/// Texts that are open in editors, saved or not, by the path relative to the site's root.
pub(crate) type OpenTexts = BTreeMap<Arc<str>, Arc<str>>;

/// Paths relative to the site's root that were written, moved or removed.
pub(crate) type ChangedPaths = BTreeSet<Utf8PathBuf>;

/// True if the ending of a path is that of a text (and the file no program's leftover).
pub(super) fn is_text(path: &str) -> bool {
    if is_leftover(path.rsplit('/').next().unwrap_or_default()) {
        return false;
    }
    let extension = path.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    matches!(extension.as_deref(), Some("md" | "yaml" | "yml" | "toml"))
}

/// True if a text of a site can have the path.
pub(super) fn is_text_of_site(path: &str) -> bool {
    let folder = path.split_once('/').map(|(folder, _)| folder);
    let is_in_site = path == SITE_FILE || folder.is_some_and(|folder| FOLDERS.contains(&folder));
    let is_visible = path.split('/').all(|part| !part.is_empty() && !is_hidden(Utf8Path::new(part)));
    is_in_site && is_visible && (is_text(path) || folder == Some("themes"))
}

/// True if a name is one that editors and systems give to files of their own.
pub(super) fn is_hidden(path: &Utf8Path) -> bool {
    path.file_name().is_some_and(|name| name.starts_with('.') || name.ends_with('~'))
}
