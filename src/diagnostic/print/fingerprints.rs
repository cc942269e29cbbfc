use std::collections::HashMap;

use super::located::Located;
use crate::diagnostic::{Diagnostic, Place};

/// Fingerprints of problems, in their order, which stay while lines move and words of messages change: 64 hexadecimal
/// digits. No two of a run are equal.
pub(super) fn fingerprints(problems: &[Located<'_>]) -> Vec<String> {
    let mut seen: HashMap<blake3::Hash, u32> = HashMap::with_capacity(problems.len());
    let fingerprint = |problem: &Located<'_>| {
        let Diagnostic { code, place, args, .. } = problem.diagnostic;
        let mut hasher = blake3::Hasher::new();
        // Lengths keep one part from running into the next.
        let mut part = |text: &str| {
            hasher.update(&(text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        };
        part(code.id());
        part(problem.path);
        match place {
            Place::File => {}
            Place::Key(path, nth) => {
                part(&path.to_string());
                part(&nth.to_string());
            }
            Place::Value(path) => part(&path.to_string()),
            Place::Bytes(_) => part(problem.text.get(problem.bytes.clone()).unwrap_or_default()),
        }
        for (name, text) in args.iter().filter(|(name, _)| *name != "line") {
            part(name);
            part(text);
        }
        let first = hasher.finalize();
        let before = seen.entry(first).or_default();
        *before += 1;
        // Equal mistakes in equal words are distinguished by their number.
        hasher.update(&before.to_le_bytes());
        hasher.finalize().to_hex().to_string()
    };
    problems.iter().map(fingerprint).collect()
}
