//! Text to drafts: front matter, fields with their places, targets, dates, money. No reference is followed here.

mod cached;
mod entries;
mod field;
mod fields;
mod locate;
mod measure;
mod node;
pub(crate) mod reading;
mod repair;
mod scaffold;
mod schema;
mod settings;
mod source_map;
mod syntax;
mod value;
mod yaml_limits;

use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

pub use cached::{ParseCache, parse_changed, parse_files};
pub(crate) use entries::{WrittenRecord, body, entries, front};
pub use field::{Field, Quantity};
pub use fields::RECORDS;
pub(crate) use fields::{
    AmountFields, ApprovalFields, Citation, DocumentFields, IndicatorWords, ObjectiveFields, PageFields, PersonFields,
    PlanFields, PlanWords, ProjectFields, SheetWords, TitleWords, UnitFields, UnitWords, UpdateFields, validity,
};
pub use locate::{locate, locate_some};
pub(crate) use measure::unread_target;
pub(crate) use repair::quoted;
pub use repair::{CanonicalForms, repairs};
pub use scaffold::blank_sheet;
pub use schema::{KnownNames, schema};
pub(crate) use settings::base_url;
pub use settings::language;
pub(crate) use value::{LinkTo, Reference, unread_date};

use crate::diagnostic::{Code, Diagnostic, KeyPath, Place, Report, Rules, Rulings};
use crate::incremental::fingerprint;
use crate::model::{
    Attachment, EdtfDate, FileId, Indicator, Markdown, Milestone, Origin, Person, Settings, Written, composed,
    find_fiscal_code, find_iban,
};
use crate::source::{Content, SITE_FILE, SourceFile, SourceTree, is_leftover};
use field::{Reader, SiteLanguages, Value};
use fields::{MilestoneFields, PhaseFields};
use measure::measure_all;
use node::Node;
use source_map::SourceMap;

/// Everything that was written, read file by file; names of other records are still words.
#[derive(Debug, Default)]
pub struct Sheets {
    /// What `site.toml` says; none when it isn't there or can't be read.
    pub(crate) settings: Option<Settings>,
    /// Which rules `site.toml` turns on, and what it and the records say of single ones.
    pub(crate) rules: Rules,
    pub(crate) units: Vec<Arc<Sheet<UnitFields>>>,
    pub(crate) plans: Vec<Arc<Sheet<PlanFields>>>,
    pub(crate) objectives: Vec<Arc<Sheet<ObjectiveFields>>>,
    pub(crate) projects: Vec<Arc<Sheet<ProjectFields>>>,
    pub(crate) updates: Vec<Arc<Sheet<UpdateFields>>>,
    pub(crate) pages: Vec<Arc<Sheet<PageFields>>>,
    /// Files beside records, by path.
    pub(crate) attachments: Vec<Attachment>,
    /// The paths of files in `content/` that are no part of the site, each of which has a problem of its own.
    pub(crate) unpublished: Vec<Box<str>>,
    /// What was written of records in other languages, by path.
    pub(crate) translations: Vec<Arc<TranslationSheet>>,
}

/// A file that says in another language what a file beside it says in the first.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct TranslationSheet {
    /// The language as the file's name has it.
    pub(crate) language: String,
    /// The path of the file that it translates.
    pub(crate) of: String,
    pub(crate) origin: Origin,
    pub(crate) words: TranslatedWords,
}

/// What a translation says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum TranslatedWords {
    Sheet(Box<SheetWords>, Markdown),
    Units(Vec<UnitWords>),
    Plan(PlanWords),
}

impl Sheets {
    /// What `site.toml` says, handed over; none when it isn't there or can't be read.
    pub fn take_settings(&mut self) -> Option<Settings> {
        self.settings.take()
    }

    /// Which rules are on and what is said of them, handed over.
    pub fn take_rules(&mut self) -> Rules {
        std::mem::take(&mut self.rules)
    }
}

