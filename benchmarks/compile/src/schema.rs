//! A schema of any size, of the kinds of columns that applications have.

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
