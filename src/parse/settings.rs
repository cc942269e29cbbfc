//! Settings of a site: `site.toml`.

use std::collections::BTreeMap;
use std::ops::Range;

use url::Url;

use super::field::{Reader, Value};
use super::fields::{CityTable, Labels, LicenceTable, LinksTable, SiteFields, ThemeTable};
use super::node::Node;
use super::syntax;
use super::value::WebAddress;
use crate::diagnostic::{Profile, Report, Rules};
use crate::model::{
    BaseUrl, City, Colour, FileId, Lang, Licence, Links, NamePolicy, NavItem, Publication, Settings, ThemeChoice,
    Translated,
};

/// Blue of Bootstrap Italia, the colour of Italian public websites.
const BLUE: Colour = Colour([0x00, 0x66, 0xcc]);

/// Entries of the menu if `site.toml` names none.
const MENU: [NavItem; 5] =
    [NavItem::Objectives, NavItem::Projects, NavItem::Updates, NavItem::Offices, NavItem::OpenData];

/// Address of a site whose address can't be read (RFC 2606 §2). It is never published.
const NO_ADDRESS: &str = "https://site.invalid/";

/// Reads the settings and the rules. A value that is missing or can't be read has its default: the report has the
/// problem, and the rest of the site is checked all the same.
pub(super) fn read(id: FileId, text: &str, report: &mut Report) -> (Settings, Rules) {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut at = Reader::new(id, SiteFields::FIELDS, "", start);
    let fields = match text[start..].parse::<toml::Table>() {
        Ok(table) => SiteFields::read(Node::from(toml::Value::Table(table)), &mut at),
        Err(error) => {
            let bytes = error.span().map(|span| syntax_error(&text[start..], span, start));
            report.add(syntax::toml(id, bytes, error.message().trim()));
            None
        }
    };
    let mut fields = fields.unwrap_or_default();
    let check = fields.check.take().unwrap_or_default();
    let profiles = check.profiles.unwrap_or_else(|| Profile::DEFAULT.to_vec());
    let due_days = check.due_days.map(|days| days.0);
    let withdrawn = fields.withdrawn.take().unwrap_or_default().0;
    let mut rules = Rules::new(id, profiles, due_days, fields.rules.take().unwrap_or_default());
    rules.withdrawn = withdrawn;
    report.extend(at.report);
    let settings = complete(fields);
    (settings, rules)
}

/// Bytes that aren't TOML, to the end of the line; the line if it ends too soon.
fn syntax_error(text: &str, found: Range<usize>, start: usize) -> Range<usize> {
    if found.end > found.start {
        return start + found.start..start + found.end;
    }
    let (before, after) = text.split_at_checked(found.start).unwrap_or((text, ""));
    let rest = after.lines().next().unwrap_or_default().trim_end();
    if !rest.is_empty() {
        return start + before.len()..start + before.len() + rest.len();
    }
    let before = before.trim_end();
    let line = before.rfind('\n').map_or(0, |newline| newline + 1);
    start + line..start + before.len()
}

/// Settings with a default for each field that isn't there.
fn complete(fields: SiteFields) -> Settings {
    let site = fields.site.unwrap_or_default();
    let mut languages: Vec<Lang> = Vec::new();
    for lang in site.languages.unwrap_or_default() {
        if !languages.contains(&lang) {
            languages.push(lang);
        }
    }
    if languages.is_empty() {
        languages.push(Lang::It);
    }
    let nav = fields.nav.and_then(|nav| nav.items).unwrap_or_else(|| MENU.to_vec());
    let licence_is_stated = site.licence.is_some();
    let licence = site.licence.as_deref().map_or_else(Licence::default, licence);
    let mut title = Translated::from(site.title.unwrap_or_default());
    let mut description = Translated::from(site.description);
    for (lang, words) in site.others {
        add_words(&mut title, lang, words.title);
        add_known(&mut description, lang, words.description);
    }
    let written = site.base_url.map_or_else(|| NO_ADDRESS.to_owned(), |url| url.0);
    let base = base_url(&written).unwrap_or_else(|| BaseUrl::new(NO_ADDRESS.trim_end_matches('/'), "/"));
    let host = Url::parse(base.as_str())
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned))
        .unwrap_or_default();
    let labels = labels(fields.labels.unwrap_or_default(), languages[0]);
    let people = fields.people.unwrap_or_default();
    let theme = fields.theme.unwrap_or_default();
    let tag = fields.feeds.and_then(|feeds| feeds.tag);
    Settings {
        city: city(fields.city.unwrap_or_default(), &title),
        title,
        description,
        base,
        languages,
        primary: fields.brand.and_then(|brand| brand.primary).unwrap_or(BLUE),
        theme: theme_choice(theme),
        links: links(fields.links.unwrap_or_default()),
        nav,
        people: Publication {
            names: people.names.unwrap_or(NamePolicy::Executives),
            keep_years: people.keep_years.map(|years| years.0),
        },
        licence,
        licence_is_stated,
        // The year in which the first sites of this kind could exist; RFC 4151 asks for a day on which the authority
        // was its owner's, which a site with an older or newer domain states itself.
        tag_is_stated: tag.is_some(),
        tag: tag.unwrap_or_else(|| format!("{host},2026")),
        labels,
    }
}

