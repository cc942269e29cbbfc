//! The `vetro` command.

fn main() {}
