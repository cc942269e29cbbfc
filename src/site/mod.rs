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

pub use anchors::{REPORT_PREFIX, TemplateIds, id_prefix, is_top};
pub use announce::{Announce, Announcement, Announcements, Role};
pub use budget::Budget;
pub use citations::check_cited;
pub use fingerprints::SiteFingerprints;
pub use glossary::{Glossary, Term};
pub use graph::Site;
pub use html::{ELEMENTS, Tag, TagScanner};
pub use judgement::Judgement;
pub use leftovers::cells_beyond_head;
pub use link::{Broken, Link, Picture};
pub use listing::LetterPage;
pub use lists::{Facet, ObjectiveTypeId};
pub use markdown::{LINK_OPTIONS, MarkdownEvents};
pub use outline::{Heading, UniqueNames as Ids, outline, words};
pub use pages::DOCUMENTS;
pub use plan::{PlanCache, plan};
pub use route::{Page, Route, SINGLES, Single};
pub use slug::{slug, slugs};
pub use texts::check_texts;
