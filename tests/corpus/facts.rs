//! A schema as a set of sentences, each about one thing, so that two can be compared.

use std::collections::{BTreeMap, BTreeSet};

use aludel_build::{
    Catalog, Dialect,
    parse::{Parsed, parse},
    source::SourceFile,
};
use aludel_catalog::{Column, Default, Domain, ForeignKey, Index, IndexKey, Name, Table, Type};

use super::views::{Views, width_apart};

#[derive(Debug, Default)]
pub(crate) struct Facts {
    lines: BTreeSet<String>,
    /// The names that were given to constraints, which a database has, but not every declaration.
    names: BTreeSet<String>,
    /// Indexes by their tables and names; not every declaration names them.
    indexes: BTreeMap<String, String>,
    pub(crate) views: Views,
}

impl Facts {
    pub(crate) fn len(&self) -> usize {
        self.lines.len() + self.indexes.len() + self.views.len()
    }

    pub(crate) fn table(&mut self, table: &str, comment: Option<&str>) {
        self.lines.insert(format!("table {table}"));
        self.comment(table, comment);
    }

    pub(crate) fn view(&mut self, view: &str, materialized: bool, comment: Option<&str>) {
        let kind = if materialized {
            "materialized view"
        } else {
            "view"
        };
        self.lines.insert(format!("{kind} {view}"));
        self.comment(view, comment);
    }

    pub(crate) fn comment(&mut self, of: &str, comment: Option<&str>) {
        if let Some(comment) = comment.filter(|comment| !comment.is_empty()) {
            self.lines.insert(format!("comment on {of}: {comment}"));
        }
    }

    pub(crate) fn enumeration(&mut self, name: &str, values: &[String]) {
        self.lines.insert(format!("enum {name}: {values:?}"));
    }

    pub(crate) fn domain(&mut self, name: &str, domain: &DomainFacts) {
        let null = if domain.not_null { "not null" } else { "null" };
        let default = if domain.filled { "a" } else { "no" };
        let (ty, checks) = (&domain.ty, domain.checks);
        self.lines.insert(format!(
            "domain {name}: {ty}, {null}, {default} default, {checks} checks"
        ));
    }

    pub(crate) fn column(&mut self, table: &str, number: usize, column: &ColumnFacts) {
        let name = &column.name;
        let null = if column.nullable { "null" } else { "not null" };
        self.lines
            .insert(format!("column {number} of {table}: {name}, {null}"));
        if column.filled {
            self.lines
                .insert(format!("default of {table}.{name}, or a computed value"));
        }
        self.lines
            .insert(format!("type of {table}.{name}: {}", column.ty));
        self.comment(&format!("{table}.{name}"), column.comment.as_deref());
    }

    pub(crate) fn primary_key(&mut self, table: &str, columns: &[String]) {
        self.lines
            .insert(format!("primary key of {table}: ({})", columns.join(", ")));
    }

    pub(crate) fn foreign_key(&mut self, table: &str, key: &Key<'_>) {
        self.lines.insert(format!(
            "foreign key of {table}: ({}) to {} ({}), on delete {}, on update {}",
            key.columns.join(", "),
            key.target,
            key.references.join(", "),
            key.on_delete,
            key.on_update
        ));
    }

    /// An index or a unique constraint.
    pub(crate) fn index(&mut self, table: &str, index: &IndexFacts) {
        let unique = if index.unique { "unique " } else { "" };
        let text = format!("{unique}({})", index.columns.join(", "));
        let what = match index.unique && index.whole {
            true => "unique",
            false => "index",
        };
        let columns = index.columns.join(", ");
        self.lines.insert(format!("{what} in {table}: ({columns})"));
        if let Some(name) = &index.name {
            self.indexes.insert(format!("{table}.{name}"), text);
        }
    }

    pub(crate) fn constraint_name(&mut self, table: &str, name: &str) {
        self.names.insert(format!("{table}.{name}"));
    }

    /// What one says and the other does not. `self` is the database.
    pub(crate) fn differences(&self, catalog: &Facts) -> Vec<String> {
        let missing = self.lines.difference(&catalog.lines);
        let missing = missing.map(|line| format!("missing: {line}"));
        let invented = catalog.lines.difference(&self.lines);
        let invented = invented.map(|line| format!("invented: {line}"));
        let unnamed = catalog.names.difference(&self.names);
        let unnamed = unnamed.map(|name| format!("invented: constraint {name}"));
        let mut all: Vec<String> = missing.chain(invented).chain(unnamed).collect();
        for (name, columns) in &catalog.indexes {
            match self.indexes.get(name) {
                Some(other) if other == columns => {}
                other => all.push(format!(
                    "index {name} {columns}: the database says {other:?}"
                )),
            }
        }
        all.extend(self.views.differences(&catalog.views));
        all
    }
}

