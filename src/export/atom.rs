//! Atom (RFC 4287): the same news as in RSS, in the format that says of each text what it is.

use atom_syndication as atom;
use jiff::civil::Date;

use super::feed::{self, Feed, Format};
use super::format::Export;
use crate::output::Cause;

pub(super) const EXPORT: Export = Export {
    name: "atom",
    announce: |site, strings, on| FORMAT.announce(site, strings, on),
    files: |site, strings| FORMAT.files(site, strings),
};

const FORMAT: &Format = &Format { file: "atom.xml", media_type: "application/atom+xml", named: "feed.atom", write };

fn write(feed: &Feed<'_>, bytes: &mut Vec<u8>) -> Result<(), Cause> {
    let atom = atom::Feed {
        title: atom::Text::plain(feed.title.clone()),
        id: feed.id(),
        updated: rfc3339(feed.updated())?,
        authors: vec![atom::Person { name: feed.publisher().into_owned(), ..Default::default() }],
        links: vec![
            link("self", FORMAT.media_type, feed.own.clone()),
            link("alternate", "text/html", feed.site.canonical(feed.page)),
        ],
        subtitle: Some(atom::Text::plain(feed.description.clone())),
        entries: feed.items().map(entry).collect::<Result<_, _>>()?,
        lang: Some(feed.page.lang.code().to_owned()),
        ..Default::default()
    };
    atom.write_to(bytes)?;
    Ok(())
}

fn entry(item: feed::Item<'_>) -> Result<atom::Entry, Cause> {
    let day = rfc3339(item.date)?;
    Ok(atom::Entry {
        title: atom::Text::plain(item.title.into_owned()),
        id: item.id,
        updated: day,
        published: Some(day),
        categories: vec![atom::Category { term: item.project.into_owned(), ..Default::default() }],
        links: vec![link("alternate", "text/html", item.page)],
        summary: Some(atom::Text::html(item.lead)).filter(|text| !text.value.is_empty()),
        content: Some(atom::Content {
            content_type: Some("html".to_owned()),
            value: Some(item.content),
            ..Default::default()
        }),
        ..Default::default()
    })
}

fn link(rel: &str, media_type: &str, href: String) -> atom::Link {
    atom::Link { href, rel: rel.to_owned(), mime_type: Some(media_type.to_owned()), ..Default::default() }
}

/// Midnight of a day, as RFC 3339 writes it.
fn rfc3339(date: Date) -> Result<atom::FixedDateTime, Cause> {
    format!("{date}T00:00:00Z").parse().map_err(|error| format!("{date}: {error}").into())
}
