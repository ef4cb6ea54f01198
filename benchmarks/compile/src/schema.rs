//! Schemas of any size, of the kinds of columns that applications have.

use std::fmt::Write as _;

/// Tables of twelve columns each, in SQLite's SQL: keys, text, numbers, dates and others, half of them required. Each refers to
/// the next one.
pub fn write(tables: usize) -> String {
    let mut sql = String::new();
    for number in 0..tables {
        let next = (number + 1) % tables;
        let _ = write!(
            sql,
            "-- What there is to know about thing {number}.
CREATE TABLE thing_{number} (
    id         INTEGER PRIMARY KEY,
    name       VARCHAR(64) NOT NULL,
    title      TEXT,
    next_id    INTEGER NOT NULL REFERENCES thing_{next} (id),
    quantity   INTEGER NOT NULL DEFAULT 0,
    weight     DOUBLE,
    price      DECIMAL(12, 2) NOT NULL,
    is_active  BOOLEAN NOT NULL DEFAULT TRUE,
    born_on    DATE,
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    details    JSON,
    picture    BLOB
);
"
        );
    }
    sql
}

/// Tables of fifteen columns each. Every table refers to the next one, and every other one to the first of its ten as well: three
/// foreign keys for two tables.
pub fn write_large(tables: usize) -> String {
    let mut sql = String::new();
    for number in 0..tables {
        let (next, first) = ((number + 1) % tables, number / 10 * 10);
        let owner = match number % 2 {
            0 => format!(" REFERENCES thing_{first} (id) ON DELETE SET NULL"),
            _ => String::new(),
        };
        let _ = write!(
            sql,
            "-- What there is to know about thing {number}.
CREATE TABLE thing_{number} (
    id         INTEGER PRIMARY KEY,
    name       VARCHAR(64) NOT NULL,
    code       VARCHAR(20) NOT NULL UNIQUE,
    title      TEXT,
    next_id    INTEGER NOT NULL REFERENCES thing_{next} (id),
    owner_id   INTEGER{owner},
    quantity   INTEGER NOT NULL DEFAULT 0,
    weight     DOUBLE,
    price      DECIMAL(12, 2) NOT NULL,
    is_active  BOOLEAN NOT NULL DEFAULT TRUE,
    born_on    DATE,
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    changed_at TIMESTAMP,
    details    JSON,
    picture    BLOB
);
CREATE INDEX thing_{number}_by_name ON thing_{number} (name, created_at);
"
        );
    }
    sql
}
