//! `aludel migrate`: files that are written, and what becomes of a database.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use aludel::{Engine, text_unchecked};
use tempfile::TempDir;

use crate::{Ended, aludel_in};

const URL: &str = "sqlite:///app.db";

const FIRST: &str = "CREATE TABLE hobby (id INTEGER PRIMARY KEY, caption TEXT);
CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    hobby_id INTEGER REFERENCES hobby (id) ON DELETE CASCADE
);
";

/// A column more, one that cannot be NULL any more, an index and a table.
const SECOND: &str =
    "CREATE TABLE hobby (id INTEGER PRIMARY KEY, caption TEXT NOT NULL, rating INTEGER);
CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    hobby_id INTEGER REFERENCES hobby (id) ON DELETE CASCADE
);
CREATE INDEX by_name ON person (name);
CREATE TABLE club (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
";

/// A folder with a schema.
fn folder(schema: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("schema")).unwrap();
    declare(&folder, schema);
    folder
}

fn declare(folder: &TempDir, schema: &str) {
    fs::write(folder.path().join("schema/app.sql"), schema).unwrap();
}

fn migrate(folder: &TempDir, arguments: &[&str]) -> Ended {
    aludel_in(folder.path(), &[&["migrate"], arguments].concat())
}

/// Runs it, and it succeeds.
fn done(folder: &TempDir, arguments: &[&str]) -> String {
    let (code, out, err) = aludel_in(folder.path(), arguments);
    assert_eq!((code, err.as_str()), (Some(0), ""), "{arguments:?}: {out}");
    out
}

/// The files of the migrations, in order.
fn files(folder: &TempDir) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder.path().join("migrations"));
    let entries = entries.into_iter().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

/// The version that the file of a migration has in its name.
fn version(path: &Path) -> String {
    let name = path.file_name().unwrap().to_str().unwrap();
    name.split('_').next().unwrap().to_owned()
}

fn connection(folder: &TempDir) -> aludel::Connection {
    let url = format!("sqlite:///{}", folder.path().join("app.db").display());
    Engine::new(url.as_str()).unwrap().connect().unwrap()
}

fn run(folder: &TempDir, statements: &str) {
    let conn = connection(folder);
    conn.script(text_unchecked(statements)).unwrap();
    conn.commit().unwrap();
}

fn number(folder: &TempDir, query: &str) -> i64 {
    let rows = connection(folder).execute(text_unchecked(query)).unwrap();
    rows.scalar().unwrap().unwrap()
}

#[test]
fn m15_a_schema_that_is_edited_is_migrated_there_and_back_with_its_rows() {
    let folder = folder(FIRST);
    let out = done(&folder, &["migrate", "new", "first"]);
    let [down, up] = &files(&folder)[..] else {
        panic!("{out}");
    };
    assert_eq!(version(up).len(), 14, "{out}");
    assert!(
        up.ends_with(format!("{}_first.up.sql", version(up))),
        "{out}"
    );
    assert!(
        down.ends_with(format!("{}_first.down.sql", version(up))),
        "{out}"
    );
    assert!(
        out.contains("wrote: migrations/") && out.contains("_first.up.sql\n"),
        "{out}"
    );
    let applied = done(&folder, &["migrate", "apply", URL]);
    assert!(
        applied.starts_with("applied ") && applied.contains("_first ("),
        "{applied}"
    );
    assert_eq!(
        done(&folder, &["migrate", "apply", URL]),
        "nothing to apply\n"
    );
    assert_eq!(done(&folder, &["diff", "schema", URL, "--exit-code"]), "");
    run(
        &folder,
        "INSERT INTO hobby VALUES (1, 'chess'), (2, 'go'); INSERT INTO person VALUES (1, 'ed', 1), (2, 'mary', 2)",
    );

    declare(&folder, SECOND);
    let (code, out, _) = aludel_in(folder.path(), &["diff", URL, "schema", "--exit-code"]);
    assert_eq!(code, Some(1));
    assert!(out.contains("-- create table `club`"), "{out}");
    done(
        &folder,
        &["migrate", "new", "second", "--migrations", "migrations"],
    );
    let [.., down, up] = &files(&folder)[..] else {
        panic!();
    };
    assert!(
        text(up).starts_with("-- aludel: foreign-keys-off\n"),
        "{}",
        text(up)
    );
    assert!(text(up).contains("-- MAY FAIL: "), "{}", text(up));
    assert!(
        text(down).contains("-- LOSES DATA: all values of `rating` in `hobby`"),
        "{}",
        text(down)
    );
    assert!(
        text(down).contains("-- LOSES DATA: all rows of `club`\nDROP TABLE"),
        "{}",
        text(down)
    );
    let pending = done(&folder, &["migrate", "status", URL]);
    assert!(
        pending.contains("applied    ") && pending.contains("pending    "),
        "{pending}"
    );
    let (code, _, err) = migrate(&folder, &["status", URL, "--check"]);
    assert_eq!((code, err.as_str()), (Some(1), pending.as_str()));
    done(&folder, &["migrate", "apply", URL]);
    done(&folder, &["migrate", "status", URL, "--check"]);
    assert_eq!(done(&folder, &["diff", "schema", URL]), "");
    assert_eq!(done(&folder, &["diff", "migrations", "schema"]), "");
    assert_eq!(number(&folder, "SELECT count(*) FROM person"), 2);
    run(&folder, "INSERT INTO club VALUES (1, 'a')");
    // There is nothing more to write.
    let before = files(&folder);
    let (code, _, err) = migrate(&folder, &["new", "third"]);
    assert_eq!(code, Some(1));
    assert!(err.starts_with("nothing to do: "), "{err}");
    assert_eq!(files(&folder), before);

    let back = done(&folder, &["migrate", "back", URL]);
    assert!(back.starts_with("taken back "), "{back}");
    declare(&folder, FIRST);
    assert_eq!(done(&folder, &["diff", "schema", URL]), "");
    assert_eq!(number(&folder, "SELECT count(*) FROM person"), 2);
    assert_eq!(number(&folder, "SELECT count(*) FROM hobby"), 2);
    done(&folder, &["migrate", "back", URL, "--to", "0"]);
    assert_eq!(
        done(&folder, &["migrate", "back", URL]),
        "nothing to take back\n"
    );
    let tables = "SELECT count(*) FROM sqlite_schema WHERE name IN ('hobby', 'person')";
    assert_eq!(number(&folder, tables), 0);
}