/// One record as written, with its place and its text.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Sheet<T> {
    pub(crate) fields: T,
    pub(crate) origin: Origin,
    /// The folder that gives defaults: the year of an objective, the project of an update.
    pub(crate) folder: String,
    /// The name of the file without its ending.
    pub(crate) stem: String,
    /// Whether its front matter could be read; where it couldn't, its fields are those by which others name it.
    pub(crate) whole: bool,
    pub(crate) body: Markdown,
    /// The phases, indicators or expected results, milestones, read in the light of their record.
    pub(crate) phases: Vec<PhaseFields>,
    pub(crate) indicators: Vec<ParsedIndicator>,
    pub(crate) milestones: Vec<Milestone>,
}

/// An indicator whose series is still a word.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ParsedIndicator {
    pub(crate) indicator: Indicator,
    pub(crate) series: Option<String>,
}

/// Reads every file of a site. All problems of all files are in the report.
pub fn parse(tree: &SourceTree) -> (Sheets, Report) {
    let files: Vec<(FileId, &SourceFile)> = tree.files().collect();
    let languages = site_languages(&tree.find(SITE_FILE).map(|id| tree.text(id)).unwrap_or_default());
    gather(tree, files.into_par_iter().map(|(id, file)| parse_file(id, file, languages)).collect())
}

/// The languages that a site's settings name.
fn site_languages(text: &str) -> SiteLanguages {
    SiteLanguages::of(&settings::languages(text).unwrap_or_default())
}

fn gather(tree: &SourceTree, read: Vec<FileResult>) -> (Sheets, Report) {
    let mut sheets = Sheets::default();
    let mut report = Report::default();
    let mut ruled: Vec<(FileId, Option<usize>, Rulings)> = Vec::new();
    let count = |is: fn(&Parsed) -> bool| read.iter().filter(|(parsed, _)| parsed.as_ref().is_some_and(is)).count();
    sheets.objectives.reserve_exact(count(|parsed| matches!(parsed, Parsed::Objective(_))));
    sheets.projects.reserve_exact(count(|parsed| matches!(parsed, Parsed::Project(_))));
    sheets.updates.reserve_exact(count(|parsed| matches!(parsed, Parsed::Update(_))));
    for ((id, file), (parsed, problems)) in tree.files().zip(read) {
        if let Some(original) = tree.original(&file.path) {
            report.add(
                Diagnostic::new(Code::Leftover, id, Place::File)
                    .with("case", "copy")
                    .with("other", original),
            );
            sheets.unpublished.push((&*file.path).into());
            continue;
        }
        report.extend(problems);
        if parsed.is_none() && file.path.starts_with("content/") {
            sheets.unpublished.push((&*file.path).into());
        }
        let mut rule = |origin: &Origin, item: Option<usize>, rulings: &Option<Rulings>| {
            ruled.extend(rulings.clone().map(|rulings| (origin.file, item, rulings)));
        };
        match parsed {
            Some(Parsed::Settings(read)) => {
                let (settings, rules) = *read;
                (sheets.settings, sheets.rules) = (Some(settings), rules);
            }
            Some(Parsed::Units(units)) => {
                units
                    .iter()
                    .for_each(|unit| rule(&unit.origin, Some(unit.origin.item), &unit.fields.rules));
                sheets.units.extend(units);
            }
            Some(Parsed::Plan(plan)) => {
                rule(&plan.origin, None, &plan.fields.rules);
                sheets.plans.push(plan);
            }
            Some(Parsed::Objective(objective)) => {
                rule(&objective.origin, None, &objective.fields.rules);
                sheets.objectives.push(objective);
            }
            Some(Parsed::Project(project)) => {
                rule(&project.origin, None, &project.fields.rules);
                sheets.projects.push(project);
            }
            Some(Parsed::Update(update)) => {
                rule(&update.origin, None, &update.fields.rules);
                sheets.updates.push(update);
            }
            Some(Parsed::Page(page)) => {
                rule(&page.origin, None, &page.fields.rules);
                sheets.pages.push(page);
            }
            Some(Parsed::Attachment(attachment)) => sheets.attachments.push(*attachment),
            Some(Parsed::Translation(translation)) => sheets.translations.push(translation),
            None => {}
        }
    }
    for (file, item, rulings) in ruled {
        sheets.rules.add(file, item, rulings);
    }
    for translation in &sheets.translations {
        if let Some(original) = tree.find(&translation.of) {
            sheets.rules.translate(original, translation.origin.file);
        }
    }
    if tree.find(SITE_FILE).is_none() {
        report.add(Diagnostic::new(Code::NoSiteFile, FileId::NONE, Place::File));
    }
    (sheets, report)
}

