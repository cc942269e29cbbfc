//! Reads the import table below against the imports that the code really has, so that the table can't rot.
//!
//! The bans on files and the clock are clippy's (`clippy.toml`); here is only who may name whom.

#![expect(clippy::disallowed_methods, reason = "the test reads the source tree")]

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Each module of the crate and what it may import from the crate. A row names only rows above it, so there are no
/// circles. `lib` stands for what `lib.rs` itself declares: the pipeline as one function.
const TABLE: &[(&str, &[&str])] = &[
    ("work", &[]),
    ("regular_file", &[]),
    ("output", &[]),
    ("incremental", &["work", "regular_file", "output"]),
    ("editor_files", &[]),
    ("model", &["work", "incremental"]),
    ("timings", &["incremental", "output"]),
    ("text", &["model"]),
    ("diagnostic", &["work", "model", "output", "text"]),
    ("source", &["incremental", "model", "diagnostic"]),
    ("parse", &["work", "incremental", "model", "diagnostic", "source"]),
    ("catalogue", &["work", "incremental", "model", "parse"]),
    ("check", &["work", "incremental", "model", "output", "diagnostic", "parse", "catalogue"]),
    ("site", &["work", "incremental", "model", "output", "text", "diagnostic", "catalogue"]),
    ("render", &["work", "incremental", "model", "output", "text", "diagnostic", "source", "catalogue", "site"]),
    ("export", &["incremental", "model", "output", "text", "catalogue", "site", "render::markdown"]),
    ("publish", &["incremental", "regular_file", "output"]),
    ("withdrawal", &["model", "diagnostic", "check", "site", "publish"]),
    ("feed_ids", &["model", "diagnostic", "site", "publish"]),
    ("theme_input", &["incremental", "model", "catalogue", "diagnostic", "source", "render"]),
    (
        "edition",
        &[
            "check",
            "diagnostic",
            "export",
            "feed_ids",
            "incremental",
            "model",
            "output",
            "publish",
            "render",
            "site",
            "source",
            "withdrawal",
        ],
    ),
    (
        "session",
        &[
            "check",
            "diagnostic",
            "edition",
            "export",
            "incremental",
            "parse",
            "render",
            "site",
            "source",
            "text",
            "theme_input",
            "timings",
            "lib",
        ],
    ),
    (
        "pipeline",
        &[
            "check",
            "diagnostic",
            "edition",
            "incremental",
            "output",
            "publish",
            "session",
            "source",
            "timings",
            "withdrawal",
            "lib",
        ],
    ),
    ("watch", &["source"]),
    ("interrupt", &[]),
    ("autofix", &["model", "diagnostic", "source", "parse", "lib"]),
    ("serve", &["model", "output", "text", "diagnostic", "source", "parse", "site", "watch", "interrupt", "lib"]),
    ("lsp", &["model", "text", "diagnostic", "source", "parse", "catalogue", "check", "site", "watch", "lib"]),
    (
        "cli",
        &[
            "model",
            "output",
            "text",
            "regular_file",
            "diagnostic",
            "source",
            "parse",
            "catalogue",
            "check",
            "site",
            "render",
            "export",
            "publish",
            "autofix",
            "serve",
            "lsp",
            "watch",
            "interrupt",
            "timings",
            "editor_files",
            "lib",
        ],
    ),
];

/// The files that put the modules together or open them, and so may name any.
const FREE: [&str; 3] = ["lib.rs", "internals.rs", "main.rs"];

#[test]
fn the_fuzz_targets_keep_the_lints_of_the_house() {
    let lints = |path: &str| {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
        toml::from_str::<toml::Table>(&text).unwrap()["lints"].clone()
    };
    assert_eq!(lints("fuzz/Cargo.toml"), lints("Cargo.toml"));
}

#[test]
fn the_readme_of_the_tests_names_every_file_with_tests() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let readme = fs::read_to_string(tests.join("README.md")).unwrap();
    let files = ["suite", "inside"].into_iter().flat_map(|folder| rust_files(&tests.join(folder)));
    let names = files.map(|file| file.file_name().unwrap().to_owned());
    let missing: Vec<String> = (names.map(|name| name.into_string().unwrap()))
        .filter(|name| !readme.contains(&format!("`{name}`")) && name != "main.rs" && name != "mod.rs")
        .collect();
    assert_eq!(missing, [""; 0]);
}

/// Limit of the names that the library gives to other programs.
const OPEN_NAMES: usize = 80;

#[test]
fn the_library_opens_few_names() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs");
    let code = fs::read_to_string(source).unwrap();
    let lists = code.split("\npub use ").skip(1).map(|rest| rest.split(';').next().unwrap_or_default());
    let names: Vec<&str> = lists
        .flat_map(|list| list.rsplit_once("::").map_or(list, |(_, names)| names).split(','))
        .map(|name| name.trim_matches(|c: char| c.is_whitespace() || "{}".contains(c)))
        .filter(|name| !name.is_empty())
        .collect();
    assert!(names.contains(&"build") && names.contains(&"Verdict"), "{names:?}");
    assert!(names.len() <= OPEN_NAMES, "{} names: {names:?}", names.len());
    assert!(!code.lines().any(|line| line.starts_with("pub mod ") && line != "pub mod internals;"));
}

