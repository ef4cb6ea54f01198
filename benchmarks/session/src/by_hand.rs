//! The same work with the drivers alone, as one would write it by hand.

use std::{collections::HashMap, path::Path, time::Duration};

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

/// What a row of `hobby` becomes, with those that lead to it.
#[allow(dead_code)] // as above
pub struct Hobby {
    id: i64,
    caption: String,
    persons: Vec<Person>,
}

/// What a row of `person` becomes.
#[allow(dead_code)] // as above
pub struct Person {
    id: i64,
    hobby_id: i64,
    name: String,
}

/// Somebody who works with a driver alone.
pub trait ByHand {
    /// All rows.
    fn all(&mut self) -> Outcome<Duration>;
    /// Inserts so many rows, one by one, into the empty table.
    fn insert(&mut self, rows: u32) -> Outcome<Duration>;
    /// Updates a column of so many rows, one by one.
    fn update(&mut self, rows: u32) -> Outcome<Duration>;
    /// All hobbies with their persons, by two statements.
    fn with_persons(&mut self) -> Outcome<Duration>;
}

const SELECT: &str = "SELECT id, name, note, amount FROM item";
const INSERT: &str = "INSERT INTO item (name, note, amount) VALUES (?, ?, ?)";
const UPDATE: &str = "UPDATE item SET amount = ? WHERE id = ?";
const HOBBIES: &str = "SELECT id, caption FROM hobby";
/// How many keys of hobbies one statement looks for.
const KEYS_AT_ONCE: usize = 1024;

/// The persons of so many hobbies, where placeholders are question marks.
fn persons_of() -> String {
    let keys = ["?"; KEYS_AT_ONCE].join(", ");
    format!("SELECT id, hobby_id, name FROM person WHERE hobby_id IN ({keys})")
}

/// The keys of hobbies as parameters. What is missing to the full number repeats the first.
fn padded(hobbies: &[Hobby]) -> Vec<i64> {
    let keys = hobbies.iter().chain(std::iter::repeat(&hobbies[0]));
    keys.take(KEYS_AT_ONCE).map(|hobby| hobby.id).collect()
}

fn hobby(id: i64, caption: String) -> Hobby {
    Hobby {
        id,
        caption,
        persons: Vec::new(),
    }
}

/// The positions of hobbies by their keys.
fn places(hobbies: &[Hobby]) -> HashMap<i64, usize> {
    hobbies.iter().map(|hobby| hobby.id).zip(0..).collect()
}

fn give(hobbies: &mut [Hobby], places: &HashMap<i64, usize>, person: Person) {
    if let Some(place) = places.get(&person.hobby_id) {
        hobbies[*place].persons.push(person);
    }
}

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

    fn with_persons(&mut self) -> Outcome<Duration> {
        let persons_of = persons_of();
        self.0.execute_batch("BEGIN")?;
        let took = timed(|| {
            let mut statement = self.0.prepare_cached(HOBBIES)?;
            let mut rows = statement.query([])?;
            let mut hobbies = Vec::new();
            while let Some(row) = rows.next()? {
                hobbies.push(hobby(row.get(0)?, row.get(1)?));
            }
            let places = places(&hobbies);
            let mut statement = self.0.prepare_cached(&persons_of)?;
            let mut rows = statement.query(rusqlite::params_from_iter(padded(&hobbies)))?;
            while let Some(row) = rows.next()? {
                let person = Person {
                    id: row.get(0)?,
                    hobby_id: row.get(1)?,
                    name: row.get(2)?,
                };
                give(&mut hobbies, &places, person);
            }
            Ok(hobbies)
        })?;
        self.0.execute_batch("ROLLBACK")?;
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

    fn with_persons(&mut self) -> Outcome<Duration> {
        let hobbies = self.0.prepare(HOBBIES)?;
        let persons = self
            .0
            .prepare("SELECT id, hobby_id, name FROM person WHERE hobby_id = ANY($1)")?;
        timed(|| {
            let rows = self.0.query(&hobbies, &[])?;
            let hobbies = rows.iter().map(|row| hobby(row.get(0), row.get(1)));
            let mut hobbies: Vec<Hobby> = hobbies.collect();
            let places = places(&hobbies);
            let keys: Vec<i64> = hobbies.iter().map(|hobby| hobby.id).collect();
            for row in &self.0.query(&persons, &[&keys])? {
                let person = Person {
                    id: row.get(0),
                    hobby_id: row.get(1),
                    name: row.get(2),
                };
                give(&mut hobbies, &places, person);
            }
            Ok(hobbies)
        })
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

    fn with_persons(&mut self) -> Outcome<Duration> {
        let hobbies = self.0.prep(HOBBIES)?;
        let persons = self.0.prep(persons_of())?;
        timed(|| {
            let made = |(id, caption)| hobby(id, caption);
            let mut hobbies = self.0.exec_map(&hobbies, (), made)?;
            let places = places(&hobbies);
            for row in self.0.exec_iter(&persons, padded(&hobbies))? {
                let (id, hobby_id, name) = mysql::from_row_opt(row?)?;
                let person = Person { id, hobby_id, name };
                give(&mut hobbies, &places, person);
            }
            Ok(hobbies)
        })
    }
}
