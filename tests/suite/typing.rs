//! Whatever is typed into the demonstration site, problems are found, and each where there is something to look at.

#![expect(clippy::disallowed_methods, reason = "the test types into the demonstration's texts")]

use std::fs;

use camino::{Utf8Path, Utf8PathBuf};
use jiff::civil::date;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use vetro::{Drafts, Format, Lang, Messages, Options, SourceTree, locate, print};

/// What hands and pasting put into a text, from slips to things that no editor means.
const TYPED: [&str; 46] = [
    "---",
    "\n---\n",
    "\n",
    "\r\n",
    "\r",
    "\t",
    " ",
    ":",
    ": ",
    "- ",
    "\n  - ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "\"",
    "'",
    "&a ",
    "*a",
    "!x ",
    "? ",
    "|\n",
    ">\n",
    "#",
    "%",
    "@",
    "~",
    "<<: ",
    "\u{feff}",
    "\u{300}",
    "à",
    "😀",
    "\0",
    "1.5",
    "1e999",
    "-0",
    "31/02/2020",
    "2/0",
    "=> ",
    "entro il ",
    "](",
    "![](",
    "<script>",
    "../",
    "RSSMRA80A01H501U",
];

/// One change of a text, at places counted in its tokens.
#[derive(Clone, Debug)]
enum Change {
    Delete(Index),
    Duplicate(Index),
    Swap(Index, Index),
    Insert(Index, &'static str),
    /// A line goes elsewhere, as whole lines do when text is dragged.
    Move(Index, Index),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        any::<Index>().prop_map(Change::Delete),
        any::<Index>().prop_map(Change::Duplicate),
        any::<(Index, Index)>().prop_map(|(a, b)| Change::Swap(a, b)),
        (any::<Index>(), select(&TYPED[..])).prop_map(|(at, typed)| Change::Insert(at, typed)),
        any::<(Index, Index)>().prop_map(|(from, to)| Change::Move(from, to)),
    ]
}

/// A text in words, spaces and single marks.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut last = None;
    for c in text.chars() {
        let kind = if c.is_alphanumeric() {
            0
        } else if c == ' ' {
            1
        } else {
            2
        };
        match tokens.last_mut() {
            Some(token) if last == Some(kind) && kind < 2 => token.push(c),
            _ => tokens.push(c.to_string()),
        }
        last = Some(kind);
    }
    tokens
}

fn changed(text: &str, changes: &[Change]) -> String {
    let mut text = text.to_owned();
    for change in changes {
        let mut parts = match change {
            Change::Move(..) => text.split_inclusive('\n').map(str::to_owned).collect(),
            _ => tokens(&text),
        };
        if parts.is_empty() {
            parts.push(String::new());
        }
        let n = parts.len();
        match change {
            Change::Delete(at) => drop(parts.remove(at.index(n))),
            Change::Duplicate(at) => parts.insert(at.index(n), parts[at.index(n)].clone()),
            Change::Swap(a, b) => parts.swap(a.index(n), b.index(n)),
            Change::Insert(at, typed) => parts.insert(at.index(n), (*typed).to_owned()),
            Change::Move(from, to) => {
                let line = parts.remove(from.index(n));
                parts.insert(to.index(n), line);
            }
        }
        text = parts.concat();
    }
    text
}

/// The texts of the demonstration site.
fn demonstration() -> Vec<(String, String)> {
    let root = Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders: Vec<Utf8PathBuf> = vec![root.join("content")];
    let mut texts = vec![("site.toml".to_owned(), fs::read_to_string(root.join("site.toml")).unwrap())];
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir_utf8().unwrap() {
            let path = entry.unwrap().into_path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = fs::read_to_string(&path) {
                texts.push((path.strip_prefix(root).unwrap().to_string(), text));
            }
        }
    }
    texts.sort();
    texts
}

/// Checks a site and looks at every problem as people and programs are shown it. Gives their number.
fn look_at_every_problem(texts: &[(String, String)]) -> usize {
    let tree = SourceTree::from_texts(texts.iter().map(|(path, text)| (path, text)));
    let options = Options { as_of: date(2026, 11, 22), base: None, drafts: Drafts::Include, profiles: None };
    let (_, report) = vetro::Session::once(&tree, &options);
    let problems = locate(&tree, &report);
    for problem in &problems {
        let (at, bytes, text) = (&problem.location, &problem.bytes, &*problem.text);
        assert!(at.line >= 1 && at.column >= 1, "{problem:?}");
        assert!((at.line, at.column) <= (at.end_line, at.end_column), "{problem:?}");
        assert!(text.is_empty() || at.line <= text.split('\n').count(), "{problem:?}");
        assert!(text.is_empty() || text.get(bytes.clone()).is_some(), "{problem:?}");
    }
    for (i, problem) in problems.iter().enumerate() {
        assert!(problems[..i].iter().all(|other| other.diagnostic != problem.diagnostic), "twice: {problem:?}");
    }
    for format in [Format::Human { colour: true }, Format::Json] {
        print(&problems, format, &Messages::new(Lang::It), &mut Vec::new()).unwrap();
    }
    problems.len()
}

#[test]
fn the_demonstration_itself_has_no_problem() {
    assert_eq!(look_at_every_problem(&demonstration()), 0);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_slip_of_the_hand_makes_checking_fail(file in any::<Index>(), changes in prop::collection::vec(change(), 1..6)) {
        let mut texts = demonstration();
        let at = file.index(texts.len());
        let text = &mut texts[at].1;
        *text = changed(text, &changes);
        look_at_every_problem(&texts);
    }

    #[test]
    fn no_text_at_all_makes_checking_fail(
        file in any::<Index>(),
        front in "([a-z]{1,4}: |- |\\PC|\n|  |\"|\\[|\\{|&|\\*){0,40}",
        body in "(\\PC|\n|<|\\[|\\]|\\(|!|`|\\|){0,60}",
    ) {
        let mut texts = demonstration();
        let at = file.index(texts.len());
        let (path, text) = &mut texts[at];
        *text = if path.ends_with(".md") { format!("---\n{front}\n---\n{body}") } else { front };
        look_at_every_problem(&texts);
    }
}
