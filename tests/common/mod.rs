//! A test is a small site: texts in a folder that is gone afterwards, built by the real pipeline.

use std::fs;
use std::ops::ControlFlow;

use camino::{Utf8Path, Utf8PathBuf};
use jiff::civil::{Date, date};
use tempfile::TempDir;
use vetro::{Claim, Code, Drafts, Options, Outcome, Published, Timings};

/// The day on which the tests are judged.
pub(crate) const TODAY: Date = date(2026, 11, 22);

/// A site in a folder of its own.
pub(crate) struct SiteTest {
    folder: TempDir,
    pub(crate) options: Options,
}

impl SiteTest {
    /// A site with a unit and nothing else, in which no profile of rules is on.
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().expect("a folder for the test");
        let options = Options { as_of: TODAY, base: None, drafts: Drafts::Exclude, profiles: None };
        Self { folder, options }
            .file(
                "site.toml",
                "[site]\ntitle = \"Promesse\"\nbase_url = \"https://example.org\"\n[check]\nprofiles = []\n",
            )
            .file("content/units.yaml", "- {id: comune, name: Comune di Prova, kind: comune}\n")
    }

    /// A site of this repository, by its folder; the demonstration is in the topmost one, `""`.
    pub(crate) fn copy_of(folder: &str) -> Self {
        let site = Self::new();
        let original = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        for folder in ["content", "assets"].map(|name| (original.join(name), site.root().join(name))) {
            if folder.0.is_dir() {
                copy(&folder.0, &folder.1);
            }
        }
        let settings = fs::read_to_string(original.join("site.toml")).expect("the settings of the site");
        site.file("site.toml", &settings)
    }

    /// The same with one more text.
    pub(crate) fn file(self, path: &str, text: &str) -> Self {
        self.write(path, text);
        self
    }

    /// Writes a text, as an editor saves it.
    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    }

    /// Removes a file.
    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.root().join(path)).expect("the file is there");
    }

    /// The site's folder.
    pub(crate) fn root(&self) -> Utf8PathBuf {
        Utf8PathBuf::from_path_buf(self.folder.path().to_owned()).expect("temporary folders have plain names")
    }

    /// Where the site is published.
    pub(crate) fn output(&self) -> Utf8PathBuf {
        self.root().join("public")
    }

    /// Builds the site, which must be sound.
    pub(crate) fn build(&self) -> Published {
        let (outcome, codes) = self.try_build();
        match outcome {
            Outcome::Published { published, .. } => published,
            Outcome::Wrong => panic!("the site has problems: {codes:?}"),
        }
    }

    /// Builds the site, and tells the problems.
    pub(crate) fn try_build(&self) -> (Outcome, Vec<Code>) {
        let mut codes = Vec::new();
        let reported = |_: &_, report: &vetro::Report| {
            codes = report.iter().map(|problem| problem.code).collect();
        };
        let go_on = |_| ControlFlow::Continue(());
        let outcome = vetro::build(
            &self.root(),
            &self.output(),
            Claim::Listed,
            &self.options,
            &Timings::default(),
            reported,
            &go_on,
        );
        (outcome.expect("the program can work"), codes)
    }

    /// The text of a published file.
    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.output().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// What a page says between `<main>` and `</main>`.
    pub(crate) fn main(&self, path: &str) -> String {
        let html = self.read(path);
        let from = html.find("<main").unwrap_or_else(|| panic!("{path} has no <main>"));
        let to = html.find("</main>").unwrap_or_else(|| panic!("{path} has no </main>"));
        html[from..to].to_owned()
    }

    /// Every published file with its bytes, in order.
    pub(crate) fn published(&self) -> Vec<(String, Vec<u8>)> {
        let mut files = Vec::new();
        collect(&self.output(), &self.output(), &mut files);
        files.sort();
        // What it leaves for the next build has times in it.
        files.retain(|(path, _)| path != ".vetro/cache");
        files
    }
}

fn copy(from: &Utf8Path, to: &Utf8Path) {
    fs::create_dir_all(to).expect("the folder can be made");
    for entry in from.read_dir_utf8().expect("the folder can be read") {
        let entry = entry.expect("the entry can be read");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("the entry has a type").is_dir() {
            copy(entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("the file can be copied");
        }
    }
}

fn collect(root: &Utf8Path, folder: &Utf8Path, files: &mut Vec<(String, Vec<u8>)>) {
    for entry in folder.read_dir_utf8().expect("the folder can be read") {
        let entry = entry.expect("the entry can be read");
        if entry.file_type().expect("the entry has a type").is_dir() {
            collect(root, entry.path(), files);
        } else {
            let path = entry.path().strip_prefix(root).expect("it lies below").to_string();
            files.push((path, fs::read(entry.path()).expect("the file can be read")));
        }
    }
}
