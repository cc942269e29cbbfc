//! Copies that systems make of files, by their names.

use super::tree::SourceTree;

/// Words that systems put before the name of a file that they copy.
const BEFORE: [(&str, &str); 3] = [("Copia ", "di "), ("Copy ", "of "), ("Kopie ", "von ")];

/// Words that systems put behind the name of a file that they copy.
const BEHIND: [&str; 6] = [" - Copia", " - Copy", " - Kopie", " copia", " copy", " Kopie"];

/// The name of the copied file. Returns `None` if a name isn't that of a copy.
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
    /// The path of the original of a file that is a copy, or is in a folder that is one, if the name is one that a system
    /// gives to copies and the original is beside it: `Copia di A1.md` beside `A1.md`.
    pub fn original(&self, path: &str) -> Option<String> {
        if !path.contains("opi") && !path.contains("opy") {
            return None;
        }
        let mut start = 0;
        for part in path.split('/') {
            let end = start + part.len();
            let original = copied(part).map(|own| format!("{}{own}", &path[..start]));
            if let Some(original) =
                original.filter(|original| self.find(original).is_some() || self.has_folder(original.as_ref()))
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
