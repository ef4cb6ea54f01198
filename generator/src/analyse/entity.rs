//! A table as a struct.

use aludel_catalog::{Column, Table, Type};

use super::{
    Entity, Enumeration, Field, Filling, Input, Origin, RustType, client_value, display, placed,
    position,
    rust_type::{UNTYPED, enum_type, rust_type, set_of},
};
use crate::{
    annotation::{ClientValue, ColumnNotes, Noted, Property, TableNotes},
    diagnostic::Diagnostic,
    naming,
};

/// Every table that becomes a model.
pub(super) fn all(
    input: Input<'_>,
    enums: &[Enumeration],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Entity> {
    let tables = input.catalog.tables.iter().enumerate();
    let included = tables.filter(|(_, table)| input.options.includes(&table.name.to_string()));
    included
        .map(|(index, table)| entity(input, enums, index, table, diagnostics))
        .collect()
}

fn entity(
    input: Input<'_>,
    enums: &[Enumeration],
    index: usize,
    table: &Table,
    diagnostics: &mut Vec<Diagnostic>,
) -> Entity {
    let default = TableNotes::default();
    let notes = input.notes(&table.name).unwrap_or(&default);
    let name = model_name(input, table, notes);
    let columns = table
        .columns
        .iter()
        .map(|column| field(input, enums, table, column, notes, diagnostics));
    let mut fields: Vec<Field> = columns.collect();
    let view = input.is_view(index);
    for field in fields.iter_mut().filter(|_| view) {
        field.read_only = true;
        field.optional_on_insert = true;
    }
    fields.extend(
        notes
            .properties
            .iter()
            .map(|noted| property(input, enums, table, &noted.value)),
    );
    let derives = input
        .options
        .derives
        .iter()
        .cloned()
        .chain(notes.derive.iter().map(|noted| noted.value.clone()));
    let key: Vec<usize> = table
        .key_columns()
        .iter()
        .filter_map(|column| position(table, column))
        .collect();
    Entity {
        table: index,
        view,
        module: naming::module(&name),
        derives: derives.collect(),
        display: display::pieces(notes.display.as_ref(), &name, &fields, &key, diagnostics),
        fields,
        key,
        id_type: None,
        foreign_keys: Vec::new(),
        relationships: Vec::new(),
        accessors: None,
        constraints: None,
        finders: Vec::new(),
        unique_keys: Vec::new(),
        name,
    }
}

fn model_name(input: Input<'_>, table: &Table, notes: &TableNotes) -> String {
    if let Some(chosen) = input.options.models.get(&table.name.to_string()) {
        return chosen.clone();
    }
    match &notes.model {
        Some(chosen) => chosen.value.clone(),
        None => input.singular_type_name(&table.name.name),
    }
}

fn field(
    input: Input<'_>,
    enums: &[Enumeration],
    table: &Table,
    column: &Column,
    notes: &TableNotes,
    diagnostics: &mut Vec<Diagnostic>,
) -> Field {
    let default = ColumnNotes::default();
    let notes = notes.columns.get(&column.name).unwrap_or(&default);
    let domains = DomainRules::of(input, column);
    let dates = input.options.dates;
    let usual = || match enums.iter().find(|known| known.lists(table, column)) {
        Some(members) => set_of(members),
        None => rust_type(&column.ty.kind, input.catalog, enums, dates),
    };
    let ty = match (&notes.rust, &notes.enumeration) {
        (Some(path), _) => RustType::Custom(path.value.clone()),
        (None, Some(name)) => enum_type(&name.value, enums).unwrap_or_else(usual),
        (None, None) => usual(),
    };
    if ty == UNTYPED {
        diagnostics.push(untyped(input, table, column));
    }
    let mut filling =
        |noted: &Noted<ClientValue>| match client_value::filling(&noted.value, &ty, enums) {
            Ok(filling) => Some(filling),
            Err(problem) => {
                diagnostics.push(placed(Diagnostic::error(problem), noted.span));
                None
            }
        };
    let mut client_default = notes.client_default.as_ref().and_then(&mut filling);
    let client_update = notes.on_update.as_ref().and_then(&mut filling);
    if let Some(version) = &notes.version {
        diagnostics.extend(
            no_version(column, input.catalog.resolve(&column.ty.kind))
                .map(|problem| placed(problem, version.span)),
        );
        client_default.get_or_insert_with(|| Filling::Expression("1".to_owned()));
    }
    Field {
        name: notes.field.as_ref().map_or_else(
            || naming::field(&column.name),
            |field| naming::field(&field.value),
        ),
        ty,
        nullable: column.nullable && !domains.not_null,
        optional_on_insert: domains.default
            || client_default.is_some()
            || (column.is_optional_on_insert() && !only_by_null(column, &domains)),
        read_only: column.is_read_only(),
        client_default,
        client_update,
        origin: Origin::Column,
        version: notes.version.is_some(),
        sensitive: notes.sensitive,
    }
}

/// Why a column cannot count the changes of its row, if it cannot.
fn no_version(column: &Column, kind: &Type) -> Option<Diagnostic> {
    let fits = matches!(kind, Type::Integer { .. }) && !column.nullable;
    (!fits).then(|| {
        let message = format!(
            "column `{}` cannot count the changes of its row",
            column.name
        );
        Diagnostic::error(message)
            .label("a version")
            .help("a version is a whole number that cannot be NULL")
    })
}

/// What the domains behind a column's type add to its declaration.
struct DomainRules {
    not_null: bool,
    default: bool,
}

impl DomainRules {
    fn of(input: Input<'_>, column: &Column) -> Self {
        let mut rules = DomainRules {
            not_null: false,
            default: false,
        };
        let mut ty = &column.ty.kind;
        // Each is declared behind its base, so that there are no circles; the bound is for catalogs made by hand.
        for _ in 0..input.catalog.domains.len() {
            let Type::Domain(name) = ty else { break };
            let mut domains = input.catalog.domains.iter();
            let Some(domain) = domains.find(|domain| domain.name == *name) else {
                break;
            };
            rules.not_null |= domain.not_null;
            rules.default |= domain.default.is_some();
            ty = &domain.base.kind;
        }
        rules
    }
}

/// Whether NULL is all that the database could fill in, and a domain forbids it.
fn only_by_null(column: &Column, domains: &DomainRules) -> bool {
    let filled = column.default.is_some() || column.identity.is_some();
    domains.not_null && !filled && column.generated.is_none()
}

fn property(input: Input<'_>, enums: &[Enumeration], table: &Table, property: &Property) -> Field {
    Field {
        name: naming::field(&property.name),
        ty: rust_type(&property.ty.kind, input.catalog, enums, input.options.dates),
        nullable: property.nullable,
        optional_on_insert: true,
        read_only: true,
        client_default: None,
        client_update: None,
        // The schema writes the table's own name, which a query may have an alias for.
        origin: Origin::Property(
            property
                .sql
                .replace(&format!("{{{}}}", table.name.name), "{table}"),
        ),
        version: false,
        sensitive: false,
    }
}

fn untyped(input: Input<'_>, table: &Table, column: &Column) -> Diagnostic {
    let message = format!(
        "column `{}` of table `{}` has no Rust type of its own",
        column.name, table.name
    );
    placed(
        Diagnostic::warning(message).label("becomes `aludel::Value`, whatever the database gives"),
        input.column_span(table, &column.name),
    )
}
