//! Edition of a site: everything that its files are made of, and the files as functions of it.

use std::io::Write;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::{Profile, Report, Rules};
use crate::export::search::SearchIndex;
use crate::export::{self, Export};
use crate::feed_ids;
use crate::incremental::build_cache::{BuildCache, NextMark, PreviousBuild};
use crate::incremental::file_stamp::FileStamp;
use crate::incremental::fingerprint;
use crate::incremental::query::{self, Fingerprints, Query};
use crate::model::Attachment;
use crate::output::{MakeError, OutputFile, OutputPath, OutputPathError};
use crate::publish::Destination;
use crate::render::{Asset, RenderError, Renderer, Theme};
use crate::site::{Announcements, Page, Route, Site, SiteFingerprints};
use crate::source::{self, SourceTree};
use crate::withdrawal::{self, Withdrawn};
use crate::{check, render};

/// A site with everything that its files are made of. Nothing in it is wrong enough to forbid publishing.
#[derive(Debug)]
pub struct Edition {
    /// The pages and their addresses.
    pub site: Site,
    pub(crate) theme: Arc<Theme>,
    pub(crate) indexes: Vec<SearchIndex>,
    /// Fingerprint of the theme's files.
    pub(crate) theme_fingerprint: u64,
    /// Stylesheet of lists that can be filtered.
    pub(crate) filters: Option<Asset>,
    pub(crate) rules: Rules,
}

/// Makes the list of some of a site's files.
type Group<'a> = Box<dyn Fn() -> Result<Vec<OutputFile<'a>>, OutputPathError> + Send + Sync + 'a>;

impl Edition {
    /// The records that are gone from a published folder too soon, with the problems that they are. Returns `None` if the
    /// site doesn't ask for that rule.
    pub(crate) fn withdrawn(&self, destination: &Destination, drafts: check::Drafts) -> Option<(Withdrawn, Report)> {
        let withdrawn = self
            .rules
            .has(Profile::Dlgs33)
            .then(|| withdrawal::withdrawn(&self.site, destination, drafts))?;
        let mut problems = withdrawn.report();
        self.rules.judge(&mut problems);
        Some((withdrawn, problems))
    }

    /// The ids of feeds in a published folder that would change.
    pub(crate) fn renewed(&self, destination: &Destination) -> Report {
        let mut problems = feed_ids::renewed(&self.site, self.rules.file, destination);
        self.rules.judge(&mut problems);
        problems
    }

    /// Every file of the published site: pages, exports, the theme's assets, files beside records.
    ///
    /// # Errors
    /// When an address is no path that a file can have.
    pub fn files<'a>(&'a self, tree: &'a SourceTree) -> Result<Vec<OutputFile<'a>>, OutputPathError> {
        let renderer = Arc::new(self.renderer());
        let pages = || {
            self.site
                .pages()
                .into_par_iter()
                .map(|page| self.page_by(renderer.clone(), page))
                .collect()
        };
        let others = || self.other_files(tree).into_par_iter().map(|group| group()).collect();
        let (pages, others): (Result<Vec<_>, _>, Result<Vec<Vec<_>>, _>) = rayon::join(pages, others);
        let mut files = pages?;
        others?.into_iter().for_each(|group| files.extend(group));
        Ok(files)
    }

    /// The file at an address that is no page's.
    pub fn file<'a>(&'a self, tree: &'a SourceTree, address: &OutputPath) -> Option<OutputFile<'a>> {
        (self.other_files(tree).into_iter())
            .filter_map(|group| group().ok())
            .flatten()
            .find(|file| file.path() == address)
    }

    /// Files that are no pages, group by group, the cheapest first: to find one file takes no longer than to list its group.
    fn other_files<'a>(&'a self, tree: &'a SourceTree) -> Vec<Group<'a>> {
        let exports = (self.theme.languages().iter()).flat_map(|strings| {
            let export =
                move |export: &'static Export| -> Group<'a> { Box::new(|| export.files_of(&self.site, strings)) };
            export::ALL.iter().map(export)
        });
        let index = |index: &'a SearchIndex| -> Group<'a> { Box::new(|| index.files(&self.site)) };
        [self.assets(), self.attachments(tree)]
            .into_iter()
            .chain(exports)
            .chain(self.indexes.iter().map(index))
            .collect()
    }

