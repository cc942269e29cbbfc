//! Signs that an editor meant as Markdown and that stay on the page as they are typed, because of a slip in them.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::markdown::MarkdownEvents;

/// Number of bytes after its beginning in which the end of a sign is looked for.
const WINDOW: usize = 400;

/// Placeholder for anything that isn't plain text: links, code, escaped signs.
const OTHER: u8 = 1;

/// Signs that stay as they are typed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Leftover {
    /// The slip, which names its words among the messages.
    pub(super) case: &'static str,
    /// Bytes.
    pub(super) bytes: Range<usize>,
    /// Repair; empty if somebody has to decide.
    pub(super) repair: String,
}

impl Leftover {
    /// Signs without an obvious repair.
    pub(super) fn new(case: &'static str, bytes: Range<usize>) -> Self {
        Self { case, bytes, repair: String::new() }
    }
}

/// The signs of a text that no Markdown was made of. What is escaped with `\` and what is code is meant to stay.
pub(super) fn leftovers(read: &MarkdownEvents<'_>) -> Vec<Leftover> {
    type Finder = fn(&Run<'_>) -> Vec<Leftover>;
    /// Each with the signs without which it finds nothing.
    const FINDERS: [(Finder, &[char]); 4] =
        [(brackets, &[']']), (emphasis, &['*', '_', '~']), (codes, &['{']), (lines, &[])];
    let find = |run: &Run<'_>| {
        let has = |signs: &[char]| signs.is_empty() || signs.iter().any(|sign| run.text.contains(*sign));
        let finders = FINDERS.iter().filter(|(_, signs)| has(signs));
        finders.flat_map(|(find, _)| find(run)).collect::<Vec<_>>()
    };
    let mut found: Vec<Leftover> = runs(read).iter().flat_map(find).collect();
    found.sort_by_key(|leftover| leftover.bytes.start);
    found
}

/// The bytes of the text that an editor wrote after the last cell of a row for which its table has a column.
pub(crate) fn cells_beyond_head(markdown: &str, rest: Range<usize>) -> Option<Range<usize>> {
    let text = markdown.get(rest.clone())?;
    let is_edge = |c: char| c.is_whitespace() || c == '|';
    let start = rest.start + (text.len() - text.trim_start_matches(is_edge).len());
    let end = rest.start + text.trim_end_matches(is_edge).len();
    (start < end).then_some(start..end)
}

/// The text of a paragraph, heading or cell in its own bytes, with [`OTHER`] in place of what isn't plain text. Line ends
/// stay, and what Markdown wants before a line is spaces.
struct Run<'t> {
    markdown: &'t str,
    start: usize,
    text: String,
    /// True if it begins its paragraph or item; `None` in headings and cells, in which no other block could begin.
    begins: Option<bool>,
}

impl Run<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Bytes of the run as bytes of the text.
    fn bytes(&self, range: Range<usize>) -> Range<usize> {
        self.start + range.start..self.start + range.end
    }

    /// The text that is written at bytes of the run.
    fn written(&self, range: Range<usize>) -> &str {
        &self.markdown[self.bytes(range)]
    }

    fn leftover(&self, case: &'static str, range: Range<usize>, repair: impl Into<String>) -> Leftover {
        Leftover { case, bytes: self.bytes(range), repair: repair.into() }
    }

    /// The place of `end` behind a place, if it is near.
    fn find(&self, from: usize, end: &str) -> Option<usize> {
        let to = self.text.floor_char_boundary(from.saturating_add(WINDOW));
        self.text.get(from..to)?.find(end).map(|at| from + at)
    }

    fn add(&mut self, words: &str, bytes: &Range<usize>) {
        let mut fill = OTHER;
        for byte in self.markdown[self.end()..bytes.start].bytes() {
            if byte == b'\n' {
                fill = b' ';
            }
            self.text.push(char::from(if byte == b'\n' { byte } else { fill }));
        }
        let written = &self.markdown[bytes.clone()];
        let is_escaped = bytes.start > self.start && self.text.ends_with(char::from(OTHER)) && {
            self.markdown[..bytes.start].ends_with('\\')
        };
        if written != words {
            self.text.extend(std::iter::repeat_n(char::from(OTHER), written.len()));
        } else if is_escaped && written.starts_with(|c: char| c.is_ascii_punctuation()) {
            self.text.push(char::from(OTHER));
            self.text.push_str(&written[1..]);
        } else {
            self.text.push_str(written);
        }
    }
}

