//! Links in editors' texts: by path, by code or by published address.

use url::Url;

use super::graph::Site;
use super::route::Route;
use super::targets::{below_content, name_of};
use crate::catalogue::{Catalogue, UnitId};
use crate::incremental::query::{self, Query};
use crate::model::{Origin, Pixels};

/// Destination of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Link {
    /// A page of the site, and a place in it.
    Page(Route, Option<String>),
    /// A file of the site, by its address; of a picture that says so, how large it is.
    File(String, Option<Pixels>),
    /// A place in the same page, without `#`.
    Here(String),
    /// Another site, an e-mail address or a telephone number.
    Outside(String),
}

/// The sheet that a link is written in.
#[derive(Clone, Copy, Hash)]
pub(super) struct LinkSource<'c> {
    /// `None` for pages that have no sheet.
    pub(super) path: Option<&'c str>,
    pub(super) administration: Option<UnitId>,
}

impl<'c> LinkSource<'c> {
    /// The sheet of a page.
    pub(super) fn of(catalogue: &'c Catalogue, route: Route) -> Self {
        let path = origin(catalogue, route).map(|origin| &*origin.path);
        Self { path, administration: administration(catalogue, route) }
    }
}

/// Source of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Picture {
    /// A file of the site, by its address, with its size if that is known.
    Own(String, Option<Pixels>),
    /// A web address elsewhere, which the pages' security policy doesn't show.
    Elsewhere(String),
}

/// Reason why a link leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Broken {
    /// To a draft that is left out, or a file beside one: it leads nowhere until that is published, which is no mistake.
    NotYet,
    /// To a file that exists and isn't published, for which a problem of its own gives the reason.
    Unpublished,
    /// There is no such record, page or file; perhaps the named one was meant.
    Nowhere(Option<String>),
    /// A scheme such as `javascript:` that no page may lead to.
    Unsafe,
}

impl Picture {
    /// The picture that a link leads to.
    fn of(link: Link) -> Result<Self, Broken> {
        match link {
            Link::File(address, pixels) => Ok(Self::Own(address, pixels)),
            Link::Outside(address) if address.starts_with("http") => Ok(Self::Elsewhere(address)),
            Link::Page(..) | Link::Here(_) | Link::Outside(_) => Err(Broken::Nowhere(None)),
        }
    }
}

impl Site {
    /// Follows a link in a record's text.
    ///
    /// # Errors
    /// If it leads nowhere, or where no page may lead.
    pub(crate) fn link(&self, from: Route, href: &str) -> Result<Link, Broken> {
        query::trace(Query::Links);
        self.follow(LinkSource::of(&self.catalogue, from), href)
    }

    /// Finds a picture in a record's text. An address without its scheme, such as `//example.org/a.png`, is a web address
    /// (RFC 3986, 4.2).
    ///
    /// # Errors
    /// If there is no such picture, or if no page may lead there.
    pub(crate) fn picture(&self, from: Route, src: &str) -> Result<Picture, Broken> {
        let src = src.trim();
        let with_scheme = src.starts_with("//").then(|| format!("https:{src}"));
        self.link(from, with_scheme.as_deref().unwrap_or(src)).and_then(Picture::of)
    }

    /// Follows a link of a sheet.
    pub(super) fn follow(&self, from: LinkSource<'_>, href: &str) -> Result<Link, Broken> {
        let href = href.trim();
        if let Some(place) = href.strip_prefix('#') {
            return Ok(Link::Here(place.to_owned()));
        }
        let origin = from.path.map(below_content);
        // The name of a file may hold signs that mean something in an address.
        if let Some(file) = join(origin, href)
            .filter(|_| href.contains([':', '#', '%']))
            .and_then(|path| self.file_at(&path))
        {
            return file;
        }
        match Url::parse(href) {
            Ok(url) if matches!(url.scheme(), "http" | "https" | "mailto" | "tel") => {
                return Ok(Link::Outside(url.into()));
            }
            Ok(_) => return Err(Broken::Unsafe),
            Err(_) if href.starts_with("//") || href.starts_with('\\') => return Err(Broken::Unsafe),
            Err(_) => {}
        }
        let (path, place) = match href.split_once('#') {
            Some((path, place)) => (path, Some(place.to_owned())),
            None => (href, None),
        };
        let path = percent_encoding::percent_decode_str(path).decode_utf8().map_err(|_| Broken::Unsafe)?;
        let page = |route: Route| Ok(Link::Page(route, place.clone()));
        let joined = join(origin, &path);
        if let Some(joined) = &joined {
            if let Some(route) = self.directory.links.page(joined) {
                return page(route);
            }
            if let Some(file) = self.file_at(joined) {
                return file;
            }
        }
        let published = path.strip_prefix('/').and_then(|published| self.find(published));
        let coded = || self.directory.links.coded(&path, from.administration);
        match published.map(|found| found.route).or_else(coded) {
            Some(route) => page(route),
            None => Err(self.broken(href, &path, joined.as_deref())),
        }
    }

    /// The file of the site at a path below `content/`.
    fn file_at(&self, path: &str) -> Option<Result<Link, Broken>> {
        match self.directory.links.file(path) {
            Some((folder, name, pixels)) => {
                Some(Ok(Link::File(format!("{}{name}", self.address(self.page(*folder))), *pixels)))
            }
            None => self.directory.links.is_unpublished(path).then_some(Err(Broken::Unpublished)),
        }
    }

    /// Says why a link leads nowhere, given its decoded path as it is written and from the folder of its file on.
    fn broken(&self, href: &str, path: &str, joined: Option<&str>) -> Broken {
        let targets = &self.directory.links;
        let address = path.strip_prefix('/').map(|address| name_of(address.trim_end_matches('/')));
        if [joined, Some(path), address].into_iter().flatten().any(|name| targets.is_excluded(name)) {
            return Broken::NotYet;
        }
        if let Some(near) = joined.and_then(|joined| targets.nearest_file(joined)) {
            let folder = href.rfind('/').map_or("", |end| &href[..=end]);
            return Broken::Nowhere(Some(format!("{folder}{}", near.replace(' ', "%20"))));
        }
        // A near name is looked for among sheets if a path was written, and among codes if a code was.
        Broken::Nowhere(if path.contains('/') || path.ends_with(".md") {
            targets.nearest_path(joined.unwrap_or(path)).map(|near| format!("/{near}"))
        } else {
            targets.nearest_code(path).map(str::to_owned)
        })
    }
}

/// Joins a link's path to the folder of the file that it stands in, below `content/`. Returns `None` if it leads out of
/// it.
fn join(from: Option<&str>, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = match path.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => from.map(|from| from.split('/').collect()).unwrap_or_default(),
    };
    if !path.starts_with('/') {
        parts.pop();
    }
    let path = path.strip_prefix("/content/").unwrap_or(path);
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The file that the text of a page was written in.
pub(super) fn origin(catalogue: &Catalogue, route: Route) -> Option<&Origin> {
    match route {
        Route::Objective(id) => Some(&catalogue[id].origin),
        Route::Project(id) => Some(&catalogue[id].origin),
        Route::Update(id) => Some(&catalogue[id].origin),
        Route::Free(id) => Some(&catalogue[id].origin),
        _ => None,
    }
}

fn administration(catalogue: &Catalogue, route: Route) -> Option<UnitId> {
    match route {
        Route::Objective(id) => Some(catalogue.administration(catalogue[id].unit)),
        Route::Project(id) => Some(catalogue.administration(catalogue[id].unit)),
        Route::Update(id) => Some(catalogue.administration(catalogue[catalogue[id].project].unit)),
        _ => None,
    }
}
