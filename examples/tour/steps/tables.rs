//! Tables are created from the schema, and dropped again.

use aludel::{Engine, model::Model};
use aludel_tour::{User, catalog};

use crate::guide::{Guide, Outcome};

pub(crate) fn run(guide: &mut Guide, engine: &Engine) -> Outcome {
    guide.chapter("Tables");
    catalog().create_all(engine)?;
    let names: Vec<&str> = catalog()
        .tables()?
        .iter()
        .map(|table| table.name.name.as_str())
        .collect();
    guide.step(
        "tables of the schema",
        names,
        vec!["boy", "girl", "boy2girl", "job", "hobby", "person", "users"],
    )?;
    guide.step("columns of `User`", User::table().columns.len(), 8)?;
    catalog().create_all(engine)?;
    let connection = engine.connect()?;
    guide.step(
        "users, after creating all tables a second time",
        connection.query::<User>().count()?,
        0,
    )
}

pub(crate) fn drop(guide: &mut Guide, engine: &Engine) -> Outcome {
    guide.chapter("The end");
    catalog().drop_all(engine)?;
    let gone = engine
        .connect()?
        .query::<User>()
        .count()
        .is_err_and(|error| error.is_programming());
    guide.step("the tables are gone", gone, true)
}