/// What is compared of a column.
pub(crate) struct ColumnFacts {
    pub(crate) name: String,
    pub(crate) nullable: bool,
    /// Whether the database has a value for it where none is given.
    pub(crate) filled: bool,
    /// Its neutral type.
    pub(crate) ty: String,
    pub(crate) comment: Option<String>,
}

/// What is compared of a domain.
pub(crate) struct DomainFacts {
    pub(crate) ty: String,
    pub(crate) not_null: bool,
    pub(crate) filled: bool,
    pub(crate) checks: usize,
}

/// What is compared of an index or a unique constraint.
pub(crate) struct IndexFacts {
    pub(crate) name: Option<String>,
    pub(crate) unique: bool,
    /// Whether every row is in it, by whole columns.
    pub(crate) whole: bool,
    /// Its columns; an expression is a star.
    pub(crate) columns: Vec<String>,
}

/// A foreign key.
pub(crate) struct Key<'a> {
    pub(crate) columns: &'a [String],
    pub(crate) target: &'a str,
    pub(crate) references: &'a [String],
    pub(crate) on_delete: &'a str,
    pub(crate) on_update: &'a str,
}

impl Facts {
    /// What is read from a file.
    pub(crate) fn of(parsed: &Parsed) -> Facts {
        let catalog = &parsed.catalog;
        let mut facts = Facts {
            views: Views::concluded(parsed),
            ..Facts::default()
        };
        for table in &catalog.tables {
            add_table(&mut facts, catalog, table);
        }
        for view in &catalog.views {
            facts.view(
                &view.name.to_string(),
                view.materialized,
                view.comment.as_deref(),
            );
        }
        if catalog.dialect == Dialect::Postgres {
            for item in &catalog.enums {
                facts.enumeration(&item.name.to_string(), &item.values);
                facts.comment(&item.name.to_string(), item.comment.as_deref());
            }
            for domain in &catalog.domains {
                add_domain(&mut facts, catalog, domain);
            }
        }
        facts
    }
}

fn add_domain(facts: &mut Facts, catalog: &Catalog, domain: &Domain) {
    let name = domain.name.to_string();
    let base = catalog
        .domains
        .iter()
        .find(|other| domain.base.kind == Type::Domain(other.name.clone()));
    let domain_facts = DomainFacts {
        ty: type_text(catalog, &domain.base.kind),
        not_null: domain.not_null,
        // A domain takes over the default of the one that it is made of.
        filled: domain.default.is_some() || base.is_some_and(|base| base.default.is_some()),
        checks: domain.checks.len(),
    };
    facts.domain(&name, &domain_facts);
    facts.comment(&name, domain.comment.as_deref());
}

fn add_table(facts: &mut Facts, catalog: &Catalog, table: &Table) {
    let name = table.name.to_string();
    facts.table(&name, table.comment.as_deref());
    for (number, column) in table.columns.iter().enumerate() {
        facts.column(&name, number + 1, &column_facts(catalog, column));
    }
    if let Some(key) = &table.primary_key {
        facts.primary_key(&name, &key.columns);
    }
    for key in &table.foreign_keys {
        add_foreign_key(facts, catalog.dialect, &name, key);
    }
    // SQLite makes no index for a key that it has already.
    let says_something =
        |columns: &[String]| catalog.dialect != Dialect::Sqlite || columns != table.key_columns();
    let uniques = table.uniques.iter();
    for unique in uniques.filter(|unique| says_something(&unique.columns)) {
        let index = IndexFacts {
            name: None,
            unique: true,
            whole: true,
            columns: unique.columns.clone(),
        };
        facts.index(&name, &index);
    }
    let of_keys = |index: &IndexFacts| is_index_of_key(table, index);
    let indexes = table.indexes.iter().map(index_facts);
    for index in indexes.filter(|index| catalog.dialect != Dialect::Mysql || !of_keys(index)) {
        facts.index(&name, &index);
    }
    let keys = table.foreign_keys.iter().map(|key| &key.name);
    let uniques = table.uniques.iter().map(|unique| &unique.name);
    let primary = table.primary_key.iter().map(|key| &key.name);
    // MySQL calls every primary key by the same name.
    let primary = primary.filter(|_| catalog.dialect != Dialect::Mysql);
    // SQLite keeps no names of constraints.
    let kept = keys.chain(uniques).chain(primary).flatten();
    for constraint in kept.filter(|_| catalog.dialect != Dialect::Sqlite) {
        facts.constraint_name(&name, constraint);
    }
}

