//! The same work with the drivers alone, as one would write it by hand.

use std::{path::Path, time::Duration};

use mysql::prelude::Queryable;

use crate::{
    contest::{Outcome, timed},
    name,
};

/// What a row becomes.
#[allow(dead_code)] // a row is made, and not looked at
pub struct Item {
    id: i64,
    name: String,
    note: Option<String>,
    amount: i64,
}

/// Somebody who works with a driver alone.
pub trait ByHand {
    /// All rows.
    fn all(&mut self) -> Outcome<Duration>;
    /// Inserts so many rows, one by one, into the empty table.
    fn insert(&mut self, rows: u32) -> Outcome<Duration>;
    /// Updates a column of so many rows, one by one.
    fn update(&mut self, rows: u32) -> Outcome<Duration>;
}

const SELECT: &str = "SELECT id, name, note, amount FROM item";
const INSERT: &str = "INSERT INTO item (name, note, amount) VALUES (?, ?, ?)";
const UPDATE: &str = "UPDATE item SET amount = ? WHERE id = ?";

pub struct Sqlite(rusqlite::Connection);

impl Sqlite {
    pub fn open(file: &Path) -> Outcome<Sqlite> {
        let connection = rusqlite::Connection::open(file)?;
        connection.pragma_update(None, "foreign_keys", true)?;
        Ok(Sqlite(connection))
    }

    fn ids(&self) -> Outcome<Vec<i64>> {
        let mut statement = self.0.prepare("SELECT id FROM item")?;
        let ids = statement.query_map([], |row| row.get(0))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }
}

impl ByHand for Sqlite {
    fn all(&mut self) -> Outcome<Duration> {
        self.0.execute_batch("BEGIN")?;
        let took = timed(|| {
            let mut statement = self.0.prepare_cached(SELECT)?;
            let mut rows = statement.query([])?;
            let mut items = Vec::new();
            while let Some(row) = rows.next()? {
                items.push(Item {
                    id: row.get(0)?,
                    name: row.get(1)?,
                    note: row.get(2)?,
                    amount: row.get(3)?,
                });
            }
            Ok(items)
        })?;
        self.0.execute_batch("ROLLBACK")?;
        Ok(took)
    }

    fn insert(&mut self, rows: u32) -> Outcome<Duration> {
        self.0.execute_batch("DELETE FROM item; BEGIN IMMEDIATE")?;
        let took = timed(|| {
            for number in 0..rows {
                let mut statement = self.0.prepare_cached(INSERT)?;
                statement.execute(rusqlite::params![name(number), "a note", i64::from(number)])?;
            }
            Ok(())
        })?;
        self.0.execute_batch("COMMIT")?;
        Ok(took)
    }

    fn update(&mut self, _rows: u32) -> Outcome<Duration> {
        let ids = self.ids()?;
        self.0.execute_batch("BEGIN IMMEDIATE")?;
        let took = timed(|| {
            for id in ids {
                let mut statement = self.0.prepare_cached(UPDATE)?;
                statement.execute(rusqlite::params![id + 1, id])?;
            }
            Ok(())
        })?;
        self.0.execute_batch("COMMIT")?;
        Ok(took)
    }
}

pub struct Postgres(postgres::Client);

impl Postgres {
    pub fn open(url: &str) -> Outcome<Postgres> {
        Ok(Postgres(postgres::Client::connect(url, postgres::NoTls)?))
    }
}

impl ByHand for Postgres {
    fn all(&mut self) -> Outcome<Duration> {
        let statement = self.0.prepare(SELECT)?;
        timed(|| {
            let rows = self.0.query(&statement, &[])?;
            let items = rows.iter().map(|row| Item {
                id: row.get(0),
                name: row.get(1),
                note: row.get(2),
                amount: row.get(3),
            });
            Ok(items.collect::<Vec<_>>())
        })
    }

    fn insert(&mut self, rows: u32) -> Outcome<Duration> {
        self.0.batch_execute("DELETE FROM item; BEGIN")?;
        let statement = self
            .0
            .prepare("INSERT INTO item (name, note, amount) VALUES ($1, $2, $3)")?;
        let took = timed(|| {
            for number in 0..rows {
                let amount = i64::from(number);
                self.0
                    .execute(&statement, &[&name(number), &"a note", &amount])?;
            }
            Ok(())
        })?;
        self.0.batch_execute("COMMIT")?;
        Ok(took)
    }

    fn update(&mut self, _rows: u32) -> Outcome<Duration> {
        let rows = self.0.query("SELECT id FROM item", &[])?;
        let statement = self
            .0
            .prepare("UPDATE item SET amount = $1 WHERE id = $2")?;
        self.0.batch_execute("BEGIN")?;
        let took = timed(|| {
            for row in &rows {
                let id: i64 = row.get(0);
                self.0.execute(&statement, &[&(id + 1), &id])?;
            }
            Ok(())
        })?;
        self.0.batch_execute("COMMIT")?;
        Ok(took)
    }
}

pub struct MySql(mysql::Conn);

impl MySql {
    pub fn open(url: &str) -> Outcome<MySql> {
        let url = url.replacen("mariadb:", "mysql:", 1);
        // By TCP, as the others.
        let options =
            mysql::OptsBuilder::from_opts(mysql::Opts::from_url(&url)?).prefer_socket(false);
        Ok(MySql(mysql::Conn::new(options)?))
    }
}

impl ByHand for MySql {
    fn all(&mut self) -> Outcome<Duration> {
        let statement = self.0.prep(SELECT)?;
        timed(|| {
            let items = self
                .0
                .exec_map(&statement, (), |(id, name, note, amount)| Item {
                    id,
                    name,
                    note,
                    amount,
                })?;
            Ok(items)
        })
    }

    fn insert(&mut self, rows: u32) -> Outcome<Duration> {
        self.0.query_drop("DELETE FROM item")?;
        self.0.query_drop("BEGIN")?;
        let statement = self.0.prep(INSERT)?;
        let took = timed(|| {
            for number in 0..rows {
                self.0
                    .exec_drop(&statement, (name(number), "a note", number))?;
            }
            Ok(())
        })?;
        self.0.query_drop("COMMIT")?;
        Ok(took)
    }

    fn update(&mut self, _rows: u32) -> Outcome<Duration> {
        let ids: Vec<i64> = self.0.query("SELECT id FROM item")?;
        let statement = self.0.prep(UPDATE)?;
        self.0.query_drop("BEGIN")?;
        let took = timed(|| {
            for id in ids {
                self.0.exec_drop(&statement, (id + 1, id))?;
            }
            Ok(())
        })?;
        self.0.query_drop("COMMIT")?;
        Ok(took)
    }
}
