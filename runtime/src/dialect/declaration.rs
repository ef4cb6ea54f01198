//! What a database holds, as statements that declare it.

use std::{collections::HashMap, fmt};

use aludel_catalog::{Catalog, ForeignKey, Name, Table, ddl};

use crate::error::Result;

/// A statement that declares something which a database holds.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Declaration {
    /// What it belongs to: an index, a comment or a foreign key belongs to its table.
    pub of: Declared,
    /// Its text, without a semicolon at its end.
    pub sql: String,
}

impl Declaration {
    pub(crate) fn new(of: Declared, sql: impl Into<String>) -> Self {
        Declaration {
            of,
            sql: sql.into(),
        }
    }
}

/// The statement as it stands in a file, with its semicolon.
impl fmt::Display for Declaration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sql)?;
        // SQLite keeps a comment behind the last word, which would take the semicolon with it.
        let last = self.sql.rsplit('\n').next();
        match last.is_some_and(|line| line.contains("--")) {
            true => f.write_str("\n;"),
            false => f.write_str(";"),
        }
    }
}

/// Something that a database holds under a name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Declared {
    /// An extension of PostgreSQL.
    Extension(String),
    /// A namespace (`CREATE SCHEMA`).
    Schema(String),
    /// A type: an enum, a domain or a composite.
    Type(Name),
    /// A sequence that no table counts with.
    Sequence(Name),
    /// A table.
    Table(Name),
    /// A view, materialized or not.
    View(Name),
}

/// Gives the rows of a query, with each value as text.
pub(crate) type Ask<'a> = dyn FnMut(&str) -> Result<Vec<Answer>> + 'a;

/// A row of texts, some of them NULL.
#[derive(Debug)]
pub(crate) struct Answer(Vec<Option<String>>);

impl Answer {
    pub(crate) fn new(texts: Vec<Option<String>>) -> Self {
        Answer(texts)
    }

    /// The text at `index`; an empty one for NULL.
    pub(crate) fn text(&self, index: usize) -> &str {
        self.optional(index).unwrap_or_default()
    }

    /// The text at `index`, unless it is NULL.
    pub(crate) fn optional(&self, index: usize) -> Option<&str> {
        self.0.get(index).and_then(|text| text.as_deref())
    }

    /// The name whose namespace stands at `index`, NULL for the default one, and itself behind that.
    pub(crate) fn name(&self, index: usize) -> Name {
        Name {
            schema: self.optional(index).map(str::to_owned),
            name: self.text(index + 1).to_owned(),
        }
    }

    /// The words of the text at `index`.
    pub(crate) fn words(&self, index: usize) -> Vec<String> {
        let words = self.text(index).split_whitespace();
        words.map(str::to_owned).collect()
    }
}

/// Something with a name, and the names of what has to be there before it.
pub(crate) struct Needing<T> {
    pub(crate) item: T,
    pub(crate) name: String,
    pub(crate) needs: Vec<String>,
}

/// The items, each behind those that it needs, and otherwise in their order. Those that need each other in a circle stay together.
/// A name that none of them has counts for nothing.
pub(crate) fn in_order<T>(items: Vec<Needing<T>>) -> Vec<T> {
    // Tables of which only the keys matter: the catalog knows how to order these.
    let mut catalog = Catalog::new(aludel_catalog::Dialect::Sqlite);
    let mut waiting = HashMap::new();
    for Needing { item, name, needs } in items {
        let mut table = Table::new(Name::new(name.as_str()));
        let keys = needs.into_iter().map(|needed| ForeignKey {
            name: None,
            columns: Vec::new(),
            table: Name::new(needed),
            references: Vec::new(),
            on_delete: None,
            on_update: None,
            match_type: None,
            deferrable: None,
        });
        table.foreign_keys.extend(keys);
        catalog.tables.push(table);
        waiting.insert(name, item);
    }
    let order = ddl::creation_order(&catalog).into_iter();
    order
        .filter_map(|table| waiting.remove(&table.name.name))
        .collect()
}
