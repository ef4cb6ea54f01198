//! The dialect of files is found where nobody says it.

use std::fs;

use aludel_build::{Dialect, inspect};

use crate::{
    damage::{Random, damage},
    parse::rich::{MYSQL, POSTGRES, SQLITE},
};

#[test]
fn each_dialect_is_known_by_what_only_it_has() {
    let cases = [
        (
            "CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT);",
            Dialect::Sqlite,
        ),
        (
            "CREATE TABLE a (id TEXT PRIMARY KEY) WITHOUT ROWID;",
            Dialect::Sqlite,
        ),
        (
            "PRAGMA foreign_keys = ON; CREATE TABLE a (id INT);",
            Dialect::Sqlite,
        ),
        ("CREATE TABLE a (id INT);", Dialect::Sqlite),
        ("CREATE TABLE `a` (`id` INT) ENGINE=InnoDB;", Dialect::Mysql),
        (
            "CREATE TABLE a (id INT AUTO_INCREMENT PRIMARY KEY);",
            Dialect::Mysql,
        ),
        ("CREATE TABLE a (id INT, s ENUM('a', 'b'));", Dialect::Mysql),
        (
            "-- MySQL dump 10.13\n/*!40101 SET NAMES utf8 */;\nCREATE TABLE a (id INT);",
            Dialect::Mysql,
        ),
        ("CREATE TABLE a (id SERIAL PRIMARY KEY);", Dialect::Postgres),
        (
            "CREATE TABLE a (id INT, s TEXT DEFAULT 'x'::text);",
            Dialect::Postgres,
        ),
        ("CREATE TABLE a (tags TEXT[]);", Dialect::Postgres),
        (
            "CREATE TYPE mood AS ENUM ('a'); CREATE TABLE a (m mood);",
            Dialect::Postgres,
        ),
        (
            "--\n-- PostgreSQL database dump\n--\nCREATE TABLE a (id integer);",
            Dialect::Postgres,
        ),
        // What stands in a text, a comment or a name is no evidence.
        (
            "CREATE TABLE a (id INT, t TEXT DEFAULT 'ENGINE=x::y');",
            Dialect::Sqlite,
        ),
        (
            "-- ENGINE=InnoDB\n/* SERIAL */\nCREATE TABLE a (\"PRAGMA\" INT, s TEXT DEFAULT 'it''s $$');",
            Dialect::Sqlite,
        ),
        // What weighs more wins over what another database takes as well.
        (
            "CREATE TABLE a (id INTEGER PRIMARY KEY, at TIMESTAMPTZ NOT NULL);",
            Dialect::Postgres,
        ),
        (
            "PRAGMA x; CREATE TABLE `a` (id INTEGER PRIMARY KEY, at TIMESTAMPTZ, d JSONB);",
            Dialect::Sqlite,
        ),
    ];
    for (text, expected) in cases {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("schema.sql");
        fs::write(&path, text).unwrap();
        let inspected = inspect(std::slice::from_ref(&path), None)
            .unwrap_or_else(|error| panic!("{text}\n{error}"));
        assert_eq!(inspected.catalog.dialect, expected, "{text}");
        let said = inspected.warnings.to_string();
        assert!(!said.contains("could be SQL of"), "{text}\n{said}");
    }
}

#[test]
fn damaged_files_are_looked_at_without_panic() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("schema.sql");
    let mut random = Random::new();
    let odd: Vec<char> = "'\"`$\\-/*#.:[]é\u{1f600}\n!".chars().collect();
    for text in [SQLITE, POSTGRES, MYSQL] {
        for _ in 0..40 {
            let mut characters: Vec<char> = text.chars().collect();
            damage(&mut characters, &odd, &mut random);
            fs::write(&path, characters.into_iter().collect::<String>()).unwrap();
            let problems = match inspect(std::slice::from_ref(&path), None) {
                Ok(inspected) => inspected.warnings,
                Err(problems) => problems,
            };
            // Places have to lie within the file.
            drop(problems.to_string());
        }
    }
}

#[test]
fn what_is_said_in_yaml_counts_for_the_sql_files_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("a.sql"),
        "CREATE TABLE a (id INTEGER PRIMARY KEY);",
    )
    .unwrap();
    fs::write(
        folder.path().join("b.yaml"),
        "version: 1\ndialect: postgres # ours\n",
    )
    .unwrap();
    let inspected = inspect(&[folder.path().to_path_buf()], None).unwrap();
    assert_eq!(inspected.catalog.dialect, Dialect::Postgres);
}

#[test]
fn the_schemas_of_others_are_told_apart() {
    let Some(corpus) = std::env::var_os("ALUDEL_CORPUS") else {
        return;
    };
    let mut wrong = Vec::new();
    for dialect in Dialect::ALL {
        let folder = std::path::Path::new(&corpus).join(dialect.as_str());
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match inspect(std::slice::from_ref(&path), None) {
                Ok(inspected) if inspected.catalog.dialect == dialect => {}
                // SQLite takes any words for a type, also those of MySQL that this file is written in.
                Ok(_) if path.ends_with("sqlite/temporal.sql") => {}
                Ok(other) => wrong.push(format!("{}: {}", path.display(), other.catalog.dialect)),
                Err(error) => {
                    let error = error.to_string();
                    if error.contains("look like SQL of") {
                        wrong.push(format!("{}: {error}", path.display()));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
