//! Conditions and expressions of a bulk change, computed for one row in memory, so that the objects of a session can follow
//! it without another question to the database.
//!
//! A result is the one that every database gives. Whatever depends on the database, on its settings or on what the tree does
//! not tell, such as the order of texts, is not computed here: that is said instead.

mod arithmetic;
mod kind;
mod row;
#[cfg(test)]
mod tests;
mod walk;

use kind::Kinds;
use row::Row;
use walk::{Meaning, Scope, walk};

use crate::{model::TableInfo, sql::Node, value::Value};

/// Why an expression cannot be computed here: what it is, in words for an error message (`a comparison of texts`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NotHere(pub(crate) &'static str);

/// Looks whether `node` can be computed for rows of the table, which the statement calls `alias`: as far as its tree and its
/// parameters tell, before any row is looked at.
///
/// # Errors
/// What cannot be computed. What only the values of a row can tell is left to [`value`].
#[cfg(test)]
pub(crate) fn possible(node: &Node, table: &'static TableInfo, alias: &str) -> Result<(), NotHere> {
    walk(node, &Kinds, Scope { table, alias }).map(drop)
}

/// Looks whether conditions, all of which are to hold, can be computed for rows of the table, which the statement calls `alias`:
/// as far as their trees and parameters tell, before any row is looked at.
///
/// # Errors
/// What cannot be computed, or is no condition. What only the values of a row can tell is left to [`value`].
pub(crate) fn all_possible(
    conditions: &[Node],
    table: &'static TableInfo,
    alias: &str,
) -> Result<(), NotHere> {
    all(conditions, &Kinds, Scope { table, alias }).map(drop)
}

/// The value of an expression for a row; `column` gives the value of the column at a position in `table`.
///
/// # Errors
/// What cannot be computed.
pub(crate) fn value(
    node: &Node,
    table: &'static TableInfo,
    alias: &str,
    column: &dyn Fn(usize) -> Value,
) -> Result<Value, NotHere> {
    let computed = walk(node, &Row { column }, Scope { table, alias })?;
    Ok(computed.into_value())
}

/// Whether all of the conditions hold for a row. NULL is not true.
///
/// # Errors
/// What cannot be computed, even where another condition does not hold: a database may begin with any of them.
pub(crate) fn holds(
    conditions: &[Node],
    table: &'static TableInfo,
    alias: &str,
    column: &dyn Fn(usize) -> Value,
) -> Result<bool, NotHere> {
    let computed = all(conditions, &Row { column }, Scope { table, alias })?;
    Ok(computed.into_value() == Value::Bool(true))
}

/// The conditions, joined by AND; true where there are none.
fn all<M: Meaning>(conditions: &[Node], meaning: &M, scope: Scope<'_>) -> Result<M::Of, NotHere> {
    conditions
        .iter()
        .try_fold(meaning.truth(true), |sofar, condition| {
            meaning.and(sofar, walk(condition, meaning, scope)?)
        })
}
