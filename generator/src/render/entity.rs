//! One table's file.

use aludel_catalog::{Column, Default, Table};
use askama::Template;

use super::{
    accessor::{self, TraitView},
    constraint::{self, ConstraintsView},
    documentation,
    insert::{self, RequiredView, SetterView},
    key::{self, IdView, KeyView},
    layout, link, relation,
    rust::{field_type, literal, scalar_type},
    unique_key,
};
use crate::{
    analyse::{Argument, Entity, Field, Finder, Input, Models, Origin, Piece, Sought},
    naming,
};

/// The most columns that the runtime reads as one tuple.
const READ_AT_ONCE: usize = 16;

#[derive(Template)]
#[template(path = "entity.rs", escape = "none")]
pub(super) struct EntityView {
    summary: String,
    documentation: Vec<String>,
    derives: String,
    /// The lines that show an instance to programmers, where not all of its fields may be shown.
    debug: Vec<String>,
    model: String,
    /// Whether its rows are only read.
    view: bool,
    builder: String,
    builder_impl: String,
    /// The table's name, as Rust text.
    table: String,
    /// The table's name, for documentation.
    table_name: String,
    schema: String,
    fields: Vec<FieldView>,
    columns: String,
    primary_key: String,
    unique_keys: String,
    /// The lines that read a row.
    decode: Vec<String>,
    foreign_keys: String,
    relations: String,
    updates: Vec<String>,
    /// The lines that fill in what the client makes where an insert gives none.
    defaults: Vec<String>,
    relationships: Option<TraitView>,
    constraints: Option<ConstraintsView>,
    key: Option<KeyView>,
    id_type: Option<IdView>,
    display: Vec<String>,
    constants: Vec<ConstantView>,
    finders: Vec<FinderView>,
    /// The function that starts an insert.
    insert: String,
    setters: Vec<SetterView>,
    required: Vec<RequiredView>,
    /// What the builder's type parameter is called.
    given: &'static str,
}

struct FieldView {
    documentation: Vec<String>,
    name: String,
    ty: String,
}

pub(super) struct ConstantView {
    pub(super) documentation: Vec<String>,
    pub(super) declaration: String,
}

struct FinderView {
    documentation: String,
    /// What collects the keys, called otherwise than they are.
    variable: &'static str,
    signature: String,
    keys: Vec<String>,
}

impl EntityView {
    pub(super) fn new(input: Input<'_>, models: &Models, entity: &Entity) -> Self {
        let table = &input.catalog.tables[entity.table];
        let links = link::all(input, entity);
        let mut setters = insert::setters(table, entity);
        setters.extend(link::setters(entity, models, &links));
        let required = insert::required(table, entity, &links);
        let builder = naming::insert_builder(&entity.name);
        let given = insert::given(entity);
        EntityView {
            summary: format!(
                "{} {}.",
                documentation::kind(entity),
                documentation::code(&table.name.to_string())
            ),
            documentation: documentation::table(table, entity),
            view: entity.view,
            derives: derives(entity),
            debug: debug(entity),
            model: entity.name.clone(),
            builder_impl: if setters.is_empty() {
                format!("impl {builder}")
            } else {
                format!("impl<{given}> {builder}<{given}>")
            },
            table_name: documentation::code(&table.name.to_string()),
            table: literal(&table.name.name),
            schema: table
                .name
                .schema
                .as_deref()
                .map_or("None".to_owned(), |name| format!("Some({})", literal(name))),
            fields: fields(table, entity),
            columns: columns(table, entity),
            primary_key: layout::positions(&entity.key),
            unique_keys: unique_key::list(entity),
            foreign_keys: link::foreign_keys(models, entity, &links),
            relations: relation::list(models, entity),
            relationships: accessor::view(input, models, entity),
            constraints: constraint::view(table, entity),
            decode: decode(entity),
            updates: insert::updates(entity),
            key: key::key(entity),
            id_type: key::id_type(entity),
            display: display(entity),
            constants: constants(input, table, models, entity),
            finders: finders(table, entity),
            insert: free_name(entity, "insert"),
            setters,
            defaults: insert::defaults(entity),
            required,
            builder,
            given,
        }
    }
}

