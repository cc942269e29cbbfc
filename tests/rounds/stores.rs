//! What is kept for the next build, damaged in every way or forged with sound seals.

use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::process::Command;

use camino::{Utf8Path, Utf8PathBuf};
use vetro::internals::FileStamp;
use vetro::internals::HEAD;
use vetro::internals::fingerprint;

use super::found::{Fault, Found};
use super::kills::is_built_anew;
use super::place::{Files, Place, Time, bytes};
use super::run::{Ended, binary};
use crate::dice::Dice;

/// What happens to a file, or to what takes its place.
const HARMS: [&str; 17] = [
    "bits turned",
    "bytes overwritten",
    "cut short",
    "emptied",
    "zeroes in its place",
    "lengthened",
    "swapped with another",
    "of an older build",
    "of another version",
    "a folder in its place",
    "a link to itself",
    "a link to a device",
    "a link to a file of others",
    "a pipe",
    "huge and hollow",
    "removed",
    "its permissions gone",
];

/// What the program says where it can't go on, and what to do.
const ADVICE: [&str; 5] = ["vetro build --adopt", "remove it", "move it", "move them", "The permission is missing"];

/// Everything that is kept of a site, and what might be taken for it.
fn kept(place: &Place) -> Vec<Utf8PathBuf> {
    let below = |folder: Utf8PathBuf| {
        let entries = folder.read_dir_utf8().into_iter().flatten();
        entries.map(|entry| entry.expect("it can be read").into_path()).collect::<Vec<_>>()
    };
    let own = place.output().join(".vetro");
    let to_come = ["staging", "displaced", "manifest.next", "cache.next", "withdrawn", "withdrawn.next"];
    let mut all = [below(place.root().join(".vetro")), below(own.clone())].concat();
    all.extend(to_come.map(|name| own.join(name)));
    // Two published files tell of the last build, too.
    all.extend(["atom.xml", "index.html"].map(|name| place.output().join(name)));
    all.sort();
    all
}

/// Harms one of the files, and another where two change their places; gives what was done to which.
fn harm(dice: &mut Dice, place: &Place, all: &[Utf8PathBuf], older: &Files) -> (&'static str, Vec<Utf8PathBuf>) {
    let manifest = place.output().join(".vetro/manifest");
    let cache = place.output().join(".vetro/cache");
    let victim = match dice.roll(4) {
        0 => manifest,
        1 => cache,
        _ => all[dice.roll(all.len())].clone(),
    };
    let kind = HARMS[dice.roll(HARMS.len())];
    let bytes = bytes(&victim);
    let other = &all[dice.roll(all.len())];
    match kind {
        "swapped with another" => {
            let between = victim.with_extension("between");
            for (from, to) in [(&victim, &between), (other, &victim), (&between, other)] {
                let _ = fs::rename(from, to);
            }
            return (kind, vec![victim, other.clone()]);
        }
        "its permissions gone" => {
            let _ = fs::set_permissions(&victim, std::os::unix::fs::PermissionsExt::from_mode(0o000));
        }
        _ => {
            clear(&victim);
            lay(kind, &victim, bytes, dice, place, older);
        }
    }
    (kind, vec![victim])
}

fn clear(path: &Utf8Path) {
    if path.is_dir() && !path.is_symlink() {
        fs::remove_dir_all(path).expect("it is ours");
    } else {
        let _ = fs::remove_file(path);
    }
}

