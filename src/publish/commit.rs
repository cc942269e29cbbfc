//! The moves that turn the old site into the new one, as a list: whoever stops after any of them leaves a whole site.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};

use camino::{Utf8Path, Utf8PathBuf};

use super::destination::Destination;
use super::layout::{Layout, Transfer};
use super::manifest::Manifest;
use super::staging::{Replaced, Staged};
use super::{PublishError, if_there, unwritable};

/// One change of the published folder; `path` is relative to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// Puts a manifest in its place, whole.
    Declare { manifest: Manifest },
    /// Moves a staged file, over the old one if there is one, or a staged folder to where nothing stands.
    Move { path: String },
    /// Moves what stands at `path` out of the site.
    Displace { path: String, number: usize },
    /// Removes a file.
    Remove { path: String },
    /// Removes a folder unless something is in it.
    RemoveFolder { path: String },
}

/// First the manifest claims both sites; then come the files that nothing links to yet, those that change their kind,
/// those that change; then the old ones leave that nothing links to any more; and the manifest lets go of them.
///
/// Fails before the first step if a folder that the steps would change does not let us.
pub(super) fn plan(
    destination: &Destination,
    standing: Option<&Manifest>,
    layout: &Layout<'_>,
    staged: &Staged<'_>,
) -> Result<Vec<Step>, PublishError> {
    let mut appearing = BTreeSet::new();
    let mut changing_kind = BTreeSet::new();
    let mut changing = Vec::new();
    for &(path, over) in &staged.files {
        match (layout.way(path), over) {
            (Transfer::Missing(folder), _) => drop(appearing.insert(folder)),
            (Transfer::OverFile(folder), _) => drop(changing_kind.insert((folder, folder))),
            (Transfer::Open | Transfer::Blocked(_), over) => {
                let former = layout.respelled.get(path).copied();
                match (former, over) {
                    (Some(former), _) => drop(changing_kind.insert((former.as_ref(), path.as_ref()))),
                    (None, Replaced::Folder) => drop(changing_kind.insert((path.as_ref(), path.as_ref()))),
                    (None, Replaced::File) => changing.push(path.as_ref()),
                    (None, Replaced::Nothing) => drop(appearing.insert(path.as_ref())),
                }
            }
        }
    }
    let step_to = |path: &str| Step::Move { path: path.to_owned() };
    let mut steps: Vec<Step> = appearing.into_iter().map(step_to).collect();
    for (number, (former, path)) in changing_kind.into_iter().enumerate() {
        steps.push(Step::Displace { path: former.to_owned(), number });
        steps.push(step_to(path));
    }
    steps.extend(changing.into_iter().map(step_to));
    steps.extend(layout.leaving.iter().map(|path| Step::Remove { path: path.to_string() }));
    steps.extend(
        layout
            .forsaken_folders()
            .into_iter()
            .map(|path| Step::RemoveFolder { path: path.to_owned() }),
    );
    check_writable(destination, &steps)?;

    let both = layout.old.union(layout.new);
    let claims = !steps.is_empty() && standing != Some(&both);
    let settles = if steps.is_empty() { standing != Some(layout.new) } else { both != *layout.new };
    if claims {
        steps.insert(0, Step::Declare { manifest: both });
    }
    if settles {
        steps.push(Step::Declare { manifest: layout.new.clone() });
    }
    Ok(steps)
}

impl Step {
    pub(super) fn run(&self, destination: &Destination) -> Result<(), PublishError> {
        match self {
            Self::Declare { manifest } => declare(destination, manifest),
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
    folders.iter().try_for_each(|folder| may_write(folder).map_err(unwritable(folder)))
}

#[cfg(unix)]
fn may_write(folder: &Utf8Path) -> io::Result<()> {
    use rustix::fs::{Access, access};
    Ok(access(folder.as_std_path(), Access::WRITE_OK | Access::EXEC_OK)?)
}

/// Elsewhere permissions tell too little in advance.
#[cfg(not(unix))]
fn may_write(_folder: &Utf8Path) -> io::Result<()> {
    Ok(())
}

fn declare(destination: &Destination, manifest: &Manifest) -> Result<(), PublishError> {
    put(&destination.next_manifest(), &destination.manifest(), &manifest.text())
}

/// Puts a text in its place, whole, by way of `next`.
pub(super) fn put(next: &Utf8Path, place: &Utf8Path, text: &str) -> Result<(), PublishError> {
    if let Err(source) = write_anew(next, text) {
        // Half a text is of no use; should it stay, the next one takes its place.
        let _ = fs::remove_file(next);
        return Err(unwritable(next)(source));
    }
    fs::rename(next, place).map_err(unwritable(place))
}

/// Writing over what stands could follow a link out of the folder.
fn write_anew(place: &Utf8Path, text: &str) -> io::Result<()> {
    if_there(fs::remove_file(place))?;
    File::create_new(place)?.write_all(text.as_bytes())
}

/// A file that went with its displaced folder, or whose place a folder has taken, is not removed again.
fn remove(place: &Utf8Path) -> Result<(), PublishError> {
    let standing = if_there(fs::symlink_metadata(place)).map_err(unwritable(place))?;
    if standing.is_some_and(|standing| standing.is_file()) {
        fs::remove_file(place).map_err(unwritable(place))?;
    }
    Ok(())
}