fn runs<'t>(read: &MarkdownEvents<'t>) -> Vec<Run<'t>> {
    let mut runs: Vec<Run<'_>> = Vec::new();
    let mut run: Option<Run<'_>> = None;
    let (mut is_code, mut begins) = (false, None);
    for (event, bytes) in &read.events {
        match event {
            Event::Text(words) if !is_code => {
                // An escaped sign is one from its backslash on.
                let start = bytes.start - usize::from(read.markdown[..bytes.start].ends_with('\\'));
                let run =
                    run.get_or_insert_with(|| Run { markdown: read.markdown, start, text: String::new(), begins });
                if bytes.start >= run.end() {
                    run.add(words, bytes);
                }
            }
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
            | Event::Code(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_) => begins = begins.map(|_| false),
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
            | Event::SoftBreak
            | Event::HardBreak => {}
            block => {
                runs.extend(run.take());
                begins = matches!(block, Event::Start(Tag::Paragraph | Tag::Item)).then_some(true);
                is_code = matches!(block, Event::Start(Tag::CodeBlock(_)));
            }
        }
    }
    runs.extend(run);
    runs
}

/// Links and references to notes of which nothing was made.
fn brackets(run: &Run<'_>) -> Vec<Leftover> {
    let mut found = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut round: Option<Range<usize>> = None;
    let mut after = 0;
    for (at, sign) in run.text.bytes().enumerate() {
        match sign {
            b'(' => round = Some(at..at),
            b')' => round = round.map(|round| round.start..at + 1),
            b'[' => open.push(at),
            b']' => {
                let leftover = open.pop().filter(|_| at >= after);
                let leftover = leftover.and_then(|start| bracket(run, start, at, round.as_ref()));
                after = leftover.as_ref().map_or(after, |leftover| leftover.bytes.end - run.start);
                found.extend(leftover);
            }
            _ => {}
        }
    }
    found
}

/// The slip in a pair of square brackets, at `start` and `end`, or behind it.
fn bracket(run: &Run<'_>, start: usize, end: usize, round: Option<&Range<usize>>) -> Option<Leftover> {
    let behind = &run.text[end + 1..];
    let first = start - usize::from(run.text[..start].ends_with('!'));
    let words = run.written(start + 1..end);
    if behind.starts_with('(') {
        let Some(close) = run.find(end + 2, ")") else {
            let from = if end - first > WINDOW { end } else { first };
            return Some(run.leftover("link_open", from..end + 2, ""));
        };
        let address = run.written(end + 2..close);
        if end - first > WINDOW {
            return Some(run.leftover("link_open", end..close + 1, ""));
        }
        if !address.contains(char::is_whitespace) {
            return Some(run.leftover("link_open", first..close + 1, ""));
        }
        let repair = format!("{}(<{}>)", run.written(first..end + 1), address.trim());
        return Some(run.leftover("link_space", first..close + 1, repair));
    }
    if end - first > WINDOW {
        return None;
    }
    if words.starts_with('^') && words.len() > 1 {
        return Some(run.leftover("note", start..end + 1, format!("[{words}]: …")));
    }
    if behind.starts_with('[') {
        let close = run.find(end + 2, "]")?;
        let name = run.written(end + 2..close);
        let name = if name.is_empty() { words } else { name };
        return (!name.starts_with('^'))
            .then(|| run.leftover("reference", first..close + 1, format!("[{name}]: https://…")));
    }
    if run.text[..start].ends_with('[') && behind.starts_with(']') {
        return Some(run.leftover("code", start - 1..end + 2, ""));
    }
    if let Some(round) =
        round.filter(|round| round.end == start && start - round.start <= WINDOW && looks_like_address(words))
    {
        let repair = format!("[{}]({words})", run.written(round.start + 1..round.end - 1));
        return Some(run.leftover("link_swapped", round.start..end + 1, repair));
    }
    let gap = behind.len() - behind.trim_start().len();
    if gap > 0 && gap < WINDOW && behind[gap..].starts_with('(') {
        let from = end + 1 + gap + 1;
        let close = run.find(from, ")")?;
        let address = run.written(from..close);
        let repair = format!("{}({address})", run.written(first..end + 1));
        return looks_like_address(address).then(|| run.leftover("link_gap", first..close + 1, repair));
    }
    None
}

