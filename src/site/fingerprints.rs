//! Fingerprints of the answers that a site gives to queries on the day of a build.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hash, Hasher};

use foldhash::quality::{FixedState, FoldHasher};

use super::announce::{Announcement, Announcements};
use super::graph::Site;
use super::link;
use super::route::{Page, Route};
use crate::catalogue::{self, Objective, Plan, PlanNode, Project, Series, Unit, Update};
use crate::incremental::fingerprint;
use crate::incremental::query::{Fingerprints, Query, RecordId, RecordKind};
use crate::model::{Attachment, Origin, Translation};

/// Fingerprints of a site and of the announcements on its pages.
///
/// A record is named by its address, which no other has: so the queries of one build are found again in another, however
/// many records were added in between.
#[derive(Debug)]
pub(crate) struct SiteFingerprints<'a> {
    site: &'a Site,
    announced: Announcements<'a>,
    /// Fingerprint of each record's name, by kind and place.
    names: BTreeMap<RecordKind, Vec<u64>>,
    /// Fingerprint of each file beside records, in their order; `None` if it may have changed without a trace.
    attachments: Vec<Option<u64>>,
}

impl<'a> SiteFingerprints<'a> {
    /// Fingerprints of a site.
    pub(crate) fn new(site: &'a Site, announced: Announcements<'a>) -> Self {
        let mut names: BTreeMap<RecordKind, Vec<u64>> = BTreeMap::new();
        for route in site.records().chain(site.catalogue.page_ids().map(Route::Free)) {
            let Some(RecordId(kind, _)) = route.record() else { continue };
            names.entry(kind).or_default().push(fingerprint(site.address(site.page(route)).as_str()));
        }
        let attachments = site
            .attachments()
            .into_iter()
            .map(|(_, file)| Some(fingerprint(&(&file.path, file.stamp_fingerprint?))));
        Self { site, announced, names, attachments: attachments.collect() }
    }
}

impl Fingerprints for SiteFingerprints<'_> {
    fn name(&self, record: RecordId) -> String {
        self.site.address(self.site.page(Route::from(record)))
    }

    fn find(&self, kind: RecordKind, name: &str) -> Option<RecordId> {
        let found = self.site.directory.routes.get(name.trim_end_matches('/'))?.record()?;
        (found.0 == kind).then_some(found)
    }

    fn of(&self, query: Query<RecordId>) -> Option<u64> {
        let (site, catalogue) = (self.site, &self.site.catalogue);
        Some(match query {
            Query::Uncacheable => return None,
            Query::Attachment(place) => return *self.attachments.get(place as usize)?,
            Query::Whole(record) => self.whole(record),
            Query::Body(record) => self.body(record),
            Query::Listed(record) => self.listed(record),
            Query::Title(record) => fingerprint(site.titles.get(record)),
            // The address is the name of the record.
            Query::Address(_) => 0,
            Query::Announced(record) => self.announced(record),
            Query::AllAnnounced => self.all_announced(),
            Query::All(kind) => self.all(kind),
            Query::Administrations => self.hashed_names(site.administrations.iter().chain(&site.publisher).copied()),
            Query::State(record) => {
                let judgement = &site.judgements[place(record)];
                fingerprint(&(judgement.state, &judgement.counts))
            }
            Query::Judgement(record) => self.judgement(record),
            Query::Results(record) => fingerprint(&site.results[place(record)]),
            Query::Years => hashed(|state| site.years.keys().for_each(|year| year.hash(state))),
            Query::Year(year) => self.hashed_names(site.years.get(&year).into_iter().flatten().copied()),
            Query::Lists(year) => self.lists(year),
            Query::Types => self.types(),
            Query::ProjectYears => self.by_year(&site.project_years),
            Query::UpdateYears => self.by_year(&site.update_years),
            Query::ObjectivesBelow(record) => self.objectives_below(record),
            Query::ProjectsBelow(record) => self.projects_below(record),
            Query::Documents(nth) => hashed(|state| {
                let documents = site.some_documents(nth as usize);
                documents.iter().for_each(|route| self.name_of(*route).hash(state));
            }),
            Query::Links => self.links(),
            Query::Listing => self.listing(),
            Query::Glossary => hashed(|state| {
                for id in catalogue.page_ids().filter(|id| catalogue[*id].glossary) {
                    (self.whole(id.into()), self.body(id.into())).hash(state);
                }
            }),
        })
    }
}

