//! The same schema in SQL and in YAML.

use aludel_build::parse::Parsed;
use aludel_catalog::{
    Catalog,
    Dialect::{self, Mysql, Postgres, Sqlite},
};

use crate::outline::{outline, parse_all};

const PAIRS: &[(Dialect, &str, &str)] = &[
    (
        Sqlite,
        include_str!("../schemas/same/sqlite.sql"),
        include_str!("../schemas/same/sqlite.yaml"),
    ),
    (
        Postgres,
        include_str!("../schemas/same/postgres.sql"),
        include_str!("../schemas/same/postgres.yaml"),
    ),
    (
        Mysql,
        include_str!("../schemas/same/mysql.sql"),
        include_str!("../schemas/same/mysql.yaml"),
    ),
];

fn read(dialect: Dialect, name: &str, text: &str) -> Parsed {
    let (mut parsed, diagnostics) = parse_all(dialect, &[(name, text)]);
    assert_eq!(diagnostics.to_string(), "", "{dialect}: {name}");
    for table in &mut parsed.catalog.tables {
        assert_eq!(table.file.take().as_deref(), Some(name));
    }
    parsed
}

#[test]
fn the_same_schema_in_sql_and_in_yaml_gives_the_same_catalog() {
    for (dialect, sql, yaml) in PAIRS {
        let sql: Catalog = read(*dialect, "schema.sql", sql).catalog;
        let yaml: Catalog = read(*dialect, "schema.yaml", yaml).catalog;
        assert!(sql.tables.len() > 1);
        assert_eq!(outline(&sql), outline(&yaml), "{dialect}");
        assert_eq!(sql, yaml, "{dialect}");
    }
}
