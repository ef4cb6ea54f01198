//! The catalog itself, and the declarations that stand beside tables.

use std::{collections::HashSet, fmt};

use serde::{Deserialize, Serialize};

use crate::{Column, ColumnType, Default, Dialect, Name, Table, Type};

/// Everything that a schema declares, in the order of declaration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Catalog {
    /// The dialect that the schema was written in.
    pub dialect: Dialect,
    /// Its tables.
    pub tables: Vec<Table>,
    /// Its views.
    pub views: Vec<View>,
    /// Its enums: declared by themselves (PostgreSQL), or within a column (MySQL), where they get the name `table_column`.
    pub enums: Vec<Enum>,
    /// Its domains.
    pub domains: Vec<Domain>,
    /// Its sequences.
    pub sequences: Vec<Sequence>,
}

impl Catalog {
    /// A catalog with nothing in it.
    pub fn new(dialect: Dialect) -> Self {
        Catalog {
            dialect,
            tables: Vec::new(),
            views: Vec::new(),
            enums: Vec::new(),
            domains: Vec::new(),
            sequences: Vec::new(),
        }
    }

    /// The table of this name.
    pub fn table(&self, name: &Name) -> Option<&Table> {
        self.tables.iter().find(|table| table.name == *name)
    }

    /// The enum of this name.
    pub fn enumeration(&self, name: &Name) -> Option<&Enum> {
        self.enums
            .iter()
            .find(|enumeration| enumeration.name == *name)
    }

    /// A type with its domains resolved: what its values really are.
    pub fn resolve<'c>(&'c self, ty: &'c Type) -> &'c Type {
        let mut ty = ty;
        // A domain cannot be declared before its base, so this ends; the bound is for catalogs made by hand.
        for _ in 0..self.domains.len() {
            let Type::Domain(name) = ty else { break };
            let Some(domain) = self.domains.iter().find(|domain| domain.name == *name) else {
                break;
            };
            ty = &domain.base.kind;
        }
        ty
    }

    /// A catalog of a choice of tables, in the order of this one, with the enums, domains and sequences that their columns
    /// need, and without views. Foreign keys stay, also those to tables that were not chosen.
    ///
    /// # Errors
    /// When one of `tables` is not in the catalog.
    pub fn only(&self, tables: &[Name]) -> Result<Catalog, UnknownTable> {
        if let Some(unknown) = tables.iter().find(|name| self.table(name).is_none()) {
            return Err(UnknownTable(unknown.clone()));
        }
        let mut only = Catalog::new(self.dialect);
        only.tables = chosen(&self.tables, |table| tables.contains(&table.name));

        let needs = Needs::of(self, &only.tables);
        only.enums = chosen(&self.enums, |it| needs.enums.contains(&it.name));
        only.domains = chosen(&self.domains, |it| needs.domains.contains(&it.name));
        only.sequences = chosen(&self.sequences, |it| needs.is_sequence(it));
        Ok(only)
    }

    /// As [`only`](Catalog::only), but without the enums, domains and sequences that tables which were not chosen need as
    /// well: what can be dropped together with the chosen ones.
    ///
    /// # Errors
    /// As [`only`](Catalog::only).
    pub fn only_unshared(&self, tables: &[Name]) -> Result<Catalog, UnknownTable> {
        let mut only = self.only(tables)?;
        let others = chosen(&self.tables, |table| !tables.contains(&table.name));
        let needs = Needs::of(self, &others);
        only.enums.retain(|it| !needs.enums.contains(&it.name));
        only.domains.retain(|it| !needs.domains.contains(&it.name));
        only.sequences.retain(|it| !needs.is_sequence(it));
        Ok(only)
    }
}

/// A table was asked for that the catalog does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownTable(
    /// Its name.
    pub Name,
);

impl fmt::Display for UnknownTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no table `{}` in the catalog", self.0)
    }
}

impl std::error::Error for UnknownTable {}

/// A view. Its query is kept as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// Its name.
    pub name: Name,
    /// The names of its columns, where the declaration lists them.
    pub columns: Vec<String>,
    /// The query behind it.
    pub query: String,
    /// Whether its rows are stored (`MATERIALIZED`).
    pub materialized: bool,
    /// Its comment.
    pub comment: Option<String>,
}

/// A type with a fixed list of values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enum {
    /// Its name.
    pub name: Name,
    /// Its values, in order.
    pub values: Vec<String>,
    /// Its comment.
    pub comment: Option<String>,
}

/// A named type with constraints of its own (PostgreSQL).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Domain {
    /// Its name.
    pub name: Name,
    /// The type underneath.
    pub base: ColumnType,
    /// Whether it refuses NULL.
    pub not_null: bool,
    /// Its default, as written.
    pub default: Option<String>,
    /// Its checks, as written.
    pub checks: Vec<String>,
    /// Its comment.
    pub comment: Option<String>,
}

/// A sequence of numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sequence {
    /// Its name; the sequence of an identity column may have none.
    pub name: Option<Name>,
    /// The type of its numbers, where given.
    #[serde(rename = "type")]
    pub ty: Option<ColumnType>,
    /// Its first number, where given.
    pub start: Option<i64>,
    /// Its step, where given.
    pub increment: Option<i64>,
    /// Its smallest number, where given.
    pub min: Option<i64>,
    /// Its greatest number, where given.
    pub max: Option<i64>,
    /// How many numbers a connection takes at once, where given.
    pub cache: Option<i64>,
    /// Whether it starts again at its end.
    pub cycle: bool,
}

fn chosen<T: Clone>(all: &[T], is_chosen: impl Fn(&T) -> bool) -> Vec<T> {
    all.iter().filter(|it| is_chosen(it)).cloned().collect()
}

/// What columns need besides their table.
struct Needs<'c> {
    catalog: &'c Catalog,
    enums: HashSet<&'c Name>,
    domains: HashSet<&'c Name>,
    defaults: Vec<&'c str>,
}

impl<'c> Needs<'c> {
    fn new(catalog: &'c Catalog) -> Self {
        Needs {
            catalog,
            enums: HashSet::new(),
            domains: HashSet::new(),
            defaults: Vec::new(),
        }
    }

    fn of(catalog: &'c Catalog, tables: &'c [Table]) -> Self {
        let mut needs = Needs::new(catalog);
        for column in tables.iter().flat_map(|table| &table.columns) {
            needs.column(column);
        }
        needs
    }

    fn column(&mut self, column: &'c Column) {
        if let Some(Default::Expression(expression)) = &column.default {
            self.defaults.push(expression);
        }
        self.of_type(&column.ty.kind);
    }

    fn of_type(&mut self, ty: &'c Type) {
        match ty {
            Type::Enum(name) => {
                self.enums.insert(name);
            }
            Type::Array(element) => self.of_type(element),
            Type::Domain(name) if self.domains.insert(name) => {
                let domains = &self.catalog.domains;
                if let Some(domain) = domains.iter().find(|domain| domain.name == *name) {
                    self.defaults.extend(domain.default.as_deref());
                    self.of_type(&domain.base.kind);
                }
            }
            _ => {}
        }
    }

    fn is_sequence(&self, sequence: &Sequence) -> bool {
        let name = sequence.name.as_ref();
        name.is_some_and(|name| self.sequence(name))
    }

    /// Whether a default names the sequence. One too many does no harm, so a default that contains the name is enough.
    fn sequence(&self, name: &Name) -> bool {
        let mut defaults = self.defaults.iter();
        defaults.any(|default| default.contains(&name.name))
    }
}
