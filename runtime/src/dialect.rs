//! How databases spell SQL differently. Each file below lists one dialect's differences from the standard.

#[cfg(feature = "sqlite")]
mod sqlite;

use aludel_catalog::Quoting;

use crate::sql::Binary;
#[cfg(feature = "sqlite")]
pub(crate) use sqlite::Sqlite;

/// What differs between dialects. The defaults are standard SQL.
pub(crate) trait Dialect: Send + Sync {
    /// Which dialect this is.
    fn name(&self) -> aludel_catalog::Dialect;

    /// What the database can do.
    fn capabilities(&self) -> &'static Capabilities;

    /// How names are quoted.
    fn quoting(&self) -> Quoting {
        self.name().quoting()
    }

    /// Appends the placeholder of the parameter with this number, counted from 1.
    fn placeholder(&self, sql: &mut String, _number: usize) {
        sql.push('?');
    }

    /// The statement that begins a transaction; `writes` tells whether it is going to write.
    fn begin(&self, _writes: bool) -> &'static str {
        "BEGIN"
    }

    /// The word for an operator.
    fn operator(&self, operator: Binary) -> &'static str {
        standard_operator(operator)
    }

    /// What stands in an INSERT without values.
    fn default_values(&self) -> &'static str {
        "DEFAULT VALUES"
    }

    /// The LIMIT that limits nothing, where OFFSET needs one beside it.
    fn no_limit(&self) -> Option<&'static str> {
        None
    }

    /// The query for the names of all tables and views of the default namespace.
    fn table_names(&self) -> &'static str {
        "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
    }

    /// Whether names are the same that differ in the case of ASCII letters alone, also when quoted.
    fn ignores_case(&self) -> bool {
        false
    }

    /// The statement that puts off the checks of all foreign keys to the end of the transaction, where there is one that does
    /// it for keys not declared so.
    fn defer_foreign_keys(&self) -> Option<&'static str> {
        None
    }
}

/// What a database can do, as data: asked before a statement is rendered, so that what is impossible is an error and never a
/// clause left out.
#[derive(Debug)]
pub(crate) struct Capabilities {
    /// INSERT, UPDATE and DELETE can give back rows.
    pub(crate) returning: bool,
    /// LIMIT and OFFSET may be parameters without a cost. SQLite prepares such a statement again at every run.
    pub(crate) bound_limit: bool,
    /// The greatest number of parameters of a statement.
    pub(crate) max_parameters: usize,
}

/// The word that standard SQL has for an operator.
fn standard_operator(operator: Binary) -> &'static str {
    match operator {
        Binary::Or => "OR",
        Binary::And => "AND",
        Binary::Equal => "=",
        Binary::NotEqual => "<>",
        Binary::NullSafeEqual => "IS NOT DISTINCT FROM",
        Binary::Less => "<",
        Binary::LessOrEqual => "<=",
        Binary::Greater => ">",
        Binary::GreaterOrEqual => ">=",
        Binary::Add => "+",
        Binary::Subtract => "-",
        Binary::Multiply => "*",
        Binary::Divide | Binary::DivideWhole => "/",
        Binary::Concatenate => "||",
    }
}