/// First language that a site's settings name; `None` if they can't be read or name none.
pub(crate) fn language(text: &str) -> Option<Lang> {
    languages(text)?.first().copied()
}

/// Languages that a site's settings name; `None` if they can't be read or name none.
pub(super) fn languages(text: &str) -> Option<Vec<Lang>> {
    let table = text.trim_start_matches('\u{feff}').parse::<toml::Table>().ok()?;
    let mut at = Reader::new(FileId::NONE, SiteFields::FIELDS, "", 0);
    let fields = SiteFields::read(Node::from(toml::Value::Table(table)), &mut at)?;
    fields.site?.languages
}

/// Base address in its parts; `None` if it isn't http(s).
pub(crate) fn base_url(text: &str) -> Option<BaseUrl> {
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let path = format!("{}/", url.path().trim_end_matches('/'));
    Some(BaseUrl::new(&url.origin().ascii_serialization(), &path))
}

fn add_words(text: &mut Translated<String>, lang: Lang, words: Option<String>) {
    if let Some(words) = words {
        text.add(lang, words);
    }
}

fn add_known(text: &mut Translated<Option<String>>, lang: Lang, words: Option<String>) {
    if words.is_some() {
        text.add(lang, words);
    }
}

fn labels(labels: Labels, first: Lang) -> BTreeMap<Lang, BTreeMap<String, String>> {
    let mut all = labels.others;
    all.entry(first).or_default().extend(labels.own);
    all
}

fn city(table: CityTable, title: &Translated<String>) -> City {
    let mut name = table.name.map_or_else(|| title.clone(), Translated::from);
    let mut url = Translated::from(table.url.map(|url| url.0));
    let mut address = Translated::from(table.address);
    for (lang, words) in table.others {
        add_words(&mut name, lang, words.name);
        add_known(&mut url, lang, words.url.map(|url| url.0));
        add_known(&mut address, lang, words.address);
    }
    City {
        name,
        url,
        logo: table.logo,
        logo_dark: table.logo_dark,
        address,
        pec: table.pec,
        phone: table.phone,
        email: table.email,
    }
}

fn theme_choice(table: ThemeTable) -> ThemeChoice {
    ThemeChoice {
        name: table.name.unwrap_or_else(|| "default".to_owned()),
        dark: table.dark.unwrap_or(true),
        bootstrap_italia_css: table.bootstrap_italia_css,
        extra_css: table.extra_css,
    }
}

fn links(table: LinksTable) -> Links {
    let mut links = Links {
        accessibility: table.accessibility.map(|to| to.0).into(),
        privacy: table.privacy.map(|to| to.0).into(),
        legal: table.legal.map(|to| to.0).into(),
        transparency: table.transparency.map(|to| to.0).into(),
        report_error: table.report_error.map(|to| to.0).into(),
        search_action: table.search_action.map(|url| url.0),
        source_files: table.source_files.map(|url| url.0),
        source_history: table.source_history.map(|url| url.0),
    };
    for (lang, words) in table.others {
        add_known(&mut links.accessibility, lang, words.accessibility.map(|to| to.0));
        add_known(&mut links.privacy, lang, words.privacy.map(|to| to.0));
        add_known(&mut links.legal, lang, words.legal.map(|to| to.0));
        add_known(&mut links.transparency, lang, words.transparency.map(|to| to.0));
        add_known(&mut links.report_error, lang, words.report_error.map(|to| to.0));
    }
    links
}

/// A licence by its short name, which must be a known one, or by its parts.
fn licence(fields: &LicenceTable) -> Licence {
    match (&fields.name, &fields.url) {
        (Some(name), Some(WebAddress(url))) => Licence { name: name.clone(), url: url.clone() },
        _ => Licence::default(),
    }
}
