//! No file of the program imports, directly or through others, a file that imports it. A name that a file only passes on
//! (`use`, `pub use`) counts as imported from the file that defines it.

#![expect(clippy::disallowed_methods, reason = "the test reads the source tree")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::architecture::rust_files;

/// A path as it is written in code: `super`, `listing`, `LetterPage`.
type Written = Vec<String>;

/// Paths that a file names.
#[derive(Default)]
struct SourceFile {
    /// Its imports, each with the name that it has here.
    uses: Vec<(Written, String)>,
    /// Its other paths that begin with `crate` or `super`.
    paths: Vec<Written>,
    /// The modules that it declares.
    children: BTreeSet<String>,
}

/// Files by their modules, from the crate's root.
type Files = BTreeMap<Vec<String>, SourceFile>;

#[test]
fn no_file_imports_one_that_imports_it() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Files::new();
    for path in rust_files(&source) {
        let name = path.strip_prefix(&source).unwrap().to_str().unwrap().replace('\\', "/");
        let module = name.trim_end_matches(".rs").split('/').filter(|part| *part != "mod");
        let module: Vec<String> = module.map(str::to_owned).collect();
        if module.iter().all(|part| part != "tests") {
            files.insert(module, parsed(&fs::read_to_string(&path).unwrap()));
        }
    }
    assert_eq!(circles(&files), [""; 0]);
}

#[test]
fn circles_are_found_through_names_that_are_passed_on_and_not_where_there_are_none() {
    let circles_of = |files: &[(&str, &str)]| {
        let files = files
            .iter()
            .map(|(module, code)| (module.split("::").map(str::to_owned).collect(), parsed(code)));
        circles(&files.collect())
    };
    let door = ("site", "mod page;\nmod list;\npub use page::Page;");
    assert_eq!(circles_of(&[door, ("site::page", ""), ("site::list", "use super::Page;")]), [""; 0]);
    assert_eq!(circles_of(&[door, ("site::page", "pub(in crate::site) fn f() {}"), ("site::list", "")]), [""; 0]);
    assert_eq!(
        circles_of(&[door, ("site::page", "use super::list::List;"), ("site::list", "use super::Page;")]),
        ["site::page -> site::list -> site::page"]
    );
    assert_eq!(
        circles_of(&[
            ("site", "mod page;\nuse page::Page;\npub struct Site;"),
            ("site::page", "fn f(_: super::Site) {}")
        ]),
        ["site -> site::page -> site"]
    );
}

/// The circles among files of one room, one for each file in which a walk finds its way back.
fn circles(files: &Files) -> Vec<String> {
    let edges: BTreeMap<&[String], BTreeSet<&[String]>> = (files.iter())
        .map(|(module, file)| {
            let written = file.uses.iter().map(|(path, _)| path).chain(&file.paths);
            let targets = written.filter_map(|path| defined_in(files, module, path, 0));
            (module.as_slice(), targets.filter(|target| is_closed(target, module)).collect())
        })
        .collect();
    let mut done = BTreeSet::new();
    let mut found = Vec::new();
    for module in edges.keys() {
        walk(module, &edges, &mut Vec::new(), &mut done, &mut found);
    }
    found
}

/// True if an import of one file by another must not come back.
fn is_closed(target: &[String], module: &[String]) -> bool {
    target[0] == module[0] && target != module
}

fn walk<'f>(
    module: &'f [String],
    edges: &BTreeMap<&'f [String], BTreeSet<&'f [String]>>,
    way: &mut Vec<&'f [String]>,
    done: &mut BTreeSet<&'f [String]>,
    found: &mut Vec<String>,
) {
    if let Some(first) = way.iter().position(|known| *known == module) {
        let circle = way[first..].iter().chain([&module]).map(|module| module.join("::"));
        found.push(circle.collect::<Vec<_>>().join(" -> "));
        return;
    }
    if done.contains(module) {
        return;
    }
    way.push(module);
    edges
        .get(module)
        .into_iter()
        .flatten()
        .for_each(|target| walk(target, edges, way, done, found));
    way.pop();
    done.insert(module);
}

