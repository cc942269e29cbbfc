//! Sanitising of the HTML that editors write.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use ammonia::{Builder, UrlRelative, UrlRelativeEvaluate};
use pulldown_cmark::Event;
use url::Url;

use super::links::LinkTargets;
use crate::site::{ELEMENTS, Ids, TagScanner};

/// Elements that hold nothing and are never closed.
const EMPTY: [&str; 5] = ["br", "col", "hr", "img", "wbr"];

const ATTRIBUTES: [(&str, &[&str]); 16] = [
    ("a", &["href"]),
    ("abbr", &["title"]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("data", &["value"]),
    ("del", &["datetime"]),
    ("details", &["open"]),
    ("dfn", &["title"]),
    ("section", &["aria-label"]),
    ("img", &["src", "alt", "width", "height"]),
    ("ins", &["datetime"]),
    ("li", &["value"]),
    ("ol", &["start", "reversed", "type"]),
    ("td", &["colspan", "rowspan"]),
    ("th", &["colspan", "rowspan", "scope"]),
    ("time", &["datetime"]),
];

/// Attributes that Vetro's own writer sets, with the only values that they may have.
const VALUES: [(&str, &str, &[&str]); 3] = [
    ("a", "role", &["doc-noteref", "doc-backlink"]),
    ("section", "role", &["doc-endnotes"]),
    ("section", "tabindex", &["0"]),
];

const CLASSES: [(&str, &[&str]); 3] =
    [("section", &["footnotes", "scroll"]), ("td", &["num", "center"]), ("th", &["num", "center"])];

/// Limit of the elements that the editor's HTML may open in each other. The time of sanitising grows with a text's length
/// times its depth, which in a text of any use is a handful.
pub(super) const MAX_DEPTH: usize = 1_000;

/// Number of elements that the editor's HTML opens in each other; those that it leaves open count for all that follows.
pub(super) fn depth(events: &[(Event<'_>, Range<usize>)]) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let mut scan = TagScanner::default();
    for (event, _) in events {
        let (Event::Html(html) | Event::InlineHtml(html)) = event else { continue };
        for tag in scan.tags(html) {
            if tag.closes {
                depth = depth.saturating_sub(1);
            } else if !tag.name.is_empty() && !EMPTY.contains(&&*tag.name) {
                depth += 1;
                deepest = deepest.max(depth);
            }
        }
    }
    deepest
}

/// The text with nothing in it that could do harm or occur twice: known elements and attributes alone, pictures of the site
/// alone, of ids those of the text's own headings and notes, and links resolved as those of Markdown are.
pub(super) fn clean(html: &str, targets: &LinkTargets<'_>, ids: Ids) -> String {
    let mut values: HashMap<&str, HashMap<&str, HashSet<&str>>> = HashMap::new();
    for (element, attribute, known) in VALUES {
        values.entry(element).or_default().insert(attribute, known.iter().copied().collect());
    }
    let ids = Arc::new(ids);
    let (own_ids, prefix) = (Arc::clone(&ids), targets.prefix.to_owned());
    let seen = Mutex::new(HashSet::new());
    let is_first = move |id: &str| seen.lock().unwrap_or_else(PoisonError::into_inner).insert(id.to_owned());
    Builder::empty()
        .tags(ELEMENTS.into())
        .clean_content_tags(["script", "style"].into())
        .generic_attributes(["id", "lang", "dir"].into())
        .tag_attributes(sets(&ATTRIBUTES))
        .tag_attribute_values(values)
        .set_tag_attribute_value("img", "loading", "lazy")
        .allowed_classes(sets(&CLASSES))
        .url_schemes(["http", "https", "mailto", "tel"].into())
        .url_relative(UrlRelative::Custom(Box::new(RedirectedLink { targets, ids })))
        .link_rel(None)
        .attribute_filter(move |element, attribute, value| {
            let is_kept = match (element, attribute) {
                ("img", "src") => Url::parse(value).is_err(),
                (_, "id") => value.strip_prefix(&prefix).is_some_and(|name| own_ids.has(name)) && is_first(value),
                _ => true,
            };
            is_kept.then_some(Cow::Borrowed(value))
        })
        .clean(html)
        .to_string()
}

struct RedirectedLink<'l> {
    targets: &'l LinkTargets<'l>,
    ids: Arc<Ids>,
}

impl<'l> UrlRelativeEvaluate<'l> for RedirectedLink<'l> {
    fn evaluate<'url>(&self, written: &'url str) -> Option<Cow<'url, str>> {
        self.targets.resolve(written, &self.ids).map(Cow::Owned)
    }
}

fn sets(pairs: &[(&'static str, &'static [&'static str])]) -> HashMap<&'static str, HashSet<&'static str>> {
    pairs.iter().map(|(element, names)| (*element, names.iter().copied().collect())).collect()
}
