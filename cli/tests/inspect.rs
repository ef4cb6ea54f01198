//! `aludel inspect`.

use serde_json::Value;

use super::aludel;

#[test]
fn a_schema_of_each_dialect_is_printed_as_json() {
    for dialect in ["sqlite", "postgres", "mysql"] {
        let file = format!("schemas/{dialect}.sql");
        let arguments = ["inspect", "--dialect", dialect, "--format", "json", &file];
        let (code, out, err) = aludel(&arguments);
        assert_eq!((code, err.as_str()), (Some(0), ""), "{dialect}");
        insta::assert_snapshot!(format!("json_of_{dialect}"), out);
    }
}

/// The keys of all objects in a list.
fn keys(list: &Value) -> Vec<Vec<&str>> {
    let objects = list.as_array().unwrap().iter();
    let keys = objects.map(|object| object.as_object().unwrap().keys().map(String::as_str));
    keys.map(Iterator::collect).collect()
}

#[test]
fn every_key_is_always_there() {
    for dialect in ["sqlite", "postgres", "mysql"] {
        let file = format!("schemas/{dialect}.sql");
        let arguments = ["inspect", "--dialect", dialect, "--format", "json", &file];
        let (_, out, _) = aludel(&arguments);
        let json: Value = serde_json::from_str(&out).unwrap();
        let all = |list: &Value, expected: &[&str]| {
            for mut keys in keys(list) {
                keys.sort_unstable();
                assert_eq!(keys, expected, "{dialect}");
            }
        };
        all(
            &Value::Array(vec![json.clone()]),
            &["enums", "tables", "views", "warnings"],
        );
        let table = [
            "columns",
            "comment",
            "foreign_keys",
            "indexes",
            "name",
            "primary_key",
            "schema",
            "unique",
        ];
        all(&json["tables"], &table);
        for table in json["tables"].as_array().unwrap() {
            let column = [
                "comment",
                "default",
                "generated",
                "name",
                "nullable",
                "type",
            ];
            all(&table["columns"], &column);
            let key = [
                "columns",
                "name",
                "on_delete",
                "on_update",
                "references",
                "schema",
                "table",
            ];
            all(&table["foreign_keys"], &key);
            all(&table["indexes"], &["columns", "name", "unique"]);
        }
        all(&json["views"], &["columns", "name", "schema"]);
        for view in json["views"].as_array().unwrap() {
            all(&view["columns"], &["name", "nullable", "type"]);
        }
        all(&json["enums"], &["name", "schema", "values"]);
        all(&json["warnings"], &["file", "line", "message"]);
    }
}

#[test]
fn an_expression_in_an_index_is_null() {
    let (_, out, _) = aludel(&["inspect", "--format", "json", "schemas/sqlite.sql"]);
    let json: Value = serde_json::from_str(&out).unwrap();
    let index = &json["tables"][1]["indexes"][0];
    assert_eq!(index["name"], "person_email");
    assert_eq!(index["columns"], serde_json::json!([null, "tenant"]));
}

#[test]
fn a_dialect_has_its_other_name_too() {
    for (one, other) in [("postgres", "postgresql"), ("mysql", "mariadb")] {
        let file = format!("schemas/{one}.sql");
        let of = |dialect| aludel(&["inspect", "--format", "json", "--dialect", dialect, &file]);
        assert_eq!(of(one), of(other));
    }
}

#[test]
fn an_empty_schema_is_printed_whole() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("empty.sql"), "-- nothing yet\n").unwrap();
    let (code, out, _) =
        super::aludel_in(folder.path(), &["inspect", "--format", "json", "empty.sql"]);
    assert_eq!(code, Some(0));
    let json: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        json,
        serde_json::json!({ "tables": [], "views": [], "enums": [], "warnings": [] })
    );
}

#[test]
fn several_files_and_folders_are_one_schema() {
    let folder = tempfile::tempdir().unwrap();
    let file = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    file(
        "child.sql",
        "CREATE TABLE child (id INTEGER PRIMARY KEY, of INTEGER REFERENCES parent);",
    );
    file(
        "more/parent.sql",
        "CREATE TABLE parent (id INTEGER PRIMARY KEY);",
    );
    file("more/notes.txt", "not SQL");
    let arguments = ["inspect", "--format", "json", "child.sql", "more"];
    let (code, out, err) = super::aludel_in(folder.path(), &arguments);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    let json: Value = serde_json::from_str(&out).unwrap();
    let key = &json["tables"][0]["foreign_keys"][0];
    assert_eq!(
        (&key["table"], &key["references"]),
        (&"parent".into(), &serde_json::json!(["id"]))
    );
    assert_eq!(json["tables"][1]["name"], "parent");
}

#[test]
fn the_text_for_people_shows_what_there_is() {
    let (code, out, err) = aludel(&["inspect", "schemas/sqlite.sql"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    insta::assert_snapshot!(out);
}

#[test]
fn what_cannot_be_read_is_told_on_standard_error() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("broken.sql"),
        "CREATE TABLE hobby (\n    id INTEGER PRIMARY KEY,\n    pet INTEGER REFERENCES pets\n);\nCREATE TABLE pet (id INTEGER,, name TEXT);\n",
    )
    .unwrap();
    for format in ["json", "text"] {
        for (file, reason) in [
            (
                "missing.sql",
                "cannot read `missing.sql`: it does not exist",
            ),
            ("broken.sql", "broken.sql:3:28: error:"),
            ("broken.sql", "broken.sql:5:30: error:"),
        ] {
            let arguments = ["inspect", "--format", format, file];
            let (code, out, err) = super::aludel_in(folder.path(), &arguments);
            assert_eq!((code, out.as_str()), (Some(1), ""), "{file}");
            assert!(err.contains(reason), "{err}");
        }
    }
}
