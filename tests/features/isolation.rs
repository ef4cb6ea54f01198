//! e15: isolation levels, of engines, connections and transactions.

use std::{
    sync::{Mutex, PoisonError},
    thread,
    time::Duration,
};

use aludel::{Connection, Engine, Error, ErrorKind, Isolation, Result, text};
use aludel_testing::each_database;

use crate::backend::{self, Backend, current};

/// A new database with a table of two rows, and the URL of it.
fn duties() -> (String, Engine) {
    let url = backend::url();
    let engine = Engine::builder(url.as_str()).pool_size(2).build().unwrap();
    let alone = engine.with_isolation(Isolation::Autocommit).unwrap();
    let made = alone.connect().unwrap().execute(text(
        "CREATE TABLE duty (id integer PRIMARY KEY, n integer NOT NULL)",
    ));
    made.unwrap();
    let made = engine.transact(|connection| {
        connection.execute(text("INSERT INTO duty (id, n) VALUES (1, 1)"))?;
        connection.execute(text("INSERT INTO duty (id, n) VALUES (2, 1)"))
    });
    made.unwrap();
    (url, engine)
}

fn sum(connection: &Connection) -> Result<i64> {
    let all = connection.execute(text("SELECT n FROM duty"))?;
    Ok(all.scalars::<i64>()?.iter().sum())
}

fn set(connection: &Connection, id: i64, n: i64) -> Result<()> {
    let update = text("UPDATE duty SET n = :n WHERE id = :id");
    connection.execute(update.bind("n", n).bind("id", id))?;
    Ok(())
}

/// The level that a transaction has, as the database says.
fn level(connection: &Connection) -> Result<Isolation> {
    let text = match current() {
        Backend::Sqlite => {
            let pragma = connection.execute(text("PRAGMA read_uncommitted"))?;
            match pragma.scalar::<i64>()? {
                Some(1) => "READ UNCOMMITTED",
                _ => "SERIALIZABLE",
            }
            .to_owned()
        }
        Backend::Postgres => {
            let level = text("SELECT current_setting('transaction_isolation')");
            let level = connection.execute(level)?.scalar::<String>()?;
            level.expect("it always has one")
        }
        Backend::MariaDb | Backend::Mysql => {
            sum(connection)?;
            // What it tells of transactions is renewed where nobody has asked for a tenth of a second.
            static ASKING: Mutex<()> = Mutex::new(());
            let _asking = ASKING.lock().unwrap_or_else(PoisonError::into_inner);
            thread::sleep(Duration::from_millis(120));
            let level = text(
                "SELECT trx_isolation_level FROM information_schema.innodb_trx WHERE trx_mysql_thread_id = connection_id()",
            );
            let level = connection.execute(level)?.scalar::<String>()?;
            level.unwrap_or_else(|| "AUTOCOMMIT".to_owned())
        }
    };
    text.parse()
}

fn usual() -> Isolation {
    match current() {
        Backend::Sqlite => Isolation::Serializable,
        Backend::Postgres => Isolation::ReadCommitted,
        Backend::MariaDb | Backend::Mysql => Isolation::RepeatableRead,
    }
}

fn levels() -> Vec<Isolation> {
    let all = [
        Isolation::ReadUncommitted,
        Isolation::ReadCommitted,
        Isolation::RepeatableRead,
        Isolation::Serializable,
    ];
    let has = |level: &Isolation| match level {
        Isolation::ReadUncommitted | Isolation::Serializable => true,
        _ => current() != Backend::Sqlite,
    };
    all.into_iter().filter(has).collect()
}

fn with(url: &str, option: &str) -> String {
    let sign = if url.contains('?') { '&' } else { '?' };
    format!("{url}{sign}{option}")
}