fn looks_like_address(text: &str) -> bool {
    let ends_like_a_file =
        text.split('#')
            .next()
            .and_then(|path| path.rsplit_once('.'))
            .is_some_and(|(stem, ending)| {
                stem.len() > 1
                    && (2..=5).contains(&ending.len())
                    && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
                    && ending.bytes().any(|byte| byte.is_ascii_alphabetic())
            });
    let begins_like_one = ["/", "#", "./", "../", "www.", "mailto:"].iter().any(|start| text.starts_with(start));
    text.len() > 1
        && !text.contains(char::is_whitespace)
        && (text.contains("://") || text.contains('@') || begins_like_one || ends_like_a_file)
}

/// Signs of emphasis in pairs, with a space on the wrong side of one, and those of strong emphasis that never end.
fn emphasis(run: &Run<'_>) -> Vec<Leftover> {
    let mut found = Vec::new();
    let text = &run.text;
    // By sign: the last that may begin something.
    let mut open: [Option<usize>; 5] = [None; 5];
    const SIGNS: [&str; 5] = ["**", "__", "~~", "*", "_"];
    let mut at = 0;
    while let Some(next) = text[at..].find(['*', '_', '~']) {
        let start = at + next;
        let sign = text.as_bytes()[start];
        let length = text.as_bytes()[start..].iter().take_while(|byte| **byte == sign).count();
        at = start + length;
        let Some(which) = SIGNS.iter().position(|known| *known == &text[start..at]) else { continue };
        let (before, after) = (text[..start].chars().next_back(), text[at..].chars().next());
        let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        if let Some(from) = open[which].filter(|_| length == 2 || is_space(before)) {
            let inside = from + length..start;
            if text[inside.clone()].contains(char::is_alphanumeric) {
                let repair = format!("{0}{1}{0}", SIGNS[which], run.written(inside).trim());
                found.push(run.leftover("emphasis", from..at, repair));
            }
            open[which] = None;
        } else if match which {
            0 | 2 => true,
            1 => is_word(after) && !is_word(before),
            _ => !is_space(after) && !is_word(before),
        } {
            open[which] = Some(start);
        }
    }
    if let Some(from) = open[0]
        && text[..from].chars().next_back().is_none_or(char::is_whitespace)
        && text[from + 2..].starts_with(char::is_alphanumeric)
    {
        found.push(run.leftover("emphasis_open", from..from + 2, ""));
    }
    found
}

/// Instructions of other programs in braces, such as `{{< youtube x >}}`, `{% include x %}` and `{: .class}`.
fn codes(run: &Run<'_>) -> Vec<Leftover> {
    const PAIRS: [(&str, &str); 5] = [("{{", "}}"), ("{%", "%}"), ("{:", "}"), ("{#", "}"), ("{.", "}")];
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = run.text[at..].find('{') {
        let start = at + next;
        let pair = PAIRS.iter().find(|(begin, _)| run.text[start..].starts_with(begin));
        let end = pair.and_then(|(begin, end)| Some(run.find(start + begin.len(), end)? + end.len()));
        at = end.unwrap_or(start + 1);
        found.extend(end.map(|end| run.leftover("code", start..end, "")));
    }
    found
}