/// Lays something in the place of a file that had these bytes.
fn lay(kind: &str, victim: &Utf8Path, mut bytes: Vec<u8>, dice: &mut Dice, place: &Place, older: &Files) {
    let length = bytes.len().max(1);
    match kind {
        "bits turned" => {
            for _ in 0..=dice.roll(4) {
                let (at, bit) = (dice.roll(length), dice.roll(8));
                bytes.get_mut(at).into_iter().for_each(|byte| *byte ^= 1 << bit);
            }
        }
        "bytes overwritten" => {
            let from = dice.roll(length);
            bytes
                .iter_mut()
                .skip(from)
                .take(40)
                .for_each(|byte| *byte = u8::try_from(dice.roll(256)).expect("a byte"));
        }
        "cut short" => bytes.truncate(dice.roll(length)),
        "emptied" => bytes.clear(),
        "zeroes in its place" => bytes.fill(0),
        "lengthened" => bytes.extend((0..=dice.roll(100)).map(|_| b'a')),
        "of an older build" => {
            let below = victim.strip_prefix(place.root()).expect("it lies there").as_str();
            bytes = older.get(below).cloned().unwrap_or(bytes);
        }
        "of another version" => {
            let digit = bytes.iter().take(20).position(u8::is_ascii_digit);
            digit.into_iter().for_each(|at| bytes[at] = b'0');
        }
        "a folder in its place" => {
            fs::create_dir(victim).expect("its place is free");
            return fs::write(victim.join("a"), &bytes).expect("it is empty");
        }
        "a link to itself" => return symlink(victim, victim).expect("its place is free"),
        "a link to a device" => return symlink("/dev/zero", victim).expect("its place is free"),
        "a link to a file of others" => {
            return symlink(place.outside().join("file"), victim).expect("its place is free");
        }
        "a pipe" => {
            let made = Command::new("mkfifo").arg(victim).status().expect("the system has pipes");
            return assert!(made.success());
        }
        "huge and hollow" => {
            fs::write(victim, &bytes).expect("its place is free");
            let file = File::options().write(true).open(victim).and_then(|file| file.set_len(10 << 30));
            return file.expect("a long file without blocks");
        }
        _ => return,
    }
    fs::write(victim, bytes).expect("its place is free");
}

/// The files of the site's folder, such as they were after an earlier build.
fn older(place: &Place) -> Files {
    let mut files = super::place::files_in(&place.root());
    files.retain(|path, _| path.contains(".vetro/"));
    files
}

/// Builds after damage: the site is as from nothing, or stays as it is and the program says what to do.
pub(crate) fn damage(seed: u64, found: &mut Found) {
    let mut dice = Dice::of_round(seed);
    let mut place = Place::new(&mut dice);
    place.save(Time::Now);
    found.ended(&place.build(&[]), &[Some(0)], "the first build");
    let older = older(&place);
    let old = place.edit(&mut dice);
    let (texts, options) = (place.texts.clone(), place.options.clone());
    place.save(Time::Now);
    found.ended(&place.build(&[]), &[Some(0)], "the second build");
    let all = kept(&place);
    let harms: Vec<_> = (0..=dice.roll(2)).map(|_| harm(&mut dice, &place, &all, &older)).collect();
    let new = if dice.roll(2) == 0 { place.edit(&mut dice) } else { old.clone() };
    place.save(Time::Now);
    let built = place.build(&[]);
    let what = format!("{harms:?}");
    if !found.ended(&built, &[Some(0), Some(2)], &what) {
        return;
    }
    if built.code == Some(0) {
        return is_built_anew_after(&place, &new, &what, found);
    }
    if !ADVICE.iter().any(|advice| built.said.contains(advice)) {
        found.add(Fault::Code, format!("{what}: without advice: {}", built.said));
    }
    // Advice that is followed ends the trouble: what isn't a file, or no page of the site, is taken away, and the site is taken
    // back as it was.
    let own = place.output().join(".vetro");
    for victim in harms.iter().flat_map(|(_, victims)| victims) {
        if built.said.contains(victim.as_str()) || !victim.starts_with(&own) || !victim.is_file() {
            clear(victim);
        }
    }
    let sources = (std::mem::replace(&mut place.texts, texts), std::mem::replace(&mut place.options, options));
    place.save(Time::Now);
    let adopted = place.build(&["--adopt"]);
    if found.ended(&adopted, &[Some(0)], &format!("{what}, {}, then --adopt", built.said)) {
        is_built_anew_after(&place, &old, &what, found);
    }
    (place.texts, place.options) = sources;
    place.save(Time::Now);
    let next = place.build(&[]);
    if found.ended(&next, &[Some(0)], &what) {
        is_built_anew_after(&place, &new, &what, found);
    }
}

fn is_built_anew_after(place: &Place, new: &Files, what: &str, found: &mut Found) {
    // What was laid where nothing is looked for stays.
    for name in place.own().iter().filter(|name| !["cache", "lock", "manifest"].contains(&name.as_str())) {
        clear(&place.output().join(".vetro").join(name));
    }
    let before = found.told.len();
    is_built_anew(place, new, found);
    found.told[before..].iter_mut().for_each(|told| *told = format!("{what}: {told}"));
}

