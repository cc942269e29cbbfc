//! The parts that pages share: small flat records that templates print as they are.

use jiff::civil::Date;
use serde::Serialize;

use super::{PageContext, Phrase, SourceBox, SourceFile};
use crate::model::{
    Amount, Approval, Attachment, Citation, Decimal, Document, EdtfDate, Head, IndicatorState, Lang, Named, Objective,
    ObjectiveId, Origin, Percent, Person, ProjectId, StateCounts, Unit, UnitId, UpdateId, Written, is_picture,
};
use crate::site::{Broken, Budget, Link as Target, Route};
use crate::text::Arg;

/// How many rows of a table a page may hold: of about 650 bytes each, they keep it below 250 kB.
pub(in crate::render) const ROWS: usize = 375;
/// How many links a page may hold, of about 300 bytes each.
pub(super) const LINKS: usize = 800;
/// How many rows of a table stand on a page that is not a list.
pub(super) const FEW: usize = 50;

/// A state: a shape, a word and a colour, so that none is needed to know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Badge {
    pub class: &'static str,
    pub icon: &'static str,
    pub word: String,
}

impl Badge {
    /// The badge of an objective's, indicator's or project's state, by its name in data.
    pub(super) fn of(cx: &PageContext<'_>, key: &str) -> Self {
        Self::named(key, cx.word(&format!("st.{key}")))
    }

    /// The badge of a phase's state; Italian phases are feminine and have words of their own.
    pub(super) fn of_phase(cx: &PageContext<'_>, key: &str) -> Self {
        Self::named(key, cx.word(&format!("phase.{key}")))
    }

    fn named(key: &str, word: String) -> Self {
        let (class, icon) = icon_and_colour(key).unwrap_or(NO_DATA);
        Self { class, icon, word }
    }
}

const NO_DATA: (&str, &str) = ("st-na", "na");

/// The class and the shape of a state, by its name in data.
pub(super) fn icon_and_colour(key: &str) -> Option<(&'static str, &'static str)> {
    Some(match key {
        "met" | "completed" | "on_track" | "ahead" => ("st-ok", "ok"),
        "partially_met" => ("st-part", "part"),
        "in_progress" | "pending" => ("st-go", "go"),
        "delayed" | "late" => ("st-late", "late"),
        "not_met" | "blocked" => ("st-ko", "ko"),
        "suspended" | "cancelled" => ("st-off", "off"),
        "planned" | "not_started" => ("st-off", "plan"),
        "partly_published" => ("st-some", "some"),
        "no_data" | "no_target" | "not_evaluable" | "unknown" => NO_DATA,
        _ => return None,
    })
}

/// A date in words, with the machine's form where HTML has one (HTML, "valid date string" and its shorter kin).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(in crate::render) struct When {
    pub words: String,
    pub datetime: Option<String>,
}

impl When {
    pub(super) fn day(cx: &PageContext<'_>, day: Date) -> Self {
        let words = EdtfDate::day(day).map_or_else(|| day.to_string(), |date| date.words(cx.lang()));
        Self { words, datetime: Some(day.to_string()) }
    }

    /// A date, or the words for one that isn't known.
    pub(super) fn or(cx: &PageContext<'_>, date: Option<&Written<Option<EdtfDate>>>, unknown: &str) -> Self {
        date.map_or_else(|| Self::unread(cx.word(unknown)), |date| Self::written(cx, date, EdtfDate::words))
    }

    /// A date in its words, with the note that it is written with; one that can't be read as it is written.
    fn written(cx: &PageContext<'_>, date: &Written<Option<EdtfDate>>, words: fn(EdtfDate, Lang) -> String) -> Self {
        match date.read() {
            Some(read) => Self { words: words(*read, cx.lang()) + &note(date.text()), datetime: html_date(*read) },
            None => Self::unread(date.text().to_owned()),
        }
    }

    fn unread(words: String) -> Self {
        Self { words, datetime: None }
    }

