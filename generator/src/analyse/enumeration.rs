//! Enums of the schema as enums of Rust: those that the database knows, the lists of its SETs, and those that only YAML knows.

use std::collections::BTreeMap;

use aludel_catalog::{Column, Name, Table, Type};

use super::{Enumeration, Input, placed};
use crate::{
    annotation::{EnumNotes, EnumStorage},
    diagnostic::{Diagnostic, Severity, Span},
    naming,
};

pub(super) fn all(input: Input<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Enumeration> {
    let mut all: Vec<Enumeration> = Vec::new();
    for declared in declared(input) {
        all.push(enumeration(input, declared, diagnostics));
    }
    for mut set in sets(input) {
        set.name = free_name(set.name, &all);
        all.push(enumeration(input, set, diagnostics));
    }
    for (name, notes) in &input.annotations.enums {
        if all.iter().any(|known| known.declared == *name) {
            continue;
        }
        let only_here = Declared {
            name: name.clone(),
            values: &notes.values,
            comment: None,
            set: None,
        };
        match notes.checked.as_slice() {
            [] => all.push(enumeration(input, only_here, diagnostics)),
            checked => all.extend(of_check(input, only_here, checked, diagnostics)),
        }
    }
    all
}

/// An enum that nobody asked for: where its values give no names of their own, the columns stay as they are.
fn of_check(
    input: Input<'_>,
    declared: Declared<'_>,
    columns: &[(Name, String)],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Enumeration> {
    let is_included = |(table, _): &(Name, String)| input.options.includes(&table.to_string());
    if input.options.without_check_enums || !columns.iter().any(is_included) {
        return None;
    }
    let mut problems = Vec::new();
    let enumeration = enumeration(input, declared, &mut problems);
    let Some(mut problem) = problems.into_iter().next() else {
        return Some(enumeration);
    };
    let (table, column) = columns.first()?;
    problem.severity = Severity::Warning;
    problem.span = input.positions.column(table, column);
    diagnostics.push(problem.label("stays a text"));
    None
}

/// An enum as the schema has it.
struct Declared<'a> {
    name: Name,
    values: &'a [String],
    comment: Option<&'a String>,
    set: Option<(&'a Table, &'a Column)>,
}

/// The enums that the database knows.
fn declared(input: Input<'_>) -> impl Iterator<Item = Declared<'_>> {
    input.catalog.enums.iter().map(|declared| Declared {
        name: declared.name.clone(),
        values: &declared.values,
        comment: declared.comment.as_ref(),
        set: None,
    })
}

/// The lists of SETs, which have the names that the enums of such columns would have.
fn sets(input: Input<'_>) -> impl Iterator<Item = Declared<'_>> {
    let tables = input.catalog.tables.iter();
    let included = tables.filter(move |table| input.options.includes(&table.name.to_string()));
    let columns =
        included.flat_map(|table| table.columns.iter().map(move |column| (table, column)));
    columns.filter_map(|(table, column)| match &column.ty.kind {
        Type::Set(values) if tells_apart(values) => Some(Declared {
            name: Name {
                schema: table.name.schema.clone(),
                name: naming::of_values(&table.name.name, &column.name),
            },
            values,
            comment: None,
            set: Some((table, column)),
        }),
        _ => None,
    })
}

/// Tables and columns with underscores can ask for the same name twice.
fn free_name(wanted: Name, taken: &[Enumeration]) -> Name {
    let is_free = |name: &Name| taken.iter().all(|other| other.declared != *name);
    let numbered = (2_usize..).map(|number| Name {
        schema: wanted.schema.clone(),
        name: format!("{}_{number}", wanted.name),
    });
    std::iter::once(wanted.clone())
        .chain(numbered)
        .find(is_free)
        .expect("there are more numbers than enums")
}

/// Whether the text of a SET says which members it has. An empty one is nothing to see there, as is none at all.
fn tells_apart(values: &[String]) -> bool {
    let plain = |value: &String| !value.is_empty() && !value.contains(',');
    !values.is_empty() && values.iter().all(plain)
}

fn enumeration(
    input: Input<'_>,
    declared: Declared<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Enumeration {
    let default = EnumNotes::default();
    let notes = input.annotations.enums.get(&declared.name);
    let notes = notes.unwrap_or(&default);
    let name = match (&notes.name, declared.set) {
        (Some(chosen), _) => chosen.value.clone(),
        // Each of them is one of what the column has several of.
        (None, Some(_)) => input.singular_type_name(&declared.name.name),
        (None, None) => naming::type_name(&declared.name.name),
    };
    let values = declared.values.iter();
    let variants = values.map(|value| (variant(notes, value), value.clone()));
    let enumeration = Enumeration {
        set: declared
            .set
            .map(|(table, column)| (table.name.clone(), column.name.clone())),
        comment: declared.comment.or(notes.comment.as_ref()).cloned(),
        module: naming::module(&name),
        name,
        variants: variants.collect(),
        is_integer: notes.storage == EnumStorage::Integer,
        keep_unknown: notes.keep_unknown,
        declared: declared.name.clone(),
    };
    diagnostics.extend(clashes(&enumeration, enumeration.span(input)));
    enumeration
}

/// Values that would become one variant.
fn clashes(enumeration: &Enumeration, span: Option<Span>) -> Vec<Diagnostic> {
    let (declared, name) = (&enumeration.declared, &enumeration.name);
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    let mut clashes = Vec::new();
    for (variant, value) in &enumeration.variants {
        if let Some(other) = seen.insert(variant, value) {
            let message = format!(
                "values `{other}` and `{value}` of enum `{declared}` both become `{name}::{variant}`"
            );
            let help = format!(
                "name them in YAML: `enums: {{ {declared}: {{ values: {{ …: \"{value}\" }} }} }}`"
            );
            clashes.push(placed(Diagnostic::error(message).help(help), span));
        }
    }
    clashes
}

fn variant(notes: &EnumNotes, value: &str) -> String {
    match notes.variants.get(value) {
        Some(chosen) => naming::type_name(&chosen.value),
        None if value.is_empty() => "Empty".to_owned(),
        None => naming::type_name(value),
    }
}