/// Builds with a store and a cache that say something else with sound seals: whatever comes of it, it comes to an end, and
/// without them the site is as from nothing.
pub(crate) fn forge(seed: u64, found: &mut Found) {
    let mut dice = Dice::of_round(seed);
    let mut place = Place::new(&mut dice);
    place.save(Time::Now);
    found.ended(&place.build(&[]), &[Some(0)], "the first build");
    let cache = place.output().join(".vetro/cache");
    let store = place.root().join(".vetro");
    let mut pieces: Vec<Utf8PathBuf> = (store.read_dir_utf8().expect("it is kept"))
        .map(|entry| entry.expect("it can be read").into_path())
        .filter(|path| ![".gitignore", "CACHEDIR.TAG"].iter().any(|mark| path.ends_with(mark)))
        .collect();
    pieces.sort();
    let forged = if dice.roll(2) == 0 {
        forge_cache(&cache, &mut dice);
        &cache
    } else {
        let piece = &pieces[dice.roll(pieces.len())];
        forge_piece(piece, &mut dice);
        piece
    };
    if dice.roll(2) == 0 {
        place.edit(&mut dice);
        place.save(Time::Now);
    }
    let ended: Ended = place.build(&[]);
    found.ended(&ended, &[Some(0), Some(1), Some(2)], &format!("a forged {forged}"));
    fs::remove_file(&cache).ok();
    fs::remove_dir_all(&store).expect("it is kept");
    let next = place.build(&[]);
    if let (true, Ok(new)) = (found.ended(&next, &[Some(0)], "the build without it"), place.built_anew()) {
        is_built_anew(&place, &new, found);
    }
}

/// Changes some of the bytes.
fn change(bytes: &mut [u8], dice: &mut Dice) {
    for _ in 0..=dice.roll(3) {
        let at = dice.roll(bytes.len().max(1));
        let with = [0, 1, 0x7f, 0x80, 0xff, u8::try_from(dice.roll(256)).expect("a byte")][dice.roll(6)];
        bytes.get_mut(at).into_iter().for_each(|byte| *byte = with);
    }
}

/// Seals another body: see the head of `vetro::cache`.
fn forge_cache(path: &Utf8Path, dice: &mut Dice) {
    let sealed = |bytes: &mut [u8]| {
        let (head, body) = bytes.split_at_mut(HEAD);
        let (numbers, _) = head[HEAD - 72..].as_chunks_mut::<8>();
        let of = |numbers: &[[u8; 8]], at: usize| usize::try_from(u64::from_le_bytes(numbers[at])).expect("small");
        let (said, rest) = body.split_at(of(numbers, 3));
        let (told, facts) = rest.split_at(of(numbers, 5));
        // A cache of sources that may yet change has no seal.
        if numbers[4] != [0; 8] {
            numbers[4] = fingerprint(said).to_le_bytes();
        }
        numbers[6] = fingerprint(&(told, facts)).to_le_bytes();
        let all: Vec<u64> = numbers[..8].iter().map(|bytes| u64::from_le_bytes(*bytes)).collect();
        numbers[8] = fingerprint(&<[u64; 8]>::try_from(all).expect("eight")).to_le_bytes();
    };
    let kept = fs::read(path).expect("it is kept");
    let mut bytes = kept.clone();
    sealed(&mut bytes);
    assert_eq!(bytes, kept, "the same body has the same seal");
    change(&mut bytes[HEAD..], dice);
    sealed(&mut bytes);
    fs::write(path, bytes).expect("it is kept");
}

/// Seals other bytes before the texts: see `vetro::incremental::store`.
fn forge_piece(path: &Utf8Path, dice: &mut Dice) {
    let program = FileStamp::of(&fs::metadata(binary()).expect("the program")).expect("it has a time");
    let sealed = |bytes: &mut [u8]| {
        let (body, end) = bytes.split_at_mut(bytes.len() - 16);
        let length = usize::try_from(u64::from_le_bytes(*end.first_chunk().expect("16 bytes"))).expect("small");
        let texts = (body.len() - length) as u64;
        end[8..].copy_from_slice(&fingerprint(&(program, &body[..length], texts)).to_le_bytes());
        length
    };
    let kept = fs::read(path).expect("it is kept");
    let mut bytes = kept.clone();
    let length = sealed(&mut bytes);
    assert_eq!(bytes, kept, "the same bytes have the same seal");
    change(&mut bytes[..length], dice);
    sealed(&mut bytes);
    fs::write(path, bytes).expect("it is kept");
}
