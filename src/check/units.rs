use std::collections::HashSet;
use std::sync::Arc;

use super::names::{LEVELS, ScopedNames, cycles, depths, some, too_deep};
use crate::diagnostic::{Code, Diagnostic, KeyPath, Report};
use crate::model::{Catalogue, Contact, FileId, Head, Origin, Person, Unit, UnitId};
use crate::parse::{Sheet, UnitFields};

/// Letters of a name that an old export may have cut; fewer are the beginning of many.
pub(super) const LONG_NAME: usize = 20;

/// Which unit is meant by an id, a name or an alias.
#[derive(Debug)]
pub(super) struct Units {
    /// By id, in the whole site.
    ids: ScopedNames<(), UnitId>,
    /// By name and alias, in the whole site.
    names: ScopedNames<(), UnitId>,
    /// The units above which a reference dangles: whose administration isn't known.
    adrift: HashSet<UnitId>,
}

impl Units {
    /// The administration of a unit, where it is known.
    pub(super) fn administration(&self, catalogue: &Catalogue, unit: UnitId) -> Option<UnitId> {
        let root = catalogue.administration(unit);
        (!self.adrift.contains(&root)).then_some(root)
    }

    /// The unit that a reference names, or the problem added to the report. `near` is the administration at hand,
    /// whose units come first where a name is ambiguous.
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
        let named = self.names.get((), written);
        let own = named.iter().copied().filter(|unit| Some(catalogue.administration(*unit)) == near);
        let own: Vec<UnitId> = own.take(2).collect();
        match (own.as_slice(), named) {
            ([unit], _) | (_, [unit]) => Some(*unit),
            (_, []) => {
                let cut = Some(written).filter(|name| name.chars().count() >= LONG_NAME);
                match cut.and_then(|name| self.names.begun((), name)) {
                    Some(unit) => report.add(
                        Diagnostic::new(Code::Dangling, at.0, at.1)
                            .with("kind", "unit")
                            .with("written", written)
                            .with("nearest", catalogue[unit].id.as_str())
                            .meant(Some(catalogue[unit].id.as_str())),
                    ),
                    None => {
                        let likely = if self.ids.nearest((), written).is_some() { &self.ids } else { &self.names };
                        likely.dangling((), written, "unit", at, report);
                    }
                }
                None
            }
            (_, several) => {
                let ids = several.iter().map(|unit| catalogue[*unit].id.as_str());
                let problem = Diagnostic::new(Code::Ambiguous, at.0, at.1)
                    .with("kind", "unit")
                    .with("written", written)
                    .with("candidates", some(ids));
                report.add(problem);
                None
            }
        }
    }
}

