//! Objectives, projects and updates of an invented city: the same seed gives the same bytes, on every machine.
//!
//! A record depends on the seed and its own number, not on how many there are. Their number, length and variety follow
//! the sheets that Italian cities publish.

pub(crate) mod sites;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Span;
use jiff::civil::{Date, date};

pub(crate) use words::{Directorate, Named, Rng, Words};

/// The years that objectives are spread over.
pub(crate) const YEARS: std::ops::RangeInclusive<i16> = 2016..=2025;

/// How large a city.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    /// How many objectives, over all years.
    pub(crate) objectives: u32,
    /// How many projects.
    pub(crate) projects: u32,
}

/// A record's place in the year's plan: strategic direction, strategic objective and, where it has one, operation.
pub(crate) type Node = (u32, u32, Option<u32>);

/// One objective of one year.
pub(crate) struct Objective<'a> {
    pub(crate) code: String,
    pub(crate) title: String,
    pub(crate) year: i16,
    pub(crate) published: Date,
    pub(crate) directorate: &'a Directorate,
    pub(crate) service: &'a Named,
    pub(crate) classification: String,
    pub(crate) kind: String,
    /// A strategic objective, then operations of the same direction, each once.
    pub(crate) nodes: Vec<Node>,
    pub(crate) phases: Vec<Phase>,
    pub(crate) indicators: Vec<Indicator>,
    pub(crate) body: String,
}

/// A phase of an objective.
pub(crate) struct Phase {
    pub(crate) title: String,
    pub(crate) weight: Option<u32>,
    pub(crate) start: Date,
    pub(crate) end: Date,
    pub(crate) responsible: String,
    pub(crate) notes: Option<String>,
}

/// An indicator of an objective.
pub(crate) struct Indicator {
    pub(crate) title: String,
    pub(crate) kind: String,
    pub(crate) target: String,
    pub(crate) actual: Option<String>,
}

/// One project.
pub(crate) struct Project {
    pub(crate) code: String,
    pub(crate) title: String,
    /// The number of its axis of the programme, from 0, and that of its action.
    pub(crate) action: (usize, usize),
    pub(crate) start: Date,
    pub(crate) end: Date,
    pub(crate) cents: u64,
    pub(crate) updates: BTreeMap<Date, Update>,
    pub(crate) body: String,
}

/// What is new of a project on a day.
pub(crate) struct Update {
    pub(crate) slug: String,
    pub(crate) title: String,
    pub(crate) lead: String,
    pub(crate) progress: u32,
    pub(crate) body: String,
}

/// The invented city.
pub(crate) struct Corpus {
    pub(crate) words: Words,
    seed: u64,
    size: Size,
}

/// What is drawn by lot, so that one draw says nothing of another.
#[derive(Clone, Copy)]
enum Lot {
    Objective,
    Project,
    Director,
    Manager,
    Node,
}

impl Corpus {
    /// A city of a size.
    pub(crate) fn new(seed: u64, size: Size) -> Self {
        Self { words: Words::load(), seed, size }
    }

    fn lots(&self, lot: Lot, of: impl IntoIterator<Item = u64>) -> Rng {
        Rng::of([self.seed, lot as u64].into_iter().chain(of))
    }

