//! Disks that fill up, may not be written, or give no more open files, while a site is published.

use std::fs;
use std::process::Command;
use std::sync::LazyLock;

use super::found::{Fault, Found};
use super::kills::{is_built_anew, judge};
use super::place::{Files, Place, Time};
use super::run::run;
use crate::dice::Dice;

/// The script that limits the program, before its words: where it can't, it ends with the code 99.
struct Limit {
    script: String,
    /// What the program says of it, one of these.
    words: &'static [&'static str],
}

const NO_FILES: &[&str] = &["Too many files are open"];
const TOO_LARGE: &[&str] = &["larger than the system allows"];
const NO_SPACE: &[&str] = &["There is no space left"];
const READ_ONLY: &[&str] = &["The disk is read-only"];

/// Whether the system lets us have disks of our own.
static HAS_DISKS: LazyLock<bool> = LazyLock::new(|| {
    let mut own = Command::new("unshare");
    own.args(["-rm", "sh", "-c", "mount -t tmpfs none /mnt"]);
    own.output().is_ok_and(|ended| ended.status.success())
});

fn limit(dice: &mut Dice, old: &Files) -> Limit {
    let pages: usize = old.values().map(|bytes| bytes.len().div_ceil(4096)).sum();
    match dice.roll(if *HAS_DISKS { 6 } else { 2 }) {
        0 => {
            // Ignored, the signal that comes with the limit turns into an error of the write.
            let script = format!("trap '' XFSZ; ulimit -f {} || exit 99; exec \"$@\"", dice.roll(80));
            Limit { script, words: TOO_LARGE }
        }
        1 => Limit { script: format!("ulimit -n {} || exit 99; exec \"$@\"", 4 + dice.roll(16)), words: NO_FILES },
        2 => {
            let script = "mount --bind \"$OUT\" \"$OUT\" && mount -o remount,ro,bind \"$OUT\" || exit 99; exec \"$@\"";
            Limit { script: script.to_owned(), words: READ_ONLY }
        }
        which => {
            let size = match which {
                3 => format!("nr_inodes={}", 2 * old.len() + dice.roll(80)),
                _ => format!("size={}k", 4 * (pages + 8 + dice.roll(pages))),
            };
            let script = format!(
                "mount -t tmpfs -o {size} none \"$OUT\" && cp -a \"$OLD/.\" \"$OUT\" || exit 99; \
                 \"$@\"; code=$?; mkdir \"$OLD.then\" && cp -a \"$OUT/.\" \"$OLD.then\" || exit 98; exit $code"
            );
            Limit { script, words: NO_SPACE }
        }
    }
}

/// Publishes an edited site where the disk stands in the way.
pub(crate) fn full(seed: u64, found: &mut Found) {
    let mut dice = Dice::of_round(seed);
    let mut place = Place::new(&mut dice);
    place.save(Time::Now);
    let first = place.build(&[]);
    if !found.ended(&first, &[Some(0)], "the first build") {
        return;
    }
    let old = place.published();
    let new = if dice.roll(2) == 0 { place.replace(&mut dice) } else { place.edit(&mut dice) };
    place.save(Time::Now);
    let limit = limit(&mut dice, &old);
    let is_own_disk = limit.script.contains("mount");
    let kept = place.root().with_file_name("old");
    if is_own_disk {
        fs::create_dir(&kept).expect("a folder");
        let copied = Command::new("cp").arg("-a").arg(place.output().join(".")).arg(&kept).status();
        assert!(copied.expect("there is cp").success());
    }
    let mut command = Command::new(if is_own_disk { "unshare" } else { "sh" });
    command
        .args(if is_own_disk { &["-rm", "sh"][..] } else { &[] })
        .args(["-c", &limit.script, "sh"]);
    command.args(place.words("build")).env("OUT", place.output()).env("OLD", &kept);
    let ended = run(&mut command, None);
    let is_whole = found.ended(&ended, &[Some(0), Some(2)], &limit.script);
    let then = kept.with_extension("then");
    if then.exists() {
        fs::remove_dir_all(place.output()).expect("it is ours");
        fs::rename(&then, place.output()).expect("it is ours");
    }
    let standing = place.published();
    judge(&standing, &old, &new, found);
    if is_whole && ended.code == Some(2) {
        let names_it = ended.said.contains("vetro: ") && limit.words.iter().any(|words| ended.said.contains(words));
        if !names_it {
            found.add(Fault::Code, format!("{}: {}", limit.script, ended.said));
        }
        if standing != old && standing != new {
            found.add(Fault::Torn, format!("{}: the site is neither old nor new: {}", limit.script, ended.said));
        }
    } else if is_whole && standing != new {
        found.add(Fault::Missed, format!("{}: published, and not the new site", limit.script));
    }
    let next = place.build(&[]);
    if found.ended(&next, &[Some(0)], "the build with space") {
        is_built_anew(&place, &new, found);
    }
}
