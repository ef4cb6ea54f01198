//! What trees become, on all dialects side by side.

mod calls;
mod changes;
mod compounds;
mod expressions;
mod grouped;
mod inserts;
mod lint;
mod paths;
mod random;
mod selects;
mod sources;
mod tables;
mod trees;

use std::fmt::Write;

use super::{Delete, Insert, Query, Select, Statement, Update};
use crate::{
    dialect::{Dialect, MariaDb, Mysql, Postgres, Sqlite},
    value::ValueRef,
};

const DIALECTS: [&dyn Dialect; 4] = [&Sqlite, &Postgres, &Mysql, &MariaDb];

/// A statement that owns its tree.
#[derive(Debug, Clone)]
enum Tree {
    Rows(Query),
    First(Query),
    Count(Query),
    Exists(Query),
    Insert(Insert),
    Update(Update),
    Delete(Delete),
}

impl Tree {
    fn statement(&self) -> Statement<'_> {
        match self {
            Tree::Rows(query) => Statement::Select {
                query: query.into(),
                at_most: None,
            },
            Tree::First(query) => Statement::Select {
                query: query.into(),
                at_most: Some(1),
            },
            Tree::Count(query) => Statement::Count(query.into()),
            Tree::Exists(query) => Statement::Exists(query.into()),
            Tree::Insert(tree) => Statement::Insert(tree),
            Tree::Update(tree) => Statement::Update(tree),
            Tree::Delete(tree) => Statement::Delete(tree),
        }
    }
}

impl From<Select> for Tree {
    fn from(select: Select) -> Self {
        Tree::Rows(Query::Select(select))
    }
}

impl From<Query> for Tree {
    fn from(query: Query) -> Self {
        Tree::Rows(query)
    }
}

impl From<Insert> for Tree {
    fn from(tree: Insert) -> Self {
        Tree::Insert(tree)
    }
}

impl From<Update> for Tree {
    fn from(tree: Update) -> Self {
        Tree::Update(tree)
    }
}

impl From<Delete> for Tree {
    fn from(tree: Delete) -> Self {
        Tree::Delete(tree)
    }
}

/// Each statement in each dialect, one a line, with its parameters; or why it cannot be.
fn sheet(all: Vec<(&str, Tree)>) -> String {
    let mut sheet = String::new();
    for (name, tree) in &all {
        writeln!(sheet, "# {name}").unwrap();
        for dialect in DIALECTS {
            let line = in_dialect(tree, dialect);
            writeln!(sheet, "{}: {line}", dialect.title()).unwrap();
        }
        sheet.push('\n');
    }
    sheet
}

fn in_dialect(tree: &Tree, dialect: &dyn Dialect) -> String {
    let mut bound = vec![ValueRef::Null; 3];
    let fingerprint = tree.statement().fingerprint(dialect, &mut bound);
    match tree.statement().render(dialect) {
        Err(error) => {
            assert_eq!(error.message(), fingerprint.unwrap_err().message());
            format!("{:?}: {}", error.kind(), error.message())
        }
        Ok(rendered) => {
            assert!(fingerprint.is_ok());
            assert_eq!(bound, rendered.parameters);
            let values = rendered.parameters.iter().map(|value| match value {
                ValueRef::Text(text) => format!("{text:?}"),
                other => (*other).to_owned().to_string(),
            });
            let values: Vec<String> = values.collect();
            format!("{} -- [{}]", rendered.sql, values.join(", "))
        }
    }
}
