//! The scripts run on a real SQLite.

use aludel_catalog::{Catalog, Dialect, IntegerSize, Name, Type, ddl};
use rusqlite::Connection;

use crate::identifiers::{HOSTILE, all_named};
use crate::samples::{catalog, column, foreign_key, key, numbered, strings, table, text};
use crate::schemas::{library, shop};

fn open() -> Connection {
    let connection = Connection::open_in_memory().unwrap();
    connection
        .pragma_update(None, "foreign_keys", true)
        .unwrap();
    connection
}

fn run(connection: &Connection, script: &ddl::Script) {
    for statement in &script.statements {
        if let Err(error) = connection.execute(&statement.sql, []) {
            panic!("{error}\n{}", statement.sql);
        }
    }
}

/// A database with everything in `catalog`.
pub(crate) fn created(catalog: &Catalog) -> Connection {
    let connection = open();
    run(
        &connection,
        &ddl::create_all(catalog, Dialect::Sqlite).unwrap(),
    );
    connection
}

/// The names of all objects but those that SQLite makes for itself.
fn objects(connection: &Connection) -> Vec<String> {
    let sql = "SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name";
    let mut statement = connection.prepare(sql).unwrap();
    let names = statement.query_map([], |row| row.get(0)).unwrap();
    names.collect::<Result<_, _>>().unwrap()
}

pub(crate) fn one(connection: &Connection, query: &str) -> String {
    connection.query_row(query, [], |row| row.get(0)).unwrap()
}

#[test]
fn a_created_schema_has_all_its_objects_and_dropping_leaves_none() {
    for (schema, expected) in [
        (
            library(),
            strings(&[
                "author",
                "book",
                "book_author_pages_idx",
                "by_title",
                "lent",
                "shelf",
            ]),
        ),
        (shop(), strings(&["item", "item_price_idx"])),
    ] {
        let connection = created(&schema);
        assert_eq!(objects(&connection), expected);
        run(
            &connection,
            &ddl::drop_all(&schema, Dialect::Sqlite).unwrap(),
        );
        assert_eq!(objects(&connection), Vec::<String>::new());
    }
}

#[test]
fn hostile_names_and_defaults_come_back_as_they_were() {
    for name in HOSTILE {
        let schema = all_named(name);
        let connection = created(&schema);
        let mut expected = vec![
            String::from(name),
            format!("{name} index"),
            format!("{name} view"),
            format!("{name}_{name}_idx"),
        ];
        expected.sort();
        assert_eq!(objects(&connection), expected);

        let mut insert = String::from("INSERT INTO ");
        Dialect::Sqlite.quoting().push(&mut insert, name);
        connection
            .execute(&format!("{insert} (mood) VALUES ('other')"), [])
            .unwrap();
        let select = insert.replacen("INSERT INTO", "SELECT * FROM", 1);
        let (column, default) = {
            let statement = connection.prepare(&select).unwrap();
            let column = String::from(statement.column_name(0).unwrap());
            (column, one(&connection, &select))
        };
        assert_eq!((column.as_str(), default.as_str()), (name, name));
        connection
            .execute(&format!("{insert} (mood, domain) VALUES (?, '')"), [name])
            .unwrap_err();

        run(
            &connection,
            &ddl::drop_all(&schema, Dialect::Sqlite).unwrap(),
        );
        assert_eq!(objects(&connection), Vec::<String>::new());
    }
}

#[test]
fn tables_in_a_circle_are_created_and_dropped_even_with_rows() {
    let circle = |name: &str, target: &str| {
        let mut table = table(name, [text("id"), text("other")]);
        table.primary_key = key(&["id"]);
        table.foreign_keys = vec![
            foreign_key("other", target, "id"),
            foreign_key("id", name, "id"),
        ];
        table
    };
    let schema = catalog(
        Dialect::Sqlite,
        [circle("hen", "egg"), circle("egg", "hen")],
    );
    let connection = created(&schema);
    let missing = "INSERT INTO hen VALUES ('1', 'missing')";
    connection.execute(missing, []).unwrap_err();
    let rows = "INSERT INTO hen VALUES ('h', NULL);
        INSERT INTO egg VALUES ('e', 'h');
        UPDATE hen SET other = 'e';
        BEGIN;
        PRAGMA defer_foreign_keys = ON";
    connection.execute_batch(rows).unwrap();
    run(
        &connection,
        &ddl::drop_all(&schema, Dialect::Sqlite).unwrap(),
    );
    connection.execute("COMMIT", []).unwrap();
    assert_eq!(objects(&connection), Vec::<String>::new());
}

#[test]
fn tables_with_rows_are_dropped_before_those_that_they_refer_to() {
    let mut person = table("person", [text("id")]);
    person.primary_key = key(&["id"]);
    let mut pet = table("pet", [text("owner")]);
    pet.foreign_keys = vec![foreign_key("owner", "person", "id")];
    let schema = catalog(Dialect::Sqlite, [pet, person]);
    let connection = created(&schema);
    connection
        .execute_batch("INSERT INTO person VALUES ('a'); INSERT INTO pet VALUES ('a')")
        .unwrap();
    run(
        &connection,
        &ddl::drop_all(&schema, Dialect::Sqlite).unwrap(),
    );
    assert_eq!(objects(&connection), Vec::<String>::new());
}

#[test]
fn tables_of_an_attached_database_are_created_there() {
    let mut person = numbered("INTEGER", false);
    person.name = Name::within("app", "person");
    person.indexes = vec![aludel_catalog::Index::on(None, ["name"])];
    let mut pet = table(
        "pet",
        [column("owner", Type::integer(IntegerSize::Big), "INTEGER")],
    );
    pet.name = Name::within("app", "pet");
    pet.foreign_keys = vec![foreign_key("owner", "person", "id")];
    pet.foreign_keys[0].table = person.name.clone();
    let schema = catalog(Dialect::Sqlite, [pet, person]);

    let connection = open();
    connection.execute("ATTACH ':memory:' AS app", []).unwrap();
    run(
        &connection,
        &ddl::create_all(&schema, Dialect::Sqlite).unwrap(),
    );
    let listed =
        "SELECT group_concat(name) FROM (SELECT name FROM app.sqlite_schema ORDER BY name)";
    assert_eq!(one(&connection, listed), "person,person_name_idx,pet");
    connection
        .execute("INSERT INTO app.pet VALUES (1)", [])
        .unwrap_err();
    run(
        &connection,
        &ddl::drop_all(&schema, Dialect::Sqlite).unwrap(),
    );
    assert_eq!(
        one(&connection, "SELECT count(*) || '' FROM app.sqlite_schema"),
        "0"
    );
}

#[test]
fn each_statement_belongs_to_the_object_that_it_creates() {
    let script = ddl::create_all(&library(), Dialect::Sqlite).unwrap();
    let of: Vec<ddl::Object> = script
        .statements
        .into_iter()
        .map(|statement| statement.of)
        .collect();
    let table = |name: &str| ddl::Object::Table(Name::new(name));
    assert_eq!(
        of,
        [
            table("author"),
            table("shelf"),
            table("book"),
            table("book"),
            table("book"),
            ddl::Object::View(Name::new("lent")),
        ]
    );
}
