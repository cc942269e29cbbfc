//! The commands: one a file, and one line of `commands`. Exit 0 done, 1 the content is wrong, 2 the program could not
//! work, 130 it was interrupted.

mod arguments;
mod build;
mod check;
mod commands;
mod completions;
mod done;
mod explain;
mod failure;
mod fix;
mod help;
mod language;
mod lsp;
mod man;
mod new;
mod problems;
mod read;
mod schema;
mod serve;
mod terminal;
mod usage;

pub use commands::{command, run};

use arguments::{SiteArguments, base, day};
use done::Done;
use failure::Failure;
use problems::{PrintExtent, print_problems};
use terminal::{human_format, print_message, print_output, question_theme, unless_aborted};
