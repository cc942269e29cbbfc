//! Reads one file: a text, a theme's file, or what a page needs to know of a file that is published as it is.

use std::fs::File;
use std::io::{self, BufReader, Read};

use camino::Utf8Path;

use super::drawing::{clean, is_drawing};
use super::entry::{Entry, SkipReason};
use super::error::{SourceError, unreadable};
use super::gate::{self, Barred};
use super::paths::{TEXT_LIMIT, is_text};
use super::picture;
use super::tree::Content;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::incremental::file_stamp::FileStamp;
use crate::model::{FileId, Pixels, is_picture};

/// Reads a file. If it is opened for that, `stamp` becomes the stamp that it had when it had been read.
pub(super) fn load(
    root: &Utf8Path,
    id: FileId,
    entry: &Entry,
    stamp: &mut Option<FileStamp>,
) -> Result<(Content, Option<Diagnostic>), SourceError> {
    let full = root.join(entry.path.as_ref());
    if let Some(reason) = entry.skipped {
        return Ok(skipped(&full, id, entry, reason));
    }
    let theme = entry.path.starts_with("themes/");
    if !theme && !is_text(&entry.path) {
        let pixels = if is_picture(&entry.path) { pixels(&full, stamp)? } else { None };
        let (size, problem) =
            if is_drawing(&entry.path) { drawing(&full, id, entry.size)? } else { (entry.size, None) };
        return Ok((Content::Attachment { size, pixels, link_target: entry.link_target.clone() }, problem));
    }
    if !theme && entry.size > TEXT_LIMIT {
        let problem = Diagnostic::new(Code::TooLarge, id, Place::File)
            .with("size", kilobytes(entry.size))
            .with("limit", kilobytes(TEXT_LIMIT));
        return Ok((Content::Unreadable("".into()), Some(problem)));
    }
    if let Some(text) = &entry.open {
        let content = if theme { Content::Theme(text.as_bytes().into()) } else { Content::Text(text.clone()) };
        return Ok((content, None));
    }
    let bytes;
    (bytes, *stamp) = read_all(&full, entry.size).map_err(unreadable(&full))?;
    if theme {
        return Ok((Content::Theme(bytes.into()), None));
    }
    Ok(text(id, bytes))
}

/// The content and problem of a file that isn't read.
fn skipped(full: &Utf8Path, id: FileId, entry: &Entry, reason: SkipReason) -> (Content, Option<Diagnostic>) {
    let barred = match reason {
        SkipReason::Unnamed => {
            let problem = Diagnostic::new(Code::UnfitName, id, Place::File).with("case", "bytes");
            return (Content::Unloaded, Some(problem));
        }
        SkipReason::Barred(barred) => barred,
    };
    let target = match barred {
        Barred::TooLarge => format!("{} MB", gate::limit(&entry.path) >> 20),
        _ => full.canonicalize_utf8().map_or_else(|_| String::new(), |target| target.to_string()),
    };
    let problem = Diagnostic::new(Code::BarredFile, id, Place::File).with("case", barred.case());
    (Content::Unreadable("".into()), Some(problem.with("target", target)))
}

/// The text of a file's bytes, or the problem that they are no UTF-8.
fn text(id: FileId, bytes: Vec<u8>) -> (Content, Option<Diagnostic>) {
    match String::from_utf8(bytes) {
        Ok(text) => (Content::Text(text.into()), None),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let bytes = error.as_bytes();
            let line = bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
            let problem = Diagnostic::new(Code::NotUtf8, id, at..at + '\u{fffd}'.len_utf8())
                .with("byte", format!("{:02X}", bytes[at]))
                .with("line", line.to_string())
                .meant(windows_1252(bytes));
            (Content::Unreadable(String::from_utf8_lossy(bytes).as_ref().into()), Some(problem))
        }
    }
}

/// Number of bytes of a drawing that are published, and the problem if it can't be cleaned.
fn drawing(path: &Utf8Path, id: FileId, size: u64) -> Result<(u64, Option<Diagnostic>), SourceError> {
    let (bytes, _) = read_all(path, size).map_err(unreadable(path))?;
    let mut cleaned = Vec::new();
    let is_clean = clean(&bytes, &mut cleaned).is_ok();
    Ok((cleaned.len() as u64, (!is_clean).then(|| Diagnostic::new(Code::BadDrawing, id, Place::File))))
}

/// The text that old programs of Western offices saved in Windows-1252 (WHATWG Encoding Standard, §9), if every byte
/// beyond ASCII is one that Italian or German is written with: anything else may be another encoding, or two in one file.
fn windows_1252(bytes: &[u8]) -> Option<String> {
    const LETTERS: &str = "àèéìíîòóùúÀÈÉÌÍÎÒÓÙÚäöüßÄÖÜ";
    const SIGNS: &str = "€‘’‚“”„«»–—…•·°ªº§\u{a0}";
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes);
    let mut others = text.chars().filter(|c| !c.is_ascii());
    let is_known = others.clone().all(|c| LETTERS.contains(c) || SIGNS.contains(c));
    (is_known && others.any(|c| LETTERS.contains(c))).then(|| text.into_owned())
}

/// Reads a file of a known size, for which the system isn't asked again, with its stamp afterwards.
fn read_all(path: &Utf8Path, size: u64) -> io::Result<(Vec<u8>, Option<FileStamp>)> {
    let file = File::open(path)?;
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(usize::try_from(size).unwrap_or_default().saturating_add(1))?;
    (&file).take(u64::MAX).read_to_end(&mut bytes)?;
    Ok((bytes, FileStamp::of(&file.metadata()?)))
}

fn pixels(path: &Utf8Path, stamp: &mut Option<FileStamp>) -> Result<Option<Pixels>, SourceError> {
    let file = File::open(path).map_err(unreadable(path))?;
    let pixels = picture::pixels(path.as_str(), BufReader::new(&file));
    *stamp = FileStamp::of(&file.metadata().map_err(unreadable(path))?);
    Ok(pixels)
}

fn kilobytes(bytes: u64) -> String {
    format!("{} KB", bytes.div_ceil(1024))
}
