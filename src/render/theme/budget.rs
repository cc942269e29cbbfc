//! Limits of the work of a site's own templates for a page. Tera has no limit of its own: so each round of a loop, each
//! call of a component and each text that is set is counted by a call that is put into the template.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::ops::Range;

use tera::{Error, Kwargs, State, StringInput, Tera, TeraResult, Value};

/// The most rounds of loops and calls of components for a page. The longest pages take some tens of thousands.
const STEP_LIMIT: u32 = 2_000_000;

/// The most bytes of a text that a template sets, or that a filter makes of shorter ones.
const SET_LIMIT: usize = 4 << 20;

/// The most texts that are joined by `~` in one expression.
pub(super) const JOIN_LIMIT: usize = 64;

/// The most bytes of a page.
const PAGE_LIMIT: usize = 256 << 20;

/// Messages of the calls' errors, each with the name of the limit that was passed.
const LIMIT_ERRORS: [(&str, &str); 3] =
    [("vetro: too many steps", "steps"), ("vetro: too long a text", "set"), ("vetro: too long a page", "page")];

thread_local! {
    static STEPS_LEFT: Cell<u32> = const { Cell::new(STEP_LIMIT) };
}

/// Name of the limit that an error's message is about, and the limit. Returns `None` for other errors.
pub(super) fn exceeded_limit(message: &str) -> Option<(&'static str, String)> {
    let (_, what) = LIMIT_ERRORS.into_iter().find(|(text, _)| message.contains(text))?;
    let limit = match what {
        "steps" => STEP_LIMIT.to_string(),
        "set" => format!("{} MB", SET_LIMIT >> 20),
        _ => format!("{} MB", PAGE_LIMIT >> 20),
    };
    Some((what, limit))
}

/// Makes the calls that count known to templates, and limits the filters that make a long text of short ones.
pub(super) fn register(tera: &mut Tera) {
    tera.register_function("vetro_step", |_: Kwargs, _: &State<'_>| count_step());
    tera.register_function("vetro_kept", |given: Kwargs, _: &State<'_>| -> TeraResult<Value> {
        count_step()?;
        given.must_get::<Value>("of")
    });
    tera.register_function("vetro_set", |given: Kwargs, _: &State<'_>| -> TeraResult<&'static str> {
        let length = given.get::<Value>("of")?.and_then(|set| set.as_str().map(str::len));
        check_length(length.unwrap_or_default()).map(|()| "")
    });
    tera.register_filter("replace", replace);
    tera.register_filter("join", join);
}

fn check_length(length: usize) -> TeraResult<()> {
    if length > SET_LIMIT { Err(Error::message(LIMIT_ERRORS[1].0)) } else { Ok(()) }
}

/// Tera's filter of that name, which stops before its text is too long.
#[expect(clippy::needless_pass_by_value, reason = "a filter of Tera takes them so")]
fn replace(text: StringInput<'_>, given: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let from = given.must_get::<&str>("from")?;
    let to = given.must_get::<StringInput<'_>>("to")?;
    let is_markup = state.autoescaping_enabled() && (text.is_safe() || to.is_safe());
    let (text, to) = if is_markup {
        (text.rendered(state)?, to.rendered(state)?)
    } else {
        (Cow::Borrowed(text.as_str()), Cow::Borrowed(to.as_str()))
    };
    check_length(text.matches(from).count().saturating_mul(to.len()))?;
    let replaced = text.replace(from, &to);
    Ok(if is_markup { Value::safe_string(&replaced) } else { Value::from(replaced) })
}

