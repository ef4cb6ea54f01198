//! What app code needs beside its models: `use aludel::prelude::*;`.

pub use crate::{
    Connection, Engine,
    model::Model,
    query::{Expression, Query, delete, select, update},
};
