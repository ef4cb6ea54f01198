//! The work with `postgres` alone, as one would write it by hand, with statements that stay prepared.

use postgres::{Client, NoTls, Row, Statement};

use crate::{contest::Outcome, data::ItemRow, worker::Worker};

/// What a row becomes.
pub struct Item {
    id: i64,
    name: String,
    note: Option<String>,
    amount: i64,
}

/// A connection, and its statements.
pub struct ByPostgres {
    client: Client,
    all: Statement,
    get: Statement,
}

impl Worker for ByPostgres {
    type Item = Item;

    fn open(url: &str) -> Outcome<Self> {
        let mut client = Client::connect(&format!("{url}?sslmode=disable"), NoTls)?;
        client.batch_execute("BEGIN")?;
        Ok(ByPostgres {
            all: client.prepare("SELECT id, name, note, amount FROM item")?,
            get: client.prepare("SELECT id, name, note, amount FROM item WHERE id = $1")?,
            client,
        })
    }

    fn all(&mut self) -> Outcome<Vec<Item>> {
        let rows = self.client.query(&self.all, &[])?;
        Ok(rows.iter().map(item).collect::<Result<_, _>>()?)
    }

    fn get(&mut self, id: i64) -> Outcome<Item> {
        Ok(item(&self.client.query_one(&self.get, &[&id])?)?)
    }

    fn one(&mut self, id: i64) -> Outcome<Item> {
        self.get(id)
    }
}

fn item(row: &Row) -> Result<Item, postgres::Error> {
    Ok(Item {
        id: row.try_get(0)?,
        name: row.try_get(1)?,
        note: row.try_get(2)?,
        amount: row.try_get(3)?,
    })
}

impl From<Item> for ItemRow {
    fn from(item: Item) -> Self {
        (item.id, item.name, item.note, item.amount)
    }
}