fn derives(entity: &Entity) -> String {
    let usual = ["Debug", "Clone", "PartialEq"].map(String::from);
    usual
        .into_iter()
        .filter(|derive| derive != "Debug" || !has_secrets(entity))
        .chain(entity.derives.iter().cloned())
        .collect::<Vec<_>>()
        .join(", ")
}

fn has_secrets(entity: &Entity) -> bool {
    entity.fields.iter().any(|field| field.sensitive)
}

/// What a derived `Debug` would do, without the values that nobody may see.
fn debug(entity: &Entity) -> Vec<String> {
    if !has_secrets(entity) {
        return Vec::new();
    }
    let field = |field: &Field| {
        let shown = match field.sensitive {
            true => "&format_args!(\"***\")".to_owned(),
            false => format!("&self.{}", field.name),
        };
        let name = literal(naming::plain(&field.name));
        format!(".field({name}, {shown})")
    };
    entity.fields.iter().map(field).collect()
}

fn fields(table: &Table, entity: &Entity) -> Vec<FieldView> {
    let fields = entity.fields.iter().enumerate();
    let view = |(index, field): (usize, &Field)| FieldView {
        documentation: documentation::field(table, index, field),
        name: field.name.clone(),
        ty: field_type(entity, field),
    };
    fields.map(view).collect()
}

fn columns(table: &Table, entity: &Entity) -> String {
    let fields = entity.fields.iter().enumerate();
    let item = |(index, field): (usize, &Field)| match &field.origin {
        Origin::Column => {
            let column = &table.columns[index];
            let function = format!("rt::ColumnInfo::{}", column_kind(column, field));
            let made = layout::call(8, &function, &literal(&column.name));
            match field.sensitive {
                true => format!("{made}.sensitive()"),
                false => made,
            }
        }
        Origin::Property(sql) => {
            let name = field.name.trim_start_matches("r#");
            format!(
                "rt::ColumnInfo::property({}, {}, {})",
                literal(name),
                field.nullable,
                literal(sql)
            )
        }
    };
    layout::array(4, &fields.map(item).collect::<Vec<_>>())
}

/// What the database does about a column by itself, as the name of a constructor.
fn column_kind(column: &Column, field: &Field) -> &'static str {
    let is_next = |default: &Default| matches!(default, Default::Expression(text) if text.trim_start().to_ascii_lowercase().starts_with("nextval("));
    let counted = column.identity.is_some() || column.default.as_ref().is_some_and(is_next);
    let defaulted = column.default.is_some() || (field.optional_on_insert && !field.nullable);
    match field.nullable {
        _ if field.version => "version",
        false if counted => "counted",
        false if column.generated.is_some() => "computed",
        true if column.generated.is_some() => "nullable_computed",
        false if column.on_update.is_some() => "on_change",
        true if column.on_update.is_some() => "nullable_on_change",
        false if defaulted && field.client_default.is_none() => "defaulted",
        true if defaulted && field.client_default.is_none() => "nullable_defaulted",
        false => "new",
        true => "nullable",
    }
}

/// The body of `decode`: the fields are read as tuples, and then put into the model.
fn decode(entity: &Entity) -> Vec<String> {
    let names: Vec<&str> = entity.fields.iter().map(|field| &*field.name).collect();
    let tuples: Vec<String> = names.chunks(READ_AT_ONCE).map(one_tuple).collect();
    let reads = (0..tuples.len()).map(|tuple| match tuple * READ_AT_ONCE {
        0 => "row.read(at)?".to_owned(),
        first => format!("row.read(at + {first})?"),
    });
    let reads: Vec<String> = reads.collect();
    let (pattern, value) = match &reads[..] {
        [read] => (tuples[0].clone(), read.clone()),
        _ => (one_tuple(&tuples), one_tuple(&reads)),
    };
    let read = layout::words(8, &format!("let {pattern} = {value};"));
    let made = layout::words(
        8,
        &format!("Ok({} {{ {} }})", entity.name, names.join(", ")),
    );
    [read, made].concat()
}

