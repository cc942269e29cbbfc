//! What a build makes after any change of a site is what it would make from nothing, byte for byte; and it makes no page
//! that reads nothing of the change.

#![expect(clippy::disallowed_methods, reason = "the oracle borrows the stamp of a real file, and writes sites")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::time::{Duration, SystemTime};

use super::common::TODAY;
use super::dice::Dice;
use super::edits::{PLAN, Texts, UNITS, change, site};
use crate::check::Drafts;
use crate::incremental::build_cache::FileCache;
use crate::incremental::build_cache::PreviousBuild;
use crate::incremental::file_stamp::FileStamp;
use crate::source::{ChangedPaths, SourceTree};
use crate::{Options, Session, incremental::query};
use camino::Utf8Path;

/// How many sequences of changes are tried; `VETRO_SEQUENCES` asks for more.
fn sequences() -> u64 {
    std::env::var("VETRO_SEQUENCES").ok().and_then(|n| n.parse().ok()).unwrap_or(12)
}

/// How many changes a sequence has.
const CHANGES: usize = 20;

/// A published folder that is no folder: its files and what the last build left for the next.
#[derive(Default)]
struct Folder {
    files: BTreeMap<String, Vec<u8>>,
    kept: Option<Vec<u8>>,
}

/// What a build did, by the paths of files.
struct Build {
    made: Vec<String>,
    /// Those that were left as they were, and would have come out otherwise.
    stale: Vec<String>,
}

impl Folder {
    /// Builds as `vetro build` does; none where the site is wrong.
    fn build(&mut self, texts: &Texts, options: &Options, stamp: FileStamp) -> Option<Build> {
        let tree = SourceTree::from_texts(texts);
        let (edition, report) = Session::once(&tree, options);
        let edition = edition.filter(|_| report.errors() == 0)?;
        let cache = edition.build_cache(self.kept.clone().and_then(PreviousBuild::read), None);
        let mut build = Build { made: Vec::new(), stale: Vec::new() };
        let mut files = BTreeMap::new();
        for file in edition.files(&tree).expect("every address is a path") {
            let path = file.path().to_string();
            let mut bytes = Vec::new();
            let (result, read) = query::traced(|| file.make(&mut bytes));
            result.expect("the theme makes every page");
            if cache.known_stamp(file.path()).is_some() {
                cache.keep(file.path(), stamp, None);
                if self.files.get(&path) != Some(&bytes) {
                    build.stale.push(path.clone());
                }
            } else {
                cache.keep(file.path(), stamp, Some(read));
                build.made.push(path.clone());
            }
            files.insert(path, bytes);
        }
        self.kept = cache.bytes().map(|pieces| pieces.concat()).or(self.kept.take());
        self.files = files;
        Some(build)
    }
}

fn options() -> Options {
    Options { as_of: "2020-08-01".parse().expect("a day"), base: None, drafts: Drafts::Exclude, profiles: None }
}

fn stamp() -> FileStamp {
    let file = fs::metadata(file!()).expect("tests run in the repository");
    FileStamp::of(&file).expect("a file has a time")
}

#[test]
fn what_a_build_makes_after_any_change_is_what_it_makes_from_nothing() {
    use rayon::prelude::*;

    let compared: usize = (1..=sequences())
        .into_par_iter()
        .map(|seed| {
            let mut dice = Dice::of_round(seed);
            let (mut texts, mut options, mut folder) = (site(&mut dice), options(), Folder::default());
            let mut story = Vec::new();
            let mut compared = 0;
            for _ in 0..CHANGES {
                if let Some(build) = folder.build(&texts, &options, stamp()) {
                    assert_eq!(build.stale, [""; 0], "seed {seed}: {story:#?}");
                    compared += folder.files.len() - build.made.len();
                }
                story.push(change(&mut dice, &mut texts, &mut options));
            }
            compared
        })
        .sum();
    println!("{compared} files were left as they were, rightly");
    // Else nothing was put to the proof.
    assert!(compared > usize::try_from(sequences()).expect("few") * CHANGES, "{compared} files were left as they were");
}

