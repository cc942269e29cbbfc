//! Formats of the site other than pages, one a file: feeds, tables, records, the description of the tables, and files for
//! search engines.
//!
//! Every format is made from the same [`Site`](crate::site::Site) as the pages, so none of them can disagree. A format first
//! announces its files, before any page is made, then makes them; its bytes depend on the site alone.

mod atom;
mod csv;
mod datapackage;
mod feed;
mod format;
mod ids;
mod json;
mod record;
mod redirects;
mod robots;
mod rss;
pub(crate) mod search;
mod sitemap;
pub(crate) mod table;
#[cfg(test)]
mod tests;

pub(crate) use format::Export;

/// Every format that is a function of the site alone; the files of [`search`] have an index in common.
pub(crate) const ALL: &[Export] = &[
    rss::EXPORT,
    atom::EXPORT,
    csv::EXPORT,
    json::EXPORT,
    record::EXPORT,
    datapackage::EXPORT,
    sitemap::EXPORT,
    robots::EXPORT,
    redirects::EXPORT,
];
