//! Common part of RSS and Atom: the page whose news a feed has, its updates, and ids that outlive a move of the site.

use std::borrow::Cow;

use jiff::civil::{Date, date};
use percent_encoding::utf8_percent_encode;
use pulldown_cmark::{Event, Tag, TagEnd};

use super::format::file;
use super::ids::{UNRESERVED, project_key, update_id};
use crate::catalogue::UpdateId;
use crate::output::{Cause, OutputFile, OutputPathError};
use crate::render::markdown::{self, Links};
use crate::site::{Announcement, Page, Role, Route, Site, id_prefix};
use crate::text::Strings;

/// Number of updates in a feed of the whole site, a unit or a year: the newest. A project's feed has all of its own, so
/// that every update stays in at least one feed.
const NEWEST: usize = 100;

/// A feed format: the name of its file beside a page, and the function that writes it.
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
    pub(super) page: Page,
    pub(super) title: String,
    pub(super) description: String,
    /// The address of the feed itself.
    pub(super) own: String,
    /// Newest first.
    updates: Vec<UpdateId>,
}

/// One update in a feed; every text has only characters that XML 1.0 allows.
pub(super) struct Item<'a> {
    pub(super) id: String,
    pub(super) title: Cow<'a, str>,
    pub(super) page: String,
    pub(super) date: Date,
    /// The title of its project.
    pub(super) project: Cow<'a, str>,
    /// The editor's lead, as HTML; empty if there is none.
    pub(super) lead: String,
    /// Lead and body, as HTML with absolute links.
    pub(super) content: String,
}

impl Format {
    /// The feed of the home is announced on every page.
    pub(super) fn announce(&self, site: &Site, strings: &Strings, on: Option<Route>) -> Vec<Announcement> {
        let route = match on {
            None => Route::Home,
            Some(route @ (Route::Project(_) | Route::Unit(_) | Route::Year(_))) => route,
            Some(_) => return Vec::new(),
        };
        vec![Announcement {
            lang: strings.lang(),
            on,
            role: Role::Feed,
            media_type: self.media_type,
            title: strings.format(self.named, &[("title", (&title(site, strings, route)).into())]),
            address: self.address(site, Page { lang: strings.lang(), route }),
        }]
    }

    pub(super) fn files<'a>(
        &'static self,
        site: &'a Site,
        strings: &'a Strings,
    ) -> Result<Vec<OutputFile<'a>>, OutputPathError> {
        routes(site)
            .map(|route| {
                let address = self.address(site, Page { lang: strings.lang(), route });
                file(&address.clone(), move |bytes| (self.write)(&Feed::of(site, strings, route, &address), bytes))
            })
            .collect()
    }

    fn address(&self, site: &Site, page: Page) -> String {
        format!("{}{}", site.address(page), self.file)
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
    let (catalogue, lang) = (&site.catalogue, strings.lang());
    let (key, name) = match route {
        Route::Project(id) => ("feed.project", Cow::Borrowed(catalogue[id].title.or_own(lang).as_str())),
        Route::Unit(id) => ("feed.unit", Cow::Borrowed(catalogue[id].name.or_own(lang).as_str())),
        Route::Year(year) => ("feed.year", Cow::Owned(year.to_string())),
        _ => ("feed.site", Cow::Borrowed("")),
    };
    let site = site.settings.title.or_own(lang).as_str();
    strings.format(key, &[("site", site.into()), ("name", name.as_ref().into())])
}

fn updates(site: &Site, route: Route) -> Vec<UpdateId> {
    let catalogue = &site.catalogue;
    let mut updates: Vec<UpdateId> = match route {
        Route::Project(id) => return catalogue[id].updates.clone(),
        Route::Unit(id) => {
            let projects = site.projects_of_unit(id).iter();
            projects.flat_map(|project| catalogue[*project].updates.iter().copied()).collect()
        }
        Route::Year(year) => catalogue.update_ids().filter(|id| catalogue[*id].date.year() == year).collect(),
        _ => catalogue.update_ids().collect(),
    };
    // The catalogue's order is newest first.
    updates.sort_unstable();
    updates.truncate(NEWEST);
    updates
}

impl<'a> Feed<'a> {
    fn of(site: &'a Site, strings: &Strings, route: Route, address: &str) -> Self {
        Self {
            site,
            page: Page { lang: strings.lang(), route },
            title: clean(&title(site, strings, route)).into_owned(),
            description: clean(
                site.settings
                    .description
                    .or_own(strings.lang())
                    .as_deref()
                    .unwrap_or(strings.get("feed.description")),
            )
            .into_owned(),
            own: site.settings.base.join(address),
            updates: updates(site, route),
        }
    }

