//! The one gate for files that are published as they are, whoever names them: `site.toml`, a theme, a sheet or their
//! folder.

use std::fs::File;
use std::io::{self, Read, Write};

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use super::drawing::{clean, is_drawing};
use super::leftover::is_leftover;
use super::paths::{FOLDERS, NAMED_FOLDERS, is_text};

/// The only folder that begins with a dot and is published: well-known addresses (RFC 8615).
const WELL_KNOWN: &str = "static/.well-known";

/// Reason for which a file is not published as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Barred {
    /// There is no file.
    Missing,
    /// A link that leads to itself.
    Loop,
    /// Path in none of `content/`, `themes/`, `assets/` and `static/`, or a link that leads out of these.
    Outside,
    /// A file whose name, or that of one of its folders, begins with a dot, or a program's leftover.
    Hidden,
    /// Sheet, which is published as a page, or a file beside a draft or beside no record at all.
    Unpublished,
    /// A pipe, a device or a socket, or a folder.
    NoFile,
    /// A file with more bytes than its limit.
    TooLarge,
}

impl Barred {
    /// Key of its words in the messages.
    pub(crate) fn case(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Loop => "loop",
            Self::Outside => "outside",
            Self::Hidden => "hidden",
            Self::Unpublished => "unpublished",
            Self::NoFile => "no_file",
            Self::TooLarge => "too_large",
        }
    }
}

/// The real path of a file that may be published as it is: relative to the site's folder, without links.
///
/// # Errors
/// When it may not be published: the first reason.
pub(crate) fn pass(root: &Utf8Path, path: &str) -> Result<Utf8PathBuf, Barred> {
    judge(Utf8Path::new(path))?;
    let full = root.join(path);
    let resolved = full.canonicalize_utf8().map_err(|error| dead_link_reason(&full, &error))?;
    let below = resolved.strip_prefix(root.canonicalize_utf8().map_err(|_| Barred::Missing)?);
    let below = below.map_err(|_| Barred::Outside)?;
    judge(below)?;
    // Checked before it is opened, since to open a pipe is to wait for its writer.
    let file = resolved.metadata().ok().filter(std::fs::Metadata::is_file).ok_or(Barred::NoFile)?;
    if file.len() > limit(below.as_str()) { Err(Barred::TooLarge) } else { Ok(below.to_owned()) }
}

/// Maximum size of a file that is published as it is, in bytes. Drawings and files of themes are held in memory.
pub(super) fn limit(path: &str) -> u64 {
    if path.starts_with("content/") && !is_drawing(path) { 1 << 30 } else { 64 << 20 }
}

/// Writes the bytes of a file that may be published as it is, as they are now; a drawing beside the sheets is cleaned,
/// whoever names it.
///
/// # Errors
/// When it may not be published, or can't be read or written.
pub(crate) fn read(root: &Utf8Path, path: &str, into: &mut (impl Write + ?Sized)) -> io::Result<()> {
    let passed = pass(root, path).map_err(|barred| io::Error::new(io::ErrorKind::PermissionDenied, barred.case()))?;
    let mut file = File::open(root.join(&passed))?;
    let names = [Utf8Path::new(path), &passed];
    if !names.iter().any(|name| name.starts_with("content")) || !names.iter().any(|name| is_drawing(name.as_str())) {
        return io::copy(&mut file, into).map(|_| ());
    }
    let (mut drawing, mut cleaned) = (Vec::new(), Vec::new());
    file.read_to_end(&mut drawing)?;
    clean(&drawing, &mut cleaned)?;
    into.write_all(&cleaned)
}

/// Judges a path relative to the site's folder by its names alone.
pub(super) fn judge(path: &Utf8Path) -> Result<(), Barred> {
    let parts: Option<Vec<&str>> = path
        .components()
        .map(|part| if let Utf8Component::Normal(name) = part { Some(name) } else { None })
        .collect();
    let parts = parts.ok_or(Barred::Outside)?;
    let (Some(first), Some(name)) = (parts.first(), parts.last()) else { return Err(Barred::Outside) };
    let public = if path.starts_with(WELL_KNOWN) { &parts[2..] } else { &parts[..] };
    if public.iter().any(|part| part.starts_with('.')) || is_leftover(name) {
        return Err(Barred::Hidden);
    }
    if !FOLDERS.iter().chain(&NAMED_FOLDERS).any(|folder| folder == first) {
        return Err(Barred::Outside);
    }
    if *first == "content" && is_text(name) { Err(Barred::Unpublished) } else { Ok(()) }
}

/// Reason for which a link leads to nothing.
pub(super) fn dead_link_reason(path: &Utf8Path, error: &io::Error) -> Barred {
    // Systems have no common kind for links that lead to themselves; a link that leads nowhere exists all the same.
    let is_loop =
        error.kind() != io::ErrorKind::NotFound && path.symlink_metadata().is_ok_and(|file| file.is_symlink());
    if is_loop { Barred::Loop } else { Barred::Missing }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_judged_by_its_names() {
        for path in ["content/projects/p/a.pdf", "assets/a/logo.svg", "themes/t/theme.toml", "static/.well-known/x"] {
            assert_eq!(judge(Utf8Path::new(path)), Ok(()), "{path}");
        }
        for (path, barred) in [
            (".git/config", Barred::Hidden),
            ("assets/.env", Barred::Hidden),
            ("assets/.d/logo.svg", Barred::Hidden),
            ("static/.well-knownx/a", Barred::Hidden),
            ("static/.well-known/.git/a", Barred::Hidden),
            ("static/a/.well-known/x", Barred::Hidden),
            ("assets/logo.svg.bak", Barred::Hidden),
            ("content/pages/bozza.md", Barred::Unpublished),
            ("content/units.yaml", Barred::Unpublished),
            ("content/pages/BOZZA.MD", Barred::Unpublished),
            ("site.toml", Barred::Outside),
            ("target/x", Barred::Outside),
            ("../a", Barred::Outside),
            ("assets/../site.toml", Barred::Outside),
            ("/etc/passwd", Barred::Outside),
            ("", Barred::Outside),
        ] {
            assert_eq!(judge(Utf8Path::new(path)), Err(barred), "{path}");
        }
    }
}
