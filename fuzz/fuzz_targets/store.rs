//! What is kept of a site from one run to the next, changed and sealed anew: it is as good as none, or as what was read.
//!
//! The first byte of the input says which piece is changed, and whether the rest [changes](vetro_fuzz::changed) it or is it.

#![no_main]
#![expect(clippy::disallowed_methods, reason = "the macro of a target writes a file where libFuzzer is asked for one")]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use vetro::internals::{FOLDER, Store, check_folder, keep_with_texts};
use vetro_fuzz::folder::Folder;
use vetro_fuzz::{changed, options, report, site};

/// A site of which the store knows all.
struct Kept {
    folder: Folder,
    store: Store,
    /// What it knows, by its name.
    pieces: Vec<(String, Vec<u8>)>,
}

static KEPT: LazyLock<Kept> = LazyLock::new(|| {
    let folder = Folder::new();
    folder.fill(site::SOUND);
    folder.fill([("content/pages/a.md", "---\ntitel: Un errore\n---\nEcco [niente](niente.md).\n")]);
    // What was written just now may be written again unseen, and isn't kept.
    std::thread::sleep(std::time::Duration::from_secs(3));
    let store = Store::of(folder.path());
    read(&folder, &store);
    let names = folder
        .read(FOLDER)
        .into_iter()
        .filter_map(|(path, _)| Some(path.rsplit_once('/')?.1.to_owned()));
    let pieces: Vec<_> = names.filter_map(|name| Some((name.clone(), store.recall(&name)?))).collect();
    assert!(!pieces.is_empty());
    Kept { folder, store, pieces }
});

fuzz_target!(
    init: vetro_fuzz::work_alone(),
    |data: &[u8]| {
        let Kept { folder, store, pieces } = &*KEPT;
        let Some((first, rest)) = data.split_first() else { return };
        let (name, sound) = &pieces[usize::from(first / 2) % pieces.len()];
        let bytes = if first % 2 == 0 { changed(sound, rest) } else { rest.to_vec() };
        let texts = b"Ecco.\nEcco [A2](A2.md).\nEcco [niente](niente.md).\n".repeat(4);
        assert!(keep_with_texts(store, name, &bytes, &texts), "memory keeps it");
        read(folder, store);
        let _ = store.read_failure();
    }
);

fn read(folder: &Folder, store: &Store) {
    let (tree, site, problems) = check_folder(folder.path(), store, &options()).expect("its files are there");
    assert!(site.is_some(), "the settings aren't kept");
    report::judge(&tree, &problems);
}
