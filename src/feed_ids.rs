//! Ids of feeds that a publication is about to change: readers would get all news again.
//!
//! Ids begin with `[feeds] tag` of `site.toml`, else with the site's host (RFC 4151). Their previous beginning is in the
//! feed that the last build wrote into the output folder. If nothing was published nobody knows an id.

use crate::diagnostic::{Code, Diagnostic, KeyPath, Report};
use crate::model::FileId;
use crate::publish::{self, Destination};
use crate::site::Site;

/// The published feed of the whole site, which has an id of its own even without news.
const FEED: &str = "atom.xml";

/// The problem that a site's feeds would have other ids than the published ones, with the line that keeps these; `file` is
/// the one of its settings.
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

/// The beginning of the ids of a feed, taken from its own, which is the first.
fn tag(feed: &[u8]) -> Option<&str> {
    // The own id is near the start, before any text of an editor except the site's title.
    let text = str::from_utf8(feed).ok()?;
    let (_, rest) = text.split_once("<id>tag:")?;
    let (tag, _) = rest.split_once(":feed:site</id>")?;
    (!tag.contains(['<', '&'])).then_some(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_own_id_of_a_feed_has_the_beginning_of_all() {
        let feed =
            b"<feed><title>x</title><id>tag:prova.example.org,2026:feed:site</id><entry><id>tag:a,1:b</id></entry>";
        assert_eq!(tag(feed), Some("prova.example.org,2026"));
        assert_eq!(tag(b"<feed><id>tag:prova.example.org,2026:catania/1</id>"), None);
        assert_eq!(tag(b"\xff"), None);
    }
}
