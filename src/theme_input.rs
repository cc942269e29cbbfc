//! Input of a theme: the settings and every file that a site's look is made of.

use std::collections::BTreeMap;

use crate::catalogue::Catalogue;
use crate::diagnostic::Report;
use crate::incremental::fingerprint;
use crate::model::{Attachment, FileId, Settings};
use crate::render::{Theme, ThemeFile, ThemeFiles};
use crate::source::{self, Barred, Content, SourceTree};

/// Everything that a theme is loaded from.
#[derive(Debug, PartialEq)]
pub(crate) struct ThemeInput {
    settings: Settings,
    /// The file `site.toml`.
    site: FileId,
    /// Names of the folders below `themes/`.
    folders: Vec<String>,
    /// Files of the site's own theme.
    pub(crate) own: Vec<ThemeFile>,
    /// Files that `site.toml` names, by their paths.
    named: BTreeMap<String, Result<Vec<u8>, Barred>>,
}

impl ThemeInput {
    pub(crate) fn of(tree: &SourceTree, catalogue: &Catalogue, settings: &Settings) -> Self {
        let folder = format!("themes/{}/", settings.theme.name);
        let mut folders: Vec<String> = Vec::new();
        let mut own = Vec::new();
        for (id, file) in tree.files() {
            let Some(below) = file.path.strip_prefix("themes/") else { continue };
            let name = below.split('/').next().unwrap_or_default();
            if folders.last().is_none_or(|last| last != name) {
                folders.push(name.to_owned());
            }
            // Leftovers of programs are reported where files are read.
            let is_leftover = source::is_leftover(file.path.rsplit('/').next().unwrap_or_default());
            if is_leftover || tree.original(&file.path).is_some() {
                continue;
            }
            if let (Some(path), Content::Theme(bytes)) = (file.path.strip_prefix(&folder), &file.content) {
                own.push(ThemeFile { path: path.to_owned(), bytes: bytes.to_vec(), file: id });
            }
        }
        let named = |path: &str| (path.to_owned(), named_file(tree, path, catalogue));
        let named = Theme::named_files(settings).map(named).collect();
        let site = tree.find(source::SITE_FILE).unwrap_or(FileId::NONE);
        Self { settings: settings.clone(), site, folders, own, named }
    }

    pub(crate) fn load(&self) -> (Option<Theme>, Report) {
        let folders: Vec<&str> = self.folders.iter().map(String::as_str).collect();
        let files = ThemeFiles { site: self.site, folders: &folders, own: &self.own, named: &self.named };
        Theme::load(&self.settings, &files)
    }

    /// Fingerprint of the files, whatever their numbers.
    pub(crate) fn files_fingerprint(&self) -> u64 {
        let texts: Vec<(&str, &[u8])> = self.own.iter().map(|file| (file.path.as_str(), &*file.bytes)).collect();
        fingerprint(&(texts, &self.named))
    }
}

/// Bytes of a file that `site.toml` names. One in `content/` is published only with its record.
fn named_file(tree: &SourceTree, path: &str, catalogue: &Catalogue) -> Result<Vec<u8>, Barred> {
    let passed = source::pass(tree.root(), path)?;
    let has =
        |files: &[Attachment]| files.iter().any(|file| passed == file.link_target.as_deref().unwrap_or(&file.path));
    let is_of_record = || {
        catalogue.objectives.iter().any(|objective| has(&objective.attachments))
            || catalogue.projects.iter().any(|project| has(&project.attachments))
            || catalogue.pages.iter().any(|page| has(&page.attachments))
    };
    if passed.starts_with("content") && !is_of_record() {
        return Err(Barred::Unpublished);
    }
    let mut bytes = Vec::new();
    source::read_published(tree.root(), path, &mut bytes).map_err(|_| Barred::Missing)?;
    Ok(bytes)
}
