use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Location, Repair};

/// A diagnostic with its place in the text of its file.
#[derive(Clone, Debug)]
pub struct Located<'a> {
    /// The mistake.
    pub diagnostic: &'a Diagnostic,
    /// The file, relative to the site's root.
    pub path: &'a str,
    /// The file's text; empty if it has none that can be shown.
    pub text: Arc<str>,
    /// The wrong bytes, within the file's text.
    pub bytes: Range<usize>,
    /// The bytes in lines and columns.
    pub location: Location,
    /// The repair, if it needs nobody's decision.
    pub(crate) repair: Option<Repair>,
    /// A possible repair, which somebody has to decide. `None` if a repair is certain.
    pub(crate) likely: Option<Repair>,
}