/// The first line that says anything: a mistake of a whole record is shown there.
fn start_of(text: &str) -> Range<usize> {
    let start = text.len() - text.trim_start_matches(['\u{feff}', '\n', '\r']).len();
    let end = text[start..].find(['\n', '\r']).map_or(text.len(), |end| start + end);
    start..end
}

/// What one file says, and what is wrong with it.
type FileResult = (Option<Parsed>, Report);

#[derive(Clone, Debug, Serialize, Deserialize)]
enum Parsed {
    Units(Vec<Arc<Sheet<UnitFields>>>),
    Plan(Arc<Sheet<PlanFields>>),
    Objective(Arc<Sheet<ObjectiveFields>>),
    Project(Arc<Sheet<ProjectFields>>),
    Update(Arc<Sheet<UpdateFields>>),
    Page(Arc<Sheet<PageFields>>),
    Translation(Arc<TranslationSheet>),
    // These are not kept; serde doesn't count them when it reads, so they come last.
    #[serde(skip)]
    Settings(Box<(Settings, Rules)>),
    #[serde(skip)]
    Attachment(Box<Attachment>),
}

impl Parsed {
    /// The text of a file of which something is published.
    fn body(&self) -> Option<&Markdown> {
        match self {
            Self::Objective(objective) => Some(&objective.body),
            Self::Project(project) => Some(&project.body),
            Self::Update(update) => Some(&update.body),
            Self::Page(page) => Some(&page.body),
            Self::Translation(translation) => match &translation.words {
                TranslatedWords::Sheet(_, body) => Some(body),
                TranslatedWords::Units(_) | TranslatedWords::Plan(_) => None,
            },
            Self::Units(_) | Self::Plan(_) | Self::Settings(_) | Self::Attachment(_) => None,
        }
    }

    fn body_mut(&mut self) -> Option<&mut Markdown> {
        match self {
            Self::Objective(objective) => Some(&mut Arc::make_mut(objective).body),
            Self::Project(project) => Some(&mut Arc::make_mut(project).body),
            Self::Update(update) => Some(&mut Arc::make_mut(update).body),
            Self::Page(page) => Some(&mut Arc::make_mut(page).body),
            Self::Translation(translation) => match &mut Arc::make_mut(translation).words {
                TranslatedWords::Sheet(_, body) => Some(body),
                TranslatedWords::Units(_) | TranslatedWords::Plan(_) => None,
            },
            Self::Units(_) | Self::Plan(_) | Self::Settings(_) | Self::Attachment(_) => None,
        }
    }
}

/// Where records are looked for, for the message about a file that lies elsewhere.
pub(crate) const FOLDERS: &str = "content/objectives/<anno>/, content/projects/<nome>/, content/projects/<nome>/updates/, content/pages/, content/plans/";

