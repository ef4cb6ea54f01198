//! COPY of PostgreSQL, by the driver's own client.

use std::pin::pin;

use aludel::{
    Connection, ErrorKind, Result,
    drivers::futures_util::{SinkExt, TryStreamExt},
};
use aludel_tour::Girl;

use super::{COUNT, engine, names, number};
use crate::backend::{self, Backend};

const IN: &str = "COPY girl (name) FROM STDIN";

fn on_postgres(test: impl FnOnce(&Connection)) {
    backend::run(Backend::Postgres, || test(&engine().connect().unwrap()));
}

fn copy(conn: &Connection, data: &'static str) -> Result<u64> {
    conn.with_postgres(async |client| {
        let mut sink = pin!(client.copy_in(IN).await?);
        sink.send(data.as_bytes()).await?;
        sink.finish().await
    })
}

#[test]
fn rows_are_copied_in_and_out_on_postgres() {
    on_postgres(|conn| {
        for in_transaction in [false, true] {
            if in_transaction {
                conn.insert(Girl::insert().name("ours")).unwrap();
            }
            assert_eq!(copy(conn, "ann\nbea\n").unwrap(), 2);
            assert_eq!(conn.in_transaction(), in_transaction);
            let out: Vec<u8> = conn
                .with_postgres(async |client| {
                    let stream = client.copy_out("COPY girl (name) TO STDOUT").await?;
                    let parts: Vec<_> = stream.try_collect().await?;
                    Ok(parts.concat())
                })
                .unwrap();
            let out = String::from_utf8(out).unwrap();
            assert!(out.ends_with("ann\nbea\n"), "{out}");
            if in_transaction {
                conn.rollback().unwrap();
                assert!(names(conn).is_empty());
            } else {
                conn.with_postgres(async |client| client.execute("DELETE FROM girl", &[]).await)
                    .unwrap();
            }
        }
    });
}

#[test]
fn many_rows_are_copied_on_postgres() {
    on_postgres(|conn| {
        let copied = conn.with_postgres(async |client| {
            let mut sink = pin!(client.copy_in(IN).await?);
            for part in 0..1_000 {
                let rows: String = (0..100).map(|row| format!("{part}-{row}\n")).collect();
                sink.feed(std::io::Cursor::new(rows)).await?;
            }
            sink.finish().await
        });
        assert_eq!(copied.unwrap(), 100_000);
        assert_eq!(number(conn, COUNT).unwrap(), 100_000);
    });
}

#[test]
fn a_copy_that_fails_or_is_dropped_leaves_the_connection_as_it_says_on_postgres() {
    on_postgres(|conn| {
        for in_transaction in [false, true] {
            let begin = || {
                if in_transaction {
                    conn.insert(Girl::insert().name("ours")).unwrap();
                }
            };
            begin();
            let error = copy(conn, "ann\nann\n").unwrap_err();
            assert!(error.is_unique_violation(), "{error:?}");
            assert_eq!(conn.in_transaction(), in_transaction);
            conn.rollback().unwrap();

            begin();
            let dropped = conn.with_postgres(async |client| {
                let mut sink = pin!(client.copy_in(IN).await?);
                sink.send("ann\n".as_bytes()).await
            });
            dropped.unwrap();
            assert_eq!(conn.in_transaction(), in_transaction);
            if in_transaction {
                let commit = conn.commit().unwrap_err();
                assert!(
                    commit.message().contains("nothing was committed"),
                    "{commit}"
                );
            }
            conn.rollback().unwrap();
            assert!(names(conn).is_empty());
            conn.rollback().unwrap();
        }
    });
}

#[test]
fn a_copy_that_is_refused_at_once_costs_the_connection_on_postgres() {
    backend::run(Backend::Postgres, || {
        let engine = engine();
        let conn = engine.connect().unwrap();
        let unknown = conn.with_postgres(async |client| {
            let sink = client.copy_in::<_, &[u8]>("COPY nothing FROM STDIN");
            sink.await.map(drop)
        });
        // The driver takes the answer to its giving up for one to nothing.
        let error = unknown.unwrap_err();
        assert!(error.is_disconnected(), "{error:?}");
        assert!(error.message().contains("\"nothing\""), "{error}");
        assert!(!conn.in_transaction());
        drop(conn);
        assert!(names(&engine.connect().unwrap()).is_empty());
    });
}

#[test]
fn a_copy_without_anybody_to_send_data_does_not_wait_on_postgres() {
    on_postgres(|conn| {
        let sent = conn.with_postgres(async |client| client.batch_execute(IN).await);
        let error = sent.unwrap_err();
        assert!(!error.is_disconnected(), "{error:?}");
        assert_eq!(number(conn, COUNT).unwrap(), 0);
    });
}

#[test]
fn a_copy_that_is_left_open_costs_the_connection_on_postgres() {
    backend::run(Backend::Postgres, || {
        let engine = engine();
        let conn = engine.connect().unwrap();
        let mut kept = None;
        let left = conn.with_postgres(async |client| {
            kept = Some(client.copy_in::<_, &[u8]>(IN).await?);
            Ok(())
        });
        let error = left.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error:?}");
        assert!(error.message().contains("COPY"), "{error}");
        assert!(number(&conn, COUNT).unwrap_err().is_disconnected());
        drop(conn);
        assert!(names(&engine.connect().unwrap()).is_empty());
    });
}

#[test]
fn waiting_for_something_else_than_the_server_is_an_error_on_postgres() {
    on_postgres(|conn| {
        let error = conn
            .with_postgres(async |client| {
                client.batch_execute("SELECT 1").await?;
                std::future::pending::<()>().await;
                Ok(())
            })
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error:?}");
        // What wakes itself goes on.
        let mut again = true;
        conn.with_postgres(async |client| {
            std::future::poll_fn(|context| {
                context.waker().wake_by_ref();
                match std::mem::take(&mut again) {
                    true => std::task::Poll::Pending,
                    false => std::task::Poll::Ready(()),
                }
            })
            .await;
            client.batch_execute("SELECT 1").await
        })
        .unwrap();
        assert_eq!(number(conn, COUNT).unwrap(), 0);
    });
}