/// Tera's filter of that name, which stops when its text is too long.
#[expect(clippy::needless_pass_by_value, reason = "a filter of Tera takes them so")]
fn join(values: &[Value], given: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let between = given.get::<StringInput<'_>>("sep")?;
    let holds_markup = values.iter().any(|value| value.is_string() && value.is_safe());
    let is_markup =
        state.autoescaping_enabled() && (holds_markup || between.as_ref().is_some_and(StringInput::is_safe));
    let between = match &between {
        None => Cow::Borrowed(""),
        Some(between) if is_markup => between.rendered(state)?,
        Some(between) => Cow::Borrowed(between.as_str()),
    };
    let mut joined = String::new();
    for (at, value) in values.iter().enumerate() {
        if at > 0 {
            joined.push_str(&between);
        }
        if !is_markup {
            let _ = write!(joined, "{value}");
        } else if !value.is_undefined() {
            joined.push_str(&state.escape_if_needed(value)?);
        }
        check_length(joined.len())?;
    }
    Ok(if is_markup { Value::safe_string(&joined) } else { Value::from(joined) })
}

fn count_step() -> TeraResult<&'static str> {
    crate::work::count(1);
    let left = STEPS_LEFT.get().checked_sub(1).ok_or_else(|| Error::message(LIMIT_ERRORS[0].0))?;
    STEPS_LEFT.set(left);
    Ok("")
}

/// A page that is being made, whose steps are counted from here on.
pub(super) struct LimitedWriter<'o> {
    out: &'o mut Vec<u8>,
    left: usize,
}

impl<'o> LimitedWriter<'o> {
    pub(super) fn new(out: &'o mut Vec<u8>) -> Self {
        STEPS_LEFT.set(STEP_LIMIT);
        Self { out, left: PAGE_LIMIT }
    }
}

impl Write for LimitedWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes).map(|()| bytes.len())
    }

    #[inline]
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.left = self.left.checked_sub(bytes.len()).ok_or_else(|| io::Error::other(LIMIT_ERRORS[2].0))?;
        self.out.extend_from_slice(bytes);
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// A template with the calls that count.
#[derive(Debug)]
pub(super) struct CountedTemplate {
    pub(super) text: String,
    /// Places in the template where something was put in, each with the number of its bytes.
    added: Vec<(usize, usize)>,
    /// The first expression that joins more than [`JOIN_LIMIT`] texts.
    pub(super) long_join: Option<Range<usize>>,
}

impl CountedTemplate {
    pub(super) fn of(template: &str) -> Self {
        let mut added = Vec::new();
        let mut sets = Vec::new();
        let mut at = 0;
        let is_part = |tag: &Tag<'_>| matches!(tag.words.first(), Some(&("extends" | "component")));
        let tags = parse_tags(template);
        if !tags.iter().any(is_part) {
            added.push((0, "{{ vetro_step() }}".to_owned()));
        }
        for tag in &tags {
            for (start, end) in &tag.list_values {
                added.push((*start, "vetro_kept(of=".to_owned()));
                added.push((*end, ") ".to_owned()));
            }
            let call = match tag.words.as_slice() {
                ["for" | "component", ..] => Some("vetro_step()".to_owned()),
                ["set" | "set_global", name, ..] if tag.assigns => Some(format!("vetro_set(of={name})")),
                ["set" | "set_global", name, ..] => {
                    sets.push(*name);
                    None
                }
                ["endset", ..] => sets.pop().map(|name| format!("vetro_set(of={name})")),
                _ => None,
            };
            let trims = template[..tag.end].ends_with("-%}");
            added.extend(call.map(|call| (tag.end, format!("{{{{ {call} {}}}}}", if trims { "-" } else { "" }))));
        }
        added.sort_by_key(|(place, _)| *place);
        let mut text = String::new();
        for (place, call) in &added {
            text.push_str(&template[at..*place]);
            text.push_str(call);
            at = *place;
        }
        text.push_str(&template[at..]);
        let long = tags.iter().find(|tag| tag.joins >= JOIN_LIMIT).map(|tag| tag.start..tag.end);
        Self { long_join: long, text, added: added.into_iter().map(|(place, call)| (place, call.len())).collect() }
    }

    /// The place in the template of a place in its text.
    pub(super) fn original(&self, place: usize) -> usize {
        let mut more = 0;
        for (at, length) in &self.added {
            if at + more >= place {
                break;
            }
            more += (*length).min(place - at - more);
        }
        place - more
    }
}

