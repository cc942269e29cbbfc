//! Names by which a link can find a page or a file: paths, codes and what is left out on purpose.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::sync::OnceLock;

use super::directory_input::{DirectoryInput, NamedRecord, Parent};
use super::route::Route;
use super::slug::slug;
use crate::catalogue::{ObjectiveId, PageId, ProjectId, UnitId, UpdateId};
use crate::diagnostic::Near;
use crate::incremental::fingerprint;
use crate::model::{Attachment, Lang, Pixels, composed};

/// Everything that a text can link to.
#[derive(Debug, Default)]
pub(super) struct Targets {
    /// By path below `content/`, as the files lie.
    paths: HashMap<Box<str>, Route>,
    /// By code; several administrations may have the same.
    codes: HashMap<Box<str>, Vec<(UnitId, Route)>>,
    /// Files beside records, by path below `content/`.
    files: HashMap<Box<str>, TargetFile>,
    /// Paths below `content/` and codes of drafts that are left out, with the ends of their addresses, and paths of the
    /// files beside them.
    excluded: HashSet<Box<str>>,
    /// Paths below `content/` of files that aren't published.
    unpublished: HashSet<Box<str>>,
    near: OnceLock<NearestNames>,
}

/// File beside a record: the page whose folder holds it, its name, and a picture's size.
pub(super) type TargetFile = (Route, Box<str>, Option<Pixels>);

/// Names among which the nearest one is looked for.
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
            targets.add_path(objective, route);
            targets.add_code(&objective.name, objective, route);
            if let Parent::Year(year) = objective.parent {
                targets.add_files(&objective.attachments, Route::Year(year));
            }
        }
        for (i, project) in input.projects.iter().enumerate() {
            let route = Route::Project(ProjectId::at(i));
            targets.add_path(project, route);
            for code in project.code.iter().chain([&project.name]) {
                targets.add_code(code, project, route);
            }
            targets.add_files(&project.attachments, route);
        }
        for (i, update) in input.updates.iter().enumerate() {
            targets.add_path(update, Route::Update(UpdateId::at(i)));
        }
        for (i, page) in input.pages.iter().enumerate() {
            let route = Route::Free(PageId::at(i));
            targets.add_path(page, route);
            targets.add_files(&page.attachments, route);
        }
        // A draft is named by its path, its code, or the end of the address that its page will have.
        let names = input.excluded.iter().map(|name| key(below_content(name)));
        let ends = input.excluded.iter().map(|name| Box::from(slug(name_of(name))));
        targets.excluded = names.chain(ends).filter(|name| !name.is_empty()).collect();
        targets.unpublished = input.unpublished.iter().map(|path| key(below_content(path))).collect();
        targets
    }

    /// The fingerprint of everything that a link can find.
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

    fn add_path(&mut self, record: &NamedRecord, route: Route) {
        self.paths.insert(key(below_content(&record.path)), route);
    }

    fn add_code(&mut self, code: &str, record: &NamedRecord, route: Route) {
        let of = record.administration.map(|administration| (administration, route));
        self.codes.entry(key(code)).or_default().extend(of);
    }

    fn add_files(&mut self, files: &[Attachment], folder: Route) {
        for file in files {
            let target = (folder, file.name.as_str().into(), file.pixels);
            self.files.insert(key(below_content(&file.path)), target);
        }
    }

    /// The page of the sheet at a path below `content/`.
    pub(super) fn page(&self, path: &str) -> Option<Route> {
        self.paths.get(&key(path)).copied()
    }

    /// The file at a path below `content/`.
    pub(super) fn file(&self, path: &str) -> Option<&TargetFile> {
        self.files.get(&key(path))
    }

    /// True if a file lies at a path below `content/` and isn't published.
    pub(super) fn is_unpublished(&self, path: &str) -> bool {
        self.unpublished.contains(&key(path))
    }

    /// True if a name is that of a draft that is left out.
    pub(super) fn is_excluded(&self, name: &str) -> bool {
        self.excluded.contains(&key(name))
    }

    /// The page of a code: of several, that of the own administration.
    pub(super) fn coded(&self, code: &str, administration: Option<UnitId>) -> Option<Route> {
        let named = self.codes.get(&key(code))?;
        let own = named.iter().find(|(other, _)| Some(*other) == administration);
        let (_, route) = own.or(if named.len() == 1 { named.first() } else { None })?;
        Some(*route)
    }

    /// The name of a file that is most like the last part of a path, in the folder of that path. Returns `None` if no file
    /// is meant.
    pub(super) fn nearest_file(&self, path: &str) -> Option<&str> {
        let (folder, name) = path.rsplit_once('/')?;
        if !name.contains('.') || name.ends_with(".md") {
            return None;
        }
        self.near().beside.get(folder)?.nearest(name)
    }

    /// The path of a sheet that is most like a path.
    pub(super) fn nearest_path(&self, path: &str) -> Option<&str> {
        self.near().paths.nearest(path)
    }

    /// The code that is most like a code.
    pub(super) fn nearest_code(&self, code: &str) -> Option<&str> {
        self.near().codes.nearest(code)
    }

    fn near(&self) -> &NearestNames {
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
pub(super) fn name_of(path: &str) -> &str {
    let name = path.strip_suffix("/index.md").or(path.strip_suffix(".md")).unwrap_or(path);
    name.rsplit('/').next().unwrap_or_default()
}

/// A path without the folder of all sheets.
pub(super) fn below_content(path: &str) -> &str {
    path.strip_prefix("content/").unwrap_or(path)
}
