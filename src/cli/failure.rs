//! Failures of commands, in words for the person who can do something about them.

use std::{io, result};

use crate::BuildError;
use crate::diagnostic::Messages;
use crate::output::{MakeError, OutputPathError};
use crate::publish::{ManifestError, PublishError, Refusal};
use crate::regular_file::NoFile;
use crate::serve::ServeError;
use crate::source::SourceError;

/// Reason for which a command could not work.
#[derive(Debug)]
pub(super) enum Failure {
    /// The output can't be written to the standard output.
    Output(io::Error),
    Build(BuildError),
    Serve(ServeError),
    /// The system doesn't report changes of files.
    Watch(notify::Error),
    /// The system doesn't give something that a command needs.
    System(io::Error),
    /// The system doesn't give the requested threads.
    Threads,
    /// Any other failure, as a message for people.
    Message(String),
    /// The person interrupted the command, when some files were written.
    Interrupted,
    /// A wrong combination of arguments: the key of its message.
    Usage(&'static str),
}

/// Result of a step of a command.
pub(super) type Result<T> = result::Result<T, Failure>;

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl From<notify::Error> for Failure {
    fn from(error: notify::Error) -> Self {
        Self::Watch(error)
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::Output(error.into())
    }
}

impl From<SourceError> for Failure {
    fn from(error: SourceError) -> Self {
        Self::Build(error.into())
    }
}

impl From<BuildError> for Failure {
    fn from(error: BuildError) -> Self {
        Self::Build(error)
    }
}

impl From<ServeError> for Failure {
    fn from(error: ServeError) -> Self {
        Self::Serve(error)
    }
}

impl Failure {
    /// True if the person interrupted the command.
    pub(super) fn is_interrupt(&self) -> bool {
        matches!(self, Self::Interrupted | Self::Build(BuildError::Publish(PublishError::Interrupted)))
    }

    /// The failure and what to do, in the language of the messages.
    pub(super) fn words(&self, messages: &Messages) -> String {
        let words = FailureWords(messages);
        match self {
            Self::Output(error) => words.caused("output", "", error),
            Self::Message(message) => message.clone(),
            Self::Interrupted => words.plain("interrupted", &[]),
            Self::Threads => words.plain("threads", &[]),
            Self::Usage(key) => messages.ui(&format!("usage.{key}"), &[]),
            Self::Build(BuildError::Source(error)) | Self::Serve(ServeError::Source(error)) => words.source(error),
            Self::Build(BuildError::Refusal(error)) => words.refusal(error),
            Self::Build(BuildError::Publish(error)) => words.publish(error),
            Self::Build(BuildError::Path(error)) => words.path(error),
            Self::Serve(ServeError::Address { address, source }) => {
                words.caused("address", &address.to_string(), source)
            }
            Self::Watch(error) | Self::Serve(ServeError::Watch(error)) => match &error.kind {
                notify::ErrorKind::Io(source) => words.caused("watch", "", source),
                notify::ErrorKind::MaxFilesWatch => words.plain("watch_limit", &[]),
                _ => words.caused("watch", "", &io::Error::other(error.to_string())),
            },
            Self::System(source) | Self::Serve(ServeError::System(source)) => words.caused("system", "", source),
        }
    }
}

struct FailureWords<'m>(&'m Messages);

