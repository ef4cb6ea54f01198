//! The text of one statement while it is put together: the one door through which names and string literals reach it.

use crate::Name;

use super::{DdlError, dialect::DdlDialect};

pub(super) struct Sql {
    text: String,
    dialect: &'static dyn DdlDialect,
}

impl Sql {
    pub(super) fn new(dialect: &'static dyn DdlDialect) -> Self {
        Sql {
            text: String::new(),
            dialect,
        }
    }

    /// Appends SQL as it stands: keywords, and what the schema wrote.
    pub(super) fn push(&mut self, sql: &str) {
        self.text.push_str(sql);
    }

    /// Appends a name, quoted.
    pub(super) fn name(&mut self, name: &str) -> Result<(), DdlError> {
        if name.is_empty() {
            return Err(DdlError::new("a name is empty"));
        }
        self.dialect.admit_name(name)?;
        self.dialect.dialect().quoting().push(&mut self.text, name);
        Ok(())
    }

    /// Appends a name with the namespace that it stands in.
    pub(super) fn qualified(&mut self, name: &Name) -> Result<(), DdlError> {
        if let Some(schema) = &name.schema {
            self.name(schema)?;
            self.push(".");
        }
        self.name(&name.name)
    }

    /// Appends names between parentheses.
    pub(super) fn names(&mut self, names: &[String]) -> Result<(), DdlError> {
        if names.is_empty() {
            return Err(DdlError::new("a list of columns is empty"));
        }
        self.push("(");
        for (position, name) in names.iter().enumerate() {
            if position > 0 {
                self.push(", ");
            }
            self.name(name)?;
        }
        self.push(")");
        Ok(())
    }

    /// Appends a string literal.
    pub(super) fn literal(&mut self, text: &str) {
        self.dialect.push_literal(&mut self.text, text);
    }

    /// Appends `CONSTRAINT name`, where there is a name.
    pub(super) fn constraint(&mut self, name: Option<&String>) -> Result<(), DdlError> {
        if let Some(name) = name {
            self.push("CONSTRAINT ");
            self.name(name)?;
            self.push(" ");
        }
        Ok(())
    }

    /// The finished statement.
    pub(super) fn finish(self) -> Result<String, DdlError> {
        if self.text.contains('\0') {
            return Err(DdlError::new(
                "it contains a NUL character, which SQL text cannot hold",
            ));
        }
        Ok(self.text)
    }
}
