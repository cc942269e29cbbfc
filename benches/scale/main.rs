//! A city's whole site, made by Vetro and by Hugo from the same records: `cargo bench --bench scale -- 10000:2000`.
//!
//! The table that is printed has only what was measured in this run; each figure is a median. Nothing is left behind
//! but Hugo, below `target/`. See `benches/README.md`.

#![expect(clippy::disallowed_methods, reason = "the benchmark writes sites and looks at what was made of them")]

#[path = "../corpus/mod.rs"]
mod corpus;
mod cost;
mod floor;
mod hugo;
mod machine;
mod sources;
mod table;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::str::FromStr;

use clap::Parser;
use tempfile::TempDir;

use corpus::Size;
use cost::{Cost, Tally, runs};
use hugo::Hugo;
use sources::Edit;
use table::Row;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// A day after the last year of the records: with another, another site would be measured every day.
const AS_OF: &str = "2026-01-01";

/// How `--growth` goes, with a tenth as many projects.
const GROWTH: [u32; 4] = [10_000, 20_000, 50_000, 100_000];

/// Makes a city's whole site with Vetro and with Hugo, and compares what it costs
#[derive(Parser)]
#[command(name = "cargo bench --bench scale --")]
struct Arguments {
    /// Numbers of objectives and projects
    #[arg(default_value = "10000:2000", value_name = "OBJECTIVES:PROJECTS")]
    sizes: Vec<Measured>,
    /// How often everything is done; the figures are medians
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u16).range(1..))]
    runs: u16,
    /// The seed of the records
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Where sites are written: best in memory [default: /dev/shm, else the folder for temporary files]
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Leave the sites there to be looked at
    #[arg(long)]
    keep: bool,
    /// Print a section of Markdown that tells the day and the machine
    #[arg(long)]
    markdown: bool,
    /// Measure how Vetro's cost grows with the site, in place of a comparison
    #[arg(long, conflicts_with = "sizes")]
    growth: bool,
    /// What cargo adds
    #[arg(long, hide = true)]
    bench: bool,
    /// Measure the floor under the site made from one folder in another, in a third: a process of its own
    #[arg(long, hide = true, num_args = 3)]
    floor: Option<Vec<PathBuf>>,
}

/// A size as it is written.
#[derive(Clone, Copy)]
struct Measured(Size);

impl FromStr for Measured {
    type Err = Box<dyn Error + Send + Sync>;

    fn from_str(text: &str) -> std::result::Result<Self, Self::Err> {
        let (objectives, projects) = text.split_once(':').ok_or("two numbers are wanted, as in 10000:2000")?;
        Ok(Self(Size { objectives: objectives.parse()?, projects: projects.parse()? }))
    }
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    if let Some([sources, site, copy]) = arguments.floor.as_deref() {
        return floor::print(sources, site, copy);
    }
    if !arguments.bench {
        // `cargo test --all-targets` runs benchmarks too.
        println!("nothing is measured: this is for cargo bench");
        return Ok(());
    }
    let before = machine::load();
    let text = if arguments.growth { growth(&arguments)? } else { comparison(&arguments)? };
    if arguments.markdown {
        println!("{}", machine::heading(&before));
    }
    println!("{text}");
    Ok(())
}

/// Vetro against Hugo, size by size.
fn comparison(arguments: &Arguments) -> Result<String> {
    let hugo = Hugo::find_or_install().inspect_err(|error| eprintln!("Hugo is left out: {error}")).ok();
    let mut text = String::new();
    for Measured(size) in &arguments.sizes {
        let rows = compare(*size, hugo.as_ref(), arguments)?;
        text.push_str(&table::of(*size, &rows));
    }
    Ok(text)
}