/// Answers that take more than a line.
impl SiteFingerprints<'_> {
    fn listed(&self, record: RecordId) -> u64 {
        let Route::Objective(id) = Route::from(record) else { return self.whole(record) };
        let listed = self.site.catalogue.listed(id);
        hashed(|state| {
            (listed.code, listed.year, listed.title, listed.end).hash(state);
            self.names([listed.unit], state);
            self.names(listed.plan.iter().copied(), state);
        })
    }

    fn announced(&self, record: RecordId) -> u64 {
        hashed(|state| {
            for lang in &self.site.settings.languages {
                let announcements = self.announced.of(Page { lang: *lang, route: Route::from(record) });
                announcements.iter().for_each(|announcement| hash_announcement(announcement, state));
            }
        })
    }

    fn all_announced(&self) -> u64 {
        hashed(|state| {
            for lang in &self.site.settings.languages {
                for announcement in self.announced.all(*lang) {
                    announcement.on.and_then(Route::record).map(|record| self.name(record)).hash(state);
                    hash_announcement(&announcement, state);
                }
            }
        })
    }

    fn all(&self, kind: RecordKind) -> u64 {
        let catalogue = &self.site.catalogue;
        match kind {
            RecordKind::Unit => self.hashed_names(catalogue.unit_ids()),
            RecordKind::Plan => self.hashed_names(catalogue.plan_ids()),
            RecordKind::Node => self.hashed_names(catalogue.node_ids()),
            RecordKind::Objective => self.hashed_names(catalogue.objective_ids()),
            RecordKind::Project => self.hashed_names(catalogue.project_ids()),
            RecordKind::Update => self.hashed_names(catalogue.update_ids()),
            RecordKind::Series => self.hashed_names(catalogue.series_ids()),
            RecordKind::Page => self.hashed_names(catalogue.page_ids()),
        }
    }

    /// The weights of phases follow from the record and from the states of its phases.
    fn judgement(&self, record: RecordId) -> u64 {
        let judgement = &self.site.judgements[place(record)];
        let (indicators, phases) = (&judgement.indicators, &judgement.phases);
        fingerprint(&(judgement.state, &judgement.counts, indicators, phases, self.whole(record)))
    }

    fn lists(&self, year: i16) -> u64 {
        hashed(|state| {
            for (facet, ids) in self.site.lists(year) {
                self.name_of(Route::List(year, facet)).hash(state);
                self.names(ids.iter().copied(), state);
            }
        })
    }

    fn types(&self) -> u64 {
        let types = &self.site.lists.types;
        hashed(|state| {
            types.slugs.hash(state);
            self.names(types.newest.iter().copied(), state);
            types.of_objectives.hash(state);
        })
    }

    fn by_year<T: Copy + Into<RecordId>>(&self, years: &BTreeMap<i16, Vec<T>>) -> u64 {
        hashed(|state| {
            for (year, ids) in years {
                year.hash(state);
                self.names(ids.iter().copied(), state);
            }
        })
    }

    fn objectives_below(&self, record: RecordId) -> u64 {
        let below = &self.site.below;
        let lists = if record.0 == RecordKind::Unit { &below.unit_objectives } else { &below.node_objectives };
        self.hashed_names(lists[place(record)].iter().copied())
    }

    fn projects_below(&self, record: RecordId) -> u64 {
        let below = &self.site.below;
        let lists = if record.0 == RecordKind::Unit { &below.unit_projects } else { &below.node_projects };
        hashed(|state| {
            self.names(lists[place(record)].iter().copied(), state);
            if record.0 == RecordKind::Node {
                self.site.node_budgets[place(record)].hash(state);
            }
        })
    }

    /// Records and files by their paths and codes, in the catalogue's order: everything that a link can name.
    fn links(&self) -> u64 {
        let (site, catalogue) = (self.site, &self.site.catalogue);
        hashed(|state| {
            site.years.keys().for_each(|year| year.hash(state));
            for route in site.records().chain(catalogue.page_ids().map(Route::Free)) {
                self.name_of(route).hash(state);
                if let Some(origin) = link::origin(catalogue, route) {
                    origin.path.hash(state);
                }
            }
            for id in catalogue.objective_ids() {
                catalogue[id].code.hash(state);
                self.names([catalogue.administration(catalogue[id].unit)], state);
            }
            for id in catalogue.project_ids() {
                catalogue[id].code.hash(state);
                self.names([catalogue.administration(catalogue[id].unit)], state);
            }
            let beside_objectives = catalogue.objective_ids().map(|id| &catalogue[id].attachments);
            let beside_projects = catalogue.project_ids().map(|id| &catalogue[id].attachments);
            let beside_pages = catalogue.page_ids().map(|id| &catalogue[id].attachments);
            for files in beside_objectives.chain(beside_projects).chain(beside_pages) {
                hash_attachments(files, state);
            }
        })
    }

    fn listing(&self) -> u64 {
        hashed(|state| {
            for (lang, parts) in &*self.site.listings {
                lang.hash(state);
                for part in parts {
                    (part.letter, part.number).hash(state);
                    part.routes.iter().for_each(|route| self.name_of(*route).hash(state));
                }
            }
        })
    }
}

