//! Small builders that the tests share.

use aludel_catalog::{
    Catalog, Column, ColumnType, Default, Dialect, ForeignKey, Identity, IntegerSize, Name,
    PrimaryKey, Table, Type, ddl,
};

/// A column that can be NULL, with a type that is spelled as it is on SQLite.
pub(crate) fn column(name: &str, kind: Type, sql: &str) -> Column {
    Column {
        nullable: true,
        ..Column::new(name, ColumnType::new(kind, sql))
    }
}

/// A text column that can be NULL.
pub(crate) fn text(name: &str) -> Column {
    column(name, Type::text(), "TEXT")
}

/// A column with a default.
pub(crate) fn with_default(column: Column, default: Default) -> Column {
    Column {
        default: Some(default),
        ..column
    }
}

/// A table of columns.
pub(crate) fn table(name: &str, columns: impl IntoIterator<Item = Column>) -> Table {
    Table {
        columns: columns.into_iter().collect(),
        ..Table::new(Name::new(name))
    }
}

/// A primary key without a name.
pub(crate) fn key(columns: &[&str]) -> Option<PrimaryKey> {
    Some(PrimaryKey {
        name: None,
        columns: strings(columns),
    })
}

/// A foreign key from one column to one column, with nothing else said.
pub(crate) fn foreign_key(column: &str, table: &str, reference: &str) -> ForeignKey {
    ForeignKey {
        name: None,
        columns: strings(&[column]),
        table: Name::new(table),
        references: strings(&[reference]),
        on_delete: None,
        on_update: None,
        match_type: None,
        deferrable: None,
    }
}

/// An identity with nothing else said.
pub(crate) fn identity() -> Option<Identity> {
    Some(Identity {
        always: false,
        strict: false,
        sequence: None,
    })
}

/// A table whose key `id` the database counts up.
pub(crate) fn numbered(sql: &str, strict: bool) -> Table {
    let mut identity = identity();
    if let Some(identity) = &mut identity {
        identity.strict = strict;
    }
    let id = Column {
        identity,
        ..Column::new("id", ColumnType::new(Type::integer(IntegerSize::Big), sql))
    };
    let mut numbered = table("t", [id, text("name")]);
    numbered.primary_key = key(&["id"]);
    numbered
}

/// A catalog of tables.
pub(crate) fn catalog(dialect: Dialect, tables: impl IntoIterator<Item = Table>) -> Catalog {
    Catalog {
        tables: tables.into_iter().collect(),
        ..Catalog::new(dialect)
    }
}

pub(crate) fn strings(all: &[&str]) -> Vec<String> {
    all.iter().copied().map(String::from).collect()
}

/// The script that creates a catalog on SQLite, as one text.
pub(crate) fn created(catalog: &Catalog) -> String {
    created_on(catalog, Dialect::Sqlite)
}

/// The script that creates a catalog, as one text.
pub(crate) fn created_on(catalog: &Catalog, dialect: Dialect) -> String {
    match ddl::create_all(catalog, dialect) {
        Ok(script) => joined(&script),
        Err(error) => panic!("{dialect} refuses this: {error}"),
    }
}

/// The script that drops a catalog on SQLite, as one text.
pub(crate) fn dropped(catalog: &Catalog) -> String {
    dropped_on(catalog, Dialect::Sqlite)
}

/// The script that drops a catalog, as one text.
pub(crate) fn dropped_on(catalog: &Catalog, dialect: Dialect) -> String {
    joined(&ddl::drop_all(catalog, dialect).unwrap())
}

/// The message with which a catalog is refused on SQLite.
pub(crate) fn refused(catalog: &Catalog) -> String {
    refused_on(catalog, Dialect::Sqlite)
}

/// The message with which a catalog is refused.
pub(crate) fn refused_on(catalog: &Catalog, dialect: Dialect) -> String {
    match ddl::create_all(catalog, dialect) {
        Err(error) => error.to_string(),
        Ok(script) => panic!("this was not refused:\n{}", joined(&script)),
    }
}

fn joined(script: &ddl::Script) -> String {
    let statements: Vec<&str> = script
        .statements
        .iter()
        .map(|statement| statement.sql.as_str())
        .collect();
    statements.join(";\n")
}
