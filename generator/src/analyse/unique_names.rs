//! No two things of one name: a clash is an error that shows the line to paste.

use std::collections::HashMap;

use super::{Entity, Enumeration, Input, Origin, foreign_key::spelled, placed};
use crate::diagnostic::{Diagnostic, Span};

/// What has a name, and where it was declared.
type Taken = HashMap<String, (String, Option<Span>)>;

pub(super) fn check(
    input: Input<'_>,
    entities: &[Entity],
    enums: &[Enumeration],
    diagnostics: &mut Vec<Diagnostic>,
) {
    modules(input, entities, enums, diagnostics);
    for entity in entities {
        let mut taken = Taken::new();
        fields(input, entity, &mut taken, diagnostics);
        relationships(input, entity, &mut taken, diagnostics);
    }
}

fn modules(
    input: Input<'_>,
    entities: &[Entity],
    enums: &[Enumeration],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut taken = Taken::new();
    for entity in entities {
        let name = &input.table(entity).name;
        let help = format!("choose another name in build.rs: `.model(\"{name}\", \"…\")`");
        let span = input.positions.table(name);
        module(
            &mut taken,
            &entity.module,
            &entity.name,
            format!("table `{name}`"),
            span,
            &help,
            diagnostics,
        );
    }
    for enumeration in enums {
        let name = &enumeration.declared;
        let help = format!("choose another name in YAML: `enums: {{ {name}: {{ name: … }} }}`");
        let span = input.positions.enumeration(name);
        module(
            &mut taken,
            &enumeration.module,
            &enumeration.name,
            format!("enum `{name}`"),
            span,
            &help,
            diagnostics,
        );
    }
}

fn module(
    taken: &mut Taken,
    module: &str,
    name: &str,
    what: String,
    span: Option<Span>,
    help: &str,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if let Some((other, first)) = taken.insert(module.to_owned(), (what.clone(), span)) {
        let error = Diagnostic::error(format!("{other} and {what} both become `{name}`"))
            .label("the second")
            .help(help);
        diagnostics.push(beside(error, span, first, "the first"));
    }
}

fn fields(input: Input<'_>, entity: &Entity, taken: &mut Taken, diagnostics: &mut Vec<Diagnostic>) {
    let table = input.table(entity);
    for (index, field) in entity.fields.iter().enumerate() {
        let (what, span) = match (&field.origin, table.columns.get(index)) {
            (Origin::Column, Some(column)) => (
                format!("column `{}`", column.name),
                input.column_span(table, &column.name),
            ),
            _ => (format!("property `{}`", field.name), None),
        };
        if let Some((other, first)) = taken.insert(field.name.clone(), (what.clone(), span)) {
            let message = format!(
                "{other} and {what} of table `{}` both become `{}`",
                table.name, field.name
            );
            let help = format!(
                "name one of them in YAML: `tables: {{ {}: {{ columns: {{ …: {{ field: … }} }} }} }}`",
                table.name
            );
            diagnostics.push(beside(
                Diagnostic::error(message).help(help),
                span,
                first,
                "the other column",
            ));
        }
    }
}

fn relationships(
    input: Input<'_>,
    entity: &Entity,
    taken: &mut Taken,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for relationship in &entity.relationships {
        let (source, key_index) = relationship.foreign_key;
        let table = &input.catalog.tables[source];
        let spelling = spelled(table, &table.foreign_keys[key_index]);
        let span = input.positions.foreign_key(&table.name, key_index);
        let what = format!("the relationship by `{spelling}`");
        let Some((other, first)) = taken.insert(relationship.name.clone(), (what.clone(), span))
        else {
            continue;
        };
        let message = format!(
            "`{}::{}` would be {other} and {what}",
            entity.name, relationship.name
        );
        let paste = format!(
            "choose names for both sides in build.rs: `.relationship(\"{spelling}\", \"…\", \"…\")`"
        );
        diagnostics.push(beside(
            Diagnostic::error(message).help(paste),
            span,
            first,
            "the other one",
        ));
    }
}

fn beside(error: Diagnostic, span: Option<Span>, other: Option<Span>, label: &str) -> Diagnostic {
    match other {
        Some(other) if Some(other) != span => placed(error, span).also(other, label),
        _ => placed(error, span),
    }
}
