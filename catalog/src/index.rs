//! Indexes.

use serde::{Deserialize, Serialize};

/// An index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    /// Its name, where given.
    pub name: Option<String>,
    /// What it is ordered by.
    pub parts: Vec<IndexPart>,
    /// Whether it admits no two rows with the same parts.
    pub unique: bool,
    /// The condition of a partial index, as written.
    pub condition: Option<String>,
    /// Columns that it carries without being ordered by them (`INCLUDE`).
    pub include: Vec<String>,
    /// How it is built, where said: `btree`, `gin`, `fulltext`.
    pub method: Option<String>,
    /// Its comment.
    pub comment: Option<String>,
}

impl Index {
    /// An index over columns, in ascending order.
    pub fn on<S: Into<String>>(name: Option<String>, columns: impl IntoIterator<Item = S>) -> Self {
        let parts = columns
            .into_iter()
            .map(|column| IndexPart::new(IndexKey::Column(column.into())))
            .collect();
        Index {
            name,
            parts,
            unique: false,
            condition: None,
            include: Vec::new(),
            method: None,
            comment: None,
        }
    }

    /// The columns, where every part is a column and no row is left out: what makes a unique index a key.
    pub fn full_columns(&self) -> Option<Vec<&str>> {
        if self.condition.is_some() {
            return None;
        }
        self.parts
            .iter()
            .map(|part| match (&part.key, part.length) {
                (IndexKey::Column(column), None) => Some(column.as_str()),
                _ => None,
            })
            .collect()
    }
}

/// One part of an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexPart {
    /// The column or expression.
    pub key: IndexKey,
    /// Its direction, where said.
    pub order: Option<SortOrder>,
    /// Where NULLs go, where said.
    pub nulls: Option<NullsOrder>,
    /// How many characters count (MySQL's prefix indexes).
    pub length: Option<u64>,
    /// Its collation, where given.
    pub collation: Option<String>,
    /// Its operator class, where given (PostgreSQL).
    pub operator_class: Option<String>,
}

impl IndexPart {
    /// A part with nothing else said.
    pub fn new(key: IndexKey) -> Self {
        IndexPart {
            key,
            order: None,
            nulls: None,
            length: None,
            collation: None,
            operator_class: None,
        }
    }
}

/// What one part of an index looks at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IndexKey {
    /// A column.
    Column(String),
    /// An expression, as written.
    Expression(String),
}

/// A direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SortOrder {
    /// Small ones first.
    Ascending,
    /// Large ones first.
    Descending,
}

/// Where NULLs go in an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NullsOrder {
    /// Before all values.
    First,
    /// Behind all values.
    Last,
}
