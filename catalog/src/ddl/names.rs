//! Names for indexes and constraints: the schema's own, unless the dialect shares them among more objects than the schema's
//! does, and made ones where the schema gives none.

use std::collections::HashSet;

use crate::{Catalog, ForeignKey, Index, IndexKey, IndexPart, Name, Table};

use super::dialect::DdlDialect;

/// The names that are taken.
pub(super) struct Names {
    dialect: &'static dyn DdlDialect,
    /// Names of tables, views and indexes, and in PostgreSQL of keys. In MySQL, each table has its own names for indexes.
    taken: HashSet<Name>,
    /// Names that the schema gives to indexes and keys: no other gets one of them.
    given: HashSet<Name>,
    /// Names of foreign keys and checks, which MySQL's tables share.
    constraints: HashSet<Name>,
    /// Names of all constraints, each in its table: SQLite lets them be the same. None where the schema was written for the
    /// dialect, whose rules its names obey.
    of_tables: Option<HashSet<Name>>,
    /// Names that the schema gives to those.
    given_constraints: HashSet<Name>,
}

impl Names {
    pub(super) fn new(catalog: &Catalog, dialect: &'static dyn DdlDialect) -> Self {
        let mut names = Names {
            dialect,
            taken: HashSet::new(),
            given: HashSet::new(),
            constraints: HashSet::new(),
            of_tables: (catalog.dialect != dialect.dialect()).then(HashSet::new),
            given_constraints: HashSet::new(),
        };
        if !dialect.has_indexes_in_tables() {
            let tables = catalog.tables.iter().map(|table| &table.name);
            let views = catalog.views.iter().map(|view| &view.name);
            let all = tables.chain(views);
            names.taken = all.map(|name| folded(name, &name.name)).collect();
        }
        for table in &catalog.tables {
            names.note_given(table);
        }
        names
    }

    fn note_given(&mut self, table: &Table) {
        for name in table.indexes.iter().filter_map(|it| it.name.as_ref()) {
            self.given.insert(self.place(table, name));
        }
        if self.dialect.shares_key_names() {
            let keys = table.uniques.iter().filter_map(|it| it.name.as_ref());
            let key = table.primary_key.iter().filter_map(|it| it.name.as_ref());
            for name in keys.chain(key) {
                self.given.insert(self.place(table, name));
            }
        }
        let keys = table.foreign_keys.iter().filter_map(|it| it.name.as_ref());
        let checks = table.checks.iter().filter_map(|it| it.name.as_ref());
        for name in keys.chain(checks) {
            let place = self.constraint_place(table, name);
            self.given_constraints.insert(place);
        }
    }

    /// The name of an index of `table`: its own one where it has one and no other has taken it, else one made of the table
    /// and the columns or the name, with a number where that is taken.
    pub(super) fn index(&mut self, table: &Table, index: &Index) -> String {
        match &index.name {
            Some(name) => self.own(table, name),
            None => self.free(table, made_index(table, index)),
        }
    }

    /// The name of a primary key or a unique constraint, where it has one.
    pub(super) fn key(&mut self, table: &Table, name: Option<&String>) -> Option<String> {
        let name = name?;
        if !self.dialect.shares_key_names() {
            return Some(name.clone());
        }
        let is_free = !self.is_in_table(table, name);
        let name = match is_free {
            true => self.own(table, name),
            false => self.free(table, format!("{}_{name}_key", table.name.name)),
        };
        self.note_in_table(table, &name);
        Some(name)
    }

    /// The name of a check, where it has one.
    pub(super) fn check(&mut self, table: &Table, name: Option<&String>) -> Option<String> {
        let name = name?;
        match self.dialect.adds_foreign_keys() {
            true => Some(self.constraint(table, name)),
            false => Some(name.clone()),
        }
    }

    /// The name of a foreign key, made of its table and columns where it has none and `needs` one.
    pub(super) fn foreign_key(
        &mut self,
        table: &Table,
        key: &ForeignKey,
        needs: bool,
    ) -> Option<String> {
        match &key.name {
            Some(name) if self.dialect.adds_foreign_keys() => Some(self.constraint(table, name)),
            Some(name) => Some(name.clone()),
            None if self.dialect.shares_constraint_names() || needs => {
                let base = format!("{}_{}_fkey", table.name.name, key.columns.join("_"));
                Some(self.free_constraint(table, base))
            }
            None => None,
        }
    }

