//! Vetro: a small compiler for public promises.
//!
//! An office's editors write objectives, projects and updates as YAML-fronted Markdown. Vetro reads them, checks them
//! as a compiler would, and publishes a website that says what was promised and whether it happened.
//!
//! # The pipeline
//!
//! Text goes in, a checked model stands in the middle, a website comes out. Each stage is a verb between two nouns,
//! gives what it could make and adds the rest to a [`Report`]; only [`build()`] decides to stop:
//!
//! | stage | makes | of |
//! |---|---|---|
//! | [`source::read`] | [`SourceTree`] | a folder; the only reader |
//! | [`parse::parse`] | [`Sheets`](parse::Sheets) | a source tree: front matter, fields, dates, targets, money |
//! | [`check::catalogue`] | [`Catalogue`](catalogue::Catalogue) | sheets: every reference is the thing itself |
//! | [`site::plan`] | [`Site`](site::Site) | a catalogue: every page, address, list and link |
//! | [`render`] and [`export`] | [`OutputFile`] | a site and a theme: pages, feeds, data, each a pure function |
//! | [`publish::publish`] | the published folder | files; the only writer |
//!
//! A [`Session`] runs the stages up to the site for everyone who needs an [`Edition`]: [`build()`], [`serve`], [`lsp`], [`autofix`]
//! and the commands of [`cli`]. What may be taken from the last edition or the last run is the business of [`incremental`] alone.
//!
//! [`model`] is what a target, a date or an amount *is*; it knows nothing of the rest. [`diagnostic`] is what a
//! mistake is, and [`text`] the words of messages and themes. [`check::rules`] and [`site::check_texts`] know the trade;
//! [`withdrawal`] and [`feed_ids`] compare a site with what was published before; [`editor_files`] writes the files of editors who
//! ask for that; [`timings`] measures the stages. Who may import whom is a table in `tests/suite/architecture.rs`.
//!
//! # The library
//!
//! Four things are open to other programs, each with an example here: to check texts in memory, to build a site from a
//! folder, to read a target and judge its outcome, to write one export of a site. The list of names at the end of this file is
//! all that they see; the rest is the program's own.
//!
//! Check texts in memory, and read the one mistake in them:
//!
//! ```
//! use vetro::Drafts;
//! use vetro::Messages;
//! use vetro::Lang;
//! use vetro::SourceTree;
//! use vetro::{Options, Session};
//!
//! let tree = SourceTree::from_texts([
//!     ("site.toml", "[site]\ntitle = \"Promesse\"\nbase_url = \"https://example.org\"\n[check]\nprofiles = []\n"),
//!     ("content/units.yaml", "- {id: comune, name: Comune di Prova, kind: comune}\n"),
//!     ("content/objectives/2026/A1.md", "---\ntitle: Aprire la biblioteca la sera\nunit: comne\n---\n"),
//! ]);
//! let options = Options { as_of: "2026-06-15".parse()?, base: None, drafts: Drafts::Exclude, profiles: None };
//! let (_, report) = Session::once(&tree, &options);
//! let problems = vetro::locate(&tree, &report);
//! assert_eq!((problems.len(), problems[0].path, problems[0].location.line), (1, "content/objectives/2026/A1.md", 3));
//! println!("{}", Messages::new(Lang::En).message(problems[0].diagnostic));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Build a site from a folder:
//!
//! ```
//! use std::ops::ControlFlow;
//!
//! use camino::Utf8Path;
//! use vetro::Drafts;
//! use vetro::Claim;
//! use vetro::Timings;
//! use vetro::{Options, Outcome, build};
//!
//! # let folder = tempfile::tempdir()?;
//! # let root = Utf8Path::from_path(folder.path()).expect("UTF-8");
//! # std::fs::create_dir(root.join("content"))?;
//! std::fs::write(root.join("site.toml"), "[site]\ntitle = \"Promesse\"\nbase_url = \"https://example.org\"\n")?;
//! std::fs::write(root.join("content/units.yaml"), "- {id: comune, name: Comune di Prova, kind: comune}\n")?;
//! let options = Options { as_of: "2026-06-15".parse()?, base: None, drafts: Drafts::Exclude, profiles: None };
//! let report = |_: &_, report: &vetro::Report| assert_eq!(report.errors(), 0);
//! let go_on = |_| ControlFlow::Continue(());
//! let output = root.join("public");
//! let outcome = build(root, &output, Claim::Listed, &options, &Timings::default(), report, &go_on)?;
//! assert!(matches!(outcome, Outcome::Published { .. }) && output.join("index.html").exists());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Read a target and an outcome as an office writes them, and judge one by the other:
//!
//! ```
//! use vetro::{Actual, Context, Conventions, Lang, Target, Verdict};
//!
//! let conventions = Conventions { lang: Lang::It, year: Some(2026) };
//! let target = Target::read("almeno 70.000 dataset", &Context::default(), conventions)?;
//! let actual = Actual::read("71.250", &target, conventions)?;
//! assert_eq!(target.judge(&actual, None), Verdict::Met);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Write one export of a site without publishing it:
//!
//! ```
//! # use vetro::Drafts;
//! # use vetro::SourceTree;
//! # use vetro::{Options, Session};
//! use vetro::OutputPath;
//!
//! # let tree = SourceTree::from_texts([
//! #     ("site.toml", "[site]\ntitle = \"Promesse\"\nbase_url = \"https://example.org\"\n"),
//! #     ("content/units.yaml", "- {id: comune, name: Comune di Prova, kind: comune}\n"),
//! # ]);
//! # let options = Options { as_of: "2026-06-15".parse()?, base: None, drafts: Drafts::Exclude, profiles: None };
//! let (edition, _) = Session::once(&tree, &options);
//! let edition = edition.expect("the settings and the theme are sound");
//! let mut csv = Vec::new();
//! let file = edition.file(&tree, &OutputPath::parse("data/units.csv")?).expect("an export");
//! file.make(&mut csv)?;
//! assert!(String::from_utf8(csv)?.contains("Comune di Prova"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Vocabulary
//!
//! | word | meaning |
//! |---|---|
//! | sheet | a file of the content as parsed: names of other records are still words |
//! | record | a sheet and its ties: unit, plan, node, objective, project, update, page; and a series of indicators |
//! | ties | what a record gets from other sheets: what its references mean, its updates, translations, files beside it |
//! | catalogue | all records of a site |
//! | organisation | the units and plans that records refer to |
//! | target, actual, baseline | what an indicator should reach, has reached, started from |
//! | judgement | the states of an objective and its parts on the day of the build |
//! | series | one indicator over the years (YAML key `thread`) |
//! | drafts | records with `draft: true`; included with `--drafts` |
//! | route, page | what a page is about; a route in a language |
//! | facet | what the objectives of a ready-made list have in common |
//! | edition | a site with its theme and everything else that its files are made of |
//! | announcement | a feed or data file that a page names |
//! | diagnostic, report | one problem with its place and repair; all problems of a run |
//! | ruling | what a site or record says of a rule, with its reason |
//! | query | one thing that a page asks the site for, traced while the page is made |
//! | fingerprint | 64-bit hash by which two values count as the same |
//! | file stamp | size, times and number of a file, by which an unread file counts as unchanged |
//! | store | folder `.vetro/` beside the sources, with what is kept of them |
//! | build cache | file in the published folder with the queries and stamp of each file |
//! | up-to-date mark | head of the build cache, by which a build knows that there is nothing to do |
//!
//! # The promises
//!
//! 1. Sources are read once, the site is written once, and no clock ticks between: the day is an argument.
//! 2. All problems are reported in one run.
//! 3. Unresolved and resolved never share a type: sheets, catalogue, site.
//! 4. A page is a function of the site: `(site, theme, page) -> bytes`. So pages are made in parallel, streamed to disk, and
//!    served when they are asked for.
//! 5. A file is made again only if the answer to one of its queries has changed. Queries are [traced](incremental::query) where the
//!    site answers them, so nobody keeps a list of what depends on what, and a new page need not know of it.
//! 6. A result is shared with the last edition only if its whole input is equal: a function behind a
//!    [`Last`](incremental::Last) sees nothing but its key.

