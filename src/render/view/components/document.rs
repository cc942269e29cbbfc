//! Documents that a page links to, with their formats and sizes.

use serde::Serialize;

use crate::catalogue::Document;
use crate::model::{Attachment, Lang, is_picture};
use crate::render::address::encoded;
use crate::render::view::context::PageContext;
use crate::render::view::phrase::Phrase;
use crate::site::{Broken, Link as Target};

/// A document that a page links to.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct DocumentLink {
    pub(crate) title: Phrase,
    /// `None` if the written text is no address; then the title has it.
    pub(crate) href: Option<String>,
    pub(crate) outside: bool,
}

impl DocumentLink {
    /// Link to a file beside the page's record or to a web address. Returns `None` if the target is a draft's, or a place
    /// in the page.
    pub(crate) fn to(cx: &PageContext<'_>, href: &str, title: Phrase) -> Option<Self> {
        let (address, outside) = match cx.site.link(cx.at.route, href) {
            Ok(Target::File(address, _)) => (encoded(&address), false),
            Ok(Target::Page(route, _)) => (cx.href(route), false),
            Ok(Target::Outside(url)) => (url, true),
            Ok(Target::Here(_)) | Err(Broken::NotYet) => return None,
            Err(Broken::Nowhere(_) | Broken::Unpublished | Broken::Unsafe) => {
                let title = title.map(|title| format!("{title} ({href})"));
                return Some(Self { title, href: None, outside: false });
            }
        };
        Some(Self { title, href: Some(address), outside })
    }
}

/// The documents of a record, then the other files beside it. Pictures are shown in the text.
pub(crate) fn documents(cx: &PageContext<'_>, documents: &[Document], attachments: &[Attachment]) -> Vec<DocumentLink> {
    // An update names the files of its project from a folder below.
    let file = |href: &str| attachments.iter().find(|file| href.rsplit('/').next() == Some(&*file.name));
    let named = documents.iter().filter_map(|document| {
        let title = cx.text(&document.title);
        let title = match file(&document.href) {
            Some(file) => title.map(|title| title_with_size(cx, title, file)),
            None => title,
        };
        DocumentLink::to(cx, &document.href, title)
    });
    let others = attachments
        .iter()
        .filter(|file| !is_picture(&file.name) && !documents.iter().any(|document| document.href == file.name));
    named
        .chain(others.filter_map(|file| DocumentLink::to(cx, &file.name, title_with_size(cx, &file.name, file).into())))
        .collect()
}

fn title_with_size(cx: &PageContext<'_>, title: &str, file: &Attachment) -> String {
    let format = extension(&file.name).to_uppercase();
    let size = size_words(file.size, cx.lang());
    cx.format(
        "obj.document",
        &[("titolo", title.into()), ("formato", (&format).into()), ("dimensione", (&size).into())],
    )
}

/// Size of a file in words, rounded up: full kilobytes, from a megabyte on tenths of them.
fn size_words(bytes: u64, lang: Lang) -> String {
    let tenths = bytes.div_ceil(100_000);
    if bytes < 1_000_000 {
        return format!("{}\u{a0}kB", bytes.div_ceil(1000));
    }
    let point = lang.language().figures.point;
    format!("{}{point}{}\u{a0}MB", tenths / 10, tenths % 10)
}

fn extension(name: &str) -> String {
    name.rsplit_once('.')
        .map_or_else(String::new, |(_, extension)| extension.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_said_in_the_unit_that_keeps_it_short() {
        assert_eq!(size_words(1, Lang::It), "1\u{a0}kB");
        assert_eq!(size_words(999_999, Lang::It), "1000\u{a0}kB");
        assert_eq!(size_words(1_230_000, Lang::It), "1,3\u{a0}MB");
        assert_eq!(size_words(1_230_000, Lang::En), "1.3\u{a0}MB");
    }
}
