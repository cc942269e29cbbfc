use super::names::{Names, cycles};
use crate::diagnostic::{Code, Diagnostic, KeyPath, Report};
use crate::model::{Catalogue, Contact, FileId, Head, Origin, Person, Unit, UnitId};
use crate::parse::{Draft, UnitDraft};

/// Which unit is meant by an id, a name or an alias.
pub(super) struct Units {
    /// By id, in the whole site.
    ids: Names<(), UnitId>,
    /// By name and alias, in the whole site.
    names: Names<(), UnitId>,
}

impl Units {
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
        if let [unit] = self.ids.get((), written) {
            return Some(*unit);
        }
        let named = self.names.get((), written);
        let own: Vec<UnitId> = named
            .iter()
            .copied()
            .filter(|unit| Some(catalogue.administration(*unit)) == near)
            .collect();
        match (own.as_slice(), named) {
            ([unit], _) | (_, [unit]) => Some(*unit),
            (_, []) => {
                let problem = match self.ids.nearest((), written) {
                    Some(_) => self.ids.dangling((), written, "unit", at.0, at.1),
                    None => self.names.dangling((), written, "unit", at.0, at.1),
                };
                report.add(problem);
                None
            }
            (_, several) => {
                let ids: Vec<&str> = several.iter().map(|unit| catalogue[*unit].id.as_str()).collect();
                let problem = Diagnostic::new(Code::Ambiguous, at.0, at.1)
                    .with("kind", "unit")
                    .with("written", written)
                    .with("candidates", ids.join(", "));
                report.add(problem);
                None
            }
        }
    }
}

/// Makes the forest of units.
pub(super) fn resolve(drafts: Vec<Draft<UnitDraft>>, catalogue: &mut Catalogue, report: &mut Report) -> Units {
    let mut units = Units { ids: Names::new(), names: Names::new() };
    let mut parents = Vec::with_capacity(drafts.len());
    for (i, draft) in drafts.into_iter().enumerate() {
        let id = UnitId::at(i);
        let fields = draft.fields;
        let name = fields.name.unwrap_or_default();
        let written = fields.id.unwrap_or_else(|| name.clone());
        if let Some(before) = units.ids.add((), &written, id) {
            let before = &catalogue[before];
            let problem = Diagnostic::new(Code::Duplicate, draft.origin.file, path(&draft.origin, "id"))
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
            url: contact.url.map(|url| url.0),
        });
        let mut heads = Vec::new();
        for (k, head) in fields.heads.unwrap_or_default().into_iter().enumerate() {
            let (name, role) = (head.name.unwrap_or_default(), head.role.unwrap_or_default());
            let Some(person) = Person::new(&name, &role) else { continue };
            match Head::new(person, head.from.map(|year| year.0), head.to.map(|year| year.0)) {
                Ok(head) => heads.push(head),
                Err(years) => {
                    let path = path(&draft.origin, "heads").index(k).key("to");
                    let problem = Diagnostic::new(Code::EndBeforeStart, draft.origin.file, path)
                        .with("start", years.from.to_string())
                        .with("end", years.to.to_string());
                    report.add(problem);
                }
            }
        }
        catalogue.units.push(Unit {
            id: written,
            name,
            kind: fields.kind,
            description: fields.description,
            parent: None,
            children: Vec::new(),
            root: id,
            heads,
            aliases,
            succeeded_by: None,
            ipa: fields.ipa,
            contact,
            origin: draft.origin,
        });
    }
    for (i, (parent, successor)) in parents.into_iter().enumerate() {
        let origin = catalogue.units[i].origin.clone();
        let mut find = |reference: Option<crate::parse::Reference>, key: &'static str, catalogue: &Catalogue| {
            let written = reference?.0;
            units.find(catalogue, &written, None, (origin.file, path(&origin, key)), report)
        };
        let parent = find(parent, "parent", catalogue);
        let successor = find(successor, "succeeded_by", catalogue);
        catalogue.units[i].parent = parent;
        catalogue.units[i].succeeded_by = successor;
    }
    for cycle in cycles(catalogue.units.len(), |i| catalogue.units[i].parent.map(UnitId::index)) {
        let names: Vec<&str> = cycle.iter().chain(cycle.first()).map(|i| catalogue.units[*i].id.as_str()).collect();
        let origin = &catalogue.units[cycle[0]].origin;
        let problem = Diagnostic::new(Code::Cycle, origin.file, path(origin, "parent"))
            .with("kind", "unit")
            .with("chain", names.join(" → "));
        report.add(problem);
        // A broken cycle lets every later stage walk up.
        for member in cycle {
            catalogue.units[member].parent = None;
        }
    }
    for i in 0..catalogue.units.len() {
        let id = UnitId::at(i);
        let root = catalogue.chain(id).last().unwrap_or(id);
        catalogue.units[i].root = root;
        if let Some(parent) = catalogue.units[i].parent {
            catalogue.units[parent.index()].children.push(id);
        }
    }
    units
}

fn path(origin: &Origin, key: &'static str) -> KeyPath {
    KeyPath::default().index(origin.item).key(key)
}