#[test]
fn a_site_that_is_edited_again_is_the_one_that_is_edited_anew() {
    use rayon::prelude::*;

    (0..sequences().div_ceil(4)).into_par_iter().for_each(|seed| {
        let mut dice = Dice(seed + 11);
        let (mut texts, mut options) = (site(&mut dice), options());
        let mut session = Session::default();
        let mut story = Vec::new();
        for _ in 0..CHANGES {
            let tree = SourceTree::from_texts(&texts);
            let again = made(session.edition_of(&tree, &options), &tree);
            assert!(again == made(Session::once(&tree, &options), &tree), "seed {seed}: {story:#?}");
            story.push(change(&mut dice, &mut texts, &mut options));
        }
    });
}

/// Brings a folder up to the texts, from what was written of them last; what changes is as of that time.
fn save(root: &Utf8Path, texts: &Texts, written: &mut Texts, time: SystemTime) -> ChangedPaths {
    let mut touched = ChangedPaths::new();
    for path in written.keys().filter(|path| !texts.contains_key(*path)) {
        fs::remove_file(root.join(path)).expect("it was written");
        touched.insert(path.into());
    }
    for (path, text) in texts.iter().filter(|(path, text)| written.get(*path) != Some(text)) {
        let place = root.join(path);
        fs::create_dir_all(place.parent().expect("a folder")).expect("it can be made");
        fs::write(&place, text).expect("it can be written");
        let file = File::options().write(true).open(&place).expect("it is there");
        file.set_modified(time).expect("its time can be set");
        touched.insert(path.into());
    }
    written.clone_from(texts);
    // A change of this moment may be followed by another that no stamp tells from it.
    std::thread::sleep(Duration::from_millis(30));
    touched
}

#[test]
fn a_site_of_which_much_is_kept_beside_its_sources_is_the_one_of_which_nothing_is() {
    use rayon::prelude::*;

    (0..sequences().div_ceil(4)).into_par_iter().for_each(|seed| {
        let mut dice = Dice(seed + 23);
        let (mut texts, mut options) = (site(&mut dice), options());
        let folder = tempfile::tempdir().expect("a folder");
        let root = Utf8Path::from_path(folder.path()).expect("UTF-8");
        let mut written = Texts::new();
        let mut story = Vec::new();
        for time in 1..=CHANGES {
            // Long ago, each time later: so what is written is known to be written, and the rest not to be.
            let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000 + 60 * u64::try_from(time).expect("few"));
            save(root, &texts, &mut written, time);
            let (tree, edition, report) = Session::once_in(root, &options).expect("it can be read");
            let anew = SourceTree::from_texts(&texts);
            assert!(
                made((edition, report), &tree) == made(Session::once(&anew, &options), &anew),
                "seed {seed}: {story:#?}"
            );
            story.push(change(&mut dice, &mut texts, &mut options));
        }
    });
}

