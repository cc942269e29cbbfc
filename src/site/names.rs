//! By which names pages are found: their addresses, what links can name, the list from A to Z.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use super::Route;
use super::address::{self, Addresses};
use super::link::Targets;
use super::listing::{self, LetterPage};
use super::lists::{Facet, Lists};
use crate::diagnostic::Report;
use crate::model::{Catalogue, Lang, ProjectId, are_alike};

/// The list of all pages from A to Z, in each language of a site.
pub(super) type Listings = Vec<(Lang, Vec<LetterPage>)>;

/// The address of every page, and whatever a text can link to.
#[derive(Debug)]
pub(super) struct Directory {
    pub(super) addresses: Addresses,
    /// The pages by their addresses in the first language.
    pub(super) routes: HashMap<Box<str>, Route>,
    pub(super) links: Targets,
    /// The fingerprint of all that can be found by a link.
    targets: OnceLock<u64>,
    /// The addresses that two pages would share.
    pub(super) problems: Report,
    pub(super) others: DerivedPages,
}

/// What has an address and is no record, with the languages of the addresses.
#[derive(Debug, PartialEq)]
pub(super) struct DerivedPages {
    languages: Vec<Lang>,
    lists: Vec<(i16, Facet)>,
    /// The slugs of the types that lists are of.
    kinds: Vec<Box<str>>,
    project_years: Vec<i16>,
    parts: Vec<Route>,
}

impl DerivedPages {
    pub(super) fn of(
        languages: &[Lang],
        lists: &Lists,
        project_years: &BTreeMap<i16, Vec<ProjectId>>,
        listings: &Listings,
    ) -> Self {
        let parts = listings.iter().flat_map(|(_, parts)| listing::apart(parts));
        Self {
            languages: languages.to_vec(),
            lists: lists.lists.keys().copied().collect(),
            kinds: lists.kinds.iter().map(|kind| kind.slug.clone()).collect(),
            project_years: project_years.keys().copied().collect(),
            parts: parts.map(LetterPage::route).collect(),
        }
    }
}

impl Directory {
    pub(super) fn of(catalogue: &Catalogue, lists: &Lists, others: DerivedPages) -> Self {
        let mut problems = Report::default();
        let DerivedPages { languages, project_years, parts, .. } = &others;
        let ((addresses, routes), links) = rayon::join(
            || address::assign(catalogue, languages, lists, project_years, parts, &mut problems),
            || Targets::of(catalogue),
        );
        Self { addresses, routes, links, targets: OnceLock::new(), problems, others }
    }

    /// The fingerprint of all that can be found by a link.
    pub(super) fn targets(&self) -> u64 {
        *self.targets.get_or_init(|| self.links.fingerprint(&self.routes, &self.others.languages))
    }
}

/// Whether what [`Names::of`] asks of records is the same in two catalogues.
pub(super) fn are_names_same(before: &Catalogue, now: &Catalogue) -> bool {
    let Catalogue { units, plans, nodes, objectives, projects, updates, series, pages, excluded, unpublished, .. } =
        now;
    // The organisation and its plans are the same as a whole, or made anew.
    are_alike(&before.units, units, |_, _| false)
        && are_alike(&before.plans, plans, |_, _| false)
        && are_alike(&before.nodes, nodes, |_, _| false)
        && are_alike(&before.objectives, objectives, |a, b| {
            (a.year, a.unit, &a.code, &a.origin.path, a.origin.file, &a.attachments)
                == (b.year, b.unit, &b.code, &b.origin.path, b.origin.file, &b.attachments)
        })
        && are_alike(&before.projects, projects, |a, b| {
            (a.unit, &a.slug, &a.code, &a.origin.path, a.origin.file, &a.attachments)
                == (b.unit, &b.slug, &b.code, &b.origin.path, b.origin.file, &b.attachments)
        })
        && are_alike(&before.updates, updates, |a, b| {
            (a.project, a.date, &a.slug, &a.origin.path, a.origin.file)
                == (b.project, b.date, &b.slug, &b.origin.path, b.origin.file)
        })
        && are_alike(&before.pages, pages, |a, b| {
            (&a.slug, &a.origin.path, a.origin.file, &a.attachments)
                == (&b.slug, &b.origin.path, b.origin.file, &b.attachments)
        })
        && before.series == *series
        && before.excluded == *excluded
        && before.unpublished == *unpublished
}
