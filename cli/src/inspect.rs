//! `aludel inspect`: what schema files declare. In the JSON every key is always there; what was not said is null.

mod text;

use aludel_build::{Inspected, diagnostic::Diagnostics};
use aludel_catalog::{
    Catalog, Column, Default, Enum, ForeignKey, Index, IndexKey, Name, Table, View,
};
use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::{Outcome, schema::Schema};

#[derive(Debug, Args)]
pub(crate) struct Inspect {
    #[command(flatten)]
    schema: Schema,
    /// How it is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One JSON object
    Json,
}

impl Inspect {
    /// Reads the files and shows what they declare.
    pub(crate) fn run(&self) -> Outcome {
        let inspected = aludel_build::inspect(&self.schema.places(), self.schema.dialect());
        let inspected = inspected.map_err(|diagnostics| diagnostics.to_string() + "\n")?;
        Ok(match self.format {
            Format::Text => text::text(&inspected),
            Format::Json => json(&inspected),
        })
    }
}

fn json(inspected: &Inspected) -> String {
    let json = serde_json::to_string_pretty(&SchemaJson::new(inspected));
    json.expect("strings, lists and booleans are always JSON") + "\n"
}

#[derive(Serialize)]
struct SchemaJson<'a> {
    tables: Vec<TableJson<'a>>,
    views: Vec<ViewJson<'a>>,
    enums: Vec<EnumJson<'a>>,
    warnings: Vec<WarningJson<'a>>,
}

#[derive(Serialize)]
struct NameJson<'a> {
    schema: Option<&'a str>,
    name: &'a str,
}

#[derive(Serialize)]
struct ViewJson<'a> {
    #[serde(flatten)]
    name: NameJson<'a>,
    /// None where they do not follow from the query.
    columns: Vec<ViewColumnJson<'a>>,
}

#[derive(Serialize)]
struct ViewColumnJson<'a> {
    name: &'a str,
    r#type: Option<&'a str>,
    nullable: bool,
}

#[derive(Serialize)]
struct TableJson<'a> {
    #[serde(flatten)]
    name: NameJson<'a>,
    columns: Vec<ColumnJson<'a>>,
    primary_key: &'a [String],
    foreign_keys: Vec<ForeignKeyJson<'a>>,
    unique: Vec<&'a [String]>,
    indexes: Vec<IndexJson<'a>>,
    comment: Option<&'a str>,
}

#[derive(Serialize)]
struct ColumnJson<'a> {
    name: &'a str,
    /// SQLite's columns need none.
    r#type: Option<&'a str>,
    nullable: bool,
    default: Option<String>,
    generated: Option<&'a str>,
    comment: Option<&'a str>,
}

#[derive(Serialize)]
struct ForeignKeyJson<'a> {
    name: Option<&'a str>,
    columns: &'a [String],
    schema: Option<&'a str>,
    table: &'a str,
    references: &'a [String],
    on_delete: Option<&'static str>,
    on_update: Option<&'static str>,
}

#[derive(Serialize)]
struct IndexJson<'a> {
    name: Option<&'a str>,
    /// An expression is null.
    columns: Vec<Option<&'a str>>,
    unique: bool,
}

#[derive(Serialize)]
struct EnumJson<'a> {
    #[serde(flatten)]
    name: NameJson<'a>,
    values: &'a [String],
}

#[derive(Serialize)]
struct WarningJson<'a> {
    file: Option<&'a str>,
    line: Option<usize>,
    message: &'a str,
}

impl<'a> SchemaJson<'a> {
    fn new(inspected: &'a Inspected) -> Self {
        let Catalog {
            tables,
            views,
            enums,
            ..
        } = &inspected.catalog;
        SchemaJson {
            tables: tables.iter().map(table).collect(),
            views: views.iter().map(|one| view(one, inspected)).collect(),
            enums: enums.iter().map(enumeration).collect(),
            warnings: warnings(&inspected.warnings),
        }
    }
}

fn name(name: &Name) -> NameJson<'_> {
    NameJson {
        schema: name.schema.as_deref(),
        name: &name.name,
    }
}

fn view<'a>(view: &'a View, inspected: &'a Inspected) -> ViewJson<'a> {
    let notes = inspected.annotations.tables.get(&view.name);
    let columns = notes.into_iter().flat_map(|notes| &notes.view_columns);
    let columns = columns.map(|column| ViewColumnJson {
        name: &column.value.name,
        r#type: column.value.ty.as_ref().map(|ty| ty.sql.as_str()),
        nullable: column.value.nullable == Some(true),
    });
    ViewJson {
        name: name(&view.name),
        columns: columns.collect(),
    }
}

fn table(table: &Table) -> TableJson<'_> {
    TableJson {
        name: name(&table.name),
        columns: table.columns.iter().map(column).collect(),
        primary_key: table.key_columns(),
        foreign_keys: table.foreign_keys.iter().map(foreign_key).collect(),
        unique: table
            .uniques
            .iter()
            .map(|unique| unique.columns.as_slice())
            .collect(),
        indexes: table.indexes.iter().map(index).collect(),
        comment: table.comment.as_deref(),
    }
}

fn column(column: &Column) -> ColumnJson<'_> {
    ColumnJson {
        name: &column.name,
        r#type: Some(column.ty.sql.as_str()).filter(|sql| !sql.is_empty()),
        nullable: column.nullable,
        default: column.default.as_ref().map(default),
        generated: column
            .generated
            .as_ref()
            .map(|generated| generated.expression.as_str()),
        comment: column.comment.as_deref(),
    }
}

/// The default as SQL.
fn default(default: &Default) -> String {
    match default {
        Default::Null => "NULL".to_owned(),
        Default::Boolean(value) => value.to_string(),
        Default::Number(sql) | Default::Now(sql) | Default::Expression(sql) => sql.clone(),
        Default::Text(text) => format!("'{}'", text.replace('\'', "''")),
    }
}

fn foreign_key(key: &ForeignKey) -> ForeignKeyJson<'_> {
    ForeignKeyJson {
        name: key.name.as_deref(),
        columns: &key.columns,
        schema: key.table.schema.as_deref(),
        table: &key.table.name,
        references: &key.references,
        on_delete: key.on_delete.map(|action| action.sql()),
        on_update: key.on_update.map(|action| action.sql()),
    }
}

fn index(index: &Index) -> IndexJson<'_> {
    IndexJson {
        name: index.name.as_deref(),
        columns: index
            .parts
            .iter()
            .map(|part| match &part.key {
                IndexKey::Column(column) => Some(column.as_str()),
                IndexKey::Expression(_) => None,
            })
            .collect(),
        unique: index.unique,
    }
}

fn enumeration(enumeration: &Enum) -> EnumJson<'_> {
    EnumJson {
        name: name(&enumeration.name),
        values: &enumeration.values,
    }
}

fn warnings(diagnostics: &Diagnostics) -> Vec<WarningJson<'_>> {
    let place = |warning: &'_ aludel_build::diagnostic::Diagnostic| {
        warning.span.and_then(|span| {
            let file = diagnostics.sources().get(span.file)?;
            Some((file.name(), file.position(span.start).line))
        })
    };
    diagnostics
        .iter()
        .map(|warning| {
            let place = place(warning);
            WarningJson {
                file: place.map(|(file, _)| file),
                line: place.map(|(_, line)| line),
                message: &warning.message,
            }
        })
        .collect()
}
