//! What a person is told who typed a command that there isn't.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::diagnostic::{Code, Messages, nearest};

/// What is wrong with the arguments, and how to mend it.
pub(super) fn words(error: &clap::Error, messages: &Messages) -> String {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => Some(texts.join(", ")),
        _ => None,
    };
    let argument = text(ContextKind::InvalidArg).unwrap_or_default();
    let value = text(ContextKind::InvalidValue).unwrap_or_default();
    let known = text(ContextKind::ValidValue).unwrap_or_default();
    let say = |key: &str, args: &[(&str, &str)]| {
        let args: Vec<_> = args.iter().map(|(name, text)| (*name, (*text).into())).collect();
        messages.ui(&format!("usage.{key}"), &args)
    };
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let written = text(ContextKind::InvalidSubcommand).unwrap_or_default();
            // Of several the likeliest is last.
            match text(ContextKind::SuggestedSubcommand).as_deref().and_then(|near| near.split(", ").last()) {
                Some(near) => say("command_nearest", &[("written", &written), ("nearest", near)]),
                None => say("command", &[("written", &written)]),
            }
        }
        ErrorKind::UnknownArgument => match text(ContextKind::SuggestedArg) {
            Some(near) => say("argument_nearest", &[("written", &argument), ("nearest", &near)]),
            None => say("argument", &[("written", &argument)]),
        },
        ErrorKind::MissingRequiredArgument => say("missing", &[("argument", &argument)]),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => say("no_command", &[]),
        ErrorKind::InvalidValue if value.is_empty() => say("no_value", &[("argument", &argument)]),
        ErrorKind::InvalidValue => match nearest(&value, known.split(", ")) {
            Some(near) => say("value_nearest", &[("written", &value), ("argument", &argument), ("nearest", near)]),
            None => say("value", &[("written", &value), ("argument", &argument), ("known", &known)]),
        },
        ErrorKind::ValueValidation => validation(&argument, &value, messages, say),
        ErrorKind::ArgumentConflict => say("twice", &[("argument", &argument)]),
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            say("no_value", &[("argument", &argument)])
        }
        ErrorKind::InvalidUtf8 => say("not_text", &[]),
        _ => say("unclear", &[("reason", error.to_string().lines().next().unwrap_or_default())]),
    }
}

/// What is wrong with a value that only its reader can judge; each has a sentence of its own.
fn validation(
    argument: &str,
    value: &str,
    messages: &Messages,
    say: impl Fn(&str, &[(&str, &str)]) -> String,
) -> String {
    let name = argument.split([' ', '=']).next().unwrap_or_default();
    let name = name.trim_start_matches("--").trim_matches(['<', '>', '[', ']']);
    if messages.find("value.CODE").is_some_and(|code| name == code) {
        let ids = Code::ALL.iter().map(|code| code.id());
        return match nearest(value, ids) {
            Some(near) => say("code_nearest", &[("written", value), ("nearest", near)]),
            None => say("code", &[("written", value)]),
        };
    }
    let key = format!("bad_{}", name.replace('-', "_"));
    match messages.find(&format!("usage.{key}")) {
        Some(_) => say(&key, &[("written", value)]),
        None => say("value_unread", &[("written", value), ("argument", argument)]),
    }
}
