/// End of a command that could work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Done {
    Well,
    /// The content, or the text that was to be read, is wrong.
    Wrong,
}