    /// When something is to end.
    pub(super) fn end(cx: &PageContext<'_>, date: Option<&Written<Option<EdtfDate>>>) -> Self {
        let unknown = || Self::unread(cx.word("val.missing_f"));
        date.map_or_else(unknown, |date| Self::written(cx, date, EdtfDate::end_words))
    }
}

/// The note that a date which is read is written with, as it follows the words: ` (in corso)`.
pub(super) fn note(date: &str) -> String {
    EdtfDate::note(date).map_or_else(String::new, |note| format!(" ({note})"))
}

/// A day, month or year that HTML can say; HTML has no quarters, halves and open ends.
fn html_date(date: EdtfDate) -> Option<String> {
    let (earliest, latest) = (date.earliest()?, date.latest()?);
    let edtf = date.to_string();
    let fits = match edtf.len() {
        4 => true,
        7 => earliest.month() == latest.month(),
        10 => earliest == latest,
        _ => false,
    };
    fits.then_some(edtf)
}

/// The last day of a time as the words of a deadline: `entro il 31 dicembre 2020`.
pub(super) fn by(cx: &PageContext<'_>, day: Date) -> String {
    EdtfDate::day(day).map_or_else(|| day.to_string(), |date| date.as_deadline().words(cx.lang()))
}

/// A time from a date to a date in words: one date said once, and one year once.
pub(super) fn span(cx: &PageContext<'_>, from: EdtfDate, to: EdtfDate) -> String {
    let (start, end) = (from.words(cx.lang()), to.end_words(cx.lang()));
    if start == end {
        return start;
    }
    let year = to.latest().map(|day| format!(" {}", day.year()));
    let short = year
        .as_deref()
        .filter(|year| end.ends_with(year))
        .and_then(|year| start.strip_suffix(year));
    // A year alone, or a whole one, is said whole.
    let exact = html_date(from).is_some_and(|date| date.len() == 10);
    let start = short.filter(|_| exact).unwrap_or(&start);
    cx.say("date.span", &[("da", start.into()), ("a", (&end).into())])
}

/// A sum of money: exact for machines, with cents in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Money {
    /// None where the words can't be read.
    pub value: Option<String>,
    pub words: String,
}

impl Money {
    pub(super) fn of(cx: &PageContext<'_>, amount: Amount) -> Self {
        Self { value: Some(amount.value().to_string()), words: money(cx, amount) }
    }

    /// Of an amount that can't be read, the words.
    pub(super) fn written(cx: &PageContext<'_>, written: &Written<Option<Amount>>) -> Self {
        match written.read() {
            Some(amount) => Self::of(cx, *amount),
            None => Self { value: None, words: written.text().to_owned() },
        }
    }
}

/// How much is done, or the words that can't be read: `Avanzamento: 50 su 100`.
pub(super) fn progress(cx: &PageContext<'_>, written: &Written<Option<Percent>>) -> String {
    let value = progress_value(cx, written);
    cx.say("val.colon", &[("nome", (&cx.word("upd.progress")).into()), ("valore", (&value).into())])
}

/// The same without its name.
pub(super) fn progress_value(cx: &PageContext<'_>, written: &Written<Option<Percent>>) -> String {
    match written.read() {
        Some(progress) => cx.say("upd.progress_value", &[("valore", (&figure(progress.value(), cx.lang())).into())]),
        None => written.text().to_owned(),
    }
}

/// An amount in words, whose figure and currency never part over two lines.
pub(super) fn money(cx: &PageContext<'_>, amount: Amount) -> String {
    let words = amount.words(cx.lang());
    let bare = amount.bare().words(cx.lang());
    words.replace(&bare, &bare.replace(' ', "\u{a0}"))
}

/// What a sum of projects leaves out.
pub(super) fn uncounted(cx: &PageContext<'_>, budget: Budget) -> Vec<String> {
    let silent = (budget.silent > 0).then(|| cx.say("prj.shares_missing", &[("n", budget.silent.into())]));
    let cancelled = (budget.cancelled > 0).then(|| cx.word("prj.shares_cancelled"));
    silent.into_iter().chain(cancelled).collect()
}