/// What a file of content is, by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SheetKind<'p> {
    Units,
    Plan,
    /// With its year.
    Objective(i16),
    /// With the name of its folder, as the next.
    Project(&'p str),
    Update(&'p str),
    Page,
}

impl<'p> SheetKind<'p> {
    pub(crate) fn of(path: &'p str) -> Option<Self> {
        let parts: Vec<&str> = path.split('/').collect();
        match parts.as_slice() {
            ["content", name] if is_yaml(name) => {
                let (stem, _) = name.rsplit_once('.')?;
                let own = translation(stem).map_or(stem, |language| &stem[..stem.len() - language.len() - 1]);
                (own == "units").then_some(Self::Units)
            }
            ["content", "plans", name] if is_yaml(name) => Some(Self::Plan),
            ["content", "objectives", year, name] if name.ends_with(".md") => folder_year(year).map(Self::Objective),
            ["content", "projects", slug, "index.md"] => Some(Self::Project(slug)),
            ["content", "projects", slug, name] => {
                let name = name.strip_prefix("index.")?.strip_suffix(".md")?;
                LANGUAGES.contains(&name).then_some(Self::Project(slug))
            }
            ["content", "projects", slug, "updates", name] if name.ends_with(".md") => Some(Self::Update(slug)),
            ["content", "pages", name] if name.ends_with(".md") => Some(Self::Page),
            _ => None,
        }
    }

    /// The fields of what translates it, or of each of its records.
    fn words(self) -> &'static [Field] {
        match self {
            Self::Units => UnitWords::FIELDS,
            Self::Plan => PlanWords::FIELDS,
            Self::Objective(_) | Self::Project(_) | Self::Update(_) | Self::Page => SheetWords::FIELDS,
        }
    }

    /// The fields of its record, or of each of its records.
    fn fields(self) -> &'static [Field] {
        match self {
            Self::Units => UnitFields::FIELDS,
            Self::Plan => PlanFields::FIELDS,
            Self::Objective(_) => ObjectiveFields::FIELDS,
            Self::Project(_) => ProjectFields::FIELDS,
            Self::Update(_) => UpdateFields::FIELDS,
            Self::Page => PageFields::FIELDS,
        }
    }
}

/// The endings that programs give to Markdown, other than ours.
const MARKDOWN: [&str; 5] = [".markdown", ".mdown", ".mdwn", ".mkd", ".mkdn"];

/// The problem of a file that would be a sheet if its ending were written as Vetro reads it.
fn misspelt_ending(id: FileId, path: &str) -> Option<Diagnostic> {
    let small = path.to_ascii_lowercase();
    // Editors that hide endings add one.
    let own = small.strip_suffix(".txt").unwrap_or(&small);
    let others = MARKDOWN.iter().map(|ending| (*ending, ".md"));
    let endings = others.chain([".md", ".yaml", ".yml"].map(|ending| (ending, ending)));
    let (stem, ending) = endings.filter_map(|(found, ours)| Some((own.strip_suffix(found)?, ours))).next()?;
    let meant = format!("{}{ending}", &path[..stem.len()]);
    SheetKind::of(&meant).filter(|_| meant != path)?;
    let name = meant.rsplit('/').next().unwrap_or_default();
    Some(Diagnostic::new(Code::OtherEnding, id, Place::File).with("wanted", name))
}

/// The year that a folder is named after: four figures, and nothing that only a program would take for a number.
fn folder_year(name: &str) -> Option<i16> {
    let figures = name.len() == 4 && name.bytes().all(|byte| byte.is_ascii_digit());
    name.parse().ok().filter(|year| figures && *year >= 1000)
}

fn parse_file(id: FileId, file: &SourceFile, languages: SiteLanguages) -> FileResult {
    let mut report = Report::default();
    let name = file.path.rsplit('/').next().unwrap_or_default();
    let parsed = match &file.content {
        Content::Attachment { .. } | Content::Theme(_) if is_leftover(name) => {
            report.add(Diagnostic::new(Code::Leftover, id, Place::File));
            None
        }
        Content::Text(text) => parse_text(id, file, text, languages, &mut report),
        // Why it can't be read is said already; what can be is read, for those that name the record.
        Content::Unreadable(text) => parse_text(id, file, text, languages, &mut Report::default()),
        Content::Attachment { size, pixels, leads } => match misspelt_ending(id, &file.path) {
            Some(problem) => {
                report.add(problem);
                None
            }
            None => Some(Parsed::Attachment(Box::new(Attachment {
                file: id,
                // The name under which it is published: two spellings of a letter are one.
                name: composed(name).into_owned(),
                path: file.path.to_string(),
                size: *size,
                pixels: *pixels,
                standing: file.stamp_fingerprint(),
                leads: leads.clone(),
            }))),
        },
        Content::Theme(_) | Content::Unloaded => None,
    };
    (parsed, report)
}

