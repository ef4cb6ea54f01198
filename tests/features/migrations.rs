//! m15: migrations, applied to each database and taken back.

mod file;
mod halfway;
mod lock;
mod script;

use aludel::{
    Connection, Engine, Error, ErrorKind,
    migrate::{Late, Migrations, Resolution, State, Step},
    text, text_unchecked,
};
use aludel_testing::each_database;

use crate::backend::url;

/// A migration as a program has it.
type Source = (&'static str, &'static str, Option<&'static str>);

const HOBBIES: Source = (
    "1_hobbies",
    "CREATE TABLE hobby (id integer PRIMARY KEY, caption varchar(40) NOT NULL);
     INSERT INTO hobby (id, caption) VALUES (1, 'chess; and more');",
    Some("DROP TABLE hobby;"),
);
const PERSONS: Source = (
    "2_persons",
    "CREATE TABLE person (id integer PRIMARY KEY, hobby_id integer NOT NULL REFERENCES hobby (id));
     INSERT INTO person (id, hobby_id) VALUES (1, 1);",
    Some("DROP TABLE person;"),
);
const RATING: Source = (
    "10_rating",
    "ALTER TABLE hobby ADD COLUMN rating integer;\nUPDATE hobby SET rating = 5;",
    Some("ALTER TABLE hobby DROP COLUMN rating;"),
);
const ALL: [Source; 3] = [HOBBIES, PERSONS, RATING];

fn engine() -> Engine {
    Engine::new(url().as_str()).unwrap()
}

fn migrations(sources: impl IntoIterator<Item = Source>) -> Migrations {
    Migrations::from_texts(sources).unwrap()
}

/// The versions of steps, negative where they were taken back.
fn versions(steps: &[Step]) -> Vec<i64> {
    let version = |step: &Step| match step.taken_back {
        true => -(step.version as i64),
        false => step.version as i64,
    };
    steps.iter().map(version).collect()
}

fn states(migrations: &Migrations, engine: &Engine) -> Vec<(u64, State)> {
    let status = migrations.status(engine).unwrap().into_iter();
    status.map(|one| (one.version, one.state)).collect()
}

fn number(connection: &Connection, query: &str) -> Option<i64> {
    let result = connection.execute(text_unchecked(query));
    let number = result.and_then(|rows| rows.scalar::<i64>()).unwrap_or(None);
    connection.rollback().unwrap();
    number
}

fn count(engine: &Engine, query: &str) -> Option<i64> {
    number(&engine.connect().unwrap(), query)
}

fn refused<T>(result: Result<T, Error>, words: &[&str]) {
    let error = result.err().expect("it is refused");
    assert_eq!(error.kind(), ErrorKind::Migration, "{error}");
    for word in words {
        assert!(error.to_string().contains(word), "{word}: {error}");
    }
}

#[each_database]
fn m15_migrations_are_applied_in_the_order_of_their_numbers_and_once() {
    let engine = engine();
    let migrations = migrations([RATING, PERSONS, HOBBIES]);
    let pending = [1, 2, 10].map(|version| (version, State::Pending));
    assert_eq!(states(&migrations, &engine), pending);
    // Asking writes nothing.
    assert_eq!(
        count(&engine, "SELECT count(*) FROM aludel_migrations"),
        None
    );
    let steps = migrations.apply(&engine).unwrap();
    assert_eq!(versions(&steps), [1, 2, 10]);
    assert!(steps[0].to_string().starts_with("applied 1_hobbies ("));
    assert_eq!(count(&engine, "SELECT rating FROM hobby"), Some(5));
    assert_eq!(
        count(&engine, "SELECT count(*) FROM aludel_migrations"),
        Some(3)
    );
    assert_eq!(
        states(&migrations, &engine),
        [1, 2, 10].map(|version| (version, State::Applied))
    );
    assert!(migrations.apply(&engine).unwrap().is_empty());
}

#[each_database]
fn m15_migrations_are_taken_back_by_number_or_to_a_version_and_can_be_applied_again() {
    let engine = engine();
    let migrations = migrations(ALL);
    assert_eq!(versions(&migrations.apply_to(&engine, 2).unwrap()), [1, 2]);
    assert_eq!(versions(&migrations.apply(&engine).unwrap()), [10]);
    assert_eq!(versions(&migrations.back(&engine, 1).unwrap()), [-10]);
    assert_eq!(count(&engine, "SELECT rating FROM hobby"), None);
    assert_eq!(count(&engine, "SELECT count(*) FROM hobby"), Some(1));
    assert_eq!(versions(&migrations.apply(&engine).unwrap()), [10]);
    assert_eq!(
        versions(&migrations.back_to(&engine, 1).unwrap()),
        [-10, -2]
    );
    assert_eq!(
        states(&migrations, &engine),
        [
            (1, State::Applied),
            (2, State::Pending),
            (10, State::Pending)
        ]
    );
    // There are no more than that.
    assert_eq!(versions(&migrations.back(&engine, 5).unwrap()), [-1]);
    assert_eq!(versions(&migrations.apply(&engine).unwrap()), [1, 2, 10]);
    assert_eq!(
        versions(&migrations.back_to(&engine, 0).unwrap()),
        [-10, -2, -1]
    );
    assert_eq!(
        count(&engine, "SELECT count(*) FROM aludel_migrations"),
        Some(0)
    );
    refused(migrations.back_to(&engine, 3), &["version 3"]);
    refused(migrations.apply_to(&engine, 3), &["version 3"]);
}

#[each_database]
fn m15_a_file_that_has_changed_since_it_was_applied_is_an_error_that_says_so() {
    let engine = engine();
    migrations([HOBBIES]).apply(&engine).unwrap();
    // Another system ends lines in another way.
    let other_lines = HOBBIES.1.replace('\n', "\r\n");
    let same = Migrations::from_texts([(HOBBIES.0, other_lines.as_str(), HOBBIES.2)]).unwrap();
    assert_eq!(states(&same, &engine), [(1, State::Applied)]);
    let changed = migrations([
        (HOBBIES.0, "CREATE TABLE hobby (id integer);", HOBBIES.2),
        PERSONS,
    ]);
    assert_eq!(
        states(&changed, &engine),
        [(1, State::Changed), (2, State::Pending)]
    );
    refused(
        changed.apply(&engine),
        &["`1_hobbies.up.sql`", "changed", "resolve 1 --applied"],
    );
    assert_eq!(count(&engine, "SELECT count(*) FROM person"), None);
    changed.resolve(&engine, 1, Resolution::Applied).unwrap();
    assert_eq!(versions(&changed.apply(&engine).unwrap()), [2]);
}

#[each_database]
fn m15_what_does_not_lead_back_is_told_before_anything_is_taken_back() {
    let engine = engine();
    let one_way = migrations([HOBBIES, (PERSONS.0, PERSONS.1, None), RATING]);
    one_way.apply(&engine).unwrap();
    refused(
        one_way.back(&engine, 2),
        &["2_persons.down.sql", "nothing was changed"],
    );
    let applied = [1, 2, 10].map(|version| (version, State::Applied));
    assert_eq!(states(&one_way, &engine), applied);
    assert_eq!(count(&engine, "SELECT rating FROM hobby"), Some(5));
    // Neither does a migration without a file.
    let without = migrations([HOBBIES, RATING]);
    assert_eq!(states(&without, &engine)[1], (2, State::Missing));
    refused(without.back_to(&engine, 0), &["2_persons", "no file"]);
    // Which is no reason not to go on.
    assert!(without.apply(&engine).unwrap().is_empty());
}

#[each_database]
fn m15_a_migration_that_comes_late_is_applied_or_refused() {
    let engine = engine();
    migrations([HOBBIES, RATING]).apply(&engine).unwrap();
    let strict = migrations(ALL).late(Late::Refuse);
    refused(strict.apply(&engine), &["`2_persons.up.sql`", "late", "10"]);
    assert_eq!(count(&engine, "SELECT count(*) FROM person"), None);
    let steps = migrations(ALL).apply(&engine).unwrap();
    assert_eq!(versions(&steps), [2]);
    assert!(steps[0].late);
    assert!(steps[0].to_string().ends_with("behind a later one"));
}

#[each_database]
fn m15_a_database_that_was_there_before_its_migrations_is_told_which_it_has() {
    let engine = engine();
    let conn = engine.connect().unwrap();
    conn.script(text(HOBBIES.1)).unwrap();
    conn.commit().unwrap();
    let migrations = migrations(ALL);
    migrations.resolve(&engine, 1, Resolution::Applied).unwrap();
    assert_eq!(versions(&migrations.apply(&engine).unwrap()), [2, 10]);
    migrations
        .resolve(&engine, 10, Resolution::Reverted)
        .unwrap();
    assert_eq!(states(&migrations, &engine)[2], (10, State::Pending));
    let none = migrations.resolve(&engine, 3, Resolution::Reverted);
    refused(none, &["version 3"]);
}

#[each_database]
fn m15_what_a_file_sets_ends_with_it() {
    use crate::backend::{Backend, current};
    let engine = engine();
    let sets = match current() {
        Backend::Sqlite => "PRAGMA case_sensitive_like = ON;",
        // As dumps of this database begin.
        Backend::Postgres => {
            "SELECT pg_catalog.set_config('search_path', '', false); CREATE TABLE public.a (id int);"
        }
        Backend::MariaDb | Backend::Mysql => "SET SESSION sql_mode = '';",
    };
    let asks = match current() {
        Backend::Sqlite => "SELECT 'A' LIKE 'a'",
        Backend::Postgres => "SELECT CAST(length(current_setting('search_path')) AS bigint)",
        Backend::MariaDb | Backend::Mysql => "SELECT length(@@sql_mode)",
    };
    let before = count(&engine, asks).unwrap();
    assert_ne!(before, 0);
    migrations([("1_sets", sets, None), ("2_hobbies", HOBBIES.1, None)])
        .apply(&engine)
        .unwrap();
    assert_eq!(count(&engine, "SELECT count(*) FROM hobby"), Some(1));
    for _ in 0..3 {
        assert_eq!(count(&engine, asks), Some(before));
    }
}
