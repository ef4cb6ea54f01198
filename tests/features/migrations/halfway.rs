//! Migrations that fail on the way, and those that are no transaction.

use aludel::{
    ErrorKind,
    migrate::{Resolution, State},
    text,
};
use aludel_testing::each_database;

use super::{HOBBIES, PERSONS, Source, count, engine, migrations, refused, states, versions};
use crate::backend::{Backend, current};

const FAILS: Source = (
    "3_fails",
    "-- The second statement fails.\nCREATE TABLE left_over (id integer PRIMARY KEY);\n\n  INSERT INTO nowhere (id) VALUES (1);",
    Some("DROP TABLE left_over;"),
);

#[each_database]
fn m15_a_migration_that_fails_is_undone_where_the_database_can_and_half_done_where_not() {
    let engine = engine();
    let all = migrations([
        HOBBIES,
        PERSONS,
        FAILS,
        ("4_more", "CREATE TABLE more (id integer);", None),
    ]);
    let error = all.apply(&engine).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Programming, "{error}");
    let message = error.to_string();
    assert!(
        message.contains("`3_fails.up.sql`, line 4, column "),
        "{message}"
    );
    assert!(message.contains("(statement 2 of 2)"), "{message}");
    assert!(
        error.sql().unwrap().starts_with("INSERT INTO nowhere"),
        "{message}"
    );
    // Those before it stay.
    let is_half_done = current().is_mysql();
    let state = if is_half_done {
        State::HalfDone
    } else {
        State::Pending
    };
    assert_eq!(
        states(&all, &engine)[..3],
        [(1, State::Applied), (2, State::Applied), (3, state)]
    );
    let left = count(&engine, "SELECT count(*) FROM left_over");
    assert_eq!(left, is_half_done.then_some(0));
    assert_eq!(
        message.contains("resolve 3 --applied"),
        is_half_done,
        "{message}"
    );
    if !is_half_done {
        return;
    }
    for again in [all.apply(&engine), all.back(&engine, 1)] {
        refused(again, &["3_fails", "half done", "resolve 3"]);
    }
    // Somebody undoes it, says so, and mends the file.
    let conn = engine.connect().unwrap();
    conn.execute(text("DROP TABLE left_over")).unwrap();
    all.resolve(&engine, 3, Resolution::Reverted).unwrap();
    let mended = migrations([
        HOBBIES,
        PERSONS,
        ("3_fails", "CREATE TABLE left_over (id integer);", None),
    ]);
    assert_eq!(versions(&mended.apply(&engine).unwrap()), [3]);
}

#[each_database]
fn m15_taking_back_fails_as_applying_does() {
    let engine = engine();
    let down = "DROP TABLE hobby; DROP TABLE nowhere;";
    let all = migrations([(HOBBIES.0, HOBBIES.1, Some(down))]);
    all.apply(&engine).unwrap();
    let error = all.back(&engine, 1).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("`1_hobbies.down.sql`, line 1, column"),
        "{error}"
    );
    let is_half_done = current().is_mysql();
    assert_eq!(
        count(&engine, "SELECT count(*) FROM hobby"),
        (!is_half_done).then_some(1)
    );
    let state = if is_half_done {
        State::HalfDone
    } else {
        State::Applied
    };
    assert_eq!(states(&all, &engine), [(1, state)]);
    if is_half_done {
        all.resolve(&engine, 1, Resolution::Reverted).unwrap();
        assert_eq!(states(&all, &engine), [(1, State::Pending)]);
    }
}

#[each_database]
fn m15_statements_that_cannot_run_in_a_transaction_have_a_file_without_one() {
    let engine = engine();
    let refused_within = match current() {
        Backend::Sqlite => "VACUUM;",
        Backend::Postgres => "CREATE INDEX CONCURRENTLY by_caption ON hobby (caption);",
        Backend::MariaDb | Backend::Mysql => "CREATE INDEX by_caption ON hobby (caption);",
    };
    let alone = format!(
        "-- Why it is so.\n-- aludel: no-transaction\n{refused_within}\nINSERT INTO hobby VALUES (2, 'go');"
    );
    let alone: Source = (
        "2_alone",
        alone.leak(),
        Some("-- aludel: no-transaction\nDELETE FROM hobby WHERE id = 2;"),
    );
    let within: Source = ("2_alone", refused_within, None);
    assert_eq!(
        migrations([HOBBIES, within]).apply(&engine).is_ok(),
        current().is_mysql()
    );
    migrations([HOBBIES, within]).back_to(&engine, 1).ok();
    if current().is_mysql() {
        engine
            .connect()
            .unwrap()
            .execute(text("DROP INDEX by_caption ON hobby"))
            .unwrap();
        migrations([HOBBIES, within])
            .resolve(&engine, 2, Resolution::Reverted)
            .unwrap();
    }
    let all = migrations([HOBBIES, alone]);
    assert_eq!(versions(&all.apply(&engine).unwrap()), [2]);
    assert_eq!(
        states(&all, &engine),
        [(1, State::Applied), (2, State::Applied)]
    );
    assert_eq!(count(&engine, "SELECT count(*) FROM hobby"), Some(2));
    assert_eq!(versions(&all.back(&engine, 1).unwrap()), [-2]);
    assert_eq!(count(&engine, "SELECT count(*) FROM hobby"), Some(1));
}

