use std::io::{self, Write};

use clap::Args;

use super::Done;
use crate::diagnostic::{Code, Messages};

#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// The code of a problem, such as V0202
    code: Code,
}

pub(super) fn run(arguments: &Arguments, messages: &Messages) -> io::Result<Done> {
    write!(io::stdout(), "{}", messages.explain(arguments.code))?;
    Ok(Done::Well)
}
