//! Titles as pages show them.

/// A text whose first letter is a capital.
pub(crate) fn sentence_case(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// True if a title is too long for the largest letters.
pub(crate) fn is_long(title: &str) -> bool {
    title.chars().count() > 70
}
