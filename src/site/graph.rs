//! The graph of a site: its content, with every page, address, list and link target.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::anchors::{KnownAnchors, TemplateIds};
use super::budget::Budget;
use super::directory::Directory;
use super::glossary::Glossary;
use super::judgement::Judgement;
use super::listing::{Listings, Titles};
use super::lists::{Descendants, Lists};
use super::route::Route;
use crate::catalogue::{Catalogue, ObjectiveId, ProjectId, UnitId, UpdateId};
use crate::model::{IndicatorState, Lang, Settings};
use crate::output::OutputPath;

/// The published content with its pages and addresses. No two pages share an address, on any file system.
#[derive(Debug)]
pub struct Site {
    /// The checked content.
    pub(crate) catalogue: Catalogue,
    /// Settings of `site.toml`.
    pub(crate) settings: Settings,
    /// The day on which "over" and "late" are judged.
    pub(crate) as_of: Date,
    /// The ids that the theme's templates write; none where no theme is known, and any id may be one.
    pub(crate) template_ids: Option<TemplateIds>,
    pub(super) known: KnownAnchors,
    pub(super) directory: Arc<Directory>,
    pub(super) titles: Arc<Titles>,
    pub(super) administrations: Vec<UnitId>,
    pub(super) publisher: Option<UnitId>,
    pub(super) judgements: Vec<Arc<Judgement>>,
    pub(super) results: Vec<Vec<IndicatorState>>,
    pub(super) years: BTreeMap<i16, Vec<ObjectiveId>>,
    pub(super) lists: Arc<Lists>,
    pub(super) project_years: BTreeMap<i16, Vec<ProjectId>>,
    pub(super) update_years: BTreeMap<i16, Vec<UpdateId>>,
    pub(super) below: Arc<Descendants>,
    pub(super) node_budgets: Vec<Option<Budget>>,
    pub(super) listings: Arc<Listings>,
    pub(super) glossaries: Vec<(Lang, Glossary)>,
    pub(super) redirects: Vec<(OutputPath, Route)>,
    pub(super) documents: Vec<Route>,
}
