//! Small sites.

use std::collections::BTreeMap;

use vetro::SourceTree;

/// The settings of a site in which no profile of rules is on.
pub const SETTINGS: &str = "[site]\ntitle = \"Promesse\"\nbase_url = \"https://example.org/a\"\nlanguages = [\"it\", \"en\"]\n[check]\nprofiles = []\n";

/// A sound site with a record of each kind, which others can name.
pub const SOUND: [(&str, &str); 7] = [
    ("site.toml", SETTINGS),
    (
        "content/units.yaml",
        "- {id: comune, name: Comune di Prova, kind: comune}\n- {id: casa, name: Casa, parent: comune}\n",
    ),
    (
        "content/plans/dup.yaml",
        "title: Documento unico\nadministration: comune\nvalidity: 2024-2026\nnodes:\n  - {code: uno, title: Uno}\n",
    ),
    ("content/objectives/2024/A2.md", "---\ntitle: Sportello casa\nunit: casa\n---\nEcco.\n"),
    (
        "content/objectives/2024/A1.md",
        "---\ntitle: Aprire la biblioteca\nunit: comune\nphases: [{title: Lavori, start: 2024-01-10, end: 2024-06-30}]\n\
        indicators: [{title: Sale, target: almeno 10, actual: 12}]\n---\nEcco [A2](A2.md).\n",
    ),
    (
        "content/projects/ponte/index.md",
        "---\ntitle: Ponte\nunit: comune\namount: 1.000,00 €\nmilestones: [{title: Gara, due: 2024-05-01}]\n---\nEcco.\n",
    ),
    ("content/projects/ponte/updates/2024-05-02-gara.md", "---\ntitle: Gara\ndate: 2024-05-02\n---\nEcco.\n"),
];

/// How many of these files others can name without a record of their own: each costs time in every run.
const NAMED: usize = 4;

/// The files of a site. A line `=== path` begins one, as in `tests/faults/`; what stands after the path is no part of it.
pub fn files(text: &str) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut rest = text;
    while let Some(start) = rest.find("=== ") {
        let (head, body) = rest[start + 4..].split_once('\n').unwrap_or((&rest[start + 4..], ""));
        let end = body.find("\n=== ").map_or(body.len(), |end| end + 1);
        let path = head.split_whitespace().next().unwrap_or_default();
        files.insert(path.to_owned(), body[..end].to_owned());
        rest = &body[end..];
    }
    files
}

/// The part of the sound site that any file can name, with one file more or in place of its own.
pub fn with(path: &str, text: &str) -> SourceTree {
    let others = SOUND.into_iter().take(NAMED).filter(|(other, _)| *other != path);
    SourceTree::from_texts(others.chain([(path, text)]))
}
