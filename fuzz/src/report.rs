//! What every report of problems keeps.

use vetro::internals::repairs_lie_in_their_texts;
use vetro::{Format, Report, SourceTree, locate, print};

use crate::MESSAGES;

/// Places and repairs lie in their texts, and all problems can be printed.
///
/// # Panics
/// When that isn't so.
pub fn judge(tree: &SourceTree, report: &Report) {
    let located = locate(tree, report);
    for problem in &located {
        // What is said of a file that is no text has no place in one.
        assert!(problem.text.is_empty() || problem.text.get(problem.bytes.clone()).is_some(), "{problem:?}");
    }
    let mut printed = Vec::new();
    print(&located, Format::Human { colour: false }, &MESSAGES, &mut printed).expect("memory takes all bytes");
    assert_eq!(printed.is_empty(), located.is_empty());
    assert!(repairs_lie_in_their_texts(tree, report));
}
