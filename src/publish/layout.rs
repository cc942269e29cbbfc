//! What stands in the published folder where the old site stood and the new one is to stand.

use std::collections::HashMap;
use std::fs;

use rayon::prelude::*;

use super::destination::Destination;
use super::manifest::Manifest;
use super::{PublishError, if_there, unreadable};
use crate::output::OutputPath;

/// The old and the new list of our files against the folders that really stand, as far as anything is to move there.
pub(super) struct Layout<'a> {
    pub(super) old: &'a Manifest,
    pub(super) new: &'a Manifest,
    /// Files of the old site that the new one lacks.
    gone: Vec<&'a OutputPath>,
    /// Those of them that stand.
    pub(super) leaving: Vec<&'a OutputPath>,
    /// New paths that stand already under their old spelling, on a file system that ignores case; with that spelling.
    pub(super) respelled: HashMap<&'a OutputPath, &'a OutputPath>,
    places: FolderStates<'a>,
}

/// What stands where each folder of the two sites is.
type FolderStates<'a> = HashMap<&'a str, FolderState, foldhash::fast::RandomState>;

/// What stands where a folder of either site is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FolderState {
    Folder,
    /// Nothing, or something above it that is no folder.
    Missing,
    /// A file of the old site.
    OldFile,
    /// What is not ours. A link is that too: none is followed, wherever it leads.
    Foreign,
}

/// How a file of the new site gets to its place.
#[derive(Clone, Copy)]
pub(super) enum Transfer<'a> {
    /// Its folder stands.
    Open,
    /// This outermost of its folders is missing, and comes with all that is in it.
    Missing(&'a str),
    /// The same, but an old file of ours stands in the place of that folder.
    OverFile(&'a str),
    /// What stands here is not ours and no folder.
    Blocked(&'a str),
}

impl<'a> Layout<'a> {
    /// `unsettled` are the files of the new site that may be written.
    pub(super) fn survey(
        destination: &Destination,
        old: &'a Manifest,
        new: &'a Manifest,
        unsettled: impl Iterator<Item = &'a OutputPath>,
    ) -> Result<Self, PublishError> {
        let gone = old.without(new);
        let places = survey_folders(destination, old, unsettled.chain(gone.iter().copied()))?;
        let mut layout = Layout { old, new, gone, leaving: Vec::new(), respelled: HashMap::new(), places };
        for path in &layout.gone {
            if matches!(layout.way(path), Transfer::Open) && is_file(destination, path)? {
                layout.leaving.push(path);
            }
        }
        layout.set_respelled_apart(destination)?;
        Ok(layout)
    }

    pub(super) fn way<'p>(&self, path: &'p OutputPath) -> Transfer<'p> {
        if path.folders().next_back().is_none_or(|folder| self.place(folder) == FolderState::Folder) {
            return Transfer::Open;
        }
        path.folders()
            .find_map(|folder| match self.place(folder) {
                FolderState::Folder => None,
                FolderState::Missing => Some(Transfer::Missing(folder)),
                FolderState::OldFile => Some(Transfer::OverFile(folder)),
                FolderState::Foreign => Some(Transfer::Blocked(folder)),
            })
            .unwrap_or(Transfer::Open)
    }

    /// Folders of the old site that stand and that the new one does without, innermost first.
    ///
    /// Those of files that are gone already are among them: an interrupted publication may have come just so far.
    pub(super) fn forsaken_folders(&self) -> Vec<&'a str> {
        let stands = |folder: &&str| self.place(folder) == FolderState::Folder && !self.new.reaches_into(folder);
        let mut folders: Vec<&str> = self.gone.iter().flat_map(|path| path.folders()).filter(stands).collect();
        folders.sort_unstable_by(|one, other| other.cmp(one));
        folders.dedup();
        folders
    }

    fn place(&self, folder: &str) -> FolderState {
        self.places.get(folder).copied().unwrap_or(FolderState::Missing)
    }

    /// Without this, the removal of `Foto.jpg` would take away the `foto.jpg` that has come in its place.
    fn set_respelled_apart(&mut self, destination: &Destination) -> Result<(), PublishError> {
        if self.leaving.is_empty() {
            return Ok(());
        }
        let by_key: HashMap<String, &OutputPath> =
            self.new.paths().iter().map(|path| (path.collision_key(), path)).collect();
        let mut leaving = Vec::new();
        for &former in &self.leaving {
            match by_key.get(&former.collision_key()) {
                Some(&path) if is_one_file(destination, former, path)? => {
                    self.respelled.insert(path, former);
                }
                _ => leaving.push(former),
            }
        }
        self.leaving = leaving;
        Ok(())
    }
}

fn survey_folders<'a>(
    destination: &Destination,
    old: &Manifest,
    paths: impl Iterator<Item = &'a OutputPath>,
) -> Result<FolderStates<'a>, PublishError> {
    let mut places = FolderStates::default();
    for path in paths {
        // Whoever added an inner folder has added those above it.
        for folder in path.folders().rev() {
            if places.insert(folder, FolderState::Missing).is_some() {
                break;
            }
        }
    }
    let mut folders: Vec<&str> = places.keys().copied().collect();
    folders.sort_unstable();
    let look = |&folder: &&'a str| {
        let place = destination.place(folder);
        let found = if_there(fs::symlink_metadata(&place)).map_err(unreadable(&place))?;
        Ok((
            folder,
            match found {
                None => FolderState::Missing,
                Some(found) if found.is_dir() => FolderState::Folder,
                Some(_) if old.contains(folder) => FolderState::OldFile,
                Some(_) => FolderState::Foreign,
            },
        ))
    };
    let looked: Vec<(&str, FolderState)> = folders.par_iter().map(look).collect::<Result<_, PublishError>>()?;
    // A folder sorts before what is in it; below a link or a file nothing of ours can stand.
    for (folder, place) in looked {
        let above = folder.rsplit_once('/').map_or(FolderState::Folder, |(above, _)| places[above]);
        places.insert(folder, if above == FolderState::Folder { place } else { FolderState::Missing });
    }
    Ok(places)
}

fn is_file(destination: &Destination, path: &OutputPath) -> Result<bool, PublishError> {
    let place = destination.place(path);
    let found = if_there(fs::symlink_metadata(&place)).map_err(unreadable(&place))?;
    Ok(found.is_some_and(|found| found.is_file()))
}

fn is_one_file(destination: &Destination, one: &OutputPath, other: &OutputPath) -> Result<bool, PublishError> {
    let (one, other) = (destination.place(one), destination.place(other));
    let same = if_there(same_file::is_same_file(&one, &other)).map_err(unreadable(&other))?;
    Ok(same.unwrap_or(false))
}
