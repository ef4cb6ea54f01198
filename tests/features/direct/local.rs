//! What the drivers of SQLite and of MySQL can do beyond statements.

use std::io::{Read, Write};

use aludel::{
    drivers::{
        mysql::{LocalInfileHandler, prelude::Queryable},
        rusqlite::{self, backup::Backup},
    },
    text,
};

use super::{COUNT, INSERT, engine, names, number, run};
use crate::backend::{self, Backend};

#[test]
fn a_database_is_backed_up_and_a_blob_is_read_in_parts_on_sqlite() {
    let conn = engine().connect().unwrap();
    run(&conn, INSERT).unwrap();
    let copied: i64 = conn
        .with_sqlite(|raw| {
            let mut copy = rusqlite::Connection::open_in_memory()?;
            Backup::new(raw, &mut copy)?.step(-1)?;
            copy.query_row(COUNT, [], |row| row.get(0))
        })
        .unwrap();
    assert_eq!(copied, 1);

    conn.execute(text("CREATE TABLE file (data BLOB)")).unwrap();
    conn.execute(text("INSERT INTO file VALUES (:data)").bind("data", b"whole".to_vec()))
        .unwrap();
    let part = conn.with_sqlite(|raw| {
        let mut blob = raw.blob_open("main", "file", "data", 1, true)?;
        let mut part = [0; 3];
        Ok(blob.read_exact(&mut part).map(|()| part))
    });
    assert_eq!(part.unwrap().unwrap(), *b"who");
    conn.rollback().unwrap();
}

#[test]
fn rows_are_loaded_from_the_client_on_mysql() {
    for backend in [Backend::MariaDb, Backend::Mysql] {
        backend::run(backend, || {
            let conn = engine().connect().unwrap();
            run(&conn, "BEGIN").unwrap();
            conn.with_mysql(|raw| {
                raw.set_local_infile_handler(Some(LocalInfileHandler::new(|_, writer| {
                    writer.write_all(b"ann\nbea\n")
                })));
                let loaded = raw.query_drop("LOAD DATA LOCAL INFILE 'it' INTO TABLE girl (name)");
                raw.set_local_infile_handler(None);
                loaded
            })
            .unwrap();
            assert_eq!(names(&conn), ["ann", "bea"]);
            assert!(conn.in_transaction());
            conn.rollback().unwrap();
            assert_eq!(number(&conn, COUNT).unwrap(), 0);
        });
    }
}
