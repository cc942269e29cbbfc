//! Addresses of files (RFC 8089).

use std::str::FromStr;

use camino::{Utf8Path, Utf8PathBuf};
use lsp_types::Uri;

/// The address of a file below a root.
pub(super) fn of_file(root: &Utf8Path, path: &str) -> Option<Uri> {
    let url = url::Url::from_file_path(root.join(path)).ok()?;
    Uri::from_str(url.as_str()).ok()
}

/// The path of a file's address.
pub(super) fn to_path(uri: &Uri) -> Option<Utf8PathBuf> {
    let path = url::Url::parse(uri.as_str()).ok()?.to_file_path().ok()?;
    Utf8PathBuf::from_path_buf(path).ok()
}