/// A figure as people write it, without noughts that say nothing.
pub(super) fn figure(value: Decimal, lang: Lang) -> String {
    value.rounded(6).words(lang)
}

/// A figure for a drawing.
pub(super) fn number(value: Decimal) -> f64 {
    value.to_string().parse().unwrap_or(0.0)
}

/// A link to a page of the site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Link {
    pub title: Phrase,
    pub href: String,
    /// A smaller line below it.
    pub meta: Option<Phrase>,
}

impl Link {
    pub(super) fn to(cx: &PageContext<'_>, route: Route, title: impl Into<Phrase>) -> Self {
        Self { title: title.into(), href: cx.href(route), meta: None }
    }

    pub(super) fn with(mut self, meta: impl Into<Phrase>) -> Self {
        self.meta = Some(meta.into());
        self
    }
}

/// One of several pages of which the reader may be on one.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Choice {
    pub title: Phrase,
    pub href: String,
    pub here: bool,
}

impl Choice {
    pub(super) fn of(cx: &PageContext<'_>, route: Route, title: impl Into<Phrase>) -> Self {
        Self { title: title.into(), href: cx.href(route), here: cx.at.route == route }
    }
}

/// A label and what it stands for, in one of several forms.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Fact {
    pub label: Phrase,
    pub text: Phrase,
    pub href: Option<String>,
    pub url: Option<String>,
    pub money: Option<Money>,
    pub when: Option<When>,
    pub big: bool,
    pub notes: Vec<Phrase>,
}

impl Fact {
    pub(super) fn new(label: impl Into<Phrase>, text: impl Into<Phrase>) -> Self {
        Self { label: label.into(), text: text.into(), ..Self::default() }
    }

    pub(super) fn when(label: impl Into<Phrase>, when: When) -> Self {
        Self { label: label.into(), when: Some(when), ..Self::default() }
    }

    pub(super) fn money(label: impl Into<Phrase>, money: Money) -> Self {
        Self { label: label.into(), money: Some(money), ..Self::default() }
    }

    /// A web address under its name; words that are none stand as they are written.
    pub(super) fn address(label: String, url: &Written<Option<String>>, name: impl Into<Phrase>) -> Self {
        match url.read() {
            Some(address) => Self::new(label, name).outside(address),
            None => Self::new(label, url.text().to_owned()),
        }
    }

    pub(super) fn leading(mut self, href: String) -> Self {
        self.href = Some(href);
        self
    }

    pub(super) fn outside(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    pub(super) fn note(mut self, note: impl Into<Phrase>) -> Self {
        self.notes.push(note.into());
        self
    }

    pub(super) fn big(mut self) -> Self {
        self.big = true;
        self
    }
}

/// The first answer of a page: where it stands, in a badge and at most two sentences.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Answer {
    pub class: &'static str,
    pub badges: Vec<Badge>,
    pub sentences: Vec<Phrase>,
    /// What the data say beside, for which the answer has no room.
    pub rest: Vec<String>,
    /// Remarks on how the answer came about.
    pub notes: Vec<String>,
}

impl Answer {
    /// An editor's own words, else the first two sentences that are made from data: the most telling come first. The
    /// first badge gives the colour.
    pub(super) fn new(badges: Vec<Badge>, summary: Option<Phrase>, mut told: Vec<String>) -> Self {
        let class = badges.first().map_or(NO_DATA.0, |badge| badge.class);
        let rest = told.split_off(if summary.is_some() { 0 } else { told.len().min(2) });
        let sentences = summary.into_iter().chain(told.into_iter().map(Phrase::from)).collect();
        Self { class, badges, sentences, rest, notes: Vec::new() }
    }

    /// All of it as one text.
    pub(super) fn text(&self) -> String {
        let sentences: Vec<&str> = self.sentences.iter().map(Phrase::text).collect();
        sentences.join(" ")
    }
}

/// A document by its words, with an address where it has one.
#[derive(Clone, Debug, Serialize)]
pub(in crate::render) struct Cited {
    pub title: String,
    pub url: Option<String>,
}

