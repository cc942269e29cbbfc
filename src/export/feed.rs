//! What RSS and Atom share: whose news a feed tells, which updates it holds, and the ids that outlive a move.

use std::borrow::Cow;

use jiff::civil::{Date, date};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use pulldown_cmark::{Event, Tag, TagEnd};

use super::project_code;
use crate::model::{ProjectId, Update, UpdateId};
use crate::output::{Cause, OutputFile, OutputPathError};
use crate::render::markdown::{self, Links};
use crate::site::{Announcement, Role, Route, Site};
use crate::text::Strings;

/// How many updates a feed of the whole site, a unit or a year holds: the newest. A project's feed holds all of its
/// own, so that every update stays in at least one feed.
const NEWEST: usize = 100;

/// The unreserved characters of RFC 3986 §2.3; everything else is encoded, so that no id can be made of two ways.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A feed format: the name of its file beside a page, and how it is written.
pub(super) struct Format {
    pub(super) file: &'static str,
    pub(super) media_type: &'static str,
    /// The key of the text that adds the format's name to a feed's title.
    pub(super) named: &'static str,
    pub(super) write: fn(&Feed<'_>, &mut Vec<u8>) -> Result<(), Cause>,
}

/// The news of one page.
pub(super) struct Feed<'a> {
    pub(super) site: &'a Site,
    /// The page whose news it is.
    pub(super) route: Route,
    pub(super) title: String,
    pub(super) description: String,
    /// The address of the feed itself.
    pub(super) own: String,
    /// Newest first.
    updates: Vec<UpdateId>,
}

/// One update as feeds tell it; every text holds only characters that XML 1.0 allows.
pub(super) struct Item<'a> {
    pub(super) id: String,
    pub(super) title: Cow<'a, str>,
    pub(super) page: String,
    pub(super) date: Date,
    /// The title of its project.
    pub(super) project: Cow<'a, str>,
    /// The editor's lead, as HTML; empty where there is none.
    pub(super) lead: String,
    /// Lead and body, as HTML with absolute links.
    pub(super) content: String,
}

impl Format {
    pub(super) fn announce(&self, site: &Site, strings: &Strings) -> Vec<Announcement> {
        routes(site)
            .map(|route| Announcement {
                on: if route == Route::Home { None } else { Some(route) },
                role: Role::Feed,
                media_type: self.media_type,
                title: strings.say(self.named, &[("title", (&title(site, strings, route)).into())]),
                address: self.address(site, route),
            })
            .collect()
    }

    pub(super) fn files<'a>(
        &'static self,
        site: &'a Site,
        strings: &'a Strings,
    ) -> Result<Vec<OutputFile<'a>>, OutputPathError> {
        routes(site)
            .map(|route| {
                let address = self.address(site, route);
                super::file(&address.clone(), move |bytes| (self.write)(&Feed::of(site, strings, route, &address), bytes))
            })
            .collect()
    }

    fn address(&self, site: &Site, route: Route) -> String {
        format!("{}{}", site.address(route), self.file)
    }
}

/// The pages that have a feed.
fn routes(site: &Site) -> impl Iterator<Item = Route> {
    std::iter::once(Route::Home)
        .chain(site.catalogue.project_ids().map(Route::Project))
        .chain(site.catalogue.unit_ids().map(Route::Unit))
        .chain(site.years().map(Route::Year))
}

fn title(site: &Site, strings: &Strings, route: Route) -> String {
    let catalogue = &site.catalogue;
    let (key, name) = match route {
        Route::Project(id) => ("feed.project", Cow::Borrowed(catalogue[id].title.as_str())),
        Route::Unit(id) => ("feed.unit", Cow::Borrowed(catalogue[id].name.as_str())),
        Route::Year(year) => ("feed.year", Cow::Owned(year.to_string())),
        _ => ("feed.site", Cow::Borrowed("")),
    };
    let site = site.settings.title.as_str();
    strings.say(key, &[("site", site.into()), ("name", name.as_ref().into())])
}

fn updates(site: &Site, route: Route) -> Vec<UpdateId> {
    let catalogue = &site.catalogue;
    let (mut updates, most): (Vec<UpdateId>, usize) = match route {
        Route::Project(id) => (catalogue[id].updates.clone(), usize::MAX),
        Route::Unit(id) => {
            let projects = site.projects_of_unit(id).iter();
            (projects.flat_map(|project| catalogue[*project].updates.iter().copied()).collect(), NEWEST)
        }
        Route::Year(year) => {
            (catalogue.update_ids().filter(|id| catalogue[*id].date.year() == year).take(NEWEST).collect(), NEWEST)
        }
        _ => (catalogue.update_ids().take(NEWEST).collect(), NEWEST),
    };
    // The catalogue's order is newest first.
    updates.sort_unstable();
    updates.truncate(most);
    updates
}

