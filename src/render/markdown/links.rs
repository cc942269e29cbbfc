//! Links and pictures of a text, as its page has them.

use url::Url;

use crate::render::address::encoded;
use crate::site::{Ids, Link, Page, Picture, Site, is_top};

/// Form in which links to pages and files of the site are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Links<'a> {
    /// After the path from the page to the site's root, such as `../../`.
    Below(&'a str),
    /// Variant of `Below` for another page than the text's own: its places are on that one.
    Elsewhere(&'a str),
    /// With the site's complete address, as a feed needs them.
    Absolute,
}

/// Targets of the links of a text.
#[derive(Clone, Copy)]
pub(super) struct LinkTargets<'a> {
    pub(super) site: &'a Site,
    pub(super) from: Page,
    pub(super) links: Links<'a>,
    pub(super) prefix: &'a str,
    /// True if the text is sanitised. That resolves the relative links of the editor's HTML, and so those of the writer:
    /// until then they stay as the editor wrote them.
    pub(super) is_sanitised: bool,
}

impl LinkTargets<'_> {
    /// Address of a link's target. Returns `None` if there is no such target.
    pub(super) fn resolve(&self, written: &str, ids: &Ids) -> Option<String> {
        match self.site.link(self.from.route, written).ok()? {
            Link::Page(route, place) => {
                let to = Page { route, ..self.from };
                let page = match self.links {
                    Links::Below(root) | Links::Elsewhere(root) => format!("{root}{}", self.site.address(to)),
                    Links::Absolute => self.site.canonical(to),
                };
                let id = place.filter(|place| !is_top(place)).and_then(|place| self.site.place(to, &place));
                Some(id.map_or_else(|| page.clone(), |id| format!("{page}#{id}")))
            }
            Link::File(address, _) => Some(self.file_href(&address)),
            Link::Here(place) if is_top(&place) => Some(match self.links {
                Links::Below(_) => "#".to_owned(),
                Links::Elsewhere(root) => format!("{root}{}", self.site.address(self.from)),
                Links::Absolute => self.site.canonical(self.from),
            }),
            Link::Here(place) => match ids.find(&place).or_else(|| ids.find(place.strip_prefix(self.prefix)?)) {
                Some(id) => Some(self.own_place(id)),
                None => Some(self.place_on_page(&self.site.place(self.from, &place)?)),
            },
            Link::Outside(address) => Some(address),
        }
    }

    /// Address that the writer gives a link. Returns `None` if it leads nowhere.
    pub(super) fn href(&self, written: &str, ids: &Ids) -> Option<String> {
        let target = self.resolve(written, ids)?;
        Some(if self.is_sanitised && Url::parse(&target).is_err() { written.to_owned() } else { target })
    }

    /// Picture with the address that the writer gives it. Returns `None` if there is no such picture.
    pub(super) fn picture(&self, written: &str) -> Option<Picture> {
        Some(match self.site.picture(self.from.route, written).ok()? {
            Picture::Own(_, pixels) if self.is_sanitised => Picture::Own(written.to_owned(), pixels),
            Picture::Own(address, pixels) => Picture::Own(self.file_href(&address), pixels),
            elsewhere @ Picture::Elsewhere(_) => elsewhere,
        })
    }

    /// Address that the writer gives a link to a note, or back from one.
    pub(super) fn note_href(&self, id: &str) -> String {
        if self.is_sanitised { format!("#{id}") } else { self.own_place(id) }
    }

    /// Id on the page of a name in the text.
    pub(super) fn id(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    fn file_href(&self, address: &str) -> String {
        let address = encoded(address);
        match self.links {
            Links::Below(root) | Links::Elsewhere(root) => format!("{root}{address}"),
            Links::Absolute => self.site.settings.base.join(&address),
        }
    }

    /// Address of a place in the text itself, by its name in it.
    fn own_place(&self, name: &str) -> String {
        let id = self.id(name);
        match self.links {
            Links::Below(_) | Links::Elsewhere(_) => format!("#{id}"),
            Links::Absolute => format!("{}#{id}", self.site.canonical(self.from)),
        }
    }

    /// Address of a place in the rest of the page that the text is from.
    fn place_on_page(&self, id: &str) -> String {
        match self.links {
            Links::Below(_) => format!("#{id}"),
            Links::Elsewhere(root) => format!("{root}{}#{id}", self.site.address(self.from)),
            Links::Absolute => format!("{}#{id}", self.site.canonical(self.from)),
        }
    }
}
