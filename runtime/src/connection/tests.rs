//! Connections on SQLite.

use std::ops::ControlFlow;

use crate::{Engine, value::Value};

#[test]
fn smoke() {
    let engine = Engine::new("sqlite://").unwrap();
    let a = engine.connect().unwrap();
    a.execute_sql("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)", &[])
        .unwrap();
    assert_eq!(
        a.execute_sql(
            "INSERT INTO t VALUES (?, ?), (2, 'x')",
            &[Value::Int(1), Value::Null]
        )
        .unwrap(),
        2
    );
    a.commit().unwrap();
    let b = engine.connect().unwrap();
    let mut n = 0;
    b.query_sql("SELECT * FROM t", &[], false, &mut |row| {
        n += row.get::<i64>(0)?;
        Ok(ControlFlow::Continue(()))
    })
    .unwrap();
    assert_eq!(n, 3);
}