impl<'a> Feed<'a> {
    fn of(site: &'a Site, strings: &Strings, route: Route, address: &str) -> Self {
        Self {
            site,
            route,
            title: clean(&title(site, strings, route)).into_owned(),
            description: clean(site.settings.description.as_deref().unwrap_or(strings.get("feed.description"))).into_owned(),
            own: site.settings.base.join(address),
            updates: updates(site, route),
        }
    }

    /// The day of its newest update, else of the site's newest, else the first of 1970: a feed that nothing was added
    /// to keeps its bytes, whenever it is made.
    pub(super) fn updated(&self) -> Date {
        let catalogue = &self.site.catalogue;
        let newest = self.updates.first().map(|id| &catalogue[*id]).or(catalogue.updates.first());
        newest.map_or(date(1970, 1, 1), |update| update.date)
    }

    /// Who speaks: the city, never a person.
    pub(super) fn publisher(&self) -> Cow<'a, str> {
        let settings = &self.site.settings;
        clean(if settings.city.name.is_empty() { &settings.title } else { &settings.city.name })
    }

    /// An id of the feed itself, which no item has.
    pub(super) fn id(&self) -> String {
        let tag = &self.site.settings.tag;
        match self.route {
            Route::Project(id) => format!("tag:{tag}:feed:project/{}", project_key(self.site, id)),
            Route::Unit(id) => {
                let unit = &self.site.catalogue[id].id;
                format!("tag:{tag}:feed:unit/{}", utf8_percent_encode(unit, UNRESERVED))
            }
            Route::Year(year) => format!("tag:{tag}:feed:year/{year}"),
            _ => format!("tag:{tag}:feed:site"),
        }
    }

    pub(super) fn items(&self) -> impl Iterator<Item = Item<'a>> {
        let site = self.site;
        self.updates.iter().map(|id| item(site, *id))
    }
}

fn item(site: &Site, id: UpdateId) -> Item<'_> {
    let update = &site.catalogue[id];
    let lead = update.lead.as_deref().map(paragraph).unwrap_or_default();
    // One below a reader's own heading, which is the item's title.
    let body = markdown::html(site, Route::Update(id), &update.body, Links::Absolute, 1);
    Item {
        id: update_id(site, id),
        title: clean(&update.title),
        page: site.canonical(Route::Update(id)),
        date: update.date,
        project: clean(&site.catalogue[update.project].title),
        content: clean(&format!("{lead}{body}")).into_owned(),
        lead: clean(&lead).into_owned(),
    }
}

/// The `tag:` URI of an update (RFC 4151): made of its administration, its project's code (else folder) and its own
/// date and name, so neither a new domain nor a new address of its page changes it, and no two updates share one.
pub(super) fn update_id(site: &Site, id: UpdateId) -> String {
    let update = &site.catalogue[id];
    let name = dated_name(update);
    let name = utf8_percent_encode(&name, UNRESERVED);
    format!("tag:{}:{}/{name}", site.settings.tag, project_key(site, update.project))
}

/// Codes are unique in their administration only.
fn project_key(site: &Site, id: ProjectId) -> String {
    let catalogue = &site.catalogue;
    let administration = &catalogue[catalogue.administration(catalogue[id].unit)].id;
    let code = project_code(catalogue, id);
    format!("{}/{}", utf8_percent_encode(administration, UNRESERVED), utf8_percent_encode(code, UNRESERVED))
}

/// The name of the update's file: its date, and its slug where that says more.
fn dated_name(update: &Update) -> String {
    let date = update.date.to_string();
    if update.slug == date { date } else { format!("{date}-{}", update.slug) }
}

fn paragraph(text: &str) -> String {
    let mut html = String::new();
    let events = [Event::Start(Tag::Paragraph), Event::Text(text.into()), Event::End(TagEnd::Paragraph)];
    pulldown_cmark::html::push_html(&mut html, events.into_iter());
    html
}

/// The text without the characters that XML 1.0 (§2.2, Char) has no way to write.
fn clean(text: &str) -> Cow<'_, str> {
    let refused = |c: char| {
        matches!(c, '\u{0}'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
    };
    if text.contains(refused) { Cow::Owned(text.replace(refused, "")) } else { Cow::Borrowed(text) }
}