fn compare(size: Size, hugo: Option<&Hugo>, arguments: &Arguments) -> Result<Vec<Row>> {
    let work = Work::new(arguments)?;
    let (vetro, peer) = (work.at("vetro"), work.at("hugo"));
    sources::write_vetro(&vetro, arguments.seed, size)?;
    if hugo.is_some() {
        sources::write_hugo(&peer, arguments.seed, size)?;
    }
    sources::settle();
    eprintln!("{size}: clean builds");
    let (ours, theirs) = (work.at("vetro-site"), work.at("hugo-site"));
    let (mut hugo_costs, mut vetro_costs) = (Vec::new(), Vec::new());
    // In turn, so that what else the machine does meets both.
    for _ in 0..arguments.runs {
        if let Some(hugo) = hugo {
            hugo_costs.push(fresh(&peer, &theirs, &mut hugo.build(&peer, &theirs))?);
        }
        vetro_costs.push(fresh(&vetro, &ours, &mut build(&vetro, &ours))?);
    }
    let mut rows = Vec::new();
    if let Some(hugo) = hugo {
        rows.push(Row::of_site(&hugo.version, Cost::median(&hugo_costs), Tally::of(&theirs)?));
    }
    rows.push(Row::of_site("Vetro", Cost::median(&vetro_costs), Tally::of(&ours)?));
    rows.extend(rebuilds(&vetro, &ours, arguments.runs)?);
    rows.extend(floor::rows(&vetro, &ours, &work.at("floor"), arguments.runs)?);
    Ok(rows)
}

/// Vetro on a site that it has published, after small changes or none.
fn rebuilds(root: &Path, output: &Path, times: u16) -> Result<Vec<Row>> {
    eprintln!("builds after small changes");
    let again = || cost::of(&mut build(root, output));
    let nothing = runs(times, again)?;
    let mut rows = vec![Row::of_run("Vetro, nothing changed", Cost::median(&nothing))];
    for (name, change) in [("text", sources::TEXT), ("title", sources::TITLE)] {
        let mut edit = Edit::of_an_objective(root)?;
        let costs = runs(times, || {
            edit.make(change)?;
            again()
        })?;
        edit.undo()?;
        // What the next change is measured against.
        again()?;
        rows.push(Row::of_run(&format!("Vetro, one {name} changed"), Cost::median(&costs)));
    }
    Ok(rows)
}

/// What Vetro's cost is at several sizes, and the exponents that it grows with.
fn growth(arguments: &Arguments) -> Result<String> {
    let mut costs = Vec::new();
    for objectives in GROWTH {
        let size = Size { objectives, projects: objectives / 10 };
        let work = Work::new(arguments)?;
        let (root, output) = (work.at("vetro"), work.at("vetro-site"));
        sources::write_vetro(&root, arguments.seed, size)?;
        eprintln!("{size}: clean builds");
        let runs = runs(arguments.runs, || fresh(&root, &output, &mut build(&root, &output)))?;
        costs.push((size, Cost::median(&runs), Tally::of(&output)?));
    }
    Ok(table::growth(&costs))
}

/// What a build costs that knows of none before it: its output isn't there, nor what Vetro keeps of sources. Those have been
/// read before.
fn fresh(root: &Path, output: &Path, command: &mut Command) -> Result<Cost> {
    for left in [output, &root.join(".vetro")] {
        if left.exists() {
            std::fs::remove_dir_all(left)?;
        }
    }
    sources::read(root)?;
    cost::of(command)
}

fn build(root: &Path, output: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vetro"));
    command.args(["build", "--as-of", AS_OF, "--root"]).arg(root).arg("--output").arg(output);
    command
}

/// A folder that goes when it is done with, unless it is wanted.
struct Work(TempDir);

impl Work {
    fn new(arguments: &Arguments) -> Result<Self> {
        let memory = PathBuf::from("/dev/shm");
        let usual = if memory.is_dir() { memory } else { std::env::temp_dir() };
        let parent = arguments.folder.clone().unwrap_or(usual);
        std::fs::create_dir_all(&parent)?;
        Ok(Self(
            tempfile::Builder::new()
                .prefix("vetro-scale-")
                .disable_cleanup(arguments.keep)
                .tempdir_in(parent)?,
        ))
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}
