//! Names of files that programs leave beside the work of people.

/// Names that systems give to files of their own, in small letters.
const SYSTEMS: [&str; 5] = ["thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", "icon\r"];

/// The endings of backups, remains of a merge, half downloads and other files that only a program needs.
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

/// Words that services that synchronise folders write into the name of a second version, without first letters that some
/// write large.
const CONFLICTS: [&str; 4] = [".sync-conflict-", "onflicted copy", "opia in conflitto", "onflikt stehende "];

/// True if a name is one that an editor, an office program, a system, a version control or a download gives to a file of
/// its own, such as `~$verbale.docx`, `Thumbs.db` or `index.md.orig`.
///
/// Names that begin with a dot or end in `~` aren't recognised: they are hidden, and nobody expects to see them published.
pub(crate) fn is_leftover(name: &str) -> bool {
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
}