/// Lines that would be another block if they began otherwise: headings, tables, lists, and the blocks of other programs.
fn lines(run: &Run<'_>) -> Vec<Leftover> {
    let Some(begins) = run.begins else { return Vec::new() };
    let mut found = Vec::new();
    let (mut rows, mut items) = (Vec::new(), Vec::new());
    let mut at = 0;
    for (nth, whole) in run.text.split('\n').enumerate() {
        let line = whole.trim_start();
        let start = at + whole.len() - line.len();
        let line = line.trim_end();
        let range = start..start + line.len();
        at += whole.len() + 1;
        if nth == 0 && !begins {
            continue;
        }
        if let Some(signs) = heading(line, run.text.contains('\n')) {
            // Other signs may be at the end.
            let whole = run.markdown[run.start + start..].lines().next().unwrap_or_default().trim_end();
            let repair = format!("{} {}", &whole[..signs], &whole[signs..]);
            found.push(run.leftover("heading", start..start + whole.len(), repair));
        }
        if is_row(line) {
            rows.push((range.clone(), line.matches('|').count()));
        }
        if line.strip_prefix('-').is_some_and(|rest| rest.starts_with(char::is_alphabetic)) {
            items.push(range.clone());
        }
        let is_alert = nth == 0 && line.starts_with("[!") && line.ends_with(']');
        if line.starts_with(":::") || line.starts_with("!!! ") || line.eq_ignore_ascii_case("[toc]") || is_alert {
            found.push(run.leftover("code", range, ""));
        }
    }
    if let Some((first, pipes)) = rows.first() {
        let cells = pipes.saturating_sub(1).clamp(1, WINDOW / 4);
        found.push(run.leftover("table", first.clone(), format!("|{}", "---|".repeat(cells))));
    }
    if let [first, _, ..] = &items[..] {
        found.push(run.leftover("list", first.clone(), format!("- {}", &run.written(first.clone())[1..])));
    }
    found
}

/// Number of `#` at the beginning of a line that is a heading but for the space behind them. One alone may begin a word that
/// other sites look for, such as `#Firenze`.
fn heading(line: &str, has_more_lines: bool) -> Option<usize> {
    let rest = line.trim_start_matches('#');
    let signs = line.len() - rest.len();
    let is_heading = match signs {
        1 => {
            let is_sentence = rest.ends_with(['.', '!', '?', ';', ':', ',']);
            let is_words = rest.split_whitespace().skip(1).any(|word| !word.starts_with('#'));
            !has_more_lines && is_words && !is_sentence && rest.starts_with(char::is_alphabetic)
        }
        2..=6 => rest.starts_with(|c: char| !c.is_whitespace() && !c.is_control()),
        _ => false,
    };
    is_heading.then_some(signs)
}

