//! Which column a parameter of a statement is the value of.

use super::{Assigned, InsertSource, Node, Statement};
use crate::model::TableInfo;

impl Statement<'_> {
    /// The column that the parameter with this number, counted from 1, is stored in. Nothing where it is stored in none, or in
    /// a way that has parameters of its own before it.
    pub(crate) fn column_of(&self, parameter: usize) -> Option<(&'static TableInfo, &'static str)> {
        let number = parameter.checked_sub(1)?;
        let (table, column) = match self {
            Statement::Insert(tree) => match &tree.source {
                InsertSource::Rows(rows) => (tree.table, nth(rows.iter().flatten(), number)?),
                InsertSource::Query(..) => return None,
            },
            // Conditions of joins may stand before what is set.
            Statement::Update(tree) if tree.joined.is_empty() => {
                (tree.table, nth(tree.set.iter(), number)?)
            }
            _ => return None,
        };
        Some((table, table.columns[column].name))
    }
}

/// The column of the parameter with this number, counted from 0, as long as there are only parameters before it.
fn nth<'a>(assigned: impl Iterator<Item = &'a Assigned>, number: usize) -> Option<usize> {
    let is_value = |assigned: &&Assigned| matches!(assigned.value, Node::Parameter(_));
    let mut values = assigned.take_while(is_value);
    values.nth(number).map(|assigned| assigned.column)
}
