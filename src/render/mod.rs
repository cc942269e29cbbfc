//! Site and theme become pages: each page is a pure function of the two, so that pages can be made in any order, at once,
//! again, or only when they are asked for.

pub mod brand;
mod chart;
mod filters;
pub mod markdown;
#[cfg(test)]
mod sample;
pub mod theme;
mod view;

use std::borrow::Cow;
use std::cell::Cell;

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use tera::{Context, Value};

pub use filters::stylesheet;
pub use theme::{Asset, RenderError, Theme, ThemeFile, ThemeFiles, hiding};

use crate::incremental::query::{self, Query, RecordId};
use crate::model::{Lang, Licence, NavItem, Translated};
use crate::site::{Announcement, Announcements, Page, Role, Route, Site};
use crate::text::Strings;

/// What makes the pages of a site in a theme. It holds what is the same on all of them, made once.
#[derive(Debug)]
pub struct Renderer<'a> {
    site: &'a Site,
    theme: &'a Theme,
    announced: Announcements<'a>,
    /// What is the same on all pages of a language.
    common: Vec<(Lang, Common)>,
    /// The facts that those were made from.
    read: Vec<Query<RecordId>>,
}

#[derive(Clone, Debug)]
struct Common {
    global: Value,
    words: Value,
}

impl<'a> Renderer<'a> {
    /// The pages of a site in a theme, each naming the files that exports announce on it and the stylesheet of the
    /// site's filters.
    pub fn new(site: &'a Site, theme: &'a Theme, announced: Announcements<'a>, filters: Option<&'a Asset>) -> Self {
        let of = |strings: &Strings| {
            let global = Value::from_serializable(&Global::of(site, theme, strings, filters));
            (strings.lang(), Common { global, words: Value::from_serializable(&strings.tree()) })
        };
        let (common, read) = query::traced(|| theme.languages().iter().map(of).collect());
        Self { site, theme, announced, common, read }
    }

    /// The facts that every page was made from, in the order in which they were asked for, beside those that a page asks for.
    pub fn read(&self) -> &[Query<RecordId>] {
        &self.read
    }

    /// Appends a page, the same bytes at every call, from any thread.
    ///
    /// # Errors
    /// When a template asks for what isn't there; then `out` may end in a part of the page.
    pub fn page(&self, page: Page, out: &mut Vec<u8>) -> Result<(), RenderError> {
        let template = format!("{}.html", page.route.kind());
        let context = self.context(page).map_err(|error| RenderError::new(&template, &error))?;
        self.theme.render(&template, &context, out)
    }

    fn context(&self, at: Page) -> tera::TeraResult<Context> {
        let root = root(self.site, at);
        let strings = self.theme.strings(at.lang);
        let untranslated = Cell::new(false);
        let cx = view::PageContext {
            site: self.site,
            strings,
            announced: &self.announced,
            at,
            root: &root,
            untranslated: &untranslated,
        };
        let mut view = view::of(&cx);
        view.description = brief(if view.description.trim().is_empty() { &view.title } else { &view.description });
        let linked = view::linked::of(&cx, &view);
        let announced = self.announced.of(at);
        let alternates = Alternate::all(&announced);
        let report = Destination::of_report(self.site, strings, at, &view.title);
        let languages: Vec<InLanguage> = self
            .site
            .in_every_language(at.route)
            .map(|page| InLanguage::of(self.site, at, page))
            .collect();
        let common = &self.common.iter().find(|(lang, _)| *lang == at.lang).unwrap_or(&self.common[0]).1;

        let mut context = Context::new();
        // Shared, not copied: it is the same on every page.
        context.insert_value("site", common.global.clone());
        context.insert_value("s", common.words.clone());
        context.insert_value("kind", Value::from(at.route.kind()));
        context.insert_value("lang", Value::from(at.lang.code()));
        context.insert_value("canonical", Value::from(self.site.canonical(at)));
        // In a list each foreign title says its language itself.
        let notice = (untranslated.get() && at.route.is_record()).then(|| {
            let first = strings.get(match self.site.settings.language() {
                Lang::It => "lang.it",
                Lang::En => "lang.en",
                Lang::De => "lang.de",
            });
            strings.say("lang.untranslated", &[("lingua", first.into())])
        });
        context.insert_value("notice", Value::try_from_serializable(&notice)?);
        context.insert_value("languages", Value::try_from_serializable(&languages)?);
        context.insert_value("nav", Value::from(view.nav.map(key)));
        context.insert_value("title", Value::from(view.title));
        context.insert_value("description", Value::from(view.description));
        context.insert_value("crumbs", Value::try_from_serializable(&view.crumbs)?);
        context.insert_value("toc", Value::try_from_serializable(&view.toc)?);
        context.insert_value("source", Value::try_from_serializable(&view.source)?);
        context.insert_value("alternates", Value::try_from_serializable(&alternates)?);
        context.insert_value("linked", Value::from(linked));
        context.insert_value("report", Value::try_from_serializable(&report)?);
        context.insert_value("page", view.page);
        context.insert_value("root", Value::from(root));
        Ok(context)
    }
}