impl Cited {
    /// None where nothing is cited.
    pub(super) fn of(cx: &PageContext<'_>, source: &Citation) -> Option<Self> {
        let url = source.url.as_ref();
        let title = named(source.title.as_ref(), url)?;
        Some(Self { title: dated(cx, title, source.date.as_ref()), url: url.and_then(Written::read).cloned() })
    }

    pub(super) fn act(cx: &PageContext<'_>, approval: &Approval) -> Option<Self> {
        let url = approval.url.as_ref();
        let title = match (named(approval.act.as_ref(), url), approval.date.as_ref()) {
            (Some(title), date) => dated(cx, title, date),
            (None, date @ Some(_)) => When::or(cx, date, "val.missing_f").words,
            (None, None) => return None,
        };
        Some(Self { title, url: url.and_then(Written::read).cloned() })
    }
}

/// What a document is called, else its address; words that are no address stand beside its name.
fn named(title: Option<&String>, url: Option<&Written<Option<String>>>) -> Option<String> {
    match (title, url) {
        (Some(title), Some(url)) if url.read().is_none() => Some(format!("{title} ({})", url.text())),
        (Some(title), _) => Some(title.clone()),
        (None, url) => url.map(|url| url.read().map_or(url.text(), String::as_str).to_owned()),
    }
}

fn dated(cx: &PageContext<'_>, title: String, date: Option<&Written<Option<EdtfDate>>>) -> String {
    if date.is_none() {
        return title;
    }
    let when = When::or(cx, date, "val.missing_f").words;
    cx.say("src.dated", &[("titolo", (&title).into()), ("data", (&when).into())])
}

/// Where a page without a file of its own has its data from.
pub(super) fn source(cx: &PageContext<'_>) -> SourceBox {
    SourceBox {
        note: None,
        documents: Vec::new(),
        approved: None,
        file: None,
        history: None,
        as_of: When::day(cx, cx.site.as_of),
    }
}

/// Where the page of a record has its data from.
pub(super) fn record_source(
    cx: &PageContext<'_>,
    origin: &Origin,
    cited: Option<&Citation>,
    note: Option<Phrase>,
) -> SourceBox {
    let links = &cx.site.settings.links;
    let at = |base: &Option<String>| base.as_ref().map(|base| format!("{base}{}", origin.path));
    SourceBox {
        note,
        documents: cited.and_then(|source| Cited::of(cx, source)).into_iter().collect(),
        file: Some(SourceFile { path: origin.path.to_string(), url: at(&links.source_files) }),
        history: at(&links.source_history),
        ..source(cx)
    }
}

/// A document that a page leads to.
#[derive(Clone, Debug, Serialize)]
pub(super) struct DocumentLink {
    pub title: Phrase,
    /// None where what is written is no address, which the title then says.
    pub href: Option<String>,
    pub outside: bool,
}

impl DocumentLink {
    /// Where a file beside the page's record or a web address leads; none where that is a draft's, or a place in the page.
    pub(super) fn to(cx: &PageContext<'_>, href: &str, title: Phrase) -> Option<Self> {
        let (leads, outside) = match cx.site.link(cx.at.route, href) {
            Ok(Target::File(address, _)) => (crate::render::encoded(&address), false),
            Ok(Target::Page(route, _)) => (cx.href(route), false),
            Ok(Target::Outside(url)) => (url, true),
            Ok(Target::Here(_)) | Err(Broken::NotYet) => return None,
            Err(Broken::Nowhere(_) | Broken::Unpublished | Broken::Unsafe) => {
                let title = title.map(|title| format!("{title} ({href})"));
                return Some(Self { title, href: None, outside: false });
            }
        };
        Some(Self { title, href: Some(leads), outside })
    }
}

