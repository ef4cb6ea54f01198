//! Large schemas.

use std::{fmt::Write, time::Instant};

use aludel_catalog::Dialect;

use crate::outline::parse_one;

#[test]
fn five_megabytes_are_read_whole() {
    for (dialect, size) in [
        (Dialect::Mysql, 5_000_000),
        (Dialect::Sqlite, 500_000),
        (Dialect::Postgres, 500_000),
    ] {
        let mut text = String::new();
        let mut tables = 0;
        while text.len() < size {
            write!(
                text,
                "CREATE TABLE t{tables} (id integer PRIMARY KEY, name varchar(40) DEFAULT 'it''s' NOT NULL, -- who\n \
                 parent integer REFERENCES t{} (id), n int CHECK (n > 0 AND n < {tables}));\n\
                 CREATE INDEX i{tables} ON t{tables} (name, n);\nINSERT INTO t{tables} VALUES (1, 'a;b', NULL, 2);\n",
                tables / 2
            )
            .unwrap();
            tables += 1;
        }
        let start = Instant::now();
        let (parsed, diagnostics) = parse_one(dialect, &text);
        println!(
            "{dialect}: {tables} tables, {} bytes in {:?}",
            text.len(),
            start.elapsed()
        );
        assert_eq!(parsed.catalog.tables.len(), tables);
        assert!(!diagnostics.has_errors());
        assert_eq!(diagnostics.notes().count(), 1);
    }
}
