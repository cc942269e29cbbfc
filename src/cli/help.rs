//! Help texts, in the language of their reader. clap has its own words in English alone, so every one that a person can
//! see is set here, from the catalogue of messages.

use clap::builder::StyledStr;
use clap::{Arg, ArgAction, Command};

use crate::diagnostic::Messages;

/// A command with the words of the catalogue, in its subcommands too.
pub(super) fn translated(command: Command, messages: &Messages) -> Command {
    let name = command.get_name().to_owned();
    translate(command, &name, messages)
}

/// `path` is the command as it is typed, such as `vetro build`.
fn translate(command: Command, path: &str, messages: &Messages) -> Command {
    let words = |key: &str| messages.ui(key, &[]);
    let name = command.get_name().to_owned();
    let flag = |id: &'static str, short, action| {
        Arg::new(id).short(short).long(id).action(action).help(words(&format!("argument.{id}")))
    };
    let mut command = command
        .about(words(&format!("command.{name}")))
        .version(env!("CARGO_PKG_VERSION"))
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .subcommand_help_heading(words("heading.commands"))
        .subcommand_value_name(words("value.COMMAND"))
        .help_template(format!("{{about-with-newline}}\n{} {{usage}}\n\n{{all-args}}", words("heading.usage")))
        .mut_args(|arg| argument(arg, &name, messages))
        .arg(flag("help", 'h', ArgAction::Help).help_heading(words("heading.options")))
        .arg(flag("version", 'V', ArgAction::Version).help_heading(words("heading.options")));
    let inner: Vec<String> = command.get_subcommands().map(|inner| inner.get_name().to_owned()).collect();
    for inner in inner {
        command = command.mut_subcommand(&inner, |it| translate(it, &format!("{path} {inner}"), messages));
    }
    // Rendered of a copy: the command itself isn't complete before it is used.
    let usage = command.clone().bin_name(path).render_usage().to_string();
    let usage = usage.split_once(": ").map_or(usage.as_str(), |(_, usage)| usage);
    command.override_usage(usage.replace("[OPTIONS]", &words("heading.any_options")))
}

fn argument(arg: Arg, command: &str, messages: &Messages) -> Arg {
    let words = help(&arg, command, messages);
    let heading = messages.ui(if arg.is_positional() { "heading.arguments" } else { "heading.options" }, &[]);
    let named = arg.get_value_names().and_then(|names| names.first()).map(ToString::to_string);
    let value = named.and_then(|name| messages.find(&format!("value.{name}")).map(str::to_owned));
    let arg = arg.help(words).help_heading(heading);
    if !arg.get_action().takes_values() {
        return arg;
    }
    let arg = arg.hide_default_value(true).hide_possible_values(true);
    match value {
        Some(value) => arg.value_name(value),
        None => arg,
    }
}

/// The help of an argument, with its values and its default.
fn help(arg: &Arg, command: &str, messages: &Messages) -> StyledStr {
    let id = arg.get_id();
    let own = format!("argument.{command}.{id}");
    let words = match messages.find(&own) {
        Some(words) => words.to_owned(),
        None => messages.ui(&format!("argument.{id}"), &[]),
    };
    let takes_value = arg.get_action().takes_values();
    let values: Vec<String> = arg
        .get_possible_values()
        .iter()
        .map(|value| value.get_name().to_owned())
        .filter(|_| takes_value)
        .collect();
    let default = arg.get_default_values().first().filter(|_| takes_value);
    let default = default.map(|value| value.to_string_lossy().into_owned());
    let values = values.join(", ");
    let words = match (values.is_empty(), default) {
        (true, None) => words,
        (true, Some(default)) => {
            messages.ui("argument_default", &[("words", (&words).into()), ("default", (&default).into())])
        }
        (false, None) => messages.ui("argument_values", &[("words", (&words).into()), ("values", (&values).into())]),
        (false, Some(default)) => {
            let args = [("words", (&words).into()), ("values", (&values).into()), ("default", (&default).into())];
            messages.ui("argument_values_default", &args)
        }
    };
    words.into()
}
