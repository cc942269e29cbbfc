//! The ids of feeds that a publication is about to change: readers would be given all news again.
//!
//! Ids begin with `[feeds] tag` of `site.toml`, else with the site's host (RFC 4151). What they began with is told by the
//! feed that the last build wrote into the output folder. Where nothing was published nobody knows an id.

use crate::diagnostic::{Code, Diagnostic, KeyPath, Report};
use crate::model::FileId;
use crate::publish::{self, Destination};
use crate::site::Site;

/// The published feed of the whole site, which has an id of its own where there is no news yet.
const FEED: &str = "atom.xml";

/// The problem that a site's feeds would have other ids than the published ones, with the line that keeps these; its
/// settings lie in `file`.
pub fn renewed(site: &Site, file: FileId, destination: &Destination) -> Report {
    let mut report = Report::default();
    let published = publish::published(destination);
    let feed = published.binary_search_by(|path| path.as_ref().cmp(FEED)).ok();
    let feed = feed.and_then(|place| publish::read(destination, &published[place]));
    let Some(tag) = feed.as_deref().and_then(tag) else { return report };
    let settings = &site.settings;
    if tag != settings.tag {
        let place =
            if settings.tag_is_stated { KeyPath::of("feeds").key("tag") } else { KeyPath::of("site").key("base_url") };
        let problem = Diagnostic::new(Code::NewFeedIds, file, place);
        report.add(problem.with("written", settings.tag.as_str()).with("tag", tag));
    }
    report
}

/// What the ids of a feed begin with, as its own, which is the first, tells.
fn tag(feed: &[u8]) -> Option<&str> {
    // The own id stands near the start, before any text that an editor wrote but the site's title.
    let text = str::from_utf8(feed).ok()?;
    let (_, rest) = text.split_once("<id>tag:")?;
    let (tag, _) = rest.split_once(":feed:site</id>")?;
    (!tag.contains(['<', '&'])).then_some(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_says_what_its_ids_begin_with() {
        let feed =
            b"<feed><title>x</title><id>tag:prova.example.org,2026:feed:site</id><entry><id>tag:a,1:b</id></entry>";
        assert_eq!(tag(feed), Some("prova.example.org,2026"));
        assert_eq!(tag(b"<feed><id>tag:prova.example.org,2026:catania/1</id>"), None);
        assert_eq!(tag(b"\xff"), None);
    }
}