fn parse_text(
    id: FileId,
    file: &SourceFile,
    text: &str,
    languages: SiteLanguages,
    report: &mut Report,
) -> Option<Parsed> {
    if &*file.path == SITE_FILE {
        personal_data(id, text, report);
        return Some(Parsed::Settings(Box::new(settings::read(id, text, report))));
    }
    let Some(kind) = SheetKind::of(&file.path) else {
        let unknown = || Diagnostic::new(Code::UnknownFile, id, Place::File).with("folders", FOLDERS);
        report.add(misspelt_ending(id, &file.path).unwrap_or_else(unknown));
        return None;
    };
    let name = file.path.rsplit('/').next().unwrap_or_default();
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let language = translation(stem);
    let (parts, node) = read_parts(id, text, ending, report);
    let front = &text[parts.yaml.clone()];
    let fingerprint = fingerprint(&text[..parts.body]);
    let origin = Origin { file: id, path: file.path.clone(), item: 0, fingerprint };
    if let Some(language) = language {
        let folder = &file.path[..file.path.len() - name.len()];
        let own = &stem[..stem.len() - language.len() - 1];
        let mut at = Reader::new(id, kind.words(), front, parts.yaml.start);
        // What can't be read translates nothing; why it can't be is in the report.
        let words = translated(kind, node.unwrap_or(Node::Null), Markdown::new(text, parts.body), &mut at);
        report.extend(at.report);
        return Some(Parsed::Translation(Arc::new(TranslationSheet {
            language: language.to_owned(),
            of: format!("{folder}{own}.{ending}"),
            origin,
            words,
        })));
    }
    let year = if let SheetKind::Objective(year) = kind { Some(year) } else { None };
    let mut at = Reader::new(id, kind.fields(), front, parts.yaml.start);
    (at.languages, at.year) = (languages, year);
    let whole = node.is_some();
    let node = node.unwrap_or_else(|| salvage(front, kind.fields()));
    let sheet = SheetParts { origin, stem, whole, body: Markdown::new(text, parts.body) };
    let parsed = match kind {
        SheetKind::Units => Some(Parsed::Units(units(node, &sheet, &mut at))),
        SheetKind::Plan => PlanFields::read(node, &mut at).map(|plan| Parsed::Plan(Arc::new(sheet.with("", plan)))),
        SheetKind::Objective(_) => {
            ObjectiveFields::read(node, &mut at).map(|fields| objective(fields, &sheet, &mut at))
        }
        SheetKind::Project(folder) => {
            ProjectFields::read(node, &mut at).map(|fields| project(fields, folder, &sheet, &mut at))
        }
        SheetKind::Update(folder) => UpdateFields::read(node, &mut at).map(|mut fields| {
            update_date(&mut fields, stem, &mut at);
            Parsed::Update(Arc::new(sheet.with(folder, fields)))
        }),
        SheetKind::Page => PageFields::read(node, &mut at).map(|page| Parsed::Page(Arc::new(sheet.with("", page)))),
    };
    // Of what was salvaged only the names count: what it lacks is no mistake of its own.
    if whole {
        report.extend(at.report);
    }
    parsed
}

/// What a translation says, as far as it can be read.
fn translated(kind: SheetKind<'_>, node: Node, body: Markdown, at: &mut Reader<'_>) -> TranslatedWords {
    match kind {
        SheetKind::Units => {
            let list = match node {
                Node::List(list) => list,
                Node::Null => Vec::new(),
                other => {
                    at.wrong_type::<()>("list", &other);
                    Vec::new()
                }
            };
            let read = |(i, node)| at.at_index(i, |at| UnitWords::read(node, at));
            TranslatedWords::Units(list.into_iter().enumerate().filter_map(read).collect())
        }
        SheetKind::Plan if node.is_blank() => TranslatedWords::Plan(PlanWords::default()),
        SheetKind::Plan => TranslatedWords::Plan(PlanWords::read(node, at).unwrap_or_default()),
        kind => {
            unfit_keys(kind, &node, at);
            let words = if node.is_blank() { None } else { SheetWords::read(node, at) };
            TranslatedWords::Sheet(Box::new(words.unwrap_or_default()), body)
        }
    }
}

