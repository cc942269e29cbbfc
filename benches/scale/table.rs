//! Figures as tables in Markdown.

use std::fmt;
use std::fmt::Write;
use std::time::Duration;

use crate::corpus::Size;
use crate::cost::{Cost, Tally};

/// What was measured of one thing; what makes no sense for it isn't there.
pub(crate) struct Row {
    name: String,
    wall: Duration,
    cost: Option<Cost>,
    tally: Option<Tally>,
}

impl Row {
    /// A whole site.
    pub(crate) fn of_site(name: &str, cost: Cost, tally: Tally) -> Self {
        Self { name: name.to_owned(), wall: cost.wall, cost: Some(cost), tally: Some(tally) }
    }

    /// A run that leaves the site as it is, but for little.
    pub(crate) fn of_run(name: &str, cost: Cost) -> Self {
        Self { name: name.to_owned(), wall: cost.wall, cost: Some(cost), tally: None }
    }

    /// Work of this program itself.
    pub(crate) fn of_floor(name: &str, wall: Duration) -> Self {
        Self { name: name.to_owned(), wall, cost: None, tally: None }
    }

    fn figures(&self) -> [Option<Figure>; 6] {
        [
            Some(Figure::Seconds(self.wall)),
            self.cost.map(|cost| Figure::Seconds(cost.cpu)),
            self.cost.map(|cost| Figure::Mebibytes(cost.peak)),
            self.tally.map(|tally| Figure::Count(tally.pages)),
            self.tally.map(|tally| Figure::Count(tally.files)),
            self.tally.map(|tally| Figure::Megabytes(tally.bytes)),
        ]
    }

    fn cells(&self) -> [String; 6] {
        self.figures().map(|figure| figure.map(|figure| figure.to_string()).unwrap_or_default())
    }
}

/// A figure with its unit.
#[derive(Clone, Copy)]
enum Figure {
    Seconds(Duration),
    Mebibytes(u64),
    Megabytes(u64),
    Count(u64),
}

impl Figure {
    fn value(self) -> f64 {
        match self {
            Self::Seconds(time) => time.as_secs_f64(),
            Self::Mebibytes(bytes) => float(bytes) / float(1 << 20),
            Self::Megabytes(bytes) => float(bytes) / 1e6,
            Self::Count(count) => float(count),
        }
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Seconds(_) => write!(f, "{:.3}", self.value()),
            Self::Mebibytes(_) | Self::Megabytes(_) => write!(f, "{:.0}", self.value()),
            Self::Count(count) => f.write_str(&grouped(*count)),
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "three digits of it are printed")]
fn float(number: u64) -> f64 {
    number as f64
}

/// A number as people read it.
fn grouped(number: u64) -> String {
    match number / 1000 {
        0 => number.to_string(),
        thousands => format!("{},{:03}", grouped(thousands), number % 1000),
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} objectives + {} projects", grouped(self.objectives.into()), grouped(self.projects.into()))
    }
}

const COLUMNS: [&str; 6] = ["wall, s", "CPU, s", "peak, MiB", "pages", "files", "MB"];

/// One size: where the first two rows are whole sites, what the second has of the first stands below them.
pub(crate) fn of(size: Size, rows: &[Row]) -> String {
    let mut table = vec![line(&size.to_string(), &COLUMNS.map(str::to_owned))];
    for (place, row) in rows.iter().enumerate() {
        table.push(line(&row.name, &row.cells()));
        if let (1, Some(peer), Some(_)) = (place, rows.first(), row.tally) {
            table.push(line(&format!("{} : {}", peer.name, row.name), &ratios(peer, row)));
        }
    }
    aligned(table)
}

/// How many times as much the first has.
fn ratios(peer: &Row, row: &Row) -> [String; 6] {
    let mut pairs = peer.figures().into_iter().zip(row.figures());
    std::array::from_fn(|_| match pairs.next() {
        Some((Some(peer), Some(own))) => format!("{:.2}", peer.value() / own.value()),
        _ => String::new(),
    })
}

/// Several sizes, with the exponents of the power of the number of objectives that time and memory grow with.
pub(crate) fn growth(costs: &[(Size, Cost, Tally)]) -> String {
    let mut table = vec![line("Vetro", &COLUMNS.map(str::to_owned))];
    let rows: Vec<Row> = costs
        .iter()
        .map(|(size, cost, tally)| Row::of_site(&size.to_string(), *cost, *tally))
        .collect();
    table.extend(rows.iter().map(|row| line(&row.name, &row.cells())));
    let exponents: [String; 6] = std::array::from_fn(|column| {
        let points = rows.iter().zip(costs).filter_map(|(row, (size, ..))| {
            Some((f64::from(size.objectives).ln(), row.figures()[column]?.value().ln()))
        });
        format!("{:.2}", slope(&points.collect::<Vec<_>>()))
    });
    table.push(line("exponent", &exponents));
    aligned(table)
}

/// The slope of the line that is nearest to the points, by least squares.
fn slope(points: &[(f64, f64)]) -> f64 {
    let mean =
        |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / points.iter().map(|_| 1.0).sum::<f64>();
    let (x, y) = (mean(|point| point.0), mean(|point| point.1));
    let (mut above, mut below) = (0.0, 0.0);
    for point in points {
        above += (point.0 - x) * (point.1 - y);
        below += (point.0 - x).powi(2);
    }
    above / below
}

fn line(name: &str, cells: &[String; 6]) -> Vec<String> {
    [name.to_owned()].into_iter().chain(cells.iter().cloned()).collect()
}

/// A table whose columns stand under each other for those who read it as text.
fn aligned(mut table: Vec<Vec<String>>) -> String {
    let widths: Vec<usize> = (0..=COLUMNS.len())
        .map(|column| table.iter().map(|line| line[column].chars().count()).max().unwrap_or_default().max(3))
        .collect();
    let rule = widths.iter().enumerate().map(|(column, width)| match column {
        0 => "-".repeat(*width),
        _ => format!("{}:", "-".repeat(width - 1)),
    });
    table.insert(1, rule.collect());
    let mut text = String::new();
    for line in &table {
        text.push('|');
        for (column, (cell, width)) in line.iter().zip(&widths).enumerate() {
            let written =
                if column == 0 { write!(text, " {cell:<width$} |") } else { write!(text, " {cell:>width$} |") };
            written.expect("a text takes everything");
        }
        text.push('\n');
    }
    text.push('\n');
    text
}