/// Words that name, order or join something, and others in their places: a path, the one and the other.
const NAMING: [(&str, &str, &str); 35] = [
    ("site.toml", "title = \"Promesse\"", "title = \"Impegni\""),
    ("site.toml", "languages = [\"it\", \"de\"]", "languages = [\"it\"]"),
    ("content/units.yaml", "name: Cultura", "name: Zattere"),
    ("content/units.yaml", "id: comune/strade, name", "id: comune/ponti, name"),
    ("content/units.yaml", "name: Strade, parent: comune,", "name: Strade, parent: comune/cultura,"),
    ("content/plans/dup.yaml", "title: Leggere", "title: Zappare"),
    ("content/plans/dup.yaml", "title: Documento", "title: Zibaldone"),
    ("content/plans/dup.yaml", "code: '1.2'", "code: '1.3'"),
    ("content/objectives/2020/A1.md", "title: Biblioteche", "title: Zone verdi"),
    ("content/objectives/2020/A1.md", "unit: comune/cultura", "unit: comune"),
    ("content/objectives/2020/C2.md", "unit: provincia", "unit: regione"),
    ("content/objectives/2020/A1.md", "unit:", "code: A0\nunit:"),
    ("content/objectives/2020/A1.md", "plan: '1.1'", "plan: '1'"),
    ("content/objectives/2020/A1.md", "type: Sviluppo", "type: Manutenzione"),
    ("content/objectives/2020/A1.md", "state: sospeso\n", ""),
    ("content/objectives/2020/A1.md", "actual: '120'", "actual: '80'"),
    ("content/objectives/2020/A1.md", "end: 2020-05-15", "end: 2021-05-15"),
    ("content/objectives/2020/A1.md", "thread: prestiti", "thread: libri"),
    ("content/objectives/2020/A1.md", "unit:", "continues: 2019_A1\nunit:"),
    ("content/objectives/2020/A1.md", "unit:", "projects: ponte\nunit:"),
    ("content/objectives/2020/A1.md", "unit:", "aliases: [vecchio]\nunit:"),
    ("content/objectives/2020/A1.md", "Si presta.", "Si presta, vedi [il metodo](/content/pages/metodo.md)."),
    ("content/objectives/2020/A1.md", "---\ntitle", "---\ndraft: true\ntitle"),
    ("content/projects/ponte/index.md", "title: Il ponte", "title: Zattera"),
    ("content/projects/ponte/index.md", "unit: comune/strade", "unit: comune/cultura"),
    ("content/projects/ponte/index.md", "plan: '1.1'", "plan: '1'"),
    ("content/projects/ponte/index.md", "title:", "code: P9\ntitle:"),
    ("content/projects/ponte/index.md", "amount: 9.000 €", "amount: 8.000 €"),
    ("content/projects/ponte/updates/2020-05-01-inizio.md", "title: Inizio", "title: Zitti"),
    ("content/projects/ponte/updates/2020-05-01-inizio.md", "title:", "milestone: Gara\ntitle:"),
    ("content/projects/ponte/updates/2020-05-01-inizio.md", "title:", "lifecycle: completed\ntitle:"),
    ("content/pages/metodo.md", "title: Metodo", "title: Zoom"),
    ("content/pages/glossario.md", "## PO", "## Biblioteche"),
    ("content/objectives/2020/A1.de.md", "title: Bibliotheken", "title: Zonen"),
    ("themes/default/templates/map.html", "Uno", "Due"),
];