/// Reports the keys that records of another kind have, and the translated one hasn't.
fn unfit_keys(kind: SheetKind<'_>, node: &Node, at: &mut Reader<'_>) {
    let Node::Map(entries) = node else { return };
    let own = kind.fields();
    let known: Vec<&str> = SheetWords::FIELDS
        .iter()
        .filter(|field| own.iter().any(|own| own.name == field.name))
        .map(|field| field.name)
        .collect();
    for (key, _) in entries {
        let field = SheetWords::FIELDS.iter().find(|field| field.is(key));
        if field.is_some_and(|field| !known.contains(&field.name)) {
            let place = Place::Key(KeyPath::of(key.clone()), 0);
            let problem = Diagnostic::new(Code::UnknownKey, at.file, place).with("key", key);
            at.report.add(problem.with("known", known.join(", ")));
        }
    }
}

/// The parts of a file with what its YAML says; none where it can't be read, which is then in the report.
fn read_parts(id: FileId, text: &str, ending: &str, report: &mut Report) -> (FrontMatter, Option<Node>) {
    let nothing = FrontMatter { yaml: text.len()..text.len(), body: text.len() };
    if text.trim_matches(['\u{feff}', ' ', '\n', '\r', '\t']).is_empty() {
        report.add(Diagnostic::new(Code::Empty, id, Place::File));
        return (nothing, None);
    }
    personal_data(id, text, report);
    let parts = match ending {
        "md" => front_matter(text),
        // libyaml takes a byte order mark for content: the text of a YAML file begins after it.
        _ => Ok(FrontMatter { yaml: text.len() - text.trim_start_matches('\u{feff}').len()..text.len(), ..nothing }),
    };
    match parts {
        Ok(parts) => {
            let node = yaml(id, text, parts.yaml.clone(), report);
            if node.is_some() {
                for comment in source_map::swallowed(&text[parts.yaml.clone()]) {
                    let place = comment.start + parts.yaml.start..comment.end + parts.yaml.start;
                    let written = &text[place.clone()];
                    report.add(
                        Diagnostic::new(Code::TakenForComment, id, Place::Bytes(place.clone()))
                            .with("written", written),
                    );
                }
            }
            // Front matter without a key is an empty record, whose missing keys are then named.
            let blank = ending == "md" && node.as_ref().is_some_and(Node::is_blank);
            (parts, if blank { Some(Node::Map(Vec::new())) } else { node })
        }
        Err(code) => {
            report.add(Diagnostic::new(code, id, start_of(text)));
            (nothing, None)
        }
    }
}

/// The keys by which others name a record, as far down as a text that isn't YAML can be read: whoever names a record
/// that can't be read isn't told that it doesn't exist.
fn salvage(yaml: &str, fields: &'static [Field]) -> Node {
    let marks = SourceMap::yaml(yaml, fields);
    let entry = |key: &'static str| {
        let text = marks.scalar(&KeyPath::of(key))?;
        Some((key.to_owned(), Node::Text(text.to_owned())))
    };
    let keys = ["code", "unit", "administration"]
        .into_iter()
        .filter(|key| fields.iter().any(|field| field.name == *key));
    Node::Map(keys.filter_map(entry).collect())
}

/// What of a file is no field: where it lies, how it is called, its text.
struct SheetParts<'t> {
    origin: Origin,
    stem: &'t str,
    whole: bool,
    body: Markdown,
}

impl SheetParts<'_> {
    fn with<T>(&self, folder: &str, fields: T) -> Sheet<T> {
        Sheet {
            fields,
            origin: self.origin.clone(),
            // Two spellings of a letter are one name.
            folder: composed(folder).into_owned(),
            stem: composed(self.stem).into_owned(),
            whole: self.whole,
            body: self.body.clone(),
            phases: Vec::new(),
            indicators: Vec::new(),
            milestones: Vec::new(),
        }
    }
}

fn units(node: Node, sheet: &SheetParts<'_>, at: &mut Reader<'_>) -> Vec<Arc<Sheet<UnitFields>>> {
    let list = match node {
        Node::List(list) => list,
        other => {
            at.wrong_type::<()>("list", &other);
            // One unit of which nothing is known: that there are units isn't denied.
            return vec![Arc::new(Sheet { whole: false, ..sheet.with("", UnitFields::default()) })];
        }
    };
    list.into_iter()
        .filter(|node| !node.is_blank())
        .enumerate()
        .filter_map(|(item, node)| {
            let fields = at.at_index(item, |at| UnitFields::read(node, at))?;
            Some(Arc::new(Sheet { origin: Origin { item, ..sheet.origin.clone() }, ..sheet.with("", fields) }))
        })
        .collect()
}

