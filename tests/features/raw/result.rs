//! Results and rows of SQL by hand, as what they can be read.

use std::collections::BTreeMap;

use aludel::{Error, ErrorKind, FromRow, RawRow, Result, text, value::Value};
use aludel_testing::each_database;

use super::persons;

aludel::row! {
    /// How many persons are of an age.
    struct Ages { age: Option<i64>, n: i64 }
}

aludel::row! { struct Typed { r#type: String } }

#[each_database]
fn c03_a_result_gives_all_first_one_and_the_next_rows() {
    let conn = persons();
    let rows = || {
        conn.execute(text("select id, name from person order by id"))
            .unwrap()
    };
    assert_eq!(rows().all().len(), 4);
    assert_eq!(rows().len(), 4);
    assert_eq!(rows().first().unwrap().get::<i64>(0).unwrap(), 1);
    let mut result = rows();
    let ids =
        |rows: Vec<RawRow>| -> Vec<i64> { rows.iter().map(|row| row.get(0).unwrap()).collect() };
    assert_eq!(ids(result.many(3)), [1, 2, 3]);
    assert_eq!(ids(result.many(3)), [4]);
    assert!(result.many(3).is_empty());
    let mut names = Vec::new();
    for row in rows() {
        names.push(row.get::<String>("name").unwrap());
    }
    assert_eq!(names, ["ed", "wendy", "mary", "fred"]);
    assert_eq!(rows().one().unwrap_err().kind(), ErrorKind::MultipleResults);
    assert_eq!(
        rows().one_or_none().unwrap_err().kind(),
        ErrorKind::MultipleResults
    );
    let one = |id: i64| {
        conn.execute(text("select name from person where id = :id").bind("id", id))
            .unwrap()
    };
    assert_eq!(one(2).one().unwrap().get::<String>(0).unwrap(), "wendy");
    assert!(one(2).one_or_none().unwrap().is_some());
    assert!(one(9).one_or_none().unwrap().is_none());
    assert!(one(9).first().is_none());
    assert_eq!(one(9).one().unwrap_err().kind(), ErrorKind::NoResult);
    assert_eq!(one(9).columns(), ["name"]);
}

#[each_database]
fn c03_a_scalar_is_the_value_of_one_row_and_one_column() {
    let conn = persons();
    let scalar = |sql: &'static str| conn.execute(text(sql)).unwrap().scalar::<i64>();
    assert_eq!(scalar("select count(*) from person").unwrap(), Some(4));
    assert_eq!(scalar("select age from person where id = 3").unwrap(), None);
    assert_eq!(scalar("select age from person where id = 9").unwrap(), None);
    let several = scalar("select age from person").unwrap_err();
    assert_eq!(several.kind(), ErrorKind::MultipleResults);
    let columns = scalar("select id, age from person where id = 9").unwrap_err();
    assert_eq!(columns.kind(), ErrorKind::InvalidRequest);
    let text = scalar("select name from person where id = 1").unwrap_err();
    assert_eq!(text.kind(), ErrorKind::Data);
    assert!(text.message().contains("`name`"), "{text}");
}

#[each_database]
fn c03_a_row_is_read_by_position_and_by_name() {
    let conn = persons();
    let sql = "select id, name, age, id as twice, name as twice from person where id = 3";
    let row = conn.execute(text(sql)).unwrap().one().unwrap();
    assert_eq!(row.len(), 5);
    assert_eq!(row.names(), ["id", "name", "age", "twice", "twice"]);
    assert_eq!(row.get::<String>(1).unwrap(), "mary");
    assert_eq!(row.get::<String>("name").unwrap(), "mary");
    assert_eq!(row.get::<Option<i64>>(&"age".to_owned()).unwrap(), None);
    assert_eq!(row.get::<String>(4).unwrap(), "mary");

    let error = |result: Result<i64>, kind, message| {
        let error = result.unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        assert!(error.message().contains(message), "{error}");
    };
    error(
        row.get("nick"),
        ErrorKind::InvalidRequest,
        "no column `nick` in the result: it has `id`, `name`",
    );
    error(
        row.get("twice"),
        ErrorKind::InvalidRequest,
        "several columns of the result are called `twice`",
    );
    error(row.get(5), ErrorKind::InvalidRequest, "no column 5");
    error(
        row.get("name"),
        ErrorKind::Data,
        "column `name` of the result",
    );
    error(row.get("age"), ErrorKind::Data, "NULL");
}

#[each_database]
fn c03_a_row_is_a_mapping_in_order() {
    let conn = persons();
    let row = conn
        .execute(text("select name, id, age from person where id = 3"))
        .unwrap()
        .one()
        .unwrap();
    let pairs: Vec<(&str, String)> = row
        .mapping()
        .map(|(name, value)| (name, value.to_string()))
        .collect();
    let expected = [("name", "mary"), ("id", "3"), ("age", "NULL")];
    assert_eq!(
        pairs,
        expected.map(|(name, value)| (name, value.to_owned()))
    );
    let map: BTreeMap<&str, &Value> = row.mapping().collect();
    assert_eq!(map["age"], &Value::Null);
    assert_eq!(
        format!("{row:?}"),
        r#"{"name": Text("mary"), "id": Int(3), "age": Null}"#
    );
}

#[each_database]
fn c03_rows_become_tuples() {
    let conn = persons();
    let rows = || {
        conn.execute(text(
            "select name, age from person where id > 2 order by id",
        ))
        .unwrap()
    };
    let tuples = rows().typed::<(String, Option<i64>)>().unwrap();
    assert_eq!(
        tuples,
        [("mary".to_owned(), None), ("fred".to_owned(), Some(8))]
    );
    let null = rows().typed::<(String, i64)>().unwrap_err();
    assert_eq!(null.kind(), ErrorKind::Data);
    let width = rows().typed::<(String,)>().unwrap_err();
    assert_eq!(width.kind(), ErrorKind::InvalidRequest);
    assert_eq!(
        width.message(),
        "the result has 2 columns, and rows of one column were asked for"
    );
    // Also where no row could tell.
    let none = conn
        .execute(text("select name from person where id = 9"))
        .unwrap();
    assert!(none.typed::<(String, i64)>().is_err());
    let twelve = conn
        .execute(text("select 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12"))
        .unwrap();
    type Twelve = (i64, i64, i64, i64, i64, i64, i64, i64, i64, i64, i64, i64);
    assert_eq!(
        twelve.typed::<Twelve>().unwrap(),
        [(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)]
    );
}

#[each_database]
fn c06_rows_become_structs_by_the_names_of_columns() {
    let conn = persons();
    let sql = "select count(*) as n, max(id) as last, age from person where age is not null group by age order by age";
    let rows = conn.execute(text(sql)).unwrap().typed::<Ages>().unwrap();
    let ages = |age, n| Ages { age: Some(age), n };
    assert_eq!(rows, [ages(7, 1), ages(8, 2)]);
    let typed = conn
        .execute(text("select 'a' as type"))
        .unwrap()
        .typed::<Typed>()
        .unwrap();
    assert_eq!(typed[0].r#type, "a");
    let missing = conn
        .execute(text("select age from person where id = 0"))
        .unwrap()
        .typed::<Ages>();
    let missing = missing.unwrap_err();
    assert_eq!(missing.kind(), ErrorKind::InvalidRequest);
    assert!(missing.message().contains("no column `n`"), "{missing}");
    let null = conn
        .execute(text("select 1 as age, null as n"))
        .unwrap()
        .typed::<Ages>();
    assert_eq!(null.unwrap_err().kind(), ErrorKind::Data);
}

#[each_database]
fn c06_rows_become_what_reads_them_by_hand() {
    #[derive(Debug, PartialEq)]
    enum Person {
        Child(String),
        Other,
    }
    impl FromRow for Person {
        fn from_row(row: &RawRow) -> Result<Self, Error> {
            let age: Option<i64> = row.get("age")?;
            match age {
                Some(0..8) => Ok(Person::Child(row.get("name")?)),
                _ => Ok(Person::Other),
            }
        }
    }
    let conn = persons();
    let rows = conn
        .execute(text("select * from person where id < 3 order by id"))
        .unwrap();
    let people = rows.typed::<Person>().unwrap();
    assert_eq!(people, [Person::Child("ed".to_owned()), Person::Other]);
    let one = conn
        .execute(text("select * from person where id = 1"))
        .unwrap()
        .one()
        .unwrap();
    assert_eq!(
        one.typed::<Person>().unwrap(),
        Person::Child("ed".to_owned())
    );
}
