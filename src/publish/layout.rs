//! Folders of the published site as they are now, against the old and the new list of its files.

use std::collections::HashMap;
use std::fs;

use rayon::prelude::*;

use super::destination::Destination;
use super::error::{PublishError, unreadable};
use super::files::if_there;
use super::manifest::Manifest;
use crate::output::OutputPath;

/// The old and the new list of our files, with the folders that exist, as far as anything is to move there.
pub(super) struct Layout<'a> {
    pub(super) old: &'a Manifest,
    pub(super) new: &'a Manifest,
    /// Files of the old site that the new one lacks.
    dropped: Vec<&'a OutputPath>,
    /// Dropped files that exist.
    pub(super) removable: Vec<&'a OutputPath>,
    /// New paths that exist already under their old spelling, on a file system that ignores case; with that spelling.
    pub(super) respelled: HashMap<&'a OutputPath, &'a OutputPath>,
    folders: FolderStates<'a>,
}

/// State of each folder of the two sites.
type FolderStates<'a> = HashMap<&'a str, FolderState, foldhash::fast::RandomState>;

/// State of the path of a folder of either site.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FolderState {
    Folder,
    /// Nothing is there, or something above it is no folder.
    Missing,
    /// A file of the old site.
    OldFile,
    /// Something that is not ours. A link is that too: none is followed, wherever it leads.
    Foreign,
}

/// Way of a file of the new site to its place.
#[derive(Clone, Copy)]
pub(super) enum Transfer<'a> {
    /// The folder of the file exists.
    Open,
    /// This outermost of its folders is missing, and comes with all that is in it.
    Missing(&'a str),
    /// As [`Missing`](Self::Missing), but an old file of ours is in the place of that folder.
    OverFile(&'a str),
    /// In the place of this folder is something that is not ours and no folder.
    Blocked(&'a str),
}

impl<'a> Layout<'a> {
    /// Examines the folders; `outdated` are the files of the new site that may be written.
    pub(super) fn survey(
        destination: &Destination,
        old: &'a Manifest,
        new: &'a Manifest,
        outdated: impl Iterator<Item = &'a OutputPath>,
    ) -> Result<Self, PublishError> {
        let dropped = old.without(new);
        let folders = folder_states(destination, old, outdated.chain(dropped.iter().copied()))?;
        let mut layout = Layout { old, new, dropped, removable: Vec::new(), respelled: HashMap::new(), folders };
        for path in &layout.dropped {
            if matches!(layout.transfer(path), Transfer::Open) && is_file(destination, path)? {
                layout.removable.push(path);
            }
        }
        layout.separate_respelled(destination)?;
        Ok(layout)
    }

    pub(super) fn transfer<'p>(&self, path: &'p OutputPath) -> Transfer<'p> {
        if path.folders().next_back().is_none_or(|folder| self.state(folder) == FolderState::Folder) {
            return Transfer::Open;
        }
        path.folders()
            .find_map(|folder| match self.state(folder) {
                FolderState::Folder => None,
                FolderState::Missing => Some(Transfer::Missing(folder)),
                FolderState::OldFile => Some(Transfer::OverFile(folder)),
                FolderState::Foreign => Some(Transfer::Blocked(folder)),
            })
            .unwrap_or(Transfer::Open)
    }

    /// Folders of the old site that exist and that the new one has no files in, innermost first.
    ///
    /// Those of files that are removed already are among them: an interrupted publication may have come just so far.
    pub(super) fn obsolete_folders(&self) -> Vec<&'a str> {
        let is_obsolete = |folder: &&str| self.state(folder) == FolderState::Folder && !self.new.reaches_into(folder);
        let mut folders: Vec<&str> = self.dropped.iter().flat_map(|path| path.folders()).filter(is_obsolete).collect();
        folders.sort_unstable_by(|one, other| other.cmp(one));
        folders.dedup();
        folders
    }

    fn state(&self, folder: &str) -> FolderState {
        self.folders.get(folder).copied().unwrap_or(FolderState::Missing)
    }

    /// Moves the respelled paths out of the removable ones: else the removal of `Foto.jpg` would take away the `foto.jpg`
    /// that has come in its place.
    fn separate_respelled(&mut self, destination: &Destination) -> Result<(), PublishError> {
        if self.removable.is_empty() {
            return Ok(());
        }
        let by_key: HashMap<String, &OutputPath> =
            self.new.paths().iter().map(|path| (path.collision_key(), path)).collect();
        let mut removable = Vec::new();
        for &former in &self.removable {
            match by_key.get(&former.collision_key()) {
                Some(&path) if is_one_file(destination, former, path)? => {
                    self.respelled.insert(path, former);
                }
                _ => removable.push(former),
            }
        }
        self.removable = removable;
        Ok(())
    }
}

fn folder_states<'a>(
    destination: &Destination,
    old: &Manifest,
    paths: impl Iterator<Item = &'a OutputPath>,
) -> Result<FolderStates<'a>, PublishError> {
    let mut states = FolderStates::default();
    for path in paths {
        // Whenever an inner folder is there, so are those above it.
        for folder in path.folders().rev() {
            if states.insert(folder, FolderState::Missing).is_some() {
                break;
            }
        }
    }
    let mut folders: Vec<&str> = states.keys().copied().collect();
    folders.sort_unstable();
    let examine = |&folder: &&'a str| {
        let place = destination.place(folder);
        let metadata = if_there(fs::symlink_metadata(&place)).map_err(unreadable(&place))?;
        Ok((
            folder,
            match metadata {
                None => FolderState::Missing,
                Some(metadata) if metadata.is_dir() => FolderState::Folder,
                Some(_) if old.contains(folder) => FolderState::OldFile,
                Some(_) => FolderState::Foreign,
            },
        ))
    };
    let examined: Vec<(&str, FolderState)> = folders.par_iter().map(examine).collect::<Result<_, PublishError>>()?;
    // A folder sorts before what is in it; below a link or a file nothing of ours can exist.
    for (folder, state) in examined {
        let above = folder.rsplit_once('/').map_or(FolderState::Folder, |(above, _)| states[above]);
        states.insert(folder, if above == FolderState::Folder { state } else { FolderState::Missing });
    }
    Ok(states)
}

fn is_file(destination: &Destination, path: &OutputPath) -> Result<bool, PublishError> {
    let place = destination.place(path);
    let metadata = if_there(fs::symlink_metadata(&place)).map_err(unreadable(&place))?;
    Ok(metadata.is_some_and(|metadata| metadata.is_file()))
}

fn is_one_file(destination: &Destination, one: &OutputPath, other: &OutputPath) -> Result<bool, PublishError> {
    let (one, other) = (destination.place(one), destination.place(other));
    let same = if_there(same_file::is_same_file(&one, &other)).map_err(unreadable(&other))?;
    Ok(same.unwrap_or(false))
}
