//! Parts below the library, for its benchmarks, fuzz targets and tests that are programs of their own. They change without
//! notice.

use camino::Utf8Path;

use crate::check::{self, CheckCache};
use crate::model::Goal;
use crate::parse::{self, Sheets};
use crate::render::markdown::{self, Links};
use crate::site::{self, PlanCache, Route};
use crate::source;
use crate::{
    CanonicalForms, Context, Conventions, Decimal, Edition, Lang, Options, Report, SourceError, SourceTree, Target,
};

pub use crate::cli::command;
pub use crate::diagnostic::Rules;
pub use crate::feed_ids::renewed;
pub use crate::incremental::build_cache::{FileCache, HEAD, NextMark, PreviousBuild, UpToDateMark};
pub use crate::incremental::file_stamp::FileStamp;
pub use crate::incremental::fingerprint;
pub use crate::incremental::store::{FOLDER, Store};
pub use crate::lsp::{Ended, run as run_language_server};
pub use crate::model::FileId;
pub use crate::publish::{Destination, publish, published, read_cache, stamps};
pub use crate::site::Site;
pub use crate::source::SITE_FILE;
pub use crate::withdrawal::{Withdrawn, withdrawn};
#[cfg(debug_assertions)]
pub use crate::work::counted;

/// Parses every text of a site.
pub fn parse_texts(tree: &SourceTree) -> impl Sized + use<> {
    parse::parse(tree)
}

/// Reads and checks a site without its theme, which takes most of the time of a small one.
pub fn check_site(tree: &SourceTree, options: &Options) -> (Option<Site>, Report) {
    check_sheets(parse::parse(tree), options, &Store::default())
}

/// Variant of [`check_site`] for a folder, of which a store may know something.
pub fn check_folder(
    root: &Utf8Path,
    store: &Store,
    options: &Options,
) -> Result<(SourceTree, Option<Site>, Report), SourceError> {
    let (tree, parsed) = parse::parse_files(source::list(root)?, store)?;
    let (site, report) = check_sheets(parsed, options, store);
    Ok((tree, site, report))
}

fn check_sheets(
    (mut sheets, mut report): (Sheets, Report),
    options: &Options,
    store: &Store,
) -> (Option<Site>, Report) {
    let settings = sheets.take_settings();
    let rules = sheets.take_rules();
    let languages = settings.as_ref().map_or(&[][..], |settings| &settings.languages);
    let (catalogue, problems) =
        check::catalogue(sheets, languages, options.drafts, options.as_of, &mut CheckCache::once());
    report.extend(problems);
    let Some(settings) = settings else { return (None, report) };
    report.extend(check::rules::check(&catalogue, &settings, &rules, options.as_of, store));
    let (site, problems) = site::plan(catalogue, settings, options.as_of, &mut PlanCache::default());
    report.extend(problems);
    report.extend(site::check_cited(&site));
    report.extend(site::check_texts(&site, &rules, store));
    rules.judge(&mut report);
    (Some(site), report)
}

/// Plans the site of a catalogue again each time that the function is called.
pub fn planning(tree: &SourceTree, options: &Options) -> Option<impl Fn() -> Site + use<>> {
    let as_of = options.as_of;
    let (mut sheets, _) = parse::parse(tree);
    let settings = sheets.take_settings()?;
    let (catalogue, _) = check::catalogue(sheets, &settings.languages, options.drafts, as_of, &mut CheckCache::once());
    Some(move || site::plan(catalogue.clone(), settings.clone(), as_of, &mut PlanCache::default()).0)
}

/// The previous build of an edition, as far as it holds; `mark` is for the next build.
pub fn build_cache(
    edition: &Edition,
    previous: Option<PreviousBuild>,
    mark: Option<NextMark>,
) -> impl FileCache + use<'_> {
    edition.build_cache(previous, mark)
}

/// Keeps bytes and texts in a store. Returns false if they can't be kept.
pub fn keep_with_texts(store: &Store, name: &str, bytes: &[u8], texts: &[u8]) -> bool {
    store.keep_with_texts(name, bytes, texts).is_some()
}

/// A text as HTML on the home page, with links from there and with absolute ones. Its headings are found, too.
pub fn home_html(site: &Site, text: &str) -> [String; 2] {
    let (home, text) = (site.page(Route::Home), text.into());
    let _ = markdown::headings(&text);
    [(Links::Below("../"), 1), (Links::Absolute, 3)]
        .map(|(links, shift)| markdown::html(site, home, &text, links, shift, "a-"))
}

/// True if each repair of the problems in a report lies in its text.
pub fn repairs_lie_in_their_texts(tree: &SourceTree, report: &Report) -> bool {
    let repairs = parse::repairs(tree, report, CanonicalForms::Plain);
    repairs.iter().all(|repair| tree.text(repair.file).get(repair.bytes.clone()).is_some())
}

/// A number as offices write it; `None` if it is none.
pub fn read_decimal(text: &str, lang: Lang) -> Option<Decimal> {
    Decimal::parse(text, lang).ok().map(|read| read.value)
}

/// A number in the form that can't be taken for another one.
pub fn without_doubt(text: &str, lang: Lang) -> String {
    Decimal::without_doubt(text, lang)
}

/// True if a target promises nothing that an outcome could be compared with.
pub fn is_open(target: &Target) -> bool {
    matches!(target.goal(), Goal::Text(_) | Goal::None)
}

/// True if a target is read again from its words. Where the office is asked what it means, the words may say no more than it
/// did; and the words after a figure may be any of a sentence, in which more than a unit can be read.
pub fn is_read_again(target: &Target, context: &Context<'_>, conventions: Conventions) -> bool {
    let _ = (target.hint(), target.doubt(), target.kind(), target.operator(), target.value(), target.unit());
    if let Goal::Range { low, high, .. } = target.goal()
        && low > high
    {
        return false;
    }
    let (Goal::Quantity { unit: after, .. }
    | Goal::Range { unit: after, .. }
    | Goal::Ratio { unit: after, .. }
    | Goal::Change { note: after, .. }) = target.goal()
    else {
        return true;
    };
    if after.is_some() || target.basis().question().is_some() {
        return true;
    }
    let again = Target::read(&target.words(conventions.lang), context, conventions);
    again.is_ok_and(|again| again.goal() == target.goal())
}