#[test]
fn each_word_that_names_something_is_read_when_a_site_is_edited_again() {
    use rayon::prelude::*;

    let mut texts = site(&mut Dice(3));
    let mut write = |path: &str, text: &str| drop(texts.insert(path.to_owned(), text.to_owned()));
    write(
        "content/pages/metodo.md",
        "---\ntitle: Metodo\n---\nCome si legge, e che cosa è [fermo](/2020/stato/sospeso/).\n",
    );
    let units = UNITS.replace("id: comune/strade, name: Strade", "id: comune/vie, name: Vie");
    write(
        "content/units.yaml",
        &format!(
            "{units}- {{id: comune/strade, name: Strade, parent: comune, kind: direzione}}\n\
             - {{id: provincia, name: Provincia}}\n- {{id: regione, name: Regione}}\n"
        ),
    );
    // One code in two administrations.
    for (stem, unit) in [("C1", "comune"), ("C2", "provincia")] {
        let text = format!("---\ntitle: Parchi\ncode: C1\nunit: {unit}\n---\nSi pianta.\n");
        write(&format!("content/objectives/2020/{stem}.md"), &text);
    }
    write("content/plans/dup.yaml", PLAN);
    write(
        "content/objectives/2020/A1.md",
        "---\ntitle: Biblioteche\nunit: comune/cultura\nplan: '1.1'\ntype: Sviluppo\nstate: sospeso\nphases:\n  - {title: Avvio, end: 2020-05-15}\n\
         indicators:\n  - {title: Prestiti, target: almeno 100, actual: '120', thread: prestiti}\n---\nSi presta.\n",
    );
    write("content/objectives/2020/A1.de.md", "---\ntitle: Bibliotheken\n---\nEs wird verliehen.\n");
    write(
        "content/projects/ponte/index.md",
        "---\ntitle: Il ponte\nunit: comune/strade\nplan: '1.1'\namount: 9.000 €\nmilestones:\n  - {title: Gara, due: 2020-03}\n\
         ---\nSi attraversa.\n",
    );
    write("content/projects/ponte/updates/2020-05-01-inizio.md", "---\ntitle: Inizio\n---\nEcco.\n");
    let map = "{% extends \"default/map.html\" %}{% block body %}Uno{% endblock %}";
    write("themes/default/templates/map.html", map);
    let options = options();
    let anew = |texts: &Texts, options: &Options| {
        let tree = SourceTree::from_texts(texts);
        made(Session::once(&tree, options), &tree)
    };
    let before = anew(&texts, &options);
    let again = |texts: &Texts, options: &Options, session: &mut Session| {
        let tree = SourceTree::from_texts(texts);
        made(session.edition_of(&tree, options), &tree)
    };
    NAMING.into_par_iter().for_each(|(path, from, to)| {
        let mut session = Session::default();
        assert!(again(&texts, &options, &mut session) == before, "{path}");
        let mut changed = texts.clone();
        let text = changed.get_mut(path).expect("a text");
        assert!(text.contains(from), "{path}: {from}");
        *text = text.replacen(from, to, 1);
        let then = anew(&changed, &options);
        assert!(then != before, "{path}: {to}");
        assert!(again(&changed, &options, &mut session) == then, "{path}: {to}");
        assert!(again(&texts, &options, &mut session) == before, "{path}: {from}");
    });
    let (mut session, later) = (Session::default(), Options { as_of: TODAY, ..options.clone() });
    for options in [&options, &later, &options] {
        assert!(again(&texts, options, &mut session) == anew(&texts, options), "{}", options.as_of);
    }
}

#[test]
fn a_folder_that_was_read_before_is_read_as_one_that_was_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = Utf8Path::from_path(folder.path()).expect("UTF-8");
    let mut dice = Dice(5);
    let (mut texts, mut options) = (site(&mut dice), options());
    let mut on_disk = Texts::new();
    let long_ago = SystemTime::now() - Duration::from_secs(100_000);
    let mut recalled = 0;
    let mut session = Session::new(root);
    for time in 0..CHANGES as u64 {
        recalled += on_disk.iter().filter(|(path, text)| texts.get(*path) == Some(text)).count();
        let touched = save(root, &texts, &mut on_disk, long_ago + Duration::from_secs(time));
        let (tree, edition, report) = Session::once_in(root, &options).expect("a folder");
        let again = made((edition, report), &tree);
        let (tree, mut report) = crate::source::read(root).expect("a folder");
        let (edition, problems) = Session::once(&tree, &options);
        report.extend(problems);
        let anew = made((edition, report), &tree);
        assert!(again == anew, "{texts:#?}");
        let (tree, edition, report) = session.edition(&options, &Default::default(), Some(&touched)).expect("a folder");
        assert!(made((edition, report), &tree) == anew, "{texts:#?}");
        change(&mut dice, &mut texts, &mut options);
    }
    assert!(recalled > 5 * CHANGES, "{recalled} texts were known");
}

/// The problems of an edition, and its files where there are none.
fn made(
    (edition, report): (Option<crate::Edition>, crate::diagnostic::Report),
    tree: &SourceTree,
) -> (Vec<String>, Option<BTreeMap<String, Vec<u8>>>) {
    let problems = report.iter().map(|problem| format!("{problem:?}")).collect();
    let files = edition.filter(|_| report.errors() == 0).map(|edition| {
        let bytes = |file: crate::output::OutputFile<'_>| {
            let mut bytes = Vec::new();
            file.make(&mut bytes).expect("the theme makes every page");
            (file.path().to_string(), bytes)
        };
        let files = edition.files(tree).expect("every address is a path");
        files.into_iter().map(bytes).collect()
    });
    (problems, files)
}

