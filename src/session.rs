//! Session: one edition of a site after another, each sharing with the last what is made of the same input.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

use crate::check::{self, CheckCache};
use crate::diagnostic::{Profile, Report};
use crate::export::search::SearchIndex;
use crate::incremental::Last;
use crate::incremental::store::{self, Store};
use crate::parse::{self, ParseCache, Sheets};
use crate::render::{self, Theme};
use crate::site::{self, PlanCache};
use crate::source::{self, ChangedPaths, Listing, OpenTexts, SourceError, SourceTree};
use crate::theme_input::ThemeInput;
use crate::timings::Timings;
use crate::{Edition, Options};

/// Sources of a site with their edition, which is missing if `site.toml` is or the theme can't be read, and all problems of
/// content, links and theme. An edition with errors in its report is fit for looking at, not for publishing.
pub type Edited = (SourceTree, Option<Edition>, Report);

/// Makes one edition of a site after another.
///
/// Results of the same input are shared with the last edition, as if they had been made again.
#[derive(Debug, Default)]
pub struct Session {
    root: Utf8PathBuf,
    /// Sources of the last edition.
    tree: SourceTree,
    /// True if every change since the tree was read will be reported.
    is_watched: bool,
    store: Store,
    parsed: ParseCache,
    checked: CheckCache,
    planned: PlanCache,
    theme: Last<ThemeInput, (Option<Arc<Theme>>, Report)>,
}

impl Session {
    /// A session of the site in `root`, which knows what the last run kept beside the sources.
    pub fn new(root: &Utf8Path) -> Self {
        Self { root: root.to_owned(), ..Self::with(Store::of(root)) }
    }

    fn with(store: Store) -> Self {
        Self { parsed: ParseCache::new(store.clone()), store, ..Self::default() }
    }

    /// Makes a single edition of texts in memory.
    pub fn once(tree: &SourceTree, options: &Options) -> (Option<Edition>, Report) {
        let mut session = Self { checked: CheckCache::once(), ..Self::default() };
        session.edit(tree, parse::parse(tree), options, &Timings::default())
    }

    /// Makes a single edition of the site in a folder. The texts of its sheets are never in memory all at once.
    ///
    /// # Errors
    /// When the folder or anything in it can't be read.
    pub fn once_in(root: &Utf8Path, options: &Options) -> Result<Edited, SourceError> {
        retry_without_store(root, |store| Self::once_of(source::list(root)?, options, store, &Timings::default()))
    }

    /// Makes a single edition of listed files. If the store [fails](Store::read_failure) meanwhile, the edition is wrong.
    pub(crate) fn once_of(
        listing: Listing,
        options: &Options,
        store: &Store,
        timings: &Timings,
    ) -> Result<Edited, SourceError> {
        let (tree, sheets) = timings.stage("read and parse", || parse::parse_files(listing, store))?;
        let mut session = Self { checked: CheckCache::once(), ..Self::with(store.clone()) };
        let (edition, report) = session.edit(&tree, sheets, options, timings);
        Ok((tree, edition, report))
    }

    /// Sources of the last edition.
    pub fn tree(&self) -> &SourceTree {
        &self.tree
    }

    /// Reads the files that changed and makes an edition of all, with `open` texts in place of saved ones. `changed` are all
    /// paths that may have changed since the last call; `None` if any may have.
    ///
    /// # Errors
    /// When the folder or anything in it can't be read.
    pub fn edition(
        &mut self,
        options: &Options,
        open: &OpenTexts,
        changed: Option<&ChangedPaths>,
    ) -> Result<Edited, SourceError> {
        let report = self.read(open, changed)?;
        Ok(self.edition_of_files(report, options))
    }

    /// Variant of [`edition`](Self::edition) for saved files alone. Returns `None` if none of them changed.
    ///
    /// # Errors
    /// As of [`edition`](Self::edition).
    pub fn edition_if_changed(
        &mut self,
        options: &Options,
        changed: Option<&ChangedPaths>,
    ) -> Result<Option<Edited>, SourceError> {
        let before = self.tree.clone();
        let report = self.read(&OpenTexts::new(), changed)?;
        if before.files().next().is_some() && before == self.tree && report.is_empty() {
            return Ok(None);
        }
        Ok(Some(self.edition_of_files(report, options)))
    }

