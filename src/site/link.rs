//! Links in editors' texts: by path, by code or by published address, checked here and rewritten when a page is made.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use rayon::prelude::*;
use url::Url;

use super::html::Scan;
use super::{Route, Site};
use crate::diagnostic::{Code, Diagnostic, KeyPath, Place, Report, nearest};
use crate::model::{
    Attachment, Catalogue, FileId, Lang, Markdown, Origin, Pixels, Translated, Translation, UnitId, composed,
};
use crate::reads;
use crate::store::Store;

/// The Markdown that editors write: CommonMark with tables, footnotes and heading ids.
pub const LINK_OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_HEADING_ATTRIBUTES);

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

/// Why a link leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broken {
    /// There is no such record, page or file; perhaps the named one was meant.
    Nowhere(Option<String>),
    /// A scheme such as `javascript:` that no page may lead to.
    Unsafe,
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
}

impl Targets {
    pub(super) fn of(catalogue: &Catalogue) -> Self {
        let mut targets = Self::default();
        for id in catalogue.objective_ids() {
            let objective = &catalogue[id];
            let route = Route::Objective(id);
            targets.path(&objective.origin, route);
            targets.code(&objective.code, catalogue.administration(objective.unit), route);
            for file in &objective.attachments {
                targets.file(file, Route::Year(objective.year));
            }
        }
        for id in catalogue.project_ids() {
            let project = &catalogue[id];
            let route = Route::Project(id);
            targets.path(&project.origin, route);
            let administration = catalogue.administration(project.unit);
            for code in project.code.iter().chain([&project.slug]) {
                targets.code(code, administration, route);
            }
            for file in &project.attachments {
                targets.file(file, route);
            }
        }
        for id in catalogue.update_ids() {
            targets.path(&catalogue[id].origin, Route::Update(id));
        }
        for id in catalogue.page_ids() {
            targets.path(&catalogue[id].origin, Route::Free(id));
            for file in &catalogue[id].attachments {
                targets.file(file, Route::Free(id));
            }
        }
        targets
    }

    /// The imprint of all that [`resolve`](Self::resolve) can find.
    pub(super) fn imprint(&self, routes: &HashMap<Box<str>, Route>, languages: &[Lang]) -> u64 {
        // The order in which a table is gone through differs from run to run, the sum doesn't.
        fn sum<E: Hash>(entries: impl Iterator<Item = E>) -> u64 {
            entries.map(|entry| reads::imprint(&entry)).fold(0, u64::wrapping_add)
        }
        let Self { paths, codes, files } = self;
        let found = [sum(paths.iter()), sum(codes.iter()), sum(files.iter()), sum(routes.iter())];
        reads::imprint(&(found, languages))
    }

    fn path(&mut self, origin: &Origin, route: Route) {
        self.paths.insert(key(below_content(&origin.path)), route);
    }

    fn code(&mut self, code: &str, administration: UnitId, route: Route) {
        self.codes.entry(key(code)).or_default().push((administration, route));
    }

    fn file(&mut self, file: &Attachment, folder: Route) {
        self.files
            .insert(key(below_content(&file.path)), (folder, file.name.as_str().into(), file.pixels));
    }

