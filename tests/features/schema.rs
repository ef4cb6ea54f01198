//! m: tables, columns and types.

mod alter;
mod checks;
mod concluded;
mod dates;
mod declared;
mod elsewhere;
mod held;
mod keys;
mod of_mysql;
mod of_postgres;
mod own_types;
mod types;
mod views;

use aludel::{Connection, Engine, Result, model::Model, prelude::Expression, text};
use aludel_testing::{each_database, models};
use aludel_tour::{Hobby, Person, User, catalog};

use super::tour;
use crate::backend::{self, Backend, current};

#[test]
fn m01_a_table_is_a_struct_a_row_an_instance_a_column_a_field() {
    let conn = tour();
    let hobby: Hobby = conn.insert(Hobby::insert().caption("chess")).unwrap();
    let caption: &String = &hobby.caption;
    assert_eq!((hobby.id, caption.as_str()), (1, "chess"));
    let same = Hobby {
        id: 1,
        caption: "chess".to_owned(),
    };
    assert_eq!(conn.query::<Hobby>().all().unwrap(), [same]);
}

#[test]
fn m03_the_catalog_knows_what_the_schema_says_of_each_column() {
    let tables = catalog().tables().unwrap();
    let users = tables
        .iter()
        .find(|table| table.name.name == "users")
        .unwrap();
    let facts = users.columns.iter().map(|column| {
        let unique = users.is_unique(std::slice::from_ref(&column.name));
        format!(
            "{} {} nullable={} default={:?} unique={unique}",
            column.name, column.ty.sql, column.nullable, column.default,
        )
    });
    insta::assert_snapshot!(facts.collect::<Vec<_>>().join("\n"), @r#"
    id INTEGER nullable=false default=None unique=true
    name VARCHAR(32) nullable=false default=None unique=false
    email VARCHAR(64) nullable=true default=None unique=true
    age INTEGER nullable=false default=Some(Number("18")) unique=false
    first_name VARCHAR(32) nullable=false default=Some(Text("")) unique=false
    last_name VARCHAR(32) nullable=false default=Some(Text("")) unique=false
    full_name TEXT nullable=true default=None unique=false
    created_at TIMESTAMP nullable=false default=Some(Now("CURRENT_TIMESTAMP")) unique=false
    "#);
    assert_eq!(users.key_columns(), ["id"]);
}

#[test]
fn m03_a_default_of_the_schema_is_what_the_database_fills_in() {
    let conn = tour();
    let hobby = conn.insert(Hobby::insert()).unwrap();
    assert_eq!(hobby.caption, "篮球");
    let ed = conn.insert(User::insert().name("ed")).unwrap();
    assert_eq!((ed.age, ed.first_name.as_str(), ed.email), (18, "", None));
}

#[test]
fn m04_keys_and_indexes_over_several_columns_keep_their_names() {
    let tables = catalog().tables().unwrap();
    let table = |name: &str| tables.iter().find(|table| table.name.name == name).unwrap();
    let unique = &table("users").uniques;
    let named = unique
        .iter()
        .find(|unique| unique.columns.len() == 2)
        .unwrap();
    assert_eq!(named.name.as_deref(), Some("users_name_age"));
    assert_eq!(named.columns, ["name", "age"]);
    for (of, name, columns, unique) in [
        (
            "users",
            "users_last_first",
            vec!["last_name", "first_name"],
            false,
        ),
        ("boy2girl", "boy2girl_pair", vec!["boy_id", "girl_id"], true),
        ("person", "person_name", vec!["name"], false),
    ] {
        let [index] = table(of).indexes.as_slice() else {
            panic!("`{of}` has one index");
        };
        assert_eq!(index.name.as_deref(), Some(name));
        assert_eq!(index.full_columns(), Some(columns));
        assert_eq!(index.unique, unique);
    }
}

#[test]
fn m04_the_database_holds_a_key_over_several_columns() {
    let conn = tour();
    let user = |name, age| conn.insert(User::insert().name(name).age(age));
    user("ed", 1).unwrap();
    user("ed", 2).unwrap();
    user("wendy", 1).unwrap();
    let error = user("ed", 2).unwrap_err();
    assert!(error.is_unique_violation(), "{error:?}");
    assert_eq!(error.columns(), ["name", "age"]);
}

#[each_database]
fn m09_tables_are_created_and_dropped_as_often_as_one_likes() {
    let engine = Engine::new(backend::url().as_str()).unwrap();
    // The others do not take all of the defaults that are tried on SQLite.
    let others = (current() == Backend::Sqlite).then(models::catalog);
    for schema in others.into_iter().chain([catalog()]) {
        for _ in 0..2 {
            schema.create_all(&engine).unwrap();
            schema.create_all(&engine).unwrap();
            schema.drop_all(&engine).unwrap();
            schema.drop_all(&engine).unwrap();
        }
    }
    let conn = engine.connect().unwrap();
    assert!(conn.query::<User>().count().unwrap_err().is_programming());
}

#[each_database]
fn m09_what_exists_keeps_its_rows() {
    let engine = Engine::new(backend::url().as_str()).unwrap();
    catalog().create(&engine, &["hobby"]).unwrap();
    let conn = engine.connect().unwrap();
    conn.insert(Hobby::insert()).unwrap();
    conn.commit().unwrap();
    drop(conn);
    catalog().create_all(&engine).unwrap();
    let conn = engine.connect().unwrap();
    assert_eq!(conn.query::<Hobby>().count().unwrap(), 1);
    assert_eq!(conn.query::<Person>().count().unwrap(), 0);
}

#[each_database]
fn m09_a_choice_of_tables_is_created_and_dropped() {
    let engine = Engine::new(backend::url().as_str()).unwrap();
    catalog().create(&engine, &["person", "hobby"]).unwrap();
    let exists = |engine: &Engine| {
        let count =
            |count: fn(&Connection) -> Result<u64>| count(&engine.connect().unwrap()).is_ok();
        (
            count(|conn| conn.query::<Hobby>().count()),
            count(|conn| conn.query::<Person>().count()),
            count(|conn| conn.query::<User>().count()),
        )
    };
    assert_eq!(exists(&engine), (true, true, false));
    catalog().drop(&engine, &["person"]).unwrap();
    assert_eq!(exists(&engine), (true, false, false));
    let error = catalog().create(&engine, &["persons"]).unwrap_err();
    assert!(error.is_invalid_request(), "{error:?}");
    assert!(error.message().contains("persons"), "{error}");
}

#[each_database]
fn m09_foreign_keys_indexes_and_checks_are_there() {
    let conn = tour();
    let error = conn
        .insert(Person::insert().name("ed").hobby_id(9))
        .unwrap_err();
    assert!(error.is_foreign_key_violation(), "{error:?}");
    conn.rollback().unwrap();
    let error = conn.insert(User::insert().name("ed").age(-1)).unwrap_err();
    assert!(error.is_check_violation(), "{error:?}");
    assert_eq!(error.constraint(), Some("users_age"));
    conn.rollback().unwrap();

    let chess = conn.insert(Hobby::insert().caption("chess")).unwrap();
    let ed = conn
        .insert(Person::insert().name("ed").hobby_id(chess.id))
        .unwrap();
    let deleted = conn.delete::<Hobby>().filter(Hobby::id.eq(chess.id));
    assert_eq!(deleted.execute().unwrap(), 1);
    assert_eq!(conn.get::<Person>(ed.nid).unwrap().unwrap().hobby_id, None);
}

#[test]
fn m10_the_metadata_of_a_table_can_be_looked_at_and_printed() {
    let table = User::table();
    assert_eq!((table.schema, table.name), (None, "users"));
    assert_eq!(table.primary_key, [0]);
    let columns = table.columns.iter();
    let columns = columns.map(|column| (column.name, column.nullable));
    assert_eq!(
        columns.collect::<Vec<_>>(),
        [
            ("id", false),
            ("name", false),
            ("email", true),
            ("age", false),
            ("first_name", false),
            ("last_name", false),
            ("full_name", true),
            ("created_at", false),
        ]
    );
    assert!(format!("{table:?}").contains("\"users\""));
    let names = catalog().tables().unwrap().iter();
    let names: Vec<String> = names.map(|table| table.name.to_string()).collect();
    assert_eq!(
        names,
        ["boy", "girl", "boy2girl", "job", "hobby", "person", "users"]
    );
}

#[each_database]
fn m10_the_metadata_is_what_the_database_has() {
    let conn = tour();
    let columns = User::table().columns.iter().map(|column| column.name);
    let columns: Vec<&str> = columns.collect();
    let result = conn.execute(text("SELECT * FROM users")).unwrap();
    assert_eq!(result.columns(), columns);
}

#[test]
fn m11_an_instance_is_printed_with_its_fields() {
    let hobby = Hobby {
        id: 1,
        caption: "篮球".to_owned(),
    };
    assert_eq!(format!("{hobby:?}"), r#"Hobby { id: 1, caption: "篮球" }"#);
}

#[test]
fn m12_a_generated_column_is_read_and_filtered_by() {
    let conn = tour();
    let user = User::insert()
        .name("ed")
        .first_name("Ed")
        .last_name("Jones");
    let ed = conn.insert(user).unwrap();
    assert_eq!(ed.full_name.as_deref(), Some("Ed Jones"));
    let found = conn
        .query::<User>()
        .filter(User::full_name.eq("Ed Jones"))
        .one();
    assert_eq!(found.unwrap(), ed);
}
