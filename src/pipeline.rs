//! The pipeline as one function: reads the sources, makes an edition, publishes it.

use std::ops::ControlFlow;

use camino::{Utf8Path, Utf8PathBuf};

use crate::diagnostic::{Diagnostic, Report};
use crate::incremental::build_cache::{NextMark, PreviousBuild, UpToDateMark};
use crate::incremental::store::{self, Store};
use crate::output::{MakeError, OutputPathError};
use crate::publish::{self, Claim, Destination, PublishError, Published, Refusal};
use crate::session::retry_without_store;
use crate::source::{self, Listing, SourceError, SourceTree};
use crate::timings::Timings;
use crate::withdrawal::Withdrawn;
use crate::{Edition, Options, Session, check};

/// Result of a build.
#[derive(Debug)]
pub enum Outcome {
    /// The site is published.
    Published {
        /// Number of pages.
        pages: usize,
        /// Files that were written.
        published: Published,
    },
    /// The content is wrong; the published site is as it was.
    Wrong,
}

/// Cause for which a build could not work.
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

/// Called with the number of files, then with `None` once a file; says whether to go on.
pub type Progress<'p> = &'p (dyn Fn(Option<usize>) -> ControlFlow<()> + Sync);

/// Builds the site in `root` into `output`: the whole pipeline.
///
/// `reported` is given all problems with the texts that they are in, and once more those of templates that show only
/// when a page is made; `timings` measures the stages if that is wanted.
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
    progress: Progress<'_>,
) -> Result<Outcome, BuildError> {
    let mut is_reported = false;
    retry_without_store(root, |store| {
        let (destination, listing) = open(root, output, claim, timings)?;
        let sources = listing.fingerprint().map(|sources| options.fingerprint(sources));
        if let Some((outcome, report)) = timings.stage("compare", || nothing_to_do(&destination, sources)) {
            reported(&listing.unread(), &report);
            return Ok(outcome);
        }
        let (edited, previous) = edit(listing, &destination, options, store, timings);
        let (tree, edition, report, withdrawn) = edited?;
        if !std::mem::replace(&mut is_reported, true) {
            reported(&tree, &report);
        }
        let (Some(edition), 0) = (edition, report.errors()) else { return Ok(Outcome::Wrong) };
        let mark = sources.and_then(|sources| mark(sources, &edition, &report));
        if let Some(withdrawn) = withdrawn {
            withdrawn.note(&destination)?;
        }
        let publication = Publication { destination: &destination, tree: &tree, edition: &edition, store, timings };
        let published = publication.publish(previous, mark, progress);
        let outcome = match published {
            Err(BuildError::Publish(PublishError::Make(failed))) => {
                wrong_templates(&edition, failed, &tree, &mut reported)?
            }
            published => Outcome::Published { pages: edition.site.pages().len(), published: published? },
        };
        // It takes a while to free a large site; nobody should wait for that.
        rayon::spawn(move || drop((edition, tree)));
        Ok(outcome)
    })
}

/// Opens the published folder while the sources are listed.
fn open(
    root: &Utf8Path,
    output: &Utf8Path,
    claim: Claim,
    timings: &Timings,
) -> Result<(Destination, Listing), BuildError> {
    let list = || timings.stage("list sources", || source::list(root));
    let (destination, listing) = rayon::join(|| Destination::open_by(output, &sources(root), claim), list);
    Ok((destination?, listing?))
}

/// An edition of a build, and the records that are withdrawn with it.
type EditedWithWithdrawn = (SourceTree, Option<Edition>, Report, Option<Withdrawn>);

/// Makes the edition, with all problems that only the published folder shows, while the previous build is read.
fn edit(
    listing: Listing,
    destination: &Destination,
    options: &Options,
    store: &Store,
    timings: &Timings,
) -> (Result<EditedWithWithdrawn, BuildError>, Option<PreviousBuild>) {
    let edit = || {
        let (tree, edition, mut report) = Session::once_of(listing, options, store, timings)?;
        // Problems that were found in a lost text aren't reported.
        if store.has_read_failure() {
            return Err(PublishError::Interrupted.into());
        }
        let (problems, withdrawn) = edition
            .as_ref()
            .map(|edition| compare_with_published(edition, destination, options.drafts))
            .unwrap_or_default();
        report.extend(problems);
        Ok((tree, edition, report, withdrawn))
    };
    let read = || {
        read_mark(destination)
            .and_then(|_| publish::read_cache(destination))
            .and_then(PreviousBuild::read)
    };
    rayon::join(edit, read)
}

