use std::io::{self, IsTerminal, Write};

use camino::Utf8Path;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::fix::{self, Consent};
use super::{Done, Failure, PrintExtent, SiteArguments, human_format, print_message, print_problems, unless_aborted};
use crate::check::Drafts;
use crate::diagnostic::{Format, Messages, Report};
use crate::parse::CanonicalForms;
use crate::source::{ChangedPaths, OpenTexts, SourceError, SourceTree};
use crate::watch::Changes;
use crate::{Edition, Options, Session, interrupt, look_back};

#[derive(Args, Debug)]
pub(super) struct Arguments {
    #[command(flatten)]
    site: SiteArguments,
    #[arg(long, default_value = "human", value_parser = formats())]
    format: Format,
    #[arg(long)]
    show_silenced: bool,
    #[arg(long)]
    watch: bool,
    #[arg(long)]
    fix: bool,
    #[arg(long)]
    normalise: bool,
    #[arg(long)]
    yes: bool,
}

fn formats() -> impl TypedValueParser<Value = Format> {
    let names = PossibleValuesParser::new(Format::ALL.map(Format::name));
    // The parser lets no other name through.
    names.map(|name| Format::ALL.into_iter().find(|format| format.name() == name).unwrap_or(Format::Json))
}

pub(super) fn run(arguments: &Arguments, messages: &Messages) -> Result<Done, Failure> {
    let extent = if arguments.show_silenced { PrintExtent::WithSilenced } else { PrintExtent::All };
    let format = if arguments.format.is_for_people() { human_format() } else { arguments.format };
    // Drafts are checked too: they will be published.
    let options = arguments.site.options(None, Drafts::Include);
    if arguments.fix {
        if arguments.watch || !format.is_for_people() {
            return Err(Failure::Usage("fixed_alone"));
        }
        let forms = if arguments.normalise { CanonicalForms::Plain } else { CanonicalForms::AsWritten };
        let consent = if arguments.yes { Consent::Given } else { Consent::Asked };
        let fixed = fix::run(&arguments.site.root, &options, forms, consent, messages).map(|()| Done::Well);
        if unless_aborted(fixed, "fix.left", messages)? == Done::Wrong {
            return Ok(Done::Wrong);
        }
    } else if arguments.normalise || arguments.yes {
        return Err(Failure::Usage("nothing_to_fix"));
    }
    if arguments.watch {
        return watch(arguments, &options, extent, format, messages);
    }
    let (tree, edition, mut report) = Session::once_in(&arguments.site.root, &options)?;
    report.extend(looked_back(edition.as_ref(), &arguments.site.root, &arguments.site.output()));
    print_report(&tree, &report, extent, format, messages)?;
    Ok(if report.errors() > 0 { Done::Wrong } else { Done::Well })
}

/// The records that were published in `build`'s default folder and aren't any more.
fn looked_back(edition: Option<&Edition>, root: &Utf8Path, output: &Utf8Path) -> Report {
    edition.map_or_else(Report::default, |edition| look_back(edition, root, output))
}

fn print_report(
    tree: &SourceTree,
    report: &Report,
    extent: PrintExtent,
    format: Format,
    messages: &Messages,
) -> io::Result<()> {
    print_problems(tree, report, extent, format, messages)?;
    if report.is_empty() && format.is_for_people() {
        print_message(&messages.ui("clean", &[]));
    }
    Ok(())
}

/// Checks at once and after each change, until the process is interrupted.
fn watch(
    arguments: &Arguments,
    options: &Options,
    extent: PrintExtent,
    format: Format,
    messages: &Messages,
) -> Result<Done, Failure> {
    if !format.is_for_people() {
        return Err(Failure::Usage("watched_format"));
    }
    let root = arguments.site.root.as_path();
    let mut files = Changes::new(root)?;
    let mut session = Session::new(root);
    let output = arguments.site.output();
    let edited = move |session: &mut Session, root: &Utf8Path, options: &Options, changed: Option<&ChangedPaths>| {
        let (tree, edition, mut report) = session.edition(options, &OpenTexts::new(), changed)?;
        report.extend(looked_back(edition.as_ref(), root, &output));
        Ok::<_, SourceError>((tree, report))
    };
    let (tree, report) = edited(&mut session, root, options, None)?;
    let show = move |tree: &SourceTree, report: &Report, messages: &Messages| {
        let _lock = io::stderr().lock();
        clear();
        let _ = print_report(tree, report, extent, format, messages);
        print_message(&messages.ui("watching", &[]));
    };
    show(&tree, &report, messages);
    let (root, options, messages) = (root.to_owned(), options.clone(), Messages::new(messages.lang()));
    std::thread::spawn(move || {
        loop {
            let changed = files.wait();
            // A folder that can't be read in this moment will have changed again in the next.
            if let Ok((tree, report)) = edited(&mut session, &root, &options, changed.as_ref()) {
                show(&tree, &report, &messages);
            }
        }
    });
    interrupt::wait().map_err(Failure::System)?;
    // Output that has begun is finished, and nothing follows it.
    std::mem::forget(io::stderr().lock());
    if io::stderr().is_terminal() {
        // The terminal has written `^C` where the next prompt would begin.
        print_message("");
    }
    Ok(Done::Well)
}

/// Clears the screen of a terminal (ECMA-48, ED and CUP).
fn clear() {
    if io::stderr().is_terminal() {
        let _ = write!(io::stderr(), "\x1b[2J\x1b[H");
    }
}