/// The files that are made again after a change of one text, but for those of every build.
fn made_after(path: &str, from: &str, to: &str) -> Vec<String> {
    let mut dice = Dice(7);
    let (mut texts, options, mut folder) = (site(&mut dice), options(), Folder::default());
    texts.insert(
        "content/objectives/2020/A1.md".to_owned(),
        "---\ntitle: La mensa\nunit: comune/cultura\nplan: '1.1'\nindicators:\n  - {title: Pasti, target: almeno 10}\n\
         ---\nSi cucina.\n"
            .to_owned(),
    );
    folder.build(&texts, &options, stamp()).expect("a sound site");
    let idle = folder.build(&texts, &options, stamp()).expect("a sound site");
    let text = texts.get_mut(path).expect("a text");
    assert!(text.contains(from), "{text}");
    *text = text.replace(from, to);
    let made = folder.build(&texts, &options, stamp()).expect("a sound site").made;
    made.into_iter().filter(|path| !idle.made.contains(path)).collect()
}

#[test]
fn another_text_of_an_objective_is_read_by_its_own_pages_and_the_search() {
    let made = made_after("content/objectives/2020/A1.md", "Si cucina.", "Si cucina e si mangia.");
    // A search shows how the text begins.
    let search = ["data/search/it/docs-0.json", "data/search/de/docs-0.json"];
    assert_eq!(made, ["2020/a1/index.html", "de/2020/a1/index.html", "2020/a1/index.json", search[0], search[1]]);
}

#[test]
fn another_note_of_an_objective_is_read_by_its_data_too() {
    let made =
        made_after("content/objectives/2020/A1.md", "unit: comune/cultura", "unit: comune/cultura\nnote: Dal 2021.");
    let data = ["csv", "json"].map(|form| ["objectives", "phases", "indicators"].map(|of| format!("data/{of}.{form}")));
    let own = ["2020/a1/index.html", "de/2020/a1/index.html", "2020/a1/index.json"];
    let own = own
        .into_iter()
        .chain(["data/search/it/docs-0.json", "data/search/de/docs-0.json"])
        .map(str::to_owned);
    let (made, read): (BTreeSet<String>, BTreeSet<String>) =
        (made.into_iter().collect(), data.into_iter().flatten().chain(own).collect());
    assert_eq!(made, read);
}

#[test]
fn another_title_of_an_objective_is_read_by_what_lists_it_too() {
    let made = made_after("content/objectives/2020/A1.md", "title: La mensa", "title: Le mense");
    for path in
        ["2020/a1/index.html", "2020/index.html", "uffici/comune/cultura/index.html", "piani/dup/1-1/index.html"]
    {
        assert!(made.iter().any(|made| made == path), "{path}: {made:?}");
    }
    for path in
        ["2019/index.html", "uffici/comune/strade/index.html", "progetti/ponte/index.html", "2020/b1/index.html"]
    {
        assert!(!made.iter().any(|made| made == path), "{path}: {made:?}");
    }
}

#[test]
fn a_damaged_cache_or_another_programs_is_as_good_as_none() {
    let mut dice = Dice(7);
    let (texts, options, mut folder) = (site(&mut dice), options(), Folder::default());
    let all = folder.build(&texts, &options, stamp()).expect("a sound site").made.len();
    let kept = folder.kept.clone().expect("a build leaves a cache");
    assert!(folder.build(&texts, &options, stamp()).expect("a sound site").made.len() < all / 2);
    for place in (0..kept.len()).step_by(kept.len() / 8) {
        let mut damaged = kept.clone();
        damaged[place] ^= 1;
        folder.kept = Some(damaged);
        assert_eq!(folder.build(&texts, &options, stamp()).expect("a sound site").made.len(), all, "byte {place}");
        folder.kept = Some(kept[..place].to_vec());
        assert_eq!(folder.build(&texts, &options, stamp()).expect("a sound site").made.len(), all, "{place} bytes");
    }
}
