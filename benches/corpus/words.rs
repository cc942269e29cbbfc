//! Words drawn by lot.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The words of the sheets.
#[derive(Deserialize)]
pub(crate) struct Words {
    rules: BTreeMap<String, Vec<String>>,
    pub(crate) lists: Lists,
}

/// What has an order.
#[derive(Deserialize)]
pub(crate) struct Lists {
    pub(crate) directions: Vec<String>,
    pub(crate) cities: Vec<String>,
    pub(crate) axes: Vec<String>,
    pub(crate) actions: Vec<String>,
    pub(crate) news: Vec<Named>,
    pub(crate) directorates: Vec<Directorate>,
}

/// A directorate.
#[derive(Deserialize)]
pub(crate) struct Directorate {
    /// What it is called in codes.
    pub(crate) letters: String,
    pub(crate) slug: String,
    pub(crate) name: String,
    pub(crate) services: Vec<Named>,
}

/// What has an address and a name.
#[derive(Deserialize)]
pub(crate) struct Named {
    pub(crate) slug: String,
    pub(crate) name: String,
}

impl Words {
    /// The words that the benchmarks come with.
    pub(crate) fn load() -> Self {
        toml::from_str(include_str!("words.toml")).expect("the words are TOML")
    }

    /// A value of a rule.
    pub(crate) fn draw(&self, rule: &str, lots: &mut Rng) -> String {
        let mut text = String::new();
        self.add(rule, lots, &mut text);
        text
    }

    fn add(&self, rule: &str, lots: &mut Rng, text: &mut String) {
        let mut rest = lots
            .pick(self.rules.get(rule).unwrap_or_else(|| panic!("there is no rule {rule}")))
            .as_str();
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').expect("a closed rule");
            text.push_str(before);
            self.add_named(name, lots, text);
            rest = after;
        }
        text.push_str(rest);
    }

    fn add_named(&self, name: &str, lots: &mut Rng, text: &mut String) {
        if let Some((least, most)) = name.split_once("..") {
            let number = |text: &str| text.parse().expect("a number");
            text.push_str(&lots.between(number(least), number(most)).to_string());
        } else if name.starts_with(char::is_uppercase) {
            let value = self.draw(&name.to_lowercase(), lots);
            let mut letters = value.chars();
            text.extend(letters.next().into_iter().flat_map(char::to_uppercase));
            text.push_str(letters.as_str());
        } else {
            self.add(name, lots, text);
        }
    }
}

/// Lots: `SplitMix64`, since no crate promises that its numbers stay the same over its versions in fewer lines.
pub(crate) struct Rng(u64);

impl Rng {
    /// The lots of one thing, named by numbers.
    pub(crate) fn of(name: impl IntoIterator<Item = u64>) -> Self {
        Self(name.into_iter().fold(0, |state, part| Self(state ^ part).next()))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from `least` to `most`.
    pub(crate) fn between(&mut self, least: u32, most: u32) -> u32 {
        let offset = self.next() % (u64::from(most - least) + 1);
        least + u32::try_from(offset).expect("less than the distance of two small numbers")
    }

    /// Whether something happens that happens so often in a hundred times.
    pub(crate) fn chance(&mut self, percent: u32) -> bool {
        self.between(1, 100) <= percent
    }

    /// A place in a list that long.
    pub(crate) fn place(&mut self, length: usize) -> usize {
        let last = u32::try_from(length - 1).expect("a short list");
        usize::try_from(self.between(0, last)).expect("a place in a list")
    }

    /// One of a list.
    pub(crate) fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.place(list.len())]
    }

    /// From `least` to `most` things.
    pub(crate) fn times<T>(&mut self, least: u32, most: u32, mut thing: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..self.between(least, most)).map(|_| thing(self)).collect()
    }
}