    pub(super) fn resolve(&self, site: &Site, from: Route, href: &str) -> Result<Link, Broken> {
        let href = href.trim();
        if let Some(place) = href.strip_prefix('#') {
            return Ok(Link::Here(place.to_owned()));
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
        let origin = origin(&site.catalogue, from);
        let joined = join(origin.map(|origin| below_content(&origin.path)), &path);
        if let Some(joined) = &joined {
            let joined = key(joined);
            if let Some(route) = self.paths.get(&joined) {
                return page(*route);
            }
            if let Some((folder, name, pixels)) = self.files.get(&joined) {
                return Ok(Link::File(format!("{}{name}", site.address(site.page(*folder))), *pixels));
            }
        }
        if let Some(published) = path.strip_prefix('/')
            && let Some(found) = site.find(published)
        {
            return page(found.route);
        }
        if let Some(named) = self.codes.get(&key(&path)) {
            let here = administration(&site.catalogue, from);
            let own = named.iter().find(|(administration, _)| Some(*administration) == here);
            if let Some((_, route)) = own.or(if named.len() == 1 { named.first() } else { None }) {
                return page(*route);
            }
        }
        // A near name is looked for among files where a file was written, among codes where a code was.
        let near = if path.contains('/') || path.ends_with(".md") {
            let wanted = joined.as_deref().unwrap_or(&path);
            nearest(wanted, self.paths.keys().map(AsRef::as_ref)).map(|near| format!("/{near}"))
        } else {
            nearest(&path, self.codes.keys().map(AsRef::as_ref)).map(str::to_owned)
        };
        Err(Broken::Nowhere(near))
    }
}

/// A name as links are compared: two spellings of one letter are the same, capitals and small letters aren't.
fn key(name: &str) -> Box<str> {
    composed(name).into()
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

/// A text of a site that holds Markdown.
pub(super) struct Text<'c> {
    /// The page that it stands on.
    on: Route,
    pub(super) file: FileId,
    pub(super) markdown: &'c Markdown,
    /// The key that holds it, where it isn't the text of its file: what is in it has no place of its own.
    key: Option<&'static str>,
}

impl Text<'_> {
    /// What tells it from all other texts, and where its links are followed from.
    fn imprint(&self, catalogue: &Catalogue) -> u64 {
        let from = origin(catalogue, self.on).map(|origin| &*origin.path);
        reads::imprint(&(from, administration(catalogue, self.on), self.key, self.markdown.imprint()))
    }

    /// Where bytes of the Markdown stand in its file.
    pub(super) fn place(&self, range: &Range<usize>) -> Place {
        match self.key {
            Some(key) => KeyPath::of(key).into(),
            None => Place::Bytes(range.start + self.markdown.offset()..range.end + self.markdown.offset()),
        }
    }
}

/// The texts of a site that hold Markdown.
pub(super) fn texts<'c>(catalogue: &'c Catalogue) -> Vec<Text<'c>> {
    let mut texts = Vec::new();
    let mut add = |on, origin: &Origin, translations: &[Translation], body: &'c Translated<Markdown>| {
        texts.push(Text { on, file: origin.file, markdown: body, key: None });
        for (lang, markdown) in body.translations() {
            texts.push(Text { on, file: origin_of(lang, origin, translations).file, markdown, key: None });
        }
    };
    for id in catalogue.objective_ids() {
        let objective = &catalogue[id];
        add(Route::Objective(id), &objective.origin, &objective.translations, objective.body.read());
    }
    for id in catalogue.project_ids() {
        let project = &catalogue[id];
        add(Route::Project(id), &project.origin, &project.translations, project.body.read());
    }
    for id in catalogue.update_ids() {
        let update = &catalogue[id];
        add(Route::Update(id), &update.origin, &update.translations, update.body.read());
    }
    for id in catalogue.page_ids() {
        let page = &catalogue[id];
        add(Route::Free(id), &page.origin, &page.translations, page.body.read());
    }
    for id in catalogue.objective_ids() {
        let objective = &catalogue[id];
        let on = Route::Objective(id);
        let own = objective.report.as_ref().map(|markdown| (&objective.origin, markdown));
        let others = objective.report.translations().filter_map(|(lang, markdown)| {
            Some((origin_of(lang, &objective.origin, &objective.translations), markdown.as_ref()?))
        });
        let reports = own.into_iter().chain(others);
        texts.extend(reports.map(|(origin, markdown)| Text { on, file: origin.file, markdown, key: Some("report") }));
    }
    texts
}

/// Where a record's words in a language were written.
fn origin_of<'t>(lang: Lang, origin: &'t Origin, translations: &'t [Translation]) -> &'t Origin {
    let translation = translations.iter().find(|translation| translation.lang == lang);
    translation.map_or(origin, |translation| &translation.origin)
}