impl SiteFingerprints<'_> {
    /// The body of a record, in every language.
    fn body(&self, record: RecordId) -> u64 {
        let catalogue = &self.site.catalogue;
        match Route::from(record) {
            Route::Objective(id) => catalogue[id].body.fingerprint(),
            Route::Project(id) => catalogue[id].body.fingerprint(),
            Route::Update(id) => catalogue[id].body.fingerprint(),
            Route::Free(id) => catalogue[id].body.fingerprint(),
            _ => 0,
        }
    }

    /// Everything of a record but its body; other records that it names by their names.
    fn whole(&self, record: RecordId) -> u64 {
        let catalogue = &self.site.catalogue;
        hashed(|state| match Route::from(record) {
            Route::Objective(id) => self.objective(&catalogue[id], state),
            Route::Project(id) => self.project(&catalogue[id], state),
            Route::Update(id) => self.update(&catalogue[id], state),
            Route::Unit(id) => self.unit(&catalogue[id], state),
            Route::Plan(id) => self.plan(&catalogue[id], state),
            Route::Node(id) => self.node(&catalogue[id], state),
            Route::Series(id) => self.series(&catalogue[id], state),
            Route::Free(id) => hash_page(&catalogue[id], state),
            _ => {}
        })
    }

    /// Its own fields are a function of its file's text; those that come from other files are not.
    fn objective(&self, of: &Objective, state: &mut impl Hasher) {
        let Objective {
            unit,
            plan,
            phases,
            indicators,
            continues,
            continued_by,
            projects,
            attachments,
            translations,
            origin,
            fields: _,
            code: _,
            year: _,
            body: _,
            documents: _,
        } = of;
        hash_files(origin, translations, state);
        self.names([*unit], state);
        self.names(plan.iter().copied(), state);
        self.names(continues.iter().copied(), state);
        self.names(continued_by.iter().copied(), state);
        self.names(projects.iter().copied(), state);
        self.names(phases.iter().filter_map(|phase| Some(phase.centre.as_ref()?.unit)), state);
        self.names(indicators.iter().filter_map(|indicator| indicator.series), state);
        hash_attachments(attachments, state);
    }

    fn project(&self, of: &Project, state: &mut impl Hasher) {
        let Project {
            unit,
            plan,
            expected_results,
            objectives,
            updates,
            attachments,
            translations,
            origin,
            fields,
            slug: _,
            body: _,
            documents: _,
        } = of;
        hash_files(origin, translations, state);
        self.names([*unit], state);
        self.names(plan.iter().copied(), state);
        self.names(objectives.iter().copied(), state);
        self.names(updates.iter().copied(), state);
        self.names(expected_results.iter().filter_map(|result| result.series), state);
        // The date when a milestone was met may come from an update.
        fields.milestones.iter().for_each(|milestone| milestone.met.hash(state));
        hash_attachments(attachments, state);
    }

    fn update(&self, of: &Update, state: &mut impl Hasher) {
        let Update { project, milestone, documents, translations, origin, fields: _, slug: _, date: _, body: _ } = of;
        hash_files(origin, translations, state);
        self.names([*project], state);
        // The milestone is one of the project, and a document may be a file of the project.
        milestone.hash(state);
        documents.iter().for_each(|document| (&document.title, &document.href).hash(state));
    }

    fn unit(&self, of: &Unit, state: &mut impl Hasher) {
        let Unit { fields, id, parent, children, root, heads, succeeded_by, translations, origin } = of;
        (fields, id, &**heads, &origin.path).hash(state);
        translations
            .iter()
            .for_each(|translation| (translation.lang, &translation.origin.path).hash(state));
        self.names(parent.iter().chain(succeeded_by).chain([root]).chain(children).copied(), state);
        (parent.is_some(), succeeded_by.is_some()).hash(state);
    }

    fn plan(&self, of: &Plan, state: &mut impl Hasher) {
        let Plan { fields, slug, administration, roots, nodes, translations, origin } = of;
        (fields, slug, &origin.path).hash(state);
        translations
            .iter()
            .for_each(|translation| (translation.lang, &translation.origin.path).hash(state));
        self.names([*administration], state);
        self.names(roots.iter().copied(), state);
        self.names(nodes.iter().copied(), state);
    }

    fn node(&self, of: &PlanNode, state: &mut impl Hasher) {
        let PlanNode { fields, plan, code, parent, children, origin } = of;
        (fields, code, &origin.path).hash(state);
        self.names([*plan], state);
        self.names(parent.iter().copied(), state);
        self.names(children.iter().copied(), state);
    }

    fn series(&self, of: &Series, state: &mut impl Hasher) {
        let Series { slug, administration, points } = of;
        slug.hash(state);
        self.names([*administration], state);
        self.names(points.iter().map(|point| point.objective), state);
        points.iter().for_each(|point| point.indicator.hash(state));
    }

    fn hashed_names<T: Into<RecordId>>(&self, ids: impl IntoIterator<Item = T>) -> u64 {
        hashed(|state| self.names(ids, state))
    }

    fn name_of(&self, route: Route) -> String {
        self.site.address(self.site.page(route))
    }

    fn names<T: Into<RecordId>>(&self, ids: impl IntoIterator<Item = T>, state: &mut impl Hasher) {
        let mut count = 0usize;
        for id in ids {
            let RecordId(kind, place) = id.into();
            self.names.get(&kind).and_then(|names| names.get(place as usize)).hash(state);
            count += 1;
        }
        count.hash(state);
    }
}

/// Fingerprint of everything that `hash` writes.
fn hashed(hash: impl FnOnce(&mut FoldHasher<'_>)) -> u64 {
    let mut state = FixedState::with_seed(0).build_hasher();
    hash(&mut state);
    state.finish()
}

/// Hashes an announcement without the page that it is on.
fn hash_announcement(of: &Announcement, state: &mut impl Hasher) {
    (of.lang, of.role, of.media_type, &of.title, &of.address).hash(state);
}

fn hash_attachments(files: &[Attachment], state: &mut impl Hasher) {
    files.iter().for_each(|file| (&file.path, file.size, file.pixels).hash(state));
}

fn hash_page(of: &catalogue::Page, state: &mut impl Hasher) {
    let catalogue::Page { attachments, translations, origin, fields: _, slug: _, body: _ } = of;
    hash_files(origin, translations, state);
    hash_attachments(attachments, state);
}

fn hash_files(origin: &Origin, translations: &[Translation], state: &mut impl Hasher) {
    (&origin.path, origin.fingerprint).hash(state);
    for Translation { lang, origin } in translations {
        (lang, &origin.path, origin.fingerprint).hash(state);
    }
}

fn place(RecordId(_, place): RecordId) -> usize {
    place as usize
}
