//! How the objects at the other side of a relationship are loaded and saved, as a schema says it.

use aludel_catalog::Table;

use crate::{
    analyse::{Cardinality, Entity, Input, Relationship, Way, placed, position},
    annotation::{Cascade, Load, Noted, RelationshipNotes},
    diagnostic::Diagnostic,
    suggest::unknown_column,
};

/// What is not for relationships that can only be read: it writes.
const WRITING: [Cascade; 3] = [Cascade::Save, Cascade::Delete, Cascade::DeleteOrphan];

/// Applies what is said of a relationship, but for its names and its condition.
pub(super) fn apply(
    input: Input<'_>,
    entities: &[Entity],
    relationship: &mut Relationship,
    notes: &RelationshipNotes,
    diagnostics: &mut Vec<Diagnostic>,
) {
    read_only(relationship, notes, diagnostics);
    load(relationship, notes, diagnostics);
    let target = input.table(&entities[relationship.target]);
    order(target, relationship, notes, diagnostics);
    cascade(relationship, notes, diagnostics);
}

fn read_only(
    relationship: &mut Relationship,
    notes: &RelationshipNotes,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(said) = &notes.read_only else { return };
    if !said.value && relationship.read_only {
        let why = match relationship.filter {
            Some(_) => "it has a condition",
            None => "the database computes its foreign key",
        };
        let message = format!("relationship `{}` can only be read: {why}", notes.name);
        diagnostics.push(placed(Diagnostic::error(message), said.span));
    }
    relationship.read_only |= said.value;
}

fn load(
    relationship: &mut Relationship,
    notes: &RelationshipNotes,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(said) = &notes.load else { return };
    relationship.load = said.value;
    if said.value != Load::WriteOnly {
        return;
    }
    let name = &notes.name;
    let problem = if relationship.cardinality != Cardinality::Many {
        format!("relationship `{name}` leads to one row at most, and cannot be `write_only`")
    } else if relationship.read_only {
        format!("relationship `{name}` can only be read, and cannot be `write_only`")
    } else {
        return;
    };
    diagnostics.push(placed(Diagnostic::error(problem), said.span));
}

fn order(
    target: &Table,
    relationship: &mut Relationship,
    notes: &RelationshipNotes,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(first) = notes.order_by.first() else {
        return;
    };
    if relationship.cardinality != Cardinality::Many {
        let message = format!(
            "relationship `{}` leads to one row at most, which has no order",
            notes.name
        );
        diagnostics.push(placed(Diagnostic::error(message), first.span));
        return;
    }
    for said in &notes.order_by {
        let (name, descending) = &said.value;
        match column(target, name) {
            Some(column) => relationship.order.push((column, *descending)),
            None => {
                let known = target.columns.iter().map(|column| column.name.as_str());
                let problem = unknown_column(name, &target.name.to_string(), known);
                diagnostics.push(placed(problem, said.span));
            }
        }
    }
}

/// A column by its name; where no other is meant, in whatever case.
fn column(table: &Table, name: &str) -> Option<usize> {
    position(table, name).or_else(|| {
        let mut columns = table.columns.iter();
        columns.position(|column| column.name.eq_ignore_ascii_case(name))
    })
}

fn cascade(
    relationship: &mut Relationship,
    notes: &RelationshipNotes,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(said) = &notes.cascade else {
        if relationship.read_only {
            relationship
                .cascade
                .retain(|usual| !WRITING.contains(usual));
        }
        return;
    };
    for word in said {
        diagnostics
            .extend(refused(relationship, notes, word).map(|problem| placed(problem, word.span)));
    }
    relationship.cascade = said.iter().map(|word| word.value).collect();
    if relationship.cascade.contains(&Cascade::DeleteOrphan) {
        // Without what it belongs to, it is an orphan too.
        relationship.cascade.push(Cascade::Delete);
    }
}

/// Why a word cannot be said of a relationship, where it cannot.
fn refused(
    relationship: &Relationship,
    notes: &RelationshipNotes,
    word: &Noted<Cascade>,
) -> Option<Diagnostic> {
    let name = &notes.name;
    if relationship.read_only && WRITING.contains(&word.value) {
        let message = format!("relationship `{name}` can only be read, and does not write");
        let help = "`merge`, `refresh` and `expunge` are for it";
        return Some(Diagnostic::error(message).help(help));
    }
    if word.value != Cascade::DeleteOrphan {
        return None;
    }
    let why = match relationship.way {
        Way::Back(_) => return None,
        Way::Own(_) => "what it leads to may be led to by other rows",
        Way::Through { .. } => "what it leads to may be in other pairs",
    };
    let message = format!("relationship `{name}` has no orphans: {why}");
    let help = "`delete_orphan` is for the other side of a foreign key";
    Some(Diagnostic::error(message).help(help))
}
