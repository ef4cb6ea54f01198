//! The constraints of a table as an enum, by which errors say what was violated.

use std::collections::HashSet;

use aludel_catalog::{IndexKey, Table};

use super::{Entity, Enumeration, Input, accessor::free, position};
use crate::naming;

/// The constraints of a table.
#[derive(Debug)]
pub(crate) struct Constraints {
    /// The enum's name: `UserConstraint`.
    pub(crate) name: String,
    /// Its variants.
    pub(crate) members: Vec<Constraint>,
}

/// A constraint of a table.
#[derive(Debug)]
pub(crate) struct Constraint {
    /// The variant's name: `EmailKey`.
    pub(crate) name: String,
    /// What it is.
    pub(crate) kind: ConstraintKind,
    /// Its name in the schema, where it has one.
    pub(crate) declared: Option<String>,
    /// The columns, as positions; none where it is about expressions.
    pub(crate) columns: Vec<usize>,
}

/// What a constraint demands.
#[derive(Debug)]
pub(crate) enum ConstraintKind {
    Primary,
    Unique,
    Foreign,
    /// The condition, as written.
    Check(String),
}

/// Gives each model the enum of its constraints, where it has any.
pub(super) fn add_all(input: Input<'_>, entities: &mut [Entity], enums: &[Enumeration]) {
    let mut types: HashSet<String> = enums.iter().map(|known| known.name.clone()).collect();
    for entity in &*entities {
        types.insert(entity.name.clone());
        types.extend(entity.id_type.iter().map(|id| id.name.clone()));
        types.extend(entity.accessors.iter().map(|known| known.name.clone()));
    }
    for entity in entities {
        let members = members(input.table(entity), entity);
        if members.is_empty() {
            continue;
        }
        let name = free(naming::constraints(&entity.name), &mut types);
        entity.constraints = Some(Constraints { name, members });
    }
}

fn members(table: &Table, entity: &Entity) -> Vec<Constraint> {
    let mut members = Members {
        table,
        taken: HashSet::new(),
        all: Vec::new(),
    };
    if let Some(key) = table
        .primary_key
        .as_ref()
        .filter(|_| !entity.key.is_empty())
    {
        members.add(
            "primary_key",
            ConstraintKind::Primary,
            &key.name,
            &key.columns,
        );
    }
    for unique in &table.uniques {
        let name = format!("{}_key", joined(entity, table, &unique.columns));
        members.add(&name, ConstraintKind::Unique, &unique.name, &unique.columns);
    }
    for index in table.indexes.iter().filter(|index| index.unique) {
        let columns = index.parts.iter().map(|part| match &part.key {
            IndexKey::Column(column) => Some(column.clone()),
            IndexKey::Expression(_) => None,
        });
        let columns: Vec<String> = columns.collect::<Option<_>>().unwrap_or_default();
        let name = match (&index.name, columns.is_empty()) {
            (Some(name), true) => name.clone(),
            (None, true) => "index".to_owned(),
            (_, false) => format!("{}_key", joined(entity, table, &columns)),
        };
        members.add(&name, ConstraintKind::Unique, &index.name, &columns);
    }
    for key in &table.foreign_keys {
        let name = format!("{}_foreign_key", joined(entity, table, &key.columns));
        members.add(&name, ConstraintKind::Foreign, &key.name, &key.columns);
    }
    for check in &table.checks {
        let name = match check.name.as_deref().map(|name| without_table(table, name)) {
            Some(name) if name.to_ascii_lowercase().ends_with("check") => name.to_owned(),
            Some(name) => format!("{name}_check"),
            None => "check".to_owned(),
        };
        let kind = ConstraintKind::Check(check.expression.clone());
        members.add(&name, kind, &check.name, &[]);
    }
    members.all
}

/// `users_age` of table `users` is `age`.
fn without_table<'n>(table: &Table, name: &'n str) -> &'n str {
    let rest = name.strip_prefix(table.name.name.as_str());
    let rest = rest.and_then(|rest| rest.strip_prefix('_'));
    rest.filter(|rest| !rest.is_empty()).unwrap_or(name)
}

/// What is called after several columns.
fn joined(entity: &Entity, table: &Table, columns: &[String]) -> String {
    let fields = columns.iter().filter_map(|column| position(table, column));
    entity.joined_names(&fields.collect::<Vec<usize>>())
}

struct Members<'t> {
    table: &'t Table,
    taken: HashSet<String>,
    all: Vec<Constraint>,
}

impl Members<'_> {
    fn add(
        &mut self,
        name: &str,
        kind: ConstraintKind,
        declared: &Option<String>,
        columns: &[String],
    ) {
        let name = naming::type_name(name);
        let mut free = name.clone();
        let mut number = 2;
        // A key that is declared twice is violated once, and which of both the database names is its business.
        while !self.taken.insert(free.clone()) {
            free = format!("{name}{number}");
            number += 1;
        }
        let columns = columns
            .iter()
            .filter_map(|column| position(self.table, column));
        self.all.push(Constraint {
            name: free,
            kind,
            declared: declared.clone(),
            columns: columns.collect(),
        });
    }
}
