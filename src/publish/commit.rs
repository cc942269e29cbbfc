//! The moves that turn the old site into the new one, as a list: after any of them the site is complete.

use std::collections::BTreeSet;
use std::{fs, io};

use camino::{Utf8Path, Utf8PathBuf};

use super::destination::Destination;
use super::error::{PublishError, unwritable};
use super::files::{if_there, put};
use super::layout::{Layout, Transfer};
use super::manifest::Manifest;
use super::staging::{Replaced, Staged};

/// One change of the published folder; `path` is relative to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// Writes a manifest in one move.
    Declare { manifest: Manifest },
    /// Moves a staged file, over the old one if there is one, or a staged folder to a path where nothing is.
    Move { path: String },
    /// Moves the file or folder at `path` out of the site.
    Displace { path: String, number: usize },
    /// Removes a file.
    Remove { path: String },
    /// Removes a folder unless something is in it.
    RemoveFolder { path: String },
}

/// Lists the steps: first a manifest claims both sites; then come the files that nothing links to yet, those that change
/// their kind, and those that change; then the old ones go, to which nothing links any more; last comes the manifest of the
/// new site.
///
/// Fails before the first step if a folder that the steps would change can't be written.
pub(super) fn plan(
    destination: &Destination,
    current: Option<&Manifest>,
    layout: &Layout<'_>,
    staged: &Staged<'_>,
) -> Result<Vec<Step>, PublishError> {
    let mut steps = moves(layout, staged);
    steps.extend(layout.removable.iter().map(|path| Step::Remove { path: path.to_string() }));
    let folders = layout.obsolete_folders().into_iter();
    steps.extend(folders.map(|path| Step::RemoveFolder { path: path.to_owned() }));
    check_writable(destination, &steps)?;

    let both = layout.old.union(layout.new);
    let claims_both = !steps.is_empty() && current != Some(&both);
    let claims_new = if steps.is_empty() { current != Some(layout.new) } else { both != *layout.new };
    if claims_both {
        steps.insert(0, Step::Declare { manifest: both });
    }
    if claims_new {
        steps.push(Step::Declare { manifest: layout.new.clone() });
    }
    Ok(steps)
}

/// The steps that bring each staged file to its place.
fn moves(layout: &Layout<'_>, staged: &Staged<'_>) -> Vec<Step> {
    let mut new = BTreeSet::new();
    let mut changing_kind = BTreeSet::new();
    let mut changing = Vec::new();
    for &(path, replaced) in &staged.files {
        match (layout.transfer(path), replaced) {
            (Transfer::Missing(folder), _) => drop(new.insert(folder)),
            (Transfer::OverFile(folder), _) => drop(changing_kind.insert((folder, folder))),
            (Transfer::Open | Transfer::Blocked(_), replaced) => {
                let former = layout.respelled.get(path).copied();
                match (former, replaced) {
                    (Some(former), _) => drop(changing_kind.insert((former.as_ref(), path.as_ref()))),
                    (None, Replaced::Folder) => drop(changing_kind.insert((path.as_ref(), path.as_ref()))),
                    (None, Replaced::File) => changing.push(path.as_ref()),
                    (None, Replaced::Nothing) => drop(new.insert(path.as_ref())),
                }
            }
        }
    }
    let move_to = |path: &str| Step::Move { path: path.to_owned() };
    let mut steps: Vec<Step> = new.into_iter().map(move_to).collect();
    for (number, (former, path)) in changing_kind.into_iter().enumerate() {
        steps.push(Step::Displace { path: former.to_owned(), number });
        steps.push(move_to(path));
    }
    steps.extend(changing.into_iter().map(move_to));
    steps
}

impl Step {
    pub(super) fn run(&self, destination: &Destination) -> Result<(), PublishError> {
        match self {
            Self::Declare { manifest } => put(&destination.next_manifest(), &destination.manifest(), &manifest.text()),
            Self::Move { path } => {
                let place = destination.place(path);
                fs::rename(destination.staging().join(path), &place).map_err(unwritable(&place))
            }
            Self::Displace { path, number } => {
                let place = destination.place(path);
                let displaced = destination.displaced();
                fs::create_dir_all(&displaced).map_err(unwritable(&displaced))?;
                fs::rename(&place, displaced.join(number.to_string())).map_err(unwritable(&place))
            }
            Self::Remove { path } => remove(&destination.place(path)),
            Self::RemoveFolder { path } => {
                let place = destination.place(path);
                match if_there(fs::remove_dir(&place)) {
                    Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => Ok(()),
                    removed => removed.map(drop).map_err(unwritable(&place)),
                }
            }
        }
    }

    /// The folder whose entries the step changes.
    fn folder(&self, destination: &Destination) -> Utf8PathBuf {
        match self {
            Self::Declare { .. } => destination.own_folder(),
            Self::Move { path } | Self::Displace { path, .. } | Self::Remove { path } | Self::RemoveFolder { path } => {
                destination.place(path.rsplit_once('/').map_or("", |(folder, _)| folder))
            }
        }
    }
}

fn check_writable(destination: &Destination, steps: &[Step]) -> Result<(), PublishError> {
    let folders: BTreeSet<Utf8PathBuf> = steps.iter().map(|step| step.folder(destination)).collect();
    folders.iter().try_for_each(|folder| check_access(folder).map_err(unwritable(folder)))
}

#[cfg(unix)]
fn check_access(folder: &Utf8Path) -> io::Result<()> {
    use rustix::fs::{Access, access};
    Ok(access(folder.as_std_path(), Access::WRITE_OK | Access::EXEC_OK)?)
}

/// On other systems permissions say too little in advance.
#[cfg(not(unix))]
fn check_access(_folder: &Utf8Path) -> io::Result<()> {
    Ok(())
}

/// Removes a file, unless it went with its displaced folder or a folder has taken its place.
fn remove(place: &Utf8Path) -> Result<(), PublishError> {
    let metadata = if_there(fs::symlink_metadata(place)).map_err(unwritable(place))?;
    if metadata.is_some_and(|metadata| metadata.is_file()) {
        fs::remove_file(place).map_err(unwritable(place))?;
    }
    Ok(())
}