#![deny(missing_docs)]
#![expect(rustdoc::private_intra_doc_links, reason = "the head is for those who work on the library, too")]

mod autofix;
mod catalogue;
mod check;
mod cli;
mod diagnostic;
mod edition;
mod editor_files;
mod export;
mod feed_ids;
mod incremental;
#[doc(hidden)]
pub mod internals;
mod interrupt;
mod lsp;
mod model;
mod output;
mod parse;
mod pipeline;
mod publish;
mod regular_file;
mod render;
mod serve;
mod session;
mod site;
mod source;
mod text;
mod theme_input;
mod timings;
mod watch;
mod withdrawal;
mod work;

#[cfg(test)]
extern crate self as vetro;
#[cfg(test)]
#[path = "../tests/inside/mod.rs"]
mod inside;

use jiff::civil::Date;

// Sites: from a folder to another, or in memory.
pub use check::Drafts;
pub use edition::Edition;
pub use pipeline::{BuildError, Outcome, Progress, build, look_back};
pub use publish::{Claim, ManifestError, PublishError, Published, Refusal};
pub use session::{Edited, Session};
pub use source::{SourceError, SourceTree};
pub use timings::Timings;

// Problems, with their places, words and repairs.
pub use autofix::{FileChange, mend};
pub use diagnostic::{
    Code, Diagnostic, Format, Located, Location, Messages, NoSuchCode, Profile, Report, Severity, print,
};
pub use parse::{CanonicalForms, locate};

// Values as offices write them.
pub use model::{
    Actual, Amount, AmountError, BaseUrl, Context, Conventions, Currency, DateError, Decimal, DecimalError, Direction,
    EdtfDate, Lang, Operator, Reason, Span, SumError, Target, TargetError, TargetKind, UnknownWord, Vat, Verdict,
};

// Files of a site.
pub use output::{MakeError, OutputFile, OutputPath, OutputPathError};

// The command.
pub use cli::run;

use incremental::file_stamp::FileStamp;
use incremental::fingerprint;

/// Choices of whoever runs Vetro, beside the site's files.
#[derive(Clone, Debug)]
pub struct Options {
    /// The day on which "over" and "late" are judged.
    pub as_of: Date,
    /// The address in place of `site.toml`'s.
    pub base: Option<BaseUrl>,
    /// Choice of a site with or without its drafts.
    pub drafts: Drafts,
    /// The profiles whose rules are checked, in place of `site.toml`'s.
    pub profiles: Option<Vec<Profile>>,
}

impl Options {
    /// Fingerprint of everything that a site is made from, given that of its files.
    fn fingerprint(&self, sources: u64) -> u64 {
        let base = self.base.as_ref().map(BaseUrl::as_str);
        let drafts = self.drafts == Drafts::Include;
        fingerprint(&(sources, self.as_of, base, drafts, &self.profiles, FileStamp::of_program()))
    }
}
