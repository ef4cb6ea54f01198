//! Expressions, in the spellings of each dialect: they are read to their ends and kept as written.

use aludel_catalog::Dialect;

use crate::outline::parse_one;

#[test]
fn the_operators_and_functions_of_each_dialect_are_understood() {
    let cases = [
        (
            Dialect::Sqlite,
            include_str!("../schemas/expressions_sqlite.sql"),
            26,
        ),
        (
            Dialect::Postgres,
            include_str!("../schemas/expressions_postgres.sql"),
            38,
        ),
        (
            Dialect::Mysql,
            include_str!("../schemas/expressions_mysql.sql"),
            40,
        ),
    ];
    for (dialect, text, columns) in cases {
        let (parsed, diagnostics) = parse_one(dialect, text);
        assert_eq!(diagnostics.errors().count(), 0, "{dialect}: {diagnostics}");
        let table = &parsed.catalog.tables[0];
        assert_eq!(table.columns.len(), columns, "{dialect}");
        let computed = table
            .columns
            .iter()
            .filter(|column| column.generated.is_some() || column.default.is_some())
            .count();
        assert!(table.checks.len() + computed >= columns, "{dialect}");
        for check in &table.checks {
            assert!(
                text.contains(&check.expression),
                "{dialect}: {}",
                check.expression
            );
        }
    }
}
