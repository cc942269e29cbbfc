//! Programs that are killed while they write.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

use camino::Utf8Path;

use super::found::{Fault, Found};
use super::place::{Files, Place, Time, differing, files_in};
use super::run::{Ended, Kill, run};
use crate::dice::Dice;

/// How a signal may end a program: an interrupt is told as a code.
fn ends(signal: &str) -> &'static [Option<i32>] {
    if signal == "INT" { &[None, Some(0), Some(130)] } else { &[None, Some(0)] }
}

fn signal(dice: &mut Dice) -> &'static str {
    ["KILL", "KILL", "TERM", "INT"][dice.roll(4)]
}

/// A part of a time that has a thousand.
fn part(time: Duration, dice: &mut Dice) -> Duration {
    time * u32::try_from(dice.roll(1000)).expect("few") / 1000
}

/// The moment to kill a build that takes so long: any, or just when it begins to stage files or to move them.
fn moment<'a>(dice: &mut Dice, time: Duration, output: &'a Utf8Path, old: &Files, new: &Files) -> Kill<'a> {
    let signal = signal(dice);
    let staging = output.join(".vetro/staging");
    let changing: Vec<&str> = differing(new, old).into_iter().filter(|path| old.contains_key(*path)).collect();
    match (dice.roll(3), dice.of(&changing)) {
        (0, _) => Kill { signal, happened: Box::new(|| true), after: part(time, dice) },
        (1, Some(path)) => {
            let place = output.join(path);
            let of = move || fs::metadata(&place).map(|file| inode(&file)).ok();
            let before = of();
            Kill { signal, happened: Box::new(move || of() != before), after: part(time / 20, dice) }
        }
        _ => {
            let is_staged = move || fs::read_dir(&staging).is_ok_and(|mut files| files.next().is_some());
            Kill { signal, happened: Box::new(is_staged), after: part(time / 2, dice) }
        }
    }
}

#[cfg(unix)]
fn inode(file: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(file)
}

/// Kills a build into an empty folder, of an edited site, of another site, or one that takes a folder back.
pub(crate) fn build(seed: u64, found: &mut Found) {
    let mut dice = Dice::of_round(seed);
    let mut place = Place::new(&mut dice);
    place.save(Time::Now);
    let first = place.build(&[]);
    if !found.ended(&first, &[Some(0)], "the first build") {
        return;
    }
    let old = place.published();
    let (mut before, mut more) = (old.clone(), &[][..]);
    let new = match dice.roll(5) {
        0 => {
            fs::remove_dir_all(place.output()).expect("it is there");
            before.clear();
            old
        }
        1 => place.replace(&mut dice),
        2 => {
            fs::remove_file(place.output().join(".vetro/manifest")).expect("it is there");
            for path in old.keys().filter(|_| dice.roll(3) == 0) {
                fs::remove_file(place.output().join(path)).expect("it is there");
                before.remove(path);
            }
            more = &["--adopt"];
            old
        }
        _ => place.edit(&mut dice),
    };
    place.save(Time::Now);
    let output = place.output();
    let kill = moment(&mut dice, first.time, &output, &before, &new);
    let codes = ends(kill.signal);
    let killed = run(&mut place.command("build", more), Some(kill));
    found.ended(&killed, codes, "the killed build");
    judge(&place.published(), &before, &new, found);
    let next = place.build(more);
    if found.ended(&next, &[Some(0)], "the build after a kill") {
        is_built_anew(&place, &new, found);
    }
}

/// Finds fault with a folder that a build was to make the new edition of, and left off.
pub(super) fn judge(standing: &Files, old: &Files, new: &Files, found: &mut Found) {
    for (path, bytes) in standing {
        if ![old.get(path), new.get(path)].contains(&Some(bytes)) {
            found.add(Fault::Torn, format!("{path} is neither old nor new"));
        }
        // Nothing that stood before leads to a page that is new; and one that leaves may lose what it links to.
        let Some(former) = old.get(path) else { continue };
        let edition = if former == bytes { old } else { new };
        if path.ends_with(".html") && new.contains_key(path) {
            let dead = links(path, &String::from_utf8_lossy(bytes));
            for link in dead.into_iter().filter(|to| edition.contains_key(to) && !standing.contains_key(to)) {
                found.add(Fault::Torn, format!("{path} links to {link}, which isn't there"));
            }
        }
    }
    for path in old.keys().filter(|path| new.contains_key(*path) && !standing.contains_key(*path)) {
        found.add(Fault::Torn, format!("{path} is gone, though both editions have it"));
    }
}

/// The paths that a page's relative links and sources lead to.
fn links(page: &str, html: &str) -> Vec<String> {
    let attributes = ["href=\"", "src=\""];
    let values = attributes
        .iter()
        .flat_map(|name| html.split(name).skip(1).filter_map(|rest| rest.split('"').next()));
    let links = values.filter(|link| !link.contains(':') && !link.starts_with(['#', '/'])).map(|link| {
        let link = link.split(['#', '?']).next().unwrap_or_default();
        let mut parts: Vec<&str> = page.split('/').collect();
        parts.pop();
        for part in link.split('/') {
            match part {
                "." => {}
                ".." => drop(parts.pop()),
                part => parts.push(part),
            }
        }
        let path = parts.join("/");
        if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path }
    });
    links.collect()
}