#[each_database]
fn m15_a_file_without_a_transaction_that_fails_is_half_done_everywhere() {
    let engine = engine();
    let up = "-- aludel: no-transaction\nCREATE TABLE a (id integer);\nDROP TABLE nowhere;";
    let all = migrations([("1_a", up, None)]);
    let error = all.apply(&engine).unwrap_err();
    assert!(
        error.message().contains("`1_a.up.sql`, line 3, column"),
        "{error}"
    );
    assert!(error.message().contains("resolve 1"), "{error}");
    assert_eq!(count(&engine, "SELECT count(*) FROM a"), Some(0));
    assert_eq!(states(&all, &engine), [(1, State::HalfDone)]);
    refused(all.apply(&engine), &["1_a", "half done"]);
    all.resolve(&engine, 1, Resolution::Applied).unwrap();
    assert_eq!(states(&all, &engine), [(1, State::Applied)]);
    // It says itself what of it is one.
    let open = "-- aludel: no-transaction\nBEGIN; INSERT INTO a VALUES (1); COMMIT; BEGIN; INSERT INTO a VALUES (2);";
    let all = migrations([("1_a", up, None), ("2_open", open, None)]);
    refused(
        all.apply(&engine),
        &["`2_open.up.sql`", "does not end it", "half done"],
    );
    assert_eq!(count(&engine, "SELECT count(*) FROM a"), Some(1));
}

#[each_database]
fn m15_a_file_does_not_end_the_transaction_that_it_is() {
    if current().is_mysql() {
        return;
    }
    let engine = engine();
    for ending in [
        "COMMIT",
        "begin",
        "ROLLBACK",
        "END",
        "START TRANSACTION",
        "rollback transaction",
    ] {
        let up = format!("CREATE TABLE a (id integer);\n{ending};\nCREATE TABLE b (id integer);");
        let all = migrations([("1_a", up.leak() as &str, None)]);
        refused(
            all.apply(&engine),
            &["`1_a.up.sql`, line 2, column 1", "no-transaction"],
        );
        assert_eq!(states(&all, &engine), [(1, State::Pending)], "{ending}");
        assert_eq!(count(&engine, "SELECT count(*) FROM a"), None, "{ending}");
    }
    // Parts of it may be undone.
    let parts = "CREATE TABLE a (id integer); SAVEPOINT s; INSERT INTO a VALUES (1); ROLLBACK TO s; RELEASE SAVEPOINT s;";
    migrations([("1_a", parts, None)]).apply(&engine).unwrap();
    assert_eq!(count(&engine, "SELECT count(*) FROM a"), Some(0));
}

const PARENTS: Source = (
    "1_parents",
    "CREATE TABLE hobby (id integer PRIMARY KEY, caption text);
     CREATE TABLE person (id integer PRIMARY KEY, hobby_id integer NOT NULL REFERENCES hobby (id) ON DELETE CASCADE);
     INSERT INTO hobby VALUES (1, 'chess'), (2, 'go');
     INSERT INTO person VALUES (1, 1), (2, 2);",
    None,
);

#[test]
fn m15_a_table_of_sqlite_is_rebuilt_without_a_loss_of_what_refers_to_it() {
    let engine = engine();
    let rebuild = "CREATE TABLE new_hobby (id integer PRIMARY KEY, caption text NOT NULL);
         INSERT INTO new_hobby SELECT id, caption FROM hobby;
         DROP TABLE hobby;
         ALTER TABLE new_hobby RENAME TO hobby;";
    let off: &str = format!("-- aludel: foreign-keys-off\n{rebuild}").leak();
    migrations([PARENTS, ("2_rebuild", off, None)])
        .apply(&engine)
        .unwrap();
    assert_eq!(count(&engine, "SELECT count(*) FROM person"), Some(2));
    assert_eq!(count(&engine, "PRAGMA foreign_keys"), Some(1));
    let loses: &str = format!("{off}\nDELETE FROM hobby WHERE id = 2;").leak();
    let error = migrations([PARENTS, ("2_rebuild", off, None), ("3_loses", loses, None)])
        .apply(&engine)
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ForeignKeyViolation);
    assert!(
        error
            .message()
            .contains("`3_loses.up.sql`: rows of `person`"),
        "{error}"
    );
    assert_eq!(count(&engine, "SELECT count(*) FROM hobby"), Some(2));
    // Within the transaction it would do nothing, and the rows would be gone.
    let silent = "PRAGMA foreign_keys = OFF;\nDROP TABLE hobby;";
    let silent = migrations([
        PARENTS,
        ("2_rebuild", off, None),
        ("3_silent", silent, None),
    ]);
    refused(
        silent.apply(&engine),
        &["`3_silent.up.sql`, line 1", "foreign-keys-off"],
    );
    assert_eq!(count(&engine, "SELECT count(*) FROM person"), Some(2));
}

#[each_database]
fn m15_only_sqlite_has_foreign_keys_that_are_off_for_a_file() {
    let engine = engine();
    let all = migrations([(
        "1_off",
        "-- aludel: foreign-keys-off\nCREATE TABLE a (id integer);",
        None,
    )]);
    match (current(), all.apply(&engine)) {
        (Backend::Sqlite, applied) => assert_eq!(versions(&applied.unwrap()), [1]),
        (_, applied) => {
            let error = applied.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Unsupported, "{error}");
            assert!(error.message().contains("`1_off.up.sql`"), "{error}");
            assert_eq!(states(&all, &engine), [(1, State::Pending)]);
        }
    }
}
