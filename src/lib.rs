//! Vetro: a small compiler for public promises.
//!
//! An office's editors write objectives, projects and updates as YAML-fronted Markdown. Vetro reads them, checks them
//! as a compiler would, and publishes a website that says what was promised and whether it happened.
//!
//! # The pipeline
//!
//! Text goes in, a checked model stands in the middle, a website comes out. Each stage is a verb between two nouns,
//! gives what it could make and adds the rest to a [`Report`]; only [`build`] decides to stop:
//!
//! | stage | makes | of |
//! |---|---|---|
//! | [`source::read`] | [`SourceTree`] | a folder; the only reader |
//! | [`parse::parse`] | [`Sheets`] | a source tree: front matter, fields, dates, targets, money |
//! | [`check::catalogue`] | [`Catalogue`] | drafts: every reference is the thing itself |
//! | [`site::plan`] | [`Site`] | a catalogue: every page, address, list and link |
//! | [`render`] and [`export`] | [`OutputFile`] | a site and a theme: pages, feeds, data, each a pure function |
//! | [`publish::publish`] | the published folder | files; the only writer |
//!
//! [`build`] reads and parses sheet by sheet ([`parse::parse_files`]), so that the texts of a site are never in memory all
//! at once. What it read of a sheet that has not been written since it finds in the [`store`] beside the sources, where
//! descriptions lie as on a shelf until a page shows them; should one be lost there, all is made of the sheets again.
//! Files that an earlier run left, there and in the published folder, are opened by [`regular_file`] alone.
//!
//! [`model`] is what an objective, a target or a date *is*; it knows nothing of the rest. [`diagnostic`] is what a
//! mistake is, and [`text`] the words of messages and themes. [`serve`] answers from the same [`Edition`] that `build`
//! publishes, and [`lsp`] tells an editor of problems while it types; [`cli`] turns arguments into calls; [`timings`] tells
//! where the time goes; [`editor_files`] makes the files of editors who ask for a new one, and changes those that [`autofix`]
//! can certainly repair. [`check::rules`] and [`site::check_texts`] know the trade;
//! [`withdrawal`] and [`feed_ids`] compare a site with what was published before. Who may import whom is a table in
//! `tests/architecture.rs`.
//!
//! # The promises
//!
//! 1. Sources are read once, the site is written once, and no clock ticks between: the day is an argument.
//! 2. All problems are said in one run.
//! 3. Unresolved and resolved never share a type: sheets, catalogue, site.
//! 4. A page is a function of the site: `(site, theme, page) -> bytes`, a page being a route in a language. So pages are
//!    made in parallel, streamed to disk, and served when they are asked for.
//! 5. A file is made again only if something that it read has changed. Whatever a site can be asked is a
//!    [`Query`], which is [traced](query::trace) where it is answered: by the catalogue's indexes and by the
//!    site's methods. The [`cache`] of a published folder keeps the facts of each file with their
//!    [fingerprints](site::Fingerprints::of); so nobody keeps a list of what depends on what, and a new page need not know of it.
//!    Beside them it keeps what was said of the sources, which is said again where nothing has changed.
//! 6. Whoever makes one edition after another, such as a server, has a [`Memory`]: what is made of the same as the last
//!    time is shared by both editions, which are those that [`edit`] makes.

#![deny(missing_docs)]

pub mod autofix;
pub mod cache;
pub mod check;
pub mod cli;
pub mod diagnostic;
pub mod editor_files;
pub mod export;
pub mod feed_ids;
pub mod incremental;
pub mod lsp;
pub mod model;
pub mod output;
pub mod parse;
pub mod publish;
pub mod regular_file;
pub mod render;
pub mod serve;
pub mod site;
pub mod source;
pub mod text;
pub mod timings;
pub mod withdrawal;
pub mod work;

use std::collections::BTreeMap;
use std::io::Write;
use std::ops::ControlFlow;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use jiff::civil::Date;
use rayon::prelude::*;