/// What the store knows of links by: what links can lead to, and the imprints of texts in which nothing is wrong as long as
/// they lead there.
const SOUND: &str = "links";

/// Reports every link that leads nowhere, every image without words and all HTML that isn't published. Texts that the store
/// knows to be sound aren't looked at again.
pub fn check_links(site: &Site, store: &Store) -> Report {
    let targets = site.names.targets();
    let kept = store
        .recall(SOUND)
        .and_then(|bytes| postcard::from_bytes::<(u64, HashSet<u64>)>(&bytes).ok());
    let known = kept.filter(|(then, _)| *then == targets).map(|(_, known)| known).unwrap_or_default();
    let checked: Vec<(u64, Vec<Diagnostic>)> = texts(&site.catalogue)
        .into_par_iter()
        .filter(|text| text.markdown.has_signs())
        .map(|text| {
            let imprint = text.imprint(&site.catalogue);
            (imprint, if known.contains(&imprint) { Vec::new() } else { check_text(site, &text) })
        })
        .collect();
    let sound: HashSet<u64> = checked
        .iter()
        .filter(|(_, found)| found.is_empty())
        .map(|(imprint, _)| *imprint)
        .collect();
    if sound != known {
        postcard::to_stdvec(&(targets, &sound))
            .into_iter()
            .for_each(|bytes| store.keep(SOUND, &bytes));
    }
    let mut report = Report::default();
    checked.into_iter().flat_map(|(_, found)| found).for_each(|found| report.add(found));
    report
}

fn check_text(site: &Site, text: &Text<'_>) -> Vec<Diagnostic> {
    let Text { on: route, file, markdown, .. } = *text;
    let mut found = Vec::new();
    let mut html = Scan::default();
    let mut image: Option<(String, Range<usize>, bool)> = None;
    let at = |range: &Range<usize>| text.place(range);
    let written = markdown.text();
    for (event, range) in Parser::new_ext(&written, LINK_OPTIONS).into_offset_iter() {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                found.extend(broken(site.link(route, &dest_url), file, &dest_url, at(&range)));
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                // The pages' security policy shows images of the site alone.
                let target = match site.link(route, &dest_url) {
                    Ok(Link::File(..)) => None,
                    Ok(_) => Some(Broken::Nowhere(None)),
                    Err(why) => Some(why),
                };
                found.extend(broken(target.map_or(Ok(Link::Here(String::new())), Err), file, &dest_url, at(&range)));
                image = Some((dest_url.into_string(), range, false));
            }
            Event::Text(words) | Event::Code(words) => {
                if let Some((_, _, has_words)) = &mut image {
                    *has_words |= !words.trim().is_empty();
                }
            }
            Event::Html(_) | Event::InlineHtml(_) => {
                let tags = html.harmful(&written[range.clone()]);
                found.extend(tags.into_iter().map(|tag| {
                    Diagnostic::new(Code::UnsafeHtml, file, at(&(range.start + tag.start..range.start + tag.end)))
                }));
            }
            Event::End(TagEnd::Image) => {
                if let Some((written, range, false)) = image.take() {
                    found.push(Diagnostic::new(Code::NoAlt, file, at(&range)).with("written", written));
                }
            }
            _ => {}
        }
    }
    found
}

fn broken(link: Result<Link, Broken>, file: FileId, written: &str, at: Place) -> Option<Diagnostic> {
    match link {
        Ok(_) => None,
        Err(Broken::Nowhere(near)) => {
            let diagnostic = Diagnostic::new(Code::BrokenLink, file, at).with("written", written);
            Some(match near {
                Some(near) => diagnostic.with("nearest", near),
                None => diagnostic,
            })
        }
        Err(Broken::Unsafe) => Some(Diagnostic::new(Code::BadAddress, file, at).with("written", written)),
    }
}