    fn own(&mut self, table: &Table, name: &str) -> String {
        let place = self.place(table, name);
        if name.is_empty() || self.taken.insert(place) {
            return name.into();
        }
        self.free(table, format!("{}_{name}", table.name.name))
    }

    /// A name that nobody has: `base`, with a number where that is taken.
    fn free(&mut self, table: &Table, base: String) -> String {
        let mut names = numbered(self.shortened(base));
        names
            .find(|name| {
                let place = self.place(table, name);
                let is_free = !self.given.contains(&place) && !self.is_in_table(table, name);
                is_free && self.taken.insert(place)
            })
            .unwrap_or_default()
    }

    fn constraint(&mut self, table: &Table, name: &str) -> String {
        let is_free = !self.is_in_table(table, name);
        let place = self.constraint_place(table, name);
        if name.is_empty() || (is_free && self.constraints.insert(place)) {
            self.note_in_table(table, name);
            return name.into();
        }
        self.free_constraint(table, format!("{}_{name}", table.name.name))
    }

    fn free_constraint(&mut self, table: &Table, base: String) -> String {
        let mut names = numbered(self.shortened(base));
        let found = names.find(|name| {
            let place = self.constraint_place(table, name);
            let is_free = !self.given_constraints.contains(&place);
            is_free && !self.is_in_table(table, name) && self.constraints.insert(place)
        });
        let name = found.unwrap_or_default();
        self.note_in_table(table, &name);
        name
    }

    fn is_in_table(&self, table: &Table, name: &str) -> bool {
        let place = in_table(table, name);
        self.of_tables
            .as_ref()
            .is_some_and(|of| of.contains(&place))
    }

    fn note_in_table(&mut self, table: &Table, name: &str) {
        if let Some(of_tables) = &mut self.of_tables {
            of_tables.insert(in_table(table, name));
        }
    }

    /// A made name, with room for a number behind it.
    fn shortened(&self, mut base: String) -> String {
        if let Some(longest) = self.dialect.longest_name() {
            let mut end = base.len().min(longest.saturating_sub(4));
            while !base.is_char_boundary(end) {
                end -= 1;
            }
            if base.len() > longest {
                base.truncate(end);
            }
        }
        base
    }

    /// The name of an index or a key, and where no other may have it.
    fn place(&self, table: &Table, name: &str) -> Name {
        match self.dialect.has_indexes_in_tables() {
            true => in_table(table, name),
            false => folded(&table.name, name),
        }
    }

    /// The name of a foreign key or a check, and where no other may have it.
    fn constraint_place(&self, table: &Table, name: &str) -> Name {
        match self.dialect.shares_constraint_names() {
            true => folded(&table.name, name),
            false => in_table(table, name),
        }
    }
}

/// `base`, and then with numbers behind it.
fn numbered(base: String) -> impl Iterator<Item = String> {
    let first = std::iter::once(base.clone());
    first.chain((2_u64..).map(move |number| format!("{base}{number}")))
}

/// A name for an index without one.
pub(super) fn made_index(table: &Table, index: &Index) -> String {
    let parts: Vec<&str> = index.parts.iter().map(part_name).collect();
    format!("{}_{}_idx", table.name.name, parts.join("_"))
}

fn part_name(part: &IndexPart) -> &str {
    match &part.key {
        IndexKey::Column(column) => column,
        IndexKey::Expression(_) => "expr",
    }
}

/// A name that no other in the table has.
fn in_table(table: &Table, name: &str) -> Name {
    Name {
        schema: Some(table.name.to_string()),
        name: name.to_lowercase(),
    }
}

/// A name in the namespace of `table`, in small letters, because SQLite and MySQL take no notice of case.
fn folded(table: &Name, name: &str) -> Name {
    Name {
        schema: table.schema.clone(),
        name: name.to_lowercase(),
    }
}
