//! Conventions by which words are read.

use super::Lang;

/// Conventions of figures and dates that their words leave out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conventions {
    /// The language in which figures are written: the first one of the site.
    pub lang: Lang,
    /// The year of the record, for dates that leave theirs out.
    pub year: Option<i16>,
}

/// Conventions of Italian figures in a record of a year.
#[cfg(test)]
pub(super) fn by(year: Option<i16>) -> Conventions {
    Conventions { lang: Lang::It, year }
}