/// Limit of the free pages, and of the years, that every page links to; the map of the site has all.
const LINKED: usize = 100;

/// How many characters of a description search engines and previews show at the most.
const BRIEF: usize = 300;

/// A text on one line, cut after a word where it is long.
fn brief(text: &str) -> String {
    let mut line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = line.char_indices().nth(BRIEF) {
        // One is left for the mark of the cut.
        let last = line[..end].char_indices().next_back().map_or(0, |(last, _)| last);
        line.truncate(line[..last].rfind(' ').unwrap_or(last));
        line.truncate(line.trim_end_matches([',', ';', ':', '.', ' ']).len());
        line.push('…');
    }
    line
}

/// What leads from a page to the site's root. The page for wrong addresses is shown at any depth, so it names the root
/// from the host on.
fn root(site: &Site, page: Page) -> String {
    let depth = match page.route {
        Route::NotFound => return site.settings.base.path().to_owned(),
        _ => site.address(page).matches('/').count(),
    };
    if depth == 0 { "./".to_owned() } else { "../".repeat(depth) }
}

/// An address as links write it: every character that RFC 3986 lets in no path is percent-encoded.
fn encoded(address: &str) -> String {
    const OUTSIDE_PATHS: &AsciiSet = &CONTROLS
        .add(b' ')
        .add(b'"')
        .add(b'#')
        .add(b'%')
        .add(b'<')
        .add(b'>')
        .add(b'?')
        .add(b'[')
        .add(b'\\')
        .add(b']')
        .add(b'^')
        .add(b'`')
        .add(b'{')
        .add(b'|')
        .add(b'}');
    utf8_percent_encode(address, OUTSIDE_PATHS).to_string()
}

/// A language as Open Graph names it, with the country whose spelling the site's words have.
fn locale(lang: Lang) -> &'static str {
    match lang {
        Lang::It => "it_IT",
        Lang::En => "en_GB",
        Lang::De => "de_DE",
    }
}

fn key(item: NavItem) -> &'static str {
    NavItem::ALL.iter().find(|(known, _)| *known == item).map_or("", |(_, key)| key)
}

/// What templates know as `site`, on every page.
#[derive(Serialize)]
struct Global<'a> {
    home: String,
    title: &'a str,
    description: Option<&'a str>,
    lang: &'static str,
    locale: &'static str,
    picture: Option<Picture>,
    base: &'a str,
    city: City<'a>,
    menu: Vec<MenuEntry<'a>>,
    years: Vec<Year>,
    pages: Pages,
    free: Vec<FreePage<'a>>,
    links: Links,
    licence: LicenceLink<'a>,
    assets: &'a theme::AssetLinks,
    filters_css: Option<&'a str>,
    theme: &'a theme::Manifest,
    colour: String,
    dark: bool,
}

/// What stands beside a link to any page where people share it.
#[derive(Serialize)]
struct Picture {
    url: String,
    width: u32,
    height: u32,
}

#[derive(Serialize)]
struct City<'a> {
    name: &'a str,
    url: Option<&'a str>,
    logo: Option<&'a str>,
    logo_dark: Option<&'a str>,
    address: Option<&'a str>,
    pec: Option<&'a str>,
    phone: Option<&'a str>,
    email: Option<&'a str>,
}

#[derive(Serialize)]
struct MenuEntry<'a> {
    key: &'static str,
    title: &'a str,
    href: String,
}

#[derive(Serialize)]
struct Year {
    year: i16,
    href: String,
}

/// The pages that there is one of.
#[derive(Serialize)]
struct Pages {
    projects: String,
    updates: String,
    units: String,
    plans: String,
    indicators: String,
    search: String,
    map: String,
    data: String,
    feeds: String,
}

#[derive(Serialize)]
struct FreePage<'a> {
    title: &'a str,
    href: String,
}

#[derive(Serialize)]
struct Links {
    accessibility: Option<Destination>,
    privacy: Option<Destination>,
    legal: Option<Destination>,
    transparency: Option<Destination>,
}

#[derive(Serialize)]
struct Destination {
    href: String,
    /// Whether `href` is whole; else it goes on from the site's root.
    outside: bool,
}

#[derive(Serialize)]
struct LicenceLink<'a> {
    name: &'a str,
    url: &'a str,
}

#[derive(Serialize)]
struct Alternate<'a> {
    media_type: &'a str,
    title: &'a str,
    href: String,
    role: &'static str,
    /// Whether it is the page's own, or the page has none of that kind.
    near: bool,
}

/// The same page in a language of the site.
#[derive(Serialize)]
struct InLanguage {
    lang: &'static str,
    locale: &'static str,
    name: &'static str,
    href: String,
    url: String,
    here: bool,
    /// Whether it says the same, and isn't only where to go on from.
    same: bool,
}

impl InLanguage {
    fn of(site: &Site, at: Page, page: Page) -> Self {
        Self {
            lang: page.lang.code(),
            locale: locale(page.lang),
            name: page.lang.name(),
            href: site.address(page),
            url: site.canonical(page),
            here: page == at,
            same: page.route == at.route,
        }
    }
}

