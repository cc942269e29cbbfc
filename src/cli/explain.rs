use std::fmt::Write as _;

use clap::Args;

use super::{Done, Failure, print_output};
use crate::diagnostic::{Code, Messages};

#[derive(Args, Debug)]
pub(super) struct Arguments {
    code: Option<Code>,
}

pub(super) fn run(arguments: &Arguments, messages: &Messages) -> Result<Done, Failure> {
    let Some(code) = arguments.code else {
        let mut list = String::new();
        for code in Code::ALL {
            let _ = writeln!(list, "{code}  {}", messages.title(*code));
        }
        return print_output(&list);
    };
    print_output(&messages.page(code).to_string())
}