use cache::{BuildCache, NextMark, PreviousBuild, UpToDateMark};
use check::Drafts;
use diagnostic::{Profile, Report, Rules};
use export::Export;
use export::search::SearchIndex;
use incremental::file_stamp::FileStamp;
use incremental::fingerprint;
use incremental::query::{self, Query};
use incremental::store::{self, Store};
use model::{Attachment, BaseUrl, Catalogue, FileId, Settings};
use output::{MakeError, OutputFile, OutputPath, OutputPathError};
use parse::Sheets;
pub use parse::{locate, locate_some};
use publish::{Claim, Destination, PublishError, Published, Refusal};
use render::{Asset, RenderError, Renderer, Theme, ThemeFile, ThemeFiles};
use site::{Announcements, Fingerprints, NamesVersion, Page, Route, Site};
use source::{Barred, Content, SourceError, SourceTree};
use timings::Timings;
use withdrawal::Withdrawn;

/// What a site is made with, beside its files.
#[derive(Clone, Debug)]
pub struct Options {
    /// The day on which "over" and "late" are judged.
    pub as_of: Date,
    /// The address in place of `site.toml`'s.
    pub base: Option<BaseUrl>,
    /// Whether sheets are part of the site.
    pub drafts: Drafts,
    /// The profiles whose rules are checked, in place of `site.toml`'s.
    pub profiles: Option<Vec<Profile>>,
}

impl Options {
    /// The fingerprint of all that a site is made from, given that of its files.
    fn fingerprint(&self, sources: u64) -> u64 {
        let base = self.base.as_ref().map(BaseUrl::as_str);
        let drafts = self.drafts == Drafts::Include;
        fingerprint(&(sources, self.as_of, base, drafts, &self.profiles, FileStamp::of_program()))
    }
}

/// A site with everything that its files are made of. Nothing in it is wrong enough to forbid publishing.
#[derive(Debug)]
pub struct Edition {
    /// The pages and their addresses.
    pub site: Site,
    theme: Arc<Theme>,
    announced: Arc<Announcements>,
    indexes: Vec<SearchIndex>,
    /// The fingerprint of the theme's files.
    look: u64,
    /// The stylesheet of lists that can be filtered.
    filters: Option<Asset>,
    rules: Rules,
}

/// Makes the list of some of a site's files.
type Group<'a> = Box<dyn Fn() -> Result<Vec<OutputFile<'a>>, OutputPathError> + Send + Sync + 'a>;

/// What came of a build.
#[derive(Debug)]
pub enum Outcome {
    /// The site is published.
    Published {
        /// How many pages there are.
        pages: usize,
        /// What was written.
        published: Published,
    },
    /// The content is wrong; the published site is as it was.
    Wrong,
}

