//! m01: what is concluded of the columns of a view is what the server says of them.

use std::fs;

use aludel::{Connection, Engine, text, text_unchecked};
use aludel_catalog::{ColumnType, Dialect, Type};
use aludel_testing::each_database;

use crate::backend::{self, Backend, current};

/// Tables, then the query of a view.
const POSTGRES: [&str; 3] = [
    "CREATE TABLE a (id integer PRIMARY KEY, big bigint NOT NULL, small smallint, ratio real, wide double precision, price numeric, name text NOT NULL, at timestamp with time zone, day date, yes boolean, doc jsonb)",
    "CREATE TABLE b (id integer PRIMARY KEY, a_id integer REFERENCES a, label text NOT NULL)",
    "SELECT a.id, a.big, a.doc, b.label, count(*) AS n, sum(a.id) AS sum_int, sum(a.big) AS sum_big, sum(a.small) AS sum_small, \
     sum(a.ratio) AS sum_real, sum(a.price) AS sum_price, avg(a.id) AS avg_int, avg(a.wide) AS avg_wide, max(a.name) AS longest, \
     min(a.at) AS first_at, coalesce(a.small, 1) AS small_or_int, a.id + a.big AS wider, a.small + a.small AS smalls, a.id / 2 AS half, \
     a.price * 2 AS twice, a.wide + a.price AS both, a.name || '!' AS loud, upper(a.name) AS upper, length(a.name) AS letters, \
     a.id > 3 AS many, a.name LIKE 'x%' AS is_like, a.yes AND true AS is_so, a.day IS NULL AS no_day, CASE WHEN a.yes THEN 1 ELSE a.big END AS chosen, \
     CAST(a.id AS text) AS as_text, a.id::bigint AS as_big, a.doc -> 'x' AS inner_doc, a.doc ->> 'x' AS inner_text, now() AS moment, current_date AS today, \
     row_number() OVER () AS place, string_agg(b.label, ',') AS labels, array_agg(a.id) AS ids, bool_or(a.yes) AS any_yes, \
     (SELECT max(id) FROM b) AS newest, EXISTS (SELECT 1 FROM b) AS is_there, round(a.price) AS rounded, a.at AT TIME ZONE 'UTC' AS plain, \
     nullif(a.name, '') AS name_or_null, 1 AS one, 1.5 AS more, 10000000000 AS huge, greatest(a.id, 3) AS greatest \
     FROM a LEFT JOIN b ON b.a_id = a.id GROUP BY a.id, b.label",
];

const MYSQL: [&str; 3] = [
    "CREATE TABLE a (id int PRIMARY KEY, big bigint NOT NULL, small smallint, wide double, price decimal(10,2), name varchar(20) NOT NULL, at datetime, day date)",
    "CREATE TABLE b (id int PRIMARY KEY, a_id int, label varchar(20) NOT NULL)",
    "SELECT a.id, a.big, b.label, count(*) AS n, sum(a.id) AS sum_int, sum(a.price) AS sum_price, sum(a.wide) AS sum_wide, avg(a.id) AS avg_int, \
     max(a.name) AS longest, min(a.at) AS first_at, coalesce(a.small, 1) AS small_or_int, a.id + a.big AS wider, a.id / 2 AS half, a.price * 2 AS twice, \
     a.wide + a.price AS both_, concat(a.name, '!') AS loud, upper(a.name) AS upper_, char_length(a.name) AS letters, a.id > 3 AS many, a.day IS NULL AS no_day, \
     CASE WHEN a.id THEN 1 ELSE a.big END AS chosen, CAST(a.id AS char) AS as_text, CAST(a.name AS signed) AS as_big, CAST(a.name AS decimal(10,2)) AS as_decimal, \
     now() AS moment, curdate() AS today, group_concat(b.label) AS labels, (SELECT max(id) FROM b) AS newest, ifnull(a.price, 0) AS price_or_0, \
     nullif(a.name, '') AS name_or_null, 1 AS one, 1.5 AS more, greatest(a.id, 3) AS greatest_ \
     FROM a LEFT JOIN b ON b.a_id = a.id GROUP BY a.id, b.label",
];

