//! The schema at run time: tables created and dropped.

use std::{
    collections::{BTreeSet, HashSet},
    ops::ControlFlow,
    sync::OnceLock,
};

use aludel_catalog::{
    Catalog as Schema, Name, Table, UnknownTable,
    ddl::{self, DdlError, Object, Script},
};

use crate::{
    connection::Connection,
    engine::Engine,
    error::{Error, ErrorKind, Result},
    value::ValueRef,
};

/// The schema that models were generated from: everything that it declares, decoded when it is first asked for.
///
/// Generated code holds one, over the text that the generator wrote.
pub struct Catalog {
    text: &'static [u8],
    decoded: OnceLock<Result<Schema, String>>,
}

impl Catalog {
    /// A catalog over the text that the generator wrote.
    pub const fn from_json(text: &'static str) -> Self {
        Catalog::from_bytes(text.as_bytes())
    }

    /// For generated code: the same, of bytes, which the compiler takes in sooner than a text of this size.
    #[doc(hidden)]
    pub const fn from_bytes(text: &'static [u8]) -> Self {
        Catalog {
            text,
            decoded: OnceLock::new(),
        }
    }

    /// The catalog as data.
    ///
    /// # Errors
    /// [`Configuration`](ErrorKind::Configuration) when the generated text does not fit this version.
    pub fn get(&self) -> Result<&Schema> {
        let decoded = self.decoded.get_or_init(|| {
            let text = str::from_utf8(self.text).map_err(|error| error.to_string())?;
            Schema::from_json(text).map_err(|error| error.to_string())
        });
        decoded.as_ref().map_err(|problem| {
            let message = format!(
                "the generated files do not fit this version of aludel, generate them again: {problem}"
            );
            Error::new(ErrorKind::Configuration, message)
        })
    }

    /// The tables, in the order of their declaration.
    ///
    /// # Errors
    /// As [`get`](Catalog::get).
    pub fn tables(&self) -> Result<&[Table]> {
        Ok(&self.get()?.tables)
    }

    /// Creates whatever does not exist yet: tables with their indexes, and views. What exists is left as it is, whether or not
    /// it is declared alike. All or nothing, but on MySQL and MariaDB, where each table is created by itself.
    ///
    /// # Errors
    /// [`Unsupported`](ErrorKind::Unsupported) when the database cannot express what the schema declares; else what the
    /// database says.
    pub fn create_all(&self, engine: &Engine) -> Result<()> {
        create_missing(engine, self.get()?)
    }

    /// Drops whatever exists of the schema, with the rows in it. All or nothing.
    ///
    /// # Errors
    /// As [`create_all`](Catalog::create_all); and when rows elsewhere refer to rows in these tables.
    pub fn drop_all(&self, engine: &Engine) -> Result<()> {
        drop_existing(engine, self.get()?)
    }

    /// As [`create_all`](Catalog::create_all), but only the tables with these names, written `schema.table` where
    /// they are declared within a schema; no views.
    ///
    /// # Errors
    /// As there; and [`InvalidRequest`](ErrorKind::InvalidRequest) when the schema has no such table.
    pub fn create(&self, engine: &Engine, tables: &[&str]) -> Result<()> {
        create_missing(engine, &self.choice(tables, Schema::only)?)
    }

    /// As [`drop_all`](Catalog::drop_all), but only the tables with these names, written `schema.table` where
    /// they are declared within a schema; no views.
    ///
    /// # Errors
    /// As there; and [`InvalidRequest`](ErrorKind::InvalidRequest) when the schema has no such table.
    pub fn drop(&self, engine: &Engine, tables: &[&str]) -> Result<()> {
        drop_existing(engine, &self.choice(tables, Schema::only_unshared)?)
    }

    fn choice(
        &self,
        tables: &[&str],
        choose: impl FnOnce(&Schema, &[Name]) -> std::result::Result<Schema, UnknownTable>,
    ) -> Result<Schema> {
        let catalog = self.get()?;
        let names: Vec<Name> = tables
            .iter()
            .map(|table| full_name(catalog, table))
            .collect();
        choose(catalog, &names)
            .map_err(|error| Error::new(ErrorKind::InvalidRequest, error.to_string()))
    }
}

/// The name of a table from its text.
fn full_name(catalog: &Schema, given: &str) -> Name {
    let mut declared = catalog.tables.iter().map(|table| &table.name);
    let found = declared.find(|name| name.to_string() == given);
    // An unknown one is taken as it is: the error names it.
    found.cloned().unwrap_or_else(|| Name::new(given))
}

/// Runs `work` as a whole or not at all, where the database can.
fn together(engine: &Engine, work: impl FnOnce(&Connection) -> Result<()>) -> Result<()> {
    let connection = engine.connect()?;
    if connection.dialect().capabilities().transactional_ddl {
        return connection.transact(work);
    }
    work(&connection)?;
    connection.commit()
}

