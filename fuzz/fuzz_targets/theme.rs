//! A theme over the default one: it is refused with its problems, or makes every page within its limits.
//!
//! The input are its files, each begun by a line `=== path`, over a theme that has nothing of its own.

#![no_main]
#![expect(clippy::disallowed_methods, reason = "the macro of a target writes a file where libFuzzer is asked for one")]

use libfuzzer_sys::fuzz_target;
use vetro::{Edition, OutputFile, Session, SourceTree};
use vetro_fuzz::{finish_work, options, report, site, text};

/// More than any page of the small site has with any theme that keeps the limits.
const LARGEST: usize = 64 << 20;

fuzz_target!(
    init: vetro_fuzz::work_alone(),
    |data: &[u8]| {
        let settings = format!("{}[theme]\nname = \"prova\"\n", site::SETTINGS);
        let own = site::files(&text(data));
        let own = own.into_iter().map(|(path, text)| (format!("themes/prova/{path}"), text));
        let sound = site::SOUND.iter().skip(1).map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
        let manifest = ("themes/prova/theme.toml".to_owned(), "name = \"prova\"\napi = 1\n".to_owned());
        let files = [("site.toml".to_owned(), settings), manifest].into_iter().chain(sound).chain(own);
        let files: std::collections::BTreeMap<String, String> = files.collect();
        let tree = SourceTree::from_texts(&files);
        let (edition, problems) = Session::once(&tree, &options());
        report::judge(&tree, &problems);
        if let Some(edition) = edition.filter(|_| problems.errors() == 0) {
            let mut bytes = Vec::new();
            for page in pages(&edition, &tree) {
                let made = page.make(&mut bytes);
                assert!(bytes.len() < LARGEST, "{}: {} bytes", page.path(), bytes.len());
                // What one page can't do, the others needn't try.
                if made.is_err() {
                    break;
                }
            }
        }
        finish_work();
    }
);

/// The pages of a site, without its other files.
fn pages<'a>(edition: &'a Edition, tree: &'a SourceTree) -> impl Iterator<Item = OutputFile<'a>> {
    let files = edition.files(tree).into_iter().flatten();
    files.filter(|file| file.path().to_string().ends_with(".html"))
}
