//! q11: inserts, bulk updates and deletes.

use aludel::{
    Connection, Error, ErrorKind,
    prelude::{Expression, func, scalar, select, update},
};
use aludel_testing::{each_database, models::Rule};
use aludel_tour::{Job, User};

use super::shape::people;
use crate::{
    backend::{Backend, current, given},
    features::{tables, tour},
};

#[each_database]
fn q11_an_update_sets_values_and_expressions_and_counts_rows() {
    let conn = people();
    let older = conn
        .update::<User>()
        .set(User::age.set(User::age + 1))
        .filter(User::age.gt(20));
    assert_eq!(older.execute().unwrap(), 3);
    let ages = conn.query::<User>().select(User::age).order_by(User::id);
    assert_eq!(ages.all().unwrap(), [18, 31, 42, 26]);

    let several = conn
        .update::<User>()
        .set((User::name.set(User::name + "099"), User::email.set("e")))
        .set(User::first_name.set("Ed"))
        .filter(User::id.eq(1));
    assert_eq!(several.execute().unwrap(), 1);
    let ed = conn.get::<User>(1).unwrap().unwrap();
    assert_eq!(
        (ed.name.as_str(), ed.email.as_deref()),
        ("ed099", Some("e"))
    );
    assert_eq!(ed.full_name.as_deref(), Some("Ed "));

    let cleared = conn.update::<User>().set(User::email.set(None)).all_rows();
    assert_eq!(cleared.execute().unwrap(), 4);
    assert_eq!(
        conn.query::<User>()
            .filter(User::email.is_null())
            .count()
            .unwrap(),
        4
    );
}

#[each_database]
fn q11_an_update_reads_the_row_as_it_was() {
    let conn = tables();
    conn.insert(Rule::insert().region("a").code("b").number(1).amount(2))
        .unwrap();
    let swapped = conn
        .update::<Rule>()
        .set((
            Rule::number.set(Rule::amount),
            Rule::amount.set(Rule::number),
        ))
        .set((Rule::region.set(Rule::code), Rule::code.set(Rule::region)))
        .all_rows();
    conn.commit().unwrap();
    if current().is_mysql() {
        return one_after_the_other(&conn, &swapped.execute().unwrap_err());
    }
    assert_eq!(swapped.execute().unwrap(), 1);
    let row = conn.query::<Rule>().one().unwrap();
    assert_eq!((row.number, row.amount), (Some(2), Some(1)));
    assert_eq!(
        (row.region.as_deref(), row.code.as_deref()),
        (Some("b"), Some("a"))
    );
}

/// Where a column that is set has its new value at once, no other is computed from it.
fn one_after_the_other(conn: &Connection, refused: &Error) {
    assert_eq!(refused.kind(), ErrorKind::Unsupported);
    assert!(refused.message().contains("`number`"), "{refused}");
    assert!(!conn.in_transaction());
    let code = || Rule::code.set(Rule::region);
    let update = || conn.update::<Rule>().all_rows();
    let late = update().set((Rule::region.set("z"), code()));
    assert!(late.execute().unwrap_err().is_unsupported());
    // A row of a query within is another row, whatever it is called.
    let least = scalar(select::<Rule>().select(func::min(Rule::number)));
    let read = update().set((Rule::number.set(7), Rule::amount.set(least)));
    let read = read.execute();
    if given(current() == Backend::MariaDb, read, || 0) == 1 {
        let row = conn.query::<Rule>().one().unwrap();
        assert_eq!((row.number, row.amount), (Some(7), Some(1)));
    }
    conn.rollback().unwrap();
    let in_time = update().set((
        code(),
        Rule::region.set("z"),
        Rule::number.set(Rule::number + 1),
    ));
    assert_eq!(in_time.execute().unwrap(), 1);
    let row = conn.query::<Rule>().one().unwrap();
    assert_eq!(
        (row.region.as_deref(), row.code.as_deref(), row.number),
        (Some("z"), Some("a"), Some(2))
    );
}

#[each_database]
fn q11_nothing_matched_is_zero() {
    let conn = people();
    let nobody = User::id.gt(99);
    let updated = conn.update::<User>().set(User::age.set(1)).filter(nobody);
    assert_eq!(updated.execute().unwrap(), 0);
    let deleted = conn.delete::<User>().filter(User::id.gt(99));
    assert_eq!(deleted.execute().unwrap(), 0);
}

#[each_database]
fn q11_an_update_with_nothing_to_set_is_zero_and_sends_nothing() {
    let conn = people();
    conn.commit().unwrap();
    for nothing in [update::<User>(), update::<User>().filter(User::id.eq(1))] {
        assert_eq!(nothing.on(&conn).execute().unwrap(), 0);
        assert!(!conn.in_transaction());
    }
}

#[each_database]
fn q11_every_row_is_meant_only_when_it_is_said() {
    let conn = people();
    conn.commit().unwrap();
    let update = conn.update::<User>().set(User::age.set(User::id));
    let delete = conn.delete::<User>();
    for error in [update.execute().unwrap_err(), delete.execute().unwrap_err()] {
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert!(error.message().contains("`users`"), "{error}");
        assert!(error.message().contains("all_rows"), "{error}");
    }
    assert!(!conn.in_transaction());
    assert_eq!(update.all_rows().execute().unwrap(), 4);
    let empty: [i64; 0] = [];
    let no_row = delete.clone().filter(User::id.in_(empty));
    assert_eq!(no_row.execute().unwrap(), 0);
    assert_eq!(delete.all_rows().execute().unwrap(), 4);
}

#[each_database]
fn q11_a_delete_counts_its_rows() {
    let conn = people();
    let deleted = conn.delete::<User>().filter(User::age.lt(30));
    let deleted = deleted.filter(User::name.ne("ed"));
    assert_eq!(deleted.execute().unwrap(), 1);
    let left = conn.query::<User>().select(User::name).order_by(User::name);
    assert_eq!(left.all().unwrap(), ["ed", "mary", "wendy"]);
}

#[each_database]
fn q11_a_column_that_is_not_set_is_left_to_the_database_and_none_is_null() {
    let conn = tour();
    let job = conn.insert(Job::insert().title("a")).unwrap();
    assert_eq!((job.status, job.priority, job.payload), (0, 0, None));
    let none: Option<String> = None;
    let user = conn.insert(User::insert().name("ed").email(none)).unwrap();
    assert_eq!(user.email, None);
    assert_eq!(user.age, 18);
    let chosen = conn.insert(User::insert().name("al").id(77)).unwrap();
    assert_eq!(chosen.id, 77);
    let next = conn.insert(User::insert().name("jo")).unwrap();
    // PostgreSQL's counter does not look at keys that were chosen.
    let after = match current() {
        Backend::Postgres => 2,
        _ => 78,
    };
    assert_eq!(next.id, after);
}

// Only SQLite takes the defaults of this table.
#[test]
fn q11_none_is_null_also_where_the_column_has_a_default() {
    use aludel_testing::models::WrongForm;
    let row = WrongForm::insert().small(None).tiny(None).day(None);
    let row = row.hour(None).moment(None).token(None).amount(None);
    let row = row.payload(None).number(None).flag(None).body(None);
    assert_eq!(tables().insert(row).unwrap().small, None);
}

#[each_database]
fn q11_the_last_value_of_a_column_counts() {
    let conn = tour();
    let user = User::insert().age(1).name("b").age(2);
    let user = conn.insert(user).unwrap();
    assert_eq!((user.name.as_str(), user.age), ("b", 2));
}
