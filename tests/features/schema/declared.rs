//! m14: what a live database declares is read from it.

use aludel::{
    Catalog, Connection, Engine,
    reflect::{self, Declared},
    text, text_unchecked,
};
use aludel_testing::{each_database, models, shop};

use crate::backend::{self, Backend, current};

fn empty() -> Connection {
    let engine = Engine::new(backend::url().as_str()).unwrap();
    engine.connect().unwrap()
}

fn run(conn: &Connection, statements: &[&str]) {
    for statement in statements {
        conn.execute(text_unchecked(*statement)).unwrap();
    }
}

fn declared(conn: &Connection) -> Vec<String> {
    let all = reflect::declarations(conn).unwrap().into_iter();
    all.map(|declaration| declaration.sql).collect()
}

/// Declares the tables of a schema, as the database has them, in another database: that declares the same.
fn comes_back(catalog: &Catalog) {
    let conn = backend::connection(catalog);
    let declared_there = declared(&conn);
    assert!(declared_there.len() > 3, "{declared_there:#?}");
    let other = empty();
    let statements: Vec<&str> = declared_there.iter().map(String::as_str).collect();
    run(&other, &statements);
    assert_eq!(declared(&other), declared_there);
}

#[each_database]
fn m14_what_is_declared_makes_the_same_database() {
    for catalog in [aludel_tour::catalog(), models::catalog(), shop::catalog()] {
        comes_back(catalog);
    }
}

#[each_database]
fn m14_reading_is_part_of_the_transaction_and_changes_nothing() {
    let conn = empty();
    run(&conn, &["CREATE TABLE kept (id INTEGER PRIMARY KEY)"]);
    conn.commit().unwrap();
    run(&conn, &["INSERT INTO kept VALUES (1)"]);
    let setting = match current() {
        Backend::Postgres => "SELECT current_setting('search_path')",
        _ => "SELECT '\"$user\", public'",
    };
    for _ in 0..2 {
        assert_eq!(declared(&conn).len(), 1);
        let path: Option<String> = conn.execute(text(setting)).unwrap().scalar().unwrap();
        assert_eq!(path.as_deref(), Some("\"$user\", public"));
    }
    conn.rollback().unwrap();
    let count: Option<i64> = conn
        .execute(text("SELECT count(*) FROM kept"))
        .unwrap()
        .scalar()
        .unwrap();
    assert_eq!(count, Some(0));
}

#[each_database]
fn m14_an_empty_database_declares_nothing() {
    assert_eq!(declared(&empty()), [""; 0]);
}

#[each_database]
fn m14_a_view_follows_what_it_reads_whatever_it_is_called() {
    let conn = empty();
    run(
        &conn,
        &[
            "CREATE TABLE z (id INTEGER NOT NULL PRIMARY KEY)",
            "CREATE VIEW c AS SELECT id FROM z",
            "CREATE VIEW b AS SELECT id FROM c",
            "CREATE VIEW a AS SELECT b.id FROM b JOIN c ON c.id = b.id",
        ],
    );
    let all = reflect::declarations(&conn).unwrap();
    let mut names: Vec<String> = all
        .iter()
        .map(|one| match &one.of {
            Declared::Table(name) | Declared::View(name) => name.to_string(),
            other => panic!("{other:?}"),
        })
        .collect();
    if current() == Backend::Sqlite {
        // It looks for what a view reads when that is read.
        names[1..].reverse();
    }
    assert_eq!(names, ["z", "c", "b", "a"]);
}

#[each_database]
fn m14_keys_that_lead_in_a_circle_come_when_all_tables_are_there() {
    if current() == Backend::Sqlite {
        return;
    }
    let conn = empty();
    run(
        &conn,
        &[
            "CREATE TABLE a (id INTEGER PRIMARY KEY, b_id INTEGER)",
            "CREATE TABLE b (id INTEGER PRIMARY KEY, a_id INTEGER, CONSTRAINT of_a FOREIGN KEY (a_id) REFERENCES a (id))",
            "ALTER TABLE a ADD CONSTRAINT of_b FOREIGN KEY (b_id) REFERENCES b (id) ON DELETE CASCADE",
        ],
    );
    let all = declared(&conn);
    let place = |parts: [&str; 2]| {
        let is_it = |one: &String| parts.iter().any(|part| one.contains(part));
        all.iter().position(is_it).unwrap()
    };
    let late = place([" of_b FOREIGN KEY", "`of_b` FOREIGN KEY"]);
    assert!(late > place(["TABLE b (", "TABLE `b` ("]), "{all:#?}");
}

/// What a database gives back of statements.
fn gives(backend: Backend, statements: &[&str], expected: &[&str]) {
    if current() != backend {
        return;
    }
    let conn = empty();
    run(&conn, statements);
    assert_eq!(declared(&conn), expected);
}

