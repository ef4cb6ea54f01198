//! The dialects of SQL, and how each of them quotes.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// How a database spells SQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Dialect {
    /// SQLite.
    Sqlite,
    /// PostgreSQL and the databases that speak its dialect.
    Postgres,
    /// MySQL and MariaDB.
    Mysql,
}

impl Dialect {
    /// All dialects, in the order in which they are usually listed.
    pub const ALL: [Dialect; 3] = [Dialect::Sqlite, Dialect::Postgres, Dialect::Mysql];

    /// The name used in options and files: `sqlite`, `postgres`, `mysql`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Dialect::Sqlite => "sqlite",
            Dialect::Postgres => "postgres",
            Dialect::Mysql => "mysql",
        }
    }

    /// How the dialect quotes names.
    pub const fn quoting(self) -> Quoting {
        match self {
            Dialect::Sqlite | Dialect::Postgres => Quoting('"'),
            Dialect::Mysql => Quoting('`'),
        }
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Dialect {
    type Err = String;

    /// Reads a name as [`Dialect::as_str`] gives it; `postgresql` and `mariadb` are understood too.
    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "sqlite" => Ok(Dialect::Sqlite),
            "postgres" | "postgresql" => Ok(Dialect::Postgres),
            "mysql" | "mariadb" => Ok(Dialect::Mysql),
            other => Err(format!(
                "unknown dialect `{other}`: expected `sqlite`, `postgres` or `mysql`"
            )),
        }
    }
}

/// The character that a dialect puts around names. The only way by which names reach SQL text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quoting(char);

impl Quoting {
    /// Appends `name` to `sql`, quoted; quotes within it are doubled.
    ///
    /// ```
    /// let mut sql = String::new();
    /// aludel_catalog::Dialect::Sqlite.quoting().push(&mut sql, "a\"b");
    /// assert_eq!(sql, "\"a\"\"b\"");
    /// ```
    pub fn push(self, sql: &mut String, name: &str) {
        sql.push(self.0);
        // Nearly all names go in whole: they have no quote to double.
        for (index, part) in name.split(self.0).enumerate() {
            if index > 0 {
                sql.push(self.0);
                sql.push(self.0);
            }
            sql.push_str(part);
        }
        sql.push(self.0);
    }
}
