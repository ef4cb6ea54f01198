//! One schema for each dialect with everything in it.

use aludel_catalog::Dialect;

use crate::outline::outline_of;

pub(crate) const SQLITE: &str = include_str!("../schemas/sqlite.sql");
pub(crate) const POSTGRES: &str = include_str!("../schemas/postgres.sql");
pub(crate) const MYSQL: &str = include_str!("../schemas/mysql.sql");

#[test]
fn everything_that_sqlite_knows_is_in_the_catalog() {
    let outline = outline_of(Dialect::Sqlite, SQLITE);
    insta::assert_snapshot!(outline);
}

#[test]
fn everything_that_postgres_knows_is_in_the_catalog() {
    let outline = outline_of(Dialect::Postgres, POSTGRES);
    insta::assert_snapshot!(outline);
}

#[test]
fn everything_that_mysql_knows_is_in_the_catalog() {
    let outline = outline_of(Dialect::Mysql, MYSQL);
    insta::assert_snapshot!(outline);
}
