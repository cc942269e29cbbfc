//! Declaration of a format: one constant of it a file.

use crate::output::{Cause, OutputFile, OutputPath, OutputPathError};
use crate::site::{Announce, Site};
use crate::text::Strings;

/// A format: the announcements of its files on pages, and its files, both in an order that depends on the site alone.
///
/// Each announced address is that of one of its files; a file that no reader opens is not announced.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Export {
    /// The format's name, unique among all.
    pub(crate) name: &'static str,
    /// Announcements of its files on the pages of a language. They depend only on the names of the site's pages and on the
    /// language's words. Empty if no reader of a page has a use for the files.
    pub(crate) announce: Announce,
    /// Files of a language; those that no language changes are of the first. An error is an address that no file
    /// system takes for a path, which its page has as well.
    pub(crate) files: for<'a> fn(&'a Site, &'a Strings) -> Result<Vec<OutputFile<'a>>, OutputPathError>,
}

impl Export {
    /// Files of a language, each with its name.
    ///
    /// # Errors
    /// As of [`files`](Self::files).
    pub(crate) fn files_of<'a>(
        &self,
        site: &'a Site,
        strings: &'a Strings,
    ) -> Result<Vec<OutputFile<'a>>, OutputPathError> {
        let files = (self.files)(site, strings)?;
        Ok(files.into_iter().map(|file| file.by(self.name)).collect())
    }
}

/// A file at an address.
pub(super) fn file<'a>(
    address: &str,
    make: impl Fn(&mut Vec<u8>) -> Result<(), Cause> + Send + Sync + 'a,
) -> Result<OutputFile<'a>, OutputPathError> {
    Ok(OutputFile::new(OutputPath::parse(address)?, make))
}

/// True if the words are of the site's first language, with which the files that no language changes are made.
pub(super) fn is_first(site: &Site, strings: &Strings) -> bool {
    strings.lang() == site.settings.language()
}