#[each_database]
fn e15_a_level_that_is_said_anywhere_is_in_force_and_the_next_has_the_usual_one() {
    let (url, engine) = duties();
    assert_eq!(level(&engine.connect().unwrap()).unwrap(), usual());
    for asked in levels() {
        let connection = engine.connect().unwrap();
        connection.set_isolation(asked).unwrap();
        assert_eq!(level(&connection).unwrap(), asked);
        connection.rollback().unwrap();
        assert_eq!(connection.transact(level).unwrap(), asked);
        connection.close().unwrap();
        assert_eq!(engine.transact(level).unwrap(), usual(), "after {asked}");

        let other = engine.with_isolation(asked).unwrap();
        assert_eq!(other.transact(level).unwrap(), asked);
        // It goes back with its transaction open.
        assert_eq!(level(&other.connect().unwrap()).unwrap(), asked);
        assert_eq!(engine.transact(level).unwrap(), usual(), "after {asked}");
        assert_eq!(engine.pool_status().open(), 1, "they share the pool");

        let done = engine.transaction().isolation(asked).run(level);
        assert_eq!(done.unwrap(), asked);
        let failed = engine.transaction().isolation(asked).run(|connection| {
            let found = level(connection)?;
            Err::<(), _>(Error::rejected(found.to_string()))
        });
        assert_eq!(failed.unwrap_err().message(), asked.to_string());
        assert_eq!(engine.transact(level).unwrap(), usual(), "after {asked}");
    }
    if current() == Backend::Sqlite {
        return; // Another engine has another memory.
    }
    for asked in levels() {
        let builder = Engine::builder(url.as_str()).isolation(asked);
        assert_eq!(builder.build().unwrap().transact(level).unwrap(), asked);
        for spelt in [
            asked.to_string().replace(' ', "%20"),
            asked.to_string().to_lowercase().replace(' ', "_"),
        ] {
            let url = with(&url, &format!("isolation_level={spelt}"));
            let engine = Engine::new(url.as_str()).unwrap();
            assert_eq!(engine.transact(level).unwrap(), asked, "{spelt}");
        }
    }
}

#[each_database]
fn e15_the_narrowest_level_holds() {
    let (_, engine) = duties();
    let (wide, narrow) = (Isolation::ReadUncommitted, Isolation::Serializable);
    let engine = engine.with_isolation(wide).unwrap();
    let connection = engine.connect().unwrap();
    assert_eq!(connection.transact(level).unwrap(), wide);
    connection.set_isolation(narrow).unwrap();
    assert_eq!(connection.transact(level).unwrap(), narrow);
    let transaction = connection.transaction().isolation(wide);
    assert_eq!(transaction.run(level).unwrap(), wide);
    assert_eq!(connection.transact(level).unwrap(), narrow);
    drop(connection);
    assert_eq!(engine.transact(level).unwrap(), wide);
    assert_eq!(
        engine
            .with_isolation(narrow)
            .unwrap()
            .transact(level)
            .unwrap(),
        narrow
    );
}

#[test]
fn e15_what_the_program_says_goes_before_what_the_url_says() {
    let url = "sqlite://?isolation_level=serializable";
    let engine = Engine::builder(url).isolation(Isolation::ReadUncommitted);
    assert_eq!(
        engine.build().unwrap().transact(level).unwrap(),
        Isolation::ReadUncommitted
    );
    let engine = Engine::new("sqlite://?isolation_level=read_uncommitted").unwrap();
    assert_eq!(engine.transact(level).unwrap(), Isolation::ReadUncommitted);
    for name in ["isolation", "isolation_level"] {
        let name = format!("db.{name}");
        let settings = [("db.url", "sqlite://"), (&name, "read uncommitted")];
        let engine = Engine::from_config(settings, "db.").unwrap();
        assert_eq!(engine.transact(level).unwrap(), Isolation::ReadUncommitted);
        let wrong = [("db.url", "sqlite://"), (&name, "snapshot")];
        let error = Engine::from_config(wrong, "db.").unwrap_err();
        assert!(error.is_configuration());
        assert!(error.message().contains("`REPEATABLE READ`"), "{error}");
    }
    for (url, message) in [
        (
            "sqlite://?isolation_level=snapshot",
            "one of `READ UNCOMMITTED`",
        ),
        (
            "sqlite://?isolation_level=serializable&isolation_level=serializable",
            "given twice",
        ),
    ] {
        let error = Engine::new(url).unwrap_err();
        assert!(error.is_configuration());
        assert!(error.message().contains(message), "{error}");
    }
}

