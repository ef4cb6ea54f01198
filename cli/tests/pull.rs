//! `aludel pull`: what it writes, what it leaves alone, and what it says.

use std::{fs, path::Path, process::Command};

use aludel::{Engine, text_unchecked};
use tempfile::TempDir;

use crate::{Ended, aludel_in};

const TABLES: &str = "CREATE TABLE hobby (id INTEGER PRIMARY KEY, caption TEXT NOT NULL);
    CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT, hobby_id INTEGER REFERENCES hobby (id));
    CREATE INDEX by_name ON person (name);
    CREATE VIEW named AS SELECT id, name FROM person WHERE name IS NOT NULL";

/// A folder with a database in it, which these statements made.
fn folder(statements: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    change(folder.path(), statements);
    folder
}

fn change(folder: &Path, statements: &str) {
    let url = format!("sqlite:///{}", folder.join("app.db").display());
    let conn = Engine::new(url.as_str()).unwrap().connect().unwrap();
    for statement in statements.split(';') {
        conn.execute(text_unchecked(statement)).unwrap();
    }
    conn.commit().unwrap();
}

fn pull(folder: &TempDir, options: &[&str]) -> Ended {
    let arguments = [&["pull", "sqlite:///app.db"], options].concat();
    aludel_in(folder.path(), &arguments)
}

fn text(folder: &TempDir, file: &str) -> String {
    fs::read_to_string(folder.path().join(file)).unwrap()
}

