//! Data that templates have as `site`: one value for all pages of a language, made once.

use std::collections::BTreeMap;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::brand;
use super::theme::{Asset, AssetLinks, Manifest, Theme};
use crate::model::{Lang, Licence, NavItem, Settings, Translated};
use crate::site::{Page, Route, SINGLES, Site};
use crate::text::Strings;

/// Limit of the free pages, and of the years, that every page links to; the map of the site has all.
const LINKED: usize = 100;

/// Value that templates have as `site`, on every page.
#[derive(Serialize)]
pub(super) struct Global<'a> {
    home: String,
    title: &'a str,
    description: Option<&'a str>,
    lang: &'static str,
    locale: &'static str,
    picture: Option<SharedPicture>,
    base: &'a str,
    city: CityDetails<'a>,
    menu: Vec<MenuEntry<'a>>,
    years: Vec<YearLink>,
    /// Addresses of the pages that there is one of, by their kinds.
    pages: BTreeMap<&'static str, String>,
    free: Vec<FreePageLink<'a>>,
    links: FooterLinks,
    licence: LicenceLink<'a>,
    assets: &'a AssetLinks,
    filters_css: Option<&'a str>,
    theme: &'a Manifest,
    colour: String,
    dark: bool,
}

/// Picture that a preview shows beside a link to any page where people share it.
#[derive(Serialize)]
struct SharedPicture {
    url: String,
    width: u32,
    height: u32,
}

#[derive(Serialize)]
struct CityDetails<'a> {
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
struct YearLink {
    year: i16,
    href: String,
}

#[derive(Serialize)]
struct FreePageLink<'a> {
    title: &'a str,
    href: String,
}

#[derive(Serialize)]
struct FooterLinks {
    accessibility: Option<ConfiguredLink>,
    privacy: Option<ConfiguredLink>,
    legal: Option<ConfiguredLink>,
    transparency: Option<ConfiguredLink>,
}

/// Link that `site.toml` sets.
#[derive(Serialize)]
pub(super) struct ConfiguredLink {
    href: String,
    /// True if `href` is a complete address; else it goes on from the site's root.
    outside: bool,
}

#[derive(Serialize)]
struct LicenceLink<'a> {
    name: &'a str,
    url: &'a str,
}

impl<'a> Global<'a> {
    /// Value for the pages of the language of `strings`.
    pub(super) fn of(site: &'a Site, theme: &'a Theme, strings: &'a Strings, filters: Option<&'a Asset>) -> Self {
        let settings = &site.settings;
        let lang = strings.lang();
        let address = |route: Route| site.address(Page { lang, route });
        let Licence { name, url } = &settings.licence;
        Self {
            home: address(Route::Home),
            title: settings.title.or_own(lang),
            description: settings.description.or_own(lang).as_deref(),
            lang: lang.code(),
            locale: lang.language().locale,
            picture: theme.links.picture.as_ref().map(|picture| SharedPicture {
                url: settings.base.join(&picture.href),
                width: picture.width,
                height: picture.height,
            }),
            base: settings.base.as_str(),
            city: CityDetails::of(settings, &theme.links, lang),
            menu: settings.nav.iter().filter_map(|item| MenuEntry::of(*item, site, strings)).collect(),
            years: site
                .years()
                .take(LINKED)
                .map(|year| YearLink { year, href: address(Route::Year(year)) })
                .collect(),
            pages: SINGLES.iter().map(|single| (single.kind, address(single.route))).collect(),
            free: site
                .catalogue
                .page_ids()
                .take(LINKED)
                .map(|id| FreePageLink { title: site.catalogue[id].title.or_own(lang), href: address(Route::Free(id)) })
                .collect(),
            links: FooterLinks::of(site, lang),
            licence: LicenceLink { name, url },
            assets: &theme.links,
            filters_css: filters.map(|asset| &*asset.address),
            theme: &theme.about,
            colour: brand::hex(settings.primary),
            dark: settings.theme.dark,
        }
    }
}

impl<'a> CityDetails<'a> {
    fn of(settings: &'a Settings, files: &'a AssetLinks, lang: Lang) -> Self {
        let city = &settings.city;
        Self {
            name: city.name.or_own(lang),
            url: city.url.or_own(lang).as_deref(),
            logo: files.logo.as_deref(),
            logo_dark: files.logo_dark.as_deref(),
            address: city.address.or_own(lang).as_deref(),
            pec: city.pec.as_deref(),
            phone: city.phone.as_deref(),
            email: city.email.as_deref(),
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
        Some(Self { key: nav_key(item), title, href: site.address(Page { lang: strings.lang(), route }) })
    }
}

impl FooterLinks {
    fn of(site: &Site, lang: Lang) -> Self {
        let link = |written: &Translated<Option<String>>| {
            written.or_own(lang).as_deref().map(|written| ConfiguredLink::of(site, lang, written))
        };
        let links = &site.settings.links;
        Self {
            accessibility: link(&links.accessibility),
            privacy: link(&links.privacy),
            legal: link(&links.legal),
            transparency: link(&links.transparency),
        }
    }
}

impl ConfiguredLink {
    /// Link by which readers report an error on a page: an e-mail names the page, and a web address may take it as
    /// `{page}`.
    pub(super) fn of_report(site: &Site, strings: &Strings, at: Page, title: &str) -> Option<Self> {
        let written = site.settings.links.report_error.as_deref()?;
        let page = site.canonical(at);
        let part = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let href = if written.starts_with("mailto:") && !written.contains('?') {
            let subject = strings.format("src.report_subject", &[("titolo", title.into())]);
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

/// Name of an entry of the menu in `site.toml` and templates.
pub(super) fn nav_key(item: NavItem) -> &'static str {
    NavItem::ALL.iter().find(|(known, _)| *known == item).map_or("", |(_, key)| key)
}
