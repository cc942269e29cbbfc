//! Names of files that programs leave beside the work of people.

use super::SourceTree;

/// Names that systems give to files of their own, in small letters.
const SYSTEMS: [&str; 5] = ["thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", "icon\r"];

/// The endings of backups, of what is left of a merge, of half a download and of other files that only a program needs.
const ENDINGS: [&str; 20] = [
    "asd",
    "autosave",
    "backup",
    "bak",
    "crdownload",
    "download",
    "lnk",
    "mine",
    "old",
    "orig",
    "part",
    "partial",
    "rej",
    "sav",
    "save",
    "swo",
    "swp",
    "temp",
    "tmp",
    "wbk",
];

/// The words between a file's name and a number that `git mergetool` gives to the versions that it compares.
const VERSIONS: [&str; 4] = ["_BACKUP_", "_BASE_", "_LOCAL_", "_REMOTE_"];

/// What services that keep folders alike write into the name of a second version, but for letters that some write large.
const CONFLICTS: [&str; 4] = [".sync-conflict-", "onflicted copy", "opia in conflitto", "onflikt stehende "];

/// How systems call a copy: the words before the name of what was copied.
const BEFORE: [(&str, &str); 3] = [("Copia ", "di "), ("Copy ", "of "), ("Kopie ", "von ")];

/// How systems call a copy: the words behind it.
const BEHIND: [&str; 6] = [" - Copia", " - Copy", " - Kopie", " copia", " copy", " Kopie"];

/// True if a name is one that an editor, an office program, a system, a version control or a download gives to a file of
/// its own, such as `~$verbale.docx`, `Thumbs.db` or `index.md.orig`.
///
/// Names that begin with a dot or end in `~` aren't asked for: they are hidden, and nobody expects to see them published.
pub fn is_leftover(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    name.starts_with("~$")
        || name.len() > 1 && name.starts_with('#') && name.ends_with('#')
        || SYSTEMS.iter().any(|system| name.eq_ignore_ascii_case(system))
        || ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known))
        || CONFLICTS.iter().any(|words| name.contains(words))
        || is_version(name)
}

/// True if a name is `A1_BASE_1234.md` or the like.
fn is_version(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    let number = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    number.len() < stem.len() && VERSIONS.iter().any(|word| number.ends_with(word))
}

/// The name of what was copied; none where a name isn't that of a copy.
fn copied(name: &str) -> Option<String> {
    let (stem, ending) = name.rsplit_once('.').map_or((name, ""), |(stem, _)| (stem, &name[stem.len()..]));
    let before = BEFORE.iter().find_map(|(copy, of)| numbered(stem.strip_prefix(copy)?).strip_prefix(of));
    let behind = || {
        let own = stem.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '(' | ')' | ' '));
        BEHIND.iter().find_map(|words| own.strip_suffix(words))
    };
    let own = before.or_else(behind).filter(|own| !own.is_empty())?;
    Some(format!("{own}{ending}"))
}

/// A text without the number of a copy at its start, such as `(2) `.
fn numbered(text: &str) -> &str {
    let rest = text.strip_prefix('(').and_then(|text| text.split_once(") "));
    rest.filter(|(number, _)| number.bytes().all(|byte| byte.is_ascii_digit()))
        .map_or(text, |(_, rest)| rest)
}

impl SourceTree {
    /// The path of what a file, or a folder that it lies in, is a copy of, where the system's name of a copy says so and
    /// the original lies beside it: `Copia di A1.md` beside `A1.md`.
    pub fn original(&self, path: &str) -> Option<String> {
        if !path.contains("opi") && !path.contains("opy") {
            return None;
        }
        let mut start = 0;
        for part in path.split('/') {
            let end = start + part.len();
            let original = copied(part).map(|own| format!("{}{own}", &path[..start]));
            if let Some(original) =
                original.filter(|original| self.find(original).is_some() || self.holds(original.as_ref()))
            {
                return Some(original);
            }
            start = end + 1;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_leave_is_told_from_what_people_write() {
        for name in [
            "~$relazione.docx",
            "~$A1.md",
            "Thumbs.db",
            "Desktop.ini",
            "index.md.bak",
            "index.md.orig",
            "A1.md.rej",
            "A1.tmp",
            "~WRL0003.tmp",
            "A1.md.swp",
            "#index.md#",
            "A1_BASE_4711.md",
            "verbale.pdf.crdownload",
            "A1.sync-conflict-20200101-120000-ABC.md",
            "A1 (copia in conflitto di Anna 2020-01-01).md",
            "foto.jpg.part",
        ] {
            assert!(is_leftover(name), "{name}");
        }
        for name in ["relazione.docx", "A1.md", "foto di gruppo #3.jpg", "dati.db", "piano_BASE.md", "2020.ini", "bak"]
        {
            assert!(!is_leftover(name), "{name}");
        }
    }

    #[test]
    fn a_copy_is_one_where_its_original_lies_beside_it() {
        let tree =
            SourceTree::from_texts(["content/pages/A1.md", "content/projects/ponte/index.md"].map(|path| (path, "")));
        for (path, original) in [
            ("content/pages/Copia di A1.md", Some("content/pages/A1.md")),
            ("content/pages/Copia (2) di A1.md", Some("content/pages/A1.md")),
            ("content/pages/A1 - Copia.md", Some("content/pages/A1.md")),
            ("content/pages/A1 - Copy (3).md", Some("content/pages/A1.md")),
            ("content/pages/A1 copia 2.md", Some("content/pages/A1.md")),
            ("content/projects/ponte - Kopie/index.md", Some("content/projects/ponte")),
            ("content/pages/Copia di delibera.pdf", None),
            ("content/pages/copie.md", None),
        ] {
            assert_eq!(tree.original(path).as_deref(), original, "{path}");
        }
    }
}
