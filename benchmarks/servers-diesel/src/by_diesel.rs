//! The work with Diesel, on either server.

use diesel::{connection::SimpleConnection, prelude::*};

use crate::{
    contest::Outcome,
    data::ItemRow,
    worker::{Worker, as_mysql},
};

diesel::table! {
    item (id) {
        id -> BigInt,
        name -> Text,
        note -> Nullable<Text>,
        amount -> BigInt,
    }
}

/// What a row becomes.
#[derive(Queryable)]
pub struct Item {
    id: i64,
    name: String,
    note: Option<String>,
    amount: i64,
}

/// A connection to PostgreSQL.
pub struct ByPostgres(PgConnection);

/// A connection to MariaDB.
pub struct ByMysql(MysqlConnection);

/// A worker with this type of connection: Diesel's queries are generic over it, but saying so takes more than writing them.
macro_rules! worker {
    ($worker:ident, $connection:ty, $to_own:expr) => {
        impl Worker for $worker {
            type Item = Item;

            fn open(url: &str) -> Outcome<Self> {
                let to_own: fn(&str) -> String = $to_own;
                let mut connection = <$connection>::establish(&to_own(url))?;
                connection.batch_execute("BEGIN")?;
                Ok($worker(connection))
            }

            fn all(&mut self) -> Outcome<Vec<Item>> {
                Ok(item::table.load(&mut self.0)?)
            }

            fn get(&mut self, id: i64) -> Outcome<Item> {
                Ok(item::table.find(id).get_result(&mut self.0)?)
            }

            fn one(&mut self, id: i64) -> Outcome<Item> {
                let query = item::table.filter(item::id.eq(id));
                Ok(query.get_result(&mut self.0)?)
            }
        }
    };
}

worker!(ByPostgres, PgConnection, |url| format!(
    "{url}?sslmode=disable"
));
worker!(ByMysql, MysqlConnection, |url| {
    format!("{}?ssl_mode=disabled", as_mysql(url))
});

impl From<Item> for ItemRow {
    fn from(item: Item) -> Self {
        (item.id, item.name, item.note, item.amount)
    }
}