#[each_database]
fn m14_mariadb_leaves_out_what_belongs_to_one_server() {
    gives(
        Backend::MariaDb,
        &[
            "CREATE SEQUENCE s",
            "CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, n BIGINT DEFAULT nextval(s)) AUTO_INCREMENT=42 CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='AUTO_INCREMENT=3'",
            "CREATE VIEW v AS SELECT id FROM t",
        ],
        &[
            "CREATE SEQUENCE `s` start with 1 minvalue 1 maxvalue 9223372036854775806 increment by 1 cache 1000 nocycle ENGINE=InnoDB",
            "CREATE TABLE `t` (\n  `id` int(11) NOT NULL AUTO_INCREMENT,\n  `n` bigint(20) DEFAULT nextval(`s`),\n  PRIMARY KEY (`id`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='AUTO_INCREMENT=3'",
            "CREATE VIEW `v` AS select `t`.`id` AS `id` from `t`",
        ],
    );
}

#[each_database]
fn m14_sqlite_gives_its_texts_without_its_own_tables() {
    gives(
        Backend::Sqlite,
        &[
            "CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY AUTOINCREMENT /* counts */, a TEXT UNIQUE)",
            "CREATE VIRTUAL TABLE words USING fts5(body)",
            "CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; END",
            "CREATE VIEW v AS SELECT 1 AS n -- one",
        ],
        &[
            "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT /* counts */, a TEXT UNIQUE)",
            "CREATE VIRTUAL TABLE words USING fts5(body)",
            "CREATE VIEW v AS SELECT 1 AS n -- one",
        ],
    );
}

#[each_database]
fn m14_postgres_writes_what_it_knows_of_tables_and_types() {
    gives(
        Backend::Postgres,
        &[
            "CREATE SCHEMA billing",
            "CREATE TYPE mood AS ENUM ('it''s', 'ok')",
            "CREATE DOMAIN cents AS integer DEFAULT 0 NOT NULL CONSTRAINT positive CHECK (VALUE >= 0)",
            "CREATE SEQUENCE numbers AS integer INCREMENT BY 5 START WITH 100",
            "CREATE TABLE billing.invoice (id serial PRIMARY KEY, number integer DEFAULT nextval('numbers') UNIQUE, total cents, mood mood DEFAULT 'ok')",
            "COMMENT ON COLUMN billing.invoice.total IS 'it''s in cents'",
            "CREATE INDEX by_total ON billing.invoice (total DESC)",
            "CREATE TABLE line (id bigint GENERATED ALWAYS AS IDENTITY (START WITH 7), invoice_id integer REFERENCES billing.invoice ON DELETE CASCADE, note text COLLATE \"C\", twice integer GENERATED ALWAYS AS (1 + 1) STORED)",
            "COMMENT ON CONSTRAINT line_invoice_id_fkey ON line IS 'its own'",
            "CREATE TABLE part (id integer, day date) PARTITION BY RANGE (day)",
            "CREATE TABLE part_rest PARTITION OF part DEFAULT",
            "CREATE MATERIALIZED VIEW sums AS SELECT invoice_id, count(*) AS lines FROM line GROUP BY invoice_id",
            "CREATE UNIQUE INDEX of_sums ON sums (invoice_id)",
        ],
        &[
            "CREATE SCHEMA billing",
            "CREATE DOMAIN cents AS integer DEFAULT 0 NOT NULL\n    CONSTRAINT positive CHECK ((VALUE >= 0))",
            "CREATE TYPE mood AS ENUM ('it''s', 'ok')",
            "CREATE SEQUENCE numbers AS integer INCREMENT BY 5 START WITH 100",
            "CREATE TABLE line (\n    id bigint GENERATED ALWAYS AS IDENTITY (START WITH 7) NOT NULL,\n    invoice_id integer,\n    note text COLLATE \"C\",\n    twice integer GENERATED ALWAYS AS ((1 + 1)) STORED\n)",
            "CREATE TABLE part (\n    id integer,\n    day date\n) PARTITION BY RANGE (day)",
            "CREATE TABLE billing.invoice (\n    id serial NOT NULL,\n    number integer DEFAULT nextval('numbers'::regclass),\n    total cents,\n    mood mood DEFAULT 'ok'::mood,\n    CONSTRAINT invoice_pkey PRIMARY KEY (id),\n    CONSTRAINT invoice_number_key UNIQUE (number)\n)",
            "CREATE INDEX by_total ON billing.invoice USING btree (total DESC)",
            "COMMENT ON COLUMN billing.invoice.total IS 'it''s in cents'",
            "ALTER TABLE line ADD CONSTRAINT line_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES billing.invoice(id) ON DELETE CASCADE",
            "COMMENT ON CONSTRAINT line_invoice_id_fkey ON line IS 'its own'",
            "CREATE MATERIALIZED VIEW sums AS\n SELECT line.invoice_id,\n    count(*) AS lines\n   FROM line\n  GROUP BY line.invoice_id",
            "CREATE UNIQUE INDEX of_sums ON sums USING btree (invoice_id)",
        ],
    );
}
