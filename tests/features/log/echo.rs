//! e05: what an engine tells of its statements.

use std::time::Duration;

use aludel::{Error, Isolation, prelude::*, text};
use aludel_testing::{each_database, models::Login};
use tracing::Level;

use crate::{
    backend::{Backend, current},
    engine,
    heard::{heard, heard_up_to},
};

#[each_database]
fn e05_every_statement_is_told_with_the_fields_that_tools_look_for() {
    let engine = engine(&["login"], |engine| engine);
    let conn = engine.connect().unwrap();
    let read = || {
        let named = conn.query::<Login>().filter(Login::name.eq("ed"));
        named.all().unwrap().len()
    };
    let (told, found) = heard(|| {
        let ed = Login::insert().name("ed").password("hush");
        conn.insert_all([ed]).unwrap();
        (read(), read())
    });
    assert_eq!(found, (1, 1));
    let reads = told.of("SELECT");
    assert_eq!(reads.len(), 2, "{told:?}");
    let (span, first) = reads[0];
    let system = match current() {
        Backend::Sqlite => "sqlite",
        Backend::Postgres => "postgresql",
        Backend::MariaDb => "mariadb",
        Backend::Mysql => "mysql",
    };
    let url = engine.url();
    let port = url.port().map(|port| port.to_string());
    let fields = [
        ("db.system.name", Some(system)),
        ("db.namespace", url.database()),
        ("db.operation.name", Some("SELECT")),
        ("server.address", url.host()),
        ("server.port", port.as_deref()),
        ("db.response.returned_rows", Some("1")),
        ("otel.kind", Some("client")),
        ("error.type", None),
    ];
    for (field, expected) in fields {
        assert_eq!(span.get(field), expected, "{field}: {span:?}");
    }
    assert_eq!(first.get("message"), Some("done"));
    assert_eq!(first.get("rows"), Some("1"));
    assert_eq!(first.get("parameters"), Some(r#"["ed"]"#));
    assert!(first.get("duration").unwrap().parse::<f64>().unwrap() >= 0.0);
    assert!(first.get("origin").unwrap().starts_with("generated in 0."));
    let (_, second) = reads[1];
    assert!(second.get("origin").unwrap().starts_with("cached since 0."));
    let (_, inserted) = told.of("INSERT")[0];
    assert_eq!(inserted.get("parameters"), Some(r#"["ed", ***]"#));
}

#[each_database]
fn e05_how_transactions_and_savepoints_begin_and_end_is_told() {
    let engine = engine(&["login"], |engine| engine);
    let (told, ()) = heard(|| {
        let conn = engine.connect().unwrap();
        let row = |name: &str| Login::insert().name(name).password(name);
        conn.transact(|conn| {
            let kept = conn.transact(|conn| conn.insert_all([row("a")]).map(drop));
            kept?;
            let undone = conn.transact(|conn| {
                conn.insert_all([row("b")])?;
                Err::<(), _>(Error::rejected("no"))
            });
            assert!(undone.is_err());
            Ok::<_, Error>(())
        })
        .unwrap();
        assert_eq!(conn.query::<Login>().count().unwrap(), 1);
        drop(conn);
    });
    let words: Vec<String> = told
        .statements()
        .iter()
        .map(|text| match text.split_whitespace().next().unwrap() {
            word @ ("INSERT" | "SELECT" | "BEGIN" | "START") => word.to_owned(),
            _ => (*text).to_owned(),
        })
        .collect();
    let begin = words[0].as_str();
    let expected = [
        begin,
        "SAVEPOINT aludel_2",
        "INSERT",
        "RELEASE SAVEPOINT aludel_2",
        "SAVEPOINT aludel_2",
        "INSERT",
        "ROLLBACK TO SAVEPOINT aludel_2",
        "RELEASE SAVEPOINT aludel_2",
        "COMMIT",
        begin,
        "SELECT",
        "ROLLBACK",
    ];
    assert_eq!(
        words, expected,
        "the last one is done by dropping the connection"
    );
    assert!(begin == "BEGIN" || begin == "START", "{begin}");
}

#[each_database]
fn e05_a_statement_that_fails_is_told_with_its_kind_and_code() {
    let engine = engine(&["login"], |engine| engine);
    let conn = engine.connect().unwrap();
    let (told, error) = heard(|| {
        let row = || Login::insert().name("ed").password("hush");
        conn.insert_all([row()]).unwrap();
        conn.insert_all([row()]).unwrap_err()
    });
    let (span, event) = told.of("INSERT")[1];
    assert_eq!(event.get("message"), Some("failed"));
    assert_eq!(span.get("error.type"), Some("UniqueViolation"));
    assert_eq!(span.get("db.response.status_code"), error.code());
}

#[each_database]
fn e05_a_result_that_is_read_row_by_row_is_told_when_it_ends() {
    let engine = engine(&["login"], |engine| engine);
    let conn = engine.connect().unwrap();
    let row = |name: &str| Login::insert().name(name).password(name);
    conn.insert_all([row("a"), row("b"), row("c")]).unwrap();
    let (told, ()) = heard_up_to(Level::TRACE, || {
        let query = conn.query::<Login>().order_by(Login::id);
        let mut rows = query.iter().unwrap();
        assert_eq!(rows.next().unwrap().unwrap().name, "a");
        assert_eq!(rows.next().unwrap().unwrap().name, "b");
    });
    let rows: Vec<&str> = told
        .events
        .iter()
        .filter_map(|event| event.get("row"))
        .collect();
    assert_eq!(rows, [r#"[1, "a", ***, 0]"#, r#"[2, "b", ***, 0]"#]);
    let (span, done) = told.of("SELECT")[0];
    assert_eq!(done.get("rows"), Some("2"));
    assert_eq!(span.get("db.response.returned_rows"), Some("2"));
    drop(conn);
}

#[each_database]
fn e05_a_statement_by_hand_is_told_as_such() {
    let engine = engine(&["login"], |engine| engine);
    let conn = engine.connect().unwrap();
    let (told, ()) = heard(|| {
        let counted = text("select count(*) from login where name = :name").bind("name", "ed");
        conn.execute(counted).unwrap();
    });
    let (span, done) = told.of("select")[0];
    assert_eq!(span.get("db.operation.name"), Some("select"));
    assert_eq!(done.get("origin"), Some("raw sql"));
    assert_eq!(done.get("parameters"), Some(r#"["ed"]"#));
    assert_eq!(done.get("rows"), Some("1"));
}

#[each_database]
fn e05_a_slow_statement_is_warned_of_with_its_time() {
    let warnings = |after: Duration| {
        let engine = engine(&["login"], |engine| engine.slow_query(after));
        let conn = engine.connect().unwrap();
        let (told, ()) = heard_up_to(Level::WARN, || {
            conn.query::<Login>()
                .filter(Login::name.eq("ed"))
                .all()
                .unwrap();
        });
        assert!(told.spans.is_empty(), "nobody listens to those");
        told.events
    };
    assert!(warnings(Duration::from_secs(600)).is_empty());
    let told = warnings(Duration::ZERO);
    let warning = told.iter().find(|event| event.shows("SELECT")).unwrap();
    assert_eq!(warning.level, Level::WARN);
    assert_eq!(warning.get("parameters"), Some(r#"["ed"]"#));
    let message = warning.get("message").unwrap();
    assert!(message.starts_with("a slow query: it took "), "{message}");
    assert!(warning.get("duration").unwrap().parse::<f64>().is_ok());
}

#[each_database]
fn e15_a_transaction_that_is_run_again_is_a_warning_without_values() {
    let engine = engine(&["login"], |engine| engine.hide_parameters(true));
    let blocker = engine.connect().unwrap();
    blocker
        .insert(Login::insert().name("ed").password("hush"))
        .unwrap();
    let is_sqlite = current() == Backend::Sqlite;
    if !is_sqlite {
        blocker.commit().unwrap();
        let all = blocker.update::<Login>().set(Login::name.set("al"));
        all.all_rows().execute().unwrap();
    }
    let conn = engine.connect().unwrap();
    if is_sqlite {
        conn.execute(text("PRAGMA busy_timeout = 0")).unwrap();
        conn.rollback().unwrap();
    }
    let (told, done) = heard(|| {
        conn.transaction().retries(2).run(|conn| {
            let locked = conn.query::<Login>().filter(Login::name.eq("ed"));
            match is_sqlite {
                true => Ok(0),
                false => locked
                    .lock(Lock::for_update().nowait())
                    .all()
                    .map(|all| all.len()),
            }
        })
    });
    assert!(done.unwrap_err().is_lock_timeout());
    let warnings: Vec<_> = told
        .events
        .iter()
        .filter(|event| event.level == Level::WARN)
        .collect();
    let messages: Vec<_> = warnings
        .iter()
        .map(|event| event.get("message").unwrap())
        .collect();
    let again = "a transaction is run again";
    let last = "a transaction is not run again: it was tried as often as it may be";
    assert_eq!(messages, [again, again, last]);
    let retries: Vec<_> = warnings.iter().map(|event| event.get("retry")).collect();
    assert_eq!(retries, [Some("1"), Some("2"), None]);
    assert_eq!(warnings[2].get("tries"), Some("3"));
    for warning in warnings {
        assert!(
            warning.shows("LockTimeout: ") && !warning.shows("ed\""),
            "{warning:?}"
        );
        assert!(warning.get("wait").or(warning.get("duration")).is_some());
    }
}

#[each_database]
fn e15_that_no_transaction_begins_is_told() {
    let engine = engine(&["login"], |engine| engine);
    let alone = engine.with_isolation(Isolation::Autocommit).unwrap();
    let conn = alone.connect().unwrap();
    let (told, count) = heard(|| {
        let count = conn.query::<Login>().count();
        conn.commit().unwrap();
        count
    });
    assert_eq!(count.unwrap(), 0);
    assert_eq!(told.statements().len(), 1, "{told:?}");
    assert!(told.statements()[0].starts_with("SELECT COUNT"));
    let message = told.events[0].get("message");
    assert_eq!(message, Some("autocommit: no transaction is begun"));
    let serializable = alone.transaction().isolation(Isolation::Serializable);
    let (told, count) = heard(|| {
        serializable
            .read_only()
            .run(|conn| conn.query::<Login>().count())
    });
    assert_eq!(count.unwrap(), 0);
    let began: Vec<_> = told
        .statements()
        .into_iter()
        .take_while(|sql| !sql.starts_with("SELECT"))
        .collect();
    let expected: &[&str] = match current() {
        Backend::Sqlite => &["PRAGMA query_only = 1", "BEGIN"],
        Backend::Postgres => &["BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY"],
        Backend::MariaDb | Backend::Mysql => {
            &["SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; START TRANSACTION READ ONLY"]
        }
    };
    assert_eq!(began, expected);
    let ended = told.statements().split_off(began.len() + 1);
    match current() {
        Backend::Sqlite => assert_eq!(ended, ["COMMIT", "PRAGMA query_only = 0"]),
        _ => assert_eq!(ended, ["COMMIT"]),
    }
}
