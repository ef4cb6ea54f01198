//! Typed queries: what they may say is decided by the compiler.
//!
//! A query begins with [`select`], [`update`] or [`delete`] (or the methods of the same sense on a
//! [`Connection`](crate::Connection)), and is a value until it is run. Which tables it reads is in its type; filters, order
//! and limits are not, so a query is extended in an `if` or a loop.

pub(crate) mod alias;
mod case;
mod cast;
#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
mod civil;
mod column;
mod compound;
mod delete;
mod derived;
mod eager;
mod expr;
mod expressions;
mod fill;
mod finder;
pub mod func;
mod graph;
mod group_keys;
mod grouping;
mod insert;
mod label;
mod lock;
mod membership;
mod mistaken;
mod new_row;
mod operand;
mod ops;
mod order;
mod partners;
mod path;
mod predicate;
mod relationship;
mod returning;
mod rows;
mod run;
mod scope;
mod select;
mod selection;
mod subquery;
mod table;
mod update;
mod uses;
mod window;

pub use crate::sql::{Bound, Sql};
pub use case::{Case, CaseStart, case};
pub use cast::CastTarget;
pub use column::{Column, ReadOnly, ReadWrite, WholeRow};
pub use compound::{Compound, Position, SelectsTheSame, position};
pub use delete::{Delete, delete};
pub use derived::{Derived, DerivedTable, Fills, Joinable};
pub use eager::{Eagerly, LoadsAlong};
pub use expr::{
    Base, Both, Compared, Expr, Expression, Number, Plus, Tested, TestedUses, Textual, Truth, Whole,
};
pub use expressions::{Arguments, Expressions};
pub use fill::{Changes, Now};
pub use finder::Keys;
pub use graph::{Alone, Branch, Branches, Collects, Graph};
pub use group_keys::{GroupKeyList, GroupKeys};
pub use grouping::{
    AggregateArgument, AsWhole, Beside, ByRow, ColumnOf, Composed, FitsGroup, FitsHaving,
    FitsOrder, GroupBy, GroupKey, GroupedBy, Grouping, InParts, InWindow, Kind, Member, NoMore,
    NotGrouped, OfAll, OfNone, OfRows, OneKind, OrdersRows, OverAll, Returned, RowLevel, Selected,
    Ungrouped, Unselected, WholeOrParts,
};
pub use insert::{
    AnyColumn, FitsColumns, Insert, InsertColumn, InsertColumns, OnConflict, excluded, insert,
    insert_all, insert_from,
};
pub use label::Label;
pub use lock::Lock;
pub use membership::{ManyRows, SingleRow};
pub use mistaken::{HasWindow, IsExpression, IsSelection, Mistaken};
pub use new_row::{
    Complete, End, Has, Insertable, Insertion, IntoValue, Needs, NeedsLink, NewRow, Nothing, Own,
    With,
};
pub use operand::{IntoExpr, IntoList, IntoNullable, List, Operand};
pub use order::{OrderKey, OrderKeys, OrderOf};
pub use partners::{ToMany, ToOnePartner};
pub use path::{AtEnd, ColumnAtEnd, LedTo, Onward, Path, ToOne};
pub use predicate::{Predicate, all_of, any_of};
pub use relationship::{
    Cardinality, JoinStep, Joins, Many, One, Optional, Relationship, Route, RouteAlong, RowOf,
    Through, ToItself,
};
pub use returning::Returning;
pub use rows::IntoQuery;
pub use run::{
    Chunks, Gives, GivesBack, Lent, OnConnection, Plain, Reading, Runnable, RunsAndGivesBack,
    UpdateOfKey, UpdatesByKey,
};
pub(crate) use run::{exactly_one, one_or_none};
pub use scope::{
    Absent, Correlated, Fresh, FromTable, Groups, Here, HereOrNull, In, InnerJoin, LeftJoin, Never,
    NoTable, NotNull, NotYetJoined, Nullable, Nullness, Outside, Place, Present, Standalone, There,
    Uses,
};
pub(crate) use select::ReadRow;
pub use select::{Condition, Having, Query, Select, Tables, select, select_row};
pub use selection::{Selectable, Selection};
pub use subquery::{OneColumn, exists, scalar};
pub use table::{
    AnyGroup, FromTables, OfTable, ReadsTables, TableDelete, TableInsert, TableUpdate,
};
pub use update::{
    Assign, AssignOperand, Assignment, Assignments, AssignmentsTo, FitsInto, Is, IsAssignment,
    Settable, Target, Update, update,
};
pub use uses::{
    Aggregate, Arithmetic, Call, CastTo, Comparison, Logic, NeverNull, NoColumns, Outer, Reads,
    Via, Windowed,
};
pub use window::{Window, window};
