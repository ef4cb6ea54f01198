//! m: what is read from schema files, whatever the database that it ends in.

use std::{collections::BTreeMap, fs, path::Path};

use aludel_build::{Catalog, Dialect};

const SQL: &str = "
CREATE TABLE team (id integer PRIMARY KEY, name varchar(40) NOT NULL UNIQUE);
CREATE TABLE player (
    id integer PRIMARY KEY,
    name text NOT NULL DEFAULT 'nobody',
    born date,
    team_id integer NOT NULL REFERENCES team (id) ON DELETE CASCADE,
    CONSTRAINT player_name CHECK (name <> '')
);
CREATE INDEX player_born ON player (born DESC);
";

const YAML: &str = "
version: 1
dialect: sqlite
tables:
  team:
    columns:
      id: { type: integer, identity: by default, primary_key: true }
      name: varchar(40) unique
  player:
    columns:
      id: { type: integer, identity: by default, primary_key: true }
      name: { type: text, default: \"'nobody'\" }
      born: date null
      team_id: { references: team.id, on_delete: cascade }
    checks: { player_name: \"name <> ''\" }
    indexes:
      - { on: [born desc], name: player_born }
";

/// What is generated from one file, by name; the file's own name is left out.
fn generated(name: &str, text: &str) -> BTreeMap<String, String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    fs::write(&file, text).unwrap();
    let out = folder.path().join("out");
    aludel_build::schema(&file)
        .output_module(&out)
        .run()
        .unwrap();
    let path = file.to_str().unwrap();
    let files = fs::read_dir(&out)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    files
        .map(|file| {
            (
                name_of(&file),
                fs::read_to_string(&file).unwrap().replace(path, "schema"),
            )
        })
        .collect()
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap().to_str().unwrap().to_owned()
}

fn inspected(text: &str, dialect: Dialect) -> Catalog {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("schema.sql");
    fs::write(&file, text).unwrap();
    aludel_build::inspect(&[file], dialect).unwrap().catalog
}

#[test]
fn m02_the_same_schema_in_sql_and_in_yaml_gives_the_same_files() {
    assert_eq!(generated("schema.sql", SQL), generated("schema.yaml", YAML));
}

#[test]
fn m07_a_sequence_is_kept_with_what_is_said_of_it() {
    let sql = "CREATE SEQUENCE tickets START WITH 100 INCREMENT BY 5 MAXVALUE 900 CYCLE;";
    let catalog = inspected(sql, Dialect::Postgres);
    let sequence = &catalog.sequences[0];
    assert_eq!(sequence.name.as_ref().unwrap().name, "tickets");
    assert_eq!(
        (
            sequence.start,
            sequence.increment,
            sequence.max,
            sequence.cycle
        ),
        (Some(100), Some(5), Some(900), true)
    );
}

#[test]
fn m08_options_of_tables_are_kept_for_the_database_that_has_them() {
    let sql = "CREATE TABLE a (id INT PRIMARY KEY) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;";
    let catalog = inspected(sql, Dialect::Mysql);
    let options: Vec<(&str, Option<&str>)> = catalog.tables[0]
        .options
        .iter()
        .map(|option| (option.name.as_str(), option.value.as_deref()))
        .collect();
    assert_eq!(
        options,
        [("ENGINE", Some("InnoDB")), ("CHARSET", Some("utf8mb4"))]
    );
    let script = aludel_catalog::ddl::create_all(&catalog, Dialect::Sqlite).unwrap();
    assert!(
        !script.statements[0].sql.contains("InnoDB"),
        "SQLite has no engines to choose"
    );
    let strict = inspected(
        "CREATE TABLE a (id INTEGER PRIMARY KEY) STRICT;",
        Dialect::Sqlite,
    );
    let script = aludel_catalog::ddl::create_all(&strict, Dialect::Sqlite).unwrap();
    assert!(
        script.statements[0].sql.ends_with("STRICT"),
        "{}",
        script.statements[0].sql
    );
}
