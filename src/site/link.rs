//! Links in editors' texts: by path, by code or by published address.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::sync::OnceLock;

use url::Url;

use super::address::slug;
use super::directory_input::{DirectoryInput, NamedRecord, Parent};
use super::{Route, Site};
use crate::diagnostic::Near;
use crate::incremental::fingerprint;
use crate::model::{
    Attachment, Catalogue, Lang, ObjectiveId, Origin, PageId, Pixels, ProjectId, UnitId, UpdateId, composed,
};

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
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
    /// None on pages that have no sheet.
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

/// Where a picture lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picture {
    /// A file of the site, by its address, with its size where that is known.
    Own(String, Option<Pixels>),
    /// A web address elsewhere, which the pages' security policy doesn't show.
    Elsewhere(String),
}

/// Why a link leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broken {
    /// To a draft that is left out, or a file beside one: it leads nowhere until that is published, which is no mistake.
    NotYet,
    /// To a file that is there and isn't published, of which a problem of its own says why.
    Unpublished,
    /// There is no such record, page or file; perhaps the named one was meant.
    Nowhere(Option<String>),
    /// A scheme such as `javascript:` that no page may lead to.
    Unsafe,
}

impl Picture {
    /// The picture that a link leads to.
    pub(super) fn of(link: Link) -> Result<Self, Broken> {
        match link {
            Link::File(address, pixels) => Ok(Self::Own(address, pixels)),
            Link::Outside(address) if address.starts_with("http") => Ok(Self::Elsewhere(address)),
            Link::Page(..) | Link::Here(_) | Link::Outside(_) => Err(Broken::Nowhere(None)),
        }
    }
}

/// Everything that a text can link to.
#[derive(Debug, Default)]
pub(super) struct Targets {
    /// By path below `content/`, as the files lie.
    paths: HashMap<Box<str>, Route>,
    /// By code; several administrations may have the same.
    codes: HashMap<Box<str>, Vec<(UnitId, Route)>>,
    /// Files beside records: path below `content/` to the record whose folder holds it, the name, and a picture's size.
    files: HashMap<Box<str>, (Route, Box<str>, Option<Pixels>)>,
    /// Paths below `content/` and codes of drafts that are left out, with the ends of their addresses, and paths of the
    /// files beside them.
    excluded: HashSet<Box<str>>,
    /// Paths below `content/` of files that aren't published.
    unpublished: HashSet<Box<str>>,
    near: OnceLock<NearestNames>,
}

/// Among what the nearest name is looked for.
#[derive(Debug)]
struct NearestNames {
    paths: Near,
    codes: Near,
    /// The names of files, by their folder.
    beside: HashMap<Box<str>, Near>,
}

impl Targets {
    pub(super) fn of(input: &DirectoryInput) -> Self {
        let mut targets = Self::default();
        for (i, objective) in input.objectives.iter().enumerate() {
            let route = Route::Objective(ObjectiveId::at(i));
            targets.path(objective, route);
            targets.code(&objective.name, objective, route);
            if let Parent::Year(year) = objective.parent {
                objective.attachments.iter().for_each(|file| targets.file(file, Route::Year(year)));
            }
        }
        for (i, project) in input.projects.iter().enumerate() {
            let route = Route::Project(ProjectId::at(i));
            targets.path(project, route);
            for code in project.code.iter().chain([&project.name]) {
                targets.code(code, project, route);
            }
            project.attachments.iter().for_each(|file| targets.file(file, route));
        }
        for (i, update) in input.updates.iter().enumerate() {
            targets.path(update, Route::Update(UpdateId::at(i)));
        }
        for (i, page) in input.pages.iter().enumerate() {
            let route = Route::Free(PageId::at(i));
            targets.path(page, route);
            page.attachments.iter().for_each(|file| targets.file(file, route));
        }
        // A draft is named by its path, its code, or the end of the address that its page will have.
        let names = input.excluded.iter().map(|name| key(below_content(name)));
        let ends = input.excluded.iter().map(|name| Box::from(slug(name_of(name))));
        targets.excluded = names.chain(ends).filter(|name| !name.is_empty()).collect();
        targets.unpublished = input.unpublished.iter().map(|path| key(below_content(path))).collect();
        targets
    }

    /// The fingerprint of all that [`resolve`](Self::resolve) can find.
    pub(super) fn fingerprint(&self, routes: &HashMap<Box<str>, Route>, languages: &[Lang]) -> u64 {
        // The order in which a table is gone through differs from run to run, the sum doesn't.
        fn sum<E: Hash>(entries: impl Iterator<Item = E>) -> u64 {
            entries.map(|entry| fingerprint(&entry)).fold(0, u64::wrapping_add)
        }
        let Self { paths, codes, files, excluded, unpublished, near: _ } = self;
        let names = [sum(excluded.iter()), sum(unpublished.iter()), sum(routes.iter())];
        let found = [sum(paths.iter()), sum(codes.iter()), sum(files.iter()), fingerprint(&names)];
        fingerprint(&(found, languages))
    }