fn index_facts(index: &Index) -> IndexFacts {
    let columns = index.parts.iter().map(|part| match &part.key {
        IndexKey::Column(column) => column.clone(),
        IndexKey::Expression(_) => "*".to_owned(),
    });
    IndexFacts {
        name: index.name.clone(),
        unique: index.unique,
        whole: index.full_columns().is_some(),
        columns: columns.collect(),
    }
}

/// MySQL makes an index for a foreign key, unless there is one: whether it was declared cannot be asked for.
fn is_index_of_key(table: &Table, index: &IndexFacts) -> bool {
    let mut keys = table.foreign_keys.iter();
    !index.unique && keys.any(|key| key.columns == index.columns)
}

fn add_foreign_key(facts: &mut Facts, dialect: Dialect, table: &str, key: &ForeignKey) {
    let action = |action: Option<aludel_catalog::Action>| match action {
        // InnoDB knows no difference between the two.
        Some(aludel_catalog::Action::Restrict) if dialect == Dialect::Mysql => "NO ACTION",
        Some(action) => action.sql(),
        None => "NO ACTION",
    };
    facts.foreign_key(
        table,
        &Key {
            columns: &key.columns,
            target: &key.table.to_string(),
            references: &key.references,
            on_delete: action(key.on_delete),
            on_update: action(key.on_update),
        },
    );
}

fn column_facts(catalog: &Catalog, column: &Column) -> ColumnFacts {
    let default = column
        .default
        .as_ref()
        .is_some_and(|default| *default != Default::Null);
    ColumnFacts {
        name: column.name.clone(),
        nullable: column.nullable,
        filled: default || column.generated.is_some() || column.identity.is_some(),
        ty: type_text(catalog, &column.ty.kind),
        comment: column.comment.clone(),
    }
}

/// A type, with the values of an enum in place of its name where the name is ours.
pub(crate) fn type_text(catalog: &Catalog, ty: &Type) -> String {
    match ty {
        Type::Enum(name) if catalog.dialect != Dialect::Postgres => {
            let item = catalog.enumeration(name).unwrap();
            format!("one of {:?}", item.values)
        }
        // MariaDB's JSON is text that is checked.
        Type::Json { .. } if catalog.dialect == Dialect::Mysql => format!("{:?}", Type::text()),
        ty => format!("{ty:?}"),
    }
}

/// The neutral types of types as a database spells them; `declarations` stand before them.
pub(crate) fn types(dialect: Dialect, declarations: &str, spellings: &[String]) -> Vec<String> {
    let (catalog, types) = read_types(dialect, declarations, spellings);
    types.iter().map(|ty| type_text(&catalog, ty)).collect()
}

/// The same, where the types are those of a view.
pub(crate) fn view_types(
    dialect: Dialect,
    declarations: &str,
    spellings: &[String],
) -> Vec<String> {
    let (catalog, types) = read_types(dialect, declarations, spellings);
    let types = types.iter().map(|ty| width_apart(dialect, ty));
    types.map(|ty| type_text(&catalog, &ty)).collect()
}

fn read_types(dialect: Dialect, declarations: &str, spellings: &[String]) -> (Catalog, Vec<Type>) {
    let columns: Vec<String> = spellings
        .iter()
        .enumerate()
        .map(|(number, spelling)| format!("c{number} {spelling}"))
        .collect();
    let text = format!("{declarations}CREATE TABLE probe ({});", columns.join(", "));
    let Parsed { catalog, .. } = parse(&[SourceFile::new("probe.sql", text.as_str())], dialect);
    // A table without columns is none.
    let probe = catalog.table(&Name::new("probe"));
    let columns = probe.map_or(&[][..], |probe| &probe.columns);
    assert_eq!(columns.len(), spellings.len());
    let types = columns
        .iter()
        .map(|column| column.ty.kind.clone())
        .collect();
    (catalog, types)
}