#[test]
fn m15_what_was_renamed_is_said_and_keeps_its_rows() {
    let folder = folder(FIRST);
    done(&folder, &["migrate", "new", "first"]);
    done(&folder, &["migrate", "apply", URL]);
    run(&folder, "INSERT INTO hobby VALUES (1, 'chess')");
    let renamed = FIRST
        .replace(
            "hobby (id INTEGER PRIMARY KEY, caption",
            "pastime (id INTEGER PRIMARY KEY, title",
        )
        .replace("REFERENCES hobby", "REFERENCES pastime");
    declare(&folder, &renamed);
    let renames = [
        "--rename",
        "hobby:pastime",
        "--rename",
        "pastime.caption:title",
    ];
    done(
        &folder,
        &[&["migrate", "new", "rename things"], &renames[..]].concat(),
    );
    let [.., down, up] = &files(&folder)[..] else {
        panic!();
    };
    assert!(up.to_str().unwrap().ends_with("_rename_things.up.sql"));
    assert!(!text(up).contains("LOSES DATA"), "{}", text(up));
    assert!(!text(down).contains("LOSES DATA"), "{}", text(down));
    done(&folder, &["migrate", "apply", URL]);
    assert_eq!(
        number(
            &folder,
            "SELECT count(*) FROM pastime WHERE title = 'chess'"
        ),
        1
    );
    assert_eq!(done(&folder, &["diff", "schema", URL]), "");
    done(&folder, &["migrate", "back", URL]);
    assert_eq!(
        number(
            &folder,
            "SELECT count(*) FROM hobby WHERE caption = 'chess'"
        ),
        1
    );
    let wrong = [
        &["diff", "schema", URL],
        &["--rename", "nothing:something"][..],
    ]
    .concat();
    let (code, _, err) = aludel_in(folder.path(), &wrong);
    assert_eq!(code, Some(1));
    assert!(err.contains("nothing"), "{err}");
}

#[test]
fn m15_migrations_that_no_comparison_finds_are_written_by_hand() {
    let folder = folder(FIRST);
    done(&folder, &["migrate", "new", "first"]);
    let out = done(&folder, &["migrate", "new", "rows", "--empty"]);
    let [first, _, down, up] = &files(&folder)[..] else {
        panic!("{out}");
    };
    // Also within one second, it is behind the one before.
    assert!(version(up) > version(first));
    assert_eq!((text(up), text(down)), (String::new(), String::new()));
    fs::write(
        up,
        "INSERT INTO hobby (caption) VALUES ('chess');\nINSERT INTO nowhere VALUES (1);",
    )
    .unwrap();
    let (code, out, err) = migrate(&folder, &["apply", URL]);
    assert_eq!(code, Some(1));
    assert!(out.starts_with("applied "), "what was done is told: {out}");
    let file = format!(
        "`migrations/{}`, line 2, column ",
        up.file_name().unwrap().to_str().unwrap()
    );
    assert!(err.starts_with(&file), "{err}");
    fs::write(up, "INSERT INTO hobby (caption) VALUES ('chess');").unwrap();
    done(&folder, &["migrate", "apply", URL]);
    fs::remove_file(down).unwrap();
    let (code, _, err) = migrate(&folder, &["back", URL, "--steps", "2"]);
    assert_eq!(code, Some(1));
    assert!(
        err.contains("_rows.down.sql` is missing, nothing was changed"),
        "{err}"
    );
    fs::write(up, "INSERT INTO hobby (caption) VALUES ('go');").unwrap();
    let (code, _, err) = migrate(&folder, &["apply", URL]);
    assert_eq!(code, Some(1));
    assert!(
        err.contains("has been changed since it was applied"),
        "{err}"
    );
    let version = version(up);
    let out = done(&folder, &["migrate", "resolve", &version, URL, "--applied"]);
    assert_eq!(out, format!("{version} counts as applied\n"));
    done(&folder, &["migrate", "status", URL, "--check"]);
    done(
        &folder,
        &["migrate", "resolve", &version, URL, "--reverted"],
    );
    let (code, _, _) = migrate(&folder, &["status", URL, "--check"]);
    assert_eq!(code, Some(1));
}

