//! The work with Aludel, and the filling of a database.

use aludel::{Engine, prelude::*};

use crate::{
    contest::Outcome,
    data::{ItemRow, items},
    models::{Item, catalog},
    worker::Worker,
};

/// A connection of an engine of its own.
pub struct ByAludel(Connection);

/// Makes the table in an empty database, and its rows.
pub fn fill(url: &str) -> Outcome {
    let engine = engine(url)?;
    catalog().create_all(&engine)?;
    let connection = engine.connect()?;
    let rows = items()
        .map(|(id, name, note, amount)| Item::insert().id(id).name(name).note(note).amount(amount));
    connection.insert_all(rows)?;
    Ok(connection.commit()?)
}

fn engine(url: &str) -> Outcome<Engine> {
    let without_tls = if url.starts_with("postgres") {
        "sslmode=disable"
    } else {
        "ssl_mode=disabled"
    };
    Ok(Engine::new(&format!("{url}?{without_tls}"))?)
}

impl Worker for ByAludel {
    type Item = Item;

    fn open(url: &str) -> Outcome<Self> {
        // The first statement begins a transaction.
        Ok(ByAludel(engine(url)?.connect()?))
    }

    fn all(&mut self) -> Outcome<Vec<Item>> {
        Ok(self.0.query::<Item>().all()?)
    }

    fn get(&mut self, id: i64) -> Outcome<Item> {
        Ok(self.0.get::<Item>(id)?.ok_or("a row is missing")?)
    }

    fn one(&mut self, id: i64) -> Outcome<Item> {
        Ok(self.0.query::<Item>().filter(Item::id.eq(id)).one()?)
    }
}

impl From<Item> for ItemRow {
    fn from(item: Item) -> Self {
        (item.id, item.name, item.note, item.amount)
    }
}