impl<'a> Global<'a> {
    fn of(site: &'a Site, theme: &'a Theme, strings: &'a Strings, filters: Option<&'a Asset>) -> Self {
        let settings = &site.settings;
        let lang = strings.lang();
        let address = |route: Route| site.address(Page { lang, route });
        let leads_to = |written: &'a Translated<Option<String>>| {
            written.or_own(lang).as_deref().map(|written| Destination::of(site, lang, written))
        };
        let Licence { name, url } = &settings.licence;
        Self {
            home: address(Route::Home),
            title: settings.title.or_own(lang),
            description: settings.description.or_own(lang).as_deref(),
            lang: lang.code(),
            locale: locale(lang),
            picture: theme.links.picture.as_ref().map(|picture| Picture {
                url: settings.base.join(&picture.href),
                width: picture.width,
                height: picture.height,
            }),
            base: settings.base.as_str(),
            city: City {
                name: settings.city.name.or_own(lang),
                url: settings.city.url.or_own(lang).as_deref(),
                logo: theme.links.logo.as_deref(),
                logo_dark: theme.links.logo_dark.as_deref(),
                address: settings.city.address.or_own(lang).as_deref(),
                pec: settings.city.pec.as_deref(),
                phone: settings.city.phone.as_deref(),
                email: settings.city.email.as_deref(),
            },
            menu: settings.nav.iter().filter_map(|item| MenuEntry::of(*item, site, strings)).collect(),
            years: site
                .years()
                .take(LINKED)
                .map(|year| Year { year, href: address(Route::Year(year)) })
                .collect(),
            pages: Pages {
                projects: address(Route::Projects),
                updates: address(Route::Updates),
                units: address(Route::Units),
                plans: address(Route::Plans),
                indicators: address(Route::SeriesList),
                search: address(Route::Search),
                map: address(Route::SiteMap),
                data: address(Route::Data),
                feeds: address(Route::Feeds),
            },
            free: site
                .catalogue
                .page_ids()
                .take(LINKED)
                .map(|id| FreePage { title: site.catalogue[id].title.or_own(lang), href: address(Route::Free(id)) })
                .collect(),
            links: Links {
                accessibility: leads_to(&settings.links.accessibility),
                privacy: leads_to(&settings.links.privacy),
                legal: leads_to(&settings.links.legal),
                transparency: leads_to(&settings.links.transparency),
            },
            licence: LicenceLink { name, url },
            assets: &theme.links,
            filters_css: filters.map(|asset| &*asset.address),
            theme: &theme.about,
            colour: brand::hex(settings.primary),
            dark: settings.theme.dark,
        }
    }
}

impl<'a> MenuEntry<'a> {
    /// There is no entry for objectives while no year has any.
    fn of(item: NavItem, site: &Site, strings: &'a Strings) -> Option<Self> {
        let (route, title) = match item {
            NavItem::Objectives => (Route::Year(site.years().next()?), strings.get("nav.objectives")),
            NavItem::Projects => (Route::Projects, strings.get("nav.projects")),
            NavItem::Updates => (Route::Updates, strings.get("nav.updates")),
            NavItem::Offices => (Route::Units, strings.get("nav.offices")),
            NavItem::Plans => (Route::Plans, strings.get("nav.plans")),
            NavItem::OpenData => (Route::Data, strings.get("nav.opendata")),
        };
        Some(Self { key: key(item), title, href: site.address(Page { lang: strings.lang(), route }) })
    }
}

impl Destination {
    /// Where an error on this page is reported: an e-mail names the page, and a web address may take it as `{page}`.
    fn of_report(site: &Site, strings: &Strings, at: Page, title: &str) -> Option<Self> {
        let written = site.settings.links.report_error.as_deref()?;
        let page = site.canonical(at);
        let part = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let href = if written.starts_with("mailto:") && !written.contains('?') {
            let subject = strings.say("src.report_subject", &[("titolo", title.into())]);
            format!("{written}?subject={}&body={}", part(&subject), part(&page))
        } else if written.contains("{page}") {
            written.replace("{page}", &part(&page))
        } else {
            return Some(Self::of(site, at.lang, written));
        };
        Some(Self { href, outside: true })
    }

    fn of(site: &Site, lang: Lang, written: &str) -> Self {
        match written.strip_prefix('/') {
            Some(path) => {
                let found = site.find(path).map(|page| site.address(Page { lang, ..page }));
                Self { href: found.unwrap_or_else(|| path.to_owned()), outside: false }
            }
            None => Self { href: written.to_owned(), outside: true },
        }
    }
}

impl<'a> Alternate<'a> {
    fn all(announced: &'a [Cow<'_, Announcement>]) -> Vec<Self> {
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
        let whole = "è".repeat(BRIEF);
        assert_eq!(brief(&whole), whole);
        let long = brief(&"parola, ".repeat(100));
        assert!(long.ends_with("parola…") && long.chars().count() <= BRIEF, "{long}");
        assert_eq!(brief(&"è".repeat(BRIEF + 1)), format!("{}…", "è".repeat(BRIEF - 1)));
    }
}