    /// The day of its newest update, else of the site's newest, else the first of 1970: a feed that nothing was added
    /// to keeps its bytes, whenever it is made.
    pub(super) fn updated(&self) -> Date {
        let catalogue = &self.site.catalogue;
        let newest = self
            .updates
            .first()
            .map(|id| &catalogue[*id])
            .or_else(|| Some(&catalogue[catalogue.update_ids().next()?]));
        newest.map_or(date(1970, 1, 1), |update| update.date)
    }

    /// The author of the news: the city, never a person.
    pub(super) fn publisher(&self) -> Cow<'a, str> {
        let settings = &self.site.settings;
        let [title, city] = [&settings.title, &settings.city.name].map(|name| name.or_own(self.page.lang));
        clean(if city.is_empty() { title } else { city })
    }

    /// An id of the feed itself, which no item has.
    pub(super) fn id(&self) -> String {
        let tag = &self.site.settings.tag;
        let id = match self.page.route {
            Route::Project(id) => format!("tag:{tag}:feed:project/{}", project_key(self.site, id)),
            Route::Unit(id) => {
                let unit = &self.site.catalogue[id].id;
                format!("tag:{tag}:feed:unit/{}", utf8_percent_encode(unit, UNRESERVED))
            }
            Route::Year(year) => format!("tag:{tag}:feed:year/{year}"),
            _ => format!("tag:{tag}:feed:site"),
        };
        in_language(id, self.site, self.page)
    }

    pub(super) fn items(&self) -> impl Iterator<Item = Item<'a>> {
        let (site, lang) = (self.site, self.page.lang);
        self.updates
            .iter()
            .map(move |id| item(site, Page { lang, route: Route::Update(*id) }, *id))
    }
}

fn item(site: &Site, page: Page, id: UpdateId) -> Item<'_> {
    let update = &site.catalogue[id];
    let lead = update.lead.or_own(page.lang).as_deref().map(paragraph).unwrap_or_default();
    // One below a reader's own heading, which is the item's title.
    let body =
        markdown::html(site, page, update.body.read().or_own(page.lang), Links::Absolute, 1, id_prefix(page.route));
    Item {
        id: in_language(update_id(site, id), site, page),
        title: clean(update.title.or_own(page.lang)),
        page: site.canonical(page),
        date: update.date,
        project: clean(site.catalogue[update.project].title.or_own(page.lang)),
        content: clean(&format!("{lead}{body}")).into_owned(),
        lead: clean(&lead).into_owned(),
    }
}

/// The id of a text in a language. Languages other than the site's first have an id of their own, as their text is another.
fn in_language(id: String, site: &Site, page: Page) -> String {
    if page.lang == site.settings.language() { id } else { format!("{id}:{}", page.lang.code()) }
}

fn paragraph(text: &str) -> String {
    let mut html = String::new();
    let events = [Event::Start(Tag::Paragraph), Event::Text(text.into()), Event::End(TagEnd::Paragraph)];
    pulldown_cmark::html::push_html(&mut html, events.into_iter());
    html
}

