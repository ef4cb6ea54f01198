//! One table's file.

use aludel_catalog::{Catalog, Table};
use askama::Template;

use super::{documentation, layout};
use crate::{
    analyse::{Cardinality, Entity, Field, Models, Relationship, RustType},
    naming,
};

#[derive(Template)]
#[template(path = "entity.rs", escape = "none")]
pub(super) struct EntityView {
    summary: String,
    documentation: Vec<String>,
    model: String,
    builder: String,
    builder_impl: String,
    /// The table's name, as Rust text.
    table: String,
    /// The table's name, for documentation.
    table_name: String,
    alias: String,
    schema: String,
    fields: Vec<FieldView>,
    columns: String,
    primary_key: String,
    decode: String,
    key: Option<String>,
    constants: Vec<ConstantView>,
    has_insert: bool,
    setters: Vec<SetterView>,
    required: Vec<RequiredView>,
    insertable: String,
}

struct FieldView {
    documentation: Vec<String>,
    name: String,
    ty: String,
}

struct ConstantView {
    documentation: Vec<String>,
    declaration: String,
}

struct SetterView {
    documentation: Vec<String>,
    signature: String,
    body: String,
}

struct RequiredView {
    column: String,
    name: String,
    next: String,
}

impl EntityView {
    pub(super) fn new(catalog: &Catalog, table: &Table, models: &Models, entity: &Entity) -> Self {
        let setters = setters(table, entity);
        let required = required(table, entity);
        let builder = naming::insert_builder(&entity.name);
        EntityView {
            summary: format!("Table {}.", documentation::code(&table.name.to_string())),
            documentation: documentation::table(table),
            builder_impl: if setters.is_empty() {
                format!("impl {builder}")
            } else {
                format!("impl<S> {builder}<S>")
            },
            builder: builder.clone(),
            alias: layout::assignment(4, "const ALIAS: &'static str", &literal(&table.name.name)),
            table: literal(&table.name.name),
            table_name: documentation::code(&table.name.to_string()),
            schema: table
                .name
                .schema
                .as_deref()
                .map_or("None".to_owned(), |name| format!("Some({})", literal(name))),
            fields: fields(table, entity),
            columns: columns(table, entity),
            primary_key: layout::array(
                4,
                &entity.key.iter().map(usize::to_string).collect::<Vec<_>>(),
            ),
            decode: decode(entity),
            key: key(entity),
            constants: constants(catalog, table, models, entity),
            has_insert: !has_name(entity, "insert"),
            setters,
            insertable: insertable(&entity.name, &builder, &required),
            required,
            model: entity.name.clone(),
        }
    }
}

fn fields(table: &Table, entity: &Entity) -> Vec<FieldView> {
    let both = entity.fields.iter().zip(&table.columns);
    both.map(|(field, column)| FieldView {
        documentation: documentation::column(table, column),
        name: field.name.clone(),
        ty: field_type(entity, field),
    })
    .collect()
}

fn columns(table: &Table, entity: &Entity) -> String {
    let both = entity.fields.iter().zip(&table.columns);
    let items: Vec<String> = both
        .map(|(field, column)| {
            let function = if field.nullable {
                "rt::ColumnInfo::nullable"
            } else {
                "rt::ColumnInfo::new"
            };
            layout::call(8, function, &literal(&column.name))
        })
        .collect();
    layout::array(4, &items)
}

fn decode(entity: &Entity) -> String {
    let read = |(index, field): (usize, &Field)| match index {
        0 => format!("{}: row.get(at)?", field.name),
        index => format!("{}: row.get(at + {index})?", field.name),
    };
    layout::ok_struct(
        8,
        &entity.name,
        &entity
            .fields
            .iter()
            .enumerate()
            .map(read)
            .collect::<Vec<_>>(),
    )
}

fn key(entity: &Entity) -> Option<String> {
    let types: Vec<String> = entity
        .key
        .iter()
        .map(|&index| scalar_type(entity, &entity.fields[index]))
        .collect();
    match types.as_slice() {
        [] => None,
        [only] => Some(only.clone()),
        several => Some(format!("({})", several.join(", "))),
    }
}

