//! Forest of units, and the resolution of their names.

use std::collections::HashSet;
use std::sync::Arc;

use super::names::{LEVELS, LONG_NAME, ScopedNames, candidates, cycles, depths, too_deep};
use crate::catalogue::{Catalogue, Unit, UnitId};
use crate::diagnostic::{Code, Diagnostic, KeyPath, Report};
use crate::model::{FileId, Head, Origin, Person};
use crate::parse::{HeadFields, Reference, Sheet, UnitFields};

/// Units by their ids, names and aliases.
#[derive(Debug)]
pub(super) struct Units {
    /// By id, in the whole site.
    ids: ScopedNames<(), UnitId>,
    /// By name and alias, in the whole site.
    names: ScopedNames<(), UnitId>,
    /// Units whose administration isn't known, because a reference above them dangles.
    adrift: HashSet<UnitId>,
}

impl Units {
    /// Administration of a unit, if it is known.
    pub(super) fn administration(&self, catalogue: &Catalogue, unit: UnitId) -> Option<UnitId> {
        let root = catalogue.administration(unit);
        (!self.adrift.contains(&root)).then_some(root)
    }

    /// Finds the unit that a reference names, or reports the problem. `near` is the administration of the referring
    /// record, whose units come first if a name is ambiguous.
    pub(super) fn find(
        &self,
        catalogue: &Catalogue,
        written: &str,
        near: Option<UnitId>,
        at: (FileId, KeyPath),
        report: &mut Report,
    ) -> Option<UnitId> {
        // An id that two units have is a problem of theirs.
        if let [unit, ..] = self.ids.get((), written) {
            return Some(*unit);
        }
        let with_name = self.names.get((), written);
        let own = with_name.iter().copied().filter(|unit| Some(catalogue.administration(*unit)) == near);
        let own: Vec<UnitId> = own.take(2).collect();
        match (own.as_slice(), with_name) {
            ([unit], _) | (_, [unit]) => Some(*unit),
            (_, []) => {
                self.report_dangling(catalogue, written, at, report);
                None
            }
            (_, several) => {
                let ids = several.iter().map(|unit| catalogue[*unit].id.as_str());
                let problem = Diagnostic::new(Code::Ambiguous, at.0, at.1)
                    .with("kind", "unit")
                    .with("written", written)
                    .with("candidates", candidates(ids));
                report.add(problem);
                None
            }
        }
    }

    /// Reports that no unit has a name. If the name may be cut short, the only unit that it may be cut from is meant.
    fn report_dangling(&self, catalogue: &Catalogue, written: &str, at: (FileId, KeyPath), report: &mut Report) {
        let cut = Some(written).filter(|name| name.chars().count() >= LONG_NAME);
        if let Some(unit) = cut.and_then(|name| self.names.only_with_prefix((), name)) {
            let id = catalogue[unit].id.as_str();
            let problem = Diagnostic::new(Code::Dangling, at.0, at.1)
                .with("kind", "unit")
                .with("written", written)
                .with("nearest", id)
                .meant(Some(id));
            return report.add(problem);
        }
        let likely = if self.ids.nearest((), written).is_some() { &self.ids } else { &self.names };
        likely.dangling((), written, "unit", at, report);
    }

    /// Adds a unit to the catalogue, without those that it refers to. A unit without an id is left out.
    fn add(&mut self, sheet: Sheet<UnitFields>, catalogue: &mut Catalogue, report: &mut Report) {
        let id = UnitId::at(catalogue.units.len());
        let Sheet { mut fields, origin, .. } = sheet;
        let Some(written) = fields.id.take() else {
            self.ids.mark_incomplete();
            self.names.mark_incomplete();
            return;
        };
        if let Some(other) = self.ids.add((), &written, id) {
            let problem = Diagnostic::new(Code::Duplicate, origin.file, path(&origin, "id"))
                .with("kind", "unit")
                .with("written", written.as_str())
                .with("other", catalogue[other].origin.path.to_string());
            report.add(problem);
        }
        self.names.add((), &fields.name, id);
        for alias in &fields.aliases {
            self.names.add((), alias, id);
        }
        let heads = heads(std::mem::take(&mut fields.heads), &origin, report);
        catalogue.units.push(Arc::new(Unit {
            id: written,
            parent: None,
            children: Vec::new(),
            root: id,
            heads: heads.into(),
            succeeded_by: None,
            translations: Vec::new(),
            origin,
            fields,
        }));
    }