fn objective(mut fields: ObjectiveFields, sheet: &SheetParts<'_>, at: &mut Reader<'_>) -> Parsed {
    let phases = fields.phases.take().unwrap_or_default();
    at.at_key("phases", |at| check_phases(&phases, at));
    let sheets = fields.indicators.take().unwrap_or_default();
    let indicators = at.at_key("indicators", |at| measure_all(sheets, at));
    let folder = at.year.map_or_else(String::new, |year| year.to_string());
    Parsed::Objective(Arc::new(Sheet { phases, indicators, ..sheet.with(&folder, fields) }))
}

fn project(mut fields: ProjectFields, folder: &str, sheet: &SheetParts<'_>, at: &mut Reader<'_>) -> Parsed {
    check_order(fields.start.as_ref(), fields.end.as_ref(), "end", at);
    let sheets = fields.expected_results.take().unwrap_or_default();
    let indicators = at.at_key("expected_results", |at| measure_all(sheets, at));
    let milestones = fields.milestones.take().unwrap_or_default().into_iter().map(milestone).collect();
    let draft = sheet.with(folder, fields);
    Parsed::Project(Arc::new(Sheet { stem: draft.folder.clone(), indicators, milestones, ..draft }))
}

fn is_yaml(name: &str) -> bool {
    name.ends_with(".yaml") || name.ends_with(".yml")
}

/// The languages of Italian public bodies, those of its minorities among them, and English: a file's name that ends
/// in one is a translation's.
const LANGUAGES: [&str; 5] = ["it", "en", "de", "fr", "sl"];

/// The name of a path's file without its ending.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// The path of a record without the language of a translation and the ending: what a file and its translations share.
pub(crate) fn record_path(path: &str) -> &str {
    let path = &path[..path.rfind('.').unwrap_or(path.len())];
    path.rsplit_once('.')
        .filter(|(_, language)| LANGUAGES.contains(language))
        .map_or(path, |(own, _)| own)
}

/// Whether a file says in another language what a file beside it says in the first.
pub(crate) fn is_translation(path: &str) -> bool {
    translation(stem(path)).is_some()
}

/// The language in a translation's name, such as `2020_ZN07.de`.
fn translation(stem: &str) -> Option<&str> {
    let (_, language) = stem.rsplit_once('.')?;
    LANGUAGES.contains(&language).then_some(language)
}

/// The parts of a Markdown record, in bytes.
struct FrontMatter {
    yaml: Range<usize>,
    body: usize,
}

/// Finds the front matter between two lines `---`. A byte order mark, CRLF and a closing line without an end are fine.
fn front_matter(text: &str) -> Result<FrontMatter, Code> {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut lines = text[start..].split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    if first.trim_end() != "---" {
        return Err(Code::FenceMissing);
    }
    let from = start + first.len();
    let mut at = from;
    for line in lines {
        if line.trim_end() == "---" {
            return Ok(FrontMatter { yaml: from..at, body: at + line.len() });
        }
        at += line.len();
    }
    Err(Code::FenceOpen)
}

/// Reads YAML as it is written; a syntax error is a problem at its place in the file.
fn yaml(id: FileId, text: &str, range: Range<usize>, report: &mut Report) -> Option<Node> {
    let yaml = &text[range.clone()];
    if let Some((character, reason)) = yaml_limits::beyond(yaml) {
        let at = yaml.char_indices().nth(character).map_or(yaml.len(), |(byte, _)| byte);
        report.add(syntax::yaml(id, range.start, yaml, at, reason));
        return None;
    }
    match Node::deserialize(serde_yaml::Deserializer::from_str(yaml)) {
        Ok(node) => Some(node),
        Err(error) => {
            let reason = error.to_string();
            let reason = reason.split(" at line ").next().unwrap_or_default();
            report.add(match error.location() {
                Some(location) => syntax::yaml(id, range.start, yaml, syntax_error(yaml, location.index()), reason),
                None => {
                    let start = start_of(text).start;
                    syntax::yaml_as_a_whole(id, start..line_end(text, start), reason)
                }
            });
            None
        }
    }
}

