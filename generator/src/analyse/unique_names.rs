//! No two things of one name: a clash is an error that shows the line to paste.

use std::collections::HashMap;

use aludel_catalog::{Catalog, Name};

use super::{Names, models::Entity, relationship::spelled};
use crate::{
    diagnostic::{Diagnostic, Span},
    parse::Positions,
};

pub(super) fn check(
    catalog: &Catalog,
    entities: &[Entity],
    positions: &Positions,
    diagnostics: &mut Vec<Diagnostic>,
) {
    models(catalog, entities, positions, diagnostics);
    for (index, entity) in entities.iter().enumerate() {
        let mut taken = HashMap::new();
        fields(catalog, index, entity, positions, &mut taken, diagnostics);
        relationships(catalog, entities, index, positions, &mut taken, diagnostics);
    }
}

/// A chosen name that nothing in the schema asks for is a mistake of spelling.
pub(super) fn check_overrides(catalog: &Catalog, names: &Names, diagnostics: &mut Vec<Diagnostic>) {
    let tables: Vec<String> = catalog
        .tables
        .iter()
        .map(|table| table.name.to_string())
        .collect();
    for table in names.models.keys().filter(|table| !tables.contains(table)) {
        diagnostics.push(Diagnostic::error(format!(
            "`.model(\"{table}\", …)` names a table that the schema does not have"
        )));
    }
    let keys: Vec<String> = catalog
        .tables
        .iter()
        .flat_map(|table| table.foreign_keys.iter().map(|key| spelled(table, key)))
        .collect();
    for key in names.relationships.keys().filter(|key| !keys.contains(key)) {
        let message = format!(
            "`.relationship(\"{key}\", …)` names a foreign key that the schema does not have"
        );
        let known = keys
            .iter()
            .map(|key| format!("`{key}`"))
            .collect::<Vec<_>>()
            .join(", ");
        diagnostics.push(Diagnostic::error(message).help(format!("its foreign keys are {known}")));
    }
}

fn models(
    catalog: &Catalog,
    entities: &[Entity],
    positions: &Positions,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut taken: HashMap<&str, &Name> = HashMap::new();
    for (entity, table) in entities.iter().zip(&catalog.tables) {
        let Some(first) = taken.insert(&entity.module, &table.name) else {
            continue;
        };
        let message = format!(
            "tables `{first}` and `{}` both become `{}`",
            table.name, entity.name
        );
        let error = Diagnostic::error(message)
            .label("second table of that model")
            .help(format!(
                "choose another name in build.rs: `.model(\"{}\", \"…\")`",
                table.name
            ));
        diagnostics.push(placed(
            error,
            positions.table(&table.name),
            positions.table(first),
            "first table of that model",
        ));
    }
}

fn fields(
    catalog: &Catalog,
    index: usize,
    entity: &Entity,
    positions: &Positions,
    taken: &mut HashMap<String, (String, Option<Span>)>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let table = &catalog.tables[index];
    for (field, column) in entity.fields.iter().zip(&table.columns) {
        let span = positions.column(&table.name, &column.name);
        let what = format!("column `{}`", column.name);
        if let Some((other, first)) = taken.insert(field.name.clone(), (what.clone(), span)) {
            let message = format!(
                "{other} and {what} of table `{}` both become `{}`",
                table.name, field.name
            );
            diagnostics.push(placed(
                Diagnostic::error(message),
                span,
                first,
                "the other column",
            ));
        }
    }
}

fn relationships(
    catalog: &Catalog,
    entities: &[Entity],
    index: usize,
    positions: &Positions,
    taken: &mut HashMap<String, (String, Option<Span>)>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for relationship in &entities[index].relationships {
        let (source, key_index) = relationship.foreign_key;
        let table = &catalog.tables[source];
        let key = &table.foreign_keys[key_index];
        let span = positions.foreign_key(&table.name, key_index);
        let what = format!("the relationship by `{}`", spelled(table, key));
        let Some((other, first)) = taken.insert(relationship.name.clone(), (what.clone(), span))
        else {
            continue;
        };
        let message = format!(
            "`{}::{}` would be {other} and {what}",
            entities[index].name, relationship.name
        );
        let paste = format!(
            "choose names for both sides in build.rs: `.relationship(\"{}\", \"…\", \"…\")`",
            spelled(table, key)
        );
        diagnostics.push(placed(
            Diagnostic::error(message).help(paste),
            span,
            first,
            "the other one",
        ));
    }
}

fn placed(error: Diagnostic, span: Option<Span>, other: Option<Span>, label: &str) -> Diagnostic {
    let error = match span {
        Some(span) => error.at(span),
        None => error,
    };
    match other {
        Some(other) if Some(other) != span => error.also(other, label),
        _ => error,
    }
}
