//! Transactions: all or nothing, and savepoints within.

use aludel::{Engine, ErrorKind, Isolation};
use aludel_tour::{Girl, User};

use crate::guide::{Guide, Outcome};

pub(crate) fn run(guide: &mut Guide, engine: &Engine) -> Outcome {
    guide.chapter("Transactions");
    let connection = engine.connect()?;
    let users = connection.query::<User>().count()?;
    connection.delete::<User>().all_rows().execute()?;
    guide.step(
        "users, within a transaction that deleted them",
        connection.query::<User>().count()?,
        0,
    )?;
    connection.rollback()?;
    guide.step(
        "users, after it was rolled back",
        connection.query::<User>().count()?,
        users,
    )?;
    connection.rollback()?;

    connection.transact(|connection| {
        connection.insert(Girl::insert().name("eva"))?;
        let inner = connection
            .transact(|connection| connection.insert(Girl::insert().name("eva")).map(drop));
        let kind = inner.map_err(|error| error.kind()).err();
        guide.step(
            "a savepoint that failed",
            kind,
            Some(ErrorKind::UniqueViolation),
        )
    })?;
    let girls = engine
        .connect()?
        .query::<Girl>()
        .order_by(Girl::name)
        .select(Girl::name)
        .all()?;
    guide.step(
        "girls, seen by another connection",
        girls,
        vec!["ann".to_owned(), "eva".to_owned()],
    )?;

    let counted = engine
        .transaction()
        .isolation(Isolation::Serializable)
        .retries(3)
        .run_counted(|connection| connection.query::<Girl>().count());
    guide.step("girls, in a serializable transaction", counted.result?, 2)?;
    guide.step("tries that it took", counted.tries.len(), 1)
}
