use std::fmt::Write as _;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::{Done, Failure, PrintExtent, SiteArguments, human_format, print_message, print_problems};
use crate::check::Drafts;
use crate::diagnostic::Messages;
use crate::model::BaseUrl;
use crate::publish::{Claim, Published};
use crate::timings::{Maker, Measurements, SlowFile, Stage, Timings};
use crate::{Outcome, build, interrupt};

#[derive(Args, Debug)]
pub(super) struct Arguments {
    #[command(flatten)]
    site: SiteArguments,
    #[arg(long, value_name = "DIR")]
    output: Option<Utf8PathBuf>,
    #[arg(long, value_parser = super::base, value_name = "URL")]
    base_url: Option<BaseUrl>,
    #[arg(long)]
    adopt: bool,
    #[arg(long)]
    drafts: bool,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    #[arg(long, value_enum, num_args = 0..=1, default_missing_value = "table", value_name = "FORM")]
    timings: Option<TimingsFormat>,
}

/// Progress of a build, for interrupts: before it writes, nothing has to be taken back.
#[derive(Default)]
struct Progress {
    writes: AtomicBool,
    interrupted: AtomicBool,
}

/// Format of timings.
#[derive(clap::ValueEnum, Clone, Copy, Debug)]
enum TimingsFormat {
    Table,
    Json,
}

pub(super) fn run(arguments: &Arguments, messages: &Messages) -> Result<Done, Failure> {
    let started = Instant::now();
    let threads = rayon::ThreadPoolBuilder::new()
        .num_threads(arguments.jobs.map_or(0, usize::from))
        .build()
        .map_err(|_| Failure::Threads)?;
    let drafts = if arguments.drafts { Drafts::Include } else { Drafts::Exclude };
    let options = arguments.site.options(arguments.base_url.clone(), drafts);
    let claim = if arguments.adopt { Claim::Adopted } else { Claim::Listed };
    let root = &arguments.site.root;
    let output = arguments.output.clone().unwrap_or_else(|| arguments.site.output());

    let bar = progress_bar();
    let state = Arc::new(Progress::default());
    handle_interrupts(&state, &bar);
    let timings = if arguments.timings.is_some() { Timings::wanted() } else { Timings::default() };
    let mut warnings = 0;
    let mut printed = Ok(());
    let outcome = threads.install(|| {
        let reported = |tree: &_, report: &crate::diagnostic::Report| {
            warnings = report.warnings();
            printed = print_problems(tree, report, PrintExtent::Brief, human_format(), messages);
        };
        let progress = |total: Option<usize>| {
            match total {
                Some(total) => {
                    bar.set_length(total as u64);
                    state.writes.store(true, Ordering::SeqCst);
                }
                None => bar.inc(1),
            }
            if state.interrupted.load(Ordering::SeqCst) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        build(root, &output, claim, &options, &timings, reported, &progress)
    });
    bar.finish_and_clear();
    printed?;
    match outcome? {
        Outcome::Published { pages, published } => {
            print_message(&closing_line(pages, &published, warnings, started, &output, messages));
            print_timings(timings, arguments.timings, messages)?;
            Ok(Done::Well)
        }
        Outcome::Wrong => {
            print_message(&messages.ui("not_published", &[]));
            Ok(Done::Wrong)
        }
    }
}

/// A progress bar, hidden if the standard error is no terminal.
fn progress_bar() -> ProgressBar {
    let bar = ProgressBar::new(0);
    bar.set_style(ProgressStyle::with_template("{wide_bar} {pos}/{len}").unwrap_or(ProgressStyle::default_bar()));
    bar
}

/// Ends the process at an interrupt. While files are written, the first interrupt is only recorded.
fn handle_interrupts(state: &Arc<Progress>, bar: &ProgressBar) {
    let (state, bar) = (Arc::clone(state), bar.clone());
    interrupt::on(move || {
        if state.interrupted.swap(true, Ordering::SeqCst) || !state.writes.load(Ordering::SeqCst) {
            bar.finish_and_clear();
            std::process::exit(interrupt::EXIT.into());
        }
    });
}

fn closing_line(
    pages: usize,
    published: &Published,
    warnings: usize,
    started: Instant,
    output: &Utf8Path,
    messages: &Messages,
) -> String {
    let seconds = format!("{:.2}", started.elapsed().as_secs_f64());
    let warnings = messages.ui("warnings", &[("n", warnings.into())]);
    messages.ui(
        "closing_build",
        &[
            ("pages", pages.into()),
            ("written", published.written.into()),
            ("unchanged", published.unchanged.into()),
            ("removed", published.removed.into()),
            ("warnings", (&warnings).into()),
            ("seconds", (&seconds).into()),
            ("output", output.as_str().into()),
        ],
    )
}

fn print_timings(timings: Timings, format: Option<TimingsFormat>, messages: &Messages) -> Result<(), Failure> {
    match format {
        Some(TimingsFormat::Table) => print_message(&format!("\n{}", table(&timings.into_taken(), messages))),
        Some(TimingsFormat::Json) => {
            serde_json::to_writer_pretty(&mut io::stdout(), &timings.into_taken())?;
            writeln!(io::stdout())?;
        }
        None => {}
    }
    Ok(())
}

/// Timings for people: the stages, then the templates and formats that made files, then the slowest files. Templates and
/// formats have the names of their files.
fn table(taken: &Measurements, messages: &Messages) -> String {
    let mut table = String::new();
    for Stage { name, seconds } in &taken.stages {
        let name = messages.ui(&format!("timings.stage.{}", name.replace(' ', "_")), &[]);
        let _ = writeln!(table, "{name:<28}{seconds:>9.3} s");
    }
    let [files, bytes, facts] = ["files", "bytes", "facts"].map(|head| messages.ui(&format!("timings.{head}"), &[]));
    let _ = writeln!(table, "\n{:<28}{:>11}{files:>9}{bytes:>13}{facts:>9}", "", "s");
    let mut makers: Vec<(&String, &Maker)> = taken.makers.iter().collect();
    makers.sort_by(|a, b| b.1.seconds.total_cmp(&a.1.seconds));
    for (name, maker) in makers {
        let Maker { files, bytes, seconds, facts } = maker;
        let _ = writeln!(table, "{name:<28}{seconds:>11.3}{files:>9}{bytes:>13}{facts:>9}");
    }
    table.push('\n');
    for SlowFile { path, seconds } in &taken.slowest {
        let _ = writeln!(table, "{seconds:>9.4} s  {path}");
    }
    table
}