/// The text without the characters that XML 1.0 (§2.2, Char) has no way to write.
fn clean(text: &str) -> Cow<'_, str> {
    let refused =
        |c: char| matches!(c, '\u{0}'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}');
    if text.contains(refused) { Cow::Owned(text.replace(refused, "")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::tests::sample::{HARD_IN_XML, empty, many_updates, site, strings, text};

    const BASE: &str = "https://prova.example.org";

    /// The feed as an independent reader finds it: ids, titles, days, pages and texts of its items.
    fn read(xml: &str) -> (String, Vec<[String; 5]>) {
        let some = |text: Option<&str>| text.unwrap_or_default().to_owned();
        match xml.parse::<syndication::Feed>().expect("a feed") {
            syndication::Feed::RSS(channel) => {
                let items = channel.items().iter().map(|item| {
                    let guid = item.guid().expect("an id");
                    assert!(!guid.is_permalink(), "an id is no address");
                    [Some(guid.value()), item.title(), item.pub_date(), item.link(), item.content()].map(some)
                });
                (channel.title().to_owned(), items.collect())
            }
            syndication::Feed::Atom(feed) => {
                let items = feed.entries().iter().map(|entry| {
                    let content = entry.content().and_then(|content| content.value());
                    let link = Some(entry.links()[0].href());
                    [Some(entry.id()), Some(entry.title()), Some(entry.updated()), link, content].map(some)
                });
                (feed.title().to_owned(), items.collect())
            }
        }
    }

    fn ids(base: &str, format: &str, address: &str) -> Vec<String> {
        read(&text(&site(base), format, address)).1.into_iter().map(|[id, ..]| id).collect()
    }

    #[test]
    fn an_independent_reader_finds_hard_titles_and_texts_whole() {
        for (format, file) in [("rss", "feed.xml"), ("atom", "atom.xml")] {
            let (title, items) = read(&text(&site(BASE), format, file));
            assert_eq!(title, "Promesse & fatti: aggiornamenti sui progetti");
            let [_, title, _, page, content] = &items[0];
            // XML readers take a line end for one character (§2.11); this one leaves both.
            assert_eq!(title.replace("\r\n", "\n"), HARD_IN_XML, "{format}");
            assert_eq!(page, "https://prova.example.org/progetti/habito/2024-02-03-fine/");
            let lead = "<p>In breve: =Case &amp; \"orti\" &lt;b&gt;]]&gt; 🌱,\nfine</p>";
            assert!(content.replace("\r\n", "\n").starts_with(lead), "{content}");
            assert!(content.contains("<a href=\"https://prova.example.org/2020/2020_zn07/\">"), "{content}");
        }
    }

    #[test]
    fn a_days_midnight_is_written_as_each_format_wants_it() {
        let dates = |format, file| read(&text(&site(BASE), format, file)).1.into_iter().map(|[_, _, day, ..]| day);
        assert_eq!(dates("rss", "feed.xml").next().as_deref(), Some("Sat, 03 Feb 2024 00:00:00 +0000"));
        assert_eq!(dates("atom", "atom.xml").next().as_deref(), Some("2024-02-03T00:00:00+00:00"));
    }

    #[test]
    fn each_feed_holds_the_updates_of_its_page_newest_first() {
        let fine = "tag:prova.example.org,2026:catania/CT3.1/2024-02-03-fine";
        let avviso = "tag:prova.example.org,2026:firenze/senza-codice/2023-12-02-avviso";
        let avvio = "tag:prova.example.org,2026:catania/CT3.1/2023-01-09";
        for (format, file) in [("rss", "feed.xml"), ("atom", "atom.xml")] {
            for (folder, expected) in [
                ("", vec![fine, avviso, avvio]),
                ("progetti/habito/", vec![fine, avvio]),
                ("progetti/senza-codice/", vec![avviso]),
                ("uffici/catania/", vec![fine, avvio]),
                ("uffici/firenze/", vec![avviso]),
                ("uffici/firenze/sociale/", vec![avviso]),
                ("2020/", vec![]),
            ] {
                assert_eq!(ids(BASE, format, &format!("{folder}{file}")), expected, "{format} {folder}");
            }
        }
    }

    #[test]
    fn a_move_of_the_site_changes_no_id() {
        for (format, file) in [("rss", "feed.xml"), ("atom", "atom.xml")] {
            assert_eq!(ids(BASE, format, file), ids("https://altrove.example.net", format, file));
        }
        let id = |base| text(&site(base), "atom", "atom.xml").split("</id>").next().map(str::to_owned);
        assert!(id(BASE).is_some_and(|head| head.ends_with("<id>tag:prova.example.org,2026:feed:site")));
    }

    #[test]
    fn a_feed_without_news_is_valid_and_does_not_look_at_the_clock() {
        let atom = text(&empty(BASE), "atom", "progetti/vuoto/atom.xml");
        assert!(atom.contains("<updated>1970-01-01T00:00:00+00:00</updated>"), "{atom}");
        assert_eq!(read(&atom), ("Progetto vuoto: aggiornamenti".to_owned(), vec![]));
        let rss = text(&empty(BASE), "rss", "progetti/vuoto/feed.xml");
        assert!(rss.contains("<lastBuildDate>Thu, 01 Jan 1970 00:00:00 +0000</lastBuildDate>"), "{rss}");
        assert_eq!(read(&rss).1.len(), 0);
    }

    #[test]
    fn a_feed_says_where_it_is_and_who_publishes_it_and_names_no_official() {
        let rss = text(&site(BASE), "rss", "uffici/firenze/feed.xml");
        let own = "<atom:link href=\"https://prova.example.org/uffici/firenze/feed.xml\" rel=\"self\" \
                   type=\"application/rss+xml\"></atom:link>";
        assert!(rss.contains(own), "{rss}");
        assert!(rss.contains("<dc:creator>Città di Prova</dc:creator>"), "{rss}");
        assert!(rss.contains("<language>it</language>"), "{rss}");
        let atom = text(&site(BASE), "atom", "uffici/firenze/atom.xml");
        assert!(atom.contains("<author><name>Città di Prova</name></author>"), "{atom}");
        for feed in [rss, atom] {
            assert!(!feed.contains("Cavalleri") && !feed.contains("Direttore"));
        }
    }

    #[test]
    fn a_projects_feed_is_complete_and_the_others_end_with_the_hundredth_update() {
        let site = many_updates(NEWEST + 1);
        let strings = strings();
        let length = |route| Feed::of(&site, &strings, route, "feed.xml").items().count();
        assert_eq!(length(Route::Project(crate::catalogue::ProjectId(0))), NEWEST + 1);
        for route in [Route::Home, Route::Unit(crate::catalogue::UnitId(2))] {
            assert_eq!(length(route), NEWEST);
        }
    }
}
