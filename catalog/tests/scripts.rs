//! What SQLite's DDL looks like.

use aludel_catalog::{Dialect, ForeignKey, Index, IndexKey, IndexPart, Name};
use insta::assert_snapshot;

use crate::samples::{catalog, created, dropped, foreign_key, table, text};
use crate::schemas::{library, shop};

#[test]
fn a_schema_written_for_sqlite_keeps_its_spellings() {
    assert_snapshot!(created(&library()), @r#"
    CREATE TABLE "author" (
      "id" INTEGER PRIMARY KEY,
      "name" TEXT NOT NULL DEFAULT 'it''s ''''' COLLATE "NOCASE",
      "born" DATE DEFAULT CURRENT_DATE,
      "anything",
      UNIQUE ("name", "born")
    );
    CREATE TABLE "shelf" (
      "room" TEXT NOT NULL,
      "number" INTEGER NOT NULL,
      "wide" INTEGER DEFAULT NULL,
      CONSTRAINT "shelf_key" PRIMARY KEY ("room", "number")
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE "book" (
      "id" INTEGER CONSTRAINT "book_key" PRIMARY KEY AUTOINCREMENT,
      "title" varchar(200) NOT NULL,
      "pages" INTEGER DEFAULT 1,
      "new" BOOLEAN NOT NULL DEFAULT 1,
      "torn" BOOLEAN DEFAULT 0,
      "lent_at" TEXT DEFAULT (datetime('now')),
      "author" INTEGER,
      "room" TEXT,
      "shelf" INTEGER,
      "successor" INTEGER,
      "loud" TEXT GENERATED ALWAYS AS (upper(title)) STORED,
      "quiet" TEXT GENERATED ALWAYS AS (lower(title)) VIRTUAL,
      CONSTRAINT "one_title" UNIQUE ("title"),
      CONSTRAINT "book_author" FOREIGN KEY ("author") REFERENCES "author" ("id") MATCH SIMPLE ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
      FOREIGN KEY ("room", "shelf") REFERENCES "shelf" ("room", "number") ON DELETE RESTRICT NOT DEFERRABLE,
      FOREIGN KEY ("successor") REFERENCES "book" ("id") ON DELETE SET DEFAULT ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE,
      CONSTRAINT "has_pages" CHECK (pages > 0),
      CHECK (title <> '')
    );
    CREATE UNIQUE INDEX "by_title" ON "book" ((lower(title)) DESC, "room" COLLATE "RTRIM" ASC) WHERE torn = 0;
    CREATE INDEX "book_author_pages_idx" ON "book" ("author", "pages");
    CREATE VIEW "lent" ("title", "since") AS
    SELECT title, lent_at
    FROM book WHERE lent_at IS NOT NULL
    "#);
    assert_snapshot!(dropped(&library()), @r#"
    DROP VIEW "lent";
    DROP TABLE "book";
    DROP TABLE "shelf";
    DROP TABLE "author"
    "#);
}

#[test]
fn a_schema_written_for_postgres_is_said_in_words_of_sqlite() {
    assert_snapshot!(created(&shop()), @r#"
    CREATE TABLE "item" (
      "id" INTEGER PRIMARY KEY,
      "price" TEXT DEFAULT '0.10',
      "mood" TEXT CHECK ("mood" IN ('sad', 'it''s fine')),
      "colours" TEXT CHECK ("colours" = '' OR replace(replace(',' || "colours" || ',', ',red,', ','), ',it''s,', ',') = ','),
      "code" CHAR(3) COLLATE "BINARY",
      "rebate" TEXT NOT NULL DEFAULT '12.50' CHECK (CAST("rebate" AS NUMERIC) >= 0) CHECK (CAST("rebate" AS NUMERIC) < 100 AND 'VALUE' <> '') CHECK (CAST("rebate" AS NUMERIC) <> 13),
      "rebate2" TEXT NOT NULL DEFAULT '1' CHECK (CAST("rebate2" AS NUMERIC) >= 0) CHECK (CAST("rebate2" AS NUMERIC) < 100 AND 'VALUE' <> '') CHECK (CAST("rebate2" AS NUMERIC) <> 13),
      CONSTRAINT "not_too_dear" CHECK (CAST("price" AS NUMERIC) < 100 AND CAST("price" AS NUMERIC) <> 13 AND "code" <> 'price')
    );
    CREATE INDEX "item_price_idx" ON "item" ("price") WHERE CAST("price" AS NUMERIC) > 20
    "#);
}

#[test]
fn indexes_without_a_name_get_one_that_nobody_has() {
    let expression = || Index {
        parts: vec![IndexPart::new(IndexKey::Expression("lower(a)".into()))],
        ..Index::on(None, ["a"])
    };
    let mut first = table("t", [text("a"), text("b")]);
    first.indexes = vec![
        Index::on(None, ["a"]),
        Index::on(None, ["a"]),
        expression(),
        expression(),
        Index::on(Some("T_A_IDX2".into()), ["b"]),
        Index::on(None, ["a", "b"]),
    ];
    let mut second = table("u", [text("a")]);
    // Of MySQL's tables, each has its own names for indexes.
    second.indexes = vec![
        Index::on(Some("t_a_idx2".into()), ["a"]),
        Index::on(Some("u".into()), ["a"]),
    ];
    let catalog = catalog(
        Dialect::Mysql,
        [first, second, table("t_a_b_idx", [text("a")])],
    );
    let created = created(&catalog);
    let indexes: Vec<&str> = created
        .lines()
        .filter(|line| line.contains("INDEX"))
        .collect();
    assert_snapshot!(indexes.join("\n"), @r#"
    CREATE INDEX "t_a_idx" ON "t" ("a");
    CREATE INDEX "t_a_idx3" ON "t" ("a");
    CREATE INDEX "t_expr_idx" ON "t" ((lower("a")));
    CREATE INDEX "t_expr_idx2" ON "t" ((lower("a")));
    CREATE INDEX "T_A_IDX2" ON "t" ("b");
    CREATE INDEX "t_a_b_idx2" ON "t" ("a", "b");
    CREATE INDEX "u_t_a_idx2" ON "u" ("a");
    CREATE INDEX "u_u" ON "u" ("a")
    "#);
}

#[test]
fn names_in_a_schema_are_written_with_it_where_sqlite_wants_it() {
    let mut person = table("person", [text("name")]);
    person.name = Name::within("app", "person");
    person.indexes = vec![Index::on(None, ["name"])];
    let mut pet = table("pet", [text("owner")]);
    pet.name = Name::within("app", "pet");
    pet.foreign_keys = vec![ForeignKey {
        table: Name::within("app", "person"),
        ..foreign_key("owner", "person", "name")
    }];
    let catalog = catalog(Dialect::Sqlite, [pet, person]);
    assert_snapshot!(created(&catalog), @r#"
    CREATE TABLE "app"."person" (
      "name" TEXT
    );
    CREATE TABLE "app"."pet" (
      "owner" TEXT,
      FOREIGN KEY ("owner") REFERENCES "person" ("name")
    );
    CREATE INDEX "app"."person_name_idx" ON "person" ("name")
    "#);
    assert_snapshot!(dropped(&catalog), @r#"
    DROP TABLE "app"."pet";
    DROP TABLE "app"."person"
    "#);
}
