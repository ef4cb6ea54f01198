//! CREATE INDEX, and names for indexes.

use std::collections::HashSet;

use crate::{Catalog, Dialect, Index, IndexKey, IndexPart, Name, SortOrder, Table};

use super::{DdlError, dialect::DdlDialect, sql::Sql};

/// One CREATE INDEX statement; the index gets its name from `names`.
pub(super) fn create(
    catalog: &Catalog,
    table: &Table,
    index: &Index,
    names: &mut Names,
    dialect: &'static dyn DdlDialect,
) -> Result<String, DdlError> {
    let name = names.name(table, index);
    write_create(catalog, table, index, &name, dialect).map_err(|error| {
        error
            .within("index", &name)
            .within("table", table.name.clone())
    })
}

fn write_create(
    catalog: &Catalog,
    table: &Table,
    index: &Index,
    name: &str,
    dialect: &'static dyn DdlDialect,
) -> Result<String, DdlError> {
    dialect.admit_index(index)?;
    if index.parts.is_empty() {
        return Err(DdlError::new("it has no columns"));
    }
    let mut sql = Sql::new(dialect);
    sql.push(if index.unique {
        "CREATE UNIQUE INDEX "
    } else {
        "CREATE INDEX "
    });
    dialect.push_index_on(&mut sql, name, &table.name)?;
    for (position, part) in index.parts.iter().enumerate() {
        sql.push(if position == 0 { " (" } else { ", " });
        dialect.admit_index_part(index, part)?;
        write_part(&mut sql, part, catalog.dialect, dialect)?;
    }
    sql.push(")");
    if let Some(condition) = &index.condition {
        sql.push(" WHERE ");
        sql.push(&dialect.condition(catalog, table, condition)?);
    }
    sql.finish()
}

fn write_part(
    sql: &mut Sql,
    part: &IndexPart,
    from: Dialect,
    dialect: &'static dyn DdlDialect,
) -> Result<(), DdlError> {
    match &part.key {
        IndexKey::Column(column) => sql.name(column)?,
        IndexKey::Expression(expression) => {
            sql.push("(");
            sql.push(expression);
            sql.push(")");
        }
    }
    if let Some(collation) = &part.collation {
        sql.push(" COLLATE ");
        sql.name(dialect.collation(from, collation)?)?;
    }
    sql.push(match part.order {
        None => "",
        Some(SortOrder::Ascending) => " ASC",
        Some(SortOrder::Descending) => " DESC",
    });
    Ok(())
}

/// The names that are taken. Tables, views and indexes share them; in MySQL, each table has its own names for indexes, so
/// even a name that the schema gives can be taken here.
pub(super) struct Names {
    taken: HashSet<Name>,
    /// Names that the schema gives to indexes: no other index gets one of them.
    given: HashSet<Name>,
}

impl Names {
    pub(super) fn new(catalog: &Catalog) -> Self {
        let tables = catalog.tables.iter().map(|table| &table.name);
        let views = catalog.views.iter().map(|view| &view.name);
        let given = catalog.tables.iter().flat_map(|table| {
            let names = table.indexes.iter().filter_map(|index| index.name.as_ref());
            names.map(|name| folded(&table.name, name))
        });
        Names {
            taken: tables
                .chain(views)
                .map(|name| folded(name, &name.name))
                .collect(),
            given: given.collect(),
        }
    }

    /// The name of an index of `table`: its own one where it has one and no other has taken it, else one made of the table
    /// and the columns or the name, with a number where that is taken.
    fn name(&mut self, table: &Table, index: &Index) -> String {
        let base = match &index.name {
            Some(name) => {
                let folded = folded(&table.name, name);
                if name.is_empty() || self.taken.insert(folded) {
                    return name.clone();
                }
                format!("{}_{name}", table.name.name)
            }
            None => {
                let parts: Vec<&str> = index.parts.iter().map(part_name).collect();
                format!("{}_{}_idx", table.name.name, parts.join("_"))
            }
        };
        let mut name = base.clone();
        let mut number = 1;
        while !self.take(table, &name) {
            number += 1;
            name = format!("{base}{number}");
        }
        name
    }

    /// Takes a name that no index was given, if it is free.
    fn take(&mut self, table: &Table, name: &str) -> bool {
        let folded = folded(&table.name, name);
        !self.given.contains(&folded) && self.taken.insert(folded)
    }
}

fn part_name(part: &IndexPart) -> &str {
    match &part.key {
        IndexKey::Column(column) => column,
        IndexKey::Expression(_) => "expr",
    }
}

/// A name in the namespace of `table`, in small letters, because SQLite and MySQL take no notice of case.
fn folded(table: &Name, name: &str) -> Name {
    Name {
        schema: table.schema.clone(),
        name: name.to_lowercase(),
    }
}
