//! `robots.txt` (RFC 9309): nothing is hidden from search engines, and the site map is named. They ask for it at the root
//! of a host only; below a path it is there for whoever looks, and for the host's own file to be made from.

use super::format::{Export, file, is_first};
use super::sitemap;

pub(super) const EXPORT: Export = Export {
    name: "robots",
    announce: |_, _, _| Vec::new(),
    files: |site, strings| {
        if !is_first(site, strings) {
            return Ok(Vec::new());
        }
        let write = |bytes: &mut Vec<u8>| {
            let map = site.settings.base.join(sitemap::ADDRESS);
            bytes.extend_from_slice(format!("User-agent: *\nDisallow:\n\nSitemap: {map}\n").as_bytes());
            Ok(())
        };
        Ok(vec![file("robots.txt", write)?])
    },
};

#[cfg(test)]
mod tests {
    use crate::export::tests::sample::{site, text};

    #[test]
    fn everything_may_be_read_and_the_site_map_is_named() {
        let robots = text(&site("https://prova.example.org"), "robots", "robots.txt");
        assert_eq!(robots, "User-agent: *\nDisallow:\n\nSitemap: https://prova.example.org/sitemap.xml\n");
    }
}
