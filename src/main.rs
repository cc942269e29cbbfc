//! The `vetro` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    vetro::cli::run()
}
