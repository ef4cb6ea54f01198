//! What app code needs beside its models: `use aludel::prelude::*;`.

pub use crate::{
    Connection, Engine,
    model::{Keyed, Model},
    query::{
        Bound, Derived, Expression, Lock, Predicate, Query, all_of, any_of, case, delete, excluded,
        exists, func, insert, insert_all, insert_from, position, scalar, select, select_row,
        update, window,
    },
    text::text,
};