/// Why a build could not work.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The sources can't be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The output folder is not one to publish to.
    #[error(transparent)]
    Refusal(#[from] Refusal),
    /// The site can't be written.
    #[error(transparent)]
    Publish(#[from] PublishError),
    /// A file has no place in the output folder.
    #[error(transparent)]
    Path(#[from] OutputPathError),
}

/// Builds the site in `root` into `output`: the whole pipeline.
///
/// `reported` is given all problems with the texts that they are in, and once more those of templates that show only
/// when a page is made; `timings` measures where that is wanted; `progress` is called with the number of files, then once
/// a file, and says whether to go on.
///
/// # Errors
/// When the program can't work: unreadable sources, a refused output folder, no space. Wrong content is an
/// [`Outcome`], not an error.
pub fn build(
    root: &Utf8Path,
    output: &Utf8Path,
    claim: Claim,
    options: &Options,
    timings: &Timings,
    mut reported: impl FnMut(&SourceTree, &Report),
    progress: &(dyn Fn(Option<usize>) -> ControlFlow<()> + Sync),
) -> Result<Outcome, BuildError> {
    let mut is_said = false;
    whole(root, |store| {
        let look = || timings.stage("list sources", || source::list(root));
        let (destination, listing) = rayon::join(|| Destination::open_by(output, &sources(root), claim), look);
        let (destination, listing) = (destination?, listing?);
        let made_from = listing.fingerprint().map(|sources| options.fingerprint(sources));
        if let Some((outcome, said)) = timings.stage("compare", || nothing_to_do(&destination, made_from)) {
            reported(&listing.unread(), &said);
            return Ok(outcome);
        }
        let (tree, sheets) = timings.stage("read and parse", || parse::parse_files(listing, store))?;
        let edit = || edit_drafts(&tree, sheets, options, &mut Memory::of_once(store.clone()), timings);
        let recall = || {
            seal(&destination)
                .and_then(|_| publish::recall(&destination))
                .and_then(PreviousBuild::read)
        };
        let ((edition, mut report), left) = rayon::join(edit, recall);
        // What was found in what is lost isn't said.
        if store.has_read_failure() {
            return Err(PublishError::Interrupted.into());
        }
        let withdrawn = edition.as_ref().and_then(|edition| edition.withdrawn(&destination, options.drafts));
        if let Some(edition) = &edition {
            report.extend(edition.renewed(&destination));
        }
        if let Some((_, problems)) = &withdrawn {
            report.extend(problems.clone());
        }
        if !std::mem::replace(&mut is_said, true) {
            reported(&tree, &report);
        }
        let (Some(edition), 0) = (edition, report.errors()) else { return Ok(Outcome::Wrong) };
        if let Some((withdrawn, _)) = withdrawn {
            withdrawn.note(&destination)?;
        }
        let files = timings.stage("list files", || edition.files(&tree))?;
        let files = if timings.is_wanted() { files.into_iter().map(|file| timings.of(file)).collect() } else { files };
        if progress(Some(files.len())).is_break() {
            return Err(PublishError::Interrupted.into());
        }
        let pages = edition.site.pages().len();
        let sealing = made_from.and_then(|made_from| NextMark::of(made_from, pages, &report));
        let cache = timings.stage("recall", || edition.recall(left, sealing));
        let go_on = || if store.has_read_failure() { ControlFlow::Break(()) } else { progress(None) };
        let publish = || publish::publish(&destination, &files, &cache, &go_on);
        match timings.stage("make and publish", publish) {
            Ok(published) => {
                drop((files, cache));
                // It takes a while to take a large site apart, for which nobody should wait.
                rayon::spawn(move || drop((edition, tree)));
                Ok(Outcome::Published { pages, published })
            }
            Err(PublishError::Make(failed)) => {
                let Some(problems) = edition.template_problems(&failed) else {
                    return Err(PublishError::Make(failed).into());
                };
                reported(&tree, &problems);
                Ok(Outcome::Wrong)
            }
            Err(error) => Err(error.into()),
        }
    })
}

/// The seal of what the last publication left, which tells how long that is: nothing else is read whole.
fn seal(destination: &Destination) -> Option<UpToDateMark> {
    let (head, size) = publish::recall_head(destination)?;
    UpToDateMark::read(&head, size)
}

/// What a build comes to whose sources, options and published files are those of the last one, and what was said of the
/// sources then.
fn nothing_to_do(destination: &Destination, made_from: Option<u64>) -> Option<(Outcome, Report)> {
    let seal = seal(destination)?;
    if Some(seal.made_from) != made_from {
        return None;
    }
    let files = publish::left(destination)?;
    let published = Published { unchanged: files.len(), ..Published::default() };
    let pages = usize::try_from(seal.pages).ok()?;
    let said = seal.holds(&files).then(|| seal.said(|| publish::recall(destination)))??;
    Some((Outcome::Published { pages, published }, said))
}

/// Makes an edition of a source tree, with all problems of its content, links and theme. There is none where
/// `site.toml` isn't there or the theme can't be read; one whose report has errors is fit for looking at, not for
/// publishing.
pub fn edit(tree: &SourceTree, options: &Options) -> (Option<Edition>, Report) {
    edit_drafts(tree, parse::parse(tree), options, &mut Memory::of_once(Store::default()), &Timings::default())
}

/// The same, of the folder of a site.
///
/// # Errors
/// When the folder or anything in it can't be read.
pub fn edit_folder(root: &Utf8Path, options: &Options) -> Result<(SourceTree, Option<Edition>, Report), SourceError> {
    whole(root, |store| {
        let (tree, sheets) = parse::parse_files(source::list(root)?, store)?;
        let memory = &mut Memory::of_once(store.clone());
        let (edition, report) = edit_drafts(&tree, sheets, options, memory, &Timings::default());
        Ok((tree, edition, report))
    })
}

/// What is made of the sources in `root` and what is kept of them. Where a description that was kept is lost, what was made
/// may be wrong, and so may be what the store has been told since: then it is made once more, of the sources alone.
fn whole<T, E: From<SourceError>>(root: &Utf8Path, mut make: impl FnMut(&Store) -> Result<T, E>) -> Result<T, E> {
    let store = Store::of(root);
    let mut made = make(&store);
    if store.read_failure().is_some() {
        store.clear();
        made = make(&store);
    }
    let Some(source) = store.read_failure() else { return made };
    store.clear();
    Err(SourceError::Unreadable { path: store::FOLDER.to_owned(), source }.into())
}

/// What was made of a site's files, for the next time, when most of them are as they were.
#[derive(Debug)]
pub struct Memory {
    parsed: parse::Memory,
    /// None where there will be no next time.
    checked: Option<check::Memory>,
    planned: site::Memory,
    /// A theme in which nothing is wrong, by the fingerprint of what it was loaded from, the settings among that.
    loaded: Option<(u64, Arc<Theme>)>,
    announced: Option<Announced>,
}

/// What was announced, by what it was made of.
#[derive(Debug)]
struct Announced {
    called: NamesVersion,
    theme: Arc<Theme>,
    announced: Arc<Announcements>,
}

impl Default for Memory {
    fn default() -> Self {
        Self::of(Store::default())
    }
}

impl Memory {
    /// One that knows what the store knows.
    pub fn of(store: Store) -> Self {
        Self { checked: Some(check::Memory::default()), ..Self::of_once(store) }
    }

    /// One of what is made a single time.
    fn of_once(store: Store) -> Self {
        Self {
            parsed: parse::Memory::of(store),
            checked: None,
            planned: site::Memory::default(),
            loaded: None,
            announced: None,
        }
    }

    /// What exports announce, as the last time where neither words nor names are others.
    fn announced(&mut self, site: &Site, theme: &Arc<Theme>) -> Arc<Announcements> {
        let called = site.called();
        let is_same = |known: &&Announced| known.called == called && Arc::ptr_eq(&known.theme, theme);
        if let Some(known) = self.announced.as_ref().filter(is_same) {
            return known.announced.clone();
        }
        let announced = (theme.languages().par_iter())
            .flat_map(|strings| export::ALL.par_iter().map(move |export| (export, strings)))
            .flat_map(|(export, strings)| (export.announce)(site, strings));
        let announced: Arc<Announcements> = Arc::new(announced.collect());
        self.announced = Some(Announced { called, theme: theme.clone(), announced: announced.clone() });
        announced
    }
}

/// Makes the edition that [`edit`] makes, of a tree that was edited before, most of which is as it was. The first time, the
/// store is told what it didn't know, while the caller goes on.
pub fn edit_again(tree: &SourceTree, options: &Options, memory: &mut Memory) -> (Option<Edition>, Report) {
    let sheets = parse::parse_changed(tree, &mut memory.parsed);
    let edited = edit_drafts(tree, sheets, options, memory, &Timings::default());
    memory.parsed.tell();
    edited
}

fn edit_drafts(
    tree: &SourceTree,
    (mut sheets, mut report): (Sheets, Report),
    options: &Options,
    memory: &mut Memory,
    timings: &Timings,
) -> (Option<Edition>, Report) {
    let settings = sheets.take_settings();
    let mut rules = sheets.take_rules();
    if let Some(profiles) = &options.profiles {
        rules.profiles.clone_from(profiles);
    }
    let languages = settings.as_ref().map_or(&[][..], |settings| &settings.languages);
    let check = || check::catalogue(sheets, languages, options.drafts, options.as_of, memory.checked.as_mut());
    let (catalogue, problems) = timings.stage("check", check);
    report.extend(problems);
    let Some(mut settings) = settings else { return (None, report) };
    report.extend(
        timings.stage("rules", || {
            check::rules::check(&catalogue, &settings, &rules, options.as_of, memory.parsed.store())
        }),
    );
    if let Some(base) = &options.base {
        settings.base = base.clone();
    }
    let (theme, look, problems) =
        timings.stage("theme", || load_theme(tree, &catalogue, &settings, &rules, &mut memory.loaded));
    report.extend(problems);
    let (site, problems) = timings.stage("plan", || {
        let (mut site, mut problems) = site::plan(catalogue, settings, options.as_of, &mut memory.planned);
        site.template_ids = theme.as_ref().map(|theme| theme.ids());
        problems.extend(site::check_cited(&site));
        problems.extend(site::check_texts(&site, &rules, memory.parsed.store()));
        (site, problems)
    });
    report.extend(problems);
    rules.judge(&mut report);
    let Some(theme) = theme else { return (None, report) };
    let announced = memory.announced(&site, &theme);
    let indexes = theme
        .languages()
        .iter()
        .map(|strings| SearchIndex::new(strings.lang(), memory.parsed.store().clone()))
        .collect();
    (Some(Edition { filters: render::stylesheet(&site), site, theme, announced, indexes, look, rules }), report)
}

/// What only a published folder tells of an edition without drafts: the records that are gone from it too soon, where the
/// site asks for that rule, and ids of feeds that would change. Nothing where nothing was published there.
pub fn look_back(edition: &Edition, root: &Utf8Path, output: &Utf8Path) -> Report {
    let Ok(destination) = Destination::open(output, &sources(root)) else { return Report::default() };
    let mut report = edition.renewed(&destination);
    if let Some((_, problems)) = edition.withdrawn(&destination, Drafts::Exclude) {
        report.extend(problems);
    }
    report
}

impl Edition {
    /// The records that are gone from a published folder too soon, with the problems that they are; none where the site
    /// doesn't ask for that rule.
    fn withdrawn(&self, destination: &Destination, drafts: Drafts) -> Option<(Withdrawn, Report)> {
        let withdrawn = self
            .rules
            .has(Profile::Dlgs33)
            .then(|| withdrawal::withdrawn(&self.site, destination, drafts))?;
        let mut problems = withdrawn.report();
        self.rules.judge(&mut problems);
        Some((withdrawn, problems))
    }

    /// The ids of feeds in a published folder that would change.
    fn renewed(&self, destination: &Destination) -> Report {
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
        let beside = || self.beside_pages(tree).into_par_iter().map(|group| group()).collect();
        let (pages, beside): (Result<Vec<_>, _>, Result<Vec<Vec<_>>, _>) = rayon::join(pages, beside);
        let mut files = pages?;
        beside?.into_iter().for_each(|group| files.extend(group));
        Ok(files)
    }

    /// The file at an address that is no page's, where there is one.
    pub fn file<'a>(&'a self, tree: &'a SourceTree, address: &OutputPath) -> Option<OutputFile<'a>> {
        (self.beside_pages(tree).into_iter())
            .filter_map(|group| group().ok())
            .flatten()
            .find(|file| file.path() == address)
    }

    /// What is published beside pages, group by group, the cheapest first: whoever wants one file waits for no more than it
    /// takes to know of it.
    fn beside_pages<'a>(&'a self, tree: &'a SourceTree) -> Vec<Group<'a>> {
        let assets: Group<'a> = Box::new(|| {
            let asset = |asset: &'a Asset| {
                let make = |bytes: &mut Vec<u8>| {
                    bytes.extend_from_slice(&asset.bytes);
                    Ok(())
                };
                Ok(OutputFile::new(OutputPath::parse(&asset.address)?, make).by("assets"))
            };
            self.theme.assets().iter().chain(&self.filters).map(asset).collect()
        });
        let attachments: Group<'a> = Box::new(move || {
            let attachment = move |((address, file), place): ((String, &'a Attachment), u32)| {
                let make = move |out: &mut dyn Write| {
                    query::trace(Query::Attachment(place));
                    Ok(source::read_published(tree.root(), &file.path, out)?)
                };
                Ok(OutputFile::in_pieces(OutputPath::parse(&address)?, make).by("attachments"))
            };
            self.site.attachments().into_iter().zip(0..).map(attachment).collect()
        });
        let exports = (self.theme.languages().iter()).flat_map(|strings| {
            let export =
                move |export: &'static Export| -> Group<'a> { Box::new(|| export.files_of(&self.site, strings)) };
            export::ALL.iter().map(export)
        });
        let index = |index: &'a SearchIndex| -> Group<'a> { Box::new(|| index.files(&self.site)) };
        [assets, attachments]
            .into_iter()
            .chain(exports)
            .chain(self.indexes.iter().map(index))
            .collect()
    }

    /// The problems of templates that kept files from being made; none where something else did.
    fn template_problems(&self, failed: &[MakeError]) -> Option<Report> {
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
    pub fn page(&self, page: Page) -> Result<OutputFile<'_>, OutputPathError> {
        self.page_by(Arc::new(self.renderer()), page)
    }

    /// The file of the page for addresses that there aren't.
    ///
    /// # Errors
    /// Never: its address is fixed.
    pub fn not_found(&self) -> Result<OutputFile<'_>, OutputPathError> {
        self.page(self.site.page(Route::NotFound))
    }

    /// What an earlier build left, as far as it holds for this edition; `sealing` is for the [`UpToDateMark`] of this one.
    pub fn recall(&self, left: Option<PreviousBuild>, sealing: Option<NextMark>) -> BuildCache<'_> {
        let facts = Fingerprints::new(&self.site, &self.announced);
        let frame = self.frame(&facts);
        BuildCache::recall(left, facts, frame, sealing)
    }

    /// The fingerprint of what every file depends on beside the facts of the site: the program, the settings, the day, the
    /// theme, and what every page announces.
    fn frame(&self, facts: &Fingerprints<'_>) -> u64 {
        let everywhere: Vec<_> = self.announced.everywhere().map(|file| (&file.title, &file.address)).collect();
        let filters = self.filters.as_ref().map(|asset| &asset.address);
        let common: Vec<Option<u64>> = self.renderer().read().iter().map(|fact| facts.of(*fact)).collect();
        fingerprint(&(
            (env!("CARGO_PKG_VERSION"), FileStamp::of_program()),
            self.site.settings.fingerprint(),
            self.site.as_of,
            self.look,
            everywhere,
            filters,
            common,
        ))
    }

    fn renderer(&self) -> Renderer<'_> {
        Renderer::new(&self.site, &self.theme, &self.announced, self.filters.as_ref())
    }

    fn page_by<'a>(&'a self, renderer: Arc<Renderer<'a>>, page: Page) -> Result<OutputFile<'a>, OutputPathError> {
        let make = move |bytes: &mut Vec<u8>| Ok(renderer.page(page, bytes)?);
        Ok(OutputFile::new(OutputPath::parse(&self.site.file(page))?, make).by(page.route.kind()))
    }
}

