//! Messages for wrong command lines.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::diagnostic::{Code, Messages, nearest};

/// The mistake in the arguments, and how to correct it.
pub(super) fn words(error: &clap::Error, messages: &Messages) -> String {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => Some(texts.join(", ")),
        _ => None,
    };
    let argument = text(ContextKind::InvalidArg).unwrap_or_default();
    let value = text(ContextKind::InvalidValue).unwrap_or_default();
    let known = text(ContextKind::ValidValue).unwrap_or_default();
    let message = |key: &str, args: &[(&str, &str)]| {
        let args: Vec<_> = args.iter().map(|(name, text)| (*name, (*text).into())).collect();
        messages.ui(&format!("usage.{key}"), &args)
    };
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let written = text(ContextKind::InvalidSubcommand).unwrap_or_default();
            // The likeliest of several is the last.
            match text(ContextKind::SuggestedSubcommand).as_deref().and_then(|near| near.split(", ").last()) {
                Some(near) => message("command_nearest", &[("written", &written), ("nearest", near)]),
                None => message("command", &[("written", &written)]),
            }
        }
        ErrorKind::UnknownArgument => match text(ContextKind::SuggestedArg) {
            Some(near) => message("argument_nearest", &[("written", &argument), ("nearest", &near)]),
            None => message("argument", &[("written", &argument)]),
        },
        ErrorKind::MissingRequiredArgument => message("missing", &[("argument", &argument)]),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            message("no_command", &[])
        }
        ErrorKind::InvalidValue if value.is_empty() => message("no_value", &[("argument", &argument)]),
        ErrorKind::InvalidValue => match nearest(&value, known.split(", ")) {
            Some(near) => message("value_nearest", &[("written", &value), ("argument", &argument), ("nearest", near)]),
            None => message("value", &[("written", &value), ("argument", &argument), ("known", &known)]),
        },
        ErrorKind::ValueValidation => validation(&argument, &value, messages, message),
        ErrorKind::ArgumentConflict => message("twice", &[("argument", &argument)]),
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            message("no_value", &[("argument", &argument)])
        }
        ErrorKind::InvalidUtf8 => message("not_text", &[]),
        _ => message("unclear", &[("reason", error.to_string().lines().next().unwrap_or_default())]),
    }
}

/// The message for a value that its reader refuses; each has a sentence of its own.
fn validation(
    argument: &str,
    value: &str,
    messages: &Messages,
    message: impl Fn(&str, &[(&str, &str)]) -> String,
) -> String {
    let name = argument.split([' ', '=']).next().unwrap_or_default();
    let name = name.trim_start_matches("--").trim_matches(['<', '>', '[', ']']);
    if messages.find("value.CODE").is_some_and(|code| name == code) {
        let ids = Code::ALL.iter().map(|code| code.id());
        return match nearest(value, ids) {
            Some(near) => message("code_nearest", &[("written", value), ("nearest", near)]),
            None => message("code", &[("written", value)]),
        };
    }
    let key = format!("bad_{}", name.replace('-', "_"));
    match messages.find(&format!("usage.{key}")) {
        Some(_) => message(&key, &[("written", value)]),
        None => message("value_unread", &[("written", value), ("argument", argument)]),
    }
}