/// `(a, b)`, or `(a,)`.
fn one_tuple(items: &[impl AsRef<str>]) -> String {
    let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    match &items[..] {
        [item] => format!("({item},)"),
        items => format!("({})", items.join(", ")),
    }
}

/// The body of `fmt`: a line for each piece, the last one without `?`.
fn display(entity: &Entity) -> Vec<String> {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => format!("f.write_str({})", literal(text)),
        Piece::Field(index) if entity.fields[*index].sensitive => "f.write_str(\"***\")".to_owned(),
        Piece::Field(index) => format!("rt::show(f, &self.{})", entity.fields[*index].name),
    };
    let mut lines: Vec<String> = entity.display.iter().map(piece).collect();
    let last = lines
        .pop()
        .unwrap_or_else(|| "f.write_str(\"\")".to_owned());
    lines.iter_mut().for_each(|line| line.push_str("?;"));
    lines.push(last);
    lines
}

fn constants(
    input: Input<'_>,
    table: &Table,
    models: &Models,
    entity: &Entity,
) -> Vec<ConstantView> {
    let columns = entity.fields.iter().enumerate().map(|(index, field)| {
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
            documentation: documentation::field(table, index, field),
            declaration: layout::assignment(
                4,
                &format!("pub const {}: {ty}", field.name),
                "rt::column()",
            ),
        }
    });
    columns
        .chain(relation::constants(input, models, entity))
        .chain(unique_key::constants(table, entity))
        .collect()
}

fn finders(table: &Table, entity: &Entity) -> Vec<FinderView> {
    let finders = entity.finders.iter();
    finders
        .map(|finder| finder_view(table, entity, finder))
        .collect()
}

fn finder_view(table: &Table, entity: &Entity, finder: &Finder) -> FinderView {
    let parameter = |argument: &Argument| {
        format!(
            "{}: impl rt::IntoValue<{}>",
            argument.name,
            scalar_type(entity, &argument.ty)
        )
    };
    let parameters: Vec<String> = finder.arguments.iter().map(parameter).collect();
    let parameters: Vec<&str> = parameters.iter().map(String::as_str).collect();
    let sought = |argument: &Argument| match &argument.sought {
        Sought::Field(index) => documentation::code(&table.columns[*index].name),
        Sought::Expression(expression) => documentation::code(expression),
    };
    let mut names = finder.arguments.iter().map(|argument| &argument.name);
    let variable = match names.any(|name| name == "keys") {
        true => "keys_",
        false => "keys",
    };
    let key = |argument: &Argument| match &argument.sought {
        Sought::Field(index) => format!("{variable}.add({index}, {});", argument.name),
        Sought::Expression(expression) => format!(
            "{variable}.add_expression({}, {});",
            literal(expression),
            argument.name
        ),
    };
    FinderView {
        variable,
        documentation: format!(
            "this {}",
            finder
                .arguments
                .iter()
                .map(sought)
                .collect::<Vec<_>>()
                .join(" and ")
        ),
        signature: layout::signature(
            4,
            "pub fn",
            &free_name(entity, &finder.name),
            &parameters,
            &format!("rt::Query<{}>", entity.name),
        ),
        keys: finder.arguments.iter().map(key).collect(),
    }
}

/// The name of a function beside the constants, with a `_` where a column or relationship has it: their own names never end so.
pub(super) fn free_name(entity: &Entity, name: &str) -> String {
    let mut fields = entity.fields.iter().map(|field| &field.name);
    let mut relationships = entity.relationships.iter().map(|other| &other.name);
    match fields.any(|other| other == name) || relationships.any(|other| other == name) {
        true => format!("{name}_"),
        false => name.to_owned(),
    }
}
