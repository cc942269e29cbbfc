use clap::{Args, Command};

use super::{Done, Failure, print_output};
use crate::diagnostic::Messages;

#[derive(Args, Debug)]
pub(super) struct Arguments {
    shell: clap_complete::Shell,
}

pub(super) fn run(arguments: &Arguments, _: &Messages, mut command: Command) -> Result<Done, Failure> {
    // Made in memory: the generator panics when nobody reads its output.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, "vetro", &mut script);
    print_output(&String::from_utf8_lossy(&script))
}