    /// Gives each unit its parent and its successor.
    fn link(&mut self, catalogue: &mut Catalogue, report: &mut Report) {
        for i in 0..catalogue.units.len() {
            let Unit { fields, origin, .. } = &*catalogue.units[i];
            let mut find = |reference: Option<&Reference>, key: &'static str| {
                self.find(catalogue, &reference?.0, None, (origin.file, path(origin, key)), report)
            };
            let has_parent = fields.parent.is_some();
            let parent = find(fields.parent.as_ref(), "parent");
            let successor = find(fields.succeeded_by.as_ref(), "succeeded_by");
            if has_parent && parent.is_none() {
                self.adrift.insert(UnitId::at(i));
            }
            let unit = Arc::make_mut(&mut catalogue.units[i]);
            (unit.parent, unit.succeeded_by) = (parent, successor);
        }
    }

    /// Removes the parents of units that are above themselves, so that every later stage can walk up.
    fn break_cycles(&mut self, catalogue: &mut Catalogue, report: &mut Report) {
        for cycle in cycles(catalogue.units.len(), |i| catalogue.units[i].parent.map(UnitId::index)) {
            report.add(cycle_problem(&cycle, "parent", catalogue));
            for member in cycle {
                Arc::make_mut(&mut catalogue.units[member]).parent = None;
                self.adrift.insert(UnitId::at(member));
            }
        }
    }

    /// Removes the parents of units that have too many others above them.
    fn limit_depth(&mut self, catalogue: &mut Catalogue, report: &mut Report) {
        let depths = depths(catalogue.units.len(), |i| catalogue.units[i].parent.map(UnitId::index));
        for (i, depth) in depths.into_iter().enumerate().filter(|(_, depth)| *depth > LEVELS) {
            let unit = Arc::make_mut(&mut catalogue.units[i]);
            // Those below it are too deep for the same reason.
            if depth == LEVELS + 1 {
                report.add(too_deep("unit", &unit.id, unit.origin.file, path(&unit.origin, "parent")));
            }
            unit.parent = None;
            self.adrift.insert(UnitId::at(i));
        }
    }
}

/// Makes the forest of units.
pub(super) fn resolve(sheets: Vec<Arc<Sheet<UnitFields>>>, catalogue: &mut Catalogue, report: &mut Report) -> Units {
    let mut units = Units { ids: ScopedNames::new(), names: ScopedNames::new(), adrift: HashSet::new() };
    for sheet in sheets {
        units.add(Arc::unwrap_or_clone(sheet), catalogue, report);
    }
    units.link(catalogue, report);
    units.break_cycles(catalogue, report);
    units.limit_depth(catalogue, report);
    for cycle in cycles(catalogue.units.len(), |i| catalogue.units[i].succeeded_by.map(UnitId::index)) {
        report.add(cycle_problem(&cycle, "succeeded_by", catalogue));
    }
    for i in 0..catalogue.units.len() {
        let id = UnitId::at(i);
        let root = catalogue.chain(id).last().unwrap_or(id);
        Arc::make_mut(&mut catalogue.units[i]).root = root;
        if let Some(parent) = catalogue.units[i].parent {
            Arc::make_mut(&mut catalogue.units[parent.index()]).children.push(id);
        }
    }
    units
}

/// Heads of a unit. Reports those who end before they begin, and leaves them out.
fn heads(written: Vec<HeadFields>, origin: &Origin, report: &mut Report) -> Vec<Head> {
    let mut heads = Vec::new();
    for (k, head) in written.into_iter().enumerate() {
        let (name, role) = (head.name.unwrap_or_default(), head.role.unwrap_or_default());
        let Some(person) = Person::new(&name, &role) else { continue };
        match Head::new(person, head.from.map(|year| year.0), head.to.map(|year| year.0)) {
            Ok(head) => heads.push(head),
            Err(years) => {
                let path = path(origin, "heads").index(k).key("to");
                let problem = Diagnostic::new(Code::EndBeforeStart, origin.file, path)
                    .with("start", years.from.to_string())
                    .with("end", years.to.to_string());
                report.add(problem);
            }
        }
    }
    heads
}

/// Problem of units that are above themselves, or succeed themselves.
fn cycle_problem(cycle: &[usize], key: &'static str, catalogue: &Catalogue) -> Diagnostic {
    let names: Vec<&str> = cycle.iter().chain(cycle.first()).map(|i| catalogue.units[*i].id.as_str()).collect();
    let origin = &catalogue.units[cycle[0]].origin;
    Diagnostic::new(Code::Cycle, origin.file, path(origin, key))
        .with("kind", "unit")
        .with("chain", names.join(" → "))
}

fn path(origin: &Origin, key: &'static str) -> KeyPath {
    KeyPath::default().index(origin.item).key(key)
}