/// Makes the forest of units.
pub(super) fn resolve(sheets: Vec<Arc<Sheet<UnitFields>>>, catalogue: &mut Catalogue, report: &mut Report) -> Units {
    let mut units = Units { ids: ScopedNames::new(), names: ScopedNames::new(), adrift: HashSet::new() };
    let mut parents = Vec::with_capacity(sheets.len());
    for sheet in sheets {
        let sheet = Arc::unwrap_or_clone(sheet);
        let id = UnitId::at(catalogue.units.len());
        let fields = sheet.fields;
        let Some(written) = fields.id else {
            units.ids.leave_gaps();
            units.names.leave_gaps();
            continue;
        };
        let name = fields.name.unwrap_or_default();
        if let Some(before) = units.ids.add((), &written, id) {
            let before = &catalogue[before];
            let problem = Diagnostic::new(Code::Duplicate, sheet.origin.file, path(&sheet.origin, "id"))
                .with("kind", "unit")
                .with("written", written.as_str())
                .with("other", before.origin.path.to_string());
            report.add(problem);
        }
        units.names.add((), &name, id);
        let aliases = fields.aliases.unwrap_or_default();
        for alias in &aliases {
            units.names.add((), alias, id);
        }
        parents.push((fields.parent, fields.succeeded_by));
        let contact = fields.contact.map(|contact| Contact {
            email: contact.email,
            pec: contact.pec,
            phone: contact.phone,
            address: contact.address,
            url: contact.url,
        });
        let mut heads = Vec::new();
        for (k, head) in fields.heads.unwrap_or_default().into_iter().enumerate() {
            let (name, role) = (head.name.unwrap_or_default(), head.role.unwrap_or_default());
            let Some(person) = Person::new(&name, &role) else { continue };
            match Head::new(person, head.from.map(|year| year.0), head.to.map(|year| year.0)) {
                Ok(head) => heads.push(head),
                Err(years) => {
                    let path = path(&sheet.origin, "heads").index(k).key("to");
                    let problem = Diagnostic::new(Code::EndBeforeStart, sheet.origin.file, path)
                        .with("start", years.from.to_string())
                        .with("end", years.to.to_string());
                    report.add(problem);
                }
            }
        }
        catalogue.units.push(Arc::new(Unit {
            id: written,
            name: name.into(),
            kind: fields.kind.into(),
            description: fields.description.into(),
            parent: None,
            children: Vec::new(),
            root: id,
            heads: heads.into(),
            aliases,
            succeeded_by: None,
            ipa: fields.ipa,
            contact,
            translations: Vec::new(),
            origin: sheet.origin,
        }));
    }
    for (i, (parent, successor)) in parents.into_iter().enumerate() {
        let origin = catalogue.units[i].origin.clone();
        let mut find = |reference: Option<crate::parse::Reference>, key: &'static str, catalogue: &Catalogue| {
            let written = reference?.0;
            units.find(catalogue, &written, None, (origin.file, path(&origin, key)), report)
        };
        let has_parent = parent.is_some();
        let parent = find(parent, "parent", catalogue);
        let successor = find(successor, "succeeded_by", catalogue);
        if has_parent && parent.is_none() {
            units.adrift.insert(UnitId::at(i));
        }
        let unit = Arc::make_mut(&mut catalogue.units[i]);
        (unit.parent, unit.succeeded_by) = (parent, successor);
    }
    for cycle in cycles(catalogue.units.len(), |i| catalogue.units[i].parent.map(UnitId::index)) {
        report.add(in_a_circle(&cycle, "parent", catalogue));
        // A broken cycle lets every later stage walk up.
        for member in cycle {
            Arc::make_mut(&mut catalogue.units[member]).parent = None;
            units.adrift.insert(UnitId::at(member));
        }
    }
    let depths = depths(catalogue.units.len(), |i| catalogue.units[i].parent.map(UnitId::index));
    for (i, _) in depths.iter().enumerate().filter(|(_, depth)| **depth > LEVELS) {
        let unit = Arc::make_mut(&mut catalogue.units[i]);
        // Those below it are too deep for the same reason.
        if depths[i] == LEVELS + 1 {
            report.add(too_deep("unit", &unit.id, unit.origin.file, path(&unit.origin, "parent")));
        }
        unit.parent = None;
        units.adrift.insert(UnitId::at(i));
    }
    for cycle in cycles(catalogue.units.len(), |i| catalogue.units[i].succeeded_by.map(UnitId::index)) {
        report.add(in_a_circle(&cycle, "succeeded_by", catalogue));
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

fn in_a_circle(cycle: &[usize], key: &'static str, catalogue: &Catalogue) -> Diagnostic {
    let names: Vec<&str> = cycle.iter().chain(cycle.first()).map(|i| catalogue.units[*i].id.as_str()).collect();
    let origin = &catalogue.units[cycle[0]].origin;
    Diagnostic::new(Code::Cycle, origin.file, path(origin, key))
        .with("kind", "unit")
        .with("chain", names.join(" → "))
}

fn path(origin: &Origin, key: &'static str) -> KeyPath {
    KeyPath::default().index(origin.item).key(key)
}
