//! Conditions that a relationship leads to an object: `Person::hobby.is(&football)`, `Hobby::pers.contains(&ed)`.

use super::{
    expr::Expr,
    relationship::{Many, Named, One, Optional, Relationship, Through, ToItself, linked, named},
    uses::Outer,
};
use crate::{
    model::{Along, Keyed, Source, TableInfo},
    session::Linked,
    sql::{self, Node, Unknown},
};

/// What a condition calls the table at the other side.
const OTHER: &str = "aludel_other";

/// Leads a relationship to one row at most?
#[diagnostic::on_unimplemented(
    message = "`.is(...)` and `.is_null()` are for relationships to one row",
    label = "leads to many rows",
    note = "use `.contains(&object)`, `.exists()`, or `.any(condition)`"
)]
pub trait SingleRow {}

#[diagnostic::do_not_recommend]
impl SingleRow for One {}
#[diagnostic::do_not_recommend]
impl SingleRow for Optional {}
#[diagnostic::do_not_recommend]
impl<N: SingleRow> SingleRow for ToItself<N> {}

/// Leads a relationship to many rows?
#[diagnostic::on_unimplemented(
    message = "`.contains(...)` is for relationships to many rows",
    label = "leads to one row",
    note = "use `.is(&object)`, or `.has(condition)`"
)]
pub trait ManyRows {
    /// The table in between, where there is one.
    #[doc(hidden)]
    const BETWEEN: Option<&'static TableInfo>;
}

#[diagnostic::do_not_recommend]
impl ManyRows for Many {
    const BETWEEN: Option<&'static TableInfo> = None;
}
#[diagnostic::do_not_recommend]
impl<J: Source> ManyRows for Through<J> {
    const BETWEEN: Option<&'static TableInfo> = Some(J::TABLE);
}
#[diagnostic::do_not_recommend]
impl<N: ManyRows> ManyRows for ToItself<N> {
    const BETWEEN: Option<&'static TableInfo> = N::BETWEEN;
}

impl<A: Source, B: Keyed, N> Relationship<A, B, N> {
    /// Whether the relationship leads to this object. For none there is [`is_null`](Relationship::is_null).
    ///
    /// An object that has no row yet makes running the query an [`InvalidRequest`](crate::ErrorKind::InvalidRequest).
    pub fn is(self, object: &impl Linked<B>) -> Expr<bool, Outer<A>>
    where
        N: SingleRow,
    {
        let leads = equals(named::<A>(), self.on, object);
        Expr::new(self.filtered_for(object, leads))
    }

    /// Whether the relationship leads to no row.
    pub fn is_null(self) -> Expr<bool, Outer<A>>
    where
        N: SingleRow,
    {
        let (alias, table) = named::<A>();
        if let (Along::Own(_), None) = (self.info().along, self.filter) {
            let is_null = |&(column, _): &(usize, usize)| {
                Node::IsNull(Box::new(Node::Column {
                    table: alias,
                    column: &table.columns[column],
                }))
            };
            let any = self.on.iter().map(is_null);
            let any = any.reduce(|left, right| Node::binary(left, sql::Binary::Or, right));
            return Expr::new(any.expect("a foreign key has at least one column"));
        }
        let on = linked((alias, table), (OTHER, B::TABLE), self.on, self.filter);
        Expr::new(Node::Not(Box::new(there_is(B::TABLE, on))))
    }

    /// Whether this object is among those that the relationship leads to.
    ///
    /// An object that has no row yet makes running the query an [`InvalidRequest`](crate::ErrorKind::InvalidRequest).
    pub fn contains(self, object: &impl Linked<B>) -> Expr<bool, Outer<A>>
    where
        N: ManyRows,
    {
        let leads = match N::BETWEEN {
            None => equals(named::<A>(), self.on, object),
            Some(between) => {
                let here = linked(named::<A>(), (OTHER, between), self.on, None);
                let there = equals((OTHER, between), self.onward, object);
                there_is(between, Node::both(here, there))
            }
        };
        Expr::new(self.filtered_for(object, leads))
    }

    /// The condition together with what else the schema asks of the object.
    fn filtered_for(self, object: &impl Linked<B>, condition: Node) -> Node {
        let Some(text) = self.filter else {
            return condition;
        };
        let key = B::TABLE.primary_key.iter().map(|column| (*column, *column));
        let key: Vec<(usize, usize)> = key.collect();
        let is_it = equals((OTHER, B::TABLE), &key, object);
        let fits = Node::Condition { table: OTHER, text };
        Node::both(condition, there_is(B::TABLE, Node::both(is_it, fits)))
    }
}

/// That columns of a table have the values that an object has in others.
fn equals<B: Keyed>((alias, table): Named, on: &[(usize, usize)], object: &impl Linked<B>) -> Node {
    let equal = |&(here, there): &(usize, usize)| {
        let own = Node::Column {
            table: alias,
            column: &table.columns[here],
        };
        let value = match object.column(there) {
            Some(value) => Node::Parameter(value),
            None => Node::Unknown(Unknown {
                object: object.object(),
                column: there,
            }),
        };
        Node::equal(own, value)
    };
    let all = on.iter().map(equal).reduce(Node::both);
    all.expect("a foreign key has at least one column")
}

/// Whether a row of a table fits a condition.
fn there_is(table: &'static TableInfo, condition: Node) -> Node {
    Node::Exists(Box::new(sql::Query::Select(sql::Select {
        columns: vec![Node::WholeRow {
            alias: OTHER,
            table,
        }],
        from: vec![sql::From {
            join: sql::Join::Listed,
            table,
            alias: OTHER,
            derived: None,
        }],
        filter: vec![condition],
        ..sql::Select::default()
    })))
}
