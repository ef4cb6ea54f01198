//! What generated code is written against. Not for use by hand: it changes with the generator.

pub use crate::{
    error::Result,
    model::{ColumnInfo, Keyed, Model, Source, TableInfo},
    query::{
        Column, End, Insertable, IntoValue, Many, NewRow, Nothing, One, Optional, ReadOnly,
        Relationship, Required, Through, ToItself, WholeRow, With,
    },
    row::Row,
};

/// The version of what generated code and this module agree on.
pub const VERSION: u32 = 1;

/// Stops the compiler when generated code was written for another version.
pub const fn written_for(version: u32) {
    assert!(
        version == VERSION,
        "these models were generated for another version of `aludel`: use the same version of `aludel` and `aludel-build`, and build again"
    );
}

/// The whole row of an alias.
pub const fn whole_row<M>() -> WholeRow<M> {
    WholeRow::new()
}
