//! What generated code is written against. Not for use by hand: it changes with the generator.

use std::fmt;

pub use crate::{
    error::Result,
    model::{
        Along, BaseTable, Cascade, ColumnInfo, Constraint, ConstraintInfo, Field, ForeignKeyInfo,
        Keyed, Load, Model, OnDelete, RelationInfo, Source, TableInfo, UniqueKey,
    },
    query::{
        Changes, Column, End, Insertable, IntoValue, Keys, Many, Needs, NeedsLink, NewRow, Nothing,
        Now, One, Optional, Query, ReadOnly, Relationship, Through, ToItself, WholeRow, With,
    },
    row::Row,
    session::{
        Collection, Entity, Instances, Linked, Loading, Managed, MaybeLinked, WriteOnly,
        relation::{many, one, optional, set_one, set_optional, write_only},
    },
    text::{check_fields, column_of},
    value::{
        FromValue, SqlType, ToValue, Value, ValueError, ValueRef,
        enumeration::{Enumeration, read_enum, write_enum},
    },
};

/// The version of what generated code and this module agree on.
pub const VERSION: u32 = 7;

/// Stops the compiler when generated code was written for another version.
pub const fn written_for(version: u32) {
    assert!(
        version == VERSION,
        "these models were generated for another version of `aludel`: use the same version of `aludel` and `aludel-build`, and build again"
    );
}

/// A column. A function of its own costs the compiler less than one of the type, and a crate has thousands of columns.
pub const fn column<M, T, const I: usize, A>() -> Column<M, T, I, A> {
    Column::new()
}

/// The whole row of an alias.
pub const fn whole_row<M>() -> WholeRow<M> {
    WholeRow::new()
}

/// Shows a field.
pub fn show<T: SqlType>(f: &mut fmt::Formatter<'_>, value: &T) -> fmt::Result {
    fmt::Display::fmt(&value.encode(), f)
}
