//! A site on the disk, its published folder, and a folder of others beside it.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::process::Command;
use std::time::SystemTime;

use camino::{Utf8Path, Utf8PathBuf};
use tempfile::TempDir;
use vetro::{Drafts, Options};

use super::run::{Ended, binary, run};
use crate::dice::Dice;
use crate::edits::{Texts, change, site};

/// Files by their paths below a folder.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// The folder of one round.
pub(crate) struct Place {
    folder: TempDir,
    pub(crate) texts: Texts,
    pub(crate) options: Options,
    /// The texts as they were written last.
    written: Texts,
}

/// The time of a file that is written.
#[derive(Clone, Copy)]
pub(crate) enum Time {
    Now,
    /// That of the file which stood there.
    PutBack,
}

impl Place {
    /// A random site that can be published, of which nothing is written yet.
    pub(crate) fn new(dice: &mut Dice) -> Self {
        let options = Options {
            as_of: "2020-08-01".parse().expect("a day"),
            base: None,
            drafts: Drafts::Exclude,
            profiles: None,
        };
        let mut place = Self {
            folder: TempDir::new().expect("a folder for the round"),
            texts: Texts::new(),
            options,
            written: Texts::new(),
        };
        place.replace(dice);
        fs::create_dir(place.outside()).expect("a folder");
        fs::write(place.outside().join("file"), "of others").expect("a file");
        place
    }

    fn at(&self, name: &str) -> Utf8PathBuf {
        Utf8Path::from_path(self.folder.path()).expect("UTF-8").join(name)
    }

    pub(crate) fn root(&self) -> Utf8PathBuf {
        self.at("site")
    }

    pub(crate) fn output(&self) -> Utf8PathBuf {
        self.at("site/public")
    }

    /// A folder in which nobody but us may change anything.
    pub(crate) fn outside(&self) -> Utf8PathBuf {
        self.at("outside")
    }

    /// Whether that folder is as it was.
    pub(crate) fn is_outside_sound(&self) -> bool {
        files_in(&self.outside()) == Files::from([("file".to_owned(), b"of others".to_vec())])
    }

    /// Puts another random site in the place of this one, and gives what is published of it.
    pub(crate) fn replace(&mut self, dice: &mut Dice) -> Files {
        loop {
            self.texts = site(dice);
            if let Ok(files) = self.built_anew() {
                return files;
            }
        }
    }

    /// Changes the texts until another site is published of them, and gives that.
    pub(crate) fn edit(&mut self, dice: &mut Dice) -> Files {
        let before = self.built_anew().ok();
        let (texts, options) = (self.texts.clone(), self.options.clone());
        loop {
            (0..=dice.roll(2)).for_each(|_| drop(change(dice, &mut self.texts, &mut self.options)));
            match self.built_anew() {
                Ok(files) if Some(&files) != before.as_ref() => return files,
                _ => (self.texts, self.options) = (texts.clone(), options.clone()),
            }
        }
    }

    /// Writes what changed since it was written last.
    pub(crate) fn save(&mut self, time: Time) {
        let root = self.root();
        for path in self.written.keys().filter(|path| !self.texts.contains_key(*path)) {
            fs::remove_file(root.join(path)).expect("it was written");
        }
        for (path, text) in self.texts.iter().filter(|(path, text)| self.written.get(*path) != Some(text)) {
            write(&root.join(path), text.as_bytes(), time);
        }
        self.written.clone_from(&self.texts);
    }

    fn command_of(&self, root: &Utf8Path, command: &str) -> Vec<String> {
        let day = self.options.as_of.to_string();
        let mut words = vec![binary(), "--lang".to_owned(), "en".to_owned(), command.to_owned()];
        words.extend(["--as-of".to_owned(), day, "--root".to_owned(), root.to_string()]);
        if command == "build" && self.options.drafts == Drafts::Include {
            words.push("--drafts".to_owned());
        }
        words
    }

    /// The words of a command on the site.
    pub(crate) fn words(&self, command: &str) -> Vec<String> {
        self.command_of(&self.root(), command)
    }

    /// A command on the site.
    pub(crate) fn command(&self, command: &str, more: &[&str]) -> Command {
        let words = self.words(command);
        let mut command = Command::new(&words[0]);
        command.args(&words[1..]).args(more);
        command
    }

    pub(crate) fn build(&self, more: &[&str]) -> Ended {
        run(&mut self.command("build", more), None)
    }

    /// What is published of the texts where nothing is known of them.
    pub(crate) fn built_anew(&self) -> Result<Files, Ended> {
        let folder = TempDir::new().expect("a folder");
        let root = Utf8Path::from_path(folder.path()).expect("UTF-8");
        for (path, text) in &self.texts {
            write(&root.join(path), text.as_bytes(), Time::Now);
        }
        let words = self.command_of(root, "build");
        let ended = run(Command::new(&words[0]).args(&words[1..]), None);
        if ended.code == Some(0) { Ok(published(&root.join("public"))) } else { Err(ended) }
    }

    /// What is published.
    pub(crate) fn published(&self) -> Files {
        published(&self.output())
    }

    /// The names of what Vetro keeps beside that.
    pub(crate) fn own(&self) -> Vec<String> {
        let entries = self.output().join(".vetro").read_dir_utf8().into_iter().flatten();
        let mut names: Vec<String> =
            entries.map(|entry| entry.expect("it can be read").file_name().to_owned()).collect();
        names.sort();
        names
    }

    /// The names of that after a build that ended well, which is the least and the most.
    pub(crate) fn is_tidy(&self) -> bool {
        self.own() == ["cache", "lock", "manifest"]
    }
}

/// Writes a file with that time.
pub(crate) fn write(path: &Utf8Path, bytes: &[u8], time: Time) {
    let before: Option<SystemTime> = fs::metadata(path).and_then(|file| file.modified()).ok();
    fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("it can be made");
    fs::write(path, bytes).expect("it can be written");
    if let (Time::PutBack, Some(before)) = (time, before) {
        let file = File::options().write(true).open(path).expect("it is there");
        file.set_modified(before).expect("its time can be set");
    }
}

fn published(output: &Utf8Path) -> Files {
    let mut files = files_in(output);
    files.retain(|path, _| !path.starts_with(".vetro/"));
    files
}

/// Every file below a folder; of what is none its kind.
pub(crate) fn files_in(folder: &Utf8Path) -> Files {
    let mut files = Files::new();
    if !folder.exists() {
        return files;
    }
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.expect("it can be read");
        let path = Utf8Path::from_path(entry.path()).expect("UTF-8");
        let below = path.strip_prefix(folder).expect("it lies there").to_string();
        if entry.file_type().is_file() {
            files.insert(below, bytes(path));
        } else if !entry.file_type().is_dir() {
            files.insert(below, format!("{:?}", entry.file_type()).into_bytes());
        }
    }
    files
}

/// The bytes of a file, of which one without end has only some; of what is none, none.
pub(crate) fn bytes(path: &Utf8Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    if path.symlink_metadata().is_ok_and(|file| file.is_file()) {
        let file = File::open(path).expect("it can be read");
        file.take(4 << 20).read_to_end(&mut bytes).expect("it can be read");
    }
    bytes
}

/// The paths at which two folders differ.
pub(crate) fn differing<'a>(one: &'a Files, other: &'a Files) -> Vec<&'a str> {
    let mut paths: Vec<&str> = one
        .iter()
        .filter(|(path, bytes)| other.get(*path) != Some(bytes))
        .map(|(path, _)| &**path)
        .collect();
    paths.extend(other.keys().filter(|path| !one.contains_key(*path)).map(|path| &**path));
    paths
}
