//! x: errors.

use std::error::Error as _;

use aludel::{
    Engine, Error, ErrorKind,
    prelude::{Expression, func},
};
use aludel_testing::{
    each_database,
    models::{Rule, Sample},
};
use aludel_tour::User;

use super::tables;
use crate::backend::{Backend, current, url};

#[each_database]
fn x01_each_constraint_has_its_kind_with_table_and_columns() {
    let conn = tables();
    let row = || Rule::insert();
    conn.insert(row().code("a").region("r").number(1)).unwrap();
    conn.commit().unwrap();
    let unique = ErrorKind::UniqueViolation;
    let refers = ErrorKind::ForeignKeyViolation;
    // What it is about, as SQLite and PostgreSQL say it: by columns; and as MySQL does: by the name of the constraint.
    let refused = |row| {
        let error = conn.insert(row).unwrap_err();
        conn.rollback().unwrap();
        error
    };
    let cases: [(&str, &str, ErrorKind, Error); 4] = [
        ("code", "code", unique, refused(row().code("a"))),
        (
            "region, number",
            "rule_region_number",
            unique,
            refused(row().region("r").number(1)),
        ),
        ("id", "PRIMARY", unique, refused(row().id(1))),
        ("rule_id", "", refers, refused(row().rule_id(99))),
    ];
    for (columns, key, kind, error) in cases {
        assert_eq!(error.kind(), kind, "{error:?}");
        assert!(error.is_integrity());
        // SQLite does not say which foreign key it is, MySQL says everything of it but nothing of other keys beside their name.
        let names_columns = match current() {
            Backend::Sqlite => kind == unique,
            Backend::Postgres => true,
            Backend::MariaDb | Backend::Mysql => kind == refers,
        };
        let columns = if names_columns { columns } else { "" };
        assert_eq!(error.columns().join(", "), columns, "{error:?}");
        assert_eq!(error.table(), names_columns.then_some("rule"), "{error:?}");
        if current().is_mysql() && kind == unique {
            assert_eq!(error.constraint(), Some(key));
        }
        assert_eq!(error.constraint().is_some(), current() != Backend::Sqlite);
        assert!(error.code().is_some());
        // PostgreSQL's error itself shows the row.
        assert_eq!(error.source().is_some(), current() != Backend::Postgres);
    }
    let check = refused(row().amount(0));
    assert!(check.is_check_violation());
    assert_eq!(check.constraint(), Some("rule_amount"));
}

#[each_database]
fn x01_null_where_a_value_is_required_is_refused() {
    let conn = tables();
    let row = Sample::insert().a(1).b(0).c(0).x(0.0).p(true).q(true);
    conn.insert(row.t("")).unwrap();
    conn.commit().unwrap();
    // What the compiler cannot know: SQLite makes NULL of a division by zero, which others refuse by themselves.
    let divided = conn
        .update::<Sample>()
        .set(Sample::a.set(Sample::a / Sample::b));
    let divided = divided.all_rows().execute().unwrap_err();
    conn.rollback().unwrap();
    let kind = match current() {
        Backend::Sqlite => ErrorKind::NotNullViolation,
        _ => ErrorKind::Data,
    };
    assert_eq!(divided.kind(), kind, "{divided:?}");
    let null = func::call::<i64, _>("nullif", (Sample::a, Sample::a));
    let update = conn.update::<Sample>().set(Sample::a.set(null));
    let error = update.all_rows().execute().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotNullViolation, "{error:?}");
    assert!(error.is_integrity());
    let table = (!current().is_mysql()).then_some("sample");
    assert_eq!(error.table(), table, "MySQL does not say it");
    assert_eq!(error.columns(), ["a"]);
}

#[each_database]
fn x01_a_row_that_others_refer_to_cannot_be_deleted() {
    let conn = tables();
    conn.insert(Rule::insert()).unwrap();
    conn.insert(Rule::insert().rule_id(1)).unwrap();
    let deleted = conn.delete::<Rule>().filter(Rule::id.eq(1)).execute();
    assert!(deleted.unwrap_err().is_foreign_key_violation());
}

#[each_database]
fn x01_a_missing_table_is_a_programming_error() {
    let conn = Engine::new(url().as_str()).unwrap().connect().unwrap();
    let error = conn.query::<User>().all().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Programming);
    assert!(!error.is_integrity());
    assert!(error.message().contains("users"), "{error}");
}

#[test]
fn x02_an_error_shows_message_statement_and_parameters() {
    let conn = tables();
    conn.insert(Rule::insert().code("a'b")).unwrap();
    let error = conn
        .insert(Rule::insert().code("a'b").number(7))
        .unwrap_err();
    insta::assert_snapshot!(error, @r#"
    UNIQUE constraint failed: rule.code
      statement: INSERT INTO "rule" ("code", "number") VALUES (?, ?) RETURNING "id", "code", "region", "number", "amount", "required", "rule_id"
      parameters: ["a'b", 7]
    "#);
    assert_eq!(error.message(), "UNIQUE constraint failed: rule.code");
    assert!(error.sql().unwrap().starts_with("INSERT INTO"));
    assert_eq!(format!("{error:?}"), format!("UniqueViolation: {error}"));
}

#[each_database]
fn x02_long_parameters_and_long_lists_are_shortened() {
    let conn = Engine::new(url().as_str()).unwrap().connect().unwrap();
    let long = "x".repeat(100_000);
    let query = conn.query::<Rule>().filter(Rule::code.eq(long.as_str()));
    let error = query.all().unwrap_err().to_string();
    let parameters = error.lines().last().unwrap();
    assert!(parameters.len() < 400, "{parameters}");
    assert!(parameters.contains("99800 characters more"), "{parameters}");

    let list: Vec<i64> = (0..16_384).collect();
    let query = conn.query::<Rule>().filter(Rule::number.in_(list));
    let error = query.all().unwrap_err().to_string();
    let parameters = error.lines().last().unwrap();
    assert_eq!(
        parameters,
        "  parameters: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, … 16372 more …, 16382, 16383]"
    );
}

#[test]
fn x02_a_password_is_in_no_error() {
    for url in [
        "postgresql://ed:se%63ret@127.0.0.1:1/db",
        "mysql://ed:se%63ret@127.0.0.1:1/db",
        "sqlite://ed:secret@host/db",
        "postgresql://ed:secret@host:0/db",
        "postgresql://ed:secret@host/db?secret",
        "nothing://ed:secret@host/db",
        "ed:secret@host",
    ] {
        let engine = Engine::new(url);
        let error = engine
            .and_then(|engine| engine.connect())
            .map(drop)
            .unwrap_err();
        for shown in [error.to_string(), format!("{error:?} {error:#?}")] {
            assert!(!shown.contains("secret"), "{url}: {shown}");
            assert!(!shown.contains("se%63ret"), "{url}: {shown}");
        }
    }
}