/// A tag or an expression of a template.
struct Tag<'t> {
    /// The first words of a tag; empty for an expression.
    words: Vec<&'t str>,
    /// True if it has a sign of equality.
    assigns: bool,
    /// Starts and ends of the values that lists are made of.
    list_values: Vec<(usize, usize)>,
    /// Number of the texts that it joins to others.
    joins: usize,
    start: usize,
    end: usize,
}

/// The tags and expressions of a template, without those of comments and raw text.
fn parse_tags(template: &str) -> Vec<Tag<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = template[at..].find('{') {
        let start = at + next;
        let rest = &template[start..];
        if rest.starts_with("{#") {
            at = rest.find("#}").map_or(template.len(), |end| start + end + 2);
        } else if rest.starts_with("{%") || rest.starts_with("{{") {
            let tag = parse_tag(template, start + 2, if rest.starts_with("{%") { "%}" } else { "}}" });
            at = tag.end;
            if tag.words.first() == Some(&"raw") {
                at = template[at..].find("endraw").map_or(template.len(), |end| at + end);
            }
            found.push(tag);
        } else {
            at = start + 1;
        }
    }
    found
}

fn parse_tag<'t>(template: &'t str, start: usize, close: &str) -> Tag<'t> {
    let bytes = template.as_bytes();
    let mut tag = Tag {
        words: Vec::new(),
        assigns: false,
        list_values: Vec::new(),
        joins: 0,
        start: start - 2,
        end: template.len(),
    };
    let mut open: Vec<Option<usize>> = Vec::new();
    let mut at = start;
    while at < bytes.len() {
        if open.last().is_none() && template.as_bytes()[at..].starts_with(close.as_bytes()) {
            tag.end = at + 2;
            break;
        }
        match bytes[at] {
            quote @ (b'"' | b'\'' | b'`') => {
                at += 1;
                while at < bytes.len() && bytes[at] != quote {
                    at += 1 + usize::from(bytes[at] == b'\\');
                }
                at += 1;
            }
            b'[' => {
                open.push(Some(at + 1));
                at += 1;
            }
            b'(' | b'{' => {
                open.push(None);
                at += 1;
            }
            b']' | b')' | b'}' => {
                open.pop();
                at += 1;
            }
            byte if byte.is_ascii_alphanumeric() || byte == b'_' => {
                let length = bytes[at..]
                    .iter()
                    .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_')
                    .count();
                let word = &template[at..at + length];
                if let (Some(Some(from)), "for") = (open.last(), word) {
                    tag.list_values.push((*from, at));
                }
                if close == "%}" && tag.words.len() < 2 && open.is_empty() {
                    tag.words.push(word);
                }
                at += length;
            }
            byte => {
                tag.joins += usize::from(byte == b'~');
                tag.assigns |= byte == b'=' && open.is_empty();
                at += 1;
            }
        }
    }
    tag
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_repeated_is_counted_and_nothing_else_changes() {
        for (template, counted) in [
            ("{% for a in b %}x{% endfor %}", "{{ vetro_step() }}{% for a in b %}{{ vetro_step() }}x{% endfor %}"),
            ("{%- for a in b -%}\nx", "{{ vetro_step() }}{%- for a in b -%}{{ vetro_step() -}}\nx"),
            ("{% extends \"a\" %}{% set x = \"%}\" %}", "{% extends \"a\" %}{% set x = \"%}\" %}{{ vetro_set(of=x) }}"),
            ("{{ [a for b in c] }}", "{{ vetro_step() }}{{ [vetro_kept(of=a ) for b in c] }}"),
            ("{% set x %}a{% endset %}", "{{ vetro_step() }}{% set x %}a{% endset %}{{ vetro_set(of=x) }}"),
            (
                "{# {% for %} #}{% raw %}{% for %}{% endraw %}",
                "{{ vetro_step() }}{# {% for %} #}{% raw %}{% for %}{% endraw %}",
            ),
        ] {
            let found = CountedTemplate::of(template);
            assert_eq!(found.text, counted);
            assert_eq!(found.original(found.text.len()), template.len(), "{template}");
        }
    }
}
