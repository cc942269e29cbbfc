//! Names by which records refer to others, and the forests that such references make.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::sync::OnceLock;

use foldhash::fast::RandomState;

use crate::diagnostic::{Code, Diagnostic, KeyPath, Near, Report};
use crate::model::{FileId, folded};

/// Most names that a message lists.
const MOST_LISTED: usize = 8;

/// Letters of a name that an old export may have cut; fewer are the beginning of many.
pub(super) const LONG_NAME: usize = 20;

/// Records by name, in a scope such as an administration.
#[derive(Debug)]
pub(super) struct ScopedNames<Scope, Id> {
    ids: HashMap<(Scope, String), Vec<Id>, RandomState>,
    /// Names as written, for the nearest one and the candidates.
    written: HashMap<Scope, WrittenNames>,
    /// Names of records that exist, but whose own mistakes hide their scope.
    adrift: HashSet<String>,
    /// True if there may be records whose names can't be read.
    is_incomplete: bool,
}

/// Names of a scope as they are written.
#[derive(Debug, Default)]
struct WrittenNames {
    names: Vec<String>,
    near: OnceLock<Near>,
    /// Names in the order of the alphabet, in the form in which they are compared.
    sorted: OnceLock<Vec<String>>,
}

impl WrittenNames {
    fn near(&self) -> &Near {
        self.near.get_or_init(|| Near::of(self.names.iter().map(String::as_str)))
    }

    fn sorted(&self) -> &[String] {
        self.sorted.get_or_init(|| {
            let mut sorted: Vec<String> = self.names.iter().map(|name| folded(name)).collect();
            sorted.sort_unstable();
            sorted
        })
    }
}

impl<Scope: Copy + Eq + Hash, Id: Copy + Eq> ScopedNames<Scope, Id> {
    pub(super) fn new() -> Self {
        Self { ids: HashMap::default(), written: HashMap::new(), adrift: HashSet::new(), is_incomplete: false }
    }

    /// Keeps the name of a record whose scope isn't known: references to it don't dangle.
    pub(super) fn add_adrift(&mut self, name: &str) {
        self.adrift.insert(folded(name));
    }

    /// Records that not all names are known: a name that isn't found is no mistake.
    pub(super) fn mark_incomplete(&mut self) {
        self.is_incomplete = true;
    }

    /// Gives a name to a record. Returns the record that already has it, if any.
    pub(super) fn add(&mut self, scope: Scope, name: &str, id: Id) -> Option<Id> {
        if name.is_empty() {
            return None;
        }
        let ids = self.ids.entry((scope, folded(name))).or_default();
        // A record gets its names one after the other.
        if ids.last() == Some(&id) {
            return None;
        }
        let other = ids.first().copied();
        ids.push(id);
        let written = self.written.entry(scope).or_default();
        written.names.push(name.to_owned());
        (written.near, written.sorted) = (OnceLock::new(), OnceLock::new());
        other
    }

    /// Records of a name.
    pub(super) fn get(&self, scope: Scope, name: &str) -> &[Id] {
        self.ids.get(&(scope, folded(name))).map_or(&[], Vec::as_slice)
    }

    /// Name that was most likely meant.
    pub(super) fn nearest(&self, scope: Scope, name: &str) -> Option<&str> {
        self.written.get(&scope)?.near().nearest(name)
    }

    /// Reports that no record has a name, unless another problem is the reason.
    pub(super) fn dangling(
        &self,
        scope: Scope,
        name: &str,
        kind: &'static str,
        at: (FileId, KeyPath),
        report: &mut Report,
    ) {
        // An empty name is one that couldn't be read, which is reported already.
        if self.is_incomplete || name.is_empty() || self.adrift.contains(&folded(name)) {
            return;
        }
        let problem = Diagnostic::new(Code::Dangling, at.0, at.1).with("kind", kind).with("written", name);
        let Some(written) = self.written.get(&scope) else { return report.add(problem) };
        let problem = problem.near(name, written.near());
        let is_near = problem.arg("nearest").is_some();
        report.add(match written.names.len() {
            1..=MOST_LISTED if !is_near => problem.with("known", written.names.join(", ")),
            _ => problem,
        });
    }

    /// The only record whose name begins with some letters, if all names are known.
    pub(super) fn only_with_prefix(&self, scope: Scope, prefix: &str) -> Option<Id> {
        if self.is_incomplete {
            return None;
        }
        let prefix = folded(prefix);
        let sorted = self.written.get(&scope)?.sorted();
        let from = sorted.partition_point(|name| *name < prefix);
        let names = sorted[from..].iter().take_while(|name| name.starts_with(&prefix));
        let mut ids = names.flat_map(|name| self.get(scope, name));
        let first = ids.next().copied();
        first.filter(|first| ids.all(|id| id == first))
    }
}

/// Most units or plan nodes that may be above each other. Real trees have fewer than ten levels.
pub(super) const LEVELS: usize = 50;

