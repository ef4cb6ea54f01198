//! What an error of the server is about, which stands in its message alone.

use mysql::MySqlError;

use crate::error::{Error, ErrorKind};

/// The error with the constraint, the table and the columns that the message names.
pub(super) fn named(error: Error, server: &MySqlError, is_mariadb: bool) -> Error {
    let message = &server.message;
    match error.kind() {
        ErrorKind::UniqueViolation => with_key(error, message, is_mariadb),
        ErrorKind::ForeignKeyViolation => with_foreign_key(error, message),
        ErrorKind::CheckViolation => with_check(error, message),
        ErrorKind::NotNullViolation => match between(message, '\'').next() {
            Some(column) => error.with_column(column),
            None => error,
        },
        ErrorKind::Data => with_column(error, message),
        _ => error,
    }
}

/// `Duplicate entry 'a' for key 'email'`. MySQL writes `'users.email'`, with the table.
fn with_key(error: Error, message: &str, is_mariadb: bool) -> Error {
    // The entry can be any text; the key stands at the end.
    let Some((_, key)) = message.rsplit_once(" for key '") else {
        return error;
    };
    let key = key.strip_suffix('\'').unwrap_or(key);
    match key.split_once('.') {
        Some((table, key)) if !is_mariadb => error.with_table(table).with_constraint(key),
        _ => error.with_constraint(key),
    }
}

/// ``… fails (`shop`.`child`, CONSTRAINT `child_parent` FOREIGN KEY (`parent`) REFERENCES …``: the table that refers, whichever
/// was to be changed.
fn with_foreign_key(error: Error, message: &str) -> Error {
    let Some((_, detail)) = message.split_once(" fails (") else {
        return error;
    };
    let (table, rest) = match detail.split_once(", CONSTRAINT ") {
        Some((table, rest)) => (table, Some(rest)),
        None => (detail, None),
    };
    let table = between(table, '`').last().unwrap_or_default();
    let Some(rest) = rest else {
        return error.with_table(table);
    };
    let (constraint, rest) = rest.split_once(" FOREIGN KEY (").unwrap_or((rest, ""));
    let (columns, _) = rest.split_once(") REFERENCES ").unwrap_or((rest, ""));
    let error = error.with_columns(table, between(columns, '`').collect());
    match between(constraint, '`').next() {
        Some(constraint) => error.with_constraint(constraint),
        None => error,
    }
}

/// ``CONSTRAINT `positive` failed for `shop`.`child` `` on MariaDB, `Check constraint 'positive' is violated.` on MySQL.
fn with_check(error: Error, message: &str) -> Error {
    if let Some((constraint, table)) = message.split_once(" failed for ") {
        let error = match between(constraint, '`').next() {
            Some(constraint) => error.with_constraint(constraint),
            None => error,
        };
        return match between(table, '`').last() {
            Some(table) => error.with_table(table),
            None => error,
        };
    }
    match between(message, '\'').next() {
        Some(constraint) => error.with_constraint(constraint),
        None => error,
    }
}

/// `… for column 'age' at row 1`, and ``… for column `shop`.`users`.`age` at row 1`` on MariaDB.
fn with_column(error: Error, message: &str) -> Error {
    let Some((_, place)) = message.rsplit_once(" for column ") else {
        return error;
    };
    let path: Vec<String> = between(place, '`').collect();
    match (&path[..], between(place, '\'').next()) {
        ([.., table, column], _) => error.with_columns(table.as_str(), vec![column.clone()]),
        ([column], _) => error.with_column(column.as_str()),
        ([], Some(column)) => error.with_column(column),
        ([], None) => error,
    }
}

/// The names between two such quotes; a quote in a name is doubled.
fn between(text: &str, quote: char) -> impl Iterator<Item = String> + '_ {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.find(quote)? + 1;
        let mut name = String::new();
        rest = &rest[start..];
        loop {
            let end = rest.find(quote)?;
            name.push_str(&rest[..end]);
            rest = &rest[end + 1..];
            match rest.strip_prefix(quote) {
                Some(behind) => {
                    name.push(quote);
                    rest = behind;
                }
                None => return Some(name),
            }
        }
    })
}
