//! Reading back a row that was inserted, where the INSERT itself cannot give it.

use super::{
    super::{
        finder::equal,
        select::{Tables, select},
    },
    exactly_one,
};
use crate::{
    connection::Connection,
    error::{Error, ErrorKind, Result},
    model::Model,
    sql::{self, InsertSource, Node, QueryRef, Statement},
    value::Value,
};

/// Inserts the only row of the tree, and reads it by its key: what the row says of that, and for what it does not say, the
/// number that the database counted up.
pub(super) fn read_back<M: Model>(connection: &Connection, mut tree: sql::Insert) -> Result<M> {
    tree.returning.clear();
    let mut key = given_key::<M>(&tree);
    let unknown = key.iter().filter(|value| value.is_none()).count();
    if key.is_empty() || unknown > 1 {
        return Err(cannot::<M>(connection));
    }
    let counted = connection.insert_counted(&tree)?;
    for value in key.iter_mut().filter(|value| value.is_none()) {
        if counted == 0 {
            return Err(cannot::<M>(connection));
        }
        *value = Some(i64::try_from(counted).map_or(Value::UInt(counted), Value::Int));
    }
    let mut query: sql::Select = select::<M>().tree;
    let columns = M::TABLE.primary_key.iter().zip(key.into_iter().flatten());
    query.filter = columns
        .map(|(column, value)| equal::<M>(*column, Node::Parameter(value)))
        .collect();
    let statement = Statement::Select {
        query: QueryRef::Select(&query),
        at_most: Some(2),
    };
    exactly_one(connection.fetch(statement, <M as Tables>::read)?)
}

/// The values of the key's columns that the row has.
fn given_key<M: Model>(tree: &sql::Insert) -> Vec<Option<Value>> {
    let row = match &tree.source {
        InsertSource::Rows(rows) => rows.first().map_or(&[][..], Vec::as_slice),
        InsertSource::Query(..) => &[],
    };
    let given = |column: &usize| {
        let assigned = row.iter().find(|assigned| assigned.column == *column)?;
        match &assigned.value {
            Node::Parameter(Value::Null) => None,
            Node::Parameter(value) => Some(value.clone()),
            _ => None,
        }
    };
    M::TABLE.primary_key.iter().map(given).collect()
}

#[cold]
fn cannot<M: Model>(connection: &Connection) -> Error {
    let message = format!(
        "{} cannot give back the row that it inserts into `{}`, whose key is not known: insert it by `insert(...).execute()`",
        connection.dialect().title(),
        M::TABLE.name
    );
    Error::new(ErrorKind::Unsupported, message)
}
