//! `aludel diff`: what makes one schema of another.

use std::fs;

use tempfile::TempDir;

use crate::{Ended, aludel_in};

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn diff(folder: &TempDir, arguments: &[&str]) -> Ended {
    aludel_in(folder.path(), &[&["diff"], arguments].concat())
}

#[test]
fn m15_changes_are_told_in_words_and_as_statements() {
    let folder = folder(&[
        (
            "old.sql",
            "CREATE TABLE a (id SERIAL PRIMARY KEY, b integer);\nCREATE TABLE gone (id SERIAL PRIMARY KEY);",
        ),
        (
            "new/1.sql",
            "CREATE TABLE a (id SERIAL PRIMARY KEY, c integer);",
        ),
    ]);
    let (code, out, err) = diff(
        &folder,
        &[
            "old.sql",
            "new",
            "--format",
            "text",
            "--dialect",
            "postgres",
        ],
    );
    assert_eq!((code, err.as_str()), (Some(0), ""));
    let expected = [
        "add column `c` to `a`: integer",
        "drop column `b` of `a`",
        "  LOSES DATA: all values of `b` in `a`",
        "drop table `gone`",
        "  LOSES DATA: all rows of `gone`",
    ];
    for line in expected {
        assert!(out.lines().any(|one| one == line), "{line}: {out}");
    }
    let (_, out, _) = diff(&folder, &["old.sql", "new"]);
    let before_drop = "-- LOSES DATA: all rows of `gone`\nDROP TABLE \"gone\";\n";
    assert!(out.contains(before_drop), "{out}");
    assert!(out.starts_with("-- "), "{out}");
    assert!(
        out.contains("ALTER TABLE \"a\" ADD COLUMN \"c\" integer;\n"),
        "{out}"
    );
    let (_, renamed, _) = diff(
        &folder,
        &[
            "old.sql",
            "new",
            "--rename",
            "a.b:c",
            "--rename",
            "gone:here",
        ],
    );
    assert_eq!(
        renamed, "",
        "a table that is not there cannot be what another one is called now"
    );
    let (_, renamed, _) = diff(&folder, &["old.sql", "new", "--rename", "a.b:c"]);
    assert!(
        renamed.contains("RENAME COLUMN \"b\" TO \"c\";\n"),
        "{renamed}"
    );
}

#[test]
fn m15_equal_schemas_differ_in_nothing_and_the_exit_code_says_so_where_it_is_asked() {
    let folder = folder(&[
        ("a.sql", "CREATE TABLE a (id INTEGER PRIMARY KEY);"),
        (
            "b.sql",
            "create table \"a\" (id integer, primary key (id));",
        ),
        ("c.sql", "CREATE TABLE a (id INTEGER PRIMARY KEY, b TEXT);"),
        ("wrong.sql", "CREATE TABLE a (id INTEGER PRIMARY KEY"),
    ]);
    for (arguments, expected) in [
        (&["a.sql", "b.sql", "--exit-code"][..], Some(0)),
        (&["a.sql", "c.sql"], Some(0)),
        (&["a.sql", "c.sql", "--exit-code"], Some(1)),
    ] {
        let (code, out, err) = diff(&folder, arguments);
        assert_eq!((code, err.as_str()), (expected, ""), "{arguments:?}");
        assert_eq!(
            out.is_empty(),
            arguments[1] == "b.sql",
            "{arguments:?}: {out}"
        );
    }
    let (code, out, err) = diff(&folder, &["a.sql", "wrong.sql"]);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(err.starts_with("wrong.sql:1:"), "{err}");
    let (code, _, err) = diff(&folder, &["a.sql", "sqlite:///nowhere.db"]);
    assert_eq!(code, Some(1));
    assert!(err.contains("nowhere.db"), "{err}");
}
