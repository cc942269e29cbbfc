//! Parts of every page that go by the page: its description, its other languages, its feeds and data.

use std::borrow::Cow;

use serde::Serialize;

use super::address::encoded;
use crate::site::{Announcement, Page, Role, Site};

/// Limit of the characters of a description, of which search engines and previews show no more.
const MAX_DESCRIPTION: usize = 300;

/// A text on one line, cut after a word if it is long.
pub(super) fn brief(text: &str) -> String {
    let mut line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = line.char_indices().nth(MAX_DESCRIPTION) {
        // One is left for the mark of the cut.
        let last = line[..end].char_indices().next_back().map_or(0, |(last, _)| last);
        line.truncate(line[..last].rfind(' ').unwrap_or(last));
        line.truncate(line.trim_end_matches([',', ';', ':', '.', ' ']).len());
        line.push('…');
    }
    line
}

/// File that an export publishes beside the page: a feed or data.
#[derive(Serialize)]
pub(super) struct Alternate<'a> {
    media_type: &'a str,
    title: &'a str,
    href: String,
    role: &'static str,
    /// True if it is the page's own, or the page has none of that kind.
    near: bool,
}

/// Link to the page in a language of the site.
#[derive(Serialize)]
pub(super) struct LanguageLink {
    lang: &'static str,
    locale: &'static str,
    name: &'static str,
    href: String,
    url: String,
    here: bool,
    /// True if that page is this one in its language; else readers only go on from there.
    same: bool,
}

impl LanguageLink {
    pub(super) fn of(site: &Site, at: Page, page: Page) -> Self {
        Self {
            lang: page.lang.code(),
            locale: page.lang.language().locale,
            name: page.lang.name(),
            href: site.address(page),
            url: site.canonical(page),
            here: page == at,
            same: page.route == at.route,
        }
    }
}

impl<'a> Alternate<'a> {
    pub(super) fn all(announced: &'a [Cow<'_, Announcement>]) -> Vec<Self> {
        let has_own_feed = announced.iter().any(|file| file.role == Role::Feed && file.on.is_some());
        announced.iter().map(|file| Self::of(file, file.on.is_some() || !has_own_feed)).collect()
    }

    fn of(announcement: &'a Announcement, near: bool) -> Self {
        Self {
            near,
            media_type: announcement.media_type,
            title: &announcement.title,
            href: encoded(&announcement.address),
            role: match announcement.role {
                Role::Feed => "feed",
                Role::Data => "data",
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_description_is_cut_after_a_word_and_a_short_one_left() {
        assert_eq!(brief("  Una frase\n breve. "), "Una frase breve.");
        let longest = "è".repeat(MAX_DESCRIPTION);
        assert_eq!(brief(&longest), longest);
        let long = brief(&"parola, ".repeat(100));
        assert!(long.ends_with("parola…") && long.chars().count() <= MAX_DESCRIPTION, "{long}");
        assert_eq!(brief(&"è".repeat(MAX_DESCRIPTION + 1)), format!("{}…", "è".repeat(MAX_DESCRIPTION - 1)));
    }
}
