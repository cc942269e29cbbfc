//! Limits of what one page holds, so that none is too heavy for a phone.

/// Limit of the rows of a table on a page: of about 650 bytes each, they keep it below 250 kB.
pub(super) const ROWS: usize = 375;
/// Limit of the links on a page, of about 300 bytes each.
pub(super) const LINKS: usize = 800;
/// Limit of the rows of a table on a page that is not a list.
pub(super) const FEW: usize = 50;
