use clap::{Args, Command};

use super::{Done, Failure, print_output};
use crate::diagnostic::Messages;

#[derive(Args, Debug)]
pub(super) struct Arguments {}

pub(super) fn run(_: &Arguments, messages: &Messages, command: Command) -> Result<Done, Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    let page = String::from_utf8_lossy(&page);
    // The generator has its own names for the sections.
    let translated = page.lines().map(|line| {
        let section = line.strip_prefix(".SH ").map(|name| name.trim_matches('"').to_lowercase());
        let words = section.as_deref().and_then(|name| messages.find(&format!("manual.{name}")));
        words.map_or_else(|| format!("{line}\n"), |words| format!(".SH \"{words}\"\n"))
    });
    print_output(&translated.collect::<String>())
}