/// The documents of a record, then the files beside it that none of them is. Pictures are shown in the text.
pub(super) fn documents(cx: &PageContext<'_>, documents: &[Document], attachments: &[Attachment]) -> Vec<DocumentLink> {
    // An update names the files of its project from a folder below.
    let file = |href: &str| attachments.iter().find(|file| href.rsplit('/').next() == Some(&*file.name));
    let named = documents.iter().filter_map(|document| {
        let title = cx.text(&document.title);
        let title = match file(&document.href) {
            Some(file) => title.map(|title| sized(cx, title, file)),
            None => title,
        };
        DocumentLink::to(cx, &document.href, title)
    });
    let others = attachments
        .iter()
        .filter(|file| !is_picture(&file.name) && !documents.iter().any(|document| document.href == file.name));
    named
        .chain(others.filter_map(|file| DocumentLink::to(cx, &file.name, sized(cx, &file.name, file).into())))
        .collect()
}

fn sized(cx: &PageContext<'_>, title: &str, file: &Attachment) -> String {
    let format = extension(&file.name).to_uppercase();
    let size = size(file.size, cx.lang());
    cx.say("obj.document", &[("titolo", title.into()), ("formato", (&format).into()), ("dimensione", (&size).into())])
}

/// How much there is to load, rounded up: whole kilobytes, from a megabyte on tenths of them.
fn size(bytes: u64, lang: Lang) -> String {
    let tenths = bytes.div_ceil(100_000);
    if bytes < 1_000_000 {
        return format!("{}\u{a0}kB", bytes.div_ceil(1000));
    }
    let point = if lang == Lang::En { '.' } else { ',' };
    format!("{}{point}{}\u{a0}MB", tenths / 10, tenths % 10)
}

fn extension(name: &str) -> String {
    name.rsplit_once('.')
        .map_or_else(String::new, |(_, extension)| extension.to_ascii_lowercase())
}

/// Whether a year is over: one that isn't hasn't gone well or badly yet.
pub(super) fn is_over(cx: &PageContext<'_>, year: i16) -> bool {
    year < cx.site.as_of.year()
}

/// The heading of a year's counts.
pub(super) fn how(cx: &PageContext<'_>, year: i16) -> String {
    let key = if is_over(cx, year) { "home.year" } else { "home.year_open" };
    cx.say(key, &[("anno", (&year.to_string()).into())])
}

/// An objective in a list.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ObjectiveRow {
    #[serde(skip)]
    pub id: ObjectiveId,
    /// What the filters of the page know it by, where it has some.
    pub marks: Option<String>,
    pub title: Phrase,
    pub href: String,
    pub code: String,
    pub office: Phrase,
    pub badge: Badge,
    pub targets: String,
    pub targets_line: String,
    pub end: When,
    pub end_line: String,
}

impl ObjectiveRow {
    pub(super) fn of(cx: &PageContext<'_>, id: ObjectiveId) -> Self {
        let objective = cx.catalogue().listed(id);
        let (state, counts) = cx.site.state(id);
        let targets = targets_met(cx, counts);
        let end = When::day(cx, objective.end);
        Self {
            id,
            marks: None,
            title: cx.text(objective.title),
            href: cx.href(Route::Objective(id)),
            code: objective.code.to_owned(),
            office: cx.text(&cx.catalogue()[objective.unit].name),
            badge: Badge::of(cx, state.key()),
            targets_line: cx.say("lst.targets_line", &[("testo", (&targets).into())]),
            targets,
            end_line: cx.say("lst.end_line", &[("data", (&end.words).into())]),
            end,
        }
    }

    pub(super) fn all(cx: &PageContext<'_>, ids: &[ObjectiveId]) -> Vec<Self> {
        ids.iter().map(|id| Self::of(cx, *id)).collect()
    }
}

/// Count of the targets that are met, never without those that are met in part, unknown, not comparable or not due yet.
pub(super) fn targets_met(cx: &PageContext<'_>, counts: &StateCounts<IndicatorState>) -> String {
    let promised = promised(counts);
    let [met, partly, silent, unjudged, pending] = [
        IndicatorState::Met,
        IndicatorState::PartiallyMet,
        IndicatorState::NoData,
        IndicatorState::NotEvaluable,
        IndicatorState::Pending,
    ]
    .map(|state| counts.get(state));
    match promised {
        0 => return cx.word("lst.no_targets"),
        all if silent == all => return cx.word("lst.met_unpublished"),
        all if pending == all => return cx.word("lst.met_pending"),
        _ => {}
    }
    let of = cx.say("lst.met_of", &[("a", count(met)), ("b", count(promised))]);
    let others = [
        ("lst.met_partly", partly),
        ("lst.met_silent", silent),
        ("lst.met_unjudged", unjudged),
        ("lst.met_open", pending),
    ];
    others
        .into_iter()
        .filter(|(_, n)| *n > 0)
        .fold(of, |words, (key, n)| cx.say(key, &[("testo", (&words).into()), ("n", count(n))]))
}

