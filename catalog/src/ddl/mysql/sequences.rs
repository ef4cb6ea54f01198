//! Databases, and the sequences of MariaDB.

use crate::{Catalog, Dialect, Name, Sequence};

use super::super::{DdlError, Object, Statement, schemas, sql::Sql};
use super::Mysql;

/// The statements that create them. Sequences are created where the schema was written for MariaDB; those of others, which
/// MySQL does not have, are left out, and whoever takes numbers from them is refused.
pub(super) fn create(catalog: &Catalog) -> Result<Vec<Statement>, DdlError> {
    let mut statements = schemas::create(catalog, &[], &Mysql)?;
    for (name, sequence) in sequences(catalog) {
        statements.push(Statement {
            of: Object::Sequence(name.clone()),
            sql: create_one(name, sequence).map_err(|error| error.within("sequence", name))?,
        });
    }
    Ok(statements)
}

/// The statements that drop the sequences. Databases stay: they may hold what others put there.
pub(super) fn drop(catalog: &Catalog) -> Result<Vec<Statement>, DdlError> {
    let drop = |(name, _): (&Name, &Sequence)| {
        let mut sql = Sql::new(&Mysql);
        sql.push("DROP SEQUENCE ");
        sql.qualified(name)?;
        Ok(Statement {
            of: Object::Sequence(name.clone()),
            sql: sql.finish()?,
        })
    };
    sequences(catalog).rev().map(drop).collect()
}

fn sequences(catalog: &Catalog) -> impl DoubleEndedIterator<Item = (&Name, &Sequence)> {
    let is_own = catalog.dialect == Dialect::Mysql;
    let sequences = catalog.sequences.iter().filter(move |_| is_own);
    sequences.filter_map(|sequence| Some((sequence.name.as_ref()?, sequence)))
}

fn create_one(name: &Name, sequence: &Sequence) -> Result<String, DdlError> {
    let mut sql = Sql::new(&Mysql);
    sql.push("CREATE SEQUENCE ");
    sql.qualified(name)?;
    for (word, number) in [
        (" START WITH ", sequence.start),
        (" INCREMENT BY ", sequence.increment),
        (" MINVALUE ", sequence.min),
        (" MAXVALUE ", sequence.max),
        (" CACHE ", sequence.cache),
    ] {
        if let Some(number) = number {
            sql.push(word);
            sql.push(&number.to_string());
        }
    }
    if sequence.cycle {
        sql.push(" CYCLE");
    }
    sql.finish()
}
