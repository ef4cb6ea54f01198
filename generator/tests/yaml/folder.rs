//! YAML files in a folder of schema files.

use std::fs;

use aludel_build::inspect;
use aludel_catalog::Dialect;

#[test]
fn yaml_files_of_a_folder_are_read_with_the_others() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let files = [
        ("1.sql", "CREATE TABLE a (id INTEGER PRIMARY KEY);"),
        (
            "2.yaml",
            "tables: { b: { columns: { a_id: { references: a.id } } } }",
        ),
        ("3.YML", "tables: { c: { columns: { id: integer pk } } }"),
        ("4.json", "{ this is not read }"),
    ];
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("a file can be written");
    }
    let inspected = inspect(&[folder.path().to_owned()], Dialect::Sqlite).expect("no errors");
    let files: Vec<_> = inspected
        .catalog
        .tables
        .iter()
        .map(|table| {
            (
                table.name.to_string(),
                table.file.clone().unwrap_or_default(),
            )
        })
        .collect();
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["a", "b", "c"]);
    for ((_, file), expected) in files.iter().zip(["/1.sql", "/2.yaml", "/3.YML"]) {
        assert!(file.ends_with(expected), "{file}");
    }
}

#[test]
fn a_folder_of_yaml_alone_says_its_dialect_itself() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let text = "dialect: mysql\ntables: { t: { columns: { id: int unsigned pk } } }";
    fs::write(folder.path().join("schema.yaml"), text).expect("a file can be written");
    let inspected = inspect(&[folder.path().to_owned()], Dialect::Sqlite).expect("no errors");
    assert_eq!(inspected.catalog.dialect, Dialect::Mysql);
}
