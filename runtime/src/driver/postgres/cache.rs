//! Prepared statements that are kept, by their texts.

use std::{collections::HashMap, sync::Arc};

use tokio_postgres::Statement;

use super::{cells::Columns, kind::Kind};

/// How many are kept.
const KEPT: usize = 256;

/// A prepared statement.
pub(super) struct Prepared {
    pub(super) statement: Statement,
    pub(super) parameters: Box<[Kind]>,
    pub(super) columns: Columns,
    /// Its text, where that is not the one that was asked for.
    pub(super) converted: Option<String>,
}

impl Prepared {
    pub(super) fn new(statement: Statement) -> Self {
        Prepared {
            parameters: statement.params().iter().map(Kind::of).collect(),
            columns: Columns::of(statement.columns()),
            statement,
            converted: None,
        }
    }

    pub(super) fn of_converted(statement: Statement, text: String) -> Self {
        Prepared {
            converted: Some(text),
            ..Prepared::new(statement)
        }
    }
}

/// Keeps those that were used last.
#[derive(Default)]
pub(super) struct Cache {
    statements: HashMap<Box<str>, Used<Arc<Prepared>>>,
    clock: u64,
}

struct Used<T> {
    what: T,
    last: u64,
}

impl Cache {
    pub(super) fn get(&mut self, sql: &str) -> Option<Arc<Prepared>> {
        let used = self.statements.get_mut(sql)?;
        self.clock += 1;
        used.last = self.clock;
        Some(Arc::clone(&used.what))
    }

    pub(super) fn keep(&mut self, sql: &str, prepared: &Arc<Prepared>) {
        if self.statements.len() >= KEPT {
            self.drop_oldest();
        }
        self.clock += 1;
        let used = Used {
            what: Arc::clone(prepared),
            last: self.clock,
        };
        self.statements.insert(sql.into(), used);
    }

    pub(super) fn forget(&mut self, sql: &str) {
        self.statements.remove(sql);
    }

    /// Looks at all, which costs nothing beside preparing the one that comes in its place.
    fn drop_oldest(&mut self) {
        let oldest = self.statements.iter().min_by_key(|(_, used)| used.last);
        if let Some(sql) = oldest.map(|(sql, _)| sql.clone()) {
            self.statements.remove(&sql);
        }
    }
}
