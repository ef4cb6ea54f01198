//! What Rust will see of a schema.

use super::RustType;

/// The models of a schema, in the order of its tables.
#[derive(Debug)]
pub(crate) struct Models {
    pub(crate) entities: Vec<Entity>,
}

/// A struct for the rows of a table.
#[derive(Debug)]
pub(crate) struct Entity {
    /// The struct: `Person`.
    pub(crate) name: String,
    /// Its module and file: `person`.
    pub(crate) module: String,
    /// Its fields: one for each column, in the same order.
    pub(crate) fields: Vec<Field>,
    /// The fields of the primary key, as positions; empty where there is none.
    pub(crate) key: Vec<usize>,
    /// Where it leads to.
    pub(crate) relationships: Vec<Relationship>,
}

/// A field of a struct.
#[derive(Debug)]
pub(crate) struct Field {
    /// Its name, raw where it has to be: `r#type`.
    pub(crate) name: String,
    /// Its type, without the `Option`.
    pub(crate) ty: RustType,
    /// Whether it can be NULL.
    pub(crate) nullable: bool,
    /// Whether an insert may leave it out.
    pub(crate) optional_on_insert: bool,
    /// Whether the database refuses values for it.
    pub(crate) read_only: bool,
}

/// One side of a foreign key.
#[derive(Debug)]
pub(crate) struct Relationship {
    /// Its name.
    pub(crate) name: String,
    /// The entity it leads to, as its position.
    pub(crate) target: usize,
    /// How many rows it leads to.
    pub(crate) cardinality: Cardinality,
    /// Whether it leads back to its own table.
    pub(crate) to_itself: bool,
    /// Pairs of fields that are equal, as positions here and there.
    pub(crate) on: Vec<(usize, usize)>,
    /// The foreign key behind it: the table that declares it, and its position there.
    pub(crate) foreign_key: (usize, usize),
}

/// How many rows a relationship leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cardinality {
    One,
    Optional,
    Many,
}