fn constants(
    catalog: &Catalog,
    table: &Table,
    models: &Models,
    entity: &Entity,
) -> Vec<ConstantView> {
    let own = models
        .entities
        .iter()
        .position(|other| std::ptr::eq(other, entity));
    let columns =
        entity
            .fields
            .iter()
            .zip(&table.columns)
            .enumerate()
            .map(|(index, (field, column))| {
                let access = if field.read_only {
                    ", rt::ReadOnly"
                } else {
                    ""
                };
                let ty = format!(
                    "rt::Column<{}, {}, {index}{access}>",
                    entity.name,
                    field_type(entity, field)
                );
                ConstantView {
                    documentation: documentation::column(table, column),
                    declaration: layout::assignment(
                        4,
                        &format!("pub const {}: {ty}", field.name),
                        "rt::Column::new()",
                    ),
                }
            });
    let relationships = entity
        .relationships
        .iter()
        .map(|relationship| ConstantView {
            documentation: documentation::relationship(
                catalog,
                relationship,
                own.unwrap_or_default(),
            ),
            declaration: relationship_constant(models, entity, relationship),
        });
    columns.chain(relationships).collect()
}

fn relationship_constant(models: &Models, entity: &Entity, relationship: &Relationship) -> String {
    let cardinality = match relationship.cardinality {
        Cardinality::One => "rt::One",
        Cardinality::Optional => "rt::Optional",
        Cardinality::Many => "rt::Many",
    };
    let target = &models.entities[relationship.target];
    let (target, kind) = match relationship.to_itself {
        true => (entity.name.clone(), format!("rt::ToItself<{cardinality}>")),
        false => (format!("super::{}", target.name), cardinality.to_owned()),
    };
    let left = format!(
        "pub const {}: rt::Relationship<{}, {target}, {kind}>",
        relationship.name, entity.name
    );
    let pairs: Vec<String> = relationship
        .on
        .iter()
        .map(|(here, there)| format!("({here}, {there})"))
        .collect();
    layout::assignment(
        4,
        &left,
        &format!("rt::Relationship::new(&[{}])", pairs.join(", ")),
    )
}

fn setters(table: &Table, entity: &Entity) -> Vec<SetterView> {
    let builder = naming::insert_builder(&entity.name);
    let writable = entity
        .fields
        .iter()
        .zip(&table.columns)
        .enumerate()
        .filter(|(_, (field, _))| !field.read_only);
    writable
        .map(|(index, (field, column))| {
            let value = format!("value: impl rt::IntoValue<{}>", field_type(entity, field));
            let (result, method) = match field.optional_on_insert {
                true => ("Self".to_owned(), "with"),
                false => (
                    format!("{builder}<rt::With<required::{}, S>>", field.name),
                    "with_required",
                ),
            };
            SetterView {
                documentation: documentation::column(table, column),
                signature: layout::signature(4, &field.name, &["self", &value], &result),
                body: format!("{builder}(self.0.{method}({index}, value))"),
            }
        })
        .collect()
}

fn required(table: &Table, entity: &Entity) -> Vec<RequiredView> {
    let both = entity.fields.iter().zip(&table.columns);
    let required: Vec<_> = both
        .filter(|(field, _)| !field.optional_on_insert && !field.read_only)
        .collect();
    let next = |index: usize| {
        required
            .get(index + 1)
            .map_or("rt::End".to_owned(), |(field, _)| field.name.clone())
    };
    let view =
        |(index, (field, column)): (usize, &(&Field, &aludel_catalog::Column))| RequiredView {
            column: documentation::code(&column.name),
            name: field.name.clone(),
            next: next(index),
        };
    required.iter().enumerate().map(view).collect()
}

fn insertable(model: &str, builder: &str, required: &[RequiredView]) -> String {
    let first = required.first().map_or("rt::End".to_owned(), |first| {
        format!("required::{}", first.name)
    });
    let arguments = [model.to_owned(), "S".to_owned(), first];
    layout::implementation("S", "rt::Insertable", &arguments, &format!("{builder}<S>"))
}

fn has_name(entity: &Entity, name: &str) -> bool {
    entity.fields.iter().any(|field| field.name == name)
        || entity
            .relationships
            .iter()
            .any(|relationship| relationship.name == name)
}

/// The type of a field, an `Option` where it can be NULL.
fn field_type(entity: &Entity, field: &Field) -> String {
    let scalar = scalar_type(entity, field);
    match (field.nullable, entity.name.as_str()) {
        (false, _) => scalar,
        (true, "Option") => format!("std::option::Option<{scalar}>"),
        (true, _) => format!("Option<{scalar}>"),
    }
}

fn scalar_type(entity: &Entity, field: &Field) -> String {
    match field.ty {
        RustType::Primitive(name) => name.to_owned(),
        RustType::Prelude { name, path } => {
            let hidden = name.split('<').next() == Some(entity.name.as_str());
            if hidden {
                path.to_owned()
            } else {
                name.to_owned()
            }
        }
        RustType::Runtime(name) => format!("aludel::types::{name}"),
    }
}

/// Text as a literal of Rust.
fn literal(text: &str) -> String {
    format!("{text:?}")
}