    fn assets<'a>(&'a self) -> Group<'a> {
        Box::new(|| {
            let asset = |asset: &'a Asset| {
                let make = move |out: &mut Vec<u8>| {
                    out.extend_from_slice(&asset.bytes);
                    Ok(())
                };
                Ok(OutputFile::new(OutputPath::parse(&asset.address)?, make).by("assets"))
            };
            self.theme.assets().iter().chain(&self.filters).map(asset).collect()
        })
    }

    fn attachments<'a>(&'a self, tree: &'a SourceTree) -> Group<'a> {
        Box::new(move || {
            let attachment = move |((address, file), place): ((String, &'a Attachment), u32)| {
                let make = move |out: &mut dyn Write| {
                    query::trace(Query::Attachment(place));
                    Ok(source::read_published(tree.root(), &file.path, out)?)
                };
                Ok(OutputFile::in_pieces(OutputPath::parse(&address)?, make).by("attachments"))
            };
            self.site.attachments().into_iter().zip(0..).map(attachment).collect()
        })
    }

    /// The problems of templates because of which files couldn't be made. Returns `None` if there was another cause.
    pub(crate) fn template_problems(&self, failed: &[MakeError]) -> Option<Report> {
        let mut report = Report::default();
        for error in failed {
            let problem = self.theme.diagnose(error.source.downcast_ref::<RenderError>()?);
            // A fault of one template is one mistake, on however many pages it shows.
            if !report.iter().any(|known| *known == problem) {
                report.add(problem);
            }
        }
        Some(report)
    }

    /// The file of one page.
    ///
    /// # Errors
    /// When its address is no path that a file can have.
    pub(crate) fn page(&self, page: Page) -> Result<OutputFile<'_>, OutputPathError> {
        self.page_by(Arc::new(self.renderer()), page)
    }

    /// The file of the page for addresses that don't exist.
    ///
    /// # Errors
    /// Never: its address is fixed.
    pub fn not_found(&self) -> Result<OutputFile<'_>, OutputPathError> {
        self.page(self.site.page(Route::NotFound))
    }

    /// The previous build, as far as it holds for this edition; `mark` is for the next build.
    pub(crate) fn build_cache(
        &self,
        previous: Option<PreviousBuild>,
        mark: Option<NextMark>,
    ) -> BuildCache<SiteFingerprints<'_>> {
        let today = SiteFingerprints::new(&self.site, self.announcements());
        let frame = self.frame(&today);
        BuildCache::new(previous, today, frame, mark)
    }

    /// Fingerprint of everything that all files depend on beside their queries: the program, the settings, the day, the
    /// theme, and the announcements on every page.
    fn frame(&self, today: &SiteFingerprints<'_>) -> u64 {
        let announcements = self.announcements();
        let everywhere: Vec<_> = announcements.everywhere().iter().map(|file| (&file.title, &file.address)).collect();
        let filters = self.filters.as_ref().map(|asset| &asset.address);
        let common: Vec<Option<u64>> = self.renderer().queries().iter().map(|query| today.of(*query)).collect();
        fingerprint(&(
            (env!("CARGO_PKG_VERSION"), FileStamp::of_program()),
            self.site.settings.fingerprint(),
            self.site.as_of,
            self.theme_fingerprint,
            everywhere,
            filters,
            common,
        ))
    }

    fn announcements(&self) -> Announcements<'_> {
        let announce = export::ALL.iter().map(|export| export.announce).collect();
        Announcements::new(&self.site, self.theme.languages(), announce)
    }

    fn renderer(&self) -> Renderer<'_> {
        Renderer::new(&self.site, &self.theme, self.announcements(), self.filters.as_ref())
    }

    fn page_by<'a>(&'a self, renderer: Arc<Renderer<'a>>, page: Page) -> Result<OutputFile<'a>, OutputPathError> {
        let make = move |bytes: &mut Vec<u8>| Ok(renderer.page(page, bytes)?);
        Ok(OutputFile::new(OutputPath::parse(&self.site.file(page))?, make).by(page.route.kind()))
    }
}

impl Edition {
    /// Puts an edition together.
    pub(crate) fn new(
        site: Site,
        (theme, theme_fingerprint): (Arc<Theme>, u64),
        indexes: Vec<SearchIndex>,
        rules: Rules,
    ) -> Self {
        Self { filters: render::stylesheet(&site), site, theme, indexes, theme_fingerprint, rules }
    }
}