#[test]
fn every_module_imports_only_what_the_table_allows() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut faults = Vec::new();
    for file in rust_files(&source) {
        let path = file.strip_prefix(&source).unwrap().to_str().unwrap().replace('\\', "/");
        if !FREE.contains(&path.as_str()) {
            faults.extend(forbidden_imports(&path, &fs::read_to_string(&file).unwrap()));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn pages_and_exports_ask_for_records_and_never_take_them() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = ["render", "export"].into_iter().flat_map(|module| rust_files(&source.join(module)));
    let files = files.filter(|file| !file.ends_with("testing.rs") && !file.ends_with("sample.rs"));
    let taken: Vec<String> = files.flat_map(|file| taken(&fs::read_to_string(&file).unwrap())).collect();
    assert_eq!(taken, [""; 0], "the catalogue's lists are read without a note: ask by id");
}

#[test]
fn a_list_that_is_taken_is_found() {
    for code in [
        "fn f() { site.catalogue.units.len() }",
        "fn f() { g(&cx.catalogue().projects) }",
        "fn f() { catalogue.pages }",
    ] {
        assert_eq!(taken(code).len(), 1, "{code}");
    }
    for code in
        ["fn f() { catalogue.unit_ids() }", "fn f() { site.units }", "mod tests { fn f() { site.catalogue.units } }"]
    {
        assert_eq!(taken(code), [""; 0], "{code}");
    }
}

/// The catalogue's own lists that code names, with its modules of tests left out.
fn taken(code: &str) -> Vec<String> {
    const LISTS: [&str; 8] = ["units", "plans", "nodes", "objectives", "projects", "updates", "threads", "pages"];
    fn find(tokens: TokenStream, found: &mut Vec<String>) {
        let mut tokens: Vec<TokenTree> = tokens.into_iter().collect();
        // `catalogue()` is `catalogue`.
        let is_call = |token: &TokenTree| matches!(token, TokenTree::Group(group) if group.stream().is_empty());
        let calls: Vec<usize> = (1..tokens.len())
            .filter(|at| is_call(&tokens[*at]) && tokens[at - 1].to_string() == "catalogue")
            .collect();
        calls.into_iter().rev().for_each(|at| drop(tokens.remove(at)));
        let is_list = |name: &TokenTree| LISTS.contains(&name.to_string().as_str());
        for at in 0..tokens.len() {
            match &tokens[at..] {
                [catalogue, TokenTree::Punct(dot), name, ..]
                    if catalogue.to_string() == "catalogue" && dot.as_char() == '.' && is_list(name) =>
                {
                    found.push(format!("catalogue.{name}"));
                }
                [TokenTree::Group(group), ..] => {
                    let named = at > 0 && tokens[at - 1].to_string() == "tests";
                    if !named {
                        find(group.stream(), found);
                    }
                }
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    find(code.parse().unwrap(), &mut found);
    found
}

#[test]
fn the_table_has_no_circles() {
    for (row, (module, imports)) in TABLE.iter().enumerate() {
        for import in *imports {
            let name = import.split("::").next().unwrap();
            let above = TABLE[..row].iter().any(|(other, _)| *other == name);
            assert!(name == "lib" || above, "`{module}` imports `{import}`, which is not above it");
        }
    }
}

#[test]
fn a_forbidden_import_is_found_however_it_is_written() {
    for code in [
        "use crate::render::Theme;",
        "use crate::{model::Year, render::{Theme, View}};",
        "use crate::{render};",
        "fn page() -> crate::render::Page { crate::render::page() }",
        "use super::super::render::Page;",
        "use super::{super::render::Page, Route};",
        "mod inner { use super::super::super::render; }",
        "macro_rules! page { () => { $crate::render::page() } }",
    ] {
        let faults = forbidden_imports("site/menu.rs", code);
        let [fault, ..] = &faults[..] else { panic!("nothing found in {code}") };
        assert!(fault.starts_with("src/site/menu.rs: `site` may not import `render"), "{fault}");
    }
}

#[test]
fn an_import_that_the_table_allows_is_let_through() {
    for code in [
        "use crate::model::Year;",
        "use crate::site::Route;",
        "use super::Route;",
        "use super::super::model::Year;",
        "use self::render::Row; mod render {}",
        "// use crate::render::Theme;\n/// [`crate::render::Theme`]\nconst TEXT: &str = \"crate::render::Theme\";",
        "#[cfg(test)] mod tests { use crate::render::Theme; }",
    ] {
        assert_eq!(forbidden_imports("site/menu.rs", code), [""; 0], "{code}");
    }
}

#[test]
fn a_row_may_open_one_submodule_and_no_more() {
    assert_eq!(forbidden_imports("export/rss.rs", "use crate::render::markdown::to_html;"), [""; 0]);
    assert_eq!(
        forbidden_imports("export/rss.rs", "use crate::render::{self, markdown};"),
        ["src/export/rss.rs: `export` may not import `render`"],
    );
}

#[test]
fn what_lib_declares_is_open_to_those_that_run_the_pipeline() {
    assert_eq!(forbidden_imports("serve/mod.rs", "use crate::build;"), [""; 0]);
    assert_eq!(
        forbidden_imports("site/mod.rs", "use crate::build;"),
        ["src/site/mod.rs: `site` may not import `build`"]
    );
}

#[test]
fn a_module_without_a_row_is_a_fault() {
    assert_eq!(forbidden_imports("helper.rs", ""), ["src/helper.rs: `helper` has no row in the table"]);
}

/// The faults of one file of `src/`, as sentences; `path` is relative to `src/`, with forward slashes.
fn forbidden_imports(path: &str, code: &str) -> Vec<String> {
    let place = module_path(path);
    let module = place[0];
    let Some((_, allowed)) = TABLE.iter().find(|(name, _)| *name == module) else {
        return vec![format!("src/{path}: `{module}` has no row in the table")];
    };
    if place.contains(&"tests") {
        return Vec::new();
    }
    let tokens: TokenStream = code.parse().unwrap_or_else(|error| panic!("src/{path}: {error}"));
    let mut imports = Vec::new();
    collect_imports(tokens, place.len(), &mut imports);
    imports.retain(|import| import[0] != module && !allowed.iter().any(|entry| opens(entry, import)));
    imports.sort();
    imports.dedup();
    imports
        .iter()
        .map(|import| format!("src/{path}: `{module}` may not import `{}`", import.join("::")))
        .collect()
}

/// `site/menu.rs` is the module `site::menu`, `site/mod.rs` and `site.rs` are `site`.
fn module_path(path: &str) -> Vec<&str> {
    path.trim_end_matches(".rs").split('/').filter(|segment| *segment != "mod").collect()
}

/// Whether a table entry lets a path through: the path lies in it, or is an item that `lib.rs` declares.
fn opens(entry: &str, import: &[String]) -> bool {
    if entry == "lib" {
        return !TABLE.iter().any(|(name, _)| *name == import[0]);
    }
    entry
        .split("::")
        .enumerate()
        .all(|(at, segment)| import.get(at).is_some_and(|found| found == segment))
}

/// Collects the paths, counted from the crate's root, that code in a module `depth` levels below the root names.
/// Modules called `tests` are left out: what the table orders is the program.
fn collect_imports(tokens: TokenStream, depth: usize, imports: &mut Vec<Vec<String>>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at..] {
            [TokenTree::Ident(keyword), TokenTree::Ident(name), TokenTree::Group(body), ..] if keyword == "mod" => {
                if name != "tests" {
                    collect_imports(body.stream(), depth + 1, imports);
                }
                at += 3;
            }
            [TokenTree::Ident(root), ..] if root == "crate" && is_path_separator(&tokens, at + 1) => {
                at = follow_path(&tokens, at + 3, 0, Vec::new(), imports);
            }
            [TokenTree::Ident(parent), ..] if parent == "super" => {
                at = follow_path(&tokens, at, depth, Vec::new(), imports);
            }
            [TokenTree::Group(group), ..] => {
                collect_imports(group.stream(), depth, imports);
                at += 1;
            }
            _ => at += 1,
        }
    }
}

/// Follows one path, or each branch of a use tree, from the token at `at`, `left` levels below the crate's root, and
/// gives the index of the token after it.
fn follow_path(
    tokens: &[TokenTree],
    mut at: usize,
    mut left: usize,
    mut path: Vec<String>,
    imports: &mut Vec<Vec<String>>,
) -> usize {
    loop {
        match tokens.get(at) {
            Some(TokenTree::Ident(name)) if name == "super" => left = left.saturating_sub(1),
            Some(TokenTree::Ident(name)) if name == "self" => {}
            Some(TokenTree::Ident(name)) => path.push(name.to_string()),
            Some(TokenTree::Punct(all)) if all.as_char() == '*' => path.push("*".to_owned()),
            Some(TokenTree::Group(branches)) if branches.delimiter() == Delimiter::Brace => {
                let branches: Vec<TokenTree> = branches.stream().into_iter().collect();
                for branch in branches.split(|token| matches!(token, TokenTree::Punct(p) if p.as_char() == ',')) {
                    follow_path(branch, 0, left, path.clone(), imports);
                }
                return at + 1;
            }
            _ => break,
        }
        at += 1;
        if !is_path_separator(tokens, at) {
            break;
        }
        at += 2;
    }
    if left == 0 && !path.is_empty() {
        imports.push(path);
    }
    at
}

fn is_path_separator(tokens: &[TokenTree], at: usize) -> bool {
    let is_colon = |token: Option<&TokenTree>| matches!(token, Some(TokenTree::Punct(p)) if p.as_char() == ':');
    is_colon(tokens.get(at)) && is_colon(tokens.get(at + 1))
}

pub(crate) fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}