/// Problems of an edition without drafts that only a published folder shows. None if nothing was published there.
pub fn look_back(edition: &Edition, root: &Utf8Path, output: &Utf8Path) -> Report {
    let Ok(destination) = Destination::open(output, &sources(root)) else { return Report::default() };
    compare_with_published(edition, &destination, check::Drafts::Exclude).0
}

/// Problems that only a published folder shows: ids of feeds that would change and, if the site asks for that rule, records
/// that are gone from it too soon; with these records.
fn compare_with_published(
    edition: &Edition,
    destination: &Destination,
    drafts: check::Drafts,
) -> (Report, Option<Withdrawn>) {
    let mut report = edition.renewed(destination);
    let withdrawn = edition.withdrawn(destination, drafts).map(|(withdrawn, problems)| {
        report.extend(problems);
        withdrawn
    });
    (report, withdrawn)
}

/// An edition on its way to the published folder.
struct Publication<'p> {
    destination: &'p Destination,
    tree: &'p SourceTree,
    edition: &'p Edition,
    store: &'p Store,
    timings: &'p Timings,
}

impl Publication<'_> {
    fn publish(
        &self,
        previous: Option<PreviousBuild>,
        mark: Option<NextMark>,
        progress: Progress<'_>,
    ) -> Result<Published, BuildError> {
        let Self { destination, tree, edition, store, timings } = self;
        let files = timings.stage("list files", || edition.files(tree))?;
        let files = if timings.is_wanted() { files.into_iter().map(|file| timings.of(file)).collect() } else { files };
        if progress(Some(files.len())).is_break() {
            return Err(PublishError::Interrupted.into());
        }
        let cache = timings.stage("recall", || edition.build_cache(previous, mark));
        let go_on = || if store.has_read_failure() { ControlFlow::Break(()) } else { progress(None) };
        let publish = || publish::publish(destination, &files, &cache, &go_on);
        Ok(timings.stage("make and publish", publish)?)
    }
}

/// Reports the problems of templates because of which files couldn't be made.
fn wrong_templates(
    edition: &Edition,
    failed: Vec<MakeError>,
    tree: &SourceTree,
    mut reported: impl FnMut(&SourceTree, &Report),
) -> Result<Outcome, BuildError> {
    let Some(problems) = edition.template_problems(&failed) else {
        return Err(PublishError::Make(failed).into());
    };
    reported(tree, &problems);
    Ok(Outcome::Wrong)
}

/// The mark of the last publication: of its cache nothing but the head is read.
fn read_mark(destination: &Destination) -> Option<UpToDateMark> {
    let (head, size) = publish::read_cache_head(destination)?;
    UpToDateMark::read(&head, size)
}

/// The mark for the next build. Returns `None` if the report can't be kept.
fn mark(sources: u64, edition: &Edition, report: &Report) -> Option<NextMark> {
    let note = if report.found().is_empty() { Vec::new() } else { postcard::to_stdvec(report.found()).ok()? };
    Some(NextMark { sources, pages: u64::try_from(edition.site.pages().len()).ok()?, note })
}

/// The outcome of a build whose sources, options and published files are those of the last one, with the report of then.
fn nothing_to_do(destination: &Destination, sources: Option<u64>) -> Option<(Outcome, Report)> {
    let mark = read_mark(destination).filter(|mark| Some(mark.sources) == sources)?;
    let files = publish::stamps(destination)?;
    let published = Published { unchanged: files.len(), ..Published::default() };
    let pages = usize::try_from(mark.pages).ok()?;
    let note = mark.holds(&files).then(|| mark.note(|| publish::read_cache(destination)))??;
    let found: Vec<Diagnostic> = if note.is_empty() { Vec::new() } else { postcard::from_bytes(&note).ok()? };
    Some((Outcome::Published { pages, published }, Report::from(found)))
}

/// The site's own folders, which no output folder may touch.
fn sources(root: &Utf8Path) -> Vec<Utf8PathBuf> {
    source::FOLDERS
        .iter()
        .chain(&source::NAMED_FOLDERS)
        .map(|folder| root.join(folder))
        .chain([root.join(source::SITE_FILE), root.join(store::FOLDER)])
        .collect()
}