/// True if a line is one of a table: it begins with `|` and has another, or is the second one of `-` and `|` alone.
fn is_row(line: &str) -> bool {
    let is_cells = line.strip_prefix('|').is_some_and(|rest| rest.contains('|'));
    let is_second = line.contains('|') && line.contains('-') && line.bytes().all(|byte| b"|-: ".contains(&byte));
    is_cells || is_second
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(markdown: &str) -> Vec<(&'static str, &str, String)> {
        let found = leftovers(&MarkdownEvents::of(markdown)).into_iter();
        found
            .map(|leftover| (leftover.case, &markdown[leftover.bytes], leftover.repair))
            .collect()
    }

    #[test]
    fn signs_that_stay_on_the_page_are_found_with_their_repair() {
        for (markdown, case, written, repair) in [
            (
                "la [rela*zi*one](rel finale.pdf).",
                "link_space",
                "[rela*zi*one](rel finale.pdf)",
                "[rela*zi*one](<rel finale.pdf>)",
            ),
            ("![Il ponte](il ponte.jpg)", "link_space", "![Il ponte](il ponte.jpg)", "![Il ponte](<il ponte.jpg>)"),
            ("[la legge](https://a.it", "link_open", "[la legge](", ""),
            ("[a [b](c) d](e)", "link_open", "[a [b](c) d](e)", ""),
            (
                "> [la\n> legge] (https://a.it/)",
                "link_gap",
                "[la\n> legge] (https://a.it/)",
                "[la\n> legge](https://a.it/)",
            ),
            ("[la relazione] (rel.pdf)", "link_gap", "[la relazione] (rel.pdf)", "[la relazione](rel.pdf)"),
            (
                "vedi (la legge)[https://a.it/]",
                "link_swapped",
                "(la legge)[https://a.it/]",
                "[la legge](https://a.it/)",
            ),
            ("[il testo][rif] e", "reference", "[il testo][rif]", "[rif]: https://…"),
            ("[rif][]", "reference", "[rif][]", "[rif]: https://…"),
            ("detto[^1] prima", "note", "[^1]", "[^1]: …"),
            ("**Attenzione **a tutti", "emphasis", "**Attenzione **", "**Attenzione**"),
            ("- ** Attenzione** a tutti", "emphasis", "** Attenzione**", "**Attenzione**"),
            ("~~via ~~ e", "emphasis", "~~via ~~", "~~via~~"),
            ("_forse _no", "emphasis", "_forse _", "_forse_"),
            ("__forse __no", "emphasis", "__forse __", "__forse__"),
            ("**Attenzione a tutti", "emphasis_open", "**", ""),
            ("{{< youtube a >}} e", "code", "{{< youtube a >}}", ""),
            ("- {% include x %}", "code", "{% include x %}", ""),
            ("vedi [[metodo]]", "code", "[[metodo]]", ""),
            ("> [!NOTE]\n> a", "code", "[!NOTE]", ""),
            ("::: nota\na\n:::", "code", "::: nota", ""),
            ("##Titolo *uno*", "heading", "##Titolo *uno*", "## Titolo *uno*"),
            ("#Titolo del testo", "heading", "#Titolo del testo", "# Titolo del testo"),
            ("a\n###Titolo", "heading", "###Titolo", "### Titolo"),
            ("| Voce | Euro |\n| Ponte | 10 |", "table", "| Voce | Euro |", "|---|---|"),
            ("a | b\n---|---|---\nc | d", "table", "---|---|---", "|---|"),
            ("-uno\n-due", "list", "-uno", "- uno"),
        ] {
            let all = found(markdown);
            assert!(all.contains(&(case, written, repair.to_owned())), "{markdown}: {all:?}");
        }
    }

    #[test]
    fn what_is_meant_as_it_is_written_is_not_found() {
        for markdown in [
            "[x](a.pdf) [y](<a b.pdf>) [z][n] [n] e[^1]\n\n[n]: a\n[^1]: b",
            "[...] (segue) e [omissis] (art. 5), v[i] (2020)",
            "\\[x](a b) \\*\\*x \\*\\*y, `**a **b` e \\##x",
            "    **a **b\n\n```\n| a | b |\n{{ x }}\n```",
            "dato* provvisorio, 10** e 3 * 4 * 5 e snake_case_name",
            "il __/__/____ firma ________",
            "#Firenze #estate\n\n#Firenze è bella.\n\nil n. #5",
            "Orario: 9-12 | 15-18",
            "|a|b|\n|-|-|\n|1|2|",
            "{2020} e {a: b}, 5~10",
            "-5 gradi\n-3 gradi\n\n-uno da solo",
            "# Titolo\n\n**forte** *x* ~~y~~ __z__",
        ] {
            assert_eq!(found(markdown), [], "{markdown}");
        }
    }

    #[test]
    fn long_texts_of_signs_are_read_in_little_time() {
        for sign in
            ["](", "[a](b ", "[a] (", "[^", "**a **", "{{", "*a *", "##a\n", "|a|\n", ")[", "[[", "\\*", "-a\n", "a "]
        {
            leftovers(&MarkdownEvents::of(&sign.repeat(100_000)));
        }
    }
}
