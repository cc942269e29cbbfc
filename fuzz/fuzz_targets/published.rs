//! A published folder that somebody changed: it is refused, or read as far as it is sound, and filled with nothing lost
//! outside of it.
//!
//! The input are its files, each begun by a line `=== path`; one of the name `publish` asks for a publication.

#![no_main]
#![expect(clippy::disallowed_methods, reason = "the macro of a target writes a file where libFuzzer is asked for one")]

use std::ops::ControlFlow;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use vetro::internals::{Destination, FileId, Site, check_site, publish, published, renewed, stamps, withdrawn};
use vetro::{Claim, Drafts, OutputFile, OutputPath, SourceTree};
use vetro_fuzz::folder::Folder;
use vetro_fuzz::{options, site, text};

static SITE: LazyLock<(Folder, Site)> = LazyLock::new(|| {
    let (site, _) = check_site(&SourceTree::from_texts(site::SOUND), &options());
    (Folder::new(), site.expect("the settings are sound"))
});

fuzz_target!(
    init: vetro_fuzz::work_alone(),
    |data: &[u8]| {
        let (folder, site) = &*SITE;
        let files = site::files(&text(data));
        folder.clear();
        folder.fill([("outside.txt", "x"), ("index.html", "x")]);
        folder.fill(files.iter().map(|(path, text)| (format!("public/{path}"), text)));
        for claim in [Claim::Listed, Claim::Adopted] {
            let Ok(destination) = Destination::open_by(&folder.path().join("public"), &[], claim) else { continue };
            let _ = stamps(&destination);
            let gone = withdrawn(site, &destination, Drafts::Include);
            let _ = (gone.report(), renewed(site, FileId::NONE, &destination));
            if gone.note(&destination).is_ok() {
                assert_eq!(withdrawn(site, &destination, Drafts::Include), gone);
            }
            if files.contains_key("publish") {
                fill(&destination);
            }
        }
        assert_eq!(folder.read("").iter().filter(|(path, _)| !path.contains("/public/")).count(), 2);
    }
);

fn fill(destination: &Destination) {
    let file = |path| {
        let make = |bytes: &mut Vec<u8>| {
            bytes.push(b'x');
            Ok(())
        };
        OutputFile::new(OutputPath::parse(path).expect("a path"), make)
    };
    let files = ["index.html", "a/index.json"].map(file);
    let go_on = || ControlFlow::Continue(());
    if publish(destination, &files, &(), &go_on).is_ok() {
        let again = Destination::open(destination.path(), &[]).expect("it is published");
        assert_eq!(published(&again).len(), files.len());
    }
}
