//! Shared parts of the fuzz targets: small sites in memory, and the rules that every result keeps.

pub mod folder;
pub mod html;
pub mod lsp;
pub mod report;
pub mod site;

use std::sync::LazyLock;

use jiff::civil::{Date, date};
use vetro::{Drafts, Lang, Messages, Options};

/// The day on which every site is judged.
pub const TODAY: Date = date(2026, 11, 22);

/// The words of problems.
pub static MESSAGES: LazyLock<Messages> = LazyLock::new(|| Messages::new(Lang::En));

/// The options of a site whose drafts are shown, as `vetro check` has them.
pub fn options() -> Options {
    Options { as_of: TODAY, base: None, drafts: Drafts::Include, profiles: None }
}

/// Makes the calling thread the only one that works, so that the coverage of a run is that of its input.
///
/// # Panics
/// When it is called twice.
pub fn work_alone() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread();
    pool.build_global().expect("nobody made a pool before");
}

/// Does what was left to be done later by the thread that works alone.
pub fn finish_work() {
    while rayon::yield_now() == Some(rayon::Yield::Executed) {}
}

/// The text of an input; what is no UTF-8 comes as a strange letter.
pub fn text(data: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(data)
}

/// One of several settings in which an input can be read: each has its turn, and an input always the same.
///
/// # Panics
/// When there are none.
pub fn one_of<'s, T>(settings: &'s [T], data: &[u8]) -> &'s T {
    let sum: usize = data.iter().map(|byte| usize::from(*byte)).sum();
    &settings[sum % settings.len()]
}

/// Sound bytes with changes that the input tells. Each takes four bytes: two for the place, one for the kind and one for
/// the value. So an input changes what this machine and program made, whose times and numbers no file can know before.
pub fn changed(sound: &[u8], data: &[u8]) -> Vec<u8> {
    let mut bytes = sound.to_vec();
    for change in data.chunks_exact(4) {
        let [low, high, kind, value] = *change else { break };
        if bytes.is_empty() {
            break;
        }
        let at = usize::from(u16::from_le_bytes([low, high])) % bytes.len();
        match kind % 8 {
            0 => bytes[at] = value,
            1 => bytes[at] ^= value,
            2 => bytes[at] = bytes[at].wrapping_add(value),
            3 => bytes.insert(at, value),
            4 => drop(bytes.remove(at)),
            5 => bytes.truncate(at),
            6 => bytes[at] = 0xff,
            _ => {
                let end = (at + usize::from(value)).min(bytes.len());
                bytes.extend_from_within(at..end);
            }
        }
    }
    bytes
}
