//! Edits of any file of a site, by editors and programs that put its time back, and of published files.

use std::fs;

use super::found::{Fault, Found};
use super::place::{Files, Place, Time, differing, write};
use crate::dice::Dice;
use crate::edits::change;

/// How many saves a round has.
const SAVES: usize = 5;

/// The files that no text is, and what may stand in them.
const BESIDE: [(&str, [&str; 3]); 5] = [
    ("content/projects/ponte/pianta.pdf", ["pianta 1", "pianta 2", "un'altra pianta"]),
    (
        "content/projects/ponte/disegno.svg",
        [
            "<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0h9'/></svg>",
            "<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0h8'/></svg>",
            "<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
        ],
    ),
    ("assets/citta.css", ["p{color:red}", "p{color:tan}", "p{color:green}"]),
    ("themes/default/templates/map.html", ["{{ 1 }}", "{{ 2 }}", "{{ no"]),
    (
        "site.toml",
        [
            "[site]\ntitle = \"Promesse\"\nbase_url = \"https://example.org/x\"\n[theme]\nextra_css = \"assets/citta.css\"\n",
            "[site]\ntitle = \"Promessi\"\nbase_url = \"https://example.org/x\"\n[theme]\nextra_css = \"assets/citta.css\"\n",
            "[site]\ntitle = \"Promesse\"\nbase_url = \"https://example.org\"\nlanguages = [\"en\"]\n",
        ],
    ),
];

/// Saves a site again and again, and builds each time.
pub(crate) fn edits(seed: u64, found: &mut Found) {
    let mut dice = Dice::of_round(seed);
    let mut place = Place::new(&mut dice);
    place.texts.insert("assets/citta.css".to_owned(), "p{}".to_owned());
    let mut stands = Files::new();
    let mut story = Vec::new();
    for _ in 0..SAVES {
        for _ in 0..dice.roll(3) {
            story.push(edit(&mut dice, &mut place));
        }
        let time = if dice.roll(2) == 0 { Time::PutBack } else { Time::Now };
        place.save(time);
        story.extend(deface(&mut dice, &place, &stands));
        let built = place.build(&[]);
        if !found.ended(&built, &[Some(0), Some(1)], "a build") {
            return;
        }
        let new = match (place.built_anew(), built.code) {
            (Ok(new), Some(0)) => new,
            (Err(anew), code) if anew.code == code => continue,
            (anew, code) => {
                let anew = anew.map_or_else(|anew| anew.code, |_| Some(0));
                return found.add(Fault::Missed, format!("ends with {code:?}, from nothing {anew:?}: {story:#?}"));
            }
        };
        stands = place.published();
        let differing = differing(&stands, &new);
        if !differing.is_empty() {
            return found.add(Fault::Missed, format!("{differing:?} after {story:#?}"));
        }
    }
}

fn edit(dice: &mut Dice, place: &mut Place) -> String {
    if dice.roll(2) == 0 {
        return change(dice, &mut place.texts, &mut place.options);
    }
    let (path, all) = BESIDE[dice.roll(BESIDE.len())];
    if dice.roll(6) == 0 && path != "site.toml" {
        place.texts.remove(path);
        return format!("remove {path}");
    }
    let text = all[dice.roll(all.len())];
    place.texts.insert(path.to_owned(), text.to_owned());
    format!("{path}: {text:?}")
}

/// Changes a published file, and puts its time back.
fn deface(dice: &mut Dice, place: &Place, stands: &Files) -> Option<String> {
    let paths: Vec<&String> = stands.keys().collect();
    let path = *dice.of(&paths)?;
    let at = place.output().join(path);
    if dice.roll(3) > 0 || !at.exists() {
        return None;
    }
    if dice.roll(3) == 0 {
        fs::remove_file(&at).expect("it is published");
        return Some(format!("remove the published {path}"));
    }
    let mut bytes = stands[path].clone();
    let byte = dice.roll(bytes.len().max(1));
    bytes.get_mut(byte).into_iter().for_each(|byte| *byte ^= 1);
    write(&at, &bytes, Time::PutBack);
    Some(format!("turn byte {byte} of the published {path}"))
}