    /// Makes an edition of texts in memory.
    pub fn edition_of(&mut self, tree: &SourceTree, options: &Options) -> (Option<Edition>, Report) {
        let sheets = parse::parse_changed(tree, &mut self.parsed);
        let edited = self.edit(tree, sheets, options, &Timings::default());
        self.parsed.keep_new();
        edited
    }

    /// Reads the files that changed. The report has those that can't be read as what they should be.
    fn read(&mut self, open: &OpenTexts, changed: Option<&ChangedPaths>) -> Result<Report, SourceError> {
        let is_watched = std::mem::take(&mut self.is_watched);
        let listing = match changed.filter(|_| is_watched) {
            Some(changed) => source::list_again(&self.root, &self.tree, changed)?,
            None => source::list(&self.root)?,
        };
        let (tree, report) = listing.overlaid(open).read(&self.tree)?;
        (self.tree, self.is_watched) = (tree, true);
        Ok(report)
    }

    fn edition_of_files(&mut self, mut report: Report, options: &Options) -> Edited {
        let tree = self.tree.clone();
        let (edition, problems) = self.edition_of(&tree, options);
        report.extend(problems);
        (tree, edition, report)
    }

    fn edit(
        &mut self,
        tree: &SourceTree,
        (mut sheets, mut report): (Sheets, Report),
        options: &Options,
        timings: &Timings,
    ) -> (Option<Edition>, Report) {
        let settings = sheets.take_settings();
        let mut rules = sheets.take_rules();
        if let Some(profiles) = &options.profiles {
            rules.profiles.clone_from(profiles);
        }
        let languages = settings.as_ref().map_or(&[][..], |settings| &settings.languages);
        let check = || check::catalogue(sheets, languages, options.drafts, options.as_of, &mut self.checked);
        let (catalogue, problems) = timings.stage("check", check);
        report.extend(problems);
        let Some(mut settings) = settings else { return (None, report) };
        report.extend(
            timings.stage("rules", || check::rules::check(&catalogue, &settings, &rules, options.as_of, &self.store)),
        );
        if let Some(base) = &options.base {
            settings.base = base.clone();
        }
        let input = ThemeInput::of(tree, &catalogue, &settings);
        let theme_fingerprint = input.files_fingerprint();
        let hiding = rules.has(Profile::Dlgs33).then(|| render::hiding(&input.own));
        let loaded = timings.stage("theme", || {
            self.theme.get(input, |input| {
                let (theme, problems) = input.load();
                (theme.map(Arc::new), problems)
            })
        });
        let (theme, problems) = &*loaded;
        report.extend(problems.clone());
        hiding.into_iter().for_each(|problems| report.extend(problems));
        let (site, problems) = timings.stage("plan", || {
            let (mut site, mut problems) = site::plan(catalogue, settings, options.as_of, &mut self.planned);
            site.template_ids = theme.as_ref().map(|theme| theme.ids());
            problems.extend(site::check_cited(&site));
            problems.extend(site::check_texts(&site, &rules, &self.store));
            (site, problems)
        });
        report.extend(problems);
        rules.judge(&mut report);
        let Some(theme) = theme else { return (None, report) };
        let index = |strings: &crate::text::Strings| SearchIndex::new(strings.lang(), self.store.clone());
        let indexes = theme.languages().iter().map(index).collect();
        (Some(Edition::new(site, (theme.clone(), theme_fingerprint), indexes, rules)), report)
    }
}

/// Does some work with the store of the site in `root`. If a text in the store is lost meanwhile, the result may be wrong, and
/// so may be everything that was stored since: then the work is done once more, with an empty store.
pub(crate) fn retry_without_store<T, E: From<SourceError>>(
    root: &Utf8Path,
    mut work: impl FnMut(&Store) -> Result<T, E>,
) -> Result<T, E> {
    let store = Store::of(root);
    let mut result = work(&store);
    if store.read_failure().is_some() {
        store.clear();
        result = work(&store);
    }
    let Some(source) = store.read_failure() else { return result };
    store.clear();
    Err(SourceError::Unreadable { path: store::FOLDER.to_owned(), source }.into())
}
