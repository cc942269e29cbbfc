use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::sync::OnceLock;

use foldhash::fast::RandomState;

use crate::diagnostic::{Code, Diagnostic, KeyPath, Near, Report};
use crate::model::{FileId, composed};

/// A name as it is compared: case, spelling of accents and white space don't matter.
pub(crate) fn folded(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for word in composed(name).split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    if folded.is_ascii() {
        folded.make_ascii_lowercase();
        return folded;
    }
    folded.to_lowercase()
}

/// How many names are told to those who wrote one that is near to none.
const FEW: usize = 8;

/// Who has which name, in a scope such as an administration.
#[derive(Debug)]
pub(super) struct ScopedNames<Scope, Id> {
    found: HashMap<(Scope, String), Vec<Id>, RandomState>,
    /// The names as written, for the nearest one and the candidates.
    written: HashMap<Scope, WrittenNames>,
    /// The names of records that there are, but whose own mistakes hide where they belong.
    adrift: HashSet<String>,
    /// Whether there may be records whose names can't be read.
    gaps: bool,
}

/// The names of a scope as they are written.
#[derive(Debug, Default)]
struct WrittenNames {
    names: Vec<String>,
    near: OnceLock<Near>,
    /// The names in the order of the alphabet, as they are compared.
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
        Self { found: HashMap::default(), written: HashMap::new(), adrift: HashSet::new(), gaps: false }
    }

    /// Keeps the name of a record that belongs nowhere for want of a scope: who names it names something.
    pub(super) fn add_adrift(&mut self, name: &str) {
        self.adrift.insert(folded(name));
    }

    /// Says that not all names are known: of a name that isn't found nothing can be said.
    pub(super) fn leave_gaps(&mut self) {
        self.gaps = true;
    }

    /// Gives a name to a record. Gives the record that had it before, if any.
    pub(super) fn add(&mut self, scope: Scope, name: &str, id: Id) -> Option<Id> {
        if name.is_empty() {
            return None;
        }
        let ids = self.found.entry((scope, folded(name))).or_default();
        // The names of a record are given one after the other.
        if ids.last() == Some(&id) {
            return None;
        }
        let before = ids.first().copied();
        ids.push(id);
        let written = self.written.entry(scope).or_default();
        written.names.push(name.to_owned());
        (written.near, written.sorted) = (OnceLock::new(), OnceLock::new());
        before
    }

    /// The records of a name.
    pub(super) fn get(&self, scope: Scope, name: &str) -> &[Id] {
        self.found.get(&(scope, folded(name))).map_or(&[], Vec::as_slice)
    }

    /// The name that was most likely meant.
    pub(super) fn nearest(&self, scope: Scope, name: &str) -> Option<&str> {
        self.written.get(&scope)?.near().nearest(name)
    }

    /// Adds the problem that no record has a name, unless another problem is the reason.
    pub(super) fn dangling(
        &self,
        scope: Scope,
        name: &str,
        kind: &'static str,
        at: (FileId, KeyPath),
        report: &mut Report,
    ) {
        // A name without a word is one that couldn't be read, which is said already.
        if self.gaps || name.is_empty() || self.adrift.contains(&folded(name)) {
            return;
        }
        let problem = Diagnostic::new(Code::Dangling, at.0, at.1).with("kind", kind).with("written", name);
        let Some(written) = self.written.get(&scope) else { return report.add(problem) };
        let problem = problem.near(name, written.near());
        let is_near = problem.arg("nearest").is_some();
        report.add(match written.names.len() {
            1..=FEW if !is_near => problem.with("known", written.names.join(", ")),
            _ => problem,
        });
    }

    /// The only record of whose name a name is the beginning, where there is one and all names are known.
    pub(super) fn begun(&self, scope: Scope, name: &str) -> Option<Id> {
        if self.gaps {
            return None;
        }
        let name = folded(name);
        let sorted = self.written.get(&scope)?.sorted();
        let from = sorted.partition_point(|whole| *whole < name);
        let begun = sorted[from..].iter().take_while(|whole| whole.starts_with(&name));
        let mut ids = begun.flat_map(|whole| self.get(scope, whole));
        let first = ids.next().copied();
        first.filter(|first| ids.all(|id| id == first))
    }
}

/// The most units or plan nodes that may stand above each other. Real trees have fewer than ten levels.
pub(super) const LEVELS: usize = 50;

/// The number of records above each one of a forest without cycles in which `parent` leads up.
///
/// O(n): each record is passed once.
pub(super) fn depths(n: usize, parent: impl Fn(usize) -> Option<usize>) -> Vec<usize> {
    let mut depths: Vec<Option<usize>> = vec![None; n];
    let mut way = Vec::new();
    for start in 0..n {
        let mut at = Some(start);
        while let Some(here) = at.filter(|here| depths[*here].is_none()) {
            way.push(here);
            at = parent(here);
        }
        let mut above = at.and_then(|at| depths[at]).map_or(0, |depth| depth + 1);
        while let Some(here) = way.pop() {
            depths[here] = Some(above);
            above += 1;
        }
    }
    depths.into_iter().map(Option::unwrap_or_default).collect()
}

/// The problem of a record that has too many others above it.
pub(super) fn too_deep(kind: &'static str, written: &str, file: FileId, place: KeyPath) -> Diagnostic {
    Diagnostic::new(Code::TooDeep, file, place)
        .with("kind", kind)
        .with("written", written)
        .with("limit", LEVELS.to_string())
}

/// The names of records that one name may mean, as many as a message can hold.
pub(super) fn some<'n, N>(names: N) -> String
where
    N: ExactSizeIterator<Item = &'n str>,
{
    let more = if names.len() > FEW { ", …" } else { "" };
    names.take(FEW).collect::<Vec<_>>().join(", ") + more
}

/// The cycles of a forest in which `parent` leads up: each once, as the members in order from the first.
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

/// The cycles of a graph with several edges a record: the strongly connected groups that hold more than one record or
/// an edge to itself, each in the order of the records.
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
