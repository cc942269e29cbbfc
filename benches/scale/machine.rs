//! What the figures were measured on, as far as it tells.

use std::fs;

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// How many threads there are for a program.
pub(crate) fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// How many programs wanted to run in the last one, five and fifteen minutes.
pub(crate) fn load() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let means: Vec<&str> = text.split_whitespace().take(3).collect();
    if means.is_empty() { "unknown".to_owned() } else { means.join(", ") }
}

/// The head of a section: the day, the machine, and the load before and after.
pub(crate) fn heading(before: &str) -> String {
    let day = Timestamp::now().to_zoned(TimeZone::UTC).date();
    format!(
        "## {day}\n\n{}, {} threads, Linux {}. Load over 1, 5 and 15 minutes: {before} before, {} after.\n",
        processor(),
        threads(),
        kernel(),
        load()
    )
}

fn processor() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = text.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    model.map_or("An unknown processor", |(_, name)| name.trim()).to_owned()
}

fn kernel() -> String {
    fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default().trim().to_owned()
}
