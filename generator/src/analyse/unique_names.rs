//! No two things of one name: a clash is an error that shows the line to paste.

use std::collections::HashMap;

use aludel_catalog::Table;

use super::{
    Entity, Enumeration, Input, Origin, Relationship, Way, foreign_key::spelled, junction, placed,
};
use crate::{
    diagnostic::{Diagnostic, Span},
    naming,
};

/// What has a name, and where it was declared.
type Taken = HashMap<String, (String, Option<Span>)>;

pub(super) fn check(
    input: Input<'_>,
    entities: &[Entity],
    enums: &[Enumeration],
    diagnostics: &mut Vec<Diagnostic>,
) {
    modules(input, entities, enums, diagnostics);
    id_types(input, entities, enums, diagnostics);
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
        let span = input.span(name);
        module(
            &mut taken,
            &entity.module,
            &entity.name,
            format!("{} `{name}`", if entity.view { "view" } else { "table" }),
            span,
            &help,
            diagnostics,
        );
    }
    for enumeration in enums {
        let name = &enumeration.declared;
        let help = format!("choose another name in YAML: `enums: {{ {name}: {{ name: … }} }}`");
        let span = enumeration.span(input);
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

/// The types of keys stand beside the models.
fn id_types(
    input: Input<'_>,
    entities: &[Entity],
    enums: &[Enumeration],
    diagnostics: &mut Vec<Diagnostic>,
) {
    for entity in entities {
        let Some(id) = &entity.id_type else { continue };
        let table = &input.table(entity).name;
        let model = entities.iter().find(|other| other.name == id.name);
        let model = model.map(|other| &input.table(other).name);
        let enumeration = enums.iter().find(|other| other.name == id.name);
        let (other, span) = match (model, enumeration) {
            (Some(name), _) => (format!("table `{name}`"), input.span(name)),
            (None, Some(other)) => (format!("enum `{}`", other.name), None),
            (None, None) => continue,
        };
        let message = format!(
            "{other} and the key of table `{table}` both become `{}`",
            id.name
        );
        let help = format!("choose another name in build.rs: `.model(\"{table}\", \"…\")`");
        diagnostics.push(beside(
            Diagnostic::error(message).help(help),
            input.span(table),
            span,
            "the other one",
        ));
    }
}

/// A name that was chosen has to be one that a type can have.
fn check_type_name(name: &str, what: &str, span: Option<Span>, diagnostics: &mut Vec<Diagnostic>) {
    if !naming::is_type_name(name) {
        let message = format!("{what} cannot become `{name}`, which is no name of a type in Rust");
        let help = format!("`{}` is one", naming::type_name(name));
        diagnostics.push(placed(Diagnostic::error(message).help(help), span));
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
    check_type_name(name, &what, span, diagnostics);
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
        let paste = choice(input, table, relationship);
        diagnostics.push(beside(
            Diagnostic::error(message).help(paste),
            span,
            first,
            "the other one",
        ));
    }
}

/// How to choose another name for a relationship.
fn choice(input: Input<'_>, table: &Table, relationship: &Relationship) -> String {
    if relationship.filter.is_some() {
        return "the relationship with a condition needs a name of its own in YAML".to_owned();
    }
    let (_, here) = relationship.foreign_key;
    let onward = match (&relationship.way, junction::keys(input, table)) {
        (Way::Through { .. }, Some((first, second))) => Some(first + second - here),
        _ => None,
    };
    let spelling = spelled(table, &table.foreign_keys[onward.unwrap_or(here)]);
    let paste = format!("`.relationship(\"{spelling}\", \"…\", \"…\")`");
    match onward {
        Some(_) => format!(
            "choose another name in build.rs: {paste}; the plural of the first is taken here"
        ),
        None => format!("choose names for both sides in build.rs: {paste}"),
    }
}

fn beside(error: Diagnostic, span: Option<Span>, other: Option<Span>, label: &str) -> Diagnostic {
    match other {
        Some(other) if Some(other) != span => placed(error, span).also(other, label),
        _ => placed(error, span),
    }
}