    /// Every objective, year by year.
    pub(crate) fn objectives(&self) -> impl Iterator<Item = Objective<'_>> {
        let years = u32::from(YEARS.end().abs_diff(*YEARS.start())) + 1;
        let share = move |nth: u32| self.size.objectives / years + u32::from(nth < self.size.objectives % years);
        (0..).zip(YEARS).flat_map(move |(nth, year)| {
            let mut numbers = BTreeMap::new();
            (0..share(nth)).map(move |i| {
                let mut lots = self.lots(Lot::Objective, [u64::from(year.unsigned_abs()), u64::from(i)]);
                let directorate = self.directorate(&mut lots);
                let number = numbers.entry(&directorate.letters).and_modify(|number| *number += 1).or_insert(1_u32);
                self.objective(year, *number, directorate, &mut lots)
            })
        })
    }

    /// A few directorates have many more objectives than the others.
    fn directorate(&self, lots: &mut Rng) -> &Directorate {
        let all = &self.words.lists.directorates;
        let (one, other) = (lots.place(all.len()), lots.place(all.len()));
        &all[if lots.chance(40) { one.min(other) } else { one }]
    }

    fn objective<'a>(&'a self, year: i16, number: u32, directorate: &'a Directorate, lots: &mut Rng) -> Objective<'a> {
        let words = &self.words;
        let mut title = words.draw("title", lots);
        if lots.chance(8) {
            title = title.replacen(" e ", " & ", 1);
        }
        Objective {
            code: format!("{year}_{}{number:02}", directorate.letters),
            title,
            year,
            published: later(date(year, 1, 1), lots.between(9, 120)),
            directorate,
            service: lots.pick(&directorate.services),
            classification: words.draw("classification", lots),
            kind: words.draw("type", lots),
            nodes: self.nodes(lots),
            phases: lots.times(2, 8, |lots| self.phase(year, lots)),
            indicators: lots.times(2, 5, |lots| self.indicator(year, lots)),
            body: self.body(lots),
        }
    }

    fn nodes(&self, lots: &mut Rng) -> Vec<Node> {
        let direction = lots.between(1, u32::try_from(self.words.lists.directions.len()).expect("a few"));
        let strategic = (direction, lots.between(1, 5), None);
        let operations: BTreeSet<Node> = lots
            .times(1, 3, |lots| (direction, lots.between(1, 5), Some(lots.between(1, 20))))
            .into_iter()
            .collect();
        [strategic].into_iter().chain(operations).collect()
    }

    fn phase(&self, year: i16, lots: &mut Rng) -> Phase {
        let first = lots.between(1, 12);
        let last = lots.between(first, 12);
        let late = if lots.chance(20) { lots.between(0, 20) } else { 0 };
        Phase {
            title: self.words.draw("phase", lots),
            weight: lots.chance(90).then(|| lots.between(1, 10) * 5),
            start: later(month(year, first), late),
            end: month(year, last).last_of_month(),
            responsible: self.words.draw("responsible", lots),
            notes: lots.chance(8).then(|| self.words.draw("sentence", lots)),
        }
    }

    fn indicator(&self, year: i16, lots: &mut Rng) -> Indicator {
        let wanted = lots.between(2, 90);
        let reached = (wanted + lots.between(0, 12)).saturating_sub(3).max(1);
        let third = |value: u32| (value / 3).max(1);
        let (target, actual) = match lots.between(0, 5) {
            0 => (format!("{wanted},00"), format!("{reached},00")),
            1 => (format!("=> {wanted}"), reached.to_string()),
            2 => (format!("31/12/{year}"), format!("15/12/{year}")),
            3 => (format!("{}/{wanted}", third(wanted)), format!("{}/{wanted}", third(reached))),
            4 => ("entro il 30 Giugno".to_owned(), format!("28/06/{year}")),
            _ => (format!("maggiore di {wanted}"), reached.to_string()),
        };
        Indicator {
            title: self.words.draw("indicator", lots),
            kind: self.words.draw("indicator_type", lots),
            target,
            actual: (year < *YEARS.end() || lots.chance(30)).then_some(actual),
        }
    }

    /// The Markdown of an objective.
    fn body(&self, lots: &mut Rng) -> String {
        let mut blocks = Vec::new();
        for nth in 0..lots.between(2, 8) {
            if nth > 0 && lots.chance(12) {
                blocks.push(format!("### {}", self.words.draw("heading", lots)));
            }
            blocks.push(self.paragraph(lots));
            if lots.chance(8) {
                blocks.push(self.bullets(3, 6, lots));
            }
        }
        blocks.join("\n\n") + "\n"
    }

    fn paragraph(&self, lots: &mut Rng) -> String {
        let mut sentences = lots.times(2, 4, |lots| self.words.draw("sentence", lots));
        if lots.chance(12) {
            sentences.push(self.words.draw("reference", lots));
        }
        if lots.chance(15) {
            sentences.push(self.words.draw("stress", lots));
        }
        sentences.join(" ")
    }

    fn paragraphs(&self, least: u32, most: u32, lots: &mut Rng) -> String {
        lots.times(least, most, |lots| self.paragraph(lots)).join("\n\n")
    }

    fn bullets(&self, least: u32, most: u32, lots: &mut Rng) -> String {
        lots.times(least, most, |lots| format!("- {};", self.words.draw("bullet", lots)))
            .join("\n")
    }

    /// Every project.
    pub(crate) fn projects(&self) -> impl Iterator<Item = Project> {
        (0..self.size.projects).map(|i| self.project(i, &mut self.lots(Lot::Project, [u64::from(i)])))
    }

    fn project(&self, number: u32, lots: &mut Rng) -> Project {
        let words = &self.words;
        let first = *YEARS.start() - 2 + i16::try_from(lots.between(0, 9)).expect("a few years");
        let last = (first + i16::try_from(lots.between(1, 6)).expect("a few years")).min(YEARS.end() + 2);
        let (code, axis) = self.project_code(number);
        let thousands = u64::from(lots.between(80, 6000));
        let (euros, cents) = (lots.between(0, 999), if lots.chance(10) { 50 } else { 0 });
        let text = self.paragraphs(1, 3, lots);
        Project {
            code,
            title: words.draw("project", lots),
            action: (axis, lots.place(words.lists.actions.len())),
            start: month(first, lots.between(1, 12)),
            end: month(last, lots.between(1, 12)).last_of_month(),
            cents: thousands * 100_000 + u64::from(if lots.chance(20) { euros } else { 0 }) * 100 + cents,
            updates: lots.times(0, 6, |lots| self.update(first, last, lots)).into_iter().collect(),
            body: format!("{text}\n\n## Attività\n\n{}\n", self.bullets(8, 12, lots)),
        }
    }

    /// A code as the programme gives them, `BO1.2.3.a`, each once; and the axis in it.
    fn project_code(&self, number: u32) -> (String, usize) {
        let mut rest = usize::try_from(number).expect("a number in memory");
        let mut digit = |base: usize| {
            let digit = rest % base;
            rest /= base;
            digit
        };
        let axis = digit(self.words.lists.axes.len());
        let city = &self.words.lists.cities[digit(self.words.lists.cities.len())];
        let letter = char::from(b"abcdefghijklmnopqrstuvwxyz"[digit(26)]);
        let third = 1 + digit(9);
        (format!("{city}{}.{third}.{}.{letter}", axis + 1, 1 + rest), axis)
    }

    fn update(&self, first: i16, last: i16, lots: &mut Rng) -> (Date, Update) {
        let years = u32::from(last.min(*YEARS.end()).abs_diff(first));
        let year = first + i16::try_from(lots.between(0, years)).expect("a few years");
        let news = lots.pick(&self.words.lists.news);
        let update = Update {
            slug: news.slug.clone(),
            title: format!("{}: {}", news.name, self.words.draw("update", lots)),
            lead: self.words.draw("sentence", lots),
            progress: lots.between(0, 20) * 5,
            body: self.paragraphs(1, 4, lots) + "\n",
        };
        (later(date(year, 1, 1), lots.between(0, 340)), update)
    }

    /// Who directs a directorate.
    pub(crate) fn director(&self, directorate: &Directorate) -> String {
        self.words
            .draw("person", &mut self.lots(Lot::Director, directorate.slug.bytes().map(u64::from)))
    }

    /// Who manages a service.
    pub(crate) fn manager(&self, service: &Named) -> String {
        self.words
            .draw("person", &mut self.lots(Lot::Manager, service.slug.bytes().map(u64::from)))
    }

    /// The code of a node and its words.
    pub(crate) fn node(&self, year: i16, (direction, objective, operation): Node) -> (String, String) {
        let of = [year.unsigned_abs().into(), direction.into(), objective.into(), operation.unwrap_or(0).into()];
        let lots = &mut self.lots(Lot::Node, of);
        match operation {
            Some(number) => (format!("{direction}.{objective}.{number}"), self.words.draw("operation", lots)),
            None => (
                format!("{year}_{direction:02}_IS_OB_STR_{objective:02}"),
                self.words.draw("strategic_objective", lots),
            ),
        }
    }

    /// The code of a strategic direction and its words.
    pub(crate) fn direction(&self, year: i16, direction: u32) -> (String, &str) {
        let place = usize::try_from(direction - 1).expect("a number in memory");
        (format!("{year}_IND_STRATEG_{direction:02}"), &self.words.lists.directions[place])
    }

    /// The code of an action of the projects' programme, given its place and that of its axis.
    pub(crate) fn action(axis: usize, action: usize) -> String {
        format!("{}.{}.{}", axis + 1, 1 + action % 3, 1 + action / 3)
    }
}

fn month(year: i16, month: u32) -> Date {
    date(year, i8::try_from(month).expect("a month"), 1)
}

fn later(day: Date, days: u32) -> Date {
    day + Span::new().days(days)
}