/// Number of records above each one of a forest without cycles in which `parent` leads up.
///
/// O(n): each record is passed once.
pub(super) fn depths(n: usize, parent: impl Fn(usize) -> Option<usize>) -> Vec<usize> {
    let mut depths: Vec<Option<usize>> = vec![None; n];
    let mut path = Vec::new();
    for start in 0..n {
        let mut at = Some(start);
        while let Some(here) = at.filter(|here| depths[*here].is_none()) {
            path.push(here);
            at = parent(here);
        }
        let mut above = at.and_then(|at| depths[at]).map_or(0, |depth| depth + 1);
        while let Some(here) = path.pop() {
            depths[here] = Some(above);
            above += 1;
        }
    }
    depths.into_iter().map(Option::unwrap_or_default).collect()
}

/// Problem of a record that has too many others above it.
pub(super) fn too_deep(kind: &'static str, written: &str, file: FileId, place: KeyPath) -> Diagnostic {
    Diagnostic::new(Code::TooDeep, file, place)
        .with("kind", kind)
        .with("written", written)
        .with("limit", LEVELS.to_string())
}

/// List of the records that one name may mean, as many as a message can hold.
pub(super) fn candidates<'n, N>(names: N) -> String
where
    N: ExactSizeIterator<Item = &'n str>,
{
    let more = if names.len() > MOST_LISTED { ", …" } else { "" };
    names.take(MOST_LISTED).collect::<Vec<_>>().join(", ") + more
}

/// Cycles of a forest in which `parent` leads up: each once, as the members in order from the first.
///
/// O(n): each record is walked from once.
pub(super) fn cycles(n: usize, parent: impl Fn(usize) -> Option<usize>) -> Vec<Vec<usize>> {
    let mut seen: Vec<usize> = vec![0; n];
    let mut cycles = Vec::new();
    for start in 0..n {
        let walk = start + 1;
        let mut at = start;
        loop {
            if seen[at] != 0 {
                if seen[at] == walk {
                    let members = std::iter::successors(Some(at), |i| parent(*i).filter(|next| *next != at));
                    cycles.push(members.collect());
                }
                break;
            }
            seen[at] = walk;
            match parent(at) {
                Some(up) => at = up,
                None => break,
            }
        }
    }
    cycles
}

/// Cycles of a graph with several edges a record: the strongly connected groups that hold more than one record or an
/// edge to itself, each in the order of the records.
///
/// Tarjan's algorithm without recursion, O(records + edges).
pub(super) fn groups(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    #[derive(Clone, Copy, Default)]
    struct Mark {
        index: usize,
        low: usize,
        on_stack: bool,
    }
    let mut marks = vec![Mark::default(); edges.len()];
    let mut next_index = 1;
    let mut stack = Vec::new();
    let mut found = Vec::new();
    for root in 0..edges.len() {
        if marks[root].index != 0 {
            continue;
        }
        let mut calls = vec![(root, 0)];
        while let Some((at, edge)) = calls.pop() {
            if edge == 0 {
                marks[at] = Mark { index: next_index, low: next_index, on_stack: true };
                next_index += 1;
                stack.push(at);
            }
            match edges[at].get(edge) {
                Some(&to) => {
                    calls.push((at, edge + 1));
                    if marks[to].index == 0 {
                        calls.push((to, 0));
                    } else if marks[to].on_stack {
                        marks[at].low = marks[at].low.min(marks[to].index);
                    }
                }
                None => {
                    if let Some(&(caller, _)) = calls.last() {
                        marks[caller].low = marks[caller].low.min(marks[at].low);
                    }
                    if marks[at].low == marks[at].index {
                        let from = stack.iter().rposition(|member| *member == at).unwrap_or(0);
                        let mut group = stack.split_off(from);
                        group.iter().for_each(|member| marks[*member].on_stack = false);
                        if group.len() > 1 || edges[at].contains(&at) {
                            group.sort_unstable();
                            found.push(group);
                        }
                    }
                }
            }
        }
    }
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_in_capitals_and_in_either_spelling_of_an_accent() {
        assert_eq!(folded("SERVIZIO  Citta\u{300}"), folded("Servizio Città"));
    }

    #[test]
    fn each_cycle_of_a_forest_is_found_once() {
        // 0 -> 1 -> 2 -> 0, 3 -> 1, 4 -> 4, 5 has no parent.
        let parents = [Some(1), Some(2), Some(0), Some(1), Some(4), None];
        assert_eq!(cycles(6, |i| parents[i]), [vec![0, 1, 2], vec![4]]);
    }

    #[test]
    fn each_record_is_as_deep_as_the_records_above_it() {
        // 4 -> 3 -> 0, 1 -> 0, 2 is alone.
        let parents = [None, Some(0), None, Some(0), Some(3)];
        assert_eq!(depths(5, |i| parents[i]), [0, 1, 0, 1, 2]);
        let chain = depths(100_000, |i| (i + 1 < 100_000).then_some(i + 1));
        assert_eq!((chain[0], chain[99_999]), (99_999, 0));
    }

    #[test]
    fn each_cycle_of_a_graph_is_found_once() {
        let edges = [vec![1, 3], vec![2], vec![0], vec![4], vec![], vec![5]];
        assert_eq!(groups(&edges), [vec![0, 1, 2], vec![5]]);
    }
}