fn create_missing(engine: &Engine, catalog: &Schema) -> Result<()> {
    together(engine, |connection| {
        let script = script(ddl::create_all(catalog, connection.dialect().name()))?;
        let existing = Existing::of(connection, &script)?;
        run(
            connection,
            &script,
            |object| Ok(!existing.contains(object)?),
        )
    })
}

fn drop_existing(engine: &Engine, catalog: &Schema) -> Result<()> {
    together(engine, |connection| {
        let script = script(ddl::drop_all(catalog, connection.dialect().name()))?;
        let existing = Existing::of(connection, &script)?;
        // Tables that refer to each other cannot be dropped one by one without breaking a key in between.
        if let Some(defer) = connection.dialect().defer_foreign_keys() {
            connection.execute_sql(defer, &[])?;
        }
        run(connection, &script, |object| existing.contains(object))
    })
}

/// Whether a database holds something.
pub(crate) fn exists(connection: &Connection, object: &Object) -> Result<bool> {
    Existing::among(connection, [object])?.contains(object)
}

/// What a database holds.
struct Existing {
    objects: HashSet<Held>,
    ignores_case: bool,
}

/// Something that a database holds: its kind, its namespace, the table that it belongs to, its name.
type Held = (String, Option<String>, Option<String>, String);

impl Existing {
    fn of(connection: &Connection, script: &Script) -> Result<Self> {
        let statements = script.statements.iter();
        Existing::among(connection, statements.map(|statement| &statement.of))
    }

    /// What is where these objects are looked for.
    fn among<'o>(
        connection: &Connection,
        objects: impl IntoIterator<Item = &'o Object>,
    ) -> Result<Self> {
        let dialect = connection.dialect();
        let mut existing = Existing {
            objects: HashSet::new(),
            ignores_case: dialect.ignores_case(),
        };
        existing.add(connection, dialect.objects(), &[])?;
        if let Some(elsewhere) = dialect.objects_elsewhere() {
            let namespaces: BTreeSet<&str> = objects.into_iter().filter_map(namespace).collect();
            for namespace in namespaces {
                let namespace = ValueRef::Text(namespace);
                existing.add(connection, elsewhere, &[namespace, namespace])?;
            }
        }
        Ok(existing)
    }

    fn add(
        &mut self,
        connection: &Connection,
        query: &str,
        parameters: &[ValueRef<'_>],
    ) -> Result<()> {
        connection.query_sql(query, parameters, false, &mut |row| {
            let held = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
            let held = self.folded(held);
            self.objects.insert(held);
            Ok(ControlFlow::Continue(()))
        })
    }

    fn contains(&self, object: &Object) -> Result<bool> {
        let named = |kind: &str, name: &Name, of: Option<&str>| {
            (
                kind.to_owned(),
                name.schema.clone(),
                of.map(str::to_owned),
                name.name.clone(),
            )
        };
        let held = match object {
            Object::Table(name) | Object::View(name) => named("table", name, None),
            Object::Type(name) => named("type", name, None),
            Object::Sequence(name) => named("sequence", name, None),
            Object::Schema(name) => named("schema", &Name::new(name.as_str()), None),
            Object::ForeignKey { table, name } => {
                let key = Name {
                    schema: table.schema.clone(),
                    name: name.clone(),
                };
                named("key", &key, Some(&table.name))
            }
            other => {
                let message = format!("this version cannot tell whether {other:?} exists");
                return Err(Error::new(ErrorKind::Unsupported, message));
            }
        };
        Ok(self.objects.contains(&self.folded(held)))
    }

    /// A database that takes upper and lower case for the same has one namespace, too.
    fn folded(&self, (kind, schema, of, name): Held) -> Held {
        if self.ignores_case {
            (kind, None, of, name.to_ascii_lowercase())
        } else {
            (kind, schema, of, name)
        }
    }
}

/// The namespace that an object is said to be in.
fn namespace(object: &Object) -> Option<&str> {
    match object {
        Object::Table(name) | Object::View(name) | Object::Type(name) | Object::Sequence(name) => {
            name.schema.as_deref()
        }
        Object::ForeignKey { table, .. } => table.schema.as_deref(),
        _ => None,
    }
}

fn script(script: Result<Script, DdlError>) -> Result<Script> {
    script.map_err(|error| Error::new(ErrorKind::Unsupported, error.to_string()).with_source(error))
}

/// Runs those statements whose object is `needed`.
fn run(
    connection: &Connection,
    script: &Script,
    needed: impl Fn(&Object) -> Result<bool>,
) -> Result<()> {
    for statement in &script.statements {
        if needed(&statement.of)? {
            connection.execute_sql(&statement.sql, &[])?;
        }
    }
    Ok(())
}

#[cfg(test)]
#[cfg(feature = "sqlite")]
mod tests;