#[test]
fn e15_a_level_that_the_database_does_not_have_is_an_error_that_says_which_it_has() {
    let engine = Engine::new("sqlite://").unwrap();
    let connection = engine.connect().unwrap();
    for level in [Isolation::ReadCommitted, Isolation::RepeatableRead] {
        let message = format!(
            "SQLite has no isolation level `{level}`: it has `READ UNCOMMITTED`, `SERIALIZABLE` and `AUTOCOMMIT`"
        );
        let mut runs = 0;
        let mut work = |_: &Connection| {
            runs += 1;
            Ok::<_, Error>(())
        };
        let of_engine = engine.transaction().isolation(level).run(&mut work);
        let of_connection = connection.transaction().isolation(level).run(&mut work);
        let url = format!("sqlite://?isolation_level={level}").replace(' ', "_");
        for (error, kind) in [
            (
                Engine::builder("sqlite://").isolation(level).build().err(),
                ErrorKind::Configuration,
            ),
            (Engine::new(url).err(), ErrorKind::Configuration),
            (engine.with_isolation(level).err(), ErrorKind::Configuration),
            (
                connection.set_isolation(level).err(),
                ErrorKind::Unsupported,
            ),
            (of_engine.err(), ErrorKind::Unsupported),
            (of_connection.err(), ErrorKind::Unsupported),
        ] {
            let error = error.expect("it has no such level");
            assert_eq!((error.kind(), error.message()), (kind, message.as_str()));
        }
        assert_eq!(runs, 0);
        assert!(!connection.in_transaction());
    }
}

#[each_database]
fn e15_the_level_of_a_connection_stays_while_a_transaction_is_open() {
    let (_, engine) = duties();
    let connection = engine.connect().unwrap();
    let refused = |connection: &Connection| {
        let error = connection.set_isolation(Isolation::Serializable);
        let error = error.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error}");
        assert!(error.message().contains("commit or roll back first"));
    };
    sum(&connection).unwrap();
    refused(&connection);
    connection.rollback().unwrap();
    connection
        .transact(|connection| {
            refused(connection);
            Ok::<_, Error>(())
        })
        .unwrap();
    connection.set_isolation(Isolation::Serializable).unwrap();
}

/// Two transactions that both read all and write what the other does not: one after the other, the second would not.
fn skewed(engine: &Engine) -> Result<i64> {
    let (one, other) = (engine.connect()?, engine.connect()?);
    if current() != Backend::Postgres {
        for connection in [&one, &other] {
            connection.execute(text("SET SESSION innodb_lock_wait_timeout = 1"))?;
            connection.commit()?;
        }
    }
    for (connection, id) in [(&one, 1), (&other, 2)] {
        if sum(connection)? == 2 {
            set(connection, id, 0)?;
        }
        if id == 1 {
            sum(&other)?;
        }
    }
    other.commit()?;
    one.commit()?;
    engine.transact(sum)
}

#[each_database]
fn e15_transactions_that_cannot_have_been_one_after_the_other_are_refused_if_serializable() {
    if current() == Backend::Sqlite {
        return; // It has one writer at a time.
    }
    let (_, engine) = duties();
    assert_eq!(skewed(&engine).unwrap(), 0, "nobody is on duty");
    engine
        .transact(|connection| {
            set(connection, 1, 1)?;
            set(connection, 2, 1)
        })
        .unwrap();
    let serializable = engine.with_isolation(Isolation::Serializable).unwrap();
    let error = skewed(&serializable).unwrap_err();
    assert!(error.is_retryable(), "{error:?}");
    assert!(engine.transact(sum).unwrap() > 0, "somebody is");
}