/// The names of the files in a folder, and nothing where there is none.
fn names(folder: &TempDir, within: &str) -> Vec<String> {
    let entries = fs::read_dir(folder.path().join(within))
        .into_iter()
        .flatten();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

#[test]
fn m14_each_table_gets_a_file_of_which_models_are_made() {
    let folder = folder(TABLES);
    let (code, out, err) = pull(&folder, &[]);
    assert_eq!((code, err.as_str()), (Some(0), ""), "{out}");
    assert_eq!(
        out,
        "wrote: schema/hobby.sql\nwrote: schema/person.sql\nwrote: schema/views.sql\n"
    );
    assert_eq!(
        text(&folder, "schema/person.sql"),
        "-- Written by `aludel pull` from a SQLite database: what is changed here is lost when it is pulled again.\n\n\
         CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT, hobby_id INTEGER REFERENCES hobby (id));\n\n\
         CREATE INDEX by_name ON person (name);\n"
    );
    let arguments = ["generate", "--output", "models", "schema"];
    let (code, _, err) = aludel_in(folder.path(), &arguments);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(text(&folder, "models/person.rs").contains("pub hobby_id: Option<i64>"));
    assert!(text(&folder, "models/named.rs").contains("pub id: i64"));
}

#[test]
fn m14_files_follow_the_database_and_check_tells_whether_they_do() {
    let folder = folder(TABLES);
    let fresh = (
        Some(0),
        "the schema files are fresh\n".to_owned(),
        String::new(),
    );
    let (code, out, err) = pull(&folder, &["--check"]);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(err.contains("is stale: schema/hobby.sql\n"), "{err}");
    assert_eq!(names(&folder, "schema"), [""; 0]);
    assert_eq!(pull(&folder, &[]).0, Some(0));
    assert_eq!(pull(&folder, &["--check"]), fresh);
    let nothing = (Some(0), "nothing has changed\n".to_owned(), String::new());
    assert_eq!(pull(&folder, &[]), nothing);

    change(
        folder.path(),
        "DROP VIEW named; ALTER TABLE person DROP COLUMN hobby_id; DROP TABLE hobby",
    );
    fs::write(folder.path().join("schema/own.sql"), "-- mine\n").unwrap();
    let changes = "person.sql\nis left over: schema/hobby.sql\nis left over: schema/views.sql\n";
    let (code, out, err) = pull(&folder, &["--check"]);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert_eq!(err, format!("is stale: schema/{changes}"));
    let (code, out, _) = pull(&folder, &[]);
    assert_eq!(code, Some(0));
    assert_eq!(
        out,
        format!("wrote: schema/{changes}").replace("is left over", "removed")
    );
    assert_eq!(names(&folder, "schema"), ["own.sql", "person.sql"]);
    assert_eq!(pull(&folder, &["--check"]), fresh);
}

#[test]
fn m14_a_path_that_ends_in_sql_gets_all_in_one_file() {
    let folder = folder(TABLES);
    assert_eq!(pull(&folder, &[]).0, Some(0));
    let (code, out, _) = pull(&folder, &["--output", "schema/all.sql"]);
    assert_eq!((code, out.as_str()), (Some(0), "wrote: schema/all.sql\n"));
    let all = text(&folder, "schema/all.sql");
    let starts = ["CREATE TABLE hobby", "CREATE TABLE person", "CREATE VIEW"];
    let places = starts.map(|start| all.find(start).unwrap());
    assert!(places.is_sorted(), "{all}");
    // What was written otherwise stays.
    assert_eq!(names(&folder, "schema").len(), 4);
    let (code, out, _) = pull(&folder, &["--output", "schema.sql"]);
    assert_eq!((code, out.as_str()), (Some(0), "wrote: schema.sql\n"));
}

#[test]
fn m14_a_file_of_somebody_else_stops_everything() {
    let folder = folder(TABLES);
    fs::create_dir(folder.path().join("schema")).unwrap();
    fs::write(folder.path().join("schema/person.sql"), "-- mine\n").unwrap();
    for options in [&[][..], &["--check"], &["--output", "schema/person.sql"]] {
        let (code, out, err) = pull(&folder, options);
        assert_eq!((code, out.as_str()), (Some(1), ""));
        assert!(
            err.contains("`schema/person.sql` was not generated") && err.contains("move it away"),
            "{err}"
        );
        assert_eq!(names(&folder, "schema"), ["person.sql"]);
        assert_eq!(text(&folder, "schema/person.sql"), "-- mine\n");
    }
    fs::remove_file(folder.path().join("schema/person.sql")).unwrap();
    fs::create_dir(folder.path().join("schema/person.sql")).unwrap();
    let (code, _, err) = pull(&folder, &[]);
    assert_eq!(code, Some(1));
    assert!(err.contains("cannot write `schema/person.sql`"), "{err}");
    assert_eq!(names(&folder, "schema"), ["person.sql"]);
}

#[test]
fn m14_tables_and_views_can_be_chosen() {
    let folder = folder(TABLES);
    assert_eq!(pull(&folder, &["--include", "hob*"]).0, Some(0));
    assert_eq!(names(&folder, "schema"), ["hobby.sql"]);
    assert_eq!(pull(&folder, &["--exclude", "named"]).0, Some(0));
    assert_eq!(names(&folder, "schema"), ["hobby.sql", "person.sql"]);

    let (code, out, err) = pull(&folder, &["--exclude", "hobby"]);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(
        err.contains("schema/person.sql:3:") && err.contains("unknown table `hobby`"),
        "{err}"
    );
    assert!(err.contains("nothing is written"), "{err}");
    assert_eq!(names(&folder, "schema"), ["hobby.sql", "person.sql"]);
}

#[test]
fn m14_what_becomes_no_model_is_told() {
    let folder = folder("CREATE TABLE odd (id INTEGER PRIMARY KEY, place FROBNICATE)");
    let (code, out, err) = pull(&folder, &[]);
    assert_eq!((code, out.as_str()), (Some(0), "wrote: schema/odd.sql\n"));
    assert!(
        err.starts_with("schema/odd.sql:3:") && err.contains("FROBNICATE"),
        "{err}"
    );
}

#[test]
fn m14_any_name_of_a_table_makes_the_name_of_a_file() {
    let folder = folder(
        "CREATE TABLE \"a/b\" (id INTEGER PRIMARY KEY); CREATE TABLE \"..\" (id INTEGER PRIMARY KEY);
         CREATE TABLE a_b (id INTEGER PRIMARY KEY); CREATE TABLE types (id INTEGER PRIMARY KEY);
         CREATE TABLE \"größe\" (id INTEGER PRIMARY KEY)",
    );
    assert_eq!(pull(&folder, &[]).0, Some(0));
    assert_eq!(
        names(&folder, "schema"),
        ["__.sql", "a_b.sql", "a_b_2.sql", "größe.sql", "types_2.sql"]
    );
}

#[test]
fn m14_what_cannot_be_pulled_is_told_and_nothing_is_written() {
    let folder = folder("CREATE TABLE gone (id INTEGER); DROP TABLE gone");
    for (url, reasons) in [
        ("sqlite:///app.db", ["nothing to pull", "no tables"]),
        ("sqlite:///typo.db", ["unable to open", "typo.db"]),
        ("sqlite://", ["nothing to pull", "its URL names none"]),
        ("oracle://ed:secret@host/app", ["unknown", "oracle"]),
        (
            "postgres://ed:secret@127.0.0.1:1/app",
            ["127.0.0.1", "refused"],
        ),
        (
            "mysql://ed:secret@127.0.0.1:1/app",
            ["127.0.0.1", "refused"],
        ),
    ] {
        let (code, out, err) = aludel_in(folder.path(), &["pull", url]);
        assert_eq!((code, out.as_str()), (Some(1), ""), "{url}");
        for reason in reasons {
            assert!(err.contains(reason), "{url}: {err}");
        }
        assert!(!err.contains("secret"), "{err}");
        assert_eq!(names(&folder, ""), ["app.db"], "{url}");
    }
}

#[test]
fn m14_the_database_can_be_said_by_a_variable() {
    let folder = folder(TABLES);
    let run = |url: Option<&str>| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_aludel"));
        command.arg("pull").current_dir(folder.path());
        command.env_remove("DATABASE_URL");
        command.envs(url.map(|url| ("DATABASE_URL", url)));
        let output = command.output().unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        (output.status.success(), err)
    };
    let (done, err) = run(None);
    assert!(!done && err.contains("set DATABASE_URL"), "{err}");
    assert_eq!(run(Some("sqlite:///app.db")), (true, String::new()));
    assert_eq!(names(&folder, "schema").len(), 3);
}