/// What an office declares beside what the site computes, by the names of the two states in data.
pub(super) fn declared(cx: &PageContext<'_>, declared: &str, computed: &str) -> String {
    let [stated, counted] = [declared, computed].map(|key| cx.word(&format!("st.{key}")));
    if stated == counted {
        return cx.say("obj.declared_same", &[("stato", (&stated).into())]);
    }
    cx.say("obj.declared_other", &[("stato", (&stated).into()), ("calcolato", (&counted).into())])
}

/// How many indicators promise something.
pub(super) fn promised(counts: &StateCounts<IndicatorState>) -> u32 {
    counts.total() - counts.get(IndicatorState::NoTarget)
}

/// A count for a sentence.
pub(super) fn count(n: u32) -> Arg<'static> {
    Arg::Count(usize::try_from(n).unwrap_or(usize::MAX))
}

/// A project in a list.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ProjectRow {
    pub title: Phrase,
    pub href: String,
    pub meta: Phrase,
    pub badge: Badge,
    pub end: When,
    pub end_line: String,
    pub amount: Option<Money>,
    pub amount_line: String,
}

impl ProjectRow {
    pub(super) fn of(cx: &PageContext<'_>, id: ProjectId) -> Self {
        let project = &cx.catalogue()[id];
        let office = cx.text(&cx.catalogue()[project.unit].name);
        let meta = office.map(|office| match &project.code {
            Some(code) => format!("{code} · {office}"),
            None => office.to_owned(),
        });
        let amount = project.amount.as_ref().map(|amount| Money::written(cx, amount));
        let amount_words = amount.as_ref().map_or_else(|| cx.word("val.missing"), |amount| amount.words.clone());
        let end = When::end(cx, project.end.as_ref());
        Self {
            title: cx.text(&project.title),
            href: cx.href(Route::Project(id)),
            meta,
            badge: lifecycle(cx, id),
            end_line: cx.say("lst.end_line", &[("data", (&end.words).into())]),
            end,
            amount_line: cx.say("lst.amount_line", &[("importo", (&amount_words).into())]),
            amount,
        }
    }

    pub(super) fn all(cx: &PageContext<'_>, ids: &[ProjectId]) -> Vec<Self> {
        ids.iter().map(|id| Self::of(cx, *id)).collect()
    }
}

/// Projects: a table where they are few, else links. One of the two is empty.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct ProjectList {
    pub rows: Vec<ProjectRow>,
    pub links: Vec<Link>,
}

impl ProjectList {
    pub(super) fn table(cx: &PageContext<'_>, ids: &[ProjectId]) -> Self {
        Self { rows: ProjectRow::all(cx, ids), links: Vec::new() }
    }

    pub(super) fn links(cx: &PageContext<'_>, ids: &[ProjectId]) -> Self {
        let link = |id: &ProjectId| {
            let row = ProjectRow::of(cx, *id);
            Link {
                title: row.title,
                href: row.href,
                meta: Some(row.meta.map(|meta| format!("{meta} · {}", row.badge.word))),
            }
        };
        Self { rows: Vec::new(), links: ids.iter().map(link).collect() }
    }

    /// The projects of a unit or node; the page of all projects leads to more than a page can hold.
    pub(super) fn below(cx: &PageContext<'_>, ids: &[ProjectId]) -> Self {
        match ids.len() {
            n if n <= FEW => Self::table(cx, ids),
            n if n <= LINKS => Self::links(cx, ids),
            n => {
                let title = cx.say("count.projects", &[("n", n.into())]);
                Self { rows: Vec::new(), links: vec![Link::to(cx, Route::Projects, title)] }
            }
        }
    }
}