    fn path(&mut self, record: &NamedRecord, route: Route) {
        self.paths.insert(key(below_content(&record.path)), route);
    }

    fn code(&mut self, code: &str, record: &NamedRecord, route: Route) {
        let of = record.administration.map(|administration| (administration, route));
        self.codes.entry(key(code)).or_default().extend(of);
    }

    fn file(&mut self, file: &Attachment, folder: Route) {
        self.files
            .insert(key(below_content(&file.path)), (folder, file.name.as_str().into(), file.pixels));
    }

    pub(super) fn resolve(&self, site: &Site, from: LinkSource<'_>, href: &str) -> Result<Link, Broken> {
        let href = href.trim();
        if let Some(place) = href.strip_prefix('#') {
            return Ok(Link::Here(place.to_owned()));
        }
        let origin = from.path.map(below_content);
        // The name of a file may hold signs that mean something in an address.
        if let Some(file) = join(origin, href)
            .filter(|_| href.contains([':', '#', '%']))
            .and_then(|at| self.at(site, &at))
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
            if let Some(route) = self.paths.get(&key(joined)) {
                return page(*route);
            }
            if let Some(file) = self.at(site, joined) {
                return file;
            }
        }
        if let Some(published) = path.strip_prefix('/')
            && let Some(found) = site.find(published)
        {
            return page(found.route);
        }
        if let Some(named) = self.codes.get(&key(&path)) {
            let own = named.iter().find(|(administration, _)| Some(*administration) == from.administration);
            if let Some((_, route)) = own.or(if named.len() == 1 { named.first() } else { None }) {
                return page(*route);
            }
        }
        let address = path.strip_prefix('/').map(|address| name_of(address.trim_end_matches('/')));
        let names = [joined.as_deref(), Some(&*path), address].into_iter().flatten();
        if names.into_iter().any(|name| self.excluded.contains(&key(name))) {
            return Err(Broken::NotYet);
        }
        if let Some(near) = joined.as_deref().and_then(|joined| self.near_file(joined)) {
            let folder = href.rfind('/').map_or("", |end| &href[..=end]);
            return Err(Broken::Nowhere(Some(format!("{folder}{}", near.replace(' ', "%20")))));
        }
        // A near name is looked for among sheets where a path was written, among codes where a code was.
        let NearestNames { paths, codes, .. } = self.nearest();
        let near = if path.contains('/') || path.ends_with(".md") {
            let wanted = joined.as_deref().unwrap_or(&path);
            paths.nearest(wanted).map(|near| format!("/{near}"))
        } else {
            codes.nearest(&path).map(str::to_owned)
        };
        Err(Broken::Nowhere(near))
    }
}

impl Targets {
    /// The file that lies at a path below `content/`.
    fn at(&self, site: &Site, path: &str) -> Option<Result<Link, Broken>> {
        let path = key(path);
        match self.files.get(&path) {
            Some((folder, name, pixels)) => {
                Some(Ok(Link::File(format!("{}{name}", site.address(site.page(*folder))), *pixels)))
            }
            None => self.unpublished.contains(&path).then_some(Err(Broken::Unpublished)),
        }
    }

    /// The name of the file beside which a path leads that is most like its last part; none where no file is meant.
    fn near_file(&self, path: &str) -> Option<&str> {
        let (folder, name) = path.rsplit_once('/')?;
        if !name.contains('.') || name.ends_with(".md") {
            return None;
        }
        self.nearest().beside.get(folder)?.nearest(name)
    }

    fn nearest(&self) -> &NearestNames {
        self.near.get_or_init(|| {
            let mut folders: HashMap<&str, Vec<&str>> = HashMap::new();
            for (folder, name) in self.files.keys().filter_map(|file| file.rsplit_once('/')) {
                folders.entry(folder).or_default().push(name);
            }
            NearestNames {
                paths: Near::of(self.paths.keys().map(AsRef::as_ref)),
                codes: Near::of(self.codes.keys().map(AsRef::as_ref)),
                beside: folders.into_iter().map(|(folder, names)| (folder.into(), Near::of(names))).collect(),
            }
        })
    }
}

/// A name as links are compared: two spellings of one letter are the same, capitals and small letters aren't.
fn key(name: &str) -> Box<str> {
    composed(name).into()
}

/// The last part of a path without the ending of a sheet, or of an address.
fn name_of(path: &str) -> &str {
    let name = path.strip_suffix("/index.md").or(path.strip_suffix(".md")).unwrap_or(path);
    name.rsplit('/').next().unwrap_or_default()
}

fn below_content(path: &str) -> &str {
    path.strip_prefix("content/").unwrap_or(path)
}

/// A link's path from the folder of the file that it stands in, below `content/`; none where it leads out of it.
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
