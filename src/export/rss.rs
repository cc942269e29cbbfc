//! RSS 2.0: news of projects in the format that most readers know, with the full text in `content:encoded`.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rss::extension::dublincore::DublinCoreExtension;
use rss::extension::{Extension, ExtensionMap};
use rss::{Category, Channel, Guid, Item};

use super::feed::{self, Feed, Format};
use super::format::Export;
use crate::output::Cause;

pub(super) const EXPORT: Export = Export {
    name: "rss",
    announce: |site, strings, on| FORMAT.announce(site, strings, on),
    files: |site, strings| FORMAT.files(site, strings),
};

const FORMAT: &Format = &Format { file: "feed.xml", media_type: "application/rss+xml", named: "feed.rss", write };

fn write(feed: &Feed<'_>, bytes: &mut Vec<u8>) -> Result<(), Cause> {
    let channel = Channel {
        title: feed.title.clone(),
        link: feed.site.canonical(feed.page),
        description: feed.description.clone(),
        language: Some(feed.page.lang.code().to_owned()),
        last_build_date: Some(rfc822(feed.updated())),
        namespaces: BTreeMap::from([("atom".to_owned(), "http://www.w3.org/2005/Atom".to_owned())]),
        extensions: own_address(feed),
        // RSS wants an e-mail address of an author; Dublin Core is content with a name.
        dublin_core_ext: Some(DublinCoreExtension {
            creators: vec![feed.publisher().into_owned()],
            ..Default::default()
        }),
        items: feed.items().map(item).collect(),
        ..Default::default()
    };
    let mut xml = Vec::new();
    channel.write_to(&mut xml)?;
    plain_titles(&String::from_utf8(xml)?, bytes);
    Ok(())
}

/// The feed with `&` and `<` in its titles as hexadecimal references: RSS doesn't say whether a title is plain text or HTML, and
/// in this form most readers take it for plain text (RSS Advisory Board, Best Practices Profile, Character Data).
fn plain_titles(xml: &str, bytes: &mut Vec<u8>) {
    const CDATA: (&str, &str) = ("<![CDATA[", "]]>");
    const TITLE: (&str, &str) = ("<title>", "</title>");
    let mut rest = xml;
    while let Some(start) = rest.find('<') {
        let element = &rest[start..];
        let Some((begin, end)) = [CDATA, TITLE].into_iter().find(|(begin, _)| element.starts_with(begin)) else {
            bytes.extend(rest[..=start].bytes());
            rest = &rest[start + 1..];
            continue;
        };
        let length = element[begin.len()..].find(end).map_or(rest.len(), |length| start + begin.len() + length);
        let (element, others) = rest.split_at(length);
        if begin == TITLE.0 {
            bytes.extend(element.replace("&amp;", "&#x26;").replace("&lt;", "&#x3C;").bytes());
        } else {
            bytes.extend(element.bytes());
        }
        rest = others;
    }
    bytes.extend(rest.bytes());
}

fn item(item: feed::Item<'_>) -> Item {
    // If there is no lead, readers that show only one of the two texts show all of it.
    let description = if item.lead.is_empty() { item.content.clone() } else { item.lead };
    Item {
        title: Some(item.title.into_owned()),
        link: Some(item.page),
        description: Some(description).filter(|text| !text.is_empty()),
        categories: vec![Category { name: item.project.into_owned(), domain: None }],
        guid: Some(Guid { value: item.id, permalink: false }),
        pub_date: Some(rfc822(item.date)),
        content: Some(item.content).filter(|text| !text.is_empty()),
        ..Default::default()
    }
}

/// The `atom:link rel="self"` that the RSS Advisory Board's Best Practices Profile asks for.
fn own_address(feed: &Feed<'_>) -> ExtensionMap {
    let attrs = [("href", feed.own.as_str()), ("rel", "self"), ("type", FORMAT.media_type)];
    let link = Extension {
        name: "atom:link".to_owned(),
        attrs: attrs.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
        ..Default::default()
    };
    BTreeMap::from([("atom".to_owned(), BTreeMap::from([("link".to_owned(), vec![link])]))])
}

/// Midnight of a day, as RFC 822 §5 writes it with the year of four digits of RSS 2.0.
fn rfc822(date: Date) -> String {
    date.strftime("%a, %d %b %Y 00:00:00 +0000").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_plain_text_and_a_text_with_one_inside_stays() {
        let xml = "<channel><title>A &amp; B &lt;50</title><description><![CDATA[<title>&amp;</title>]]></description>\
                   <item><title>&lt;b&gt;</title></item></channel>";
        let mut bytes = Vec::new();
        plain_titles(xml, &mut bytes);
        assert_eq!(
            String::from_utf8(bytes).expect("text"),
            "<channel><title>A &#x26; B &#x3C;50</title><description><![CDATA[<title>&amp;</title>]]></description>\
             <item><title>&#x3C;b&gt;</title></item></channel>"
        );
    }
}