/// The columns of the view that the generator concludes, by name.
fn concluded(dialect: Dialect, [a, b, query]: [&str; 3]) -> Vec<(String, ColumnType, bool)> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("schema.sql");
    fs::write(&path, format!("{a};\n{b};\nCREATE VIEW v AS {query};")).unwrap();
    let inspected = aludel_build::inspect(&[path], dialect).unwrap();
    let said = inspected.warnings.to_string();
    let notes = inspected
        .annotations
        .tables
        .get(&inspected.catalog.views[0].name);
    let notes = notes.unwrap_or_else(|| panic!("{said}"));
    assert!(!notes.view_columns.is_empty(), "{said}");
    let columns = notes.view_columns.iter().map(|noted| {
        let column = &noted.value;
        (
            column.name.clone(),
            column.ty.clone().unwrap(),
            column.nullable.unwrap(),
        )
    });
    columns.collect()
}

fn created([a, b, query]: [&str; 3]) -> Connection {
    let conn = Engine::new(backend::url().as_str())
        .unwrap()
        .connect()
        .unwrap();
    for statement in [a, b, &format!("CREATE VIEW v AS {query}")] {
        conn.execute(text_unchecked(statement)).unwrap();
    }
    conn
}

#[each_database]
fn m01_the_types_of_a_view_are_those_that_the_server_gives_it() {
    match current() {
        Backend::Postgres => on_postgres(),
        Backend::MariaDb => on_mariadb(),
        // SQLite gives its views no types, and the other MySQL is the same server.
        Backend::Sqlite | Backend::Mysql => {}
    }
}

fn on_postgres() {
    let ours = concluded(Dialect::Postgres, POSTGRES)
        .into_iter()
        .map(|(name, ty, _)| {
            let ty = match ty.sql.as_str() {
                list if list.ends_with("[]") => "ARRAY",
                "timestamp" => "timestamp without time zone",
                other => other,
            };
            format!("{name} {ty}")
        });
    let theirs: Vec<String> = created(POSTGRES)
        .execute(text(
            "SELECT column_name || ' ' || data_type FROM information_schema.columns WHERE table_name = 'v' ORDER BY ordinal_position",
        ))
        .unwrap()
        .scalars()
        .unwrap();
    assert_eq!(ours.collect::<Vec<_>>(), theirs);
}

/// A family of types: MariaDB makes its integers and texts as wide as each value needs.
fn family(ty: &Type) -> &'static str {
    match ty {
        Type::Integer { .. } | Type::Boolean => "integer",
        Type::Decimal { .. } => "decimal",
        Type::Double | Type::Float => "double",
        Type::Text { .. } => "text",
        Type::Date => "date",
        Type::Timestamp { .. } => "datetime",
        _ => "other",
    }
}

fn on_mariadb() {
    let ours = concluded(Dialect::Mysql, MYSQL);
    let theirs: Vec<String> = created(MYSQL)
        .execute(text(
            "SELECT concat(column_name, ' ', data_type, ' ', is_nullable) FROM information_schema.columns \
             WHERE table_schema = database() AND table_name = 'v' ORDER BY ordinal_position",
        ))
        .unwrap()
        .scalars()
        .unwrap();
    assert_eq!(ours.len(), theirs.len());
    for ((name, ty, nullable), theirs) in ours.iter().zip(&theirs) {
        let words: Vec<&str> = theirs.split(' ').collect();
        let of_server = match words[1] {
            "bigint" | "int" | "smallint" | "tinyint" => "integer",
            "varchar" | "char" | "mediumtext" | "longtext" | "text" => "text",
            other => other,
        };
        assert_eq!(
            (name.as_str(), family(&ty.kind)),
            (words[0], of_server),
            "{theirs}"
        );
        // What the server says is never NULL must not be said to be, where a column is read as it is.
        if words[0] == "label" {
            assert_eq!((*nullable, words[2]), (true, "YES"));
        }
    }
}