/// Finds fault with a folder that isn't exactly what a build from nothing makes of the texts.
pub(super) fn is_built_anew(place: &Place, new: &Files, found: &mut Found) {
    let published = place.published();
    let differing = differing(&published, new);
    if !differing.is_empty() {
        found.add(Fault::Missed, format!("not as from nothing: {differing:?}"));
    }
    if !place.is_tidy() {
        found.add(Fault::Other, format!("left lying: {:?}", place.own()));
    }
    if !place.is_outside_sound() {
        found.add(Fault::Other, "a folder of others was changed");
    }
}

/// Kills a command that writes no page: a server, a new sheet, a repair.
pub(crate) fn others(seed: u64, found: &mut Found) {
    let mut dice = Dice::of_round(seed);
    let mut place = Place::new(&mut dice);
    match dice.roll(3) {
        0 => serve(&mut dice, &mut place, found),
        1 => new_sheet(&mut dice, &mut place, found),
        _ => repair(&mut dice, &mut place, found),
    }
    let published = place.built_anew();
    if let Err(ended) = &published {
        found.ended(ended, &[Some(0)], "the build after a kill");
    }
    let built = place.build(&[]);
    if let (true, Ok(new)) = (found.ended(&built, &[Some(0)], "the build after a kill"), published) {
        is_built_anew(&place, &new, found);
    }
}

/// A server keeps what it has read beside the sources.
fn serve(dice: &mut Dice, place: &mut Place, found: &mut Found) {
    place.save(Time::Now);
    let words = place.words("serve");
    let mut server = Command::new(&words[0]);
    server
        .args(&words[1..])
        .args(["--port", "0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut server = server.spawn().expect("the program starts");
    let mut line = String::new();
    BufReader::new(server.stdout.take().expect("it is piped"))
        .read_line(&mut line)
        .expect("it can be read");
    if !line.starts_with("http://") {
        found.add(Fault::Code, format!("the server says {line:?}"));
    }
    std::thread::sleep(part(Duration::from_millis(30), dice));
    place.edit(dice);
    place.save(Time::Now);
    std::thread::sleep(part(Duration::from_millis(60), dice));
    server.kill().and_then(|()| server.wait()).expect("it is ours");
}

/// Runs a command to its end in a copy of the site, then kills it: each file of the sources is as before or after.
fn torn_sources(dice: &mut Dice, place: &Place, words: &[&str], found: &mut Found) -> Files {
    let copy = place.outside().with_file_name("copy");
    fs::create_dir(&copy).expect("a folder");
    let before = files_in(&place.root());
    let lay = |root: &Utf8Path| {
        for (path, bytes) in &before {
            super::place::write(&root.join(path), bytes, Time::Now);
        }
    };
    let command = |root: &Utf8Path| {
        let mut command = Command::new(super::run::binary());
        command.current_dir(root).args(["--lang", "en"]).args(words);
        command
    };
    lay(&copy);
    let whole: Ended = run(&mut command(&copy), None);
    // What isn't repaired is a problem still.
    found.ended(&whole, &[Some(0), Some(1)], &words.join(" "));
    let sources = |root: &Utf8Path| {
        let mut files = files_in(root);
        // A file on its way is a tool's own, which is no part of the site.
        files.retain(|path, _| !path.split('/').any(|part| part.starts_with('.')));
        files
    };
    let after = sources(&copy);
    let signal = signal(dice);
    let kill = Kill { signal, happened: Box::new(|| true), after: part(whole.time, dice) };
    let killed = run(&mut command(&place.root()), Some(kill));
    let codes = [ends(signal), &[whole.code]].concat();
    found.ended(&killed, &codes, &format!("{} when killed", words.join(" ")));
    let standing = sources(&place.root());
    judge(&standing, &sources_of(&before), &after, found);
    standing
}

fn sources_of(files: &Files) -> Files {
    files
        .iter()
        .filter(|(path, _)| !path.starts_with('.'))
        .map(|(path, bytes)| (path.clone(), bytes.clone()))
        .collect()
}

fn new_sheet(dice: &mut Dice, place: &mut Place, found: &mut Found) {
    place.save(Time::Now);
    let words = ["new", "objective", "--title", "Aprire la sera", "--unit", "comune/cultura", "--year", "2020"];
    let standing = torn_sources(dice, place, &words, found);
    keep(place, &standing);
}

fn repair(dice: &mut Dice, place: &mut Place, found: &mut Found) {
    // Names that are nearly one: of most it is certain which.
    let slips =
        [("unit: comune/cultura\n", "unit: comune/cultur\n"), ("unit: comune/strade\n", "unit: comune/strad\n")];
    for text in place.texts.values_mut() {
        *text = slips.iter().fold(text.clone(), |text, (right, wrong)| text.replace(right, wrong));
    }
    place.save(Time::Now);
    let standing = torn_sources(dice, place, &["check", "--fix", "--yes", "--as-of", "2020-08-01"], found);
    keep(place, &standing);
    for text in place.texts.values_mut() {
        *text = slips.iter().fold(text.clone(), |text, (right, wrong)| text.replace(wrong, right));
    }
    place.save(Time::Now);
}

/// Takes the sources as they stand.
fn keep(place: &mut Place, standing: &Files) {
    place.texts = standing
        .iter()
        .map(|(path, bytes)| (path.clone(), String::from_utf8_lossy(bytes).into_owned()))
        .collect();
}
