//! The ways to and from the person at the terminal.

use std::io::{self, IsTerminal, Write};

use dialoguer::theme::ColorfulTheme;

use super::done::Done;
use super::failure::Failure;
use crate::diagnostic::{Format, Messages, visible};
use crate::interrupt;

/// The look of questions. Returns `None` if nobody can be asked.
pub(super) fn question_theme() -> Option<ColorfulTheme> {
    let is_terminal = io::stdin().is_terminal() && io::stderr().is_terminal();
    if is_terminal {
        // Otherwise an interrupt ends the process in the middle of a question and leaves the terminal as questions need it.
        interrupt::on(|| {});
    }
    is_terminal.then(ColorfulTheme::default)
}

/// The result of a command that asks questions. If the person interrupts one, the message with the key `left` explains what
/// that means.
pub(super) fn unless_aborted(done: Result<Done, Failure>, left: &str, messages: &Messages) -> Result<Done, Failure> {
    match done {
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::Interrupted => {
            // The question had hidden it.
            let _ = dialoguer::console::Term::stderr().show_cursor();
            print_message(&messages.ui(left, &[]));
            Ok(Done::Wrong)
        }
        done => done,
    }
}

/// Prints a message for people on the standard error. It is no error if nobody can read it.
pub(super) fn print_message(words: &str) {
    let _ = writeln!(io::stderr(), "{}", visible(words));
}

/// Prints the output of a command.
pub(super) fn print_output(words: &str) -> Result<Done, Failure> {
    let mut out = io::stdout().lock();
    out.write_all(words.as_bytes())?;
    out.flush()?;
    Ok(Done::Well)
}

/// Human output, coloured if a person looks at it and hasn't asked otherwise (no-color.org).
pub(super) fn human_format() -> Format {
    let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    Format::Human { colour: wanted && io::stderr().is_terminal() }
}
