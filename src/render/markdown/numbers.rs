//! Numbers of list items that editors typed.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::site::MarkdownEvents;

/// A list with the numbers of its items as they are typed.
struct List {
    /// Places of its items among all items.
    items: Vec<usize>,
    typed: Vec<Option<u64>>,
}

/// For each item of a text, the number that the editor typed, if counting on from the item before gives another
/// (CommonMark, 5.3, knows only the first number of a list). A list whose items all have one number is to be counted.
pub(super) fn typed_numbers(read: &MarkdownEvents<'_>) -> Vec<Option<u64>> {
    let mut numbers = Vec::new();
    let mut open: Vec<List> = Vec::new();
    for (event, bytes) in &read.events {
        match event {
            Event::Start(Tag::List(_)) => open.push(List { items: Vec::new(), typed: Vec::new() }),
            Event::Start(Tag::Item) => {
                if let Some(list) = open.last_mut() {
                    list.items.push(numbers.len());
                    list.typed.push(number(&read.markdown[bytes.clone()]));
                }
                numbers.push(None);
            }
            Event::End(TagEnd::List(_)) => {
                let Some(List { items, typed }) = open.pop() else { continue };
                if typed.iter().all(|number| *number == typed[0]) {
                    continue;
                }
                for (place, pair) in items[1..].iter().zip(typed.windows(2)) {
                    let counted = pair[0].map(|before| before + 1);
                    numbers[*place] = pair[1].filter(|_| counted != pair[1]);
                }
            }
            _ => {}
        }
    }
    numbers
}

/// The number that an item begins with, of at most nine digits.
fn number(item: &str) -> Option<u64> {
    let item = item.trim_start();
    let digits = item.bytes().take_while(u8::is_ascii_digit).count();
    item[..digits].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_the_list_has_not_by_itself_is_found() {
        let found = |text: &str| typed_numbers(&MarkdownEvents::of(text));
        assert_eq!(found("1. a\n2. b\n4. c\n5. d\n"), [None, None, Some(4), None]);
        assert_eq!(found("2020. a\n\n2022. b\n   - c\n   - d\n"), [None, Some(2022), None, None]);
        assert_eq!(found("1. a\n1. b\n1. c\n"), [None; 3]);
        assert_eq!(found("> 3) a\n> 1) b\n"), [None, Some(1)]);
    }
}
