//! Settings of `site.toml`: publisher, addresses, languages, look, people.

use std::collections::BTreeMap;

use super::{Lang, Publication, Translated};
use crate::incremental::fingerprint;

/// Settings of a site. Every address in it was read as one and every language is one that Vetro speaks.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Settings {
    /// Title of the site.
    pub(crate) title: Translated<String>,
    /// Subject of the site, in a sentence.
    pub(crate) description: Translated<Option<String>>,
    /// Address of the site.
    pub(crate) base: BaseUrl,
    /// The languages of the site; the first is that of addresses and content. Never empty.
    pub(crate) languages: Vec<Lang>,
    /// Publisher.
    pub(crate) city: City,
    /// The one colour from which the theme's shades are made.
    pub(crate) primary: Colour,
    /// The theme's name and options.
    pub(crate) theme: ThemeChoice,
    /// Addresses that the pages lead to.
    pub(crate) links: Links,
    /// The menu.
    pub(crate) nav: Vec<NavItem>,
    /// Policy on the names of officials.
    pub(crate) people: Publication,
    /// The licence of content and data.
    pub(crate) licence: Licence,
    /// True if `site.toml` names the licence, and it isn't the default.
    pub(crate) licence_is_stated: bool,
    /// `authority,date` of the `tag:` URIs of feed items (RFC 4151 §2.1); it outlives a move of the site.
    pub(crate) tag: String,
    /// True if `site.toml` states it, and it isn't made of the site's address.
    pub(crate) tag_is_stated: bool,
    /// Words that replace the theme's, by key, in each language.
    pub(crate) labels: BTreeMap<Lang, BTreeMap<String, String>>,
}

impl Settings {
    /// The language of addresses and content.
    pub(crate) fn language(&self) -> Lang {
        self.languages.first().copied().unwrap_or(Lang::It)
    }

    /// A number that differs where anything of them is another, as [`fingerprint`] does.
    pub(crate) fn fingerprint(&self) -> u64 {
        fingerprint(self)
    }
}

/// An absolute http(s) address without query and fragment, whose path ends in `/`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BaseUrl {
    whole: String,
    path: usize,
}

impl BaseUrl {
    /// `origin` such as `https://example.org` and a path that begins and ends in `/`.
    pub fn new(origin: &str, path: &str) -> Self {
        Self { whole: format!("{origin}{path}"), path: origin.len() }
    }

    /// The whole address, ending in `/`.
    pub fn as_str(&self) -> &str {
        &self.whole
    }

    /// The path, beginning and ending in `/`.
    pub fn path(&self) -> &str {
        &self.whole[self.path..]
    }

    /// The absolute address of something below it.
    pub fn join(&self, address: &str) -> String {
        format!("{}{address}", self.whole)
    }
}

/// The publisher, as header, footer and catalogue name it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct City {
    /// The name, such as Comune di Firenze.
    pub(crate) name: Translated<String>,
    /// The institutional site.
    pub(crate) url: Translated<Option<String>>,
    /// A square picture for the header, below the site's root folder.
    pub(crate) logo: Option<String>,
    /// Picture for dark pages.
    pub(crate) logo_dark: Option<String>,
    /// A postal address in one line.
    pub(crate) address: Translated<Option<String>>,
    /// Certified e-mail (PEC).
    pub(crate) pec: Option<String>,
    /// A telephone number.
    pub(crate) phone: Option<String>,
    /// An e-mail address.
    pub(crate) email: Option<String>,
}

/// A colour of the sRGB space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Colour(pub(crate) [u8; 3]);

/// Theme and its options.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ThemeChoice {
    /// The folder below `themes/`, or `default` for the one that the binary carries.
    pub(crate) name: String,
    /// True if pages turn dark on devices that ask for it.
    pub(crate) dark: bool,
    /// An own copy of Bootstrap Italia's stylesheet, below the site's root folder.
    pub(crate) bootstrap_italia_css: Option<String>,
    /// A stylesheet loaded after the theme's, below the site's root folder.
    pub(crate) extra_css: Option<String>,
}

/// Addresses that the pages lead to, each a web address or a page of the site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Links {
    /// The accessibility statement (Direttiva UE 2016/2102 art. 7; AgID).
    pub(crate) accessibility: Translated<Option<String>>,
    /// The privacy notice.
    pub(crate) privacy: Translated<Option<String>>,
    /// The legal notes.
    pub(crate) legal: Translated<Option<String>>,
    /// The section Amministrazione trasparente (D.Lgs. 33/2013).
    pub(crate) transparency: Translated<Option<String>>,
    /// Address for reports of errors: a web address or `mailto:`.
    pub(crate) report_error: Translated<Option<String>>,
    /// The search of the city's own site. Its empty parameter takes the words; `q` where there is none.
    pub(crate) search_action: Option<String>,
    /// Address of the source files; a file's path is appended.
    pub(crate) source_files: Option<String>,
    /// Address of a file's history; a file's path is appended.
    pub(crate) source_history: Option<String>,
}

/// An entry of the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum NavItem {
    /// The newest year's objectives.
    Objectives,
    /// All projects.
    Projects,
    /// All updates.
    Updates,
    /// All offices.
    Offices,
    /// All plans.
    Plans,
    /// The open data.
    OpenData,
}

impl NavItem {
    /// Every entry with its name in `site.toml`.
    pub(crate) const ALL: [(Self, &'static str); 6] = [
        (Self::Objectives, "objectives"),
        (Self::Projects, "projects"),
        (Self::Updates, "updates"),
        (Self::Offices, "offices"),
        (Self::Plans, "plans"),
        (Self::OpenData, "opendata"),
    ];
}

/// Under which licence content and data may be reused (D.Lgs. 36/2006 as amended).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Licence {
    /// Short name.
    pub(crate) name: String,
    /// Text.
    pub(crate) url: String,
}

impl Default for Licence {
    fn default() -> Self {
        Self { name: "CC BY 4.0".into(), url: "https://creativecommons.org/licenses/by/4.0/".into() }
    }
}