/// What an output folder must not touch: the site's own folders.
fn sources(root: &Utf8Path) -> Vec<Utf8PathBuf> {
    source::FOLDERS
        .iter()
        .chain(&source::NAMED_FOLDERS)
        .map(|folder| root.join(folder))
        .chain([root.join(source::SITE_FILE), root.join(store::FOLDER)])
        .collect()
}

/// The bytes of a file that `site.toml` names. One in `content/` is published only with its record.
fn named_file(tree: &SourceTree, path: &str, catalogue: &Catalogue) -> Result<Vec<u8>, Barred> {
    let passed = source::pass(tree.root(), path)?;
    let has = |files: &[Attachment]| files.iter().any(|file| passed == file.leads.as_deref().unwrap_or(&file.path));
    let is_of_record = || {
        catalogue.objectives.iter().any(|objective| has(&objective.attachments))
            || catalogue.projects.iter().any(|project| has(&project.attachments))
            || catalogue.pages.iter().any(|page| has(&page.attachments))
    };
    if passed.starts_with("content") && !is_of_record() {
        return Err(Barred::Unpublished);
    }
    let mut bytes = Vec::new();
    source::read_published(tree.root(), path, &mut bytes).map_err(|_| Barred::Missing)?;
    Ok(bytes)
}

/// The theme, with a fingerprint of all files that it was made from: as the last time, where it would be the same.
fn load_theme(
    tree: &SourceTree,
    catalogue: &Catalogue,
    settings: &Settings,
    rules: &Rules,
    last: &mut Option<(u64, Arc<Theme>)>,
) -> (Option<Arc<Theme>>, u64, Report) {
    let folder = format!("themes/{}/", settings.theme.name);
    let mut names: Vec<&str> = Vec::new();
    let mut own = Vec::new();
    for (id, file) in tree.files() {
        let Some(below) = file.path.strip_prefix("themes/") else { continue };
        let name = below.split('/').next().unwrap_or_default();
        if names.last() != Some(&name) {
            names.push(name);
        }
        // What programs leave is told where files are read.
        let is_left = source::is_leftover(file.path.rsplit('/').next().unwrap_or_default());
        if is_left || tree.original(&file.path).is_some() {
            continue;
        }
        if let (Some(path), Content::Theme(bytes)) = (file.path.strip_prefix(&folder), &file.content) {
            own.push(ThemeFile { path: path.to_owned(), bytes: bytes.to_vec(), file: id });
        }
    }
    let mut named = BTreeMap::new();
    for path in Theme::named_files(settings) {
        named.insert(path.to_owned(), named_file(tree, path, catalogue));
    }
    let site = tree.find(source::SITE_FILE).unwrap_or(FileId::NONE);
    let texts: Vec<(&str, &[u8])> = own.iter().map(|file| (file.path.as_str(), &*file.bytes)).collect();
    let look = fingerprint(&(texts, &named));
    let ids: Vec<FileId> = own.iter().map(|file| file.file).collect();
    let made_of = fingerprint(&(look, ids, site, &names, settings.fingerprint()));
    let (theme, mut report) = match last.as_ref().filter(|(then, _)| *then == made_of) {
        Some((_, theme)) => (Some(theme.clone()), Report::default()),
        None => {
            let files = ThemeFiles { site, folders: &names, own: &own, named: &named };
            let (theme, problems) = Theme::load(settings, &files);
            let theme = theme.map(Arc::new);
            *last = theme.clone().filter(|_| problems.found().is_empty()).map(|theme| (made_of, theme));
            (theme, problems)
        }
    };
    if rules.has(Profile::Dlgs33) {
        report.extend(render::hiding(&own));
    }
    (theme, look, report)
}