/// Where a project stands now.
pub(super) fn lifecycle(cx: &PageContext<'_>, project: ProjectId) -> Badge {
    Badge::of(cx, cx.catalogue().current(project).lifecycle.map_or("unknown", |lifecycle| lifecycle.key()))
}

/// An update in a list.
#[derive(Clone, Debug, Serialize)]
pub(super) struct UpdateRow {
    pub when: When,
    pub title: Phrase,
    pub href: String,
    pub meta: Option<Phrase>,
    pub lead: Option<Phrase>,
    pub badges: Vec<Badge>,
    /// How much of the project it says is done.
    pub progress: Option<String>,
}

impl UpdateRow {
    /// `with_project` where the list is of several projects.
    pub(super) fn of(cx: &PageContext<'_>, id: UpdateId, with_project: bool) -> Self {
        let update = &cx.catalogue()[id];
        let project = &cx.catalogue()[update.project];
        let lifecycle = update.lifecycle.map(|lifecycle| Badge::of(cx, lifecycle.key()));
        let health = update.health.map(|health| Badge::of(cx, health.key()));
        Self {
            when: When::day(cx, update.date),
            title: cx.text(&update.title),
            href: cx.href(Route::Update(id)),
            meta: with_project.then(|| match whose(cx, project.unit) {
                Some(whose) => cx.text(&project.title).map(|title| format!("{title} · {}", whose.text())),
                None => cx.text(&project.title),
            }),
            lead: cx.known(&update.lead),
            badges: lifecycle.into_iter().chain(health).collect(),
            progress: update.progress.as_ref().map(|written| progress(cx, written)),
        }
    }
}

/// The administration that a unit belongs to, where the site is of several.
pub(super) fn whose(cx: &PageContext<'_>, unit: UnitId) -> Option<Phrase> {
    let several = cx.site.administrations().len() > 1;
    several.then(|| cx.text(&cx.catalogue()[cx.catalogue().administration(unit)].name))
}

/// Objectives under one heading: a table, or links where a table is too long. One of the two is empty.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ObjectiveGroup {
    pub title: Phrase,
    pub caption: String,
    pub rows: Vec<ObjectiveRow>,
    pub links: Vec<Link>,
}

impl ObjectiveGroup {
    pub(super) fn table(cx: &PageContext<'_>, title: impl Into<Phrase>, caption: String, ids: &[ObjectiveId]) -> Self {
        Self { title: title.into(), caption, rows: ObjectiveRow::all(cx, ids), links: Vec::new() }
    }

    pub(super) fn links(cx: &PageContext<'_>, title: impl Into<Phrase>, ids: &[ObjectiveId]) -> Self {
        let link = |id: &ObjectiveId| {
            let objective = cx.catalogue().listed(*id);
            let state = cx.word(&format!("st.{}", cx.site.state(*id).0.key()));
            let meta = [objective.code, &state].join(" · ");
            Link::to(cx, Route::Objective(*id), cx.text(objective.title)).with(meta)
        };
        Self { title: title.into(), caption: String::new(), rows: Vec::new(), links: ids.iter().map(link).collect() }
    }

    /// One table for each year.
    pub(super) fn of_years(cx: &PageContext<'_>, years: &[(i16, &[ObjectiveId])]) -> Vec<Self> {
        let group = |(year, ids): &(i16, &[ObjectiveId])| {
            let year = year.to_string();
            let caption = cx.say("lst.caption_year", &[("anno", (&year).into())]);
            Self::table(cx, year, caption, ids)
        };
        years.iter().map(group).collect()
    }
}

/// Objectives, which stand by year, year by year, newest first.
pub(super) fn by_year<'i>(cx: &PageContext<'_>, ids: &'i [ObjectiveId]) -> Vec<(i16, &'i [ObjectiveId])> {
    let year = |id: &ObjectiveId| cx.catalogue().listed(*id).year;
    let mut years: Vec<_> = ids.chunk_by(|a, b| year(a) == year(b)).map(|ids| (year(&ids[0]), ids)).collect();
    years.reverse();
    years
}