#[test]
fn m15_a_database_that_was_there_before_becomes_the_first_migration() {
    let folder = TempDir::new().unwrap();
    run(&folder, FIRST);
    done(&folder, &["pull", URL]);
    done(&folder, &["migrate", "new", "as it was"]);
    let version = version(&files(&folder)[0]);
    done(&folder, &["migrate", "resolve", &version, URL, "--applied"]);
    assert_eq!(
        done(&folder, &["migrate", "apply", URL]),
        "nothing to apply\n"
    );
    // What migrations keep of themselves is no part of the schema.
    done(&folder, &["pull", URL, "--check"]);
    assert_eq!(done(&folder, &["diff", "migrations", URL]), "");
}

#[test]
fn m15_wrong_requests_are_told_and_write_nothing() {
    let folder = folder(FIRST);
    let cases: [(&[&str], &str); 9] = [
        (
            &["new", "a/b"],
            "`a/b` cannot be part of the name of a file",
        ),
        (&["new", ""], "cannot be part"),
        (&["new", "a", "--schema", "nowhere"], "nowhere"),
        (
            &["new", "a", "--migrations", "schema"],
            "`schema/app.sql` is not named as a migration",
        ),
        (
            &["new", "a", "--migrations", "schema/app.sql"],
            "schema/app.sql",
        ),
        (
            &["apply", "--migrations", "nowhere", URL],
            "`nowhere` cannot be read",
        ),
        (&["apply", "--migrations", "empty"], "set DATABASE_URL"),
        (
            &["back", "--migrations", "empty", "sqlite:///nowhere.db"],
            "nowhere.db",
        ),
        (
            &["status", "--migrations", "empty", "sqlite:///nowhere.db"],
            "nowhere.db",
        ),
    ];
    fs::create_dir(folder.path().join("empty")).unwrap();
    for (arguments, expected) in cases {
        let (code, out, err) = migrate(&folder, arguments);
        assert_eq!((code, out.as_str()), (Some(1), ""), "{arguments:?}: {err}");
        assert!(err.contains(expected), "{arguments:?}: {err}");
    }
    assert!(files(&folder).is_empty());
    assert!(!folder.path().join("nowhere.db").exists());
    for arguments in [
        &["resolve", "1", URL][..],
        &["resolve", "1", URL, "--applied", "--reverted"],
        &["new", "a", "--rename", "b"],
    ] {
        assert_eq!(migrate(&folder, arguments).0, Some(2), "{arguments:?}");
    }
}

#[test]
fn m15_the_database_may_be_named_by_a_variable_and_passwords_are_not_told() {
    let folder = folder(FIRST);
    done(&folder, &["migrate", "new", "first"]);
    let with_variable = |url: &str, arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_aludel"))
            .args(arguments)
            .current_dir(folder.path())
            .env("DATABASE_URL", url)
            .output()
            .unwrap();
        let all = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8(all).unwrap())
    };
    assert!(with_variable(URL, &["migrate", "apply"]).0);
    assert!(with_variable(URL, &["migrate", "status", "--check"]).0);
    for url in [
        "postgres://ed:s3cret@127.0.0.1:1/db",
        "mysql://ed:s3cret@127.0.0.1:1/db",
        "oracle://ed:s3cret@127.0.0.1:1/db",
        "postgres://ed:s3cret@127.0.0.1:1/db?sslmode=what",
    ] {
        for command in [
            &["migrate", "apply"][..],
            &["migrate", "status"],
            &["migrate", "back"],
            &["diff", "schema", url],
        ] {
            let (succeeds, told) = with_variable(url, command);
            assert!(!succeeds && !told.is_empty(), "{command:?}");
            assert!(!told.contains("s3cret"), "{command:?}: {told}");
        }
    }
}