#[each_database]
fn e15_with_autocommit_each_statement_is_one_of_its_own() {
    let (_, engine) = duties();
    let alone = engine.with_isolation(Isolation::Autocommit).unwrap();
    let connection = alone.connect().unwrap();
    set(&connection, 1, 7).unwrap();
    assert!(!connection.in_transaction());
    connection.rollback().unwrap();
    assert_eq!(engine.transact(sum).unwrap(), 8, "it is there at once");
    connection.commit().unwrap();
    let statement = match current() {
        Backend::Sqlite => "VACUUM",
        Backend::Postgres => "VACUUM duty",
        Backend::MariaDb | Backend::Mysql => "SELECT 1",
    };
    connection.execute(text(statement)).unwrap();
    assert_eq!(sum(&connection).unwrap(), 8);

    // What is asked to be a transaction is one.
    let failed = connection.transact(|connection| {
        assert!(connection.in_transaction());
        assert_eq!(level(connection)?, usual());
        set(connection, 1, 9)?;
        Err::<(), _>(Error::rejected("no"))
    });
    failed.unwrap_err();
    let failed = alone.transaction().run(|connection| {
        set(connection, 1, 9)?;
        Err::<(), _>(Error::rejected("no"))
    });
    failed.unwrap_err();
    assert_eq!(engine.transact(sum).unwrap(), 8);
    set(&connection, 2, 0).unwrap();
    connection.set_isolation(usual()).unwrap();
    set(&connection, 1, 0).unwrap();
    connection.rollback().unwrap();
    assert_eq!(engine.transact(sum).unwrap(), 7);
    let error = engine
        .transaction()
        .isolation(Isolation::Autocommit)
        .run(sum)
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error}");
}

#[each_database]
fn e15_what_writes_in_a_transaction_that_only_reads_is_refused() {
    let (_, engine) = duties();
    let engine = engine.with_isolation(Isolation::Serializable).unwrap();
    let connection = engine.connect().unwrap();
    for ends_well in [true, false] {
        let read_only = connection.transaction().read_only();
        let done = read_only.run(|connection| {
            assert_eq!(sum(connection)?, 2);
            match ends_well {
                true => Ok(()),
                false => set(connection, 1, 5),
            }
        });
        match done {
            Ok(()) => assert!(ends_well),
            Err(error) => {
                assert!(!ends_well);
                assert_eq!(error.kind(), ErrorKind::WriteRefused, "{error:?}");
            }
        }
        // It is that transaction alone.
        set(&connection, 1, 1).unwrap();
        connection.commit().unwrap();
    }
    let with_level = engine
        .transaction()
        .read_only()
        .isolation(Isolation::ReadUncommitted)
        .run(|connection| {
            Ok::<_, Error>((
                level(connection)?,
                connection
                    .transact(|connection| set(connection, 1, 5))
                    .err(),
            ))
        });
    match with_level {
        Ok((level, refused)) => {
            assert_eq!(level, Isolation::ReadUncommitted);
            assert!(refused.unwrap().is_write_refused());
        }
        Err(error) => panic!("{error}"),
    }
    assert_eq!(engine.transact(sum).unwrap(), 2);
}

#[test]
fn e15_a_setting_that_was_on_before_a_transaction_that_only_reads_stays_on() {
    let engine = Engine::new("sqlite://").unwrap();
    let connection = engine.connect().unwrap();
    let is_on = |connection: &Connection| {
        let pragma = connection.execute(text("PRAGMA query_only"))?;
        pragma.scalar::<i64>()
    };
    let run = |connection: &Connection| connection.transaction().read_only().run(is_on);
    assert_eq!(run(&connection).unwrap(), Some(1));
    assert_eq!(is_on(&connection).unwrap(), Some(0));
    connection.execute(text("PRAGMA query_only = 1")).unwrap();
    connection.commit().unwrap();
    assert_eq!(run(&connection).unwrap(), Some(1));
    assert_eq!(is_on(&connection).unwrap(), Some(1));
}