/// Who answers for a record: the units from the directorate down, each with who headed it in those years. `last_day` is
/// the record's, by which the time of publishing names goes.
pub(super) fn offices(cx: &PageContext<'_>, unit: UnitId, (from, to): (i16, i16), last_day: Option<Date>) -> Vec<Fact> {
    let catalogue = cx.catalogue();
    let mut chain: Vec<UnitId> = catalogue.chain(unit).collect();
    // The administration itself answers only for what no office of it does.
    if chain.len() > 1 {
        chain.pop();
    }
    chain
        .into_iter()
        .rev()
        .map(|id| {
            let unit = &catalogue[id];
            let mut fact = Fact::new(unit_kind(cx, unit), cx.text(&unit.name)).leading(cx.href(Route::Unit(id)));
            let heads = unit.heads.iter().filter(|head| (from..=to).any(|year| head.in_year(year)));
            fact.notes = heads.filter_map(|head| head_line(cx, head, last_day)).map(Phrase::from).collect();
            fact.notes.dedup();
            fact
        })
        .collect()
}

/// What a unit is, in the administration's word where it has one.
pub(super) fn unit_kind(cx: &PageContext<'_>, unit: &Unit) -> Phrase {
    cx.known(&unit.kind)
        .map_or_else(|| cx.word("lst.office").into(), |kind| kind.map(sentence_case))
}

/// The role of a head, and the name where it is published; none where neither is.
pub(super) fn head_line(cx: &PageContext<'_>, head: &Head, last_day: Option<Date>) -> Option<String> {
    match cx.site.settings.people.display(head.person(), true, last_day, cx.site.as_of) {
        Named::Full { role, name } => {
            let role = role.map_or_else(|| cx.word("obj.owner"), str::to_owned);
            Some(cx.say("val.colon", &[("nome", (&role).into()), ("valore", name.into())]))
        }
        Named::RoleOnly(role) => Some(role.to_owned()),
        Named::Unnamed => None,
    }
}

/// Who is responsible for a part of a record of this unit: the role, then the name where it is published.
pub(super) fn person(cx: &PageContext<'_>, person: &Person, unit: UnitId, last_day: Date) -> (String, Option<String>) {
    let is_head = cx.catalogue().is_head(person, unit);
    match cx.site.settings.people.display(person, is_head, Some(last_day), cx.site.as_of) {
        Named::Full { role: Some(role), name } => (role.to_owned(), Some(name.to_owned())),
        Named::Full { role: None, name } => (name.to_owned(), None),
        Named::RoleOnly(role) => (role.to_owned(), None),
        Named::Unnamed => (cx.word("val.unnamed"), None),
    }
}

/// A text whose first letter is a capital.
pub(super) fn sentence_case(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Whether a title is too long for the largest letters.
pub(super) fn is_long(title: &str) -> bool {
    title.chars().count() > 70
}

/// What a page says of itself to search engines: the lead where there is one, else the answer.
pub(super) fn description(lead: Option<&Phrase>, answer: &Answer) -> String {
    lead.map_or_else(|| answer.text(), |lead| lead.text().to_owned())
}

/// The calendar of an objective in words.
pub(super) fn time_of(cx: &PageContext<'_>, objective: &Objective) -> String {
    let (first, last) = (objective.first_day(), objective.last_day());
    match (EdtfDate::day(first), EdtfDate::day(last)) {
        (Some(first), Some(last)) => span(cx, first, last),
        _ => objective.year.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_said_in_the_unit_that_keeps_it_short() {
        assert_eq!(size(1, Lang::It), "1\u{a0}kB");
        assert_eq!(size(999_999, Lang::It), "1000\u{a0}kB");
        assert_eq!(size(1_230_000, Lang::It), "1,3\u{a0}MB");
        assert_eq!(size(1_230_000, Lang::En), "1.3\u{a0}MB");
    }
}
