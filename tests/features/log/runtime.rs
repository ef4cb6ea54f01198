//! e01: the API blocks, also where an asynchronous runtime calls it, and never panics there.

use std::future::Future;

use aludel::{Session, prelude::*};
use aludel_testing::{each_database, models::Login};
use tokio::runtime::{Builder, Runtime};

use crate::engine;

fn works_in(runtime: &Runtime, work: impl Future<Output = ()>) {
    runtime.block_on(work);
}

#[each_database]
fn e01_within_an_asynchronous_runtime_everything_works_and_nothing_panics() {
    let alone = Builder::new_current_thread().build().unwrap();
    let many = Builder::new_multi_thread()
        .worker_threads(2)
        .build()
        .unwrap();
    for runtime in [&alone, &many] {
        works_in(runtime, async {
            // Also what opens a connection, fails, streams and rolls back when it is dropped.
            let engine = engine(&["login"], |engine| engine);
            let conn = engine.connect().unwrap();
            let row = |name: &str| Login::insert().name(name).password(name);
            conn.transact(|conn| conn.insert_all([row("ed"), row("al")]).map(drop))
                .unwrap();
            assert!(
                conn.insert_all([row("ed")])
                    .unwrap_err()
                    .is_unique_violation()
            );
            conn.rollback().unwrap();
            let query = conn.query::<Login>().order_by(Login::name);
            let mut rows = query.iter().unwrap();
            assert_eq!(rows.next().unwrap().unwrap().name, "al");
            drop(rows);
            drop(query);
            drop(conn);
            let session = Session::new(&engine);
            let ed = session
                .query::<Login>()
                .filter(Login::name.eq("ed"))
                .one()
                .unwrap();
            ed.edit().unwrap().tries = 1;
            session.commit().unwrap();
            let moved = engine.clone();
            let counted = tokio::task::spawn_blocking(move || {
                moved.connect().unwrap().query::<Login>().count().unwrap()
            });
            assert_eq!(counted.await.unwrap(), 2);
            engine.dispose();
        });
    }
}
