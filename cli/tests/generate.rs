//! `aludel generate` and `aludel check`.

use std::fs;

use super::{Ended, aludel_in};

/// A folder with a schema, in which the command runs.
fn folder(schema: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("schema.sql"), schema).unwrap();
    folder
}

const SCHEMA: &str =
    "CREATE TABLE hobby (id INTEGER PRIMARY KEY);\nCREATE TABLE pet (id INTEGER PRIMARY KEY);\n";

fn success(out: &str) -> Ended {
    (Some(0), out.to_owned(), String::new())
}

#[test]
fn models_are_written_once_and_then_fresh() {
    let folder = folder(SCHEMA);
    let run = |command: &str| {
        aludel_in(
            folder.path(),
            &[command, "--output", "models", "schema.sql"],
        )
    };
    let (code, out, err) = run("check");
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(err.contains("is stale: models/hobby.rs"), "{err}");
    assert!(!folder.path().join("models").exists());

    let (code, out, _) = run("generate");
    assert_eq!(code, Some(0));
    for file in ["catalog.json", "hobby.rs", "lib.rs", "pet.rs"] {
        assert!(out.contains(&format!("wrote: models/{file}\n")), "{out}");
    }
    assert_eq!(run("check"), success("the models are fresh\n"));
    assert_eq!(run("generate"), success("nothing has changed\n"));

    fs::write(
        folder.path().join("schema.sql"),
        "CREATE TABLE pet (id INTEGER PRIMARY KEY);\n",
    )
    .unwrap();
    let (code, _, err) = run("check");
    assert_eq!(code, Some(1));
    assert!(err.contains("is left over: models/hobby.rs"), "{err}");
    assert!(folder.path().join("models/hobby.rs").exists());
    let (_, out, _) = run("generate");
    assert!(out.contains("removed: models/hobby.rs"), "{out}");
    assert!(!folder.path().join("models/hobby.rs").exists());
}

#[test]
fn a_broken_schema_writes_nothing() {
    let folder = folder("CREATE TABLE hobby (id INTEGER REFERENCES pets);\n");
    for command in ["generate", "check"] {
        let (code, out, err) = aludel_in(
            folder.path(),
            &[command, "--output", "models", "schema.sql"],
        );
        assert_eq!((code, out.as_str()), (Some(1), ""));
        assert!(err.starts_with("schema.sql:1:43: error:"), "{err}");
    }
    assert!(!folder.path().join("models").exists());
}

#[test]
fn a_module_has_another_root_and_tables_can_be_chosen() {
    let folder = folder(SCHEMA);
    let arguments = [
        "generate",
        "--module",
        "--include",
        "h*",
        "--output",
        "models",
        "schema.sql",
    ];
    let (code, _, _) = aludel_in(folder.path(), &arguments);
    assert_eq!(code, Some(0));
    let has = |file: &str| folder.path().join("models").join(file).exists();
    assert!(has("mod.rs") && has("hobby.rs") && !has("lib.rs") && !has("pet.rs"));
}

#[test]
fn the_library_of_dates_can_be_chosen() {
    let folder = folder("CREATE TABLE visit (id INTEGER PRIMARY KEY, day DATE NOT NULL);");
    for (dates, ty) in [
        ("chrono", "aludel::types::Date"),
        ("jiff", "aludel::types::jiff::Date"),
        ("time", "aludel::types::time::Date"),
    ] {
        let arguments = ["--dates", dates, "--output", "models", "schema.sql"];
        let run = |command| aludel_in(folder.path(), &[&[command], arguments.as_slice()].concat());
        assert_eq!(run("generate").0, Some(0));
        assert_eq!(run("check").0, Some(0));
        let visit = std::fs::read_to_string(folder.path().join("models/visit.rs")).unwrap();
        assert!(visit.contains(&format!("pub day: {ty},")), "{visit}");
    }
}
