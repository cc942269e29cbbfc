//! Paths that are one file, or a file and a folder of one name, on some system.

use rayon::prelude::*;

use super::path::OutputPath;

/// Paths that can't exist beside each other, as pairs of indices in `paths`, the smaller index first, in order.
///
/// Two paths clash when their [collision keys](OutputPath::collision_key) are equal, or when one is a folder of the
/// other (`a/b` and `a/b/c`). Of n paths that all clash, n - 1 pairs are given. Takes O(n log n).
pub(crate) fn collisions(paths: &[OutputPath]) -> Vec<(usize, usize)> {
    // With the separator below every other character, a folder is followed at once by what is inside.
    let key = |(index, path): (usize, &OutputPath)| (path.collision_key().replace('/', "\0"), index);
    let mut keys: Vec<(String, usize)> = paths.par_iter().enumerate().map(key).collect();
    keys.par_sort_unstable();

    let mut clashes = Vec::new();
    let mut above: Vec<&(String, usize)> = Vec::new();
    for entry in &keys {
        let (key, index) = entry;
        while above.last().is_some_and(|(folder, _)| !is_same_or_inside(folder, key)) {
            above.pop();
        }
        if let Some((_, other)) = above.last() {
            clashes.push((*other.min(index), *other.max(index)));
        }
        above.push(entry);
    }
    clashes.sort_unstable();
    clashes
}

fn is_same_or_inside(folder: &str, key: &str) -> bool {
    key.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('\0'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn path(text: &str) -> OutputPath {
        OutputPath::parse(text).unwrap()
    }

    fn paths(texts: &[&str]) -> Vec<OutputPath> {
        texts.iter().map(|text| path(text)).collect()
    }

    #[test]
    fn a_file_clashes_with_its_double_and_with_what_lies_below_it() {
        assert_eq!(collisions(&paths(&["a/b", "x", "A/B"])), [(0, 2)]);
        assert_eq!(collisions(&paths(&["a/b/c", "a/b"])), [(0, 1)]);
        assert_eq!(collisions(&paths(&["a", "a/b", "a/c/d"])), [(0, 1), (0, 2)]);
        assert_eq!(collisions(&paths(&["a", "a", "a"])), [(0, 1), (1, 2)]);
        assert_eq!(collisions(&paths(&["a/b", "a-b", "a.b/c", "a/bc", "a0"])), []);
        // Other names sort between `a` and `a/b` byte by byte.
        assert_eq!(collisions(&paths(&["a", "a-c", "a.d", "a/b"])), [(0, 3)]);
    }

    proptest! {
        #[test]
        fn collisions_are_those_that_comparing_all_pairs_finds(texts in prop::collection::vec("[abA](/[ab-]){0,2}", 0..12)) {
            let paths: Vec<OutputPath> = texts.iter().map(|text| path(text)).collect();
            let clash = |one: &OutputPath, other: &OutputPath| {
                let (one, other) = (one.collision_key(), other.collision_key());
                one == other || other.starts_with(&format!("{one}/")) || one.starts_with(&format!("{other}/"))
            };
            let found = collisions(&paths);
            for &(one, other) in &found {
                prop_assert!(one < other && clash(&paths[one], &paths[other]));
            }
            for place in 0..paths.len() {
                let clashes = (0..paths.len()).any(|other| other != place && clash(&paths[place], &paths[other]));
                prop_assert_eq!(clashes, found.iter().any(|&(one, other)| one == place || other == place));
            }
        }
    }
}
