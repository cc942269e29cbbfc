//! The site as a graph: every page, address, list and link target, decided once.
//!
//! Addresses are relative to the site's root, without a leading slash; that of a page ends in `/` and the home's is
//! empty. Only here is an address made; everyone else asks [`Site::address`].

mod accessibility;
mod address;
mod anchors;
mod announce;
mod budget;
mod citations;
mod content;
mod directory;
mod directory_input;
mod fingerprints;
mod glossary;
mod graph;
mod html;
mod judgement;
mod leftovers;
mod link;
mod listing;
mod lists;
mod markdown;
mod outline;
mod pages;
mod places;
mod plan;
mod redirects;
mod route;
mod site_text;
mod slug;
mod targets;
mod texts;

pub(crate) use anchors::{REPORT_PREFIX, TemplateIds, id_prefix, is_top};
pub(crate) use announce::{Announce, Announcement, Announcements, Role};
pub(crate) use budget::Budget;
pub(crate) use citations::check_cited;
pub(crate) use fingerprints::SiteFingerprints;
pub use graph::Site;
pub(crate) use html::{ELEMENTS, Tag, TagScanner};
pub(crate) use leftovers::cells_beyond_head;
pub(crate) use link::{Broken, Link, Picture};
pub(crate) use listing::LetterPage;
pub(crate) use lists::Facet;
pub(crate) use markdown::{LINK_OPTIONS, MarkdownEvents};
pub(crate) use outline::{Heading, UniqueNames as Ids, outline, words};
pub(crate) use pages::DOCUMENTS;
pub(crate) use plan::{PlanCache, plan};
pub(crate) use route::{Page, Route, SINGLES};
pub(crate) use slug::{slug, slugs};
pub(crate) use texts::check_texts;
