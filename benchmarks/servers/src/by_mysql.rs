//! The work with `mysql` alone, as one would write it by hand, with statements that stay prepared.

use mysql::{Conn, Opts, Row, Statement, prelude::Queryable};

use crate::{
    contest::Outcome,
    data::ItemRow,
    worker::{Worker, as_mysql},
};

/// What a row becomes.
pub struct Item {
    id: i64,
    name: String,
    note: Option<String>,
    amount: i64,
}

/// A connection, and its statements.
pub struct ByMysql {
    connection: Conn,
    all: Statement,
    get: Statement,
}

impl Worker for ByMysql {
    type Item = Item;

    fn open(url: &str) -> Outcome<Self> {
        // By TCP, as everybody else: the driver would look for the server's Unix socket, which is faster.
        let url = format!("{}?prefer_socket=false", as_mysql(url));
        let mut connection = Conn::new(Opts::from_url(&url)?)?;
        connection.query_drop("START TRANSACTION")?;
        Ok(ByMysql {
            all: connection.prep("SELECT id, name, note, amount FROM item")?,
            get: connection.prep("SELECT id, name, note, amount FROM item WHERE id = ?")?,
            connection,
        })
    }

    fn all(&mut self) -> Outcome<Vec<Item>> {
        let rows = self.connection.exec_iter(&self.all, ())?;
        rows.map(|row| Ok(item(row?).ok_or("a column is missing")?))
            .collect()
    }

    fn get(&mut self, id: i64) -> Outcome<Item> {
        let row = self.connection.exec_first(&self.get, (id,))?;
        Ok(row.and_then(item).ok_or("a row is missing")?)
    }

    fn one(&mut self, id: i64) -> Outcome<Item> {
        self.get(id)
    }
}

fn item(mut row: Row) -> Option<Item> {
    Some(Item {
        id: row.take(0)?,
        name: row.take(1)?,
        note: row.take(2)?,
        amount: row.take(3)?,
    })
}

impl From<Item> for ItemRow {
    fn from(item: Item) -> Self {
        (item.id, item.name, item.note, item.amount)
    }
}
