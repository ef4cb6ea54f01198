//! The way through a tree, whatever is asked of it.

use std::ptr;

use super::NotHere;
use crate::{
    model::{ColumnInfo, TableInfo},
    sql::{Binary, Node},
    value::Value,
};

/// What expressions become: their values for a row, or no more than what kinds of values they are. With one way through the
/// tree for both, neither knows an expression that the other does not.
pub(super) trait Meaning {
    /// That of an expression.
    type Of: Clone;

    /// That of the column at a position.
    fn column(&self, position: usize) -> Result<Self::Of, NotHere>;
    /// That of a parameter.
    fn parameter(&self, value: &Value) -> Result<Self::Of, NotHere>;
    /// That of a truth value.
    fn truth(&self, truth: bool) -> Self::Of;
    fn is_null(&self, operand: Self::Of) -> Self::Of;
    fn not(&self, operand: Self::Of) -> Result<Self::Of, NotHere>;
    fn and(&self, left: Self::Of, right: Self::Of) -> Result<Self::Of, NotHere>;
    fn or(&self, left: Self::Of, right: Self::Of) -> Result<Self::Of, NotHere>;
    fn compare(
        &self,
        left: Self::Of,
        operator: Binary,
        right: Self::Of,
    ) -> Result<Self::Of, NotHere>;
    fn negative(&self, operand: Self::Of) -> Result<Self::Of, NotHere>;
    fn arithmetic(
        &self,
        left: Self::Of,
        operator: Binary,
        right: Self::Of,
    ) -> Result<Self::Of, NotHere>;
}

/// The only table whose columns are there, and what the statement calls it.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    pub(super) table: &'static TableInfo,
    pub(super) alias: &'a str,
}

impl Scope<'_> {
    /// The position of a column.
    fn position(self, alias: &str, column: &ColumnInfo) -> Result<usize, NotHere> {
        if alias != self.alias {
            return Err(NotHere("a column of another table"));
        }
        if column.expression.is_some() {
            return Err(NotHere("a computed property"));
        }
        let mut columns = self.table.columns.iter();
        columns
            .position(|own| ptr::eq(own, column) || own.name == column.name)
            .ok_or(NotHere("a column of another table"))
    }
}

/// What an expression becomes. All of it is looked at, also where a part would do: a database may begin with any other part.
pub(super) fn walk<M: Meaning>(
    node: &Node,
    meaning: &M,
    scope: Scope<'_>,
) -> Result<M::Of, NotHere> {
    let inner = |node: &Node| walk(node, meaning, scope);
    match node {
        Node::Column { table, column } => meaning.column(scope.position(table, column)?),
        Node::Parameter(value) => meaning.parameter(value),
        Node::Label(_, operand) | Node::Grouped(operand) => inner(operand),
        Node::Binary {
            left,
            operator,
            right,
        } => binary(inner(left)?, *operator, inner(right)?, meaning),
        Node::Not(operand) => meaning.not(inner(operand)?),
        Node::Negative(operand) => meaning.negative(inner(operand)?),
        Node::IsNull(operand) => Ok(meaning.is_null(inner(operand)?)),
        Node::In { operand, list } => {
            let operand = inner(operand)?;
            list.iter().try_fold(meaning.truth(false), |sofar, item| {
                let equal = meaning.compare(operand.clone(), Binary::Equal, inner(item)?)?;
                meaning.or(sofar, equal)
            })
        }
        Node::Between { operand, low, high } => {
            let operand = inner(operand)?;
            let above = meaning.compare(operand.clone(), Binary::GreaterOrEqual, inner(low)?)?;
            let below = meaning.compare(operand, Binary::LessOrEqual, inner(high)?)?;
            meaning.and(above, below)
        }
        other => Err(NotHere(what(other))),
    }
}

fn binary<M: Meaning>(
    left: M::Of,
    operator: Binary,
    right: M::Of,
    meaning: &M,
) -> Result<M::Of, NotHere> {
    match operator {
        Binary::Or => meaning.or(left, right),
        Binary::And => meaning.and(left, right),
        Binary::Equal
        | Binary::NotEqual
        | Binary::NullSafeEqual
        | Binary::Less
        | Binary::LessOrEqual
        | Binary::Greater
        | Binary::GreaterOrEqual => meaning.compare(left, operator, right),
        Binary::Add
        | Binary::Subtract
        | Binary::Multiply
        | Binary::Divide
        | Binary::DivideWhole
        | Binary::Remainder => meaning.arithmetic(left, operator, right),
        Binary::Concatenate => Err(NotHere("a concatenation of texts")),
    }
}

/// What it is that is left to databases.
fn what(node: &Node) -> &'static str {
    match node {
        Node::WholeRow { .. } => "a whole row",
        Node::Path(_) => "a column of another table",
        Node::Proposed(_) => "a value that an insert proposed",
        Node::Written(_) | Node::Condition { .. } => "an expression of the schema's",
        Node::Unknown(_) => "a value of an object that has no row yet",
        Node::InQuery { .. } | Node::Exists(_) | Node::Subquery(_) => "a subquery",
        Node::AmongRows { .. } => "a comparison of several columns together",
        Node::Like(_) => "a LIKE",
        Node::Call(_) => "a function",
        Node::Over { .. } => "a window function",
        Node::Case(_) => "a CASE",
        Node::Cast { .. } => "a conversion",
        Node::Exact(_) => "an ordering of or arithmetic with decimal numbers",
        Node::Column { .. }
        | Node::Parameter(_)
        | Node::Label(..)
        | Node::Grouped(_)
        | Node::Binary { .. }
        | Node::Not(_)
        | Node::Negative(_)
        | Node::IsNull(_)
        | Node::In { .. }
        | Node::Between { .. } => "an expression",
    }
}