impl FailureWords<'_> {
    fn plain(&self, key: &str, args: &[(&str, &str)]) -> String {
        let args: Vec<_> = args.iter().map(|(name, text)| (*name, (*text).into())).collect();
        self.0.ui(&format!("failure.{key}"), &args)
    }

    fn counted(&self, key: &str, n: usize, files: &str) -> String {
        self.0.ui(&format!("failure.{key}"), &[("n", n.into()), ("files", files.into())])
    }

    fn caused(&self, key: &str, path: &str, error: &io::Error) -> String {
        self.plain(key, &[("path", path), ("cause", &self.cause(error))])
    }

    /// The system's error as a sentence with what to do; in the system's own words if we have none.
    fn cause(&self, error: &io::Error) -> String {
        let key = match error.kind() {
            io::ErrorKind::NotFound => "not_found",
            io::ErrorKind::PermissionDenied => "permission",
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "no_space",
            io::ErrorKind::FileTooLarge => "too_large",
            io::ErrorKind::ReadOnlyFilesystem => "read_only",
            io::ErrorKind::NotADirectory => "not_a_folder",
            io::ErrorKind::IsADirectory => "a_folder",
            io::ErrorKind::InvalidData => "not_text",
            io::ErrorKind::UnexpectedEof => "cut_short",
            io::ErrorKind::AddrInUse => "address_in_use",
            io::ErrorKind::AddrNotAvailable => "address_unavailable",
            io::ErrorKind::AlreadyExists => "name_taken",
            _ if NoFile::is(error) => "no_file",
            #[cfg(unix)]
            _ if rustix::io::Errno::from_io_error(error) == Some(rustix::io::Errno::MFILE) => "too_many_files",
            _ => return self.plain("cause.system", &[("system", &error.to_string())]),
        };
        self.plain(&format!("cause.{key}"), &[])
    }

    fn source(&self, error: &SourceError) -> String {
        match error {
            SourceError::NoRoot(path) => self.plain("no_root", &[("path", path.as_str())]),
            SourceError::Unreadable { path, source } => self.caused("unreadable", path, source),
        }
    }

    fn refusal(&self, error: &Refusal) -> String {
        match error {
            Refusal::FileSystemRoot { output } => self.plain("file_system_root", &[("output", output.as_str())]),
            Refusal::Home { output, home } => {
                self.plain("home", &[("output", output.as_str()), ("home", home.as_str())])
            }
            Refusal::Source { output } => self.plain("is_source", &[("output", output.as_str())]),
            Refusal::InSource { output, folder } => {
                self.plain("in_source", &[("output", output.as_str()), ("folder", folder.as_str())])
            }
            Refusal::HoldsSource { output, folder } => {
                self.plain("holds_source", &[("output", output.as_str()), ("folder", folder.as_str())])
            }
            Refusal::NotAFolder { output } => self.plain("not_a_folder", &[("output", output.as_str())]),
            Refusal::Repository { output, marker } => {
                self.plain("repository", &[("output", output.as_str()), ("marker", marker.as_str())])
            }
            Refusal::NotOurs { output, found } => {
                self.plain("not_ours", &[("output", output.as_str()), ("found", found)])
            }
            Refusal::Manifest(error) => self.manifest(error),
            Refusal::Unreadable { path, source } => self.caused("unreadable", path.as_str(), source),
        }
    }

    fn manifest(&self, error: &ManifestError) -> String {
        match error {
            ManifestError::Unreadable { path, source } => self.caused("manifest_unreadable", path.as_str(), source),
            ManifestError::Unknown { path, line } => {
                self.plain("manifest", &[("path", path.as_str()), ("line", &line.to_string())])
            }
        }
    }

    fn publish(&self, error: &PublishError) -> String {
        match error {
            PublishError::Interrupted => self.plain("build_interrupted", &[]),
            PublishError::Busy { output } => self.plain("busy", &[("output", output.as_str())]),
            PublishError::Manifest(error) => self.manifest(error),
            PublishError::Collisions(pairs) => {
                let files = pairs.iter().map(|(one, other)| format!("\n  {one} = {other}"));
                self.counted("collisions", pairs.len(), &files.collect::<String>())
            }
            PublishError::NotOurs(paths) => {
                let files = paths.iter().map(|path| format!("\n  {path}"));
                self.counted("in_the_way", paths.len(), &files.collect::<String>())
            }
            PublishError::Make(errors) => {
                let files = errors.iter().map(|error| format!("\n  {}: {}", error.path, self.make_error(error)));
                self.counted("make", errors.len(), &files.collect::<String>())
            }
            PublishError::Unreadable { path, source } => self.caused("unreadable", path.as_str(), source),
            PublishError::Unwritable { path, source } => self.caused("unwritable", path.as_str(), source),
        }
    }

    fn make_error(&self, error: &MakeError) -> String {
        match error.source.downcast_ref::<io::Error>() {
            Some(source) => self.cause(source),
            None => self.plain("cause.system", &[("system", &error.source.to_string())]),
        }
    }

    fn path(&self, error: &OutputPathError) -> String {
        self.plain("own_fault", &[("reason", &error.to_string())])
    }
}
