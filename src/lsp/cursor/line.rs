//! Lines of a text, as far as a cursor needs them.

use std::ops::Range;

/// Mark between a key and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Syntax {
    /// A colon and a space (YAML 1.2.2 §7.4).
    Yaml,
    /// An equals sign (TOML 1.0, Key/Value Pair).
    Toml,
}

impl Syntax {
    /// The byte of the mark that ends a key.
    fn mark(self, content: &str) -> Option<usize> {
        match self {
            Self::Yaml => {
                let mut colons = content.match_indices(':').map(|(at, _)| at);
                colons.find(|at| self.is_mark(':', &content[at + 1..]))
            }
            Self::Toml => content.find('='),
        }
    }

    pub(super) fn is_mark(self, c: char, after: &str) -> bool {
        match self {
            Self::Yaml => c == ':' && (after.is_empty() || after.starts_with([' ', '\t', '\n', '\r'])),
            Self::Toml => c == '=',
        }
    }
}

/// A line of block style: `  - key: value`.
pub(super) struct Line<'t> {
    pub(super) syntax: Syntax,
    /// The column of its first dash.
    pub(super) dash: Option<usize>,
    /// The column after the dashes.
    pub(super) column: usize,
    /// The byte after the dashes, in the text.
    pub(super) start: usize,
    pub(super) content: &'t str,
    /// The key with the byte in `content` after its colon.
    pub(super) key: Option<(&'t str, usize)>,
    /// True if it continues the brackets of a line above.
    pub(super) is_continuation: bool,
}

impl<'t> Line<'t> {
    fn new(text: &'t str, start: usize, end: usize, syntax: Syntax) -> Self {
        let line = text[start..end].trim_end_matches(['\n', '\r']);
        let (mut dash, mut column) = (None, 0);
        loop {
            column += line[column..].len() - line[column..].trim_start_matches(' ').len();
            let rest = &line[column..];
            if syntax == Syntax::Toml || rest != "-" && !rest.starts_with("- ") {
                break;
            }
            dash = dash.or(Some(column));
            column += 1;
        }
        let content = &line[column..];
        let key = (!content.starts_with(['[', '{', '#', '"', '\''])).then(|| syntax.mark(content)).flatten();
        let key = key.map(|mark| (content[..mark].trim_end(), mark + 1));
        Self { syntax, dash, column, start: start + column, content, key, is_continuation: false }
    }

    pub(super) fn is_blank(&self) -> bool {
        self.is_continuation || self.dash.is_none() && (self.content.is_empty() || self.content.starts_with('#'))
    }

    /// The name of the table that it begins, as far as it is typed.
    pub(super) fn table(&self) -> Option<&'t str> {
        let name = self.content.strip_prefix('[').filter(|_| !self.is_continuation)?;
        Some(name.split([']', '#']).next().unwrap_or_default())
    }

    /// The text beside the key, without a comment.
    pub(super) fn value(&self) -> &'t str {
        let value = self.key.map_or("", |(_, after)| self.content[after..].trim());
        if value.starts_with('#') { "" } else { value.split(" #").next().unwrap_or_default().trim_end() }
    }
}

/// Number of brackets that are open in the text that has been read.
#[derive(Default)]
struct Brackets {
    open: usize,
    quote: Option<char>,
}

impl Brackets {
    fn read(&mut self, content: &str) {
        let mut before = ' ';
        for c in content.chars() {
            match (self.quote, c) {
                (Some(quote), c) => self.quote = (c != quote).then_some(quote),
                // An apostrophe within a word is no quotation mark.
                (None, '"' | '\'') if matches!(before, ' ' | '[' | '{' | ',' | ':' | '=') => self.quote = Some(c),
                (None, '#') if before == ' ' => return,
                (None, '[' | '{') => self.open += 1,
                (None, ']' | '}') => self.open = self.open.saturating_sub(1),
                _ => {}
            }
            before = c;
        }
    }
}

/// Extends each line whose brackets are closed further down to the end of them. Brackets that aren't closed yet end where a
/// line begins at their column, since the rest of the file is no part of them.
fn join_brackets<'t>(text: &'t str, lines: &mut [Line<'t>]) {
    // The column of the key of a text of many lines, which has brackets of its own.
    let mut block_text: Option<usize> = None;
    let mut at = 0;
    while at < lines.len() {
        let line = &lines[at];
        let column = line.dash.unwrap_or(line.column);
        let value = line.key.map_or(line.content, |(_, after)| line.content[after..].trim_start());
        let is_in_text = block_text.is_some_and(|key| line.is_blank() || column > key);
        at += 1;
        if is_in_text {
            continue;
        }
        block_text = value.starts_with(['|', '>']).then_some(column);
        let is_table = line.key.is_none() && line.dash.is_none() && line.table().is_some() && column == 0;
        if !value.starts_with(['[', '{']) || is_table {
            continue;
        }
        let mut brackets = Brackets::default();
        brackets.read(value);
        let first = at - 1;
        while brackets.open > 0
            && let Some(next) = lines.get(at)
            && (next.content.is_empty()
                || next.dash.unwrap_or(next.column) > column
                || next.content.starts_with([']', '}']))
        {
            brackets.read(next.content);
            at += 1;
        }
        let last = lines[at - 1].start + lines[at - 1].content.len();
        lines[first].content = &text[lines[first].start..last];
        lines[first + 1..at].iter_mut().for_each(|line| line.is_continuation = true);
    }
}

/// The lines of the front matter of a text, and the index of the one at a byte.
pub(super) fn lines(text: &str, front: Range<usize>, byte: usize, syntax: Syntax) -> (Vec<Line<'_>>, usize) {
    let mut lines = Vec::new();
    let mut current = 0;
    let mut start = front.start;
    for line in text[front.clone()].split_inclusive('\n') {
        if start <= byte {
            current = lines.len();
        }
        lines.push(Line::new(text, start, start + line.len(), syntax));
        start += line.len();
    }
    // Behind the last line end begins one more line.
    if byte == front.end && text[front].ends_with('\n') || lines.is_empty() {
        current = lines.len();
        lines.push(Line::new(text, byte, byte, syntax));
    }
    join_brackets(text, &mut lines);
    while lines[current].is_continuation {
        current -= 1;
    }
    (lines, current)
}
