//! Names of tables, views, enums and sequences, with the namespace they stand in.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A name in a namespace: `app.users`. What SQL calls a schema is `schema` here; `None` is the default one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Name {
    /// The namespace, where the declaration wrote one.
    pub schema: Option<String>,
    /// The name itself, without quotes and folded as its dialect folds.
    pub name: String,
}

impl Name {
    /// A name in the default namespace.
    pub fn new(name: impl Into<String>) -> Self {
        Name {
            schema: None,
            name: name.into(),
        }
    }

    /// A name in the namespace `schema`.
    pub fn within(schema: impl Into<String>, name: impl Into<String>) -> Self {
        Name {
            schema: Some(schema.into()),
            name: name.into(),
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.schema {
            Some(schema) => write!(f, "{schema}.{}", self.name),
            None => f.write_str(&self.name),
        }
    }
}
