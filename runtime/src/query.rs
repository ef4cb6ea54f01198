//! Typed queries: what they may say is decided by the compiler.
//!
//! A query begins with [`select`], [`update`] or [`delete`] (or the methods of the same sense on a
//! [`Connection`](crate::Connection)), and is a value until it is run. Which tables it reads is in its type; filters, order
//! and limits are not, so a query is extended in an `if` or a loop.

pub(crate) mod alias;
mod column;
mod delete;
mod expr;
mod fill;
mod finder;
mod insert;
mod operand;
mod ops;
mod order;
mod relationship;
mod run;
mod scope;
mod select;
mod selection;
mod update;

pub use column::{Column, ReadOnly, ReadWrite, WholeRow};
pub use delete::{Delete, delete};
pub use expr::{
    Base, Both, Compared, Expr, Expression, NeverNull, NoColumns, Number, Plus, Reads, Tested,
    Textual, Truth,
};
pub use fill::{Changes, Now};
pub use finder::Keys;
pub use insert::{
    Complete, End, Has, Insert, Insertable, IntoValue, NewRow, Nothing, Required, With,
};
pub use operand::{IntoExpr, IntoList, IntoNullable, Operand};
pub use order::{OrderKey, OrderKeys, OrderOf};
pub use relationship::{
    Cardinality, Joins, Many, One, Optional, Relationship, Route, RouteAlong, Step, Through,
    ToItself,
};
pub use scope::{
    Absent, Fresh, FromTable, Here, HereOrNull, In, InnerJoin, LeftJoin, Never, NotNull,
    NotYetJoined, Nullable, Nullness, Place, Present, There, Uses,
};
pub use select::{Condition, Query, Select, Tables, select};
pub use selection::{Selectable, Selection};
pub use update::{
    Assign, AssignOperand, Assignment, Assignments, AssignmentsTo, FitsInto, Is, Settable, Target,
    Update, update,
};