/// Where a text that isn't YAML can be mended, `found` being where libyaml gave up.
fn syntax_error(yaml: &str, found: usize) -> usize {
    let end = yaml.trim_end().len();
    if found < end {
        return found;
    }
    // A quote or bracket that isn't closed is found at the end of the text; it is mended where it begins.
    let begins = source_map::syntax_error(yaml).unwrap_or(found);
    if begins < end { begins } else { yaml[..end].rfind('\n').map_or(0, |newline| newline + 1) }
}

fn line_end(text: &str, at: usize) -> usize {
    let mut at = at;
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    text[at..].find(['\n', '\r']).map_or(text.len(), |end| at + end)
}

/// A codice fiscale or an IBAN must not be published, wherever in a file it stands (GDPR art. 5, D.Lgs. 33/2013 art. 7-bis).
fn personal_data(id: FileId, text: &str, report: &mut Report) {
    type Finder = fn(&str) -> Option<Range<usize>>;
    let finders: [(&str, Finder); 2] = [("codice fiscale", find_fiscal_code), ("IBAN", find_iban)];
    for (kind, find) in finders {
        let mut from = 0;
        while let Some(found) = text.get(from..).and_then(find) {
            let bytes = from + found.start..from + found.end;
            from = bytes.end;
            report.add(Diagnostic::new(Code::PersonalData, id, bytes).with("kind", kind));
        }
    }
}

fn check_phases(phases: &[PhaseFields], at: &mut Reader<'_>) {
    for (i, phase) in phases.iter().enumerate() {
        at.at_index(i, |at| {
            check_order(phase.start.as_ref(), phase.end.as_ref(), "end", at);
            check_order(phase.actual_start.as_ref(), phase.actual_end.as_ref(), "actual_end", at);
        });
    }
}

/// An end whose last possible day is before the first possible day of its start is a mistake.
fn check_order(
    start: Option<&Written<Option<EdtfDate>>>,
    end: Option<&Written<Option<EdtfDate>>>,
    key: &'static str,
    at: &mut Reader<'_>,
) {
    let (Some(start), Some(end)) = (start, end) else { return };
    let first = start.read().and_then(|start| start.earliest());
    let last = end.read().and_then(|end| end.latest());
    if let (Some(first), Some(last)) = (first, last)
        && last < first
    {
        at.at_key(key, |at| {
            let problem = at.problem(Code::EndBeforeStart).with("start", start.text()).with("end", end.text());
            at.report.add(problem);
        });
    }
}

fn milestone(draft: MilestoneFields) -> Milestone {
    Milestone { title: draft.title.unwrap_or_default().into(), due: draft.due, met: draft.met }
}

/// An update's day is in its front matter, or begins the name of its file; both must agree.
fn update_date(fields: &mut UpdateFields, stem: &str, at: &mut Reader<'_>) {
    let named: Option<Date> = stem.get(..10).and_then(|day| day.parse().ok());
    match (fields.date, named) {
        (Some(date), Some(named)) if date != named => {
            let problem = at.at_key("date", |at| {
                let written = date.to_string();
                at.problem(Code::Contradiction)
                    .with("key", "date")
                    .with("written", written)
                    .with("folder", stem)
            });
            at.report.add(problem);
        }
        (None, Some(named)) => fields.date = Some(named),
        // A day that can't be read is there.
        (None, None) if at.report.iter().all(|problem| problem.place != KeyPath::of("date").into()) => {
            at.missing("date", false);
        }
        _ => {}
    }
}

/// The person in a field, whichever way it is written.
pub(crate) fn person(draft: PersonFields) -> Option<Person> {
    match draft {
        PersonFields::Text(text) => Person::read(&text),
        PersonFields::Parts(parts) => {
            Person::new(parts.name.as_deref().unwrap_or_default(), parts.role.as_deref().unwrap_or_default())
        }
    }
}