/// The file that defines what a path names in a module. Returns `None` for other crates and what no file is known to define.
fn defined_in<'f>(files: &'f Files, module: &[String], path: &[String], depth: usize) -> Option<&'f [String]> {
    let (mut at, mut rest) = match path.first()?.as_str() {
        "crate" => (Vec::new(), &path[1..]),
        "self" => (module.to_vec(), &path[1..]),
        "super" => {
            let up = path.iter().take_while(|part| *part == "super").count();
            (module[..module.len().saturating_sub(up)].to_vec(), &path[up..])
        }
        first if files.get(module)?.children.contains(first) => (module.to_vec(), path),
        _ => return None,
    };
    while let [first, others @ ..] = rest {
        let below = [at.as_slice(), std::slice::from_ref(first)].concat();
        if !files.contains_key(&below) {
            break;
        }
        (at, rest) = (below, others);
    }
    let (known, file) = files.get_key_value(&at)?;
    let [name, others @ ..] = rest else { return Some(known) };
    let passed_on = |(path, alias): &(Written, String)| {
        let path = [path.as_slice(), others].concat();
        (alias == name && depth < 8).then(|| defined_in(files, known, &path, depth + 1))?
    };
    Some(file.uses.iter().find_map(passed_on).unwrap_or(known))
}

fn parsed(code: &str) -> SourceFile {
    let mut file = SourceFile::default();
    read(code.parse().unwrap(), &mut file);
    file
}

fn read(tokens: TokenStream, file: &mut SourceFile) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at..] {
            [TokenTree::Ident(keyword), TokenTree::Ident(name), TokenTree::Group(_), ..]
                if keyword == "mod" && name == "tests" =>
            {
                at += 2;
            }
            [TokenTree::Ident(keyword), TokenTree::Ident(name), ..] if keyword == "mod" => {
                file.children.insert(name.to_string());
                at += 1;
            }
            // `pub(in crate::site)` is no import.
            [TokenTree::Ident(keyword), TokenTree::Group(group), ..]
                if keyword == "pub" && group.delimiter() == Delimiter::Parenthesis =>
            {
                at += 1;
            }
            [TokenTree::Ident(keyword), ..] if keyword == "use" => {
                let end = tokens[at..]
                    .iter()
                    .position(|token| token.to_string() == ";")
                    .unwrap_or(tokens.len() - at);
                branch(&tokens[at + 1..at + end], &[], &mut file.uses);
                at += end;
            }
            [TokenTree::Ident(root), ..] if root == "crate" || root == "super" => {
                let path: Written = path_at(&tokens[at..]).collect();
                at += 3 * (path.len() - 1);
                file.paths.push(path);
            }
            [TokenTree::Group(group), ..] => read(group.stream(), file),
            _ => {}
        }
        at += 1;
    }
}

/// The names of a path at the beginning of tokens: each but the first comes after `::`.
fn path_at(tokens: &[TokenTree]) -> impl Iterator<Item = String> + '_ {
    let is_separated = |at: usize| at == 0 || tokens[at - 2..at].iter().all(|token| token.to_string() == ":");
    let names = (0..tokens.len()).step_by(3).take_while(move |at| is_separated(*at));
    names.map_while(|at| if let TokenTree::Ident(name) = &tokens[at] { Some(name.to_string()) } else { None })
}

/// Reads a branch of a use tree.
fn branch(tokens: &[TokenTree], before: &[String], uses: &mut Vec<(Written, String)>) {
    let mut path = before.to_vec();
    path.extend(path_at(tokens));
    match tokens.last() {
        Some(TokenTree::Group(group)) => {
            let inner: Vec<TokenTree> = group.stream().into_iter().collect();
            let is_comma = |token: &TokenTree| token.to_string() == ",";
            inner
                .split(is_comma)
                .filter(|part| !part.is_empty())
                .for_each(|part| branch(part, &path, uses));
        }
        Some(last) => {
            let alias = last.to_string();
            path.pop_if(|name| name == "self" && !before.is_empty());
            let alias = if alias == "self" { path.last().cloned().unwrap_or_default() } else { alias };
            uses.push((path, alias));
        }
        None => {}
    }
}
